//! Locking: secrets leave memory when a person asks for it, and when nobody has used Gatehouse for a while.
//!
//! Whatever was going on goes on: its next call reads the keychain again. Only what was kept for the session alone is lost.
//! What would begin later by itself does not: decisions on access reviews that wait are taken back, looking from time to
//! time stops until somebody is there again, and launching for many people pauses when it was a person who locked.

use crate::engine::{Engine, hold};
use crate::ipc::events::{Event, Topic};
use crate::okta::attach::Credential;
use crate::ports::vault::item_of;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant, SystemTime};
use tokio_util::sync::CancellationToken;

/// How often it is looked whether somebody is there.
const TICK: Duration = Duration::from_secs(20);
/// Settings count in minutes, so nothing can be due sooner.
const MINUTE: Duration = Duration::from_secs(60);
/// Longest wait for a sign-in's last request when its secrets are dropped.
const FAREWELL: Duration = Duration::from_secs(2);

/// Commands the window gives by itself, to read again what has changed. They don't show that somebody is there.
const READINGS: &[&str] = &[
    "app_state",
    "calls_list",
    "credentials_get",
    "decisions_list",
    "doctor_get",
    "evidence_get",
    "history_list",
    "incident_get",
    "keychain_health",
    "launch_form",
    "practice_what_ifs",
    "review_history",
    "review_open",
    "reviews_load",
    "reviews_stats",
];

/// Shows that somebody is there, and is about to go.
const LOCK: &str = "lock";

/// A moment by both clocks: the steady one stands still while a computer sleeps, the other can be set.
#[derive(Debug, Clone, Copy)]
struct Moment {
    steady: Instant,
    wall: SystemTime,
}

impl Moment {
    fn now() -> Self {
        Self {
            steady: Instant::now(),
            wall: SystemTime::now(),
        }
    }

    /// Time from then until now, by the clock that counts more.
    fn until(self, now: Self) -> Duration {
        let steady = now.steady.saturating_duration_since(self.steady);
        let wall = now.wall.duration_since(self.wall).unwrap_or_default();
        steady.max(wall)
    }
}

/// When somebody was there last.
pub(crate) struct Idle {
    last: Mutex<Moment>,
    watched: AtomicBool,
    /// The window was told that it was locked since.
    told: AtomicBool,
}

impl Default for Idle {
    fn default() -> Self {
        Self {
            last: Mutex::new(Moment::now()),
            watched: AtomicBool::new(false),
            told: AtomicBool::new(false),
        }
    }
}

impl Idle {
    fn unused(&self) -> Duration {
        hold(&self.last).until(Moment::now())
    }

    fn used(&self) {
        *hold(&self.last) = Moment::now();
        self.told.store(false, Ordering::SeqCst);
    }
}

/// Looks from time to time, as long as there is an engine.
async fn watch(engine: Weak<Engine>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(TICK) => {}
        }
        match engine.upgrade() {
            Some(engine) => engine.lock_if_idle().await,
            None => return,
        }
    }
}

impl Engine {
    /// A command begins. Locks first if that is due: after a night asleep the first click may come before the watch.
    pub(crate) async fn noticed(&self, command: &str) {
        if !self.idle.watched.swap(true, Ordering::SeqCst)
            && let Some(me) = self.handle()
        {
            tokio::spawn(watch(Arc::downgrade(&me), self.stop.child_token()));
        }
        self.lock_if_idle().await;
        if !READINGS.contains(&command) {
            self.idle.used();
            if command != LOCK {
                self.wake_reviews();
            }
        }
    }

    /// Locks if nobody has used Gatehouse for as long as the settings say.
    async fn lock_if_idle(&self) {
        let unused = self.idle.unused();
        if unused < MINUTE {
            return;
        }
        let minutes = self.store.settings().idle_minutes;
        if minutes > 0 && unused >= MINUTE * u32::from(minutes) {
            self.quiet_reviews(false);
            let (dropped, lost) = self.drop_secrets().await;
            // Work that went on took its secrets out again; they are dropped again, without telling it each time.
            if dropped && (!self.idle.told.swap(true, Ordering::SeqCst) || !lost.is_empty()) {
                self.tell_locked(Some(minutes), lost);
            }
        }
    }

    /// Locks because the person asked for it.
    pub(crate) async fn lock_now(&self) {
        self.quiet_reviews(true);
        let (_, lost) = self.drop_secrets().await;
        self.tell_locked(None, lost);
    }

