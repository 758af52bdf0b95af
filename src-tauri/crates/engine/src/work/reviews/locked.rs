//! A lock: what waits is not sent, and nothing looks by itself until somebody is there again, or the secrets would be taken
//! out of the keychain again at once. What was looked at is noted, and taken up by whoever comes back.

use crate::engine::{Engine, hold};
use crate::ipc::events::Topic;
use crate::ipc::views::reviews::Side;
use std::collections::HashSet;
use std::sync::atomic::Ordering;

impl Engine {
    /// Gatehouse is locked. Where the person asked for it, launching for many people pauses as well.
    pub(crate) fn quiet_reviews(&self, asked: bool) {
        self.reviews.locks.fetch_add(1, Ordering::SeqCst);
        let waiting: HashSet<String> = hold(&self.reviews.decisions)
            .iter()
            .map(|it| it.view.org.clone())
            .collect();
        for org in &waiting {
            self.drop_waiting(org);
        }
        if asked {
            let running: Vec<String> = hold(&self.reviews.incidents).keys().cloned().collect();
            for org in running {
                self.incident_locked(&org);
            }
        }
    }

    /// Somebody is there: what a lock has stopped goes on.
    pub(crate) fn wake_reviews(&self) {
        let locks = self.review_locks();
        if self.reviews.back.swap(locks, Ordering::SeqCst) == locks {
            return;
        }
        let watched: Vec<(String, Side)> = hold(&self.reviews.watched).keys().cloned().collect();
        let mut pages: HashSet<String> = HashSet::new();
        for (key, side) in watched {
            if let Ok(org) = self.org(&key) {
                self.begin_watch(&org, side);
                pages.insert(key);
            }
        }
        let left: Vec<String> = hold(&self.reviews.left).drain().collect();
        for org in left.iter().filter_map(|key| self.org(key).ok()) {
            self.resume_launches(&org);
        }
        self.follow_all();
        // They were told that nothing is looked at.
        for org in pages {
            self.changed(Topic::Reviews, Some(&org), None);
        }
    }

    /// How often Gatehouse was locked: what looks by itself stops at a lock.
    pub(super) fn review_locks(&self) -> u64 {
        self.reviews.locks.load(Ordering::SeqCst)
    }

    /// Nobody was there since the last lock: nothing begins to look by itself.
    pub(super) fn reviews_rest(&self) -> bool {
        self.reviews.back.load(Ordering::SeqCst) != self.review_locks()
    }
}
