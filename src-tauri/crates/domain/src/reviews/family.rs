//! The two families of the same calls.

use crate::okta::endpoints::{self as e, Endpoint};

/// The calls an admin and a reviewer both have.
#[derive(Debug, PartialEq, Eq)]
pub struct Family {
    /// Lists reviews.
    pub list: &'static Endpoint,
    /// Counts them.
    pub stats: &'static Endpoint,
    /// Reads one.
    pub get: &'static Endpoint,
    /// Sums one up.
    pub summary: &'static Endpoint,
    /// What can be done with the whole of it.
    pub actions: &'static Endpoint,
    /// Does it.
    pub act: &'static Endpoint,
    /// Who is reviewed.
    pub principal: &'static Endpoint,
    /// Its access items.
    pub accesses: &'static Endpoint,
    /// What lies below one.
    pub below: &'static Endpoint,
    /// What is unusual about one.
    pub anomalies: &'static Endpoint,
    /// Sums one up.
    pub item_summary: &'static Endpoint,
    /// Decides on one.
    pub item_act: &'static Endpoint,
    /// Its history.
    pub history: &'static Endpoint,
    /// Comments.
    pub comment: &'static Endpoint,
}

/// As an admin.
pub const ADMIN: Family = Family {
    list: &e::REVIEWS,
    stats: &e::REVIEW_STATS,
    get: &e::REVIEW,
    summary: &e::REVIEW_SUMMARY,
    actions: &e::REVIEW_ACTIONS,
    act: &e::REVIEW_ACT,
    principal: &e::REVIEW_PRINCIPAL,
    accesses: &e::REVIEW_ACCESSES,
    below: &e::REVIEW_BELOW,
    anomalies: &e::REVIEW_ANOMALIES,
    item_summary: &e::REVIEW_ITEM_SUMMARY,
    item_act: &e::REVIEW_ITEM_ACT,
    history: &e::REVIEW_HISTORY,
    comment: &e::REVIEW_COMMENT,
};

/// As a reviewer.
pub const MINE: Family = Family {
    list: &e::MY_REVIEWS,
    stats: &e::MY_REVIEW_STATS,
    get: &e::MY_REVIEW,
    summary: &e::MY_REVIEW_SUMMARY,
    actions: &e::MY_REVIEW_ACTIONS,
    act: &e::MY_REVIEW_ACT,
    principal: &e::MY_REVIEW_PRINCIPAL,
    accesses: &e::MY_REVIEW_ACCESSES,
    below: &e::MY_REVIEW_BELOW,
    anomalies: &e::MY_REVIEW_ANOMALIES,
    item_summary: &e::MY_REVIEW_ITEM_SUMMARY,
    item_act: &e::MY_REVIEW_ITEM_ACT,
    history: &e::MY_REVIEW_HISTORY,
    comment: &e::MY_REVIEW_COMMENT,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_families_are_the_same_calls() {
        let all = |f: &Family| {
            [
                f.list,
                f.stats,
                f.get,
                f.summary,
                f.actions,
                f.act,
                f.principal,
                f.accesses,
                f.below,
                f.anomalies,
                f.item_summary,
                f.item_act,
                f.history,
                f.comment,
            ]
        };
        for (admin, mine) in all(&ADMIN).into_iter().zip(all(&MINE)) {
            assert_eq!(admin.path.replace("/v2/", "/v2/my/"), mine.path);
            assert_eq!((admin.method, admin.class), (mine.method, mine.class));
            let scope = admin.scope.map(|it| it.replace(".admin.", ".endUser."));
            assert_eq!(scope.as_deref(), mine.scope);
        }
    }
}
