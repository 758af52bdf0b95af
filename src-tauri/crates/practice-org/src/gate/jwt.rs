//! Signed JWTs as others send them, read strictly: client assertions and proofs of possession. Checked with another
//! library than the one the org signs with.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::signature::{self, RsaPublicKeyComponents, UnparsedPublicKey};
use serde_json::{Map, Value};

/// Longest token read.
const LONGEST: usize = 16 * 1024;

/// Algorithms the org can check. Okta lists `ES512` too.
pub(crate) const ALGORITHMS: &[&str] = &["RS256", "RS384", "RS512", "ES256", "ES384"];

/// Base64url of a SHA-256.
pub(crate) fn sha256(text: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, text))
}

/// A JWT whose signature nobody has checked yet.
pub(crate) struct Jwt<'a> {
    pub(crate) header: Map<String, Value>,
    pub(crate) claims: Map<String, Value>,
    signed: &'a str,
    signature: Vec<u8>,
}

/// Why a signature does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// The algorithm is none of [`ALGORITHMS`], or not one for this key.
    Algorithm,
    /// The key is no key.
    Key,
    /// The signature is of something else, or of another key.
    Signature,
}

fn object(part: &str) -> Option<Map<String, Value>> {
    match serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()? {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

impl<'a> Jwt<'a> {
    /// Reads a token: three parts, two of them JSON objects. `None` for anything else, and for critical extensions.
    pub(crate) fn parse(token: &'a str) -> Option<Self> {
        if token.len() > LONGEST {
            return None;
        }
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let read = Self {
            header: object(header)?,
            claims: object(claims)?,
            signed,
            signature: URL_SAFE_NO_PAD.decode(signature).ok().filter(|s| !s.is_empty())?,
        };
        (!read.header.contains_key("crit")).then_some(read)
    }

    /// A text of the header.
    pub(crate) fn head(&self, name: &str) -> &str {
        self.header.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// A text claim; empty where there is none.
    pub(crate) fn claim(&self, name: &str) -> &str {
        self.claims.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// A claim that is a time, in UNIX seconds.
    pub(crate) fn time(&self, name: &str) -> Option<i64> {
        self.claims.get(name).and_then(Value::as_i64)
    }

    /// Checks the signature.
    ///
    /// # Errors
    /// It does not hold.
    pub(crate) fn verify(&self, jwk: &Value) -> Result<(), Wrong> {
        let bytes = |name: &str| {
            jwk[name]
                .as_str()
                .and_then(|text| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok())
                .filter(|bytes| !bytes.is_empty())
                .ok_or(Wrong::Key)
        };
        let (signed, alg) = (self.signed.as_bytes(), self.head("alg"));
        let holds = match (alg, jwk["kty"].as_str().unwrap_or_default()) {
            ("RS256" | "RS384" | "RS512", "RSA") => {
                let parameters = match alg {
                    "RS256" => &signature::RSA_PKCS1_2048_8192_SHA256,
                    "RS384" => &signature::RSA_PKCS1_2048_8192_SHA384,
                    _ => &signature::RSA_PKCS1_2048_8192_SHA512,
                };
                let (n, e) = (bytes("n")?, bytes("e")?);
                // Some write the number with a zero in front.
                let n = n.strip_prefix(&[0]).map_or(n.as_slice(), |n| n);
                let key = RsaPublicKeyComponents { n, e: e.as_slice() };
                key.verify(parameters, signed, &self.signature)
            }
            ("ES256" | "ES384", "EC") => {
                let (parameters, curve, size): (&'static dyn signature::VerificationAlgorithm, _, _) =
                    if alg == "ES256" {
                        (&signature::ECDSA_P256_SHA256_FIXED, "P-256", 32)
                    } else {
                        (&signature::ECDSA_P384_SHA384_FIXED, "P-384", 48)
                    };
                let (x, y) = (bytes("x")?, bytes("y")?);
                // Okta's schema of an EC key has no `crv`; where one is given it has to fit.
                let fits = jwk["crv"].as_str().is_none_or(|crv| crv == curve);
                if !fits || x.len() != size || y.len() != size {
                    return Err(Wrong::Algorithm);
                }
                let point = [&[4], x.as_slice(), y.as_slice()].concat();
                UnparsedPublicKey::new(parameters, point).verify(signed, &self.signature)
            }
            _ => return Err(Wrong::Algorithm),
        };
        holds.map_err(|_| Wrong::Signature)
    }
}

/// The members of a key that only its owner may know.
pub(crate) const PRIVATE: &[&str] = &["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// A key's thumbprint (RFC 7638); `None` for what is no public key.
pub(crate) fn thumbprint(jwk: &Value) -> Option<String> {
    let members: &[&str] = match jwk["kty"].as_str()? {
        "RSA" => &["e", "kty", "n"],
        "EC" => &["crv", "kty", "x", "y"],
        _ => return None,
    };
    let mut text = String::from("{");
    for (at, name) in members.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        text.push_str(&format!(
            "{comma}\"{name}\":{}",
            Value::from(jwk[*name].as_str()?)
        ));
    }
    text.push('}');
    Some(sha256(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_thumbprint_is_that_of_the_standard() {
        // The example of RFC 7638, section 3.1.
        let key = json!({ "kty": "RSA", "e": "AQAB", "alg": "RS256", "kid": "2011-04-29", "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw" });
        assert_eq!(
            thumbprint(&key).as_deref(),
            Some("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
        );
        assert_eq!(thumbprint(&json!({ "kty": "oct", "k": "AA" })), None);
    }

    #[test]
    fn only_whole_tokens_are_read() {
        let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let head = part(json!({ "alg": "RS256" }));
        let body = part(json!({ "iss": "a" }));
        assert!(Jwt::parse(&format!("{head}.{body}.AA")).is_some());
        for wrong in [
            String::new(),
            format!("{head}.{body}"),
            format!("{head}.{body}."),
            format!("{head}.{body}.AA.AA"),
            format!("{head}.{body}.A A"),
            format!("{}.{body}.AA", part(json!([]))),
            format!("{}.{body}.AA", part(json!({ "alg": "RS256", "crit": ["b64"] }))),
        ] {
            assert!(Jwt::parse(&wrong).is_none(), "{wrong}");
        }
    }

    /// Signs with a key of the other library; gives the token and the public key.
    fn signed(alg: &str) -> (String, Value) {
        use aws_lc_rs::rand::SystemRandom;
        use aws_lc_rs::rsa::{KeyPair, KeySize};
        use aws_lc_rs::signature::{self, KeyPair as _};
        let kind: &'static dyn signature::RsaEncoding = match alg {
            "RS256" => &signature::RSA_PKCS1_SHA256,
            "RS384" => &signature::RSA_PKCS1_SHA384,
            _ => &signature::RSA_PKCS1_SHA512,
        };
        let pair = KeyPair::generate(KeySize::Rsa2048).expect("a key");
        let (n, e) = crate::gate::signer::numbers(pair.public_key().as_ref()).expect("numbers");
        let key = json!({ "kty": "RSA", "n": URL_SAFE_NO_PAD.encode(n), "e": URL_SAFE_NO_PAD.encode(e) });
        let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let text = format!("{}.{}", part(json!({ "alg": alg })), part(json!({ "iss": "a" })));
        let mut signature = vec![0; pair.public_modulus_len()];
        pair.sign(kind, &SystemRandom::new(), text.as_bytes(), &mut signature)
            .expect("signed");
        (format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)), key)
    }

    #[test]
    fn every_rsa_algorithm_holds_for_its_own_key_only() {
        for alg in ["RS256", "RS384", "RS512"] {
            let (token, key) = signed(alg);
            let jwt = Jwt::parse(&token).expect("a token");
            assert_eq!(jwt.verify(&key), Ok(()), "{alg}");
            let (_, other) = signed(alg);
            assert_eq!(jwt.verify(&other), Err(Wrong::Signature), "{alg}");
            let curve = json!({ "kty": "EC", "crv": "P-256", "x": "AQ", "y": "AQ" });
            assert_eq!(jwt.verify(&curve), Err(Wrong::Algorithm), "{alg}");
            let zero = [
                &[0][..],
                &URL_SAFE_NO_PAD.decode(key["n"].as_str().expect("n")).expect("n"),
            ]
            .concat();
            let padded =
                json!({ "kty": "RSA", "n": format!("{}==", URL_SAFE_NO_PAD.encode(zero)), "e": key["e"] });
            assert_eq!(jwt.verify(&padded), Ok(()), "as others write the number");
        }
    }

    #[test]
    fn an_algorithm_without_a_fitting_key_is_refused() {
        let token = format!(
            "{}.{}.AA",
            URL_SAFE_NO_PAD.encode(json!({ "alg": "none" }).to_string()),
            URL_SAFE_NO_PAD.encode("{}")
        );
        let jwt = Jwt::parse(&token).expect("a token");
        assert_eq!(
            jwt.verify(&json!({ "kty": "RSA", "n": "AQ", "e": "AQAB" })),
            Err(Wrong::Algorithm)
        );
    }
}
