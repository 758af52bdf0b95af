//! What may know what: the rooms' borders, where secrets are opened, what the window may do.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !matches!(
                name.as_str(),
                "node_modules" | "target" | "dist" | "dist-bridge" | "gen" | "corpus"
            ) {
                files(&path, ending, found);
            }
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
}

fn all(ending: &str) -> Vec<(String, String)> {
    let root = root().canonicalize().expect("root");
    let mut found = Vec::new();
    for folder in ["src-tauri", "tests", "ui/src"] {
        files(&root.join(folder), ending, &mut found);
    }
    assert!(found.len() > 5, "the sources are there");
    found
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("text");
            (
                path.strip_prefix(&root)
                    .expect("inside")
                    .to_string_lossy()
                    .into_owned(),
                text,
            )
        })
        .collect()
}

/// A room that holds tests only.
fn is_tests(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

/// The part of a source that is not its own tests.
fn shipped(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

#[test]
fn rooms_import_only_what_they_may() {
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let needs = |package: &str| -> Vec<String> {
        let packages = metadata["packages"].as_array().expect("packages");
        let found = packages
            .iter()
            .find(|p| p["name"] == package)
            .unwrap_or_else(|| panic!("no package {package}"));
        let normal = found["dependencies"]
            .as_array()
            .expect("dependencies")
            .iter()
            .filter(|d| d["kind"].is_null());
        normal
            .map(|d| d["name"].as_str().expect("name").to_owned())
            .collect()
    };
    let ours = ["domain", "engine", "practice-org", "gatehouse", "tests", "xtask"];
    let known = |package: &str| {
        needs(package)
            .into_iter()
            .filter(|n| ours.contains(&n.as_str()))
            .collect::<Vec<_>>()
    };
    assert!(known("domain").is_empty(), "domain knows none of ours");
    assert!(
        known("practice-org").is_empty(),
        "the practice org shares no code with the client"
    );
    assert!(needs("xtask").is_empty(), "xtask is std only");
    let mut engine = known("engine");
    engine.sort();
    assert_eq!(engine, ["domain", "practice-org"]);
    assert!(
        known("gatehouse").iter().all(|n| n == "engine" || n == "domain"),
        "the shell knows the engine"
    );
    for banned in ["tokio", "reqwest", "keyring-core", "tauri", "rusqlite", "rand"] {
        assert!(
            !needs("domain").iter().any(|n| n == banned),
            "domain does no I/O: {banned}"
        );
    }
    assert!(
        !needs("engine").iter().any(|n| n.starts_with("tauri")),
        "the engine knows no window"
    );
}

#[test]
fn outside_libraries_are_named_in_one_room_each() {
    for (word, rooms) in [
        ("practice_org::", &["engine/src/work/practice.rs"][..]),
        ("keyring_core::", &["engine/src/ports/vault/os.rs"]),
        ("open::commands", &["engine/src/ports/browser.rs"]),
        ("arboard::", &["engine/src/ports/clipboard.rs"]),
        (
            "reqwest::",
            &[
                "engine/src/okta/client.rs",
                "engine/src/okta/receive.rs",
                "engine/src/okta/wires.rs",
            ],
        ),
        ("rusqlite", &["engine/src/store/"]),
        ("oauth2::", &["engine/src/work/signin/browser.rs"]),
        ("qrcode::", &["engine/src/work/signin/device.rs"]),
    ] {
        for (path, text) in all(".rs") {
            if path.contains("crates/engine/src") && !is_tests(&path) && shipped(&text).contains(word) {
                assert!(
                    rooms.iter().any(|room| path.contains(room)),
                    "{path} names {word}"
                );
            }
        }
    }
}

#[test]
fn secrets_are_opened_in_few_places() {
    const ALLOWED: &[&str] = &[
        "domain/src/secret.rs",
        "domain/src/okta/wire/connection.rs",
        // Compares two readings of one text.
        "domain/src/consent/mod.rs",
        "engine/src/okta/attach.rs",
        "engine/src/okta/auth/",
        "engine/src/ports/vault",
        "engine/src/ports/clipboard.rs",
        // Trims and checks what was typed before it is stored; hands code and state to the callback's query.
        "engine/src/work/orgs.rs",
        "engine/src/work/connect/",
        // Hands a refresh token to the request that revokes it.
        "engine/src/work/credentials/",
        // Hands code, verifier and device code to the token request.
        "engine/src/work/signin/",
        // Hashes the access token into a proof.
        "domain/src/signin/mod.rs",
        // Compares the state that came back with the one that went out.
        "domain/src/signin/redirect.rs",
    ];
    for (path, text) in all(".rs") {
        if path.starts_with("src-tauri")
            && (shipped(&text).contains(".expose()") || shipped(&text).contains("expose_secret"))
        {
            assert!(
                is_tests(&path) || ALLOWED.iter().any(|room| path.contains(room)),
                "{path} opens a secret"
            );
        }
    }
}

#[test]
fn domain_reads_no_clock_no_chance_and_no_environment() {
    for (path, text) in all(".rs") {
        if path.contains("crates/domain/src") && !is_tests(&path) {
            for word in [
                "::now()",
                "std::env::",
                "std::fs::",
                "net::Tcp",
                "net::Udp",
                "ToSocketAddrs",
                "std::process::",
                "rand::",
            ] {
                assert!(!shipped(&text).contains(word), "{path} holds {word}");
            }
        }
    }
}

#[test]
fn requests_are_never_followed_resent_or_sent_without_a_certificate() {
    let client: String = all(".rs")
        .into_iter()
        .filter(|(path, _)| path.ends_with("okta/client.rs") || path.ends_with("okta/wires.rs"))
        .map(|(_, text)| text)
        .collect();
    for must in [
        "Policy::none()",
        "referer(false)",
        "retry::never()",
        "https_only(true)",
        "set_sensitive(true)",
    ] {
        assert!(client.contains(must), "the sender lost {must}");
    }
    for (path, text) in all(".rs") {
        assert!(!text.contains(concat!("danger_accept_", "invalid")), "{path}");
    }
}

#[test]
fn the_window_may_do_two_things() {
    let root = root();
    let read = |path: &str| -> Value {
        let text = std::fs::read_to_string(root.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
    };
    let conf = read("src-tauri/tauri.conf.json");
    let security = &conf["app"]["security"];
    let csp = security["csp"].as_str().map_or_else(
        || {
            security["csp"]
                .as_object()
                .expect("a policy")
                .iter()
                .map(|(k, v)| format!("{k} {}", v.as_str().unwrap_or_default()))
                .collect::<Vec<_>>()
                .join("; ")
        },
        str::to_owned,
    );
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src ipc: http://ipc.localhost",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-src 'none'",
        "object-src 'none'",
    ] {
        assert!(csp.contains(part), "the policy lacks {part}: {csp}");
    }
    assert!(!csp.contains("unsafe"), "{csp}");
    assert_ne!(conf["app"]["withGlobalTauri"], true);
    assert_eq!(security["freezePrototype"], true);
    assert!(security["dangerousDisableAssetCspModification"].is_null());
    let mut capabilities = Vec::new();
    files(&root.join("src-tauri/capabilities"), ".json", &mut capabilities);
    assert_eq!(capabilities.len(), 1, "one capability file");
    let capability = read("src-tauri/capabilities/main.json");
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    assert!(capability["remote"].is_null());
    let mut permissions: Vec<String> = capability["permissions"]
        .as_array()
        .expect("list")
        .iter()
        .map(|p| p.as_str().expect("name").to_owned())
        .collect();
    permissions.sort();
    assert_eq!(permissions, ["allow-rpc", "allow-subscribe"]);
}

#[test]
fn rooms_stay_small() {
    let mut shell = 0;
    for (path, text) in all(".rs") {
        let lines = text.lines().count();
        assert!(lines <= 500, "{path} has {lines} lines");
        if path.starts_with("src-tauri/src/") {
            shell += shipped(&text).lines().count();
        }
    }
    // The shell holds no rule about Okta; this keeps one from growing there.
    assert!(shell <= 600, "the shell has {shell} lines");
    for (path, text) in all(".svelte") {
        let lines = text.lines().count();
        assert!(lines <= 400, "{path} has {lines} lines");
    }
}

#[test]
fn the_page_shows_no_foreign_html_and_keeps_nothing() {
    for ending in [".svelte", ".ts"] {
        for (path, text) in all(ending) {
            if path.contains(".test.ts") || path.contains("/testing/") || !path.starts_with("ui/src") {
                continue;
            }
            for word in [
                "{@html",
                "innerHTML",
                "localStorage",
                "sessionStorage",
                "indexedDB",
                "document.cookie",
                "eval(",
            ] {
                assert!(!text.contains(word), "{path} holds {word}");
            }
            let host = path.starts_with("ui/src/lib/host/");
            assert!(host || !text.contains("@tauri-apps"), "{path} knows Tauri");
            assert!(host || !text.contains("fetch("), "{path} asks the network");
        }
    }
}

/// The page people read names what the job table knows.
#[test]
fn the_docs_name_the_least_rights_of_each_job() {
    let page = std::fs::read_to_string(root().join("docs/signing-in.md")).expect("the page");
    for job in domain::signin::jobs::JOBS
        .iter()
        .filter(|job| !job.scopes.is_empty())
    {
        let holds = |row: &str| {
            row.starts_with('|')
                && job.scopes.iter().all(|scope| row.contains(&format!("`{scope}`")))
                && job.licence.is_none_or(|licence| row.contains(licence))
        };
        assert!(
            page.lines().any(holds),
            "no row of the page is about: {}",
            job.title
        );
    }
}
