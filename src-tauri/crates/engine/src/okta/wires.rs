//! The connections calls go over: how they are made, and how all of them are given up.

use domain::problem::{Problem, local};
use reqwest::Client;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// One client for orgs in the world, one for the practice org on this machine. A clone is the same.
#[derive(Clone)]
pub(super) struct Wires(Arc<RwLock<Pair>>);

#[derive(Clone)]
struct Pair {
    real: Client,
    practice: Client,
}

fn builder() -> reqwest::ClientBuilder {
    Client::builder()
        .user_agent(concat!("Gatehouse/", env!("CARGO_PKG_VERSION")))
        // A redirect would carry the token or a body to another address.
        .redirect(reqwest::redirect::Policy::none())
        // A referer would carry the consent's code and state.
        .referer(false)
        // Resending is decided by the sender, by what the call does.
        .retry(reqwest::retry::never())
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(30))
        .timeout(Duration::from_secs(60))
}

impl Pair {
    fn new() -> Result<Self, Problem> {
        let failed = |_| local::internal("HTTP client");
        Ok(Self {
            real: builder().https_only(true).build().map_err(failed)?,
            // What stays on this machine goes through no proxy.
            practice: builder().no_proxy().build().map_err(failed)?,
        })
    }
}

impl Wires {
    /// Reads the system's proxies and certificate authorities.
    ///
    /// # Errors
    /// When the TLS set-up of the machine can't be read.
    pub(super) fn new() -> Result<Self, Problem> {
        Ok(Self(Arc::new(RwLock::new(Pair::new()?))))
    }

    /// The client for an org.
    pub(super) fn to(&self, practice: bool) -> Client {
        let pair = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if practice {
            pair.practice.clone()
        } else {
            pair.real.clone()
        }
    }

    /// Closes every connection nothing is on its way over: their buffers hold what went over them last, tokens included.
    /// Calls under way are not disturbed. Proxies and certificate authorities are read anew.
    pub(super) fn hang_up(&self) {
        // The machine's set-up was good before; if it is not now, the old clients are what there is.
        if let Ok(pair) = Pair::new() {
            *self.0.write().unwrap_or_else(PoisonError::into_inner) = pair;
        }
    }
}
