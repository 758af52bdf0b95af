//! What a service app is made of: the bodies Okta is sent, and what is read out of its answers.
//!
//! Sources: `createApplication`, `addJwk`, `grantConsentToScope` and `assignRoleToClient` of Okta's management schema,
//! and its guide “Implement OAuth for Okta with a service app”.

use crate::org_address::OrgOrigin;
use serde_json::{Value, json};

/// A new service app with its public key. `accessibility` is left out: an org without self-service refuses it.
pub fn app(label: &str, public_jwk: &Value, dpop: bool) -> Value {
    json!({
        "name": "oidc_client",
        "label": label,
        "signOnMode": "OPENID_CONNECT",
        "credentials": { "oauthClient": {
            "token_endpoint_auth_method": "private_key_jwt",
            "autoKeyRotation": true,
        } },
        "settings": { "oauthClient": {
            "application_type": "service",
            "grant_types": ["client_credentials"],
            "response_types": ["token"],
            "dpop_bound_access_tokens": dpop,
            "jwks": { "keys": [public_jwk] },
        } },
    })
}

/// One more public key of an app.
pub fn key(public_jwk: &Value) -> Value {
    let mut body = public_jwk.clone();
    body["status"] = json!("ACTIVE");
    body
}

/// A scope for an app. The issuer is the org's own authorization server: its origin, exactly.
pub fn grant(scope: &str, org: &OrgOrigin) -> Value {
    json!({ "scopeId": scope, "issuer": org.as_str().trim_end_matches('/') })
}

/// A standard admin role.
pub fn role(kind: &str) -> Value {
    json!({ "type": kind })
}

/// What an app shows of itself, for the history: nothing Okta keeps secret is among it.
pub fn shown(app: &Value) -> Value {
    json!({
        "id": app["id"],
        "label": app["label"],
        "status": app["status"],
        "client": {
            "application_type": app.pointer("/settings/oauthClient/application_type"),
            "grant_types": app.pointer("/settings/oauthClient/grant_types"),
            "dpop_bound_access_tokens": app.pointer("/settings/oauthClient/dpop_bound_access_tokens"),
            "token_endpoint_auth_method": app.pointer("/credentials/oauthClient/token_endpoint_auth_method"),
        },
    })
}

/// A public key as an app has it registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Its key id in Okta.
    pub kid: String,
    /// Okta takes what it signs.
    pub active: bool,
}

/// Finds a public key among those of an app by what it is made of: the id may be another one, and Okta's schema of an EC
/// key does not even have the curve. `keys` is the answer of `listJwk`, or a JWK set.
pub fn registered(keys: &Value, public_jwk: &Value) -> Option<Registered> {
    let keys = keys
        .as_array()
        .or_else(|| keys.get("keys").and_then(Value::as_array))?;
    let mut fits = keys
        .iter()
        .filter(|key| same(key, public_jwk))
        .map(|key| Registered {
            kid: key["kid"].as_str().unwrap_or_default().to_owned(),
            active: key["status"].as_str() != Some("INACTIVE"),
        });
    let first = fits.next()?;
    Some(if first.active {
        first
    } else {
        fits.find(|key| key.active).unwrap_or(first)
    })
}

fn same(one: &Value, other: &Value) -> bool {
    let part = |key: &Value, name: &str| {
        let text = key[name].as_str()?.trim_end_matches('=');
        (!text.is_empty()).then(|| text.to_owned())
    };
    let equal = |names: &[&str]| {
        names.iter().all(|name| {
            let (one, other) = (part(one, name), part(other, name));
            one.is_some() && one == other
        })
    };
    one["kty"] == other["kty"]
        && match other["kty"].as_str() {
            Some("EC") => equal(&["x", "y"]),
            Some("RSA") => equal(&["n", "e"]),
            _ => false,
        }
}

/// An admin role somebody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Type, such as `APP_ADMIN`; `CUSTOM` for a role the org made.
    pub kind: String,
    /// What the org calls it.
    pub label: String,
}

impl Role {
    /// Reads a list of role assignments; those that are not active are left out. `None` when it is no list.
    pub fn read(answer: &Value) -> Option<Vec<Self>> {
        let rows = answer.as_array()?;
        let active = rows
            .iter()
            .filter(|row| row["status"].as_str() != Some("INACTIVE"));
        Some(
            active
                .filter_map(|row| {
                    let kind = row["type"].as_str()?.to_owned();
                    let label = row["label"].as_str().filter(|label| !label.is_empty());
                    Some(Self {
                        label: label.unwrap_or(super::jobs::role_label(&kind)).to_owned(),
                        kind,
                    })
                })
                .collect(),
        )
    }
}

