//! What the authorization server says of itself.

use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::gate::jwt::ALGORITHMS;
use crate::gate::signer;
use crate::world::clients::scopes::{OKTA, OPENID};
use serde_json::json;

/// `GET /.well-known/openid-configuration`.
pub(crate) fn metadata(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let org = &ask.org.url;
    let at = |path: &str| format!("{org}/oauth2/v1/{path}");
    let methods = [
        "client_secret_basic",
        "client_secret_post",
        "private_key_jwt",
        "none",
    ];
    let scopes: Vec<&str> = OPENID.iter().chain(OKTA).copied().collect();
    Ok(Answer::ok(json!({
        "issuer": org,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "userinfo_endpoint": at("userinfo"),
        "registration_endpoint": at("clients"),
        "jwks_uri": at("keys"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials",
            "urn:ietf:params:oauth:grant-type:device_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": scopes,
        "token_endpoint_auth_methods_supported": methods,
        "claims_supported": ["iss", "ver", "sub", "aud", "iat", "exp", "jti", "auth_time", "amr", "idp", "nonce",
            "name", "given_name", "family_name", "preferred_username", "email", "email_verified", "zoneinfo", "locale",
            "at_hash"],
        "code_challenge_methods_supported": ["S256"],
        "introspection_endpoint": at("introspect"),
        "introspection_endpoint_auth_methods_supported": methods,
        "revocation_endpoint": at("revoke"),
        "revocation_endpoint_auth_methods_supported": methods,
        "end_session_endpoint": at("logout"),
        "request_parameter_supported": false,
        "device_authorization_endpoint": at("device/authorize"),
        "dpop_signing_alg_values_supported": ALGORITHMS,
    })))
}

/// `GET /oauth2/v1/keys`.
pub(crate) fn keys(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let keys: Vec<_> = signer::public().into_iter().collect();
    ask.header("cache-control", "max-age=3600, must-revalidate".into());
    Ok(Answer::ok(json!({ "keys": keys })))
}
