//! Private keys from elsewhere: PEM (PKCS#8, PKCS#1, SEC 1) and JWK, made into PKCS#8 DER.
//!
//! Whatever else is in the text is passed over; nothing of it is ever quoted.

use super::keys::SigningKey;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::problem::Problem;
use domain::secret::Secret;
use pkcs8::der::asn1::{ObjectIdentifier, OctetStringRef, UintRef};
use pkcs8::der::{Decode, Encode, SecretDocument};
use pkcs8::{AlgorithmIdentifierRef, PrivateKeyInfoRef};
use serde_json::Value;
use zeroize::Zeroizing;

/// Largest text looked at, in bytes. An RSA key of 8,192 bits as a JWK has 7 KB.
const LARGEST: usize = 32 * 1024;

/// `rsaEncryption` (RFC 8017).
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// `id-ecPublicKey` (RFC 5480).
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
/// `secp256r1` (RFC 5480).
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");

fn no_key(why: &str) -> Problem {
    Problem::bad_input("key", "That is not a private key Gatehouse can use.", why)
}

/// Reads a key; the second part is the key id a JWK named.
///
/// # Errors
/// When it is no private key of the kinds Okta takes for signing, with words that say what it is instead.
pub fn read(text: &Secret) -> Result<(SigningKey, Option<String>), Problem> {
    let text = text.expose().trim().trim_start_matches('\u{feff}');
    if text.len() > LARGEST {
        return Err(no_key("It is far longer than a key. Paste the key alone."));
    }
    if text.starts_with('{') {
        return jwk(text);
    }
    let pem = one_pem(text)?;
    Ok((pem_key(&pem)?, None))
}

/// The one private key block of a PEM text, its line ends tidied.
fn one_pem(text: &str) -> Result<Zeroizing<String>, Problem> {
    let begins = text.matches("-----BEGIN ").count();
    if begins == 0 {
        return Err(no_key(
            "A private key is a PEM text that begins with “-----BEGIN PRIVATE KEY-----”, or a JWK, which is JSON in braces.",
        ));
    }
    for (label, why) in [
        (
            "ENCRYPTED PRIVATE KEY",
            "It is protected by a passphrase. Take the passphrase off first, for example with “openssl pkcs8 -in key.pem -nocrypt”.",
        ),
        (
            "OPENSSH PRIVATE KEY",
            "It is an SSH key. Okta takes RSA and P-256 keys in PEM or JWK form.",
        ),
    ] {
        if text.contains(&format!("-----BEGIN {label}-----")) {
            return Err(no_key(why));
        }
    }
    if text.contains("Proc-Type: 4,ENCRYPTED") {
        return Err(no_key(
            "It is protected by a passphrase. Take the passphrase off first.",
        ));
    }
    let labels = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"];
    let found: Vec<&str> = labels
        .into_iter()
        .flat_map(|label| {
            let begins = text.matches(&format!("-----BEGIN {label}-----")).count();
            std::iter::repeat_n(label, begins)
        })
        .collect();
    let [label] = found.as_slice() else {
        return Err(no_key(if found.is_empty() {
            "It holds a public key or a certificate only. The private key is the other half."
        } else {
            "It holds more than one key. Paste one alone."
        }));
    };
    let (begin, end) = (
        format!("-----BEGIN {label}-----"),
        format!("-----END {label}-----"),
    );
    let cut = || no_key("The end of the key is missing. Copy it again, with its last line.");
    let from = text.find(&begin).ok_or_else(cut)?;
    let to = text[from..].find(&end).ok_or_else(cut)? + from;
    let body: Zeroizing<String> = text[from + begin.len()..to]
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .into();
    let mut pem = Zeroizing::new(format!("{begin}\n"));
    let mut rest = body.as_str();
    while let Some((line, after)) = rest.split_at_checked(64) {
        pem.push_str(line);
        pem.push('\n');
        rest = after;
    }
    if !rest.is_empty() {
        pem.push_str(rest);
        pem.push('\n');
    }
    pem.push_str(&end);
    pem.push('\n');
    Ok(pem)
}

fn pem_key(pem: &str) -> Result<SigningKey, Problem> {
    let unreadable = || no_key("Its content can't be read. It may have been cut or changed while copying.");
    let (label, document) = SecretDocument::from_pem(pem).map_err(|_| unreadable())?;
    let der = document.as_bytes();
    let pkcs8 = match label {
        "RSA PRIVATE KEY" => wrap(RSA, None, der)?,
        "EC PRIVATE KEY" => {
            let key = sec1::EcPrivateKey::from_der(der).map_err(|_| unreadable())?;
            let curve = key.parameters.and_then(sec1::EcParameters::named_curve);
            if curve.is_some_and(|curve| curve != P256) {
                return Err(other_curve());
            }
            wrap(EC, Some(P256), der)?
        }
        _ => Zeroizing::new(der.to_vec()),
    };
    usable(pkcs8)
}

