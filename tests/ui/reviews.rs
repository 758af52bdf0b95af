//! Security access reviews, whole: access set up on a fresh org, a review launched, worked through as an admin and, by
//! keyboard alone, as a reviewer, closed, and its evidence saved.

use crate::chromium;
use crate::connect::press;
use crate::org::Org;
use crate::page::Page;
use crate::stage::{Keychain, Stage, until};
use crate::window::Window;
use serde_json::{Value, json};
use std::time::Duration;

/// Who reviews, and is no super admin.
const REVIEWER: &str = "ben.abara1@example.com";
/// Whose access is reviewed.
const PERSON: &str = "Jun Abara";

/// A service app of Gatehouse's own with all it takes, made and proven by the set-up doctor, and put to use.
pub async fn set_up(window: &Window) {
    window.click("link", "Access reviews…").await;
    window.click("button", "Set up access").await;
    window.find("heading", "Set up access reviews").await;
    window.click("button", "Preview").await;
    window.find("heading", "What will be done").await;
    window.click("button", "Set it up").await;
    window
        .find(
            "heading",
            "Gatehouse access reviews can manage security access reviews",
        )
        .await;
    window.click("button", "Use the service app").await;
    window.says("It is in use.").await;
}

/// Chooses somebody in a field that finds people.
pub async fn pick(window: &Window, field: &str, person: &str) {
    window.fill(field, person).await;
    window.click("option", &format!("{person}…")).await;
}

/// Signs in as the reviewer, in the browser, with what reviewers need.
pub async fn sign_in_as_reviewer(stage: &Stage, window: &Window) {
    stage.focus(window.pid).await;
    stage.press("ctrl+k");
    window
        .fill("Search apps, orgs, screens and actions", "sign-in of practice")
        .await;
    stage.press("Return");
    window.find("heading", "Sign-in").await;
    window.click("tab", "Admin sign-in…").await;
    window
        .click("checkbox", "Also for security access reviews…")
        .await;
    window.click("button", "Sign in with the browser").await;
    window.find("heading", "Waiting for you at…").await;
    let browser = chromium::attach(stage).await;
    as_reviewer(&browser).await;
    window.find("heading", &format!("Signed in as {REVIEWER}")).await;
}

async fn as_reviewer(browser: &Page) {
    // Earlier pages are open beside it.
    until("the choice of who signs in", || async {
        for tab in browser.client.windows().await.ok()? {
            browser.client.switch_to_window(tab).await.ok()?;
            let choice = fantoccini::Locator::Css("#username");
            if let Ok(list) = browser.client.find(choice).await {
                return list.select_by_value(REVIEWER).await.ok();
            }
        }
        None
    })
    .await;
    press(browser, "signin").await;
    browser.says("close this tab").await;
}

/// Presses a key in the window once it listens.
async fn key(stage: &Stage, window: &Window, key: &str) {
    stage.focus(window.pid).await;
    stage.press(key);
    tokio::time::sleep(Duration::from_millis(250)).await;
}

