//! Reads what is sent to make or change a client: through the Apps API, or through dynamic client registration. Both are
//! brought to the flat form of the latter first.

use super::Client;
use super::check::{at_least, enumerated, grant_types, texts, uris};
use super::key::{Key, MOST, public_members};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashSet};

/// Why a client is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The part of the body.
    pub(crate) what: &'static str,
    /// The cause.
    pub(crate) cause: String,
}

pub(super) fn wrong<T>(what: &'static str, cause: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong {
        what,
        cause: cause.into(),
    })
}

/// Settings that are kept as they come.
const KEPT: &[&str] = &[
    "client_uri",
    "logo_uri",
    "policy_uri",
    "tos_uri",
    "initiate_login_uri",
    "issuer_mode",
    "idp_initiated_login",
    "wildcard_redirect",
    "network",
];

/// The flat form of an app's body.
pub(crate) fn from_app(body: &Value) -> Value {
    let mut flat = body["settings"]["oauthClient"].clone();
    if !flat.is_object() {
        flat = json!({});
    }
    for (theirs, ours) in [
        ("token_endpoint_auth_method", "token_endpoint_auth_method"),
        ("pkce_required", "pkce_required"),
        ("client_id", "client_id"),
        ("client_secret", "client_secret"),
    ] {
        let value = &body["credentials"]["oauthClient"][theirs];
        if !value.is_null() {
            flat[ours] = value.clone();
        }
    }
    if flat["consent_method"].is_null() {
        flat["consent_method"] = json!("TRUSTED");
    }
    flat
}

/// The flat form of a dynamic client's body: what it has no word for stays as it was.
pub(crate) fn from_client(body: &Value, old: Option<&Client>) -> Value {
    let mut flat = body.clone();
    flat["consent_method"] = json!(old.map_or("REQUIRED", |old| old.consent.as_str()));
    flat["dpop_bound_access_tokens"] = json!(old.is_some_and(|old| old.dpop));
    if flat["grant_types"].is_null() {
        flat["grant_types"] = json!(["authorization_code"]);
    }
    flat
}

fn keys(
    flat: &Value,
    old: Option<&Client>,
    fresh: &mut dyn FnMut() -> String,
    now: i64,
) -> Result<Vec<Key>, Wrong> {
    let given = match &flat["jwks"]["keys"] {
        Value::Null => return Ok(Vec::new()),
        Value::Array(keys) => keys,
        _ => return wrong("JsonWebKey", "jwks: The field must be a list of keys."),
    };
    if given.len() > MOST {
        let many = "You can't create a new key. You have reached the maximum number of keys allowed (50). To add another key, you must first delete an existing one.";
        return wrong("JsonWebKey", many);
    }
    let (mut all, mut kids) = (Vec::new(), HashSet::new());
    for key in given {
        let jwk = public_members(key).or_else(|cause| wrong("JsonWebKey", cause))?;
        let kid = jwk.get("kid").and_then(Value::as_str);
        if !kids.insert(kid.map(str::to_owned)) {
            return wrong("JsonWebKey", "All keys in the 'jwks' must have a unique `kid`.");
        }
        let before = old
            .into_iter()
            .flat_map(|old| &old.keys)
            .find(|had| had.jwk == jwk);
        let active = key["status"]
            .as_str()
            .map_or_else(|| before.is_none_or(|had| had.active), |s| s == "ACTIVE");
        all.push(Key {
            id: before.map_or_else(&mut *fresh, |had| had.id.clone()),
            active,
            created: before.map_or(now, |had| had.created),
            updated: now,
            jwk,
        });
    }
    Ok(all)
}

