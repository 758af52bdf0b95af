//! Access tokens of a service app when things go wrong: clocks, nonces, limits, lost answers, twenty at once.

use crate::service::{asked, created, drop_token, held, wanted, with};
use domain::org_address::OrgOrigin;
use engine::ipc::views::history::CallRow;
use engine::ipc::views::signin::KeyAlg;
use engine::okta::attach::Credential;
use engine::okta::auth::keys::SigningKey;
use engine::okta::auth::tokens::{How, Source};
use engine::okta::client::{Client, Target, Watch};
use practice_org::{Auth, Fault, Switch};
use serde_json::json;
use std::sync::Arc;
use support::{World, post};
use tokio_util::sync::CancellationToken;

const TOKEN: &str = "/oauth2/v1/token";

/// A world whose only credential is a service app, with a new engine that knows neither clock nor nonce.
async fn alone(dpop: bool) -> World {
    let world = World::story().await;
    created(&world, with(wanted(&world), &json!({ "dpop": dpop }))).await;
    drop_token(&world).await;
    world
}

async fn works(world: &World, what: &str) {
    let (rows, problem) = world.list(&world.key).await;
    assert!(rows > 5 && problem.is_none(), "{what}: {problem:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_ten_minutes_off_either_way_from_the_start() {
    for dpop in [true, false] {
        for seconds in [600, -600] {
            let world = World::story().await;
            world.org.advance(seconds);
            // The engine starts anew: the first thing it asks this org for is a token.
            let world = world.reopened();
            let token = world.org.token().to_owned();
            let again = json!({ "org": world.key, "token": token, "sessionOnly": false });
            world.ok("org_token", again).await;
            created(&world, with(wanted(&world), &json!({ "dpop": dpop }))).await;
            drop_token(&world).await;
            works(&world, &format!("{seconds} s, dpop {dpop}")).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_jumps_while_a_token_is_in_use() {
    for dpop in [true, false] {
        for seconds in [600, -600] {
            let world = alone(dpop).await;
            works(&world, "before").await;
            world.org.advance(seconds);
            works(&world, &format!("{seconds} s, dpop {dpop}")).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nonces_that_change_all_the_time_are_followed() {
    for switch in [Switch::NonceChanges, Switch::NonceOnCalls] {
        let world = alone(true).await;
        world.org.set_switch(switch, true);
        works(&world, switch.id()).await;
        works(&world, switch.id()).await;
    }
    let world = World::story().await;
    world.org.set_switch(Switch::NonceChanges, true);
    world.org.set_switch(Switch::NonceOnCalls, true);
    created(&world, wanted(&world)).await;
    drop_token(&world).await;
    works(&world, "both").await;
}

/// The org keeps each `jti` it saw, so the second try only passes with a new assertion and a new proof.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_signed_is_never_sent_twice() {
    let limited = |method, path| {
        Fault::on(method, path)
            .after_commit()
            .refuse(
                429,
                "E0000047",
                "API call exceeded rate limit due to too many requests.",
                "",
            )
            .header("x-rate-limit-reset", "")
    };
    for (what, fault) in [
        (
            "an answer of the token endpoint is lost",
            Fault::on("POST", TOKEN).after_commit().cut(),
        ),
        ("the token endpoint is limited", limited("POST", TOKEN)),
        ("a call is limited", limited("GET", "/api/v1/apps")),
        (
            "an answer of a call is lost",
            Fault::on("GET", "/api/v1/apps").after_commit().cut(),
        ),
    ] {
        let world = alone(true).await;
        world.org.advance(3_700);
        world.org.faults().fail_next(fault);
        works(&world, what).await;
        assert_eq!(world.org.faults().waiting(), 0, "{what}: it struck");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_that_meet_a_token_that_ended_get_one_new_one() {
    let world = alone(true).await;
    let app = world.app("zoomus").await;
    let google = world.app("google").await;
    world.of("app_open", &app).await;
    let before = asked(&world.org, "POST", TOKEN);
    world.org.advance(3_700);
    let calls = (0..20).map(|at| {
        let app = if at % 2 == 0 { &app } else { &google };
        world.of("app_open", app)
    });
    let calls = futures_util::future::join_all(
        calls.map(|call| async { tokio::time::timeout(support::PATIENCE, call).await.is_ok() }),
    );
    assert!(calls.await.into_iter().all(|done| done));
    assert_eq!(asked(&world.org, "POST", TOKEN) - before, 1);
}

struct Deaf;

impl Watch for Deaf {
    fn called(&self, _call: CallRow) {}
    fn waiting(&self, _org: &str, _until: Option<i64>) {}
}

/// Twenty that were all refused with the same token, past the queues of the rate limits.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_at_once_make_one_request() {
    let world = World::story().await;
    world
        .ok("key_make", json!({ "org": world.key, "alg": "ES256" }))
        .await;
    let key = SigningKey::generate(KeyAlg::Es256).expect("a key");
    let body = domain::signin::service::app("Twenty", &key.public_jwk(), true);
    let org = &world.org;
    let client = post(org, "/api/v1/apps", &body).await["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let grant = json!({ "scopeId": "okta.apps.read", "issuer": org.url() });
    post(org, &format!("/api/v1/apps/{client}/grants"), &grant).await;
    let how = How::Service { key: Arc::new(key) };
    let proof = Arc::new(SigningKey::generate(KeyAlg::Es256).expect("a key"));
    let source = Arc::new(Source::new(client, vec!["okta.apps.read".into()], how, proof));
    let target = Target {
        key: "twenty".into(),
        origin: OrgOrigin::practice(org.url()).expect("an origin"),
        credential: Credential::OAuth(source.clone()),
    };
    let sender = Client::new(Arc::new(Deaf)).expect("a client");
    let cancel = CancellationToken::new();
    let first = sender
        .access(&target, &source, None, &cancel)
        .await
        .expect("a token");
    let before = asked(org, "POST", TOKEN);
    let twenty = (0..20).map(|_| sender.access(&target, &source, Some(first.number), &cancel));
    for access in futures_util::future::join_all(twenty).await {
        let access = access.expect("a token");
        assert_eq!(access.number, first.number + 1, "all got the same");
    }
    assert_eq!(asked(org, "POST", TOKEN) - before, 1);
}

/// An app that has no DPoP gets proofs all the same, and goes on with the bearer token it is given.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_request_carries_a_proof_already() {
    let world = alone(false).await;
    let refused = world
        .org
        .ledger()
        .iter()
        .filter(|entry| entry.template == TOKEN && entry.status != 200)
        .count();
    assert_eq!(refused, 0, "no failed grant in the System Log");
    assert_eq!(held(&world, "serviceApp").await["dpop"], false);
    works(&world, "bearer").await;
    let all = world.org.ledger();
    assert!(
        all.iter().any(|entry| entry.auth == Auth::Bearer)
            && all.iter().all(|entry| entry.auth != Auth::Dpop)
    );
}
