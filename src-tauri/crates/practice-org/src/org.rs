//! The state every request shares.

use crate::Options;
use crate::faults::Faults;
use crate::gate::auth::{ACCESS_LIFE, Access};
use crate::gate::random;
use crate::ledger::Ledger;
use crate::seed;
use crate::world::World;
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// One org.
pub(crate) struct Org {
    pub(crate) url: String,
    pub(crate) host: String,
    pub(crate) token: String,
    pub(crate) key: String,
    pub(crate) faults: Faults,
    options: Options,
    world: Mutex<World>,
    ledger: Mutex<Ledger>,
    access: Mutex<HashMap<String, Access>>,
    /// Seconds the org's clock is ahead.
    ahead: AtomicI64,
}

fn hold<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Org {
    pub(crate) fn new(options: Options, host: String) -> Self {
        Self {
            url: format!("http://{host}"),
            host,
            // As Okta's tokens: 42 characters that begin with 00.
            token: options
                .token
                .clone()
                .unwrap_or_else(|| format!("00{}", random(40))),
            key: random(40),
            faults: Faults::new(options.limits),
            world: Mutex::new(seed::plant(options.seed, options.apps, options.users)),
            options,
            ledger: Mutex::default(),
            access: Mutex::default(),
            ahead: AtomicI64::new(0),
        }
    }

    /// The org as it was at the start, but for its token and key.
    pub(crate) fn reset(&self) {
        *self.world() = seed::plant(self.options.seed, self.options.apps, self.options.users);
        self.faults.clear();
        self.ledger().clear();
        hold(&self.access).clear();
        self.ahead.store(0, Ordering::SeqCst);
    }

    /// The world. Held for the length of one answer, never across a wait.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        hold(&self.world)
    }

    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        hold(&self.ledger)
    }

    /// Org time, UNIX seconds.
    pub(crate) fn now(&self) -> i64 {
        jiff::Timestamp::now().as_second() + self.ahead.load(Ordering::SeqCst)
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.ahead.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Makes an access token.
    pub(crate) fn grant(&self, scopes: &[&str]) -> String {
        let token = format!("eyJraWQiOiJwcmFjdGljZSJ9.{}.{}", random(120), random(86));
        let scopes = scopes.iter().map(|s| (*s).to_owned()).collect();
        hold(&self.access).insert(
            token.clone(),
            Access {
                scopes,
                until: self.now() + ACCESS_LIFE,
            },
        );
        token
    }

    pub(crate) fn access(&self, token: &str) -> Option<Access> {
        hold(&self.access).get(token).cloned()
    }
}
