//! The code that speaks to the system's keychain, with a store behind it that misbehaves in every way it can.

use super::*;
use crate::ipc::views::signin::KeyAlg;
use crate::okta::auth::keys::SigningKey;
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{KeyPair as RsaPair, KeySize};
use keyring_core::api::{Credential, CredentialApi, CredentialStoreApi};
use keyring_core::{CredentialStore, Entry, Error, Result};
use proptest::prelude::*;
use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// Windows' limit, `CRED_MAX_CREDENTIAL_BLOB_SIZE` (wincred.h).
const WINDOWS: usize = 5 * 512;
/// The vault's patience here.
const SHORT: Duration = Duration::from_millis(400);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mood {
    Works,
    Absent,
    Locked,
    Denies,
    HangsWhenOpened,
    /// Only over this item.
    HangsOver(&'static str),
    WritesHalf,
    /// The prompt is dismissed after so many milliseconds.
    #[cfg(target_os = "linux")]
    Dismisses(u64),
    /// There is no collection to use.
    #[cfg(target_os = "linux")]
    Empty,
}

#[derive(Default)]
struct Inside {
    items: Mutex<HashMap<String, Vec<u8>>>,
    mood: Mutex<Option<Mood>>,
    changed: Condvar,
    opened: Mutex<usize>,
}

impl Inside {
    fn mood(&self) -> Mood {
        self.mood.lock().unwrap().unwrap_or(Mood::Works)
    }

    fn becomes(&self, mood: Mood) {
        *self.mood.lock().unwrap() = Some(mood);
        self.changed.notify_all();
    }

    /// Sits there for as long as the mood stays.
    fn sit_out(&self, mood: Mood) {
        let held = self.mood.lock().unwrap();
        drop(self.changed.wait_while(held, |now| *now == Some(mood)).unwrap());
    }

    fn names(&self) -> Vec<String> {
        self.items.lock().unwrap().keys().cloned().collect()
    }
}

struct Fake(Arc<Inside>);

impl CredentialStoreApi for Fake {
    fn vendor(&self) -> String {
        "fake".into()
    }
    fn id(&self) -> String {
        "fake".into()
    }
    fn build(&self, service: &str, user: &str, _: Option<&HashMap<&str, &str>>) -> Result<Entry> {
        assert_eq!(service, SERVICE);
        Ok(Entry::new_with_credential(Arc::new(Item(
            self.0.clone(),
            user.to_owned(),
        ))))
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

struct Item(Arc<Inside>, String);

impl Item {
    fn ask(&self) -> Result<()> {
        match self.0.mood() {
            Mood::Locked => Err(Error::NoStorageAccess("it is locked".into())),
            Mood::Denies => Err(Error::PlatformFailure("no".into())),
            #[cfg(target_os = "linux")]
            Mood::Dismisses(after) => {
                std::thread::sleep(Duration::from_millis(after));
                Err(Error::NoStorageAccess(Box::new(secret_service::Error::Prompt)))
            }
            #[cfg(target_os = "linux")]
            Mood::Empty => Err(Error::NoStorageAccess(Box::new(secret_service::Error::NoResult))),
            Mood::HangsOver(name) if self.1 == name => {
                self.0.sit_out(Mood::HangsOver(name));
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl CredentialApi for Item {
    fn set_secret(&self, secret: &[u8]) -> Result<()> {
        self.ask()?;
        if secret.len() > WINDOWS {
            return Err(Error::TooLong("blob".into(), 2560));
        }
        if self.0.mood() == Mood::WritesHalf {
            let half = secret[..secret.len() / 2].to_vec();
            self.0.items.lock().unwrap().insert(self.1.clone(), half);
            return Err(Error::PlatformFailure("the disk is full".into()));
        }
        self.0
            .items
            .lock()
            .unwrap()
            .insert(self.1.clone(), secret.to_vec());
        Ok(())
    }
    fn get_secret(&self) -> Result<Vec<u8>> {
        self.ask()?;
        self.0
            .items
            .lock()
            .unwrap()
            .get(&self.1)
            .cloned()
            .ok_or(Error::NoEntry)
    }
    fn delete_credential(&self) -> Result<()> {
        self.ask()?;
        self.0
            .items
            .lock()
            .unwrap()
            .remove(&self.1)
            .map(|_| ())
            .ok_or(Error::NoEntry)
    }
    fn get_credential(&self) -> Result<Option<Arc<Credential>>> {
        self.get_secret().map(|_| None)
    }
    fn get_specifiers(&self) -> Option<(String, String)> {
        None
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn vault() -> (OsVault, Arc<Inside>) {
    vault_with(SHORT)
}

fn vault_with(patience: Duration) -> (OsVault, Arc<Inside>) {
    let inside = Arc::new(Inside::default());
    let store = inside.clone();
    let open = move || {
        *store.opened.lock().unwrap() += 1;
        match store.mood() {
            Mood::Absent => return Err(Error::PlatformFailure("nobody offers one".into())),
            Mood::HangsWhenOpened => store.sit_out(Mood::HangsWhenOpened),
            _ => {}
        }
        Ok(Arc::new(Fake(store.clone())) as Arc<CredentialStore>)
    };
    (OsVault::over(Arc::new(open), patience), inside)
}

fn bytes(length: usize) -> Bytes {
    Zeroizing::new((0..length).map(|at| u8::try_from(at % 256).unwrap()).collect())
}

#[tokio::test]
async fn what_is_too_long_is_refused_before_the_keychain_hears_of_it() {
    let (vault, inside) = vault();
    assert_eq!(
        vault.write("org:a:service-key", bytes(MOST_BYTES + 1)).await,
        Err(VaultError::TooLong)
    );
    assert_eq!(*inside.opened.lock().unwrap(), 0);
    vault
        .write("org:a:service-key", bytes(MOST_BYTES))
        .await
        .expect("the most fits into Windows");
    assert_eq!(vault.read("org:a:service-key").await, Ok(Some(bytes(MOST_BYTES))));
}

#[tokio::test]
async fn keys_of_every_kind_that_fits_come_back_as_the_bytes_they_were() {
    let (vault, _) = vault();
    let rsa = |size| {
        let der = RsaPair::generate(size)
            .and_then(|pair| pair.as_der())
            .expect("a key");
        SigningKey::from_pkcs8(Zeroizing::new(der.as_ref().to_vec())).expect("read")
    };
    let p256 = SigningKey::generate(KeyAlg::Es256).expect("a key");
    for key in [p256, rsa(KeySize::Rsa2048), rsa(KeySize::Rsa4096)] {
        let name = item("acme.okta.com", ItemKind::ServiceKey);
        vault.write(&name, key.pkcs8().clone()).await.expect("fits");
        let read = vault.read(&name).await.expect("works").expect("is there");
        assert_eq!(&*read, &**key.pkcs8());
        assert_eq!(SigningKey::from_pkcs8(read).expect("read").kid(), key.kid());
    }
}

#[tokio::test]
async fn a_write_that_broke_off_leaves_nothing_behind() {
    let (vault, inside) = vault();
    inside.becomes(Mood::WritesHalf);
    assert_eq!(
        vault.write("org:a:api-token", bytes(40)).await,
        Err(VaultError::Denied)
    );
    assert_eq!(inside.names(), Vec::<String>::new(), "half a token is no token");
}

#[tokio::test]
async fn each_way_to_fail_has_its_own_answer_and_ends_without_a_restart() {
    let (vault, inside) = vault();
    vault.write("org:a:api-token", bytes(42)).await.expect("stored");
    for (mood, expected) in [
        (Mood::Absent, VaultError::Missing),
        (Mood::Locked, VaultError::Locked),
        (Mood::Denies, VaultError::Denied),
        (Mood::HangsWhenOpened, VaultError::Slow),
        (Mood::HangsOver("org:a:api-token"), VaultError::Slow),
    ] {
        inside.becomes(mood);
        assert_eq!(vault.read("org:a:api-token").await, Err(expected), "{mood:?}");
        assert_eq!(
            vault.write("org:a:api-token", bytes(9)).await,
            Err(expected),
            "{mood:?}"
        );
        assert_eq!(vault.delete("org:a:api-token").await, Err(expected), "{mood:?}");
        assert_eq!(
            vault.look(&["org:a:api-token".into()]).await,
            Err(expected),
            "{mood:?}"
        );
        let words = expected.problem();
        assert!(!words.title.is_empty() && !words.next.is_empty(), "{words:?}");
        if expected != VaultError::Slow {
            inside.becomes(Mood::Works);
            assert_eq!(
                vault.read("org:a:api-token").await,
                Ok(Some(bytes(42))),
                "after {mood:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_keychain_that_hangs_holds_nobody_else_up() {
    let (vault, inside) = vault();
    vault.write("org:b:api-token", bytes(42)).await.expect("stored");
    inside.becomes(Mood::HangsOver("org:a:api-token"));
    let begun = Instant::now();
    // One thread runs all of this: a call that blocked it would let none of the others go on.
    let (hanging, other, ticks) = tokio::join!(
        vault.read("org:a:api-token"),
        vault.read("org:b:api-token"),
        async {
            let mut ticks = 0;
            while begun.elapsed() < SHORT / 2 {
                tokio::time::sleep(Duration::from_millis(10)).await;
                ticks += 1;
            }
            ticks
        }
    );
    assert_eq!(hanging, Err(VaultError::Slow));
    assert_eq!(other, Ok(Some(bytes(42))));
    assert!(ticks > 2, "{ticks}");
    inside.becomes(Mood::Works);
    assert_eq!(vault.read("org:a:api-token").await, Ok(None));
}

#[tokio::test]
async fn a_write_nobody_waits_for_any_more_does_not_happen_after_all() {
    let (vault, inside) = vault();
    inside.becomes(Mood::HangsWhenOpened);
    assert_eq!(
        vault.write("org:a:api-token", bytes(42)).await,
        Err(VaultError::Slow)
    );
    inside.becomes(Mood::Works);
    // A later call goes the same way, and is through before this ends.
    tokio::time::sleep(SHORT).await;
    assert_eq!(vault.read("org:a:api-token").await, Ok(None));
}

#[tokio::test]
async fn one_look_opens_the_keychain_once_and_gives_up_where_it_stops_to_answer() {
    let (vault, inside) = vault();
    let names: Vec<String> = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
    for name in ["a", "c", "d"] {
        vault.write(name, bytes(1)).await.expect("stored");
    }
    let before = *inside.opened.lock().unwrap();
    let found = vault.look(&names).await;
    assert_eq!(found, Ok(vec![Some(true), Some(false), Some(true), Some(true)]));
    assert_eq!(*inside.opened.lock().unwrap(), before + 1);
    inside.becomes(Mood::HangsOver("c"));
    let begun = Instant::now();
    let found = vault.look(&names).await;
    assert_eq!(found, Ok(vec![Some(true), Some(false), None, None]));
    assert!(begun.elapsed() < SHORT * 3, "it is not asked again");
    inside.becomes(Mood::Works);
}

/// Without a program that asks, a locked keychain answers as if the person had said no.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_prompt_nobody_saw_means_locked_and_one_that_was_answered_means_no() {
    let (vault, inside) = vault_with(Duration::from_secs(5));
    for (mood, expected) in [
        (Mood::Dismisses(0), VaultError::Locked),
        (Mood::Dismisses(1_500), VaultError::Denied),
        (Mood::Empty, VaultError::Missing),
    ] {
        inside.becomes(mood);
        assert_eq!(vault.read("org:a:api-token").await, Err(expected), "{mood:?}");
    }
}

#[tokio::test]
async fn probes_at_the_same_time_do_not_disturb_each_other_and_leave_nothing_behind() {
    let (vault, inside) = vault();
    let (one, other, third) = tokio::join!(probe(&vault), probe(&vault), probe(&vault));
    assert_eq!((one, other, third), (Ok(()), Ok(()), Ok(())));
    assert_eq!(inside.names(), Vec::<String>::new());
}

proptest! {
    #[test]
    fn no_two_secrets_share_a_name(
        a in "[a-z0-9.:-]{1,253}", b in "[a-z0-9.:-]{1,253}", x in 0_usize..5, y in 0_usize..5,
    ) {
        let (x, y) = (ItemKind::ALL[x], ItemKind::ALL[y]);
        for (one, other) in [(&a, &b), (&a, &a)] {
            let same = item(one, x) == item(other, y);
            prop_assert_eq!(same, one == other && x == y);
            prop_assert!(!same || item_of(one, &item(other, y)));
            prop_assert_eq!(item_of(one, &item(other, y)), one == other);
        }
        prop_assert!(item(&a, x).len() < 512);
    }
}