/// `rotation_type` and `leeway`; what was set before where nothing is said.
fn refresh(flat: &Value, kind: &str, old: Option<&Client>) -> Result<(bool, i64), Wrong> {
    let said = &flat["refresh_token"];
    if said.is_null() {
        return Ok(old.map_or((kind == "browser", 30), |old| (old.rotate, old.leeway)));
    }
    let rotation = said["rotation_type"].as_str().unwrap_or_default();
    if !["ROTATE", "STATIC"].contains(&rotation) {
        let cause = "rotation_type: The value must be one of ROTATE, STATIC.";
        return wrong("refresh_token", cause);
    }
    let leeway = match &said["leeway"] {
        Value::Null => 30,
        given => match given.as_i64().filter(|leeway| (0..=60).contains(leeway)) {
            Some(leeway) => leeway,
            None => {
                return wrong(
                    "refresh_token",
                    "leeway: The value must be a whole number from 0 to 60.",
                );
            }
        },
    };
    Ok((rotation == "ROTATE", leeway))
}

/// Whether it has to send a code challenge.
fn pkce(flat: &Value, kind: &str, auth: &str) -> Result<bool, Wrong> {
    let public = matches!(kind, "native" | "browser");
    let pkce = match &flat["pkce_required"] {
        Value::Null => public || auth == "none",
        Value::Bool(pkce) => *pkce,
        _ => return wrong("pkce_required", "pkce_required: The value must be true or false."),
    };
    if auth == "none" && !pkce {
        let cause = "pkce_required: The value must be true when token_endpoint_auth_method is none.";
        return wrong("pkce_required", cause);
    }
    Ok(pkce)
}

