//! Sending a decision, once: after a lost answer the item is read, and nothing is sent a second time by itself.

use super::super::{ReviewKey, family};
use super::Note;
use crate::engine::Engine;
use crate::ipc::views::history::Outcome;
use crate::ipc::views::reviews::decisions::{DecisionState, DecisionView};
use crate::okta::client::Failure;
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use crate::work::history::Write;
use domain::okta::call::{Call, Payload};
use domain::problem::{Problem, reviews as words};
use domain::reviews as r;
use serde_json::json;
use std::time::Duration;

/// Looks for a decision whose answer was lost.
const LOOKS: u32 = 3;

/// How one sending ended.
enum Sent {
    /// Okta has it.
    Taken,
    /// The answer was lost, and the item is as it was before.
    NotShown,
    /// The answer was lost, and it can't be told.
    Unclear,
    /// Okta refused it.
    Refused(Box<Problem>),
    /// Gatehouse is closing.
    Stopped,
}

impl Engine {
    fn decision_call(view: &DecisionView) -> Result<Call, Problem> {
        let target = view.sub.as_deref().unwrap_or(&view.access);
        Ok(Self::review_call(family(view.side).item_act, &view.review)?
            .param("securityAccessReviewTargetId", r::id(target, "an item")?)
            .body(Payload::plain(r::body::item_action(&view.action))))
    }

    /// Sends it, once. Whatever becomes of the answer, only a person sends it again.
    pub(super) async fn send_decision(&self, org: &Org, id: u32, note: i64, before: &str) {
        // From here on undo comes too late; whoever was first with the lock decides.
        let mut undone = false;
        let view = self.move_decision(id, |view| {
            undone = view.state != DecisionState::Waiting;
            if !undone {
                view.state = DecisionState::Sending;
                view.send_at = None;
            }
        });
        let Some(view) = view.filter(|_| !undone) else {
            let _ = self.store.drop_decision(note);
            return;
        };
        let key = (org.key.clone(), view.side, view.review.clone());
        let sent = match self.may_send(org, &view, note) {
            Ok(org) => self.send_once(&org, &key, &view, before).await,
            Err(problem) => Sent::Refused(Box::new(problem)),
        };
        let (state, problem) = match sent {
            Sent::Taken => (DecisionState::Following, None),
            Sent::NotShown => (
                DecisionState::Unknown,
                Some(words::decision_not_shown(&view.item)),
            ),
            Sent::Unclear => (DecisionState::Unknown, Some(words::decision_unknown(&view.item))),
            Sent::Refused(problem) => (DecisionState::Failed, Some(*problem)),
            // Gatehouse is closing; the note stays, and the next start tells.
            Sent::Stopped => return,
        };
        let _ = self.store.drop_decision(note);
        let told = self.move_decision(id, |view| {
            view.state = state;
            view.problem = problem;
        });
        // Its org may have been forgotten meanwhile.
        if told.is_some() && state == DecisionState::Following {
            self.follow(org, &key);
        }
    }

    /// The org may have been made read-only while the decision waited. And if it can't be written down that it is being
    /// sent, the next start would say that it was not.
    fn may_send(&self, org: &Org, view: &DecisionView, note: i64) -> Result<Org, Problem> {
        let org = self.writable(&org.key)?;
        self.store.keep_decision(
            note,
            &Note {
                org_name: org.name.clone(),
                review_name: view.review_name.clone(),
                item: view.item.clone(),
                label: view.label.clone(),
                sending: true,
            },
        )?;
        Ok(org)
    }

    async fn send_once(&self, org: &Org, key: &ReviewKey, view: &DecisionView, before: &str) -> Sent {
        let call = match Self::decision_call(view) {
            Ok(call) => call,
            Err(problem) => return Sent::Refused(Box::new(problem)),
        };
        let cancel = self.stop.child_token();
        let sent = self
            .review_send(org, view.side, &call, Urgency::Click, &cancel)
            .await;
        let write = Write {
            org,
            app: "",
            label: &view.review_name,
            action: format!("{}: {}", view.label, view.item),
            before: Some(&json!({ "item": view.item, "remediationStatus": before })),
        };
        if matches!(sent, Err(Failure::Cancelled)) {
            return Sent::Stopped;
        }
        let row = self.keep_write(&write, &call, &sent);
        match sent {
            Ok(_) => Sent::Taken,
            Err(Failure::Not(problem)) => Sent::Refused(problem),
            Err(Failure::Cancelled) => Sent::Stopped,
            Err(Failure::Unknown(_)) => self.look_for_decision(org, key, view, before, row).await,
        }
    }

    /// The answer was lost: does the item show the decision? It is looked at more than once, because Okta takes a decision
    /// first and carries it out later.
    async fn look_for_decision(
        &self,
        org: &Org,
        key: &ReviewKey,
        view: &DecisionView,
        before: &str,
        row: i64,
    ) -> Sent {
        let wanted = [(view.access.clone(), view.sub.clone())];
        let mut pause = Duration::ZERO;
        let mut last = Sent::Unclear;
        for _ in 0..LOOKS {
            if !self.rest(pause).await {
                return Sent::Stopped;
            }
            pause = if pause.is_zero() {
                self.times().follow
            } else {
                pause * 2
            };
            let cancel = self.stop.child_token();
            if self.read_items(org, key, &wanted, &cancel).await.is_err() {
                last = Sent::Unclear;
                continue;
            }
            let Some(shown) = self.known_facts(key, &view.access, view.sub.as_deref()) else {
                continue;
            };
            if shown.remediation == before {
                last = Sent::NotShown;
            } else if r::shows(&view.action, &shown.remediation) {
                let after = json!({ "item": view.item, "remediationStatus": shown.remediation });
                let _ = self.settle_write(row, Outcome::Done, Some(&after));
                return Sent::Taken;
            } else {
                last = Sent::Unclear;
            }
        }
        last
    }
}
