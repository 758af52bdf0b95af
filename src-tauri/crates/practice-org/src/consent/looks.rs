//! What each provider's pages say: one row each.

/// An account a person may choose.
#[derive(Debug)]
pub(super) struct Account {
    /// What is sent when it is chosen.
    pub(super) value: &'static str,
    pub(super) name: &'static str,
    /// E-mail, workspace address or account number.
    pub(super) detail: &'static str,
    pub(super) role: &'static str,
    /// May consent for the whole organization.
    pub(super) admin: bool,
}

/// A provider.
#[derive(Debug)]
pub(super) struct Look {
    /// Its name in paths and style classes.
    pub(super) path: &'static str,
    pub(super) name: &'static str,
    pub(super) sign_in: &'static str,
    /// Signs in as, unless something else is typed.
    pub(super) email: &'static str,
    pub(super) next: &'static str,
    pub(super) choose: &'static str,
    pub(super) accounts: &'static [Account],
    pub(super) ask: &'static str,
    pub(super) permissions: &'static [&'static str],
    pub(super) allow: &'static str,
    pub(super) deny: &'static str,
    /// Heading and text for an account that may not consent.
    pub(super) refused: (&'static str, &'static str),
    /// `error_description` of a denial, where the provider sends one.
    pub(super) denial: Option<&'static str>,
}

pub(super) const LOOKS: &[Look] = &[
    Look {
        path: "google",
        name: "Google",
        sign_in: "Sign in",
        email: "admin@example.com",
        next: "Next",
        choose: "Choose an account",
        accounts: &[
            Account {
                value: "admin",
                name: "Ada Berg",
                detail: "admin@example.com",
                role: "Super admin",
                admin: true,
            },
            Account {
                value: "member",
                name: "Ben Costa",
                detail: "ben.costa@example.com",
                role: "No admin role",
                admin: false,
            },
        ],
        ask: "Okta wants access to your organization’s Google Workspace",
        permissions: &[
            "View and manage the provisioning of users on your domain",
            "View and manage groups on your domain",
            "View organizational units",
        ],
        allow: "Allow",
        deny: "Cancel",
        refused: (
            "Access blocked: ask an admin to review Okta",
            "This account has no admin role in example.com. Only a super admin can let Okta manage users there. Error 400: admin_policy_enforced",
        ),
        denial: None,
    },
    Look {
        path: "microsoft",
        name: "Microsoft",
        sign_in: "Sign in",
        email: "admin@example.onmicrosoft.com",
        next: "Sign in",
        choose: "Pick an account",
        accounts: &[
            Account {
                value: "admin",
                name: "Ada Berg",
                detail: "admin@example.onmicrosoft.com",
                role: "Global administrator",
                admin: true,
            },
            Account {
                value: "member",
                name: "Ben Costa",
                detail: "ben.costa@example.onmicrosoft.com",
                role: "User",
                admin: false,
            },
        ],
        ask: "Permissions requested: consent on behalf of your organization",
        permissions: &[
            "Read and write directory data",
            "Read and write all groups",
            "Read all users’ full profiles",
            "Sign in and read user profile",
        ],
        allow: "Accept",
        deny: "Cancel",
        refused: (
            "Need admin approval",
            "Okta needs permission to access resources in your organization that only an admin can grant. Please ask an admin to grant permission to this app before you can use it. AADSTS90094",
        ),
        denial: Some("AADSTS65004: User declined to consent to access the app."),
    },
    Look {
        path: "slack",
        name: "Slack",
        sign_in: "Sign in to your workspace",
        email: "owner@example.com",
        next: "Sign in",
        choose: "Choose a workspace",
        accounts: &[
            Account {
                value: "admin",
                name: "Example",
                detail: "example.slack.com",
                role: "You are the primary owner",
                admin: true,
            },
            Account {
                value: "member",
                name: "Example Friends",
                detail: "example-friends.slack.com",
                role: "You are a member",
                admin: false,
            },
        ],
        ask: "Okta is requesting permission to access the Example workspace",
        permissions: &[
            "Administer the workspace",
            "View and manage people’s profiles",
            "View and manage user groups",
        ],
        allow: "Allow",
        deny: "Cancel",
        refused: (
            "You can’t approve this app",
            "You are a member of this workspace. Only its owners can let Okta administer it. Choose a workspace you own, or ask an owner.",
        ),
        denial: Some("The user denied the request."),
    },
    Look {
        path: "zoom",
        name: "Zoom",
        sign_in: "Sign in to Zoom",
        email: "admin@example.com",
        next: "Sign in",
        choose: "Choose an account",
        accounts: &[
            Account {
                value: "admin",
                name: "Example account",
                detail: "Account number 100200300",
                role: "Owner",
                admin: true,
            },
            Account {
                value: "member",
                name: "Ben’s account",
                detail: "Account number 100200301",
                role: "Member",
                admin: false,
            },
        ],
        ask: "You are about to authorize Okta for your Zoom account",
        permissions: &[
            "View and manage all user information",
            "View and manage groups",
            "View account settings",
        ],
        allow: "Authorize",
        deny: "Decline",
        refused: (
            "You cannot authorize Okta",
            "Your role in this account does not let you approve apps. Ask the account’s owner or an admin. Error 4700",
        ),
        denial: Some("The user declined."),
    },
];

pub(super) fn look(path: &str) -> Option<&'static Look> {
    LOOKS.iter().find(|look| look.path == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_provider_offers_one_account_that_may_and_one_that_may_not() {
        for look in LOOKS {
            let may: Vec<bool> = look.accounts.iter().map(|account| account.admin).collect();
            assert_eq!(may, [true, false], "{}", look.name);
        }
    }
}
