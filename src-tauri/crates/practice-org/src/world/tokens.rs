//! API tokens (`SSWS`).

use super::date;
use serde_json::{Value, json};

/// Seconds an API token lives unused: 30 days (Okta's guide to API tokens; not configurable).
pub(crate) const LIFE: i64 = 30 * 24 * 3600;

/// An API token.
#[derive(Debug, Clone)]
pub(crate) struct ApiToken {
    /// Id, `00T…`.
    pub(crate) id: String,
    pub(crate) name: String,
    /// Id of the user whose rights it has.
    pub(crate) user: String,
    /// The token itself; `None` for one nobody here holds.
    pub(crate) value: Option<String>,
    /// UNIX seconds.
    pub(crate) created: i64,
    /// When it was last used.
    pub(crate) used: i64,
}

impl ApiToken {
    /// It has not run out.
    pub(crate) fn alive(&self, now: i64) -> bool {
        now - self.used < LIFE
    }

    /// As Okta shows it: never the token itself.
    pub(crate) fn show(&self, org: &str) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "userId": self.user,
            "clientName": "Okta API",
            "tokenWindow": "P30D",
            "network": { "connection": "ANYWHERE" },
            "expiresAt": date(self.used + LIFE),
            "created": date(self.created),
            "lastUpdated": date(self.used),
            "_links": {
                "self": { "href": format!("{org}/api/v1/api-tokens/{}", self.id), "hints": { "allow": ["GET", "DELETE"] } },
                "user": { "href": format!("{org}/api/v1/users/{}", self.user), "hints": { "allow": ["GET"] } },
            },
        })
    }
}
