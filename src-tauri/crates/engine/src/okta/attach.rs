//! What goes along with a request: an API token, or an access token with the proof of its key.

use super::auth::keys::SigningKey;
use super::auth::tokens::{Access, How, Source, one_time};
use super::client::{Client, Failure, Target};
use super::pace::Urgency;
use super::tries::Tries;
use domain::okta::call::Call;
use domain::okta::endpoints as e;
use domain::okta::wire::oauth::Tokens;
use domain::problem::oauth::{about_the_clock, is};
use domain::problem::{Problem, local, signin as words};
use domain::secret::Secret;
use domain::signin::{Holder, Stamp, proof};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use url::Url;
use zeroize::Zeroizing;

/// What an org's calls are made with.
#[derive(Clone, Default)]
pub enum Credential {
    /// Nothing: for calls that need no credential.
    #[default]
    None,
    /// An API token.
    ApiToken(Arc<Secret>),
    /// Access tokens.
    OAuth(Arc<Source>),
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "no credential",
            Self::ApiToken(_) => "API token",
            Self::OAuth(_) => "access tokens",
        })
    }
}

impl Credential {
    /// For the words of a refusal.
    pub fn holder(&self) -> Holder {
        match self {
            Self::OAuth(source) => source.holder(),
            Self::None | Self::ApiToken(_) => Holder::ApiToken,
        }
    }
}

/// What one request carries.
pub(super) enum Attach {
    Nothing,
    ApiToken(Arc<Secret>),
    Access(Arc<Access>, Arc<SigningKey>, Option<String>),
    /// A proof alone, at the token endpoint.
    Proof(Arc<SigningKey>, Option<String>),
}

impl Attach {
    /// `Authorization`.
    pub(super) fn authorization(&self) -> Option<Zeroizing<String>> {
        match self {
            Self::Nothing | Self::Proof(..) => None,
            Self::ApiToken(token) => Some(format!("SSWS {}", token.expose())),
            Self::Access(access, ..) if access.bound => Some(format!("DPoP {}", access.token.expose())),
            Self::Access(access, ..) => Some(format!("Bearer {}", access.token.expose())),
        }
        .map(Zeroizing::new)
    }

    /// `DPoP`: a proof for this request alone, made for the address that is really called.
    pub(super) fn proof(
        &self,
        method: &str,
        url: &Url,
        now: i64,
    ) -> Result<Option<Zeroizing<String>>, Problem> {
        let stamp = || Stamp { now, jti: one_time() };
        match self {
            Self::Proof(key, nonce) => key
                .proof(&proof(method, url, &stamp(), nonce.as_deref(), None))
                .map(Some),
            Self::Access(access, key, nonce) if access.bound => key
                .proof(&proof(
                    method,
                    url,
                    &stamp(),
                    nonce.as_deref(),
                    Some(&access.token),
                ))
                .map(Some),
            _ => Ok(None),
        }
    }

    /// Number of the access token.
    pub(super) fn number(&self) -> Option<u64> {
        match self {
            Self::Access(access, ..) => Some(access.number),
            _ => None,
        }
    }
}

impl Client {
    /// What a call carries. `refused` is the number of an access token Okta did not take.
    pub(super) async fn attach(
        &self,
        to: &Target,
        call: &Call,
        refused: Option<u64>,
        cancel: &CancellationToken,
    ) -> Result<Attach, Failure> {
        if call.endpoint.scope.is_none() {
            return Ok(Attach::Nothing);
        }
        match &to.credential {
            Credential::None => Err(Failure::Not(Box::new(local::not_signed_in(to.origin.host())))),
            Credential::ApiToken(token) => Ok(Attach::ApiToken(token.clone())),
            Credential::OAuth(source) => {
                let access = self.access_apart(to, source, refused, cancel).await?;
                Ok(Attach::Access(access, source.dpop.clone(), source.nonce()))
            }
        }
    }

    /// [`Client::access`], in a task of its own: who asked may give up, but a refresh that is under way has to come to its
    /// end. Its answer holds the only refresh token that is still good.
    async fn access_apart(
        &self,
        to: &Target,
        source: &Arc<Source>,
        refused: Option<u64>,
        cancel: &CancellationToken,
    ) -> Result<Arc<Access>, Failure> {
        let (client, to, source) = (self.clone(), to.clone(), source.clone());
        let fetching = tokio::spawn(async move {
            let never = CancellationToken::new();
            client.access(&to, &source, refused, &never).await
        });
        tokio::select! {
            () = cancel.cancelled() => Err(Failure::Cancelled),
            done = fetching => {
                done.unwrap_or_else(|_| Err(Failure::Not(Box::new(local::internal("access token")))))
            }
        }
    }

    /// An access token that is good for a call; fetched when there is none, when it ends within a minute, or when it is
    /// the one that was refused.
    ///
    /// # Errors
    /// What the token endpoint said.
    pub async fn access(
        &self,
        to: &Target,
        source: &Source,
        refused: Option<u64>,
        cancel: &CancellationToken,
    ) -> Result<Arc<Access>, Failure> {
        let not = |problem| Failure::Not(Box::new(problem));
        let mut current = source.current.lock().await;
        if source.is_retired() {
            return Err(not(local::not_signed_in(to.origin.host())));
        }
        source.settle().await.map_err(not)?;
        let last = current.as_ref().map_or(0, |access| access.number);
        let good =
            |access: &&Arc<Access>| Some(access.number) != refused && access.good(self.pace.now(&to.key));
        if let Some(access) = current.as_ref().filter(good) {
            return Ok(access.clone());
        }
        if let Some(problem) = source.over() {
            return Err(not(problem));
        }
        let body = self.fetch(to, source, cancel).await.inspect_err(|failure| {
            if let Failure::Not(problem) = failure {
                source.refused(problem);
            }
        })?;
        let tokens = Tokens::take(body).ok_or_else(|| not(words::no_tokens(to.origin.host())))?;
        let access = Arc::new(source.take(tokens, self.pace.now(&to.key), last + 1));
        *current = Some(access.clone());
        source.settle().await.map_err(not)?;
        Ok(access)
    }

