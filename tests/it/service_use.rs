//! Service apps that were made by hand: an own key or an imported one, compared with what is registered, and the scopes
//! the app has found out.

use crate::service::{asked, code, created, drop_token, held, wanted, with};
use practice_org::{Fault, PracticeOrg};
use serde_json::{Value, json};
use support::{World, post};

macro_rules! key {
    ($name:literal) => {
        include_str!(concat!("../keys/", $name))
    };
}

const TOKEN: &str = "/oauth2/v1/token";
const ALL: [&str; 5] = [
    "okta.apps.read",
    "okta.apps.manage",
    "okta.orgs.read",
    "okta.users.read",
    "okta.roles.read",
];

/// A public key as an admin would paste it, under an id of the admin's own.
fn public(jwk: &str, kid: &str) -> Value {
    let mut jwk: Value = serde_json::from_str(jwk).expect("JSON");
    let map = jwk.as_object_mut().expect("an object");
    map.retain(|name, _| {
        matches!(
            name.as_str(),
            "kty" | "crv" | "x" | "y" | "n" | "e" | "use" | "alg"
        )
    });
    jwk["kid"] = json!(kid);
    jwk
}

/// What an admin does in the Admin Console: an API Services app with this key, these scopes and a role.
async fn by_hand(org: &PracticeOrg, key: &Value, scopes: &[&str]) -> String {
    let body = json!({ "name": "oidc_client", "label": "Made by hand", "signOnMode": "OPENID_CONNECT",
        "credentials": { "oauthClient": { "token_endpoint_auth_method": "private_key_jwt" } },
        "settings": { "oauthClient": { "application_type": "service", "grant_types": ["client_credentials"],
        "response_types": ["token"], "dpop_bound_access_tokens": true, "jwks": { "keys": [key] } } } });
    let client = post(org, "/api/v1/apps", &body).await["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    for scope in scopes {
        let grant = json!({ "scopeId": scope, "issuer": org.url() });
        post(org, &format!("/api/v1/apps/{client}/grants"), &grant).await;
    }
    let role = json!({ "type": "APP_ADMIN" });
    post(org, &format!("/oauth2/v1/clients/{client}/roles"), &role).await;
    client
}

async fn import(world: &World, text: &str, kid: &str) -> Value {
    world
        .ok(
            "key_import",
            json!({ "org": world.key, "text": text, "kid": kid }),
        )
        .await
}

