//! The keychain as a whole: what is in it, what is gone, and clearing one org out of it, all at once or in parts.

use domain::secret::Secret;
use engine::ipc::views::orgs::ItemKind;
use engine::ports::vault::{MemoryVault, Vault, VaultError, item};
use practice_org::PracticeOrg;
use serde_json::{Value, json};
use std::sync::Arc;
use support::World;
use support::signin::SUPER_ADMIN;

fn vault(world: &World) -> Arc<MemoryVault> {
    world.engine.memory_vault().expect("the vault of tests")
}

/// An org with a credential of every kind that a person can have at once, and a key that waits.
async fn full() -> World {
    let world = World::story().await;
    world.native(json!({ "dpop_bound_access_tokens": true })).await;
    let view = world.sign_in_as(SUPER_ADMIN).await;
    assert_eq!(view["phase"], "done", "{view:#}");
    world
        .ok("key_make", json!({ "org": world.key, "alg": "ES256" }))
        .await;
    world
}

async fn second(world: &World, session_only: bool) -> (PracticeOrg, String) {
    let org = PracticeOrg::start(support::unlimited())
        .await
        .expect("a second org");
    let args = json!({ "origin": org.url(), "token": org.token(), "name": "Second", "colour": "",
        "sessionOnly": session_only, "customDomainConfirmed": false });
    let key = world.ok("org_add", args).await["key"]
        .as_str()
        .expect("a key")
        .to_owned();
    (org, key)
}

async fn health(world: &World) -> Value {
    world.ok("keychain_health", json!({})).await
}

/// Org, kind and presence of each item.
fn rows(health: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let items = health["items"].as_array().expect("items");
    items
        .iter()
        .map(|it| (text(&it["org"]), text(&it["kind"]), text(&it["presence"])))
        .collect()
}

