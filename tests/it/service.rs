//! A service app from nothing to its first call: created with an admin's credential, then used alone.

use domain::problem::Problem;
use practice_org::{APP_ADMIN, Auth, NATIVE_CLIENT, PracticeOrg};
use serde_json::{Value, json};
use support::{World, http, until};

/// Scopes the tests' apps get.
pub const SCOPES: [&str; 4] = [
    "okta.apps.read",
    "okta.apps.manage",
    "okta.users.read",
    "okta.roles.read",
];

/// What to create.
pub fn wanted(world: &World) -> Value {
    json!({ "org": world.key, "label": "Gatehouse desk", "alg": "ES256", "dpop": true, "scopes": SCOPES,
        "role": "APP_ADMIN", "signOut": false })
}

/// The arguments with some of them changed.
pub fn with(mut args: Value, changes: &Value) -> Value {
    for (name, value) in changes.as_object().expect("an object") {
        args[name] = value.clone();
    }
    args
}

/// The set-up once it rests.
pub async fn rested(world: &World) -> Value {
    let mut last = Value::Null;
    until("the set-up rests", async || {
        last = world.ok("credentials_get", json!({ "org": world.key })).await["setup"].clone();
        last["running"] == false
    })
    .await;
    last
}

/// Creates, and waits until it rests.
pub async fn create(world: &World, args: Value) -> Value {
    world.ok("service_create", args).await;
    rested(world).await
}

/// Creates an app that has to come to its end; gives its client id.
pub async fn created(world: &World, args: Value) -> String {
    let setup = create(world, args).await;
    assert_eq!(setup["done"], true, "{setup:#}");
    setup["clientId"].as_str().expect("a client id").to_owned()
}

/// The state of each line by its id.
pub fn states(setup: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let lines = setup["lines"].as_array().expect("lines");
    lines
        .iter()
        .map(|line| (text(&line["id"]), text(&line["state"])))
        .collect()
}

pub fn state<'a>(states: &'a [(String, String)], id: &str) -> &'a str {
    let found = states.iter().find(|(line, _)| line == id);
    &found.unwrap_or_else(|| panic!("no line {id}")).1
}

/// The held credential of a kind.
pub async fn held(world: &World, kind: &str) -> Value {
    let view = world.ok("credentials_get", json!({ "org": world.key })).await;
    let items = view["items"].as_array().expect("items");
    items
        .iter()
        .find(|item| item["kind"] == kind)
        .cloned()
        .unwrap_or(Value::Null)
}

/// Takes the API token away, so that only the app is left.
pub async fn drop_token(world: &World) {
    world
        .ok(
            "credential_remove",
            json!({ "org": world.key, "kind": "apiToken", "revoke": false }),
        )
        .await;
}

/// Apps of the org that are OAuth clients of this label.
pub async fn apps_called(world: &World, label: &str) -> Vec<Value> {
    let apps = world.okta("/api/v1/apps?limit=200").await;
    let apps = apps.as_array().expect("apps").iter();
    apps.filter(|app| app["label"] == label).cloned().collect()
}

/// How often the org was asked this.
pub fn asked(org: &PracticeOrg, method: &str, template: &str) -> usize {
    let ledger = org.ledger();
    let fits = ledger
        .iter()
        .filter(|entry| entry.method == method && entry.template == template);
    fits.count()
}

/// The org's writes, but for tokens.
pub fn writes(org: &PracticeOrg) -> usize {
    let ledger = org.ledger();
    let writes = ledger
        .iter()
        .filter(|entry| entry.method != "GET" && !entry.path.starts_with("/oauth2/v1/token"));
    writes.count()
}

pub fn code(problem: &Problem) -> Value {
    serde_json::to_value(problem.code).expect("a code")
}

