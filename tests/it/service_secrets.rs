//! A service app's key, assertions, tokens and proofs go over the wire or into the keychain, and nowhere else.

use crate::canary::Said;
use crate::service::{create, wanted, with};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engine::ipc::views::orgs::ItemKind;
use engine::ports::vault::{Vault, item};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use support::proxy::Fault;
use support::{World, unlimited};

/// A private key that is brought along; made for tests, known to everybody.
const BROUGHT: &str = include_str!("../keys/rsa-pkcs8.pem");
const TOO_LONG: &str = include_str!("../keys/rsa-8192.pem");

/// The longest line of a PEM text.
fn line(pem: &str) -> String {
    let longest = pem
        .lines()
        .filter(|line| !line.starts_with('-'))
        .max_by_key(|line| line.len());
    longest.expect("a line").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_a_service_app_shows_anywhere() {
    let mut said = Said::default();
    let (world, proxy) = World::behind_network(unlimited()).await;
    let events = Arc::new(Mutex::new(Vec::<String>::new()));
    let (heard, mut stream) = (events.clone(), world.engine.subscribe());
    tokio::spawn(async move {
        while let Ok(event) = stream.recv().await {
            let text = format!("{} {event:?}", serde_json::to_string(&event).expect("JSON"));
            heard.lock().expect("events").push(text);
        }
    });
    let vault = world.engine.memory_vault().expect("a memory vault");
    let mut secrets = vec![
        ("the key brought along", line(BROUGHT)),
        ("the key that is too long", line(TOO_LONG)),
        ("the API token", world.org.token().to_owned()),
    ];

    // Keys: made, brought along, refused, thrown away.
    let org = json!({ "org": world.key });
    said.reply(
        "key_make",
        &world
            .rpc("key_make", json!({ "org": world.key, "alg": "RS256" }))
            .await,
    );
    let made = vault.read(&item(&world.key, ItemKind::NewKey)).await;
    secrets.push((
        "the key made",
        STANDARD.encode(&*made.expect("readable").expect("a key")),
    ));
    for text in [BROUGHT, TOO_LONG, &BROUGHT[..BROUGHT.len() - 60]] {
        let args = json!({ "org": world.key, "text": text, "kid": "" });
        said.reply("key_import", &world.rpc("key_import", args).await);
    }
    // Of no app in the org: refused before anything is signed with it.
    let args = json!({ "org": world.key, "clientId": "0oa1example0client00", "scopes": ["okta.apps.read"] });
    said.reply("service_use", &world.rpc("service_use", args).await);
    said.reply("key_drop", &world.rpc("key_drop", org.clone()).await);

    // The app: created through a bad network, used, looked at, given more.
    proxy.fail("POST", "/oauth2/v1/token", Fault::LostAnswer);
    proxy.fail("POST", "/oauth2/v1/token", Fault::Html502);
    let args = with(
        wanted(&world),
        &json!({ "scopes": ["okta.apps.read", "okta.roles.read"] }),
    );
    said.reply("service_plan", &world.rpc("service_plan", args.clone()).await);
    said.add("the set-up", create(&world, args.clone()).await.to_string());
    let again = create(&world, args).await;
    assert_eq!(again["done"], true, "{again:#}");
    said.add("the set-up again", again.to_string());
    let kept = vault.read(&item(&world.key, ItemKind::ServiceKey)).await;
    secrets.push((
        "the app's key",
        STANDARD.encode(&*kept.expect("readable").expect("a key")),
    ));
    let (_, problem) = world.list(&world.key).await;
    assert!(problem.is_none(), "{problem:?}");
    let fix = json!({ "org": world.key, "fix": "grant:okta.users.read" });
    said.reply("permissions_fix", &world.rpc("permissions_fix", fix).await);
    for name in [
        "permissions_check",
        "credentials_look",
        "credentials_get",
        "org_retry",
    ] {
        said.reply(name, &world.rpc(name, org.clone()).await);
    }
    let remove = json!({ "org": world.key, "kind": "serviceApp", "revoke": false });
    said.reply("credential_remove", &world.rpc("credential_remove", remove).await);
    for name in [
        "app_state",
        "calls_list",
        "history_list",
        "keychain_health",
        "lock",
    ] {
        said.reply(name, &world.rpc(name, json!({})).await);
    }
    for file in std::fs::read_dir(world.folder.path()).expect("read").flatten() {
        said.add(
            file.path().display().to_string(),
            std::fs::read(file.path()).expect("read"),
        );
    }
    said.add("the events", events.lock().expect("events").join("\n"));

    let mut kinds = BTreeSet::new();
    for sent in proxy.sent() {
        let form: Vec<(String, String)> = url::form_urlencoded::parse(&sent.body).into_owned().collect();
        if let Some((_, assertion)) = form.into_iter().find(|(name, _)| name == "client_assertion") {
            kinds.insert("assertion");
            secrets.push(("an assertion", assertion));
        }
        for (name, value) in &sent.headers {
            if name == "dpop" {
                kinds.insert("proof");
                secrets.push(("a proof", value.clone()));
            } else if name == "authorization" && value.starts_with("DPoP ") {
                kinds.insert("access token");
                secrets.push(("an access token", value.trim_start_matches("DPoP ").to_owned()));
            }
        }
    }
    assert_eq!(kinds.len(), 3, "{kinds:?}");
    for (what, secret) in &secrets {
        assert!(secret.len() >= 12, "{what} is long enough to be told from chance");
        said.must_not_hold(what, secret);
    }
}
