//! The operating system's keychain, through keyring-core and the platform's store.

use super::{Answer, Bytes, Lasting, MOST_BYTES, SERVICE, Vault, VaultError};
use keyring_core::{CredentialStore, Entry, Error};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};
use zeroize::Zeroizing;

/// Longest wait for one answer of the keychain.
const PATIENCE: Duration = Duration::from_secs(5);
/// Longest look at all items together.
const LONGEST_LOOK: Duration = Duration::from_secs(15);
/// Nobody answers a prompt this fast. A “no” that comes sooner came from a system that has no prompt to show.
#[cfg(target_os = "linux")]
const AT_ONCE: Duration = Duration::from_millis(700);

/// Opens the store, anew for each call.
type Open = Arc<dyn Fn() -> keyring_core::Result<Arc<CredentialStore>> + Send + Sync>;

/// The operating system's keychain.
pub struct OsVault {
    open: Open,
    patience: Duration,
}

impl Default for OsVault {
    fn default() -> Self {
        Self {
            open: Arc::new(open_store),
            patience: PATIENCE,
        }
    }
}

#[cfg(target_os = "linux")]
fn open_store() -> keyring_core::Result<Arc<CredentialStore>> {
    zbus_secret_service_keyring_store::Store::new().map(|s| s as Arc<CredentialStore>)
}

#[cfg(target_os = "macos")]
fn open_store() -> keyring_core::Result<Arc<CredentialStore>> {
    apple_native_keyring_store::keychain::Store::new().map(|s| s as Arc<CredentialStore>)
}

#[cfg(target_os = "windows")]
fn open_store() -> keyring_core::Result<Arc<CredentialStore>> {
    windows_native_keyring_store::Store::new().map(|s| s as Arc<CredentialStore>)
}

/// An entry of an open store.
fn entry(store: &CredentialStore, item: &str) -> Result<Entry, Error> {
    #[cfg(target_os = "windows")]
    // Without this the item roams with the user's profile to other machines.
    let modifiers = Some(HashMap::from([("persistence", "local")]));
    #[cfg(not(target_os = "windows"))]
    let modifiers: Option<HashMap<&str, &str>> = None;
    store.build(SERVICE, item, modifiers.as_ref())
}

/// Deletes what is under a name, were it more than one item.
fn delete(entry: &Entry) -> Result<(), Error> {
    match entry.delete_credential() {
        Err(Error::Ambiguous(all)) => all.iter().try_for_each(Entry::delete_credential),
        other => other,
    }
}

/// Stores, replacing what is there.
fn store_secret(entry: &Entry, bytes: &[u8]) -> Result<(), Error> {
    let stored = match entry.set_secret(bytes) {
        Err(Error::Ambiguous(all)) => {
            all.iter().try_for_each(Entry::delete_credential)?;
            entry.set_secret(bytes)
        }
        other => other,
    };
    if let Err(error) = &stored
        && !matches!(error, Error::NoStorageAccess(_))
    {
        // A failed write must leave neither half an item nor an older secret that then shadows the new one. A keychain
        // that is closed took nothing, and would only ask the person once more.
        let _ = delete(entry);
    }
    stored
}

fn classify(error: &Error, took: Duration) -> VaultError {
    match error {
        Error::NoStorageAccess(inner) => no_access(inner.as_ref(), took),
        Error::TooLong(..) => VaultError::TooLong,
        Error::NoDefaultStore => VaultError::Missing,
        Error::PlatformFailure(inner) => platform(inner.as_ref()),
        _ => VaultError::Denied,
    }
}

type Inner = dyn std::error::Error + Send + Sync + 'static;

#[cfg(target_os = "linux")]
fn no_access(inner: &Inner, took: Duration) -> VaultError {
    match inner.downcast_ref::<secret_service::Error>() {
        // The prompt is the one that unlocks: dismissed by nobody means that it was never seen.
        Some(secret_service::Error::Prompt) if took < AT_ONCE => VaultError::Locked,
        Some(secret_service::Error::Prompt) => VaultError::Denied,
        // A daemon without a usable collection.
        Some(secret_service::Error::NoResult) => VaultError::Missing,
        _ => VaultError::Locked,
    }
}

#[cfg(not(target_os = "linux"))]
fn no_access(_inner: &Inner, _took: Duration) -> VaultError {
    VaultError::Locked
}

#[cfg(target_os = "linux")]
fn platform(inner: &Inner) -> VaultError {
    match inner.downcast_ref::<secret_service::Error>() {
        Some(secret_service::Error::Unavailable) => VaultError::Missing,
        // The library passes D-Bus errors on by their names.
        Some(secret_service::Error::Zbus(error)) => match error.to_string() {
            name if name.contains("Secret.Error.IsLocked") => VaultError::Locked,
            name if name.contains("DBus.Error.AccessDenied") => VaultError::Denied,
            _ => VaultError::Missing,
        },
        _ => VaultError::Denied,
    }
}

#[cfg(not(target_os = "linux"))]
fn platform(_inner: &Inner) -> VaultError {
    VaultError::Denied
}

/// Whether anybody still waits for the answer.
type Wanted<'a> = &'a dyn Fn() -> bool;