fn other_curve() -> Problem {
    no_key(
        "It is an elliptic-curve key on another curve. Gatehouse takes P-256, and RSA of 2,048 bits or more.",
    )
}

/// Puts a key into its PKCS#8 envelope.
fn wrap(
    algorithm: ObjectIdentifier,
    curve: Option<ObjectIdentifier>,
    key: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Problem> {
    let failed = |_: pkcs8::der::Error| no_key("Its content can't be read.");
    let parameters = curve.map_or(pkcs8::der::AnyRef::NULL, |_| pkcs8::der::AnyRef::from(&P256));
    let info = PrivateKeyInfoRef::new(
        AlgorithmIdentifierRef {
            oid: algorithm,
            parameters: Some(parameters),
        },
        OctetStringRef::new(key).map_err(failed)?,
    );
    info.to_der().map(Zeroizing::new).map_err(failed)
}

fn usable(pkcs8: Zeroizing<Vec<u8>>) -> Result<SigningKey, Problem> {
    SigningKey::from_pkcs8(pkcs8).map_err(|_| {
        no_key("Gatehouse takes RSA keys of 2,048 to 8,192 bits and keys on the curve P-256. Make another, or let Gatehouse make one.")
    })
}

fn jwk(text: &str) -> Result<(SigningKey, Option<String>), Problem> {
    let mut jwk: Value = serde_json::from_str(text).map_err(|_| {
        no_key("It looks like a JWK, but it is not whole JSON. Copy it again, from brace to brace.")
    })?;
    // Tools that make keys print a set, or the pair under a name of their own.
    if let Some(list) = jwk.get_mut("keys").and_then(Value::as_array_mut) {
        match list.len() {
            1 => jwk = list.remove(0),
            _ => return Err(no_key("It is a set of several keys. Paste one alone.")),
        }
    }
    let read = from_jwk(&jwk);
    domain::okta::call::wipe(&mut jwk);
    read
}

fn from_jwk(jwk: &Value) -> Result<(SigningKey, Option<String>), Problem> {
    let member = |name: &str| -> Result<Zeroizing<Vec<u8>>, Problem> {
        let text = jwk.get(name).and_then(Value::as_str).unwrap_or_default();
        match URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')) {
            Ok(bytes) if !bytes.is_empty() => Ok(Zeroizing::new(bytes)),
            _ => Err(no_key(&format!("The JWK lacks “{name}”, or it can't be read."))),
        }
    };
    if jwk.get("d").is_none() {
        return Err(no_key(
            "It is a public key: a private JWK has a member “d”. The private key is the other half.",
        ));
    }
    let kid = jwk.get("kid").and_then(Value::as_str).map(str::to_owned);
    let failed = |_| no_key("Its numbers don't fit together.");
    let pkcs8 = match jwk.get("kty").and_then(Value::as_str) {
        Some("RSA") => {
            let parts = ["n", "e", "d", "p", "q", "dp", "dq", "qi"]
                .into_iter()
                .map(member)
                .collect::<Result<Vec<_>, _>>()?;
            let number = |at: usize| UintRef::new(&parts[at]).map_err(failed);
            let key = pkcs1::RsaPrivateKey {
                modulus: number(0)?,
                public_exponent: number(1)?,
                private_exponent: number(2)?,
                prime1: number(3)?,
                prime2: number(4)?,
                exponent1: number(5)?,
                exponent2: number(6)?,
                coefficient: number(7)?,
                other_prime_infos: None,
            };
            let der = Zeroizing::new(key.to_der().map_err(failed)?);
            wrap(RSA, None, &der)?
        }
        Some("EC") => {
            if jwk.get("crv").and_then(Value::as_str) != Some("P-256") {
                return Err(other_curve());
            }
            let (d, x, y) = (member("d")?, member("x")?, member("y")?);
            let point = [&[4][..], &x, &y].concat();
            let key = sec1::EcPrivateKey {
                private_key: &d,
                parameters: None,
                public_key: Some(&point),
            };
            let der = Zeroizing::new(key.to_der().map_err(failed)?);
            wrap(EC, Some(P256), &der)?
        }
        _ => return Err(no_key("Okta takes keys of the type RSA and EC.")),
    };
    Ok((usable(pkcs8)?, kid))
}

#[cfg(test)]
mod tests;
