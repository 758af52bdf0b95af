//! How Gatehouse proves itself to an org: which credential is in use, where its secrets are, and how it is changed.

pub mod keys;
mod tokens;
mod view;

pub(crate) use tokens::revoke_call;
pub(crate) use view::place;

use crate::engine::{Engine, hold, now};
use crate::ipc::args::CredentialArgs;
use crate::ipc::events::Topic;
use crate::ipc::views::orgs::ItemKind;
use crate::ipc::views::signin::{CredentialKind, CredentialsView};
use crate::okta::attach::Credential;
use crate::okta::auth::keys::SigningKey;
use crate::okta::auth::tokens::{How, Source};
use crate::okta::client::Target;
use crate::ports::vault::{Vault, item};
use crate::store::credentials::Details;
use crate::store::orgs::Org;
use domain::problem::{Problem, local};
use domain::secret::Secret;
use std::sync::{Arc, Mutex};

/// Keychain items a credential has.
pub(crate) fn items_of(kind: CredentialKind) -> &'static [ItemKind] {
    match kind {
        CredentialKind::ApiToken => &[ItemKind::ApiToken],
        CredentialKind::ServiceApp => &[ItemKind::ServiceKey],
        CredentialKind::SignIn => &[ItemKind::RefreshToken, ItemKind::SignInKey],
    }
}

/// What a credential is kept for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// The org's calls are made with it from now on.
    AndUse,
    /// It is held beside the one in use.
    Beside,
}

impl Engine {
    /// Where an org's secrets are kept.
    pub(crate) fn vault_for(&self, session_only: bool) -> Arc<dyn Vault> {
        if session_only {
            self.session.clone()
        } else {
            self.vault.clone()
        }
    }

    /// The credential in use.
    pub(crate) fn active(&self, org: &str) -> Result<Option<(CredentialKind, Details)>, Problem> {
        match self.store.active_credential(org)? {
            Some(kind) => Ok(Some((kind, self.details(org, kind)?))),
            None => Ok(None),
        }
    }

    /// What is known of one credential.
    pub(crate) fn details(&self, org: &str, kind: CredentialKind) -> Result<Details, Problem> {
        let found = self.store.credentials(org)?;
        Ok(found
            .into_iter()
            .find(|(held, _)| *held == kind)
            .map(|(_, details)| details)
            .unwrap_or_default())
    }

    /// Where an org's calls go, with the credential in use out of memory or the keychain.
    pub(crate) async fn target(&self, org: &Org) -> Result<Target, Problem> {
        match self.store.active_credential(&org.key)? {
            Some(kind) => self.target_with(org, kind).await,
            None => Ok(bare(org)),
        }
    }

    /// Where an org's calls go, with one of its credentials.
    pub(crate) async fn target_with(&self, org: &Org, kind: CredentialKind) -> Result<Target, Problem> {
        let credential = match self.held(&org.key, kind) {
            Some(credential) => credential,
            None => {
                let credential = self.unlock(org, kind).await?;
                // Whoever was first: two sources of one refresh token would each use it up for the other.
                hold(&self.credentials)
                    .entry((org.key.clone(), kind))
                    .or_insert(credential)
                    .clone()
            }
        };
        Ok(Target {
            credential,
            ..bare(org)
        })
    }

    /// A credential that is in memory. One that was dropped while a job still uses it is taken up again: a second source of
    /// the same refresh token would use it up for the first.
    fn held(&self, org: &str, kind: CredentialKind) -> Option<Credential> {
        let key = (org.to_owned(), kind);
        let mut credentials = hold(&self.credentials);
        if let Some(held) = credentials.get(&key) {
            return Some(held.clone());
        }
        let source = hold(&self.parked).remove(&key)?.upgrade()?;
        let credential = Credential::OAuth(source);
        credentials.insert(key, credential.clone());
        Some(credential)
    }

