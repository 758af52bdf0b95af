//! Bindings: a role, a resource set, and the users, groups and clients who have the one for the other.

use super::{Iam, Wrong, wrong};
use serde_json::Value;

/// Who can be a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Principal {
    User(String),
    Group(String),
    Client(String),
}

impl Principal {
    /// Reads the path of a member's address.
    pub(crate) fn read(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        Some(match parts[..] {
            ["api", "v1", "users", id] => Self::User(id.to_owned()),
            ["api", "v1", "groups", id] => Self::Group(id.to_owned()),
            ["oauth2", "v1", "clients", id] => Self::Client(id.to_owned()),
            _ => return None,
        })
    }

    /// The path of its address.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::User(id) => format!("/api/v1/users/{id}"),
            Self::Group(id) => format!("/api/v1/groups/{id}"),
            Self::Client(id) => format!("/oauth2/v1/clients/{id}"),
        }
    }
}

/// A member of a binding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    /// `irb…`.
    pub(crate) id: String,
    pub(crate) principal: Principal,
    /// UNIX seconds.
    pub(crate) created: i64,
}

/// Reads a list of members' addresses.
///
/// # Errors
/// One is not an address of this org, or nobody is there.
pub(crate) fn members(
    list: &Value,
    what: &'static str,
    org: &str,
    there: impl Fn(&Principal) -> bool,
) -> Result<Vec<Principal>, Wrong> {
    let list = match list {
        Value::Null => return Ok(Vec::new()),
        other => other.as_array().ok_or_else(|| wrong(what, "must be a list"))?,
    };
    list.iter()
        .map(|entry| {
            let address = entry.as_str().unwrap_or_default();
            address
                .strip_prefix(org)
                .and_then(Principal::read)
                .filter(|principal| there(principal))
                .ok_or_else(|| wrong(what, format_args!("{address} is not a valid member.")))
        })
        .collect()
}

impl Iam {
    /// Adds members to a binding, which comes to be with them. Who is in it already stays as it is.
    pub(crate) fn bind(&mut self, set: &str, role: &str, members: Vec<Principal>, now: i64) {
        let mut fresh = Vec::new();
        for principal in members {
            let id = self.fresh("irb1p");
            fresh.push(Member {
                id,
                principal,
                created: now,
            });
        }
        let Some(set) = self.sets.get_mut(set) else { return };
        let binding = set.bindings.entry(role.to_owned()).or_default();
        for member in fresh {
            if !binding.iter().any(|has| has.principal == member.principal) {
                binding.push(member);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn members_are_addresses_of_this_org_and_join_once() {
        let org = "http://127.0.0.1:1";
        let list = json!([
            format!("{org}/api/v1/users/00u1"),
            format!("{org}/oauth2/v1/clients/0oa1")
        ]);
        let found = members(&list, "members", org, |_| true).expect("members");
        assert_eq!(
            found,
            [Principal::User("00u1".into()), Principal::Client("0oa1".into())]
        );
        assert!(members(&list, "members", org, |_| false).is_err(), "nobody there");
        assert!(
            members(
                &json!(["https://other.example.com/api/v1/users/00u1"]),
                "members",
                org,
                |_| true
            )
            .is_err()
        );
        assert_eq!(members(&Value::Null, "members", org, |_| true), Ok(Vec::new()));

        let mut iam = Iam::default();
        let body = json!({ "label": "s", "description": "d", "resources": [format!("{org}/api/v1/users")] });
        let set = iam.make_set(&body, (org, "00o1"), 1).expect("a set");
        let body = json!({ "label": "r", "description": "d", "permissions": ["okta.users.read"] });
        let role = iam.make_role(&body, true, 1).expect("a role");
        iam.bind(&set, &role, found.clone(), 2);
        iam.bind(&set, &role, found.clone(), 3);
        assert_eq!(iam.sets[&set].bindings[&role].len(), 2);
        assert_eq!(
            iam.bound_to(&found[1])
                .map(|it| (it.role.label.as_str(), it.since))
                .collect::<Vec<_>>(),
            [("r", 2)]
        );
        iam.drop_role(&role);
        assert_eq!(iam.bound_to(&found[1]).count(), 0);
    }
}
