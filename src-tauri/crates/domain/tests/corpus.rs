//! Runs what the fuzzer found over what the fuzzer checks, with the ordinary compiler.
#![allow(clippy::expect_used, reason = "what fails here fails the test")]

#[path = "../../../../tests/fuzz/invariants/consent_return.rs"]
mod consent_return;
#[path = "../../../../tests/fuzz/invariants/incident_list.rs"]
mod incident_list;
#[path = "../../../../tests/fuzz/invariants/okta_error.rs"]
mod okta_error;
#[path = "../../../../tests/fuzz/invariants/org_address.rs"]
mod org_address;

use std::path::PathBuf;

/// Runs every file of a corpus, whole, cut at several places, and with its bytes spoiled.
fn replay(name: &str, holds: fn(&[u8])) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/fuzz/corpus")
        .join(name);
    let mut files = 0;
    for entry in std::fs::read_dir(&folder).expect("the corpus") {
        let data = std::fs::read(entry.expect("an entry").path()).expect("a file");
        files += 1;
        holds(&data);
        for part in 1..16 {
            let cut = data.len() * part / 16;
            holds(&data[..cut]);
            holds(&data[cut..]);
            let mut spoiled = data.clone();
            if let Some(byte) = spoiled.get_mut(cut) {
                *byte ^= 1 << (part % 8);
                holds(&spoiled);
            }
        }
    }
    assert!(files > 0, "{} is empty", folder.display());
}

#[test]
fn consent_return() {
    replay("consent_return", consent_return::holds);
}

#[test]
fn org_address() {
    replay("org_address", org_address::holds);
}

#[test]
fn okta_error() {
    replay("okta_error", okta_error::holds);
}

#[test]
fn incident_list() {
    replay("incident_list", incident_list::holds);
}
