//! `/oauth2/v1/authorize`: what an app asks for is checked, a person signs in, the browser goes back with a code.

use super::{Fields, field, html, page, redirect, wrong};
use crate::answers::oauth::scope_error;
use crate::gate::random;
use crate::oauth_errors::{self as say, Said};
use crate::org::Org;
use crate::switches::Switch;
use crate::world::admins::Principal;
use crate::world::clients::{self, scopes};
use crate::world::desk::{Code, Given};
use axum::http::StatusCode;
use axum::response::Response;
use url::Url;

/// The parameters the sign-in page hands on.
const ASKED: &[&str] = &[
    "client_id",
    "response_type",
    "response_mode",
    "scope",
    "redirect_uri",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "dpop_jkt",
    "prompt",
    "login_hint",
];

const PROMPTS: &[&str] = &["none", "login", "consent", "enroll_authenticator", "idp_refresh"];

/// What may not be sent back to the app, and what may.
enum Refused {
    /// Shown on a page: nothing is known of where to go back to.
    Here(Said),
    /// Sent back.
    There(Said),
}

/// A request that may go on.
struct Asked {
    scopes: Vec<String>,
}

/// Checks a request.
fn check(org: &Org, fields: &Fields) -> Result<Asked, Refused> {
    use Refused::{Here, There};
    let twice = fields
        .iter()
        .enumerate()
        .any(|(at, (name, _))| fields[..at].iter().any(|(had, _)| had == name));
    if twice {
        return Err(Here(say::DUPLICATES));
    }
    let world = org.world();
    let client = clients::find(&world, field(fields, "client_id")).ok_or(Here(say::CLIENT_ID))?;
    if client.kind == "service" {
        return Err(Here(say::SERVICE_SIGNS_IN));
    }
    let redirect_uri = field(fields, "redirect_uri");
    if !client.redirect_uris.iter().any(|uri| uri == redirect_uri) {
        return Err(Here(say::REDIRECT_URI));
    }
    let state = field(fields, "state");
    let plain = |c: char| c.is_ascii_alphanumeric() || ",._-".contains(c);
    if state.is_empty() || !state.chars().all(plain) {
        return Err(There(say::STATE));
    }
    let request = fields
        .iter()
        .any(|(name, _)| name == "request" || name == "request_uri");
    if request {
        return Err(There(say::NO_REQUEST_OBJECT));
    }
    if field(fields, "response_type") != "code" || !client.has_grant_type("authorization_code") {
        return Err(There(say::RESPONSE_TYPE));
    }
    if !["", "query"].contains(&field(fields, "response_mode")) {
        return Err(There(say::RESPONSE_MODE));
    }
    challenge(fields, client.pkce).map_err(There)?;
    let scopes = scopes::given(client, field(fields, "scope"), |scope| {
        org.scope_taken_back(scope)
    })
    .map_err(|wrong| There(scope_error(wrong)))?;
    for prompt in field(fields, "prompt")
        .split(' ')
        .filter(|prompt| !prompt.is_empty())
    {
        if !PROMPTS.contains(&prompt) {
            return Err(There(say::PROMPT));
        }
        if prompt == "none" {
            return Err(There(say::NO_SESSION));
        }
    }
    Ok(Asked { scopes })
}

/// Checks the code challenge: `S256` alone.
fn challenge(fields: &Fields, required: bool) -> Result<(), Said> {
    let challenge = field(fields, "code_challenge");
    if challenge.is_empty() {
        return if required { Err(say::NO_CHALLENGE) } else { Ok(()) };
    }
    if field(fields, "code_challenge_method") != "S256" {
        return Err(say::CHALLENGE_METHOD);
    }
    let letters = challenge
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c));
    if !letters || !(43..=128).contains(&challenge.len()) {
        return Err(say::CHALLENGE);
    }
    Ok(())
}

/// Sends the browser back to the app.
fn back(fields: &Fields, pairs: &[(&str, &str)]) -> Response {
    let Ok(mut target) = Url::parse(field(fields, "redirect_uri")) else {
        return wrong(say::REDIRECT_URI);
    };
    {
        let mut query = target.query_pairs_mut();
        query.extend_pairs(pairs);
        let state = field(fields, "state");
        if !state.is_empty() {
            query.append_pair("state", state);
        }
    }
    redirect(target.as_str())
}

fn refused(fields: &Fields, refused: &Refused) -> Response {
    match refused {
        Refused::Here(said) => wrong(*said),
        Refused::There(Said(_, error, words)) => {
            back(fields, &[("error", error), ("error_description", words)])
        }
    }
}

/// Where the form's answer may send the browser, as a source of a Content-Security-Policy.
fn source(fields: &Fields) -> String {
    Url::parse(field(fields, "redirect_uri")).map_or_else(
        |_| String::new(),
        |url| {
            if url.origin().is_tuple() {
                url.origin().ascii_serialization()
            } else {
                format!("{}:", url.scheme())
            }
        },
    )
}

/// The first page.
pub(super) fn start(org: &Org, fields: &Fields) -> Response {
    match check(org, fields) {
        Ok(asked) => {
            let kept: Fields = fields
                .iter()
                .filter(|(name, _)| ASKED.contains(&name.as_str()))
                .cloned()
                .collect();
            let world = org.world();
            let app = world.apps.get(field(fields, "client_id"));
            let app = app.map_or("", |app| app.label.as_str());
            let html_page = page::sign_in(&world, app, &kept, &asked.scopes, field(fields, "login_hint"));
            html(StatusCode::OK, html_page, &source(fields))
        }
        Err(why) => refused(fields, &why),
    }
}

/// The form was sent.
pub(super) fn finish(org: &Org, fields: &Fields, changed: &mut Vec<String>) -> Response {
    let asked: Fields = fields
        .iter()
        .filter(|(name, _)| ASKED.contains(&name.as_str()))
        .cloned()
        .collect();
    let checked = match check(org, &asked) {
        Ok(checked) => checked,
        Err(why) => return refused(&asked, &why),
    };
    if field(fields, "decision") == "deny" {
        return refused(&asked, &Refused::There(say::DENIED));
    }
    let (client, now) = (field(&asked, "client_id"), org.now());
    let mut world = org.world();
    let Some(user) = super::page::chosen(&world, field(fields, "username")) else {
        let app = world.apps.get(client).map_or("", |app| app.label.as_str());
        let again = page::sign_in(&world, app, &asked, &checked.scopes, "");
        return html(StatusCode::OK, again, &source(&asked));
    };
    if org.faults.is_on(Switch::SignInRefused) {
        return refused(&asked, &Refused::There(say::POLICY));
    }
    let assigned = world
        .apps
        .get(client)
        .is_some_and(|app| app.assigned.contains(&user));
    if !assigned {
        return refused(&asked, &Refused::There(say::NOT_ASSIGNED));
    }
    let some = |name: &str| {
        Some(field(&asked, name))
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let code = random(43);
    let given = Given {
        client: Some(client.to_owned()),
        who: Principal::User(user),
        scopes: checked.scopes,
        nonce: some("nonce"),
        signed_in: now,
        family: world.desk.family(),
    };
    world.desk.give_code(
        code.clone(),
        Code {
            given,
            redirect_uri: field(&asked, "redirect_uri").to_owned(),
            challenge: some("code_challenge"),
            key: some("dpop_jkt"),
            at: now,
            used: false,
        },
    );
    changed.push(format!("code {client}"));
    back(&asked, &[("code", &code)])
}
