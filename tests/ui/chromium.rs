//! The real browser: the stage's `xdg-open` starts it, as the system's would, and the journey then takes part in it.

use crate::page::Page;
use crate::stage::{Stage, until_now};
use crate::window::free_port;
use serde_json::json;
use std::fs;
use std::os::unix::fs::PermissionsExt;

/// What stands in for the system's opener: notes what it was given, and starts Chromium with it.
const OPENER: &str = r#"#!/bin/sh
for arg in "$@"; do printf '%s\n' "$arg" >> "$HOME/opened"; done
env > "$HOME/opened-env"
# A second opening goes to the browser that runs, as it does on a desk.
chromium --no-sandbox --disable-gpu --no-first-run --no-default-browser-check --disable-background-networking \
  --disable-component-update --disable-sync --disable-extensions --password-store=basic --window-position=0,0 \
  --window-size=900,700 --remote-debugging-port=0 "--user-data-dir=$HOME/chromium" "$1" > "$HOME/../chromium.log" 2>&1 &
"#;

/// Puts the opener in place. Without it a stage has no browser.
pub fn offer(stage: &Stage) {
    let opener = stage.path("bin/xdg-open");
    fs::write(&opener, OPENER).expect("a file");
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).expect("rights");
}

/// The addresses that were opened, in order.
pub fn opened(stage: &Stage) -> Vec<String> {
    fs::read_to_string(stage.path("home/opened"))
        .unwrap_or_default()
        .lines()
        .map(str::to_owned)
        .collect()
}

/// Takes part in the browser once it runs.
pub async fn attach(stage: &Stage) -> Page {
    let note = stage.path("home/chromium/DevToolsActivePort");
    let devtools: u16 = until_now("Chromium to start", || {
        fs::read_to_string(&note)
            .ok()?
            .lines()
            .next()?
            .trim()
            .parse()
            .ok()
    })
    .await;
    let port = free_port();
    stage
        .command("chromedriver")
        .arg(format!("--port={port}"))
        .spawn()
        .expect("chromedriver starts");
    let options = json!({ "debuggerAddress": format!("127.0.0.1:{devtools}") });
    Page::attach(port, &json!({ "goog:chromeOptions": options })).await
}

/// The browser's own process, the one that has the window.
pub fn pid(stage: &Stage) -> u32 {
    let all = stage.processes("chromium");
    let oldest = all.into_iter().filter(|pid| {
        fs::read(format!("/proc/{pid}/cmdline"))
            .is_ok_and(|line| !String::from_utf8_lossy(&line).contains("--type="))
    });
    oldest.min().expect("Chromium runs")
}
