//! The page's own tools: `npm ci` when the lock file changed, and the build.

use crate::machine;
use crate::running::{program, root, run, say};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::SystemTime;

/// An npm command in `ui`.
pub fn npm() -> Command {
    let mut npm = program("npm");
    npm.current_dir(root().join("ui"))
        .env("CI", "1")
        .env("NO_COLOR", "1");
    npm
}

fn changed(path: PathBuf) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// Installs the page's packages where they are absent or older than the lock file.
///
/// # Errors
/// When Node is missing or too old, or npm fails.
pub fn packages() -> Result<(), String> {
    machine::node()?;
    let ui = root().join("ui");
    // npm writes this file at the end of an install, so it tells a whole one from one that was cut off.
    let installed = changed(ui.join("node_modules/.package-lock.json"));
    let wanted = changed(ui.join("package-lock.json"));
    if installed.is_some() && installed >= wanted {
        return Ok(());
    }
    say("Installing the page's packages (npm ci)…");
    // No package may run a program of its own while it is installed.
    run(npm().args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
}

/// Builds the page.
///
/// # Errors
/// When the build fails.
pub fn build() -> Result<(), String> {
    run(npm().args(["run", "--silent", "build"]))
}
