//! Every operation Gatehouse knows, with examples.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EndpointView {
    /// Okta's operation id.
    pub id: String,
    /// Which part of Okta's API, such as “Security access reviews”.
    pub group: String,
    /// Method.
    pub method: String,
    /// Path template.
    pub path: String,
    /// OAuth 2.0 scope; absent for what needs no credential.
    pub scope: Option<String>,
    /// Okta lists OAuth 2.0 alone: an API token will not do.
    pub oauth_only: bool,
    /// It changes something.
    pub writes: bool,
    /// What it does, as a phrase.
    pub purpose: String,
    /// Query parameters in an example, such as `limit=20`.
    pub query: Option<String>,
    /// Example body as pretty JSON or a form; absent where none is sent.
    pub request: Option<String>,
    /// Status on success.
    pub status: u16,
    /// Example answer as pretty JSON; absent where the answer is empty.
    pub answer: Option<String>,
    /// What to know, in a sentence.
    pub note: Option<String>,
    /// As a curl command, secrets and ids as placeholders.
    pub curl: String,
}
