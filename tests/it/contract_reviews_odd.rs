//! What can go wrong with access reviews of the practice org, and where their links lead.

use crate::contract_reviews::{ADMIN, Desk, HUGO, MINE, OWNER, id, launch};
use crate::contract_wire::{ask, header, json_of};
use practice_org::{Fault, OddPaging, Options, PracticeOrg, Switch};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Instant;

const SETTINGS: &str = "/governance/api/v1/settings";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_org_without_governance_and_credentials_that_are_not_enough() {
    let Some(desk) = Desk::story().await else { return };
    let stats = format!("{ADMIN}/stats");
    let code = async |auth: &str, method: &str, target: &str, body: Option<Value>| {
        let (status, said) = desk.org.ask_as(auth, method, target, body).await;
        (status, said["errorCode"].as_str().unwrap_or_default().to_owned())
    };
    let token = format!("SSWS {}", desk.org.org.token());
    for target in [
        &stats,
        SETTINGS,
        "/governance/api/v1/my/settings",
        &format!("{MINE}/stats"),
    ] {
        assert_eq!(
            code(&token, "GET", target, None).await,
            (403, "E0000004".into()),
            "{target}"
        );
    }
    let made = code(&token, "POST", ADMIN, Some(launch(HUGO, "By token", &[OWNER]))).await;
    assert_eq!(
        made,
        (202, String::new()),
        "launching is the one call with an API token"
    );
    let reader = format!(
        "Bearer {}",
        desk.org
            .org
            .grant(&["okta.governance.securityAccessReviews.admin.read"])
    );
    assert_eq!(code(&reader, "GET", &stats, None).await.0, 200);
    assert_eq!(
        code(&reader, "GET", &format!("{MINE}/stats"), None).await,
        (403, "E0000004".into())
    );
    let body = Some(launch(HUGO, "By reader", &[OWNER]));
    assert_eq!(code(&reader, "POST", ADMIN, body).await, (403, "E0000004".into()));
    assert_eq!(
        code("Bearer wrong", "GET", &stats, None).await,
        (401, "E0000004".into())
    );
    assert_eq!(code("", "GET", &stats, None).await, (401, "E0000004".into()));
    let nobody = format!("{ADMIN}/sar1nobody0000000001");
    assert_eq!(
        code(&desk.auth(), "GET", &nobody, None).await,
        (404, "E0000007".into())
    );

    desk.org.org.set_switch(Switch::NoGovernance, true);
    for target in [&stats, SETTINGS, &format!("{MINE}/stats")] {
        assert_eq!(
            code(&desk.auth(), "GET", target, None).await,
            (401, "E0000015".into()),
            "{target}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn summaries_can_be_off_and_can_fail_inside_a_200() {
    let Some(desk) = Desk::story().await else { return };
    let review = format!("{ADMIN}/{}", desk.review("Hugo").await);
    let item = desk.get(&format!("{review}/accesses?limit=1")).await["data"][0].clone();
    let places = [
        format!("{review}/summary"),
        format!("{review}/accesses/{}/summary", id(&item)),
    ];
    desk.org.org.set_switch(Switch::AiFails, true);
    for place in &places {
        let (status, said) = desk.post(place).await;
        assert_eq!(
            (status, &said["errors"][0]["errorCode"]),
            (200, &json!("summary.generator.not.available"))
        );
    }
    assert!(
        desk.get(&review).await.get("summary").is_none(),
        "a failure is not kept"
    );
    desk.org.org.set_switch(Switch::AiFails, false);
    let (_, said) = desk.post(&places[1]).await;
    let text = said["message"].as_str().expect("a text");
    assert!(
        text.contains("overall priority is: High") && !text.contains("{0}"),
        "{text}"
    );

    let enabled =
        async || desk.get(SETTINGS).await["governanceAI"]["securityAccessReview"]["enabled"].clone();
    desk.org.org.set_switch(Switch::AiOff, true);
    assert_eq!(enabled().await, false);
    assert_eq!(desk.post(&places[0]).await.1["errorCode"], "E0000015");
    desk.org.org.set_switch(Switch::AiOff, false);
    let off = json!({ "governanceAI": { "securityAccessReview": { "enabled": false } } });
    let (status, said) = desk.send("PATCH", SETTINGS, off).await;
    assert_eq!(
        (status, &said["governanceAI"]["securityAccessReview"]["enabled"]),
        (200, &json!(false))
    );
    assert_eq!(enabled().await, false);
    assert_eq!(desk.post(&places[1]).await.0, 401);
    for (wrong, says) in [
        (
            json!({ "delegator": {} }),
            "Governance settings has invalid properties: delegator",
        ),
        (json!({}), "Governance settings is missing required fields"),
    ] {
        let said = desk
            .org
            .ask_as(&desk.auth(), "PATCH", SETTINGS, Some(wrong))
            .await;
        assert_eq!(
            (said.0, &said.1["errorCauses"][0]["errorSummary"]),
            (400, &json!(says))
        );
    }
}

/// Every text of an answer, wherever it stands.
fn texts(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            into.insert(text.clone());
        }
        Value::Array(list) => list.iter().for_each(|it| texts(it, into)),
        Value::Object(map) => map.values().for_each(|it| texts(it, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn values_no_page_names_are_sent_when_asked_for() {
    // Not judged: these are what the schemas do not have.
    let org = PracticeOrg::start(Options {
        limits: false,
        ..Options::default()
    })
    .await
    .expect("the practice org starts");
    let token = org.grant(&["okta.governance.securityAccessReviews.admin.read"]);
    let get = async |target: &str| {
        let request = support::http().get(format!("{}{target}", org.url()));
        let answer = request
            .header("authorization", format!("Bearer {token}"))
            .send()
            .await
            .expect("an answer");
        json_of(answer).await
    };
    org.set_switch(Switch::UnknownValues, true);
    let mut seen = BTreeSet::new();
    let list = get(ADMIN).await;
    texts(&list, &mut seen);
    for review in list["data"].as_array().expect("reviews") {
        let here = format!("{ADMIN}/{}", id(review));
        for below in ["", "/actions", "/principal", "/history"] {
            texts(&get(&format!("{here}{below}")).await, &mut seen);
        }
        let items = get(&format!("{here}/accesses")).await;
        texts(&items, &mut seen);
        for item in items["data"].as_array().expect("items") {
            let place = format!("{here}/accesses/{}", id(item));
            texts(&get(&format!("{place}/sub-accesses")).await, &mut seen);
            texts(&get(&format!("{place}/anomalies")).await, &mut seen);
        }
    }
    for word in [
        "PAUSED",
        "GROUP",
        "LOCKED_OUT",
        "AI_AGENT",
        "SUSPEND_ACCOUNT",
        "SERVICE_ACCOUNT",
        "CRITICAL",
        "PENDING_APPROVAL",
        "LIMIT_ACCESS",
        "SHARED_ACCOUNT",
        "BIRTHRIGHT",
        "ROLE",
        "PEER_COMPARISON",
        "DURATION",
    ] {
        assert!(seen.contains(word), "{word} is nowhere");
    }
    org.set_switch(Switch::UnknownValues, false);
    let mut plain = BTreeSet::new();
    texts(&get(ADMIN).await, &mut plain);
    assert!(!plain.contains("PAUSED"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_whose_answer_is_lost_was_carried_out_once() {
    let Some(desk) = Desk::story().await else { return };
    let org = &desk.org.org;
    let launch_it = async |name: &str| {
        let request = ask(org, Method::POST, ADMIN).header("content-type", "application/json");
        request
            .body(launch(HUGO, name, &[OWNER]).to_string())
            .send()
            .await
    };
    org.faults()
        .fail_next(Fault::on("POST", ADMIN).after_commit().cut());
    assert!(launch_it("Lost").await.is_err(), "no answer");
    org.faults().fail_next(Fault::on("POST", ADMIN).cut());
    assert!(launch_it("Never").await.is_err(), "no answer");
    org.set_switch(Switch::LostReply, true);
    assert!(launch_it("Rehearsed").await.is_err(), "no answer");
    for (name, found) in [("Lost", 1), ("Never", 0), ("Rehearsed", 1)] {
        let list = desk
            .get(&format!("{ADMIN}?filter=name%20eq%20%22{name}%22"))
            .await;
        assert_eq!(list["data"].as_array().map(Vec::len), Some(found), "{name}");
    }
    let act = format!("{ADMIN}/{{securityAccessReviewId}}/accesses/{{securityAccessReviewTargetId}}/actions");
    org.faults()
        .fail_next(Fault::on("POST", &act).refuse(500, "E0000009", "Internal Server Error", ""));
    let review = desk.review("Hugo").await;
    let item = desk.item(&review, "Zoom").await;
    let target = format!("{ADMIN}/{review}/accesses/{}/actions", id(&item));
    let done = desk
        .send("POST", &target, json!({ "type": "REVOKE_ACCESS" }))
        .await;
    assert_eq!(
        (
            done.0,
            desk.item(&review, "Zoom").await["remediationStatus"].clone()
        ),
        (500, json!("NONE"))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn links_stand_in_the_body_and_in_headers_and_may_be_on_the_admin_twin() {
    let Some(desk) = Desk::story().await else { return };
    let org = &desk.org.org;
    let get = async |target: &str| {
        let request = support::http().get(format!("{}{target}", org.url()));
        request
            .header("authorization", desk.auth())
            .send()
            .await
            .expect("an answer")
    };
    let target = format!("{ADMIN}?limit=1");
    let answer = get(&target).await;
    let links: Vec<String> = answer
        .headers()
        .get_all("link")
        .iter()
        .map(|it| it.to_str().expect("text").to_owned())
        .collect();
    let body = json_of(answer).await;
    for (relation, link) in ["self", "next"].iter().zip(&links) {
        let href = body["_links"][relation]["href"].as_str().expect("a link");
        assert_eq!(*link, format!("<{href}>; rel=\"{relation}\""));
    }
    assert_eq!(links.len(), 2);
    assert_eq!(
        links[0],
        format!(
            "<{}{ADMIN}?limit=1&orderBy=created%20asc>; rel=\"self\"",
            org.url()
        ),
        "as recorded"
    );

    let twin = "https://acme-admin.okta.com";
    org.faults().admin_links(Some(twin.into()));
    let review = desk.review("Hugo").await;
    for target in [
        target.clone(),
        format!("{ADMIN}/{review}"),
        format!("{MINE}/{review}/accesses"),
    ] {
        let mut seen = BTreeSet::new();
        texts(&desk.get(&target).await, &mut seen);
        let family = if target.starts_with(MINE) { MINE } else { ADMIN };
        let links: Vec<_> = seen.iter().filter(|it| it.contains("/governance/")).collect();
        assert!(
            links.len() > 2 && links.iter().all(|it| it.starts_with(&format!("{twin}{family}"))),
            "{links:#?}"
        );
    }
    org.faults().admin_links(None);
    org.faults()
        .paging(Some(OddPaging::OtherOrigin("https://evil.example.com".into())));
    let next = desk.get(&target).await["_links"]["next"]["href"].clone();
    assert!(
        next.as_str()
            .is_some_and(|it| it.starts_with("https://evil.example.com/governance/")),
        "{next}"
    );
    org.faults().paging(Some(OddPaging::EmptyPage));
    let empty = desk.get(&target).await;
    assert_eq!(empty["data"], json!([]));
    let next = empty["_links"]["next"]["href"].as_str().expect("a link");
    let rest = desk
        .get(next.strip_prefix(org.url()).expect("the org's own"))
        .await;
    assert_eq!(rest["data"].as_array().map(Vec::len), Some(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn limits_are_fifty_and_a_review_may_be_large() {
    let options = Options {
        review_items: 5000,
        ..Options::default()
    };
    let org = PracticeOrg::start(options)
        .await
        .expect("the practice org starts");
    let token = org.grant(&[
        "okta.governance.securityAccessReviews.admin.read",
        "okta.governance.settings.read",
    ]);
    let get = async |target: &str| {
        let request = support::http().get(format!("{}{target}", org.url()));
        request
            .header("authorization", format!("Bearer {token}"))
            .send()
            .await
            .expect("an answer")
    };
    for (target, limit) in [
        (format!("{ADMIN}/stats"), "50"),
        (ADMIN.into(), "50"),
        (SETTINGS.into(), "5000"),
    ] {
        let answer = get(&target).await;
        assert_eq!(header(&answer, "x-rate-limit-limit"), limit, "{target}");
        let left: i64 = header(&answer, "x-rate-limit-remaining")
            .parse()
            .expect("a number");
        assert_eq!(
            left,
            limit.parse::<i64>().expect("a number") - 1,
            "a bucket of its own: {target}"
        );
    }
    let list = json_of(get(&format!("{ADMIN}?filter=name%20co%20%22Everything%22")).await).await;
    let begun = Instant::now();
    let (mut target, mut seen) = (
        format!("{ADMIN}/{}/accesses?limit=200", id(&list["data"][0])),
        BTreeSet::new(),
    );
    loop {
        let page = json_of(get(&target).await).await;
        seen.extend(
            page["data"]
                .as_array()
                .expect("items")
                .iter()
                .map(|it| id(it).to_owned()),
        );
        match page["_links"]["next"]["href"].as_str() {
            Some(next) => target = next.strip_prefix(org.url()).expect("the org's own").to_owned(),
            None => break,
        }
    }
    assert_eq!(seen.len(), 5000, "every item once, in {:?}", begun.elapsed());
    org.faults().foreign_load(ADMIN, 48);
    let full = get(ADMIN).await;
    assert_eq!(full.status(), 429);
    let said = json_of(full).await;
    assert_eq!(
        said["errorSummary"],
        "The API call exceeded the rate limit due to too many requests."
    );
    assert_eq!(
        get(&format!("{ADMIN}/stats")).await.status(),
        200,
        "its own bucket is not used up"
    );
}
