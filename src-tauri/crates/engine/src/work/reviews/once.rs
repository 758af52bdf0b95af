//! What may go out once at a time: a second click on the same finds the first under way.

use crate::engine::{Engine, hold};
use std::collections::HashSet;
use std::sync::Mutex;

/// What is sent: org, review, and what. Both sides of a review are one review.
pub(super) type Sent = (String, String, String);

/// One that is under way, for as long as this lives: a command that is dropped half-way leaves nothing behind.
pub(super) struct UnderWay<'a> {
    all: &'a Mutex<HashSet<Sent>>,
    it: Sent,
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        hold(self.all).remove(&self.it);
    }
}

impl Engine {
    /// Begins; `None` where the same is under way.
    pub(super) fn begin_once(&self, org: &str, review: &str, what: String) -> Option<UnderWay<'_>> {
        let it = (org.to_owned(), review.to_owned(), what);
        let all = &self.reviews.under_way;
        hold(all).insert(it.clone()).then(|| UnderWay { all, it })
    }
}
