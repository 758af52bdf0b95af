//! The project's task runner: `cargo xtask test` runs what there is to run. Std only.

use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let task = std::env::args().nth(1).unwrap_or_default();
    if task != "test" {
        eprintln!("usage: cargo xtask test");
        return ExitCode::from(2);
    }
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    // The shell needs the system's web view libraries and is left out of this run.
    let run = Command::new(cargo).args(["test", "--workspace", "--exclude", "gatehouse", "--locked"]).status();
    match run {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cargo could not be started: {error}");
            ExitCode::FAILURE
        }
    }
}
