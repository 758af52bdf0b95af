//! What the authorization server has given out and remembers: codes, tokens, device requests, nonces, and what it has
//! seen once. Times are UNIX seconds of the org's clock.

mod device;
mod nonce;
mod tokens;

pub(crate) use device::{Device, INTERVAL as POLL_INTERVAL, LIFE as DEVICE_LIFE, Poll, Said};
pub(crate) use nonce::Nonces;
pub(crate) use tokens::{ACCESS_LIFE, Access, Given, Refresh, Renewal};

use std::collections::HashMap;

/// Seconds a code lives (Okta's schema of the token request).
pub(crate) const CODE_LIFE: i64 = 300;

/// An authorization code that was given out.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) given: Given,
    pub(crate) redirect_uri: String,
    /// `code_challenge`, of the method `S256`.
    pub(crate) challenge: Option<String>,
    /// `dpop_jkt`: the key the tokens will be bound to.
    pub(crate) key: Option<String>,
    pub(crate) at: i64,
    /// It was exchanged.
    pub(crate) used: bool,
}

/// The desk.
#[derive(Debug, Clone, Default)]
pub(crate) struct Desk {
    access: HashMap<String, Access>,
    refresh: HashMap<String, Refresh>,
    codes: HashMap<String, Code>,
    devices: Vec<Device>,
    seen: HashMap<String, i64>,
    pub(crate) nonces: Nonces,
    families: u64,
}

impl Desk {
    /// Notes something that may come once only, until a time. `false`: it came before.
    pub(crate) fn first_time(&mut self, what: String, until: i64, now: i64) -> bool {
        self.seen.retain(|_, until| *until >= now);
        self.seen.insert(what, until).is_none()
    }

    /// A number for what comes of one sign-in.
    pub(crate) fn family(&mut self) -> u64 {
        self.families += 1;
        self.families
    }

    pub(crate) fn give_code(&mut self, code: String, what: Code) {
        self.codes.retain(|_, old| what.at - old.at <= CODE_LIFE * 12);
        self.codes.insert(code, what);
    }

    /// The code of that text, if it was ever given out.
    pub(crate) fn code(&self, code: &str) -> Option<&Code> {
        self.codes.get(code)
    }

    /// The code was exchanged.
    pub(crate) fn use_code(&mut self, code: &str) {
        if let Some(code) = self.codes.get_mut(code) {
            code.used = true;
        }
    }

    /// The code is worth nothing any more.
    pub(crate) fn drop_code(&mut self, code: &str) {
        self.codes.remove(code);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_come_once_is_remembered_until_its_time() {
        let mut desk = Desk::default();
        assert!(desk.first_time("a".into(), 10, 0));
        assert!(!desk.first_time("a".into(), 10, 10));
        assert!(desk.first_time("b".into(), 10, 0));
        assert!(desk.first_time("a".into(), 30, 11), "forgotten");
    }
}
