//! A real kill -9: the engine runs in a process of its own and is killed between a request and its answer. Whatever it was
//! doing, nothing is launched twice and nothing is forgotten.

use crate::child::Bridge;
use crate::reviews_launch::from_now;
use practice_org::{Fault, NATIVE_CLIENT, Options, PracticeOrg};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use support::reviews::{BEN, JUN, SCOPES};
use support::signin::SUPER_ADMIN;
use support::{http, unlimited};
use tempfile::TempDir;

const REVIEWS: &str = "/governance/api/v2/security-access-reviews";
const LONG: Duration = Duration::from_secs(240);
const NONE: &[(&str, &str)] = &[];

/// An org, and a data folder that outlives the engines that use it.
struct Stage {
    org: PracticeOrg,
    folder: TempDir,
    key: String,
}

impl Stage {
    async fn new(options: Options) -> (Self, Bridge) {
        let org = PracticeOrg::start(options)
            .await
            .expect("the practice org starts");
        let folder = tempfile::tempdir().expect("a folder");
        let bridge = Bridge::start(folder.path(), NONE);
        let added = bridge
            .ok(
                "org_add",
                json!({ "origin": org.url(), "token": org.token(), "name": "", "colour": "", "sessionOnly": false,
                    "customDomainConfirmed": false }),
            )
            .await;
        let key = added["key"].as_str().expect("a key").to_owned();
        let stage = Self { org, folder, key };
        stage.sign_in(&bridge).await;
        (stage, bridge)
    }

