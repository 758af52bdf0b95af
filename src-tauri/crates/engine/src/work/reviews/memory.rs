//! Which items stay in memory: those of the reviews opened last. A large review has thousands, and a run lasts for days.

use super::ReviewKey;
use crate::engine::{Engine, hold};
use std::collections::HashSet;

/// Reviews of an org whose items are kept.
const KEPT: usize = 8;

impl Engine {
    /// A review was opened: of the others, those that were not for the longest time lose their items, unless they are just
    /// being read or something is still to be decided or followed there.
    pub(super) fn opened_items(&self, key: &ReviewKey) {
        let held: HashSet<ReviewKey> = {
            let reviews = &self.reviews;
            let mut held: HashSet<ReviewKey> = hold(&reviews.accesses).keys().cloned().collect();
            held.extend(hold(&reviews.items).keys().cloned());
            held.extend(hold(&reviews.below).keys().map(|(of, _)| of.clone()));
            held.retain(|it| it.0 == key.0);
            held
        };
        // The longest ago first; those that were never opened, but read for something else, before them.
        let old: Vec<ReviewKey> = {
            let mut opened = hold(&self.reviews.opened);
            opened.retain(|it| it != key && (it.0 != key.0 || held.contains(it)));
            let never = held.iter().filter(|it| *it != key && !opened.contains(it));
            let lately = opened.iter().filter(|it| it.0 == key.0);
            let old = never.chain(lately).cloned().collect();
            opened.push(key.clone());
            old
        };
        let many = (old.len() + 1).saturating_sub(KEPT);
        let idle = old.iter().filter(|it| !self.items_in_use(it));
        for one in idle.take(many) {
            self.drop_items(one);
        }
    }

    fn items_in_use(&self, key: &ReviewKey) -> bool {
        hold(&self.reviews.accesses)
            .get(key)
            .is_some_and(|list| !list.done)
            || self.has_open_decisions(&key.0, &key.2)
    }

    fn drop_items(&self, key: &ReviewKey) {
        hold(&self.reviews.accesses).remove(key);
        hold(&self.reviews.items).remove(key);
        hold(&self.reviews.below).retain(|(of, _), _| of != key);
        hold(&self.reviews.opened).retain(|it| it != key);
    }
}
