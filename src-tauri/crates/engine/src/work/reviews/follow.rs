//! What Okta makes of decisions: items are read again, politely, until their remediation status settles.

use super::{ReviewKey, cursor, family, show};
use crate::engine::{Engine, hold};
use crate::ipc::events::{Event, Topic};
use crate::ipc::views::reviews::Side;
use crate::ipc::views::reviews::decisions::DecisionState;
use crate::ipc::views::reviews::items::AccessRow;
use crate::okta::pace::Urgency;
use crate::okta::receive::Next;
use crate::store::orgs::Org;
use domain::okta::wire::access::Access;
use domain::okta::wire::loose::Page;
use domain::problem::{Problem, local};
use domain::reviews::filter::term;
use domain::reviews::{self as r};
use std::collections::{BTreeMap, HashSet};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Items read by their names; more are read by reading the list.
const BY_NAME: usize = 3;
/// Longest pause between two looks.
const SELDOM: Duration = Duration::from_secs(60);
/// Looks after which an item is left as it is: about half an hour.
const MOST: u32 = 40;

/// An item: access, and what lies below it.
type Target = (String, Option<String>);

impl Engine {
    /// Reads items again and tells the window. What is not found any more is left out.
    pub(super) async fn read_items(
        &self,
        org: &Org,
        key: &ReviewKey,
        targets: &[Target],
        cancel: &CancellationToken,
    ) -> Result<(), Problem> {
        let wanted: HashSet<&String> = targets
            .iter()
            .filter(|(_, sub)| sub.is_none())
            .map(|(access, _)| access)
            .collect();
        let mut rows: Vec<AccessRow> = Vec::new();
        let names: Vec<(String, String)> = {
            let items = hold(&self.reviews.items);
            let known = items.get(key);
            wanted
                .iter()
                .filter_map(|id| Some(((*id).clone(), known?.get(*id)?.name.clone())))
                .collect()
        };
        if names.len() == wanted.len() && names.len() <= BY_NAME {
            for (id, name) in names {
                rows.extend(self.item_by_name(org, key, &id, &name, cancel).await?);
            }
        }
        if rows.len() < wanted.len() {
            rows = self.items_by_list(org, key, &wanted, cancel).await?;
        }
        if !rows.is_empty() {
            self.learn_items(key, &rows);
            self.tell_items(key, rows);
        }
        let parents: BTreeMap<&String, ()> = targets
            .iter()
            .filter(|(_, sub)| sub.is_some())
            .map(|(access, _)| (access, ()))
            .collect();
        for parent in parents.keys() {
            let below = self
                .below_of(org, key.1, &key.2, parent, Urgency::Background, cancel)
                .await?;
            self.events.emit(Event::Items {
                org: key.0.clone(),
                side: key.1,
                review: key.2.clone(),
                accesses: Vec::new(),
                parent: Some((*parent).clone()),
                subs: below.rows,
            });
        }
        Ok(())
    }

    fn tell_items(&self, key: &ReviewKey, rows: Vec<AccessRow>) {
        if let Some(list) = hold(&self.reviews.accesses).get_mut(key) {
            for row in &rows {
                if let Some(held) = list.rows.iter_mut().find(|it| it.id == row.id) {
                    held.clone_from(row);
                }
            }
        }
        self.events.emit(Event::Items {
            org: key.0.clone(),
            side: key.1,
            review: key.2.clone(),
            accesses: rows,
            parent: None,
            subs: Vec::new(),
        });
    }

    /// Okta has no call for one item: its name finds it in the list.
    async fn item_by_name(
        &self,
        org: &Org,
        key: &ReviewKey,
        id: &str,
        name: &str,
        cancel: &CancellationToken,
    ) -> Result<Option<AccessRow>, Problem> {
        let call = Self::review_call(family(key.1).accesses, &key.2)?
            .query("limit", super::PAGE)
            .query("filter", term("name", "co", name));
        let answer = self
            .review_send(org, key.1, &call, Urgency::Background, cancel)
            .await?;
        let page = Page::read(&answer.body, "data", Access::read)
            .ok_or_else(|| local::not_oktas_answer(org.origin.host(), "not a list of access items"))?;
        Ok(page
            .rows
            .iter()
            .find(|access| access.item.id == id)
            .map(|access| show::access(access, 0)))
    }

    async fn items_by_list(
        &self,
        org: &Org,
        key: &ReviewKey,
        wanted: &HashSet<&String>,
        cancel: &CancellationToken,
    ) -> Result<Vec<AccessRow>, Problem> {
        let mut rows = Vec::new();
        let mut after: Option<String> = None;
        let mut cursors: HashSet<String> = HashSet::new();
        loop {
            let mut call = Self::review_call(family(key.1).accesses, &key.2)?
                .query("limit", super::PAGE)
                .query("orderBy", "priority desc");
            if let Some(cursor) = after.take() {
                call = call.query("after", cursor);
            }
            let answer = self
                .review_send(org, key.1, &call, Urgency::Background, cancel)
                .await?;
            let page = Page::read(&answer.body, "data", Access::read)
                .ok_or_else(|| local::not_oktas_answer(org.origin.host(), "not a list of access items"))?;
            rows.extend(
                page.rows
                    .iter()
                    .filter(|access| wanted.contains(&access.item.id))
                    .map(|access| show::access(access, 0)),
            );
            if rows.len() >= wanted.len() {
                return Ok(rows);
            }
            match cursor(&answer, call.url(&org.origin).path()) {
                Next::After(cursor) if cursors.insert(cursor.clone()) => after = Some(cursor),
                _ => return Ok(rows),
            }
        }
    }