fn presence(health: &Value, org: &str, kind: &str) -> String {
    let found = rows(health).into_iter().find(|(o, k, _)| o == org && k == kind);
    found
        .unwrap_or_else(|| panic!("no {kind} of {org}: {health:#}"))
        .2
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_item_is_listed_with_its_age_and_none_with_its_content() {
    let world = full().await;
    let (_other, session) = second(&world, true).await;
    let health = health(&world).await;
    assert_eq!(
        (&health["keychain"]["ok"], &health["service"]),
        (&json!(true), &json!("dev.gatehouse.desktop"))
    );
    assert_eq!(health["survives"], false, "the tests' keychain is memory");
    for kind in ["apiToken", "refreshToken", "signInKey", "newKey"] {
        assert_eq!(presence(&health, &world.key, kind), "present", "{kind}");
    }
    assert_eq!(presence(&health, &session, "apiToken"), "session");
    assert_eq!(rows(&health).len(), 5, "{health:#}");
    for it in health["items"].as_array().expect("items") {
        let created = it["created"].as_str().expect("an age");
        assert!(created.ends_with('Z') && created.len() > 18, "{created}");
        assert!(it["name"].as_str().expect("a name").starts_with("org:"), "{it:#}");
    }
    let names: Vec<&str> = health["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|it| it["name"].as_str().expect("a name"))
        .collect();
    for name in vault(&world).names() {
        assert!(
            names.contains(&name.as_str()),
            "{name} is in the keychain and not in the list"
        );
    }
    let said = health.to_string();
    let refresh = world.kept(ItemKind::RefreshToken).await.expect("a refresh token");
    assert!(!said.contains(world.org.token()) && !said.contains(&refresh));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_deleted_elsewhere_is_missing_and_the_rest_is_fine() {
    let world = full().await;
    let (_other, other) = second(&world, false).await;
    let name = item(&world.key, ItemKind::ApiToken);
    assert!(vault(&world).delete(&name).await.expect("deleted"));
    let health = health(&world).await;
    assert_eq!(presence(&health, &world.key, "apiToken"), "missing");
    assert_eq!(presence(&health, &world.key, "refreshToken"), "present");
    assert_eq!(presence(&health, &other, "apiToken"), "present");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_keychain_that_does_not_work_is_asked_no_further() {
    let world = full().await;
    for (fault, code) in [
        (VaultError::Slow, "keychainSlow"),
        (VaultError::Locked, "keychainLocked"),
        (VaultError::Missing, "keychainMissing"),
        (VaultError::Denied, "keychainDenied"),
    ] {
        vault(&world).fail(Some(fault));
        let health = health(&world).await;
        assert_eq!(health["keychain"]["ok"], false);
        assert_eq!(health["keychain"]["problem"]["code"], code, "{health:#}");
        assert_eq!(health["survives"], Value::Null);
        assert!(
            rows(&health).iter().all(|(_, _, presence)| presence == "unknown"),
            "{health:#}"
        );
    }
    vault(&world).fail(None);
    assert_eq!(presence(&health(&world).await, &world.key, "apiToken"), "present");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wiping_keeps_what_could_not_be_deleted_and_says_which() {
    let world = full().await;
    let (_other, other) = second(&world, false).await;
    let refresh = item(&world.key, ItemKind::RefreshToken);
    vault(&world).hold_fast(&[&refresh]);
    let report = world.ok("org_wipe", json!({ "org": world.key })).await;
    assert_eq!(report["itemsDeleted"], 3, "{report:#}");
    assert_eq!(report["failed"].as_array().map(Vec::len), Some(1), "{report:#}");
    let why = report["failed"][0]["why"].as_str().expect("words");
    assert!(why.contains("refresh token was not deleted"), "{why}");
    let left: Vec<String> = vault(&world)
        .names()
        .into_iter()
        .filter(|name| name.contains(&world.key))
        .collect();
    assert_eq!(left, std::slice::from_ref(&refresh));

    // The sign-in stays in the list, the token and the key do not; nothing is signed in with either.
    let view = world.ok("credentials_get", json!({ "org": world.key })).await;
    let kinds: Vec<&str> = view["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|it| it["kind"].as_str().expect("a kind"))
        .collect();
    assert_eq!((kinds, &view["key"]), (vec!["signIn"], &Value::Null), "{view:#}");
    let health = health(&world).await;
    assert_eq!(presence(&health, &world.key, "refreshToken"), "present");
    assert_eq!(presence(&health, &world.key, "signInKey"), "missing");
    assert_eq!(presence(&health, &other, "apiToken"), "present");

    // An org that still has something in the keychain is not forgotten.
    let report = world.ok("org_forget", json!({ "org": world.key })).await;
    assert_eq!(report["failed"].as_array().map(Vec::len), Some(1), "{report:#}");
    vault(&world).hold_fast(&[]);
    let report = world.ok("org_forget", json!({ "org": world.key })).await;
    assert_eq!(
        (&report["itemsDeleted"], &report["failed"]),
        (&json!(1), &json!([])),
        "{report:#}"
    );
    assert_eq!(
        vault(&world).names(),
        [item(&other, ItemKind::ApiToken)],
        "the other org keeps its own"
    );
    let orgs = world.ok("app_state", json!({})).await["orgs"].clone();
    assert_eq!(orgs.as_array().map(Vec::len), Some(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_keychain_that_is_closed_is_told_for_every_item() {
    let world = full().await;
    vault(&world).fail(Some(VaultError::Locked));
    let report = world.ok("org_wipe", json!({ "org": world.key })).await;
    let failed = report["failed"].as_array().expect("failures");
    assert_eq!(
        (failed.len(), &report["itemsDeleted"]),
        (4, &json!(0)),
        "{report:#}"
    );
    assert!(failed.iter().all(|it| it["code"] == "keychainLocked"));
    vault(&world).fail(None);
    let report = world.ok("org_wipe", json!({ "org": world.key })).await;
    assert_eq!(
        (&report["itemsDeleted"], &report["failed"]),
        (&json!(4), &json!([]))
    );
    assert_eq!(vault(&world).names(), Vec::<String>::new());
    // The org itself is still there, and can be signed in to again.
    let problem = world
        .refused("apps_load", json!({ "org": "nowhere", "refresh": false }))
        .await;
    assert_eq!(json!(problem.code), "notFound");
    world
        .ok(
            "org_token",
            json!({ "org": world.key, "token": world.org.token(), "sessionOnly": false }),
        )
        .await;
    let (seen, problem) = world.list(&world.key).await;
    assert!(seen > 0 && problem.is_none(), "{problem:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_that_was_changed_elsewhere_is_told_and_other_orgs_go_on() {
    let world = full().await;
    let (_other, other) = second(&world, false).await;
    let world = world.reopened_with_keychain();
    vault(&world)
        .set(
            &item(&world.key, ItemKind::SignInKey),
            &Secret::new("no key".into()),
        )
        .await
        .expect("set");
    let problem = world
        .refused("credentials_look", json!({ "org": world.key }))
        .await;
    assert_eq!(json!(problem.code), "keychainNoEntry", "{problem:#?}");
    let steps = serde_json::to_value(&problem.next).expect("steps");
    assert_eq!(steps[0]["kind"], "signIn", "{steps:#}");
    let (seen, problem) = world.list(&other).await;
    assert!(seen > 0 && problem.is_none(), "{problem:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_too_long_for_windows_is_refused_with_words_and_nothing_is_kept() {
    let world = World::story().await;
    let text = include_str!("../keys/rsa-8192.pem");
    let problem = world
        .refused("key_import", json!({ "org": world.key, "text": text, "kid": "" }))
        .await;
    assert_eq!(problem.field.as_deref(), Some("key"), "{problem:#?}");
    assert!(
        problem.title.contains("too long") && problem.why.contains("4,096"),
        "{problem:#?}"
    );
    assert_eq!(vault(&world).names(), [item(&world.key, ItemKind::ApiToken)]);
    let view = world.ok("credentials_get", json!({ "org": world.key })).await;
    assert_eq!(view["key"], Value::Null);
}
