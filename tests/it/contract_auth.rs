//! Every answer on signing in, clients, grants and roles held against Okta's own schemas, and every body that is sent.

use crate::contract_auth_parts::{
    ASSERTION, DEVICE, SUPER, SignIn, service_app, token_endpoint, token_proof,
};
use crate::contract_judge::{Judged, SIGN_IN, unused};
use practice_org::{NATIVE_CLIENT, Options, READ_ONLY_ADMIN};
use serde_json::{Value, json};
use support::jwt::Key;
use support::openapi::Spec;

async fn judged() -> Option<Judged> {
    let options = Options {
        limits: false,
        ..Options::default()
    };
    Some(Judged::start(Spec::load()?, options).await)
}

/// Made, read, changed, turned off and on; gives the id.
async fn apps(org: &Judged, key: &Key) -> String {
    let (status, app) = org
        .send("POST", "/api/v1/apps", service_app("Judged", key, true))
        .await;
    assert_eq!(
        (status, &app["settings"]["oauthClient"]["application_type"]),
        (200, &json!("service"))
    );
    let id = app["id"].as_str().expect("id").to_owned();
    let target = format!("/api/v1/apps/{id}");
    assert_eq!(org.ask("GET", &target, None).await, (200, app.clone()));
    let (_, found) = org.ask("GET", "/api/v1/apps?q=Judged", None).await;
    assert_eq!(found, json!([app]));
    let filter = "/api/v1/apps?filter=name%20eq%20%22oidc_client%22";
    assert_eq!(
        org.ask("GET", filter, None).await.1.as_array().map(Vec::len),
        Some(2)
    );
    let mut changed = app;
    changed["label"] = json!("Judged again");
    let (status, said) = org.send("PUT", &target, changed).await;
    assert_eq!((status, &said["label"]), (200, &json!("Judged again")));
    assert_eq!(said["settings"]["oauthClient"]["dpop_bound_access_tokens"], true);
    for turn in ["deactivate", "activate"] {
        let (status, _) = org.ask("POST", &format!("{target}/lifecycle/{turn}"), None).await;
        assert_eq!(status, 200);
    }
    let (status, bookmark) = org
        .ask(
            "POST",
            "/api/v1/apps",
            Some(json!({ "name": "bookmark", "label": "Short-lived" })),
        )
        .await;
    assert_eq!(status, 200);
    let bookmark = format!("/api/v1/apps/{}", bookmark["id"].as_str().expect("id"));
    assert_eq!(org.ask("DELETE", &bookmark, None).await.0, 403);
    org.ask("POST", &format!("{bookmark}/lifecycle/deactivate"), None)
        .await;
    assert_eq!(org.ask("DELETE", &bookmark, None).await.0, 204);
    id
}

async fn keys(org: &Judged, app: &str) {
    let target = format!("/api/v1/apps/{app}/credentials/jwks");
    let (status, added) = org.send("POST", &target, Key::new("k2").public()).await;
    assert_eq!(status, 201);
    let one = format!("{target}/{}", added["id"].as_str().expect("id"));
    assert_eq!(org.ask("GET", &one, None).await, (200, added));
    assert_eq!(
        org.ask("GET", &target, None).await.1.as_array().map(Vec::len),
        Some(2)
    );
    for turn in ["deactivate", "activate", "deactivate"] {
        assert_eq!(
            org.ask("POST", &format!("{one}/lifecycle/{turn}"), None).await.0,
            200
        );
    }
    assert_eq!(org.ask("DELETE", &one, None).await.0, 204);
    assert_eq!(org.ask("DELETE", &format!("{target}/k1"), None).await.0, 400);
    assert_eq!(org.ask("GET", &one, None).await.0, 404);
}

async fn clients(org: &Judged, key: &Key) {
    let body = json!({ "client_name": "Registered", "application_type": "service", "grant_types": ["client_credentials"],
        "response_types": ["token"], "token_endpoint_auth_method": "private_key_jwt", "jwks": { "keys": [key.public()] } });
    let (status, client) = org.send("POST", "/oauth2/v1/clients", body).await;
    assert_eq!(status, 201);
    let target = format!("/oauth2/v1/clients/{}", client["client_id"].as_str().expect("id"));
    assert_eq!(org.ask("GET", &target, None).await, (200, client.clone()));
    let (_, all) = org.ask("GET", "/oauth2/v1/clients?limit=2", None).await;
    assert_eq!(all.as_array().map(Vec::len), Some(2));
    let mut changed = client;
    changed["client_name"] = json!("Registered again");
    assert_eq!(org.send("PUT", &target, changed).await.0, 200);
    let (status, wrong) = org.ask("POST", "/oauth2/v1/clients", Some(json!({}))).await;
    assert_eq!(
        (status, &wrong["error"], &wrong["error_description"]),
        (
            400,
            &json!("invalid_client_metadata"),
            &json!("`client_name`: The field can't be left blank.")
        )
    );
    assert_eq!(org.ask("DELETE", &target, None).await.0, 204);
    assert_eq!(org.ask("GET", &target, None).await.0, 404);
}

