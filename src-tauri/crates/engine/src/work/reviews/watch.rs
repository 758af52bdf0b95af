//! Reviews that Okta is making ready are looked at from time to time until they are: one look for all that are watched,
//! however many, because two hundred may have been launched at once.

use super::{PAGE, cursor, family};
use crate::engine::{Engine, hold};
use crate::ipc::events::Topic;
use crate::ipc::views::reviews::Side;
use crate::okta::client::Failure;
use crate::okta::pace::Urgency;
use crate::okta::receive::Next;
use crate::store::orgs::Org;
use domain::okta::call::Call;
use domain::okta::wire::loose::Page;
use domain::okta::wire::review::Review;
use domain::problem::ProblemCode;
use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Looks at the first pace; after that four times as rarely.
const OFTEN: u32 = 20;
/// Looks after which a review is left alone: about half a day.
const MOST: u32 = 800;
/// Pages read in one look. What is watched was launched lately, and the list begins with the latest.
const PAGES: u32 = 3;

/// One that looks. Another may have taken its place while it waited for an answer, so each has a number of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Watch {
    number: u64,
    /// Locks there had been when it began: a lock ends it.
    locks: u64,
}

/// What is watched of an org, on one side.
#[derive(Default)]
pub(super) struct Watched {
    /// Who looks; it may have ended with a lock.
    by: Option<Watch>,
    /// Reviews, and how often each was looked at.
    ids: HashMap<String, u32>,
}

impl Engine {
    /// Watches a review until it is not pending any more. While Gatehouse is locked it is noted for later.
    pub(super) fn watch_review(&self, org: &Org, side: Side, review: &str) {
        hold(&self.reviews.watched)
            .entry((org.key.clone(), side))
            .or_default()
            .ids
            .entry(review.to_owned())
            .or_insert(0);
        self.begin_watch(org, side);
    }

    /// Begins to look at what is noted, unless somebody looks already.
    pub(super) fn begin_watch(&self, org: &Org, side: Side) {
        let locks = self.review_locks();
        if self.reviews_rest() {
            return;
        }
        let me = {
            let mut watched = hold(&self.reviews.watched);
            let Some(held) = watched.get_mut(&(org.key.clone(), side)) else {
                return;
            };
            if held.by.is_some_and(|it| it.locks == locks) {
                return;
            }
            let number = self.reviews.watches.fetch_add(1, Ordering::SeqCst);
            *held.by.insert(Watch { number, locks })
        };
        let Some(engine) = self.handle() else { return };
        let org = org.clone();
        tokio::spawn(async move { engine.watch_all(&org, side, me).await });
    }

    async fn watch_all(&self, org: &Org, side: Side, me: Watch) {
        let key = (org.key.clone(), side);
        loop {
            let youngest = {
                let mut watched = hold(&self.reviews.watched);
                let Some(held) = watched.get(&key).filter(|it| it.by == Some(me)) else {
                    return;
                };
                let Some(youngest) = held.ids.values().min().copied() else {
                    watched.remove(&key);
                    return;
                };
                youngest
            };
            let often = if youngest < OFTEN { 1 } else { 4 };
            if !self.rest(self.times().watch * often).await || self.review_locks() != me.locks {
                return;
            }
            let found = match self.org(&org.key) {
                Ok(_) => self.look_at_watched(org, side, me).await,
                Err(_) => None,
            };
            let Some(found) = found else {
                self.end_watch(&key, me);
                return;
            };
            self.watched_became(org, side, me, found);
        }
    }

    /// Okta does not let it be looked at; the page says so when it is opened. After a lock nothing is said by that: the
    /// secrets were gone, and what is noted is for whoever comes back.
    fn end_watch(&self, key: &(String, Side), me: Watch) {
        let mut watched = hold(&self.reviews.watched);
        if self.review_locks() == me.locks && watched.get(key).is_some_and(|it| it.by == Some(me)) {
            watched.remove(key);
        }
    }

