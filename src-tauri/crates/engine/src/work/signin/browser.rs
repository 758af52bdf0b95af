//! Authorization code with PKCE in the system's browser (RFC 6749, 7636, 8252).
//!
//! `oauth2` makes what is pure: verifier and challenge, the state, the address. The request for the tokens leaves through
//! the one sender (docs/decisions/0011).

use super::{Job, first_view, no_handle};
use crate::engine::Engine;
use crate::ipc::views::signin::{SignInMethod, SignInPhase, SignInView};
use crate::okta::auth::tokens::token_call;
use crate::okta::client::Failure;
use crate::ports::browser::Openable;
use crate::ports::loopback::{Loopback, Page};
use crate::work::credentials::bare;
use domain::okta::call::Call;
use domain::okta::wire::error::ErrorBody;
use domain::org_address::OrgOrigin;
use domain::problem::{OktaError, Problem, local, oauth, signin as words};
use domain::secret::Secret;
use domain::signin::{Redirect, Wanted, judge};
use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, RedirectUrl, Scope};
use serde_json::{Value, json};
use std::sync::Arc;
use url::Url;

/// Random bytes of a state. In base64url: letters, digits, `-` and `_`, which Okta takes.
const STATE_BYTES: u32 = 32;

/// One request for authorization, and what its answer is checked and used with.
struct Request {
    url: Url,
    state: Secret,
    verifier: Secret,
    redirect_uri: String,
}

impl Request {
    fn new(org: &OrgOrigin, wanted: &Wanted, redirect_uri: &str) -> Option<Self> {
        let page = org.url(&["oauth2", "v1", "authorize"], &[]);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state) = BasicClient::new(ClientId::new(wanted.client_id.clone()))
            .set_auth_uri(AuthUrl::from_url(page))
            .set_redirect_uri(RedirectUrl::new(redirect_uri.to_owned()).ok()?)
            .authorize_url(|| CsrfToken::new_random_len(STATE_BYTES))
            .add_scope(Scope::new(wanted.asked()))
            .set_pkce_challenge(challenge)
            .url();
        Some(Self {
            url,
            state: Secret::new(state.into_secret()),
            verifier: Secret::new(verifier.into_secret()),
            redirect_uri: redirect_uri.to_owned(),
        })
    }

    /// The request for the tokens.
    fn exchange(&self, client_id: &str, code: &Secret) -> Call {
        token_call(json!({
            "grant_type": "authorization_code",
            "code": code.expose(),
            "redirect_uri": self.redirect_uri,
            "code_verifier": self.verifier.expose(),
            "client_id": client_id,
        }))
    }
}

/// A refusal that came through the browser.
fn refused(host: &str, error: &ErrorBody) -> Problem {
    let mut problem = oauth::explain(host, 302, error);
    problem.okta = Some(OktaError {
        status: 302,
        error_code: error.code.clone(),
        summary: error.summary.clone(),
        call: Some("GET /oauth2/v1/authorize".into()),
        ..OktaError::default()
    });
    problem
}

impl Engine {
    pub(super) async fn start_browser(&self, job: Arc<Job>) -> Result<SignInView, Problem> {
        let engine = self.handle().ok_or_else(no_handle)?;
        let ports = &self.sign_in.ports;
        let port = Loopback::bind(ports)
            .await
            .ok_or_else(|| words::ports_taken(ports))?;
        let request = Request::new(&job.org.origin, &job.wanted, &port.redirect_uri());
        let request = request.ok_or_else(|| local::internal("authorize address"))?;
        let page = Openable::sign_in(request.url.clone(), &job.org.origin, &[]);
        let page = page.ok_or_else(|| local::internal("authorize address"))?;
        let view = SignInView {
            redirect_uri: Some(request.redirect_uri.clone()),
            ..first_view(&job, SignInMethod::Browser, &page, self.sign_in.patience)
        };
        self.begin_sign_in(&job, page, view);
        let waiting = job.clone();
        tokio::spawn(async move {
            let came = engine.browser_tokens(&waiting, port, &request).await;
            engine.end_with(&waiting, came).await;
        });
        self.open_sign_in(&job.org.key).await
    }