fn use_args(world: &World, client: &str, scopes: &[&str]) -> Value {
    json!({ "org": world.key, "clientId": client, "scopes": scopes })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_in_any_form_finds_its_own_id_in_okta() {
    let world = World::story().await;
    let ec = by_hand(&world.org, &public(key!("ec.jwk.json"), "their-ec"), &ALL).await;
    let rsa = by_hand(&world.org, &public(key!("rsa.jwk.json"), "their-rsa"), &ALL).await;
    for (text, client, kid, alg) in [
        (key!("ec-pkcs8.pem"), &ec, "their-ec", "ES256"),
        (key!("ec-sec1.pem"), &ec, "their-ec", "ES256"),
        (key!("ec.jwk.json"), &ec, "their-ec", "ES256"),
        (key!("rsa-pkcs8.pem"), &rsa, "their-rsa", "RS256"),
        (key!("rsa-pkcs1.pem"), &rsa, "their-rsa", "RS256"),
        (key!("rsa.jwk.json"), &rsa, "their-rsa", "RS256"),
    ] {
        let view = import(&world, text, "").await;
        assert_eq!(view["key"]["imported"], true);
        let view = world.ok("service_use", use_args(&world, client, &[])).await;
        assert_eq!(
            (&view["active"], &view["key"]),
            (&json!("serviceApp"), &Value::Null),
            "{view:#}"
        );
        let item = held(&world, "serviceApp").await;
        assert_eq!(
            (&item["kid"], &item["alg"], &item["clientId"], &item["who"]),
            (&json!(kid), &json!(alg), &json!(client), &json!("Made by hand"))
        );
        assert_eq!(
            (&item["dpop"], item["scopes"].as_array().map(Vec::len)),
            (&json!(true), Some(ALL.len()))
        );
    }
    drop_token(&world).await;
    let (rows, problem) = world.list(&world.key).await;
    assert!(rows > 5 && problem.is_none(), "{problem:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_an_admin_the_id_is_typed_and_okta_judges() {
    let world = World::story().await;
    let client = by_hand(&world.org, &public(key!("ec.jwk.json"), "their-ec"), &ALL).await;
    drop_token(&world).await;
    import(&world, key!("ec-pkcs8.pem"), "").await;
    let problem = world.refused("service_use", use_args(&world, &client, &[])).await;
    assert_eq!(
        (code(&problem), problem.field.as_deref()),
        (json!("signInRefused"), Some("key")),
        "{problem:#?}"
    );
    import(&world, key!("ec-pkcs8.pem"), " their-ec ").await;
    world.ok("service_use", use_args(&world, &client, &[])).await;
    assert_eq!(
        held(&world, "serviceApp").await["who"],
        "Made by hand",
        "the app may read itself"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_the_app_does_not_have_signs_nothing() {
    let world = World::story().await;
    let client = by_hand(&world.org, &public(key!("ec.jwk.json"), "their-ec"), &ALL).await;
    import(&world, key!("rsa-pkcs1.pem"), "their-ec").await;
    let problem = world.refused("service_use", use_args(&world, &client, &[])).await;
    assert_eq!(problem.field.as_deref(), Some("key"));
    assert!(problem.title.contains("Made by hand"), "{problem:#?}");
    assert_eq!(asked(&world.org, "POST", TOKEN), 0, "no token was asked for");
    let view = world.ok("credentials_get", json!({ "org": world.key })).await;
    assert_eq!(
        (&view["active"], view["key"].is_null()),
        (&json!("apiToken"), false),
        "nothing changed"
    );
    // The app knows it, but it was switched off.
    let keys = world
        .okta(&format!("/api/v1/apps/{client}/credentials/jwks"))
        .await;
    let first = keys[0]["id"].as_str().expect("an id").to_owned();
    let more = public(key!("rsa.jwk.json"), "second");
    post(
        &world.org,
        &format!("/api/v1/apps/{client}/credentials/jwks"),
        &more,
    )
    .await;
    let path = format!("/api/v1/apps/{client}/credentials/jwks/{first}/lifecycle/deactivate");
    post(&world.org, &path, &json!({})).await;
    import(&world, key!("ec-pkcs8.pem"), "").await;
    let problem = world.refused("service_use", use_args(&world, &client, &[])).await;
    assert!(problem.title.contains("not active"), "{problem:#?}");
    assert_eq!(asked(&world.org, "POST", TOKEN), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_scopes_an_app_has_are_found_out() {
    let world = World::story().await;
    let some = ["okta.apps.read", "okta.users.read"];
    let client = by_hand(&world.org, &public(key!("ec.jwk.json"), "ec"), &some).await;
    let refusals = || {
        let ledger = world.org.ledger();
        let refused = ledger
            .iter()
            .filter(|entry| entry.template == TOKEN && entry.status == 400);
        refused.count()
    };
    // Where Okta gives those it has granted, one request is enough; the refusal is that for the nonce.
    import(&world, key!("ec-pkcs8.pem"), "").await;
    world.ok("service_use", use_args(&world, &client, &[])).await;
    assert_eq!(held(&world, "serviceApp").await["scopes"], json!(some));
    assert_eq!(refusals(), 1);
    // Where it refuses them all for one that is missing, they are asked for one by one: again one for the nonce, one for
    // all of them together, one for each scope the app lacks.
    let together = json!({ "error": "consent_required", "error_description": "The following scopes require user consent and cannot be granted for the client credentials grant type: [okta.roles.read]." });
    world.org.faults().fail_next(Fault::on("POST", TOKEN).raw(
        400,
        "application/json",
        &together.to_string(),
    ));
    import(&world, key!("ec-pkcs8.pem"), "").await;
    world.ok("service_use", use_args(&world, &client, &[])).await;
    assert_eq!(held(&world, "serviceApp").await["scopes"], json!(some));
    assert_eq!(refusals(), 1 + 1 + 1 + 3);
    // An app without any is told so.
    let none = by_hand(&world.org, &public(key!("ec.jwk.json"), "ec"), &[]).await;
    import(&world, key!("ec-pkcs8.pem"), "").await;
    let problem = world.refused("service_use", use_args(&world, &none, &[])).await;
    assert_eq!(
        (code(&problem), problem.field.as_deref()),
        (json!("notPermitted"), Some("scopes")),
        "{problem:#?}"
    );
    assert_eq!(
        held(&world, "serviceApp").await["clientId"],
        client,
        "the one that works stays"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_try_that_fails_leaves_what_worked() {
    let world = World::story().await;
    let works = created(&world, wanted(&world)).await;
    let before = held(&world, "serviceApp").await;
    let vault = world.engine.memory_vault().expect("the vault of tests");
    for (client, field) in [
        ("nonsense !", "clientId"),
        ("0oaNobodyHasThisId00", "clientId"),
        (works.as_str(), "key"),
    ] {
        world
            .ok("key_make", json!({ "org": world.key, "alg": "RS256" }))
            .await;
        let problem = world.refused("service_use", use_args(&world, client, &[])).await;
        assert_eq!(problem.field.as_deref(), Some(field), "{problem:#?}");
    }
    let problem = world
        .refused("service_use", use_args(&world, &works, &["okta.users.manage"]))
        .await;
    assert_eq!(problem.field.as_deref(), Some("scopes"));
    // A key that can't be stored replaces none.
    let client = by_hand(&world.org, &public(key!("ec.jwk.json"), "ec"), &ALL).await;
    import(&world, key!("ec-pkcs8.pem"), "").await;
    world.org.faults().fail_next(
        Fault::on("GET", "/api/v1/org")
            .refuse(401, "E0000011", "Invalid token provided", "")
            .times(2),
    );
    let problem = world.refused("service_use", use_args(&world, &client, &[])).await;
    assert_eq!(code(&problem), "signInRefused");
    vault.fail(Some(engine::ports::vault::VaultError::Locked));
    let problem = world.refused("service_use", use_args(&world, &client, &[])).await;
    assert_eq!(code(&problem), "keychainLocked");
    vault.fail(None);
    assert_eq!(held(&world, "serviceApp").await["kid"], before["kid"]);
    drop_token(&world).await;
    let (rows, problem) = world.list(&world.key).await;
    assert!(rows > 5 && problem.is_none(), "{problem:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_key_there_is_nothing_to_use() {
    let world = World::story().await;
    let problem = world
        .refused("service_use", use_args(&world, "0oa1gjh63g214q0Hq0g4", &[]))
        .await;
    assert_eq!(code(&problem), "keychainNoEntry");
    // And no role: the token works, the list is empty, and that is said.
    let setup = crate::service::create(&world, with(wanted(&world), &json!({ "role": "" }))).await;
    assert_eq!(setup["done"], true, "{setup:#}");
    let lines = setup["lines"].as_array().expect("lines");
    let call = lines.iter().find(|line| line["id"] == "call").expect("a line");
    assert!(
        call["detail"]
            .as_str()
            .is_some_and(|said| said.contains("no admin role")),
        "{call:#}"
    );
    assert!(
        lines.iter().all(|line| line["id"] != "role"),
        "the line is left out"
    );
}
