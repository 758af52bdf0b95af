//! The engine itself sees to it that a click sent twice is sent once, and says what became of what was sent.

use practice_org::Fault;
use serde_json::{Value, json};
use std::time::Duration;
use support::signin::SUPER_ADMIN;
use support::World;

const COMMENT: &str = "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/comment";
const ACT: &str = "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/actions";

/// How often the org was asked for it.
fn asked(world: &World, method: &str, template: &str) -> usize {
    let ledger = world.org.ledger();
    let fits = ledger
        .iter()
        .filter(|entry| entry.method == method && entry.template == template);
    fits.count()
}

fn sent(world: &World, template: &str) -> usize {
    asked(world, "POST", template)
}

async fn desk() -> (World, String) {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    let review = world.review("admin", "Hugo").await;
    (world, review)
}

fn slowly(world: &World, template: &str) {
    let slow = Duration::from_millis(700);
    let fault = Fault::on("POST", template).slow(slow, Duration::ZERO);
    world.org.faults().fail_next(fault);
}

/// Two of the same at once: one works, the other is refused with a title that holds this.
async fn one_of_two(world: &World, name: &str, args: &Value, said: &str) {
    let (one, other) = tokio::join!(world.rpc(name, args.clone()), world.rpc(name, args.clone()));
    let refused = match (one, other) {
        (Ok(_), Err(problem)) | (Err(problem), Ok(_)) => problem,
        both => panic!("{both:?}"),
    };
    assert!(refused.title.contains(said), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_clicks_add_one_comment() {
    let (world, review) = desk().await;
    let comment = |text: &str| world.about_with("admin", &review, json!({ "text": text }));
    slowly(&world, COMMENT);
    one_of_two(
        &world,
        "review_comment",
        &comment("Seen."),
        "is being added already",
    )
    .await;
    assert_eq!(sent(&world, COMMENT), 1);
    // Other words are another comment, even at the same time.
    slowly(&world, COMMENT);
    let (one, other) = tokio::join!(
        world.rpc("review_comment", comment("One.")),
        world.rpc("review_comment", comment("Two."))
    );
    assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    assert_eq!(sent(&world, COMMENT), 3);
    // And the same words again, once the first are there, are meant.
    world.ok("review_comment", comment("Seen.")).await;
    assert_eq!(sent(&world, COMMENT), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_clicks_close_once() {
    let (world, review) = desk().await;
    let restore = world.about_with("admin", &review, json!({ "action": "RESTORE_ALL_ACCESS" }));
    slowly(&world, ACT);
    one_of_two(&world, "review_act", &restore, "is under way already").await;
    assert_eq!(sent(&world, ACT), 1);
    // A refusal leaves nothing behind.
    let refuse = Fault::on("POST", ACT).refuse(403, "E0000006", "You do not have permission", "");
    world.org.faults().fail_next(refuse);
    let close = world.about_with("admin", &review, json!({ "action": "CLOSE_REVIEW" }));
    let refused = world.refused("review_act", close.clone()).await;
    assert!(!refused.title.contains("under way"), "{refused:?}");
    slowly(&world, ACT);
    one_of_two(&world, "review_act", &close, "is under way already").await;
    assert_eq!(sent(&world, ACT), 3);
}
