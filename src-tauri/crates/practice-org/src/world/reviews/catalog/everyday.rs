//! What nearly everybody has.

use super::super::anomaly::{Anomaly, Arg};
use super::super::item::Kind;
use super::{BELOW, Below, PHONE, ROW, Row};

pub(super) const GOOGLE: Row = Row {
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
};

pub(super) const SLACK: Row = Row {
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
};

pub(super) const ZOOM: Row = Row {
    key: "zoomus",
    label: "Zoom",
    usage: 133,
    ..ROW
};

pub(super) const OFFICE: Row = Row {
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
};

pub(super) const FIGMA: Row = Row {
    key: "figma",
    label: "Figma",
    assignment: "INDIVIDUAL",
    last: Some(26),
    usage: 5,
    ..ROW
};

pub(super) const HANDBOOK: Row = Row {
    key: "bookmark",
    label: "Staff handbook",
    usage: 3,
    last: Some(60),
    ..ROW
};

pub(super) const JIRA: Row = Row {
    key: "atlassian",
    label: "Jira",
    usage: 290,
    ..ROW
};
