//! Every call on security access reviews, once, for `requests` to hold against Okta's schemas; and that what the reference
//! shows fits them too.

use crate::contract_judge::{Used, answer_faults, request_faults};
use crate::reviews_launch::from_now;
use domain::okta::examples::examples;
use domain::org_address::OrgOrigin;
use engine::OneFolder;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use support::openapi::{Spec, faults};
use support::reviews::{BEN, HUGO, JUN, ROBIN};
use support::signin::SUPER_ADMIN;
use support::{World, post, unlimited, until};

/// A day of somebody who sets access reviews up, launches them and works through them on both sides.
pub async fn day(world: &World) {
    world.reviewing(SUPER_ADMIN).await;
    let org = json!({ "org": world.key });
    // A role and a resource set that are half made, and one that is not there at all.
    post(
        &world.org,
        "/api/v1/iam/roles",
        &json!({ "label": "Half a role", "description": "By hand", "permissions": ["okta.users.read"] }),
    )
    .await;
    post(
        &world.org,
        "/api/v1/iam/resource-sets",
        &json!({ "label": "Half a set", "description": "By hand",
            "resources": [format!("{}/api/v1/groups", world.org.url())] }),
    )
    .await;
    for (person, role, set) in [
        (BEN, "Half a role", "Half a set"),
        (JUN, "Half a role", "Half a set"),
        (BEN, "", ""),
    ] {
        doctor(world, person, role, set).await;
    }
    for text in ["hu", BEN] {
        world
            .ok("people_search", json!({ "org": world.key, "text": text }))
            .await;
    }
    world
        .ok("groups_search", json!({ "org": world.key, "text": "Fin" }))
        .await;
    let launch = json!({ "org": world.key, "subject": JUN, "reviewers": [BEN, ROBIN], "name": "Wire: {user}",
        "endTime": from_now(3 * 24 * 60) });
    world.ok("launch", launch).await;
    incident(world).await;
    for side in ["admin", "my"] {
        work(world, side).await;
    }
    world
        .engine
        .use_folders(Arc::new(OneFolder(world.folder.path().to_owned())));
    let review = world.review("admin", "Kofi").await;
    let more = json!({ "all": false, "summary": false });
    world
        .ok("evidence_start", world.about_with("admin", &review, more))
        .await;
    // The rest of the day goes on as it was.
    world
        .ok("credential_use", json!({ "org": world.key, "kind": "apiToken" }))
        .await;
    world
        .ok(
            "credential_remove",
            json!({ "org": world.key, "kind": "signIn", "revoke": false }),
        )
        .await;
    world.ok("incident_clear", org).await;
}

async fn doctor(world: &World, person: &str, role: &str, set: &str) {
    let mut events = world.engine.subscribe();
    let args = json!({ "org": world.key, "target": "person", "person": person, "roleLabel": role, "setLabel": set,
            "appLabel": "" });
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
    assert_eq!(last["done"], true, "{last:#}");
}

async fn incident(world: &World) {
    let groups = world.okta("/api/v1/groups?q=IT").await;
    let args = json!({ "org": world.key, "text": "Hugo Abara", "group": groups[0]["id"], "reviewers": [BEN],
        "template": "Incident: {user}", "endTime": from_now(3 * 24 * 60) });
    let begun = world.ok("incident_start", args).await;
    assert!(
        begun["rows"].as_array().expect("rows").len() > 1,
        "the group’s people are in it"
    );
    until("names are looked up", async || {
        world.ok("incident_get", json!({ "org": world.key })).await["head"]["state"] == "ready"
    })
    .await;
}

