//! Where an org's access tokens come from: a service app's key, or an admin's refresh token.
//!
//! Access tokens live in memory only, for an hour. One is fetched at a time: who comes while one is being fetched waits
//! for it and takes the same.

use super::keys::SigningKey;
use crate::ports::vault::Vault;
use domain::okta::call::{Call, Payload};
use domain::okta::endpoints as e;
use domain::okta::wire::oauth::Tokens;
use domain::org_address::OrgOrigin;
use domain::problem::{OktaError, Problem};
use domain::secret::Secret;
use domain::signin::{Holder, Stamp, assertion};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A new access token is fetched this many seconds before the old one ends.
const EARLY: i64 = 60;

/// One access token. `Debug` shows none of it.
pub struct Access {
    /// The token.
    pub token: Secret,
    /// It is bound to [`Source::dpop`].
    pub bound: bool,
    /// Scopes it has.
    pub scopes: Vec<String>,
    /// When it ends, UNIX seconds by the server's clock.
    pub until: i64,
    /// Counts up with each token, so that a refusal is known to be about the one that was sent.
    pub number: u64,
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Access({})", self.number)
    }
}

impl Access {
    /// Still good for a call at this server time.
    pub fn good(&self, now: i64) -> bool {
        self.until - EARLY > now
    }
}

/// What proves that a token may be fetched.
pub enum How {
    /// A service app's key signs a client assertion.
    Service {
        /// The key registered with the app.
        key: Arc<SigningKey>,
    },
    /// An admin's refresh token; the newest one is always in the keychain before it is used.
    SignIn {
        /// The present refresh token.
        refresh: Mutex<Arc<Secret>>,
        /// Where a rotated one is stored.
        vault: Arc<dyn Vault>,
        /// Under which name.
        item: String,
    },
}

/// A source of access tokens for one org.
pub struct Source {
    /// Client id of the app.
    pub client_id: String,
    /// Scopes to ask for. For a sign-in Okta gives those the refresh token has.
    pub scopes: Vec<String>,
    /// What proves it.
    pub how: How,
    /// The key tokens are bound to. Another key than the one that signs assertions.
    pub dpop: Arc<SigningKey>,
    /// The token in use. Held while one is fetched: that makes it one fetch for all who wait.
    pub current: tokio::sync::Mutex<Option<Arc<Access>>>,
    nonce: Mutex<Option<String>>,
    /// The newest refresh token is not in the keychain yet.
    unsaved: AtomicBool,
    /// It was put out of use: another took its place, or it was taken away.
    retired: AtomicBool,
    /// Why no token comes from here any more.
    over: Mutex<Option<Problem>>,
}

impl Source {
    /// A source that has no token yet.
    pub fn new(client_id: String, scopes: Vec<String>, how: How, dpop: Arc<SigningKey>) -> Self {
        Self {
            client_id,
            scopes,
            how,
            dpop,
            current: tokio::sync::Mutex::new(None),
            nonce: Mutex::default(),
            unsaved: AtomicBool::new(false),
            retired: AtomicBool::new(false),
            over: Mutex::default(),
        }
    }

    /// What a call made with it is made with.
    pub fn holder(&self) -> Holder {
        match self.how {
            How::Service { .. } => Holder::ServiceApp,
            How::SignIn { .. } => Holder::SignIn,
        }
    }

    /// The nonce the server wants in proofs.
    pub fn nonce(&self) -> Option<String> {
        self.nonce.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps a nonce the server gave.
    pub fn keep_nonce(&self, nonce: String) {
        *self.nonce.lock().unwrap_or_else(PoisonError::into_inner) = Some(nonce);
    }

    /// The request for a new access token: signed anew each time, since Okta refuses an assertion it has seen.
    ///
    /// # Errors
    /// When signing fails.
    pub fn request(&self, origin: &OrgOrigin, now: i64) -> Result<Call, Problem> {
        let form = match &self.how {
            How::Service { key } => {
                let url = Call::new(&e::TOKEN).url(origin);
                let stamp = Stamp { now, jti: one_time() };
                let signed = key.assertion(&assertion(&self.client_id, &url, &stamp))?;
                json!({
                    "grant_type": "client_credentials",
                    "scope": self.scopes.join(" "),
                    "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                    "client_assertion": signed.as_str(),
                })
            }
            How::SignIn { refresh, .. } => {
                let token = refresh.lock().unwrap_or_else(PoisonError::into_inner).clone();
                json!({
                    "grant_type": "refresh_token",
                    "refresh_token": token.expose(),
                    "client_id": self.client_id,
                })
            }
        };
        Ok(token_call(form))
    }

    /// Takes in tokens. [`Source::settle`] has to follow before anything uses the access token.
    pub fn take(&self, tokens: Tokens, now: i64, number: u64) -> Access {
        if let (How::SignIn { refresh, .. }, Some(new)) = (&self.how, tokens.refresh) {
            *refresh.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
            self.unsaved.store(true, Ordering::SeqCst);
        }
        Access {
            token: tokens.access,
            bound: tokens.bound,
            scopes: tokens.scopes,
            until: now + tokens.expires_in,
            number,
        }
    }

    /// Stores a refresh token that is not in the keychain yet. Until that worked, no access token may be used: the one
    /// before it is worth nothing any more, and this one would be lost with the program.
    ///
    /// # Errors
    /// The keychain did not take it. It stays in memory, and is stored by the next call.
    pub async fn settle(&self) -> Result<(), Problem> {
        if let How::SignIn { refresh, vault, item } = &self.how
            && self.unsaved.load(Ordering::SeqCst)
        {
            let newest = refresh.lock().unwrap_or_else(PoisonError::into_inner).clone();
            vault.set(item, &newest).await.map_err(|error| error.problem())?;
            self.unsaved.store(false, Ordering::SeqCst);
        }
        Ok(())
    }

    /// Puts it out of use: nothing is fetched from it, and nothing of it stored, after this returned.
    pub async fn retire(&self) {
        self.retired.store(true, Ordering::SeqCst);
        // Who is fetching holds this: a rotated token is stored before. One the keychain did not take gets a last chance.
        let _done = self.current.lock().await;
        let _ = self.settle().await;
    }

    /// It was put out of use.
    pub fn is_retired(&self) -> bool {
        self.retired.load(Ordering::SeqCst)
    }

    /// Why no token comes from here any more.
    pub fn over(&self) -> Option<Problem> {
        self.over.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes a refusal of the token endpoint: a refresh token that was refused once is not sent again and again.
    pub fn refused(&self, problem: &Problem) {
        // With 429 the same code means: too many at once.
        let dead =
            |okta: &OktaError| okta.status == 400 && okta.error_code.as_deref() == Some("invalid_grant");
        if matches!(self.how, How::SignIn { .. }) && problem.okta.as_ref().is_some_and(dead) {
            *self.over.lock().unwrap_or_else(PoisonError::into_inner) = Some(problem.clone());
        }
    }
}

/// A call of the token endpoint.
pub fn token_call(form: Value) -> Call {
    Call::new(&e::TOKEN).body(Payload::form(
        form,
        &[
            "/client_assertion",
            "/refresh_token",
            "/code",
            "/code_verifier",
            "/device_code",
        ],
    ))
}

/// 128 random bits.
pub fn one_time() -> String {
    format!("{:032x}", rand::random::<u128>())
}
