//! What may be launched, asked for and done in access reviews of the practice org, and how that goes on with its clock.

use crate::contract_reviews::{ADMIN, BEN, Desk, HUGO, OWNER, code, id, launch};
use practice_org::{Pace, Switch};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_is_checked_and_becomes_active_with_time() {
    let Some(desk) = Desk::story().await else { return };
    let body = launch(HUGO, "Stolen phone", &[OWNER]);
    let (status, made) = desk.send("POST", ADMIN, body.clone()).await;
    assert_eq!(
        (status, &made["status"], made.get("principalId")),
        (202, &json!("PENDING"), None)
    );
    let here = format!("{ADMIN}/{}", id(&made));
    assert_eq!(
        desk.get(&format!("{here}/accesses")).await["data"],
        json!([]),
        "nothing is gathered yet"
    );
    desk.org.org.advance(7);
    let active = desk.get(&here).await;
    assert_eq!(active["status"], "ACTIVE");
    assert_eq!(
        active["endTime"].as_str().map(|it| &it[..10]),
        Some(&desk.in_seconds(7 * 86_400)[..10])
    );
    assert_eq!(active["createdBy"], OWNER);
    assert_ne!(desk.get(&format!("{here}/accesses")).await["data"], json!([]));

    let with = |at: &str, value: Value| {
        let mut body = body.clone();
        if at == "/endTime" {
            body["endTime"] = value;
        } else {
            body.pointer_mut(at).expect("a place").clone_from(&value);
        }
        body
    };
    let ids = "/reviewerSettings/userSettings/includedUserIds";
    let people = desk
        .org
        .ask(
            "GET",
            "/api/v1/users?filter=status%20eq%20%22ACTIVE%22&limit=15",
            None,
        )
        .await
        .1;
    let eleven: Vec<&str> = people
        .as_array()
        .expect("people")
        .iter()
        .map(id)
        .filter(|it| *it != HUGO)
        .take(11)
        .collect();
    assert_eq!(
        desk.send("POST", ADMIN, with(ids, json!(eleven[..10]))).await.0,
        202
    );
    // All of them, since those that gather become active meanwhile on a slow machine.
    let all = async || {
        let stats = desk.get(&format!("{ADMIN}/stats")).await;
        ["pendingCount", "activeCount", "errorCount", "closedCount"]
            .iter()
            .map(|count| stats[count].as_u64().expect("a number"))
            .sum::<u64>()
    };
    let before = all().await;
    for (at, value, status) in [
        ("/principalId", json!("00u1nobody0000000001"), 404),
        ("/principalId", json!("00u1p000000000000011"), 400),
        ("/principalId", json!("short"), 400),
        ("/name", json!(""), 400),
        ("/name", json!("n".repeat(256)), 400),
        (ids, json!(eleven), 400),
        (ids, json!([]), 400),
        (ids, json!([HUGO, OWNER]), 400),
        (ids, json!(["00u1p000000000000005"]), 400),
        (
            "/reviewerSettings",
            json!({ "type": "USER", "userSettings": { "includeUserIds": [OWNER] } }),
            400,
        ),
        ("/reviewerSettings/type", json!("GROUP"), 400),
        ("/endTime", json!(desk.in_seconds(86_400 - 60)), 400),
        ("/endTime", json!(desk.in_seconds(215 * 86_400)), 400),
        ("/endTime", json!("next week"), 400),
    ] {
        let said = desk
            .org
            .ask_as(&desk.auth(), "POST", ADMIN, Some(with(at, value.clone())))
            .await;
        let wanted = if status == 404 { "E0000007" } else { "E0000001" };
        assert_eq!(code(&said), (status, wanted), "{at} {value}");
    }
    let own = desk
        .org
        .ask_as(&desk.auth(), "POST", ADMIN, Some(with(ids, json!([HUGO]))))
        .await
        .1;
    assert_eq!(
        own["errorCauses"][0]["errorSummary"],
        "The target principal can't be a reviewer"
    );
    assert_eq!(all().await, before, "nothing refused was made");

    desk.org.org.set_switch(Switch::ReviewFails, true);
    let (_, fails) = desk.send("POST", ADMIN, body).await;
    desk.org.org.advance(7);
    assert_eq!(
        desk.get(&format!("{ADMIN}/{}", id(&fails))).await["status"],
        "ERROR"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_end_and_the_reviewers_can_be_changed_while_it_is_open() {
    let Some(desk) = Desk::story().await else { return };
    let review = format!("{ADMIN}/{}", desk.review("Hugo").await);
    let soon = json!({ "endTime": desk.in_seconds(3700) });
    assert_eq!(desk.send("PATCH", &review, soon).await.0, 200);
    for wrong in [
        json!({ "endTime": desk.in_seconds(3500) }),
        json!({ "endTime": desk.in_seconds(200 * 86_400) }),
        json!({ "reviewerSettings": { "type": "USER", "userSettings": { "includedUserIds": [HUGO] } } }),
    ] {
        assert_eq!(
            code(&desk.send("PATCH", &review, wrong.clone()).await),
            (400, "E0000001"),
            "{wrong}"
        );
    }
    let only =
        json!({ "reviewerSettings": { "type": "USER", "userSettings": { "includedUserIds": [BEN] } } });
    let (_, changed) = desk.send("PATCH", &review, only.clone()).await;
    let who = &changed["reviewerSettings"]["userSettings"];
    assert_eq!(
        (
            &who["includedUserIds"],
            &who["includedUserProfiles"][0]["firstName"]
        ),
        (&json!([BEN]), &json!("Ben"))
    );
    let history = desk.get(&format!("{review}/history")).await;
    assert_eq!(history["data"][0]["message"], "changed the reviewers");
    assert_eq!(history["data"][0]["principalProfile"]["id"], OWNER);

    let comment = format!("{review}/comment");
    for (text, status) in [
        (String::new(), 400),
        ("é".repeat(1001), 400),
        ("é".repeat(1000), 204),
    ] {
        let body = Some(json!({ "comment": text }));
        let said = desk.org.ask_as(&desk.auth(), "POST", &comment, body).await;
        assert_eq!(said.0, status, "{} characters", text.chars().count());
    }
    let last = desk.get(&format!("{review}/history?limit=1")).await["data"][0].clone();
    assert_eq!(last["message"], "é".repeat(1000), "comments are read back here");

    // It closes by itself, for good.
    desk.org.org.advance(4000);
    assert_eq!(desk.get(&review).await["status"], "CLOSED");
    let last = desk.get(&format!("{review}/history?limit=1")).await["data"][0].clone();
    assert!(
        last["systemGenerated"] == true && last.get("principalProfile").is_none(),
        "{last:#}"
    );
    assert_eq!(desk.get(&format!("{review}/actions")).await["data"], json!([]));
    let item = desk.get(&format!("{review}/accesses?limit=1")).await["data"][0].clone();
    assert_eq!(item["supportedActions"], json!([]));
    for (method, target, body) in [
        ("PATCH", review.clone(), only),
        (
            "POST",
            format!("{review}/actions"),
            json!({ "actionType": "CLOSE_REVIEW" }),
        ),
        (
            "POST",
            format!("{review}/actions"),
            json!({ "actionType": "RESTORE_ALL_ACCESS" }),
        ),
        (
            "POST",
            format!("{review}/comment"),
            json!({ "comment": "too late" }),
        ),
        (
            "POST",
            format!("{review}/accesses/{}/actions", id(&item)),
            json!({ "type": "REVOKE_ACCESS" }),
        ),
    ] {
        assert_eq!(
            code(&desk.send(method, &target, body).await),
            (400, "E0000001"),
            "{method} {target}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn access_is_taken_away_and_given_back() {
    let Some(desk) = Desk::story().await else { return };
    let review = desk.review("Hugo").await;
    let here = format!("{ADMIN}/{review}");
    let act = async |item: &Value, act: &str| {
        let target = format!("{here}/accesses/{}/actions", id(item));
        desk.send("POST", &target, json!({ "type": act })).await
    };
    let state = async |name: &str| {
        let item = desk.item(&review, name).await;
        (
            item["remediationStatus"].as_str().expect("a state").to_owned(),
            item["supportedActions"].clone(),
        )
    };
    let jira = desk.item(&review, "Zoom").await;
    assert_eq!(act(&jira, "REVOKE_ACCESS").await, (202, Value::Null));
    assert_eq!(state("Zoom").await, ("IN_PROGRESS".into(), json!([])));
    assert_eq!(
        code(&act(&jira, "REVOKE_ACCESS").await),
        (400, "E0000001"),
        "it is under way"
    );
    desk.org.org.advance(5);
    assert_eq!(
        state("Zoom").await,
        ("REMEDIATED".into(), json!(["RESTORE_ACCESS"]))
    );
    let history = desk.get(&format!("{here}/history?limit=2")).await;
    let said: Vec<_> = history["data"]
        .as_array()
        .expect("events")
        .iter()
        .map(|it| &it["message"])
        .collect();
    assert_eq!(
        said,
        ["access to Zoom was removed", "revoked access to Zoom"],
        "the latest first"
    );

    // A later review does not find it; one that was launched before keeps its snapshot.
    let (_, later) = desk
        .send("POST", ADMIN, launch(HUGO, "Once more", &[OWNER]))
        .await;
    desk.org.org.advance(7);
    assert_eq!(desk.item(id(&later), "Zoom").await, Value::Null);
    assert_eq!(act(&jira, "RESTORE_ACCESS").await.0, 202);
    desk.org.org.advance(5);
    assert_eq!(state("Zoom").await, ("NONE".into(), json!(["REVOKE_ACCESS"])));

    // What hangs below an app goes with it, if Okta can take it away.
    let netsuite = desk.item(&review, "NetSuite").await;
    assert_eq!(act(&netsuite, "REVOKE_ACCESS").await.0, 202);
    desk.org.org.advance(5);
    let below = desk
        .get(&format!("{here}/accesses/{}/sub-accesses", id(&netsuite)))
        .await;
    let states: Vec<_> = below["data"]
        .as_array()
        .expect("items")
        .iter()
        .map(|it| &it["remediationStatus"])
        .collect();
    assert_eq!(states, ["REMEDIATED", "REMEDIATED", "NONE"]);

    // By hand: somebody does it within hours.
    desk.org.org.faults().pace(Pace {
        manual: 60,
        ..Pace::default()
    });
    let snowflake = desk.item(&review, "Snowflake").await;
    assert_eq!(snowflake["manualRemediationTypes"], json!(["GROUP_RULE"]));
    assert_eq!(code(&act(&snowflake, "REVOKE_ACCESS").await), (400, "E0000001"));
    assert_eq!(act(&snowflake, "FLAG_FOR_MANUAL_REMEDIATION").await.0, 202);
    assert_eq!(
        state("Snowflake").await,
        (
            "PENDING_MANUAL_REMEDIATION".into(),
            json!(["FLAG_FOR_MANUAL_RESTORATION"])
        )
    );
    desk.org.org.advance(61);
    assert_eq!(state("Snowflake").await.0, "REMEDIATED");

    // Of the Admin Console only what is below can go.
    let console = desk.item(&review, "Okta Admin Console").await;
    assert_eq!(
        (&console["supportedActions"], &console["manualRemediationTypes"]),
        (&json!([]), &json!(["FIRST_PARTY_APP"]))
    );
    let below = desk
        .get(&format!("{here}/accesses/{}/sub-accesses", id(&console)))
        .await;
    assert_eq!(below["data"][0]["supportedActions"], json!(["REVOKE_ACCESS"]));

    let all = json!({ "actionType": "RESTORE_ALL_ACCESS" });
    assert_eq!(desk.send("POST", &format!("{here}/actions"), all).await.0, 202);
    desk.org.org.advance(100);
    for name in ["NetSuite", "Snowflake", "Figma", "Workday"] {
        assert_eq!(state(name).await.0, "NONE", "{name}");
    }
    let actions = desk.get(&format!("{here}/actions")).await;
    assert_eq!(
        actions["data"],
        json!([{ "actionType": "CLOSE_REVIEW" }]),
        "nothing is left to restore"
    );
    let wrong = desk
        .org
        .ask_as(
            &desk.auth(),
            "POST",
            &format!("{here}/accesses/{}/actions", id(&jira)),
            Some(json!({ "actionType": "REVOKE_ACCESS" })),
        )
        .await;
    assert_eq!(
        wrong.1["errorCauses"][0]["errorSummary"], "type is required",
        "the key is `type` here"
    );
}
