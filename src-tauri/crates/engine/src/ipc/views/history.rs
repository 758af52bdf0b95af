//! History of writes, and the calls made.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a write ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// Okta accepted it and shows it.
    Done,
    /// Okta refused it.
    Refused,
    /// Okta accepted it, but shows something else.
    NotApplied,
    /// It is not known whether it happened.
    Unknown,
}

/// One write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryRow {
    /// Row number.
    pub id: i64,
    /// When.
    pub at: String,
    /// Org key.
    pub org: String,
    /// Org name.
    pub org_name: String,
    /// App id.
    pub app: Option<String>,
    /// App label.
    pub app_label: Option<String>,
    /// What was done, in words.
    pub action: String,
    /// Method and path template.
    pub call: String,
    /// HTTP status, when there was an answer.
    pub status: Option<u16>,
    /// How it ended.
    pub outcome: Outcome,
    /// What Okta had before, pretty JSON.
    pub before: Option<String>,
    /// What Okta has after, pretty JSON.
    pub after: Option<String>,
    /// `X-Okta-Request-Id`.
    pub request_id: Option<String>,
    /// Duration in milliseconds.
    pub ms: u32,
    /// Okta's words on a refusal.
    pub note: Option<String>,
}

/// One call made to Okta: template path, never a query value or a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CallRow {
    /// When.
    pub at: String,
    /// Org key.
    pub org: String,
    /// Method.
    pub method: String,
    /// Path template, such as `/api/v1/apps/{appId}/features`.
    pub path: String,
    /// HTTP status; absent when there was no answer.
    pub status: Option<u16>,
    /// `X-Okta-Request-Id`.
    pub request_id: Option<String>,
    /// Duration in milliseconds.
    pub ms: u32,
    /// Requests left in this rate-limit window.
    pub remaining: Option<u32>,
    /// The window's limit.
    pub limit: Option<u32>,
}
