//! Launching for many people at once.

use super::people::PersonView;
use domain::problem::Problem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the whole stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum IncidentState {
    /// Names are being looked up.
    Resolving,
    /// To be looked over, then started.
    Ready,
    /// Reviews are being launched.
    Running,
    /// Paused: by the person, by a restart, or because Okta refused everything.
    Paused,
    /// Every row has come to its end.
    Done,
    /// Cancelled; what was not launched by then is not.
    Cancelled,
}

/// Where one row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum IncidentRowState {
    /// Not looked up yet.
    Unresolved,
    /// Several people fit: one has to be chosen.
    Ambiguous,
    /// Nobody fits.
    NotFound,
    /// It can't be launched: deactivated, or among the reviewers.
    Barred,
    /// Will be launched.
    Ready,
    /// On its way, or its lost answer is looked for.
    Sending,
    /// Launched.
    Launched,
    /// The answer was lost, and the review was found: it was launched once.
    Found,
    /// Okta refused it.
    Failed,
    /// The answer was lost and no review of that name is there.
    Unknown,
    /// Left out by the person.
    Skipped,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentRow {
    /// Number, from 1.
    pub id: u32,
    /// What was pasted.
    pub text: String,
    /// Where it stands.
    pub state: IncidentRowState,
    /// Who it is.
    pub person: Option<PersonView>,
    /// Who it could be.
    pub candidates: Vec<PersonView>,
    /// Name of the review that is or will be launched.
    pub name: Option<String>,
    /// The review, once launched.
    pub review: Option<String>,
    /// Why it stands there, in a sentence.
    pub note: Option<String>,
    /// Why it failed.
    pub problem: Option<Problem>,
}

/// The whole without its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentHead {
    /// Org key.
    pub org: String,
    /// Where it stands.
    pub state: IncidentState,
    /// Name template.
    pub template: String,
    /// Who reviews.
    pub reviewers: Vec<PersonView>,
    /// When all of them end.
    pub end_time: String,
    /// When it was begun.
    pub at: String,
    /// Rows in all.
    pub total: u32,
    /// Ready to be launched.
    pub ready: u32,
    /// Launched or found.
    pub launched: u32,
    /// Failed or unknown.
    pub failed: u32,
    /// To be looked at before it can be launched: ambiguous, not found, barred.
    pub open: u32,
    /// When it will be through at the pace Okta allows; while running.
    pub eta: Option<String>,
    /// What is wrong with reviewers, template or end, before it is started.
    pub problems: Vec<Problem>,
    /// What is going on, in a sentence.
    pub words: String,
}

/// The whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentView {
    /// What it is about.
    pub head: IncidentHead,
    /// Its rows.
    pub rows: Vec<IncidentRow>,
}
