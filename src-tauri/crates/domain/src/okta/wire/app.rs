//! Apps, as `GET /api/v1/apps` answers them.

use serde::Deserialize;
use serde_json::Value;

/// One app instance.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct App {
    /// Id.
    pub id: String,
    /// Okta's app key. Absent on a few old custom apps.
    #[serde(default)]
    pub name: String,
    /// Label given in the org.
    #[serde(default)]
    pub label: String,
    /// Lifecycle status.
    #[serde(default)]
    pub status: String,
    /// Sign-on mode.
    #[serde(default)]
    pub sign_on_mode: Option<String>,
}

/// Reads a page of apps; the number of rows that could not be read comes with it.
pub fn page(answer: &Value) -> Option<(Vec<App>, usize)> {
    let rows = answer.as_array()?;
    let apps: Vec<App> = rows.iter().filter_map(|row| App::deserialize(row).ok()).collect();
    let lost = rows.len() - apps.len();
    Some((apps, lost))
}
