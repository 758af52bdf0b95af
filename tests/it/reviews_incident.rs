//! Launching for many people: looked up, launched inside the rate limit, gone on with after a crash, never twice.

use crate::reviews_launch::from_now;
use practice_org::{Fault, Options};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use support::reviews::{BEN, HUGO, ROBIN};
use support::signin::SUPER_ADMIN;
use support::{World, unlimited};

const REVIEWS: &str = "/governance/api/v2/security-access-reviews";
const LONG: Duration = Duration::from_secs(240);

fn org(world: &World) -> Value {
    json!({ "org": world.key })
}

fn args(world: &World, text: &str, reviewers: &[&str]) -> Value {
    let end = from_now(72 * 60);
    json!({ "org": world.key, "text": text, "reviewers": reviewers, "template": "Incident 7: {user}",
        "endTime": end })
}

/// Something of each of so many active people, but of the reviewer.
async fn others(world: &World, most: u32, what: &str) -> Vec<String> {
    let path = format!("/api/v1/users?limit={most}&filter=status%20eq%20%22ACTIVE%22");
    let people = world.okta(&path).await;
    let people = people.as_array().expect("people").iter();
    people
        .filter(|it| it["id"] != BEN)
        .map(|it| it.pointer(what).and_then(Value::as_str).expect("text").to_owned())
        .collect()
}

async fn until_state(world: &World, states: &[&str]) -> Value {
    let begun = Instant::now();
    loop {
        let view = world.ok("incident_get", org(world)).await;
        let state = view["head"]["state"].as_str().unwrap_or_default();
        if states.contains(&state) {
            return view;
        }
        assert!(begun.elapsed() < LONG, "still {state}: {:#}", view["head"]);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn states(view: &Value) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for row in view["rows"].as_array().expect("rows") {
        let state = row["state"].as_str().expect("text").to_owned();
        *count.entry(state).or_insert(0) += 1;
    }
    count
}

fn row<'a>(view: &'a Value, text: &str) -> &'a Value {
    let rows = view["rows"].as_array().expect("rows");
    rows.iter()
        .find(|row| row["text"] == text)
        .unwrap_or_else(|| panic!("no row {text}"))
}

