//! Set-ups that break off, and are begun again: one app, one grant of each, one role.

use crate::service::{SCOPES, apps_called, asked, create, created, rested, state, states, wanted, with};
use practice_org::Fault;
use serde_json::{Value, json};
use std::time::Duration;
use support::{World, http, until};

const APPS: &str = "/api/v1/apps";
const GRANTS: &str = "/api/v1/apps/{appId}/grants";
const ROLES: &str = "/oauth2/v1/clients/{clientId}/roles";
const KEYS: &str = "/api/v1/apps/{appId}/credentials/jwks";

/// One app of the label with each scope and the role once.
async fn all_once(world: &World, client: &str) {
    let apps = apps_called(world, "Gatehouse desk").await;
    assert_eq!(apps.len(), 1, "one app: {apps:#?}");
    assert_eq!(apps[0]["id"], client);
    let count = async |path: String| world.okta(&path).await.as_array().map(Vec::len);
    assert_eq!(
        count(format!("/api/v1/apps/{client}/grants")).await,
        Some(SCOPES.len())
    );
    assert_eq!(count(format!("/oauth2/v1/clients/{client}/roles")).await, Some(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn run_again_it_makes_nothing_twice() {
    let world = World::story().await;
    let client = created(&world, wanted(&world)).await;
    let again = create(&world, wanted(&world)).await;
    assert_eq!(
        (&again["done"], &again["clientId"]),
        (&json!(true), &json!(client)),
        "{again:#}"
    );
    let found = states(&again);
    for id in ["key", "app", "registered", "grant:okta.apps.read", "role"] {
        assert_eq!(state(&found, id), "found", "{id}");
    }
    all_once(&world, &client).await;
    assert_eq!(asked(&world.org, "POST", APPS), 1);
    assert_eq!(asked(&world.org, "POST", GRANTS), SCOPES.len());
    assert_eq!(asked(&world.org, "POST", ROLES), 1);
    // With one scope more, only that is granted.
    let more: Vec<&str> = SCOPES.iter().copied().chain(["okta.orgs.read"]).collect();
    let again = create(&world, with(wanted(&world), &json!({ "scopes": more }))).await;
    assert_eq!(again["done"], true, "{again:#}");
    assert_eq!(asked(&world.org, "POST", GRANTS), SCOPES.len() + 1);
    let held = crate::service::held(&world, "serviceApp").await;
    assert!(held["scopes"].to_string().contains("okta.orgs.read"), "{held:#}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_lost_after_the_app_was_made_makes_no_second_one() {
    let world = World::story().await;
    world
        .org
        .faults()
        .fail_next(Fault::on("POST", APPS).after_commit().cut());
    world
        .org
        .faults()
        .fail_next(Fault::on("POST", GRANTS).after_commit().cut());
    world
        .org
        .faults()
        .fail_next(Fault::on("POST", ROLES).after_commit().cut());
    let client = created(&world, wanted(&world)).await;
    all_once(&world, &client).await;
    assert_eq!(asked(&world.org, "POST", APPS), 1, "never asked twice");
    assert_eq!(world.org.faults().waiting(), 0);
    let rows = world.ok("history_list", json!({ "org": world.key })).await;
    for row in rows.as_array().expect("rows") {
        assert_eq!(
            (&row["app"], &row["outcome"]),
            (&json!(client), &json!("done")),
            "{row:#}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_never_arrived_is_not_sent_again_by_itself() {
    let world = World::story().await;
    world.org.faults().fail_next(Fault::on("POST", APPS).cut());
    let setup = create(&world, wanted(&world)).await;
    assert_eq!(setup["done"], false);
    let line = &setup["lines"][1];
    assert_eq!(line["problem"]["code"], "outcomeUnknown", "{setup:#}");
    assert_eq!(asked(&world.org, "POST", APPS), 1);
    assert!(apps_called(&world, "Gatehouse desk").await.is_empty());
    // The person says so: it looks again, and then makes the app with the key that waits.
    let client = created(&world, wanted(&world)).await;
    all_once(&world, &client).await;
    assert_eq!(state(&states(&rested(&world).await), "key"), "found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_idempotent_write_that_was_lost_goes_once_more_at_most() {
    let world = World::story().await;
    world.org.faults().fail_next(Fault::on("POST", GRANTS).cut());
    world.org.faults().fail_next(Fault::on("POST", ROLES).cut());
    let client = created(&world, wanted(&world)).await;
    all_once(&world, &client).await;
    assert_eq!(asked(&world.org, "POST", GRANTS), SCOPES.len() + 1);
    world
        .org
        .faults()
        .fail_next(Fault::on("POST", GRANTS).cut().always());
    let more: Vec<&str> = SCOPES.iter().copied().chain(["okta.orgs.read"]).collect();
    let setup = create(&world, with(wanted(&world), &json!({ "scopes": more }))).await;
    assert_eq!(
        setup["lines"][7]["problem"]["code"], "outcomeUnknown",
        "{setup:#}"
    );
    assert_eq!(asked(&world.org, "POST", GRANTS), SCOPES.len() + 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopped_in_the_middle_it_goes_on_where_it_was() {
    let world = World::story().await;
    let slow = Fault::on("POST", GRANTS).slow(Duration::from_millis(400), Duration::ZERO);
    world.org.faults().fail_next(slow.always());
    world.ok("service_create", wanted(&world)).await;
    let again = world.refused("service_create", wanted(&world)).await;
    assert_eq!(crate::service::code(&again), "refused", "one at a time");
    until("the first grant is under way", async || {
        let view = world.ok("credentials_get", json!({ "org": world.key })).await;
        view["setup"]["lines"][3]["state"] == "doing"
    })
    .await;
    world.ok("service_stop", json!({ "org": world.key })).await;
    let stopped = rested(&world).await;
    let found = states(&stopped);
    assert_eq!(
        state(&found, "grant:okta.apps.read"),
        "done",
        "the line under way is finished"
    );
    assert_eq!(state(&found, "grant:okta.roles.read"), "todo", "{stopped:#}");
    assert_eq!((&stopped["done"], state(&found, "use")), (&json!(false), "todo"));
    let view = world.ok("credentials_get", json!({ "org": world.key })).await;
    assert_eq!(view["active"], "apiToken", "nothing is used before it works");
    assert!(!view["key"].is_null(), "the key still waits");
    world.refused("service_stop", json!({ "org": world.key })).await;
    world.org.faults().clear();
    let client = created(&world, wanted(&world)).await;
    assert_eq!(stopped["clientId"], client);
    all_once(&world, &client).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_accepted_and_not_shown_is_no_success() {
    let world = World::story().await;
    let grant = r#"{ "id": "oag1", "status": "ACTIVE", "scopeId": "okta.apps.read" }"#;
    world
        .org
        .faults()
        .fail_next(Fault::on("POST", GRANTS).raw(200, "application/json", grant));
    let setup = create(&world, wanted(&world)).await;
    let line = &setup["lines"][3];
    assert_eq!(
        (&line["id"], &line["state"], &line["problem"]["code"]),
        (
            &json!("grant:okta.apps.read"),
            &json!("blocked"),
            &json!("notApplied")
        ),
        "{setup:#}"
    );
    let rows = world.ok("history_list", json!({ "org": world.key })).await;
    let row = rows.as_array().expect("rows").iter().find(|row| {
        row["action"]
            .as_str()
            .is_some_and(|it| it.contains("okta.apps.read"))
    });
    assert_eq!(row.expect("a row")["outcome"], "notApplied");
    let client = created(&world, wanted(&world)).await;
    all_once(&world, &client).await;
}

/// Somebody else's app of the same label is not touched.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_with_the_label_and_another_key_is_left_alone() {
    let world = World::story().await;
    let client = created(&world, wanted(&world)).await;
    let other = World::story().await;
    let key = world
        .okta(&format!("/api/v1/apps/{client}/credentials/jwks"))
        .await[0]
        .clone();
    let body = json!({ "name": "oidc_client", "label": "Gatehouse desk", "signOnMode": "OPENID_CONNECT",
        "credentials": { "oauthClient": { "token_endpoint_auth_method": "private_key_jwt" } },
        "settings": { "oauthClient": { "application_type": "service", "grant_types": ["client_credentials"],
        "response_types": ["token"], "jwks": { "keys": [{ "kty": "EC", "crv": "P-256", "kid": key["kid"],
        "use": "sig", "alg": "ES256", "x": key["x"], "y": key["y"] }] } } } });
    let made = http()
        .post(format!("{}/api/v1/apps", other.org.url()))
        .header("authorization", format!("SSWS {}", other.org.token()))
        .json(&body)
        .send()
        .await
        .expect("an answer");
    assert_eq!(made.status(), 200);
    let writes = crate::service::writes(&other.org);
    let setup = other.ok("service_create", wanted(&other)).await;
    let line = &setup["lines"][1];
    assert_eq!(
        (&line["state"], &line["problem"]["field"]),
        (&json!("blocked"), &json!("label")),
        "{line:#}"
    );
    assert_eq!(crate::service::writes(&other.org), writes);
    let view = other.ok("credentials_get", json!({ "org": other.key })).await;
    assert_eq!(view["key"], Value::Null, "not even a key was made");
}

/// The app was made, and the key that made it is gone: only because it is known to be ours it gets another.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_app_gatehouse_made_gets_a_new_key() {
    let world = World::story().await;
    world.org.faults().fail_next(
        Fault::on("GET", KEYS)
            .refuse(500, "E0000009", "Internal Server Error", "")
            .times(3),
    );
    let down = Fault::on("GET", KEYS).refuse(500, "E0000009", "Internal Server Error", "");
    world.org.faults().fail_next(down.always());
    let setup = create(&world, wanted(&world)).await;
    assert_eq!(setup["lines"][2]["state"], "blocked", "{setup:#}");
    let client = setup["clientId"].as_str().expect("made").to_owned();
    world.org.faults().clear();
    world.ok("key_drop", json!({ "org": world.key })).await;
    let plan = world.ok("service_plan", wanted(&world)).await;
    let found = states(&plan);
    assert_eq!(
        (
            state(&found, "key"),
            state(&found, "app"),
            state(&found, "registered")
        ),
        ("todo", "found", "todo"),
        "{plan:#}"
    );
    assert_eq!(created(&world, wanted(&world)).await, client);
    all_once(&world, &client).await;
    assert_eq!(asked(&world.org, "POST", KEYS), 1);
    let keys = world
        .okta(&format!("/api/v1/apps/{client}/credentials/jwks"))
        .await;
    assert_eq!(keys.as_array().map(Vec::len), Some(2));
}
