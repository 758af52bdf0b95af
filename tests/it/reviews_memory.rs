//! What is kept of reviews in memory, for how long, and what is asked anew.

use crate::reviews_launch::from_now;
use practice_org::Fault;
use serde_json::{Value, json};
use std::time::Duration;
use support::reviews::{BEN, JUN};
use support::signin::SUPER_ADMIN;
use support::{World, until};

const ITEMS: &str = "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/accesses";
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
