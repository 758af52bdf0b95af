//! Where secrets are kept: the operating system's keychain, or memory.
//!
//! One item per secret, stored as bytes. The platform store is built anew on every attempt, so that “unlock and try
//! again” works without a restart; every call has five seconds, off the window's thread, since keychain daemons hang.

use crate::ipc::views::orgs::ItemKind;
use domain::problem::{Problem, local};
use domain::secret::Secret;
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use zeroize::Zeroizing;

/// The keychain service every item is under.
pub const SERVICE: &str = "dev.gatehouse.desktop";
/// Longest wait for the keychain.
const PATIENCE: Duration = Duration::from_secs(5);
/// Windows takes 2,560 bytes a blob; stay below it everywhere.
const MOST_BYTES: usize = 2_500;

/// Why the vault did not do it. “Locked”, “denied” and “no entry” are different answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultError {
    /// There is no keychain.
    Missing,
    /// It is locked.
    Locked,
    /// It refused, or the prompt was dismissed.
    Denied,
    /// It did not answer in five seconds.
    Slow,
    /// The secret does not fit.
    TooLong,
}

impl VaultError {
    /// In a person's words.
    pub fn problem(self) -> Problem {
        match self {
            Self::Missing => local::keychain_missing(),
            Self::Locked => local::keychain_locked(),
            Self::Denied => local::keychain_denied(),
            Self::Slow => local::keychain_slow(),
            Self::TooLong => local::keychain_too_long(),
        }
    }
}

/// A future of a vault call.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, VaultError>> + Send + 'a>>;

/// Bytes of a secret, wiped on drop.
pub type Bytes = Zeroizing<Vec<u8>>;

/// A place for secrets.
pub trait Vault: Send + Sync {
    /// The secret's bytes, or `None` when there is no entry.
    fn read<'a>(&'a self, item: &'a str) -> Answer<'a, Option<Bytes>>;
    /// Stores a secret, replacing an earlier one. What is too long is refused before anything is written.
    fn write<'a>(&'a self, item: &'a str, bytes: Bytes) -> Answer<'a, ()>;
    /// A secret text, or `None` when there is no entry.
    fn get<'a>(&'a self, item: &'a str) -> Answer<'a, Option<Secret>> {
        Box::pin(async move {
            let bytes = self.read(item).await?;
            Ok(bytes.and_then(|bytes| Some(Secret::new(std::str::from_utf8(&bytes).ok()?.to_owned()))))
        })
    }
    /// Stores a secret text, replacing an earlier one.
    fn set<'a>(&'a self, item: &'a str, secret: &'a Secret) -> Answer<'a, ()> {
        self.write(item, Zeroizing::new(secret.expose().as_bytes().to_vec()))
    }
    /// Deletes a secret; `false` when there was none.
    fn delete<'a>(&'a self, item: &'a str) -> Answer<'a, bool>;
    /// What people call this store.
    fn store_name(&self) -> &'static str;
}

/// Name of an org's item. `key` is the org's key, which holds its host, so no two orgs share one.
pub fn item(key: &str, kind: ItemKind) -> String {
    let kind = match kind {
        ItemKind::ApiToken => "api-token",
        ItemKind::ServiceKey => "service-key",
        ItemKind::NewKey => "new-key",
        ItemKind::RefreshToken => "refresh-token",
        ItemKind::SignInKey => "sign-in-key",
    };
    format!("org:{key}:{kind}")
}

/// Name of an org's API token item.
pub fn token_item(key: &str) -> String {
    item(key, ItemKind::ApiToken)
}

/// The operating system's keychain.
#[derive(Debug, Default)]
pub struct OsVault;

#[cfg(target_os = "linux")]
fn open_store() -> keyring_core::Result<Arc<keyring_core::CredentialStore>> {
    zbus_secret_service_keyring_store::Store::new().map(|s| s as Arc<keyring_core::CredentialStore>)
}

#[cfg(target_os = "macos")]
fn open_store() -> keyring_core::Result<Arc<keyring_core::CredentialStore>> {
    apple_native_keyring_store::keychain::Store::new().map(|s| s as Arc<keyring_core::CredentialStore>)
}

#[cfg(target_os = "windows")]
fn open_store() -> keyring_core::Result<Arc<keyring_core::CredentialStore>> {
    windows_native_keyring_store::Store::new().map(|s| s as Arc<keyring_core::CredentialStore>)
}

/// An entry in a freshly opened store.
fn entry(item: &str) -> Result<keyring_core::Entry, VaultError> {
    let store = open_store().map_err(|_| VaultError::Missing)?;
    #[cfg(target_os = "windows")]
    // Without this the item roams with the user's profile to other machines.
    let modifiers = Some(HashMap::from([("persistence", "local")]));
    #[cfg(not(target_os = "windows"))]
    let modifiers: Option<HashMap<&str, &str>> = None;
    store
        .build(SERVICE, item, modifiers.as_ref())
        .map_err(|error| classify(&error))
}

fn classify(error: &keyring_core::Error) -> VaultError {
    match error {
        keyring_core::Error::NoStorageAccess(inner) => no_access(inner.as_ref()),
        keyring_core::Error::TooLong(..) => VaultError::TooLong,
        keyring_core::Error::NoDefaultStore => VaultError::Missing,
        keyring_core::Error::PlatformFailure(inner) => platform(inner.as_ref()),
        _ => VaultError::Denied,
    }
}

