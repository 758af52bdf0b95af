//! Every answer of the practice org held against Okta's own schemas.

use crate::contract_judge::{EXCEPTIONS, Judged, unused};
use practice_org::Options;
use serde_json::{Value, json};
use support::openapi::Spec;

/// Every way to save a connection.
fn saves() -> Vec<(&'static str, Value)> {
    let consent = json!({ "profile": { "authScheme": "OAUTH2" } });
    let settings =
        json!({ "adminUsername": "admin@example.onmicrosoft.com", "adminPassword": "s3cret-for-tests" });
    vec![
        ("google", consent.clone()),
        ("slack", consent.clone()),
        ("zoomus", consent),
        (
            "office365",
            json!({ "profile": { "authScheme": "OAUTH2", "settings": settings } }),
        ),
        (
            "okta_org2org",
            json!({ "profile": { "authScheme": "TOKEN", "token": "00s3cret" } }),
        ),
        (
            "okta_org2org",
            json!({ "profile": { "authScheme": "OAUTH2", "clientId": "0oa2example0client000",
            "signing": { "rotationMode": "AUTO" } } }),
        ),
        (
            "okta_org2org",
            json!({ "profile": { "authScheme": "OAUTH2", "clientId": "0oa2example0client000" } }),
        ),
        (
            "zscalerbyz",
            json!({ "baseUrl": "https://scim.example.com/1/2/scim", "profile": { "authScheme": "TOKEN", "token": "00s3cret" } }),
        ),
    ]
}

/// Sets both features of an app up and reads them back.
async fn features(org: &Judged, base: &str) {
    let (status, found) = org.ask("GET", &format!("{base}/features"), None).await;
    assert_eq!(status, 200);
    for feature in found.as_array().expect("features") {
        let name = feature["name"].as_str().expect("a name");
        let target = format!("{base}/features/{name}");
        assert_eq!(org.ask("GET", &target, None).await, (200, feature.clone()));
        let mut wanted = feature["capabilities"].clone();
        if name == "INBOUND_PROVISIONING" {
            org.send("PUT", &target, wanted.clone()).await;
            let schedule = json!({ "status": "ENABLED",
                "fullImport": { "expression": "0 0 * * 0", "timezone": "America/New_York" },
                "incrementalImport": { "expression": "0 */4 * * *" } });
            wanted["importSettings"]["schedule"] = schedule;
            wanted["importSettings"]["username"] =
                json!({ "userNameFormat": "CUSTOM", "userNameExpression": "source.userName" });
            wanted["importRules"]["userCreateAndMatch"]["exactMatchCriteria"] = json!("EMAIL");
        } else {
            wanted["update"]["password"] = json!({ "status": "ENABLED", "seed": "OKTA", "change": "CHANGE" });
        }
        let (status, said) = org.send("PUT", &target, wanted.clone()).await;
        assert_eq!((status, &said["capabilities"]), (200, &wanted));
        assert_eq!(org.ask("GET", &target, None).await, (200, said));
    }
}