/// Signs in with a device code, as the person of this login.
pub async fn sign_in(world: &World, login: &str, scopes: &[&str]) {
    let begun = world
        .ok(
            "signin_start",
            json!({ "org": world.key, "method": "device", "clientId": NATIVE_CLIENT, "scopes": scopes,
            "sessionOnly": false }),
        )
        .await;
    let page = format!("{}/activate/user", world.org.url());
    let code = begun["userCode"].as_str().expect("a code");
    let answer = http()
        .post(page)
        .form(&[("user_code", code), ("username", login), ("decision", "allow")])
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 200);
    until("the sign-in is done", async || {
        let view = world.ok("credentials_get", json!({ "org": world.key })).await;
        let phase = &view["signIn"]["phase"];
        assert_ne!(phase, "failed", "{view:#}");
        phase == "done"
    })
    .await;
}

/// The rows of the history.
async fn history(world: &World) -> Vec<Value> {
    let rows = world.ok("history_list", json!({ "org": world.key })).await;
    rows.as_array().expect("rows").clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn created_with_an_api_token_and_used_alone() {
    for (alg, dpop) in [
        ("ES256", true),
        ("RS256", true),
        ("ES256", false),
        ("RS256", false),
    ] {
        let world = World::story().await;
        let args = with(wanted(&world), &json!({ "alg": alg, "dpop": dpop }));
        let setup = create(&world, args).await;
        assert_eq!(setup["done"], true, "{alg} {dpop}: {setup:#}");
        assert!(
            states(&setup).iter().all(|(_, state)| state == "done"),
            "{setup:#}"
        );
        let client = setup["clientId"].as_str().expect("a client id");
        // What Okta has.
        let app = world.okta(&format!("/api/v1/apps/{client}")).await;
        let settings = &app["settings"]["oauthClient"];
        assert_eq!(settings["dpop_bound_access_tokens"], dpop);
        assert_eq!(settings["application_type"], "service");
        let grants = world.okta(&format!("/api/v1/apps/{client}/grants")).await;
        let mut granted: Vec<_> = grants
            .as_array()
            .expect("grants")
            .iter()
            .map(|grant| grant["scopeId"].as_str().expect("a scope"))
            .collect();
        granted.sort_unstable();
        let mut scopes = SCOPES;
        scopes.sort_unstable();
        assert_eq!(granted, scopes);
        let roles = world.okta(&format!("/oauth2/v1/clients/{client}/roles")).await;
        assert_eq!(
            (roles[0]["type"].as_str(), roles[1].is_null()),
            (Some("APP_ADMIN"), true)
        );
        // What Gatehouse has.
        let view = world.ok("credentials_get", json!({ "org": world.key })).await;
        assert_eq!(
            (&view["active"], &view["key"]),
            (&json!("serviceApp"), &Value::Null)
        );
        let item = held(&world, "serviceApp").await;
        let keys = world
            .okta(&format!("/api/v1/apps/{client}/credentials/jwks"))
            .await;
        assert_eq!((&item["alg"], &item["dpop"]), (&json!(alg), &json!(dpop)));
        assert_eq!(
            (&item["kid"], &item["who"]),
            (&keys[0]["kid"], &json!("Gatehouse desk"))
        );
        // Used alone.
        drop_token(&world).await;
        let before = world.org.ledger().len();
        let (rows, problem) = world.list(&world.key).await;
        assert!(rows > 5 && problem.is_none(), "{rows} {problem:?}");
        let auth = if dpop { Auth::Dpop } else { Auth::Bearer };
        let listed = world.org.ledger()[before..]
            .iter()
            .any(|entry| entry.template == "/api/v1/apps" && entry.auth == auth && entry.status == 200);
        assert!(listed, "the list came with {auth:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_write_is_in_the_history_and_no_secret_is() {
    let world = World::story().await;
    let client = created(&world, wanted(&world)).await;
    let rows = history(&world).await;
    assert_eq!(rows.len(), 1 + SCOPES.len() + 1, "{rows:#?}");
    for row in &rows {
        assert_eq!(
            (&row["app"], &row["outcome"]),
            (&json!(client), &json!("done")),
            "{row:#}"
        );
        assert!(
            row["after"].is_string() && row["requestId"].is_string(),
            "{row:#}"
        );
    }
    let actions: Vec<_> = rows
        .iter()
        .map(|row| row["action"].as_str().expect("words"))
        .collect();
    assert!(
        actions.contains(&"Created the service app Gatehouse desk"),
        "{actions:?}"
    );
    assert!(
        actions.contains(&"Granted okta.apps.manage to Gatehouse desk"),
        "{actions:?}"
    );
    assert!(
        actions.contains(&"Assigned Application Administrator to Gatehouse desk"),
        "{actions:?}"
    );
    let all = serde_json::to_string(&rows).expect("JSON");
    for secret in ["\\\"d\\\"", "eyJ", "client_secret", world.org.token()] {
        assert!(!all.contains(secret), "{secret} is in the history");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_plan_changes_nothing_and_says_what_is_there() {
    let world = World::story().await;
    let plan = world.ok("service_plan", wanted(&world)).await;
    assert!(states(&plan).iter().all(|(_, state)| state == "todo"), "{plan:#}");
    assert_eq!((&plan["running"], &plan["done"]), (&json!(false), &json!(false)));
    assert_eq!(writes(&world.org), 0, "{:#?}", world.org.ledger());
    assert_eq!(
        world.ok("credentials_get", json!({ "org": world.key })).await["setup"],
        Value::Null
    );
    // The key is made and waits.
    world
        .ok("key_make", json!({ "org": world.key, "alg": "ES256" }))
        .await;
    let plan = world.ok("service_plan", wanted(&world)).await;
    assert_eq!(state(&states(&plan), "key"), "found");
    created(&world, wanted(&world)).await;
    let plan = world.ok("service_plan", wanted(&world)).await;
    let found = states(&plan);
    for id in ["key", "app", "registered", "grant:okta.apps.manage", "role"] {
        assert_eq!(state(&found, id), "found", "{id}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_dangerous_is_said_before() {
    let world = World::story().await;
    let warnings = async |args: Value| {
        let plan = world.ok("service_plan", args).await;
        plan["warnings"].to_string()
    };
    assert_eq!(warnings(wanted(&world)).await, "[]");
    let super_admin = with(wanted(&world), &json!({ "role": "SUPER_ADMIN" }));
    assert!(warnings(super_admin).await.contains("may do everything"));
    let none = with(wanted(&world), &json!({ "role": "" }));
    assert!(warnings(none).await.contains("empty lists"));
    let put = http()
        .put(format!(
            "{}/api/v1/org/settings/clientPrivilegesSetting",
            world.org.url()
        ))
        .header("authorization", format!("SSWS {}", world.org.token()))
        .json(&json!({ "clientPrivilegesSetting": true }))
        .send()
        .await
        .expect("an answer");
    assert!(put.status().is_success());
    assert!(
        warnings(wanted(&world))
            .await
            .contains("Public client app admins")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn created_with_a_sign_in_that_ends_then() {
    let world = World::story().await;
    let all = [
        &SCOPES[..],
        &["okta.roles.manage", "okta.appGrants.manage", "okta.orgs.read"],
    ]
    .concat();
    sign_in(&world, "robin.keller@example.com", &all).await;
    drop_token(&world).await;
    let setup = create(&world, with(wanted(&world), &json!({ "signOut": true }))).await;
    assert_eq!(setup["done"], true, "{setup:#}");
    let view = world.ok("credentials_get", json!({ "org": world.key })).await;
    assert_eq!(
        view["items"].as_array().map(Vec::len),
        Some(1),
        "only the app is left: {view:#}"
    );
    assert_eq!(
        (&view["active"], &view["admin"]),
        (&json!("serviceApp"), &Value::Null)
    );
    assert_eq!(asked(&world.org, "POST", "/oauth2/v1/revoke"), 1);
    let (rows, problem) = world.list(&world.key).await;
    assert!(rows > 5 && problem.is_none(), "{problem:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_without_the_scopes_is_told_before_anything_is_made() {
    let world = World::story().await;
    sign_in(
        &world,
        "robin.keller@example.com",
        &["okta.apps.manage", "okta.users.read"],
    )
    .await;
    let before = writes(&world.org);
    let setup = world.ok("service_create", wanted(&world)).await;
    let found = states(&setup);
    assert_eq!((state(&found, "app"), state(&found, "role")), ("todo", "blocked"));
    let grant = &setup["lines"][3];
    assert_eq!(grant["state"], "blocked", "{setup:#}");
    assert!(
        grant["problem"]["title"]
            .as_str()
            .is_some_and(|title| title.contains("okta.appGrants.manage")),
        "{grant:#}"
    );
    assert_eq!((writes(&world.org), &setup["running"]), (before, &json!(false)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_no_super_admin_is_told_so_and_makes_no_half_an_app() {
    let world = World::story().await;
    let token = world.org.api_token(APP_ADMIN);
    // An API token of an application admin may not read its own roles: then Okta has to say it.
    world
        .ok(
            "org_token",
            json!({ "org": world.key, "token": token, "sessionOnly": false }),
        )
        .await;
    let setup = create(&world, wanted(&world)).await;
    let blocked: Vec<_> = setup["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .filter(|line| line["state"] == "blocked")
        .collect();
    assert!(!blocked.is_empty() && setup["done"] == false, "{setup:#}");
    assert_eq!(blocked[0]["problem"]["code"], "notPermitted", "{setup:#}");
    assert_eq!(
        world.ok("credentials_get", json!({ "org": world.key })).await["active"],
        "apiToken"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_only_admin_is_told_with_the_role_that_was_found() {
    let world = World::story().await;
    let token = world.org.api_token(practice_org::READ_ONLY_ADMIN);
    world
        .ok(
            "org_token",
            json!({ "org": world.key, "token": token, "sessionOnly": false }),
        )
        .await;
    let setup = world.ok("service_create", wanted(&world)).await;
    let found = states(&setup);
    for id in ["app", "grant:okta.apps.read", "role"] {
        assert_eq!(state(&found, id), "blocked", "{id}");
    }
    let problem = &setup["lines"][1]["problem"];
    assert!(
        problem["why"]
            .as_str()
            .is_some_and(|why| why.contains("Read-Only Administrator")),
        "{problem:#}"
    );
    assert_eq!(problem["next"][0]["kind"], "copy");
    assert_eq!(writes(&world.org), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_org_is_not_written_to() {
    let world = World::story().await;
    world
        .ok(
            "org_update",
            json!({ "org": world.key, "name": "Locked", "colour": "teal", "readOnly": true }),
        )
        .await;
    let calls = world.org.ledger().len();
    let problem = world.refused("service_create", wanted(&world)).await;
    assert_eq!(code(&problem), "readOnly");
    assert_eq!(world.org.ledger().len(), calls, "nothing was asked");
    world.ok("service_plan", wanted(&world)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_can_not_be_used_is_told_by_its_field() {
    let world = World::story().await;
    for (changes, field) in [
        (json!({ "label": "  " }), "label"),
        (json!({ "scopes": [] }), "scopes"),
        (json!({ "scopes": ["okta.users.manage"] }), "scopes"),
        (json!({ "role": "CUSTOM" }), "role"),
    ] {
        let problem = world
            .refused("service_create", with(wanted(&world), &changes))
            .await;
        assert_eq!(problem.field.as_deref(), Some(field));
    }
    drop_token(&world).await;
    let problem = world.refused("service_plan", wanted(&world)).await;
    assert_eq!(code(&problem), "notSignedIn");
}

/// The story's sign-in app is called Gatehouse too: that is no service app, and in nobody's way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_app_of_the_same_label_is_not_in_the_way() {
    let world = World::story().await;
    let native = world.okta(&format!("/api/v1/apps/{NATIVE_CLIENT}")).await;
    let args = with(wanted(&world), &json!({ "label": native["label"] }));
    let client = created(&world, args).await;
    assert_ne!(client, NATIVE_CLIENT);
    let apps = world.okta("/api/v1/apps?limit=200").await;
    let same = |app: &&Value| app["label"] == native["label"];
    assert_eq!(apps.as_array().expect("a list").iter().filter(same).count(), 2);
}
