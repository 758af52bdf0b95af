//! The evidence pack of a review: a folder is chosen, everything is read, three files and their sums are written.

mod gather;
mod save;

use super::ReviewKey;
use crate::engine::{Engine, hold, now};
use crate::ipc::events::Event;
use crate::ipc::review_args::{EvidenceArgs, ReviewArgs};
use crate::ipc::views::reviews::evidence::{EvidenceState, EvidenceView};
use domain::problem::{Problem, local, reviews as words};
use std::path::PathBuf;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

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
pub(in crate::work::reviews) struct Job {
    view: EvidenceView,
    pub(in crate::work::reviews) cancel: CancellationToken,
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
                    tokio::task::spawn_blocking(move || save::save(&into, &pack, &day))
                        .await
                        .map_err(|_| local::internal("evidence"))
                        .and_then(|saved| saved.map_err(|error| words::not_saved(&save::reason(&error))))
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

    /// The pack of a review that is under way, or how the last one ended.
    pub(crate) fn evidence_of(&self, args: &ReviewArgs) -> Option<EvidenceView> {
        let key = (args.org.clone(), args.side, args.review.clone());
        hold(&self.reviews.evidence).get(&key).map(|job| job.view.clone())
    }

    pub(crate) fn stop_evidence(&self, args: &ReviewArgs) -> Result<EvidenceView, Problem> {
        let key = (args.org.clone(), args.side, args.review.clone());
        let jobs = hold(&self.reviews.evidence);
        let job = jobs.get(&key).ok_or_else(|| words::not_found(false))?;
        job.cancel.cancel();
        Ok(job.view.clone())
    }
}
