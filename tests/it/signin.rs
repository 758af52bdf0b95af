//! Signing in through the browser, from the click to the first call with the token.

use domain::problem::{NextStep, ProblemCode};
use engine::ipc::events::Event;
use engine::ipc::views::orgs::ItemKind;
use practice_org::{Auth, NATIVE_CLIENT, Switch};
use serde_json::json;
use support::World;
use support::signin::{SUPER_ADMIN, UNASSIGNED};

async fn ready(more: serde_json::Value) -> World {
    let world = World::story().await;
    world.native(more).await;
    world
}

/// The last request for the org's name, which proves a credential.
fn proved_with(world: &World) -> Auth {
    let all = world.org.ledger();
    let proof = all.iter().rev().find(|it| it.path == "/api/v1/org");
    proof.expect("it was proven").auth
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_ends_with_a_credential_that_works() {
    let world = ready(json!({})).await;
    let all = world.ok("credentials_get", json!({ "org": world.key })).await;
    assert_eq!(all["signInClient"], NATIVE_CLIENT, "the practice org's own");
    let mut events = world.engine.subscribe();
    let at = world.begin_sign_in(NATIVE_CLIENT).await;
    let (status, page) = at.person(SUPER_ADMIN, "allow").await;
    assert_eq!(status, 200, "{page}");
    let view = world.signed_in().await;
    assert_eq!(view["phase"], "done", "{view:#}");
    assert_eq!(view["who"], SUPER_ADMIN);
    assert!(
        view["scopes"]
            .as_array()
            .expect("scopes")
            .iter()
            .all(|scope| { scope.as_str().is_some_and(|scope| scope.starts_with("okta.")) })
    );

    let all = world.ok("credentials_get", json!({ "org": world.key })).await;
    assert_eq!(all["active"], "signIn");
    let item = &all["items"][0];
    assert_eq!(
        (&item["kind"], &item["dpop"], &item["place"]),
        (&json!("signIn"), &json!(false), &json!("keychain"))
    );
    assert_eq!(all["signInClient"], NATIVE_CLIENT);
    assert_eq!(proved_with(&world), Auth::Bearer);
    let (rows, problem) = world.list(&world.key).await;
    assert!(rows > 5 && problem.is_none(), "{problem:?}");
    assert_eq!(
        world.asked_for("/oauth2/v1/token"),
        1,
        "the token that came is used, not another"
    );

    let mut phases = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let Event::SignIn { view } = event {
            phases.push(format!("{:?}", view.phase));
        }
    }
    phases.dedup();
    assert_eq!(phases, ["Waiting", "Finishing", "Done"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tokens_are_bound_to_a_key_where_the_app_wants_it() {
    for settings in [0, 1, 2] {
        let world = ready(json!({ "dpop_bound_access_tokens": settings != 1 })).await;
        match settings {
            1 => world.org.set_switch(Switch::DpopRequired, true),
            2 => {
                world.org.set_switch(Switch::NonceOnCalls, true);
                world.org.set_switch(Switch::NonceChanges, true);
            }
            _ => {}
        }
        let view = world.sign_in_as(SUPER_ADMIN).await;
        assert_eq!(view["phase"], "done", "{view:#}");
        assert_eq!(view["who"], SUPER_ADMIN);
        let all = world.ok("credentials_get", json!({ "org": world.key })).await;
        assert_eq!(all["items"][0]["dpop"], true);
        assert_eq!(proved_with(&world), Auth::Dpop);
        let (_, problem) = world.list(&world.key).await;
        assert!(problem.is_none(), "{problem:?}");
        assert_eq!(
            world.asked_for("/oauth2/v1/token"),
            2,
            "once without the nonce, once with it"
        );

        // The key is kept: tokens are fetched anew after a restart.
        // What the engine before still checks would use up its nonces.
        world.looked_through().await;
        let world = world.reopened_with_keychain();
        let (_, problem) = world.list(&world.key).await;
        assert!(problem.is_none(), "{problem:?}");
        assert_eq!(world.asked_for("/oauth2/v1/token"), 4);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clock_may_be_off_either_way() {
    for seconds in [600, -600] {
        let world = ready(json!({ "dpop_bound_access_tokens": true })).await;
        world.org.advance(seconds);
        let view = world.sign_in_as(SUPER_ADMIN).await;
        assert_eq!(view["phase"], "done", "{seconds}: {view:#}");
        let world = world.reopened_with_keychain();
        world.org.advance(-2 * seconds);
        let (_, problem) = world.list(&world.key).await;
        assert!(problem.is_none(), "{seconds}: {problem:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_not_or_will_not_is_told_why() {
    let world = ready(json!({})).await;
    let at = world.begin_sign_in(NATIVE_CLIENT).await;
    let (_, page) = at.person(SUPER_ADMIN, "deny").await;
    assert!(page.contains("not completed"), "{page}");
    let view = world.signed_in().await;
    assert_eq!(view["problem"]["code"], "signInRefused", "{view:#}");

    let view = world.sign_in_as(UNASSIGNED).await;
    let title = view["problem"]["title"].as_str().expect("words");
    assert!(title.contains("not assigned"), "{title}");

    world.org.set_switch(Switch::SignInRefused, true);
    let view = world.sign_in_as(SUPER_ADMIN).await;
    assert_eq!(view["phase"], "failed");
    world.org.set_switch(Switch::SignInRefused, false);

    world.org.set_switch(Switch::OutsideZone, true);
    let view = world.sign_in_as(SUPER_ADMIN).await;
    let title = view["problem"]["title"].as_str().expect("words");
    assert!(title.contains("network"), "{title}");
    assert_eq!(world.kept(ItemKind::RefreshToken).await, None);
    let all = world.ok("credentials_get", json!({ "org": world.key })).await;
    assert_eq!(all["active"], "apiToken", "the credential in use stays");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redirect_address_that_is_not_registered_brings_nothing_back() {
    let world = World::story().await;
    let at = world.begin_sign_in(NATIVE_CLIENT).await;
    let page = support::http().get(at.page.clone()).send().await.expect("a page");
    assert_eq!(page.status(), 400, "Okta's page, and nothing comes back");
    assert_eq!(world.sign_in_view().await["phase"], "waiting");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_refresh_token_nothing_is_kept() {
    let world = ready(json!({ "grant_types": ["authorization_code"] })).await;
    let view = world.sign_in_as(SUPER_ADMIN).await;
    let problem = &view["problem"];
    assert!(
        problem["why"].as_str().expect("words").contains("Refresh Token"),
        "{problem:#}"
    );
    assert_eq!(world.kept(ItemKind::RefreshToken).await, None);
    assert_eq!(world.kept(ItemKind::SignInKey).await, None);
    let revoked = world
        .org
        .ledger()
        .iter()
        .any(|it| it.path == "/oauth2/v1/revoke" && !it.changed.is_empty());
    assert!(revoked, "the access token that came was revoked");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_could_not_be_proven_is_revoked_and_what_was_before_stays() {
    let world = ready(json!({})).await;
    world.sign_in_as(SUPER_ADMIN).await;
    let before = world.kept(ItemKind::RefreshToken).await.expect("a token");
    let fault =
        practice_org::Fault::on("GET", "/api/v1/org").refuse(401, "E0000011", "Invalid token provided", "");
    world.org.faults().fail_next(fault.clone());
    world.org.faults().fail_next(fault);
    let view = world.sign_in_as(SUPER_ADMIN).await;
    assert_eq!(view["phase"], "failed", "{view:#}");
    assert_eq!(
        world.kept(ItemKind::RefreshToken).await.as_deref(),
        Some(&*before)
    );
    assert!(world.is_alive(&before).await);
    let revoked = world
        .org
        .ledger()
        .iter()
        .filter(|it| it.path == "/oauth2/v1/revoke" && !it.changed.is_empty())
        .count();
    assert_eq!(revoked, 1, "the new one is gone");
    let (_, problem) = world.list(&world.key).await;
    assert!(problem.is_none(), "the one before still works: {problem:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_keychain_that_refuses_keeps_nothing_anywhere() {
    let world = ready(json!({})).await;
    let vault = world.engine.memory_vault().expect("a memory vault");
    vault.fail(Some(engine::ports::vault::VaultError::Locked));
    let view = world.sign_in_as(SUPER_ADMIN).await;
    assert_eq!(view["problem"]["code"], "keychainLocked", "{view:#}");
    vault.fail(None);
    let revoked = world
        .org
        .ledger()
        .iter()
        .any(|it| it.path == "/oauth2/v1/revoke" && !it.changed.is_empty());
    assert!(revoked);
    let view = world.sign_in_as(SUPER_ADMIN).await;
    assert_eq!(view["phase"], "done", "and again without a restart: {view:#}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_is_not_asked_for_again() {
    let (world, proxy) = World::behind_network(support::unlimited()).await;
    world.native(json!({})).await;
    let at = world.begin_sign_in(NATIVE_CLIENT).await;
    proxy.fail("POST", "/oauth2/v1/token", support::proxy::Fault::LostAnswer);
    at.person(SUPER_ADMIN, "allow").await;
    let view = world.signed_in().await;
    assert_eq!(view["phase"], "failed", "{view:#}");
    assert_eq!(world.asked_for("/oauth2/v1/token"), 1, "a code is handed in once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn this_session_only_leaves_nothing_in_the_keychain() {
    let world = ready(json!({})).await;
    world.sign_in_as(SUPER_ADMIN).await;
    assert!(world.kept(ItemKind::RefreshToken).await.is_some());
    let mut wish = world.wish("browser", NATIVE_CLIENT);
    wish["sessionOnly"] = json!(true);
    world.ok("signin_start", wish).await;
    let page = world.engine.opened().pop().expect("a page");
    let page = url::Url::parse(&page).expect("an address");
    let callback = page.query_pairs().find(|(name, _)| name == "redirect_uri");
    let at = support::signin::Waiting {
        callback: callback.expect("an address").1.into_owned(),
        page,
    };
    at.person(SUPER_ADMIN, "allow").await;
    let view = world.signed_in().await;
    assert_eq!(view["phase"], "done", "{view:#}");
    assert_eq!(world.kept(ItemKind::RefreshToken).await, None);
    assert_eq!(world.kept(ItemKind::SignInKey).await, None);
    let all = world.ok("credentials_get", json!({ "org": world.key })).await;
    assert_eq!(all["items"][0]["place"], "session");
    assert!(world.list(&world.key).await.1.is_none());

    let world = world.reopened_with_keychain();
    let (_, problem) = world.list(&world.key).await;
    let problem = problem.expect("it ended with the program");
    assert_eq!(problem.code, ProblemCode::KeychainNoEntry);
    assert!(problem.next.contains(&NextStep::SignIn));
}
