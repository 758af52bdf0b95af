//! The keychain as a whole: whether it works, what Gatehouse has in it, and clearing one org out of it.

use super::credentials::items_of;
use crate::engine::{Engine, hold, now};
use crate::ipc::views::orgs::{ForgetReport, ItemKind, KeychainHealth, KeychainItem, KeychainView, Presence};
use crate::ipc::views::signin::CredentialKind;
use crate::ports::vault::{Lasting, SERVICE, VaultError, item, probe};
use domain::problem::Problem;

/// One secret of an org.
struct Held {
    /// The credential it belongs to; none for a key that is not in use yet.
    of: Option<CredentialKind>,
    kind: ItemKind,
    name: String,
    session_only: bool,
    created: Option<String>,
}

/// For a sentence that says which could not be deleted.
fn words(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::ApiToken => "API token",
        ItemKind::ServiceKey => "service app's key",
        ItemKind::NewKey => "key that is not in use yet",
        ItemKind::RefreshToken => "refresh token",
        ItemKind::SignInKey => "sign-in's key",
    }
}

impl Engine {
    /// Everything Gatehouse keeps for an org.
    fn held_for(&self, key: &str) -> Result<Vec<Held>, Problem> {
        let mut all = Vec::new();
        for (of, details) in self.store.credentials(key)? {
            for kind in items_of(of) {
                all.push(Held {
                    of: Some(of),
                    kind: *kind,
                    name: item(key, *kind),
                    session_only: details.session_only,
                    created: details.created.clone(),
                });
            }
        }
        if let Some(waiting) = self.store.key(key)? {
            all.push(Held {
                of: None,
                kind: ItemKind::NewKey,
                name: item(key, ItemKind::NewKey),
                session_only: self.memory_only(key),
                created: Some(waiting.at),
            });
        }
        Ok(all)
    }

    /// A credential that needs no keychain now: it is in memory, for the session or because it is in use.
    pub(crate) fn at_hand(&self, org: &str, kind: CredentialKind) -> bool {
        hold(&self.credentials).contains_key(&(org.to_owned(), kind))
            || items_of(kind)
                .iter()
                .all(|what| self.session.has(&item(org, *what)))
    }

    /// Writes, reads and deletes a probe item.
    pub(crate) async fn test_keychain(&self) -> KeychainView {
        let outcome = probe(self.vault.as_ref()).await;
        KeychainView {
            store: self.vault.store_name().into(),
            ok: outcome.is_ok(),
            problem: outcome.err().map(|error| error.problem()),
            tested_at: Some(now()),
        }
    }

    /// The keychain and every item in it, without the content of any. A keychain that does not work is asked no further.
    pub(crate) async fn keychain_health(&self) -> Result<KeychainHealth, Problem> {
        let keychain = self.test_keychain().await;
        let mut items = Vec::new();
        let mut asked = Vec::new();
        let orgs: Vec<String> = hold(&self.orgs).iter().map(|org| org.key.clone()).collect();
        for org in orgs {
            for held in self.held_for(&org)? {
                let presence = match (held.session_only, self.session.has(&held.name)) {
                    (true, true) => Presence::Session,
                    (true, false) => Presence::Missing,
                    (false, _) => {
                        asked.push((items.len(), held.name.clone()));
                        Presence::Unknown
                    }
                };
                items.push(KeychainItem {
                    org: org.clone(),
                    kind: held.kind,
                    name: held.name,
                    created: held.created,
                    presence,
                });
            }
        }
        let mut lasting = Lasting {
            survives: None,
            why: "It can't be told while the keychain does not work.".into(),
        };
        if keychain.ok {
            let (places, names): (Vec<usize>, Vec<String>) = asked.into_iter().unzip();
            let (found, told) = futures_util::join!(self.vault.look(&names), self.vault.lasting());
            for (at, there) in places.into_iter().zip(found.unwrap_or_default()) {
                items[at].presence = match there {
                    Some(true) => Presence::Present,
                    Some(false) => Presence::Missing,
                    None => Presence::Unknown,
                };
            }
            lasting = told.unwrap_or_else(|error| Lasting {
                why: error.problem().title,
                ..lasting
            });
        }
        Ok(KeychainHealth {
            keychain,
            service: SERVICE.into(),
            survives: lasting.survives,
            survives_why: lasting.why,
            items,
        })
    }

    /// Deletes every secret of an org from the keychain and memory. What the keychain does not let go of stays listed, so
    /// that it can be tried again.
    pub(crate) async fn wipe(&self, key: &str) -> Result<ForgetReport, Problem> {
        self.end_sign_in(key).await;
        for (kind, _) in self.store.credentials(key)? {
            self.retire(key, kind).await;
        }
        self.end_setups(key);
        let mut report = ForgetReport {
            items_deleted: 0,
            failed: Vec::new(),
        };
        let all = self.held_for(key)?;
        let mut kept = Vec::new();
        // A keychain that is locked, absent or silent is not asked once an item.
        let mut closed: Option<VaultError> = None;
        for held in &all {
            let outcome = match closed.filter(|_| !held.session_only) {
                Some(error) => Err(error),
                None => self.vault_for(held.session_only).delete(&held.name).await,
            };
            match outcome {
                Ok(true) => report.items_deleted += 1,
                Ok(false) => {}
                Err(error) => {
                    if error != VaultError::Denied {
                        closed = Some(error);
                    }
                    let mut problem = error.problem();
                    problem.why = format!("The {} was not deleted. {}", words(held.kind), problem.why);
                    report.failed.push(problem);
                    kept.push(held.of);
                }
            }
        }
        for of in all.iter().map(|held| held.of) {
            match of {
                _ if kept.contains(&of) => {}
                Some(kind) => self.store.drop_credential(key, kind)?,
                None => self.store.keep_key(key, None)?,
            }
        }
        Ok(report)
    }
}