/// Reads a client in its flat form; `old` is the one it takes the place of, `fresh` makes ids of keys.
///
/// # Errors
/// What Okta would refuse.
pub(crate) fn read(
    flat: &Value,
    old: Option<&Client>,
    fresh: &mut dyn FnMut() -> String,
    now: i64,
) -> Result<Client, Wrong> {
    let kind = match flat["application_type"].as_str() {
        None if flat["application_type"].is_null() => old.map_or("web", |old| old.kind.as_str()),
        _ => enumerated(flat, "application_type", &["web", "native", "browser", "service"])?,
    };
    if old.is_some_and(|old| old.kind != kind) {
        return wrong(
            "application_type",
            "application_type: The field can't be changed.",
        );
    }
    let methods = [
        "client_secret_basic",
        "client_secret_jwt",
        "client_secret_post",
        "none",
        "private_key_jwt",
    ];
    let auth = match &flat["token_endpoint_auth_method"] {
        Value::Null => "client_secret_basic",
        _ => enumerated(flat, "token_endpoint_auth_method", &methods)?,
    };
    let public = matches!(kind, "native" | "browser");
    if auth == "none" && !public || kind == "browser" && auth != "none" {
        let cause =
            format!("token_endpoint_auth_method: The value is not valid for the application type {kind}.");
        return wrong("token_endpoint_auth_method", cause);
    }
    let grants = grant_types(flat, kind)?;
    let redirects = grants
        .iter()
        .any(|g| g == "authorization_code" || g == "implicit");
    let redirect_uris = uris(flat, "redirect_uris")?;
    at_least(
        redirects && redirect_uris.is_empty(),
        "redirect_uris",
        "authorization_code",
    )?;
    let mut response_types = texts(flat, "response_types")?;
    if response_types.is_empty() {
        let usual = if grants.iter().any(|g| g == "client_credentials") {
            "token"
        } else {
            "code"
        };
        response_types.push(usual.into());
    }
    let codeless = !response_types.iter().any(|it| it == "code");
    at_least(
        grants.iter().any(|g| g == "authorization_code") && codeless,
        "response_types",
        "authorization_code",
    )?;
    let (keys, jwks_uri) = (keys(flat, old, fresh, now)?, flat["jwks_uri"].as_str());
    if auth == "private_key_jwt" && keys.iter().all(|key| !key.active) && jwks_uri.is_none() {
        let cause = "jwks: An active key or a jwks_uri is required when token_endpoint_auth_method is private_key_jwt.";
        return wrong("JsonWebKey", cause);
    }
    let dpop = match &flat["dpop_bound_access_tokens"] {
        Value::Null => false,
        Value::Bool(dpop) => *dpop,
        _ => {
            return wrong(
                "dpop_bound_access_tokens",
                "dpop_bound_access_tokens: The value must be true or false.",
            );
        }
    };
    let (rotate, leeway) = refresh(flat, kind, old)?;
    let consent = match &flat["consent_method"] {
        Value::Null => "TRUSTED",
        _ => enumerated(flat, "consent_method", &["TRUSTED", "REQUIRED"])?,
    };
    let mut more = Map::new();
    for name in KEPT {
        if !flat[*name].is_null() {
            more.insert((*name).to_owned(), flat[*name].clone());
        }
    }
    Ok(Client {
        kind: kind.to_owned(),
        auth: auth.to_owned(),
        secret: old.and_then(|old| old.secret.clone()),
        pkce: pkce(flat, kind, auth)?,
        grant_types: grants,
        response_types,
        redirect_uris,
        logout_uris: uris(flat, "post_logout_redirect_uris")?,
        consent: consent.to_owned(),
        dpop,
        rotate,
        leeway,
        keys,
        jwks_uri: jwks_uri.map(str::to_owned),
        grants: old.map_or_else(BTreeMap::new, |old| old.grants.clone()),
        issued: old.map_or(now, |old| old.issued),
        more,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(flat: &Value) -> Result<Client, Wrong> {
        read(flat, None, &mut || "pks1".into(), 0)
    }

    fn native() -> Value {
        json!({ "application_type": "native", "token_endpoint_auth_method": "none",
            "grant_types": ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
            "response_types": ["code"], "redirect_uris": ["http://127.0.0.1:8765/callback"],
            "refresh_token": { "rotation_type": "ROTATE", "leeway": 20 } })
    }

    #[test]
    fn a_native_app_is_read() {
        let client = made(&native()).expect("a client");
        assert!(client.pkce && client.rotate && client.leeway == 20 && !client.dpop);
        let again = read(
            &json!({ "token_endpoint_auth_method": "none", "grant_types": ["authorization_code"],
            "redirect_uris": ["http://127.0.0.1:8765/callback"] }),
            Some(&client),
            &mut || "pks1".into(),
            9,
        )
        .expect("changed");
        assert!(
            again.rotate && again.leeway == 20 && again.kind == "native",
            "what was set before"
        );
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let short = json!({ "keys": [{ "kty": "RSA", "n": "AQAB", "e": "AQAB" }] });
        let secret = json!({ "keys": [{ "kty": "RSA", "n": "AQAB", "e": "AQAB", "d": "AQ" }] });
        for (pointer, value, part) in [
            ("/application_type", json!("desktop"), "application_type"),
            (
                "/application_type",
                json!("service"),
                "token_endpoint_auth_method",
            ),
            (
                "/token_endpoint_auth_method",
                json!("magic"),
                "token_endpoint_auth_method",
            ),
            (
                "/token_endpoint_auth_method",
                json!("private_key_jwt"),
                "JsonWebKey",
            ),
            ("/grant_types", json!(["refresh_token"]), "grant_types"),
            (
                "/grant_types",
                json!(["authorization_code", "client_credentials"]),
                "grant_types",
            ),
            ("/grant_types", json!([]), "grant_types"),
            ("/redirect_uris", json!([]), "redirect_uris"),
            ("/redirect_uris", json!(["/callback"]), "redirect_uris"),
            (
                "/redirect_uris",
                json!(["http://127.0.0.1:8765/callback#here"]),
                "redirect_uris",
            ),
            ("/response_types", json!(["token"]), "response_types"),
            (
                "/refresh_token",
                json!({ "rotation_type": "DAILY" }),
                "refresh_token",
            ),
            (
                "/refresh_token",
                json!({ "rotation_type": "ROTATE", "leeway": 61 }),
                "refresh_token",
            ),
            (
                "/dpop_bound_access_tokens",
                json!("yes"),
                "dpop_bound_access_tokens",
            ),
            ("/pkce_required", json!(false), "pkce_required"),
            ("/jwks", short, "JsonWebKey"),
            ("/jwks", secret, "JsonWebKey"),
        ] {
            let mut flat = native();
            flat[&pointer[1..]] = value.clone();
            let refused = made(&flat).err().map(|wrong| wrong.what);
            assert_eq!(refused, Some(part), "{pointer} {value}");
        }
    }
}
