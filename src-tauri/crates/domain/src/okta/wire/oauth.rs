//! What the authorization server answers (Okta's `oauth-minimal` schema). Recorded orgs say `DPoP` as the token type,
//! which the schema's enum does not have.

use crate::okta::call::wipe;
use crate::secret::Secret;
use serde_json::Value;

/// Tokens.
#[derive(Debug)]
pub struct Tokens {
    /// Access token.
    pub access: Secret,
    /// It is bound to the proof's key: `token_type` is `DPoP`.
    pub bound: bool,
    /// Seconds the access token lives.
    pub expires_in: i64,
    /// Scopes it has.
    pub scopes: Vec<String>,
    /// Refresh token: a new one each time where the app rotates them.
    pub refresh: Option<Secret>,
}

fn take(body: &mut Value, name: &str) -> Option<String> {
    match body.get_mut(name).map(Value::take) {
        Some(Value::String(text)) if !text.is_empty() => Some(text),
        _ => None,
    }
}

impl Tokens {
    /// Takes the tokens out of a body and wipes it; `None` when it holds no access token.
    pub fn take(mut body: Value) -> Option<Self> {
        let access = take(&mut body, "access_token").map(Secret::new);
        let refresh = take(&mut body, "refresh_token").map(Secret::new);
        let kind = take(&mut body, "token_type").unwrap_or_default();
        let scopes = take(&mut body, "scope").unwrap_or_default();
        let expires_in = body.get("expires_in").and_then(Value::as_i64).unwrap_or(3600);
        wipe(&mut body);
        Some(Self {
            access: access?,
            bound: kind.eq_ignore_ascii_case("dpop"),
            expires_in,
            scopes: scopes.split_whitespace().map(str::to_owned).collect(),
            refresh,
        })
    }
}

/// A device code.
#[derive(Debug)]
pub struct Device {
    /// What Gatehouse asks with.
    pub device_code: Secret,
    /// What the person types.
    pub user_code: String,
    /// Where.
    pub verification_uri: String,
    /// The same with the code in it.
    pub complete: Option<String>,
    /// Seconds until it ends.
    pub expires_in: i64,
    /// Seconds between two questions.
    pub interval: i64,
}

impl Device {
    /// Takes a device code out of a body and wipes it.
    pub fn take(mut body: Value) -> Option<Self> {
        let device_code = take(&mut body, "device_code").map(Secret::new);
        let user_code = take(&mut body, "user_code");
        let verification_uri = take(&mut body, "verification_uri");
        let complete = take(&mut body, "verification_uri_complete");
        let number = |name: &str, usual| body.get(name).and_then(Value::as_i64).unwrap_or(usual);
        let (expires_in, interval) = (number("expires_in", 600), number("interval", 5));
        wipe(&mut body);
        Some(Self {
            device_code: device_code?,
            user_code: user_code?,
            verification_uri: verification_uri?,
            complete,
            expires_in,
            interval: interval.clamp(1, 60),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_recorded_answer() {
        let tokens = Tokens::take(
            json!({ "token_type": "DPoP", "expires_in": 3600, "access_token": "eyJ.a.b",
            "scope": "okta.users.read okta.apps.read" }),
        )
        .expect("tokens");
        assert!(tokens.bound && tokens.refresh.is_none());
        assert_eq!(tokens.scopes, ["okta.users.read", "okta.apps.read"]);
        assert_eq!(format!("{:?}", tokens.access), "[secret]");
    }

    #[test]
    fn what_is_no_token_is_none() {
        assert!(Tokens::take(json!({ "token_type": "Bearer" })).is_none());
        assert!(Tokens::take(Value::Null).is_none());
        assert!(Device::take(json!({ "user_code": "ABCDEFGH" })).is_none());
    }
}