/// Everything that can be done with a review.
async fn work(world: &World, side: &str) {
    world
        .ok("reviews_stats", json!({ "org": world.key, "side": side }))
        .await;
    let review = world.review(side, "Hugo").await;
    let about = world.about(side, &review);
    world.ok("review_open", about.clone()).await;
    world.ok("review_summary", about.clone()).await;
    world.ok("review_history", about).await;
    let list = world.items(side, &review).await;
    let rows = list["rows"].as_array().expect("rows");
    let below = rows
        .iter()
        .find(|row| row["below"].as_array().is_some_and(|it| !it.is_empty()))
        .expect("something with parts");
    let item = world.about_with(side, &review, json!({ "access": below["id"] }));
    world.ok("accesses_below", item.clone()).await;
    world.ok("access_anomalies", item.clone()).await;
    world.ok("access_summary", item).await;
    for by in [
        "priority",
        "sodConflict",
        "assignmentMethod",
        "pastDecisions",
        "usageHistory",
    ] {
        let more = json!({ "order": "lastAccess", "descending": false, "refresh": true,
            "filter": { "by": by, "value": "HIGH" } });
        world
            .ok("accesses_load", world.about_with(side, &review, more))
            .await;
    }
    let list = world.items(side, &review).await;
    let row = list["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .find(|row| row["actions"].as_array().is_some_and(|it| !it.is_empty()))
        .expect("something to decide")
        .clone();
    let action = row["actions"][0]["action"].as_str().expect("text").to_owned();
    let made = world.decide(side, &review, &row, &action).await;
    world.ok("decision_send", json!({ "id": made["id"] })).await;
    until("it is taken", async || {
        matches!(
            world.decision(&made["id"]).await["state"].as_str(),
            Some("following" | "settled")
        )
    })
    .await;
    let comment = world.about_with(side, &review, json!({ "text": "Seen." }));
    world.ok("review_comment", comment).await;
    if side == "admin" {
        let change = json!({ "org": world.key, "review": review, "endTime": from_now(4 * 24 * 60),
            "reviewers": [BEN, ROBIN] });
        world.ok("review_update", change).await;
    }
    let act = world.about_with(side, &review, json!({ "action": "RESTORE_ALL_ACCESS" }));
    world.ok("review_act", act).await;
    assert_ne!(HUGO, JUN);
}

/// Okta's operations on security access reviews, by what its files call them: an admin's and a reviewer's.
fn operations() -> [BTreeSet<String>; 2] {
    let folder = support::reference::folder()
        .expect("the reference")
        .join("openapi");
    ["admin", "enduser"].map(|family| {
        let path = folder.join(format!("security-access-reviews-{family}.json"));
        let file: Value = serde_json::from_str(&std::fs::read_to_string(path).expect("text")).expect("JSON");
        let paths = file["paths"].as_object().expect("paths");
        let of_reviews = paths
            .iter()
            .filter(|(path, _)| path.contains("/security-access-reviews"));
        of_reviews
            .flat_map(|(_, item)| item.as_object().expect("operations").values())
            .filter_map(|operation| Some(operation["operationId"].as_str()?.to_owned()))
            .collect()
    })
}

/// Every operation of both families is called by the client and answered by the practice org, and both sides of each
/// exchange fit Okta's schemas.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_operations_of_both_families_fit_both_ways() {
    let Some(spec) = Spec::load() else { return };
    let [admins, own] = operations();
    assert_eq!((admins.len(), own.len()), (16, 14));
    let (world, proxy) = World::behind_network(unlimited()).await;
    day(&world).await;
    let mut answered = BTreeSet::new();
    let mut wrong = Vec::new();
    for sent in proxy.sent() {
        let path = sent.target.split('?').next().unwrap_or_default();
        // An answer that nobody waited for any more when the day was over.
        if !path.contains("/security-access-reviews") || sent.status == 0 {
            continue;
        }
        let json = |bytes: &[u8]| match bytes {
            [] => Value::Null,
            bytes => serde_json::from_slice(bytes).expect("JSON"),
        };
        let (asked, said) = (json(&sent.body), json(&sent.answer));
        let used = Used::default();
        wrong.extend(request_faults(&spec, &sent.method, path, &asked));
        wrong.extend(answer_faults(
            &spec,
            &sent.method,
            path,
            sent.status,
            &said,
            &used,
        ));
        if (200..300).contains(&sent.status) {
            let operation = spec.operation(&sent.method, path).expect("an operation");
            answered.insert(operation.id().to_owned());
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let missing: Vec<_> = admins.union(&own).filter(|it| !answered.contains(*it)).collect();
    assert!(missing.is_empty(), "not called, or not taken: {missing:?}");
    assert_eq!(answered.len(), 30);
}

/// What the reference shows fits Okta's schemas, requests and answers.
#[test]
fn examples_fit_oktas_schemas() {
    let Some(spec) = Spec::load() else { return };
    let org = OrgOrigin::parse("https://acme.okta.com").expect("an origin");
    let mut wrong = Vec::new();
    for example in examples(&org) {
        let call = &example.call;
        let url = call.url(&org);
        let method = call.endpoint.method.as_str();
        let Some(operation) = spec.operation(method, url.path()) else {
            assert_eq!(call.endpoint.id, "listGroupUsers");
            continue;
        };
        let known = operation.query();
        for (name, _) in url.query_pairs() {
            assert!(
                known.contains(&name.clone().into_owned()),
                "{}: {name}",
                operation.id()
            );
        }
        match (operation.request(), call.payload()) {
            (Some(judge), Some(payload)) => {
                let body = payload.shown();
                wrong.extend(
                    faults(&judge, &body)
                        .into_iter()
                        .map(|it| format!("{} asks: {it}", operation.id())),
                );
            }
            (None, Some(_)) => panic!("{} takes no body", operation.id()),
            (_, None) => assert!(!operation.needs_body(), "{} needs a body", operation.id()),
        }
        if let (Some(judge), Some(answer)) = (operation.answer(example.status), &example.answer) {
            // The one documented exception: the schema says Bearer or N_A, recorded orgs say DPoP.
            let mut answer = answer.clone();
            if answer["token_type"] == "DPoP" {
                answer["token_type"] = json!("Bearer");
            }
            wrong.extend(
                faults(&judge, &answer)
                    .into_iter()
                    .map(|it| format!("{} answers: {it}", operation.id())),
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
