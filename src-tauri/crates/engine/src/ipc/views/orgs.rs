//! Orgs and the keychain as the web view sees them.

use super::signin::CredentialKind;
use domain::problem::Problem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of org address this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum OrgTag {
    /// A production org (`okta.com`, `okta-emea.com`, `okta-gov.com`, `okta.mil`, or a custom domain).
    Production,
    /// A preview org (`oktapreview.com`).
    Preview,
    /// The simulated org inside Gatehouse.
    Practice,
}

/// Where an org's credential is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SecretPlace {
    /// In the operating system's keychain.
    Keychain,
    /// In memory until Gatehouse is closed.
    Session,
    /// Nowhere: it has to be entered again.
    Missing,
}

/// One org in the rail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrgView {
    /// Stable key used in every command.
    pub key: String,
    /// Name given by the person, or the org's company name.
    pub name: String,
    /// Host, such as `acme.okta.com`.
    pub host: String,
    /// Production, preview or practice.
    pub tag: OrgTag,
    /// One of the colour names `indigo teal amber rose violet slate green orange`.
    pub colour: String,
    /// Gatehouse refuses every write on it.
    pub read_only: bool,
    /// How Gatehouse signs in; none while it does not.
    pub credential: Option<CredentialKind>,
    /// Where its credential is.
    pub secret: SecretPlace,
    /// Okta's org id, when known.
    pub org_id: Option<String>,
    /// When a call last succeeded.
    pub last_used: Option<String>,
}

/// What an address turned out to be, before any token is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrgCheck {
    /// The address Gatehouse will use, such as `https://acme.okta.com`.
    pub origin: String,
    /// Host alone.
    pub host: String,
    /// What was changed in what was typed, in words (“took off /admin/dashboard”), empty when nothing.
    pub cleaned: Vec<String>,
    /// Okta's org id.
    pub org_id: String,
    /// `true` for Okta Identity Engine, `false` for Classic Engine.
    pub identity_engine: bool,
    /// The org's own okta.com address, when a custom domain was typed.
    pub okta_host: Option<String>,
    /// The address is a custom domain: it must be confirmed before a token is sent there.
    pub custom_domain: bool,
    /// Production or preview.
    pub tag: OrgTag,
    /// Key of the org if it is in Gatehouse already.
    pub already: Option<String>,
}

/// What happened when an org was forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForgetReport {
    /// Number of keychain items deleted.
    pub items_deleted: u32,
    /// Items that could not be deleted, with the reason.
    pub failed: Vec<Problem>,
}

/// The keychain's health.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeychainView {
    /// Name of the store, such as “Secret Service (GNOME Keyring, KWallet)”.
    pub store: String,
    /// Write, read and delete of a probe item worked.
    pub ok: bool,
    /// What went wrong.
    pub problem: Option<Problem>,
    /// When it was tested.
    pub tested_at: Option<String>,
}

/// What a keychain item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ItemKind {
    /// An API token.
    ApiToken,
    /// The private key of a service app.
    ServiceKey,
    /// A private key that is not in use yet.
    NewKey,
    /// The refresh token of a sign-in.
    RefreshToken,
    /// The private key a sign-in's tokens are bound to (DPoP).
    SignInKey,
}

impl ItemKind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::ApiToken,
        Self::ServiceKey,
        Self::NewKey,
        Self::RefreshToken,
        Self::SignInKey,
    ];
}

/// Is an item where it should be?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Presence {
    /// In the keychain.
    Present,
    /// In memory only, as the person wished.
    Session,
    /// It should be there, and is not.
    Missing,
    /// The keychain did not say.
    Unknown,
}

/// One secret Gatehouse holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeychainItem {
    /// Org key.
    pub org: String,
    /// What it is.
    pub kind: ItemKind,
    /// Its name in the keychain, to find it in the system's own program.
    pub name: String,
    /// Since when (RFC 3339), when known.
    pub created: Option<String>,
    /// Is it there?
    pub presence: Presence,
}

/// The keychain and what Gatehouse has in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeychainHealth {
    /// Whether it works.
    pub keychain: KeychainView,
    /// The keychain service all items are under.
    pub service: String,
    /// Whether what is stored survives a restart of the computer; absent when it can't be told.
    pub survives: Option<bool>,
    /// Why, in a sentence.
    pub survives_why: String,
    /// All items, by org.
    pub items: Vec<KeychainItem>,
}
