//! Orgs and their secrets: adding, keeping apart, losing the keychain, forgetting.

use domain::problem::Problem;
use domain::secret::Secret;
use engine::ports::vault::{MemoryVault, Vault, VaultError, token_item};
use practice_org::PracticeOrg;
use serde_json::{Value, json};
use std::sync::Arc;
use support::World;

fn code(problem: &Problem) -> Value {
    serde_json::to_value(problem.code).expect("code")
}

fn steps(problem: &Problem) -> Vec<String> {
    let steps = serde_json::to_value(&problem.next).expect("steps");
    steps
        .as_array()
        .expect("list")
        .iter()
        .map(|s| s["kind"].as_str().expect("kind").to_owned())
        .collect()
}

fn vault(world: &World) -> Arc<MemoryVault> {
    world.engine.memory_vault().expect("the vault of tests")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_token_is_told_and_nothing_is_kept() {
    let world = World::story().await;
    let other = PracticeOrg::start(practice_org::Options::default())
        .await
        .expect("a second org");
    let args = json!({ "origin": other.url(), "token": "00wrongtoken", "name": "", "colour": "", "sessionOnly": false,
        "customDomainConfirmed": false });
    let problem = world.refused("org_add", args).await;
    assert_eq!(
        (code(&problem), problem.field.as_deref()),
        (json!("signInRefused"), Some("token")),
        "{problem:#?}"
    );
    let state = world.ok("app_state", json!({})).await;
    assert_eq!(
        state["orgs"].as_array().map(Vec::len),
        Some(1),
        "only the first org is there"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_org_gets_its_own_token_and_nobody_elses() {
    let world = World::story().await;
    let second = PracticeOrg::start(practice_org::Options::default())
        .await
        .expect("a second org");
    world
        .ok(
            "org_add",
            json!({ "origin": second.url(), "token": second.token(), "name": "Second", "colour": "",
            "sessionOnly": false, "customDomainConfirmed": false }),
        )
        .await;
    let keys: Vec<String> = world.ok("app_state", json!({})).await["orgs"]
        .as_array()
        .expect("orgs")
        .iter()
        .map(|org| org["key"].as_str().expect("key").to_owned())
        .collect();
    assert_eq!(keys.len(), 2);
    let colours: Vec<Value> = world.ok("app_state", json!({})).await["orgs"]
        .as_array()
        .expect("orgs")
        .iter()
        .map(|o| o["colour"].clone())
        .collect();
    assert_ne!(colours[0], colours[1], "two orgs look different");
    for key in &keys {
        let app = world.app("zoomus").await;
        world.ok("features_get", json!({ "org": key, "app": app })).await;
    }
    // An org that got the other's token would have answered 401.
    for org in [&world.org, &second] {
        assert!(
            org.ledger().iter().all(|entry| entry.status != 401),
            "a token went to the wrong org"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_keychain_fails_in_four_ways_with_four_sentences() {
    let mut world = World::story().await;
    let app = world.app("zoomus").await;
    let mut titles = Vec::new();
    for (fault, expected) in [
        (VaultError::Missing, "keychainMissing"),
        (VaultError::Locked, "keychainLocked"),
        (VaultError::Denied, "keychainDenied"),
        (VaultError::Slow, "keychainSlow"),
    ] {
        world = world.reopened();
        vault(&world).fail(Some(fault));
        let problem = world
            .refused("features_get", json!({ "org": world.key, "app": app }))
            .await;
        assert_eq!(code(&problem), json!(expected));
        assert!(
            steps(&problem).contains(&"retryKeychain".to_owned()),
            "{problem:#?}"
        );
        titles.push(problem.title.clone());
        // Without a restart: the keychain is back, one click later all is well.
        vault(&world).fail(None);
        vault(&world)
            .set(&token_item(&world.key), &Secret::new(world.org.token().into()))
            .await
            .expect("kept");
        world.ok("org_retry", json!({ "org": world.key })).await;
        world
            .ok("features_get", json!({ "org": world.key, "app": app }))
            .await;
    }
    world = world.reopened();
    let problem = world
        .refused("features_get", json!({ "org": world.key, "app": app }))
        .await;
    assert_eq!(
        code(&problem),
        json!("keychainNoEntry"),
        "nothing is stored for it: {problem:#?}"
    );
    titles.push(problem.title);
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), 5, "each has its own sentence: {titles:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn session_only_is_kept_in_memory_and_told() {
    let world = World::story().await;
    let other = PracticeOrg::start(practice_org::Options::default())
        .await
        .expect("a second org");
    vault(&world).fail(Some(VaultError::Missing));
    let mut args = json!({ "origin": other.url(), "token": other.token(), "name": "", "colour": "", "sessionOnly": false,
        "customDomainConfirmed": false });
    let problem = world.refused("org_add", args.clone()).await;
    assert!(
        steps(&problem).contains(&"sessionOnly".to_owned()),
        "{problem:#?}"
    );
    args["sessionOnly"] = json!(true);
    let added = world.ok("org_add", args).await;
    assert_eq!(added["secret"], "session");
    let key = added["key"].as_str().expect("key").to_owned();
    let world = world.reopened();
    let state = world.ok("app_state", json!({})).await;
    let org = state["orgs"]
        .as_array()
        .expect("orgs")
        .iter()
        .find(|o| o["key"] == key.as_str())
        .expect("still in the rail");
    assert_eq!(
        org["secret"], "missing",
        "after a restart it has to be entered again"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forgetting_deletes_the_token_or_says_why_not() {
    let world = World::story().await;
    vault(&world).fail(Some(VaultError::Locked));
    let report = world.ok("org_forget", json!({ "org": world.key })).await;
    assert_eq!(report["failed"][0]["code"], "keychainLocked", "{report:#}");
    assert_eq!(
        world.ok("app_state", json!({})).await["orgs"]
            .as_array()
            .map(Vec::len),
        Some(1),
        "it can be tried again"
    );
    vault(&world).fail(None);
    let report = world.ok("org_forget", json!({ "org": world.key })).await;
    assert_eq!(report["itemsDeleted"], 1, "{report:#}");
    assert!(
        vault(&world)
            .get(&token_item(&world.key))
            .await
            .expect("works")
            .is_none()
    );
    assert_eq!(
        world.ok("app_state", json!({})).await["orgs"]
            .as_array()
            .map(Vec::len),
        Some(0)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_token_is_sent_before_the_address_is_known_to_be_an_org() {
    let world = World::story().await;
    let other = PracticeOrg::start(practice_org::Options::default())
        .await
        .expect("a second org");
    world.ok("org_check", json!({ "address": other.url() })).await;
    assert!(
        other
            .ledger()
            .iter()
            .all(|entry| entry.auth == practice_org::Auth::None),
        "checking an address needs no token"
    );
    let problem = world
        .refused(
            "org_add",
            json!({ "origin": "https://login.example.com", "token": "00t", "name": "", "colour": "",
            "sessionOnly": false, "customDomainConfirmed": false }),
        )
        .await;
    assert_eq!(
        problem.field.as_deref(),
        Some("address"),
        "a custom domain has to be confirmed: {problem:#?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_file_never_holds_a_token_and_the_vault_has_one_item() {
    let world = World::story().await;
    let stored = vault(&world)
        .get(&token_item(&world.key))
        .await
        .expect("works")
        .expect("is there");
    assert_eq!(stored.expose(), world.org.token());
    for file in std::fs::read_dir(world.folder.path()).expect("read").flatten() {
        let bytes = std::fs::read(file.path()).expect("read");
        let token = world.org.token().as_bytes();
        assert!(
            !bytes.windows(token.len()).any(|w| w == token),
            "{} holds the token",
            file.path().display()
        );
    }
}
