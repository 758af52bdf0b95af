//! What Gatehouse signs, taken off the wire and verified by another library than the one that made it (`ring`), with the
//! public keys that were registered, against the letter of RFC 7523 and RFC 9449.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use engine::Engine as Gatehouse;
use ring::digest::{SHA256, digest};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

const TOKEN: &str = "eyJ.an-access-token.of-nobody";
const NONCE: &str = "a-nonce-of-the-server";
const CLIENT: &str = "0oa1wire0client00000";

/// One request as it came.
#[derive(Debug, Clone)]
struct Seen {
    method: String,
    uri: Uri,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Seen {
    fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|it| it.to_str().ok()).unwrap_or_default()
    }

    fn form(&self) -> HashMap<String, String> {
        url::form_urlencoded::parse(&self.body).into_owned().collect()
    }
}

/// As little of an org as a service app needs, which takes note of everything.
async fn org() -> (String, Arc<Mutex<Vec<Seen>>>) {
    let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let router = Router::new().fallback(answer).with_state(seen.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, seen)
}

async fn answer(
    State(seen): State<Arc<Mutex<Vec<Seen>>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let request = Seen {
        method: method.to_string(),
        uri: uri.clone(),
        headers,
        body: body.to_vec(),
    };
    let nonce = request.header("dpop").split('.').nth(1).and_then(|part| {
        let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()?;
        claims["nonce"].as_str().map(str::to_owned)
    });
    seen.lock().expect("requests").push(request);
    let json = |status: StatusCode, body: Value| {
        (
            status,
            [
                (header::CONTENT_TYPE, "application/json"),
                (header::HeaderName::from_static("dpop-nonce"), NONCE),
            ],
            body.to_string(),
        )
            .into_response()
    };
    match uri.path() {
        "/.well-known/okta-organization" => json(StatusCode::OK, json!({ "id": "00o1", "pipeline": "idx" })),
        "/oauth2/v1/token" if nonce.as_deref() != Some(NONCE) => json(
            StatusCode::BAD_REQUEST,
            json!({ "error": "use_dpop_nonce", "error_description": "Authorization server requires nonce in DPoP proof." }),
        ),
        "/oauth2/v1/token" => json(
            StatusCode::OK,
            json!({ "token_type": "DPoP", "expires_in": 3600, "access_token": TOKEN, "scope": "okta.apps.read" }),
        ),
        "/api/v1/org" => json(StatusCode::OK, json!({ "companyName": "Wire" })),
        "/api/v1/apps" => json(StatusCode::OK, json!([])),
        _ => json(
            StatusCode::NOT_FOUND,
            json!({ "errorCode": "E0000007", "errorSummary": "Not found" }),
        ),
    }
}

fn bytes(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).expect("base64url without padding")
}

/// Header and claims, once the signature holds for this key.
fn verified(token: &str, jwk: &Value) -> (Value, Value) {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, signature] = parts.as_slice() else {
        panic!("{token} has not three parts");
    };
    let signed = format!("{header}.{claims}");
    let member = |name: &str| bytes(jwk[name].as_str().unwrap_or_else(|| panic!("{name} in {jwk}")));
    let alg = match jwk["kty"].as_str() {
        Some("EC") => {
            assert_eq!(jwk["crv"], "P-256");
            let point = [&[4][..], &member("x"), &member("y")].concat();
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
                .verify(signed.as_bytes(), &bytes(signature))
                .expect("ES256 holds");
            "ES256"
        }
        Some("RSA") => {
            let (n, e) = (member("n"), member("e"));
            RsaPublicKeyComponents { n: &n, e: &e }
                .verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &bytes(signature))
                .expect("RS256 holds");
            "RS256"
        }
        other => panic!("{other:?} is no key"),
    };
    let json = |part: &str| -> Value { serde_json::from_slice(&bytes(part)).expect("JSON") };
    let (header, claims) = (json(header), json(claims));
    assert_eq!(header["alg"], alg);
    (header, claims)
}

fn has_no_private_half(jwk: &Value) {
    for name in ["d", "p", "q", "dp", "dq", "qi", "k"] {
        assert!(jwk.get(name).is_none(), "{name} in {jwk}");
    }
}

