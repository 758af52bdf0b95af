//! Decisions: they wait a few seconds, in which undo is real, and only then are sent. What waits lives here, not in the
//! window, so that it survives going to another page; when Gatehouse is closed it is not sent, and that is told.

use super::{ReviewKey, family};
use crate::engine::{Engine, hold};
use crate::ipc::events::Event;
use crate::ipc::review_args::{DecisionArgs, DecisionIdArgs};
use crate::ipc::views::history::Outcome;
use crate::ipc::views::reviews::Side;
use crate::ipc::views::reviews::decisions::{DecisionFacts, DecisionState, DecisionView, FactView};
use crate::ipc::views::reviews::items::{AccessRow, ItemAction, LabelView, ManualReason, SubAccessRow};
use crate::okta::client::Failure;
use crate::okta::pace::Urgency;
use crate::store::Store;
use crate::store::orgs::Org;
use crate::work::history::Write;
use domain::okta::call::{Call, Payload};
use domain::problem::{Problem, reviews as words};
use domain::reviews as r;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;
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

/// An item, whether it is an access item or lies below one.
#[derive(Debug, Clone)]
pub(super) struct ItemFacts {
    pub(super) name: String,
    pub(super) actions: Vec<ItemAction>,
    pub(super) remediation: String,
    manual: Vec<ManualReason>,
    labels: Vec<LabelView>,
    assigned: Option<String>,
    assignment: Option<String>,
    last_access: Option<String>,
    usage: Option<i64>,
    /// Something lies below.
    below: bool,
    collections: Vec<String>,
}

impl From<&AccessRow> for ItemFacts {
    fn from(row: &AccessRow) -> Self {
        Self {
            name: row.name.clone(),
            actions: row.actions.clone(),
            remediation: row.remediation.clone(),
            manual: row.manual.clone(),
            labels: row.labels.clone(),
            assigned: row.assigned.clone(),
            assignment: row.assignment_words.clone(),
            last_access: row.last_access.clone(),
            usage: row.usage,
            below: !row.below.is_empty(),
            collections: Vec::new(),
        }
    }
}

impl From<&SubAccessRow> for ItemFacts {
    fn from(row: &SubAccessRow) -> Self {
        Self {
            name: row.name.clone(),
            actions: row.actions.clone(),
            remediation: row.remediation.clone(),
            manual: row.manual.clone(),
            labels: row.labels.clone(),
            assigned: row.assigned.clone(),
            assignment: row.assignment_words.clone(),
            last_access: None,
            usage: None,
            below: false,
            collections: row.collections.clone(),
        }
    }
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

fn day(text: &str) -> String {
    text.parse::<jiff::Timestamp>()
        .map_or_else(|_| text.to_owned(), |at| at.strftime("%-d %B %Y").to_string())
}

impl Engine {
    /// An item as last read, or read now.
    pub(super) async fn item_facts(
        &self,
        org: &Org,
        key: &ReviewKey,
        access: &str,
        sub: Option<&str>,
    ) -> Result<ItemFacts, Problem> {
        if let Some(facts) = self.known_facts(key, access, sub) {
            return Ok(facts);
        }
        let cancel = self.stop.child_token();
        self.read_items(org, key, &[(access.to_owned(), sub.map(str::to_owned))], &cancel)
            .await?;
        self.known_facts(key, access, sub).ok_or_else(words::no_such_item)
    }

    pub(super) fn known_facts(&self, key: &ReviewKey, access: &str, sub: Option<&str>) -> Option<ItemFacts> {
        match sub {
            None => hold(&self.reviews.items)
                .get(key)
                .and_then(|items| items.get(access))
                .map(ItemFacts::from),
            Some(sub) => hold(&self.reviews.below)
                .get(&(key.clone(), access.to_owned()))
                .and_then(|rows| rows.iter().find(|row| row.id == sub))
                .map(ItemFacts::from),
        }
    }

