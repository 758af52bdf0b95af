//! The evidence pack of a review: a folder is chosen, everything is read, three files and their sums are written.

use super::ReviewKey;
use crate::engine::{Engine, hold, now};
use crate::ipc::events::Event;
use crate::ipc::review_args::{EvidenceArgs, ReviewArgs, ReviewHistoryArgs};
use crate::ipc::views::reviews::evidence::{EvidenceFile, EvidenceState, EvidenceView};
use crate::ipc::views::reviews::items::{AccessRow, AnomalyView, LabelView, ManualReason, SubAccessRow};
use crate::ipc::views::reviews::{PrincipalView, ProfileView, Side, SummaryState};
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use domain::problem::{Problem, local, reviews as words};
use domain::reviews::evidence::{self as pack, Item, Oddity, Pack, Who};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Pages of history in a pack; 200 entries each.
const HISTORY_PAGES: usize = 50;

/// Where a person chooses a folder: the system's own dialog.
pub trait Folders: Send + Sync {
    /// The folder, or `None` when the person chose none. Blocks.
    fn choose(&self, title: &str) -> Option<PathBuf>;
}

/// Always the same folder, without asking (tests, and the bridge).
pub struct OneFolder(pub PathBuf);

impl Folders for OneFolder {
    fn choose(&self, _title: &str) -> Option<PathBuf> {
        Some(self.0.clone())
    }
}

/// A pack under way, or how the last one of this run ended.
pub(super) struct Job {
    view: EvidenceView,
    cancel: CancellationToken,
}

fn who(profile: &ProfileView) -> Who {
    Who {
        name: profile.name.clone(),
        login: profile.login.clone(),
        id: profile.id.clone(),
    }
}

fn labels(labels: &[LabelView]) -> Vec<String> {
    labels
        .iter()
        .map(|label| {
            if label.values.is_empty() {
                label.name.clone()
            } else {
                format!("{}: {}", label.name, label.values.join(", "))
            }
        })
        .collect()
}

fn manual(reasons: &[ManualReason]) -> Vec<String> {
    reasons
        .iter()
        .map(|it| format!("{}: {}", it.kind, it.why))
        .collect()
}

fn item(row: &AccessRow) -> Item {
    Item {
        id: row.id.clone(),
        kind: row.kind.clone(),
        name: row.name.clone(),
        severity: row.severity.clone(),
        remediation: row.remediation.clone(),
        outcome: row.remediation_words.clone(),
        assignment: row.assignment_words.clone(),
        assigned: row.assigned.clone(),
        last_access: row.last_access.clone(),
        usage: row.usage,
        labels: labels(&row.labels),
        manual: manual(&row.manual),
        anomalies: None,
        below: None,
    }
}

fn sub(row: &SubAccessRow) -> Item {
    Item {
        id: row.id.clone(),
        kind: row.kind.clone(),
        name: row.name.clone(),
        severity: row.severity.clone(),
        remediation: row.remediation.clone(),
        outcome: row.remediation_words.clone(),
        assignment: row.assignment_words.clone(),
        assigned: row.assigned.clone(),
        labels: labels(&row.labels),
        manual: manual(&row.manual),
        ..Item::default()
    }
}

fn oddity(anomaly: &AnomalyView) -> Oddity {
    Oddity {
        kind: anomaly.kind.clone(),
        title: anomaly.title.clone(),
        severity: anomaly.severity.clone(),
        text: anomaly.text.clone(),
    }
}

