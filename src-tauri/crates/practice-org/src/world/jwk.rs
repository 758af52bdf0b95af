//! Public keys of Org2Org connections.

use super::date;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng;
use serde_json::{Value, json};

/// A public RSA key of 2048 bits. Nobody has its private half: nothing here is ever signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    kid: String,
    modulus: String,
    /// UNIX seconds.
    created: i64,
}

impl Key {
    /// A fresh key.
    pub(crate) fn new(now: i64) -> Self {
        let (mut modulus, mut kid) = ([0_u8; 256], [0_u8; 32]);
        rand::rng().fill(&mut modulus[..]);
        rand::rng().fill(&mut kid[..]);
        // As long as it claims to be, and odd, as a product of two primes is.
        modulus[0] |= 0x80;
        modulus[255] |= 1;
        Self {
            kid: URL_SAFE_NO_PAD.encode(kid),
            modulus: URL_SAFE_NO_PAD.encode(modulus),
            created: now,
        }
    }

    /// As Okta shows it.
    pub(crate) fn public(&self) -> Value {
        json!({
            "kid": self.kid,
            "kty": "RSA",
            "alg": "RS256",
            "use": "sig",
            "e": "AQAB",
            "n": self.modulus,
            "created": date(self.created),
            "lastUpdated": date(self.created),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_2048_bits_and_never_the_same() {
        let (one, other) = (Key::new(0).public(), Key::new(0).public());
        assert_ne!((&one["kid"], &one["n"]), (&other["kid"], &other["n"]));
        let modulus = URL_SAFE_NO_PAD
            .decode(one["n"].as_str().expect("n"))
            .expect("base64url");
        assert!(modulus.len() == 256 && modulus[0] >= 0x80 && modulus[255] % 2 == 1);
        assert_eq!(one["created"], "1970-01-01T00:00:00.000Z");
    }
}
