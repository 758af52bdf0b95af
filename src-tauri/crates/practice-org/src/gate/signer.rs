//! The org's own signing key, and what it signs. One key for the whole process: making one takes a moment.

use super::jwt::sha256;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use std::sync::OnceLock;

/// Takes one element out of DER: its content, and what follows.
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (head, rest) = der.split_first_chunk::<2>()?;
    if head[0] != tag {
        return None;
    }
    let (length, rest) = match head[1] {
        0x81 => (usize::from(*rest.first()?), rest.get(1..)?),
        0x82 => {
            let (bytes, rest) = rest.split_first_chunk::<2>()?;
            (usize::from(u16::from_be_bytes(*bytes)), rest)
        }
        short if short < 0x80 => (usize::from(short), rest),
        _ => return None,
    };
    rest.split_at_checked(length)
}

/// Modulus and exponent of a public key (`RSAPublicKey` of PKCS #1).
pub(super) fn numbers(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (both, _) = element(der, 0x30)?;
    let (n, rest) = element(both, 0x02)?;
    let (e, _) = element(rest, 0x02)?;
    Some((
        n.strip_prefix(&[0]).unwrap_or(n),
        e.strip_prefix(&[0]).unwrap_or(e),
    ))
}

struct Signer {
    pair: KeyPair,
    public: Value,
    kid: String,
}

impl Signer {
    fn new() -> Option<Self> {
        let pair = KeyPair::generate(KeySize::Rsa2048).ok()?;
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let (n, e) = numbers(pair.public_key().as_ref())?;
        let (n, e) = (encode(n), encode(e));
        let kid = sha256(format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#).as_bytes());
        let public = json!({ "kty": "RSA", "alg": "RS256", "kid": kid, "use": "sig", "e": e, "n": n });
        Some(Self { pair, public, kid })
    }
}

/// `None` where the machine has no randomness to make a key of.
fn signer() -> Option<&'static Signer> {
    static SIGNER: OnceLock<Option<Signer>> = OnceLock::new();
    SIGNER.get_or_init(Signer::new).as_ref()
}

/// The public half, as `/oauth2/v1/keys` shows it.
pub(crate) fn public() -> Option<&'static Value> {
    signer().map(|signer| &signer.public)
}

/// Signs claims with RS256. `None` where there is no key.
pub(crate) fn sign(claims: &Value) -> Option<String> {
    let signer = signer()?;
    let header = json!({ "kid": signer.kid, "alg": "RS256" });
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encode(&header), encode(claims));
    let mut signature = vec![0; signer.pair.public_modulus_len()];
    signer
        .pair
        .sign(
            &RSA_PKCS1_SHA256,
            &SystemRandom::new(),
            signed.as_bytes(),
            &mut signature,
        )
        .ok()?;
    Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::jwt::Jwt;

    #[test]
    fn what_the_org_signs_holds_against_its_public_key() {
        let token = sign(&json!({ "sub": "a" })).expect("signed");
        let jwt = Jwt::parse(&token).expect("a token");
        assert_eq!(jwt.claim("sub"), "a");
        assert_eq!(jwt.verify(public().expect("a key")), Ok(()));
        let (body, signature) = token.rsplit_once('.').expect("parts");
        let other = format!("{}A.{signature}", &body[..body.len() - 1]);
        assert!(Jwt::parse(&other).is_none_or(|jwt| jwt.verify(public().expect("a key")).is_err()));
    }
}
