//! Scopes the org's authorization server knows.

use crate::world::clients::Client;

/// OpenID Connect's.
pub(crate) const OPENID: &[&str] = &["openid", "profile", "email", "address", "phone", "offline_access"];

/// Okta's own that somebody may grant.
pub(crate) const OKTA: &[&str] = &[
    "okta.apps.read",
    "okta.apps.manage",
    "okta.users.read",
    "okta.users.manage",
    "okta.users.read.self",
    "okta.groups.read",
    "okta.groups.manage",
    "okta.logs.read",
    "okta.orgs.read",
    "okta.orgs.manage",
    "okta.roles.read",
    "okta.roles.manage",
    "okta.clients.read",
    "okta.clients.manage",
    "okta.clients.register",
    "okta.appGrants.read",
    "okta.appGrants.manage",
    "okta.apiTokens.read",
    "okta.apiTokens.manage",
    "okta.governance.securityAccessReviews.admin.read",
    "okta.governance.securityAccessReviews.admin.manage",
    "okta.governance.securityAccessReviews.endUser.read",
    "okta.governance.securityAccessReviews.endUser.manage",
    "okta.governance.settings.read",
    "okta.governance.settings.manage",
    "okta.governance.principalSettings.read",
    "okta.governance.principalSettings.manage",
    "okta.governance.operations.read",
    "okta.governance.entitlements.read",
    "okta.governance.entitlements.manage",
];

/// Why scopes are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// None were asked for.
    Missing,
    /// One that is neither Okta's nor OpenID Connect's.
    Custom,
    /// One that begins like Okta's, and is none.
    Unknown,
    /// `profile` and the like without `openid`.
    NoOpenid,
    /// Okta's scopes alone, and none of them is granted.
    NoneGranted,
}

/// The scopes a client is given of those it asks for: OpenID Connect's as asked, Okta's as far as they are granted.
///
/// # Errors
/// It is given none, or may not ask so.
pub(crate) fn given(
    client: &Client,
    asked: &str,
    taken_back: impl Fn(&str) -> bool,
) -> Result<Vec<String>, Wrong> {
    let mut all: Vec<&str> = Vec::new();
    for scope in asked.split(' ').filter(|scope| !scope.is_empty()) {
        if !all.contains(&scope) {
            all.push(scope);
        }
    }
    if all.is_empty() {
        return Err(Wrong::Missing);
    }
    for scope in &all {
        if OPENID.contains(scope) || OKTA.contains(scope) {
            continue;
        }
        return Err(if scope.starts_with("okta.") {
            Wrong::Unknown
        } else {
            Wrong::Custom
        });
    }
    let personal = all
        .iter()
        .any(|scope| OPENID.contains(scope) && !matches!(*scope, "openid" | "offline_access"));
    if personal && !all.contains(&"openid") {
        return Err(Wrong::NoOpenid);
    }
    let given: Vec<String> = all
        .iter()
        .filter(|scope| OPENID.contains(scope) || client.granted(scope) && !taken_back(scope))
        .map(|scope| (*scope).to_owned())
        .collect();
    let useful = given.iter().any(|scope| scope != "offline_access");
    if useful {
        Ok(given)
    } else {
        Err(Wrong::NoneGranted)
    }
}
