//! Settings and the state the window starts from.

use super::connect::PendingConsent;
use super::orgs::OrgView;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Appearance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// High contrast.
    Contrast,
}

/// Row height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Density {
    /// 28 px rows.
    Compact,
    /// 32 px rows.
    #[default]
    Normal,
    /// 40 px rows.
    Roomy,
}

/// Whether Gatehouse looks at the clipboard when its window gets the focus back while a consent is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ClipboardLook {
    /// Not decided: ask once.
    #[default]
    Ask,
    /// Look.
    Yes,
    /// Don't.
    No,
}

/// What a person can set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Settings {
    /// Appearance.
    pub theme: Theme,
    /// Row height.
    pub density: Density,
    /// Clipboard.
    pub clipboard_look: ClipboardLook,
    /// Activate a connection by itself after consent.
    pub auto_activate: bool,
    /// Minutes without use after which secrets are dropped from memory; 0 for never.
    #[serde(default = "idle_minutes")]
    pub idle_minutes: u16,
}

/// Minutes without use until secrets are dropped, unless the person says otherwise.
fn idle_minutes() -> u16 {
    15
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            density: Density::default(),
            clipboard_look: ClipboardLook::default(),
            auto_activate: false,
            idle_minutes: idle_minutes(),
        }
    }
}

/// One rehearsal of failure on the practice org.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhatIf {
    /// Key, such as `expiredCode`.
    pub id: String,
    /// What it says, such as “Okta's answer to the next write is lost”.
    pub label: String,
    /// What to look for.
    pub about: String,
    /// Armed now.
    pub on: bool,
}

/// What the window starts from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    /// Version of Gatehouse.
    pub version: String,
    /// Orgs, in rail order.
    pub orgs: Vec<OrgView>,
    /// Key of the current org.
    pub current: Option<String>,
    /// Settings.
    pub settings: Settings,
    /// Consents waiting, over all orgs.
    pub pending: Vec<PendingConsent>,
    /// Things to tell once, such as a mended state file.
    pub notices: Vec<String>,
    /// The app was started with the practice org asked for.
    pub practice_on_start: bool,
}
