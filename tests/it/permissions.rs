//! The permission check for every kind of admin, and its fixes.

use crate::service::{asked, code, created, sign_in, wanted, with, writes};
use practice_org::{APP_ADMIN, Fault, NO_ADMIN, READ_ONLY_ADMIN, Switch};
use serde_json::{Value, json};
use support::{World, http};

const STATS: &str = "/governance/api/v2/security-access-reviews/stats";

pub async fn check(world: &World) -> Value {
    world.ok("permissions_check", json!({ "org": world.key })).await
}

pub fn job<'a>(view: &'a Value, id: &str) -> &'a Value {
    let jobs = view["jobs"].as_array().expect("jobs");
    jobs.iter()
        .find(|job| job["id"] == id)
        .unwrap_or_else(|| panic!("no job {id}: {view:#}"))
}

/// The state of some jobs.
pub fn verdicts(view: &Value, wanted: &[(&str, &str)]) {
    for (id, state) in wanted {
        let job = job(view, id);
        assert_eq!(job["state"], *state, "{id}: {job:#}");
    }
}

async fn with_token_of(person: &str) -> World {
    let world = World::story().await;
    let token = world.org.api_token(person);
    world
        .ok(
            "org_token",
            json!({ "org": world.key, "token": token, "sessionOnly": false }),
        )
        .await;
    world
}

/// Text for the super admin.
pub fn copied(job: &Value) -> String {
    let next = job["next"].as_array().expect("next");
    let copy = next.iter().find(|step| step["kind"] == "copy");
    copy.unwrap_or_else(|| panic!("nothing to copy: {job:#}"))["text"]
        .as_str()
        .expect("text")
        .to_owned()
}

