//! A lock and what is looked at from time to time: nothing looks while nobody is there, and whoever comes back need not ask.

use crate::reviews_launch::from_now;
use engine::ipc::events::Event;
use practice_org::{Fault, Pace};
use serde_json::{Value, json};
use std::time::Duration;
use support::reviews::{BEN, JUN};
use support::signin::SUPER_ADMIN;
use support::{PATIENCE, World, until};
use tokio::sync::broadcast::Receiver;

const REVIEW: &str = "/governance/api/v2/security-access-reviews/{securityAccessReviewId}";
/// Seconds until a review is ready: not while a test runs.
const GATHERING: i64 = 600;
/// Several looks long.
const A_WHILE: Duration = Duration::from_millis(900);

/// An org with a review that was launched just now, and the launch.
async fn launched() -> (World, Value) {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    world.org.faults().pace(Pace {
        gathering: GATHERING,
        ..Pace::default()
    });
    let args = json!({ "org": world.key, "subject": JUN, "reviewers": [BEN], "name": "Lost phone",
        "endTime": from_now(3 * 24 * 60) });
    let view = world.ok("launch", args).await;
    assert_eq!(view["state"], "pending", "{view:#}");
    (world, view)
}

/// Waits until the window is told that the review has this status, asking nothing.
async fn told(events: &mut Receiver<Event>, id: &Value, status: &str) {
    let wait = async {
        loop {
            if let Ok(Event::Review { review, .. }) = events.recv().await
                && review.id == *id
                && review.status == status
            {
                return;
            }
        }
    };
    let heard = tokio::time::timeout(PATIENCE, wait).await;
    heard.unwrap_or_else(|_| panic!("{id} is not told as {status}"));
}

/// Waits until nothing was asked of the org for a while; how much was asked until then.
async fn quiet(world: &World) -> usize {
    let mut before = usize::MAX;
    until("nothing is asked any more", async || {
        let now = world.org.ledger().len();
        let same = now == before;
        before = now;
        tokio::time::sleep(A_WHILE).await;
        same && world.org.ledger().len() == now
    })
    .await;
    before
}

/// The keychain is asked again with each look, so there is none; a click is enough for the next.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pending_review_is_looked_at_again_when_somebody_is_back() {
    let (world, view) = launched().await;
    world.ok("lock", json!({})).await;
    let asked = quiet(&world).await;
    // What the window reads again by itself takes nothing up.
    for _ in 0..2 {
        let form = world.ok("launch_form", json!({ "org": world.key })).await;
        assert_eq!(form["launches"][0]["state"], "pending");
        world.ok("incident_get", json!({ "org": world.key })).await;
    }
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(world.org.ledger().len(), asked, "it looks while it is locked");
    world.org.advance(GATHERING);
    let mut events = world.engine.subscribe();
    world.ok("org_select", json!({ "org": world.key })).await;
    told(&mut events, &view["review"], "ACTIVE").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nor_does_it_look_when_nobody_was_there() {
    let (world, view) = launched().await;
    world.engine.unused_for(Duration::from_secs(3_600 * 24));
    world.ok("calls_list", json!({})).await;
    let asked = quiet(&world).await;
    world.ok("launch_form", json!({ "org": world.key })).await;
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(world.org.ledger().len(), asked, "it looks while nobody is there");
    world.org.advance(GATHERING);
    let mut events = world.engine.subscribe();
    // Locking once more is no coming back.
    world.ok("lock", json!({})).await;
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(world.org.ledger().len(), asked, "it looks after another lock");
    world.ok("org_select", json!({ "org": world.key })).await;
    told(&mut events, &view["review"], "ACTIVE").await;
}

/// A page that reads the review while it is locked is told that it waits, and nothing more comes of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_review_opened_while_locked_says_that_it_waits() {
    let (world, view) = launched().await;
    let review = view["review"].as_str().expect("an id");
    let about = world.about("admin", review);
    let resting = async || {
        let open = world.ok("review_open", about.clone()).await;
        open["resting"].as_str().expect("a sentence").to_owned()
    };
    assert!(!resting().await.contains("locked"));
    world.ok("lock", json!({})).await;
    let said = resting().await;
    assert!(said.contains("locked"), "{said}");
    let asked = quiet(&world).await;
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(world.org.ledger().len(), asked);
    let mut events = world.engine.subscribe();
    world.ok("org_select", json!({ "org": world.key })).await;
    assert!(!resting().await.contains("locked"));
    world.org.advance(GATHERING);
    told(&mut events, &view["review"], "ACTIVE").await;
}

