//! The one sender. Every request to an org leaves here: the credential is attached only for the org's own origin,
//! redirects are not followed, nothing is sent twice whose outcome is unknown, and no error names a URL.

use super::attach::{Attach, Credential};
use super::pace::{Pace, Urgency, Verdict, after_429};
use super::receive::{self, BodyFault, Next};
use super::tries::{LIMIT_TRIES, Sent, Tries};
use super::wires::Wires;
use crate::ipc::views::history::CallRow;
use domain::okta::call::Call;
use domain::okta::endpoints::{Class, Method};
use domain::okta::wire::error::ErrorBody;
use domain::org_address::OrgOrigin;
use domain::problem::okta::{Refusal, explain};
use domain::problem::{Problem, ProblemCode, local};
use domain::signin::Challenge;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};
use serde_json::Value;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// Which org a call goes to.
#[derive(Debug, Clone)]
pub struct Target {
    /// Org key.
    pub key: String,
    /// Its origin.
    pub origin: OrgOrigin,
    /// What the calls are made with.
    pub credential: Credential,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status, 2xx.
    pub status: u16,
    /// Body; `Null` when empty.
    pub body: Value,
    /// `X-Okta-Request-Id`.
    pub request_id: Option<String>,
    /// The next page.
    pub next: Next,
    /// Milliseconds.
    pub ms: u32,
}

/// Why there is no answer to use.
#[derive(Debug)]
pub enum Failure {
    /// Nothing happened in Okta: it was not sent, or it was refused.
    Not(Box<Problem>),
    /// It is not known whether it happened.
    Unknown(Box<Problem>),
    /// The person cancelled; for a write that was under way the outcome is unknown.
    Cancelled,
}

impl Failure {
    /// As a person sees it.
    pub fn problem(self) -> Problem {
        match self {
            Self::Not(problem) | Self::Unknown(problem) => *problem,
            Self::Cancelled => Problem::new(ProblemCode::Cancelled, "Cancelled.", "Nothing more is sent."),
        }
    }

    /// As a person sees it when it ends a listing early.
    pub fn ended_list(self) -> Problem {
        match self {
            Self::Cancelled => Problem::new(
                ProblemCode::Cancelled,
                "The list was stopped.",
                "What had been read is shown. Refresh to read the rest.",
            ),
            other => other.problem(),
        }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        failure.problem()
    }
}

/// Where calls and waits are told.
pub trait Watch: Send + Sync {
    /// A call was made.
    fn called(&self, call: CallRow);
    /// The sender waits for the org's rate limit until this server time, or no more.
    fn waiting(&self, org: &str, until: Option<i64>);
}

/// The sender. A clone is the same sender.
#[derive(Clone)]
pub struct Client {
    wires: Wires,
    pub(super) pace: Arc<Pace>,
    watch: Arc<dyn Watch>,
}

/// Carries the proof (RFC 9449).
const DPOP: HeaderName = HeaderName::from_static("dpop");

impl Client {
    /// Makes the sender.
    ///
    /// # Errors
    /// When the TLS set-up of the machine can't be read.
    pub fn new(watch: Arc<dyn Watch>) -> Result<Self, Problem> {
        Ok(Self {
            wires: Wires::new()?,
            pace: Arc::default(),
            watch,
        })
    }

    /// Now by an org's own clock, as far as it is known; UNIX seconds.
    pub fn time(&self, org: &str) -> i64 {
        self.pace.now(org)
    }

    /// Closes the connections nothing is on its way over.
    pub fn hang_up(&self) {
        self.wires.hang_up();
    }

    /// When this many more background requests of a bucket will be through, in UNIX seconds of the org's clock, at the pace
    /// its limit allows; `None` while the limit is not known.
    pub fn through(&self, org: &str, bucket: &'static str, requests: u32) -> Option<i64> {
        let (limit, remaining, reset) = self.pace.window(org, bucket)?;
        let now = self.pace.now(org);
        let per_window = limit.saturating_sub((limit / 10).max(2)).max(1);
        let left = remaining.saturating_sub((limit / 10).max(2));
        if requests <= left && reset >= now {
            return Some(now + i64::from(requests.div_ceil(10)));
        }
        let windows = (requests.saturating_sub(left).max(1) - 1) / per_window;
        Some(reset.max(now) + 1 + 60 * i64::from(windows))
    }

