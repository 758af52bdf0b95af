//! THE job table: what people do with Gatehouse, and the least that each job needs.
//!
//! Least rights are Okta's: the scope of an operation stands in its management schema (`x-okta-oauth-scopes`), and which
//! standard role may do it in “Standard administrator roles and permissions”. A role that is not listed here may still
//! do, so what is listed is only taken for a “yes”, never for more than “not by what Okta's pages say”.

use super::Holder;
use crate::okta::endpoints::{self as e, Endpoint, roles_for};

/// One job.
#[derive(Debug, PartialEq, Eq)]
pub struct Job {
    /// Its key.
    pub id: &'static str,
    /// What it is, as a heading.
    pub title: &'static str,
    /// Okta API scopes it needs, all of them. None for what only an API token can do.
    pub scopes: &'static [&'static str],
    /// Types of the standard roles that carry it, the least first. None where only a custom role does besides the super
    /// admin's.
    pub roles: &'static [&'static str],
    /// The permission a custom role needs for it, in Okta's words; none where no custom role will do.
    pub custom: Option<&'static str>,
    /// Licence or feature the org needs.
    pub licence: Option<&'static str>,
    /// A harmless call that proves it; none where only doing it would.
    pub probe: Option<&'static Endpoint>,
    /// What the probe lists, where it does: Okta gives such a list out empty to a service app without any role.
    pub list: Option<&'static str>,
    /// Credentials it can be done with at all.
    pub holders: &'static [Holder],
}

/// The super admin's role.
pub const SUPER: &str = "SUPER_ADMIN";

const ALL: &[Holder] = &[Holder::ApiToken, Holder::ServiceApp, Holder::SignIn];

/// Every job.
pub const JOBS: &[Job] = &[
    Job {
        id: "apps",
        title: "See apps and their provisioning",
        scopes: &["okta.apps.read"],
        roles: &[
            "READ_ONLY_ADMIN",
            "APP_ADMIN",
            "ORG_ADMIN",
            "REPORT_ADMIN",
            "API_ACCESS_MANAGEMENT_ADMIN",
            SUPER,
        ],
        custom: Some("View application and their details"),
        licence: None,
        probe: Some(&e::APPS),
        list: Some("apps"),
        holders: ALL,
    },
    Job {
        id: "provisioning",
        title: "Set up provisioning connections and features",
        scopes: &["okta.apps.manage"],
        roles: &["APP_ADMIN", SUPER],
        custom: Some("Manage applications"),
        licence: None,
        probe: None,
        list: None,
        holders: ALL,
    },
    Job {
        id: "org",
        title: "Read the org’s name",
        scopes: &["okta.orgs.read"],
        roles: &["READ_ONLY_ADMIN", "ORG_ADMIN", SUPER],
        custom: None,
        licence: None,
        probe: Some(&e::ORG),
        list: None,
        holders: ALL,
    },
    Job {
        id: "people",
        title: "See people by name",
        scopes: &["okta.users.read"],
        roles: &[
            "READ_ONLY_ADMIN",
            "HELP_DESK_ADMIN",
            "APP_ADMIN",
            "USER_ADMIN",
            "GROUP_MEMBERSHIP_ADMIN",
            "ORG_ADMIN",
            "REPORT_ADMIN",
            "API_ACCESS_MANAGEMENT_ADMIN",
            SUPER,
        ],
        custom: Some("View users and their details"),
        licence: None,
        probe: Some(&e::USERS),
        list: Some("people"),
        holders: ALL,
    },
    Job {
        id: "roles",
        title: "See admin roles",
        scopes: &["okta.roles.read"],
        roles: &["READ_ONLY_ADMIN", "ORG_ADMIN", SUPER],
        custom: Some("View roles, resources, and admin assignments"),
        licence: None,
        // Which call depends on whose roles they are.
        probe: None,
        list: None,
        holders: ALL,
    },
    Job {
        id: "serviceApp",
        title: "Create a service app",
        scopes: &["okta.apps.manage", "okta.appGrants.manage", "okta.roles.manage"],
        roles: &[SUPER],
        custom: None,
        licence: None,
        probe: None,
        list: None,
        // A service app that could make others, and give them roles, would be a super admin by another name.
        holders: &[Holder::ApiToken, Holder::SignIn],
    },
    Job {
        id: "reviews",
        title: "See security access reviews",
        scopes: &["okta.governance.securityAccessReviews.admin.read"],
        roles: &[SUPER],
        custom: Some("okta.governance.securityAccessReviews.admin.manage"),
        licence: Some("Okta Identity Governance"),
        probe: Some(&e::REVIEW_STATS),
        list: None,
        holders: ALL,
    },
    Job {
        id: "reviewsManage",
        title: "Launch and work through security access reviews",
        scopes: &[
            "okta.governance.securityAccessReviews.admin.manage",
            "okta.users.read",
        ],
        roles: &[SUPER],
        custom: Some("okta.governance.securityAccessReviews.admin.manage"),
        licence: Some("Okta Identity Governance"),
        probe: None,
        list: None,
        holders: ALL,
    },
    Job {
        id: "myReviews",
        title: "Work through your own reviews",
        scopes: &["okta.governance.securityAccessReviews.endUser.manage"],
        roles: &[SUPER],
        custom: Some("nothing: it shows each person their own reviews"),
        licence: Some("Okta Identity Governance"),
        probe: Some(&e::MY_REVIEW_STATS),
        list: None,
        holders: &[Holder::SignIn],
    },
    Job {
        id: "groups",
        title: "See groups",
        scopes: &["okta.groups.read"],
        roles: &[
            "READ_ONLY_ADMIN",
            "HELP_DESK_ADMIN",
            "APP_ADMIN",
            "USER_ADMIN",
            "GROUP_MEMBERSHIP_ADMIN",
            "ORG_ADMIN",
            "REPORT_ADMIN",
            "API_ACCESS_MANAGEMENT_ADMIN",
            SUPER,
        ],
        custom: Some("View groups and their details"),
        licence: None,
        probe: Some(&e::GROUPS),
        list: Some("groups"),
        holders: ALL,
    },
    Job {
        id: "tokenExpiry",
        title: "Read the API token’s expiry",
        scopes: &[],
        roles: &["READ_ONLY_ADMIN", "ORG_ADMIN", SUPER],
        custom: None,
        licence: None,
        probe: Some(&e::API_TOKENS),
        list: None,
        holders: &[Holder::ApiToken],
    },
];

