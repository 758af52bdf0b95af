//! Launching: what is refused before it is sent, and that a lost answer never makes two.

use crate::contract_reviews::stamp;
use practice_org::{Fault, Switch};
use serde_json::{Value, json};
use support::reviews::{BEN, HUGO, JUN, ROBIN};
use support::signin::SUPER_ADMIN;
use support::{World, until};

const REVIEWS: &str = "/governance/api/v2/security-access-reviews";

fn launches(world: &World) -> usize {
    let ledger = world.org.ledger();
    let fits = ledger
        .iter()
        .filter(|entry| entry.method == "POST" && entry.template == REVIEWS);
    fits.count()
}

/// A moment so many minutes from now, as Okta has times.
pub fn from_now(minutes: i64) -> String {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("after 1970");
    stamp(i64::try_from(now.as_secs()).expect("a number") + minutes * 60)
}

fn wanted(world: &World, changes: &Value) -> Value {
    let mut args = json!({ "org": world.key, "subject": JUN, "reviewers": [BEN], "name": "Lost phone: {user}, {date}",
        "endTime": from_now(3 * 24 * 60) });
    for (name, value) in changes.as_object().expect("an object") {
        args[name] = value.clone();
    }
    args
}

async fn desk() -> World {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    world
}

/// The launch as the window sees it.
async fn shown(world: &World, id: &Value) -> Value {
    let form = world.ok("launch_form", json!({ "org": world.key })).await;
    let all = form["launches"].as_array().expect("launches").clone();
    all.into_iter().find(|it| it["id"] == *id).expect("the launch")
}

async fn becomes(world: &World, id: &Value, state: &str) -> Value {
    let mut last = Value::Null;
    until(&format!("the launch is {state}"), async || {
        last = shown(world, id).await;
        last["state"] == state
    })
    .await;
    last
}

