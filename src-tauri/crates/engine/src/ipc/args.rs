//! Arguments of the commands. Every struct refuses unknown fields.

use super::views::apps::Scheme;
use super::views::connect::{ConnectFields, Typed};
use super::views::features::{FeaturesView, FeaturesWanted};
use super::views::signin::{CredentialKind, KeyAlg, SignInMethod};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// No arguments.
#[derive(Debug, Clone, Deserialize, Serialize, TS)]
#[serde(deny_unknown_fields)]
pub struct None {}

/// Nothing to say but that it is done.
#[derive(Debug, Clone, Deserialize, Serialize, TS)]
pub struct Done {}

/// One org.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OrgArgs {
    /// Org key.
    pub org: String,
}

/// An address as typed.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddressArgs {
    /// Any pasted form of an org's address.
    pub address: String,
}

/// A new org.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrgAddArgs {
    /// The origin `org_check` gave.
    pub origin: String,
    /// API token; absent to add the org first and sign in then.
    #[ts(optional = nullable, type = "string")]
    pub token: Option<Typed>,
    /// Name to show; empty for the org's company name.
    pub name: String,
    /// Colour name; empty for the next free one.
    pub colour: String,
    /// Keep the token in memory only.
    pub session_only: bool,
    /// The custom domain was confirmed.
    pub custom_domain_confirmed: bool,
}

/// A new token for an org.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrgTokenArgs {
    /// Org key.
    pub org: String,
    /// API token.
    #[ts(type = "string")]
    pub token: Typed,
    /// Keep the token in memory only.
    pub session_only: bool,
}

/// What a person can change of an org.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrgUpdateArgs {
    /// Org key.
    pub org: String,
    /// Name.
    pub name: String,
    /// Colour name.
    pub colour: String,
    /// Refuse writes.
    pub read_only: bool,
}

/// The list of an org's apps.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AppsArgs {
    /// Org key.
    pub org: String,
    /// Read from Okta again instead of what this session knows.
    pub refresh: bool,
}

/// One app.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AppArgs {
    /// Org key.
    pub org: String,
    /// App id.
    pub app: String,
}

/// A connection to save.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectStartArgs {
    /// Org key.
    pub org: String,
    /// App id.
    pub app: String,
    /// How to authenticate.
    pub scheme: Scheme,
    /// The form.
    pub fields: ConnectFields,
    /// Activate by itself when authorized.
    pub auto_activate: bool,
}

/// What came back from consent.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConsentTextArgs {
    /// Org key.
    pub org: String,
    /// App id.
    pub app: String,
    /// Pasted, typed or dropped text.
    #[ts(type = "string")]
    pub text: Typed,
}

/// What came back from consent, on the clipboard.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConsentClipboardArgs {
    /// Org key.
    pub org: String,
    /// App id.
    pub app: String,
    /// Asked for by a click; without it anything that is no consent answer is passed over silently.
    pub asked: bool,
}

/// What a look at the clipboard came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ClipboardResult {
    /// It held the consent answer; the work goes on.
    Taken,
    /// It held nothing of ours.
    Nothing,
}

/// Wanted features.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FeaturesArgs {
    /// Org key.
    pub org: String,
    /// App id.
    pub app: String,
    /// What the editor read when it was opened.
    pub read: FeaturesView,
    /// What the person wants.
    pub wanted: FeaturesWanted,
}

/// A cron expression to explain.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScheduleArgs {
    /// UNIX cron, five fields.
    pub expression: String,
    /// IANA zone of the schedule; empty for UTC.
    pub timezone: String,
    /// The person's own IANA zone.
    pub local_zone: String,
}

/// A page of history.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HistoryArgs {
    /// Org key; absent for all.
    #[ts(optional = nullable)]
    pub org: Option<String>,
    /// Rows before this id.
    #[ts(optional = nullable, type = "number")]
    pub before: Option<i64>,
}

/// A what-if to arm or disarm.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WhatIfArgs {
    /// Its key.
    pub id: String,
    /// Arm it.
    pub on: bool,
}

/// A page Gatehouse may open in the browser. Closed, so that the web view can't name an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Page {
    /// Okta's guide to provisioning connections.
    ProvisioningGuide,
    /// Okta's guide to API tokens.
    TokenGuide,
    /// Okta's reference of the Application Connections API.
    ConnectionsReference,
    /// Okta's System Log for one org.
    SystemLog,
    /// The org's API token page in the Admin Console.
    TokenPage,
    /// The app's page in the Admin Console.
    AppPage,
}

/// Which page to open.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenArgs {
    /// The page.
    pub page: Page,
    /// Org key, for pages of an org.
    #[ts(optional = nullable)]
    pub org: Option<String>,
    /// App id, for pages of an app.
    #[ts(optional = nullable)]
    pub app: Option<String>,
}

/// Text for the clipboard, such as a client id or a receipt.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CopyArgs {
    /// The text.
    pub text: String,
}

/// One credential of an org.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CredentialArgs {
    /// Org key.
    pub org: String,
    /// Which.
    pub kind: CredentialKind,
}

/// A credential to take away.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CredentialRemoveArgs {
    /// Org key.
    pub org: String,
    /// Which.
    pub kind: CredentialKind,
    /// Ask Okta to make it invalid first: revokes a sign-in's tokens, or the API token itself. A service app's key
    /// is only deleted here; Okta keeps the public half.
    pub revoke: bool,
}

/// A sign-in to begin.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignInArgs {
    /// Org key.
    pub org: String,
    /// Which way.
    pub method: SignInMethod,
    /// Client id of the native app.
    pub client_id: String,
    /// Okta API scopes to ask for.
    pub scopes: Vec<String>,
    /// Keep the refresh token in memory only.
    pub session_only: bool,
}

/// A key to make.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeyMakeArgs {
    /// Org key.
    pub org: String,
    /// What it signs with.
    pub alg: KeyAlg,
}

/// A key to import.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeyImportArgs {
    /// Org key.
    pub org: String,
    /// A private key: PEM (PKCS#8, PKCS#1, SEC 1) or JWK.
    #[ts(type = "string")]
    pub text: Typed,
    /// Its key id in Okta; empty for what the key says itself, or its thumbprint.
    pub kid: String,
}

/// A service app to use with the waiting key.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ServiceUseArgs {
    /// Org key.
    pub org: String,
    /// Its client id.
    pub client_id: String,
    /// Okta API scopes it was granted, as far as known; those it has are found out.
    pub scopes: Vec<String>,
}

/// A service app to create.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ServiceCreateArgs {
    /// Org key.
    pub org: String,
    /// Its label.
    pub label: String,
    /// What its key signs with.
    pub alg: KeyAlg,
    /// Bind access tokens to a key (DPoP).
    pub dpop: bool,
    /// Okta API scopes to grant.
    pub scopes: Vec<String>,
    /// Standard admin role to assign, such as `APP_ADMIN`; empty for none.
    pub role: String,
    /// Sign the admin out afterwards.
    pub sign_out: bool,
}

/// Something to mend.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PermissionFixArgs {
    /// Org key.
    pub org: String,
    /// The fix's key.
    pub fix: String,
}
