//! A sign-in over time: tokens fetched anew, refresh tokens that change with each use, and how it ends.

use domain::problem::{NextStep, ProblemCode};
use engine::ipc::views::orgs::ItemKind;
use engine::ports::vault::VaultError;
use practice_org::{Fault, NATIVE_CLIENT, Switch};
use serde_json::{Value, json};
use std::time::Duration;
use support::proxy::{self, Proxy};
use support::signin::SUPER_ADMIN;
use support::{World, http, until};

const TOKEN: &str = "/oauth2/v1/token";
/// An access token lives so long.
const HOUR: i64 = 3600;
/// A refresh token that was exchanged is taken for 30 seconds more.
const LEEWAY: i64 = 31;

async fn signed_in(dpop: bool) -> World {
    let world = World::story().await;
    sign_in(&world, dpop).await;
    world
}

async fn behind_network() -> (World, Proxy) {
    let (world, proxy) = World::behind_network(support::unlimited()).await;
    sign_in(&world, false).await;
    (world, proxy)
}

async fn sign_in(world: &World, dpop: bool) {
    world.native(json!({ "dpop_bound_access_tokens": dpop })).await;
    let view = world.sign_in_as(SUPER_ADMIN).await;
    assert_eq!(view["phase"], "done", "{view:#}");
}

async fn works(world: &World) {
    let (rows, problem) = world.list(&world.key).await;
    assert!(rows > 0 && problem.is_none(), "{problem:?}");
    // The apps are looked at one by one afterwards; that is not counted on here.
    world.ok("apps_stop", json!({ "org": world.key })).await;
}

async fn refresh_token(world: &World) -> String {
    world.kept(ItemKind::RefreshToken).await.expect("a refresh token")
}

/// Somebody else uses a refresh token.
async fn used_elsewhere(world: &World, token: &str) -> u16 {
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", token),
        ("client_id", NATIVE_CLIENT),
    ];
    let url = format!("{}{TOKEN}", world.org.url());
    let answer = http().post(url).form(&form).send().await.expect("an answer");
    answer.status().as_u16()
}

