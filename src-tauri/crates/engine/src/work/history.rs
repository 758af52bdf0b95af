//! Writes are kept with what was before and after.

use crate::engine::{Engine, now};
use crate::ipc::events::Topic;
use crate::ipc::views::history::{HistoryRow, Outcome};
use crate::okta::client::{Answer, Failure};
use crate::store::orgs::Org;
use domain::okta::call::Call;
use domain::problem::Problem;
use serde_json::Value;

/// One write that is being made.
pub struct Write<'a> {
    /// Org.
    pub org: &'a Org,
    /// App id; empty for what is about no app.
    pub app: &'a str,
    /// App label, or what else it is about.
    pub label: &'a str,
    /// What is done, in words.
    pub action: String,
    /// What Okta has before.
    pub before: Option<&'a Value>,
}

/// What is kept of an answer: all but its links, which say nothing of what changed and bury it.
fn pretty(value: &Value) -> String {
    let mut kept = value.clone();
    if let Some(map) = kept.as_object_mut() {
        map.shift_remove("_links");
    }
    serde_json::to_string_pretty(&kept).unwrap_or_default()
}

impl Engine {
    /// Keeps a write; gives the row's number so that the read-back can settle it.
    pub(crate) fn keep_write(&self, write: &Write<'_>, call: &Call, result: &Result<Answer, Failure>) -> i64 {
        let okta = match result {
            Err(Failure::Not(problem) | Failure::Unknown(problem)) => problem.okta.clone(),
            _ => None,
        };
        let row = HistoryRow {
            id: 0,
            at: now(),
            org: write.org.key.clone(),
            org_name: write.org.name.clone(),
            // An app that was asked for and never seen has no id.
            app: Some(write.app.to_owned()).filter(|app| !app.is_empty()),
            app_label: Some(write.label.into()),
            action: write.action.clone(),
            call: format!("{} {}", call.endpoint.method.as_str(), call.endpoint.path),
            status: match result {
                Ok(answer) => Some(answer.status),
                Err(_) => okta.as_ref().map(|o| o.status),
            },
            outcome: match result {
                Ok(_) => Outcome::Done,
                Err(Failure::Not(_)) => Outcome::Refused,
                Err(Failure::Unknown(_) | Failure::Cancelled) => Outcome::Unknown,
            },
            before: write.before.map(pretty),
            after: None,
            request_id: match result {
                Ok(answer) => answer.request_id.clone(),
                Err(_) => okta.as_ref().and_then(|o| o.request_id.clone()),
            },
            ms: result.as_ref().map_or(0, |answer| answer.ms),
            note: match result {
                Err(Failure::Not(problem) | Failure::Unknown(problem)) => Some(problem.to_string()),
                _ => None,
            },
        };
        // A history that can't be written must not undo what was done in Okta; the person is told.
        let id = self.store.keep_history(&row).unwrap_or_else(|_| {
            crate::engine::hold(&self.notices)
                .push("A change could not be written to the history: the disk may be full.".into());
            0
        });
        let app = Some(write.app).filter(|app| !app.is_empty());
        self.changed(Topic::History, Some(&write.org.key), app);
        id
    }

    /// What the read-back said about a write.
    pub(crate) fn settle_write(
        &self,
        id: i64,
        outcome: Outcome,
        after: Option<&Value>,
    ) -> Result<(), Problem> {
        self.store
            .settle_history(id, outcome, after.map(pretty).as_deref())?;
        self.changed(Topic::History, None, None);
        Ok(())
    }
}
