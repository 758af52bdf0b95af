//! What people of example.com have access to: one row an app, with what hangs below it. Days count back from now.

use super::anomaly::{Anomaly, Arg, Conflict};
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

const PAYMENTS: Conflict = Conflict {
    rule: "Enter and approve payments",
    about: "Nobody may both enter a vendor invoice and approve its payment.",
    entitlement: "Role",
    values: ["Accounts payable clerk", "Payment approver"],
};

const APPROVALS: Conflict = Conflict {
    values: ["Payment approver", "Accounts payable clerk"],
    ..PAYMENTS
};

/// Every app, those that matter most first.
pub(crate) const ROWS: &[Row] = &[
    Row {
        key: "netsuite",
        label: "NetSuite",
        severity: HIGH,
        assignment: "ACCESS_REQUEST",
        assigned: 140,
        usage: 41,
        certified: Some(120),
        entitlements: &["Role", "Subsidiary"],
        labels: CROWN,
        odd: &[
            Anomaly::conflict(PAYMENTS),
            Anomaly::used(&[Arg::Number(41), Arg::Number(90)]),
            Anomaly::rare(LOW, &[Arg::Number(22)]),
        ],
        below: &[
            Below {
                name: "Role: Accounts payable clerk",
                about: "Enters vendor invoices.",
                entitlement: "What the person does in NetSuite.",
                severity: HIGH,
                assignment: "ACCESS_REQUEST",
                labels: CROWN,
                odd: &[Anomaly::conflict(PAYMENTS)],
                ..BELOW
            },
            Below {
                name: "Role: Payment approver",
                about: "Approves payments up to 50,000.",
                entitlement: "What the person does in NetSuite.",
                severity: HIGH,
                assignment: "ADMIN",
                assigned: 31,
                odd: &[
                    Anomaly::conflict(APPROVALS),
                    Anomaly::rare(HIGH, &[Arg::Number(91)]),
                ],
                ..BELOW
            },
            Below {
                name: "Subsidiary: Example Ltd",
                about: "Sees the books of Example Ltd.",
                entitlement: "Whose books the person sees.",
                assignment: "POLICY",
                automatic: false,
                manual: &["ENTITLEMENT_POLICY"],
                ..BELOW
            },
        ],
        ..ROW
    },
    Row {
        key: "amazon_aws_sso",
        label: "AWS IAM Identity Center",
        severity: HIGH,
        assignment: "INDIVIDUAL",
        assigned: 410,
        last: Some(133),
        usage: 0,
        certified: Some(95),
        entitlements: &["Permission set"],
        labels: PRIVILEGED,
        odd: &[
            Anomaly::unused(HIGH),
            Anomaly::rare(HIGH, &[Arg::Number(75)]),
            Anomaly::revoked_before(&[
                Arg::Text("Lena Abara"),
                Arg::Text("Cloud access, spring"),
                Arg::DaysAgo(95),
            ]),
        ],
        below: &[
            Below {
                name: "Permission set: AdministratorAccess",
                about: "Everything in the production account.",
                entitlement: "What the person may do in an AWS account.",
                severity: HIGH,
                labels: PRIVILEGED,
                odd: &[Anomaly::unused(HIGH)],
                ..BELOW
            },
            Below {
                kind: Kind::Bundle,
                name: "On-call engineer",
                about: "Read logs and restart services in production.",
                severity: MEDIUM,
                assignment: "ACCESS_REQUEST",
                assigned: 75,
                holds: &["Permission set: ReadOnlyAccess", "Permission set: OnCall"],
                ..BELOW
            },
        ],
        ..ROW
    },
    Row {
        key: "saasure",
        label: "Okta Admin Console",
        severity: HIGH,
        assignment: "ADMIN",
        assigned: 260,
        last: Some(12),
        usage: 9,
        automatic: false,
        manual: &["FIRST_PARTY_APP"],
        labels: PRIVILEGED,
        odd: &[
            Anomaly::rare(HIGH, &[Arg::Number(98)]),
            Anomaly::used(&[Arg::Number(9), Arg::Number(90)]),
        ],
        below: &[
            Below {
                kind: Kind::Bundle,
                name: "Help Desk Administrator",
                about: "Resets passwords and factors of every user.",
                severity: HIGH,
                assignment: "ADMIN",
                assigned: 260,
                holds: &["Help Desk Administrator"],
                labels: PRIVILEGED,
                odd: &[Anomaly::rare(HIGH, &[Arg::Number(98)])],
                ..BELOW
            },
            Below {
                kind: Kind::Group,
                name: "IT admins",
                about: "Those who look after this org",
                owner: "Robin Keller",
                severity: MEDIUM,
                ..BELOW
            },
        ],
        ..ROW
    },
    Row {
        key: "snowflake",
        label: "Snowflake",
        severity: HIGH,
        assignment: "GROUP_RULE",
        assigned: 520,
        last: Some(97),
        usage: 0,
        automatic: false,
        manual: &["GROUP_RULE"],
        labels: CROWN,
        odd: &[Anomaly::unused(HIGH), Anomaly::usual(&[Arg::Number(81)])],
        below: &[Below {
            kind: Kind::Group,
            name: "Analytics readers",
            about: "Reads every table of the warehouse",
            owner: "Chloe Berg",
            severity: HIGH,
            assignment: "GROUP_RULE",
            automatic: false,
            manual: &["GROUP_RULE"],
            ..BELOW
        }],
        ..ROW
    },
    Row {
        key: "github_enterprise",
        label: "GitHub Enterprise Cloud",
        severity: MEDIUM,
        assigned: 610,
        usage: 212,
        certified: Some(40),
        entitlements: &["Team"],
        odd: &[
            Anomaly::used(&[Arg::Number(212), Arg::Number(90)]),
            Anomaly::revoked_before(&[
                Arg::Text("Kofi Costa"),
                Arg::Text("Source code, yearly"),
                Arg::DaysAgo(40),
            ]),
        ],
        below: &[
            Below {
                kind: Kind::Group,
                name: "Engineering",
                about: "Writes code",
                owner: "Jun Diaz",
                assignment: "GROUP",
                ..BELOW
            },
            Below {
                name: "Team: release managers",
                about: "Merges to release branches.",
                entitlement: "Teams of the organization.",
                severity: MEDIUM,
                assignment: "ENTITLEMENT",
                automatic: false,
                manual: &["COLLECTION"],
                collections: &["Engineering starter set", "Release crew"],
                ..BELOW
            },
        ],
        ..ROW
    },
    Row {
        key: "salesforce",
        label: "Salesforce",
        severity: MEDIUM,
        assignment: "INDIVIDUAL",
        assigned: 45,
        last: Some(44),
        usage: 2,
        device: PHONE,
        manual: &["COLLECTION"],
        entitlements: &["Profile", "Permission set"],
        odd: &[
            Anomaly::rare(MEDIUM, &[Arg::Number(64)]),
            Anomaly::recent(&[Arg::DaysAgo(45)]),
        ],
        below: &[
            Below {
                name: "Profile: Standard user",
                about: "Works with leads and contacts.",
                entitlement: "What the person sees in Salesforce.",
                ..BELOW
            },
            Below {
                kind: Kind::Bundle,
                name: "Sales operations",
                about: "Reports, forecasts and data export.",
                severity: MEDIUM,
                assignment: "ENTITLEMENT",
                collections: &["Sales starter set"],
                manual: &["COLLECTION"],
                automatic: false,
                holds: &[
                    "Permission set: Export reports",
                    "Permission set: Manage forecasts",
                ],
                odd: &[Anomaly::rare(MEDIUM, &[Arg::Number(70)]), Anomaly::undecided()],
                ..BELOW
            },
        ],
        ..ROW
    },
    Row {
        key: "workday",
        label: "Workday",
        severity: MEDIUM,
        assignment: "APP_GROUP",
        assigned: 700,
        usage: 18,
        automatic: false,
        manual: &["APP_GROUP"],
        labels: CROWN,
        odd: &[
            Anomaly::used(&[Arg::Number(18), Arg::Number(90)]),
            Anomaly::rare(MEDIUM, &[Arg::Number(58)]),
        ],
        below: &[Below {
            kind: Kind::Group,
            name: "Workday: Compensation partners",
            about: "Sees salaries; comes from Workday",
            owner: "Ines Costa",
            severity: HIGH,
            assignment: "APP_GROUP",
            automatic: false,
            manual: &["UNSUPPORTED_GROUP", "APP_GROUP"],
            ..BELOW
        }],
        ..ROW
    },
    Row {
        key: "datadog",
        label: "Datadog",
        severity: MEDIUM,
        assignment: "ACCESS_REQUEST",
        assigned: 9,
        last: None,
        usage: 0,
        device: "",
        odd: &[
            Anomaly::recent(&[Arg::DaysAgo(9)]),
            Anomaly::rare(MEDIUM, &[Arg::Number(61)]),
        ],
        ..ROW
    },
    Row {
        key: "google",
        label: "Google Workspace",
        assignment: "GROUP_RULE",
        usage: 380,
        automatic: false,
        manual: &["GROUP_RULE"],
        odd: &[
            Anomaly::used(&[Arg::Number(380), Arg::Number(90)]),
            Anomaly::usual(&[Arg::Number(99)]),
        ],
        ..ROW
    },
    Row {
        key: "slack",
        label: "Slack",
        usage: 455,
        device: PHONE,
        below: &[Below {
            kind: Kind::Group,
            name: "Everyone",
            about: "All users in your organization",
            automatic: false,
            manual: &["UNSUPPORTED_GROUP"],
            assignment: "GROUP",
            ..BELOW
        }],
        ..ROW
    },
    Row {
        key: "zoomus",
        label: "Zoom",
        usage: 133,
        ..ROW
    },
    Row {
        key: "office365",
        label: "Microsoft Office 365",
        assignment: "POLICY",
        usage: 77,
        automatic: false,
        manual: &["ENTITLEMENT_POLICY"],
        entitlements: &["License"],
        below: &[Below {
            name: "License: E3",
            about: "Office, mail and Teams.",
            entitlement: "Licenses of the tenant.",
            assignment: "POLICY",
            automatic: false,
            manual: &["ENTITLEMENT_POLICY"],
            ..BELOW
        }],
        ..ROW
    },
    Row {
        key: "figma",
        label: "Figma",
        assignment: "INDIVIDUAL",
        last: Some(26),
        usage: 5,
        ..ROW
    },
    Row {
        key: "bookmark",
        label: "Staff handbook",
        usage: 3,
        last: Some(60),
        ..ROW
    },
    Row {
        key: "atlassian",
        label: "Jira",
        usage: 290,
        ..ROW
    },
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
