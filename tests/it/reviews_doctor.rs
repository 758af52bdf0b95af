//! The set-up doctor: from a fresh org to a proof, and again without making anything twice.

use crate::service::{apps_called, created, with};
use practice_org::{Fault, Switch};
use serde_json::{Value, json};
use support::reviews::BEN;
use support::signin::SUPER_ADMIN;
use support::{World, post, until};

fn args(world: &World, target: &str, person: &Value) -> Value {
    json!({ "org": world.key, "target": target, "person": person, "roleLabel": "", "setLabel": "", "appLabel": "" })
}

/// The line of an id.
fn line<'a>(view: &'a Value, id: &str) -> &'a Value {
    let lines = view["lines"].as_array().expect("lines");
    lines
        .iter()
        .find(|line| line["id"] == id)
        .unwrap_or_else(|| panic!("no line {id}"))
}

fn states(view: &Value) -> Vec<&str> {
    ["role", "resourceSet", "member", "scopes", "assignment", "proof"]
        .iter()
        .map(|id| line(view, id)["state"].as_str().expect("text"))
        .collect()
}

/// Runs it to its end: the last the window was told.
async fn run(world: &World, args: Value) -> Value {
    let mut events = world.engine.subscribe();
    let mut last = world.ok("doctor_run", args).await;
    until("the doctor rests", async || {
        while let Ok(event) = events.try_recv() {
            if let engine::ipc::events::Event::Doctor { view } = event {
                last = serde_json::to_value(view).expect("JSON");
            }
        }
        last["running"] == false
    })
    .await;
    last
}

fn made(world: &World) -> Vec<(String, String)> {
    let ledger = world.org.ledger();
    let writes = ledger
        .iter()
        .filter(|it| it.method != "GET" && it.template.starts_with("/api/v1/iam"));
    writes
        .map(|it| (it.method.clone(), it.template.clone()))
        .collect()
}

/// Writes about what is set up since that place in the org's notes.
fn sent(world: &World, since: usize) -> Vec<(String, String)> {
    let ledger = world.org.ledger();
    let writes = ledger.iter().skip(since);
    let api = writes.filter(|it| it.method != "GET" && it.path.starts_with("/api/"));
    api.map(|it| (it.method.clone(), it.path.clone())).collect()
}

/// The writes a plan shows, with the ids that came of it in their places.
fn shown(plan: &Value, done: &Value) -> Vec<(String, String)> {
    let set = line(done, "resourceSet")["detail"].as_str().expect("an id");
    let lines = plan["lines"].as_array().expect("lines").iter();
    let calls = lines.flat_map(|line| line["calls"].as_array().expect("calls").clone());
    let text = |call: &Value, name: &str| call[name].as_str().expect("text").to_owned();
    let client = done["clientId"].as_str().unwrap_or_default();
    calls
        .map(|call| {
            let path = text(&call, "path").replace("{resourceSetId}", set);
            (text(&call, "method"), path.replace("{clientId}", client))
        })
        .filter(|(method, _)| method != "GET")
        .collect()
}

