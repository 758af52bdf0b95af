//! Signing in as Okta recommends, whole: an admin in a real browser, a service app made with that sign-in, and the app alone
//! after a restart, its key in the real keychain.

use crate::chromium;
use crate::connect::press;
use crate::keychain::nowhere_below;
use crate::org::Org;
use crate::page::Page;
use crate::stage::{Keychain, Stage, until};
use crate::window::Window;
use serde_json::Value;

/// The story's super admin.
const ADMIN: &str = "robin.keller@example.com";

/// From the welcome to the org's sign-in page, without a token.
async fn add(window: &Window, org: &Org) {
    window.click("button", "Connect an Okta org…").await;
    window.fill("Address of the org", &org.url).await;
    window.click("button", "Check").await;
    window.find("heading", "How to sign in").await;
    window.click("radio", "Sign in as an admin…").await;
    window.click("button", "Add the org").await;
    window.find("heading", "Sign-in").await;
}

/// The person at Okta's page: chooses who they are, and signs in.
async fn sign_in(browser: &Page) {
    until("the choice of who signs in", || async {
        let list = browser
            .client
            .find(fantoccini::Locator::Css("#username"))
            .await
            .ok()?;
        list.select_by_value(ADMIN).await.ok()
    })
    .await;
    press(browser, "signin").await;
    browser.says("close this tab").await;
}

/// What the org was asked for since its notes were cleared.
fn api_calls(ledger: &Value) -> Vec<&Value> {
    let entries = ledger.as_array().expect("a list");
    let api = |entry: &&Value| {
        entry["path"]
            .as_str()
            .is_some_and(|path| path.starts_with("/api/"))
    };
    entries.iter().filter(api).collect()
}

#[tokio::test]
async fn a_service_app_made_by_a_signed_in_admin_works_alone_after_a_restart() {
    let stage = Stage::new(Keychain::Open).await;
    chromium::offer(&stage);
    let org = Org::start(&stage);
    let window = Window::open(&stage, &[], &[]).await;

    add(&window, &org).await;
    window.click("button", "Sign in with the browser").await;
    window.find("heading", "Waiting for you at…").await;
    let opened = chromium::opened(&stage);
    assert_eq!(opened.len(), 1, "{opened:?}");
    let authorize = format!("{}/oauth2/v1/authorize?", org.url);
    assert!(opened[0].starts_with(&authorize), "{opened:?}");
    for part in ["code_challenge_method=S256", "response_type=code", "state="] {
        assert!(opened[0].contains(part), "{opened:?}");
    }
    let browser = chromium::attach(&stage).await;
    sign_in(&browser).await;
    window.find("heading", &format!("Signed in as {ADMIN}")).await;

    window.click("button", "Create a service app").await;
    window.click("button", "Preview").await;
    window.find("heading", "What will be done").await;
    window.click("button", "Create").await;
    window.find("heading", "Gatehouse is set up").await;

    // What the org says is what counts: one app, its scopes, its role, and a public key alone.
    let apps = org.get("/api/v1/apps?q=Gatehouse&limit=200").await;
    let service: Vec<&Value> = apps
        .as_array()
        .expect("a list")
        .iter()
        .filter(|app| app["settings"]["oauthClient"]["application_type"] == "service")
        .collect();
    let [app] = service.as_slice() else {
        panic!("{service:#?}")
    };
    assert_eq!(
        app["settings"]["oauthClient"]["dpop_bound_access_tokens"], true,
        "{app:#}"
    );
    let id = app["id"].as_str().expect("an id");
    let grants = org.get(&format!("/api/v1/apps/{id}/grants")).await;
    assert!(
        grants
            .as_array()
            .is_some_and(|all| all.iter().any(|grant| grant["scopeId"] == "okta.apps.manage")),
        "{grants:#}"
    );
    let roles = org.get(&format!("/oauth2/v1/clients/{id}/roles")).await;
    assert_eq!(roles[0]["type"], "APP_ADMIN", "{roles:#}");
    let keys = org.get(&format!("/api/v1/apps/{id}/credentials/jwks")).await;
    let private = ["d", "p", "q", "dp", "dq", "qi"];
    let public_only = |key: &Value| private.iter().all(|name| key.get(name).is_none());
    assert!(
        keys.as_array().is_some_and(|all| all.iter().all(public_only)),
        "{keys:#}"
    );
    window.close(&stage).await;

    org.forget_asked().await;
    let window = Window::open(&stage, &[], &[]).await;
    window.click("link", "Connections…").await;
    window.find("row", "Google Workspace…").await;
    let ledger = org.asked().await;
    let calls = api_calls(&ledger);
    assert!(!calls.is_empty(), "the app asked the org");
    for call in calls {
        assert_eq!(
            (&call["auth"], &call["status"]),
            (&"DPOP".into(), &200.into()),
            "{call:#}"
        );
    }
    window.click("link", "Settings").await;
    window.close(&stage).await;
    // Gatehouse's own files and the web view's hold no private key in any of its written forms.
    for word in ["PRIVATE KEY", "\"d\":"] {
        nowhere_below(&stage.path("data"), word);
        nowhere_below(&stage.path("share"), word);
    }
}
