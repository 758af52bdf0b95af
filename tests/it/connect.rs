//! The main job: from nothing to ENABLED, for every way to authenticate of every app in the catalog.

use domain::catalog::{PROVISIONING_APPS, SchemeRow};
use serde_json::{Value, json};
use support::{Answer, World, consent, until};

/// A form as a person would fill it in.
pub fn form(row: &SchemeRow) -> Value {
    let mut fields = json!({});
    for field in row.fields {
        let value = match field.key {
            "baseUrl" => "https://scim.example.com/1/2/scim",
            "clientId" => "0oa2example0client000",
            "rotationMode" => continue,
            "adminUsername" => "admin@example.onmicrosoft.com",
            _ => "s3cret-for-tests",
        };
        fields[field.key] = json!(value);
    }
    fields
}

pub fn scheme(row: &SchemeRow) -> &'static str {
    if row.scheme.wire() == "TOKEN" {
        "token"
    } else {
        "oauth2"
    }
}

/// Connects an app all the way and gives the last view.
pub async fn connected(world: &World, app: &str, row: &SchemeRow) -> Value {
    let view = world.connect(app, scheme(row), form(row)).await;
    if row.consent {
        world.give_consent(app).await
    } else {
        view
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_way_of_every_app_ends_enabled_with_its_features_set() {
    for entry in PROVISIONING_APPS {
        for row in entry.schemes {
            let world = World::story().await;
            let app = world.app(entry.name).await;
            let view = connected(&world, &app, row).await;
            let what = format!("{} by {}", entry.name, row.label);
            assert_eq!(view["stage"], "done", "{what}: {view:#}");
            let okta = world
                .okta(&format!("/api/v1/apps/{app}/connections/default"))
                .await;
            assert_eq!(okta["status"], "ENABLED", "{what}");

            let read = world.of("features_get", &app).await;
            let mut wanted = json!({ "toApp": read["toApp"].clone() });
            for field in [
                "createUsers",
                "updateAttributes",
                "deactivateUsers",
                "syncPassword",
            ] {
                wanted["toApp"][field] = json!(true);
            }
            assert_eq!(read["toOkta"].is_object(), entry.to_okta, "{what}: To Okta");
            if entry.to_okta {
                wanted["toOkta"] = read["toOkta"].clone();
                wanted["toOkta"]["scheduleOn"] = json!(true);
                wanted["toOkta"]["fullImport"] =
                    json!({ "expression": "0 0 * * 0", "timezone": "America/New_York" });
                wanted["toOkta"]["incrementalImport"] =
                    json!({ "expression": "0 */4 * * *", "timezone": "America/New_York" });
                wanted["toOkta"]["exactMatch"] = json!("EMAIL");
                wanted["toOkta"]["autoConfirmExact"] = json!(true);
            }
            let args = json!({ "org": world.key, "app": app, "read": read, "wanted": wanted });
            let preview = world.ok("features_preview", args.clone()).await;
            assert!(
                preview["problems"].as_array().is_some_and(Vec::is_empty),
                "{what}: {preview:#}"
            );
            let report = world.ok("features_apply", args).await;
            for half in report["halves"].as_array().expect("halves") {
                assert!(half["problem"].is_null(), "{what}: {half:#}");
                assert!(
                    half["ignored"].as_array().is_some_and(Vec::is_empty),
                    "{what}: {half:#}"
                );
                assert!(
                    half["applied"].as_array().is_some_and(|all| !all.is_empty()),
                    "{what}: {half:#}"
                );
            }
            for field in [
                "createUsers",
                "updateAttributes",
                "deactivateUsers",
                "syncPassword",
            ] {
                assert_eq!(report["now"]["toApp"][field], true, "{what}: {field}");
            }
            if entry.to_okta {
                assert_eq!(
                    report["now"]["toOkta"]["fullImport"]["expression"], "0 0 * * 0",
                    "{what}"
                );
                let wire = world
                    .okta(&format!("/api/v1/apps/{app}/features/INBOUND_PROVISIONING"))
                    .await;
                let settings = &wire["capabilities"]["importSettings"];
                assert_eq!(
                    settings["schedule"]["fullImport"]["timezone"], "America/New_York",
                    "the wire name: {wire:#}"
                );
                assert_eq!(
                    settings["username"]["userNameFormat"], "EMAIL",
                    "the recorded name"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_denied_consent_changes_nothing_and_can_be_given_again() {
    let world = World::story().await;
    let app = world.app("google").await;
    world.connect(&app, "oauth2", json!({})).await;
    world.of("connect_browser", &app).await;
    let link = world.engine.opened().pop().expect("opened");
    let page = consent(&link, Answer::Deny).await;
    let problem = world
        .refused(
            "connect_finish",
            json!({ "org": world.key, "app": app, "text": page }),
        )
        .await;
    assert_eq!(
        serde_json::to_value(problem.code).expect("code"),
        "consentDenied",
        "{problem:#?}"
    );
    assert_eq!(world.view(&app).await["stage"], "awaitingConsent");
    assert_eq!(world.give_consent(&app).await["stage"], "done");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn opening_again_supersedes_and_the_old_answer_is_told_apart() {
    let world = World::story().await;
    let app = world.app("google").await;
    world.connect(&app, "oauth2", json!({})).await;
    world.of("connect_browser", &app).await;
    let first = world.engine.opened().pop().expect("opened");
    let old = consent(&first, Answer::Grant).await;
    world.connect(&app, "oauth2", json!({})).await;
    world.of("connect_browser", &app).await;
    let second = world.engine.opened().pop().expect("opened");
    assert_ne!(first, second, "a new save makes a new state");
    let problem = world
        .refused(
            "connect_finish",
            json!({ "org": world.key, "app": app, "text": old }),
        )
        .await;
    assert!(problem.title.contains("earlier attempt"), "{problem:#?}");
    let page = consent(&second, Answer::Grant).await;
    assert_eq!(world.hand_back(&app, &page).await["stage"], "done");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_for_another_waiting_app_is_offered_to_it() {
    let world = World::story().await;
    let (google, zoom) = (world.app("google").await, world.app("zoomus").await);
    world.connect(&google, "oauth2", json!({})).await;
    world.of("connect_browser", &google).await;
    let link = world.engine.opened().pop().expect("opened");
    let page = consent(&link, Answer::Grant).await;
    world.connect(&zoom, "oauth2", json!({})).await;
    world.of("connect_browser", &zoom).await;
    let problem = world
        .refused(
            "connect_finish",
            json!({ "org": world.key, "app": zoom, "text": page }),
        )
        .await;
    let next = serde_json::to_value(&problem.next).expect("steps");
    assert!(
        next.as_array().is_some_and(|all| all
            .iter()
            .any(|s| s["kind"] == "finishOther" && s["app"] == google.as_str())),
        "{next:#}"
    );
    assert_eq!(world.hand_back(&google, &page).await["stage"], "done");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_waiting_consent_survives_a_crash() {
    let world = World::story().await;
    let app = world.app("google").await;
    world.connect(&app, "oauth2", json!({})).await;
    world.of("connect_browser", &app).await;
    let link = world.engine.opened().pop().expect("opened");
    let page = consent(&link, Answer::Grant).await;

    let world = world.restarted().await;
    let state = world.ok("app_state", json!({})).await;
    let waiting = state["pending"].as_array().expect("pending");
    assert_eq!(waiting.len(), 1, "{state:#}");
    assert_eq!(
        (&waiting[0]["app"], &waiting[0]["earlierRun"]),
        (&json!(app), &json!(true))
    );
    // Without opening the app's page first: the answer may be pasted right away.
    assert_eq!(world.hand_back(&app, &page).await["stage"], "done");
    assert!(
        world.ok("app_state", json!({})).await["pending"]
            .as_array()
            .is_some_and(Vec::is_empty)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_admin_finished_is_found_done() {
    let world = World::story().await;
    let app = world.app("google").await;
    world.connect(&app, "oauth2", json!({})).await;
    world.of("connect_browser", &app).await;
    let link = world.engine.opened().pop().expect("opened");
    let page: Value = serde_json::from_str(&consent(&link, Answer::Grant).await).expect("JSON");
    // The other admin, with curl.
    let href = page["continue_oauth_flow_url"]["href"].as_str().expect("href");
    let auth = format!("SSWS {}", world.org.token());
    let answer = support::http()
        .post(href)
        .header("authorization", &auth)
        .send()
        .await
        .expect("answer");
    assert_eq!(answer.status(), 204);
    let activate = format!(
        "{}/api/v1/apps/{app}/connections/default/lifecycle/activate",
        world.org.url()
    );
    assert_eq!(
        support::http()
            .post(activate)
            .header("authorization", &auth)
            .send()
            .await
            .expect("answer")
            .status(),
        204
    );

    let detail = world.of("app_open", &app).await;
    assert_eq!(detail["connect"]["stage"], "done", "{detail:#}");
    assert!(
        world.ok("app_state", json!({})).await["pending"]
            .as_array()
            .is_some_and(Vec::is_empty)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn saved_without_activating_waits_for_the_person() {
    let world = World::story().await;
    let app = world.app("google").await;
    world
        .ok(
            "connect_start",
            json!({ "org": world.key, "app": app, "scheme": "oauth2", "fields": {}, "autoActivate": false }),
        )
        .await;
    world.rest(&app).await;
    assert_eq!(world.give_consent(&app).await["stage"], "authorized");
    // Even after a crash the machine knows that only the activation is left.
    let world = world.restarted().await;
    assert_eq!(world.of("app_open", &app).await["connect"]["stage"], "authorized");
    world.of("connect_activate", &app).await;
    assert_eq!(world.rest(&app).await["stage"], "done");
}

/// The app's row in the list as it is known now.
async fn row(world: &World, app: &str) -> Value {
    let known = world
        .ok("apps_load", json!({ "org": world.key, "refresh": false }))
        .await;
    let rows = known["rows"].as_array().expect("rows").clone();
    rows.into_iter().find(|row| row["id"] == app).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deactivate_and_activate_again() {
    let world = World::story().await;
    let app = world.app("zoomus").await;
    world.of("app_open", &app).await;
    world.list(&world.key).await;
    until("Zoom was looked at", async || {
        row(&world, &app).await["checked"]["status"] == "enabled"
    })
    .await;
    world.of("connect_deactivate", &app).await;
    world.rest(&app).await;
    until("Zoom was looked at again", async || {
        row(&world, &app).await["checked"]["status"] == "disabled"
    })
    .await;
    assert_eq!(
        row(&world, &app).await["checked"]["needsConsent"],
        false,
        "its consent is still good"
    );
    assert_eq!(
        world
            .okta(&format!("/api/v1/apps/{app}/connections/default"))
            .await["status"],
        "DISABLED"
    );
    world.of("connect_activate", &app).await;
    assert_eq!(world.rest(&app).await["stage"], "done");
    let history = world.ok("history_list", json!({ "org": world.key })).await;
    let rows = history.as_array().expect("rows");
    assert_eq!(rows.len(), 2);
    for row in rows {
        assert_eq!(row["outcome"], "done", "{row:#}");
        assert!(
            row["requestId"].is_string() && row["before"].is_string() && row["after"].is_string(),
            "{row:#}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_clicks_are_one_save() {
    let world = World::story().await;
    let app = world.app("zscalerbyz").await;
    let save = practice_org::Fault::on("POST", "/api/v1/apps/*/connections/default");
    world
        .org
        .faults()
        .fail_next(save.slow(std::time::Duration::from_millis(500), std::time::Duration::ZERO));
    let args = json!({ "org": world.key, "app": app, "scheme": "token", "autoActivate": true,
        "fields": { "baseUrl": "https://scim.example.com/1", "token": "t0ken" } });
    let (first, second) = tokio::join!(
        world.rpc("connect_start", args.clone()),
        world.rpc("connect_start", args)
    );
    assert!(
        first.is_ok() != second.is_ok(),
        "one of them is told that work is under way"
    );
    assert_eq!(world.rest(&app).await["stage"], "done");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_org_refuses_every_write() {
    let world = World::story().await;
    let app = world.app("google").await;
    world.of("app_open", &app).await;
    world
        .ok(
            "org_update",
            json!({ "org": world.key, "name": "Acme", "colour": "teal", "readOnly": true }),
        )
        .await;
    let read =
        json!({ "toApp": null, "toAppStatus": null, "toOkta": null, "toOktaStatus": null, "readAt": "" });
    let at = json!({ "org": world.key, "app": app });
    for (name, args) in [
        (
            "connect_start",
            json!({ "org": world.key, "app": app, "scheme": "oauth2", "fields": {}, "autoActivate": true }),
        ),
        ("connect_activate", at.clone()),
        ("connect_deactivate", at.clone()),
        ("connect_browser", at.clone()),
        (
            "connect_finish",
            json!({ "org": world.key, "app": app, "text": "code=a&state=b" }),
        ),
        (
            "features_apply",
            json!({ "org": world.key, "app": app, "read": read, "wanted": {} }),
        ),
    ] {
        let problem = world.refused(name, args).await;
        assert_eq!(
            serde_json::to_value(problem.code).expect("code"),
            "readOnly",
            "{name}: {problem:#?}"
        );
    }
    let apps_written = world
        .okta(&format!("/api/v1/apps/{app}/connections/default"))
        .await;
    assert_eq!(apps_written["status"], "UNKNOWN", "nothing was saved");
}
