//! The tasks.

use crate::journeys::{self, FEATURES};
use crate::machine;
use crate::needs::For;
use crate::running::{cargo, found, run as to_the_end, say};
use crate::sections::Sections;
use crate::ui;
use std::process::Command;

/// `cargo xtask run`: the window, on the practice org.
///
/// # Errors
/// Words for the terminal, here and below.
pub fn run(args: &[String]) -> Result<(), String> {
    machine::ready(&[For::Build])?;
    ui::packages()?;
    say("Building the page…");
    ui::build()?;
    say("Building Gatehouse (the first time takes some minutes)…");
    to_the_end(cargo().args([
        "build",
        "--locked",
        "-p",
        "gatehouse",
        "--features",
        "custom-protocol",
    ]))?;
    say("Opening the practice org. No account is needed; closing the window ends it.");
    let window = [
        "run",
        "--locked",
        "--quiet",
        "-p",
        "gatehouse",
        "--features",
        "custom-protocol",
        "--",
        "--practice",
    ];
    to_the_end(cargo().args(window).args(args))
}

/// `cargo xtask setup`.
pub fn setup() -> Result<(), String> {
    machine::ready(&[For::Build, For::Test])?;
    ui::packages()?;
    say("Everything is there.");
    Ok(())
}

/// `cargo xtask test`: everything.
pub fn test() -> Result<(), String> {
    let wanted: &[For] = if journeys::possible() {
        &[For::Build, For::Test]
    } else {
        &[For::Build]
    };
    machine::ready(wanted)?;
    ui::packages()?;
    let mut sections = Sections::default();
    rustfmt(&mut sections);
    page(&mut sections);
    sections.check(
        "Rust lints",
        clippy()
            .args(["--workspace"])
            .args(FEATURES)
            .args(["--", "-D", "warnings"]),
    );
    sections.tests(
        "Rust tests",
        tests().arg("--workspace").args(FEATURES).args(not_the_journeys()),
    );
    sections.tests(
        "Rust documentation tests",
        cargo()
            .args(["test", "--locked", "--doc", "--workspace"])
            .args(FEATURES),
    );
    if found("cargo-deny") {
        sections.check(
            "Licences and sources",
            cargo().args(["deny", "check", "bans", "licenses", "sources"]),
        );
    } else {
        sections.skipped("Licences and sources", "cargo-deny is not installed");
    }
    if journeys::possible() {
        if sections.check("The window", &mut journeys::build()) {
            sections.tests("Journeys in the real window", &mut journeys::run(&[]));
        }
    } else {
        sections.skipped(
            "Journeys in the real window",
            "this system's web view can't be driven by a test",
        );
    }
    sections.close()
}

/// `cargo xtask check`: what to run before every commit. Needs no system package.
pub fn check() -> Result<(), String> {
    ui::packages()?;
    let mut sections = Sections::default();
    rustfmt(&mut sections);
    sections.check("Rust lints", clippy().args(["--", "-D", "warnings"]));
    sections.tests("Rust tests", &mut tests());
    page(&mut sections);
    sections.close()
}

/// `cargo xtask e2e`: the journeys alone.
pub fn e2e(names: &[String]) -> Result<(), String> {
    window_and_journeys()?;
    let mut sections = Sections::default();
    sections.tests("Journeys in the real window", &mut journeys::run(names));
    sections.close()
}

/// `cargo xtask screens`.
pub fn screens() -> Result<(), String> {
    window_and_journeys()?;
    to_the_end(&mut journeys::screens())
}

/// `cargo xtask bench`.
pub fn bench() -> Result<(), String> {
    window_and_journeys()?;
    to_the_end(&mut journeys::bench())
}

/// `cargo xtask types`.
pub fn types() -> Result<(), String> {
    let write = ["test", "--locked", "-p", "engine", "generated_types"];
    to_the_end(cargo().args(write).env("GATEHOUSE_WRITE_TYPES", "1"))
}

fn window_and_journeys() -> Result<(), String> {
    if !journeys::possible() {
        return Err(
            "The journeys drive the window through WebKitWebDriver, which there is on Linux alone.".into(),
        );
    }
    machine::ready(&[For::Build, For::Test])?;
    ui::packages()?;
    ui::build()?;
    to_the_end(&mut journeys::build())
}

fn rustfmt(sections: &mut Sections) {
    sections.check("Rust format", cargo().args(["fmt", "--all", "--check"]));
}

/// The page: the built files go into the window, so this comes before anything that builds it.
fn page(sections: &mut Sections) {
    sections.check("Page: types", ui::npm().args(["run", "--silent", "check"]));
    sections.check("Page: lints", ui::npm().args(["run", "--silent", "lint"]));
    sections.tests("Page: tests", ui::npm().args(["run", "--silent", "test"]));
    sections.check("Page: build", ui::npm().args(["run", "--silent", "build"]));
}

fn clippy() -> Command {
    let mut command = cargo();
    command.args(["clippy", "--locked", "--all-targets"]);
    command
}

/// nextest where it is installed, for its reports; plain `cargo test` elsewhere.
fn tests() -> Command {
    let mut command = cargo();
    if found("cargo-nextest") {
        command.args(["nextest", "run", "--locked", "--no-fail-fast"]);
    } else {
        command.args(["test", "--locked", "--no-fail-fast"]);
    }
    command
}

/// Leaves the journeys for a section of their own.
fn not_the_journeys() -> &'static [&'static str] {
    if found("cargo-nextest") {
        &["-E", "not binary(ui)"]
    } else {
        &["--lib", "--bins", "--test", "it"]
    }
}
