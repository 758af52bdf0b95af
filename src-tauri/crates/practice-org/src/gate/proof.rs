//! Proofs of possession (DPoP, RFC 9449), checked as Okta checks them.

use super::jwt::{ALGORITHMS, Jwt, PRIVATE, Wrong, sha256, thumbprint};
use crate::oauth_errors::{self as say, Said};
use crate::org::Org;
use axum::http::{HeaderMap, HeaderName};

/// The header that carries a proof.
pub(crate) const DPOP: HeaderName = HeaderName::from_static("dpop");

/// Seconds a proof is good for (“more than five minutes in the past”).
const LIFE: i64 = 300;

/// Seconds another clock may be ahead.
pub(crate) const SKEW: i64 = 5;

/// What a proof has to prove.
pub(crate) struct Wanted<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    /// The access token it comes with.
    pub(crate) token: Option<&'a str>,
    /// It has to hold the org's nonce.
    pub(crate) nonce: bool,
}

/// Reads the one proof of a request.
///
/// # Errors
/// There is none, or more than one.
pub(crate) fn header(headers: &HeaderMap) -> Result<&str, Said> {
    let mut all = headers.get_all(DPOP).iter();
    let proof = all.next().ok_or(say::NO_PROOF)?;
    if all.next().is_some() {
        return Err(say::MANY_PROOFS);
    }
    proof.to_str().map_err(|_| say::PROOF_JWT)
}

/// Checks a proof; gives the thumbprint of its key.
///
/// # Errors
/// It proves nothing, or something else.
pub(crate) fn check(org: &Org, proof: &str, wanted: &Wanted<'_>) -> Result<String, Said> {
    let jwt = Jwt::parse(proof).ok_or(say::PROOF_JWT)?;
    if jwt.head("typ") != "dpop+jwt" {
        return Err(say::PROOF_TYPE);
    }
    if !ALGORITHMS.contains(&jwt.head("alg")) {
        return Err(say::PROOF_ALGORITHM);
    }
    let jwk = jwt.header.get("jwk").ok_or(say::PROOF)?;
    if PRIVATE.iter().any(|name| jwk.get(name).is_some()) {
        return Err(say::PROOF);
    }
    let key = thumbprint(jwk).ok_or(say::PROOF)?;
    jwt.verify(jwk).map_err(|wrong| match wrong {
        Wrong::Algorithm => say::PROOF_ALGORITHM,
        Wrong::Key => say::PROOF,
        Wrong::Signature => say::PROOF_SIGNATURE,
    })?;
    if jwt.claim("htm") != wanted.method {
        return Err(say::PROOF_METHOD);
    }
    if jwt.claim("htu") != address(&org.url, wanted.path) {
        return Err(say::PROOF_ADDRESS);
    }
    let now = org.now();
    let at = jwt.time("iat").ok_or(say::PROOF_TIME)?;
    if at > now + SKEW {
        return Err(say::PROOF_EARLY);
    }
    if now - at > LIFE {
        return Err(say::PROOF_OLD);
    }
    if jwt.claims.contains_key("exp") && jwt.time("exp").is_none_or(|exp| exp <= now) {
        return Err(say::PROOF_EXPIRED);
    }
    let id = jwt.claim("jti");
    if id.is_empty() || id.len() > 256 {
        return Err(say::PROOF_ID);
    }
    let seen = format!("dpop {key} {id}");
    if !org.world().desk.first_time(seen, at + LIFE + SKEW, now) {
        return Err(say::PROOF_USED);
    }
    if let Some(token) = wanted.token
        && jwt.claim("ath") != sha256(token.as_bytes())
    {
        return Err(say::PROOF_HASH);
    }
    if wanted.nonce && !org.nonce_holds(jwt.claim("nonce")) {
        return Err(say::NONCE);
    }
    Ok(key)
}

/// The address a proof has to name: the one called, without query. Okta compares it with `%40` and the like read as the
/// characters they stand for (okta-sdk-python, issue 541).
fn address(org: &str, path: &str) -> String {
    let mut out = String::from(org);
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let byte = rest
            .get(at + 1..at + 3)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match byte {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte) => {
                out.push(char::from(byte));
                rest = &rest[at + 3..];
            }
            _ => {
                out.push('%');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_compared_as_okta_reads_it() {
        for (path, read) in [
            ("/api/v1/users/a%40example.com", "/api/v1/users/a@example.com"),
            (
                "/api/v1/iam/roles/Help%20desk%2Fnight",
                "/api/v1/iam/roles/Help%20desk%2Fnight",
            ),
            ("/a%", "/a%"),
            ("/a%é", "/a%é"),
        ] {
            assert_eq!(address("http://o", path), format!("http://o{read}"));
        }
    }
}