    /// Follows the decisions of a review until each has settled; one follower a review, however many decisions.
    pub(super) fn follow(&self, org: &Org, key: &ReviewKey) {
        let Some(engine) = self.handle() else { return };
        let locks = self.review_locks();
        if self.reviews_rest() {
            return;
        }
        if hold(&self.reviews.following).insert(key.clone(), locks) == Some(locks) {
            return;
        }
        let (org, key) = (org.clone(), key.clone());
        tokio::spawn(async move {
            engine.follow_until_settled(&org, &key, locks).await;
            if engine.review_locks() != locks {
                return;
            }
            hold(&engine.reviews.following).remove(&key);
            // One that came in between would wait for ever.
            if !engine.stop.is_cancelled() && !engine.followed(&key).is_empty() {
                engine.follow(&org, &key);
            }
        });
    }

    /// After a lock: takes up following where it was left.
    pub(super) fn follow_all(&self) {
        let keys: HashSet<ReviewKey> = hold(&self.reviews.decisions)
            .iter()
            .filter(|it| it.view.state == DecisionState::Following)
            .map(|it| (it.view.org.clone(), it.view.side, it.view.review.clone()))
            .collect();
        for key in keys {
            if let Ok(org) = self.org(&key.0) {
                self.follow(&org, &key);
            }
        }
    }

    /// Decisions of a review that have not settled.
    fn followed(&self, key: &ReviewKey) -> Vec<(u32, Target, String)> {
        hold(&self.reviews.decisions)
            .iter()
            .filter(|it| {
                let view = &it.view;
                view.state == DecisionState::Following
                    && (view.org.as_str(), view.side, view.review.as_str()) == (&key.0, key.1, &key.2)
            })
            .map(|it| {
                let view = &it.view;
                (
                    view.id,
                    (view.access.clone(), view.sub.clone()),
                    view.action.clone(),
                )
            })
            .collect()
    }

    async fn follow_until_settled(&self, org: &Org, key: &ReviewKey, locks: u64) {
        let mut pause = self.times().follow;
        for look in 0..MOST {
            if !self.rest(pause).await || self.review_locks() != locks {
                return;
            }
            pause = (pause * 2).min(SELDOM);
            let followed = self.followed(key);
            if followed.is_empty() {
                return;
            }
            let mut targets: Vec<Target> = followed.iter().map(|(_, target, _)| target.clone()).collect();
            targets.sort();
            targets.dedup();
            let cancel = self.stop.child_token();
            // What can't be read now may be readable at the next look.
            let read = self.read_items(org, key, &targets, &cancel).await;
            for (id, (access, sub), action) in followed {
                let Some(facts) = self.known_facts(key, &access, sub.as_deref()) else {
                    continue;
                };
                let offered = |action: &str| facts.actions.iter().any(|it| it.action == action);
                let inverse = r::inverse(&action).filter(|it| offered(it));
                let settled = read.is_ok() && r::rests(&action, &facts.remediation);
                let last = look + 1 == MOST;
                let words = r::remediation(&facts.remediation);
                let status = facts.remediation.clone();
                self.move_decision(id, |view| {
                    view.remediation = Some(status);
                    view.remediation_words = Some(words).filter(|it| !it.is_empty());
                    view.inverse = inverse.map(str::to_owned);
                    if settled || last {
                        view.state = DecisionState::Settled;
                    }
                });
                if settled {
                    self.changed(Topic::Reviews, Some(&key.0), None);
                }
            }
            if self.followed(key).is_empty() {
                return;
            }
        }
    }

    /// After “restore all”: every item that was touched is read again.
    pub(super) fn follow_everything(&self, org: &Org, side: Side, review: &str) {
        let key = (org.key.clone(), side, review.to_owned());
        let known: Vec<Target> = hold(&self.reviews.items)
            .get(&key)
            .map(|items| {
                items
                    .values()
                    .filter(|row| !matches!(row.remediation.as_str(), "" | "NONE"))
                    .map(|row| (row.id.clone(), None))
                    .collect()
            })
            .unwrap_or_default();
        let parents: Vec<String> = hold(&self.reviews.below)
            .keys()
            .filter(|(of, _)| *of == key)
            .map(|(_, parent)| parent.clone())
            .collect();
        let Some(engine) = self.handle() else { return };
        let org = org.clone();
        tokio::spawn(async move {
            let mut targets = known;
            targets.extend(parents.into_iter().map(|parent| (parent, Some(String::new()))));
            let (mut pause, locks) = (engine.times().follow, engine.review_locks());
            for _ in 0..4 {
                if targets.is_empty() || !engine.rest(pause).await || engine.review_locks() != locks {
                    return;
                }
                pause *= 3;
                let cancel = engine.stop.child_token();
                let _ = engine.read_items(&org, &key, &targets, &cancel).await;
            }
        });
    }
}
