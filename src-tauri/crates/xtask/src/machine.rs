//! Makes a fresh machine ready: says what is missing, installs it with the system's own package manager, as root or with sudo.

use crate::needs::{For, LINUX, Need};
use crate::running::{found, output, program, run, say};
use std::process::Command;

/// A system's package manager.
struct Manager {
    program: &'static str,
    /// Arguments that fetch its lists first, where it does not by itself.
    refresh: Option<&'static [&'static str]>,
    install: &'static [&'static str],
    name: fn(&Need) -> &'static str,
}

const MANAGERS: &[Manager] = &[
    Manager {
        program: "apt-get",
        refresh: Some(&["update", "-q"]),
        install: &["install", "-q", "-y", "--no-install-recommends"],
        name: |need| need.apt,
    },
    Manager {
        program: "dnf",
        refresh: None,
        install: &["install", "-y"],
        name: |need| need.dnf,
    },
    Manager {
        program: "pacman",
        refresh: None,
        install: &["-Sy", "--needed", "--noconfirm"],
        name: |need| need.pacman,
    },
];

/// Installs what is missing for these purposes, or says what to do.
///
/// # Errors
/// Words that name what is missing and how to get it.
pub fn ready(purposes: &[For]) -> Result<(), String> {
    if cfg!(target_os = "linux") {
        linux(purposes)
    } else {
        elsewhere()
    }
}

fn missing(purposes: &[For]) -> Vec<&'static Need> {
    LINUX
        .iter()
        .filter(|need| purposes.contains(&need.purpose) && need.missing())
        .collect()
}

fn linux(purposes: &[For]) -> Result<(), String> {
    let lacking = missing(purposes);
    if lacking.is_empty() {
        return Ok(());
    }
    let names = |needs: &[&Need]| {
        needs
            .iter()
            .map(|need| need.name())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let Some(manager) = MANAGERS.iter().find(|manager| found(manager.program)) else {
        return Err(format!(
            "Missing on this machine: {}.\nThere is no apt-get, dnf or pacman here to install them with; install them by hand.",
            names(&lacking)
        ));
    };
    let unknown: Vec<&Need> = lacking
        .iter()
        .copied()
        .filter(|need| (manager.name)(need).is_empty())
        .collect();
    if !unknown.is_empty() {
        return Err(format!(
            "Missing on this machine: {}.\nWhich package of {} holds it is not known here; install it by hand and run this again.",
            names(&unknown),
            manager.program
        ));
    }
    let mut packages: Vec<&str> = lacking.iter().map(|need| (manager.name)(need)).collect();
    packages.dedup();
    let line = format!(
        "{} {} {}",
        manager.program,
        manager.install.join(" "),
        packages.join(" ")
    );
    say(&format!("Missing on this machine: {}.", names(&lacking)));
    let Some(first) = rights() else {
        return Err(format!(
            "This needs root or sudo, and there is neither. Have somebody run:\n\n    {line}\n"
        ));
    };
    say(&format!("Installing: {first}{line}"));
    if let Some(refresh) = manager.refresh {
        run(as_root(first, manager.program).args(refresh))?;
    }
    run(as_root(first, manager.program)
        .args(manager.install)
        .args(&packages))?;
    let still = missing(purposes);
    if still.is_empty() {
        Ok(())
    } else {
        Err(format!("Installed, and still not found: {}.", names(&still)))
    }
}

/// What goes before a command so that it runs as root: nothing, or sudo; `None` when there is no way.
fn rights() -> Option<&'static str> {
    if output(program("id").arg("-u")).as_deref() == Some("0") {
        Some("")
    } else {
        found("sudo").then_some("sudo ")
    }
}

fn as_root(first: &str, name: &str) -> Command {
    let mut command = program(if first.is_empty() { name } else { "sudo" });
    if !first.is_empty() {
        command.arg(name);
    }
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// macOS and Windows bring the web view along; what else is needed comes with the compiler's own tools.
fn elsewhere() -> Result<(), String> {
    if cfg!(target_os = "macos") && output(program("xcode-select").arg("-p")).is_none() {
        return Err(
            "Apple's command line tools are missing. Run `xcode-select --install`, then this again.".into(),
        );
    }
    Ok(())
}

/// Checks that Node and npm are there and new enough for the UI's tools.
///
/// # Errors
/// Words that say what is wanted.
pub fn node() -> Result<(), String> {
    const WANTED: &str = "Gatehouse's page is built with Node 20.19 or newer (22.12 or newer in the 22 line)";
    let Some(version) = output(program("node").arg("--version")) else {
        return Err(format!(
            "{WANTED}; there is no `node` on this machine. Get it from your system or from nodejs.org."
        ));
    };
    if !new_enough(&version) {
        return Err(format!("{WANTED}; this machine has {version}."));
    }
    if output(program("npm").arg("--version")).is_none() {
        return Err("There is a `node` but no `npm` on this machine; install npm too.".into());
    }
    Ok(())
}

/// `^20.19.0 || >=22.12.0`, as `ui/package.json` says.
fn new_enough(version: &str) -> bool {
    let mut numbers = version
        .trim_start_matches('v')
        .split('.')
        .map(|part| part.parse::<u32>().unwrap_or(0));
    let (major, minor) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    (major == 20 && minor >= 19) || (major == 22 && minor >= 12) || major > 22
}

#[cfg(test)]
mod tests {
    use super::new_enough;

    #[test]
    fn node_versions() {
        for good in ["v20.19.0", "v20.20.1", "v22.12.0", "v24.0.0"] {
            assert!(new_enough(good), "{good}");
        }
        for old in ["v18.20.0", "v20.18.3", "v21.7.0", "v22.11.0", "nonsense"] {
            assert!(!new_enough(old), "{old}");
        }
    }
}
