//! Locking: secrets leave memory, and whoever comes back goes on where they were.

use domain::problem::ProblemCode;
use engine::ipc::events::Event;
use engine::ipc::views::orgs::ItemKind;
use engine::ports::vault::VaultError;
use practice_org::PracticeOrg;
use serde_json::{Value, json};
use std::time::Duration;
use support::proxy::Fault;
use support::signin::SUPER_ADMIN;
use support::{Answer, World, consent, until};
use tokio::sync::broadcast::Receiver;

fn minutes(count: u64) -> Duration {
    Duration::from_secs(60 * count)
}

/// What the window was told of a lock since: minutes, and orgs that lost their credential.
fn locks(events: &mut Receiver<Event>) -> Vec<(Option<u16>, Vec<String>)> {
    let mut found = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let Event::Locked { idle_minutes, lost } = event {
            found.push((idle_minutes, lost));
        }
    }
    found
}

async fn works(world: &World) {
    let (rows, problem) = world.list(&world.key).await;
    assert!(rows > 0 && problem.is_none(), "{problem:?}");
}

fn keychain(world: &World, fault: Option<VaultError>) {
    world
        .engine
        .memory_vault()
        .expect("the vault of tests")
        .fail(fault);
}

/// Whether calls need the keychain: `true` where nothing is in memory.
async fn needs_the_keychain(world: &World) -> bool {
    keychain(world, Some(VaultError::Denied));
    let (_, problem) = world.list(&world.key).await;
    keychain(world, None);
    match problem.map(|it| it.code) {
        None => false,
        Some(ProblemCode::KeychainDenied) => true,
        other => panic!("{other:?}"),
    }
}

async fn setting(world: &World, idle: u16) {
    let mut settings = world.ok("app_state", json!({})).await["settings"].clone();
    settings["idleMinutes"] = json!(idle);
    world.ok("settings_save", settings).await;
}

