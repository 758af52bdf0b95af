//! Reading everything that goes into a pack.

use super::super::ReviewKey;
use crate::engine::{Engine, now};
use crate::ipc::review_args::{EvidenceArgs, ReviewArgs, ReviewHistoryArgs};
use crate::ipc::views::reviews::items::{AccessRow, AnomalyView, LabelView, ManualReason, SubAccessRow};
use crate::ipc::views::reviews::{PrincipalView, ProfileView, Side, SummaryState};
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use domain::problem::Problem;
use domain::reviews::evidence::{self as pack, Item, Oddity, Pack, Who};
use tokio_util::sync::CancellationToken;

/// Pages of history in a pack; 200 entries each.
const HISTORY_PAGES: usize = 50;

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
        let at = last.at.as_deref().map(domain::reviews::evidence::when);
        let parts: Vec<String> = [&at, &last.place, &last.device, &last.ip_address]
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

impl Engine {
    /// Reads everything; `None` when it was stopped. What can't be read besides the review is told in the pack.
    pub(super) async fn gather(
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
        let whole = self.gather_items(org, key, args, rows, &mut pack, cancel).await;
        if !whole || cancel.is_cancelled() {
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
                    let below = self
                        .below_of(org, args.side, &args.review, &row.id, Urgency::Background, cancel)
                        .await;
                    match below {
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
}
