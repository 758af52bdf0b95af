//! The connections list: pages in the background, nothing lost, nothing followed to another host.

use engine::ipc::events::Event;
use serde_json::json;
use std::time::Duration;
use support::{World, until};

async fn listed(world: &World) -> usize {
    let mut total = 0;
    until("the list is whole", async || {
        let snapshot = world
            .ok("apps_load", json!({ "org": world.key, "refresh": false }))
            .await;
        assert!(snapshot["problem"].is_null(), "{:#}", snapshot["problem"]);
        total = snapshot["rows"].as_array().map_or(0, Vec::len);
        snapshot["done"] == true
    })
    .await;
    total
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_apps_page_in_with_the_first_rows_at_once() {
    let world = World::with(practice_org::Options {
        limits: false,
        apps: 10_000,
        ..practice_org::Options::default()
    })
    .await;
    let mut events = world.engine.subscribe();
    world
        .ok("apps_load", json!({ "org": world.key, "refresh": false }))
        .await;
    let first = loop {
        let event = tokio::time::timeout(Duration::from_secs(30), events.recv()).await;
        if let Event::Apps { rows, done, .. } = event.expect("in time").expect("an event") {
            break (rows.len(), done);
        }
    };
    assert_eq!(
        first,
        (200, false),
        "the first page comes by itself, before the rest"
    );
    let total = listed(&world).await;
    assert!(total >= 10_000, "{total} rows");
    let pages = world
        .org
        .ledger()
        .iter()
        .filter(|e| e.method == "GET" && e.path == "/api/v1/apps")
        .count();
    assert_eq!(pages, total.div_ceil(200), "each page once");
    // Searching is the window's own: the same snapshot again asks Okta nothing.
    let before = world
        .org
        .ledger()
        .iter()
        .filter(|e| e.path == "/api/v1/apps")
        .count();
    world
        .ok("apps_load", json!({ "org": world.key, "refresh": false }))
        .await;
    assert_eq!(
        world
            .org
            .ledger()
            .iter()
            .filter(|e| e.path == "/api/v1/apps")
            .count(),
        before
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn supported_apps_are_looked_at_and_the_others_say_why_not() {
    let world = World::story().await;
    listed(&world).await;
    until("every supported app was looked at", async || {
        let snapshot = world
            .ok("apps_load", json!({ "org": world.key, "refresh": false }))
            .await;
        let rows = snapshot["rows"].as_array().expect("rows").clone();
        rows.iter()
            .filter(|row| row["supported"] == true)
            .all(|row| row["checked"].is_object())
    })
    .await;
    let snapshot = world
        .ok("apps_load", json!({ "org": world.key, "refresh": false }))
        .await;
    for row in snapshot["rows"].as_array().expect("rows") {
        assert_eq!(row["supported"] == true, row["reason"].is_null(), "{row:#}");
        if row["name"] == "slack" {
            assert_eq!(row["checked"]["needsConsent"], true, "{row:#}");
        }
        if row["name"] == "zoomus" {
            assert_eq!(
                (&row["checked"]["status"], &row["checked"]["toApp"]),
                (&json!("enabled"), &json!("on")),
                "{row:#}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn within_the_orgs_limits_a_big_list_never_meets_a_429() {
    let world = World::with(practice_org::Options {
        apps: 3_000,
        ..practice_org::Options::default()
    })
    .await;
    world
        .ok("apps_load", json!({ "org": world.key, "refresh": false }))
        .await;
    until("some pages are read", async || {
        let snapshot = world
            .ok("apps_load", json!({ "org": world.key, "refresh": false }))
            .await;
        snapshot["rows"].as_array().map_or(0, Vec::len) >= 600
    })
    .await;
    world.ok("apps_stop", json!({ "org": world.key })).await;
    assert!(
        world.org.ledger().iter().all(|entry| entry.status != 429),
        "a limit was overrun"
    );
}
