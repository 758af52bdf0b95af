//! Okta's own schemas and recorded answers, where they are at hand.

use std::path::PathBuf;

/// The folder with `openapi/` and `recordings/`; `None`, said on the test's output, where it is absent.
pub fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("GATEHOUSE_OKTA_REFERENCE").map(PathBuf::from);
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/okta"));
    let found = named
        .into_iter()
        .chain([beside])
        .find(|folder| folder.join("openapi").is_dir());
    if found.is_none() {
        eprintln!("skipped: Okta's schemas are not at hand (set GATEHOUSE_OKTA_REFERENCE)");
    }
    found
}