    /// Forgets what is known of an org's limits.
    pub fn forget(&self, org: &str) {
        self.pace.forget(org);
    }

    /// Sends a call and waits for its answer, at the pace the org asks for.
    ///
    /// # Errors
    /// [`Failure`]: whether the org may have acted is part of it.
    pub async fn send(
        &self,
        to: &Target,
        call: &Call,
        urgency: Urgency,
        cancel: &CancellationToken,
    ) -> Result<Answer, Failure> {
        let mut tries = Tries::new();
        loop {
            let attach = self.attach(to, call, tries.refused, cancel).await?;
            self.take_place(to, call, urgency, cancel).await?;
            let sent = self.once(to, call, &attach, tries.limited, cancel).await;
            if let (Some(nonce), Credential::OAuth(source)) = (&sent.nonce, &to.credential) {
                source.keep_nonce(nonce.clone());
            }
            if self.again(to, &sent, &mut tries, cancel).await? || tries.with_another_token(&attach, &sent) {
                continue;
            }
            match sent.result {
                Err(Failure::Unknown(problem)) if call.class() == Class::Read => match tries.pauses.next() {
                    Some(pause) => rest(pause, cancel).await?,
                    None => return Err(Failure::Not(problem)),
                },
                Err(Failure::Not(problem))
                    if call.class() == Class::Read
                        && matches!(problem.code, ProblemCode::OktaDown | ProblemCode::Network) =>
                {
                    match tries.pauses.next() {
                        Some(pause) => rest(pause, cancel).await?,
                        None => return Err(Failure::Not(problem)),
                    }
                }
                other => return other,
            }
        }
    }

    /// Waits where a 429 asks for it; `true` when the request may go again.
    pub(super) async fn again(
        &self,
        to: &Target,
        sent: &Sent,
        tries: &mut Tries,
        cancel: &CancellationToken,
    ) -> Result<bool, Failure> {
        let Some(pause) = sent.pause.filter(|_| tries.limited < LIMIT_TRIES) else {
            return Ok(false);
        };
        // A 429 was not processed, so even a create may go again.
        tries.limited += 1;
        let until = self.pace.now(&to.key) + i64::try_from(pause.as_secs()).unwrap_or(0);
        self.watch.waiting(&to.key, Some(until));
        let slept = rest(pause, cancel).await;
        self.watch.waiting(&to.key, None);
        slept.map(|()| true)
    }

    /// Waits until a request has a place, and takes it.
    pub(super) async fn take_place(
        &self,
        to: &Target,
        call: &Call,
        urgency: Urgency,
        cancel: &CancellationToken,
    ) -> Result<(), Failure> {
        let bucket = call.endpoint.bucket;
        self.wait_until(&to.key, cancel, || self.pace.try_take(&to.key, bucket, urgency))
            .await
    }

    /// Waits until a request would have a place, without taking it; `false` when cancelled. For writes that can be taken back
    /// as long as they have not begun.
    pub async fn room(
        &self,
        org: &str,
        bucket: &'static str,
        urgency: Urgency,
        cancel: &CancellationToken,
    ) -> bool {
        self.wait_until(org, cancel, || self.pace.would(org, bucket, urgency))
            .await
            .is_ok()
    }

    /// Asks until the verdict is to go. That it waits for the limit is told once, and that it does no more.
    async fn wait_until(
        &self,
        org: &str,
        cancel: &CancellationToken,
        ask: impl Fn() -> Verdict,
    ) -> Result<(), Failure> {
        let mut told = false;
        let result = loop {
            if cancel.is_cancelled() {
                break Err(Failure::Cancelled);
            }
            match ask() {
                Verdict::Go => break Ok(()),
                Verdict::AfterAnswer => self.pace.wait_for_answer().await,
                Verdict::Until(until) => {
                    if !told {
                        told = true;
                        self.watch.waiting(org, Some(until));
                    }
                    if rest(Duration::from_secs(1), cancel).await.is_err() {
                        break Err(Failure::Cancelled);
                    }
                }
            }
        };
        if told {
            self.watch.waiting(org, None);
        }
        result
    }

