//! What managing security access reviews takes: a role, what it is for, somebody who has it, scopes.
//!
//! Source: Okta's guide “Security access reviews”, which lists the tasks apart, and its reference of roles and resource sets.

use crate::okta::wire::loose::Page;
use crate::org_address::OrgOrigin;
use serde_json::{Value, json};

/// The role's label unless the person says otherwise.
pub const ROLE: &str = "Security access reviews";
/// The resource set's label unless the person says otherwise.
pub const SET: &str = "Security access reviews: all users";
/// The service app's label unless the person says otherwise.
pub const APP: &str = "Gatehouse access reviews";
/// Permissions of the role, by Okta's guide. Its schema names a `…admin.read` too, which `manage` is taken to include.
pub const PERMISSIONS: &[&str] = &[
    "okta.governance.securityAccessReviews.admin.manage",
    "okta.users.read",
];
/// Scopes a client needs for it.
pub const SCOPES: &[&str] = &[
    "okta.governance.securityAccessReviews.admin.read",
    "okta.governance.securityAccessReviews.admin.manage",
    "okta.users.read",
];

/// Something with an id and a label.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labelled {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
}

fn one(value: &Value) -> Labelled {
    let part = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    Labelled {
        id: part("id"),
        label: part("label"),
    }
}

/// A page of roles, resource sets or bindings: `{roles: […]}`, `{"resource-sets": […]}`.
pub fn labelled(answer: &Value, key: &str) -> Option<Page<Labelled>> {
    Page::read(answer, key, one)
}

/// Permissions of a role.
pub fn permissions(answer: &Value) -> Option<Vec<String>> {
    let page = Page::read(answer, "permissions", |it| {
        it["label"].as_str().unwrap_or_default().to_owned()
    })?;
    Some(page.rows)
}

/// Does a resource set have all users in it? IAM gives an ORN or a REST address, on whichever host.
pub fn has_all_users(answer: &Value) -> Option<bool> {
    let page = Page::read(answer, "resources", |it| {
        let orn = it["orn"].as_str().unwrap_or_default();
        let href = |pointer: &str| it.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        let narrowed = it
            .pointer("/conditions/Exclude")
            .or_else(|| it.pointer("/conditions/exclude"))
            .and_then(Value::as_object)
            .is_some_and(|map| !map.is_empty());
        let all = (orn.contains(":directory:") && orn.ends_with(":users"))
            || ["/_links/self/href", "/_links/resource/href", "/_links/users/href"]
                .iter()
                .any(|pointer| href(pointer).ends_with("/api/v1/users"));
        all && !narrowed
    })?;
    Some(page.rows.into_iter().any(|it| it))
}

/// Is somebody among the members of a binding? `end` is the end of their address, such as `/oauth2/v1/clients/0oa…`.
pub fn has_member(answer: &Value, end: &str) -> Option<bool> {
    let page = Page::read(answer, "members", |it| {
        it.pointer("/_links/self/href")
            .and_then(Value::as_str)
            .is_some_and(|href| href.ends_with(end))
    })?;
    Some(page.rows.into_iter().any(|it| it))
}

/// A new role.
pub fn role(label: &str) -> Value {
    json!({
        "label": label,
        "description": "Launch, manage and close security access reviews. Made by Gatehouse.",
        "permissions": PERMISSIONS,
    })
}

/// A new resource set of all users.
pub fn resource_set(label: &str, org: &OrgOrigin) -> Value {
    json!({
        "label": label,
        "description": "All users, for security access reviews. Made by Gatehouse.",
        "resources": [all_users(org)],
    })
}

/// All users as a resource: Okta takes its REST address.
pub fn all_users(org: &OrgOrigin) -> String {
    format!("{}/api/v1/users", org.as_str())
}

/// Adding to a resource set, or members to a binding.
pub fn additions(what: &[String]) -> Value {
    json!({ "additions": what })
}

/// A new binding.
pub fn binding(role: &str, member: &str) -> Value {
    json!({ "role": role, "members": [member] })
}

/// Somebody's address as a member; the second part is what it ends in.
pub fn member(org: &OrgOrigin, client: bool, id: &str) -> (String, String) {
    let end = if client {
        format!("/oauth2/v1/clients/{id}")
    } else {
        format!("/api/v1/users/{id}")
    };
    (format!("{}{end}", org.as_str()), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_users_are_known_by_orn_and_by_address() {
        let set = |resource: Value| has_all_users(&json!({ "resources": [resource] }));
        assert_eq!(set(json!({ "orn": "orn:okta:directory:00o1:users" })), Some(true));
        assert_eq!(
            set(json!({ "_links": { "self": { "href": "https://acme-admin.okta.com/api/v1/users" } } })),
            Some(true)
        );
        assert_eq!(
            set(json!({ "orn": "orn:okta:directory:00o1:groups" })),
            Some(false)
        );
        assert_eq!(
            set(json!({ "orn": "orn:okta:directory:00o1:users:00u1" })),
            Some(false)
        );
        assert_eq!(
            set(
                json!({ "orn": "orn:okta:directory:00o1:users", "conditions": { "Exclude": { "okta:ORN": ["x"] } } })
            ),
            Some(false),
            "not all of them"
        );
        assert_eq!(
            set(json!({ "orn": "orn:okta:directory:00o1:users", "conditions": null })),
            Some(true)
        );
        assert_eq!(has_all_users(&json!({ "errorCode": "E" })), None);
    }

    #[test]
    fn members_on_either_host() {
        let org = OrgOrigin::parse("https://acme.okta.com").expect("an origin");
        let (url, end) = member(&org, true, "0oa1example0client00");
        assert_eq!(
            url,
            "https://acme.okta.com/oauth2/v1/clients/0oa1example0client00"
        );
        let answer = json!({ "members": [{ "_links": { "self": { "href": "https://acme-admin.okta.com/oauth2/v1/clients/0oa1example0client00" } } }] });
        assert_eq!(has_member(&answer, &end), Some(true));
        assert_eq!(has_member(&answer, "/api/v1/users/00u1"), Some(false));
    }
}
