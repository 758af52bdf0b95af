//! Picking people and groups by name.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Somebody in the org.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonView {
    /// Id.
    pub id: String,
    /// First and last name, else the login.
    pub name: String,
    /// Login.
    pub login: String,
    /// E-mail address, when it is another one.
    pub email: Option<String>,
    /// As Okta says it: `ACTIVE`, `SUSPENDED`, `DEPROVISIONED` and so on.
    pub status: String,
    /// May be the subject of a review.
    pub can_be_subject: bool,
    /// May be a reviewer.
    pub can_review: bool,
    /// Why not, or what to know, in a sentence.
    pub note: Option<String>,
}

/// What a search found, 20 at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PeopleFound {
    /// The text this is the answer to: a later one may have come first.
    pub text: String,
    /// Rows, best first.
    pub rows: Vec<PersonView>,
    /// There are more: type on.
    pub more: bool,
    /// Why somebody may be missing, when nobody was found.
    pub note: Option<String>,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GroupView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Description.
    pub about: Option<String>,
    /// As Okta says it: `OKTA_GROUP`, `APP_GROUP`, `BUILT_IN`.
    pub kind: String,
}

/// Groups that were found, 20 at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GroupsFound {
    /// The text this is the answer to.
    pub text: String,
    /// Rows.
    pub rows: Vec<GroupView>,
    /// There are more: type on.
    pub more: bool,
}
