//! THE scope table: the Okta API scopes Gatehouse uses, and what for.
//!
//! Source: the `x-okta-oauth-scopes` of each operation in Okta's management schema, and the guide “Implement OAuth for
//! Okta” for what carries what (`manage` does what `read` does).

/// One scope.
#[derive(Debug, PartialEq, Eq)]
pub struct Scope {
    /// Its name.
    pub name: &'static str,
    /// What Gatehouse does with it.
    pub what: &'static str,
    /// A service app gets it unless the person says otherwise.
    pub service: bool,
    /// A sign-in asks for it unless the person says otherwise.
    pub sign_in: bool,
}

const fn row(name: &'static str, what: &'static str, service: bool, sign_in: bool) -> Scope {
    Scope {
        name,
        what,
        service,
        sign_in,
    }
}

/// Every scope Gatehouse can use.
pub const SCOPES: &[Scope] = &[
    row(
        "okta.apps.read",
        "list apps, and read their provisioning connections and features",
        true,
        true,
    ),
    row(
        "okta.apps.manage",
        "set up provisioning connections and features; create the service app",
        true,
        true,
    ),
    row("okta.orgs.read", "read the org’s name", true, true),
    row("okta.users.read", "show people by name", true, true),
    row(
        "okta.roles.read",
        "see which admin roles this credential has",
        true,
        true,
    ),
    row(
        "okta.roles.manage",
        "assign an admin role to the service app",
        false,
        true,
    ),
    row(
        "okta.appGrants.read",
        "see which scopes the service app has",
        false,
        true,
    ),
    row(
        "okta.appGrants.manage",
        "grant scopes to the service app",
        false,
        true,
    ),
    // Chosen by who works with access reviews: an org without the licence may refuse a sign-in that asks for them.
    row(
        "okta.groups.read",
        "launch access reviews for everybody in a group",
        false,
        false,
    ),
    row(
        "okta.governance.securityAccessReviews.admin.read",
        "list and read security access reviews",
        false,
        false,
    ),
    row(
        "okta.governance.securityAccessReviews.admin.manage",
        "launch, work through and close security access reviews",
        false,
        false,
    ),
    row(
        "okta.governance.securityAccessReviews.endUser.read",
        "read the reviews you are a reviewer of",
        false,
        false,
    ),
    row(
        "okta.governance.securityAccessReviews.endUser.manage",
        "decide in the reviews you are a reviewer of",
        false,
        false,
    ),
    row(
        "okta.governance.settings.read",
        "see whether AI summaries are on",
        false,
        false,
    ),
];

/// Does one of these scopes carry this one? `manage` does what `read` does.
pub fn carries<S: AsRef<str>>(held: &[S], wanted: &str) -> bool {
    let manage = wanted.strip_suffix(".read").map(|stem| format!("{stem}.manage"));
    held.iter()
        .map(AsRef::as_ref)
        .any(|scope| scope == wanted || Some(scope) == manage.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::okta::endpoints::ENDPOINTS;

    #[test]
    fn manage_carries_read_and_not_the_other_way_round() {
        assert!(carries(&["okta.apps.manage"], "okta.apps.read"));
        assert!(!carries(&["okta.apps.read"], "okta.apps.manage"));
        assert!(!carries(&["okta.users.read"], "okta.apps.read"));
    }

    #[test]
    fn nobody_is_asked_for_what_only_access_reviews_need() {
        for row in SCOPES {
            if row.name.starts_with("okta.governance.") || row.name == "okta.groups.read" {
                assert!(!row.sign_in && !row.service, "{}", row.name);
            }
        }
    }

    #[test]
    fn rows_are_unique_and_every_call_a_service_app_makes_is_covered() {
        let mut names: Vec<_> = SCOPES.iter().map(|row| row.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), SCOPES.len());
        for endpoint in ENDPOINTS {
            if let Some(scope) = endpoint.scope
                && !scope.starts_with("okta.apiTokens")
            {
                assert!(carries(&names, scope), "{} needs {scope}", endpoint.id);
            }
        }
    }
}
