//! Security access reviews as an admin and as a reviewer: lists, one review, its items, whatever words Okta uses.

use practice_org::{Options, Switch};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use support::reviews::{HUGO, JUN};
use support::signin::SUPER_ADMIN;
use support::{World, unlimited, until};

/// Ben Abara, who reviews and is an application administrator.
const BEN: &str = "ben.abara1@example.com";
const HUGOS: &str = "Lost laptop: Hugo Abara";

fn names(list: &Value) -> BTreeSet<String> {
    let rows = list["rows"].as_array().expect("rows");
    rows.iter()
        .map(|row| row["name"].as_str().expect("a name").to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_sees_every_review_by_status() {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    let stats = world
        .ok("reviews_stats", json!({ "org": world.key, "side": "admin" }))
        .await;
    assert_eq!(
        stats,
        json!({ "active": 2, "pending": 1, "closed": 1, "error": 1 })
    );
    for (tab, count) in [
        ("active", 2),
        ("pending", 1),
        ("closed", 1),
        ("error", 1),
        ("all", 5),
    ] {
        let list = world.reviews("admin", tab).await;
        assert_eq!(list["rows"].as_array().expect("rows").len(), count, "{tab}");
        assert!(list["problem"].is_null(), "{list:#}");
    }
    let active = world.reviews("admin", "active").await;
    assert!(names(&active).contains(HUGOS));
    let row = &active["rows"][0];
    assert_eq!(row["status"], "ACTIVE");
    assert!(row["endTime"].is_string() && row["reviewers"][0]["name"].is_string());
    // Who made it is an id in Okta's answer; the name comes once the list is there.
    until("names are filled", async || {
        let list = world
            .ok(
                "reviews_load",
                json!({ "org": world.key, "side": "admin", "tab": "active", "order": "created",
                    "descending": true, "refresh": false }),
            )
            .await;
        list["rows"][0]["createdBy"] == "Robin Keller"
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reviewer_sees_their_own_reviews_only_and_works_through_the_same_screens() {
    let world = World::story().await;
    world.reviewing(BEN).await;
    let mine = world.reviews("my", "all").await;
    assert_eq!(names(&mine), BTreeSet::from([HUGOS.to_owned()]));
    let stats = world
        .ok("reviews_stats", json!({ "org": world.key, "side": "my" }))
        .await;
    assert_eq!(stats["active"], 1);
    let review = world.review("my", "Hugo").await;
    let open = world.ok("review_open", world.about("my", &review)).await;
    assert_eq!(open["principal"]["profile"]["id"], HUGO);
    assert_eq!(
        (open["editable"].clone(), open["resting"].clone()),
        (json!(false), Value::Null)
    );
    let item = world.item("my", &review, "Slack").await;
    let anomalies = world
        .ok(
            "access_anomalies",
            world.about_with("my", &review, json!({ "access": item["id"] })),
        )
        .await;
    assert!(anomalies.is_array());
    // An application administrator does not manage reviews.
    let refused = world
        .refused("reviews_stats", json!({ "org": world.key, "side": "admin" }))
        .await;
    assert_eq!(format!("{:?}", refused.code), "NotPermitted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_review_with_everything_there_is_to_see() {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    let review = world.review("admin", "Hugo").await;
    let open = world.ok("review_open", world.about("admin", &review)).await;
    assert_eq!(open["review"]["subject"]["name"], "Hugo Abara");
    assert_eq!(open["ai"], "on");
    assert_eq!(open["editable"], true);
    let actions: Vec<&str> = open["actions"]
        .as_array()
        .expect("actions")
        .iter()
        .map(|it| it["action"].as_str().expect("text"))
        .collect();
    assert_eq!(actions, ["CLOSE_REVIEW", "RESTORE_ALL_ACCESS"]);
    let list = world.items("admin", &review).await;
    let rows = list["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 14);
    let ranks: Vec<u64> = rows
        .iter()
        .map(|row| row["rank"].as_u64().expect("a rank"))
        .collect();
    assert!(ranks.is_sorted_by(|a, b| a >= b), "most severe first: {ranks:?}");
    let mut kinds = BTreeSet::new();
    for row in rows {
        let about = world.about_with("admin", &review, json!({ "access": row["id"] }));
        for anomaly in world
            .ok("access_anomalies", about.clone())
            .await
            .as_array()
            .expect("a list")
        {
            let text = anomaly["text"].as_str().expect("text");
            assert!(
                !text.contains('{') && !text.contains('…'),
                "a place is left: {text}"
            );
            kinds.insert(anomaly["kind"].as_str().expect("text").to_owned());
        }
        if row["below"].as_array().is_some_and(|it| !it.is_empty()) {
            let below = world.ok("accesses_below", about).await;
            assert!(!below["rows"].as_array().expect("rows").is_empty() && below["problem"].is_null());
        }
    }
    assert_eq!(kinds.len(), 4, "all four kinds: {kinds:?}");
    // What is asked of the AI is asked when a person says so, and never before.
    assert_eq!(
        world
            .org
            .ledger()
            .iter()
            .filter(|it| it.template.ends_with("/summary"))
            .count(),
        0
    );
    let summary = world.ok("review_summary", world.about("admin", &review)).await;
    assert_eq!(summary["state"], "ready", "{summary:#}");
    let about = world.about_with("admin", &review, json!({ "access": rows[0]["id"] }));
    assert_eq!(world.ok("access_summary", about).await["state"], "ready");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn summaries_that_are_off_or_fail_are_told_as_that() {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    let review = world.review("admin", "Hugo").await;
    world.org.set_switch(Switch::AiFails, true);
    let failed = world.ok("review_summary", world.about("admin", &review)).await;
    assert_eq!(failed["state"], "failed");
    assert!(
        failed["errors"][0]
            .as_str()
            .expect("text")
            .contains("unable to generate")
    );
    world.org.set_switch(Switch::AiFails, false);
    world.org.set_switch(Switch::AiOff, true);
    let off = world.ok("review_summary", world.about("admin", &review)).await;
    assert_eq!(off["state"], "off", "{off:#}");
    // Nobody is signed out for it.
    world.ok("review_open", world.about("admin", &review)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_nobody_knows_lose_no_row() {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    let before = names(&world.reviews("admin", "all").await);
    let review = world.review("admin", "Hugo").await;
    let items = names(&world.items("admin", &review).await);
    world.org.set_switch(Switch::UnknownValues, true);
    assert_eq!(names(&world.reviews("admin", "all").await), before);
    let after = world.items("admin", &review).await;
    assert_eq!(names(&after), items);
    let rows = after["rows"].as_array().expect("rows");
    let strange = rows
        .iter()
        .flat_map(|row| row["actions"].as_array().expect("actions"));
    let strange: Vec<&Value> = strange.filter(|it| it["known"] == false).collect();
    assert!(!strange.is_empty(), "there is an action nobody knows");
    assert!(rows.iter().any(|row| row["rank"] == 0), "and a severity");
    let row = rows
        .iter()
        .find(|row| {
            row["actions"]
                .as_array()
                .expect("actions")
                .iter()
                .any(|it| it["known"] == false)
        })
        .expect("a row");
    let action = row["actions"]
        .as_array()
        .expect("actions")
        .iter()
        .find(|it| it["known"] == false)
        .expect("it");
    let more = json!({ "access": row["id"], "action": action["action"] });
    let refused = world
        .refused("decision_make", world.about_with("admin", &review, more))
        .await;
    assert!(refused.title.contains("is not offered"), "{refused:?}");
    world.ok("review_open", world.about("admin", &review)).await;
}

/// Texts of a field, over all rows.
fn words_of(list: &Value, field: &str) -> BTreeSet<String> {
    let rows = list["rows"].as_array().expect("rows");
    let texts = rows.iter().filter_map(|row| row[field].as_str());
    texts.map(str::to_owned).collect()
}

/// Words that stand in no list of Okta's are shown as they came, on both sides, in every kind of row.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_nobody_knows_are_shown_as_they_came() {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    let mut statuses = BTreeSet::new();
    for side in ["admin", "my"] {
        world.org.set_switch(Switch::UnknownValues, false);
        let (reviews, review) = (world.reviews(side, "all").await, world.review(side, "Hugo").await);
        let items = world.items(side, &review).await;
        world.org.set_switch(Switch::UnknownValues, true);
        let odd = world.reviews(side, "all").await;
        assert_eq!(names(&odd), names(&reviews), "no review is lost");
        assert!(odd["problem"].is_null(), "{:#}", odd["problem"]);
        statuses.extend(words_of(&odd, "status"));
        let reviewer = &odd["rows"][0]["reviewers"][0];
        assert_eq!(
            (&reviewer["status"], &reviewer["kind"]),
            (&json!("LOCKED_OUT"), &json!("AI_AGENT"))
        );
        let odd = world.items(side, &review).await;
        assert_eq!(names(&odd), names(&items), "no item is lost");
        let rows = odd["rows"].as_array().expect("rows");
        let mut shown: Vec<Value> = rows.clone();
        let about = world.about_with(side, &review, json!({ "access": rows[0]["id"] }));
        let anomalies = world.ok("access_anomalies", about).await;
        let anomalies = anomalies.as_array().expect("a list");
        let new = anomalies.iter().find(|it| it["kind"] == "PEER_COMPARISON");
        let new = new.expect("the new kind of anomaly");
        assert_eq!(
            (&new["severity"], &new["title"]),
            (&json!("CRITICAL"), &json!("Peer comparison"))
        );
        let text = new["text"].as_str().expect("text");
        assert!(
            text.starts_with("2 of the user") && text.contains("P3M"),
            "{text}"
        );
        for parent in rows {
            if parent["below"].as_array().is_some_and(Vec::is_empty) {
                continue;
            }
            let about = world.about_with(side, &review, json!({ "access": parent["id"] }));
            let odd = world.ok("accesses_below", about.clone()).await;
            world.org.set_switch(Switch::UnknownValues, false);
            let plain = world.ok("accesses_below", about).await;
            world.org.set_switch(Switch::UnknownValues, true);
            assert_eq!(names(&odd), names(&plain), "nothing below is lost");
            shown.extend(odd["rows"].as_array().expect("rows").iter().cloned());
        }
        let shown = json!(shown).to_string();
        for word in [
            r#""severity":"CRITICAL""#,
            r#""remediation":"PENDING_APPROVAL""#,
            r#""remediationWords":"Pending approval""#,
            r#""kind":"SERVICE_ACCOUNT""#,
            r#""assignment":"BIRTHRIGHT""#,
            r#""action":"LIMIT_ACCESS""#,
            r#""kind":"SHARED_ACCOUNT""#,
            r#""ROLE""#,
        ] {
            assert!(shown.contains(word), "{side}: {word} in {shown}");
        }
    }
    assert!(statuses.contains("PAUSED"), "{statuses:?}");
}

/// Governance and IAM say the next page on the `-admin` host; a token never goes there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_thousand_items_whose_next_page_is_on_another_host() {
    let world = World::with(Options {
        review_items: 5_000,
        ..unlimited()
    })
    .await;
    world.reviewing(SUPER_ADMIN).await;
    world
        .org
        .faults()
        .admin_links(Some("https://acme-admin.okta.com".into()));
    let review = world.review("admin", "Everything of Jun").await;
    let mut events = world.engine.subscribe();
    let list = world.items("admin", &review).await;
    let rows = list["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 5_000, "{:?}", list["problem"]);
    let ids: BTreeSet<&str> = rows
        .iter()
        .map(|row| row["id"].as_str().expect("an id"))
        .collect();
    assert_eq!(ids.len(), 5_000);
    let mut parts = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let engine::ipc::events::Event::Accesses { rows, .. } = event {
            parts.push(rows.len());
        }
    }
    assert_eq!(parts.iter().sum::<usize>(), 5_000, "the page gets each row once");
    assert!(parts.iter().all(|part| *part <= 200));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_are_found_by_name_login_and_id() {
    let world = World::story().await;
    world.reviewing(SUPER_ADMIN).await;
    let search = async |text: &str| {
        world
            .ok("people_search", json!({ "org": world.key, "text": text }))
            .await
    };
    let first = |found: &Value| found["rows"][0]["id"].clone();
    assert_eq!(first(&search("hugo").await), HUGO);
    assert_eq!(first(&search("Abara Jun").await), JUN);
    assert_eq!(first(&search("hugo.abara").await), HUGO);
    assert_eq!(first(&search(HUGO).await), HUGO);
    let none = search("nobody at all").await;
    assert_eq!(none["rows"], json!([]));
    assert!(none["note"].is_string());
    let quoted = search("x\" or status eq \"ACTIVE").await;
    assert_eq!(quoted["rows"], json!([]), "what is typed stays a text");
    let read = world
        .ok("person_read", json!({ "org": world.key, "id": HUGO }))
        .await;
    assert_eq!(
        (&read["name"], &read["canReview"]),
        (&json!("Hugo Abara"), &json!(true))
    );
    let groups = world
        .ok("groups_search", json!({ "org": world.key, "text": "" }))
        .await;
    assert!(!groups["rows"].as_array().expect("rows").is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn licence_credential_and_person_are_told_apart() {
    let world = World::story().await;
    let stats = |side: &str| json!({ "org": world.key, "side": side });
    // The API token of the story.
    let token = world.refused("reviews_stats", stats("admin")).await;
    assert!(token.title.contains("another sign-in"), "{token:?}");
    let own = world.refused("reviews_stats", stats("my")).await;
    assert!(own.title.contains("need you to sign in"), "{own:?}");
    world.reviewing(SUPER_ADMIN).await;
    world.ok("reviews_stats", stats("admin")).await;
    world.org.set_switch(Switch::NoGovernance, true);
    let unlicensed = world.refused("reviews_stats", stats("admin")).await;
    assert!(
        unlicensed.title.contains("no security access reviews"),
        "{unlicensed:?}"
    );
    assert_eq!(format!("{:?}", unlicensed.code), "NotEnabledInOrg");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_reference_has_every_operation_with_examples() {
    let world = World::story().await;
    let rows = world.ok("reference_list", json!({ "org": world.key })).await;
    let rows = rows.as_array().expect("rows");
    assert_eq!(rows.len(), domain::okta::endpoints::ENDPOINTS.len());
    let reviews = rows.iter().filter(|row| {
        row["path"]
            .as_str()
            .is_some_and(|it| it.contains("security-access-reviews"))
    });
    assert_eq!(reviews.count(), 30, "16 calls of admins, 14 of reviewers");
    for row in rows {
        assert!(
            row["curl"]
                .as_str()
                .expect("text")
                .contains(row["method"].as_str().expect("text"))
        );
    }
}