    /// Asks the token endpoint. Every try is signed anew: Okta refuses an assertion and a proof it has seen.
    async fn fetch(
        &self,
        to: &Target,
        source: &Source,
        cancel: &CancellationToken,
    ) -> Result<serde_json::Value, Failure> {
        // A service app's lost answer costs nothing. A refresh token may have been rotated, and Okta takes the old one
        // for some seconds more (“leeway”), so once more at once is the best that can be done.
        let mut lost = match source.how {
            How::Service { .. } => 2,
            How::SignIn { .. } => 1,
        };
        loop {
            let make = |now| source.request(&to.origin, now);
            match self.token(to, source, &make, cancel).await {
                Err(Failure::Unknown(_)) if lost > 0 => lost -= 1,
                other => return other,
            }
        }
    }

    /// One request of the token endpoint with its retries: a nonce, a clock, a rate limit.
    ///
    /// # Errors
    /// What the token endpoint said.
    pub async fn token(
        &self,
        to: &Target,
        source: &Source,
        make: &(dyn Fn(i64) -> Result<Call, Problem> + Sync),
        cancel: &CancellationToken,
    ) -> Result<serde_json::Value, Failure> {
        self.learn_the_clock(to, cancel).await;
        let (mut tries, mut nonces, mut clocks) = (Tries::new(), 1, 1);
        loop {
            let call = make(self.pace.now(&to.key)).map_err(|problem| Failure::Not(Box::new(problem)))?;
            self.take_place(to, &call, Urgency::Click, cancel).await?;
            let attach = Attach::Proof(source.dpop.clone(), source.nonce());
            let sent = self.once(to, &call, &attach, tries.limited, cancel).await;
            if let Some(nonce) = &sent.nonce {
                source.keep_nonce(nonce.clone());
            }
            if self.again(to, &sent, &mut tries, cancel).await? {
                continue;
            }
            if let Some(error) = &sent.error {
                if nonces > 0 && sent.nonce.is_some() && is(error, "use_dpop_nonce") {
                    nonces -= 1;
                    continue;
                }
                // The answer's `Date` has told Okta's time by now.
                if clocks > 0 && about_the_clock(error) {
                    clocks -= 1;
                    continue;
                }
            }
            return sent.result.map(|answer| answer.body);
        }
    }

    /// Assertions and proofs carry Okta's time, so it has to be known before the first: a call without a credential
    /// tells it. If that fails, the token call will say what is wrong.
    async fn learn_the_clock(&self, to: &Target, cancel: &CancellationToken) {
        if !self.pace.knows(&to.key) {
            let call = Call::new(&e::ORG_METADATA);
            if self.take_place(to, &call, Urgency::Click, cancel).await.is_ok() {
                let _ = self.once(to, &call, &Attach::Nothing, 0, cancel).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ipc::views::signin::KeyAlg;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use domain::org_address::clean;
    use serde_json::Value;

    fn claims(jwt: &str) -> Value {
        let middle = jwt.split('.').nth(1).expect("three parts");
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(middle).expect("base64url")).expect("JSON")
    }

    /// Okta takes an assertion for the very address it was sent to, so a custom domain is not swapped for the org's own
    /// name, and `-admin`, which has no token endpoint, is gone before.
    #[test]
    fn what_is_signed_names_the_host_that_is_called() {
        for (typed, host) in [
            ("https://acme.okta.com", "https://acme.okta.com"),
            (
                "https://acme-admin.okta.com/admin/dashboard",
                "https://acme.okta.com",
            ),
            ("acme-admin.oktapreview.com", "https://acme.oktapreview.com"),
            ("https://login.example.com", "https://login.example.com"),
        ] {
            let origin = clean(typed).expect("an org").origin;
            let key = |_| Arc::new(SigningKey::generate(KeyAlg::Es256).expect("a key"));
            let source = Source::new(
                "0oa1example0client00".into(),
                vec!["okta.apps.read".into()],
                How::Service { key: key(()) },
                key(()),
            );
            let call = source.request(&origin, 1_700_000_000).expect("signed");
            let url = call.url(&origin);
            let token_url = format!("{host}/oauth2/v1/token");
            assert_eq!(url.as_str(), token_url, "{typed}");
            let form = call.payload().expect("a form").bytes();
            let assertion = url::form_urlencoded::parse(&form)
                .find(|(name, _)| name == "client_assertion")
                .map(|(_, value)| value.into_owned())
                .expect("an assertion");
            assert_eq!(claims(&assertion)["aud"], token_url, "{typed}");

            let at_the_door = Attach::Proof(source.dpop.clone(), None);
            let proof = at_the_door.proof("POST", &url, 1_700_000_000).expect("signed");
            assert_eq!(claims(&proof.expect("a proof"))["htu"], token_url, "{typed}");

            let access = Access {
                token: Secret::new("an access token".into()),
                bound: true,
                scopes: Vec::new(),
                until: 1_700_003_600,
                number: 1,
            };
            let inside = Attach::Access(Arc::new(access), source.dpop.clone(), None);
            let url = Call::new(&e::APPS).query("limit", "200").url(&origin);
            let proof = inside.proof("GET", &url, 1_700_000_000).expect("signed");
            assert_eq!(
                claims(&proof.expect("a proof"))["htu"],
                format!("{host}/api/v1/apps"),
                "{typed}"
            );
        }
    }
}
