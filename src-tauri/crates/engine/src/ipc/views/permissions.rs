//! The permission check: what each job needs against what the credential has.

use super::signin::CredentialKind;
use domain::problem::NextStep;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whether one need is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Have {
    /// Yes.
    Yes,
    /// No.
    No,
    /// It can't be told without doing it.
    Unknown,
    /// This job, or this kind of credential, does not need it.
    NotNeeded,
}

/// One need of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Need {
    /// What, such as `okta.apps.manage` or “Application Administrator”.
    pub what: String,
    /// Met?
    pub have: Have,
}

/// How sure it is that a job can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum JobState {
    /// A call proved it.
    Proven,
    /// Scope and role fit, but only doing it would prove it.
    Likely,
    /// Something is missing.
    Missing,
    /// Not to be told.
    Unknown,
    /// The org has no licence for it, or the feature is off.
    NotLicensed,
}

/// Something Gatehouse can do about it, at a click.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Fix {
    /// Its key, for `permissions_fix`.
    pub id: String,
    /// What the button says, such as “Grant okta.apps.manage”.
    pub label: String,
    /// What it changes in the org, in a sentence.
    pub about: String,
}

/// One job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JobCheck {
    /// Its key.
    pub id: String,
    /// What it is, such as “Set up provisioning connections”.
    pub title: String,
    /// How sure.
    pub state: JobState,
    /// Okta API scope.
    pub scope: Need,
    /// Admin role.
    pub role: Need,
    /// Licence or feature.
    pub licence: Need,
    /// What was seen, in a sentence.
    pub proof: String,
    /// What Gatehouse can do about it.
    pub fix: Option<Fix>,
    /// What else can be done: text for the super admin, another way to sign in.
    pub next: Vec<NextStep>,
}

/// The permission check of an org.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PermissionsView {
    /// Org key.
    pub org: String,
    /// Which credential was checked.
    pub credential: CredentialKind,
    /// The service app's label, or the person's login, when known.
    pub who: Option<String>,
    /// When (RFC 3339).
    pub at: String,
    /// Scopes the access token has; absent for an API token, which has none.
    pub scopes: Option<Vec<String>>,
    /// Admin roles found, in Okta's words; absent when they may not be read.
    pub roles: Option<Vec<String>>,
    /// The jobs.
    pub jobs: Vec<JobCheck>,
}
