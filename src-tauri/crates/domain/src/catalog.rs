//! The provisioning catalog: one row per app that Okta's provisioning connection API can set up.
//!
//! Source: tags ApplicationConnections and ApplicationFeatures of Okta's management spec, and the provisioning
//! connection guide. Matching is on `app.name`; `org2org` in the guide is a slip for `okta_org2org`.

/// How a connection authenticates (`authScheme` on the wire).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuthScheme {
    /// `TOKEN`.
    Token,
    /// `OAUTH2`.
    OAuth2,
}

impl AuthScheme {
    /// Okta's word on the wire.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Token => "TOKEN",
            Self::OAuth2 => "OAUTH2",
        }
    }
}

/// One entry field of a connection form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldRow {
    /// Key in the form.
    pub key: &'static str,
    /// Label, in the Admin Console's words.
    pub label: &'static str,
    /// Help.
    pub help: &'static str,
    /// Example.
    pub placeholder: &'static str,
    /// A secret.
    pub secret: bool,
    /// May not be empty.
    pub required: bool,
    /// Value and label of each choice; empty for free text.
    pub choices: &'static [(&'static str, &'static str)],
}

/// One way to authenticate an app's connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchemeRow {
    /// Which.
    pub scheme: AuthScheme,
    /// Name.
    pub label: &'static str,
    /// One sentence.
    pub about: &'static str,
    /// Browser consent follows (three-legged).
    pub consent: bool,
    /// Fields.
    pub fields: &'static [FieldRow],
}

/// One app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppEntry {
    /// Okta's app key.
    pub name: &'static str,
    /// Product name.
    pub title: &'static str,
    /// Whose pages the consent is on.
    pub provider: &'static str,
    /// Which account to sign in with.
    pub account_hint: &'static str,
    /// What usually goes wrong.
    pub blockers: &'static [&'static str],
    /// Ways to authenticate; the first is the one to offer.
    pub schemes: &'static [SchemeRow],
    /// Has To App (`USER_PROVISIONING`).
    pub to_app: bool,
    /// Has To Okta (`INBOUND_PROVISIONING`).
    pub to_okta: bool,
}

const TOKEN: FieldRow = FieldRow {
    key: "token",
    label: "API token",
    help: "",
    placeholder: "",
    secret: true,
    required: true,
    choices: &[],
};

const CONSENT: SchemeRow = SchemeRow {
    scheme: AuthScheme::OAuth2,
    label: "OAuth 2.0 with consent",
    about: "You sign in and allow access on the provider's own page, in your browser.",
    consent: true,
    fields: &[],
};

