//! The practice org's faults and switches do what they say.

use crate::contract_wire::{GOOGLE, ask, get, header, json_of, last, org, save};
use practice_org::{Fault, Options, PracticeOrg, Switch};
use reqwest::{Method, RequestBuilder};
use serde_json::json;
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lost_answers_before_and_after_the_change() {
    let org = org(false).await;
    org.faults().fail_next(Fault::on("POST", GOOGLE).cut());
    assert!(save(&org).send().await.is_err(), "no answer");
    assert_eq!((last(&org).status, last(&org).changed.len()), (0, 0));
    assert_eq!(
        json_of(get(&org, GOOGLE).await).await["status"],
        "UNKNOWN",
        "not carried out"
    );

    org.faults()
        .fail_next(Fault::on("POST", GOOGLE).after_commit().cut());
    assert!(save(&org).send().await.is_err(), "no answer");
    assert_eq!(last(&org).changed, ["connection 0oa1p000000000000001"]);
    assert_eq!(
        json_of(get(&org, GOOGLE).await).await["status"],
        "DISABLED",
        "carried out"
    );

    org.faults().fail_next(Fault::on("GET", GOOGLE).cut_after(400));
    let cut = get(&org, GOOGLE).await;
    assert!(
        cut.status() == 200 && cut.text().await.is_err(),
        "the head came, the body did not"
    );

    // A client that gives up waiting has still had its request carried out, once.
    let activate = format!("{GOOGLE}/lifecycle/deactivate");
    org.faults()
        .fail_next(Fault::on("POST", &activate).slow(Duration::from_secs(20), Duration::ZERO));
    let impatient = ask(&org, Method::POST, &activate)
        .timeout(Duration::from_millis(300))
        .send()
        .await;
    assert!(impatient.is_err_and(|error| error.is_timeout()));
    assert_eq!(last(&org).status, 204);
    assert_eq!(org.faults().waiting(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_faults_do_what_they_say() {
    let org = org(true).await;
    let faults = org.faults();
    faults.fail_next(Fault::on("*", "/api/v1/**").refuse(
        500,
        "E0000009",
        "Internal Server Error",
        "x: broken",
    ));
    let broken = get(&org, "/api/v1/org").await;
    assert_eq!(broken.status(), 500);
    assert_eq!(
        json_of(broken).await["errorCauses"][0]["errorSummary"],
        "x: broken"
    );

    faults.fail_next(Fault::on("GET", "/api/v1/org").raw(502, "text/html", "<h1>Bad gateway</h1>"));
    let page = get(&org, "/api/v1/org").await;
    assert!(page.status() == 502 && header(&page, "content-type") == "text/html");
    assert!(
        page.headers().get("x-okta-request-id").is_none(),
        "it is not Okta's"
    );

    let odd = Fault::on("GET", "/api/v1/org")
        .header("X-Rate-Limit-Remaining", "5")
        .header("X-Rate-Limit-Remaining", "3");
    faults.fail_next(odd.header("Date", ""));
    let doubled = get(&org, "/api/v1/org").await;
    assert_eq!(
        doubled.headers().get_all("x-rate-limit-remaining").iter().count(),
        2
    );

    let delay = Duration::from_millis(250);
    faults.fail_next(Fault::on("GET", "/api/v1/org").slow(Duration::ZERO, delay));
    let begun = Instant::now();
    let late = get(&org, "/api/v1/org").await;
    let head = begun.elapsed();
    assert_eq!(json_of(late).await["companyName"], "Practice org");
    assert!(
        head < begun.elapsed() && begun.elapsed() >= delay,
        "the body comes after the head"
    );

    org.set_switch(Switch::Maintenance, true);
    assert_eq!(
        json_of(save(&org).send().await.expect("an answer")).await["errorCode"],
        "E0000010"
    );
    assert_eq!(get(&org, GOOGLE).await.status(), 200, "reads go on");
    org.set_switch(Switch::Maintenance, false);

    org.set_switch(Switch::ActivateIgnored, true);
    let zscaler = "/api/v1/apps/0oa1p000000000000006/connections/default";
    let body =
        json!({ "baseUrl": "https://scim.example.com", "profile": { "authScheme": "TOKEN", "token": "t" } });
    let saved = ask(&org, Method::POST, zscaler)
        .header("content-type", "application/json")
        .body(body.to_string());
    assert_eq!(saved.send().await.expect("an answer").status(), 200);
    let activated = ask(&org, Method::POST, &format!("{zscaler}/lifecycle/activate"))
        .send()
        .await
        .expect("an answer");
    assert_eq!(activated.status(), 204);
    assert_eq!(json_of(get(&org, zscaler).await).await["status"], "DISABLED");
    assert_eq!(org.switches(), [Switch::ActivateIgnored]);

    org.reset();
    assert!(org.switches().is_empty() && org.ledger().is_empty());
    assert_eq!(
        json_of(get(&org, zscaler).await).await["status"],
        "UNKNOWN",
        "the world is as it was"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odd_requests_get_oktas_refusals() {
    let org = org(false).await;
    let send = async |request: RequestBuilder| {
        let answer = request.send().await.expect("an answer");
        (
            answer.status().as_u16(),
            json_of(answer).await["errorCode"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        )
    };
    let text = ask(&org, Method::POST, GOOGLE)
        .header("content-type", "text/plain")
        .body("{}");
    assert_eq!(send(text).await, (415, "E0000021".to_owned()));
    for body in ["{", "[]", "null", "\"text\""] {
        let odd = ask(&org, Method::POST, GOOGLE)
            .header("content-type", "application/json")
            .body(body);
        assert_eq!(send(odd).await, (400, "E0000003".to_owned()), "{body}");
    }
    assert_eq!(
        send(ask(&org, Method::DELETE, GOOGLE)).await,
        (405, "E0000022".to_owned())
    );
    assert_eq!(
        send(ask(&org, Method::GET, "/api/v1/nothing")).await,
        (404, "E0000022".to_owned())
    );
    assert_eq!(send(ask(&org, Method::GET, "/api/v1/apps?limit=0")).await.0, 400);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dropping_it_frees_the_port() {
    let org = org(true).await;
    let (url, port) = (
        org.url().to_owned(),
        org.url().rsplit(':').next().and_then(|port| port.parse().ok()),
    );
    let client = support::http();
    assert!(
        client
            .get(format!("{url}/.well-known/okta-organization"))
            .send()
            .await
            .is_ok()
    );
    drop(org);
    support::until("nobody answers", async || client.get(&url).send().await.is_err()).await;
    let options = Options {
        port: port.expect("a port"),
        ..Options::default()
    };
    assert!(
        PracticeOrg::start(options)
            .await
            .is_ok_and(|org| org.url() == url),
        "the port can be had again"
    );
}