/// Scopes an app was granted, out of a list of grants.
pub fn granted(answer: &Value) -> Option<Vec<String>> {
    let rows = answer.as_array()?;
    let active = rows
        .iter()
        .filter(|row| row["status"].as_str().is_none_or(|status| status == "ACTIVE"));
    Some(
        active
            .filter_map(|row| row["scopeId"].as_str().map(str::to_owned))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_by_what_it_is_made_of() {
        let ours = json!({ "kty": "EC", "crv": "P-256", "x": "AQ", "y": "Ag", "kid": "ours" });
        // Okta's schema of an EC key has no `crv`.
        let there = json!([
            { "kty": "RSA", "n": "AQ", "e": "AQAB", "kid": "rsa" },
            { "kty": "EC", "x": "AQ", "y": "Aw", "kid": "ours" },
            { "kty": "EC", "x": "AQ==", "y": "Ag", "kid": "old", "status": "INACTIVE" },
            { "kty": "EC", "x": "AQ", "y": "Ag", "kid": "theirs", "status": "ACTIVE" },
        ]);
        let found = registered(&there, &ours).expect("found");
        assert_eq!((found.kid.as_str(), found.active), ("theirs", true));
        assert!(registered(&json!([there[0], there[1]]), &ours).is_none());
        let off = registered(&json!({ "keys": [there[2]] }), &ours).expect("found");
        assert_eq!((off.kid.as_str(), off.active), ("old", false));
        let rsa = json!({ "kty": "RSA", "n": "AQ", "e": "AQAB" });
        assert_eq!(
            registered(&there, &rsa).map(|key| key.kid).as_deref(),
            Some("rsa")
        );
    }

    #[test]
    fn keys_that_lack_a_part_are_never_the_same() {
        let bare = json!({ "kty": "EC" });
        assert!(registered(&json!([bare]), &bare).is_none());
        let empty = json!({ "kty": "RSA", "n": "", "e": "" });
        assert!(registered(&json!([empty]), &empty).is_none());
        assert!(registered(&json!({ "errorCode": "E" }), &empty).is_none());
    }

    #[test]
    fn roles_and_grants_are_read_loosely() {
        let roles = Role::read(&json!([
            { "type": "SUPER_ADMIN", "label": "Super Administrator", "status": "ACTIVE" },
            { "type": "CUSTOM", "label": "Provisioning crew" },
            { "type": "APP_ADMIN", "status": "INACTIVE" },
            { "type": "READ_ONLY_ADMIN" },
            { "label": "no type" },
        ]))
        .expect("a list");
        let kinds: Vec<_> = roles.iter().map(|role| role.kind.as_str()).collect();
        assert_eq!(kinds, ["SUPER_ADMIN", "CUSTOM", "READ_ONLY_ADMIN"]);
        assert_eq!(roles[1].label, "Provisioning crew");
        assert_eq!(roles[2].label, "Read-only Administrator");
        assert!(Role::read(&json!({})).is_none());
        let grants = json!([{ "scopeId": "okta.apps.read", "status": "ACTIVE" }, { "scopeId": "x", "status": "REVOKED" },
            { "scopeId": "okta.orgs.read" }]);
        assert_eq!(
            granted(&grants).expect("a list"),
            ["okta.apps.read", "okta.orgs.read"]
        );
    }

    #[test]
    fn the_issuer_is_the_org_without_a_slash() {
        let org = OrgOrigin::parse("https://acme.okta.com").expect("an origin");
        assert_eq!(
            grant("okta.apps.read", &org),
            json!({ "scopeId": "okta.apps.read", "issuer": "https://acme.okta.com" })
        );
    }

    #[test]
    fn what_is_shown_of_an_app_has_no_secret() {
        let shown = shown(
            &json!({ "id": "0oa1", "credentials": { "oauthClient": { "client_secret": "canary",
            "token_endpoint_auth_method": "private_key_jwt" } } }),
        );
        assert!(!shown.to_string().contains("canary"));
        assert_eq!(shown["client"]["token_endpoint_auth_method"], "private_key_jwt");
    }
}