    /// Sends once.
    pub(super) async fn once(
        &self,
        to: &Target,
        call: &Call,
        attach: &Attach,
        attempt: u32,
        cancel: &CancellationToken,
    ) -> Sent {
        let host = to.origin.host();
        let bucket = call.endpoint.bucket;
        let request = match self.request(to, call, attach) {
            Ok(request) => request,
            Err(problem) => {
                self.pace.done(&to.key, bucket, None, None);
                return Sent::no_answer(Failure::Not(Box::new(problem)));
            }
        };
        let asked = request.url().clone();
        let client = self.wires.to(to.origin.is_practice());
        let begun = Instant::now();
        let sent = tokio::select! {
            () = cancel.cancelled() => None,
            sent = client.execute(request) => Some(sent),
        };
        let ms = || u32::try_from(begun.elapsed().as_millis()).unwrap_or(u32::MAX);
        let response = match sent {
            None => {
                self.pace.done(&to.key, bucket, None, None);
                return Sent::no_answer(Failure::Cancelled);
            }
            Some(Err(error)) => {
                self.pace.done(&to.key, bucket, None, None);
                self.tell(to, call, None, None, ms(), None);
                return Sent::no_answer(no_answer(&error, host, call));
            }
            Some(Ok(response)) => response,
        };
        let status = response.status().as_u16();
        let rates = receive::rate_headers(response.headers());
        let request_id = receive::text(response.headers(), "x-okta-request-id");
        let www_authenticate = receive::text(response.headers(), "www-authenticate");
        let nonce = receive::text(response.headers(), "dpop-nonce").filter(|nonce| nonce.len() <= 512);
        let next = receive::next(response.headers(), &asked, &to.origin);
        let pause = if status == 429 {
            after_429(&rates, attempt, self.pace.now(&to.key))
        } else {
            None
        };
        let body = receive::json(response).await;
        self.pace.done(&to.key, bucket, Some(&rates), pause);
        self.tell(to, call, Some(status), request_id.clone(), ms(), Some(&rates));
        let mut sent = Sent {
            result: Err(Failure::Cancelled),
            pause,
            status,
            challenge: www_authenticate
                .as_deref()
                .map(Challenge::read)
                .unwrap_or_default(),
            error: None,
            nonce,
        };
        if (200..300).contains(&status) {
            sent.result = match body {
                Ok(body) => Ok(Answer {
                    status,
                    body,
                    request_id,
                    next,
                    ms: ms(),
                }),
                // The write was taken; only what it said is lost.
                Err(fault) => Err(self.bad_body(&fault, host, call)),
            };
            return sent;
        }
        let parsed = match &body {
            Ok(value) => ErrorBody::read(value),
            Err(_) => None,
        };
        let gateway = status >= 500
            && call.class() != Class::Read
            && !parsed.as_ref().is_some_and(ErrorBody::read_only);
        let mut problem = match (&body, &parsed) {
            (Err(BodyFault::NotJson(kind)), None) if request_id.is_none() => {
                local::not_oktas_answer(host, &format!("{kind} with status {status}"))
            }
            _ => explain(
                call.endpoint,
                host,
                &Refusal {
                    status,
                    body: parsed.clone(),
                    request_id,
                    www_authenticate,
                    holder: to.credential.holder(),
                },
            ),
        };
        if status == 429 {
            let until =
                self.pace.now(&to.key) + pause.map_or(60, |p| i64::try_from(p.as_secs()).unwrap_or(60));
            problem.retry_at = jiff::Timestamp::from_second(until).ok().map(|t| t.to_string());
        }
        let failure = if gateway {
            // A 5xx can come after the work was done (502, 503, 504 from in between, or a fault after the commit).
            let mut unknown = local::outcome_unknown(host, call.endpoint.purpose);
            unknown.okta = problem.okta;
            Failure::Unknown(Box::new(unknown))
        } else {
            Failure::Not(Box::new(problem))
        };
        sent.error = parsed;
        sent.result = Err(failure);
        sent
    }

