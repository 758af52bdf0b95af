//! HTTP in and out: who may talk to this port at all, reading a request, faults, headers, and the ledger.

use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::faults::{Act, Plan};
use crate::gate::limits::Rate;
use crate::gate::{auth, random};
use crate::ledger::{Auth, Entry};
use crate::line::{Hold, Lines};
use crate::org::Org;
use crate::switches::Switch;
use crate::{consent, control, routes, signin};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{StatusCode, request::Parts};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Largest body taken.
const LARGEST: usize = 1024 * 1024;

/// Serves until told to stop, or the other end of `stopped` is dropped.
pub(crate) async fn serve(org: Arc<Org>, listener: TcpListener, stopped: oneshot::Receiver<()>) {
    let app = Router::new().fallback(answer).with_state(org);
    let server = axum::serve(Lines(listener), app.into_make_service_with_connect_info::<Hold>());
    // Serving ends with the signal alone: what fails on one connection stays there.
    let _ = server
        .with_graceful_shutdown(async {
            let _ = stopped.await;
        })
        .await;
}

pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Pages a browser shows, with forms of their own.
#[derive(Clone, Copy)]
enum Page {
    /// A third party's.
    Consent,
    /// The org's own sign-in.
    SignIn,
}

impl Page {
    fn of(path: &str) -> Option<Self> {
        if path.starts_with("/consent/") {
            Some(Self::Consent)
        } else {
            signin::is_page(path).then_some(Self::SignIn)
        }
    }
}

fn plain(status: StatusCode, says: &'static str) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        says,
    )
        .into_response()
}

/// The door: only this machine, only by this name, never a script of another page.
async fn answer(
    State(org): State<Arc<Org>>,
    ConnectInfo(hold): ConnectInfo<Hold>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    if text(&parts.headers, &header::HOST) != Some(&org.host) {
        return plain(
            StatusCode::MISDIRECTED_REQUEST,
            "This is a practice org. It answers to its own address only.",
        );
    }
    let path = parts.uri.path();
    let page = Page::of(path);
    let origin = parts.headers.get(header::ORIGIN);
    let own = origin.is_some_and(|o| o.as_bytes() == org.url.as_bytes());
    if origin.is_some() && !(page.is_some() && own) {
        return plain(
            StatusCode::FORBIDDEN,
            "This is a practice org. It does not answer other pages' scripts.",
        );
    }
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return plain(StatusCode::PAYLOAD_TOO_LARGE, "The request is too large.");
    };
    if path.starts_with("/_practice/") {
        return control::answer(&org, &parts, &body);
    }
    let number = note(&org, &parts);
    let mut changed = Vec::new();
    if let Some(page) = page {
        let response = match page {
            Page::Consent => consent::answer(&org, &parts, &body, &mut changed),
            Page::SignIn => signin::answer(&org, &parts, &body, &mut changed),
        };
        org.ledger().finish(number, response.status().as_u16(), changed);
        return response;
    }
    let under = org.faults.limits.enter();
    let plan = org.faults.plan(parts.method.as_str(), path);
    let response = api(&org, &hold, &parts, &body, under.is_some(), &plan, &mut changed);
    // Noted before any delay: a client that gives up waiting has still had its request carried out.
    org.ledger().finish(
        number,
        response.as_ref().map_or(0, |r| r.status().as_u16()),
        changed,
    );
    tokio::time::sleep(plan.head).await;
    drop(under);
    match response {
        // The connection is cut before a byte of this is sent.
        None => StatusCode::NO_CONTENT.into_response(),
        Some(response) if plan.body.is_zero() => response,
        Some(response) => late_body(response, plan.body).await,
    }
}

/// Notes a request in the ledger; what it led to follows.
fn note(org: &Org, parts: &Parts) -> u64 {
    let path = parts.uri.path();
    let query = parts.uri.query().unwrap_or_default();
    let template = match routes::find(parts.method.as_str(), path) {
        Ok((route, _)) => route.template.to_owned(),
        Err(_) => signin::template(path).map_or_else(|| consent::template(path), str::to_owned),
    };
    org.ledger().add(Entry {
        number: 0,
        at: org.now(),
        method: parts.method.to_string(),
        template,
        path: path.into(),
        query: url::form_urlencoded::parse(query.as_bytes())
            .map(|(name, _)| name.into_owned())
            .collect(),
        auth: auth::read(text(&parts.headers, &header::AUTHORIZATION)).0,
        status: 0,
        changed: Vec::new(),
    })
}

/// Answers as Okta's API, faults included; `None` for a connection that is reset.
fn api(
    org: &Org,
    hold: &Hold,
    parts: &Parts,
    body: &Bytes,
    room: bool,
    plan: &Plan,
    changed: &mut Vec<String>,
) -> Option<Response> {
    let mut response = if !room {
        // Limit and remaining 0 tell that it is about requests at once; its reset is a guess.
        let rate = Rate {
            limit: 0,
            remaining: 0,
            reset: org.now() + 60,
            exceeded: true,
        };
        okta(org, Err(Refusal::rate_limit()), Some(rate), Vec::new())
    } else if let Some(act) = &plan.before {
        strike(org, hold, parts, act, None)?
    } else {
        let mut reply = Vec::new();
        let (answer, rate) = carry_out(org, parts, body, changed, &mut reply);
        let governance = parts.uri.path().starts_with("/governance/");
        let answer = answer.map_err(|refusal| {
            if governance {
                refusal.of_governance()
            } else {
                refusal
            }
        });
        okta(org, answer, rate, reply)
    };
    if let Some(act) = &plan.after {
        response = strike(org, hold, parts, act, Some(response))?;
    }
    overrule(response.headers_mut(), &plan.headers);
    Some(response)
}

