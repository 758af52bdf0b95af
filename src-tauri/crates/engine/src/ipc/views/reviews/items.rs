//! What a review is about: access items, what lies below them, anomalies.

use domain::problem::Problem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What access items are ordered by; Okta knows no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AccessOrder {
    /// Severity.
    Priority,
    /// Last use.
    LastAccess,
    /// How often it is used.
    AccessFrequency,
}

/// What Okta can filter access items by; one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AccessFilterBy {
    /// Severity of the item.
    Priority,
    /// Severity of its conflicts of duties.
    SodConflict,
    /// Severity of how it was assigned.
    AssignmentMethod,
    /// Severity of what was decided before.
    PastDecisions,
    /// Severity of how it is used.
    UsageHistory,
    /// Part of its name.
    Name,
    /// Part of a governance label.
    Label,
}

/// A filter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccessFilter {
    /// By what.
    pub by: AccessFilterBy,
    /// `HIGH`, `MEDIUM`, `LOW`, or text for name and label.
    pub value: String,
}

/// An action an item offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemAction {
    /// As Okta says it: `REVOKE_ACCESS`, `RESTORE_ACCESS`, `FLAG_FOR_MANUAL_REMEDIATION`, `FLAG_FOR_MANUAL_RESTORATION`
    /// or anything new.
    pub action: String,
    /// What the button says.
    pub label: String,
    /// Gatehouse knows it and can send it.
    pub known: bool,
}

/// Why an item has to be changed by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ManualReason {
    /// As Okta says it: `GROUP_RULE`, `APP_GROUP` and so on.
    pub kind: String,
    /// Why, and where to go, in a sentence or two.
    pub why: String,
}

/// A label of Okta's governance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LabelView {
    /// Name, such as “Crown Jewel”.
    pub name: String,
    /// Its values here.
    pub values: Vec<String>,
}

/// Something with a name and perhaps a description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NamedView {
    /// Name.
    pub name: String,
    /// Description.
    pub about: Option<String>,
}

/// One access item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccessRow {
    /// Id; the same one in every page and event.
    pub id: String,
    /// As Okta says it: `APPLICATION` or anything new.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Id of the app.
    pub resource_id: Option<String>,
    /// The app's own name in Okta, when it is another than the label.
    pub app_name: Option<String>,
    /// As Okta says it: `HIGH`, `MEDIUM`, `LOW` or anything new.
    pub severity: String,
    /// 3 for high, 2, 1, and 0 for a word Gatehouse does not know.
    pub rank: u8,
    /// What can be decided; nothing else may be offered.
    pub actions: Vec<ItemAction>,
    /// As Okta says it: `NONE`, `IN_PROGRESS`, `REMEDIATED`, `PENDING_MANUAL_REMEDIATION`, `PENDING_MANUAL_RESTORATION` or
    /// anything new.
    pub remediation: String,
    /// What that means, in words; empty for `NONE`.
    pub remediation_words: String,
    /// Why it is manual work.
    pub manual: Vec<ManualReason>,
    /// Last use.
    pub last_access: Option<String>,
    /// When it was assigned.
    pub assigned: Option<String>,
    /// As Okta says it: `GROUP`, `INDIVIDUAL` and so on.
    pub assignment: Option<String>,
    /// How it was assigned, in words.
    pub assignment_words: Option<String>,
    /// Uses in 90 days.
    pub usage: Option<i64>,
    /// Last time an access certification looked at it.
    pub last_certified: Option<String>,
    /// Last time a security access review looked at it.
    pub last_reviewed: Option<String>,
    /// Device of the last use.
    pub last_device: Option<String>,
    /// Entitlements in force.
    pub entitlements: Vec<NamedView>,
    /// Governance labels.
    pub labels: Vec<LabelView>,
    /// A summary Okta has kept.
    pub summary: Option<String>,
    /// Kinds of what lies below, as Okta says them; empty when nothing does.
    pub below: Vec<String>,
}

/// What is known of the items now; more rows follow as `Event::Accesses`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccessesSnapshot {
    /// Number of this listing; events of another one are stale.
    pub generation: u32,
    /// Rows so far.
    pub rows: Vec<AccessRow>,
    /// Every page has been read.
    pub done: bool,
    /// Why it stopped early, or what is odd about it.
    pub problem: Option<Problem>,
}

/// One thing below an access item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SubAccessRow {
    /// Id.
    pub id: String,
    /// As Okta says it: `ENTITLEMENT_VALUE`, `ENTITLEMENT_BUNDLE`, `GROUP` or anything new.
    pub kind: String,
    /// What that is, in words.
    pub kind_words: String,
    /// Name.
    pub name: String,
    /// Severity as Okta says it.
    pub severity: String,
    /// As in [`AccessRow::rank`].
    pub rank: u8,
    /// What can be decided.
    pub actions: Vec<ItemAction>,
    /// As in [`AccessRow::remediation`].
    pub remediation: String,
    /// What that means, in words.
    pub remediation_words: String,
    /// Why it is manual work.
    pub manual: Vec<ManualReason>,
    /// Description.
    pub about: Option<String>,
    /// Description of the entitlement it is a value of.
    pub entitlement: Option<String>,
    /// When it was assigned.
    pub assigned: Option<String>,
    /// As Okta says it.
    pub assignment: Option<String>,
    /// In words.
    pub assignment_words: Option<String>,
    /// Owner of a group.
    pub owner: Option<String>,
    /// Collections that assign it.
    pub collections: Vec<String>,
    /// Entitlements in a bundle.
    pub entitlements: Vec<NamedView>,
    /// Last time an access certification looked at it.
    pub last_certified: Option<String>,
    /// Last time a security access review looked at it.
    pub last_reviewed: Option<String>,
    /// Governance labels.
    pub labels: Vec<LabelView>,
}

/// What lies below an access item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SubAccesses {
    /// Rows of all pages.
    pub rows: Vec<SubAccessRow>,
    /// Why it may not be whole.
    pub problem: Option<Problem>,
}

/// One entitlement that conflicts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConflictList {
    /// Name of the list.
    pub name: String,
    /// “any one of” or “all of”, or Okta's own word.
    pub scope: String,
    /// “Entitlement: value”, those that the person really has marked by `here`.
    pub values: Vec<ConflictValue>,
}

/// One value of a conflicting entitlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConflictValue {
    /// “Entitlement: value”.
    pub name: String,
    /// It is a source of the conflict.
    pub here: bool,
}

/// A conflict of duties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConflictView {
    /// Name of the rule.
    pub name: String,
    /// Description.
    pub about: Option<String>,
    /// Lists that must not come together.
    pub lists: Vec<ConflictList>,
}

/// Something unusual about an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AnomalyView {
    /// As Okta says it: `SOD_CONFLICT`, `ASSIGNMENT_METHOD`, `PAST_GOVERNANCE_DECISIONS`, `USAGE_HISTORY` or anything new.
    pub kind: String,
    /// What that is, as a heading.
    pub title: String,
    /// Severity as Okta says it.
    pub severity: String,
    /// As in [`AccessRow::rank`].
    pub rank: u8,
    /// Okta's sentence, its places filled.
    pub text: String,
    /// Conflicts of duties.
    pub conflicts: Vec<ConflictView>,
}
