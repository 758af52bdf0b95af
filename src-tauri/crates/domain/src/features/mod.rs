//! Provisioning features: To App (`USER_PROVISIONING`) and To Okta (`INBOUND_PROVISIONING`).
//!
//! Okta's capabilities are read leniently and written back whole: what Gatehouse does not know, or what nobody changed,
//! goes back as it came (Okta's partial updates are promised by the schema and shown by no recording).

mod diff;
mod json;
mod rules;
#[cfg(test)]
pub(crate) mod tests;
mod to_app;
mod to_okta;

pub use rules::{Rules, rules};
pub use to_app::ToApp;
pub use to_okta::{Schedule, ToOkta};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// Which half a change belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Half {
    /// To App.
    ToApp,
    /// To Okta.
    ToOkta,
}

impl Half {
    /// Okta's name of the feature, as in `/features/{featureName}`.
    pub fn feature_name(self) -> &'static str {
        match self {
            Self::ToApp => "USER_PROVISIONING",
            Self::ToOkta => "INBOUND_PROVISIONING",
        }
    }

    /// The Admin Console's name of the tab.
    pub fn label(self) -> &'static str {
        match self {
            Self::ToApp => "To App",
            Self::ToOkta => "To Okta",
        }
    }

    /// Which half a feature name of Okta's is.
    pub fn of_feature(name: &str) -> Option<Self> {
        [Self::ToApp, Self::ToOkta]
            .into_iter()
            .find(|half| half.feature_name() == name)
    }
}

/// One field that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ChangeView")]
pub struct Change {
    /// Which half.
    pub half: Half,
    /// Field key of [`ToApp`] or [`ToOkta`].
    pub field: String,
    /// Label in the Admin Console's words.
    pub label: String,
    /// Value now, in words.
    pub before: String,
    /// Value after, in words.
    pub after: String,
    /// What it means for people, where it is risky.
    pub risk: Option<String>,
}

/// What both halves can do, so that one piece of code can read, change, send and read back either.
pub trait Feature: Sized + Clone + PartialEq {
    /// Which half it is.
    const HALF: Half;

    /// Reads the `capabilities` of a feature. Never fails: what is missing has Okta's default, what is unknown is kept.
    fn read(capabilities: &Value) -> Self;

    /// The whole body of the PUT: everything in `current` (the capabilities as Okta gave them), with what differs set.
    fn merge(&self, current: &Value) -> Value;

    /// What changes from `self` to `after`, field by field.
    fn diff(&self, after: &Self) -> Vec<Change>;
}
