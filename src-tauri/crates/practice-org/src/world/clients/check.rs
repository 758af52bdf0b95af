//! Checks of single members of a client.

use super::read::{Wrong, wrong};
use serde_json::Value;
use url::Url;

/// Grant types by application type, as Okta's page on creating a client lists them, and the device code of native apps
/// (Okta's guide to that grant).
const GRANTS: &[(&str, &[&str])] = &[
    (
        "native",
        &[
            "authorization_code",
            "implicit",
            "password",
            "refresh_token",
            "urn:ietf:params:oauth:grant-type:device_code",
            "urn:ietf:params:oauth:grant-type:saml2-bearer",
        ],
    ),
    (
        "web",
        &[
            "authorization_code",
            "implicit",
            "refresh_token",
            "client_credentials",
            "urn:ietf:params:oauth:grant-type:saml2-bearer",
        ],
    ),
    (
        "browser",
        &[
            "authorization_code",
            "implicit",
            "refresh_token",
            "urn:ietf:params:oauth:grant-type:saml2-bearer",
        ],
    ),
    (
        "service",
        &[
            "client_credentials",
            "urn:ietf:params:oauth:grant-type:saml2-bearer",
        ],
    ),
];

/// A text that has to be one of a few.
pub(super) fn enumerated<'a>(flat: &'a Value, name: &'static str, values: &[&str]) -> Result<&'a str, Wrong> {
    match flat[name].as_str().filter(|value| values.contains(value)) {
        Some(value) => Ok(value),
        None => wrong(
            name,
            format!("{name}: The value must be one of {}.", values.join(", ")),
        ),
    }
}

/// A list of texts; empty where there is none.
pub(super) fn texts(flat: &Value, name: &'static str) -> Result<Vec<String>, Wrong> {
    let list = match &flat[name] {
        Value::Null => return Ok(Vec::new()),
        Value::Array(list) => list,
        _ => return wrong(name, format!("{name}: The field must be a list.")),
    };
    list.iter()
        .map(|item| match item.as_str() {
            Some(text) => Ok(text.to_owned()),
            None => wrong(name, format!("{name}: The field must be a list of texts.")),
        })
        .collect()
}

/// Fails where a list lacks what a grant type needs.
pub(super) fn at_least(lacks: bool, name: &'static str, grant: &str) -> Result<(), Wrong> {
    if lacks {
        let cause = format!("{name}: At least one value is required for the grant type {grant}.");
        return wrong(name, cause);
    }
    Ok(())
}

/// Absolute addresses without a fragment.
pub(super) fn uris(flat: &Value, name: &'static str) -> Result<Vec<String>, Wrong> {
    let all = texts(flat, name)?;
    for text in &all {
        let fits = Url::parse(text).is_ok_and(|url| url.fragment().is_none() && url.scheme() != "javascript");
        if !fits {
            let cause = format!("{name}: The value must be an absolute URI without a fragment.");
            return wrong(name, cause);
        }
    }
    Ok(all)
}

/// Grant types that fit the application type.
pub(super) fn grant_types(flat: &Value, kind: &str) -> Result<Vec<String>, Wrong> {
    let all = texts(flat, "grant_types")?;
    let allowed = GRANTS
        .iter()
        .find(|(name, _)| *name == kind)
        .map_or(&[][..], |(_, grants)| grants);
    if let Some(other) = all.iter().find(|grant| !allowed.contains(&grant.as_str())) {
        let cause = format!("grant_types: {other} is not valid for the application type {kind}.");
        return wrong("grant_types", cause);
    }
    if all.is_empty() {
        return wrong("grant_types", "grant_types: The field cannot be left blank");
    }
    if matches!(kind, "native" | "web") && !all.iter().any(|grant| grant == "authorization_code") {
        let cause = format!("grant_types: authorization_code is required for the application type {kind}.");
        return wrong("grant_types", cause);
    }
    Ok(all)
}
