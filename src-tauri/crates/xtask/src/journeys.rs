//! The journeys in the real window. They bring their own display, session bus and keychain, so they disturb nobody's desktop.

use crate::running::{cargo, root};
use std::process::Command;

/// Cargo's selection of features that every task shares, so that nothing is built twice in two ways.
pub const FEATURES: &[&str] = &["--features", "gatehouse/custom-protocol,tests/ui"];

/// The real window can be driven here.
pub fn possible() -> bool {
    cfg!(target_os = "linux")
}

/// Builds the window, the practice org and the journeys.
pub fn build() -> Command {
    let mut command = cargo();
    command
        .args(["build", "--locked", "--workspace", "--bins"])
        .args(FEATURES);
    command
}

/// Runs journeys whose name holds one of `names`, all of them when there is none. One at a time: each wants the keyboard.
pub fn run(names: &[String]) -> Command {
    let mut command = cargo();
    command.args(["test", "--locked", "--workspace"]).args(FEATURES);
    command
        .args(["--test", "ui", "--"])
        .args(names)
        .args(["--test-threads=1", "--nocapture"]);
    command
}

/// Takes the pictures.
pub fn screens() -> Command {
    let mut command = run(&["screens".to_owned()]);
    command
        .arg("--ignored")
        .env("GATEHOUSE_SCREENS", root().join("docs/screenshots"));
    command
}

/// Measures; the figures are printed.
pub fn bench() -> Command {
    let mut command = run(&["bench".to_owned()]);
    command.arg("--ignored");
    command
}
