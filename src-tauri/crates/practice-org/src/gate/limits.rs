//! Rate limits: buckets, their windows, and how many requests are under way.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Requests a minute, by bucket. `/api/v1/apps`, `users` and `org` as recorded (50, 50, 100), a single app as recorded
/// for its DELETE (250); nothing recorded tells the others, which follow the users.
const CEILINGS: &[(&str, u32)] = &[
    ("/api/v1/apps", 50),
    ("/api/v1/apps/{appId}", 250),
    ("/api/v1/users", 50),
    ("/api/v1/users/{id}", 50),
    ("/api/v1/groups", 50),
    ("/api/v1/org", 100),
    ("/api/v1/api-tokens", 50),
    ("/oauth2/v1/token", 150),
    ("/oauth2/v1/clients", 50),
    ("/oauth2/v1", 100),
    // Recorded: roles and resource sets 100, governance's settings and delegates 5000 together.
    ("/api/v1/iam", 100),
    ("/governance/api/v1", 5000),
];

/// Seconds of a window.
const WINDOW: u32 = 60;

/// Okta's limit on requests at once.
const AT_ONCE: u32 = 75;

/// What is said in an org without limits.
const UNLIMITED: u32 = 1_000_000;

/// The three rate-limit headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rate {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// UNIX seconds.
    pub(crate) reset: i64,
    /// Refused.
    pub(crate) exceeded: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Window {
    used: u32,
    end: i64,
}

#[derive(Debug, Default)]
struct Inner {
    windows: HashMap<String, Window>,
    custom: HashMap<String, (u32, u32)>,
    /// What other clients used, not yet counted.
    foreign: HashMap<String, u32>,
    most_at_once: Option<u32>,
    at_once: u32,
}

/// The org's limits.
#[derive(Debug)]
pub(crate) struct Limits {
    on: bool,
    inner: Mutex<Inner>,
}

impl Limits {
    pub(crate) fn new(on: bool) -> Self {
        Self {
            on,
            inner: Mutex::default(),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request comes in: counts it and says how much is left.
    pub(crate) fn take(&self, bucket: &str, used_up: bool, now: i64) -> Rate {
        let mut inner = self.inner();
        let own = inner.custom.get(bucket).copied();
        let ceiling = CEILINGS
            .iter()
            .find(|(name, _)| *name == bucket)
            .map_or(50, |(_, limit)| *limit);
        let (limit, length) = own.unwrap_or((if self.on { ceiling } else { UNLIMITED }, WINDOW));
        let foreign = inner.foreign.remove(bucket).unwrap_or(0);
        let window = inner.windows.entry(bucket.to_owned()).or_default();
        if window.end <= now {
            *window = Window {
                used: 0,
                end: now + i64::from(length),
            };
        }
        window.used = window.used.saturating_add(foreign);
        if used_up {
            window.used = window.used.max(limit);
        }
        let exceeded = window.used >= limit;
        if !exceeded {
            window.used += 1;
        }
        Rate {
            limit,
            remaining: limit - window.used.min(limit),
            reset: window.end,
            exceeded,
        }
    }

    pub(crate) fn set(&self, bucket: &str, limit: u32, window: u32) {
        let mut inner = self.inner();
        inner.custom.insert(bucket.to_owned(), (limit, window.max(1)));
        inner.windows.remove(bucket);
    }

    pub(crate) fn load(&self, bucket: &str, requests: u32) {
        let mut inner = self.inner();
        let foreign = inner.foreign.entry(bucket.to_owned()).or_default();
        *foreign = foreign.saturating_add(requests);
    }

    pub(crate) fn concurrency(&self, most: Option<u32>) {
        self.inner().most_at_once = most;
    }

    /// Everything as at the start; requests under way stay counted.
    pub(crate) fn clear(&self) {
        let mut inner = self.inner();
        *inner = Inner {
            at_once: inner.at_once,
            ..Inner::default()
        };
    }

    /// A request begins; `None` when too many are under way.
    pub(crate) fn enter(&self) -> Option<Under<'_>> {
        let mut inner = self.inner();
        let most = inner
            .most_at_once
            .unwrap_or(if self.on { AT_ONCE } else { u32::MAX });
        if inner.at_once >= most {
            return None;
        }
        inner.at_once += 1;
        drop(inner);
        Some(Under(self))
    }
}

/// A request under way.
pub(crate) struct Under<'a>(&'a Limits);

impl Drop for Under<'_> {
    fn drop(&mut self) {
        self.0.inner().at_once -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_used_up_and_opens_again() {
        let limits = Limits::new(true);
        for left in (0..50).rev() {
            assert_eq!(
                limits.take("/api/v1/apps", false, 100),
                Rate {
                    limit: 50,
                    remaining: left,
                    reset: 160,
                    exceeded: false
                }
            );
        }
        assert!(limits.take("/api/v1/apps", false, 159).exceeded);
        assert!(
            !limits.take("/api/v1/users", false, 159).exceeded,
            "another bucket"
        );
        assert_eq!(limits.take("/api/v1/apps", false, 160).remaining, 49);
    }

    #[test]
    fn others_use_it_up_too() {
        let limits = Limits::new(true);
        limits.set("/api/v1/apps", 10, 5);
        assert_eq!(
            limits.take("/api/v1/apps", false, 0),
            Rate {
                limit: 10,
                remaining: 9,
                reset: 5,
                exceeded: false
            }
        );
        limits.load("/api/v1/apps", 30);
        assert_eq!(
            limits.take("/api/v1/apps", false, 1),
            Rate {
                limit: 10,
                remaining: 0,
                reset: 5,
                exceeded: true
            }
        );
        assert!(limits.take("/api/v1/org", true, 0).exceeded, "used up on purpose");
        limits.clear();
        assert_eq!(limits.take("/api/v1/apps", false, 1).limit, 50);
    }

    #[test]
    fn more_than_so_many_at_once_are_refused() {
        let limits = Limits::new(true);
        limits.concurrency(Some(1));
        let first = limits.enter();
        assert!(first.is_some() && limits.enter().is_none());
        drop(first);
        assert!(limits.enter().is_some());
    }
}
