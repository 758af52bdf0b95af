//! The main job, whole: Google Workspace from a click to ENABLED, consent in a real browser, both features.

use crate::chromium;
use crate::org::Org;
use crate::page::Page;
use crate::stage::{Keychain, Stage, until};
use crate::window::Window;
use std::time::Duration;

/// From Connections into an app.
pub async fn open_app(window: &Window, label: &str) {
    window.click("link", "Connections…").await;
    window.find("heading", "Connections").await;
    window.click("row", &format!("{label}…")).await;
    window.find("heading", label).await;
}

/// Saves the connection and opens the consent page in the browser.
pub async fn ask_for_consent(window: &Window) {
    window.click("button", "Save and go on to consent").await;
    window.find("dialog", "Consent for…").await;
    window.click("button", "Open in browser").await;
    window.find("textbox", "Paste what the last page shows").await;
}

/// The person at the provider: signs in, chooses the admin, allows; the page Okta shows at the end is then on the screen.
pub async fn consent(browser: &Page) {
    for id in ["sign-in", "account-admin", "consent-allow"] {
        press(browser, id).await;
    }
    browser.says("continue_oauth_flow_url").await;
}

/// Presses a button of the provider's pages by its id.
pub async fn press(browser: &Page, id: &str) {
    let css = format!("#{id}");
    until(&format!("the button {id}"), || async {
        let found = browser.client.find(fantoccini::Locator::Css(&css)).await.ok()?;
        found.click().await.ok()
    })
    .await;
}

/// Copies the browser's page as a person does: everything, with the keyboard.
pub async fn copy_page(stage: &Stage) {
    let pid = chromium::pid(stage);
    until("the page on the clipboard", || async {
        stage.focus(pid).await;
        stage.press("ctrl+a");
        stage.press("ctrl+c");
        tokio::time::sleep(Duration::from_millis(500)).await;
        stage
            .clipboard()
            .contains("continue_oauth_flow_url")
            .then_some(())
    })
    .await;
}

/// Back in the window: Ctrl+V on the real keyboard, and the connection is made.
pub async fn paste_page(stage: &Stage, window: &Window) {
    stage.focus(window.pid).await;
    stage.press("ctrl+v");
    window.says("Google Workspace is connected").await;
}

#[tokio::test]
async fn google_from_a_click_to_enabled_with_both_features() {
    let stage = Stage::new(Keychain::Open).await;
    chromium::offer(&stage);
    let org = Org::start(&stage);
    let google = org.app("google", "Google Workspace").await;
    let window = Window::open(&stage, &[], &org.env()).await;

    // The first start: nothing is set up, and the practice org is one click away.
    window.click("button", "Try the practice org…").await;
    open_app(&window, "Google Workspace").await;
    ask_for_consent(&window).await;

    // The consent page came up in the system's browser, by one address and nothing else.
    let opened = chromium::opened(&stage);
    assert_eq!(opened.len(), 1, "{opened:?}");
    assert!(
        opened[0].starts_with(&format!("{}/consent/google/authorize?", org.url)),
        "{opened:?}"
    );
    let browser = chromium::attach(&stage).await;
    consent(&browser).await;
    copy_page(&stage).await;

    paste_page(&stage, &window).await;
    let connection = org
        .get(&format!("/api/v1/apps/{google}/connections/default"))
        .await;
    assert_eq!(connection["status"], "ENABLED", "{connection}");

    // Both features through the editor.
    window.click("button", "Next: features").await;
    window.find("heading", "Features of Google Workspace").await;
    window.click("switch", "Create Users").await;
    window.click("switch", "Deactivate Users").await;
    window.click("tab", "To Okta…").await;
    window.click("switch", "Import schedule").await;
    window.choose("Full import", "On days of the week").await;
    window.says("Next runs").await;
    window.click("switch", "Auto-confirm exact matches").await;
    window.click("button", "Review changes (5)").await;
    window.find("dialog", "Review changes…").await;
    window.click("button", "Apply").await;
    window.find("heading", "To App: 2 changes applied").await;
    window.find("heading", "To Okta: 3 changes applied").await;
    window.click("button", "Done").await;

    // What the org says is what counts.
    let to_app = org
        .get(&format!("/api/v1/apps/{google}/features/USER_PROVISIONING"))
        .await;
    assert_eq!(to_app["status"], "ENABLED", "{to_app}");
    assert_eq!(
        to_app["capabilities"]["create"]["lifecycleCreate"]["status"], "ENABLED",
        "{to_app}"
    );
    assert_eq!(
        to_app["capabilities"]["update"]["lifecycleDeactivate"]["status"], "ENABLED",
        "{to_app}"
    );
    assert_eq!(
        to_app["capabilities"]["update"]["profile"]["status"], "DISABLED",
        "{to_app}"
    );
    let to_okta = org
        .get(&format!("/api/v1/apps/{google}/features/INBOUND_PROVISIONING"))
        .await;
    assert_eq!(to_okta["status"], "ENABLED", "{to_okta}");
    assert_eq!(
        to_okta["capabilities"]["importSettings"]["schedule"]["status"], "ENABLED",
        "{to_okta}"
    );
    assert_eq!(
        to_okta["capabilities"]["importRules"]["userCreateAndMatch"]["autoConfirmExactMatch"], true,
        "{to_okta}"
    );

    // The page of the app says so too, and so does History.
    window.find("heading", "Google Workspace").await;
    window.says("Enabled").await;
    window.click("link", "History").await;
    window.says("Google Workspace").await;
    window.close(&stage).await;
}
