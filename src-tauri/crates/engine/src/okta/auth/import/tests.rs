use super::*;
use crate::ipc::views::signin::KeyAlg;

macro_rules! key {
    ($name:literal) => {
        include_str!(concat!("../../../../../../../tests/keys/", $name))
    };
}

fn import(text: &str) -> Result<(SigningKey, Option<String>), Problem> {
    read(&Secret::new(text.to_owned()))
}

fn taken(text: &str) -> (SigningKey, Option<String>) {
    import(text).unwrap_or_else(|problem| panic!("{problem:#?}"))
}

/// What is refused is refused in words for the field, and none of them is out of the text.
fn refused(text: &str) -> Problem {
    let problem = match import(text) {
        Ok((key, _)) => panic!("{key:?} was taken"),
        Err(problem) => problem,
    };
    assert_eq!(problem.field.as_deref(), Some("key"));
    let said = format!("{problem:?}");
    let body = text.lines().map(str::trim);
    let body = body.flat_map(|line| line.split('"'));
    for part in body.filter(|part| part.len() > 15 && !part.contains("-----")) {
        assert!(!said.contains(part), "{part} is quoted");
    }
    problem
}

#[test]
fn every_form_of_one_key_is_the_same_key() {
    let ec = [key!("ec-pkcs8.pem"), key!("ec-sec1.pem"), key!("ec.jwk.json")];
    let rsa = [key!("rsa-pkcs8.pem"), key!("rsa-pkcs1.pem"), key!("rsa.jwk.json")];
    for (forms, alg, named) in [(ec, KeyAlg::Es256, "test-ec"), (rsa, KeyAlg::Rs256, "test-rsa")] {
        let keys = forms.map(taken);
        for (key, _) in &keys {
            assert_eq!(key.alg(), alg);
            assert_eq!(key.bare_jwk(), keys[0].0.bare_jwk());
            assert_eq!(key.kid(), keys[0].0.kid());
            // What is kept in the keychain is read again.
            let again = SigningKey::from_pkcs8(key.pkcs8().clone()).expect("PKCS#8");
            assert_eq!(again.bare_jwk(), key.bare_jwk());
        }
        let kids = keys.map(|(_, kid)| kid);
        assert_eq!(
            kids,
            [None, None, Some(named.to_owned())],
            "only a JWK names its key"
        );
    }
}

#[test]
fn what_surrounds_a_key_is_passed_over() {
    let pem = key!("ec-pkcs8.pem");
    let kid = taken(pem).0.kid().to_owned();
    let one_line = pem.replace('\n', " ");
    let odd = [
        format!("\u{feff}{pem}"),
        pem.replace('\n', "\r\n"),
        pem.lines().map(|line| format!("    {line}\n")).collect(),
        one_line,
        format!("Bag Attributes\n    friendlyName: okta\n{pem}\n# the end\n"),
        // OpenSSL prints the curve before an EC key, and some tools the public key after it.
        format!(
            "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n{}",
            key!("ec-sec1.pem")
        ),
        format!("{pem}{}", key!("ec-public.pem")),
        // A set of one, as tools that make keys print it, and padded numbers.
        format!("{{ \"keys\": [ {} ] }}", key!("ec.jwk.json")),
        key!("ec.jwk.json").replace("\",\n  \"x\"", "=\",\n  \"x\""),
    ];
    for text in odd {
        assert_eq!(taken(&text).0.kid(), kid, "{}", text.replace(pem, "[the key]"));
    }
}

#[test]
fn what_is_no_usable_key_is_told_apart() {
    let pem = key!("ec-pkcs8.pem");
    let cut = &pem[..pem.len() - 40];
    let mut flipped = pem.to_owned();
    flipped.replace_range(60..64, "AAAA");
    let public = key!("ec.jwk.json").replace("\"d\"", "\"not_d\"");
    let huge = "A".repeat(LARGEST + 1);
    for (text, part) in [
        ("", "BEGIN PRIVATE KEY"),
        ("00abcdefghijklmnopqrstuvwxyz0123456789abcd", "BEGIN PRIVATE KEY"),
        (key!("ec-encrypted.pem"), "passphrase"),
        (key!("rsa-pkcs1-encrypted.pem"), "passphrase"),
        (
            "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----",
            "SSH key",
        ),
        (key!("ec-public.pem"), "public key"),
        (public.as_str(), "public key"),
        (key!("p384-sec1.pem"), "another curve"),
        (key!("p384-pkcs8.pem"), "P-256"),
        (key!("rsa-1024.pem"), "2,048"),
        (cut, "end of the key"),
        (flipped.as_str(), ""),
        (huge.as_str(), "far longer"),
        ("{ \"kty\": \"EC\", ", "whole JSON"),
        (r#"{ "keys": [] }"#, "several keys"),
        (r#"{ "kty": "oct", "d": "AAAA", "k": "AAAA" }"#, "RSA and EC"),
        (
            r#"{ "kty": "RSA", "d": "AAAA", "n": "AAAA", "e": "AQAB" }"#,
            "lacks “p”",
        ),
        (r#"{ "kty": "EC", "crv": "P-384", "d": "AAAA" }"#, "another curve"),
        (
            r#"{ "kty": "EC", "crv": "P-256", "d": "!!!!", "x": "AA", "y": "AA" }"#,
            "“d”",
        ),
        (
            r#"{ "kty": "EC", "crv": "P-256", "d": "AAAA", "x": "AA", "y": "AA" }"#,
            "",
        ),
    ] {
        let problem = refused(text);
        assert!(problem.why.contains(part), "{part} is not in: {}", problem.why);
    }
    let two = format!("{pem}{}", key!("rsa-pkcs1.pem"));
    assert!(refused(&two).why.contains("more than one key"));
    let twice = format!("{pem}{pem}");
    assert!(refused(&twice).why.contains("more than one key"));
}

/// The private and the public half of a JWK have to belong together: with a wrong public half the app would never know it.
#[test]
fn halves_that_do_not_belong_together_are_refused() {
    let mut jwk: Value = serde_json::from_str(key!("ec.jwk.json")).expect("JSON");
    let other = SigningKey::generate(KeyAlg::Es256).expect("a key");
    jwk["x"] = other.bare_jwk()["x"].clone();
    jwk["y"] = other.bare_jwk()["y"].clone();
    refused(&jwk.to_string());
    let mut jwk: Value = serde_json::from_str(key!("rsa.jwk.json")).expect("JSON");
    let other = SigningKey::generate(KeyAlg::Rs256).expect("a key");
    jwk["n"] = other.bare_jwk()["n"].clone();
    refused(&jwk.to_string());
}
