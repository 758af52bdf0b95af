//! Arguments of the commands on security access reviews. Every struct refuses unknown fields.

use super::views::reviews::doctor::DoctorFor;
use super::views::reviews::items::{AccessFilter, AccessOrder};
use super::views::reviews::{ReviewOrder, ReviewTab, Side};
use serde::Deserialize;
use ts_rs::TS;

/// One side of an org.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SideArgs {
    /// Org key.
    pub org: String,
    /// Which side.
    pub side: Side,
}

/// A list of reviews.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReviewsArgs {
    /// Org key.
    pub org: String,
    /// Which side.
    pub side: Side,
    /// Which of them.
    pub tab: ReviewTab,
    /// Ordered by.
    pub order: ReviewOrder,
    /// Downwards.
    pub descending: bool,
    /// Read from Okta again instead of what this session knows.
    pub refresh: bool,
}

/// One review.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReviewArgs {
    /// Org key.
    pub org: String,
    /// Which side.
    pub side: Side,
    /// Review id.
    pub review: String,
}

/// A page of a review's history.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReviewHistoryArgs {
    /// Org key.
    pub org: String,
    /// Which side.
    pub side: Side,
    /// Review id.
    pub review: String,
    /// Cursor of an earlier page; absent for the first.
    #[ts(optional = nullable)]
    pub after: Option<String>,
}

/// A comment.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CommentArgs {
    /// Org key.
    pub org: String,
    /// Which side.
    pub side: Side,
    /// Review id.
    pub review: String,
    /// 1 to 1,000 characters.
    pub text: String,
}

/// An action on a whole review.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReviewActArgs {
    /// Org key.
    pub org: String,
    /// Which side.
    pub side: Side,
    /// Review id.
    pub review: String,
    /// One that the review offers: `CLOSE_REVIEW`, `RESTORE_ALL_ACCESS`.
    pub action: String,
}

/// Changes to a review (admin side).
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviewUpdateArgs {
    /// Org key.
    pub org: String,
    /// Review id.
    pub review: String,
    /// New end (RFC 3339); absent to leave it.
    #[ts(optional = nullable)]
    pub end_time: Option<String>,
    /// New reviewers, all of them, by id; absent to leave them.
    #[ts(optional = nullable)]
    pub reviewers: Option<Vec<String>>,
}

/// The access items of a review.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AccessesArgs {
    /// Org key.
    pub org: String,
    /// Which side.
    pub side: Side,
    /// Review id.
    pub review: String,
    /// Ordered by.
    pub order: AccessOrder,
    /// Downwards.
    pub descending: bool,
    /// Only these.
    #[ts(optional = nullable)]
    pub filter: Option<AccessFilter>,
    /// Read from Okta again instead of what this session knows.
    pub refresh: bool,
}

/// One access item.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AccessArgs {
    /// Org key.
    pub org: String,
    /// Which side.
    pub side: Side,
    /// Review id.
    pub review: String,
    /// Access item.
    pub access: String,
}

/// One access item, or one thing below it.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TargetArgs {
    /// Org key.
    pub org: String,
    /// Which side.
    pub side: Side,
    /// Review id.
    pub review: String,
    /// Access item.
    pub access: String,
    /// Sub-access.
    #[ts(optional = nullable)]
    pub sub: Option<String>,
}

/// A decision.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DecisionArgs {
    /// Org key.
    pub org: String,
    /// Which side.
    pub side: Side,
    /// Review id.
    pub review: String,
    /// Access item.
    pub access: String,
    /// Sub-access.
    #[ts(optional = nullable)]
    pub sub: Option<String>,
    /// One that the item offers.
    pub action: String,
}

/// One decision that was made.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DecisionIdArgs {
    /// Its number.
    pub id: u32,
}

/// What is typed in a search box.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PeopleArgs {
    /// Org key.
    pub org: String,
    /// Part of a name, a login, an e-mail address or an id.
    pub text: String,
}

/// One person.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PersonArgs {
    /// Org key.
    pub org: String,
    /// Id or login.
    pub id: String,
}

/// A review to launch.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LaunchArgs {
    /// Org key.
    pub org: String,
    /// Who is reviewed, by id.
    pub subject: String,
    /// Who reviews, by id.
    pub reviewers: Vec<String>,
    /// Name or template.
    pub name: String,
    /// When it ends (RFC 3339); absent for Okta's own seven days.
    #[ts(optional = nullable)]
    pub end_time: Option<String>,
}

/// One launch.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LaunchIdArgs {
    /// Its number.
    #[ts(type = "number")]
    pub id: i64,
}

/// People to launch reviews for.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IncidentArgs {
    /// Org key.
    pub org: String,
    /// Names, logins, e-mail addresses or ids, one a line or with commas; 200 at most.
    pub text: String,
    /// A group whose members are added, by id.
    #[ts(optional = nullable)]
    pub group: Option<String>,
    /// Who reviews, by id.
    pub reviewers: Vec<String>,
    /// Name template.
    pub template: String,
    /// When all of them end (RFC 3339).
    pub end_time: String,
}

/// What all reviews of an incident have in common.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IncidentChangeArgs {
    /// Org key.
    pub org: String,
    /// Who reviews, by id.
    pub reviewers: Vec<String>,
    /// Name template.
    pub template: String,
    /// When all of them end (RFC 3339).
    pub end_time: String,
}

/// Somebody chosen for an ambiguous row.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct IncidentRowArgs {
    /// Org key.
    pub org: String,
    /// Number of the row.
    pub row: u32,
    /// The person's id; absent to leave the row out.
    #[ts(optional = nullable)]
    pub person: Option<String>,
}

/// What the set-up doctor is to see to.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DoctorArgs {
    /// Org key.
    pub org: String,
    /// Who is to manage reviews.
    pub target: DoctorFor,
    /// The person's id, for [`DoctorFor::Person`].
    #[ts(optional = nullable)]
    pub person: Option<String>,
    /// Label of the custom role; empty for “Security access reviews”.
    pub role_label: String,
    /// Label of the resource set; empty for “Security access reviews: all users”.
    pub set_label: String,
    /// Label of the service app that is made where Gatehouse has none; empty for “Gatehouse access reviews”.
    pub app_label: String,
}

/// An evidence pack.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EvidenceArgs {
    /// Org key.
    pub org: String,
    /// Which side.
    pub side: Side,
    /// Review id.
    pub review: String,
    /// Read the anomalies of every item (one request each); else only of those that were decided or are of high severity.
    pub all: bool,
    /// Ask Okta's AI for a summary of the review.
    pub summary: bool,
}
