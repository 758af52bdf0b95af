//! The connections list as the web view sees it.

use domain::problem::Problem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A connection's status as Okta says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ConnectionStatus {
    /// Provisioning connection is active.
    Enabled,
    /// Saved but not active.
    Disabled,
    /// Okta says this app has no provisioning connection, or hasn't got one yet.
    Unknown,
}

/// How the connection authenticates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Scheme {
    /// `TOKEN`.
    Token,
    /// `OAUTH2`.
    Oauth2,
}

/// A feature at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FeatureGlance {
    /// At least one of its capabilities is on.
    On,
    /// Available, all off.
    Off,
    /// Not available: connection not active, or the app has no such feature.
    None,
    /// Not looked at yet.
    Unread,
}

/// What the last look at one app said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppChecked {
    /// Connection status.
    pub status: ConnectionStatus,
    /// How it authenticates, when set.
    pub scheme: Option<Scheme>,
    /// To App at a glance.
    pub to_app: FeatureGlance,
    /// To Okta at a glance.
    pub to_okta: FeatureGlance,
    /// Saved, consent not given yet.
    pub needs_consent: bool,
    /// When it was looked at.
    pub at: String,
    /// Why it could not be read.
    pub problem: Option<Problem>,
}

/// One row of the connections list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppRow {
    /// App instance id.
    pub id: String,
    /// Okta's app key, such as `google`.
    pub name: String,
    /// Label given in the org.
    pub label: String,
    /// Lifecycle status as Okta says it (`ACTIVE`, `INACTIVE`, or anything new).
    pub status: String,
    /// Sign-on mode as Okta says it.
    pub sign_on_mode: Option<String>,
    /// The provisioning API can set it up.
    pub supported: bool,
    /// Why not, when it can't.
    pub reason: Option<String>,
    /// What the last look said.
    pub checked: Option<AppChecked>,
    /// A consent is waiting for this app.
    pub waiting: bool,
}

/// What is known of an org's apps now; more rows follow as `Event::Apps`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppsSnapshot {
    /// Number of this listing; events of another generation are stale.
    pub generation: u32,
    /// Rows so far, in Okta's order.
    pub rows: Vec<AppRow>,
    /// Every page has been read.
    pub done: bool,
    /// Why the listing stopped early.
    pub problem: Option<Problem>,
}

/// One entry field of a connection form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldView {
    /// Key in [`super::connect::ConnectFields`]: `baseUrl`, `token`, `clientId`, `rotationMode`, `adminUsername`, `adminPassword`.
    pub key: String,
    /// Label, in the Admin Console's words.
    pub label: String,
    /// Help under the field.
    pub help: String,
    /// Example shown in the empty field.
    pub placeholder: String,
    /// It is a secret: a password field, sent once.
    pub secret: bool,
    /// It may not be empty.
    pub required: bool,
    /// Values to choose from; empty for free text.
    pub choices: Vec<ChoiceView>,
}

/// One choice of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChoiceView {
    /// Value sent.
    pub value: String,
    /// What the person reads.
    pub label: String,
}

/// One way to authenticate a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SchemeView {
    /// Which.
    pub scheme: Scheme,
    /// Name, such as “OAuth 2.0 with consent”.
    pub label: String,
    /// One sentence.
    pub about: String,
    /// Browser consent follows.
    pub consent: bool,
    /// What to fill in.
    pub fields: Vec<FieldView>,
}

/// A provisioning app of the catalog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CatalogView {
    /// Okta's app key.
    pub name: String,
    /// Product name, such as “Google Workspace”.
    pub title: String,
    /// Whose sign-in page the consent is on, such as “Google”.
    pub provider: String,
    /// Which account to sign in with at the provider.
    pub account_hint: String,
    /// What usually goes wrong, one sentence each.
    pub blockers: Vec<String>,
    /// Ways to authenticate; the first is the one to offer.
    pub schemes: Vec<SchemeView>,
    /// Has To App.
    pub to_app: bool,
    /// Has To Okta.
    pub to_okta: bool,
}
