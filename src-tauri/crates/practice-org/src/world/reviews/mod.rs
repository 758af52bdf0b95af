//! Okta Identity Governance: security access reviews, and what stands beside them.

pub(crate) mod anomaly;
pub(crate) mod card;
pub(crate) mod catalog;
pub(crate) mod gather;
pub(crate) mod item;
pub(crate) mod query;
pub(crate) mod remedy;
pub(crate) mod review;
pub(crate) mod seed;
pub(crate) mod settings;
pub(crate) mod show;
pub(crate) mod summary;
pub(crate) mod wanted;

use crate::seed::id;
use review::{Review, Status};
use settings::{Appointment, Operation, Settings};
use std::collections::{BTreeMap, BTreeSet};

/// How long things take, in seconds of the org's clock. Okta publishes none of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// From the launch of a review until its data is gathered.
    pub gathering: i64,
    /// Until access that Okta can take away or give back itself is gone or back.
    pub remediation: i64,
    /// Until somebody has done what was flagged for manual work.
    pub manual: i64,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            gathering: 6,
            remediation: 4,
            manual: 4 * 3600,
        }
    }
}

/// Everything of governance.
#[derive(Debug, Clone, Default)]
pub(crate) struct Governance {
    /// By id; ids sort in the order they were launched.
    pub(crate) reviews: BTreeMap<String, Review>,
    pub(crate) settings: Settings,
    /// Delegates by the id of who is stood in for.
    pub(crate) delegates: BTreeMap<String, Appointment>,
    pub(crate) operations: BTreeMap<String, Operation>,
    /// Access that was taken away: user id, resource id. Later reviews don't find it any more.
    pub(crate) gone: BTreeSet<(String, String)>,
    made: usize,
}

/// Ids to come; every one is used once.
pub(crate) struct Ids<'a>(&'a mut usize);

impl Ids<'_> {
    pub(crate) fn next(&mut self, prefix: &str) -> String {
        *self.0 += 1;
        id(prefix, *self.0)
    }
}

impl Governance {
    /// A new id.
    pub(crate) fn fresh(&mut self, prefix: &str) -> String {
        self.ids().next(prefix)
    }

    pub(crate) fn ids(&mut self) -> Ids<'_> {
        Ids(&mut self.made)
    }

    /// Lets everything happen that is due by now.
    pub(crate) fn settle(&mut self, now: i64) {
        for review in self.reviews.values_mut() {
            review.settle(now, &mut Ids(&mut self.made), &mut self.gone);
        }
    }

    /// A review of that id, to be changed, and ids for what that adds.
    pub(crate) fn open(&mut self, id: &str) -> Option<(&mut Review, Ids<'_>)> {
        let review = self.reviews.get_mut(id)?;
        Some((review, Ids(&mut self.made)))
    }

    /// How many reviews there are of a status, among those `counts` lets through.
    pub(crate) fn count(&self, status: Status, counts: impl Fn(&Review) -> bool) -> usize {
        self.reviews
            .values()
            .filter(|review| review.status == status && counts(review))
            .count()
    }
}