/// What has the focus: its role where that is a grid, else its name.
async fn focused(window: &Window) -> String {
    let script = "const it = document.activeElement; return it?.role === 'grid' ? 'grid' : (it?.getAttribute('aria-label') ?? it?.textContent ?? '').trim()";
    window
        .run(script, vec![])
        .await
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// Goes on with Tab until something of this name has the focus.
async fn tab_to(stage: &Stage, window: &Window, name: &str) {
    for _ in 0..80 {
        if focused(window).await.starts_with(name) {
            return;
        }
        stage.press("Tab");
        tokio::time::sleep(Duration::from_millis(60)).await;
    }
    panic!("Tab never reaches {name}");
}

/// Marks the item of this name with the keys.
async fn mark(stage: &Stage, window: &Window, name: &str) {
    for _ in 0..20 {
        let script =
            "const id = document.querySelector('main [role=grid]')?.getAttribute('aria-activedescendant');
            return id === null || id === undefined ? '' : document.getElementById(id)?.textContent ?? ''";
        let marked = window.run(script, vec![]).await;
        if marked.as_str().unwrap_or_default().contains(name) {
            return;
        }
        key(stage, window, "j").await;
    }
    panic!("j never reaches {name}");
}

/// Calls of this method whose path ends so, as the org noted them.
async fn calls(org: &Org, method: &str, end: &str) -> Vec<Value> {
    let asked = org.asked().await;
    let all = asked.as_array().expect("a list").iter();
    let fits = |it: &&Value| {
        it["method"] == method
            && it["path"]
                .as_str()
                .is_some_and(|path| path.starts_with("/governance/") && path.ends_with(end))
    };
    all.filter(fits).cloned().collect()
}

#[tokio::test]
async fn a_review_from_nothing_to_its_evidence() {
    let stage = Stage::new(Keychain::Open).await;
    chromium::offer(&stage);
    let org = Org::start(&stage);
    org.control("PUT", "pace", json!({ "gathering": 5, "remediation": 2 }))
        .await;
    let saved = stage.path("evidence");
    std::fs::create_dir_all(&saved).expect("a folder");
    let mut env = org.env().to_vec();
    let folder = saved.display().to_string();
    env.push(("GATEHOUSE_SAVE_DIR", &folder));
    let window = Window::open(&stage, &["--practice"], &env).await;

    // From a fresh org to the right to manage reviews; the org's own lists are what counts.
    set_up(&window).await;
    let roles = org.get("/api/v1/iam/roles").await;
    assert_eq!(roles["roles"].as_array().map(Vec::len), Some(1), "{roles:#}");
    let sets = org.get("/api/v1/iam/resource-sets").await;
    assert_eq!(
        sets["resource-sets"].as_array().map(Vec::len),
        Some(1),
        "{sets:#}"
    );

    // Launched once, and active without a hand.
    window.click("button", "Launch a review").await;
    window.find("heading", "Launch a review").await;
    pick(&window, "Whose access is reviewed", PERSON).await;
    pick(&window, "Reviewers…", "Ben Abara").await;
    window.fill("Name", "Phishing: {user}").await;
    window.click("button", "Review and launch").await;
    window.find("dialog", "Launch this review?…").await;
    window.says("\"principalId\"").await;
    window.click("button", "Launch").await;
    window.says("Okta is gathering what there is to review").await;
    window.says("The review can be worked through.").await;
    assert_eq!(calls(&org, "POST", "/security-access-reviews").await.len(), 1);

    // As the admin: one revoked, one undone in time, one flagged.
    window.click("button", "Open the review").await;
    window.find("heading", &format!("Phishing: {PERSON}")).await;
    admin(&stage, &window, &org).await;

    // As the reviewer, from the list to closed, with the keyboard alone.
    sign_in_as_reviewer(&stage, &window).await;
    reviewer(&stage, &window).await;
    let closed = calls(&org, "POST", "/actions").await;
    assert!(
        closed
            .iter()
            .any(|it| it["path"].as_str().is_some_and(|path| path.contains("/my/"))),
        "{closed:#?}"
    );

    // The evidence of what is over now.
    window.click("button", "Evidence pack").await;
    window.find("dialog", "Evidence pack…").await;
    window.click("button", "Choose a folder and save").await;
    window.says("SHA-256").await;
    window.find("button", "Make another").await;
    let mut kinds: Vec<String> = Vec::new();
    for folder in std::fs::read_dir(&saved).expect("a folder").flatten() {
        for file in std::fs::read_dir(folder.path()).expect("a folder").flatten() {
            let path = file.path();
            let text = std::fs::read_to_string(&path).expect("text");
            if path.extension().is_some_and(|it| it == "html") {
                for words in [
                    PERSON,
                    "Called: it was a test mail.",
                    "Checked with the manager.",
                    "Access was taken away",
                ] {
                    assert!(text.contains(words), "the page says {words}");
                }
                assert!(!text.contains("<script"), "no script in the page");
            }
            kinds.push(
                path.extension()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
            );
        }
    }
    kinds.sort();
    kinds.dedup();
    for kind in ["csv", "html", "json"] {
        assert!(kinds.iter().any(|it| it == kind), "{kinds:?}");
    }
    window.click("button", "Done").await;
    window.close(&stage).await;
}

/// Decisions with keys on the marked item.
async fn admin(stage: &Stage, window: &Window, org: &Org) {
    window.click("row", "High AWS IAM Identity Center…").await;
    org.forget_asked().await;
    key(stage, window, "r").await;
    window.find("button", "Not now").await;
    window.says("Okta takes the access away by itself").await;
    key(stage, window, "Return").await;
    window.says("Revoke access: AWS IAM Identity Center").await;
    window.click("button", "Send now").await;
    // The next one is marked by then, and is nothing Okta can do by itself.
    window.find("heading", "Snowflake").await;
    key(stage, window, "f").await;
    window.says("Flag for manual remediation: Snowflake").await;
    window.click("button", "Send now").await;
    // A third is decided, and taken back before anything is sent.
    window.click("row", "Medium Salesforce…").await;
    key(stage, window, "r").await;
    window.find("button", "Not now").await;
    key(stage, window, "Return").await;
    window.says("Revoke access: Salesforce").await;
    key(stage, window, "u").await;
    until("both decisions at the org", || async {
        (calls(org, "POST", "/actions").await.len() == 2).then_some(())
    })
    .await;
    window.says("Taken away").await;
    key(stage, window, "c").await;
    window.fill("Comment", "Called: it was a test mail.").await;
    key(stage, window, "ctrl+Return").await;
    until("the comment at the org", || async {
        (calls(org, "POST", "/comment").await.len() == 1).then_some(())
    })
    .await;
    tokio::time::sleep(Duration::from_secs(9)).await;
    assert_eq!(
        calls(org, "POST", "/actions").await.len(),
        2,
        "what was undone is never sent"
    );
}

/// The list, the review, a decision, a comment, the end: no mouse.
async fn reviewer(stage: &Stage, window: &Window) {
    stage.focus(window.pid).await;
    stage.press("ctrl+k");
    window.find("dialog", "…").await;
    stage.type_text("my reviews");
    window.find("option", "My…").await;
    stage.press("Return");
    window.says(&format!("Phishing: {PERSON}")).await;
    tab_to(stage, window, "grid").await;
    let name = format!("Phishing: {PERSON}");
    mark(stage, window, &name).await;
    key(stage, window, "Return").await;
    window.find("heading", &name).await;
    window.says("Salesforce").await;
    key(stage, window, "j").await;
    mark(stage, window, "Salesforce").await;
    key(stage, window, "r").await;
    window.find("button", "Not now").await;
    key(stage, window, "Return").await;
    window.says("Revoke access: Salesforce").await;
    key(stage, window, "c").await;
    stage.type_text("Checked with the manager.");
    key(stage, window, "ctrl+Return").await;
    window.says("Checked with the manager.").await;
    // Not before the decision was sent and is through.
    until("the decision to be through", || async {
        (!window.text().await.contains("Send now")).then_some(())
    })
    .await;
    tab_to(stage, window, "Close review").await;
    key(stage, window, "Return").await;
    window.find("dialog", "Close this review?…").await;
    tab_to(stage, window, "Close review").await;
    key(stage, window, "Return").await;
    window.says("Closed").await;
}