    fn bad_body(&self, fault: &BodyFault, host: &str, call: &Call) -> Failure {
        let problem = match fault {
            BodyFault::Cut => local::no_answer(host),
            BodyFault::TooLarge => local::not_oktas_answer(host, "larger than 16 MB"),
            BodyFault::NotJson(kind) => local::not_oktas_answer(host, kind),
        };
        match (fault, call.class()) {
            (BodyFault::Cut, Class::Read) => Failure::Unknown(Box::new(problem)),
            (_, Class::Read) => Failure::Not(Box::new(problem)),
            _ => Failure::Unknown(Box::new(local::outcome_unknown(host, call.endpoint.purpose))),
        }
    }

    fn request(&self, to: &Target, call: &Call, attach: &Attach) -> Result<reqwest::Request, Problem> {
        let url = call.url(&to.origin);
        if !to.origin.owns(&url) {
            return Err(local::internal("request address"));
        }
        let method = match call.endpoint.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let proof = attach.proof(call.endpoint.method.as_str(), &url, self.pace.now(&to.key))?;
        let mut request = reqwest::Request::new(method, url);
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(text) = attach.authorization() {
            headers.insert(AUTHORIZATION, sensitive(&text)?);
        }
        if let Some(proof) = proof {
            headers.insert(DPOP, sensitive(&proof)?);
        }
        if let Some(payload) = call.payload() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(payload.media_type()));
            *request.body_mut() = Some(payload.bytes().into());
        }
        Ok(request)
    }

    fn tell(
        &self,
        to: &Target,
        call: &Call,
        status: Option<u16>,
        request_id: Option<String>,
        ms: u32,
        rates: Option<&super::pace::Headers>,
    ) {
        self.watch.called(CallRow {
            at: jiff::Timestamp::now().to_string(),
            org: to.key.clone(),
            method: call.endpoint.method.as_str().into(),
            path: call.endpoint.path.into(),
            status,
            request_id,
            ms,
            remaining: rates.and_then(|r| r.remaining),
            limit: rates.and_then(|r| r.limit),
        });
    }
}

fn sensitive(text: &str) -> Result<HeaderValue, Problem> {
    let mut value = HeaderValue::from_str(text).map_err(|_| {
        Problem::bad_input(
            "token",
            "That is not an API token.",
            "It holds characters no token has. Copy it again.",
        )
    })?;
    value.set_sensitive(true);
    Ok(value)
}

pub(super) async fn rest(pause: Duration, cancel: &CancellationToken) -> Result<(), Failure> {
    tokio::select! {
        () = cancel.cancelled() => Err(Failure::Cancelled),
        () = tokio::time::sleep(pause) => Ok(()),
    }
}

/// Sorts a transport error. Its own text is never used: it names the whole address, consent code included.
fn no_answer(error: &reqwest::Error, host: &str, call: &Call) -> Failure {
    let mut causes = Vec::new();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        causes.push(inner.to_string().to_lowercase());
        source = inner.source();
    }
    let mentions = |words: &[&str]| causes.iter().any(|c| words.iter().any(|w| c.contains(w)));
    if error.is_connect() || error.is_builder() {
        let problem = if mentions(&["certificate", "tls", "handshake"]) {
            local::untrusted(host)
        } else if mentions(&["tunnel error"]) {
            local::proxy_refused(host, mentions(&["proxy authorization required"]))
        } else if mentions(&["dns", "lookup", "name or service not known", "no such host"]) {
            local::unknown_host(host)
        } else {
            local::no_connection(host)
        };
        return Failure::Not(Box::new(problem));
    }
    if call.class() == Class::Read {
        Failure::Unknown(Box::new(local::no_answer(host)))
    } else {
        Failure::Unknown(Box::new(local::outcome_unknown(host, call.endpoint.purpose)))
    }
}