    /// Reads a credential's secrets.
    async fn unlock(&self, org: &Org, kind: CredentialKind) -> Result<Credential, Problem> {
        let details = self.details(&org.key, kind)?;
        let vault = self.vault_for(details.session_only);
        let missing = || {
            let (host, what) = (org.origin.host(), kind.words());
            if details.session_only {
                local::session_ended(host, what)
            } else {
                local::keychain_no_entry(host, what)
            }
        };
        let client_id = details.client_id.clone().unwrap_or_default();
        let name = |kind| item(&org.key, kind);
        match kind {
            CredentialKind::ApiToken => {
                let found = vault.get(&name(ItemKind::ApiToken)).await;
                let token = found.map_err(|e| e.problem())?.ok_or_else(missing)?;
                Ok(Credential::ApiToken(Arc::new(token)))
            }
            CredentialKind::ServiceApp => {
                let found = vault.read(&name(ItemKind::ServiceKey)).await;
                let bytes = found.map_err(|e| e.problem())?.ok_or_else(missing)?;
                // What is no key was put there by somebody else.
                let mut key = SigningKey::from_pkcs8(bytes).map_err(|_| missing())?;
                if let Some(kid) = &details.kid {
                    key.rename(kid);
                }
                Ok(Credential::OAuth(Arc::new(service(
                    client_id,
                    details.scopes,
                    key,
                )?)))
            }
            CredentialKind::SignIn => {
                let refresh = vault.get(&name(ItemKind::RefreshToken)).await;
                let refresh = refresh.map_err(|e| e.problem())?.ok_or_else(missing)?;
                let key = vault.read(&name(ItemKind::SignInKey)).await;
                let key = key.map_err(|e| e.problem())?.ok_or_else(missing)?;
                let how = How::SignIn {
                    refresh: Mutex::new(Arc::new(refresh)),
                    vault,
                    item: name(ItemKind::RefreshToken),
                };
                let dpop = Arc::new(SigningKey::from_pkcs8(key).map_err(|_| missing())?);
                Ok(Credential::OAuth(Arc::new(Source::new(
                    client_id,
                    details.scopes,
                    how,
                    dpop,
                ))))
            }
        }
    }

    /// Drops a credential from memory and puts it out of use: a refresh that is under way comes to its end first, and none
    /// begins after. Has to come before its secrets are deleted or replaced, or they would be written again.
    pub(crate) async fn retire(&self, org: &str, kind: CredentialKind) {
        let held = self.held(org, kind);
        hold(&self.credentials).remove(&(org.to_owned(), kind));
        if let Some(Credential::OAuth(source)) = held {
            source.retire().await;
        }
    }

    /// Takes in a credential that was just proven: its secrets are stored already.
    pub(crate) fn adopt(
        &self,
        org: &str,
        kind: CredentialKind,
        details: &Details,
        credential: Credential,
        keep: Keep,
    ) -> Result<(), Problem> {
        let details = Details {
            created: details.created.clone().or_else(|| Some(now())),
            last_used: Some(now()),
            ..details.clone()
        };
        self.store.keep_credential(org, kind, &details)?;
        if keep == Keep::AndUse {
            self.store.use_credential(org, Some(kind))?;
        }
        hold(&self.credentials).insert((org.to_owned(), kind), credential);
        self.tell_credentials(org);
        Ok(())
    }

    /// Stores an API token and uses it.
    pub(crate) async fn keep_token(
        &self,
        key: &str,
        token: &Arc<Secret>,
        session_only: bool,
    ) -> Result<(), Problem> {
        let vault = self.vault_for(session_only);
        let name = item(key, ItemKind::ApiToken);
        vault.set(&name, token).await.map_err(|e| e.problem())?;
        let before = self.details(key, CredentialKind::ApiToken)?;
        if session_only && !before.session_only && before.created.is_some() {
            // “This session only” means that the keychain keeps none, an earlier one included.
            self.vault.delete(&name).await.map_err(|e| e.problem())?;
        }
        let details = Details {
            session_only,
            ..Details::default()
        };
        self.adopt(
            key,
            CredentialKind::ApiToken,
            &details,
            Credential::ApiToken(token.clone()),
            Keep::AndUse,
        )
    }

    /// Uses another of the held credentials, if one call with it works.
    pub(crate) async fn use_credential(&self, args: &CredentialArgs) -> Result<CredentialsView, Problem> {
        let org = self.org(&args.org)?;
        if !self
            .store
            .credentials(&org.key)?
            .iter()
            .any(|(kind, _)| *kind == args.kind)
        {
            return Err(local::not_signed_in(org.origin.host()));
        }
        let target = self.target_with(&org, args.kind).await?;
        self.prove(&target).await?;
        self.store.use_credential(&org.key, Some(args.kind))?;
        self.tell_credentials(&org.key);
        self.changed(Topic::Apps, Some(&org.key), None);
        self.credentials_view(&org)
    }

    /// Tells the window that an org's credentials changed.
    pub(crate) fn tell_credentials(&self, org: &str) {
        self.changed(Topic::Credentials, Some(org), None);
        self.tell_orgs();
    }
}

/// An org's address without a credential.
pub(crate) fn bare(org: &Org) -> Target {
    Target {
        key: org.key.clone(),
        origin: org.origin.clone(),
        credential: Credential::None,
    }
}

/// A service app's source of access tokens. The key tokens are bound to lives as long as the tokens: in memory.
pub(crate) fn service(client_id: String, scopes: Vec<String>, key: SigningKey) -> Result<Source, Problem> {
    let dpop = SigningKey::generate(crate::ipc::views::signin::KeyAlg::Es256)?;
    Ok(Source::new(
        client_id,
        scopes,
        How::Service { key: Arc::new(key) },
        Arc::new(dpop),
    ))
}
