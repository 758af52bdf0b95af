//! Security access reviews (Okta's governance schema 3.2.0). Its own examples leave out what it requires and use words that
//! its lists don't have, so nothing is required here and no word is refused.

use super::loose::{rows, text, texts};
use serde_json::Value;

/// Somebody as reviews name them (`principal-profile-enriched`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// Id.
    pub id: String,
    /// First name.
    pub first: Option<String>,
    /// Last name.
    pub last: Option<String>,
    /// Login.
    pub login: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// `ACTIVE`, `INACTIVE` or anything new.
    pub status: Option<String>,
    /// `USER`, `CLIENT_APP`, `UNKNOWN` or anything new.
    pub kind: Option<String>,
}

impl Profile {
    /// Reads one.
    pub fn read(value: &Value) -> Self {
        Self {
            id: text(value, "/id").unwrap_or_default(),
            first: text(value, "/firstName"),
            last: text(value, "/lastName"),
            login: text(value, "/login"),
            email: text(value, "/email"),
            status: text(value, "/status"),
            kind: text(value, "/type"),
        }
    }

    /// First and last name, else login, e-mail address or id.
    pub fn name(&self) -> String {
        let names: Vec<&str> = [&self.first, &self.last]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        if !names.is_empty() {
            return names.join(" ");
        }
        let other = self.login.as_ref().or(self.email.as_ref());
        other.unwrap_or(&self.id).clone()
    }
}

/// A review, whole or as in the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Review {
    /// Id.
    pub id: String,
    /// `PENDING`, `ACTIVE`, `CLOSED`, `ERROR` or anything new.
    pub status: String,
    /// Name.
    pub name: String,
    /// When it ends.
    pub end_time: Option<String>,
    /// When it was launched.
    pub created: Option<String>,
    /// Id of who launched it.
    pub created_by: Option<String>,
    /// When it was changed last.
    pub last_updated: Option<String>,
    /// Id of who changed it last.
    pub last_updated_by: Option<String>,
    /// Ids of the reviewers.
    pub reviewer_ids: Vec<String>,
    /// Reviewers with names; ten at most, so there may be more ids.
    pub reviewers: Vec<Profile>,
    /// What Okta's AI wrote, where it is kept.
    pub summary: Option<AiMessage>,
}

impl Review {
    /// Reads one.
    pub fn read(value: &Value) -> Self {
        let users = "/reviewerSettings/userSettings";
        Self {
            id: text(value, "/id").unwrap_or_default(),
            status: text(value, "/status").unwrap_or_default(),
            name: text(value, "/name").unwrap_or_default(),
            end_time: text(value, "/endTime"),
            created: text(value, "/created"),
            created_by: text(value, "/createdBy"),
            last_updated: text(value, "/lastUpdated"),
            last_updated_by: text(value, "/lastUpdatedBy"),
            reviewer_ids: texts(value, &format!("{users}/includedUserIds")),
            reviewers: rows(value, &format!("{users}/includedUserProfiles"))
                .map(Profile::read)
                .collect(),
            summary: value
                .get("summary")
                .filter(|it| it.is_object())
                .map(AiMessage::read),
        }
    }

    /// Everybody who reviews: those with names first as Okta gives them, then those of whom only the id is known.
    pub fn everybody(&self) -> Vec<Profile> {
        let mut all = self.reviewers.clone();
        for id in &self.reviewer_ids {
            if !all.iter().any(|it| it.id == *id) {
                all.push(Profile {
                    id: id.clone(),
                    ..Profile::default()
                });
            }
        }
        all
    }
}

/// What Okta's AI wrote; errors may come inside a 200.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AiMessage {
    /// The text.
    pub message: String,
    /// Codes and sentences of what went wrong.
    pub errors: Vec<(String, String)>,
}