    /// What can be told of those that are watched; `None` when there is no use in looking again.
    async fn look_at_watched(&self, org: &Org, side: Side, me: Watch) -> Option<Vec<(String, Looked)>> {
        let mut wanted: Vec<(u32, String)> = {
            let mut watched = hold(&self.reviews.watched);
            let held = watched.get_mut(&(org.key.clone(), side));
            let held = held.filter(|it| it.by == Some(me))?;
            held.ids.values_mut().for_each(|looks| *looks += 1);
            held.ids.iter().map(|(id, looks)| (*looks, id.clone())).collect()
        };
        wanted.sort_by(|a, b| b.cmp(a));
        let mut found = Vec::new();
        if wanted.len() > 1 {
            for review in self.latest_reviews(org, side, &wanted).await? {
                wanted.retain(|(_, id)| *id != review.id);
                found.push((review.id.clone(), Looked::Is(Box::new(review))));
            }
        }
        // One that the list does not show is read by itself; one a look, so that it stays one or two requests.
        if let Some((_, id)) = wanted.into_iter().next() {
            let looked = self.watched_one(org, side, &id).await?;
            found.push((id, looked));
        }
        Some(found)
    }

    async fn watched_one(&self, org: &Org, side: Side, id: &str) -> Option<Looked> {
        let Ok(call) = Self::review_call(family(side).get, id) else {
            return Some(Looked::Gone);
        };
        let cancel = self.stop.child_token();
        let sent = self
            .review_send(org, side, &call, Urgency::Background, &cancel)
            .await;
        match sent {
            Ok(answer) => {
                let mut review = Review::read(&answer.body);
                if review.id.is_empty() {
                    id.clone_into(&mut review.id);
                }
                Some(Looked::Is(Box::new(review)))
            }
            Err(failure) => again(failure),
        }
    }

    /// The latest reviews, as far as those that are watched are among them. What can't be read now may be at the next look.
    async fn latest_reviews(&self, org: &Org, side: Side, wanted: &[(u32, String)]) -> Option<Vec<Review>> {
        let mut found: Vec<Review> = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..PAGES {
            let mut call = Call::new(family(side).list)
                .query("limit", PAGE)
                .query("orderBy", "created desc");
            if let Some(cursor) = after.take() {
                call = call.query("after", cursor);
            }
            let cancel = self.stop.child_token();
            let sent = self
                .review_send(org, side, &call, Urgency::Background, &cancel)
                .await;
            let answer = match sent {
                Ok(answer) => answer,
                Err(failure) => return again(failure).map(|_| found),
            };
            let page = Page::read(&answer.body, "data", Review::read);
            let rows = page.map(|page| page.rows).unwrap_or_default();
            found.extend(
                rows.into_iter()
                    .filter(|review| wanted.iter().any(|(_, id)| *id == review.id)),
            );
            if found.len() >= wanted.len() {
                break;
            }
            match cursor(&answer, call.url(&org.origin).path()) {
                Next::After(cursor) => after = Some(cursor),
                Next::None | Next::Elsewhere => break,
            }
        }
        Some(found)
    }

    fn watched_became(&self, org: &Org, side: Side, me: Watch, found: Vec<(String, Looked)>) {
        let mut over: Vec<String> = Vec::new();
        let mut changed = false;
        for (id, looked) in found {
            match looked {
                Looked::Later => {}
                Looked::Gone => over.push(id),
                Looked::Is(review) if review.status.is_empty() || review.status == "PENDING" => {}
                Looked::Is(review) => {
                    let row = self.review_row(&org.key, side, &review, 0);
                    let status = row.status.clone();
                    self.tell_review(&org.key, side, row);
                    self.launch_became(&org.key, &id, &status);
                    self.incident_became(&org.key, &id, &status);
                    changed = true;
                    over.push(id);
                }
            }
        }
        let mut watched = hold(&self.reviews.watched);
        let held = watched.get_mut(&(org.key.clone(), side));
        if let Some(held) = held.filter(|it| it.by == Some(me)) {
            held.ids.retain(|id, looks| *looks < MOST && !over.contains(id));
        }
        drop(watched);
        if changed {
            self.changed(Topic::Reviews, Some(&org.key), None);
        }
    }

    /// Waits; `false` when Gatehouse is closing.
    pub(super) async fn rest(&self, pause: Duration) -> bool {
        tokio::select! {
            () = self.stop.cancelled() => false,
            () = tokio::time::sleep(pause) => true,
        }
    }
}

/// One look at one review.
enum Looked {
    /// This is what it is.
    Is(Box<Review>),
    /// It can't be told now.
    Later,
    /// Okta shows it no more.
    Gone,
}

/// What a failed look means: for one review that is gone, for the network, for everything.
fn again(failure: Failure) -> Option<Looked> {
    match failure.problem().code {
        ProblemCode::Network | ProblemCode::OktaDown | ProblemCode::RateLimited => Some(Looked::Later),
        ProblemCode::NotFound => Some(Looked::Gone),
        _ => None,
    }
}
