//! The engine itself sees to it that a click sent twice is sent once, and says what became of what was sent.

use crate::reviews_launch::from_now;
use domain::problem::Problem;
use practice_org::Fault;
use serde_json::{Value, json};
use std::time::Duration;
use support::reviews::{BEN, JUN};
use support::signin::SUPER_ADMIN;
use support::{World, until};

const REVIEWS: &str = "/governance/api/v2/security-access-reviews";
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

/// Makes Gatehouse's own file refuse to take what becomes of launches.
fn full(world: &World) {
    let file = rusqlite::Connection::open(world.folder.path().join("gatehouse.sqlite3")).expect("the file");
    file.execute_batch("CREATE TRIGGER full BEFORE UPDATE ON launch BEGIN SELECT RAISE(ABORT, 'full'); END;")
        .expect("a trigger");
}

fn wanted(world: &World, name: &str) -> Value {
    json!({ "org": world.key, "subject": JUN, "reviewers": [BEN], "name": name, "endTime": from_now(3 * 24 * 60) })
}

/// Okta's answer comes first; that the file could not take it is told beside it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_okta_said_to_a_launch_is_told_though_it_cannot_be_written_down() {
    let (world, _) = desk().await;
    full(&world);
    let taken = world.ok("launch", wanted(&world, "Taken")).await;
    assert_eq!(taken["state"], "pending", "{taken:#}");
    assert!(taken["review"].is_string());
    assert_eq!(taken["problem"]["code"], "storage", "{taken:#}");
    let title = taken["problem"]["title"].as_str().expect("words");
    assert!(title.contains("launched"), "{title}");
    // A refusal stays Okta's, with the file's trouble after it.
    let refuse = Fault::on("POST", REVIEWS).refuse(403, "E0000006", "You do not have permission", "");
    world.org.faults().fail_next(refuse);
    let refused = world.ok("launch", wanted(&world, "Refused")).await;
    assert_eq!(refused["state"], "refused", "{refused:#}");
    assert_eq!(refused["problem"]["okta"]["status"], 403);
    let why = refused["problem"]["why"].as_str().expect("words");
    assert!(why.contains("could not be written down"), "{why}");
    assert_eq!(sent(&world, REVIEWS), 2);
}

/// For many people: the row that was launched is told as launched, and no other is sent after it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_of_many_is_told_too_and_the_list_stops() {
    let (world, _) = desk().await;
    let args = json!({ "org": world.key, "text": "jun.abara9@example.com\nhugo.abara7@example.com", "group": null,
        "template": "Breach: {user}", "reviewers": [BEN], "endTime": from_now(3 * 24 * 60) });
    world.ok("incident_start", args).await;
    let get = async || world.ok("incident_get", json!({ "org": world.key })).await;
    until("names are looked up", async || {
        get().await["head"]["state"] == "ready"
    })
    .await;
    let before = get().await;
    assert_eq!(before["head"]["ready"], 2, "{before:#}");
    full(&world);
    world.ok("incident_run", json!({ "org": world.key })).await;
    until("it stops", async || get().await["head"]["state"] == "paused").await;
    let view = get().await;
    assert_eq!(
        (&view["rows"][0]["state"], &view["rows"][1]["state"]),
        (&json!("launched"), &json!("ready")),
        "{view:#}"
    );
    let words = view["head"]["words"].as_str().expect("words");
    assert!(words.contains("could not be written down"), "{words}");
    assert_eq!(sent(&world, REVIEWS), 1);
}
