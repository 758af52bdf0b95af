//! Decisions: they wait a few seconds, in which undo is real, and only then are sent. What waits lives here, not in the
//! window, so that it survives going to another page; when Gatehouse is closed or locked it is not sent, and that is told.

mod facts;
mod send;

use crate::engine::{Engine, hold};
use crate::ipc::events::Event;
use crate::ipc::review_args::{DecisionArgs, DecisionIdArgs};
use crate::ipc::views::reviews::decisions::{DecisionState, DecisionView};
use crate::okta::pace::Urgency;
use crate::store::Store;
use domain::problem::{Problem, reviews as words};
use domain::reviews as r;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Decisions kept for the window; the oldest that are over go first.
const KEPT: usize = 2_000;

/// One decision.
pub(super) struct Decision {
    pub(super) view: DecisionView,
    /// Takes it back.
    undo: CancellationToken,
    /// Sends it now.
    hurry: Arc<Notify>,
}

/// What is kept of a decision until it is through.
#[derive(Serialize, Deserialize)]
struct Note {
    org_name: String,
    review_name: String,
    item: String,
    label: String,
    sending: bool,
}

/// What an earlier run left: decisions that were not sent, or whose end nobody saw.
pub(crate) fn left_behind(store: &Store) -> Result<Vec<String>, Problem> {
    let notes: Vec<Note> = store.take_decisions()?;
    Ok(notes
        .into_iter()
        .map(|note| {
            let what = format!(
                "“{}” on {} in the review {} ({})",
                note.label, note.item, note.review_name, note.org_name
            );
            if note.sending {
                format!(
                    "Gatehouse was closed while it sent {what}. Look at the item to see whether it arrived."
                )
            } else {
                format!("Gatehouse was closed before it sent {what}. It was not sent.")
            }
        })
        .collect())
}

impl Engine {
    /// Makes a decision. One that waits on the same item is taken back for it.
    pub(crate) async fn make_decision(&self, args: &DecisionArgs) -> Result<DecisionView, Problem> {
        let org = self.writable(&args.org)?;
        // Nothing is begun without a credential.
        self.review_target(&org, args.side).await?;
        r::id(args.sub.as_deref().unwrap_or(&args.access), "an item")?;
        let key = (org.key.clone(), args.side, args.review.clone());
        let item = self
            .item_facts(&org, &key, &args.access, args.sub.as_deref())
            .await?;
        let (label, known) = r::item_action(&args.action);
        if !known || !item.actions.iter().any(|it| it.action == args.action) {
            return Err(words::not_offered(&label));
        }
        let review_name = hold(&self.reviews.known)
            .get(&key)
            .map(|row| row.name.clone())
            .unwrap_or_default();
        let delay = self.times().delay;
        let note = self.store.new_decision(
            &org.key,
            &Note {
                org_name: org.name.clone(),
                review_name: review_name.clone(),
                item: item.name.clone(),
                label: label.clone(),
                sending: false,
            },
        )?;
        let send_at = jiff::Timestamp::now()
            .checked_add(delay)
            .map(|at| at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string());
        let (undo, hurry) = (CancellationToken::new(), Arc::new(Notify::new()));
        let view = {
            let mut decisions = hold(&self.reviews.decisions);
            for other in decisions.iter() {
                let view = &other.view;
                // Of either side: it is one item.
                let same = view.org == org.key
                    && view.review == args.review
                    && view.access == args.access
                    && view.sub == args.sub;
                match view.state {
                    DecisionState::Waiting if same => other.undo.cancel(),
                    // Two under way would overtake each other, and a second click on what has just gone out is none.
                    DecisionState::Sending | DecisionState::Following
                        if same && (view.state == DecisionState::Sending || view.action == args.action) =>
                    {
                        let _ = self.store.drop_decision(note);
                        return Err(words::already_sent());
                    }
                    _ => {}
                }
            }
            if decisions.len() >= KEPT
                && let Some(old) = decisions.iter().position(|it| over(it.view.state))
            {
                decisions.remove(old);
            }
            let id = self.reviews.decided.fetch_add(1, Ordering::SeqCst) + 1;
            let view = DecisionView {
                id,
                org: org.key.clone(),
                side: args.side,
                review: args.review.clone(),
                review_name,
                access: args.access.clone(),
                sub: args.sub.clone(),
                item: item.name,
                action: args.action.clone(),
                label,
                state: DecisionState::Waiting,
                send_at: send_at.ok(),
                delay_ms: u32::try_from(delay.as_millis()).unwrap_or(u32::MAX),
                remediation: None,
                remediation_words: None,
                inverse: None,
                problem: None,
            };
            decisions.push(Decision {
                view: view.clone(),
                undo: undo.clone(),
                hurry: hurry.clone(),
            });
            view
        };
        self.events.emit(Event::Decision { view: view.clone() });
        if let Some(engine) = self.handle() {
            let (id, before) = (view.id, item.remediation);
            let bucket = super::family(args.side).item_act.bucket;
            tokio::spawn(async move {
                // While Okta's limit leaves no place it still waits, and undo is still real.
                let due = async {
                    tokio::select! {
                        () = hurry.notified() => {}
                        () = tokio::time::sleep(delay) => {}
                    }
                    engine.client.room(&org.key, bucket, Urgency::Click, &undo).await
                };
                tokio::select! {
                    biased;
                    // What waits when Gatehouse closes is told at the next start.
                    () = engine.stop.cancelled() => {}
                    () = undo.cancelled() => {
                        engine.move_decision(id, |view| view.state = DecisionState::Undone);
                        let _ = engine.store.drop_decision(note);
                    }
                    _ = due => engine.send_decision(&org, id, note, &before).await,
                }
            });
        }
        Ok(view)
    }

