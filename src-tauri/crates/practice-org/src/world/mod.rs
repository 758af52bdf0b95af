//! State and rules of the practice org. No HTTP, no clock of its own: time is passed in.

pub mod connection;
pub mod feature;

use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Apps Okta's provisioning connection API can set up: key, has consent, has To Okta.
pub const SUPPORTED: &[(&str, bool, bool)] = &[
    ("google", true, true),
    ("office365", true, true),
    ("slack", true, true),
    ("zoomus", true, true),
    ("okta_org2org", false, true),
    ("zscalerbyz", false, false),
];

/// An app instance.
#[derive(Debug, Clone)]
pub struct App {
    /// Id, `0oa…`.
    pub id: String,
    /// App key.
    pub name: String,
    /// Label.
    pub label: String,
    /// `ACTIVE` or `INACTIVE`.
    pub status: String,
    /// Sign-on mode.
    pub sign_on_mode: String,
    /// Ids of assigned people.
    pub assigned: Vec<String>,
    /// Its connection.
    pub connection: connection::Connection,
    /// `USER_PROVISIONING` capabilities.
    pub to_app: Value,
    /// `INBOUND_PROVISIONING` capabilities.
    pub to_okta: Value,
}

impl App {
    /// A fresh app.
    pub fn new(id: &str, name: &str, label: &str) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            label: label.into(),
            status: "ACTIVE".into(),
            sign_on_mode: "SAML_2_0".into(),
            assigned: Vec::new(),
            connection: connection::Connection::default(),
            to_app: feature::to_app_default(),
            to_okta: feature::to_okta_default(),
        }
    }

    /// The API can set it up.
    pub fn supported(&self) -> bool {
        SUPPORTED.iter().any(|(name, ..)| *name == self.name)
    }

    /// It is set up by browser consent.
    pub fn consent(&self) -> bool {
        SUPPORTED.iter().any(|(name, consent, _)| *name == self.name && *consent)
    }

    /// It has To Okta.
    pub fn has_inbound(&self) -> bool {
        SUPPORTED.iter().any(|(name, _, inbound)| *name == self.name && *inbound)
    }
}

/// A person.
#[derive(Debug, Clone)]
pub struct Person {
    /// Id, `00u…`.
    pub id: String,
    /// First name.
    pub first: String,
    /// Last name.
    pub last: String,
    /// Login and e-mail.
    pub login: String,
}

/// The whole org.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// Apps by id; ids sort in the order Okta lists them.
    pub apps: BTreeMap<String, App>,
    /// People by id.
    pub people: BTreeMap<String, Person>,
    /// Codes given out by the consent pages.
    pub codes: Vec<connection::Code>,
}

impl World {
    /// An app as `GET /api/v1/apps` shows it.
    pub fn app_answer(app: &App, org: &str) -> Value {
        let at = "2026-09-01T08:00:00.000Z";
        json!({
            "id": app.id,
            "name": app.name,
            "label": app.label,
            "status": app.status,
            "lastUpdated": at,
            "created": at,
            "accessibility": { "selfService": false, "errorRedirectUrl": null, "loginRedirectUrl": null },
            "visibility": { "autoSubmitToolbar": false, "hide": { "iOS": false, "web": false } },
            "features": [],
            "signOnMode": app.sign_on_mode,
            "credentials": { "userNameTemplate": { "template": "${source.login}", "type": "BUILT_IN" }, "signing": {} },
            "settings": { "app": {}, "notifications": { "vpn": { "network": { "connection": "DISABLED" }, "message": null, "helpUrl": null } } },
            "_links": { "self": { "href": format!("{org}/api/v1/apps/{}", app.id) } },
        })
    }

    /// A person as `GET /api/v1/users` shows it.
    pub fn person_answer(person: &Person, org: &str) -> Value {
        json!({
            "id": person.id,
            "status": "ACTIVE",
            "created": "2026-01-10T08:00:00.000Z",
            "activated": "2026-01-10T08:00:00.000Z",
            "statusChanged": null,
            "lastLogin": null,
            "lastUpdated": "2026-01-10T08:00:00.000Z",
            "passwordChanged": null,
            "profile": {
                "firstName": person.first, "lastName": person.last, "email": person.login, "login": person.login,
                "mobilePhone": null, "secondEmail": null,
            },
            "_links": { "self": { "href": format!("{org}/api/v1/users/{}", person.id) } },
        })
    }
}
