//! Credentials, signing in and the service app's set-up as the web view sees them. Nothing here is secret.

use super::orgs::SecretPlace;
use super::reviews::RequestView;
use domain::problem::Problem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How Gatehouse proves itself to an org.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CredentialKind {
    /// A service app with its own key (`private_key_jwt`, client credentials).
    ServiceApp,
    /// An admin's sign-in in the browser or by device code, kept as a refresh token.
    SignIn,
    /// An API token (`SSWS`).
    ApiToken,
}

impl CredentialKind {
    /// In a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::ServiceApp => "key",
            Self::SignIn => "sign-in",
            Self::ApiToken => "token",
        }
    }
}

/// What a key signs with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum KeyAlg {
    /// P-256.
    #[serde(rename = "ES256")]
    Es256,
    /// RSA of 2,048 bits.
    #[serde(rename = "RS256")]
    Rs256,
}

/// One credential Gatehouse holds for an org; at most one of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CredentialView {
    /// Which kind.
    pub kind: CredentialKind,
    /// Where its secret is.
    pub place: SecretPlace,
    /// Client id of the app behind it; none for an API token.
    pub client_id: Option<String>,
    /// The service app's label, or the login of the person who signed in or owns the token, when known.
    pub who: Option<String>,
    /// The service app's key.
    pub alg: Option<KeyAlg>,
    /// Its key id.
    pub kid: Option<String>,
    /// Access tokens are bound to a key (DPoP); absent until the first one came.
    pub dpop: Option<bool>,
    /// Okta API scopes the last access token had.
    pub scopes: Vec<String>,
    /// When Gatehouse got it (RFC 3339).
    pub created: Option<String>,
    /// When a call last succeeded with it (RFC 3339).
    pub last_used: Option<String>,
    /// When it ends if nothing happens (RFC 3339): an API token's `expiresAt` as last read from Okta.
    pub expires: Option<String>,
    /// From where an API token may be used, in words, as last read from Okta.
    pub network: Option<String>,
}

/// A key that was made or imported and is not in use yet: its public half is to be registered in Okta.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeyView {
    /// Key id: the RFC 7638 thumbprint, or what an imported key said.
    pub kid: String,
    /// What it signs with.
    pub alg: KeyAlg,
    /// The public key as JSON, to paste into Okta.
    pub jwk: String,
    /// It was imported, not made here.
    pub imported: bool,
    /// When (RFC 3339).
    pub at: String,
}

/// One Okta API scope Gatehouse can use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScopeView {
    /// Its name.
    pub scope: String,
    /// What Gatehouse does with it, as a short phrase.
    pub what: String,
    /// A service app gets it unless the person says otherwise.
    pub service: bool,
    /// A sign-in asks for it unless the person says otherwise.
    pub sign_in: bool,
}

/// Everything about how Gatehouse signs in to one org. Reading it asks Okta nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CredentialsView {
    /// Org key.
    pub org: String,
    /// The one Gatehouse uses; none while the org was added without signing in.
    pub active: Option<CredentialKind>,
    /// All that are held.
    pub items: Vec<CredentialView>,
    /// A key waiting to be registered.
    pub key: Option<KeyView>,
    /// A credential that could set a service app up, an admin's: a sign-in before an API token.
    pub admin: Option<CredentialKind>,
    /// Addresses a sign-in app must have as sign-in redirect URIs, exactly.
    pub redirect_uris: Vec<String>,
    /// Scopes to choose from.
    pub scopes: Vec<ScopeView>,
    /// Client id of the sign-in app: what was used last here, or the practice org's own.
    pub sign_in_client: Option<String>,
    /// A sign-in under way.
    pub sign_in: Option<SignInView>,
    /// A service app being set up, or how the last set-up of this run ended.
    pub setup: Option<SetupView>,
}

/// Which way to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SignInMethod {
    /// Authorization code with PKCE in the system's browser.
    Browser,
    /// Device code, in any browser.
    Device,
}

/// Where a sign-in stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SignInPhase {
    /// The person signs in in the browser.
    Waiting,
    /// Okta is asked for the tokens, and they are tried with one call.
    Finishing,
    /// Done: the credential is in use.
    Done,
    /// It failed; the problem says why.
    Failed,
    /// The person cancelled.
    Cancelled,
}

/// A QR code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QrView {
    /// Rows of `0` (light) and `1` (dark), without a quiet zone.
    pub rows: Vec<String>,
}

/// A sign-in under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignInView {
    /// Org key.
    pub org: String,
    /// Which way.
    pub method: SignInMethod,
    /// Where it stands.
    pub phase: SignInPhase,
    /// Client id.
    pub client_id: String,
    /// Scopes asked for.
    pub scopes: Vec<String>,
    /// Host whose page the browser shows.
    pub host: String,
    /// The redirect address in use (browser).
    pub redirect_uri: Option<String>,
    /// The browser was opened by Gatehouse.
    pub opened: bool,
    /// Begun (RFC 3339).
    pub started_at: String,
    /// Gatehouse stops waiting, or the device code ends (RFC 3339).
    pub until: String,
    /// What to type on the page (device).
    pub user_code: Option<String>,
    /// Where to type it (device).
    pub verification_uri: Option<String>,
    /// QR code of the address that holds the code already (device).
    pub qr: Option<QrView>,
    /// Who signed in, when done and known.
    pub who: Option<String>,
    /// Why it failed.
    pub problem: Option<Problem>,
}

/// Where one line of a set-up stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LineState {
    /// Will be done.
    Todo,
    /// Under way.
    Doing,
    /// Done in this run.
    Done,
    /// Was there already, or is not needed.
    Found,
    /// Can't be done; the problem says why.
    Blocked,
}

/// One line of a set-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetupLine {
    /// Which: `key`, `app`, `registered`, `grant:{scope}`, `role`, `token`, `call`, `use`.
    pub id: String,
    /// What, such as “Grant okta.apps.manage”.
    pub title: String,
    /// Where it stands.
    pub state: LineState,
    /// What came of it, such as the app's id.
    pub detail: Option<String>,
    /// Why it is blocked.
    pub problem: Option<Problem>,
    /// The requests it would send, where the set-up shows them; ids that Okta gives only then stand in braces.
    pub calls: Vec<RequestView>,
}

/// A service app being set up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetupView {
    /// Org key.
    pub org: String,
    /// The app's label.
    pub label: String,
    /// Client id, once there is one.
    pub client_id: Option<String>,
    /// The lines in order.
    pub lines: Vec<SetupLine>,
    /// It runs now.
    pub running: bool,
    /// Every line is done or found.
    pub done: bool,
    /// Things to know before it is begun, in sentences.
    pub warnings: Vec<String>,
}

impl SetupView {
    /// Changes the line of this id, where there is one.
    pub fn change_line(&mut self, id: &str, change: impl FnOnce(&mut SetupLine)) {
        if let Some(line) = self.lines.iter_mut().find(|line| line.id == id) {
            change(line);
        }
    }

    /// It has come to its end, for now or for good.
    pub fn rest(&mut self) {
        self.running = false;
        self.done = self
            .lines
            .iter()
            .all(|line| matches!(line.state, LineState::Done | LineState::Found));
    }
}

/// What became of a credential that was taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveReport {
    /// It is gone from Gatehouse and the keychain.
    pub removed: bool,
    /// Okta was asked to make it invalid, and did; absent when that was not asked for.
    pub revoked: Option<bool>,
    /// What went wrong.
    pub problems: Vec<Problem>,
    /// How things stand now.
    pub credentials: CredentialsView,
}
