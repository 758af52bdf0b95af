//! Lost, cut, late and hostile answers: what is not known is read back, never sent again, and always told.

use crate::connect::form;
use domain::catalog::entry;
use serde_json::{Value, json};
use std::time::Instant;
use support::hostile::{Act, Hostile};
use support::proxy::{Fault, Proxy};
use support::{Answer, World, consent, unlimited};

async fn world() -> (World, Proxy) {
    World::behind_network(unlimited()).await
}

/// How often the org itself saw a request.
fn seen(world: &World, method: &str, ending: &str) -> usize {
    world
        .org
        .ledger()
        .iter()
        .filter(|entry| entry.method == method && entry.path.ends_with(ending))
        .count()
}

async fn zscaler(world: &World) -> (String, Value) {
    let app = world.app("zscalerbyz").await;
    let row = &entry("zscalerbyz").expect("row").schemes[0];
    let view = world.connect(&app, "token", form(row)).await;
    (app, view)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_save_whose_answer_is_lost_is_read_back_and_not_sent_again() {
    let (world, proxy) = world().await;
    proxy.fail("POST", "/connections/default", Fault::LostAnswer);
    let (_, view) = zscaler(&world).await;
    assert!(proxy.all_played());
    assert_eq!(view["stage"], "done", "the read-back shows ENABLED: {view:#}");
    assert_eq!(seen(&world, "POST", "/connections/default"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_save_that_never_arrived_is_told_as_unknown_and_not_sent_again() {
    let (world, proxy) = world().await;
    proxy.fail("POST", "/connections/default", Fault::LostRequest);
    let (app, view) = zscaler(&world).await;
    assert_eq!(
        (view["stage"].as_str(), view["problem"]["code"].as_str()),
        (Some("failed"), Some("outcomeUnknown")),
        "{view:#}"
    );
    assert_eq!(seen(&world, "POST", "/connections/default"), 0);
    let history = world.ok("history_list", json!({ "org": world.key })).await;
    assert_eq!(history[0]["outcome"], "unknown", "{history:#}");
    // One click later it works.
    let row = &entry("zscalerbyz").expect("row").schemes[0];
    assert_eq!(world.connect(&app, "token", form(row)).await["stage"], "done");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_502_page_after_a_write_is_an_unknown_outcome() {
    let (world, proxy) = world().await;
    proxy.fail("POST", "/connections/default", Fault::Html502);
    let (_, view) = zscaler(&world).await;
    assert_eq!(view["problem"]["code"], "outcomeUnknown", "{view:#}");
    assert_eq!(seen(&world, "POST", "/connections/default"), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_whose_answer_is_lost_is_never_sent_twice() {
    for (fault, stage) in [
        (Fault::LostAnswer, "failed"),
        (Fault::CutAnswer(20), "failed"),
        (Fault::LostRequest, "failed"),
    ] {
        let (world, proxy) = world().await;
        let app = world.app("google").await;
        world.connect(&app, "oauth2", json!({})).await;
        world.of("connect_browser", &app).await;
        let link = world.engine.opened().pop().expect("opened");
        let page = consent(&link, Answer::Grant).await;
        proxy.fail("POST", "/oauth2/callback", fault);
        let view = world.hand_back(&app, &page).await;
        assert_eq!(view["stage"], stage, "{fault:?}: {view:#}");
        assert_eq!(view["problem"]["code"], "outcomeUnknown", "{fault:?}: {view:#}");
        assert!(seen(&world, "POST", "/oauth2/callback") <= 1, "{fault:?}");
        if fault != Fault::LostRequest {
            // Okta had taken it: activating is all that is left, as the sentence says.
            world.of("connect_activate", &app).await;
            assert_eq!(world.rest(&app).await["stage"], "done", "{fault:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_feature_write_that_got_lost_goes_once_more_only_after_a_look() {
    for (fault, puts) in [
        (Fault::LostAnswer, 1),
        (Fault::LostRequest, 1),
        (Fault::CutAnswer(60), 1),
    ] {
        let (world, proxy) = world().await;
        let app = world.app("zoomus").await;
        let read = world.of("features_get", &app).await;
        let mut wanted = json!({ "toApp": read["toApp"].clone() });
        wanted["toApp"]["deactivateUsers"] = json!(true);
        proxy.fail("PUT", "/features/USER_PROVISIONING", fault);
        let report = world
            .ok(
                "features_apply",
                json!({ "org": world.key, "app": app, "read": read, "wanted": wanted }),
            )
            .await;
        assert_eq!(
            report["now"]["toApp"]["deactivateUsers"], true,
            "{fault:?}: {report:#}"
        );
        assert_eq!(
            seen(&world, "PUT", "/features/USER_PROVISIONING"),
            puts,
            "{fault:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reads_are_tried_again_and_then_told() {
    let (world, proxy) = world().await;
    let app = world.app("zoomus").await;
    for fault in [Fault::LostRequest, Fault::CutAnswer(150)] {
        proxy.fail("GET", "/features", fault);
    }
    assert!(
        world.of("features_get", &app).await["toApp"].is_object(),
        "two failures are mended by themselves"
    );
    for _ in 0..12 {
        proxy.fail("GET", "/features", Fault::LostRequest);
    }
    let problem = world
        .refused("features_get", json!({ "org": world.key, "app": app }))
        .await;
    assert_eq!(
        serde_json::to_value(problem.code).expect("code"),
        "network",
        "{problem:#?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancelling_while_the_answer_is_late_is_answered_at_once() {
    let (world, proxy) = world().await;
    let app = world.app("zscalerbyz").await;
    proxy.fail("POST", "/connections/default", Fault::Late(20_000));
    world
        .ok(
            "connect_start",
            json!({ "org": world.key, "app": app, "scheme": "token", "autoActivate": true,
            "fields": { "baseUrl": "https://scim.example.com/1", "token": "t0ken" } }),
        )
        .await;
    support::until("the save is on its way", async || {
        seen(&world, "POST", "/connections/default") == 1
    })
    .await;
    let begun = Instant::now();
    let view = world.of("connect_cancel", &app).await;
    assert!(begun.elapsed().as_secs() < 5, "cancel waited for the answer");
    assert_eq!(view["stage"], "cancelled");
    // What was left behind is what Okta says.
    let detail = world.of("app_open", &app).await;
    assert_eq!(detail["connection"]["status"], "enabled", "{detail:#}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_okta_is_not_taken_for_it() {
    let html =
        b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 13\r\n\r\n<html></html>".to_vec();
    let json_page =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]".to_vec();
    let moved =
        b"HTTP/1.1 302 Found\r\nlocation: https://evil.example/\r\ncontent-length: 0\r\n\r\n".to_vec();
    let endless = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n[".to_vec();
    let garbage = b"\x00\x01\x02 not http\r\n\r\n".to_vec();
    let world = World::story().await;
    for (act, codes) in [
        (Act::Bytes(html), &["notOkta"][..]),
        (Act::Bytes(json_page), &["notOkta"]),
        (Act::Bytes(moved), &["notOkta"]),
        (Act::Endless(endless, b' '), &["notOkta"]),
        (Act::Bytes(garbage), &["network"]),
        (Act::ResetAfterRequest, &["network"]),
        (
            Act::Cut(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"id\":".to_vec()),
            &["network"],
        ),
    ] {
        let server = Hostile::start(vec![act.clone()]).await;
        let problem = world.refused("org_check", json!({ "address": server.url })).await;
        let code = serde_json::to_value(problem.code).expect("code");
        assert!(
            codes.iter().any(|want| code == *want),
            "{code} for {}: {problem:#?}",
            short(&act)
        );
        assert!(!problem.to_string().contains("evil.example"));
    }
}

fn short(act: &Act) -> String {
    format!("{act:?}").chars().take(60).collect()
}
