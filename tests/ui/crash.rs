//! A crash while the browser is open: nothing of the waiting consent is lost.

use crate::chromium;
use crate::connect::{ask_for_consent, consent, copy_page, open_app, paste_page};
use crate::org::Org;
use crate::stage::{Keychain, Stage};
use crate::window::Window;

#[tokio::test]
async fn killed_while_the_browser_is_open_the_consent_waits_and_is_finished() {
    let stage = Stage::new(Keychain::Open).await;
    chromium::offer(&stage);
    let org = Org::start(&stage);
    let google = org.app("google", "Google Workspace").await;
    let window = Window::open(&stage, &["--practice"], &org.env()).await;
    open_app(&window, "Google Workspace").await;
    ask_for_consent(&window).await;
    let browser = chromium::attach(&stage).await;
    window.crash(&stage);

    // The browser lives on: the person agrees there while Gatehouse is gone.
    consent(&browser).await;
    copy_page(&stage).await;

    let window = Window::open(&stage, &["--practice"], &org.env()).await;
    window
        .says("Consent was opened in an earlier run and can still be finished.")
        .await;
    window.click("button", "Finish consent…").await;
    window.find("textbox", "Paste what the last page shows").await;
    paste_page(&stage, &window).await;
    let connection = org
        .get(&format!("/api/v1/apps/{google}/connections/default"))
        .await;
    assert_eq!(connection["status"], "ENABLED", "{connection}");
    window.close(&stage).await;
}
