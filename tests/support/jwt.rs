//! Keys and signed JWTs as a client of Okta's makes them, with a library of their own: what the engine signs, and what the
//! practice org checks, is not asked for help.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair,
};
use serde_json::{Value, json};

/// An elliptic curve key.
pub struct Key {
    pair: EcdsaKeyPair,
    alg: &'static str,
    /// Its name.
    pub kid: String,
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Base64url of a SHA-256, as `code_challenge` and `ath` are.
pub fn sha256(text: &str) -> String {
    encode(digest(&SHA256, text.as_bytes()))
}

/// Letters that never come twice.
pub fn fresh() -> String {
    encode(rand::random::<[u8; 32]>())
}

/// Seconds since 1970.
pub fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    i64::try_from(since.expect("after 1970").as_secs()).expect("before the end of time")
}

impl Key {
    /// A key for `ES256`.
    pub fn new(kid: &str) -> Self {
        Self::of(kid, "ES256")
    }

    /// A key for `ES256` or `ES384`.
    pub fn of(kid: &str, alg: &'static str) -> Self {
        let kind = if alg == "ES384" {
            &ECDSA_P384_SHA384_FIXED_SIGNING
        } else {
            &ECDSA_P256_SHA256_FIXED_SIGNING
        };
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(kind, &random).expect("a key");
        let pair = EcdsaKeyPair::from_pkcs8(kind, document.as_ref(), &random).expect("the key");
        Self {
            pair,
            alg,
            kid: kid.into(),
        }
    }

    /// The key itself, without its name.
    pub fn bare(&self) -> Value {
        let point = &self.pair.public_key().as_ref()[1..];
        let (x, y) = point.split_at(point.len() / 2);
        let curve = if self.alg == "ES384" { "P-384" } else { "P-256" };
        json!({ "kty": "EC", "crv": curve, "x": encode(x), "y": encode(y) })
    }

    /// The public key as a client registers it.
    pub fn public(&self) -> Value {
        let mut key = self.bare();
        key["kid"] = json!(self.kid);
        key["alg"] = json!(self.alg);
        key["use"] = json!("sig");
        key
    }

    /// The key's thumbprint (RFC 7638).
    pub fn thumbprint(&self) -> String {
        let key = self.bare();
        sha256(&format!(
            r#"{{"crv":{},"kty":"EC","x":{},"y":{}}}"#,
            key["crv"], key["x"], key["y"]
        ))
    }

    /// Signs.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        let signed = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes());
        format!("{signed}.{}", encode(signature.expect("signed")))
    }

    /// The claims of a client assertion.
    pub fn assertion_claims(client: &str, endpoint: &str) -> Value {
        json!({ "iss": client, "sub": client, "aud": endpoint, "iat": now(), "exp": now() + 300, "jti": fresh() })
    }

    /// A client assertion (`private_key_jwt`).
    pub fn assertion(&self, client: &str, endpoint: &str) -> String {
        self.sign(
            &json!({ "alg": self.alg, "kid": self.kid }),
            &Self::assertion_claims(client, endpoint),
        )
    }

    /// The header of a proof of possession.
    pub fn proof_header(&self) -> Value {
        json!({ "typ": "dpop+jwt", "alg": self.alg, "jwk": self.bare() })
    }

    /// A proof of possession (DPoP); an empty nonce is left out.
    pub fn proof(&self, method: &str, address: &str, nonce: &str, token: Option<&str>) -> String {
        let mut claims = json!({ "htm": method, "htu": address, "iat": now(), "jti": fresh() });
        if !nonce.is_empty() {
            claims["nonce"] = json!(nonce);
        }
        if let Some(token) = token {
            claims["ath"] = json!(sha256(token));
        }
        self.sign(&self.proof_header(), &claims)
    }
}

/// The claims of a JWT; nobody looks at the signature.
pub fn claims(token: &str) -> Value {
    let part = token.split('.').nth(1).expect("three parts");
    let bytes = URL_SAFE_NO_PAD.decode(part).expect("base64url");
    serde_json::from_slice(&bytes).expect("JSON")
}
