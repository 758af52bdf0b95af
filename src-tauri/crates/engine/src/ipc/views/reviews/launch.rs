//! Launching one review.

use super::RequestView;
use super::people::PersonView;
use domain::problem::Problem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An end date to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EndPreset {
    /// Days from now.
    pub days: u16,
    /// Such as “7 days”.
    pub label: String,
    /// When that is.
    pub end_time: String,
    /// Okta's own default.
    pub default: bool,
}

/// What a launch starts from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LaunchForm {
    /// Name template, with `{user}` and `{date}`.
    pub template: String,
    /// End dates to choose from.
    pub presets: Vec<EndPreset>,
    /// Earliest end Okta takes, by its clock.
    pub earliest: String,
    /// Latest end.
    pub latest: String,
    /// Most reviewers.
    pub most_reviewers: u16,
    /// What to know before, in sentences: what the credential can't do, what reviewers get mailed.
    pub notes: Vec<String>,
    /// Reviewers of the last launch, to offer again.
    pub last_reviewers: Vec<PersonView>,
    /// Launches that are under way or whose end a person has not seen.
    pub launches: Vec<LaunchView>,
}

/// What a launch would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LaunchPlan {
    /// What is wrong, tied to `subject`, `reviewers`, `name` or `endTime`; empty when it can be sent.
    pub problems: Vec<Problem>,
    /// Worth knowing, but no reason to stop.
    pub warnings: Vec<String>,
    /// The name with its places filled.
    pub name: String,
    /// Who is reviewed, as just read.
    pub subject: Option<PersonView>,
    /// Who reviews, as just read.
    pub reviewers: Vec<PersonView>,
    /// When it ends.
    pub end_time: Option<String>,
    /// The exact request; absent while there are problems.
    pub request: Option<RequestView>,
}

/// Where a launch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LaunchState {
    /// It is about to be sent, or on its way.
    Sending,
    /// The answer was lost; Okta's list is looked through for it.
    Looking,
    /// Okta has it and gathers what there is to review.
    Pending,
    /// It can be worked through.
    Active,
    /// Okta could not make it ready.
    Error,
    /// It is over already.
    Closed,
    /// Okta refused it.
    Refused,
    /// The answer was lost, and it is not in Okta's list: nothing was launched, as far as can be seen.
    NotFound,
    /// The answer was lost, and the list can't be read.
    Unknown,
}

/// One launch. Sent as `Event::Launch` whenever it moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LaunchView {
    /// Number.
    pub id: i64,
    /// Org key.
    pub org: String,
    /// Name of the review.
    pub name: String,
    /// Who is reviewed.
    pub subject: String,
    /// Their id.
    pub subject_id: String,
    /// How many review.
    pub reviewers: u32,
    /// When it was asked for.
    pub at: String,
    /// Where it stands.
    pub state: LaunchState,
    /// The review, once there is one.
    pub review: Option<String>,
    /// The answer was lost, and the review was found in Okta's list.
    pub found: bool,
    /// What is going on, in a sentence.
    pub words: String,
    /// Why it failed.
    pub problem: Option<Problem>,
}
