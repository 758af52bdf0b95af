//! What the permission check offers to mend, mended.

use crate::permissions::{check, copied, job, verdicts};
use crate::service::{code, created, drop_token, held, wanted, with, writes};
use practice_org::Fault;
use serde_json::{Value, json};
use support::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_app_and_the_role_it_lacks() {
    let world = World::story().await;
    created(&world, with(wanted(&world), &json!({ "role": "" }))).await;
    let view = check(&world).await;
    // Scopes are there, Okta lists nothing, and refuses to say who it is.
    let apps = job(&view, "apps");
    assert_eq!(
        (&apps["state"], &apps["scope"]["have"]),
        (&json!("unknown"), &json!("yes")),
        "{apps:#}"
    );
    assert!(
        apps["proof"]
            .as_str()
            .is_some_and(|proof| proof.contains("empty")),
        "{apps:#}"
    );
    let roles = job(&view, "roles");
    assert_eq!(
        (&roles["state"], &roles["fix"]["id"]),
        (&json!("missing"), &json!("role:READ_ONLY_ADMIN")),
        "{roles:#}"
    );
    let ids: Vec<_> = view["jobs"]
        .as_array()
        .expect("jobs")
        .iter()
        .map(|job| job["id"].clone())
        .collect();
    assert!(
        !ids.contains(&json!("serviceApp")) && !ids.contains(&json!("tokenExpiry")),
        "{ids:?}"
    );
    // One click, and what follows from it.
    let view = world
        .ok(
            "permissions_fix",
            json!({ "org": world.key, "fix": "role:READ_ONLY_ADMIN" }),
        )
        .await;
    verdicts(
        &view,
        &[
            ("apps", "proven"),
            ("people", "proven"),
            ("roles", "proven"),
            ("provisioning", "missing"),
        ],
    );
    assert_eq!(view["roles"], json!(["Read-Only Administrator"]));
    assert_eq!(job(&view, "provisioning")["fix"]["id"], "role:APP_ADMIN");
    let view = world
        .ok(
            "permissions_fix",
            json!({ "org": world.key, "fix": "role:APP_ADMIN" }),
        )
        .await;
    verdicts(&view, &[("provisioning", "likely"), ("roles", "proven")]);
    let rows = world.ok("history_list", json!({ "org": world.key })).await;
    let row = &rows[0];
    assert_eq!(
        (&row["action"], &row["outcome"]),
        (
            &json!("Assigned Application Administrator to Gatehouse desk"),
            &json!("done")
        ),
        "{row:#}"
    );
    assert!(
        row["before"]
            .as_str()
            .is_some_and(|it| it.contains("READ_ONLY_ADMIN")),
        "{row:#}"
    );
    assert!(
        row["after"].as_str().is_some_and(|it| it.contains("APP_ADMIN")),
        "{row:#}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_app_and_the_scope_it_lacks() {
    let world = World::story().await;
    let few = json!({ "scopes": ["okta.apps.read", "okta.roles.read"], "role": "APP_ADMIN" });
    let client = created(&world, with(wanted(&world), &few)).await;
    let view = check(&world).await;
    let people = job(&view, "people");
    assert_eq!(
        (&people["state"], &people["scope"]["have"], &people["fix"]["id"]),
        (&json!("missing"), &json!("no"), &json!("grant:okta.users.read")),
        "{people:#}"
    );
    assert!(
        people["proof"]
            .as_str()
            .is_some_and(|proof| proof.contains("okta.users.read")),
        "{people:#}"
    );
    // An application admin may not read roles, and no button makes anybody more than needed.
    assert_eq!(job(&view, "provisioning")["fix"]["id"], "grant:okta.apps.manage");
    let view = world
        .ok(
            "permissions_fix",
            json!({ "org": world.key, "fix": "grant:okta.users.read" }),
        )
        .await;
    verdicts(&view, &[("people", "proven"), ("apps", "proven")]);
    assert!(
        view["scopes"].to_string().contains("okta.users.read"),
        "a new token: {view:#}"
    );
    assert!(
        held(&world, "serviceApp").await["scopes"]
            .to_string()
            .contains("okta.users.read"),
        "kept"
    );
    let grants = format!("/api/v1/apps/{client}/grants");
    assert_eq!(world.okta(&grants).await.as_array().map(Vec::len), Some(3));
    // Again: it is there, nothing is written.
    let before = writes(&world.org);
    world
        .ok(
            "permissions_fix",
            json!({ "org": world.key, "fix": "grant:okta.users.read" }),
        )
        .await;
    assert_eq!(writes(&world.org), before);
    // Without an admin at hand there are words to send.
    drop_token(&world).await;
    let view = check(&world).await;
    let provisioning = job(&view, "provisioning");
    let text = copied(provisioning);
    for part in ["okta.apps.manage", client.as_str(), "127.0.0.1", "Gatehouse desk"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert_eq!(provisioning["fix"], Value::Null);
    let problem = world
        .refused(
            "permissions_fix",
            json!({ "org": world.key, "fix": "grant:okta.apps.manage" }),
        )
        .await;
    assert_eq!(code(&problem), "notSignedIn");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_scope_okta_has_not_taken_up_yet_is_waited_for() {
    let world = World::story().await;
    created(&world, wanted(&world)).await;
    let refused =
        json!({ "error": "invalid_scope", "error_description": "One or more scopes are not configured." });
    world.org.faults().fail_next(
        Fault::on("POST", "/oauth2/v1/token")
            .raw(400, "application/json", &refused.to_string())
            .times(2),
    );
    let view = world
        .ok(
            "permissions_fix",
            json!({ "org": world.key, "fix": "grant:okta.orgs.read" }),
        )
        .await;
    verdicts(&view, &[("org", "proven")]);
    // And where it never does, what worked goes on working.
    world.org.faults().fail_next(
        Fault::on("POST", "/oauth2/v1/token")
            .raw(400, "application/json", &refused.to_string())
            .always(),
    );
    let fix = "grant:okta.governance.securityAccessReviews.admin.read";
    let problem = world
        .refused("permissions_fix", json!({ "org": world.key, "fix": fix }))
        .await;
    assert_eq!(problem.field.as_deref(), Some("scopes"));
    world.org.faults().clear();
    verdicts(&check(&world).await, &[("org", "proven"), ("apps", "proven")]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fixes_are_a_closed_list_and_keep_to_the_lock() {
    let world = World::story().await;
    created(&world, wanted(&world)).await;
    for fix in [
        "grant:okta.users.manage",
        "role:SUPER_ADMIN",
        "role:ORG_ADMIN",
        "nonsense",
        "grant:",
    ] {
        let problem = world
            .refused("permissions_fix", json!({ "org": world.key, "fix": fix }))
            .await;
        assert_eq!(code(&problem), "notFound", "{fix}");
    }
    world
        .ok(
            "org_update",
            json!({ "org": world.key, "name": "Locked", "colour": "teal", "readOnly": true }),
        )
        .await;
    let problem = world
        .refused(
            "permissions_fix",
            json!({ "org": world.key, "fix": "grant:okta.orgs.read" }),
        )
        .await;
    assert_eq!(code(&problem), "readOnly");
}