/// Statuses of launches the org was asked for.
fn launches(world: &World) -> Vec<u16> {
    let ledger = world.org.ledger();
    let fits = ledger
        .iter()
        .filter(|entry| entry.method == "POST" && entry.template == REVIEWS);
    fits.map(|entry| entry.status).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pasted_names_are_looked_up_and_looked_over_before_anything_is_launched() {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    let text = format!("Hugo Abara\nben.abara1@example.com\n{HUGO}; nobody@example.com\nAbara");
    let begun = world
        .ok("incident_start", args(&world, &text, &[BEN, ROBIN]))
        .await;
    assert_eq!(begun["rows"].as_array().expect("rows").len(), 5);
    let view = until_state(&world, &["ready"]).await;
    assert_eq!(row(&view, "Hugo Abara")["state"], "ready");
    assert_eq!(row(&view, "Hugo Abara")["name"], "Incident 7: Hugo Abara");
    assert_eq!(row(&view, HUGO)["state"], "barred", "the same person twice");
    let own = row(&view, "ben.abara1@example.com");
    assert!(
        own["state"] == "barred"
            && own["note"]
                .as_str()
                .expect("text")
                .contains("among the reviewers")
    );
    assert_eq!(row(&view, "nobody@example.com")["state"], "notFound");
    let many = row(&view, "Abara");
    assert_eq!(many["state"], "ambiguous");
    assert_eq!(launches(&world).len(), 0);
    let candidates = many["candidates"].as_array().expect("candidates");
    assert_eq!(candidates.len(), 10);
    let note = many["note"].as_str().expect("text");
    assert!(
        note.starts_with("11 people fit.") && note.contains("first 10"),
        "who is not offered is told of: {note}"
    );
    let chosen = candidates
        .iter()
        .find(|it| ![HUGO, BEN].contains(&it["id"].as_str().expect("an id")))
        .expect("somebody else");
    let choice = json!({ "org": world.key, "row": many["id"], "person": chosen["id"] });
    let view = world.ok("incident_row", choice).await;
    assert_eq!(view["head"]["ready"], 2, "{:#}", view["head"]);
    let stranger = json!({ "org": world.key, "row": many["id"], "person": "00u1p000000000000099" });
    world.refused("incident_row", stranger).await;
    world.ok("incident_run", org(&world)).await;
    let done = until_state(&world, &["done"]).await;
    assert_eq!(done["head"]["launched"], 2);
    assert_eq!(launches(&world), [202, 202]);
    world.ok("incident_clear", org(&world)).await;
    assert!(world.ok("incident_get", org(&world)).await.is_null());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_for_all_of_them_stops_the_start() {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    for empty in ["", " \n, ;"] {
        let refused = world.refused("incident_start", args(&world, empty, &[BEN])).await;
        assert_eq!(refused.field.as_deref(), Some("text"));
    }
    let many: String = (0..201).map(|n| format!("p{n}@example.com\n")).collect();
    world.refused("incident_start", args(&world, &many, &[BEN])).await;
    world.ok("incident_start", args(&world, "Hugo Abara", &[])).await;
    let view = until_state(&world, &["ready"]).await;
    assert_eq!(view["head"]["problems"][0]["field"], "reviewers");
    world.refused("incident_run", org(&world)).await;
    let end = from_now(23 * 60);
    let change = json!({ "org": world.key, "reviewers": [BEN], "template": "X {user}", "endTime": end });
    let view = world.ok("incident_change", change).await;
    assert_eq!(view["head"]["problems"][0]["field"], "endTime");
    assert_eq!(launches(&world).len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn failed_rows_are_tried_again_and_lost_ones_are_looked_for() {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    let text = "Hugo Abara\njun.abara9@example.com\nines.abara8@example.com";
    world.ok("incident_start", args(&world, text, &[BEN])).await;
    until_state(&world, &["ready"]).await;
    let faults = world.org.faults();
    faults.fail_next(Fault::on("POST", REVIEWS).after_commit().cut());
    faults.fail_next(Fault::on("POST", REVIEWS).refuse(
        400,
        "E0000001",
        "Api validation failed",
        "name: odd",
    ));
    world.ok("incident_run", org(&world)).await;
    let view = until_state(&world, &["done"]).await;
    assert_eq!(
        states(&view),
        BTreeMap::from([("failed".into(), 1), ("found".into(), 1), ("launched".into(), 1)])
    );
    world.ok("incident_retry", org(&world)).await;
    let view = until_state(&world, &["done"]).await;
    assert_eq!(view["head"]["launched"], 3, "{view:#}");
    assert_eq!(launches(&world).len(), 4, "three reviews, and one refusal");
}

/// A lost answer that can't be looked for stops the list: what comes after it is not sent, and it is looked for before any
/// other try.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_row_that_cannot_be_looked_for_stops_the_list() {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    let text = "Hugo Abara\njun.abara9@example.com\nines.abara8@example.com";
    world.ok("incident_start", args(&world, text, &[BEN])).await;
    until_state(&world, &["ready"]).await;
    let faults = world.org.faults();
    faults.fail_next(Fault::on("POST", REVIEWS).after_commit().cut());
    faults.fail_next(
        Fault::on("GET", REVIEWS)
            .refuse(403, "E0000006", "No", "")
            .always(),
    );
    world.ok("incident_run", org(&world)).await;
    let view = until_state(&world, &["paused"]).await;
    assert_eq!(
        states(&view),
        BTreeMap::from([("ready".into(), 2), ("unknown".into(), 1)]),
        "{view:#}"
    );
    assert_eq!(launches(&world).len(), 1);
    faults.clear();
    world.ok("incident_retry", org(&world)).await;
    let view = until_state(&world, &["done"]).await;
    assert_eq!(
        states(&view),
        BTreeMap::from([("found".into(), 1), ("launched".into(), 2)]),
        "{view:#}"
    );
    assert_eq!(launches(&world).len(), 3, "each once");
}

/// A row whose launch never arrived is launched anew when the person asks for it, after one more look.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_that_never_arrived_is_launched_anew_only_when_asked() {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    world
        .ok("incident_start", args(&world, "Hugo Abara", &[BEN]))
        .await;
    until_state(&world, &["ready"]).await;
    world.org.faults().fail_next(Fault::on("POST", REVIEWS).cut());
    world.ok("incident_run", org(&world)).await;
    let view = until_state(&world, &["done"]).await;
    assert_eq!(states(&view), BTreeMap::from([("unknown".into(), 1)]));
    assert_eq!(launches(&world).len(), 1, "not by itself");
    let looked = world.asked_for(REVIEWS);
    world.ok("incident_retry", org(&world)).await;
    let view = until_state(&world, &["done"]).await;
    assert_eq!(states(&view), BTreeMap::from([("launched".into(), 1)]));
    assert_eq!(launches(&world).len(), 2);
    let looks = world.asked_for(REVIEWS) - looked;
    assert!(looks > 1, "looked for first");
}

/// What was launched is watched until it is ready: one look at the list for all, and the rows say it, after a restart too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_launched_is_watched_together_until_it_is_ready() {
    let world = World::with(Options {
        users: 40,
        ..unlimited()
    })
    .await;
    world.reviewing(SUPER_ADMIN).await;
    let ids = others(&world, 30, "/id").await;
    world
        .ok("incident_start", args(&world, &ids.join("\n"), &[BEN]))
        .await;
    until_state(&world, &["ready"]).await;
    let begun = Instant::now();
    world.ok("incident_run", org(&world)).await;
    let view = until_state(&world, &["done"]).await;
    let notes = |view: &Value, says: &str| {
        let rows = view["rows"].as_array().expect("rows");
        let note = |row: &&Value| row["note"].as_str().is_some_and(|it| it.contains(says));
        rows.iter().filter(note).count()
    };
    assert_eq!(notes(&view, "gathering"), ids.len(), "{view:#}");
    let one = format!("{REVIEWS}/{{securityAccessReviewId}}");
    let asked = |world: &World| {
        let ledger = world.org.ledger();
        let reads = ledger.iter().filter(|it| it.method == "GET");
        let of = |template: &str| reads.clone().filter(|it| it.template == template).count();
        (of(REVIEWS), of(&one))
    };
    tokio::time::sleep(Duration::from_millis(700)).await;
    let (lists, ones) = asked(&world);
    let looks = usize::try_from(begun.elapsed().as_millis() / 150).expect("a number");
    assert!(
        (1..=looks).contains(&lists) && ones <= 1,
        "one look for all: {lists} of {looks}, {ones}"
    );
    // Gatehouse is closed meanwhile: the next run watches on.
    world.engine.shutdown().await;
    let world = world.reopened_with_keychain();
    world.hurry(Duration::from_millis(100));
    let view = world.ok("incident_get", org(&world)).await;
    assert_eq!(notes(&view, "gathering"), ids.len());
    world.org.advance(10);
    support::until("the rows are ready", async || {
        let view = world.ok("incident_get", org(&world)).await;
        notes(&view, "can be worked through") == ids.len()
    })
    .await;
    let (_, ones) = asked(&world);
    assert!(ones <= 3, "not one by one: {ones}");
    // Nobody asks any more once all are ready.
    let before = world.org.ledger().len();
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(world.org.ledger().len(), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_pauses_launching() {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    let slow = Duration::from_millis(400);
    let fault = Fault::on("POST", REVIEWS).slow(slow, Duration::ZERO);
    world.org.faults().fail_next(fault.always());
    let text = "Hugo Abara\njun.abara9@example.com\nines.abara8@example.com";
    world.ok("incident_start", args(&world, text, &[BEN])).await;
    until_state(&world, &["ready"]).await;
    world.ok("incident_run", org(&world)).await;
    support::until("one is on its way", async || launches(&world).len() == 1).await;
    world.ok("lock", json!({})).await;
    let view = until_state(&world, &["paused"]).await;
    assert!(view["head"]["words"].as_str().expect("words").contains("locked"));
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    assert_eq!(launches(&world).len(), 1);
    world.ok("incident_run", org(&world)).await;
    until_state(&world, &["done"]).await;
    assert_eq!(launches(&world), [202, 202, 202]);
}

/// A row that waits for a place under Okta's limit has not begun: a pause leaves it as it was, and nothing goes out for it later.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_for_the_limit_can_be_paused() {
    let world = World::with(Options {
        users: 20,
        ..Options::default()
    })
    .await;
    world.org.faults().bucket(REVIEWS, 6, 600);
    world.reviewing(SUPER_ADMIN).await;
    let ids = others(&world, 14, "/id").await;
    world
        .ok("incident_start", args(&world, &ids.join("\n"), &[BEN]))
        .await;
    until_state(&world, &["ready"]).await;
    world.ok("incident_run", org(&world)).await;
    support::until("it waits for the limit", async || {
        let before = launches(&world).len();
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        before > 0 && launches(&world).len() == before
    })
    .await;
    let view = world.ok("incident_get", org(&world)).await;
    assert_eq!(view["head"]["state"], "running");
    assert_eq!(states(&view).get("sending"), None, "{:?}", states(&view));
    let gone = launches(&world).len();
    let view = world.ok("incident_pause", org(&world)).await;
    assert_eq!(states(&view)["ready"], ids.len() - gone);
    world.org.advance(601);
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    assert_eq!(launches(&world).len(), gone);
    assert!(launches(&world).iter().all(|status| *status == 202));
}

/// 200 launches at 50 a window, with a crash in the middle: no 429, no duplicates.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_launches_keep_inside_the_limit_and_survive_a_crash() {
    let world = World::with(Options {
        users: 200,
        ..Options::default()
    })
    .await;
    world.org.faults().bucket(REVIEWS, 50, 2);
    world.org.faults().bucket("/api/v1/users", 500, 2);
    world.org.faults().bucket("/api/v1/apps", 500, 2);
    world.reviewing(SUPER_ADMIN).await;
    let logins = others(&world, 200, "/profile/login").await;
    assert!(logins.len() >= 190, "{}", logins.len());
    world
        .ok("incident_start", args(&world, &logins.join("\n"), &[BEN]))
        .await;
    let view = until_state(&world, &["ready"]).await;
    assert_eq!(view["head"]["ready"], logins.len(), "{:?}", states(&view));
    world.ok("incident_run", org(&world)).await;
    let begun = Instant::now();
    while launches(&world).len() < 70 {
        assert!(begun.elapsed() < LONG);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    world.engine.shutdown().await;
    let world = world.reopened_with_keychain();
    world.hurry(Duration::from_millis(100));
    let view = world.ok("incident_get", org(&world)).await;
    assert_eq!(view["head"]["state"], "paused", "{:#}", view["head"]);
    world.ok("incident_run", org(&world)).await;
    let mut view = until_state(&world, &["done"]).await;
    if view["head"]["failed"] != 0 {
        world.ok("incident_retry", org(&world)).await;
        view = until_state(&world, &["done"]).await;
    }
    assert_eq!(view["head"]["launched"], logins.len(), "{:?}", states(&view));
    let list = world.reviews("admin", "all").await;
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for row in list["rows"].as_array().expect("rows") {
        let name = row["name"].as_str().expect("a name");
        if name.starts_with("Incident 7") {
            *names.entry(name).or_default() += 1;
        }
    }
    assert_eq!(names.len(), logins.len());
    assert!(names.values().all(|count| *count == 1), "each once");
    let refused = launches(&world).iter().filter(|status| **status == 429).count();
    assert_eq!(refused, 0, "the limit was never overrun");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_can_be_paused_gone_on_with_and_cancelled() {
    let world = World::with(Options {
        users: 40,
        ..unlimited()
    })
    .await;
    world.reviewing(SUPER_ADMIN).await;
    let slow = Duration::from_millis(120);
    world
        .org
        .faults()
        .fail_next(Fault::on("POST", REVIEWS).slow(slow, slow).always());
    let text = others(&world, 30, "/id").await;
    world
        .ok("incident_start", args(&world, &text.join("\n"), &[BEN]))
        .await;
    until_state(&world, &["ready"]).await;
    world.ok("incident_run", org(&world)).await;
    support::until("some are launched", async || launches(&world).len() >= 2).await;
    world.ok("incident_pause", org(&world)).await;
    until_state(&world, &["paused"]).await;
    let paused = launches(&world).len();
    assert!(paused < text.len());
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(launches(&world).len(), paused, "nothing goes out while paused");
    world.ok("incident_run", org(&world)).await;
    support::until("it goes on", async || launches(&world).len() > paused).await;
    let view = world.ok("incident_cancel", org(&world)).await;
    assert_eq!(view["head"]["state"], "cancelled");
    // What was on its way comes to its end.
    support::until("nothing is on its way", async || {
        let before = launches(&world).len();
        tokio::time::sleep(Duration::from_millis(600)).await;
        launches(&world).len() == before
    })
    .await;
    let ended = launches(&world).len();
    assert!(ended < text.len(), "the rest is never launched");
}