/// Twenty calls at once; the answers.
async fn twenty(world: &World) -> Vec<Result<Value, domain::problem::Problem>> {
    let calls = (0..20).map(|_| {
        let engine = world.engine.clone();
        let command = json!({ "name": "credentials_look", "args": { "org": world.key } });
        tokio::spawn(async move { engine.dispatch_json(command).await })
    });
    let mut answers = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        answers.push(call.await.expect("it ends"));
    }
    answers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_an_hour_a_new_token_is_fetched_and_the_refresh_token_changes() {
    for dpop in [false, true] {
        let world = signed_in(dpop).await;
        let first = refresh_token(&world).await;
        let fetched = world.asked_for(TOKEN);
        world.org.advance(HOUR);
        works(&world).await;
        assert_eq!(world.asked_for(TOKEN), fetched + 1);
        let second = refresh_token(&world).await;
        assert_ne!(first, second);
        assert!(world.is_alive(&second).await && !world.is_alive(&first).await);

        let world = world.reopened_with_keychain();
        world.org.advance(HOUR);
        works(&world).await;
        assert_ne!(refresh_token(&world).await, second);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_was_used_elsewhere_ends_the_sign_in_and_is_asked_about_once() {
    let world = signed_in(false).await;
    let first = refresh_token(&world).await;
    world.org.advance(HOUR);
    works(&world).await;
    let fetched = world.asked_for(TOKEN);
    world.org.advance(LEEWAY);
    assert_eq!(used_elsewhere(&world, &first).await, 400, "exchanged long ago");
    assert!(
        !world.is_alive(&refresh_token(&world).await).await,
        "all of it is revoked"
    );

    for answer in twenty(&world).await {
        let problem = answer.expect_err("the sign-in has ended");
        assert_eq!(problem.code, ProblemCode::SignInRefused);
        assert!(problem.next.contains(&NextStep::SignIn), "{problem:#?}");
    }
    let (_, problem) = world.list(&world.key).await;
    assert_eq!(problem.map(|it| it.code), Some(ProblemCode::SignInRefused));
    assert_eq!(world.asked_for(TOKEN), fetched + 2, "there and here: no loop");

    let view = world.sign_in_as(SUPER_ADMIN).await;
    assert_eq!(view["phase"], "done", "{view:#}");
    works(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_calls_at_once_fetch_one_token() {
    let world = signed_in(true).await;
    let fetched = world.asked_for(TOKEN);
    world.org.advance(HOUR);
    let answers = twenty(&world).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:#?}");
    assert_eq!(world.asked_for(TOKEN), fetched + 1);

    // Nothing in memory yet: the keychain is read by all, and still one source is used.
    let world = world.reopened_with_keychain();
    let vault = world.engine.memory_vault().expect("a memory vault");
    vault.slow(Duration::from_millis(50));
    let answers = twenty(&world).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:#?}");
    assert_eq!(
        world.asked_for(TOKEN),
        fetched + 3,
        "without the nonce, and with it"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_calls_that_are_refused_at_once_fetch_one_token() {
    let world = World::with(practice_org::Options::default()).await;
    world.org.faults().bucket("/api/v1/users/{id}", 600, 60);
    sign_in(&world, false).await;
    // The limit is known by now, so all twenty are under way before the first is answered.
    let fetched = world.asked_for(TOKEN);
    let refused = Fault::on("GET", "/api/v1/users/{id}")
        .refuse(401, "E0000011", "Invalid token provided", "")
        .slow(Duration::from_millis(700), Duration::ZERO)
        .times(20);
    world.org.faults().fail_next(refused);
    let answers = twenty(&world).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:#?}");
    let refused = world.org.ledger().iter().filter(|it| it.status == 401).count();
    assert_eq!(refused, 20);
    assert_eq!(world.asked_for(TOKEN), fetched + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_keychain_that_is_locked_as_the_token_changes_loses_nothing() {
    let world = signed_in(false).await;
    let first = refresh_token(&world).await;
    let vault = world.engine.memory_vault().expect("a memory vault");
    let fetched = world.asked_for(TOKEN);
    world.org.advance(HOUR);
    vault.fail(Some(VaultError::Locked));
    for _ in 0..2 {
        let (rows, problem) = world.list(&world.key).await;
        assert_eq!(problem.map(|it| it.code), Some(ProblemCode::KeychainLocked));
        assert_eq!(rows, 0);
        let used = world.org.ledger();
        let used = used
            .iter()
            .any(|it| it.path == "/api/v1/apps" && it.status == 200);
        assert!(!used, "not used before it is stored");
    }
    vault.fail(None);
    assert_eq!(refresh_token(&world).await, first);
    works(&world).await;
    assert_eq!(
        world.asked_for(TOKEN),
        fetched + 1,
        "what came is kept, not fetched again"
    );
    let newest = refresh_token(&world).await;
    assert!(newest != first && world.is_alive(&newest).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_gives_up_does_not_lose_the_token_that_is_on_its_way() {
    let (world, proxy) = behind_network().await;
    let first = refresh_token(&world).await;
    world.org.advance(HOUR);
    proxy.fail("POST", TOKEN, proxy::Fault::Late(1500));
    let org = json!({ "org": world.key });
    world
        .ok("apps_load", json!({ "org": world.key, "refresh": true }))
        .await;
    until("the refresh is under way", async || world.asked_for(TOKEN) == 2).await;
    world.ok("apps_stop", org).await;
    until("the new one is stored", async || {
        refresh_token(&world).await != first
    })
    .await;
    world.org.advance(LEEWAY + HOUR);
    works(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_refresh_is_asked_for_once_more_at_once() {
    let (world, proxy) = behind_network().await;
    world.org.advance(HOUR);
    proxy.fail("POST", TOKEN, proxy::Fault::LostAnswer);
    works(&world).await;
    assert_eq!(
        world.asked_for(TOKEN),
        3,
        "the sign-in, the lost one, and one more"
    );
    world.org.advance(HOUR + LEEWAY);
    works(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clock_may_change_under_a_sign_in() {
    let world = signed_in(true).await;
    for seconds in [600, -1200, 600] {
        world.org.advance(seconds);
        works(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_out_revokes_and_the_next_credential_is_used() {
    let world = signed_in(false).await;
    let token = refresh_token(&world).await;
    let args = |revoke: bool| json!({ "org": world.key, "kind": "signIn", "revoke": revoke });
    let report = world.ok("credential_remove", args(true)).await;
    assert_eq!(
        (&report["removed"], &report["revoked"]),
        (&json!(true), &json!(true))
    );
    assert!(!world.is_alive(&token).await);
    for kind in [ItemKind::RefreshToken, ItemKind::SignInKey] {
        assert_eq!(world.kept(kind).await, None);
    }
    assert_eq!(report["credentials"]["active"], "apiToken");
    works(&world).await;

    // Without asking Okta: gone here, good there.
    world.sign_in_as(SUPER_ADMIN).await;
    let token = refresh_token(&world).await;
    let report = world.ok("credential_remove", args(false)).await;
    assert_eq!(report["revoked"], Value::Null);
    assert!(world.is_alive(&token).await);
    assert_eq!(world.kept(ItemKind::RefreshToken).await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_out_during_a_refresh_leaves_nothing_in_the_keychain() {
    let (world, proxy) = behind_network().await;
    world.org.advance(HOUR);
    proxy.fail("POST", TOKEN, proxy::Fault::Late(1000));
    world
        .ok("apps_load", json!({ "org": world.key, "refresh": true }))
        .await;
    until("the refresh is under way", async || world.asked_for(TOKEN) == 2).await;
    let args = json!({ "org": world.key, "kind": "signIn", "revoke": false });
    world.ok("credential_remove", args).await;
    assert_eq!(world.kept(ItemKind::RefreshToken).await, None);
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(
        world.kept(ItemKind::RefreshToken).await,
        None,
        "not written again"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancelling_and_forgetting_on_the_last_step_leaves_nothing() {
    for command in ["signin_cancel", "org_wipe", "org_forget"] {
        let (world, proxy) = World::behind_network(support::unlimited()).await;
        world.native(json!({})).await;
        let at = world.begin_sign_in(NATIVE_CLIENT).await;
        proxy.fail("GET", "/api/v1/org", proxy::Fault::Late(2000));
        let proven = world.asked_for("/api/v1/org");
        at.person(SUPER_ADMIN, "allow").await;
        until("it is being proven", async || {
            world.asked_for("/api/v1/org") > proven
        })
        .await;
        let token = refresh_token(&world).await;
        world.ok(command, json!({ "org": world.key })).await;
        until("the tokens are revoked", async || !world.is_alive(&token).await).await;
        for kind in [ItemKind::RefreshToken, ItemKind::SignInKey] {
            assert_eq!(world.kept(kind).await, None, "{command}");
        }
        if command == "signin_cancel" {
            assert_eq!(world.sign_in_view().await["phase"], "cancelled");
            works(&world).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_ended_elsewhere_says_sign_in_again() {
    let world = signed_in(false).await;
    world.org.set_switch(Switch::RefreshRevoked, true);
    world.org.advance(HOUR);
    let (_, problem) = world.list(&world.key).await;
    let problem = problem.expect("it has ended");
    assert!(problem.next.contains(&NextStep::SignIn), "{problem:#?}");
    assert!(problem.title.contains("has ended"), "{}", problem.title);
}