async fn grants_and_roles(org: &Judged, app: &str) {
    let target = format!("/api/v1/apps/{app}/grants");
    let body = json!({ "scopeId": "okta.users.read", "issuer": org.org.url() });
    let (status, grant) = org.send("POST", &target, body).await;
    assert_eq!((status, &grant["status"]), (200, &json!("ACTIVE")));
    let one = format!("{target}/{}", grant["id"].as_str().expect("id"));
    for read in [
        &target,
        &format!("{target}?expand=scope"),
        &one,
        &format!("{one}?expand=scope"),
    ] {
        assert_eq!(org.ask("GET", read, None).await.0, 200, "{read}");
    }
    assert_eq!(org.ask("DELETE", &one, None).await.0, 204);
    let body = json!({ "scopeId": "okta.users.read", "issuer": org.org.url() });
    org.send("POST", &target, body).await;
    let setting = "/api/v1/org/settings/clientPrivilegesSetting";
    assert_eq!(org.ask("GET", setting, None).await.0, 200);
    assert_eq!(
        org.send("PUT", setting, json!({ "clientPrivilegesSetting": false }))
            .await
            .0,
        200
    );
    for assignee in [
        format!("/oauth2/v1/clients/{app}/roles"),
        format!("/api/v1/users/{READ_ONLY_ADMIN}/roles"),
    ] {
        let wanted = json!({ "type": "HELP_DESK_ADMIN" });
        let (status, role) = org.send("POST", &assignee, wanted.clone()).await;
        assert_eq!((status, &role["label"]), (201, &json!("Help Desk Administrator")));
        assert_eq!(org.send("POST", &assignee, wanted).await.0, 409);
        let one = format!("{assignee}/{}", role["id"].as_str().expect("id"));
        assert_eq!(org.ask("GET", &one, None).await, (200, role));
        assert_eq!(org.ask("GET", &assignee, None).await.0, 200);
        assert_eq!(org.ask("DELETE", &one, None).await, (204, Value::Null));
    }
    let (_, tokens) = org.ask("GET", "/api/v1/api-tokens", None).await;
    let one = format!("/api/v1/api-tokens/{}", tokens[1]["id"].as_str().expect("id"));
    assert_eq!(org.ask("GET", &one, None).await.0, 200);
    assert_eq!(org.ask("DELETE", &one, None).await.0, 204);
    assert_eq!(org.ask("GET", &one, None).await.0, 404);
}

async fn service_tokens(org: &Judged, app: &str, key: &Key) {
    let proves = Key::new("p1");
    let endpoint = token_endpoint(&org.org);
    let mut nonce = String::new();
    for status in [400, 200] {
        let assertion = key.assertion(app, &endpoint);
        let fields = [
            ("grant_type", "client_credentials"),
            ("scope", "okta.users.read"),
            ("client_assertion_type", ASSERTION),
            ("client_assertion", assertion.as_str()),
        ];
        let proof = token_proof(&org.org, &proves, &nonce);
        let (is, headers, body) = org.form("/oauth2/v1/token", &fields, &[("dpop", &proof)]).await;
        assert_eq!(is, status, "{body:#}");
        nonce = headers["dpop-nonce"].to_str().expect("text").to_owned();
    }
}

