//! A real org's token in the real keychain: kept over a restart, and told apart when it is missing or locked.

use crate::org::Org;
use crate::stage::{Keychain, Stage, holds, until_now};
use crate::window::Window;
use std::fs;
use std::path::Path;
use support::memory::held;

/// From the welcome to the form that takes the token.
async fn to_the_token(window: &Window, org: &Org) {
    window.click("button", "Connect an Okta org…").await;
    window.fill("Address of the org", &org.url).await;
    window.click("button", "Check").await;
    window.click("radio", "API token…").await;
    window.find("heading", "API token").await;
}

async fn add(window: &Window, org: &Org) {
    window.fill("Token…", &org.token).await;
    window.click("button", "Add the org").await;
    window.find("heading", "Connections").await;
    window.find("row", "Google Workspace…").await;
}

/// The token is in no file below a folder.
pub fn nowhere_below(folder: &Path, token: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            nowhere_below(&path, token);
        } else if let Ok(bytes) = fs::read(&path) {
            let wide: Vec<u8> = token.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let found = holds(&bytes, token.as_bytes()) || holds(&bytes, &wide);
            assert!(!found, "the token is in {}", path.display());
        }
    }
}

/// The token is in no command line and no environment of the app's processes.
fn not_told_to_programs(stage: &Stage, token: &str) {
    for pid in stage.processes("") {
        for file in ["cmdline", "environ"] {
            let bytes = fs::read(format!("/proc/{pid}/{file}")).unwrap_or_default();
            assert!(
                !holds(&bytes, token.as_bytes()),
                "the token is in /proc/{pid}/{file}"
            );
        }
    }
}

/// A crash would leave none: a core file holds whatever was in memory.
fn no_core_file(window: &Window) {
    let limits = fs::read_to_string(format!("/proc/{}/limits", window.pid)).expect("a running app");
    let core = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max core file size"));
    let core: Vec<&str> = core.expect("a limit").split_whitespace().collect();
    assert_eq!(core[..2], ["0", "0"], "{limits}");
}

#[tokio::test]
async fn a_token_lives_in_the_keychain_and_survives_a_restart() {
    let stage = Stage::new(Keychain::Open).await;
    let org = Org::start(&stage);
    let window = Window::open(&stage, &[], &[]).await;
    to_the_token(&window, &org).await;
    add(&window, &org).await;
    not_told_to_programs(&stage, &org.token);
    no_core_file(&window);
    window.close(&stage).await;

    let window = Window::open(&stage, &[], &[]).await;
    window.click("link", "Connections…").await;
    window.find("row", "Google Workspace…").await;
    window.click("link", "Settings").await;
    window.click("button", "Test the keychain").await;
    window.says("works.").await;
    assert!(
        !window.text().await.contains(&org.token),
        "nothing shows the token"
    );
    window.close(&stage).await;

    // Gatehouse's own files and the web view's: the keychain's are elsewhere, and encrypted.
    nowhere_below(&stage.path("data"), &org.token);
    nowhere_below(&stage.path("home"), &org.token);
    nowhere_below(&stage.path("share"), &org.token);
}

#[tokio::test]
async fn a_locked_keychain_is_told_and_tried_again_without_a_restart() {
    let stage = Stage::new(Keychain::Open).await;
    let org = Org::start(&stage);
    let window = Window::open(&stage, &[], &[]).await;
    to_the_token(&window, &org).await;
    add(&window, &org).await;
    window.close(&stage).await;

    stage.lock_keychain();
    let window = Window::open(&stage, &[], &[]).await;
    window.click("link", "Connections…").await;
    window.says("The keychain is locked.").await;
    stage.unlock_keychain().await;
    window.click("button", "Try the keychain again").await;
    window.find("row", "Google Workspace…").await;
    window.close(&stage).await;
}

