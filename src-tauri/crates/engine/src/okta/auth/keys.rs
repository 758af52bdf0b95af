//! Key pairs Gatehouse signs with. Made here, kept as PKCS#8 DER, only the public half is ever shown.

use crate::ipc::views::signin::KeyAlg;
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{KeyPair as RsaPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::problem::{Problem, local};
use domain::signin::thumbprint;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use zeroize::Zeroizing;

fn algorithm(alg: KeyAlg) -> Algorithm {
    match alg {
        KeyAlg::Es256 => Algorithm::ES256,
        KeyAlg::Rs256 => Algorithm::RS256,
    }
}

/// Name in a JWT's header.
fn name(alg: KeyAlg) -> &'static str {
    match alg {
        KeyAlg::Es256 => "ES256",
        KeyAlg::Rs256 => "RS256",
    }
}

/// A key pair. `Debug` shows its algorithm and public key id only.
pub struct SigningKey {
    alg: KeyAlg,
    pkcs8: Zeroizing<Vec<u8>>,
    public: Value,
    kid: String,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({}, {})", name(self.alg), self.kid)
    }
}

fn failed<E>(_: E) -> Problem {
    local::internal("key pair")
}

impl SigningKey {
    /// Makes a new pair.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn generate(alg: KeyAlg) -> Result<Self, Problem> {
        let pkcs8 = match alg {
            KeyAlg::Es256 => {
                let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(failed)?;
                pair.to_pkcs8v1().map_err(failed)?.as_ref().to_vec()
            }
            KeyAlg::Rs256 => RsaPair::generate(KeySize::Rsa2048)
                .and_then(|pair| pair.as_der())
                .map_err(failed)?
                .as_ref()
                .to_vec(),
        };
        Self::from_pkcs8(Zeroizing::new(pkcs8))
    }

    /// Reads a pair out of PKCS#8 DER; the kind is found from what is in it.
    ///
    /// # Errors
    /// When it is neither a P-256 nor an RSA key.
    pub fn from_pkcs8(pkcs8: Zeroizing<Vec<u8>>) -> Result<Self, Problem> {
        let b64 = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let (alg, public) =
            if let Ok(pair) = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &pkcs8) {
                // An uncompressed point: 4, then x and y of 32 bytes each.
                let point = pair.public_key().as_ref().to_vec();
                let (Some(x), Some(y)) = (point.get(1..33), point.get(33..65)) else {
                    return Err(failed(()));
                };
                (
                    KeyAlg::Es256,
                    json!({ "kty": "EC", "crv": "P-256", "x": b64(x), "y": b64(y) }),
                )
            } else {
                let pair = RsaPair::from_pkcs8(&pkcs8).map_err(failed)?;
                let public = pair.public_key();
                let (n, e) = (public.modulus(), public.exponent());
                let bytes = |it: aws_lc_rs::io::Positive<'_>| b64(it.big_endian_without_leading_zero());
                (
                    KeyAlg::Rs256,
                    json!({ "kty": "RSA", "n": bytes(n), "e": bytes(e) }),
                )
            };
        let kid = thumbprint(&public).ok_or_else(|| failed(()))?;
        Ok(Self {
            alg,
            pkcs8,
            public,
            kid,
        })
    }

    /// PKCS#8 DER, for the keychain.
    pub fn pkcs8(&self) -> &Zeroizing<Vec<u8>> {
        &self.pkcs8
    }

    /// Which kind it is.
    pub fn alg(&self) -> KeyAlg {
        self.alg
    }

    /// Key id: the RFC 7638 thumbprint, so that it can be compared with what Okta has registered.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// Gives it the key id it has in Okta, where that is not the thumbprint.
    pub fn rename(&mut self, kid: &str) {
        kid.clone_into(&mut self.kid);
    }

    /// The public key with `kid`, `use` and `alg`, as it is registered in Okta.
    pub fn public_jwk(&self) -> Value {
        let mut jwk = self.public.clone();
        jwk["kid"] = json!(self.kid);
        jwk["use"] = json!("sig");
        jwk["alg"] = json!(name(self.alg));
        jwk
    }

    /// The bare public key, as a DPoP proof carries it.
    pub fn bare_jwk(&self) -> &Value {
        &self.public
    }

    /// A client assertion: a JWT whose header names the key.
    ///
    /// # Errors
    /// When signing fails, which it does for no key that was read.
    pub fn assertion(&self, claims: &Value) -> Result<Zeroizing<String>, Problem> {
        let header = Header {
            kid: Some(self.kid.clone()),
            ..Header::new(algorithm(self.alg))
        };
        self.sign(&header, claims)
    }

    /// A DPoP proof: a JWT whose header carries the public key.
    ///
    /// # Errors
    /// When signing fails.
    pub fn proof(&self, claims: &Value) -> Result<Zeroizing<String>, Problem> {
        let jwk = serde_json::from_value(self.public.clone()).map_err(failed)?;
        let header = Header {
            typ: Some("dpop+jwt".into()),
            jwk: Some(jwk),
            ..Header::new(algorithm(self.alg))
        };
        self.sign(&header, claims)
    }

    fn sign(&self, header: &Header, claims: &Value) -> Result<Zeroizing<String>, Problem> {
        let key = match self.alg {
            KeyAlg::Es256 => EncodingKey::from_ec_der(&self.pkcs8),
            // The library takes RSA keys in DER as PKCS#1 only, and PKCS#8 in PEM.
            KeyAlg::Rs256 => {
                let text = Zeroizing::new(STANDARD.encode(self.pkcs8.as_slice()));
                let pem = Zeroizing::new(format!(
                    "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
                    &*text
                ));
                EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(failed)?
            }
        };
        jsonwebtoken::encode(header, claims, &key)
            .map(Zeroizing::new)
            .map_err(failed)
    }
}

#[cfg(test)]
mod tests;