    /// Changes a decision and tells the window.
    pub(super) fn move_decision(
        &self,
        id: u32,
        change: impl FnOnce(&mut DecisionView),
    ) -> Option<DecisionView> {
        let view = {
            let mut decisions = hold(&self.reviews.decisions);
            let held = decisions.iter_mut().find(|it| it.view.id == id)?;
            change(&mut held.view);
            held.view.clone()
        };
        self.events.emit(Event::Decision { view: view.clone() });
        Some(view)
    }

    pub(crate) fn undo_decision(&self, args: &DecisionIdArgs) -> Result<DecisionView, Problem> {
        let view = {
            let mut decisions = hold(&self.reviews.decisions);
            let held = decisions
                .iter_mut()
                .find(|it| it.view.id == args.id)
                .ok_or_else(words::no_such_decision)?;
            match held.view.state {
                DecisionState::Waiting => {
                    held.view.state = DecisionState::Undone;
                    held.view.send_at = None;
                    held.undo.cancel();
                }
                DecisionState::Undone => {}
                _ => return Err(words::already_sent()),
            }
            held.view.clone()
        };
        self.events.emit(Event::Decision { view: view.clone() });
        Ok(view)
    }

    pub(crate) fn hurry_decision(&self, args: &DecisionIdArgs) -> Result<DecisionView, Problem> {
        let decisions = hold(&self.reviews.decisions);
        let held = decisions
            .iter()
            .find(|it| it.view.id == args.id)
            .ok_or_else(words::no_such_decision)?;
        if held.view.state == DecisionState::Waiting {
            held.hurry.notify_one();
        }
        Ok(held.view.clone())
    }

    pub(crate) fn decisions_of(&self, org: &str) -> Vec<DecisionView> {
        let decisions = hold(&self.reviews.decisions);
        let of = decisions.iter().rev().filter(|it| it.view.org == org);
        of.map(|it| it.view.clone()).collect()
    }

    /// How many decisions of a review, of either side, are in such a state.
    fn decisions_in(&self, org: &str, review: &str, state: impl Fn(DecisionState) -> bool) -> usize {
        hold(&self.reviews.decisions)
            .iter()
            .filter(|it| it.view.org == org && it.view.review == review && state(it.view.state))
            .count()
    }

    /// How many decisions of a review wait or are on their way.
    pub(super) fn waiting_decisions(&self, org: &str, review: &str) -> usize {
        let early = |state| matches!(state, DecisionState::Waiting | DecisionState::Sending);
        self.decisions_in(org, review, early)
    }

    /// Whether decisions of a review are not through.
    pub(super) fn has_open_decisions(&self, org: &str, review: &str) -> bool {
        self.decisions_in(org, review, |state| !over(state)) > 0
    }

    /// Takes back everything of an org that waits.
    pub(super) fn drop_waiting(&self, org: &str) {
        for held in hold(&self.reviews.decisions).iter_mut() {
            if held.view.org == org && held.view.state == DecisionState::Waiting {
                held.view.state = DecisionState::Undone;
                held.undo.cancel();
            }
        }
    }

    /// Drops the decisions of an org. What waits is taken back, and the window is told; of what is on its way nothing is
    /// told any more.
    pub(super) fn forget_decisions(&self, org: &str) {
        let mut undone = Vec::new();
        hold(&self.reviews.decisions).retain_mut(|held| {
            if held.view.org != org {
                return true;
            }
            if held.view.state == DecisionState::Waiting {
                held.undo.cancel();
                held.view.state = DecisionState::Undone;
                held.view.send_at = None;
                undone.push(held.view.clone());
            }
            false
        });
        for view in undone {
            self.events.emit(Event::Decision { view });
        }
    }
}

fn over(state: DecisionState) -> bool {
    !matches!(
        state,
        DecisionState::Waiting | DecisionState::Sending | DecisionState::Following
    )
}
