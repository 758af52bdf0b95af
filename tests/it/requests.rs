//! Every request the client makes, taken off the wire and held against Okta's own schemas.

use crate::connect::{connected, scheme};
use crate::service::{create, created, wanted};
use domain::catalog::PROVISIONING_APPS;
use domain::okta::endpoints::ENDPOINTS;
use practice_org::{Fault, NATIVE_CLIENT};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use support::openapi::{Spec, faults};
use support::proxy::Sent;
use support::{World, unlimited};
use url::Url;

/// How the authorization server takes what it is asked.
const FORM: &str = "application/x-www-form-urlencoded";
/// The story's super admin.
const SUPER: &str = "robin.keller@example.com";

/// A whole working day in one go: every command that asks Okta something.
async fn day() -> Vec<Sent> {
    let (mut world, proxy) = World::behind_network(unlimited()).await;
    world.ok("org_check", json!({ "address": proxy.url })).await;
    world
        .ok("apps_load", json!({ "org": world.key, "refresh": false }))
        .await;
    for entry in PROVISIONING_APPS {
        for row in entry.schemes {
            let app = world.app(entry.name).await;
            world.of("app_open", &app).await;
            if row.consent {
                world.connect(&app, scheme(row), crate::connect::form(row)).await;
                world.of("connect_browser", &app).await;
                let link = world.engine.opened().pop().expect("opened");
                let page = support::consent(&link, support::Answer::Grant).await;
                world.hand_back(&app, &page).await;
            } else {
                connected(&world, &app, row).await;
                if entry.name == "okta_org2org" {
                    world.of("connect_jwks", &app).await;
                }
            }
            let read = world.of("features_get", &app).await;
            let mut wanted = json!({ "toApp": read["toApp"].clone() });
            wanted["toApp"]["syncPassword"] =
                json!(!read["toApp"]["syncPassword"].as_bool().expect("switch"));
            wanted["toApp"]["passwordSeed"] = json!("OKTA");
            if entry.to_okta {
                wanted["toOkta"] = read["toOkta"].clone();
                wanted["toOkta"]["usernameFormat"] = json!("CUSTOM");
                wanted["toOkta"]["usernameExpression"] = json!("source.userName");
                wanted["toOkta"]["scheduleOn"] = json!(true);
                wanted["toOkta"]["fullImport"] =
                    json!({ "expression": "0 0 * * 0", "timezone": "Europe/Paris" });
                wanted["toOkta"]["incrementalImport"] =
                    json!({ "expression": "0 */2 * * *", "timezone": "" });
            }
            world
                .ok(
                    "features_apply",
                    json!({ "org": world.key, "app": app, "read": read, "wanted": wanted }),
                )
                .await;
            world.of("connect_deactivate", &app).await;
            world.rest(&app).await;
        }
    }
    // An app the list does not know yet is read by itself.
    world = world.restarted().await;
    let app = world.app("google").await;
    world.of("app_open", &app).await;
    crate::reviews_wire::day(&world).await;
    signing_in(&world).await;
    // What the person's browser asked for is not the client's.
    let client = |sent: &Sent| {
        sent.headers
            .iter()
            .any(|(name, value)| name == "user-agent" && value.starts_with("Gatehouse/"))
    };
    proxy.sent().into_iter().filter(client).collect()
}

/// Every way to sign in, what is asked about a credential, and its end.
async fn signing_in(world: &World) {
    let org = json!({ "org": world.key });
    world.ok("credentials_look", org.clone()).await;
    world.ok("permissions_check", org.clone()).await;
    // The set-up breaks off, its key is lost: the app that was made gets a second key.
    let keys = "/api/v1/apps/{appId}/credentials/jwks";
    let down = Fault::on("GET", keys).refuse(500, "E0000009", "Internal Server Error", "");
    world.org.faults().fail_next(down.always());
    assert_eq!(create(world, wanted(world)).await["done"], false);
    world.org.faults().clear();
    world.ok("key_drop", org.clone()).await;
    created(world, wanted(world)).await;
    world.ok("permissions_check", org.clone()).await;
    world.native(json!({})).await;
    assert_eq!(world.sign_in_as(SUPER).await["phase"], "done");
    let device = world
        .ok("signin_start", world.wish("device", NATIVE_CLIENT))
        .await;
    let code = device["userCode"].as_str().expect("a code");
    world.answer_device(code, SUPER, "allow").await;
    assert_eq!(world.signed_in().await["phase"], "done");
    for kind in ["signIn", "apiToken"] {
        let args = json!({ "org": world.key, "kind": kind, "revoke": true });
        let report = world.ok("credential_remove", args).await;
        assert_eq!(report["problems"], json!([]), "{report:#}");
    }
}

