//! Reviews that Okta is making ready are looked at from time to time until they are.

use super::ReviewKey;
use crate::engine::{Engine, hold};
use crate::ipc::events::Topic;
use crate::ipc::views::reviews::Side;
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use domain::okta::wire::review::Review;
use domain::problem::ProblemCode;
use std::time::Duration;

/// Looks at the first pace; after that four times as rarely.
const OFTEN: u32 = 20;
/// Looks after which it is left alone: about half a day.
const MOST: u32 = 800;

impl Engine {
    /// Watches a review until it is not pending any more.
    pub(super) fn watch_review(&self, org: &Org, side: Side, review: &str) {
        let key: ReviewKey = (org.key.clone(), side, review.to_owned());
        let Some(engine) = self.handle() else { return };
        if !hold(&self.reviews.watched).insert(key.clone()) {
            return;
        }
        let org = org.clone();
        tokio::spawn(async move {
            engine.watch_until_ready(&org, &key).await;
            hold(&engine.reviews.watched).remove(&key);
        });
    }

    async fn watch_until_ready(&self, org: &Org, key: &ReviewKey) {
        let (_, side, review) = key;
        for look in 0..MOST {
            let mut pause = self.times().watch;
            if look >= OFTEN {
                pause *= 4;
            }
            if !self.rest(pause).await || self.org(&org.key).is_err() {
                return;
            }
            let Ok(call) = Self::review_call(super::family(*side).get, review) else {
                return;
            };
            let cancel = self.stop.child_token();
            let sent = self
                .review_send(org, *side, &call, Urgency::Background, &cancel)
                .await;
            let answer = match sent {
                Ok(answer) => answer,
                Err(failure) => match failure.problem().code {
                    // It may work again in a while.
                    ProblemCode::Network | ProblemCode::OktaDown | ProblemCode::RateLimited => continue,
                    _ => return,
                },
            };
            let found = Review::read(&answer.body);
            if found.status.is_empty() || found.status == "PENDING" {
                continue;
            }
            let mut found = found;
            if found.id.is_empty() {
                found.id.clone_from(review);
            }
            let row = self.review_row(&org.key, *side, &found, 0);
            let status = row.status.clone();
            self.tell_review(&org.key, *side, row);
            self.launch_became(&org.key, review, &status);
            self.changed(Topic::Reviews, Some(&org.key), None);
            return;
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
