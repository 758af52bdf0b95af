//! The practice org's control pages: every knob over HTTP, behind their key.

use crate::contract_wire::{ask, org};
use practice_org::Switch;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_knob_can_be_turned_over_http() {
    let org = org(false).await;
    let turn = async |method: Method, path: &str, body: Value| {
        let request = support::http().request(method, format!("{}/_practice/{path}", org.url()));
        let answer = request
            .header("x-practice-key", org.key())
            .body(body.to_string())
            .send()
            .await
            .expect("an answer");
        let status = answer.status().as_u16();
        (
            status,
            serde_json::from_str::<Value>(&answer.text().await.expect("text")).expect("JSON"),
        )
    };
    let get = async |target: &str| ask(&org, Method::GET, target).send().await;
    for (name, value) in [("x-practice-key", "wrong"), ("origin", org.url())] {
        let request = support::http()
            .get(format!("{}/_practice/state", org.url()))
            .header(name, value);
        assert_eq!(request.send().await.expect("an answer").status(), 403, "{name}");
    }
    let (_, state) = turn(Method::GET, "state", json!({})).await;
    assert_eq!(
        state["switches"].as_array().map(Vec::len),
        Some(Switch::ALL.len())
    );
    assert_eq!(
        turn(Method::PUT, "switches/tokenRevoked", json!({ "on": true }))
            .await
            .0,
        200
    );
    assert_eq!(
        (
            org.switches(),
            get("/api/v1/org").await.expect("an answer").status().as_u16()
        ),
        (vec![Switch::TokenRevoked], 401)
    );
    assert_eq!(
        turn(Method::PUT, "switches/tokenRevoked", json!({ "on": false }))
            .await
            .0,
        200
    );

    let fault = json!({ "method": "GET", "path": "/api/v1/org", "status": 503, "code": "E0000010", "headers": { "X-Odd": "1" } });
    assert_eq!(turn(Method::POST, "faults", fault).await.0, 200);
    let refused = get("/api/v1/org").await.expect("an answer");
    assert!(refused.status() == 503 && refused.headers()["x-odd"] == "1");
    assert_eq!(
        turn(
            Method::POST,
            "faults",
            json!({ "path": "/api/v1/org", "cut": true })
        )
        .await
        .0,
        200
    );
    assert!(get("/api/v1/org").await.is_err());
    assert_eq!(
        turn(
            Method::POST,
            "faults",
            json!({ "path": "/**", "always": true, "status": 500 })
        )
        .await
        .0,
        200
    );
    assert_eq!(turn(Method::DELETE, "faults", json!({})).await.0, 200);

    assert_eq!(
        turn(
            Method::PUT,
            "bucket",
            json!({ "name": "/api/v1/org", "limit": 3, "window": 60 })
        )
        .await
        .0,
        200
    );
    assert_eq!(
        turn(
            Method::POST,
            "foreign-load",
            json!({ "name": "/api/v1/org", "requests": 2 })
        )
        .await
        .0,
        200
    );
    assert_eq!(
        get("/api/v1/org").await.expect("an answer").headers()["x-rate-limit-remaining"],
        "0"
    );
    assert_eq!(get("/api/v1/org").await.expect("an answer").status(), 429);
    let before = state["now"].as_i64().expect("a time");
    let (_, clock) = turn(Method::POST, "clock", json!({ "seconds": 100 })).await;
    assert!(clock["now"].as_i64().is_some_and(|now| now >= before + 100));
    assert_eq!(get("/api/v1/org").await.expect("an answer").status(), 200);
    assert_eq!(
        turn(Method::PUT, "concurrency", json!({ "most": 0 })).await.0,
        200
    );
    assert_eq!(
        get("/api/v1/org").await.expect("an answer").headers()["x-rate-limit-limit"],
        "0"
    );
    assert_eq!(
        turn(Method::PUT, "concurrency", json!({ "most": null })).await.0,
        200
    );

    let odd = json!({ "kind": "otherOrigin", "origin": "https://acme-admin.okta.com" });
    assert_eq!(turn(Method::PUT, "paging", odd).await.0, 200);
    let page = get("/api/v1/apps?limit=1").await.expect("an answer");
    assert!(page.headers().get_all("link").iter().any(|link| {
        link.to_str()
            .expect("text")
            .starts_with("<https://acme-admin.okta.com/")
    }));
    let twin = json!({ "origin": "https://acme-admin.okta.com" });
    assert_eq!(turn(Method::PUT, "admin-links", twin).await.0, 200);
    let roles = get("/api/v1/iam/roles").await.expect("an answer");
    let link = roles.headers()["link"].to_str().expect("text");
    assert!(link.starts_with("<https://acme-admin.okta.com/"), "{link}");
    assert_eq!(
        turn(Method::PUT, "admin-links", json!({ "origin": null }))
            .await
            .0,
        200
    );
    assert_eq!(turn(Method::PUT, "pace", json!({ "gathering": 60 })).await.0, 200);
    let pointer = json!({ "pointer": "/create/lifecycleCreate/status" });
    assert_eq!(turn(Method::POST, "ignored-settings", pointer).await.0, 200);
    let (_, token) = turn(Method::POST, "tokens", json!({ "scopes": ["okta.orgs.read"] })).await;
    let bearer = format!("Bearer {}", token["token"].as_str().expect("a token"));
    let request = support::http()
        .get(format!("{}/api/v1/org", org.url()))
        .header("authorization", bearer);
    assert_eq!(request.send().await.expect("an answer").status(), 200);

    let (_, ledger) = turn(Method::GET, "ledger", json!({})).await;
    assert!(
        ledger
            .as_array()
            .expect("entries")
            .iter()
            .all(|entry| !entry["path"].as_str().expect("path").starts_with("/_practice"))
    );
    assert_eq!(ledger.as_array().map(Vec::len), Some(org.ledger().len()));
    assert_eq!(turn(Method::DELETE, "ledger", json!({})).await.0, 200);
    assert!(org.ledger().is_empty());
    assert_eq!(turn(Method::POST, "reset", json!({})).await.0, 200);
    for (method, path, body) in [
        (Method::GET, "nothing", json!({})),
        (Method::PUT, "switches/nothing", json!({ "on": true })),
        (Method::PUT, "switches/slow", json!({ "on": "yes" })),
        (Method::POST, "faults", json!({ "status": 500 })),
        (
            Method::PUT,
            "bucket",
            json!({ "name": "/api/v1/org", "limit": -1, "window": 60 }),
        ),
        (Method::PUT, "paging", json!({ "kind": "sideways" })),
        (Method::PUT, "pace", json!({ "gathering": "soon" })),
        (Method::POST, "clock", json!([])),
    ] {
        let (status, said) = turn(method, path, body).await;
        assert!(status >= 400 && said["error"].is_string(), "{path}: {said}");
    }
}
