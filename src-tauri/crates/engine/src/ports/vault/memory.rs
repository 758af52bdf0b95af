//! Secrets in memory, for “this session only” and for tests.

use super::{Answer, Bytes, Lasting, MOST_BYTES, Vault, VaultError};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Secrets in memory; can be told to fail.
#[derive(Default)]
pub struct MemoryVault {
    items: Mutex<HashMap<String, Bytes>>,
    fault: Mutex<Option<VaultError>>,
    stuck: Mutex<Vec<String>>,
    delay: Mutex<Duration>,
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl MemoryVault {
    /// Every further call fails so, until told otherwise.
    pub fn fail(&self, fault: Option<VaultError>) {
        *hold(&self.fault) = fault;
    }

    /// Every further read takes so long, as with a keychain that is asked over a bus.
    pub fn slow(&self, by: Duration) {
        *hold(&self.delay) = by;
    }

    /// Items with one of these names can't be deleted, until told otherwise.
    pub fn hold_fast(&self, names: &[&str]) {
        *hold(&self.stuck) = names.iter().map(|name| (*name).to_owned()).collect();
    }

    /// Forgets every item that `keep` does not want, by name.
    pub fn retain(&self, keep: impl Fn(&str) -> bool) {
        hold(&self.items).retain(|name, _| keep(name));
    }

    /// There is an item of this name.
    pub fn has(&self, name: &str) -> bool {
        hold(&self.items).contains_key(name)
    }

    /// Names of all items, in order.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = hold(&self.items).keys().cloned().collect();
        names.sort();
        names
    }

    fn check(&self) -> Result<(), VaultError> {
        match *hold(&self.fault) {
            Some(fault) => Err(fault),
            None => Ok(()),
        }
    }
}

impl Vault for MemoryVault {
    fn read<'a>(&'a self, item: &'a str) -> Answer<'a, Option<Bytes>> {
        Box::pin(async move {
            let delay = *hold(&self.delay);
            if !delay.is_zero() {
                tokio::time::sleep(delay).await;
            }
            self.check()?;
            Ok(hold(&self.items).get(item).cloned())
        })
    }

    fn write<'a>(&'a self, item: &'a str, bytes: Bytes) -> Answer<'a, ()> {
        Box::pin(async move {
            self.check()?;
            if bytes.len() > MOST_BYTES {
                return Err(VaultError::TooLong);
            }
            hold(&self.items).insert(item.to_owned(), bytes);
            Ok(())
        })
    }

    fn delete<'a>(&'a self, item: &'a str) -> Answer<'a, bool> {
        Box::pin(async move {
            self.check()?;
            if hold(&self.stuck).iter().any(|name| name == item) {
                return Err(VaultError::Denied);
            }
            Ok(hold(&self.items).remove(item).is_some())
        })
    }

    fn look<'a>(&'a self, items: &'a [String]) -> Answer<'a, Vec<Option<bool>>> {
        Box::pin(async move {
            self.check()?;
            let held = hold(&self.items);
            Ok(items.iter().map(|item| Some(held.contains_key(item))).collect())
        })
    }

    fn lasting(&self) -> Answer<'_, Lasting> {
        Box::pin(async move {
            self.check()?;
            Ok(Lasting {
                survives: Some(false),
                why: "Secrets are in memory only and are gone when Gatehouse is closed.".into(),
            })
        })
    }

    fn store_name(&self) -> &'static str {
        "memory only"
    }
}
