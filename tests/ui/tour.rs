//! Every screen, one after the other: looked at by axe-core, or pictured for the README.

use crate::chromium;
use crate::connect::{consent, copy_page, open_app, paste_page};
use crate::org::Org;
use crate::reviews::{pick, sign_in_as_reviewer};
use crate::stage::{Keychain, Stage, built};
use crate::window::Window;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Duration;

/// Goes somewhere as one who knows the keys: Ctrl+K, a few letters, Enter.
async fn go_to(stage: &Stage, window: &Window, words: &str, heading: &str) {
    stage.focus(window.pid).await;
    stage.press("ctrl+k");
    window.fill("Search apps, orgs, screens and actions", words).await;
    stage.press("Return");
    window.find("heading", heading).await;
}

/// The pages of signing in.
async fn signing_in(stage: &Stage, window: &Window, visit: &mut impl AsyncFnMut(&Window, &str)) {
    go_to(stage, window, "sign-in of practice", "Sign-in").await;
    window.click("tab", "Admin sign-in…").await;
    window.find("button", "Sign in with the browser").await;
    visit(window, "sign-in").await;
    window.click("radio", "With a device code…").await;
    window.click("button", "Get a code").await;
    window.find("heading", "Waiting for the code to be typed").await;
    visit(window, "device-code").await;
    window.click("button", "Cancel the sign-in").await;
    window.click("tab", "Service app…").await;
    window.click("button", "Preview").await;
    window.find("heading", "What will be done").await;
    visit(window, "service-app").await;
    window.click("button", "Create").await;
    window.find("heading", "Gatehouse is set up").await;
    visit(window, "service-app-done").await;
    go_to(stage, window, "permissions of practice", "Permissions").await;
    window.find("button", "Check again").await;
    window.says("Proven").await;
    visit(window, "permissions").await;
    go_to(stage, window, "keychain", "Keychain").await;
    window.says("dev.gatehouse.desktop").await;
    visit(window, "keychain").await;
}

/// The pages of security access reviews; the org has Gatehouse's service app by then.
async fn reviews(stage: &Stage, window: &Window, visit: &mut impl AsyncFnMut(&Window, &str)) {
    window.click("link", "Access reviews…").await;
    window.click("button", "Set up access").await;
    window.click("button", "Preview").await;
    window.find("heading", "What will be done").await;
    visit(window, "reviews-setup").await;
    window.click("button", "Set it up").await;
    window
        .find("heading", "Gatehouse can manage security access reviews")
        .await;
    visit(window, "reviews-setup-done").await;
    window.click("button", "Launch a review").await;
    pick(window, "Whose access is reviewed", "Jun Abara").await;
    pick(window, "Reviewers…", "Ben Abara").await;
    visit(window, "reviews-launch").await;
    window.click("button", "Review and launch").await;
    window.find("dialog", "Launch this review?…").await;
    window.says("\"principalId\"").await;
    visit(window, "reviews-launch-preview").await;
    window.click("button", "Go on editing").await;
    window.click("button", "For many people").await;
    window
        .fill(
            "Names, logins, e-mail addresses or ids…",
            "hugo.abara7@example.com, Jun Abara, Abara, nobody@example.com",
        )
        .await;
    pick(window, "Reviewers…", "Ben Abara").await;
    visit(window, "reviews-many").await;
    window.click("button", "Look them up").await;
    window.says("Hugo Abara").await;
    window.find("button", "Launch 2 reviews").await;
    visit(window, "reviews-many-found").await;
    window.click("button", "Edit the list").await;
    window.click("link", "Access reviews…").await;
    window.find("row", "Lost laptop: Hugo Abara…").await;
    visit(window, "reviews").await;
    window.click("row", "Lost laptop: Hugo Abara…").await;
    window.click("row", "High AWS IAM Identity Center…").await;
    window.says("Lena Abara revoked this access").await;
    stage.focus(window.pid).await;
    stage.press("r");
    window.find("button", "Not now").await;
    window.says("Okta takes the access away by itself").await;
    visit(window, "review-work").await;
    window.click("button", "Not now").await;
    window.click("tab", "About").await;
    window.click("button", "Ask for a summary").await;
    window.says("Written by Okta’s AI").await;
    visit(window, "review-about").await;
    window.click("tab", "History").await;
    window.find("textbox", "Comment").await;
    window.says("flagged for manual remediation").await;
    visit(window, "review-history").await;
    window.click("button", "More actions").await;
    window.click("menuitem", "Change end date or reviewers…").await;
    window.find("dialog", "End date and reviewers…").await;
    visit(window, "review-change").await;
    window.click("button", "Cancel").await;
    window.click("button", "Close review").await;
    window.find("dialog", "Close this review?…").await;
    visit(window, "review-close").await;
    window.click("button", "Keep it open").await;
    window.click("button", "Evidence pack").await;
    window.find("dialog", "Evidence pack…").await;
    visit(window, "review-evidence").await;
    window.click("button", "Cancel").await;
    go_to(stage, window, "api reference", "API reference").await;
    window.fill("Search…", "launch").await;
    window.says("POST").await;
    visit(window, "reference").await;
    sign_in_as_reviewer(stage, window).await;
    window.click("link", "Access reviews…").await;
    window.click("link", "My reviews").await;
    window.find("row", "Lost laptop: Hugo Abara…").await;
    visit(window, "reviews-mine").await;
}

