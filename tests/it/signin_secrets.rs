//! What a sign-in sends goes over the wire and nowhere else; and each proof is made for one request alone.

use crate::canary::Said;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use engine::ipc::views::orgs::ItemKind;
use engine::ports::vault::{Vault, item};
use practice_org::NATIVE_CLIENT;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use support::proxy::{Fault, Proxy, Sent};
use support::signin::SUPER_ADMIN;
use support::{World, unlimited};

fn header<'a>(sent: &'a Sent, name: &str) -> Option<&'a str> {
    let found = sent.headers.iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value.as_str())
}

fn form(sent: &Sent) -> HashMap<String, String> {
    url::form_urlencoded::parse(&sent.body).into_owned().collect()
}

fn is_token(sent: &Sent) -> bool {
    sent.target == "/oauth2/v1/token"
}

/// A sign-in with everything that can happen to it: refused, lost, done, used, refreshed, ended.
async fn journey(said: &mut Said) -> (World, Proxy, Vec<(String, String)>) {
    let (world, proxy) = World::behind_network(unlimited()).await;
    let events = Arc::new(Mutex::new(Vec::<String>::new()));
    let (heard, mut stream) = (events.clone(), world.engine.subscribe());
    tokio::spawn(async move {
        while let Ok(event) = stream.recv().await {
            let text = format!("{} {event:?}", serde_json::to_string(&event).expect("JSON"));
            heard.lock().expect("events").push(text);
        }
    });
    // The org would not take proofs for the network's address, so it does not ask for them. They go along all the same.
    world.native(json!({})).await;
    let mut secrets = Vec::new();
    for (decision, fault) in [
        ("deny", None),
        ("allow", Some(Fault::LostAnswer)),
        ("allow", None),
    ] {
        if let Some(fault) = fault {
            proxy.fail("POST", "/oauth2/v1/token", fault);
        }
        let at = world.begin_sign_in(NATIVE_CLIENT).await;
        secrets.push(("a state".to_owned(), at.asked("state")));
        let (_, page) = at.person(SUPER_ADMIN, decision).await;
        said.add("the browser's page", page);
        said.add("the sign-in", world.signed_in().await.to_string());
    }
    let key = world.key.clone();
    let vault = world.engine.memory_vault().expect("a memory vault");
    let pair = vault.read(&item(&key, ItemKind::SignInKey)).await;
    let pair = pair.expect("readable").expect("a key");
    secrets.push(("the key".to_owned(), STANDARD.encode(&*pair)));
    for _ in 0..2 {
        let (_, problem) = world.list(&key).await;
        assert!(problem.is_none(), "{problem:?}");
        world.org.advance(3600);
    }
    for name in [
        "credentials_look",
        "credentials_get",
        "org_retry",
        "apps_stop",
        "signin_cancel",
    ] {
        said.reply(name, &world.rpc(name, json!({ "org": key })).await);
    }
    let sign_out = json!({ "org": key, "kind": "signIn", "revoke": true });
    said.reply(
        "credential_remove",
        &world.rpc("credential_remove", sign_out).await,
    );
    for name in ["app_state", "calls_list", "history_list"] {
        said.reply(name, &world.rpc(name, json!({})).await);
    }
    for file in std::fs::read_dir(world.folder.path()).expect("read").flatten() {
        said.add(
            file.path().display().to_string(),
            std::fs::read(file.path()).expect("read"),
        );
    }
    let heard = events.lock().expect("events").join("\n");
    assert!(heard.contains("finishing"), "the sign-in's events were heard");
    said.add("the events", heard);
    (world, proxy, secrets)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_a_sign_in_shows_anywhere() {
    let mut said = Said::default();
    let (_world, proxy, mut secrets) = journey(&mut said).await;
    let mut kinds = BTreeSet::new();
    for sent in proxy.sent() {
        for name in ["code", "code_verifier", "refresh_token", "token"] {
            if let Some(value) = form(&sent).remove(name) {
                kinds.insert(name);
                secrets.push((name.to_owned(), value));
            }
        }
        for name in ["dpop", "authorization"] {
            if let Some(value) = header(&sent, name) {
                kinds.insert(name);
                let value = value.split(' ').next_back().unwrap_or_default();
                secrets.push((name.to_owned(), value.to_owned()));
            }
            assert!(!sent.target.contains("code="), "{}", sent.target);
        }
    }
    assert_eq!(kinds.len(), 6, "{kinds:?}");
    for (what, secret) in &secrets {
        assert!(secret.len() >= 12, "{what} is long enough to be told from chance");
        said.must_not_hold(what, secret);
    }
}

/// Header and claims of a JWT, unchecked: the practice org has checked it.
fn claims(jwt: &str) -> (Value, Value) {
    let part = |at: usize| {
        let text = jwt.split('.').nth(at).expect("three parts");
        let bytes = URL_SAFE_NO_PAD.decode(text).expect("base64url");
        serde_json::from_slice(&bytes).expect("JSON")
    };
    (part(0), part(1))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_proof_is_for_one_request_and_one_key() {
    let (world, proxy, _) = journey(&mut Said::default()).await;
    let (mut seen, mut keys) = (BTreeSet::new(), BTreeSet::new());
    for sent in proxy.sent() {
        let Some(proof) = header(&sent, "dpop") else {
            assert!(!is_token(&sent), "a proof goes along always");
            continue;
        };
        assert!(is_token(&sent), "calls carry one where the token is bound");
        assert!(header(&sent, "authorization").is_none());
        let (head, claims) = claims(proof);
        assert_eq!(head["typ"], "dpop+jwt");
        assert!(head["jwk"]["d"].is_null(), "the public half alone");
        keys.insert(head["jwk"].to_string());
        assert!(seen.insert(claims["jti"].to_string()), "a proof was sent twice");
        assert_eq!(claims["htm"], "POST");
        assert_eq!(
            claims["htu"],
            format!("{}/oauth2/v1/token", proxy.url),
            "the address that is called"
        );
        assert!(claims["ath"].is_null());
    }
    assert!(seen.len() > 3, "sign-ins and refreshes: {}", seen.len());
    assert_eq!(
        keys.len(),
        2,
        "a key for each sign-in that came to its tokens: {keys:?}"
    );
    drop(world);
}