/// A launch whose answer was lost is looked for when somebody is back, not when the page reads its launches again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_launch_is_looked_for_when_somebody_is_back() {
    let (world, _) = launched().await;
    let list = "/governance/api/v2/security-access-reviews";
    let faults = world.org.faults();
    faults.fail_next(Fault::on("POST", list).after_commit().cut());
    faults.fail_next(Fault::on("GET", list).cut().always());
    let args = json!({ "org": world.key, "subject": JUN, "reviewers": [BEN], "name": "Blind",
        "endTime": from_now(3 * 24 * 60) });
    let lost = world.ok("launch", args).await;
    let mut events = world.engine.subscribe();
    let told = async |events: &mut Receiver<Event>, fits: &dyn Fn(&Value) -> bool| {
        let wait = async {
            loop {
                if let Ok(Event::Launch { view }) = events.recv().await
                    && fits(&json!(view))
                {
                    return;
                }
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("it is told");
    };
    told(&mut events, &|view| {
        view["id"] == lost["id"] && !view["problem"].is_null()
    })
    .await;
    world.ok("lock", json!({})).await;
    world.org.faults().clear();
    let asked = quiet(&world).await;
    world.ok("launch_form", json!({ "org": world.key })).await;
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(world.org.ledger().len(), asked, "it looks while it is locked");
    world.ok("org_select", json!({ "org": world.key })).await;
    told(&mut events, &|view| {
        view["id"] == lost["id"] && view["found"] == true
    })
    .await;
}

/// What Okta makes of a decision is told to whoever is back, too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_is_followed_again_when_somebody_is_back() {
    let (world, _) = launched().await;
    world.org.faults().pace(Pace {
        remediation: GATHERING,
        ..Pace::default()
    });
    let review = world.review("admin", "Hugo").await;
    let slack = world.item("admin", &review, "Slack").await;
    let made = world.decide("admin", &review, &slack, "REVOKE_ACCESS").await;
    world.decided(&made["id"], "following").await;
    world.ok("lock", json!({})).await;
    let asked = quiet(&world).await;
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(world.org.ledger().len(), asked);
    world.org.advance(GATHERING);
    let mut events = world.engine.subscribe();
    world.ok("org_select", json!({ "org": world.key })).await;
    let wait = async {
        loop {
            if let Ok(Event::Decision { view }) = events.recv().await
                && json!(view)["state"] == "settled"
            {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.expect("it settles");
}

/// Locks while a look is on its way that will be refused so much later.
async fn locked_during_a_look(world: &World, later: Duration) {
    let late = Fault::on("GET", REVIEW)
        .refuse(403, "E0000006", "You do not have permission", "")
        .slow(later, Duration::ZERO);
    world.org.faults().fail_next(late);
    until("the look is on its way", async || {
        world.org.faults().waiting() == 0
    })
    .await;
    world.ok("lock", json!({})).await;
}

/// A look that was on its way at the lock ends late and badly: the one that came after it goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_from_before_the_lock_does_not_end_the_next() {
    let (world, view) = launched().await;
    locked_during_a_look(&world, Duration::from_secs(2)).await;
    let mut events = world.engine.subscribe();
    // Somebody is back at once, and another begins to look.
    world.ok("org_select", json!({ "org": world.key })).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    world.org.advance(GATHERING);
    told(&mut events, &view["review"], "ACTIVE").await;
}

/// Nor does it end what is to go on when somebody is back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_that_fails_after_the_lock_ends_nothing() {
    let (world, view) = launched().await;
    locked_during_a_look(&world, Duration::from_millis(900)).await;
    quiet(&world).await;
    world.org.advance(GATHERING);
    let mut events = world.engine.subscribe();
    world.ok("org_select", json!({ "org": world.key })).await;
    told(&mut events, &view["review"], "ACTIVE").await;
}
