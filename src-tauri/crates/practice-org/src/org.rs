//! The state every request shares.

use crate::Options;
use crate::faults::Faults;
use crate::gate::{id, random};
use crate::ledger::Ledger;
use crate::seed;
use crate::switches::Switch;
use crate::world::World;
use crate::world::admins::Principal;
use crate::world::desk::{Access, Given};
use crate::world::reviews;
use crate::world::tokens::ApiToken;
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
    /// Seconds the org's clock is ahead.
    ahead: AtomicI64,
}

fn hold<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Org {
    pub(crate) fn new(options: Options, host: String) -> Self {
        // As Okta's tokens: 42 characters that begin with 00.
        let token = options
            .token
            .clone()
            .unwrap_or_else(|| format!("00{}", random(40)));
        Self {
            url: options.front.clone().unwrap_or_else(|| format!("http://{host}")),
            host,
            world: Mutex::new(planted(&options, &token)),
            token,
            key: random(40),
            faults: Faults::new(options.limits),
            options,
            ledger: Mutex::default(),
            ahead: AtomicI64::new(0),
        }
    }

    /// The origin roles and governance name in their links: Okta's is the org's `-admin` twin. This org has none, so it is
    /// its own address, or the one a test wants.
    pub(crate) fn admin(&self) -> String {
        self.faults.admin_origin().unwrap_or_else(|| self.url.clone())
    }

    /// The org as it was at the start, but for its token and key.
    pub(crate) fn reset(&self) {
        *self.world() = planted(&self.options, &self.token);
        self.faults.clear();
        self.ledger().clear();
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
        let off = if self.faults.is_on(Switch::ClockOff) {
            600
        } else {
            0
        };
        jiff::Timestamp::now().as_second() + self.ahead.load(Ordering::SeqCst) + off
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.ahead.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Makes an access token that has the org's own rights.
    pub(crate) fn grant(&self, scopes: &[&str]) -> String {
        let token = format!("eyJraWQiOiJwcmFjdGljZSJ9.{}.{}", random(120), random(86));
        let now = self.now();
        let mut world = self.world();
        let given = Given {
            client: None,
            who: Principal::Org,
            scopes: scopes.iter().map(|s| (*s).to_owned()).collect(),
            nonce: None,
            signed_in: now,
            family: world.desk.family(),
        };
        let access = Access {
            given,
            key: None,
            id: format!("AT.{}", random(43)),
            from: now,
        };
        world.desk.give_access(token.clone(), access);
        token
    }

    /// Makes an API token of a user.
    pub(crate) fn api_token(&self, user: &str) -> String {
        let value = format!("00{}", random(40));
        let now = self.now();
        let token = ApiToken {
            id: id("00T"),
            name: "Made for a test".into(),
            user: user.into(),
            value: Some(value.clone()),
            created: now,
            used: now,
        };
        self.world().tokens.insert(token.id.clone(), token);
        value
    }

    /// An API token is used: gives its id and its user's. `None` where it is not good, or its user is not active.
    pub(crate) fn use_api_token(&self, value: &str) -> Option<(String, String)> {
        let now = self.now();
        let world = &mut *self.world();
        let token = world
            .tokens
            .values_mut()
            .find(|token| token.value.as_deref() == Some(value))?;
        let active = world
            .people
            .get(&token.user)
            .is_some_and(|person| person.status == "ACTIVE");
        if !active || !token.alive(now) {
            return None;
        }
        token.used = token.used.max(now);
        Some((token.id.clone(), token.user.clone()))
    }

    /// The nonce for proofs of possession.
    pub(crate) fn nonce(&self) -> String {
        let now = self.now();
        self.world().desk.nonces.current(random(43), now).to_owned()
    }

    /// The nonce for the next proof: another one where every call wants its own.
    pub(crate) fn next_nonce(&self) -> String {
        if self.faults.is_on(Switch::NonceChanges) {
            let now = self.now();
            self.world().desk.nonces.replace(random(43), now);
        }
        self.nonce()
    }

    pub(crate) fn nonce_holds(&self, nonce: &str) -> bool {
        let now = self.now();
        self.world().desk.nonces.good(nonce, now)
    }

    /// A super admin has taken a scope back from every app.
    pub(crate) fn scope_taken_back(&self, scope: &str) -> bool {
        scope.starts_with("okta.") && scope.ends_with(".manage") && self.faults.is_on(Switch::ScopeRevoked)
    }
}

fn planted(options: &Options, token: &str) -> World {
    let now = jiff::Timestamp::now().as_second();
    let mut world = seed::plant(options.seed, options.apps, options.users, token, now);
    match options.seed {
        seed::Seed::Story => reviews::seed::story(&mut world, now),
        seed::Seed::Hostile => reviews::seed::hostile(&mut world, now),
        seed::Seed::Empty => {}
    }
    if options.review_items > 0 {
        reviews::seed::large(&mut world, options.review_items, now);
    }
    world
}