impl AiMessage {
    /// Reads one. A text that comes in parts has its part in `deltaMessage`.
    pub fn read(value: &Value) -> Self {
        let message = text(value, "/message").or_else(|| text(value, "/deltaMessage"));
        Self {
            message: message.unwrap_or_default(),
            errors: rows(value, "/errors")
                .map(|it| {
                    let said = text(it, "/errorMsg").unwrap_or_default();
                    let code = text(it, "/errorCode").unwrap_or_default();
                    let args: Vec<Arg> = rows(it, "/args").map(Arg::read).collect();
                    (code, crate::reviews::anomaly::fill_plain(&said, &args))
                })
                .collect(),
        }
    }
}

/// A value that goes into a place of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arg {
    /// As it came.
    pub value: String,
    /// `STRING`, `NUMBER`, `RELATIVE_DATE_TO_NOW` or anything new.
    pub kind: String,
}

impl Arg {
    /// Reads one.
    pub fn read(value: &Value) -> Self {
        Self {
            value: text(value, "/value").unwrap_or_default(),
            kind: text(value, "/type").unwrap_or_default(),
        }
    }
}

/// How many reviews there are: active, pending, closed, in error.
pub fn stats(value: &Value) -> Option<[u32; 4]> {
    let count = |name: &str| {
        let count = value.get(name)?.as_u64()?;
        u32::try_from(count).ok()
    };
    value.as_object()?;
    Some(["activeCount", "pendingCount", "closedCount", "errorCount"].map(|name| count(name).unwrap_or(0)))
}

/// Who is reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Principal {
    /// Name and login.
    pub profile: Profile,
    /// Department.
    pub department: Option<String>,
    /// Manager.
    pub manager: Option<String>,
    /// Role at work.
    pub role: Option<String>,
    /// Home, in words.
    pub home: Option<String>,
    /// Last sign-in: when, where, with what, from which address.
    pub last_sign_in: Option<[Option<String>; 4]>,
    /// Names of Okta admin roles.
    pub admin_roles: Vec<String>,
}

fn place(value: &Value, pointer: &str) -> Option<String> {
    let parts: Vec<String> = ["city", "state", "country"]
        .iter()
        .filter_map(|part| text(value, &format!("{pointer}/{part}")))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

impl Principal {
    /// Reads one.
    pub fn read(value: &Value) -> Self {
        let login = value.get("lastLoginInfo").filter(|it| it.is_object()).map(|it| {
            [
                text(it, "/date"),
                place(it, "/location"),
                text(it, "/device"),
                text(it, "/ipAddress"),
            ]
        });
        Self {
            profile: Profile::read(value),
            department: text(value, "/department"),
            manager: text(value, "/manager"),
            role: text(value, "/role"),
            home: place(value, "/homeLocation"),
            last_sign_in: login.filter(|it| it.iter().any(Option::is_some)),
            admin_roles: rows(value, "/oktaAdminRoles")
                .filter_map(|it| text(it, "/roleName").or_else(|| text(it, "/roleId")))
                .collect(),
        }
    }
}

/// One entry of a review's history.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Id.
    pub id: String,
    /// When.
    pub at: Option<String>,
    /// What.
    pub message: String,
    /// Okta did it.
    pub system: bool,
    /// Who.
    pub who: Option<Profile>,
}

impl Entry {
    /// Reads one.
    pub fn read(value: &Value) -> Self {
        Self {
            id: text(value, "/id").unwrap_or_default(),
            at: text(value, "/timestamp"),
            message: text(value, "/message").unwrap_or_default(),
            system: value["systemGenerated"] == true,
            who: value
                .get("principalProfile")
                .filter(|it| it.is_object())
                .map(Profile::read),
        }
    }
}

/// Actions a whole review offers, out of `{data: [{actionType}]}`.
pub fn actions(value: &Value) -> Option<Vec<String>> {
    value.get("data")?.as_array()?;
    Some(
        rows(value, "/data")
            .filter_map(|it| text(it, "/actionType").or_else(|| text(it, "/type")))
            .collect(),
    )
}
