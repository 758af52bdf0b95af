//! Decisions: the delay in which undo is real, the sending, and what Okta makes of it.

use crate::reviews_launch::from_now;
use practice_org::{Fault, Pace};
use serde_json::{Value, json};
use std::time::Duration;
use support::World;
use support::signin::SUPER_ADMIN;

const ITEM_ACT: &str = "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/accesses/{securityAccessReviewTargetId}/actions";

const ITEMS: &str = "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/accesses";

/// How many decisions the org was asked for.
fn sent(world: &World) -> usize {
    let ledger = world.org.ledger();
    let fits = ledger
        .iter()
        .filter(|entry| entry.method == "POST" && entry.template == ITEM_ACT);
    fits.count()
}

async fn desk() -> (World, String) {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    let review = world.review("admin", "Hugo").await;
    (world, review)
}

async fn status(world: &World, review: &str, name: &str) -> Value {
    world.item("admin", review, name).await["remediation"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn undo_in_time_leaves_no_trace_in_okta() {
    let (world, review) = desk().await;
    world.hurry(Duration::from_secs(30));
    let item = world.item("admin", &review, "Slack").await;
    let made = world.decide("admin", &review, &item, "REVOKE_ACCESS").await;
    assert_eq!(
        (&made["state"], &made["delayMs"]),
        (&json!("waiting"), &json!(30_000))
    );
    let undone = world.ok("decision_undo", json!({ "id": made["id"] })).await;
    assert_eq!(undone["state"], "undone");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(sent(&world), 0);
    assert_eq!(status(&world, &review, "Slack").await, "NONE");
    // Another decision on the same item takes the place of one that waits.
    let first = world.decide("admin", &review, &item, "REVOKE_ACCESS").await;
    let second = world.decide("admin", &review, &item, "REVOKE_ACCESS").await;
    world.decided(&first["id"], "undone").await;
    assert_eq!(world.decision(&second["id"]).await["state"], "waiting");
    world.ok("decision_undo", json!({ "id": second["id"] })).await;
    assert_eq!(sent(&world), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revoke_is_sent_after_its_delay_followed_and_restored() {
    let (world, review) = desk().await;
    let item = world.item("admin", &review, "Slack").await;
    let facts = world
        .ok(
            "decision_facts",
            world.about_with(
                "admin",
                &review,
                json!({ "access": item["id"], "action": "REVOKE_ACCESS" }),
            ),
        )
        .await;
    assert_eq!(facts["automatic"], true, "{facts:#}");
    assert!(!facts["facts"].as_array().expect("facts").is_empty());
    let made = world.decide("admin", &review, &item, "REVOKE_ACCESS").await;
    assert_eq!(sent(&world), 0, "not before the delay");
    world.decided(&made["id"], "following").await;
    let late = world.refused("decision_undo", json!({ "id": made["id"] })).await;
    assert!(late.title.contains("sent already"));
    world.org.advance(10);
    let settled = world.decided(&made["id"], "settled").await;
    assert_eq!(settled["remediation"], "REMEDIATED");
    assert_eq!(settled["inverse"], "RESTORE_ACCESS");
    assert_eq!(sent(&world), 1);
    let item = world.item("admin", &review, "Slack").await;
    let back = world.decide("admin", &review, &item, "RESTORE_ACCESS").await;
    world.ok("decision_send", json!({ "id": back["id"] })).await;
    world.decided(&back["id"], "following").await;
    world.org.advance(10);
    world.decided(&back["id"], "settled").await;
    assert_eq!(status(&world, &review, "Slack").await, "NONE");
    let history = world.ok("history_list", json!({ "org": world.key })).await;
    let said: Vec<&str> = history
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|row| row["action"].as_str())
        .collect();
    assert!(
        said.contains(&"Revoke access: Slack") && said.contains(&"Restore access: Slack"),
        "{said:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_an_item_offers_can_be_decided() {
    let (world, review) = desk().await;
    let list = world.items("admin", &review).await;
    let by_hand = list["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .find(|row| {
            let actions = row["actions"].as_array().expect("actions");
            actions
                .iter()
                .any(|it| it["action"] == "FLAG_FOR_MANUAL_REMEDIATION")
                && !actions.iter().any(|it| it["action"] == "REVOKE_ACCESS")
        })
        .expect("an item for manual work")
        .clone();
    assert!(by_hand["manual"][0]["why"].is_string(), "and why it is");
    let more = json!({ "access": by_hand["id"], "action": "REVOKE_ACCESS" });
    world
        .refused("decision_make", world.about_with("admin", &review, more))
        .await;
    let made = world
        .decide("admin", &review, &by_hand, "FLAG_FOR_MANUAL_REMEDIATION")
        .await;
    let settled = world.decided(&made["id"], "settled").await;
    assert_eq!(settled["remediation"], "PENDING_MANUAL_REMEDIATION");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_lies_below_can_be_decided_too() {
    let (world, review) = desk().await;
    let list = world.items("admin", &review).await;
    for row in list["rows"].as_array().expect("rows") {
        if row["below"].as_array().is_none_or(Vec::is_empty) {
            continue;
        }
        let about = world.about_with("admin", &review, json!({ "access": row["id"] }));
        let below = world.ok("accesses_below", about).await;
        let found = below["rows"].as_array().expect("rows").iter().find(|sub| {
            let actions = sub["actions"].as_array().expect("actions");
            actions.iter().any(|it| it["action"] == "REVOKE_ACCESS")
        });
        let Some(sub) = found else { continue };
        let more = json!({ "access": row["id"], "sub": sub["id"], "action": "REVOKE_ACCESS" });
        let made = world
            .ok("decision_make", world.about_with("admin", &review, more))
            .await;
        world.decided(&made["id"], "following").await;
        world.org.advance(10);
        let settled = world.decided(&made["id"], "settled").await;
        assert_eq!(
            (&settled["item"], &settled["remediation"]),
            (&sub["name"], &json!("REMEDIATED"))
        );
        return;
    }
    panic!("nothing below can be revoked");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_is_looked_for_and_nothing_is_sent_a_second_time() {
    let (world, review) = desk().await;
    let slack = world.item("admin", &review, "Slack").await;
    world
        .org
        .faults()
        .fail_next(Fault::on("POST", ITEM_ACT).after_commit().cut());
    let made = world.decide("admin", &review, &slack, "REVOKE_ACCESS").await;
    world.decided(&made["id"], "following").await;
    assert_eq!(sent(&world), 1, "it had arrived");
    // Not arrived: the item is as it was, which is told, and a person decides anew.
    let zoom = world.item("admin", &review, "Zoom").await;
    world.org.faults().fail_next(Fault::on("POST", ITEM_ACT).cut());
    let made = world.decide("admin", &review, &zoom, "REVOKE_ACCESS").await;
    let unknown = world.decided(&made["id"], "unknown").await;
    let title = unknown["problem"]["title"].as_str().expect("words");
    assert!(title.contains("does not show the decision on Zoom"), "{title}");
    assert_eq!(sent(&world), 2, "not sent a second time by itself");
    assert_eq!(status(&world, &review, "Zoom").await, "NONE");
    let made = world.decide("admin", &review, &zoom, "REVOKE_ACCESS").await;
    world.decided(&made["id"], "following").await;
    assert_eq!(sent(&world), 3);
}

/// The item can't be read either: it is not guessed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_that_cannot_be_looked_for_is_unknown() {
    let (world, review) = desk().await;
    let slack = world.item("admin", &review, "Slack").await;
    let faults = world.org.faults();
    faults.fail_next(Fault::on("POST", ITEM_ACT).after_commit().cut());
    let blind = Fault::on("GET", ITEMS).refuse(403, "E0000006", "You do not have permission", "");
    faults.fail_next(blind.always());
    let made = world.decide("admin", &review, &slack, "REVOKE_ACCESS").await;
    let unknown = world.decided(&made["id"], "unknown").await;
    let title = unknown["problem"]["title"].as_str().expect("words");
    assert!(title.contains("not known whether"), "{title}");
    assert_eq!(sent(&world), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_clicks_send_one_decision() {
    let (world, review) = desk().await;
    world.hurry(Duration::from_secs(30));
    let slack = world.item("admin", &review, "Slack").await;
    let slow = Duration::from_millis(700);
    let fault = Fault::on("POST", ITEM_ACT).slow(slow, Duration::ZERO);
    world.org.faults().fail_next(fault);
    let made = world.decide("admin", &review, &slack, "REVOKE_ACCESS").await;
    world.ok("decision_send", json!({ "id": made["id"] })).await;
    world.decided(&made["id"], "sending").await;
    world.ok("decision_send", json!({ "id": made["id"] })).await;
    let again = world.about_with(
        "admin",
        &review,
        json!({ "access": slack["id"], "action": "REVOKE_ACCESS" }),
    );
    let refused = world.refused("decision_make", again.clone()).await;
    assert!(refused.title.contains("sent already"), "{refused:?}");
    // As a reviewer it is the same item.
    let mut mine = again.clone();
    mine["side"] = json!("my");
    world.refused("decision_make", mine).await;
    world.decided(&made["id"], "following").await;
    world.refused("decision_make", again).await;
    assert_eq!(sent(&world), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_takes_back_what_waits_and_ends_the_looking() {
    let (world, review) = desk().await;
    let zoom = world.item("admin", &review, "Zoom").await;
    let made = world.decide("admin", &review, &zoom, "REVOKE_ACCESS").await;
    world.decided(&made["id"], "following").await;
    world.hurry(Duration::from_millis(1_500));
    let slack = world.item("admin", &review, "Slack").await;
    let waits = world.decide("admin", &review, &slack, "REVOKE_ACCESS").await;
    world.ok("lock", json!({})).await;
    world.decided(&waits["id"], "undone").await;
    let asked = world.org.ledger().len();
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    // What was on its way may still have ended.
    assert!(world.org.ledger().len() <= asked + 1, "nobody looks after a lock");
    assert_eq!(sent(&world), 1, "what waited is not sent");
    // The person is back: it is followed again.
    world.org.advance(10);
    world.items("admin", &review).await;
    world.decided(&made["id"], "settled").await;
    assert_eq!(status(&world, &review, "Slack").await, "NONE");
}

/// The org is made read-only while a decision waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_that_waits_is_not_sent_to_an_org_that_is_read_only_now() {
    let (world, review) = desk().await;
    world.hurry(Duration::from_secs(30));
    let slack = world.item("admin", &review, "Slack").await;
    let made = world.decide("admin", &review, &slack, "REVOKE_ACCESS").await;
    let orgs = world.ok("app_state", json!({})).await["orgs"].clone();
    let org = &orgs.as_array().expect("orgs")[0];
    let change = json!({ "org": world.key, "name": org["name"], "colour": org["colour"],
        "readOnly": true });
    world.ok("org_update", change).await;
    world.ok("decision_send", json!({ "id": made["id"] })).await;
    world.decided(&made["id"], "failed").await;
    assert_eq!(sent(&world), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_when_gatehouse_closes_is_not_sent_and_that_is_told() {
    let (world, review) = desk().await;
    world.hurry(Duration::from_secs(30));
    let item = world.item("admin", &review, "Slack").await;
    world.decide("admin", &review, &item, "REVOKE_ACCESS").await;
    world.engine.shutdown().await;
    assert_eq!(sent(&world), 0);
    let world = world.reopened_with_keychain();
    let state = world.ok("app_state", json!({})).await;
    let notices = state["notices"].as_array().expect("notices");
    assert!(
        notices.iter().any(|it| it
            .as_str()
            .is_some_and(|it| it.contains("Slack") && it.contains("not sent"))),
        "{notices:?}"
    );
    let again = world.ok("app_state", json!({})).await;
    assert_eq!(again["notices"], json!([]), "told once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn comment_change_and_close() {
    let (world, review) = desk().await;
    let comment = world.about_with("admin", &review, json!({ "text": " Talked to Hugo’s manager. " }));
    let page = world.ok("review_comment", comment).await;
    let said = page["rows"][0]["message"].as_str().expect("text");
    assert!(said.contains("Talked to Hugo’s manager."), "{page:#}");
    let long = world.about_with("admin", &review, json!({ "text": "x".repeat(1001) }));
    assert_eq!(
        world.refused("review_comment", long).await.field.as_deref(),
        Some("text")
    );
    let change = |more: Value| {
        let mut args = json!({ "org": world.key, "review": review });
        for (name, value) in more.as_object().expect("an object") {
            args[name] = value.clone();
        }
        args
    };
    let plan = world
        .ok("review_update_plan", change(json!({ "endTime": from_now(59) })))
        .await;
    assert_eq!(plan["problems"][0]["field"], "endTime");
    let own = change(json!({ "reviewers": [support::reviews::HUGO] }));
    let plan = world.ok("review_update_plan", own).await;
    assert_eq!(plan["problems"][0]["field"], "reviewers", "{plan:#}");
    let wanted = change(json!({ "endTime": from_now(72 * 60), "reviewers": [support::reviews::BEN] }));
    let plan = world.ok("review_update_plan", wanted.clone()).await;
    assert_eq!(plan["request"]["method"], "PATCH", "{plan:#}");
    let open = world.ok("review_update", wanted).await;
    assert_eq!(open["review"]["reviewers"].as_array().expect("people").len(), 1);
    // A decision that waits would be lost with the closing.
    world.hurry(Duration::from_secs(30));
    let item = world.item("admin", &review, "Slack").await;
    let made = world.decide("admin", &review, &item, "REVOKE_ACCESS").await;
    let close = world.about_with("admin", &review, json!({ "action": "CLOSE_REVIEW" }));
    let waits = world.refused("review_act", close.clone()).await;
    assert!(waits.title.contains("not been sent"), "{waits:?}");
    world.ok("decision_undo", json!({ "id": made["id"] })).await;
    let closed = world.ok("review_act", close.clone()).await;
    assert_eq!(closed["review"]["status"], "CLOSED");
    assert!(closed["resting"].is_string() && closed["editable"] == false);
    world.refused("review_act", close).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn restore_all_gives_back_what_was_taken() {
    let (world, review) = desk().await;
    world.org.faults().pace(Pace {
        remediation: 0,
        ..Pace::default()
    });
    assert_eq!(status(&world, &review, "Figma").await, "REMEDIATED");
    let all = world.about_with("admin", &review, json!({ "action": "RESTORE_ALL_ACCESS" }));
    world.ok("review_act", all).await;
    support::until("it is back", async || {
        status(&world, &review, "Figma").await == "NONE"
    })
    .await;
}