    /// What a decision would mean: shown before it is made.
    pub(crate) async fn facts_of_decision(&self, args: &DecisionArgs) -> Result<DecisionFacts, Problem> {
        let org = self.org(&args.org)?;
        let key = (org.key.clone(), args.side, args.review.clone());
        let item = self
            .item_facts(&org, &key, &args.access, args.sub.as_deref())
            .await?;
        let below = if item.below && args.sub.is_none() {
            let cancel = self.stop.child_token();
            self.below_of(&org, args.side, &args.review, &args.access, &cancel)
                .await
                .ok()
        } else {
            None
        };
        let automatic = r::automatic(&args.action);
        let mut facts = Vec::new();
        let mut fact = |label: &str, value: String, warn: bool| {
            facts.push(FactView {
                label: label.into(),
                value,
                warn,
            });
        };
        let (label, _) = r::item_action(&args.action);
        if let Some(how) = &item.assignment {
            let since = item.assigned.as_deref().map(day);
            let since = since.map(|it| format!(", since {it}")).unwrap_or_default();
            fact("Assigned", format!("{how}{since}"), false);
        }
        match (&item.last_access, item.usage) {
            (Some(at), usage) => {
                let times = usage
                    .map(|n| format!("; {n} times in 90 days"))
                    .unwrap_or_default();
                let often = usage.is_some_and(|n| n > 0);
                fact("Last used", format!("{}{times}", day(at)), often);
            }
            (None, Some(0)) => fact("Last used", "not in the last 90 days".into(), false),
            (None, Some(times)) => fact("Used", format!("{times} times in 90 days"), true),
            (None, None) => {}
        }
        for name in &item.labels {
            let values = name.values.join(", ");
            fact(
                &name.name,
                if values.is_empty() { "yes".into() } else { values },
                true,
            );
        }
        if !item.collections.is_empty() {
            fact("Collections", item.collections.join(", "), true);
        }
        if let Some(below) = &below {
            let by_hand = below.rows.iter().filter(|row| !row.manual.is_empty()).count();
            let count = below.rows.len();
            let mut said = match count {
                0 => "nothing".into(),
                1 => "1 group or entitlement".into(),
                n => format!("{n} groups and entitlements"),
            };
            if by_hand > 0 && automatic {
                said.push_str(&format!("; {by_hand} of them Okta can’t take away by itself"));
            }
            fact("Goes along", said, by_hand > 0);
        }
        Ok(DecisionFacts {
            access: args.access.clone(),
            sub: args.sub.clone(),
            item: item.name,
            action: args.action.clone(),
            label,
            automatic,
            outcome: r::outcome(&args.action).into(),
            below: below.map(|it| u32::try_from(it.rows.len()).unwrap_or(u32::MAX)),
            facts,
            manual: item.manual,
        })
    }

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
                let same = view.org == org.key
                    && view.side == args.side
                    && view.review == args.review
                    && view.access == args.access
                    && view.sub == args.sub;
                if same && view.state == DecisionState::Waiting {
                    other.undo.cancel();
                }
            }
            if decisions.len() >= KEPT
                && let Some(old) = decisions.iter().position(|it| over(it.view.state))
            {
                decisions.remove(old);
            }
            let id = decisions.last().map_or(1, |it| it.view.id + 1);
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
            tokio::spawn(async move {
                tokio::select! {
                    biased;
                    // What waits when Gatehouse closes is told at the next start.
                    () = engine.stop.cancelled() => {}
                    () = undo.cancelled() => {
                        engine.move_decision(id, |view| view.state = DecisionState::Undone);
                        let _ = engine.store.drop_decision(note);
                    }
                    () = hurry.notified() => engine.send_decision(&org, id, note, &before).await,
                    () = tokio::time::sleep(delay) => engine.send_decision(&org, id, note, &before).await,
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

    fn decision_call(view: &DecisionView) -> Result<Call, Problem> {
        let target = view.sub.as_deref().unwrap_or(&view.access);
        Ok(Self::review_call(family(view.side).item_act, &view.review)?
            .param("securityAccessReviewTargetId", r::id(target, "an item")?)
            .body(Payload::plain(r::body::item_action(&view.action))))
    }

    /// Sends it. The same decision twice is the same once: after a lost answer the item is read, and it goes once more at
    /// most, if the item shows that nothing happened.
    async fn send_decision(&self, org: &Org, id: u32, note: i64, before: &str) {
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
        let _ = self.store.keep_decision(
            note,
            &Note {
                org_name: org.name.clone(),
                review_name: view.review_name.clone(),
                item: view.item.clone(),
                label: view.label.clone(),
                sending: true,
            },
        );
        let key = (org.key.clone(), view.side, view.review.clone());
        let mut again = true;
        let problem = loop {
            match self.send_once(org, &key, &view, before).await {
                Sent::Taken => break None,
                Sent::NotApplied if std::mem::take(&mut again) => {}
                Sent::NotApplied => {
                    break Some((DecisionState::Unknown, words::decision_unknown(&view.item)));
                }
                Sent::Unclear => {
                    break Some((DecisionState::Unknown, words::decision_unknown(&view.item)));
                }
                Sent::Refused(problem) => break Some((DecisionState::Failed, *problem)),
                // Gatehouse is closing; the note stays, and the next start tells.
                Sent::Stopped => return,
            }
        };
        let _ = self.store.drop_decision(note);
        match problem {
            Some((state, problem)) => {
                self.move_decision(id, |view| {
                    view.state = state;
                    view.problem = Some(problem);
                });
            }
            None => {
                self.move_decision(id, |view| view.state = DecisionState::Following);
                self.follow(org, &key);
            }
        }
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
            Err(Failure::Unknown(_)) => {
                let wanted = [(view.access.clone(), view.sub.clone())];
                if self.read_items(org, key, &wanted, &cancel).await.is_err() {
                    return Sent::Unclear;
                }
                let shown = self.known_facts(key, &view.access, view.sub.as_deref());
                let Some(shown) = shown else { return Sent::Unclear };
                if shown.remediation == before {
                    let _ = self.settle_write(row, Outcome::NotApplied, None);
                    return Sent::NotApplied;
                }
                if r::shows(&view.action, &shown.remediation) {
                    let after = json!({ "item": view.item, "remediationStatus": shown.remediation });
                    let _ = self.settle_write(row, Outcome::Done, Some(&after));
                    return Sent::Taken;
                }
                Sent::Unclear
            }
        }
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

    /// How many decisions of a review wait or are on their way.
    pub(super) fn waiting_decisions(&self, org: &str, side: Side, review: &str) -> usize {
        hold(&self.reviews.decisions)
            .iter()
            .filter(|it| {
                it.view.org == org
                    && it.view.side == side
                    && it.view.review == review
                    && matches!(it.view.state, DecisionState::Waiting | DecisionState::Sending)
            })
            .count()
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
}

/// How one sending ended.
enum Sent {
    /// Okta has it.
    Taken,
    /// The answer was lost, and the item is as it was before.
    NotApplied,
    /// The answer was lost, and it can't be told.
    Unclear,
    /// Okta refused it.
    Refused(Box<Problem>),
    /// Gatehouse is closing.
    Stopped,
}

fn over(state: DecisionState) -> bool {
    !matches!(
        state,
        DecisionState::Waiting | DecisionState::Sending | DecisionState::Following
    )
}
