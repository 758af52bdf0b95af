//! People and groups of an org (`listUsers`, `getUser`, `listGroups`).

use super::loose::text;
use serde_json::Value;

/// Somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// Id.
    pub id: String,
    /// First name.
    pub first: String,
    /// Last name.
    pub last: String,
    /// Login.
    pub login: String,
    /// E-mail address.
    pub email: String,
    /// `ACTIVE`, `SUSPENDED`, `DEPROVISIONED` and so on.
    pub status: String,
}

impl Person {
    /// Reads one.
    pub fn read(value: &Value) -> Self {
        let part = |pointer| text(value, pointer).unwrap_or_default();
        Self {
            id: part("/id"),
            first: part("/profile/firstName"),
            last: part("/profile/lastName"),
            login: part("/profile/login"),
            email: part("/profile/email"),
            status: part("/status"),
        }
    }

    /// First and last name, else login or id.
    pub fn name(&self) -> String {
        let name = format!("{} {}", self.first, self.last).trim().to_owned();
        if !name.is_empty() {
            name
        } else if self.login.is_empty() {
            self.id.clone()
        } else {
            self.login.clone()
        }
    }

    /// May sign in: only then Okta takes somebody as a reviewer.
    pub fn active(&self) -> bool {
        self.status == "ACTIVE"
    }

    /// Deactivated: Okta calls it `DEPROVISIONED`.
    pub fn deactivated(&self) -> bool {
        self.status == "DEPROVISIONED"
    }
}

/// A group: id, name, description, kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Description.
    pub about: Option<String>,
    /// `OKTA_GROUP`, `APP_GROUP`, `BUILT_IN`.
    pub kind: String,
}

impl Group {
    /// Reads one.
    pub fn read(value: &Value) -> Self {
        Self {
            id: text(value, "/id").unwrap_or_default(),
            name: text(value, "/profile/name").unwrap_or_default(),
            about: text(value, "/profile/description"),
            kind: text(value, "/type").unwrap_or_default(),
        }
    }
}