async fn day(alg: &str) -> (String, Value, Vec<Seen>) {
    let (url, seen) = org().await;
    let folder = tempfile::tempdir().expect("a folder");
    let engine = Gatehouse::start(support::options(&folder)).expect("the engine starts");
    let ok = async |name: &str, args: Value| -> Value {
        let command = json!({ "name": name, "args": args });
        let reply = engine.dispatch_json(command).await;
        reply.unwrap_or_else(|problem| panic!("{name}: {problem:#?}"))
    };
    let added = json!({ "origin": url, "token": null, "name": "", "colour": "", "sessionOnly": false,
        "customDomainConfirmed": false });
    let key = ok("org_add", added).await["key"].clone();
    let made = ok("key_make", json!({ "org": key, "alg": alg })).await;
    let jwk: Value = serde_json::from_str(made["key"]["jwk"].as_str().expect("a JWK")).expect("JSON");
    let scopes = ["okta.apps.read"];
    ok(
        "service_use",
        json!({ "org": key, "clientId": CLIENT, "scopes": scopes }),
    )
    .await;
    ok("permissions_check", json!({ "org": key })).await;
    let seen = seen.lock().expect("requests").clone();
    (url, jwk, seen)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn assertions_hold_for_the_registered_key() {
    for alg in ["ES256", "RS256"] {
        let (url, jwk, seen) = day(alg).await;
        has_no_private_half(&jwk);
        let tokens: Vec<_> = seen
            .iter()
            .filter(|request| request.uri.path() == "/oauth2/v1/token")
            .collect();
        assert_eq!(tokens.len(), 2, "one for the nonce, one that counts");
        let mut ids = HashSet::new();
        for request in tokens {
            let form = request.form();
            assert_eq!(form["grant_type"], "client_credentials");
            assert_eq!(
                form["client_assertion_type"],
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
            );
            assert!(!form.contains_key("client_secret") && request.header("authorization").is_empty());
            let (header, claims) = verified(&form["client_assertion"], &jwk);
            assert_eq!(header["kid"], jwk["kid"]);
            assert!(
                header.get("jwk").is_none(),
                "an assertion does not bring its own key"
            );
            assert_eq!(claims["aud"], format!("{url}/oauth2/v1/token"));
            assert_eq!((&claims["iss"], &claims["sub"]), (&json!(CLIENT), &json!(CLIENT)));
            let (iat, exp) = (
                claims["iat"].as_i64().expect("iat"),
                claims["exp"].as_i64().expect("exp"),
            );
            assert!(exp > iat && exp - iat <= 300, "five minutes at most");
            assert!(ids.insert(claims["jti"].clone()), "a new one each time");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn proofs_hold_for_the_key_they_carry_and_for_one_call_each() {
    let (url, registered, seen) = day("ES256").await;
    let (mut ids, mut keys) = (HashSet::new(), HashSet::new());
    let mut calls = 0;
    for request in &seen {
        let at = format!("{url}{}", request.uri.path());
        if request.uri.path().starts_with("/.well-known/") {
            assert!(request.header("dpop").is_empty() && request.header("authorization").is_empty());
            continue;
        }
        assert_eq!(request.headers.get_all("dpop").iter().count(), 1, "{at}");
        let proof = request.header("dpop");
        let head: Value =
            serde_json::from_slice(&bytes(proof.split('.').next().expect("a header"))).expect("JSON");
        let (header, claims) = verified(proof, &head["jwk"]);
        assert_eq!(header["typ"], "dpop+jwt");
        has_no_private_half(&header["jwk"]);
        assert_ne!(
            header["jwk"]["x"], registered["x"],
            "another key than the one that signs assertions"
        );
        keys.insert(header["jwk"].to_string());
        assert_eq!(
            (&claims["htm"], &claims["htu"]),
            (&json!(request.method), &json!(at))
        );
        assert!(
            !claims["htu"].as_str().expect("htu").contains('?'),
            "without the query"
        );
        assert!(ids.insert(claims["jti"].clone()), "a new one each time");
        if request.uri.path() == "/oauth2/v1/token" {
            assert!(claims.get("ath").is_none());
        } else {
            calls += 1;
            assert_eq!(request.header("authorization"), format!("DPoP {TOKEN}"));
            let hash = URL_SAFE_NO_PAD.encode(digest(&SHA256, TOKEN.as_bytes()));
            assert_eq!(claims["ath"], hash, "bound to the access token");
            assert_eq!(claims["nonce"], NONCE);
        }
    }
    assert!(calls > 3 && seen.iter().any(|request| request.uri.query().is_some()));
    assert_eq!(keys.len(), 1, "one key for all: tokens are bound to it");
}
