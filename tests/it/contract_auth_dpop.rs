//! Proofs of possession (DPoP): at the token endpoint, at the API, and what they bind.

use crate::contract_auth_parts::*;
use crate::contract_wire::{last, org};
use practice_org::{Auth, NATIVE_CLIENT, PracticeOrg, Switch};
use serde_json::{Value, json};
use support::jwt::{Key, claims, fresh, now};

/// A service app that has to prove a key, with a super admin's rights, and a token of it.
struct Bound {
    org: PracticeOrg,
    client: String,
    signs: Key,
    proves: Key,
    token: String,
}

async fn bound() -> Bound {
    let org = org(false).await;
    let (signs, proves) = (Key::new("k1"), Key::new("p1"));
    let client = service(&org, &signs, true, &["okta.users.read"], Some("SUPER_ADMIN")).await;
    let got = bound_token(&org, &client, &signs, &proves, "okta.users.read").await;
    assert_eq!(
        (got.status, got.text("token_type")),
        (200, "DPoP"),
        "{:#}",
        got.body
    );
    assert!(!got.header("dpop-nonce").is_empty(), "as recorded");
    let token = got.text("access_token").to_owned();
    assert_eq!(claims(&token)["cnf"]["jkt"], proves.thumbprint());
    Bound {
        org,
        client,
        signs,
        proves,
        token,
    }
}

