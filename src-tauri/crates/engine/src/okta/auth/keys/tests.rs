use super::*;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};

const BOTH: [KeyAlg; 2] = [KeyAlg::Es256, KeyAlg::Rs256];

fn decode(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).expect("base64url")
}

/// Header and claims of a token whose signature holds for a public key.
fn verified(token: &str, jwk: &Value) -> (Value, Value) {
    let (signed, signature) = token.rsplit_once('.').expect("three parts");
    let (header, claims) = signed.split_once('.').expect("three parts");
    let part = |name: &str| decode(jwk[name].as_str().expect("a member"));
    match jwk["kty"].as_str() {
        Some("EC") => {
            let point = [&[4][..], &part("x"), &part("y")].concat();
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
                .verify(signed.as_bytes(), &decode(signature))
                .expect("the signature holds");
        }
        _ => RsaPublicKeyComponents {
            n: part("n"),
            e: part("e"),
        }
        .verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &decode(signature))
        .expect("the signature holds"),
    }
    let json = |part: &str| serde_json::from_slice(&decode(part)).expect("JSON");
    (json(header), json(claims))
}

#[test]
fn a_pair_is_kept_small_and_read_again() {
    for alg in BOTH {
        let key = SigningKey::generate(alg).expect("a key");
        // Windows' credential store takes 2,560 bytes.
        assert!(key.pkcs8().len() < 2_500, "{alg:?}: {} bytes", key.pkcs8().len());
        let again = SigningKey::from_pkcs8(key.pkcs8().clone()).expect("read");
        assert_eq!((again.alg(), again.kid()), (alg, key.kid()));
        assert_eq!(again.public_jwk(), key.public_jwk());
        let other = SigningKey::generate(alg).expect("another");
        assert_ne!(other.kid(), key.kid());
    }
    assert!(SigningKey::from_pkcs8(Zeroizing::new(vec![0x30, 0x00])).is_err());
}

#[test]
fn only_the_public_half_is_shown() {
    for alg in BOTH {
        let mut key = SigningKey::generate(alg).expect("a key");
        assert_eq!(thumbprint(key.bare_jwk()).as_deref(), Some(key.kid()));
        let jwk = key.public_jwk();
        assert_eq!((&jwk["use"], &jwk["alg"]), (&json!("sig"), &json!(name(alg))));
        for private in ["d", "p", "q", "dp", "dq", "qi", "k"] {
            assert!(jwk.get(private).is_none(), "{private}");
        }
        key.rename("theirs");
        assert_eq!(key.public_jwk()["kid"], "theirs");
        assert_eq!(format!("{key:?}"), format!("SigningKey({}, theirs)", name(alg)));
    }
}

#[test]
fn an_assertion_names_the_key_and_a_proof_carries_it() {
    for alg in BOTH {
        let mut key = SigningKey::generate(alg).expect("a key");
        key.rename("theirs");
        let claims = json!({ "iss": "0oa1", "exp": 1_700_000_300 });
        let (header, said) = verified(&key.assertion(&claims).expect("signed"), key.bare_jwk());
        assert_eq!(said, claims);
        assert_eq!(
            header,
            json!({ "typ": "JWT", "alg": name(alg), "kid": "theirs" }),
            "an assertion names its key and carries none"
        );
        let (header, said) = verified(&key.proof(&claims).expect("signed"), key.bare_jwk());
        assert_eq!(said, claims);
        assert_eq!(
            header,
            json!({ "typ": "dpop+jwt", "alg": name(alg), "jwk": key.bare_jwk() }),
            "a proof carries the bare public key"
        );
    }
}