fn url(sent: &Sent) -> Url {
    Url::parse(&format!("http://127.0.0.1{}", sent.target)).expect("a target")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_request_is_one_okta_describes() {
    let Some(spec) = Spec::load() else { return };
    let sent = day().await;
    let mut called = BTreeSet::new();
    for request in &sent {
        let url = url(request);
        let Some(operation) = spec.operation(&request.method, url.path()) else {
            // Okta's page on who is in a group is not among the files at hand.
            let of_group = url.path().starts_with("/api/v1/groups/") && url.path().ends_with("/users");
            assert!(of_group, "Okta has no {} {}", request.method, url.path());
            called.insert("listGroupUsers".to_owned());
            continue;
        };
        called.insert(operation.id().to_owned());
        let known = operation.query();
        for (name, _) in url.query_pairs() {
            assert!(
                known.contains(&name.into_owned()),
                "{}: unknown query parameter in {}",
                operation.id(),
                url.path()
            );
        }
        match operation.request() {
            None => assert!(request.body.is_empty(), "{} takes no body", operation.id()),
            Some(_) if request.body.is_empty() => {
                assert!(!operation.needs_body(), "{} needs a body", operation.id());
            }
            Some(judge) => {
                let body = body(request);
                let found = faults(&judge, &body);
                assert!(found.is_empty(), "{}: {found:#?} in {body:#}", operation.id());
                if url.path().ends_with("/INBOUND_PROVISIONING") {
                    inbound(&spec, &body);
                }
            }
        }
    }
    let rows: BTreeSet<String> = ENDPOINTS.iter().map(|row| row.id.to_owned()).collect();
    let missing: Vec<_> = rows.difference(&called).collect();
    assert!(
        missing.is_empty(),
        "rows of the endpoint table that nothing called: {missing:?}"
    );
    assert!(
        called.is_subset(&rows),
        "calls that are not in the endpoint table: {:?}",
        called.difference(&rows)
    );
}

/// A body as a value: JSON, or a form as an object of texts.
fn body(request: &Sent) -> Value {
    let kind = request.headers.iter().find(|(name, _)| name == "content-type");
    if kind.is_some_and(|(_, kind)| kind == FORM) {
        let pairs = url::form_urlencoded::parse(&request.body).into_owned();
        Value::Object(pairs.map(|(name, value)| (name, Value::String(value))).collect())
    } else {
        serde_json::from_slice(&request.body).expect("JSON")
    }
}

/// The one documented exception: the schema says `usernameFormat`, recorded orgs say `userNameFormat`.
fn inbound(spec: &Spec, body: &Value) {
    let judge = spec.schema("CapabilitiesInboundProvisioningObject");
    let mut as_in_schema = body.clone();
    let username = as_in_schema["importSettings"]["username"]
        .as_object_mut()
        .expect("username");
    let format = username
        .remove("userNameFormat")
        .expect("the wire's name is sent");
    username.insert("usernameFormat".into(), format);
    let found = faults(&judge, &as_in_schema);
    assert!(found.is_empty(), "{found:#?} in {body:#}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn headers_are_few_and_the_token_is_where_it_belongs() {
    let sent = day().await;
    for request in &sent {
        let value = |name: &str| {
            request
                .headers
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, v)| v.as_str())
        };
        // There the caller is proven in the body, or nobody has to be.
        let form = ["/token", "/device/authorize", "/revoke"]
            .iter()
            .any(|path| request.target == format!("/oauth2/v1{path}"));
        let open = form || request.target.starts_with("/.well-known/");
        assert_eq!(
            value("authorization").is_none(),
            open,
            "{} {}",
            request.method,
            request.target
        );
        assert_eq!(value("accept"), Some("application/json"));
        let kind = if form { FORM } else { "application/json" };
        assert_eq!(value("content-type"), (!request.body.is_empty()).then_some(kind));
        for never in ["referer", "cookie", "origin"] {
            assert!(value(never).is_none(), "{never} in {}", request.target);
        }
        if let Some(sent) = value("authorization") {
            let (kind, token) = sent.split_once(' ').expect("a kind, a space, a token");
            assert!(["SSWS", "Bearer", "DPoP"].contains(&kind), "{kind}");
            // A proof goes with a token that is bound to its key, and with no other.
            assert_eq!(value("dpop").is_some(), kind == "DPoP", "{}", request.target);
            assert!(
                !request.target.contains(token) && !String::from_utf8_lossy(&request.body).contains(token)
            );
        }
    }
    let kinds = |kind: &str| {
        let begins = |sent: &Sent| {
            let found = sent.headers.iter().find(|(name, _)| name == "authorization");
            found.is_some_and(|(_, value)| value.starts_with(kind))
        };
        sent.iter().any(begins)
    };
    assert!(
        kinds("SSWS ") && kinds("DPoP ") && kinds("Bearer "),
        "a day has all three kinds"
    );
}
