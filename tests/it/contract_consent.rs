//! The practice org's consent pages as a browser without scripts meets them.

use crate::contract_wire::{ask, org};
use practice_org::{PracticeOrg, Switch};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use support::{Answer, consent};
use url::Url;

/// Saves an app's connection; gives its authorize link.
async fn link(org: &PracticeOrg, app: &str) -> String {
    let settings = json!({ "adminUsername": "a@example.com", "adminPassword": "s3cret" });
    let body = json!({ "profile": { "authScheme": "OAUTH2", "settings": settings } }).to_string();
    let save = ask(
        org,
        Method::POST,
        &format!("/api/v1/apps/{app}/connections/default"),
    );
    let answer = save
        .header("content-type", "application/json")
        .body(body)
        .send()
        .await
        .expect("an answer");
    let said: Value = serde_json::from_str(&answer.text().await.expect("text")).expect("JSON");
    said.pointer("/_links/authorize/href")
        .and_then(Value::as_str)
        .expect("a link")
        .to_owned()
}

/// The consent apps of the story, with their providers.
const APPS: &[(&str, &str)] = &[
    ("0oa1p000000000000001", "google"),
    ("0oa1p000000000000002", "microsoft"),
    ("0oa1p000000000000003", "slack"),
    ("0oa1p000000000000004", "zoom"),
];