/// Shows every screen; `visit` gets its name.
async fn tour(stage: &Stage, mut visit: impl AsyncFnMut(&Window, &str)) {
    chromium::offer(stage);
    let org = Org::start(stage);
    let window = Window::open(stage, &[], &org.env()).await;
    window.find("heading", "Welcome to Gatehouse").await;
    visit(&window, "welcome").await;
    window.click("button", "Connect an Okta org…").await;
    window.fill("Address of the org", &org.url).await;
    window.click("button", "Check").await;
    window.find("heading", "How to sign in").await;
    visit(&window, "add-org").await;
    window.click("radio", "API token…").await;
    window.says("tried, works.").await;
    visit(&window, "add-org-token").await;
    window.click("link", "Welcome…").await;

    window.click("button", "Try the practice org…").await;
    window.click("link", "Connections…").await;
    window.find("row", "Google Workspace…").await;
    // Until every app was looked at.
    window.says("zoomus Enabled").await;
    visit(&window, "connections").await;
    window.click("row", "Salesforce…").await;
    window.find("heading", "Salesforce").await;
    visit(&window, "unsupported").await;
    open_app(&window, "Okta Org2Org (hub)").await;
    visit(&window, "org2org").await;
    open_app(&window, "Google Workspace").await;
    visit(&window, "connection").await;
    window.click("button", "Save and go on to consent").await;
    window.find("dialog", "Consent for…").await;
    visit(&window, "consent").await;
    window.click("button", "Open in browser").await;
    window.find("textbox", "Paste what the last page shows").await;
    let browser = chromium::attach(stage).await;
    visit(&window, "consent-opened").await;
    consent(&browser).await;
    copy_page(stage).await;
    paste_page(stage, &window).await;
    visit(&window, "connected").await;
    window.click("button", "Next: features").await;
    window.click("switch", "Create Users").await;
    visit(&window, "to-app").await;
    window.click("tab", "To Okta…").await;
    window.click("switch", "Import schedule").await;
    window.choose("Full import", "On days of the week").await;
    window.says("Next runs").await;
    visit(&window, "to-okta").await;
    window.click("button", "Review changes (…").await;
    window.find("dialog", "Review changes…").await;
    window.find("button", "Apply").await;
    visit(&window, "review").await;
    window.click("button", "Apply").await;
    window.says("To App: 1 change applied").await;
    visit(&window, "applied").await;
    window.click("button", "Done").await;
    window.click("link", "History").await;
    window.find("heading", "History").await;
    window.says("Changed To App").await;
    visit(&window, "history").await;
    signing_in(stage, &window, &mut visit).await;
    reviews(stage, &window, &mut visit).await;
    window.click("link", "Home…").await;
    window.find("heading", "Home").await;
    visit(&window, "home").await;
    window.click("link", "Settings").await;
    window.find("heading", "Settings").await;
    visit(&window, "settings").await;
    stage.focus(window.pid).await;
    stage.press("ctrl+k");
    window.find("dialog", "…").await;
    visit(&window, "palette").await;
    stage.press("Escape");
    window.close(stage).await;
}

// What still fades in has no colours to judge; what turns for ever is not waited for, nor what WebKit never calls finished
// because its element is gone.
const AXE: &str = r#"
    const done = arguments[arguments.length - 1];
    const moving = document.getAnimations().filter((it) => it.effect?.getComputedTiming().endTime !== Infinity);
    const rest = Promise.allSettled(moving.map((it) => it.finished));
    Promise.race([rest, new Promise((over) => setTimeout(over, 2000))]).then(() => axe.run(document, { resultTypes: ['violations'] })).then(
      (result) => done(result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)),
      (error) => done([String(error)]),
    );
"#;

#[tokio::test]
async fn every_screen_passes_axe() {
    let axe = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../ui/node_modules/axe-core/axe.min.js"
    );
    let axe = std::fs::read_to_string(axe).expect("axe-core is installed with the page's packages");
    let stage = Stage::new(Keychain::Open).await;
    let mut wrong: Vec<String> = Vec::new();
    let mut seen = 0;
    tour(&stage, async |window: &Window, name: &str| {
        window
            .run(
                &format!("if (!window.axe) {{ {axe}; window.axe = axe; }}"),
                vec![],
            )
            .await;
        let found = window.run_async(AXE, vec![]).await;
        let found: Vec<String> = serde_json::from_value(found).expect("a list");
        wrong.extend(found.into_iter().map(|one| format!("{name}: {one}")));
        // The page scrolls inside its frame; the frame itself stays where it is.
        let moved = window
            .run("return document.scrollingElement.scrollTop", vec![])
            .await;
        if moved != json!(0) {
            wrong.push(format!("{name}: the window is scrolled by {moved}"));
        }
        seen += 1;
    })
    .await;
    assert!(seen > 35, "the tour went round");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Takes the pictures of `docs/screenshots`: each screen in light and in dark. `cargo xtask screens` runs it.
#[tokio::test]
#[ignore = "makes pictures; run by `cargo xtask screens`"]
async fn screens() {
    let folder = std::env::var_os("GATEHOUSE_SCREENS").map_or_else(|| built().join("screens"), PathBuf::from);
    std::fs::create_dir_all(&folder).expect("a folder");
    // As large as the window, so that the picture is the window and nothing else.
    let stage = Stage::sized(Keychain::Open, (1280, 820)).await;
    tour(&stage, async |window: &Window, name: &str| {
        stage.focus(window.pid).await;
        for theme in ["light", "dark"] {
            let before: Value = window
                .run("return document.documentElement.dataset.theme ?? null", vec![])
                .await;
            window
                .run(
                    "document.documentElement.dataset.theme = arguments[0]",
                    vec![json!(theme)],
                )
                .await;
            // Until colours have changed and nothing moves any more.
            tokio::time::sleep(Duration::from_millis(600)).await;
            stage.picture(&folder.join(format!("{name}-{theme}.png")));
            window
                .run(
                    "document.documentElement.dataset.theme = arguments[0] ?? 'system'",
                    vec![before],
                )
                .await;
        }
    })
    .await;
}
