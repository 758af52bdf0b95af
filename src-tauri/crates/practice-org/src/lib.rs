//! The practice org: a simulated Okta org with the third parties' consent pages. Shares no code with the client.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use practice_org::{Fault, Options, PracticeOrg};
//! let org = PracticeOrg::start(Options::default()).await?;
//! println!("{} takes {}", org.url(), org.token());
//! org.faults().fail_next(Fault::on("GET", "/api/v1/apps").refuse(503, "E0000009", "Internal Server Error", ""));
//! # Ok(()) }
//! ```

mod answers;
mod consent;
mod control;
mod errors;
mod errors_governance;
mod faults;
mod gate;
mod ledger;
mod line;
mod oauth_errors;
mod org;
mod routes;
mod seed;
mod serve;
mod signin;
mod switches;
mod world;

pub use faults::{Fault, Faults, OddPaging};
pub use ledger::{Auth, Entry};
pub use seed::{
    APP_ADMIN, NATIVE_CLIENT, NO_ADMIN, READ_ONLY_ADMIN, REDIRECT_URIS, SUPER_ADMIN, Seed, UNASSIGNED,
};
pub use switches::Switch;
pub use world::reviews::Pace;

use org::Org;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// How to start.
#[derive(Clone)]
pub struct Options {
    /// Port on 127.0.0.1; 0 for any free one.
    pub port: u16,
    /// What to begin with.
    pub seed: Seed,
    /// This many more apps.
    pub apps: usize,
    /// This many more people.
    pub users: usize,
    /// One more access review, with this many access items; 0 for none.
    pub review_items: usize,
    /// Keep Okta's rate limits.
    pub limits: bool,
    /// The API token; a random one if `None`.
    pub token: Option<String>,
    /// The address it is reached under when something stands in between, such as `http://127.0.0.1:4000`; what it
    /// names itself, and what assertions and proofs have to name. Its own address if `None`.
    pub front: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            seed: Seed::Story,
            apps: 0,
            users: 0,
            review_items: 0,
            limits: true,
            token: None,
            front: None,
        }
    }
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("port", &self.port)
            .field("seed", &self.seed)
            .field("apps", &self.apps)
            .field("users", &self.users)
            .field("review_items", &self.review_items)
            .field("limits", &self.limits)
            .field("token", &self.token.as_ref().map(|_| "[secret]"))
            .field("front", &self.front)
            .finish()
    }
}

/// A running practice org. Dropping it stops it.
pub struct PracticeOrg {
    org: Arc<Org>,
    /// Dropped: the server stops.
    _stop: oneshot::Sender<()>,
}

impl PracticeOrg {
    /// Starts one on 127.0.0.1, on the current tokio runtime.
    ///
    /// # Errors
    /// The port can't be had.
    pub async fn start(options: Options) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", options.port)).await?;
        let host = listener.local_addr()?.to_string();
        let org = Arc::new(Org::new(options, host));
        let (stop, stopped) = oneshot::channel();
        tokio::spawn(serve::serve(org.clone(), listener, stopped));
        Ok(Self { org, _stop: stop })
    }

    /// Its address, such as `http://127.0.0.1:4000`.
    pub fn url(&self) -> &str {
        &self.org.url
    }

    /// Host and port it listens on.
    pub fn listens(&self) -> &str {
        &self.org.host
    }

    /// Its API token.
    pub fn token(&self) -> &str {
        &self.org.token
    }

    /// What the control pages want in the header `X-Practice-Key`.
    pub fn key(&self) -> &str {
        &self.org.key
    }

    /// Everything as it was at the start: world, faults, switches, limits, ledger and clock. Token and key stay.
    pub fn reset(&self) {
        self.org.reset();
    }

    /// Switches that are on, in the order of [`Switch::ALL`].
    pub fn switches(&self) -> Vec<Switch> {
        Switch::ALL
            .iter()
            .copied()
            .filter(|s| self.org.faults.is_on(*s))
            .collect()
    }

    /// Puts a switch on or off.
    pub fn set_switch(&self, switch: Switch, on: bool) {
        self.org.faults.switch(switch, on);
    }

    /// Faults and knobs.
    pub fn faults(&self) -> &Faults {
        &self.org.faults
    }

    /// Every request so far, in the order they came (the control pages' own are not in it).
    pub fn ledger(&self) -> Vec<Entry> {
        self.org.ledger().all()
    }

    /// Moves the org's clock, also back. Seconds.
    pub fn advance(&self, seconds: i64) {
        self.org.advance(seconds);
    }

    /// An API token of a user, with that user's rights. [`PracticeOrg::reset`] takes it away.
    pub fn api_token(&self, user: &str) -> String {
        self.org.api_token(user)
    }

    /// An access token (`Bearer`) with these scopes and every right, good for an hour of the org's clock.
    pub fn grant(&self, scopes: &[&str]) -> String {
        self.org.grant(scopes)
    }
}
