//! What people of example.com have access to: one row an app, with what hangs below it. Days count back from now.

mod everyday;
mod sensitive;
mod work;

use super::anomaly::{Anomaly, Arg};
use super::item::{Kind, Label, Severity};

/// What hangs below an app.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Below {
    pub(crate) kind: Kind,
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// Of the entitlement a value belongs to.
    pub(crate) entitlement: &'static str,
    /// Of a group.
    pub(crate) owner: &'static str,
    pub(crate) severity: Severity,
    pub(crate) assignment: &'static str,
    pub(crate) assigned: i64,
    pub(crate) automatic: bool,
    pub(crate) manual: &'static [&'static str],
    pub(crate) collections: &'static [&'static str],
    /// Of a bundle.
    pub(crate) holds: &'static [&'static str],
    pub(crate) labels: &'static [Label],
    pub(crate) odd: &'static [Anomaly],
}

/// An app.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) key: &'static str,
    /// Label; the app of that label in the org, where there is one.
    pub(crate) label: &'static str,
    pub(crate) severity: Severity,
    pub(crate) assignment: &'static str,
    pub(crate) assigned: i64,
    pub(crate) last: Option<i64>,
    pub(crate) usage: u32,
    pub(crate) device: &'static str,
    pub(crate) certified: Option<i64>,
    pub(crate) automatic: bool,
    pub(crate) manual: &'static [&'static str],
    pub(crate) entitlements: &'static [&'static str],
    pub(crate) labels: &'static [Label],
    pub(crate) odd: &'static [Anomaly],
    pub(crate) below: &'static [Below],
}

const HIGH: Severity = Severity::High;
const MEDIUM: Severity = Severity::Medium;
const LOW: Severity = Severity::Low;
const CROWN: &[Label] = &[("Sensitivity", "Crown Jewel")];
const PRIVILEGED: &[Label] = &[("Privileged", "Privileged"), ("Sensitivity", "Crown Jewel")];
const MAC: &str = "MacBook Pro, macOS, Chrome";
const PHONE: &str = "iPhone, iOS, Okta Mobile";

const BELOW: Below = Below {
    kind: Kind::Value,
    name: "",
    about: "",
    entitlement: "",
    owner: "",
    severity: LOW,
    assignment: "INDIVIDUAL",
    assigned: 200,
    automatic: true,
    manual: &[],
    collections: &[],
    holds: &[],
    labels: &[],
    odd: &[Anomaly::usual(&[Arg::Number(88)]), Anomaly::undecided()],
};

const ROW: Row = Row {
    key: "",
    label: "",
    severity: LOW,
    assignment: "GROUP",
    assigned: 300,
    last: Some(1),
    usage: 60,
    device: MAC,
    certified: None,
    automatic: true,
    manual: &[],
    entitlements: &[],
    labels: &[],
    odd: &[Anomaly::usual(&[Arg::Number(96)]), Anomaly::undecided()],
    below: &[],
};

/// Every app, those that matter most first.
pub(crate) const ROWS: &[Row] = &[
    sensitive::NETSUITE,
    sensitive::AWS,
    sensitive::ADMIN_CONSOLE,
    sensitive::SNOWFLAKE,
    work::GITHUB,
    work::SALESFORCE,
    work::WORKDAY,
    work::DATADOG,
    everyday::GOOGLE,
    everyday::SLACK,
    everyday::ZOOM,
    everyday::OFFICE,
    everyday::FIGMA,
    everyday::HANDBOOK,
    everyday::JIRA,
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_rows_show_everything_a_review_can_show() {
        let below = || ROWS.iter().flat_map(|row| row.below);
        let odd = || {
            ROWS.iter()
                .flat_map(|row| row.odd)
                .chain(below().flat_map(|it| it.odd))
        };
        let reasons: BTreeSet<_> = ROWS
            .iter()
            .flat_map(|row| row.manual)
            .chain(below().flat_map(|it| it.manual))
            .collect();
        assert_eq!(reasons.len(), 6, "reasons for manual work: {reasons:?}");
        assert_eq!(odd().map(|it| it.kind.word()).collect::<BTreeSet<_>>().len(), 4);
        assert_eq!(below().map(|it| it.kind.word()).collect::<BTreeSet<_>>().len(), 3);
        let ways: BTreeSet<_> = ROWS
            .iter()
            .map(|row| row.assignment)
            .chain(below().map(|it| it.assignment))
            .collect();
        assert_eq!(ways.len(), 8, "ways of assignment: {ways:?}");
        for it in odd() {
            assert_eq!(it.message.matches('{').count(), it.args.len(), "{}", it.message);
        }
        assert!(ROWS.is_sorted_by_key(|row| std::cmp::Reverse(row.severity)));
    }
}
