//! Where secrets are kept: the operating system's keychain, or memory.
//!
//! One item per secret, stored as bytes. The platform store is built anew on every attempt, so that “unlock and try
//! again” works without a restart; every call has five seconds, off the window's thread, since keychain daemons hang.

mod memory;
mod os;
#[cfg(test)]
mod tests;

pub use memory::MemoryVault;
pub use os::OsVault;

use crate::ipc::views::orgs::ItemKind;
use domain::problem::{Problem, local};
use domain::secret::Secret;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use zeroize::Zeroizing;

/// The keychain service every item is under.
pub const SERVICE: &str = "dev.gatehouse.desktop";
/// Windows takes 2,560 bytes a blob; stay below it everywhere.
pub const MOST_BYTES: usize = 2_500;

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

/// How long a store keeps what it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lasting {
    /// Over a restart of the computer; `None` when it can't be told.
    pub survives: Option<bool>,
    /// Why, in a sentence.
    pub why: String,
}

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
    /// Whether each of these is there, without reading what is in it; `None` where the store did not say in time. One
    /// opening of the store serves all.
    fn look<'a>(&'a self, items: &'a [String]) -> Answer<'a, Vec<Option<bool>>>;
    /// Whether what is stored now is still there after a restart of the computer.
    fn lasting(&self) -> Answer<'_, Lasting>;
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

/// An item with this name is the org's.
pub fn item_of(key: &str, name: &str) -> bool {
    ItemKind::ALL.iter().any(|kind| item(key, *kind) == name)
}

/// Name of an org's API token item.
pub fn token_item(key: &str) -> String {
    item(key, ItemKind::ApiToken)
}

/// Writes, reads and deletes a probe item.
///
/// # Errors
/// The first thing that went wrong.
pub async fn probe(vault: &dyn Vault) -> Result<(), VaultError> {
    // Two at once must not delete each other's; few names, so that what a hanging keychain keeps does not pile up.
    static TURN: AtomicUsize = AtomicUsize::new(0);
    let name = format!("probe-{}", TURN.fetch_add(1, Ordering::Relaxed) % 8);
    let secret = Secret::new("gatehouse keychain test".into());
    vault.set(&name, &secret).await?;
    let found = vault.get(&name).await;
    // Whatever the reading came to, nothing is left behind; only a store that does not answer is not asked again.
    if found.as_ref().err() != Some(&VaultError::Slow) {
        vault.delete(&name).await?;
    }
    match found? {
        Some(read) if read.expose() == secret.expose() => Ok(()),
        _ => Err(VaultError::Denied),
    }
}
