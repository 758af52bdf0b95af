//! What is kept of reviews in memory, for how long, and what is asked anew.

use crate::reviews_launch::from_now;
use engine::ipc::events::Event;
use practice_org::Fault;
use serde_json::{Value, json};
use std::time::Duration;
use support::reviews::{BEN, JUN};
use support::signin::SUPER_ADMIN;
use support::{World, until};

const ITEMS: &str = "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/accesses";
const ITEM_ACT: &str = "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/accesses/{securityAccessReviewTargetId}/actions";
const SETTINGS: &str = "/governance/api/v1/settings";

async fn desk() -> (World, String) {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    let review = world.review("admin", "Hugo").await;
    (world, review)
}

/// How often the org was asked for it.
fn asked(world: &World, template: &str) -> usize {
    let ledger = world.org.ledger();
    ledger.iter().filter(|entry| entry.template == template).count()
}

/// So many reviews that can be worked through.
async fn more_reviews(world: &World, count: usize) -> Vec<String> {
    let mut reviews = Vec::new();
    for number in 0..count {
        let args = json!({ "org": world.key, "subject": JUN, "reviewers": [BEN], "name": format!("Drill {number}"),
            "endTime": from_now(3 * 24 * 60) });
        let view = world.ok("launch", args).await;
        reviews.push(view["review"].as_str().expect("a review").to_owned());
    }
    world.org.advance(60);
    reviews
}

/// Whether the items of a review are in memory: looking at them asks the org nothing.
async fn kept(world: &World, review: &str) -> bool {
    let before = asked(world, ITEMS);
    let args = world.about_with(
        "admin",
        review,
        json!({ "order": "priority", "descending": true, "refresh": false }),
    );
    until("the items are read", async || {
        world.ok("accesses_load", args.clone()).await["done"] == true
    })
    .await;
    asked(world, ITEMS) == before
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn items_of_the_reviews_opened_last_are_kept() {
    let (world, hugos) = desk().await;
    let reviews = more_reviews(&world, 8).await;
    world.items("admin", &hugos).await;
    for review in &reviews[..7] {
        world.items("admin", review).await;
    }
    // Eight are kept, and one that is looked at again is no longer the oldest.
    assert!(kept(&world, &hugos).await);
    world.items("admin", &reviews[7]).await;
    assert!(kept(&world, &hugos).await, "it was looked at lately");
    assert!(kept(&world, &reviews[1]).await);
    assert!(!kept(&world, &reviews[0]).await, "the one opened least recently");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_review_with_a_decision_that_waits_is_kept() {
    let (world, hugos) = desk().await;
    let reviews = more_reviews(&world, 9).await;
    world.hurry(Duration::from_secs(300));
    let slack = world.item("admin", &hugos, "Slack").await;
    let made = world.decide("admin", &hugos, &slack, "REVOKE_ACCESS").await;
    for review in &reviews {
        world.items("admin", review).await;
    }
    assert!(!kept(&world, &reviews[0]).await, "others are dropped");
    assert!(kept(&world, &hugos).await, "a decision waits there");
    world.ok("decision_undo", json!({ "id": made["id"] })).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whether_summaries_are_on_is_asked_again_unless_the_answer_was_definite() {
    let (world, review) = desk().await;
    let ai = async || world.ok("review_open", world.about("admin", &review)).await["ai"].clone();
    let refusing = |status: u16, code: &str| {
        world.org.faults().clear();
        let fault = Fault::on("GET", SETTINGS).refuse(status, code, "No", "");
        world.org.faults().fail_next(fault.always());
    };
    refusing(503, "E0000009");
    assert_eq!(ai().await, "unknown");
    world.org.faults().clear();
    assert_eq!(ai().await, "on", "a bad moment is over");
    let (world, review) = desk().await;
    let ai = async || world.ok("review_open", world.about("admin", &review)).await["ai"].clone();
    world.org.faults().fail_next(
        Fault::on("GET", SETTINGS)
            .refuse(403, "E0000006", "No", "")
            .always(),
    );
    assert_eq!(ai().await, "unknown");
    let before = asked(&world, SETTINGS);
    assert_eq!(ai().await, "unknown");
    assert_eq!(asked(&world, SETTINGS), before, "a refusal is an answer");
}

/// Waits for what the window is told of a decision.
async fn told(events: &mut tokio::sync::broadcast::Receiver<Event>, id: &Value, state: &str) {
    let wait = async {
        loop {
            if let Ok(Event::Decision { view }) = events.recv().await {
                let view = json!(view);
                if view["id"] == *id && view["state"] == state {
                    return;
                }
            }
        }
    };
    let heard = tokio::time::timeout(support::PATIENCE, wait).await;
    heard.unwrap_or_else(|_| panic!("decision {id} is not told as {state}"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn decisions_of_a_forgotten_org_are_forgotten() {
    let (world, review) = desk().await;
    let mut events = world.engine.subscribe();
    let slack = world.item("admin", &review, "Slack").await;
    let zoom = world.item("admin", &review, "Zoom").await;
    let slow = Duration::from_secs(3);
    let fault = Fault::on("POST", ITEM_ACT).slow(slow, Duration::ZERO);
    world.org.faults().fail_next(fault);
    let sending = world.decide("admin", &review, &slack, "REVOKE_ACCESS").await;
    world.decided(&sending["id"], "sending").await;
    world.hurry(Duration::from_secs(300));
    let waiting = world.decide("admin", &review, &zoom, "REVOKE_ACCESS").await;
    world.ok("org_forget", json!({ "org": world.key })).await;
    // What waited is taken back, and the window is told.
    told(&mut events, &waiting["id"], "undone").await;
    let list = world.ok("decisions_list", json!({ "org": world.key })).await;
    assert_eq!(list, json!([]));
    // What was on its way ends without another word.
    tokio::time::sleep(slow).await;
    while let Ok(event) = events.try_recv() {
        assert!(!matches!(event, Event::Decision { .. }), "{event:?}");
    }
    assert_eq!(asked(&world, ITEM_ACT), 1);
    // A new one does not take the number of an old one: the window would take the one for the other.
    let key = world.add_org().await;
    assert_eq!(key, world.key);
    world.reviewing(SUPER_ADMIN).await;
    world.hurry(Duration::from_secs(300));
    let item = world.item("admin", &review, "Zoom").await;
    let next = world.decide("admin", &review, &item, "REVOKE_ACCESS").await;
    assert!(next["id"].as_u64() > waiting["id"].as_u64(), "{next:#}");
}