async fn signed_in() -> World {
    let world = World::story().await;
    world.native(json!({ "dpop_bound_access_tokens": true })).await;
    assert_eq!(world.sign_in_as(SUPER_ADMIN).await["phase"], "done");
    world
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_lock_the_next_call_reads_the_keychain_again() {
    let token = World::story().await;
    for world in [token, signed_in().await] {
        assert!(
            !needs_the_keychain(&world).await,
            "it is in memory while it is used"
        );
        // Checks that go on keep what they use until they are through.
        world.looked_through().await;
        let mut events = world.engine.subscribe();
        world.ok("lock", json!({})).await;
        assert_eq!(locks(&mut events), [(None, vec![])]);
        assert!(needs_the_keychain(&world).await);
        works(&world).await;
        assert!(!needs_the_keychain(&world).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_that_waits_for_the_rate_limit_holds_no_secret() {
    let world = signed_in().await;
    world.org.faults().bucket("/api/v1/apps", 4, 60);
    let mut events = world.engine.subscribe();
    works(&world).await;
    until("a check to wait for the limit", async || {
        let mut waits = false;
        while let Ok(event) = events.try_recv() {
            waits |= matches!(event, Event::Waiting { until: Some(_), .. });
        }
        waits
    })
    .await;
    world.ok("lock", json!({})).await;
    keychain(&world, Some(VaultError::Denied));
    let refused = world
        .refused("credentials_look", json!({ "org": world.key }))
        .await;
    assert_eq!(refused.code, ProblemCode::KeychainDenied, "{refused:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_for_the_session_alone_is_lost_and_said_so() {
    let world = World::story().await;
    let other = PracticeOrg::start(support::unlimited())
        .await
        .expect("a second org");
    let args = json!({ "origin": other.url(), "token": other.token(), "name": "", "colour": "",
        "sessionOnly": true, "customDomainConfirmed": false });
    let key = world.ok("org_add", args).await["key"]
        .as_str()
        .expect("a key")
        .to_owned();
    let mut events = world.engine.subscribe();
    world.ok("lock", json!({})).await;
    assert_eq!(locks(&mut events), [(None, vec![key.clone()])]);
    let orgs = world.ok("app_state", json!({})).await["orgs"].clone();
    let secret = |key: &str| {
        orgs.as_array()
            .and_then(|all| all.iter().find(|org| org["key"] == key))
            .map(|org| org["secret"].clone())
    };
    assert_eq!(
        (secret(&key), secret(&world.key)),
        (Some(json!("missing")), Some(json!("keychain")))
    );
    let (_, problem) = world.list(&key).await;
    let problem = problem.expect("it has to be entered again");
    assert!(problem.why.contains("this session only"), "{problem:#?}");
    assert_eq!(
        serde_json::to_value(&problem.next).expect("steps")[0]["kind"],
        "replaceToken"
    );
    works(&world).await;
    world
        .ok(
            "org_token",
            json!({ "org": key, "token": other.token(), "sessionOnly": true }),
        )
        .await;
    let (rows, problem) = world.list(&key).await;
    assert!(rows > 0 && problem.is_none(), "{problem:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_practice_org_goes_on() {
    let world = World::story().await;
    world.ok("practice_start", json!({})).await;
    let mut events = world.engine.subscribe();
    world.ok("lock", json!({})).await;
    assert_eq!(locks(&mut events), [(None, vec![])]);
    let orgs = world.ok("app_state", json!({})).await["orgs"].clone();
    let practice = orgs
        .as_array()
        .and_then(|all| all.iter().find(|org| org["key"] == "practice"))
        .expect("in the rail");
    assert_eq!(practice["secret"], "session");
    let (rows, problem) = world.list("practice").await;
    assert!(rows > 0 && problem.is_none(), "{problem:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_there_for_as_long_as_the_settings_say() {
    let world = World::story().await;
    setting(&world, 10).await;
    let mut events = world.engine.subscribe();
    world.engine.unused_for(minutes(9));
    world.ok("calls_list", json!({})).await;
    assert_eq!(locks(&mut events), []);
    // The window read something again by itself: nobody was there, and a minute later it is enough.
    world.engine.unused_for(minutes(1));
    world.ok("calls_list", json!({})).await;
    assert_eq!(locks(&mut events), [(Some(10), vec![])]);
    assert!(needs_the_keychain(&world).await);
    // Told once, however long it goes on.
    world.engine.unused_for(minutes(60));
    world.ok("calls_list", json!({})).await;
    assert_eq!(locks(&mut events), []);
    // Somebody is back.
    works(&world).await;
    world.engine.unused_for(minutes(9));
    world.ok("org_select", json!({ "org": world.key })).await;
    world.engine.unused_for(minutes(9));
    world.ok("calls_list", json!({})).await;
    assert_eq!(locks(&mut events), []);
    assert!(!needs_the_keychain(&world).await);
    // The next absence is told again; the first click after it finds everything locked already.
    world.engine.unused_for(minutes(11));
    works(&world).await;
    assert_eq!(locks(&mut events), [(Some(10), vec![])]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn zero_minutes_means_never() {
    let world = World::story().await;
    setting(&world, 0).await;
    let mut events = world.engine.subscribe();
    world.engine.unused_for(minutes(60 * 24 * 30));
    world.ok("calls_list", json!({})).await;
    assert_eq!(locks(&mut events), []);
    assert!(!needs_the_keychain(&world).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consent_that_waits_is_finished_after_a_lock() {
    let world = World::story().await;
    let app = world.app("google").await;
    world.connect(&app, "oauth2", json!({})).await;
    world.of("connect_browser", &app).await;
    let link = world.engine.opened().pop().expect("opened");
    world.ok("lock", json!({})).await;
    let page = consent(&link, Answer::Grant).await;
    assert_eq!(world.hand_back(&app, &page).await["stage"], "done");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_that_waits_ends_and_its_port_is_closed() {
    let world = World::story().await;
    world.native(json!({})).await;
    let waiting = world.begin_sign_in(practice_org::NATIVE_CLIENT).await;
    let mut events = world.engine.subscribe();
    world.ok("lock", json!({})).await;
    let mut cancelled = false;
    while let Ok(event) = events.try_recv() {
        cancelled |= matches!(&event, Event::SignIn { view } if json!(view.phase) == "cancelled");
    }
    assert!(cancelled, "the window is told");
    assert!(waiting.is_closed().await);
    assert_eq!(world.sign_in_view().await, Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_under_way_is_not_disturbed_and_shares_its_refresh_token_with_the_next() {
    let (world, proxy) = World::behind_network(support::unlimited()).await;
    world.native(json!({})).await;
    assert_eq!(world.sign_in_as(SUPER_ADMIN).await["phase"], "done");
    let before = world.kept(ItemKind::RefreshToken).await.expect("a refresh token");
    world.org.advance(3600);
    // The refresh is on its way while Gatehouse is locked: the keychain still has the token it uses up.
    proxy.fail("POST", "/oauth2/v1/token", Fault::Late(1_500));
    let engine = world.engine.clone();
    let command = json!({ "name": "credentials_look", "args": { "org": world.key } });
    let call = tokio::spawn(async move { engine.dispatch_json(command).await });
    until("the refresh to be on its way", async || proxy.all_played()).await;
    world.ok("lock", json!({})).await;
    works(&world).await;
    call.await.expect("it ends").expect("it works");
    let after = world.kept(ItemKind::RefreshToken).await.expect("a refresh token");
    assert!(
        before != after && world.is_alive(&after).await,
        "rotated once, by both together"
    );
    world.ok("lock", json!({})).await;
    works(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_refresh_token_the_keychain_did_not_take_survives_a_lock() {
    let world = signed_in().await;
    world.org.advance(3600);
    keychain(&world, Some(VaultError::Locked));
    let (_, problem) = world.list(&world.key).await;
    assert_eq!(problem.map(|it| it.code), Some(ProblemCode::KeychainLocked));
    world.ok("lock", json!({})).await;
    keychain(&world, None);
    works(&world).await;
    let kept = world.kept(ItemKind::RefreshToken).await.expect("a refresh token");
    assert!(world.is_alive(&kept).await, "nothing was lost");
}