async fn personal_tokens(org: &Judged) {
    let person = SignIn::new("openid profile email offline_access okta.users.read");
    let code = person.code(&org.org, SUPER).await;
    let client = ("client_id", NATIVE_CLIENT);
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", practice_org::REDIRECT_URIS[0]),
        ("code_verifier", person.verifier.as_str()),
        client,
    ];
    let (status, _, tokens) = org.form("/oauth2/v1/token", &fields, &[]).await;
    assert_eq!(status, 200);
    assert_eq!(org.form("/oauth2/v1/token", &fields[..4], &[]).await.0, 401);
    let (access, refresh) = (
        tokens["access_token"].as_str().expect("a token"),
        tokens["refresh_token"].as_str().expect("a token"),
    );
    let bearer = format!("Bearer {access}");
    let userinfo = "/oauth2/v1/userinfo";
    assert_eq!(org.ask_as(&bearer, "GET", userinfo, None).await.0, 200);
    for token in [access, refresh, "nothing"] {
        let (status, _, seen) = org
            .form("/oauth2/v1/introspect", &[("token", token), client], &[])
            .await;
        assert_eq!((status, &seen["active"]), (200, &json!(token != "nothing")));
    }
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh),
        client,
    ];
    assert_eq!(org.form("/oauth2/v1/token", &fields, &[]).await.0, 200);
    assert_eq!(
        org.form("/oauth2/v1/revoke", &[("token", access), client], &[])
            .await
            .0,
        200
    );
    assert_eq!(org.form("/oauth2/v1/revoke", &[client], &[]).await.0, 400);
    let (status, _, begun) = org
        .form("/oauth2/v1/device/authorize", &[client, ("scope", "openid")], &[])
        .await;
    assert_eq!(status, 200);
    let code = begun["device_code"].as_str().expect("a code");
    let fields = [("grant_type", DEVICE), ("device_code", code), client];
    assert_eq!(org.form("/oauth2/v1/token", &fields, &[]).await.0, 400);
    assert_eq!(
        org.form("/oauth2/v1/device/authorize", &[client], &[]).await.0,
        400
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_on_signing_in_is_one_okta_describes() {
    let Some(org) = judged().await else { return };
    let key = Key::new("k1");
    let app = apps(&org, &key).await;
    keys(&org, &app).await;
    clients(&org, &key).await;
    grants_and_roles(&org, &app).await;
    let (status, metadata) = org
        .ask_as("", "GET", "/.well-known/openid-configuration", None)
        .await;
    assert_eq!((status, &metadata["issuer"]), (200, &json!(org.org.url())));
    let (_, keys) = org.ask_as("", "GET", "/oauth2/v1/keys", None).await;
    assert_eq!(keys["keys"][0]["kty"], "RSA");
    service_tokens(&org, &app, &key).await;
    personal_tokens(&org).await;
    assert_eq!(org.ask("DELETE", "/api/v1/api-tokens/current", None).await.0, 204);
    let left = unused(SIGN_IN, &org.used);
    assert!(left.is_empty(), "exceptions nothing needs: {left:#?}");
    let called = org.called.lock().expect("called");
    assert_eq!(called.len(), 43, "operations judged: {called:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_on_signing_in_is_one_okta_describes() {
    let Some(org) = judged().await else { return };
    let app = json!({ "name": "oidc_client", "label": "Wrong", "signOnMode": "OPENID_CONNECT",
        "credentials": { "oauthClient": { "token_endpoint_auth_method": "none" } },
        "settings": { "oauthClient": { "application_type": "native", "grant_types": ["authorization_code"],
            "response_types": ["code"], "redirect_uris": ["http://127.0.0.1:8765/callback"] } } });
    let changed = |pointer: &str, value: Value| {
        let mut body = app.clone();
        if let Some(place) = body.pointer_mut(pointer) {
            *place = value;
        }
        body
    };
    for (body, part) in [
        (changed("/label", json!("")), "label"),
        (changed("/name", json!("no_such_app")), "name"),
        (changed("/signOnMode", json!("SAML_2_0")), "signOnMode"),
        (
            changed("/settings/oauthClient/application_type", json!("toaster")),
            "application_type",
        ),
        (
            changed("/settings/oauthClient/grant_types", json!(["client_credentials"])),
            "grant_types",
        ),
        (
            changed("/settings/oauthClient/redirect_uris", json!([])),
            "redirect_uris",
        ),
        (
            changed(
                "/credentials/oauthClient/token_endpoint_auth_method",
                json!("private_key_jwt"),
            ),
            "JsonWebKey",
        ),
    ] {
        let (status, said) = org.ask("POST", "/api/v1/apps", Some(body)).await;
        assert_eq!(
            (status, &said["errorCode"], &said["errorSummary"]),
            (
                400,
                &json!("E0000001"),
                &json!(format!("Api validation failed: {part}"))
            )
        );
    }
    for (method, target) in [
        ("GET", "/api/v1/apps/0oa0nothing/credentials/jwks"),
        ("GET", "/api/v1/apps/0oa0nothing/grants"),
        ("GET", "/oauth2/v1/clients/0oa0nothing/roles"),
        ("GET", "/api/v1/users/00u0nothing/roles"),
        ("PUT", "/api/v1/apps/0oa0nothing"),
    ] {
        let body = (method == "PUT").then(|| app.clone());
        let (status, said) = org.ask(method, target, body).await;
        assert_eq!(
            (status, &said["errorCode"]),
            (404, &json!("E0000007")),
            "{target}"
        );
    }
    let wrong = [
        ("grant_type", "refresh_token"),
        ("refresh_token", "x"),
        ("client_id", NATIVE_CLIENT),
    ];
    let (status, _, said) = org.form("/oauth2/v1/token", &wrong, &[]).await;
    assert_eq!((status, &said["error"]), (400, &json!("invalid_grant")));
    // Whoever comes without a good token is told so in a header, without a body.
    assert_eq!(
        org.ask_as("Bearer x.y.z", "GET", "/api/v1/users/me", None)
            .await
            .0,
        401
    );
    let (status, headers) = {
        let answer = support::http()
            .get(format!("{}/oauth2/v1/userinfo", org.org.url()))
            .header("authorization", "Bearer x.y.z")
            .send()
            .await
            .expect("an answer");
        (answer.status().as_u16(), answer.headers().clone())
    };
    let challenge = headers["www-authenticate"].to_str().expect("text");
    assert!(
        status == 401 && challenge.contains("error=\"invalid_token\""),
        "{status} {challenge}"
    );
}