#[tokio::test]
async fn without_a_keychain_nothing_is_kept_in_a_file_and_it_can_come_later() {
    let stage = Stage::new(Keychain::Missing).await;
    let org = Org::start(&stage);
    let window = Window::open(&stage, &[], &[]).await;
    to_the_token(&window, &org).await;
    window.says("There is no keychain on this computer.").await;
    // It is started meanwhile; one click later it is used, without a restart.
    stage.start_keychain().await;
    window.click("button", "Try the keychain again").await;
    window.says("tried, works.").await;
    add(&window, &org).await;
    window.close(&stage).await;
    nowhere_below(&stage.path("data"), &org.token);
}

/// An org whose token is in the keychain, and Gatehouse closed.
async fn kept(stage: &Stage) -> Org {
    let org = Org::start(stage);
    let window = Window::open(stage, &[], &[]).await;
    to_the_token(&window, &org).await;
    add(&window, &org).await;
    window.close(stage).await;
    org
}

#[tokio::test]
async fn a_keychain_that_hangs_is_told_while_the_window_goes_on() {
    let stage = Stage::new(Keychain::Open).await;
    let org = kept(&stage).await;

    stage.hang_keychain();
    let window = Window::open(&stage, &[], &[]).await;
    window.click("link", "Connections…").await;
    // The keychain is being asked meanwhile, and the window is as quick as ever.
    let search = "Search screens, orgs, apps and actions";
    window.click("button", "Search…").await;
    window.find("dialog", search).await;
    stage.focus(window.pid).await;
    stage.press("Escape");
    window
        .says("The keychain has not answered for five seconds.")
        .await;
    window.find("button", "Try the keychain again").await;
    nowhere_below(&stage.path("data"), &org.token);

    stage.wake_keychain();
    window.click("button", "Try the keychain again").await;
    window.find("row", "Google Workspace…").await;
    window.close(&stage).await;
    nowhere_below(&stage.path("data"), &org.token);
}

#[tokio::test]
async fn the_keychains_question_can_be_dismissed_and_answered_the_next_time() {
    let stage = Stage::new(Keychain::Open).await;
    let org = kept(&stage).await;

    stage.lock_keychain();
    stage.offer_prompts().await;
    let window = Window::open(&stage, &[], &[]).await;
    window.click("link", "Connections…").await;
    stage.see_prompt().await;
    stage.press("Escape");
    window.says("The keychain refused Gatehouse.").await;
    window.says("The prompt was dismissed").await;
    nowhere_below(&stage.path("data"), &org.token);

    window.click("button", "Try the keychain again").await;
    stage.see_prompt().await;
    stage.type_password();
    window.find("row", "Google Workspace…").await;
    window.close(&stage).await;
    nowhere_below(&stage.path("data"), &org.token);
}

#[tokio::test]
async fn after_a_lock_the_token_is_gone_from_the_apps_memory() {
    let stage = Stage::new(Keychain::Open).await;
    let org = Org::start(&stage);
    let window = Window::open(&stage, &[], &[]).await;
    to_the_token(&window, &org).await;
    add(&window, &org).await;
    // Until every app was looked at: what still asks the org afterwards reads the keychain again.
    window.says("okta_org2org Disabled").await;
    let secrets = [("the API token", org.token.clone())];
    let Some(before) = held(window.pid, &secrets) else {
        eprintln!("skipped: this system lets no process look at another's memory");
        return;
    };
    assert!(before[0].1 > 0, "the search finds what is there");
    let script = "const [done] = arguments; window.__TAURI_INTERNALS__.invoke('rpc', { command: { name: 'lock', args: {} } }).then(done)";
    window.run_async(script, vec![]).await;
    until_now("the token to be gone", || {
        let after = held(window.pid, &secrets).expect("as before");
        (after[0].1 == 0).then_some(())
    })
    .await;
    // The next call reads the keychain again.
    window.click("button", "Refresh…").await;
    window.find("row", "Google Workspace…").await;
    window.close(&stage).await;
}
