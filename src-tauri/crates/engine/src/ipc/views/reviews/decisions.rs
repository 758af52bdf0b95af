//! Decisions on items: a delay in which undo is real, then the sending, then what Okta makes of it.

use super::Side;
use super::items::ManualReason;
use domain::problem::Problem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a decision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DecisionState {
    /// Not sent yet: undo takes it back without a trace in Okta.
    Waiting,
    /// On its way.
    Sending,
    /// Okta has taken it; its remediation status is followed.
    Following,
    /// Okta is done with it, or it waits for a person: `remediation` says which.
    Settled,
    /// It was taken back before it was sent.
    Undone,
    /// Okta refused it.
    Failed,
    /// The answer was lost, and reading the item again does not tell.
    Unknown,
}

/// One decision. Sent as `Event::Decision` whenever it moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecisionView {
    /// Number of the decision, for undo.
    pub id: u32,
    /// Org key.
    pub org: String,
    /// Which side.
    pub side: Side,
    /// Review id.
    pub review: String,
    /// Review name.
    pub review_name: String,
    /// Access item.
    pub access: String,
    /// Sub-access, when it is about one.
    pub sub: Option<String>,
    /// Name of the item.
    pub item: String,
    /// As Okta says it, such as `REVOKE_ACCESS`.
    pub action: String,
    /// In words, such as “Revoke access”.
    pub label: String,
    /// Where it stands.
    pub state: DecisionState,
    /// When it is sent (while waiting).
    pub send_at: Option<String>,
    /// Length of the delay in milliseconds, for a countdown.
    pub delay_ms: u32,
    /// The item's remediation status as last read.
    pub remediation: Option<String>,
    /// In words.
    pub remediation_words: Option<String>,
    /// What takes it back after it was sent, such as `RESTORE_ACCESS`, while Okta offers it.
    pub inverse: Option<String>,
    /// Why it failed.
    pub problem: Option<Problem>,
}

/// One fact before a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FactView {
    /// Such as “Assigned”.
    pub label: String,
    /// Such as “by the group Finance, since 3 March 2024”.
    pub value: String,
    /// Worth a second look.
    pub warn: bool,
}

/// What a decision would mean: shown before a revoke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecisionFacts {
    /// Access item.
    pub access: String,
    /// Sub-access.
    pub sub: Option<String>,
    /// What it is about.
    pub item: String,
    /// The action.
    pub action: String,
    /// In words.
    pub label: String,
    /// Okta does it itself; otherwise it is work for a person.
    pub automatic: bool,
    /// What happens, in a sentence.
    pub outcome: String,
    /// Things below it; absent when they could not be counted.
    pub below: Option<u32>,
    /// Facts.
    pub facts: Vec<FactView>,
    /// Why it is manual work.
    pub manual: Vec<ManualReason>,
}