/// A service app without any admin role, in use.
async fn service_app(world: &World) -> String {
    let wanted = with(
        crate::service::wanted(world),
        &json!({ "role": "", "dpop": false }),
    );
    created(world, wanted).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_app_from_nothing_to_the_proof_and_again_without_doubles() {
    let world = World::story().await;
    service_app(&world).await;
    let before = world
        .refused("reviews_stats", json!({ "org": world.key, "side": "admin" }))
        .await;
    assert_eq!(format!("{:?}", before.code), "NotPermitted");
    let plan = world
        .ok("doctor_plan", args(&world, "serviceApp", &Value::Null))
        .await;
    assert_eq!(
        states(&plan),
        ["todo", "todo", "found", "todo", "todo", "todo"],
        "{plan:#}"
    );
    assert_eq!(made(&world), [], "a plan changes nothing");
    let asked = world.org.ledger().len();
    let done = run(&world, args(&world, "serviceApp", &Value::Null)).await;
    assert_eq!(done["done"], true, "{done:#}");
    assert_eq!(states(&done), ["done", "done", "found", "done", "done", "done"]);
    assert_eq!(
        sent(&world, asked),
        shown(&plan, &done),
        "what was shown is what was sent"
    );
    let writes = made(&world).len();
    assert_eq!(writes, 3, "a role, a resource set, a binding: {:?}", made(&world));
    world
        .ok("reviews_stats", json!({ "org": world.key, "side": "admin" }))
        .await;
    let again = run(&world, args(&world, "serviceApp", &Value::Null)).await;
    assert_eq!(
        states(&again),
        ["found", "found", "found", "found", "found", "done"],
        "{again:#}"
    );
    assert_eq!(made(&world).len(), writes, "nothing was made twice");
}

/// Lines about a service app the doctor makes itself.
const APP: [&str; 6] = ["key", "app", "registered", "scopes", "token", "use"];

fn of_the_app(view: &Value) -> Vec<&str> {
    APP.iter()
        .map(|id| line(view, id)["state"].as_str().expect("text"))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_service_app_the_doctor_makes_one_and_leaves_the_admin_in_use() {
    let world = World::story().await;
    let wanted = args(&world, "serviceApp", &Value::Null);
    let plan = world.ok("doctor_plan", wanted.clone()).await;
    assert_eq!(of_the_app(&plan), ["todo"; 6], "{plan:#}");
    assert!(
        !plan["lines"]
            .as_array()
            .expect("lines")
            .iter()
            .any(|line| line["id"] == "member"),
        "{plan:#}"
    );
    let body = line(&plan, "app")["calls"][0]["body"].as_str().expect("a body");
    assert!(
        body.contains("private_key_jwt") && body.contains("Gatehouse access reviews"),
        "{body}"
    );
    let asked = world.org.ledger().len();
    let done = run(&world, wanted.clone()).await;
    assert_eq!(done["done"], true, "{done:#}");
    assert_eq!(of_the_app(&done), ["done"; 6]);
    assert_eq!(
        sent(&world, asked),
        shown(&plan, &done),
        "what was shown is what was sent"
    );
    let held = world.ok("credentials_get", json!({ "org": world.key })).await;
    assert_eq!(
        held["active"], "apiToken",
        "the org's other pages go on as they did"
    );
    let items = held["items"].as_array().expect("items");
    let app = items
        .iter()
        .find(|it| it["kind"] == "serviceApp")
        .expect("it is held");
    assert_eq!(
        (&app["who"], &app["dpop"]),
        (&json!("Gatehouse access reviews"), &json!(true))
    );
    assert!(held["key"].is_null(), "no key waits any more: {held:#}");
    // It does the work alone.
    world
        .ok(
            "credential_use",
            json!({ "org": world.key, "kind": "serviceApp" }),
        )
        .await;
    world
        .ok("reviews_stats", json!({ "org": world.key, "side": "admin" }))
        .await;
    let again = run(&world, wanted).await;
    assert_eq!(
        states(&again),
        ["found", "found", "found", "found", "found", "done"],
        "{again:#}"
    );
    assert_eq!(apps_called(&world, "Gatehouse access reviews").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_whose_set_up_broke_off_is_gone_on_with() {
    let world = World::story().await;
    let faults = world.org.faults();
    faults.fail_next(Fault::on("POST", "/api/v1/apps").after_commit().cut());
    faults.fail_next(Fault::on("POST", "/api/v1/apps/{appId}/grants").cut().always());
    let wanted = args(&world, "serviceApp", &Value::Null);
    let broken = run(&world, wanted.clone()).await;
    assert_eq!(
        of_the_app(&broken),
        ["done", "done", "done", "blocked", "todo", "todo"],
        "an app whose answer was lost is found by its key: {broken:#}"
    );
    faults.clear();
    let plan = world.ok("doctor_plan", wanted.clone()).await;
    assert_eq!(
        of_the_app(&plan),
        ["found", "found", "found", "todo", "todo", "todo"]
    );
    let done = run(&world, wanted).await;
    assert_eq!(done["done"], true, "{done:#}");
    assert_eq!(apps_called(&world, "Gatehouse access reviews").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_of_somebody_else_with_that_name_is_left_alone() {
    let world = World::story().await;
    let point = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    let jwk = json!({ "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "theirs", "x": point,
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" });
    let theirs = domain::signin::service::app("Gatehouse access reviews", &jwk, true);
    post(&world.org, "/api/v1/apps", &theirs).await;
    let wanted = args(&world, "serviceApp", &Value::Null);
    let plan = world.ok("doctor_plan", wanted.clone()).await;
    assert_eq!(line(&plan, "app")["state"], "blocked", "{plan:#}");
    let named = with(wanted.clone(), &json!({ "appLabel": "Reviews of team B" }));
    let plan = world.ok("doctor_plan", named).await;
    assert_eq!(line(&plan, "app")["state"], "todo", "{plan:#}");
    let long = with(wanted, &json!({ "appLabel": "x".repeat(101) }));
    let refused = world.refused("doctor_plan", long).await;
    assert_eq!(refused.field.as_deref(), Some("appLabel"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_half_made_set_up_is_completed() {
    let world = World::story().await;
    service_app(&world).await;
    post(
        &world.org,
        "/api/v1/iam/roles",
        &json!({ "label": "Security access reviews", "description": "By hand", "permissions": ["okta.users.read"] }),
    )
    .await;
    post(
        &world.org,
        "/api/v1/iam/resource-sets",
        &json!({ "label": "Security access reviews: all users", "description": "By hand",
            "resources": [format!("{}/api/v1/groups", world.org.url())] }),
    )
    .await;
    let done = run(&world, args(&world, "serviceApp", &Value::Null)).await;
    assert_eq!(done["done"], true, "{done:#}");
    let roles = world.okta("/api/v1/iam/roles").await;
    let ours = roles["roles"]
        .as_array()
        .expect("roles")
        .iter()
        .filter(|it| it["label"] == "Security access reviews");
    assert_eq!(ours.count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_gets_the_role_and_sees_reviews() {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    let done = run(&world, args(&world, "person", &json!(BEN))).await;
    assert_eq!(done["done"], true, "{done:#}");
    world
        .reviewing_with("ben.abara1@example.com", &support::reviews::SCOPES)
        .await;
    world
        .ok("reviews_stats", json!({ "org": world.key, "side": "admin" }))
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_super_admin_needs_no_set_up_and_that_is_said() {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    let plan = world.ok("doctor_plan", args(&world, "me", &Value::Null)).await;
    assert_eq!(
        states(&plan),
        ["found", "found", "found", "found", "found", "todo"],
        "{plan:#}"
    );
    let done = run(&world, args(&world, "me", &Value::Null)).await;
    assert_eq!(done["done"], true, "{done:#}");
    assert_eq!(made(&world), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_licence_and_a_missing_scope_are_two_different_things() {
    let world = World::story().await;
    world.native(json!({})).await;
    world
        .reviewing_with(
            SUPER_ADMIN,
            &["okta.users.read", "okta.roles.read", "okta.apps.manage"],
        )
        .await;
    let scopes = world.ok("doctor_plan", args(&world, "me", &Value::Null)).await;
    let held = line(&scopes, "scopes");
    assert_eq!(held["state"], "blocked", "{scopes:#}");
    assert!(
        held["problem"]["title"]
            .as_str()
            .expect("text")
            .contains("lacks the scope")
    );
    world.reviewing_with(SUPER_ADMIN, &support::reviews::SCOPES).await;
    world.org.set_switch(Switch::NoGovernance, true);
    let licence = world.ok("doctor_plan", args(&world, "me", &Value::Null)).await;
    let proof = line(&licence, "proof");
    assert_eq!(proof["state"], "blocked");
    assert!(
        proof["problem"]["title"]
            .as_str()
            .expect("text")
            .contains("no security access reviews")
    );
}
