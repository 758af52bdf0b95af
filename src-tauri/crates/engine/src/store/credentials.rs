//! What is known of an org's credentials, without their secrets.

use super::{Store, Stored};
use crate::ipc::views::signin::{CredentialKind, KeyAlg, KeyView};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// One credential of an org; at most one of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// Client id of the app behind it.
    pub client_id: Option<String>,
    /// The app's label, or a person's login.
    pub who: Option<String>,
    /// What the service app's key signs with.
    pub alg: Option<KeyAlg>,
    /// Its key id.
    pub kid: Option<String>,
    /// Access tokens are bound to a key.
    pub dpop: Option<bool>,
    /// Scopes to ask for; those the last token had.
    pub scopes: Vec<String>,
    /// Its secrets are kept in memory only.
    pub session_only: bool,
    /// When Gatehouse got it (RFC 3339).
    pub created: Option<String>,
    /// When a call last succeeded with it (RFC 3339).
    pub last_used: Option<String>,
    /// When Okta says that it ends (RFC 3339).
    pub expires: Option<String>,
    /// From where it may be used, in words.
    pub network: Option<String>,
}

fn text(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::ServiceApp => "serviceApp",
        CredentialKind::SignIn => "signIn",
        CredentialKind::ApiToken => "apiToken",
    }
}

const KINDS: [CredentialKind; 3] = [
    CredentialKind::ServiceApp,
    CredentialKind::SignIn,
    CredentialKind::ApiToken,
];

impl Store {
    /// Keeps what is known of a credential.
    pub fn keep_credential(&self, org: &str, kind: CredentialKind, details: &Details) -> Stored<()> {
        self.db().execute(
            "INSERT INTO credential (org, kind, details) VALUES (?1, ?2, ?3)
             ON CONFLICT (org, kind) DO UPDATE SET details = ?3",
            params![
                org,
                text(kind),
                serde_json::to_string(details).unwrap_or_default()
            ],
        )?;
        Ok(())
    }

    /// All credentials of an org, in the order of [`CredentialKind`].
    pub fn credentials(&self, org: &str) -> Stored<Vec<(CredentialKind, Details)>> {
        let db = self.db();
        let mut found = Vec::new();
        for kind in KINDS {
            let details: Option<String> = db
                .query_row(
                    "SELECT details FROM credential WHERE org = ?1 AND kind = ?2",
                    params![org, text(kind)],
                    |row| row.get(0),
                )
                .optional()?;
            if let Some(details) = details {
                found.push((kind, serde_json::from_str(&details).unwrap_or_default()));
            }
        }
        Ok(found)
    }

    /// Which one is in use.
    pub fn active_credential(&self, org: &str) -> Stored<Option<CredentialKind>> {
        let kind: Option<String> = self
            .db()
            .query_row(
                "SELECT kind FROM credential WHERE org = ?1 AND active",
                [org],
                |row| row.get(0),
            )
            .optional()?;
        Ok(kind.and_then(|kind| KINDS.into_iter().find(|it| text(*it) == kind)))
    }

    /// Uses this one from now on, or none.
    pub fn use_credential(&self, org: &str, kind: Option<CredentialKind>) -> Stored<()> {
        self.db().execute(
            "UPDATE credential SET active = (kind = ?2) WHERE org = ?1",
            params![org, kind.map(text).unwrap_or_default()],
        )?;
        Ok(())
    }

    /// Forgets one.
    pub fn drop_credential(&self, org: &str, kind: CredentialKind) -> Stored<()> {
        self.db().execute(
            "DELETE FROM credential WHERE org = ?1 AND kind = ?2",
            params![org, text(kind)],
        )?;
        Ok(())
    }

    /// Forgets all of an org, and its waiting key.
    pub fn drop_credentials(&self, org: &str) -> Stored<()> {
        self.db()
            .execute("DELETE FROM credential WHERE org = ?1", [org])?;
        self.keep_key(org, None)
    }

    /// The key that waits to be registered; its private half is in the keychain.
    pub fn key(&self, org: &str) -> Stored<Option<KeyView>> {
        Ok(self
            .value(&format!("new-key:{org}"))?
            .and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Keeps or forgets the waiting key.
    pub fn keep_key(&self, org: &str, key: Option<&KeyView>) -> Stored<()> {
        let text = key.map(|key| serde_json::to_string(key).unwrap_or_default());
        self.keep_or_drop(&format!("new-key:{org}"), text.as_deref())
    }

    /// Client id of the app an admin signed in with last.
    pub fn sign_in_client(&self, org: &str) -> Stored<Option<String>> {
        self.value(&format!("sign-in-client:{org}"))
    }

    /// Keeps or forgets it.
    pub fn keep_sign_in_client(&self, org: &str, client_id: Option<&str>) -> Stored<()> {
        self.keep_or_drop(&format!("sign-in-client:{org}"), client_id)
    }

    fn keep_or_drop(&self, name: &str, text: Option<&str>) -> Stored<()> {
        if let Some(text) = text {
            return self.keep_value(name, text);
        }
        self.db().execute("DELETE FROM setting WHERE name = ?1", [name])?;
        Ok(())
    }
}
