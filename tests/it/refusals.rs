//! What Okta says no to, and what it says yes to without doing it.

use crate::connect::form;
use domain::catalog::entry;
use domain::problem::Problem;
use practice_org::{Fault, OddPaging, Switch};
use serde_json::json;
use std::time::{Duration, Instant};
use support::{Answer, World, consent, until};

fn code(problem: &Problem) -> String {
    serde_json::to_value(problem.code)
        .expect("code")
        .as_str()
        .expect("text")
        .to_owned()
}

async fn awaiting(world: &World) -> (String, String) {
    let app = world.app("google").await;
    world.connect(&app, "oauth2", json!({})).await;
    world.of("connect_browser", &app).await;
    (app, world.engine.opened().pop().expect("opened"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn activated_with_204_but_still_disabled_is_told_and_can_be_tried_again() {
    let world = World::story().await;
    world.org.set_switch(Switch::ActivateIgnored, true);
    let (app, link) = awaiting(&world).await;
    let view = world.hand_back(&app, &consent(&link, Answer::Grant).await).await;
    assert_eq!(
        (&view["stage"], &view["problem"]["code"]),
        (&json!("failed"), &json!("notApplied")),
        "{view:#}"
    );
    let history = world.ok("history_list", json!({ "org": world.key })).await;
    assert_eq!(history[0]["outcome"], "notApplied", "{:#}", history[0]);
    // Looking again does not make it look mended.
    let looked = world.of("app_open", &app).await;
    assert_eq!(looked["connect"]["problem"]["code"], "notApplied", "{looked:#}");
    world.org.set_switch(Switch::ActivateIgnored, false);
    world.of("connect_activate", &app).await;
    assert_eq!(world.rest(&app).await["stage"], "done");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_that_is_too_old_asks_for_a_new_consent_and_gets_it() {
    let world = World::story().await;
    let (app, link) = awaiting(&world).await;
    let page = consent(&link, Answer::Grant).await;
    world.org.advance(11 * 60);
    let view = world.hand_back(&app, &page).await;
    assert_eq!(
        (&view["stage"], &view["problem"]["code"]),
        (&json!("failed"), &json!("consentExpired")),
        "{view:#}"
    );
    // The answer is spent: pasting it again says so instead of sending it again.
    let problem = world
        .refused(
            "connect_finish",
            json!({ "org": world.key, "app": app, "text": page }),
        )
        .await;
    assert!(
        ["consentNotWaiting", "consentMismatch"].contains(&code(&problem).as_str()),
        "{problem:#?}"
    );
    world.of("connect_resume", &app).await;
    assert_eq!(world.give_consent(&app).await["stage"], "done");
    let callbacks = world
        .org
        .ledger()
        .iter()
        .filter(|e| e.path.ends_with("/oauth2/callback"))
        .count();
    assert_eq!(callbacks, 2, "each code was sent once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_foreign_state_is_caught_before_anything_is_sent() {
    let world = World::story().await;
    world.org.set_switch(Switch::WrongState, true);
    let (app, link) = awaiting(&world).await;
    let page = consent(&link, Answer::Grant).await;
    let problem = world
        .refused(
            "connect_finish",
            json!({ "org": world.key, "app": app, "text": page }),
        )
        .await;
    assert_eq!(code(&problem), "consentMismatch", "{problem:#?}");
    assert!(
        world
            .org
            .ledger()
            .iter()
            .all(|e| !e.path.ends_with("/oauth2/callback"))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_setting_okta_does_not_keep_is_named() {
    let world = World::story().await;
    world.org.set_switch(Switch::FeatureIgnored, true);
    let app = world.app("okta_org2org").await;
    let read = world.of("features_get", &app).await;
    let mut wanted = json!({ "toOkta": read["toOkta"].clone() });
    wanted["toOkta"]["autoConfirmExact"] = json!(true);
    wanted["toOkta"]["allowPartialMatch"] = json!(read["toOkta"]["allowPartialMatch"] != true);
    let report = world
        .ok(
            "features_apply",
            json!({ "org": world.key, "app": app, "read": read, "wanted": wanted }),
        )
        .await;
    let half = &report["halves"][0];
    assert_eq!(half["ignored"][0]["field"], "autoConfirmExact", "{half:#}");
    assert_eq!(half["applied"][0]["field"], "allowPartialMatch", "{half:#}");
    assert_eq!(report["now"]["toOkta"]["autoConfirmExact"], false);
    let history = world.ok("history_list", json!({ "org": world.key })).await;
    assert_eq!(history[0]["outcome"], "notApplied");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn okta_changed_meanwhile_is_shown_and_kept() {
    let world = World::story().await;
    let app = world.app("zoomus").await;
    let read = world.of("features_get", &app).await;
    // Another admin switches Deactivate Users on, with a whole body, as the Admin Console does.
    let mut theirs = world
        .okta(&format!("/api/v1/apps/{app}/features/USER_PROVISIONING"))
        .await["capabilities"]
        .clone();
    theirs["update"]["lifecycleDeactivate"]["status"] = json!("ENABLED");
    let put = format!("{}/api/v1/apps/{app}/features/USER_PROVISIONING", world.org.url());
    let auth = format!("SSWS {}", world.org.token());
    let answer = support::http()
        .put(put)
        .header("authorization", auth)
        .json(&theirs)
        .send()
        .await
        .expect("answer");
    assert_eq!(answer.status(), 200);

    let mut wanted = json!({ "toApp": read["toApp"].clone() });
    wanted["toApp"]["syncPassword"] = json!(true);
    let args = json!({ "org": world.key, "app": app, "read": read, "wanted": wanted });
    let preview = world.ok("features_preview", args.clone()).await;
    assert_eq!(preview["drifted"][0]["field"], "deactivateUsers", "{preview:#}");
    let fields: Vec<&str> = preview["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .filter_map(|c| c["field"].as_str())
        .collect();
    assert_eq!(fields, ["syncPassword"], "only the person's own change is sent");
    let report = world.ok("features_apply", args).await;
    assert_eq!(
        report["now"]["toApp"]["deactivateUsers"], true,
        "the other admin's change survives"
    );
    assert_eq!(report["now"]["toApp"]["syncPassword"], true);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusals_say_what_is_wrong_and_who_can_mend_it() {
    for (switch, expected) in [
        (Switch::TokenRevoked, "signInRefused"),
        (Switch::PermissionMissing, "notPermitted"),
        (Switch::Maintenance, "oktaDown"),
        (Switch::ProxyPage, "unexpectedAnswer"),
    ] {
        let world = World::story().await;
        world.list(&world.key).await;
        let app = world.app("zscalerbyz").await;
        world.org.set_switch(switch, true);
        let row = &entry("zscalerbyz").expect("row").schemes[0];
        let view = world.connect(&app, "token", form(row)).await;
        if switch == Switch::ProxyPage {
            // A gateway's page says nothing of what Okta did, so it is looked up, which the gateway stops too.
            assert_eq!(view["stage"], "failed", "{view:#}");
        }
        assert_eq!(view["problem"]["code"], expected, "{switch:?}: {view:#}");
        world.org.set_switch(switch, false);
        let now = world
            .okta(&format!("/api/v1/apps/{app}/connections/default"))
            .await;
        assert_ne!(now["status"], "ENABLED", "{switch:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn features_before_the_connection_and_unsupported_apps_say_so() {
    let world = World::story().await;
    let google = world.app("google").await;
    let problem = world
        .refused("features_get", json!({ "org": world.key, "app": google }))
        .await;
    assert_eq!(code(&problem), "notConnected", "{problem:#?}");
    let salesforce = world.app("salesforce").await;
    let problem = world
        .refused("features_get", json!({ "org": world.key, "app": salesforce }))
        .await;
    assert_eq!(code(&problem), "unsupported", "{problem:#?}");
    let detail = world.of("app_open", &salesforce).await;
    assert!(
        detail["catalog"].is_null() && detail["row"]["reason"].is_string(),
        "{detail:#}"
    );
    let start =
        json!({ "org": world.key, "app": salesforce, "scheme": "token", "fields": {}, "autoActivate": true });
    assert_eq!(code(&world.refused("connect_start", start).await), "unsupported");
    let problem = world
        .refused(
            "app_open",
            json!({ "org": world.key, "app": "0oa9doesnotexist0000" }),
        )
        .await;
    assert_eq!(code(&problem), "notFound", "{problem:#?}");
    let problem = world
        .refused(
            "app_open",
            json!({ "org": world.key, "app": "../../oauth2/v1/token" }),
        )
        .await;
    assert_eq!(code(&problem), "badInput", "{problem:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_429_is_waited_for_by_the_servers_clock_and_shown() {
    let world = World::story().await;
    let mut events = world.engine.subscribe();
    // The server's clock is an hour ahead: only the difference of its own two headers counts.
    world.org.advance(3600);
    world.org.faults().bucket("/api/v1/apps", 3, 3);
    let app = world.app("zoomus").await;
    let begun = Instant::now();
    for _ in 0..5 {
        world.of("features_get", &app).await;
    }
    assert!(
        begun.elapsed() > Duration::from_secs(2),
        "five reads do not fit into a window of three"
    );
    assert!(begun.elapsed() < Duration::from_secs(30));
    let refused = world.org.ledger().iter().filter(|e| e.status == 429).count();
    assert!(refused <= 1, "{refused} times over the limit");
    let mut waited = false;
    while let Ok(event) = events.try_recv() {
        waited |= matches!(event, engine::ipc::events::Event::Waiting { until: Some(_), .. });
    }
    assert!(waited, "the wait is shown");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_429_without_headers_or_with_odd_ones_does_not_hang() {
    let world = World::story().await;
    let app = world.app("zoomus").await;
    let limited = || {
        Fault::on("GET", "/api/v1/apps/*/features").refuse(
            429,
            "E0000047",
            "API call exceeded rate limit",
            "",
        )
    };
    let bare = limited()
        .header("x-rate-limit-limit", "")
        .header("x-rate-limit-remaining", "")
        .header("x-rate-limit-reset", "");
    let text = limited().header("x-rate-limit-reset", "soon");
    let past = limited().header("x-rate-limit-reset", "1");
    for fault in [bare, text, past] {
        world.org.faults().fail_next(fault);
        let begun = Instant::now();
        world.of("features_get", &app).await;
        assert!(begun.elapsed() < Duration::from_secs(20));
    }
    // An hour is not waited for: the person is told when.
    let late = (jiff_now() + 3600).to_string();
    world
        .org
        .faults()
        .fail_next(limited().header("x-rate-limit-reset", &late).always());
    let problem = world
        .refused("features_get", json!({ "org": world.key, "app": app }))
        .await;
    assert_eq!(code(&problem), "rateLimited", "{problem:#?}");
    assert!(problem.retry_at.is_some());
}

fn jiff_now() -> u64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("after 1970")
        .as_secs()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odd_paging_is_told_and_sends_nothing_elsewhere() {
    let elsewhere = practice_org::PracticeOrg::start(practice_org::Options::default())
        .await
        .expect("a second org");
    for odd in [
        OddPaging::OtherOrigin(elsewhere.url().to_owned()),
        OddPaging::OtherPath,
        OddPaging::Loop,
        OddPaging::EmptyPage,
    ] {
        let world = World::with(practice_org::Options {
            limits: false,
            apps: 900,
            ..practice_org::Options::default()
        })
        .await;
        world.org.faults().paging(Some(odd.clone()));
        let (rows, problem) = world.list(&world.key).await;
        if odd == OddPaging::EmptyPage {
            assert!(
                rows > 900 && problem.is_none(),
                "an empty page is no end: {rows} rows"
            );
        } else {
            assert!(problem.is_some(), "{odd:?} must be told; {rows} rows");
            assert!(rows >= 200, "what was read stays");
        }
    }
    assert!(elsewhere.ledger().is_empty(), "the other host heard nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_names_are_only_names() {
    let world = World::with(practice_org::Options {
        limits: false,
        seed: practice_org::Seed::Hostile,
        ..practice_org::Options::default()
    })
    .await;
    world
        .ok("apps_load", json!({ "org": world.key, "refresh": false }))
        .await;
    until("the list is whole", async || {
        world
            .ok("apps_load", json!({ "org": world.key, "refresh": false }))
            .await["done"]
            == true
    })
    .await;
    let app = world.app("google").await;
    world.connect(&app, "oauth2", json!({})).await;
    assert_eq!(world.give_consent(&app).await["stage"], "done");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_practice_org_inside_runs_resets_and_rehearses() {
    let world = World::story().await;
    let org = world.ok("practice_start", json!({})).await;
    assert_eq!(
        (&org["key"], &org["tag"]),
        (&json!("practice"), &json!("practice"))
    );
    world.ok("practice_start", json!({})).await;
    let orgs = world.ok("app_state", json!({})).await["orgs"]
        .as_array()
        .map_or(0, Vec::len);
    assert_eq!(orgs, 2, "it starts once");
    let ifs = world.ok("practice_what_ifs", json!({})).await;
    assert!(
        ifs.as_array()
            .is_some_and(|all| all.len() >= 8 && all.iter().all(|one| one["on"] == false)),
        "{ifs:#}"
    );
    let ifs = world
        .ok("practice_what_if", json!({ "id": "tokenRevoked", "on": true }))
        .await;
    assert!(
        ifs.as_array()
            .expect("list")
            .iter()
            .any(|one| one["id"] == "tokenRevoked" && one["on"] == true)
    );
    let problem = world.list("practice").await.1.expect("the refusal is told");
    assert_eq!(code(&problem), "signInRefused", "{problem:#?}");
    world.ok("practice_reset", json!({})).await;
    let ifs = world.ok("practice_what_ifs", json!({})).await;
    assert!(
        ifs.as_array().expect("list").iter().all(|one| one["on"] == false),
        "a reset puts the rehearsals off"
    );
    world
        .refused("practice_what_if", json!({ "id": "noSuchThing", "on": true }))
        .await;
}