/// What a fault makes of an answer.
fn strike(org: &Org, hold: &Hold, parts: &Parts, act: &Act, truth: Option<Response>) -> Option<Response> {
    match act {
        Act::Pass => truth,
        Act::Refuse(refusal) => {
            let route = routes::find(parts.method.as_str(), parts.uri.path()).ok();
            let rate = route.and_then(|(route, _)| rate(org, route.bucket));
            let rate = rate.map(|rate| {
                if refusal.status == 429 {
                    Rate { remaining: 0, ..rate }
                } else {
                    rate
                }
            });
            Some(okta(org, Err(refusal.clone()), rate, Vec::new()))
        }
        Act::Raw {
            status,
            content_type,
            body,
        } => Some(raw(*status, content_type, body.clone())),
        Act::Cut { bytes } => {
            hold.cut_after(*bytes);
            truth.filter(|_| *bytes > 0)
        }
    }
}

fn rate(org: &Org, bucket: Option<&str>) -> Option<Rate> {
    let used_up = bucket == Some("/api/v1/apps") && org.faults.is_on(Switch::RateLimit);
    bucket.map(|bucket| org.faults.limits.take(bucket, used_up, org.now()))
}

/// Carries a request out: limit, credential, then the answer.
fn carry_out(
    org: &Org,
    parts: &Parts,
    body: &Bytes,
    changed: &mut Vec<String>,
    reply: &mut Vec<(&'static str, String)>,
) -> (Result<Answer, Refusal>, Option<Rate>) {
    let path = parts.uri.path();
    let (route, params) = match routes::find(parts.method.as_str(), path) {
        Ok(found) => found,
        Err(refusal) => return (Err(refusal), None),
    };
    let rate = rate(org, route.bucket);
    if rate.is_some_and(|rate| rate.exceeded) {
        return (Err(Refusal::rate_limit()), rate);
    }
    let caller = match auth::check(org, parts, route, reply) {
        Ok(caller) => caller,
        Err(refusal) => return (Err(refusal), rate),
    };
    if route.oauth_only && caller.kind == Auth::Ssws {
        return (Err(Refusal::forbidden()), rate);
    }
    if path.starts_with("/governance/") && org.faults.is_on(Switch::NoGovernance) {
        return (Err(Refusal::not_enabled()), rate);
    }
    let query = parts.uri.query().unwrap_or_default();
    let ask = Ask {
        org,
        path,
        params,
        query: url::form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect(),
        body,
        content_type: text(&parts.headers, &header::CONTENT_TYPE),
        caller,
        parts,
        changed: std::cell::RefCell::default(),
        reply: std::cell::RefCell::default(),
    };
    let answer = (route.answer)(&ask);
    *changed = ask.changed.into_inner();
    reply.extend(ask.reply.into_inner());
    (answer, rate)
}

/// An answer with Okta's headers.
fn okta(
    org: &Org,
    answer: Result<Answer, Refusal>,
    rate: Option<Rate>,
    reply: Vec<(&'static str, String)>,
) -> Response {
    let mut headers = HeaderMap::new();
    let mut put = |name: &'static str, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.append(HeaderName::from_static(name), value);
        }
    };
    put("date", http_date(org.now()));
    put("x-okta-request-id", random(27));
    if !reply.iter().any(|(name, _)| *name == "cache-control") {
        put("cache-control", "no-cache, no-store".into());
    }
    reply.into_iter().for_each(|(name, value)| put(name, value));
    if let Some(rate) = rate {
        put("x-rate-limit-limit", rate.limit.to_string());
        put("x-rate-limit-remaining", rate.remaining.to_string());
        put("x-rate-limit-reset", rate.reset.to_string());
    }
    let (status, body) = match answer {
        Ok(answer) => {
            answer.links.into_iter().for_each(|link| put("link", link));
            (answer.status, answer.body)
        }
        Err(refusal) => {
            let body = refusal.body();
            if let Some(challenge) = refusal.challenge {
                put("www-authenticate", challenge);
            }
            (refusal.status, Some(body))
        }
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match body {
        Some(body) => {
            put("content-type", "application/json".into());
            (status, headers, body.to_string()).into_response()
        }
        None => (status, headers).into_response(),
    }
}

/// An HTTP date (RFC 9110) of a time in UNIX seconds.
fn http_date(at: i64) -> String {
    let printer = jiff::fmt::rfc2822::DateTimePrinter::new();
    jiff::Timestamp::from_second(at)
        .ok()
        .and_then(|at| printer.timestamp_to_rfc9110_string(&at).ok())
        .unwrap_or_default()
}

/// Something that is not Okta's.
fn raw(status: u16, content_type: &str, body: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    let mut response = (status, body).into_response();
    if let Ok(value) = HeaderValue::from_str(content_type) {
        response.headers_mut().insert(header::CONTENT_TYPE, value);
    }
    response
}

/// Headers on purpose, in place of the true ones.
fn overrule(headers: &mut HeaderMap, wanted: &[(String, String)]) {
    for (name, _) in wanted {
        headers.remove(name);
    }
    for (name, value) in wanted.iter().filter(|(_, value)| !value.is_empty()) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            headers.append(name, value);
        }
    }
}

/// Sends the body some time after the head.
async fn late_body(response: Response, after: Duration) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Response::from_parts(parts, Body::empty());
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    let late = futures_util::stream::once(async move {
        tokio::time::sleep(after).await;
        Ok::<_, std::convert::Infallible>(bytes)
    });
    Response::from_parts(parts, Body::from_stream(late))
}
