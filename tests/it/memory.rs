//! After a lock the secrets are gone from the process's memory, not just out of reach: what is left of them would be in a
//! core file, in the swap, in the hands of any program that may look.

#![cfg(target_os = "linux")]

use crate::child::Bridge;
use practice_org::{NATIVE_CLIENT, PracticeOrg};
use serde_json::json;
use std::time::{Duration, Instant};
use support::memory::held;
use support::proxy::Proxy;
use support::signin::{SCOPES, SUPER_ADMIN};
use support::{PATIENCE, http};

/// What follows a word in the requests that went to the org.
fn sent(proxy: &Proxy, header: &str, word: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for sent in proxy.sent() {
        let from = if header == "body" {
            String::from_utf8_lossy(&sent.body).into_owned()
        } else {
            sent.headers
                .iter()
                .filter(|(name, _)| name == header)
                .map(|(_, value)| value.clone())
                .collect()
        };
        if let Some((_, rest)) = from.split_once(word) {
            let secret = rest.split('&').next().unwrap_or_default().to_owned();
            if !found.contains(&secret) {
                found.push(secret);
            }
        }
    }
    found
}

async fn listed(bridge: &Bridge, org: &str) {
    bridge
        .ok("apps_load", json!({ "org": org, "refresh": true }))
        .await;
    bridge.ok("credentials_look", json!({ "org": org })).await;
}

/// Signs in with a device code as a person would on another screen; the tokens stay in memory.
async fn sign_in(bridge: &Bridge, org: &PracticeOrg, key: &str) {
    let wish = json!({ "org": key, "method": "device", "clientId": NATIVE_CLIENT, "scopes": SCOPES, "sessionOnly": true });
    let view = bridge.ok("signin_start", wish).await;
    let code = view["userCode"].as_str().expect("a code").to_owned();
    let form = [
        ("user_code", code.as_str()),
        ("username", SUPER_ADMIN),
        ("decision", "allow"),
    ];
    let answer = http()
        .post(format!("{}/activate/user", org.url()))
        .form(&form)
        .send()
        .await;
    assert!(answer.expect("an answer").status().is_success());
    let begun = Instant::now();
    loop {
        let all = bridge.ok("credentials_get", json!({ "org": key })).await;
        match all["signIn"]["phase"].as_str() {
            Some("done") => return,
            Some("waiting" | "finishing") if begun.elapsed() < PATIENCE => {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            other => panic!("{other:?}: {all:#}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_lock_no_secret_is_left_in_memory() {
    let proxy = Proxy::start().await;
    let options = practice_org::Options {
        front: Some(proxy.url.clone()),
        ..support::unlimited()
    };
    let org = PracticeOrg::start(options)
        .await
        .expect("the practice org starts");
    proxy.lead_to(org.listens());
    let folder = tempfile::tempdir().expect("a folder");
    let bridge = Bridge::start(folder.path(), &[]);
    let args = json!({ "origin": proxy.url, "token": org.token(), "name": "", "colour": "", "sessionOnly": true,
        "customDomainConfirmed": false });
    let key = bridge.ok("org_add", args).await["key"]
        .as_str()
        .expect("a key")
        .to_owned();
    listed(&bridge, &key).await;
    sign_in(&bridge, &org, &key).await;
    listed(&bridge, &key).await;
    org.advance(3600);
    listed(&bridge, &key).await;

    let mut secrets = vec![("the API token", org.token().to_owned())];
    for token in
        sent(&proxy, "authorization", "Bearer ")
            .into_iter()
            .chain(sent(&proxy, "authorization", "DPoP "))
    {
        secrets.push(("an access token", token));
    }
    for token in sent(&proxy, "body", "refresh_token=") {
        secrets.push(("a refresh token", token));
    }
    assert!(
        secrets.len() >= 4,
        "two access tokens, and the refresh token that was exchanged: {}",
        secrets.len()
    );
    assert!(secrets.iter().all(|(_, secret)| secret.len() > 30));

    gone_after_a_lock(&bridge, &secrets, &["the API token", "an access token"]).await;
}

/// Connections stay open for a while, and their buffers hold what was sent last.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_stays_open_keeps_nothing_either() {
    let org = PracticeOrg::start(support::unlimited())
        .await
        .expect("the practice org starts");
    let folder = tempfile::tempdir().expect("a folder");
    let bridge = Bridge::start(folder.path(), &[]);
    let args = json!({ "origin": org.url(), "token": org.token(), "name": "", "colour": "", "sessionOnly": true,
        "customDomainConfirmed": false });
    let key = bridge.ok("org_add", args).await["key"]
        .as_str()
        .expect("a key")
        .to_owned();
    listed(&bridge, &key).await;
    let secrets = [("the API token", org.token().to_owned())];
    gone_after_a_lock(&bridge, &secrets, &["the API token"]).await;
}

/// `sure` are those that must have been there before, or the search would prove nothing.
async fn gone_after_a_lock(bridge: &Bridge, secrets: &[(&str, String)], sure: &[&str]) {
    let Some(before) = held(bridge.pid(), secrets) else {
        eprintln!("skipped: this system lets no process look at another's memory");
        return;
    };
    for what in sure {
        let found: usize = before
            .iter()
            .filter(|(name, _)| name == what)
            .map(|(_, n)| n)
            .sum();
        assert!(found > 0, "the search finds what is there: {before:?}");
    }
    let reply = bridge.ok("lock", json!({})).await;
    assert_eq!(reply, json!({}));
    // Connections are closed by tasks of their own, a moment later.
    let begun = Instant::now();
    loop {
        let after = held(bridge.pid(), secrets).expect("as before");
        if after.iter().all(|(_, count)| *count == 0) {
            return;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "still there: {after:?}; before: {before:?}"
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
