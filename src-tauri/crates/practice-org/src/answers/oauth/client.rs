//! Which client asks, and whether it is the one it says.

use super::Form;
use crate::answers::Ask;
use crate::errors::Refusal;
use crate::gate::jwt::{ALGORITHMS, Jwt};
use crate::gate::proof::SKEW;
use crate::oauth_errors::{self as say, Said};
use crate::world::clients::{self, Client};
use axum::http::header;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// The only kind of assertion.
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Seconds an assertion may be good for: one hour.
const ASSERTION_LIFE: i64 = 3600;

/// A client that has proved who it is.
pub(crate) struct Known {
    pub(crate) id: String,
    pub(crate) client: Client,
}

fn refuse<T>(said: Said) -> Result<T, Refusal> {
    Err(Refusal::oauth(said))
}

fn find(ask: &Ask<'_>, id: &str, otherwise: Said) -> Result<Client, Refusal> {
    let world = ask.org.world();
    clients::find(&world, id)
        .cloned()
        .ok_or_else(|| Refusal::oauth(otherwise))
}

/// Finds out which client asks.
///
/// # Errors
/// Nobody known, or not proved.
pub(crate) fn known(ask: &Ask<'_>, form: &Form) -> Result<Known, Refusal> {
    let basic = crate::serve::text(&ask.parts.headers, &header::AUTHORIZATION);
    let (assertion, secret) = (form.get("client_assertion"), form.get("client_secret"));
    let ways = [basic.is_some(), assertion.is_some(), secret.is_some()];
    if ways.iter().filter(|way| **way).count() > 1 {
        return refuse(say::MANY_CREDENTIALS);
    }
    if let Some(assertion) = assertion {
        if form.get("client_assertion_type") != Some(JWT_BEARER) {
            return refuse(say::ASSERTION_TYPE);
        }
        return asserted(ask, form, assertion);
    }
    let (id, secret, method) = match (basic, secret) {
        (Some(header), _) => {
            let (id, secret) = credentials(header).ok_or_else(|| Refusal::oauth(say::BASIC))?;
            (id, Some(secret), "client_secret_basic")
        }
        (None, secret) => {
            // Public clients may name themselves in the address when they look into a token (Okta's schema).
            let looks = ask.path.ends_with("/introspect");
            let named = || ask.query("client_id").filter(|_| looks);
            let id = form.get("client_id").or_else(named);
            let id = id.ok_or_else(|| Refusal::oauth(say::NO_CREDENTIALS))?;
            let method = if secret.is_some() {
                "client_secret_post"
            } else {
                "none"
            };
            (id.to_owned(), secret.map(str::to_owned), method)
        }
    };
    let client = find(ask, &id, say::CLIENT_ID)?;
    if client.auth != method {
        // Some word for the commonest mistake of all: a service app that sends no assertion.
        return refuse(if client.auth == "private_key_jwt" || method == "none" {
            say::CLIENT_FAILED
        } else {
            say::CLIENT_SECRET
        });
    }
    if client.secret != secret && method != "none" {
        return refuse(say::CLIENT_SECRET);
    }
    Ok(Known { id, client })
}

fn credentials(header: &str) -> Option<(String, String)> {
    let (kind, rest) = header.split_once(' ')?;
    if !kind.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(rest.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    (!id.is_empty()).then(|| (id.to_owned(), secret.to_owned()))
}

/// The client that signed an assertion (`private_key_jwt`).
fn asserted(ask: &Ask<'_>, form: &Form, assertion: &str) -> Result<Known, Refusal> {
    let jwt = Jwt::parse(assertion).ok_or_else(|| Refusal::oauth(say::ASSERTION_JWT))?;
    if !ALGORITHMS.contains(&jwt.head("alg")) {
        return refuse(say::ASSERTION_ALGORITHM);
    }
    let id = jwt.claim("iss").to_owned();
    let client = find(ask, &id, say::ASSERTION_ISSUER)?;
    if jwt.claim("sub") != id {
        return refuse(say::ASSERTION_SUBJECT);
    }
    if form.get("client_id").is_some_and(|named| named != id) {
        return refuse(say::CLIENT_ID);
    }
    if client.auth != "private_key_jwt" {
        return refuse(say::CLIENT_FAILED);
    }
    let endpoint = format!("{}{}", ask.org.url, ask.path);
    let meant = match jwt.claims.get("aud") {
        Some(Value::String(aud)) => *aud == endpoint,
        Some(Value::Array(all)) => all.iter().any(|aud| *aud == endpoint),
        _ => false,
    };
    if !meant {
        return refuse(say::ASSERTION_AUDIENCE);
    }
    let now = ask.org.now();
    let Some(until) = jwt.time("exp") else {
        return refuse(say::ASSERTION_NO_EXPIRY);
    };
    if until <= now {
        return refuse(say::ASSERTION_EXPIRED);
    }
    if until - now > ASSERTION_LIFE + SKEW {
        return refuse(say::ASSERTION_TOO_FAR);
    }
    if jwt.time("iat").is_some_and(|at| at > now + SKEW) {
        return refuse(say::ASSERTION_EARLY);
    }
    signed(&client, &jwt)?;
    let seen = jwt.claim("jti");
    if !seen.is_empty() {
        let first = ask
            .org
            .world()
            .desk
            .first_time(format!("assertion {id} {seen}"), until, now);
        if !first {
            return refuse(say::ASSERTION_USED);
        }
    }
    Ok(Known { id, client })
}

/// Checks the signature against the key the header names; without a name there has to be one key only.
fn signed(client: &Client, jwt: &Jwt<'_>) -> Result<(), Refusal> {
    if client.keys.is_empty() {
        return refuse(if client.jwks_uri.is_some() {
            say::JWKS_URI
        } else {
            say::ASSERTION_NO_KEYS
        });
    }
    let kid = jwt.head("kid");
    let mut fitting = client
        .active_keys()
        .filter(|key| kid.is_empty() || key.kid() == Some(kid));
    let (Some(key), None) = (fitting.next(), fitting.next()) else {
        return refuse(say::ASSERTION_KID);
    };
    jwt.verify(&Value::Object(key.jwk.clone()))
        .or_else(|_| refuse(say::ASSERTION_SIGNATURE))
}