impl Bound {
    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.org.url())
    }

    async fn get(&self, scheme: &str, target: &str, proof: Option<&str>) -> Reply {
        let auth = format!("{scheme} {}", self.token);
        let mut headers = vec![("authorization", auth.as_str())];
        headers.extend(proof.map(|proof| ("dpop", proof)));
        call(&self.org, "GET", target, &headers, None).await
    }

    fn proof(&self, path: &str) -> String {
        self.proves
            .proof("GET", &self.address(path), "", Some(&self.token))
    }

    async fn ask_token(&self, proof: &str) -> Reply {
        let assertion = self.signs.assertion(&self.client, &token_endpoint(&self.org));
        client_token(&self.org, &assertion, "okta.users.read", &[("dpop", proof)]).await
    }

    /// The nonce of now.
    async fn nonce(&self) -> String {
        let proof = token_proof(&self.org, &self.proves, "");
        self.ask_token(&proof).await.header("dpop-nonce").to_owned()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_request_needs_a_proof_with_a_nonce() {
    let it = bound().await;
    let endpoint = token_endpoint(&it.org);
    let assertion = it.signs.assertion(&it.client, &endpoint);
    let none = client_token(&it.org, &assertion, "okta.users.read", &[]).await;
    none.refused(400, "invalid_dpop_proof", "The DPoP proof JWT header is missing.");
    assert!(none.header("dpop-nonce").is_empty());
    let wanted = "Authorization server requires nonce in DPoP proof.";
    for nonce in ["", "made-up"] {
        let asked = it.ask_token(&token_proof(&it.org, &it.proves, nonce)).await;
        asked.refused(400, "use_dpop_nonce", wanted);
        assert!(!asked.header("dpop-nonce").is_empty());
    }
    // The first one cost the assertion: it cannot come again.
    client_token(&it.org, &assertion, "okta.users.read", &[])
        .await
        .refused(
            401,
            "invalid_client",
            "The client_assertion token has already been used.",
        );
    // A nonce is renewed every day, the old one is good for three.
    let old = it.nonce().await;
    assert_eq!(it.nonce().await, old);
    // The client's own clock has to follow, so sign for the org's time.
    let at = |nonce: &str, ahead: i64| {
        let claims =
            json!({ "htm": "POST", "htu": endpoint, "iat": now() + ahead, "jti": fresh(), "nonce": nonce });
        it.proves.sign(&it.proves.proof_header(), &claims)
    };
    let assertion = |ahead: i64| {
        let mut claims = Key::assertion_claims(&it.client, &endpoint);
        claims["iat"] = json!(now() + ahead);
        claims["exp"] = json!(now() + ahead + 300);
        it.signs.sign(&json!({ "alg": "ES256", "kid": "k1" }), &claims)
    };
    let (day, mut ahead) = (24 * 3600, 0);
    for (until, status) in [(day, 200), (3 * day - 60, 200), (3 * day + 60, 400)] {
        it.org.advance(until - ahead);
        ahead = until;
        let proof = at(&old, ahead);
        let got = client_token(&it.org, &assertion(ahead), "okta.users.read", &[("dpop", &proof)]).await;
        assert_eq!(got.status, status, "after {until} seconds: {:#}", got.body);
        let next = got.header("dpop-nonce");
        assert!(!next.is_empty() && next != old, "a new one");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proof_is_checked_to_the_letter() {
    let it = bound().await;
    let endpoint = token_endpoint(&it.org);
    let nonce = it.nonce().await;
    let header = it.proves.proof_header();
    let good = json!({ "htm": "POST", "htu": endpoint, "iat": now(), "jti": fresh(), "nonce": nonce });
    let with = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims["jti"] = json!(fresh());
        claims[name] = value;
        it.proves.sign(&header, &claims)
    };
    let headed = |name: &str, value: Value| {
        let mut changed = header.clone();
        changed[name] = value;
        it.proves.sign(&changed, &good)
    };
    let mut private = it.proves.bare();
    private["d"] = json!("AQ");
    let rows: Vec<(String, &str)> = vec![
        ("nothing".into(), "The DPoP proof JWT cannot be parsed."),
        (
            headed("typ", json!("JWT")),
            "'typ' must be 'dpop+jwt' in the DPoP proof JWT.",
        ),
        (
            headed("alg", json!("HS256")),
            "The DPoP proof JWT signature algorithm is invalid.",
        ),
        (
            headed("alg", json!("RS256")),
            "The DPoP proof JWT signature algorithm is invalid.",
        ),
        (headed("jwk", private), "The DPoP proof JWT is invalid."),
        (
            headed("jwk", json!({ "kty": "oct", "k": "AQ" })),
            "The DPoP proof JWT is invalid.",
        ),
        (
            headed("jwk", Key::new("other").bare()),
            "The DPoP proof JWT signature is invalid.",
        ),
        (
            with("htm", json!("GET")),
            "'htm' claim in the DPoP proof JWT is invalid.",
        ),
        (
            with("htm", json!("post")),
            "'htm' claim in the DPoP proof JWT is invalid.",
        ),
        (
            with("htu", json!(format!("{endpoint}?x=y"))),
            "'htu' claim in the DPoP proof JWT is invalid.",
        ),
        (
            with("htu", json!(endpoint.replace("/oauth2", "//oauth2"))),
            "'htu' claim in the DPoP proof JWT is invalid.",
        ),
        (
            with("iat", json!("now")),
            "'iat' claim in the DPoP proof JWT is invalid.",
        ),
        (
            with("iat", json!(now() + 60)),
            "The DPoP proof JWT is issued in the future.",
        ),
        (
            with("iat", json!(now() - 302)),
            "The DPoP proof JWT is issued more than five minutes in the past.",
        ),
        (with("exp", json!(now() - 1)), "The DPoP proof JWT is expired."),
        (
            with("jti", json!("")),
            "'jti' claim in the DPoP proof JWT is invalid.",
        ),
    ];
    for (proof, words) in rows {
        it.ask_token(&proof)
            .await
            .refused(400, "invalid_dpop_proof", words);
    }
    let once = it.proves.sign(&header, &good);
    assert_eq!(it.ask_token(&once).await.status, 200);
    it.ask_token(&once).await.refused(
        400,
        "invalid_dpop_proof",
        "The DPoP proof JWT has already been used.",
    );
    let assertion = it.signs.assertion(&it.client, &endpoint);
    let (one, two) = (with("x", json!(1)), with("x", json!(2)));
    let twice = [("dpop", one.as_str()), ("dpop", two.as_str())];
    client_token(&it.org, &assertion, "okta.users.read", &twice)
        .await
        .refused(
            400,
            "invalid_dpop_proof",
            "Multiple DPoP proof JWT headers are not allowed.",
        );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bound_token_works_with_its_own_key_only() {
    let it = bound().await;
    let users = "/api/v1/users";
    let target = "/api/v1/users?limit=1";
    let got = it.get("DPoP", target, Some(&it.proof(users))).await;
    assert_eq!(got.status, 200, "{:#}", got.body);
    assert_eq!(last(&it.org).auth, Auth::Dpop);
    let refused = |reply: Reply, status: u16, error: &str, words: &str| {
        assert_eq!(
            (reply.status, reply.text("errorCode")),
            (status, error),
            "{:#}",
            reply.body
        );
        let challenge = reply.header("www-authenticate");
        // As recorded (okta-sdk-nodejs, issue 453).
        let begin = format!(
            "DPoP algs=\"RS256 RS384 RS512 ES256 ES384 ES512\", authorization_uri=\"{0}/oauth2/v1/authorize\", realm=\"{0}\", \
             scope=\"okta.users.read\", error=\"{error}\", error_description=\"{words}\", resource=\"/api/v1/users\"",
            it.org.url()
        );
        assert_eq!(challenge, begin);
    };
    let used = it.proof(users);
    assert_eq!(it.get("DPoP", target, Some(&used)).await.status, 200);
    let whole = it.proves.proof("GET", &it.address(target), "", Some(&it.token));
    let without = it.proves.proof("GET", &it.address(users), "", None);
    let of_other = it.proves.proof("GET", &it.address(users), "", Some("other"));
    let stolen = Key::new("p2").proof("GET", &it.address(users), "", Some(&it.token));
    let post = it.proves.proof("POST", &it.address(users), "", Some(&it.token));
    let htu = "'htu' claim in the DPoP proof JWT is invalid.";
    let ath = "'ath' claim in the DPoP proof does not match the presented access_token.";
    for (proof, words) in [
        (used, "The DPoP proof JWT has already been used."),
        (whole, htu),
        (it.proof("/api/v1/users/"), htu),
        (without, ath),
        (of_other, ath),
        (
            stolen,
            "The access_token is not bound to the provided DPoP proof.",
        ),
        (post, "'htm' claim in the DPoP proof JWT is invalid."),
    ] {
        refused(
            it.get("DPoP", target, Some(&proof)).await,
            400,
            "invalid_dpop_proof",
            words,
        );
    }
    refused(
        it.get("DPoP", target, None).await,
        400,
        "invalid_request",
        "The resource request requires a DPoP proof.",
    );
    refused(
        it.get("Bearer", target, Some(&it.proof(users))).await,
        400,
        "invalid_request",
        "The resource request must use the DPoP authentication scheme when using a DPoP bound token.",
    );
    // A path with an escaped sign is compared as it reads (okta-sdk-python, issue 541).
    let login = "/api/v1/users/robin.keller%40example.com";
    let plain = it.proof(&login.replace("%40", "@"));
    assert_eq!(it.get("DPoP", login, Some(&plain)).await.status, 200);
    assert_eq!(it.get("DPoP", login, Some(&it.proof(login))).await.status, 400);
    // A token that is not bound does not become so.
    let free = it.org.grant(&["okta.users.read"]);
    let proof = it.proves.proof("GET", &it.address(users), "", Some(&free));
    let headers = [("authorization", format!("DPoP {free}")), ("dpop", proof)];
    let headers = [
        ("authorization", headers[0].1.as_str()),
        ("dpop", headers[1].1.as_str()),
    ];
    let reply = call(&it.org, "GET", target, &headers, None).await;
    reply.is_error(401, "E0000011");
    assert!(
        reply
            .header("www-authenticate")
            .contains("error_description=\"The presented access_token is not DPoP bound.\"")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_may_want_a_nonce_too_and_another_one_each_time() {
    let it = bound().await;
    let users = "/api/v1/users";
    let call = async |nonce: &str| {
        let proof = it.proves.proof("GET", &it.address(users), nonce, Some(&it.token));
        it.get("DPoP", "/api/v1/users?limit=1", Some(&proof)).await
    };
    it.org.set_switch(Switch::NonceOnCalls, true);
    let asked = call("").await;
    assert_eq!(asked.status, 401);
    assert!(
        asked
            .header("www-authenticate")
            .contains("error=\"use_dpop_nonce\"")
    );
    let nonce = asked.header("dpop-nonce").to_owned();
    let answered = call(&nonce).await;
    assert_eq!(
        (answered.status, answered.header("dpop-nonce")),
        (200, nonce.as_str())
    );
    assert_eq!(call(&nonce).await.status, 200, "good for days");
    it.org.set_switch(Switch::NonceChanges, true);
    let next = call(&nonce).await.header("dpop-nonce").to_owned();
    assert_ne!(next, nonce);
    assert_eq!(call(&nonce).await.status, 401, "used up");
    let after = call(&next).await;
    assert_eq!(after.status, 200);
    let spent = token_proof(&it.org, &it.proves, &next);
    assert_eq!(it.ask_token(&spent).await.text("error"), "use_dpop_nonce");
    let fresh = token_proof(&it.org, &it.proves, after.header("dpop-nonce"));
    assert_eq!(it.ask_token(&fresh).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_who_signs_in_can_be_bound_too() {
    let org = org(false).await;
    org.set_switch(Switch::DpopRequired, true);
    let (key, other) = (Key::new("p1"), Key::new("p2"));
    let scope = "openid offline_access okta.users.read";
    let person = SignIn::new(scope).with("dpop_jkt", &key.thumbprint());
    let code = person.code(&org, SUPER).await;
    let asked = person
        .exchange(&org, &code, &[("dpop", &token_proof(&org, &key, ""))])
        .await;
    assert_eq!(
        asked.text("error"),
        "use_dpop_nonce",
        "the code is not used up by this"
    );
    let nonce = asked.header("dpop-nonce").to_owned();
    let stolen = person
        .exchange(&org, &code, &[("dpop", &token_proof(&org, &other, &nonce))])
        .await;
    assert_eq!(
        stolen.text("error"),
        "invalid_dpop_proof",
        "another key than dpop_jkt"
    );
    let tokens = person
        .exchange(&org, &code, &[("dpop", &token_proof(&org, &key, &nonce))])
        .await;
    assert_eq!((tokens.status, tokens.text("token_type")), (200, "DPoP"));
    let access = tokens.text("access_token");
    let me = format!("{}/oauth2/v1/userinfo", org.url());
    let proof = key.proof("GET", &me, "", Some(access));
    let auth = format!("DPoP {access}");
    let headers = [("authorization", auth.as_str()), ("dpop", proof.as_str())];
    let info = call(&org, "GET", "/oauth2/v1/userinfo", &headers, None).await;
    assert_eq!((info.status, info.text("sub")), (200, practice_org::SUPER_ADMIN));
    let refresh = tokens.text("refresh_token");
    let wrong = token_proof(&org, &other, &nonce);
    renew(&org, refresh, &[], &[("dpop", &wrong)]).await.refused(
        400,
        "invalid_dpop_proof",
        "Invalid DPoP Public Key binding in refresh token",
    );
    let next = renew(&org, refresh, &[], &[("dpop", &token_proof(&org, &key, &nonce))]).await;
    assert_eq!((next.status, next.text("token_type")), (200, "DPoP"));
    assert_eq!(claims(next.text("access_token"))["cnf"]["jkt"], key.thumbprint());
    // The binding outlives the app's setting.
    org.set_switch(Switch::DpopRequired, false);
    let bare = renew(&org, next.text("refresh_token"), &[], &[]).await;
    assert_eq!(bare.text("error"), "invalid_dpop_proof");
    // The app's own setting does the same.
    let target = format!("/api/v1/apps/{NATIVE_CLIENT}");
    let mut app = admin(&org, "GET", &target, None).await.body;
    app["settings"]["oauthClient"]["dpop_bound_access_tokens"] = json!(true);
    assert_eq!(admin(&org, "PUT", &target, Some(app)).await.status, 200);
    let person = SignIn::new(scope);
    let code = person.code(&org, SUPER).await;
    person.exchange(&org, &code, &[]).await.refused(
        400,
        "invalid_dpop_proof",
        "The DPoP proof JWT header is missing.",
    );
}
