//! The far side of consent: pages of four providers, and the page of Okta's the browser ends on.
//!
//! The providers know nothing of Okta's connections: they pass on the state they were given and make a code. Only the
//! return page, which is Okta's, knows which app a state belongs to.

mod looks;
mod page;

use crate::errors::Refusal;
use crate::gate::random;
use crate::org::Org;
use crate::serve::text;
use crate::switches::Switch;
use crate::world::connection::{CLIENT_ID, Code, RETURN_PATH};
use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use looks::{Look, look};
pub(crate) use page::{escape, hidden};
use serde_json::{Value, json};

const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The parameters of an authorize link, which every page hands on to the next.
const ASKED: &[&str] = &[
    "response_type",
    "client_id",
    "scope",
    "access_type",
    "state",
    "redirect_uri",
];

/// The template of a page's path, for the ledger.
pub(crate) fn template(path: &str) -> String {
    match path.split('/').collect::<Vec<_>>()[..] {
        [
            "",
            "consent",
            provider,
            step @ ("authorize" | "account" | "review" | "decision"),
        ] if look(provider).is_some() => {
            format!("/consent/{{provider}}/{step}")
        }
        ["", "consent", "return"] => RETURN_PATH.into(),
        _ => String::new(),
    }
}

fn with(mut response: Response, kind: &'static str) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
        // Not `no-referrer`: with it a browser sends forms with the origin `null`, which the door refuses.
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn html(status: StatusCode, page: String) -> Response {
    with((status, page).into_response(), "text/html; charset=utf-8")
}

fn json_page(status: StatusCode, body: &Value) -> Response {
    with((status, body.to_string()).into_response(), "application/json")
}

type Fields = Vec<(String, String)>;

fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields
        .iter()
        .find(|(has, _)| has == name)
        .map_or("", |(_, value)| value)
}

/// What the authorize link asks for, checked as a provider checks it.
fn check(org: &Org, fields: &Fields) -> Result<Fields, &'static str> {
    if field(fields, "client_id") != CLIENT_ID {
        return Err("Error 401: invalid_client. The OAuth client was not found.");
    }
    if field(fields, "redirect_uri") != format!("{}{RETURN_PATH}", org.url) {
        return Err("Error 400: redirect_uri_mismatch. The redirect address is not registered for this app.");
    }
    if field(fields, "response_type") != "code" {
        return Err("Error 400: unsupported_response_type.");
    }
    if field(fields, "state").is_empty() {
        return Err("Error 400: invalid_request. Required parameter is missing: state.");
    }
    Ok(fields
        .iter()
        .filter(|(name, _)| ASKED.contains(&name.as_str()))
        .cloned()
        .collect())
}

/// Answers as a provider, or as Okta's return page.
pub(crate) fn answer(org: &Org, parts: &Parts, body: &Bytes, changed: &mut Vec<String>) -> Response {
    let path: Vec<&str> = parts.uri.path().split('/').skip(2).collect();
    let get = parts.method == Method::GET;
    let query = || {
        url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect::<Fields>()
    };
    match path[..] {
        ["style.css"] if get => with(
            include_str!("style.css").into_response(),
            "text/css; charset=utf-8",
        ),
        ["return"] if get => okta_page(org, &query()),
        [provider, step] => match look(provider) {
            Some(look) if get && step == "authorize" => match check(org, &query()) {
                Ok(asked) => html(StatusCode::OK, page::sign_in(look, &asked, false)),
                Err(why) => html(StatusCode::BAD_REQUEST, page::wrong(look, why)),
            },
            Some(look) if parts.method == Method::POST => {
                let form = text(&parts.headers, &header::CONTENT_TYPE)
                    .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
                let fields: Fields = if form {
                    url::form_urlencoded::parse(body).into_owned().collect()
                } else {
                    Fields::new()
                };
                match check(org, &fields) {
                    Ok(asked) => take_step(org, look, step, &fields, &asked, changed),
                    Err(why) => html(StatusCode::BAD_REQUEST, page::wrong(look, why)),
                }
            }
            Some(_) | None => nothing(),
        },
        _ => nothing(),
    }
}

fn nothing() -> Response {
    with(
        (StatusCode::NOT_FOUND, "There is no such page.").into_response(),
        "text/plain; charset=utf-8",
    )
}

/// One form was sent.
fn take_step(
    org: &Org,
    look: &Look,
    step: &str,
    fields: &Fields,
    asked: &Fields,
    changed: &mut Vec<String>,
) -> Response {
    let email = field(fields, "email").trim();
    match step {
        "account" if email.is_empty() => html(StatusCode::OK, page::sign_in(look, asked, true)),
        "account" => html(StatusCode::OK, page::accounts(look, asked, email)),
        "review" => match look
            .accounts
            .iter()
            .find(|account| account.value == field(fields, "account"))
        {
            Some(account) if account.admin => html(StatusCode::OK, page::grant(look, asked, account.detail)),
            Some(account) => html(StatusCode::OK, page::refused(look, asked, account.detail)),
            None => html(StatusCode::OK, page::accounts(look, asked, look.email)),
        },
        "decision" => {
            let allowed = field(fields, "decision") == "allow";
            if allowed {
                changed.push(format!("code {}", look.path));
            }
            decide(org, look, asked, allowed)
        }
        _ => nothing(),
    }
}

/// Sends the browser back to Okta, with a code or with an error.
fn decide(org: &Org, look: &Look, asked: &Fields, allowed: bool) -> Response {
    let state = field(asked, "state");
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if allowed {
        let code = random(48);
        query.append_pair("code", &code);
        org.world().give_code(Code {
            code,
            state: state.into(),
            at: org.now(),
            used: false,
        });
    } else {
        query.append_pair("error", "access_denied");
        if let Some(description) = look.denial {
            query.append_pair("error_description", description);
        }
    }
    query.append_pair("state", state);
    let target = format!("{RETURN_PATH}?{}", query.finish());
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(target) = HeaderValue::from_str(&target) {
        response.headers_mut().insert(header::LOCATION, target);
    }
    with(response, "text/plain; charset=utf-8")
}

/// Okta's page: a JSON document in the tab that says how to go on, or why not.
fn okta_page(org: &Org, fields: &Fields) -> Response {
    let state = field(fields, "state");
    let waiting = org
        .world()
        .waiting_for(state)
        .filter(|_| !state.is_empty())
        .map(|app| (app.name.clone(), app.id.clone()));
    let Some((name, id)) = waiting else {
        let refusal = Refusal::validation("oauth", "state: The state is not valid or no longer valid.");
        return json_page(StatusCode::BAD_REQUEST, &refusal.body());
    };
    let error = field(fields, "error");
    if !error.is_empty() {
        let mut body = json!({ "error": error });
        if !field(fields, "error_description").is_empty() {
            body["error_description"] = json!(field(fields, "error_description"));
        }
        return json_page(StatusCode::BAD_REQUEST, &body);
    }
    let code = field(fields, "code");
    if code.is_empty() {
        let refusal = Refusal::validation("oauth", "code: The field cannot be left blank");
        return json_page(StatusCode::BAD_REQUEST, &refusal.body());
    }
    let told = if org.faults.is_on(Switch::WrongState) {
        random(32)
    } else {
        state.to_owned()
    };
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("code", code)
        .append_pair("state", &told)
        .finish();
    json_page(
        StatusCode::OK,
        &json!({ "continue_oauth_flow_url": {
            "href": format!("{}/api/v1/apps/{name}/{id}/oauth2/callback?{query}", org.url), "method": "POST" } }),
    )
}
