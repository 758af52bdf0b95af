//! One app's connection as the web view sees it.

use super::apps::{AppRow, CatalogView, ConnectionStatus, Scheme};
use domain::problem::Problem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the connection work stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// Nothing is going on.
    Idle,
    /// Saving the connection in Okta.
    Saving,
    /// Saved; the person has to consent in the browser.
    AwaitingConsent,
    /// Handing Okta the code.
    Finishing,
    /// Consent stored (204) or credentials saved; not active yet.
    Authorized,
    /// Activating.
    Activating,
    /// Reading back what Okta has.
    ReadingBack,
    /// Read back as ENABLED.
    Done,
    /// Stopped by a problem; what is left behind in Okta is said in it.
    Failed,
    /// Stopped by the person.
    Cancelled,
}

/// How a step went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum StepState {
    /// Not begun.
    Waiting,
    /// Under way.
    Running,
    /// Done.
    Done,
    /// Went wrong.
    Failed,
    /// Not needed.
    Skipped,
}

/// One line of the live checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StepView {
    /// `save`, `open`, `consent`, `callback`, `activate`, `readBack`.
    pub key: String,
    /// What it says.
    pub label: String,
    /// How it went.
    pub state: StepState,
    /// A short note (“waiting at accounts.google.com”).
    pub note: Option<String>,
}

/// The connection work of one app: sent on every change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectView {
    /// Org key.
    pub org: String,
    /// App id.
    pub app: String,
    /// App label.
    pub label: String,
    /// Where it stands.
    pub stage: Stage,
    /// Scheme in use.
    pub scheme: Option<Scheme>,
    /// The live checklist.
    pub steps: Vec<StepView>,
    /// Host of the consent page, when waiting for consent.
    pub consent_host: Option<String>,
    /// The host is not one this app is known to use: show a warning.
    pub consent_host_unknown: bool,
    /// When the browser was opened.
    pub opened_at: Option<String>,
    /// The browser could not be opened: show the link to copy.
    pub browser_failed: bool,
    /// What stopped it.
    pub problem: Option<Problem>,
    /// Activate by itself after consent.
    pub auto_activate: bool,
}

/// The connection as Okta has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionView {
    /// Status.
    pub status: ConnectionStatus,
    /// Scheme, when set.
    pub scheme: Option<Scheme>,
    /// Base URL, where Okta shows one.
    pub base_url: Option<String>,
    /// Client id (Org2Org).
    pub client_id: Option<String>,
    /// `AUTO` or `MANUAL` (Org2Org).
    pub rotation_mode: Option<String>,
    /// Okta offers an authorize link: consent is possible.
    pub consent_offered: bool,
    /// When it was read.
    pub read_at: String,
    /// What Okta answered, pretty JSON with the authorize link's query taken out.
    pub raw: String,
}

/// A consent that is waiting, here or since an earlier run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PendingConsent {
    /// Org key.
    pub org: String,
    /// Org name.
    pub org_name: String,
    /// App id.
    pub app: String,
    /// App key.
    pub name: String,
    /// App label.
    pub label: String,
    /// When the link was opened.
    pub opened_at: String,
    /// Opened in an earlier run of Gatehouse.
    pub earlier_run: bool,
}

/// Everything the connection page needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppDetail {
    /// The row of the list.
    pub row: AppRow,
    /// The catalog entry; absent for unsupported apps.
    pub catalog: Option<CatalogView>,
    /// The connection as Okta has it; absent when it could not be read.
    pub connection: Option<ConnectionView>,
    /// The connection work.
    pub connect: ConnectView,
    /// Number of users assigned to the app, when known (up to 200 are counted; `200` means 200 or more).
    pub assigned: Option<u32>,
    /// Why the connection could not be read.
    pub problem: Option<Problem>,
}

/// What the connection form holds. Secrets are sent once and never come back.
#[derive(Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ConnectFields {
    /// Base URL (Zscaler).
    #[ts(optional)]
    pub base_url: Option<String>,
    /// Token (Zscaler, Org2Org).
    #[ts(optional, type = "string")]
    pub token: Option<Typed>,
    /// Client id of the service app in the hub org (Org2Org).
    #[ts(optional)]
    pub client_id: Option<String>,
    /// `AUTO` or `MANUAL` (Org2Org).
    #[ts(optional)]
    pub rotation_mode: Option<String>,
    /// Microsoft admin user name (Office 365).
    #[ts(optional)]
    pub admin_username: Option<String>,
    /// Microsoft admin password (Office 365).
    #[ts(optional, type = "string")]
    pub admin_password: Option<Typed>,
}

/// A secret on its way in: can be read from JSON, can't be written to it.
pub type Typed = domain::secret::Secret;

/// Public keys of an Org2Org connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JwksView {
    /// Address the hub org fetches the keys from.
    pub url: String,
    /// Number of keys.
    pub count: u32,
    /// The key set, pretty JSON; public keys only.
    pub json: String,
}

/// The consent link, to copy where no browser opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConsentLink {
    /// The link.
    pub url: String,
    /// Its host.
    pub host: String,
    /// It was put on the clipboard.
    pub copied: bool,
}