#[cfg(target_os = "linux")]
fn no_access(inner: &(dyn std::error::Error + Send + Sync + 'static)) -> VaultError {
    match inner.downcast_ref::<secret_service::Error>() {
        // A dismissed prompt is the person's or the system's “no”; no result is a daemon without a usable collection.
        Some(secret_service::Error::Prompt) => VaultError::Denied,
        Some(secret_service::Error::NoResult) => VaultError::Missing,
        _ => VaultError::Locked,
    }
}

#[cfg(not(target_os = "linux"))]
fn no_access(_inner: &(dyn std::error::Error + Send + Sync + 'static)) -> VaultError {
    VaultError::Locked
}

#[cfg(target_os = "linux")]
fn platform(inner: &(dyn std::error::Error + Send + Sync + 'static)) -> VaultError {
    match inner.downcast_ref::<secret_service::Error>() {
        Some(secret_service::Error::Unavailable | secret_service::Error::Zbus(_)) => VaultError::Missing,
        _ => VaultError::Denied,
    }
}

#[cfg(not(target_os = "linux"))]
fn platform(_inner: &(dyn std::error::Error + Send + Sync + 'static)) -> VaultError {
    VaultError::Denied
}

/// Runs a keychain call on a thread that may block, for at most [`PATIENCE`].
async fn patiently<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, VaultError> + Send + 'static,
) -> Result<T, VaultError> {
    match tokio::time::timeout(PATIENCE, tokio::task::spawn_blocking(work)).await {
        Ok(Ok(done)) => done,
        Ok(Err(_)) => Err(VaultError::Denied),
        Err(_) => Err(VaultError::Slow),
    }
}

impl Vault for OsVault {
    fn read<'a>(&'a self, item: &'a str) -> Answer<'a, Option<Bytes>> {
        let item = item.to_owned();
        Box::pin(patiently(move || match entry(&item)?.get_secret() {
            Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
            Err(keyring_core::Error::NoEntry) => Ok(None),
            Err(error) => Err(classify(&error)),
        }))
    }

    fn write<'a>(&'a self, item: &'a str, bytes: Bytes) -> Answer<'a, ()> {
        let item = item.to_owned();
        Box::pin(async move {
            if bytes.len() > MOST_BYTES {
                return Err(VaultError::TooLong);
            }
            patiently(move || {
                let entry = entry(&item)?;
                entry.set_secret(&bytes).map_err(|error| {
                    // A failed write must not leave an older secret that then shadows the new one.
                    let _ = entry.delete_credential();
                    classify(&error)
                })
            })
            .await
        })
    }

    fn delete<'a>(&'a self, item: &'a str) -> Answer<'a, bool> {
        let item = item.to_owned();
        Box::pin(patiently(move || match entry(&item)?.delete_credential() {
            Ok(()) => Ok(true),
            Err(keyring_core::Error::NoEntry) => Ok(false),
            Err(error) => Err(classify(&error)),
        }))
    }

    fn store_name(&self) -> &'static str {
        if cfg!(target_os = "macos") {
            "macOS Keychain"
        } else if cfg!(target_os = "windows") {
            "Windows Credential Manager"
        } else {
            "Secret Service (GNOME Keyring or KWallet)"
        }
    }
}

/// Secrets in memory, for “this session only” and for tests; can be told to fail.
#[derive(Default)]
pub struct MemoryVault {
    items: Mutex<HashMap<String, Bytes>>,
    fault: Mutex<Option<VaultError>>,
}

impl MemoryVault {
    /// Every further call fails so, until told otherwise.
    pub fn fail(&self, fault: Option<VaultError>) {
        if let Ok(mut slot) = self.fault.lock() {
            *slot = fault;
        }
    }

    fn check(&self) -> Result<(), VaultError> {
        match self.fault.lock().ok().and_then(|slot| *slot) {
            Some(fault) => Err(fault),
            None => Ok(()),
        }
    }
}

impl Vault for MemoryVault {
    fn read<'a>(&'a self, item: &'a str) -> Answer<'a, Option<Bytes>> {
        Box::pin(async move {
            self.check()?;
            Ok(self.items.lock().ok().and_then(|items| items.get(item).cloned()))
        })
    }

    fn write<'a>(&'a self, item: &'a str, bytes: Bytes) -> Answer<'a, ()> {
        Box::pin(async move {
            self.check()?;
            if bytes.len() > MOST_BYTES {
                return Err(VaultError::TooLong);
            }
            if let Ok(mut items) = self.items.lock() {
                items.insert(item.to_owned(), bytes);
            }
            Ok(())
        })
    }

    fn delete<'a>(&'a self, item: &'a str) -> Answer<'a, bool> {
        Box::pin(async move {
            self.check()?;
            Ok(self
                .items
                .lock()
                .ok()
                .is_some_and(|mut items| items.remove(item).is_some()))
        })
    }

    fn store_name(&self) -> &'static str {
        "memory only"
    }
}

/// Writes, reads and deletes a probe item.
///
/// # Errors
/// The first thing that went wrong.
pub async fn probe(vault: &dyn Vault) -> Result<(), VaultError> {
    let secret = Secret::new("gatehouse keychain test".into());
    vault.set("probe", &secret).await?;
    let found = vault.get("probe").await?;
    vault.delete("probe").await?;
    match found {
        Some(read) if read.expose() == secret.expose() => Ok(()),
        _ => Err(VaultError::Denied),
    }
}