/// Every app the provisioning connection API can set up.
pub const PROVISIONING_APPS: &[AppEntry] = &[
    AppEntry {
        name: "google",
        title: "Google Workspace",
        provider: "Google",
        account_hint: "Sign in as a Google Workspace super admin of the domain this app provisions to.",
        blockers: &[
            "An admin without the super admin role can sign in, but the connection fails later.",
            "API access can be blocked in the Google Admin console under Security > API controls.",
        ],
        schemes: &[CONSENT],
        to_app: true,
        to_okta: true,
    },
    AppEntry {
        name: "office365",
        title: "Microsoft Office 365",
        provider: "Microsoft",
        account_hint: "Sign in as a Microsoft Entra Global Administrator of the tenant this app provisions to.",
        blockers: &[
            "The admin account must be a permanent Global Administrator: an eligible role that is not activated is refused.",
            "Conditional Access or a required MFA registration can stop the sign-in.",
        ],
        schemes: &[SchemeRow {
            about: "Okta keeps the Microsoft admin's user name and password; then you sign in and allow access on Microsoft's own page.",
            fields: &[
                FieldRow {
                    key: "adminUsername",
                    label: "Microsoft admin user name",
                    help: "A Global Administrator of the Microsoft tenant.",
                    placeholder: "admin@example.onmicrosoft.com",
                    secret: false,
                    required: true,
                    choices: &[],
                },
                FieldRow {
                    key: "adminPassword",
                    label: "Microsoft admin password",
                    help: "Sent to Okta once. Gatehouse never stores it.",
                    placeholder: "",
                    secret: true,
                    required: true,
                    choices: &[],
                },
            ],
            ..CONSENT
        }],
        to_app: true,
        to_okta: true,
    },
    AppEntry {
        name: "slack",
        title: "Slack",
        provider: "Slack",
        account_hint: "Sign in as an owner of the Slack workspace or Enterprise Grid org.",
        blockers: &[
            "Slack provisioning needs a Business+ or Enterprise plan.",
            "Consent given by a member who is not an owner is refused.",
        ],
        schemes: &[CONSENT],
        to_app: true,
        to_okta: true,
    },
    AppEntry {
        name: "zoomus",
        title: "Zoom",
        provider: "Zoom",
        account_hint: "Sign in as the owner or an admin of the Zoom account.",
        blockers: &[
            "The Zoom account needs a Business or Education plan with a vanity URL.",
            "App approval can be required by the Zoom account's owner first.",
        ],
        schemes: &[CONSENT],
        to_app: true,
        to_okta: true,
    },
    AppEntry {
        name: "okta_org2org",
        title: "Okta Org2Org",
        provider: "Okta",
        account_hint: "",
        blockers: &["Org2Org is not available in Integrator Free Plan orgs."],
        schemes: &[
            SchemeRow {
                scheme: AuthScheme::OAuth2,
                label: "OAuth 2.0 (service app)",
                about: "This org signs in to the hub org as a service app with keys Okta makes and rotates. No token to leak or expire.",
                consent: false,
                fields: &[
                    FieldRow {
                        key: "clientId",
                        label: "Client ID in the hub org",
                        help: "Client ID of the API Services app in the hub org that this org signs in as.",
                        placeholder: "0oa2example0client000",
                        secret: false,
                        required: true,
                        choices: &[],
                    },
                    FieldRow {
                        key: "rotationMode",
                        label: "Key rotation",
                        help: "Automatic is Gatehouse's default. If it is left out of the request, Okta takes manual, and the keys are never rotated by themselves.",
                        placeholder: "",
                        secret: false,
                        required: true,
                        choices: &[
                            ("AUTO", "Automatic: Okta rotates the keys"),
                            ("MANUAL", "Manual: you rotate the keys"),
                        ],
                    },
                ],
            },
            SchemeRow {
                scheme: AuthScheme::Token,
                label: "API token",
                about: "An API token of the hub org. It dies after 30 days without use, or with the account that made it.",
                consent: false,
                fields: &[FieldRow {
                    label: "API token of the hub org",
                    help: "Sent to Okta once. Gatehouse never stores it.",
                    ..TOKEN
                }],
            },
        ],
        to_app: true,
        to_okta: true,
    },
    AppEntry {
        name: "zscalerbyz",
        title: "Zscaler 2.0",
        provider: "Zscaler",
        account_hint: "",
        blockers: &[
            "The base URL and the token are made together in the Zscaler admin portal (SCIM provisioning).",
        ],
        schemes: &[SchemeRow {
            scheme: AuthScheme::Token,
            label: "API token",
            about: "Zscaler's SCIM base URL and bearer token.",
            consent: false,
            fields: &[
                FieldRow {
                    key: "baseUrl",
                    label: "Base URL",
                    help: "The SCIM base URL shown in the Zscaler admin portal. It must begin with https://.",
                    placeholder: "https://scim.example.com/12345/67890/scim",
                    secret: false,
                    required: true,
                    choices: &[],
                },
                FieldRow {
                    help: "The bearer token shown beside it. Sent to Okta once; Gatehouse never stores it.",
                    ..TOKEN
                },
            ],
        }],
        to_app: true,
        to_okta: false,
    },
];

/// The app of that key, if the API can set it up.
pub fn entry(app_name: &str) -> Option<&'static AppEntry> {
    PROVISIONING_APPS.iter().find(|entry| entry.name == app_name)
}

/// Why an app of that key can't be set up, in a sentence.
pub fn reason_unsupported(app_name: &str) -> String {
    if app_name.contains("scim") {
        "Custom SCIM apps can't be set up through Okta's API. Use the Admin Console.".into()
    } else if app_name == "org2org" {
        "Org2Org's key in Okta is okta_org2org; this app is another one.".into()
    } else {
        "Okta's provisioning API doesn't support this app. Use the Admin Console.".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_six_apps_and_their_schemes() {
        let names: Vec<_> = PROVISIONING_APPS.iter().map(|a| a.name).collect();
        assert_eq!(
            names,
            [
                "google",
                "office365",
                "slack",
                "zoomus",
                "okta_org2org",
                "zscalerbyz"
            ]
        );
        assert!(entry("org2org").is_none(), "the guide's slip must not match");
        for app in PROVISIONING_APPS {
            assert!(!app.schemes.is_empty());
            for scheme in app.schemes.iter().filter(|s| s.consent) {
                assert_eq!(scheme.scheme, AuthScheme::OAuth2, "{}", app.name);
                assert!(
                    !app.account_hint.is_empty(),
                    "{} must say which account to use",
                    app.name
                );
            }
        }
    }
}
