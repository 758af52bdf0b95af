//! An example of every operation of the endpoint table: the request as Gatehouse sends it, and a short answer in the form
//! Okta's schema gives it. Names and ids are made up.

mod core;
mod iam;
mod reviews;
mod signin;

use super::call::Call;
use super::endpoints::{ENDPOINTS, Endpoint};
use crate::org_address::OrgOrigin;
use serde_json::Value;

const APP: &str = "0oa1gjh63g214q0Hq0g4";
const USER: &str = "00u1example0person00";
const OTHER: &str = "00u2example0person00";
const REVIEW: &str = "sar1example0review00";
const ACCESS: &str = "aim1example0access00";
const ROLE: &str = "cr01example0role0000";
const SET: &str = "iam1example0set00000";

/// An example.
pub struct Example {
    /// The request.
    pub call: Call,
    /// Status on success.
    pub status: u16,
    /// The answer; absent where it is empty.
    pub answer: Option<Value>,
    /// What to know.
    pub note: Option<&'static str>,
}

fn gives(call: Call, answer: Value) -> Example {
    Example {
        call,
        status: 200,
        answer: Some(answer),
        note: None,
    }
}

fn empty(call: Call, status: u16) -> Example {
    Example {
        call,
        status,
        answer: None,
        note: None,
    }
}

impl Example {
    fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    fn note(mut self, note: &'static str) -> Self {
        self.note = Some(note);
        self
    }
}

/// Every example, in the order of the endpoint table.
pub fn examples(org: &OrgOrigin) -> Vec<Example> {
    let mut all: Vec<Example> = Vec::new();
    all.extend(core::examples());
    all.extend(signin::examples(org));
    all.extend(reviews::examples());
    all.extend(iam::examples(org));
    all.sort_by_key(|example| place(example.call.endpoint));
    all
}

fn place(endpoint: &Endpoint) -> usize {
    ENDPOINTS
        .iter()
        .position(|row| *row == endpoint)
        .unwrap_or(ENDPOINTS.len())
}

/// Which part of Okta's API an operation belongs to, as Okta's reference calls it.
pub fn group(endpoint: &Endpoint) -> &'static str {
    let path = endpoint.path;
    let has = |part: &str| path.contains(part);
    if has("/my/security-access-reviews") {
        "My security access reviews"
    } else if has("/security-access-reviews") {
        "Security access reviews"
    } else if has("/governance/") {
        "Governance settings"
    } else if has("/iam/") {
        "Roles and resource sets"
    } else if has("/connections/") || has("/oauth2/callback") {
        "Provisioning connections"
    } else if has("/features") {
        "Provisioning features"
    } else if has("/roles") {
        "Role assignments"
    } else if has("/credentials/") || has("/grants") {
        "Service apps"
    } else if has("/apps") {
        "Apps"
    } else if has("/users") || has("/groups") {
        "People and groups"
    } else if has("/oauth2/v1/") {
        "Authorization server"
    } else {
        "Org"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acme() -> OrgOrigin {
        OrgOrigin::parse("https://acme.okta.com").expect("an origin")
    }

    #[test]
    fn every_operation_has_one_example() {
        let all = examples(&acme());
        let paths: Vec<&Endpoint> = all.iter().map(|it| it.call.endpoint).collect();
        assert_eq!(paths, ENDPOINTS, "one each, in the table's order");
        for example in &all {
            let shown = example.call.shown_path();
            assert!(
                !shown.contains("//") && !shown.contains('{'),
                "{shown} has a place that is not filled"
            );
            let empty = matches!(example.status, 202 | 204) || example.call.endpoint.id == "revoke";
            assert!(example.answer.is_some() || empty, "{shown} has an answer");
        }
    }

    #[test]
    fn no_example_holds_a_secret() {
        for example in examples(&acme()) {
            let curl = example.call.shown_curl(&acme());
            for secret in ["00abc", "eyJ", "BEGIN"] {
                assert!(!curl.contains(secret), "{curl}");
            }
        }
    }
}
