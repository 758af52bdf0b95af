//! Provisioning features as the web view sees and edits them.

pub use domain::features::{Change as ChangeView, Half, Schedule, ToApp, ToOkta};
use domain::problem::Problem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Both features as read from Okta.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeaturesView {
    /// To App; absent when the app has none or it is not available yet.
    pub to_app: Option<ToApp>,
    /// Okta's own status of To App.
    pub to_app_status: Option<String>,
    /// To Okta; absent when the app has none or it is not available yet.
    pub to_okta: Option<ToOkta>,
    /// Okta's own status of To Okta.
    pub to_okta_status: Option<String>,
    /// When it was read.
    pub read_at: String,
}

/// What the person wants; an absent half is left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FeaturesWanted {
    /// To App.
    #[ts(optional = nullable)]
    pub to_app: Option<ToApp>,
    /// To Okta.
    #[ts(optional = nullable)]
    pub to_okta: Option<ToOkta>,
}

/// One call as it will be sent. The credential is always a placeholder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CallPreview {
    /// Method.
    pub method: String,
    /// Path with query.
    pub path: String,
    /// Pretty JSON body; empty for none.
    pub body: String,
    /// The same as curl, the token a placeholder.
    pub curl: String,
}

/// What would be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeaturesPreview {
    /// Fields that change; empty when nothing does.
    pub changes: Vec<ChangeView>,
    /// The calls.
    pub calls: Vec<CallPreview>,
    /// What has to be mended first, each tied to a field.
    pub problems: Vec<Problem>,
    /// What can be sent but has no effect as it stands, each tied to a field.
    pub notes: Vec<Problem>,
    /// What Okta has changed since the editor read it.
    pub drifted: Vec<ChangeView>,
}

/// What came of one half.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HalfResult {
    /// Which half.
    pub half: Half,
    /// Sent and read back as wanted.
    pub applied: Vec<ChangeView>,
    /// Sent, but Okta shows another value afterwards.
    pub ignored: Vec<ChangeView>,
    /// Why it failed.
    pub problem: Option<Problem>,
    /// Okta's request id of the write.
    pub request_id: Option<String>,
}

/// What came of it all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplyReport {
    /// Per half that was sent.
    pub halves: Vec<HalfResult>,
    /// What Okta has now.
    pub now: FeaturesView,
}

/// One next run of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunView {
    /// The moment (RFC 3339, UTC).
    pub at: String,
    /// In the schedule's zone, such as `Tue 25 Nov 2026 09:00 EST`.
    pub in_zone: String,
    /// In the person's zone.
    pub in_local: String,
}

/// What a cron expression means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SchedulePreview {
    /// The next five runs.
    pub runs: Vec<RunView>,
    /// In words, such as “every 4 hours”.
    pub words: String,
    /// Why it can't be used.
    pub problem: Option<Problem>,
}
