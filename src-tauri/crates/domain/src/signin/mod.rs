//! What is signed when Gatehouse signs in as a service app: client assertions (RFC 7523) and DPoP proofs (RFC 9449).
//!
//! Pure: the time is the server's, passed in, and so is the one-time id. Each attempt gets a fresh stamp, because Okta
//! refuses an assertion or a proof it has seen before, even when the first try ended in an error.

mod challenge;
pub mod jobs;
mod redirect;
pub mod scopes;
pub mod service;
mod wanted;

pub use challenge::Challenge;
pub use redirect::{Redirect, judge};
pub use wanted::{Wanted, okta_scopes};

use crate::secret::Secret;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

/// How long an assertion is good for, in seconds. Okta takes up to an hour; it is used at once.
const ASSERTION_LIFE: i64 = 300;

/// What a call is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Holder {
    /// An API token (`SSWS`).
    #[default]
    ApiToken,
    /// A service app with a key of its own.
    ServiceApp,
    /// An admin who signed in.
    SignIn,
}

/// When and as what one attempt is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The server's time, UNIX seconds.
    pub now: i64,
    /// One-time id, at least 128 random bits.
    pub jti: String,
}

/// Claims of a client assertion. `token_url` is the address that is called, to the letter.
pub fn assertion(client_id: &str, token_url: &Url, stamp: &Stamp) -> Value {
    json!({
        "iss": client_id,
        "sub": client_id,
        "aud": token_url.as_str(),
        "iat": stamp.now,
        "exp": stamp.now + ASSERTION_LIFE,
        "jti": stamp.jti,
    })
}

/// Claims of a DPoP proof for one call. `token` is the access token the call carries; none at the token endpoint.
pub fn proof(method: &str, url: &Url, stamp: &Stamp, nonce: Option<&str>, token: Option<&Secret>) -> Value {
    let mut claims = json!({ "htm": method, "htu": htu(url), "iat": stamp.now, "jti": stamp.jti });
    if let Some(nonce) = nonce {
        claims["nonce"] = json!(nonce);
    }
    if let Some(token) = token {
        claims["ath"] = json!(URL_SAFE_NO_PAD.encode(Sha256::digest(token.expose().as_bytes())));
    }
    claims
}

/// The address of a call as a proof names it: without query and fragment.
fn htu(url: &Url) -> String {
    let mut bare = url.clone();
    bare.set_query(None);
    bare.set_fragment(None);
    bare.into()
}

/// RFC 7638 thumbprint of a public JWK, used as its key id; `None` for a key of another kind than EC or RSA.
pub fn thumbprint(jwk: &Value) -> Option<String> {
    let member = |name: &str| jwk.get(name).and_then(Value::as_str);
    // The required members only, in lexicographic order, without white space.
    let canonical = match member("kty")? {
        "EC" => format!(
            r#"{{"crv":"{}","kty":"EC","x":"{}","y":"{}"}}"#,
            member("crv")?,
            member("x")?,
            member("y")?
        ),
        "RSA" => format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, member("e")?, member("n")?),
        _ => return None,
    };
    Some(URL_SAFE_NO_PAD.encode(Sha256::digest(canonical.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp() -> Stamp {
        Stamp {
            now: 1_700_000_000,
            jti: "one".into(),
        }
    }

    #[test]
    fn an_assertion_is_for_exactly_one_address_and_five_minutes() {
        let url = Url::parse("https://acme.okta.com/oauth2/v1/token").expect("url");
        let claims = assertion("0oa1example0client00", &url, &stamp());
        assert_eq!(claims["aud"], "https://acme.okta.com/oauth2/v1/token");
        assert_eq!(claims["iss"], claims["sub"]);
        assert_eq!(
            claims["exp"].as_i64().expect("number") - claims["iat"].as_i64().expect("number"),
            300
        );
    }

    #[test]
    fn a_proof_names_the_address_without_its_query_and_the_token_by_its_hash() {
        let url = Url::parse("https://acme.okta.com/api/v1/apps?limit=200#x").expect("url");
        let claims = proof(
            "GET",
            &url,
            &stamp(),
            Some("n1"),
            Some(&Secret::new("token".into())),
        );
        assert_eq!(claims["htu"], "https://acme.okta.com/api/v1/apps");
        assert_eq!((&claims["htm"], &claims["nonce"]), (&json!("GET"), &json!("n1")));
        // SHA-256 of "token", by another tool.
        assert_eq!(claims["ath"], "PEaenWxYddN6Q_NT1PiOYfz4EsZu7jRXRlpAsNpBU-A");
        assert!(proof("POST", &url, &stamp(), None, None).get("ath").is_none());
    }

    /// The example of RFC 7638, section 3.1.
    #[test]
    fn thumbprint_of_the_rfc() {
        let jwk = json!({
            "kty": "RSA", "e": "AQAB", "alg": "RS256", "kid": "2011-04-29",
            "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
        });
        assert_eq!(
            thumbprint(&jwk).as_deref(),
            Some("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
        );
    }
}
