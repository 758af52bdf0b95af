//! Signing in with a device code. The org asks for five seconds between two questions, and that is what it gets.

use engine::ipc::views::orgs::ItemKind;
use practice_org::{Fault, NATIVE_CLIENT};
use serde_json::{Value, json};
use support::signin::{SUPER_ADMIN, UNASSIGNED};
use support::{World, http};

const TOKEN: &str = "/oauth2/v1/token";

async fn begun(dpop: bool) -> (World, Value, String) {
    let world = World::story().await;
    world.native(json!({ "dpop_bound_access_tokens": dpop })).await;
    let view = world
        .ok("signin_start", world.wish("device", NATIVE_CLIENT))
        .await;
    let code = view["userCode"].as_str().expect("a code").to_owned();
    (world, view, code)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_shown_and_the_sign_in_ends_by_itself() {
    for dpop in [false, true] {
        let (world, view, code) = begun(dpop).await;
        assert_eq!(
            (&view["phase"], &view["opened"]),
            (&json!("waiting"), &json!(false))
        );
        assert_eq!(view["verificationUri"], format!("{}/activate", world.org.url()));
        assert!(view["qr"]["rows"].as_array().is_some_and(|rows| rows.len() > 20));
        assert!(
            world.engine.opened().is_empty(),
            "no browser unless it is asked for"
        );
        let view = world.ok("signin_browser", json!({ "org": world.key })).await;
        assert_eq!(view["opened"], true);
        let page = world.engine.opened().pop().expect("a page");
        let html = http().get(&page).send().await.expect("a page").text().await;
        assert!(html.expect("text").contains(&code), "the code is filled in");

        world.answer_device(&code, SUPER_ADMIN, "allow").await;
        let view = world.signed_in().await;
        assert_eq!(view["phase"], "done", "{view:#}");
        assert_eq!(view["who"], SUPER_ADMIN);
        let all = world.ok("credentials_get", json!({ "org": world.key })).await;
        assert_eq!(all["items"][0]["dpop"], dpop);
        assert!(world.list(&world.key).await.1.is_none());
        assert!(world.kept(ItemKind::RefreshToken).await.is_some());
        let world = world.reopened_with_keychain();
        assert!(world.list(&world.key).await.1.is_none());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_no_and_an_unassigned_person_end_it() {
    for (login, decision, said) in [
        (SUPER_ADMIN, "deny", "refused"),
        (UNASSIGNED, "allow", "not assigned"),
    ] {
        let (world, _, code) = begun(false).await;
        world.answer_device(&code, login, decision).await;
        let view = world.signed_in().await;
        assert_eq!(view["phase"], "failed");
        let title = view["problem"]["title"].as_str().expect("words");
        assert!(title.contains(said), "{title}");
        assert_eq!(world.kept(ItemKind::RefreshToken).await, None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_that_has_run_out_says_so() {
    let (world, _, _) = begun(false).await;
    world.org.advance(600);
    let view = world.signed_in().await;
    let title = view["problem"]["title"].as_str().expect("words");
    assert!(title.contains("device code has ended"), "{title}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_down_pending_and_lost_answers_are_asked_on() {
    let (world, _, code) = begun(false).await;
    let faults = world.org.faults();
    faults.fail_next(Fault::on("POST", TOKEN).raw(
        400,
        "application/json",
        r#"{"error":"slow_down","error_description":"Polling too fast."}"#,
    ));
    faults.fail_next(Fault::on("POST", TOKEN).cut());
    support::until("two questions went wrong", async || world.asked_for(TOKEN) == 2).await;
    let waiting = world.sign_in_view().await;
    assert_eq!(waiting["phase"], "waiting", "{waiting:#}");
    world.answer_device(&code, SUPER_ADMIN, "allow").await;
    let view = world.signed_in().await;
    assert_eq!(view["phase"], "done", "{view:#}");
    let times: Vec<i64> = world
        .org
        .ledger()
        .iter()
        .filter(|it| it.path == TOKEN)
        .map(|it| it.at)
        .collect();
    let pauses: Vec<i64> = times.windows(2).map(|two| two[1] - two[0]).collect();
    assert!(
        pauses.len() == 2 && pauses[0] >= 10 && pauses[1] >= 15,
        "five seconds more after each: {pauses:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_can_be_cancelled_and_what_comes_late_is_not_taken() {
    let (world, _, code) = begun(false).await;
    let view = world.ok("signin_cancel", json!({ "org": world.key })).await;
    assert_eq!(view["phase"], "cancelled");
    world.answer_device(&code, SUPER_ADMIN, "allow").await;
    let asked = world.asked_for(TOKEN);
    tokio::time::sleep(std::time::Duration::from_secs(6)).await;
    assert_eq!(world.asked_for(TOKEN), asked, "nobody asks any more");
    assert_eq!(world.kept(ItemKind::RefreshToken).await, None);
    assert_eq!(world.sign_in_view().await["phase"], "cancelled");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_that_does_not_allow_it_is_told_at_once() {
    let world = World::story().await;
    world
        .native(json!({ "grant_types": ["authorization_code", "refresh_token"] }))
        .await;
    let problem = world
        .refused("signin_start", world.wish("device", NATIVE_CLIENT))
        .await;
    assert_eq!(problem.field.as_deref(), Some("clientId"));
    let problem = world
        .refused("signin_start", world.wish("device", support::signin::NO_CLIENT))
        .await;
    assert_eq!(problem.field.as_deref(), Some("clientId"));
    assert_eq!(world.sign_in_view().await, Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_is_not_the_orgs_is_not_shown() {
    let world = World::story().await;
    let answer = json!({ "device_code": "d", "user_code": "ABCDEFGH", "expires_in": 600, "interval": 5,
        "verification_uri": "https://evil.example.com/activate" });
    world
        .org
        .faults()
        .fail_next(Fault::on("POST", "/oauth2/v1/device/authorize").raw(
            200,
            "application/json",
            &answer.to_string(),
        ));
    let problem = world
        .refused("signin_start", world.wish("device", NATIVE_CLIENT))
        .await;
    assert!(problem.title.contains("is not on"), "{}", problem.title);
}