    /// Signs in with a device code: the tests' keychain is the process's memory, so each process signs in anew.
    async fn sign_in(&self, bridge: &Bridge) {
        let wish = json!({ "org": self.key, "method": "device", "clientId": NATIVE_CLIENT, "scopes": SCOPES,
            "sessionOnly": false });
        let view = bridge.ok("signin_start", wish).await;
        let answer = http()
            .post(format!("{}/activate/user", self.org.url()))
            .form(&[
                ("user_code", view["userCode"].as_str().expect("a code")),
                ("username", SUPER_ADMIN),
                ("decision", "allow"),
            ])
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 200);
        self.until("signed in", async || {
            let all = bridge.ok("credentials_get", json!({ "org": self.key })).await;
            assert_ne!(all["signIn"]["phase"], "failed", "{all:#}");
            all["signIn"]["phase"] == "done"
        })
        .await;
    }

    /// Kills the process as the system would, and starts another on the same folder.
    async fn killed(&self, bridge: Bridge) -> Bridge {
        bridge.kill();
        let next = Bridge::start(self.folder.path(), NONE);
        self.sign_in(&next).await;
        next
    }

    async fn until(&self, what: &str, mut holds: impl AsyncFnMut() -> bool) {
        let begun = Instant::now();
        while !holds().await {
            assert!(begun.elapsed() < LONG, "{what}: not after {LONG:?}");
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    async fn until_state(&self, bridge: &Bridge, states: &[&str]) -> Value {
        let mut view = Value::Null;
        self.until(&format!("{states:?}"), async || {
            view = bridge.ok("incident_get", json!({ "org": self.key })).await;
            states.contains(&view["head"]["state"].as_str().unwrap_or_default())
        })
        .await;
        view
    }

    /// Statuses of the launches the org was asked for.
    fn launches(&self) -> Vec<u16> {
        let ledger = self.org.ledger();
        let fits = ledger
            .iter()
            .filter(|entry| entry.method == "POST" && entry.template == REVIEWS);
        fits.map(|entry| entry.status).collect()
    }

    /// Names of the org's own reviews with that beginning, asked past the engine, and how often each is there.
    async fn named(&self, begin: &str) -> BTreeMap<String, usize> {
        let token = self
            .org
            .grant(&["okta.governance.securityAccessReviews.admin.read"]);
        let mut names = BTreeMap::new();
        let mut after = String::new();
        loop {
            let answer: Value = http()
                .get(format!("{}{REVIEWS}?limit=200{after}", self.org.url()))
                .header("authorization", format!("Bearer {token}"))
                .send()
                .await
                .expect("an answer")
                .json()
                .await
                .expect("JSON");
            for row in answer["data"].as_array().unwrap_or_else(|| panic!("{answer:#}")) {
                let name = row["name"].as_str().expect("a name");
                if name.starts_with(begin) {
                    *names.entry(name.to_owned()).or_insert(0) += 1;
                }
            }
            let next = answer.pointer("/_links/next/href").and_then(Value::as_str);
            match next.and_then(|link| link.split("after=").nth(1)) {
                Some(cursor) => {
                    let cursor = cursor.split('&').next().unwrap_or_default();
                    after = format!("&after={cursor}");
                }
                None => return names,
            }
        }
    }
}

/// Okta carries launches out and answers late, so that a kill always finds one in between.
fn answered_late(millis: u64) -> Fault {
    Fault::on("POST", REVIEWS)
        .after_commit()
        .slow(Duration::from_millis(millis), Duration::ZERO)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_between_request_and_answer_the_launch_is_found_and_not_sent_again() {
    let (stage, bridge) = Stage::new(unlimited()).await;
    stage.org.faults().fail_next(answered_late(30_000));
    let args = json!({ "org": stage.key, "subject": JUN, "reviewers": [BEN], "name": "Kill", "endTime": from_now(4320) });
    let asked = bridge.rpc("launch", args);
    tokio::select! {
        answer = asked => panic!("answered: {answer:?}"),
        () = stage.until("the request is there", async || stage.launches().len() == 1) => {}
    }
    let bridge = stage.killed(bridge).await;
    let mut launch = Value::Null;
    stage
        .until("it is found", async || {
            let form = bridge.ok("launch_form", json!({ "org": stage.key })).await;
            launch = form["launches"][0].clone();
            launch["found"] == true
        })
        .await;
    assert_eq!(launch["name"], "Kill");
    assert_eq!(stage.named("Kill").await, BTreeMap::from([("Kill".into(), 1)]));
    assert_eq!(stage.launches().len(), 1);
}

/// A decision that waits when the process dies is not sent, by it or by the next one, and that is told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_that_waits_dies_with_the_process() {
    let (stage, bridge) = Stage::new(unlimited()).await;
    let list = json!({ "org": stage.key, "side": "admin", "tab": "active", "order": "created", "descending": true,
        "refresh": false });
    let mut review = Value::Null;
    stage
        .until("the list is read", async || {
            let view = bridge.ok("reviews_load", list.clone()).await;
            let rows = view["rows"].as_array().expect("rows").clone();
            let hugo = |row: &&Value| row["name"].as_str().is_some_and(|it| it.contains("Hugo"));
            review = rows
                .iter()
                .find(hugo)
                .map_or(Value::Null, |row| row["id"].clone());
            !review.is_null()
        })
        .await;
    let items = json!({ "org": stage.key, "side": "admin", "review": review, "order": "priority", "descending": true,
        "refresh": false });
    let mut item = Value::Null;
    stage
        .until("the items are read", async || {
            let view = bridge.ok("accesses_load", items.clone()).await;
            let rows = view["rows"].as_array().expect("rows").clone();
            let slack = rows.iter().find(|row| row["name"] == "Slack");
            item = slack.map_or(Value::Null, |row| row["id"].clone());
            !item.is_null()
        })
        .await;
    // Eight seconds, as for a person.
    let decision = json!({ "org": stage.key, "side": "admin", "review": review, "access": item,
        "action": "REVOKE_ACCESS" });
    let made = bridge.ok("decision_make", decision).await;
    assert_eq!(
        (&made["state"], &made["delayMs"]),
        (&json!("waiting"), &json!(8_000))
    );
    let bridge = stage.killed(bridge).await;
    let state = bridge.ok("app_state", json!({})).await;
    let notices = state["notices"].as_array().expect("notices");
    let told = |it: &Value| {
        it.as_str()
            .is_some_and(|it| it.contains("Slack") && it.contains("not sent"))
    };
    assert!(notices.iter().any(told), "{notices:?}");
    tokio::time::sleep(Duration::from_secs(4)).await;
    let ledger = stage.org.ledger();
    assert!(
        !ledger
            .iter()
            .any(|it| it.method == "POST" && it.template.ends_with("/actions"))
    );
}

/// 200 launches at 50 a window, the process killed twice in the middle of a request: no 429, no duplicates, all of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_launches_survive_kills_inside_the_limit() {
    let (stage, mut bridge) = Stage::new(Options {
        users: 260,
        ..Options::default()
    })
    .await;
    let faults = stage.org.faults();
    faults.bucket(REVIEWS, 50, 2);
    faults.bucket("/api/v1/users", 500, 2);
    let people: Value = http()
        .get(format!(
            "{}/api/v1/users?limit=200&filter=status%20eq%20%22ACTIVE%22",
            stage.org.url()
        ))
        .header("authorization", format!("SSWS {}", stage.org.token()))
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    let ids: Vec<&str> = people
        .as_array()
        .expect("people")
        .iter()
        .filter_map(|it| it["id"].as_str())
        .filter(|id| *id != BEN)
        .collect();
    assert!(ids.len() >= 199, "{}", ids.len());
    let org = json!({ "org": stage.key });
    bridge
        .ok(
            "incident_start",
            json!({ "org": stage.key, "text": ids.join("\n"), "group": null, "reviewers": [BEN],
                "template": "Incident 9: {user}", "endTime": from_now(4320) }),
        )
        .await;
    let view = stage.until_state(&bridge, &["ready"]).await;
    assert_eq!(view["head"]["ready"], ids.len(), "{:#}", view["head"]);
    for kill_at in [60, 130] {
        bridge.ok("incident_run", org.clone()).await;
        stage
            .until("some are launched", async || stage.launches().len() >= kill_at)
            .await;
        faults.fail_next(answered_late(30_000));
        stage
            .until("one is carried out and not answered", async || {
                faults.waiting() == 0 && stage.launches().last() == Some(&202)
            })
            .await;
        bridge = stage.killed(bridge).await;
        let view = bridge.ok("incident_get", org.clone()).await;
        assert_eq!(view["head"]["state"], "paused", "{:#}", view["head"]);
        let rows = view["rows"].as_array().expect("rows");
        let lost = rows.iter().filter(|row| row["state"] == "sending").count();
        assert_eq!(lost, 1, "the one in between is known");
    }
    bridge.ok("incident_run", org.clone()).await;
    let view = stage.until_state(&bridge, &["done"]).await;
    let rows = view["rows"].as_array().expect("rows");
    let count = |state: &str| rows.iter().filter(|row| row["state"] == state).count();
    assert_eq!(
        (count("launched") + count("found"), count("found")),
        (ids.len(), 2),
        "{:#}",
        view["head"]
    );
    let names = stage.named("Incident 9").await;
    assert_eq!(names.len(), ids.len());
    assert!(names.values().all(|count| *count == 1), "each once: {names:?}");
    let launches = stage.launches();
    assert_eq!(launches.len(), ids.len(), "nothing was sent twice");
    assert!(!launches.contains(&429), "the limit was never overrun");
    let lists = stage.org.ledger();
    let limited = lists
        .iter()
        .filter(|it| it.template.starts_with(REVIEWS) && it.status == 429);
    assert_eq!(limited.count(), 0, "nor by looking");
}