async fn named(world: &World, name: &str) -> usize {
    let list = world.reviews("admin", "all").await;
    let rows = list["rows"].as_array().expect("rows");
    rows.iter().filter(|row| row["name"] == name).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_okta_would_refuse_is_refused_before_it_is_sent() {
    let world = desk().await;
    let eleven: Vec<String> = [1, 2, 3, 4, 5, 6, 7, 8, 10, 11]
        .iter()
        .map(|n| format!("00u1p{n:015}"))
        .chain([ROBIN.to_owned()])
        .collect();
    for (changes, field) in [
        // The guide's own example: the subject among the reviewers.
        (json!({ "reviewers": [JUN, BEN] }), "reviewers"),
        (json!({ "reviewers": eleven }), "reviewers"),
        (json!({ "reviewers": [] }), "reviewers"),
        (json!({ "endTime": from_now(24 * 60 - 1) }), "endTime"),
        (json!({ "endTime": from_now(7 * 31 * 24 * 60) }), "endTime"),
        (json!({ "endTime": "tomorrow" }), "endTime"),
        (json!({ "name": "" }), "name"),
        (json!({ "name": "x".repeat(256) }), "name"),
        (json!({ "subject": "" }), "subject"),
    ] {
        let plan = world.ok("launch_plan", wanted(&world, &changes)).await;
        assert_eq!(plan["problems"][0]["field"], field, "{changes}: {plan:#}");
        assert!(plan["request"].is_null());
        let refused = world.refused("launch", wanted(&world, &changes)).await;
        assert_eq!(refused.field.as_deref(), Some(field), "{changes}");
        assert!(
            refused.title.ends_with('.') && refused.why.ends_with('.'),
            "a sentence: {refused:?}"
        );
    }
    let own = json!({ "reviewers": [JUN, BEN] });
    let refused = world.refused("launch", wanted(&world, &own)).await;
    assert_eq!(refused.title, "Jun Abara can’t review their own access.");
    assert_eq!(launches(&world), 0, "nothing was sent");
    let history = world.ok("history_list", json!({ "org": world.key })).await;
    assert_eq!(history, json!([]), "and nothing is told as sent");
    let form = world.ok("launch_form", json!({ "org": world.key })).await;
    assert_eq!(form["launches"], json!([]), "nor written down");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_is_shown_sent_once_and_watched_until_it_is_active() {
    let world = desk().await;
    let plan = world.ok("launch_plan", wanted(&world, &json!({}))).await;
    assert_eq!(plan["problems"], json!([]), "{plan:#}");
    assert!(
        plan["name"]
            .as_str()
            .expect("text")
            .starts_with("Lost phone: Jun Abara, ")
    );
    assert!(
        plan["request"]["body"]
            .as_str()
            .expect("text")
            .contains("includedUserIds")
    );
    let curl = plan["request"]["curl"].as_str().expect("text");
    assert!(curl.contains("POST"));
    let view = world.ok("launch", wanted(&world, &json!({}))).await;
    assert_eq!(view["state"], "pending", "{view:#}");
    world.org.advance(10);
    let active = becomes(&world, &view["id"], "active").await;
    assert_eq!(active["found"], false);
    let review = active["review"].as_str().expect("a review");
    let list = world.reviews("admin", "active").await;
    let row = list["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .find(|row| row["id"] == review)
        .expect("the row");
    assert_eq!(
        (&row["ours"], &row["subject"]["name"]),
        (&json!(true), &json!("Jun Abara"))
    );
    assert_eq!(launches(&world), 1);
    let form = world.ok("launch_form", json!({ "org": world.key })).await;
    assert_eq!(form["lastReviewers"][0]["id"], BEN);
    world.ok("launch_dismiss", json!({ "id": view["id"] })).await;
    let form = world.ok("launch_form", json!({ "org": world.key })).await;
    assert_eq!(form["launches"], json!([]));
}

/// The list may see it before the watch looks again; both then say the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_whose_review_was_read_in_the_list_is_told_too() {
    let world = desk().await;
    let hour = std::time::Duration::from_secs(3_600);
    world.engine.set_review_times(engine::Times {
        watch: hour,
        ..engine::Times::default()
    });
    let view = world.ok("launch", wanted(&world, &json!({}))).await;
    assert_eq!(view["state"], "pending", "{view:#}");
    world.org.advance(600);
    world.reviews("admin", "active").await;
    becomes(&world, &view["id"], "active").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_okta_cannot_make_ready_is_told() {
    let world = desk().await;
    world.org.set_switch(Switch::ReviewFails, true);
    let view = world.ok("launch", wanted(&world, &json!({}))).await;
    world.org.advance(10);
    becomes(&world, &view["id"], "error").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_lost_after_the_commit_makes_one_review_told_as_found() {
    let world = desk().await;
    world
        .org
        .faults()
        .fail_next(Fault::on("POST", REVIEWS).after_commit().cut());
    let view = world
        .ok("launch", wanted(&world, &json!({ "name": "Lost and found" })))
        .await;
    assert_eq!(view["state"], "looking", "{view:#}");
    until("it is found", async || {
        shown(&world, &view["id"]).await["found"] == true
    })
    .await;
    assert_eq!(named(&world, "Lost and found").await, 1);
    assert_eq!(launches(&world), 1, "never a second time");
    assert!(
        shown(&world, &view["id"]).await["words"]
            .as_str()
            .expect("text")
            .contains("launched once")
    );
}

/// The list can't be read when the lost launch is first looked for: it is looked for again, and never sent again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_is_found_later_when_the_list_cannot_be_read_at_first() {
    let world = desk().await;
    let faults = world.org.faults();
    faults.fail_next(Fault::on("POST", REVIEWS).after_commit().cut());
    faults.fail_next(Fault::on("GET", REVIEWS).cut().always());
    let view = world
        .ok("launch", wanted(&world, &json!({ "name": "Blind" })))
        .await;
    assert_eq!(view["state"], "looking", "{view:#}");
    let mut last = Value::Null;
    until("it was looked for in vain", async || {
        last = shown(&world, &view["id"]).await;
        !last["problem"].is_null()
    })
    .await;
    assert_eq!(last["state"], "looking", "neither found nor given up: {last:#}");
    assert_eq!(launches(&world), 1);
    world.org.faults().clear();
    // The page asks again, or Gatehouse is started anew.
    until("it is found", async || {
        shown(&world, &view["id"]).await["found"] == true
    })
    .await;
    assert_eq!(named(&world, "Blind").await, 1);
    assert_eq!(launches(&world), 1, "never a second time");
}

/// The list is whole again within one look.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_that_fails_a_few_times_does_not_lose_a_launch() {
    let world = desk().await;
    let faults = world.org.faults();
    faults.fail_next(Fault::on("POST", REVIEWS).after_commit().cut());
    let down = Fault::on("GET", REVIEWS).refuse(503, "E0000009", "Internal Server Error", "");
    faults.fail_next(down.times(5));
    let view = world
        .ok("launch", wanted(&world, &json!({ "name": "Half blind" })))
        .await;
    until("it is found", async || {
        shown(&world, &view["id"]).await["found"] == true
    })
    .await;
    assert_eq!((named(&world, "Half blind").await, launches(&world)), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_clicks_launch_one_review() {
    let world = desk().await;
    let slow = std::time::Duration::from_millis(300);
    let fault = Fault::on("POST", REVIEWS).slow(slow, std::time::Duration::ZERO);
    world.org.faults().fail_next(fault);
    let args = wanted(&world, &json!({ "name": "Double" }));
    let (one, other) = tokio::join!(
        world.rpc("launch", args.clone()),
        world.rpc("launch", args.clone())
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    // And once more, a moment after it was taken.
    let refused = world.refused("launch", args).await;
    assert!(refused.title.contains("is being launched already"), "{refused:?}");
    assert_eq!(launches(&world), 1);
    // Another name is another wish.
    world
        .ok("launch", wanted(&world, &json!({ "name": "Double two" })))
        .await;
    assert_eq!(launches(&world), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_review_of_the_same_name_is_not_taken_for_it() {
    let world = desk().await;
    let other = json!({ "name": "Twice", "subject": HUGO });
    let first = world.ok("launch", wanted(&world, &other)).await;
    world.org.advance(10);
    becomes(&world, &first["id"], "active").await;
    // Somebody else's of the same name and time, about another person.
    world.ok("launch_dismiss", json!({ "id": first["id"] })).await;
    world.org.faults().fail_next(Fault::on("POST", REVIEWS).cut());
    let lost = world
        .ok("launch", wanted(&world, &json!({ "name": "Twice" })))
        .await;
    assert_eq!(lost["state"], "looking");
    world.engine.shutdown().await;
    let world = world.reopened_with_keychain();
    world.hurry(std::time::Duration::from_millis(100));
    let checked = world.ok("launch_check", json!({ "id": lost["id"] })).await;
    assert_ne!(checked["found"], true, "{checked:#}");
    assert_eq!(
        launches(&world),
        2,
        "one arrived, one was lost, none was sent again"
    );
}

/// As after a power cut between the request and its answer: the intent is in the file, and the next run looks.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crash_in_between_is_looked_for_by_the_next_run() {
    let world = desk().await;
    let hang = std::time::Duration::from_secs(30);
    world
        .org
        .faults()
        .fail_next(Fault::on("POST", REVIEWS).slow(hang, hang));
    let args = wanted(&world, &json!({ "name": "Power cut" }));
    let engine = world.engine.clone();
    let asked = tokio::spawn(async move {
        engine
            .dispatch_json(json!({ "name": "launch", "args": args }))
            .await
    });
    until("the request is there", async || launches(&world) == 1).await;
    // Carried out, not answered.
    world.engine.shutdown().await;
    asked.abort();
    let _ = asked.await;
    let world = world.reopened_with_keychain();
    world.hurry(std::time::Duration::from_millis(100));
    let form = world.ok("launch_form", json!({ "org": world.key })).await;
    let id = form["launches"][0]["id"].clone();
    until("it is found", async || shown(&world, &id).await["found"] == true).await;
    assert_eq!(named(&world, "Power cut").await, 1);
    assert_eq!(launches(&world), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_api_token_launches_and_says_what_it_cannot() {
    let world = World::story().await;
    world.hurry(std::time::Duration::from_millis(100));
    let form = world.ok("launch_form", json!({ "org": world.key })).await;
    assert!(form["notes"][0].as_str().expect("text").contains("API token"));
    let view = world.ok("launch", wanted(&world, &json!({}))).await;
    assert_eq!(view["state"], "pending", "{view:#}");
    // Its lost answer can't be looked for, and is not guessed.
    world
        .org
        .faults()
        .fail_next(Fault::on("POST", REVIEWS).after_commit().cut());
    let lost = world
        .ok("launch", wanted(&world, &json!({ "name": "By token" })))
        .await;
    becomes(&world, &lost["id"], "unknown").await;
    assert_eq!(launches(&world), 2);
}
