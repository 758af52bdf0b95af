//! The project's task runner: `cargo xtask` lists what it can do. Std only, so that it is there before anything else is.

mod icons;
mod journeys;
mod machine;
mod needs;
mod running;
mod sections;
mod tasks;
mod ui;

use std::process::ExitCode;

const TASKS: &[(&str, &str)] = &[
    (
        "run",
        "set up, build and open the window on the practice org (no account, nothing to edit)",
    ),
    (
        "test",
        "set up and run every check and every test, the real window included",
    ),
    (
        "check",
        "the fast habit: format, lints, types and the tests that need no window",
    ),
    (
        "e2e [NAME…]",
        "the journeys in the real window alone, or those whose name holds NAME",
    ),
    (
        "screens",
        "take the pictures of every screen, light and dark, into docs/screenshots",
    ),
    (
        "bench",
        "measure in the real window; figures are printed and never judged",
    ),
    (
        "types",
        "write ui/src/lib/ipc/generated.ts from the command table",
    ),
    (
        "icons",
        "make the PNG, ICO and ICNS files from icons/gatehouse.svg",
    ),
    ("setup", "only install what is missing"),
];

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let task = args.next().unwrap_or_default();
    let rest: Vec<String> = args.collect();
    let done = match task.as_str() {
        "run" => tasks::run(&rest),
        "test" => tasks::test(),
        "check" => tasks::check(),
        "e2e" => tasks::e2e(&rest),
        "screens" => tasks::screens(),
        "bench" => tasks::bench(),
        "types" => tasks::types(),
        "icons" => icons::make(),
        "setup" => tasks::setup(),
        _ => Err(usage()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            eprintln!("{words}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> String {
    let mut words = "usage: cargo xtask TASK\n".to_owned();
    for (name, about) in TASKS {
        words.push_str(&format!("\n  {name:<13} {about}"));
    }
    words
}