impl OsVault {
    /// Runs a keychain call on a thread of its own, which a daemon may hold on to for ever, and waits for it as long as
    /// a person would.
    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Open, Wanted<'_>) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let open = self.open.clone();
        let (out, answer) = oneshot::channel();
        thread(move || {
            let done = work(&open, &|| !out.is_closed());
            let _ = out.send(done);
        })?;
        match tokio::time::timeout(self.patience, answer).await {
            Ok(Ok(done)) => done,
            Ok(Err(_)) => Err(VaultError::Denied),
            Err(_) => Err(VaultError::Slow),
        }
    }

    /// [`OsVault::ask`] about one item.
    async fn ask_of<T: Send + 'static>(
        &self,
        item: &str,
        work: impl FnOnce(&Entry, Wanted<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, VaultError> {
        let item = item.to_owned();
        self.ask(move |open, wanted| {
            let begun = Instant::now();
            let store = open().map_err(|_| VaultError::Missing)?;
            entry(store.as_ref(), &item)
                .and_then(|entry| work(&entry, wanted))
                .map_err(|error| classify(&error, begun.elapsed()))
        })
        .await
    }
}

fn thread(work: impl FnOnce() + Send + 'static) -> Result<(), VaultError> {
    std::thread::Builder::new()
        .name("keychain".into())
        .spawn(work)
        .map(|_| ())
        .map_err(|_| VaultError::Denied)
}

impl Vault for OsVault {
    fn read<'a>(&'a self, item: &'a str) -> Answer<'a, Option<Bytes>> {
        Box::pin(self.ask_of(item, |entry, _| match entry.get_secret() {
            Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        }))
    }

    fn write<'a>(&'a self, item: &'a str, bytes: Bytes) -> Answer<'a, ()> {
        Box::pin(async move {
            if bytes.len() > MOST_BYTES {
                return Err(VaultError::TooLong);
            }
            self.ask_of(item, move |entry, wanted| {
                // The person was told that it failed: what hung until now must not happen after all.
                if wanted() {
                    store_secret(entry, &bytes)
                } else {
                    Ok(())
                }
            })
            .await
        })
    }

    fn delete<'a>(&'a self, item: &'a str) -> Answer<'a, bool> {
        Box::pin(self.ask_of(item, |entry, _| match delete(entry) {
            Ok(()) => Ok(true),
            Err(Error::NoEntry) => Ok(false),
            Err(error) => Err(error),
        }))
    }

    fn look<'a>(&'a self, items: &'a [String]) -> Answer<'a, Vec<Option<bool>>> {
        Box::pin(async move {
            let (open, names) = (self.open.clone(), items.to_vec());
            let (out, mut found) = mpsc::unbounded_channel();
            thread(move || {
                let begun = Instant::now();
                let store = match open() {
                    Ok(store) => store,
                    Err(_) => {
                        let _ = out.send(Err(VaultError::Missing));
                        return;
                    }
                };
                for name in names {
                    let there = match entry(store.as_ref(), &name).and_then(|entry| entry.get_credential()) {
                        Ok(_) | Err(Error::Ambiguous(_)) => Ok(true),
                        Err(Error::NoEntry) => Ok(false),
                        Err(error) => Err(classify(&error, begun.elapsed())),
                    };
                    // A closed keychain would ask the person once an item.
                    let stop = there.is_err();
                    if out.send(there).is_err() || stop {
                        return;
                    }
                }
            })?;
            let end = tokio::time::Instant::now() + LONGEST_LOOK.min(self.patience * 3);
            let mut all = vec![None; items.len()];
            for (at, answer) in all.iter_mut().enumerate() {
                let wait = end.min(tokio::time::Instant::now() + self.patience);
                match tokio::time::timeout_at(wait, found.recv()).await {
                    Ok(Some(Ok(there))) => *answer = Some(there),
                    Ok(Some(Err(error))) if at == 0 => return Err(error),
                    Err(_) if at == 0 => return Err(VaultError::Slow),
                    _ => break,
                }
            }
            Ok(all)
        })
    }

    #[cfg(target_os = "linux")]
    fn lasting(&self) -> Answer<'_, Lasting> {
        Box::pin(self.ask(|_, _| default_collection()))
    }

    #[cfg(target_os = "macos")]
    fn lasting(&self) -> Answer<'_, Lasting> {
        Box::pin(std::future::ready(Ok(Lasting {
            survives: Some(true),
            why: "The login keychain of macOS is kept on disk, encrypted with your login password.".into(),
        })))
    }

    #[cfg(target_os = "windows")]
    fn lasting(&self) -> Answer<'_, Lasting> {
        Box::pin(std::future::ready(Ok(Lasting {
            survives: Some(true),
            why: "Windows Credential Manager keeps it on this computer, encrypted for your Windows account."
                .into(),
        })))
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

/// New items go to the default collection. One is made for the session only, and a keychain can be set up to use it.
#[cfg(target_os = "linux")]
fn default_collection() -> Result<Lasting, VaultError> {
    use secret_service::EncryptionType;
    use secret_service::blocking::SecretService;
    // No secret goes over this connection.
    let service = SecretService::connect(EncryptionType::Plain).map_err(|_| VaultError::Missing)?;
    match service.get_default_collection() {
        Ok(collection) => {
            let label = collection.get_label().unwrap_or_default();
            Ok(if collection.collection_path.as_str().ends_with("/session") {
                Lasting {
                    survives: Some(false),
                    why: "The keychain's default collection is the session's: it is emptied when you sign out.".into(),
                }
            } else {
                Lasting {
                    survives: Some(true),
                    why: format!("New items go to the collection “{label}”, which is kept on disk, encrypted."),
                }
            })
        }
        Err(secret_service::Error::NoResult) => Ok(Lasting {
            survives: None,
            why: "The keychain has no default collection yet. It makes one, and asks for a password, when something is stored.".into(),
        }),
        Err(_) => Err(VaultError::Missing),
    }
}

#[cfg(test)]
impl OsVault {
    /// Another store behind the same code, with less patience.
    pub(super) fn over(open: Open, patience: Duration) -> Self {
        Self { open, patience }
    }
}
