//! Access people need for their work, with a question or two.

use super::super::anomaly::{Anomaly, Arg};
use super::super::item::Kind;
use super::{BELOW, Below, CROWN, HIGH, MEDIUM, PHONE, ROW, Row};

pub(super) const GITHUB: Row = Row {
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
};

pub(super) const SALESFORCE: Row = Row {
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
};

pub(super) const WORKDAY: Row = Row {
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
};

pub(super) const DATADOG: Row = Row {
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
};
