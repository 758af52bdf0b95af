//! The engine itself sees to it that a click sent twice is sent once, and says what became of what was sent.

use crate::reviews_launch::from_now;
use domain::problem::Problem;
use practice_org::Fault;
use serde_json::{Value, json};
use std::time::Duration;
use support::signin::SUPER_ADMIN;
use support::{World, until};

const REVIEW: &str = "/governance/api/v2/security-access-reviews/{securityAccessReviewId}";
const HISTORY: &str = "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/history";
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

/// Gives a command, and lets nothing under this path be read from the moment it was sent.
async fn blind_after(world: &World, name: &str, args: Value, what: (&str, &str), blind: &str) -> Problem {
    let (method, template) = what;
    let sent = || asked(world, method, template);
    let slow = Fault::on(method, template).slow(Duration::from_millis(700), Duration::ZERO);
    world.org.faults().fail_next(slow);
    let before = sent();
    let call = world.rpc(name, args);
    let blinds = async {
        until("it is sent", async || sent() > before).await;
        let refuse = Fault::on("GET", blind).refuse(403, "E0000006", "You do not have permission", "");
        world.org.faults().fail_next(refuse.always());
    };
    let (answer, ()) = tokio::join!(call, blinds);
    world.org.faults().clear();
    answer.expect_err("it could not be read back")
}

/// Okta took it, and nobody saw it afterwards: neither the person nor the history is told that it is done.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_read_back_is_not_told_as_done() {
    let (world, review) = desk().await;
    let comment = world.about_with("admin", &review, json!({ "text": "Seen." }));
    let close = world.about_with("admin", &review, json!({ "action": "CLOSE_REVIEW" }));
    let later = json!({ "org": world.key, "review": review, "endTime": from_now(20 * 24 * 60) });
    for (name, args, template, method, blind) in [
        ("review_comment", comment, COMMENT, "POST", HISTORY),
        ("review_update", later, REVIEW, "PATCH", REVIEW),
        ("review_act", close, ACT, "POST", REVIEW),
    ] {
        let problem = blind_after(&world, name, args, (method, template), blind).await;
        assert!(problem.title.starts_with("Okta took it"), "{name}: {problem:?}");
        let history = world.ok("history_list", json!({ "org": world.key })).await;
        assert_eq!(history[0]["outcome"], "unknown", "{name}: {:#}", history[0]);
    }
}