    fn tell_locked(&self, idle_minutes: Option<u16>, lost: Vec<String>) {
        self.events.emit(Event::Locked { idle_minutes, lost });
        self.changed(Topic::Credentials, None, None);
        self.tell_orgs();
    }

    /// Drops every secret from memory: whether there was one, and the orgs whose credential was nowhere else.
    async fn drop_secrets(&self) -> (bool, Vec<String>) {
        let mut dropped = self.drop_sign_ins().await;
        // The practice org inside Gatehouse is as short-lived as the memory its token is in, and is no secret.
        let kept = |org: &str| org == super::practice::KEY;
        let orgs: Vec<String> = hold(&self.orgs).iter().map(|org| org.key.clone()).collect();
        let lost: Vec<String> = orgs
            .into_iter()
            .filter(|org| !kept(org) && self.session.names().iter().any(|name| item_of(org, name)))
            .collect();
        let held: Vec<_> = hold(&self.credentials).drain().collect();
        for ((org, kind), credential) in held {
            dropped |= !kept(&org);
            let Credential::OAuth(source) = credential else {
                continue;
            };
            if lost.contains(&org) && self.details(&org, kind).is_ok_and(|details| details.session_only) {
                // Out of use for jobs too, or a refresh would put its token back into memory.
                let _ = tokio::time::timeout(FAREWELL, source.retire()).await;
            } else if source.settle().await.is_err() {
                // A rotated refresh token the keychain has not taken is nowhere else.
                hold(&self.credentials)
                    .entry((org, kind))
                    .or_insert(Credential::OAuth(source));
            } else {
                hold(&self.parked).insert((org, kind), Arc::downgrade(&source));
            }
        }
        hold(&self.parked).retain(|_, source| source.strong_count() > 0);
        self.session.retain(|name| item_of(super::practice::KEY, name));
        dropped |= hold(&self.taken).take().is_some() | !lost.is_empty();
        if dropped {
            self.client.hang_up();
        }
        (dropped, lost)
    }

    /// Ends sign-ins that wait, and forgets those that are over: they hold the keys they were made with.
    async fn drop_sign_ins(&self) -> bool {
        let under_way: Vec<String> = hold(&self.sign_ins).keys().cloned().collect();
        for org in &under_way {
            let _ = self.cancel_sign_in(org).await;
            self.end_sign_in(org).await;
        }
        !under_way.is_empty()
    }

    /// As if nobody had been there for so much longer (tests).
    pub fn unused_for(&self, time: Duration) {
        let mut last = hold(&self.idle.last);
        if let Some(earlier) = last.wall.checked_sub(time) {
            last.wall = earlier;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{BrowserKind, Options, VaultKind};
    use crate::work::signin::SignInOptions;
    use domain::secret::Secret;

    #[test]
    fn the_clock_that_counts_more_decides() {
        let then = Moment::now();
        let hour = Duration::from_secs(3600);
        let after = |steady: Duration, wall: SystemTime| {
            then.until(Moment {
                steady: then.steady + steady,
                wall,
            })
        };
        // At work.
        assert_eq!(after(hour, then.wall + hour), hour);
        // Asleep: only the wall clock went on.
        assert_eq!(after(Duration::ZERO, then.wall + hour), hour);
        // Set back meanwhile.
        assert_eq!(after(hour, then.wall - hour), hour);
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_has_to_come_for_it_to_lock() {
        let folder = tempfile::tempdir().expect("a folder");
        let options = Options {
            data_dir: folder.path().to_owned(),
            vault: VaultKind::Memory,
            browser: BrowserKind::None,
            practice_on_start: false,
            sign_in: SignInOptions::default(),
        };
        let engine = Engine::start(options).expect("the engine starts");
        engine.noticed("org_select").await;
        *hold(&engine.taken) = Some(Secret::new("a consent".into()));
        tokio::time::sleep(TICK * 2).await;
        assert!(hold(&engine.taken).is_some(), "somebody was there just now");
        engine.unused_for(MINUTE * 15);
        tokio::time::sleep(TICK * 2).await;
        assert!(hold(&engine.taken).is_none());
        // The watch ends with the engine.
        let weak = Arc::downgrade(&engine);
        drop(engine);
        assert!(weak.upgrade().is_none());
    }

    #[test]
    fn every_reading_is_a_command() {
        for name in READINGS.iter().chain(&[LOCK]) {
            assert!(crate::ipc::table::Command::NAMES.contains(name), "{name}");
        }
    }
}