    /// Waits for the browser and fetches the tokens; `None` when it was cancelled.
    async fn browser_tokens(
        &self,
        job: &Arc<Job>,
        port: Loopback,
        request: &Request,
    ) -> Result<Option<Value>, Problem> {
        let (org, host) = (&job.org.origin, job.org.origin.host());
        let judged = |query: &str| match judge(query, &request.state, org) {
            Redirect::NotOurs => None,
            Redirect::Code(code) => Some((Ok(code), Page::Taken)),
            Redirect::Refused(error) => Some((Err(refused(host, &error)), Page::NotCompleted)),
            Redirect::OtherServer => Some((Err(words::other_server(host)), Page::NotCompleted)),
        };
        let code = {
            let _closed = job.closed.clone().drop_guard();
            tokio::select! {
                () = job.cancel.cancelled() => return Ok(None),
                () = tokio::time::sleep(self.sign_in.patience) => {
                    return Err(words::nothing_came(&request.redirect_uri, &self.redirect_uris()));
                }
                came = port.wait(judged) => came?,
            }
        };
        self.move_sign_in(job, |view| view.phase = SignInPhase::Finishing);
        let make = |_| Ok(request.exchange(&job.wanted.client_id, &code));
        // Not stopped by a cancel: the tokens would be given out all the same, and could not be revoked.
        let stop = self.stop.child_token();
        match self
            .client
            .token(&bare(&job.org), &job.source, &make, &stop)
            .await
        {
            Ok(body) => Ok(Some(body)),
            Err(Failure::Unknown(_)) => Err(words::answer_lost(host)),
            Err(Failure::Not(problem)) => Err(*problem),
            Err(Failure::Cancelled) => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use sha2::{Digest, Sha256};
    use std::collections::HashMap;

    fn request() -> Request {
        let org = OrgOrigin::parse("https://acme.okta.com").expect("an origin");
        let wanted = Wanted::check("0oa1example0client00", &["okta.apps.read"]).expect("a wish");
        Request::new(&org, &wanted, "http://127.0.0.1:8765/callback").expect("a request")
    }

    #[test]
    fn the_address_has_what_okta_wants_and_no_secret() {
        let request = request();
        assert_eq!(request.url.path(), "/oauth2/v1/authorize");
        assert_eq!(request.url.host_str(), Some("acme.okta.com"));
        let query: HashMap<String, String> = request.url.query_pairs().into_owned().collect();
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(request.verifier.expose().as_bytes()));
        let expected = [
            ("client_id", "0oa1example0client00"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("redirect_uri", "http://127.0.0.1:8765/callback"),
            ("response_type", "code"),
            ("scope", "openid offline_access okta.apps.read"),
            ("state", request.state.expose()),
        ];
        let expected = expected
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
        assert_eq!(query, expected);
        assert!(!request.url.as_str().contains(request.verifier.expose()));
    }

    #[test]
    fn verifier_and_state_are_random_long_and_of_oktas_alphabet() {
        let (one, two) = (request(), request());
        assert_ne!(one.state.expose(), two.state.expose());
        assert_ne!(one.verifier.expose(), two.verifier.expose());
        for text in [one.state.expose(), one.verifier.expose()] {
            assert_eq!(text.len(), 43, "256 bits");
            assert!(
                text.bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            );
        }
    }

    #[test]
    fn the_exchange_shows_neither_code_nor_verifier() {
        let request = request();
        let call = request.exchange("0oa1example0client00", &Secret::new("canary-code".into()));
        let body = call.payload().expect("a form");
        let sent = String::from_utf8(body.bytes()).expect("text");
        assert!(sent.contains("code=canary-code") && sent.contains(request.verifier.expose()));
        let shown = body.shown().to_string();
        assert!(!shown.contains("canary-code") && !shown.contains(request.verifier.expose()));
    }
}
