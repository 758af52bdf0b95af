//! Service apps: client assertions, as Okta's list of errors describes their checks.

use crate::contract_auth_parts::*;
use crate::contract_wire::org;
use practice_org::{NATIVE_CLIENT, Switch};
use serde_json::{Value, json};
use support::jwt::{Key, claims, fresh, now};

const SCOPE: &str = "okta.users.read okta.apps.read";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_app_asks_with_what_it_signs() {
    let org = org(false).await;
    for alg in ["ES256", "ES384"] {
        let key = Key::of("k1", alg);
        let client = service(
            &org,
            &key,
            false,
            &["okta.users.read", "okta.apps.read"],
            Some("SUPER_ADMIN"),
        )
        .await;
        let endpoint = token_endpoint(&org);
        let got = client_token(&org, &key.assertion(&client, &endpoint), SCOPE, &[]).await;
        assert_eq!(
            (got.status, got.text("token_type"), got.text("scope")),
            (200, "Bearer", SCOPE),
            "{:#}",
            got.body
        );
        let token = claims(got.text("access_token"));
        assert_eq!((&token["sub"], &token["cid"]), (&json!(client), &json!(client)));
        assert!(
            token["uid"].is_null() && got.body["refresh_token"].is_null() && got.body["id_token"].is_null()
        );
        let bearer = format!("Bearer {}", got.text("access_token"));
        assert_eq!(
            ask(&org, &bearer, "GET", "/api/v1/users?limit=1", None)
                .await
                .status,
            200
        );
        ask(&org, &bearer, "GET", "/api/v1/users/me", None)
            .await
            .is_error(404, "E0000007");
        // A client that need not prove a key is not asked for one, and its proof is not looked at.
        let proof = [("dpop", "not.a.proof")];
        let got = client_token(&org, &key.assertion(&client, &endpoint), SCOPE, &proof).await;
        assert_eq!(got.text("token_type"), "Bearer");
        org.advance(3600);
        ask(&org, &bearer, "GET", "/api/v1/users?limit=1", None)
            .await
            .is_error(401, "E0000011");
        org.advance(-3600);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_assertion_is_checked_to_the_letter() {
    let org = org(false).await;
    let (key, other) = (Key::new("k1"), Key::new("k1"));
    let client = service(&org, &key, false, &["okta.users.read"], None).await;
    let endpoint = token_endpoint(&org);
    let header = json!({ "alg": "ES256", "kid": "k1" });
    let good = || Key::assertion_claims(&client, &endpoint);
    let with = |name: &str, value: Value| {
        let mut claims = good();
        claims[name] = value;
        claims
    };
    let rows: Vec<(String, &str)> = vec![
        ("nothing".into(), "The parsing of the client_assertion failed."),
        (
            key.sign(&json!({ "alg": "HS256", "kid": "k1" }), &good()),
            "The client_assertion JWT signature algorithm is invalid.",
        ),
        (
            key.sign(&json!({ "alg": "none" }), &good()),
            "The client_assertion JWT signature algorithm is invalid.",
        ),
        (
            key.sign(&header, &with("iss", json!("0oa0nothing"))),
            "The issuer claim for client_assertion is not a valid client_id.",
        ),
        (
            key.sign(&header, &with("sub", json!("0oa0nothing"))),
            "The subject claim for client_assertion is not a valid client_id.",
        ),
        (
            key.sign(&header, &with("aud", json!(org.url()))),
            "The audience claim for client_assertion must be the endpoint invoked for the request.",
        ),
        (
            key.sign(&header, &with("aud", json!(format!("{endpoint}/")))),
            "The audience claim for client_assertion must be the endpoint invoked for the request.",
        ),
        (
            key.sign(&header, &with("exp", json!((now() + 60).to_string()))),
            "The client_assertion must contain the 'exp' claim as seconds since epoch.",
        ),
        (
            key.sign(&header, &with("exp", json!(now() - 1))),
            "The client_assertion token is expired.",
        ),
        (
            key.sign(&header, &with("exp", json!(now() + 3700))),
            "The client_assertion token has an expiration too far into the future.",
        ),
        (
            key.sign(&header, &with("iat", json!(now() + 60))),
            "The client_assertion token must be issued before the current time.",
        ),
        (
            key.sign(&json!({ "alg": "ES256", "kid": "k2" }), &good()),
            "The client_assertion JWT kid is invalid.",
        ),
        (
            other.sign(&header, &good()),
            "The client_assertion signature is invalid.",
        ),
    ];
    for (assertion, words) in rows {
        client_token(&org, &assertion, SCOPE, &[])
            .await
            .refused(401, "invalid_client", words);
    }
    let once = key.assertion(&client, &endpoint);
    assert_eq!(client_token(&org, &once, SCOPE, &[]).await.status, 200);
    client_token(&org, &once, SCOPE, &[]).await.refused(
        401,
        "invalid_client",
        "The client_assertion token has already been used.",
    );
    let unnamed = key.sign(&json!({ "alg": "ES256" }), &good());
    assert_eq!(
        client_token(&org, &unnamed, SCOPE, &[]).await.status,
        200,
        "one key needs no name"
    );
    // The org's clock decides.
    org.set_switch(Switch::ClockOff, true);
    client_token(&org, &key.assertion(&client, &endpoint), SCOPE, &[])
        .await
        .refused(401, "invalid_client", "The client_assertion token is expired.");
    org.set_switch(Switch::ClockOff, false);
    // An app that is switched off is none.
    let target = format!("/api/v1/apps/{client}/lifecycle/deactivate");
    assert_eq!(admin(&org, "POST", &target, None).await.status, 200);
    client_token(&org, &key.assertion(&client, &endpoint), SCOPE, &[])
        .await
        .refused(
            401,
            "invalid_client",
            "The issuer claim for client_assertion is not a valid client_id.",
        );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scopes_have_to_be_granted_and_fit_a_service() {
    let org = org(false).await;
    let key = Key::new("k1");
    let client = service(&org, &key, false, &["okta.users.read", "okta.apps.manage"], None).await;
    let endpoint = token_endpoint(&org);
    let get = async |scope: &str| client_token(&org, &key.assertion(&client, &endpoint), scope, &[]).await;
    let rows = [
        ("", "invalid_scope", "No scopes were requested."),
        (
            "openid okta.users.read",
            "invalid_scope",
            "Cannot request 'openid' scopes using client credentials.",
        ),
        (
            "okta.users.read.self",
            "client_credentials_self_scope_requested",
            "The 'client_credentials' grant type may not request .self scopes.",
        ),
        (
            "mine",
            "invalid_scope",
            "Custom scopes are not allowed for this request.",
        ),
        (
            "okta.roles.manage",
            "consent_required",
            "You are not allowed any of the requested scopes.",
        ),
    ];
    for (scope, error, words) in rows {
        get(scope).await.refused(400, error, words);
    }
    let some = get("okta.users.read okta.roles.manage").await;
    assert_eq!((some.status, some.text("scope")), (200, "okta.users.read"));
    let both = get("okta.users.read okta.apps.manage").await;
    assert_eq!(both.text("scope"), "okta.users.read okta.apps.manage");
    let person = signed_in(&org, SUPER, "openid okta.apps.manage").await;
    let bearer = format!("Bearer {}", person.text("access_token"));
    let make = async || {
        let body = json!({ "name": "bookmark", "label": "Links" });
        ask(&org, &bearer, "POST", "/api/v1/apps", Some(body)).await
    };
    assert_eq!(make().await.status, 200);
    org.set_switch(Switch::ScopeRevoked, true);
    let refused = make().await;
    refused.is_error(403, "E0000006");
    assert!(
        refused
            .header("www-authenticate")
            .contains("error=\"insufficient_scope\"")
    );
    assert_eq!(
        ask(&org, &bearer, "GET", "/api/v1/apps", None).await.status,
        200,
        "reading goes on"
    );
    assert_eq!(
        get("okta.users.read okta.apps.manage").await.text("scope"),
        "okta.users.read"
    );
    assert_eq!(get("okta.apps.manage").await.text("error"), "consent_required");
    org.set_switch(Switch::ScopeRevoked, false);
    // A grant that is revoked is no longer given.
    let target = format!("/api/v1/apps/{client}/grants");
    let grants = admin(&org, "GET", &target, None).await.body;
    for grant in grants.as_array().expect("grants") {
        let one = format!("{target}/{}", grant["id"].as_str().expect("id"));
        assert_eq!(admin(&org, "DELETE", &one, None).await.status, 204);
        admin(&org, "GET", &one, None).await.is_error(404, "E0000007");
    }
    assert_eq!(get("okta.users.read").await.text("error"), "consent_required");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_services_that_sign_get_client_credentials() {
    let org = org(false).await;
    let key = Key::new("k1");
    let mut body = service_app("With a secret", &key, false);
    body["credentials"]["oauthClient"]["token_endpoint_auth_method"] = json!("client_secret_post");
    let made = admin(&org, "POST", "/api/v1/apps", Some(body)).await.body;
    let (id, secret) = (
        made["id"].as_str().expect("id"),
        made["credentials"]["oauthClient"]["client_secret"]
            .as_str()
            .expect("a secret"),
    );
    let seen = admin(&org, "GET", &format!("/api/v1/apps/{id}"), None).await.body;
    assert!(
        seen["credentials"]["oauthClient"]["client_secret"].is_null(),
        "shown once"
    );
    let fields = |id: &'static str| {
        [
            ("grant_type", "client_credentials"),
            ("scope", SCOPE),
            ("client_id", id),
        ]
    };
    let id: &'static str = String::leak(id.to_owned());
    let mut with = fields(id).to_vec();
    with.push(("client_secret", secret));
    form(&org, "/oauth2/v1/token", &with, &[]).await.refused(
        401,
        "invalid_client",
        "Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.",
    );
    with[3].1 = "wrong";
    form(&org, "/oauth2/v1/token", &with, &[]).await.refused(
        401,
        "invalid_client",
        "The client secret supplied for a confidential client is invalid.",
    );
    form(&org, "/oauth2/v1/token", &fields(NATIVE_CLIENT), &[]).await.refused(
        401,
        "invalid_client",
        "Only clients with 'application_type' of 'service' may use the client_credentials 'grant_type' with the Org Authorization Server.",
    );
    // Keys behind an address are not fetched here.
    let mut body = service_app("Elsewhere", &key, false);
    body["settings"]["oauthClient"]["jwks"] = Value::Null;
    body["settings"]["oauthClient"]["jwks_uri"] = json!("https://example.com/keys");
    let made = admin(&org, "POST", "/api/v1/apps", Some(body)).await;
    let assertion = key.assertion(made.text("id"), &token_endpoint(&org));
    client_token(&org, &assertion, SCOPE, &[]).await.refused(
        401,
        "invalid_client",
        "Error retrieving the client JWKSet from jwks_uri.",
    );
    let mut twice = vec![
        ("grant_type", "client_credentials"),
        ("client_assertion_type", ASSERTION),
        ("client_assertion", "a.b.c"),
    ];
    twice.push(("client_secret", "x"));
    assert_eq!(
        form(&org, "/oauth2/v1/token", &twice, &[]).await.text("error"),
        "invalid_request"
    );
    twice.pop();
    twice[1].1 = "jwt";
    form(&org, "/oauth2/v1/token", &twice, &[]).await.refused(
        400,
        "invalid_request",
        "The client_assertion_type is invalid.",
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_are_changed_one_by_one() {
    let org = org(false).await;
    let (first, second) = (Key::new("k1"), Key::new("k2"));
    let client = service(&org, &first, false, &["okta.users.read"], None).await;
    let keys = format!("/api/v1/apps/{client}/credentials/jwks");
    let endpoint = token_endpoint(&org);
    let get = async |key: &Key| {
        client_token(&org, &key.assertion(&client, &endpoint), "okta.users.read", &[])
            .await
            .status
    };
    let refused = |reply: Reply, words: &str| {
        reply.is_error(400, "E0000001");
        assert_eq!(reply.text("errorSummary"), "Api validation failed: JsonWebKey");
        assert_eq!(reply.body["errorCauses"][0]["errorSummary"], words);
    };
    refused(
        admin(&org, "POST", &format!("{keys}/k1/lifecycle/deactivate"), None).await,
        "Can't deactivate the only active JSON Web Key when the value for `token_endpoint_auth_method` is `private_key_jwt`.",
    );
    refused(
        admin(&org, "POST", &keys, Some(first.public())).await,
        "All keys in the 'jwks' must have a unique `kid`.",
    );
    refused(
        admin(&org, "POST", &keys, Some(second.bare())).await,
        "Each key should have a unique kid when adding multiple keys. Use the Apps API to update the JWKS to add a kid for the existing key, or delete the existing key and re-add the key with a kid using the JWKS APIs.",
    );
    let short = json!({ "kty": "RSA", "kid": "short", "n": fresh(), "e": "AQAB" });
    refused(
        admin(&org, "POST", &keys, Some(short)).await,
        "RSA key length in the 'jwks' is less than '2,048' bits for the given key.",
    );
    let added = admin(&org, "POST", &keys, Some(second.public())).await;
    assert_eq!((added.status, added.text("status")), (201, "ACTIVE"));
    assert_eq!((get(&first).await, get(&second).await), (200, 200));
    refused(
        admin(&org, "DELETE", &format!("{keys}/k1"), None).await,
        "You can't delete an active JSON Web Key. Deactivate the key before deleting it.",
    );
    let off = admin(&org, "POST", &format!("{keys}/k1/lifecycle/deactivate"), None).await;
    assert_eq!((off.status, off.text("status")), (200, "INACTIVE"));
    assert_eq!((get(&first).await, get(&second).await), (401, 200));
    let by_id = format!("{keys}/{}", off.text("id"));
    assert_eq!(
        admin(&org, "GET", &by_id, None).await.body,
        off.body,
        "by id as by kid"
    );
    let on = admin(&org, "POST", &format!("{by_id}/lifecycle/activate"), None).await;
    assert_eq!(on.text("status"), "ACTIVE");
    admin(&org, "POST", &format!("{keys}/k1/lifecycle/deactivate"), None).await;
    assert_eq!(admin(&org, "DELETE", &by_id, None).await.status, 204);
    admin(&org, "GET", &by_id, None).await.is_error(404, "E0000007");
    let left = admin(&org, "GET", &keys, None).await.body;
    assert_eq!(left.as_array().map(Vec::len), Some(1));
    // A whole client put in place brings its own keys, and only those.
    let target = format!("/oauth2/v1/clients/{client}");
    let mut whole = admin(&org, "GET", &target, None).await.body;
    whole["jwks"] = json!({ "keys": [first.public()] });
    assert_eq!(admin(&org, "PUT", &target, Some(whole)).await.status, 200);
    assert_eq!((get(&first).await, get(&second).await), (200, 401));
}
