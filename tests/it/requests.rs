//! Every request the client makes, taken off the wire and held against Okta's own schemas.

use crate::connect::{connected, scheme};
use domain::catalog::PROVISIONING_APPS;
use domain::okta::endpoints::ENDPOINTS;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use support::openapi::{Spec, faults};
use support::proxy::Sent;
use support::{World, unlimited};
use url::Url;

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
    proxy.sent()
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
            panic!("Okta has no {} {}", request.method, url.path());
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
            Some(judge) => {
                let body: Value = serde_json::from_slice(&request.body).expect("JSON");
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
        let metadata = request.target.starts_with("/.well-known/");
        assert_eq!(
            value("authorization").is_none(),
            metadata,
            "{} {}",
            request.method,
            request.target
        );
        assert_eq!(value("accept"), Some("application/json"));
        assert_eq!(
            value("content-type"),
            (!request.body.is_empty()).then_some("application/json")
        );
        for never in ["referer", "cookie", "origin"] {
            assert!(value(never).is_none(), "{never} in {}", request.target);
        }
        if let Some(token) = value("authorization") {
            let token = token.strip_prefix("SSWS ").expect("SSWS, then a space");
            assert!(
                !request.target.contains(token) && !String::from_utf8_lossy(&request.body).contains(token)
            );
        }
    }
}
