//! The evidence pack of one review.

use super::Side;
use domain::problem::Problem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum EvidenceState {
    /// The person chooses a folder.
    Choosing,
    /// Everything is read from Okta.
    Gathering,
    /// Saved.
    Done,
    /// It failed.
    Failed,
    /// The person stopped it, or chose no folder.
    Cancelled,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceFile {
    /// Name.
    pub name: String,
    /// Bytes.
    pub bytes: u32,
    /// SHA-256 in hex.
    pub sha256: String,
}

/// An evidence pack under way. Sent as `Event::Evidence` whenever it moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceView {
    /// Org key.
    pub org: String,
    /// Which side.
    pub side: Side,
    /// Review.
    pub review: String,
    /// Where it stands.
    pub state: EvidenceState,
    /// What is being read, in words.
    pub words: String,
    /// Steps done.
    pub done: u32,
    /// Steps in all, as far as known.
    pub of: u32,
    /// Where it was saved.
    pub folder: Option<String>,
    /// The files.
    pub files: Vec<EvidenceFile>,
    /// What could not be read, in sentences; the pack says it too.
    pub missing: Vec<String>,
    /// Why it failed.
    pub problem: Option<Problem>,
}