fn about(principal: &PrincipalView) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    let mut add = |label: &str, value: Option<&String>| {
        if let Some(value) = value {
            facts.push((label.to_owned(), value.clone()));
        }
    };
    add("Status", principal.profile.status.as_ref());
    add("Department", principal.department.as_ref());
    add("Manager", principal.manager.as_ref());
    add("Role", principal.role.as_ref());
    add("Home", principal.home.as_ref());
    if let Some(last) = &principal.last_sign_in {
        let parts: Vec<String> = [&last.at, &last.place, &last.device, &last.ip_address]
            .into_iter()
            .flatten()
            .cloned()
            .collect();
        add("Last sign-in", Some(&parts.join(", ")));
    }
    if !principal.admin_roles.is_empty() {
        add("Okta admin roles", Some(&principal.admin_roles.join(", ")));
    }
    facts
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Writes the pack into a new folder of its own.
fn save(into: &Path, pack: &Pack, day: &str) -> std::io::Result<(PathBuf, Vec<EvidenceFile>)> {
    let name = pack::folder_name(&pack.name, day);
    let mut folder = into.join(&name);
    let mut number = 2;
    while folder.exists() {
        folder = into.join(format!("{name} ({number})"));
        number += 1;
    }
    std::fs::create_dir(&folder)?;
    let (json, csv) = (pack.json(), pack::csv(pack));
    let (json_sum, csv_sum) = (sum(json.as_bytes()), sum(csv.as_bytes()));
    let html = pack::html(pack, &[("evidence.csv", &csv_sum), ("evidence.json", &json_sum)]);
    let mut files = Vec::new();
    let mut sums = String::new();
    for (name, text) in [
        ("evidence.html", &html),
        ("evidence.csv", &csv),
        ("evidence.json", &json),
    ] {
        std::fs::write(folder.join(name), text)?;
        let sha256 = sum(text.as_bytes());
        let _ = writeln!(sums, "{sha256}  {name}");
        files.push(EvidenceFile {
            name: name.into(),
            bytes: u32::try_from(text.len()).unwrap_or(u32::MAX),
            sha256,
        });
    }
    std::fs::write(folder.join("SHA256SUMS.txt"), sums)?;
    Ok((folder, files))
}

impl Engine {
    /// What asks for folders.
    pub fn use_folders(&self, folders: Arc<dyn Folders>) {
        *hold(&self.reviews.folders) = Some(folders);
    }

    pub(crate) fn start_evidence(&self, args: EvidenceArgs) -> Result<EvidenceView, Problem> {
        let org = self.org(&args.org)?;
        domain::reviews::id(&args.review, "a review")?;
        let folders = hold(&self.reviews.folders).clone().ok_or_else(words::no_dialog)?;
        let key = (org.key.clone(), args.side, args.review.clone());
        let cancel = self.stop.child_token();
        let view = EvidenceView {
            org: org.key.clone(),
            side: args.side,
            review: args.review.clone(),
            state: EvidenceState::Choosing,
            words: "Choose where to put the evidence pack.".into(),
            done: 0,
            of: 0,
            folder: None,
            files: Vec::new(),
            missing: Vec::new(),
            problem: None,
        };
        {
            let mut jobs = hold(&self.reviews.evidence);
            let under_way = jobs.get(&key).is_some_and(|job| {
                matches!(job.view.state, EvidenceState::Choosing | EvidenceState::Gathering)
            });
            if under_way {
                return Err(words::evidence_under_way());
            }
            jobs.insert(
                key.clone(),
                Job {
                    view: view.clone(),
                    cancel: cancel.clone(),
                },
            );
        }
        let engine = self.handle().ok_or_else(|| local::internal("evidence"))?;
        tokio::spawn(async move {
            let chosen =
                tokio::task::spawn_blocking(move || folders.choose("Where to put the evidence pack"))
                    .await
                    .ok()
                    .flatten();
            let Some(into) = chosen.filter(|_| !cancel.is_cancelled()) else {
                engine.move_evidence(&key, |view| {
                    view.state = EvidenceState::Cancelled;
                    view.words = "No folder was chosen.".into();
                });
                return;
            };
            let gathered = engine.gather(&org, &key, &args, &cancel).await;
            let ended = match gathered {
                Ok(Some(pack)) => {
                    let day = now().chars().take(10).collect::<String>();
                    let missing = pack.missing.clone();
                    tokio::task::spawn_blocking(move || save(&into, &pack, &day))
                        .await
                        .map_err(|_| local::internal("evidence"))
                        .and_then(|saved| saved.map_err(|error| words::not_saved(&reason(&error))))
                        .map(|(folder, files)| Some((folder, files, missing)))
                }
                Ok(None) => Ok(None),
                Err(problem) => Err(problem),
            };
            engine.move_evidence(&key, |view| match ended {
                Ok(Some((folder, files, missing))) => {
                    view.state = EvidenceState::Done;
                    view.words = "Saved.".into();
                    view.folder = Some(folder.display().to_string());
                    view.files = files;
                    view.missing = missing;
                    view.done = view.of;
                }
                Ok(None) => {
                    view.state = EvidenceState::Cancelled;
                    view.words = "Stopped. Nothing was saved.".into();
                }
                Err(problem) => {
                    view.state = EvidenceState::Failed;
                    view.words.clone_from(&problem.title);
                    view.problem = Some(problem);
                }
            });
        });
        Ok(view)
    }