/// Connects an app and sets its features, all of it by hand.
async fn connect(org: &Judged, name: &str, body: Value) {
    let base = format!("/api/v1/apps/{}", org.app(name).await);
    let connection = format!("{base}/connections/default");
    let (_, before) = org.ask("GET", &connection, None).await;
    let has_features = if before["status"] == "ENABLED" { 200 } else { 400 };
    assert_eq!(
        org.ask("GET", &format!("{base}/features"), None).await.0,
        has_features,
        "{name}"
    );
    let (status, said) = org
        .send("POST", &format!("{connection}?activate=false"), body)
        .await;
    assert_eq!((status, &said["status"]), (200, &json!("DISABLED")), "{name}");
    assert_eq!(org.ask("GET", &connection, None).await, (200, said.clone()));
    org.ask("GET", &format!("{connection}/jwks"), None).await;
    if let Some(link) = said.pointer("/_links/authorize/href").and_then(Value::as_str) {
        let page = support::consent(link, support::Answer::Grant).await;
        let page: Value = serde_json::from_str(&page).expect("JSON");
        assert_eq!(page["continue_oauth_flow_url"]["method"], "POST");
        let href = page["continue_oauth_flow_url"]["href"].as_str().expect("href");
        let callback = href.strip_prefix(org.org.url()).expect("the org's own address");
        assert_eq!(org.ask("POST", callback, None).await, (204, Value::Null));
        assert_eq!(org.ask("POST", callback, None).await.0, 400, "a code works once");
    }
    assert_eq!(
        org.ask("POST", &format!("{connection}/lifecycle/activate"), None)
            .await,
        (204, Value::Null)
    );
    let (_, said) = org.ask("GET", &connection, None).await;
    assert_eq!(said["status"], "ENABLED", "{name}: {said:#}");
    features(org, &base).await;
    assert_eq!(
        org.ask("POST", &format!("{connection}/lifecycle/deactivate"), None)
            .await,
        (204, Value::Null)
    );
    assert_eq!(org.ask("GET", &connection, None).await.1["status"], "DISABLED");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_is_one_okta_describes() {
    let Some(spec) = Spec::load() else { return };
    let org = Judged::start(
        spec,
        Options {
            limits: false,
            apps: 30,
            users: 250,
            ..Options::default()
        },
    )
    .await;
    org.ask_as("", "GET", "/.well-known/okta-organization", None)
        .await;
    for target in [
        "/api/v1/org",
        "/api/v1/users/me",
        "/api/v1/users",
        "/api/v1/users?search=profile.firstName%20sw%20%22A%22&limit=3",
        "/api/v1/groups",
        "/api/v1/groups?expand=stats&q=F",
        "/api/v1/apps",
        "/api/v1/apps?limit=5&filter=status%20eq%20%22ACTIVE%22",
    ] {
        assert_eq!(org.ask("GET", target, None).await.0, 200, "{target}");
    }
    let (_, apps) = org.ask("GET", "/api/v1/apps", None).await;
    for app in apps.as_array().expect("apps").iter().take(14) {
        let base = format!("/api/v1/apps/{}", app["id"].as_str().expect("id"));
        for below in [
            "",
            "/users?limit=2",
            "/connections/default",
            "/connections/default/jwks",
            "/features",
        ] {
            org.ask("GET", &format!("{base}{below}"), None).await;
        }
    }
    let mut first = true;
    for (name, body) in saves() {
        if name != "okta_org2org" || std::mem::take(&mut first) {
            connect(&org, name, body).await;
        } else {
            let connection = format!("/api/v1/apps/{}/connections/default", org.app(name).await);
            let (_, said) = org
                .send("POST", &format!("{connection}?activate=true"), body)
                .await;
            assert_eq!(said["status"], "ENABLED");
            assert_eq!(org.ask("GET", &connection, None).await, (200, said));
            let (_, keys) = org.ask("GET", &format!("{connection}/jwks"), None).await;
            assert!(
                keys["jwks"]["keys"]
                    .as_array()
                    .is_some_and(|keys| !keys.is_empty()),
                "{keys:#}"
            );
        }
    }
    let unused = unused(EXCEPTIONS, &org.used);
    assert!(unused.is_empty(), "exceptions nothing needs: {unused:#?}");
    let served = 17;
    assert_eq!(
        org.called.lock().expect("called").len(),
        served,
        "operations judged"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_refusal_is_one_okta_describes() {
    let Some(spec) = Spec::load() else { return };
    let org = Judged::start(
        spec,
        Options {
            limits: false,
            ..Options::default()
        },
    )
    .await;
    let (google, zoom, handbook) = (
        org.app("google").await,
        org.app("zoomus").await,
        org.app("bookmark").await,
    );
    let google = format!("/api/v1/apps/{google}");
    let feature = format!("/api/v1/apps/{zoom}/features/INBOUND_PROVISIONING");
    let empty = json!({});
    let rows: Vec<(&str, String, Option<Value>, u16, &str)> = vec![
        (
            "GET",
            "/api/v1/apps?after=00u1testcursorvalue&limit=1".into(),
            None,
            400,
            "E0000029",
        ),
        ("GET", "/api/v1/apps?filter=name".into(), None, 400, "E0000031"),
        (
            "GET",
            "/api/v1/apps?expand=user/id,group/id".into(),
            None,
            400,
            "E0000001",
        ),
        (
            "GET",
            "/api/v1/users?search=status%20ne%20%22ACTIVE%22".into(),
            None,
            400,
            "E0000031",
        ),
        (
            "GET",
            "/api/v1/users/nobody@example.com".into(),
            None,
            404,
            "E0000007",
        ),
        (
            "GET",
            "/api/v1/apps/0oa0nothing/connections/default".into(),
            None,
            404,
            "E0000007",
        ),
        (
            "POST",
            "/api/v1/apps/0oa0nothing/connections/default".into(),
            Some(empty.clone()),
            404,
            "E0000007",
        ),
        (
            "POST",
            format!("{google}/connections/default"),
            Some(empty.clone()),
            400,
            "E0000001",
        ),
        (
            "POST",
            format!("{google}/connections/default"),
            None,
            400,
            "E0000003",
        ),
        (
            "POST",
            "/api/v1/apps/slack/0oa0nothing/oauth2/callback?code=a&state=b".into(),
            None,
            404,
            "E0000007",
        ),
        ("GET", format!("{google}/features"), None, 400, "E0000001"),
        (
            "GET",
            format!("/api/v1/apps/{handbook}/features"),
            None,
            400,
            "E0000001",
        ),
        (
            "GET",
            format!("{google}/features/NOT_A_FEATURE"),
            None,
            404,
            "E0000007",
        ),
        ("PUT", feature.clone(), None, 400, "E0000003"),
        (
            "PUT",
            feature,
            Some(json!({ "importSettings": {} })),
            400,
            "E0000001",
        ),
    ];
    for (method, target, body, status, code) in rows {
        let (is, said) = org.ask(method, &target, body).await;
        assert_eq!(
            (is, said["errorCode"].as_str()),
            (status, Some(code)),
            "{method} {target}: {said:#}"
        );
        assert_eq!(said["errorLink"], code);
    }
    let callback = format!(
        "/api/v1/apps/google/{}/oauth2/callback?code=a&state=b",
        org.app("google").await
    );
    assert_eq!(org.ask("POST", &callback, None).await.0, 400);
    assert_eq!(
        org.ask_as("", "GET", "/api/v1/org", None).await.1["errorCode"],
        "E0000005"
    );
    assert_eq!(
        org.ask_as("SSWS 00wrong", "GET", "/api/v1/org", None).await.1["errorCode"],
        "E0000011"
    );
}
