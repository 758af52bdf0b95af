//! Keys: made here or brought along, kept in the keychain until an app has the public half.

use crate::engine::{Engine, now};
use crate::ipc::args::{KeyImportArgs, KeyMakeArgs};
use crate::ipc::views::orgs::ItemKind;
use crate::ipc::views::signin::{CredentialsView, KeyView};
use crate::okta::auth::import;
use crate::okta::auth::keys::SigningKey;
use crate::ports::vault::{VaultError, item};
use crate::store::orgs::Org;
use domain::problem::{Problem, local};

impl Engine {
    /// Makes a key pair; the private half goes to the keychain.
    pub(crate) async fn make_key(&self, args: &KeyMakeArgs) -> Result<CredentialsView, Problem> {
        let org = self.org(&args.org)?;
        let key = SigningKey::generate(args.alg)?;
        self.keep_new_key(&org, &key, false).await?;
        self.tell_credentials(&org.key);
        self.credentials_view(&org)
    }

    /// Takes a private key from elsewhere.
    pub(crate) async fn import_key(&self, args: KeyImportArgs) -> Result<CredentialsView, Problem> {
        let org = self.org(&args.org)?;
        let (mut key, named) = import::read(&args.text)?;
        let typed = Some(args.kid.trim().to_owned()).filter(|kid| !kid.is_empty());
        if let Some(kid) = typed.or(named) {
            key.rename(&kid);
        }
        self.keep_new_key(&org, &key, true).await?;
        self.tell_credentials(&org.key);
        self.credentials_view(&org)
    }

    /// Stores a key that is not in use yet; an earlier one is replaced.
    pub(crate) async fn keep_new_key(
        &self,
        org: &Org,
        key: &SigningKey,
        imported: bool,
    ) -> Result<KeyView, Problem> {
        let view = KeyView {
            kid: key.kid().to_owned(),
            alg: key.alg(),
            jwk: serde_json::to_string_pretty(&key.public_jwk()).unwrap_or_default(),
            imported,
            at: now(),
        };
        self.vault_for(self.memory_only(&org.key))
            .write(&item(&org.key, ItemKind::NewKey), key.pkcs8().clone())
            .await
            .map_err(|error| match error {
                VaultError::TooLong => error.problem().field("key"),
                _ => error.problem(),
            })?;
        self.store.keep_key(&org.key, Some(&view))?;
        Ok(view)
    }

    /// The waiting key, out of the keychain.
    ///
    /// # Errors
    /// When there is none, or the keychain does not give it.
    pub(crate) async fn new_key(&self, org: &Org) -> Result<(SigningKey, KeyView), Problem> {
        let missing = || local::keychain_no_entry(org.origin.host(), "key");
        let view = self.store.key(&org.key)?.ok_or_else(missing)?;
        let found = self
            .vault_for(self.memory_only(&org.key))
            .read(&item(&org.key, ItemKind::NewKey))
            .await
            .map_err(|error| error.problem())?;
        let mut key = SigningKey::from_pkcs8(found.ok_or_else(missing)?)?;
        key.rename(&view.kid);
        Ok((key, view))
    }

    /// Deletes the waiting key.
    pub(crate) async fn drop_key(&self, key: &str) -> Result<CredentialsView, Problem> {
        let org = self.org(key)?;
        self.vault_for(self.memory_only(key))
            .delete(&item(key, ItemKind::NewKey))
            .await
            .map_err(|error| error.problem())?;
        self.store.keep_key(key, None)?;
        self.end_setups(key);
        self.tell_credentials(key);
        self.credentials_view(&org)
    }
}