    fn move_evidence(&self, key: &ReviewKey, change: impl FnOnce(&mut EvidenceView)) {
        let view = {
            let mut jobs = hold(&self.reviews.evidence);
            let Some(job) = jobs.get_mut(key) else { return };
            change(&mut job.view);
            job.view.clone()
        };
        self.events.emit(Event::Evidence { view });
    }

    fn tell_step(&self, key: &ReviewKey, words: impl Into<String>) {
        let words = words.into();
        self.move_evidence(key, |view| {
            view.state = EvidenceState::Gathering;
            view.words = words;
            view.done += 1;
            view.of = view.of.max(view.done);
        });
    }

    /// Reads everything; `None` when it was stopped. What can't be read besides the review is told in the pack.
    async fn gather(
        &self,
        org: &Org,
        key: &ReviewKey,
        args: &EvidenceArgs,
        cancel: &CancellationToken,
    ) -> Result<Option<Pack>, Problem> {
        let (side, review) = (args.side, args.review.as_str());
        self.move_evidence(key, |view| view.of = 5);
        self.tell_step(key, "Reading the review");
        let (row, found) = self.read_review(org, side, review).await?;
        let mut pack = Pack {
            made_by: format!("Gatehouse {}", env!("CARGO_PKG_VERSION")),
            made_at: now(),
            org: org.origin.host().to_owned(),
            seen_as: if side == Side::My {
                "as a reviewer,"
            } else {
                "as an admin,"
            }
            .into(),
            review: row.id.clone(),
            name: row.name.clone(),
            status: row.status.clone(),
            created: row.created.clone(),
            created_by: row.created_by.clone(),
            end_time: row.end_time.clone(),
            reviewers: row.reviewers.iter().map(who).collect(),
            summary: found.summary.map(|it| it.message).filter(|it| !it.is_empty()),
            ..Pack::default()
        };
        match self.read_principal(org, side, review).await {
            Ok(principal) => {
                pack.subject = Some(who(&principal.profile));
                pack.about_subject = about(&principal);
            }
            Err(problem) => pack.missing.push(format!("Who is reviewed: {problem}")),
        }
        self.tell_step(key, "Reading access items");
        let rows = match self.all_accesses(org, side, review, cancel).await {
            Ok((rows, odd)) => {
                pack.missing
                    .extend(odd.map(|problem| format!("Access items: {problem}")));
                rows
            }
            Err(_) if cancel.is_cancelled() => return Ok(None),
            Err(problem) => {
                pack.missing.push(format!("Access items: {problem}"));
                Vec::new()
            }
        };
        self.tell_step(key, "Reading the history");
        if !self.gather_history(org, args, &mut pack, cancel).await {
            return Ok(None);
        }
        if args.summary && pack.summary.is_none() {
            self.tell_step(key, "Asking for a summary");
            let asked = self
                .summarize_review(&ReviewArgs {
                    org: org.key.clone(),
                    side,
                    review: review.to_owned(),
                })
                .await;
            match asked {
                Ok(summary) if summary.state == SummaryState::Ready => pack.summary = Some(summary.text),
                Ok(summary) => pack
                    .missing
                    .push(format!("Summary: {}", summary.errors.join(" "))),
                Err(problem) => pack.missing.push(format!("Summary: {problem}")),
            }
        }
        if !self.gather_items(org, key, args, rows, &mut pack, cancel).await {
            return Ok(None);
        }
        Ok(Some(pack))
    }

