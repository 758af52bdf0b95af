//! Sending a launch that was written down, and what became of it.

use super::Intent;
use crate::engine::{Engine, hold};
use crate::ipc::events::{Event, Topic};
use crate::ipc::views::history::Outcome;
use crate::ipc::views::reviews::launch::LaunchState;
use crate::ipc::views::reviews::{ProfileView, Side};
use crate::okta::client::Failure;
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use crate::work::history::Write;
use domain::okta::wire::review::Review;
use domain::problem::{Problem, reviews as words};
use serde_json::json;

fn state_of(status: &str) -> LaunchState {
    match status {
        "ACTIVE" => LaunchState::Active,
        "CLOSED" => LaunchState::Closed,
        "ERROR" => LaunchState::Error,
        _ => LaunchState::Pending,
    }
}

/// What became of sending one.
pub(in crate::work::reviews) struct Sent {
    pub(in crate::work::reviews) intent: Intent,
    /// The answer was lost: it has to be looked for.
    pub(in crate::work::reviews) lost: bool,
    /// It could not be written down; the intent says that beside what Okta said.
    pub(in crate::work::reviews) unkept: Option<Problem>,
}

impl Engine {
    /// Sends a launch that was written down. From then on what Okta said is told, whatever else goes wrong.
    pub(in crate::work::reviews) async fn send_launch(
        &self,
        org: &Org,
        id: i64,
        mut intent: Intent,
        urgency: Urgency,
    ) -> Sent {
        self.tell_launch(org, id, &intent);
        let call = Self::launch_call(
            &intent.subject,
            &intent.reviewers,
            &intent.name,
            intent.end_time.as_deref(),
        );
        hold(&self.reviews.sending).insert(id);
        let sent = self
            .review_send(org, Side::Admin, &call, urgency, &self.stop.child_token())
            .await;
        hold(&self.reviews.sending).remove(&id);
        let write = Write {
            org,
            app: "",
            label: &intent.name,
            action: format!("Launched the review {} of {}", intent.name, intent.subject_name),
            before: None,
        };
        if !matches!(sent, Err(Failure::Cancelled)) {
            intent.history = self.keep_write(&write, &call, &sent);
        }
        let lost = match sent {
            Ok(answer) => {
                let review = Review::read(&answer.body);
                if review.id.is_empty() {
                    // Taken, but the answer does not say as what: the list will.
                    intent.state = LaunchState::Looking;
                    true
                } else {
                    self.launched(org, &mut intent, &review);
                    false
                }
            }
            Err(Failure::Not(problem)) => {
                intent.state = LaunchState::Refused;
                intent.problem = Some(*problem);
                false
            }
            Err(Failure::Unknown(_)) => {
                intent.state = LaunchState::Looking;
                true
            }
            // Gatehouse is closing: the next run looks for it.
            Err(Failure::Cancelled) => false,
        };
        if lost {
            intent.until = Some(self.server_now(&org.key));
        }
        let kept = self.store.keep_launch(id, &intent);
        let unkept = kept.err().map(|_| {
            let launched = intent.review.is_some();
            words::launch_not_kept(&intent.name, launched, intent.problem.take())
        });
        if unkept.is_some() {
            intent.problem.clone_from(&unkept);
        }
        self.tell_launch(org, id, &intent);
        Sent { intent, lost, unkept }
    }

    /// Okta has it.
    pub(super) fn launched(&self, org: &Org, intent: &mut Intent, review: &Review) {
        intent.state = state_of(&review.status);
        intent.review = Some(review.id.clone());
        intent.problem = None;
        let who = ProfileView {
            id: intent.subject.clone(),
            name: intent.subject_name.clone(),
            login: None,
            email: None,
            status: None,
            kind: Some("USER".into()),
        };
        self.keep_subject(&org.key, &review.id, who, true);
        let row = self.review_row(&org.key, Side::Admin, review, 0);
        self.tell_review(&org.key, Side::Admin, row);
        let after = json!({ "id": review.id, "name": review.name, "status": review.status, "endTime": review.end_time });
        let _ = self.settle_write(intent.history, Outcome::Done, Some(&after));
        if intent.state == LaunchState::Pending {
            self.watch_review(org, Side::Admin, &review.id);
        }
        // One of many is told when all are through: a list that is read again two hundred times would use up the limit.
        if !intent.many {
            self.changed(Topic::Reviews, Some(&org.key), None);
        }
    }

    pub(super) fn tell_launch(&self, org: &Org, id: i64, intent: &Intent) {
        if !intent.many {
            self.events.emit(Event::Launch {
                view: intent.view(id, &org.key),
            });
        }
    }

    /// A launched review is no longer pending.
    pub(in crate::work::reviews) fn launch_became(&self, org: &str, review: &str, status: &str) {
        let Ok(held) = self.org(org) else { return };
        let launches: Vec<(i64, Intent)> = self.store.launches(org).unwrap_or_default();
        for (id, mut intent) in launches {
            let state = state_of(status);
            if intent.review.as_deref() == Some(review) && !intent.many && intent.state != state {
                intent.state = state;
                let _ = self.store.keep_launch(id, &intent);
                self.tell_launch(&held, id, &intent);
            }
        }
    }
}
