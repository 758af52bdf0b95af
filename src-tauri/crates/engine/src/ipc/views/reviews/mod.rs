//! Security access reviews as the web view sees them. Times are RFC 3339. What Okta calls by a word of its own (status,
//! severity, kind) comes as it is, so that a new word is shown and not lost; sentences beside it say what it means.

pub mod decisions;
pub mod doctor;
pub mod evidence;
pub mod incident;
pub mod items;
pub mod launch;
pub mod people;
pub mod reference;

use domain::problem::Problem;
use people::PersonView;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whose view of reviews: Okta has two families of the same calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// Every review of the org, as an admin.
    Admin,
    /// The reviews the person who signed in is a reviewer of.
    My,
}

/// A tab of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ReviewTab {
    /// Being worked through.
    Active,
    /// Okta is gathering what there is to review.
    Pending,
    /// Over.
    Closed,
    /// Okta could not make it ready.
    Error,
    /// All of them, those with a status Gatehouse does not know included.
    All,
}

/// What a list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ReviewOrder {
    /// When it was launched.
    Created,
    /// When it ends.
    EndTime,
    /// Its name.
    Name,
    /// Its status.
    Status,
}

/// How many reviews there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReviewStats {
    /// Active.
    pub active: u32,
    /// Pending.
    pub pending: u32,
    /// Closed.
    pub closed: u32,
    /// In error.
    pub error: u32,
}

/// Somebody as a review shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProfileView {
    /// Id.
    pub id: String,
    /// First and last name, else login, e-mail or id.
    pub name: String,
    /// Login.
    pub login: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// As Okta says it: `ACTIVE`, `INACTIVE` or anything new.
    pub status: Option<String>,
    /// As Okta says it: `USER`, `CLIENT_APP`, `UNKNOWN` or anything new.
    pub kind: Option<String>,
}

/// One row of the list of reviews, also the head of an open one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReviewRow {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// As Okta says it: `PENDING`, `ACTIVE`, `CLOSED`, `ERROR` or anything new.
    pub status: String,
    /// When it ends.
    pub end_time: Option<String>,
    /// When it was launched.
    pub created: Option<String>,
    /// Who launched it: a name where known, else the id.
    pub created_by: Option<String>,
    /// When it was changed last.
    pub last_updated: Option<String>,
    /// Who changed it last: a name where known, else the id.
    pub last_updated_by: Option<String>,
    /// Who reviews.
    pub reviewers: Vec<ProfileView>,
    /// Who is reviewed. Okta's lists don't say it: known where Gatehouse launched or opened the review.
    pub subject: Option<ProfileView>,
    /// Gatehouse launched it.
    pub ours: bool,
}

/// What is known of a list now; more rows follow as `Event::Reviews`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReviewsSnapshot {
    /// Number of this listing; events of another one are stale.
    pub generation: u32,
    /// Rows so far.
    pub rows: Vec<ReviewRow>,
    /// Every page has been read.
    pub done: bool,
    /// Why it stopped early.
    pub problem: Option<Problem>,
}

/// A place in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LastSignIn {
    /// When.
    pub at: Option<String>,
    /// Where, such as “San Francisco, CA, USA”.
    pub place: Option<String>,
    /// With which device.
    pub device: Option<String>,
    /// From which address.
    pub ip_address: Option<String>,
}

/// Who is reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrincipalView {
    /// Name, login, status.
    pub profile: ProfileView,
    /// Department.
    pub department: Option<String>,
    /// Manager.
    pub manager: Option<String>,
    /// Role at work.
    pub role: Option<String>,
    /// Home, such as “Austin, TX, USA”.
    pub home: Option<String>,
    /// Last sign-in.
    pub last_sign_in: Option<LastSignIn>,
    /// Okta admin roles, by name.
    pub admin_roles: Vec<String>,
}

/// Whether Okta writes summaries here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AiState {
    /// Yes.
    On,
    /// The org has switched it off.
    Off,
    /// The setting may not be read; asking will tell.
    Unknown,
}

/// Something Okta offers to do with the whole review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReviewAction {
    /// As Okta says it: `CLOSE_REVIEW`, `RESTORE_ALL_ACCESS` or anything new.
    pub action: String,
    /// What the button says.
    pub label: String,
    /// What it does and what can't be undone, in sentences.
    pub about: String,
    /// Gatehouse knows it and can send it.
    pub known: bool,
}

/// An open review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReviewDetail {
    /// Org key.
    pub org: String,
    /// Which side.
    pub side: Side,
    /// The review.
    pub review: ReviewRow,
    /// Who is reviewed; absent while pending, or when it may not be read.
    pub principal: Option<PrincipalView>,
    /// Why the principal could not be read.
    pub principal_problem: Option<Problem>,
    /// What can be done with the whole review.
    pub actions: Vec<ReviewAction>,
    /// Why those could not be read.
    pub actions_problem: Option<Problem>,
    /// Whether summaries are on.
    pub ai: AiState,
    /// A summary that Okta has kept with the review.
    pub summary: Option<SummaryView>,
    /// End date and reviewers may be changed: admin side, not closed.
    pub editable: bool,
    /// Why nothing can be decided now, in a sentence: pending, closed, in error.
    pub resting: Option<String>,
}

/// How a summary went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SummaryState {
    /// Here it is.
    Ready,
    /// Okta answered, and could not write one; the errors say why.
    Failed,
    /// The org has switched AI summaries off.
    Off,
}

/// What Okta's AI wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SummaryView {
    /// How it went.
    pub state: SummaryState,
    /// The text; plain, with line breaks.
    pub text: String,
    /// Okta's errors, as sentences.
    pub errors: Vec<String>,
    /// When Gatehouse got it.
    pub at: String,
}

/// One entry of a review's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReviewHistoryRow {
    /// Id; empty when Okta gave none.
    pub id: String,
    /// When.
    pub at: Option<String>,
    /// What.
    pub message: String,
    /// Okta did it, no person.
    pub system: bool,
    /// Who.
    pub who: Option<ProfileView>,
}

/// A page of a review's history, latest first as Okta gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReviewHistoryPage {
    /// Rows.
    pub rows: Vec<ReviewHistoryRow>,
    /// Cursor of the next page; absent on the last.
    pub next: Option<String>,
    /// What is odd about it.
    pub problem: Option<Problem>,
}

/// A request before it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RequestView {
    /// Method.
    pub method: String,
    /// Path with its query.
    pub path: String,
    /// Body as pretty JSON.
    pub body: Option<String>,
    /// As a curl command, every secret a placeholder.
    pub curl: String,
}

/// What changing a review would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UpdatePlan {
    /// What is wrong, tied to `endTime` or `reviewers`; empty when it can be sent.
    pub problems: Vec<Problem>,
    /// Reviewers as they will be.
    pub reviewers: Vec<PersonView>,
    /// What changes, one sentence each.
    pub changes: Vec<String>,
    /// The request; absent while there are problems or nothing changes.
    pub request: Option<RequestView>,
}
