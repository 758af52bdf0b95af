//! Access that matters most.

use super::super::anomaly::{Anomaly, Arg, Conflict};
use super::super::item::Kind;
use super::{BELOW, Below, CROWN, HIGH, LOW, MEDIUM, PRIVILEGED, ROW, Row};

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

pub(super) const NETSUITE: Row = Row {
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
};

pub(super) const AWS: Row = Row {
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
};

pub(super) const ADMIN_CONSOLE: Row = Row {
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
};

pub(super) const SNOWFLAKE: Row = Row {
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
};
