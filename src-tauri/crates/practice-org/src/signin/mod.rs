//! The org's own pages in a browser: signing in for an app (`/oauth2/v1/authorize`), saying yes to a device (`/activate`),
//! signing out. They need no script and load nothing but the style of the consent pages.

mod activate;
mod authorize;
mod logout;
mod page;

use crate::oauth_errors::Said;
use crate::org::Org;
use crate::serve::text;
use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

const AUTHORIZE: &str = "/oauth2/v1/authorize";
const SIGN_IN: &str = "/oauth2/v1/authorize/sign-in";
const ACTIVATE: &str = "/activate";
const ACTIVATE_USER: &str = "/activate/user";
const LOGOUT: &str = "/oauth2/v1/logout";

/// The template of a page's path; `None` for what is none.
pub(crate) fn template(path: &str) -> Option<&'static str> {
    [AUTHORIZE, SIGN_IN, ACTIVATE, ACTIVATE_USER, LOGOUT]
        .into_iter()
        .find(|page| *page == path)
}

/// The path is a page's.
pub(crate) fn is_page(path: &str) -> bool {
    template(path).is_some()
}

type Fields = Vec<(String, String)>;

fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields
        .iter()
        .find(|(has, _)| has == name)
        .map_or("", |(_, value)| value)
}

/// A page. `leads_to`: where its forms may end up besides here, for browsers that look at redirects too.
fn html(status: StatusCode, page: String, leads_to: &str) -> Response {
    let policy = format!(
        "default-src 'none'; style-src 'self'; form-action 'self'{}{leads_to}; base-uri 'none'; frame-ancestors 'none'",
        if leads_to.is_empty() { "" } else { " " }
    );
    let mut response = (status, page).into_response();
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
        // Not `no-referrer`: with it a browser sends forms with the origin `null`, which the door refuses.
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The browser goes elsewhere.
fn redirect(target: &str) -> Response {
    let Ok(location) = HeaderValue::from_str(target) else {
        return wrong(crate::oauth_errors::REDIRECT_URI);
    };
    (
        StatusCode::FOUND,
        [
            (header::LOCATION, location),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        ],
    )
        .into_response()
}

/// An error page: the browser is sent nowhere.
fn wrong(said: Said) -> Response {
    html(StatusCode::BAD_REQUEST, page::wrong(said), "")
}

/// Answers as one of the org's pages.
pub(crate) fn answer(org: &Org, parts: &Parts, body: &Bytes, changed: &mut Vec<String>) -> Response {
    let query = || {
        url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect::<Fields>()
    };
    let form = || {
        let form = text(&parts.headers, &header::CONTENT_TYPE)
            .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        if form {
            url::form_urlencoded::parse(body).into_owned().collect()
        } else {
            Fields::new()
        }
    };
    let (get, post) = (parts.method == Method::GET, parts.method == Method::POST);
    match parts.uri.path() {
        AUTHORIZE if get => authorize::start(org, &query()),
        AUTHORIZE if post => authorize::start(org, &form()),
        SIGN_IN if post => authorize::finish(org, &form(), changed),
        ACTIVATE if get => activate::start(org, &query()),
        ACTIVATE if post => activate::code(org, &form()),
        ACTIVATE_USER if post => activate::finish(org, &form(), changed),
        LOGOUT if get => logout::answer(org, &query()),
        LOGOUT if post => logout::answer(org, &form()),
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}
