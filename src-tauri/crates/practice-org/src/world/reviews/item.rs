//! A piece of access in a review: an app (access item), or what hangs below one (sub-access item).

use super::anomaly::Anomaly;
use super::remedy::{Act, Remedy};

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    Low,
    Medium,
    High,
}

impl Severity {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Low => "LOW",
            Self::Medium => "MEDIUM",
            Self::High => "HIGH",
        }
    }
}

/// What it is access to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    App,
    Value,
    Bundle,
    Group,
}

impl Kind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::App => "APPLICATION",
            Self::Value => "ENTITLEMENT_VALUE",
            Self::Bundle => "ENTITLEMENT_BUNDLE",
            Self::Group => "GROUP",
        }
    }
}

/// A label of governance and one of its values.
pub(crate) type Label = (&'static str, &'static str);

/// What is known about it. Times are UNIX seconds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// App key, of an app.
    pub(crate) key: String,
    pub(crate) description: &'static str,
    /// Of the entitlement a value belongs to.
    pub(crate) entitlement: &'static str,
    /// Of a group.
    pub(crate) owner: &'static str,
    pub(crate) assigned: Option<i64>,
    pub(crate) assignment: &'static str,
    pub(crate) last_access: Option<i64>,
    /// Sign-ins to the app in 90 days.
    pub(crate) usage: u32,
    pub(crate) device: &'static str,
    pub(crate) certified: Option<i64>,
    /// When it was decided on in a security access review.
    pub(crate) reviewed: Option<i64>,
    /// Names of collections that assign it.
    pub(crate) collections: &'static [&'static str],
    /// Names of active entitlements of an app, or of those in a bundle.
    pub(crate) entitlements: &'static [&'static str],
    pub(crate) labels: &'static [Label],
}

/// A piece of access.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// `aim…` or `sai…`.
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) name: String,
    /// Id of the app, group, entitlement value or bundle.
    pub(crate) resource: String,
    pub(crate) severity: Severity,
    /// Okta can take it away itself.
    pub(crate) automatic: bool,
    /// Why it needs manual work, if it does.
    pub(crate) manual: &'static [&'static str],
    pub(crate) facts: Facts,
    pub(crate) anomalies: Vec<Anomaly>,
    pub(crate) remedy: Remedy,
    /// It went with its app, and comes back with it.
    pub(crate) with_app: bool,
    /// What the AI said, once asked.
    pub(crate) summary: Option<String>,
    /// What hangs below an app.
    pub(crate) subs: Vec<Self>,
}

impl Item {
    /// What can be asked for now, in an open review. An app of Okta's own can't be flagged either: only what is below it.
    pub(crate) fn acts(&self) -> Vec<Act> {
        let flagged = !self.manual.is_empty() && !self.manual.contains(&"FIRST_PARTY_APP");
        self.remedy.acts(self.automatic, flagged)
    }

    /// The highest severity of an anomaly filters call by this name.
    pub(crate) fn severity_of(&self, filtered_as: &str) -> Option<Severity> {
        let found = self.anomalies.iter();
        found
            .filter(|it| it.kind.filtered_as() == filtered_as)
            .map(|it| it.severity)
            .max()
    }
}