async fn post(url: &Url, path: &str, more: &[(&str, &str)]) -> Response {
    let mut fields: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    fields.extend(
        more.iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    let target = url.join(path).expect("an address");
    let origin = url.origin().ascii_serialization();
    support::http()
        .post(target)
        .header("origin", origin)
        .form(&fields)
        .send()
        .await
        .expect("an answer")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_provider_can_be_clicked_through() {
    let org = org(false).await;
    for (app, provider) in APPS {
        let url = Url::parse(&link(&org, app).await).expect("an address");
        let state = url
            .query_pairs()
            .find(|(name, _)| name == "state")
            .expect("a state")
            .1
            .into_owned();
        assert_eq!(url.path(), format!("/consent/{provider}/authorize"));
        let granted: Value = serde_json::from_str(&consent(url.as_str(), Answer::Grant).await).expect("JSON");
        let href = granted["continue_oauth_flow_url"]["href"].as_str().expect("href");
        let href = Url::parse(href).expect("an address");
        assert!(
            href.as_str().starts_with(&format!("{}/api/v1/apps/", org.url()))
                && href.path().ends_with("/oauth2/callback")
        );
        let given = |name: &str| {
            href.query_pairs()
                .find(|(has, _)| has == name)
                .map(|(_, value)| value.into_owned())
        };
        assert_eq!(given("state"), Some(state));
        let target = format!("{}?{}", href.path(), href.query().expect("a query"));
        assert_eq!(
            ask(&org, Method::POST, &target)
                .send()
                .await
                .expect("an answer")
                .status(),
            204
        );
        let denied: Value = serde_json::from_str(&consent(url.as_str(), Answer::Deny).await).expect("JSON");
        assert_eq!(denied["error"], "access_denied", "{provider}");
        let ledger =
            serde_json::to_string(&org.ledger().iter().map(|e| format!("{e:?}")).collect::<Vec<_>>());
        let ledger = ledger.expect("text");
        for secret in [
            given("code"),
            given("state"),
            Some(org.token().to_owned()),
            Some(org.key().to_owned()),
        ] {
            assert!(
                !ledger.contains(&secret.expect("there")),
                "the ledger holds no secret"
            );
        }
        assert!(
            org.ledger()
                .iter()
                .any(|entry| entry.template == "/consent/{provider}/decision"
                    && entry.changed == [format!("code {provider}")]
                    && entry.status == 303)
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_without_rights_is_refused_and_another_can_be_chosen() {
    let org = org(false).await;
    for (app, provider) in APPS {
        let url = Url::parse(&link(&org, app).await).expect("an address");
        let page = post(
            &url,
            &format!("/consent/{provider}/review"),
            &[("account", "member")],
        )
        .await;
        let html = page.text().await.expect("text");
        for id in [
            "refused",
            "refused-cancel",
            "use-another-account",
            "practice-banner",
        ] {
            assert!(html.contains(&format!("id=\"{id}\"")), "{provider}: {id}");
        }
        assert!(!html.contains("consent-allow"));
        let again = post(
            &url,
            &format!("/consent/{provider}/account"),
            &[("email", "a@example.com")],
        )
        .await;
        let html = again.text().await.expect("text");
        assert!(html.contains("id=\"account-admin\"") && html.contains("id=\"account-member\""));
        let blank = post(&url, &format!("/consent/{provider}/account"), &[("email", " ")]).await;
        assert!(
            blank.text().await.expect("text").contains("id=\"email-error\""),
            "back to sign-in"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_locked_down_and_check_what_they_are_asked() {
    let org = org(false).await;
    let good = Url::parse(&link(&org, APPS[0].0).await).expect("an address");
    let page = support::http().get(good.clone()).send().await.expect("an answer");
    let policy = page.headers()["content-security-policy"].to_str().expect("text");
    assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    assert!(!policy.contains("script") && page.headers()["cache-control"] == "no-store");
    for (name, value) in [
        ("client_id", "somebody-else"),
        ("redirect_uri", "https://evil.example.com/"),
        ("response_type", "token"),
        ("state", ""),
    ] {
        let pairs: Vec<(String, String)> = good.query_pairs().into_owned().collect();
        let mut bad = good.clone();
        bad.query_pairs_mut().clear().extend_pairs(
            pairs
                .iter()
                .map(|(has, kept)| (has.as_str(), if has == name { value } else { kept.as_str() })),
        );
        let page = support::http().get(bad.clone()).send().await.expect("an answer");
        assert_eq!(page.status(), 400, "{name}");
        let sent = post(&bad, "/consent/google/decision", &[("decision", "allow")]).await;
        assert_eq!(sent.status(), 400, "{name}: no way around the first page");
    }
    let foreign = support::http()
        .post(good.clone())
        .header("origin", "https://evil.example.com")
        .send()
        .await;
    assert_eq!(foreign.expect("an answer").status(), 403);
    let mut evil = good.clone();
    evil.query_pairs_mut()
        .append_pair("scope", "\"><script>alert(1)</script>");
    let html = support::http()
        .get(evil)
        .send()
        .await
        .expect("an answer")
        .text()
        .await
        .expect("text");
    assert!(!html.contains("<script"));
    for nowhere in ["/consent/other/authorize", "/consent/google/nothing", "/consent/"] {
        let page = support::http()
            .get(format!("{}{nowhere}", org.url()))
            .send()
            .await
            .expect("an answer");
        assert_eq!(page.status(), 404, "{nowhere}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn old_links_old_codes_and_wrong_states() {
    let org = org(false).await;
    let app = APPS[0].0;
    let callback = async |page: &str| {
        let page: Value = serde_json::from_str(page).expect("JSON");
        let href = page["continue_oauth_flow_url"]["href"].as_str().expect("href");
        let target = href.strip_prefix(org.url()).expect("own address").to_owned();
        let answer = ask(&org, Method::POST, &target).send().await.expect("an answer");
        let status = answer.status().as_u16();
        let text = answer.text().await.expect("text");
        let body: Value = serde_json::from_str(&text).unwrap_or_default();
        (
            status,
            body.pointer("/errorCauses/0/errorSummary")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
        )
    };
    let old = link(&org, app).await;
    let latest = link(&org, app).await;
    let page: Value = serde_json::from_str(&consent(&old, Answer::Grant).await).expect("JSON");
    assert_eq!(
        page["errorCode"], "E0000001",
        "a newer save made the link void: {page:#}"
    );

    org.set_switch(Switch::WrongState, true);
    let (status, cause) = callback(&consent(&latest, Answer::Grant).await).await;
    assert!(status == 400 && cause.starts_with("state:"), "{cause}");
    org.set_switch(Switch::WrongState, false);

    org.set_switch(Switch::ExpiredCode, true);
    let (status, cause) = callback(&consent(&latest, Answer::Grant).await).await;
    assert!(status == 400 && cause.starts_with("code:"), "{cause}");
    org.set_switch(Switch::ExpiredCode, false);

    let page = consent(&latest, Answer::Grant).await;
    org.advance(601);
    assert_eq!(
        callback(&page).await.0,
        400,
        "after ten minutes of the org's clock"
    );
    assert_eq!(callback(&consent(&latest, Answer::Grant).await).await.0, 204);
}