    async fn gather_history(
        &self,
        org: &Org,
        args: &EvidenceArgs,
        pack: &mut Pack,
        cancel: &CancellationToken,
    ) -> bool {
        let mut after = None;
        for _ in 0..HISTORY_PAGES {
            if cancel.is_cancelled() {
                return false;
            }
            let page = self
                .review_history_page(&ReviewHistoryArgs {
                    org: org.key.clone(),
                    side: args.side,
                    review: args.review.clone(),
                    after: after.take(),
                })
                .await;
            match page {
                Ok(page) => {
                    pack.history.extend(page.rows.iter().map(|entry| pack::Event {
                        at: entry.at.clone(),
                        who: entry.who.as_ref().map(who),
                        system: entry.system,
                        message: entry.message.clone(),
                    }));
                    pack.missing
                        .extend(page.problem.map(|problem| format!("History: {problem}")));
                    after = page.next;
                    if after.is_none() {
                        return true;
                    }
                }
                Err(problem) => {
                    pack.missing.push(format!("History: {problem}"));
                    return true;
                }
            }
        }
        if after.is_some() {
            pack.missing
                .push("History: only the latest 10,000 entries are in it.".into());
        }
        true
    }

    /// Anomalies and what lies below, item by item: one request each, at the pace Okta allows.
    async fn gather_items(
        &self,
        org: &Org,
        key: &ReviewKey,
        args: &EvidenceArgs,
        rows: Vec<AccessRow>,
        pack: &mut Pack,
        cancel: &CancellationToken,
    ) -> bool {
        let wanted =
            |row: &AccessRow| args.all || row.rank >= 3 || !matches!(row.remediation.as_str(), "" | "NONE");
        let chosen = rows.iter().filter(|row| wanted(row)).count();
        self.move_evidence(key, |view| {
            view.of = view.done + u32::try_from(chosen).unwrap_or(u32::MAX) + 1;
        });
        let (mut no_anomalies, mut no_below) = (0, 0);
        let mut why: Option<Problem> = None;
        let total = rows.len();
        for row in rows {
            let mut item = item(&row);
            if wanted(&row) {
                self.tell_step(key, format!("Reading {}", row.name));
                let asked = self
                    .anomalies_of(org, args.side, &args.review, &row.id, Urgency::Background, cancel)
                    .await;
                match asked {
                    Ok(found) => item.anomalies = Some(found.iter().map(oddity).collect()),
                    Err(problem) => {
                        no_anomalies += 1;
                        why = Some(problem);
                    }
                }
                if !row.below.is_empty() {
                    match self.below_of(org, args.side, &args.review, &row.id, cancel).await {
                        Ok(found) => {
                            item.below = Some(found.rows.iter().map(sub).collect());
                            no_below += usize::from(found.problem.is_some());
                        }
                        Err(problem) => {
                            no_below += 1;
                            why = Some(problem);
                        }
                    }
                }
            }
            if cancel.is_cancelled() {
                return false;
            }
            pack.items.push(item);
        }
        if chosen < total {
            pack.missing.push(format!(
                "Anomalies and what lies below were read of {chosen} of {total} items only: those of high severity and those that were decided."
            ));
        }
        let why = why.map(|problem| format!(" {problem}")).unwrap_or_default();
        if no_anomalies > 0 {
            pack.missing.push(format!(
                "Anomalies of {no_anomalies} items could not be read.{why}"
            ));
        }
        if no_below > 0 {
            pack.missing.push(format!(
                "What lies below {no_below} items could not be read whole.{why}"
            ));
        }
        true
    }

    pub(crate) fn stop_evidence(&self, args: &ReviewArgs) -> Result<EvidenceView, Problem> {
        let key = (args.org.clone(), args.side, args.review.clone());
        let jobs = hold(&self.reviews.evidence);
        let job = jobs.get(&key).ok_or_else(|| words::not_found(false))?;
        job.cancel.cancel();
        Ok(job.view.clone())
    }
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => "Gatehouse may not write there.".into(),
        std::io::ErrorKind::StorageFull => "The disk is full.".into(),
        std::io::ErrorKind::NotFound => "The folder is gone.".into(),
        _ => "The folder could not be written.".into(),
    }
}