impl Job {
    /// The job of a key.
    pub fn find(id: &str) -> Option<&'static Self> {
        JOBS.iter().find(|job| job.id == id)
    }

    /// Its scopes in a sentence.
    pub fn scope_words(&self) -> String {
        list(self.scopes)
    }

    /// Roles that carry it, in words.
    pub fn role_words(&self) -> String {
        match self.custom {
            _ if self.roles == [SUPER] && self.custom.is_none() => role_label(SUPER).to_owned(),
            Some(permission) if self.licence.is_some() => {
                format!("{}, or a custom role with {permission}", role_label(SUPER))
            }
            _ => match self.scopes.first() {
                Some(scope) => roles_for(scope).to_owned(),
                None => {
                    let labels: Vec<&str> = self.roles.iter().map(|role| role_label(role)).collect();
                    joined(&labels, "or")
                }
            },
        }
    }

    /// The standard role to give for it: the least one.
    pub fn least_role(&self) -> &'static str {
        self.roles.first().copied().unwrap_or(SUPER)
    }
}

/// Words in a list: “a, b and c”.
pub fn list<S: AsRef<str>>(words: &[S]) -> String {
    joined(words, "and")
}

fn joined<S: AsRef<str>>(words: &[S], last_with: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} {last_with} {}", most.join(", "), last.as_ref())
        }
    }
}

/// Standard roles that can be assigned to a service app, and what Okta calls them.
pub const ROLES: &[(&str, &str)] = &[
    (SUPER, "Super Administrator"),
    ("ORG_ADMIN", "Organization Administrator"),
    ("APP_ADMIN", "Application Administrator"),
    (
        "API_ACCESS_MANAGEMENT_ADMIN",
        "API Access Management Administrator",
    ),
    ("READ_ONLY_ADMIN", "Read-only Administrator"),
    ("REPORT_ADMIN", "Report Administrator"),
    ("USER_ADMIN", "Group Administrator"),
    ("GROUP_MEMBERSHIP_ADMIN", "Group Membership Administrator"),
    ("HELP_DESK_ADMIN", "Help Desk Administrator"),
];

/// What Okta calls a role; its type where it is none of [`ROLES`].
pub fn role_label(role: &str) -> &str {
    ROLES
        .iter()
        .find(|(name, _)| *name == role)
        .map_or(role, |(_, label)| label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::okta::endpoints::Class;
    use crate::signin::scopes::{SCOPES, carries};

    #[test]
    fn rows_are_consistent() {
        let mut ids: Vec<_> = JOBS.iter().map(|job| job.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), JOBS.len());
        for job in JOBS {
            assert_eq!(
                job.roles.last(),
                Some(&SUPER),
                "{}: a super admin may do it",
                job.id
            );
            for role in job.roles {
                assert_ne!(role_label(role), *role, "{}: {role} has a label", job.id);
            }
            if let Some(probe) = job.probe {
                assert_eq!(probe.class, Class::Read, "{}: a probe changes nothing", job.id);
                if let (Some(needed), false) = (probe.scope, job.scopes.is_empty()) {
                    assert!(carries(job.scopes, needed), "{} cannot make its probe", job.id);
                }
            }
            assert!(Job::find(job.id) == Some(job) && !job.holders.is_empty());
        }
    }

    /// What Gatehouse asks for and what its jobs need is the same list, but for what comes with a licence.
    #[test]
    fn scopes_and_jobs_agree() {
        for job in JOBS.iter().filter(|job| job.licence.is_none()) {
            for scope in job.scopes {
                assert!(SCOPES.iter().any(|row| row.name == *scope), "{}: {scope}", job.id);
            }
        }
        let needed: Vec<&str> = JOBS.iter().flat_map(|job| job.scopes).copied().collect();
        // Only makes one screen better: without it, asking for a summary tells whether they are on.
        let nicety = "okta.governance.settings.read";
        for row in SCOPES.iter().filter(|row| row.name != nicety) {
            assert!(carries(&needed, row.name), "{} is for no job", row.name);
        }
    }

    #[test]
    fn the_least_rights_in_words() {
        let mut said = String::new();
        for job in JOBS {
            let scopes = if job.scopes.is_empty() {
                "API token only".to_owned()
            } else {
                job.scope_words()
            };
            said.push_str(&format!(
                "{}: {scopes}; {}{}\n",
                job.title,
                job.role_words(),
                job.licence.map(|it| format!("; {it}")).unwrap_or_default()
            ));
        }
        insta::assert_snapshot!(said);
    }
}
