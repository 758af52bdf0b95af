//! What was asked for on the command line and in the environment.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// What was asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Begin on the practice org.
    pub practice: bool,
    /// Another data folder than the system's (tests, and people who keep two sets of orgs apart).
    pub data_dir: Option<PathBuf>,
}

const HELP: &str = "\
Gatehouse: a desktop console for Okta provisioning connections. Not made by Okta.

  --practice   begin on the practice org (GATEHOUSE_PRACTICE=1 does the same)
  --version    the version
  --help       this

GATEHOUSE_DATA_DIR names another folder for Gatehouse's own file.";

/// Reads the arguments and the environment of this process.
///
/// # Errors
/// Words to print instead of starting.
pub fn asked() -> Result<Asked, String> {
    read(std::env::args().skip(1), |name| {
        std::env::var_os(name).map(|v| v.to_string_lossy().into_owned())
    })
}

/// Arguments it does not know are left alone: desktops add some of their own.
fn read(args: impl Iterator<Item = String>, env: impl Fn(&str) -> Option<String>) -> Result<Asked, String> {
    let mut asked = Asked {
        practice: env("GATEHOUSE_PRACTICE").is_some_and(|value| value == "1"),
        data_dir: env("GATEHOUSE_DATA_DIR")
            .filter(|value| !value.is_empty())
            .map(PathBuf::from),
    };
    for arg in args {
        match arg.as_str() {
            "--practice" => asked.practice = true,
            "--version" => return Err(format!("gatehouse {}", env!("CARGO_PKG_VERSION"))),
            "--help" | "-h" => return Err(HELP.to_owned()),
            _ => {}
        }
    }
    Ok(asked)
}

/// Prints words instead of starting.
pub fn say(words: &str) -> ExitCode {
    match writeln!(std::io::stdout(), "{words}") {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, read};

    fn of(args: &[&str], env: &[(&str, &str)]) -> Result<Asked, String> {
        let env: Vec<(String, String)> = env.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
        read(args.iter().map(|a| (*a).to_owned()), move |name| {
            env.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone())
        })
    }

    #[test]
    fn the_practice_org_is_asked_for_by_flag_or_environment() {
        assert!(!of(&[], &[]).unwrap().practice);
        assert!(!of(&[], &[("GATEHOUSE_PRACTICE", "0")]).unwrap().practice);
        assert!(of(&["--practice"], &[]).unwrap().practice);
        assert!(of(&[], &[("GATEHOUSE_PRACTICE", "1")]).unwrap().practice);
    }

    #[test]
    fn another_data_folder() {
        assert_eq!(
            of(&[], &[("GATEHOUSE_DATA_DIR", "/x/y")]).unwrap().data_dir,
            Some("/x/y".into())
        );
        assert_eq!(of(&[], &[("GATEHOUSE_DATA_DIR", "")]).unwrap().data_dir, None);
    }

    #[test]
    fn unknown_arguments_do_nothing_and_words_end_it() {
        assert_eq!(
            of(&["-psn_0_1", "gatehouse://do/something"], &[]).unwrap(),
            Asked::default()
        );
        assert!(of(&["--version"], &[]).unwrap_err().starts_with("gatehouse "));
        assert!(of(&["--help"], &[]).unwrap_err().contains("--practice"));
    }
}