fn governance(world: &World, status: u16, body: &Value) {
    let fault = Fault::on("GET", STATS).raw(status, "application/json", &body.to_string());
    world.org.faults().fail_next(fault.always());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_super_admins_token() {
    let world = World::story().await;
    governance(&world, 200, &json!({ "activeCount": 0 }));
    let view = check(&world).await;
    verdicts(
        &view,
        &[
            ("apps", "proven"),
            ("provisioning", "likely"),
            ("org", "proven"),
            ("people", "proven"),
            ("roles", "proven"),
            ("serviceApp", "likely"),
            ("reviews", "proven"),
            ("tokenExpiry", "proven"),
        ],
    );
    assert_eq!(view["scopes"], Value::Null, "an API token has none");
    assert_eq!(view["roles"], json!(["Super Administrator"]));
    assert_eq!(view["who"], "robin.keller@example.com");
    assert_eq!(job(&view, "provisioning")["scope"]["have"], "notNeeded");
    assert_eq!(job(&view, "reviews")["licence"]["have"], "yes");
    assert_eq!(writes(&world.org), 0, "only reads");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_application_admins_token() {
    let world = with_token_of(APP_ADMIN).await;
    governance(
        &world,
        403,
        &json!({ "errorCode": "E0000006", "errorSummary": "You do not have permission" }),
    );
    let view = check(&world).await;
    // An application admin may not read roles: that is not “no role”.
    verdicts(
        &view,
        &[
            ("apps", "proven"),
            ("provisioning", "unknown"),
            ("people", "proven"),
            ("roles", "missing"),
            ("serviceApp", "unknown"),
            ("reviews", "missing"),
            ("tokenExpiry", "missing"),
        ],
    );
    assert_eq!(view["roles"], Value::Null);
    let text = copied(job(&view, "roles"));
    assert!(
        text.contains("ben.abara1@example.com") && text.contains("127.0.0.1"),
        "{text}"
    );
    assert!(
        job(&view, "reviews")["proof"]
            .as_str()
            .is_some_and(|it| it.contains("API token can't read"))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_only_admins_token() {
    let world = with_token_of(READ_ONLY_ADMIN).await;
    let view = check(&world).await;
    verdicts(
        &view,
        &[
            ("apps", "proven"),
            ("provisioning", "missing"),
            ("people", "proven"),
            ("roles", "proven"),
            ("serviceApp", "missing"),
            ("tokenExpiry", "proven"),
        ],
    );
    let missing = job(&view, "provisioning");
    assert_eq!(
        (&missing["role"]["have"], &missing["fix"]),
        (&json!("no"), &Value::Null)
    );
    let text = copied(missing);
    assert!(
        text.contains("chloe.abara2@example.com") && text.contains("Application Administrator"),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_token_of_somebody_without_a_role() {
    let world = with_token_of(NO_ADMIN).await;
    let view = check(&world).await;
    verdicts(
        &view,
        &[
            ("apps", "missing"),
            ("people", "missing"),
            ("org", "missing"),
            ("roles", "missing"),
        ],
    );
    assert_eq!(view["who"], "dev.abara3@example.com");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn governance_that_is_off_is_no_sign_in_failure() {
    let world = World::story().await;
    let scopes = [
        "okta.apps.read",
        "okta.governance.securityAccessReviews.admin.read",
    ];
    created(
        &world,
        with(
            wanted(&world),
            &json!({ "scopes": scopes, "role": "SUPER_ADMIN" }),
        ),
    )
    .await;
    let off = json!({ "errorCode": "E0000015", "errorSummary": "You do not have permission to access the feature you are requesting" });
    for (status, body) in [
        (401, off),
        (
            404,
            json!({ "errorCode": "E0000007", "errorSummary": "Not found" }),
        ),
    ] {
        governance(&world, status, &body);
        let tokens = asked(&world.org, "POST", "/oauth2/v1/token");
        let view = check(&world).await;
        let reviews = job(&view, "reviews");
        assert_eq!(
            (&reviews["state"], &reviews["licence"]["have"]),
            (&json!("notLicensed"), &json!("no")),
            "{reviews:#}"
        );
        assert_eq!(
            asked(&world.org, "POST", "/oauth2/v1/token"),
            tokens,
            "nobody is signed out for it"
        );
        world.org.faults().clear();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rights_that_were_taken_away_show_at_the_next_check() {
    let world = World::story().await;
    created(&world, wanted(&world)).await;
    verdicts(&check(&world).await, &[("apps", "proven"), ("people", "proven")]);
    world.org.set_switch(Switch::RoleLost, true);
    let view = check(&world).await;
    verdicts(
        &view,
        &[("apps", "unknown"), ("people", "unknown"), ("roles", "missing")],
    );
    world.org.set_switch(Switch::RoleLost, false);
    world.org.set_switch(Switch::ScopeRevoked, true);
    // Every “manage” scope was taken back; what reads still reads.
    verdicts(&check(&world).await, &[("apps", "proven")]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_is_checked_with_its_scopes() {
    let world = World::story().await;
    sign_in(
        &world,
        "robin.keller@example.com",
        &[
            "okta.apps.read",
            "okta.users.read",
            "okta.roles.read",
            "okta.apps.manage",
        ],
    )
    .await;
    let view = check(&world).await;
    verdicts(
        &view,
        &[
            ("apps", "proven"),
            ("people", "proven"),
            ("roles", "proven"),
            ("provisioning", "likely"),
            ("serviceApp", "missing"),
            ("org", "missing"),
        ],
    );
    assert_eq!(
        (&view["credential"], &view["who"]),
        (&json!("signIn"), &json!("robin.keller@example.com"))
    );
    let missing = job(&view, "serviceApp");
    assert!(
        missing["proof"]
            .as_str()
            .is_some_and(|it| it.contains("okta.appGrants.manage")),
        "{missing:#}"
    );
    let steps: Vec<_> = missing["next"]
        .as_array()
        .expect("next")
        .iter()
        .map(|step| step["kind"].clone())
        .collect();
    assert_eq!(steps, [json!("copy"), json!("signIn")]);
    let refused = world
        .refused(
            "permissions_fix",
            json!({ "org": world.key, "fix": "grant:okta.appGrants.manage" }),
        )
        .await;
    assert_eq!(
        code(&refused),
        "notFound",
        "a sign-in's rights are not Gatehouse's to change"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_credential_okta_refuses_is_told_as_such() {
    let world = World::story().await;
    world.org.set_switch(Switch::TokenRevoked, true);
    let problem = world
        .refused("permissions_check", json!({ "org": world.key }))
        .await;
    assert_eq!(code(&problem), "signInRefused");
    world.org.set_switch(Switch::TokenRevoked, false);
    // One question that fails is one row that is not known.
    world.org.faults().fail_next(
        Fault::on("GET", "/api/v1/users")
            .refuse(500, "E0000009", "Internal Server Error", "")
            .always(),
    );
    let view = check(&world).await;
    verdicts(&view, &[("people", "unknown"), ("apps", "proven")]);
    assert!(http().get(world.org.url()).send().await.is_ok());
}
