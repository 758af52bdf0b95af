//! The page that says no instead: Okta's error body, or an OAuth error (RFC 6749, section 4.1.2.1) in a body or an
//! address.

use super::paste::Candidate;
use super::says;
use super::tidy::tidy;
use crate::okta::wire::error::ErrorBody;
use crate::problem::Problem;
use serde_json::Value;

/// Longest text of somebody else's that is shown, in characters.
const LONGEST_SAID: usize = 300;

/// Words that are an OAuth error wherever they stand as the value of `error`. Elsewhere “error” is only a word.
const OAUTH_ERRORS: &[&str] = &[
    "access_denied",
    "admin_policy_enforced",
    "consent_required",
    "interaction_required",
    "invalid_client",
    "invalid_grant",
    "invalid_request",
    "invalid_scope",
    "login_required",
    "org_internal",
    "server_error",
    "temporarily_unavailable",
    "unauthorized_client",
    "unsupported_response_type",
];

/// Reads the page as it is.
pub(super) fn in_json(text: &str) -> Option<Problem> {
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    let body = ErrorBody::read(&value)?;
    let said = body.words().unwrap_or_default();
    if value.get("errorCode").is_some() {
        Some(okta(body.code.as_deref()?, said))
    } else {
        oauth(body.code.as_deref()?, said)
    }
}

/// Reads an address, or the page as a viewer shows it: for a text that holds no answer.
pub(super) fn in_words(tidy: &str, candidates: &[Candidate]) -> Option<Problem> {
    in_address(candidates).or_else(|| in_viewer(tidy))
}

fn in_address(candidates: &[Candidate]) -> Option<Problem> {
    candidates.iter().find_map(|it| {
        let error = it.query.first("error")?;
        oauth(error, it.query.first("error_description").unwrap_or_default())
    })
}

/// A name, then its value, in quotes or up to the end of the line.
fn in_viewer(tidy: &str) -> Option<Problem> {
    if let Some(code) = value_of(tidy, "errorCode") {
        // The cause stands after the summary, under the same name, and says more.
        let said = tidy
            .rfind("errorSummary")
            .and_then(|at| value_of(&tidy[at..], "errorSummary"));
        return Some(okta(code, said.unwrap_or_default()));
    }
    let error = value_of(tidy, "error").filter(|it| OAUTH_ERRORS.contains(it))?;
    oauth(error, value_of(tidy, "error_description").unwrap_or_default())
}

fn value_of<'a>(tidy: &'a str, name: &str) -> Option<&'a str> {
    tidy.match_indices(name).find_map(|(at, _)| {
        let rest = &tidy[at + name.len()..];
        // Another name that only begins alike.
        if rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
            return None;
        }
        let rest = rest
            .trim_start_matches(['"', '\''])
            .trim_start_matches([' ', '\t', '\n', ':', '=']);
        let value = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => rest.split(['\n', ',', '&', '}', '"']).next(),
        };
        value.map(str::trim).filter(|it| !it.is_empty())
    })
}

fn okta(code: &str, said: &str) -> Problem {
    let right =
        (1..=40).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    says::okta_error(right.then_some(code), &shown(said))
}

fn oauth(error: &str, said: &str) -> Option<Problem> {
    let right = (1..=64).contains(&error.len())
        && error
            .bytes()
            .all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-' | b'.'));
    right.then(|| says::denied(error, &shown(said)))
}

/// Somebody else's words on one line, without invisible signs, and not too many.
fn shown(said: &str) -> String {
    let said = tidy(said)
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if said.chars().count() <= LONGEST_SAID {
        said
    } else {
        said.chars().take(LONGEST_SAID).chain(['…']).collect()
    }
}
