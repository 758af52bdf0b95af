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
use domain::problem::{Problem, local};
use domain::secret::Secret;
use domain::signin::{Holder, Stamp, assertion};
use serde_json::{Value, json};
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
            nonce: Mutex::new(None),
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

    /// Takes in what the token endpoint gave. A rotated refresh token is stored before anything uses the access token.
    ///
    /// # Errors
    /// What came holds no token, or the keychain did not take the new refresh token: that one is then kept in memory,
    /// and stored with the next.
    pub async fn take(&self, body: Value, now: i64, number: u64) -> Result<Access, Problem> {
        let tokens = Tokens::take(body).ok_or_else(|| local::internal("token answer"))?;
        if let (How::SignIn { refresh, vault, item }, Some(new)) = (&self.how, tokens.refresh) {
            let new = Arc::new(new);
            *refresh.lock().unwrap_or_else(PoisonError::into_inner) = new.clone();
            vault.set(item, &new).await.map_err(|error| error.problem())?;
        }
        Ok(Access {
            token: tokens.access,
            bound: tokens.bound,
            scopes: tokens.scopes,
            until: now + tokens.expires_in,
            number,
        })
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
