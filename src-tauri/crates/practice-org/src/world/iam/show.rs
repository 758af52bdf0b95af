//! Roles, resource sets and bindings as Okta shows them; shapes as recorded, of bindings as in Okta's examples.

use super::binding::Member;
use super::resource::{Resource, ResourceSet};
use super::role::{Permission, Role};
use crate::world::when::core;
use serde_json::{Map, Value, json};

/// A custom role. Its links are on the org's `-admin` twin: `admin` is that origin.
pub(crate) fn role(role: &Role, admin: &str) -> Value {
    let here = format!("{admin}/api/v1/iam/roles/{}", role.id);
    json!({
        "id": role.id,
        "label": role.label,
        "isCloneable": false,
        "description": role.description,
        "created": core(role.created),
        "lastUpdated": core(role.updated),
        "_links": { "permissions": { "href": format!("{here}/permissions") }, "self": { "href": here } },
    })
}

/// A permission of a role.
pub(crate) fn permission(role: &Role, name: &str, permission: &Permission, admin: &str) -> Value {
    let here = format!("{admin}/api/v1/iam/roles/{}", role.id);
    json!({
        "label": name,
        "created": core(permission.created),
        "lastUpdated": core(permission.updated),
        "conditions": permission.conditions,
        "_links": { "role": { "href": here }, "self": { "href": format!("{here}/permissions/{name}") } },
    })
}

/// Where a resource set is.
fn set_at(set: &ResourceSet, org: &str) -> String {
    format!("{org}/api/v1/iam/resource-sets/{}", set.id)
}

/// A resource set.
pub(crate) fn set(set: &ResourceSet, org: &str) -> Value {
    let here = set_at(set, org);
    json!({
        "id": set.id,
        "label": set.label,
        "description": set.description,
        "created": core(set.created),
        "lastUpdated": core(set.updated),
        "_links": {
            "bindings": { "href": format!("{here}/bindings") },
            "self": { "href": here },
            "resources": { "href": format!("{here}/resources") },
        },
    })
}

/// A resource of a set: `self` is the thing itself, `resource` its place in the set (recorded).
pub(crate) fn resource(set: &ResourceSet, resource: &Resource, org: &str) -> Value {
    let mut links = Map::new();
    if let Some(path) = &resource.path {
        links.insert("self".into(), json!({ "href": format!("{org}{path}") }));
        if let kind @ ("users" | "groups") = path.trim_start_matches("/api/v1/") {
            links.insert(kind.into(), json!({ "href": format!("{org}{path}") }));
        }
    }
    let place = format!("{}/resources/{}", set_at(set, org), resource.id);
    links.insert("resource".into(), json!({ "href": place }));
    let mut shown = json!({
        "id": resource.id,
        "orn": resource.orn,
        "created": core(resource.created),
        "lastUpdated": core(resource.updated),
        "_links": links,
    });
    if !resource.conditions.is_null() {
        shown["conditions"] = resource.conditions.clone();
    }
    shown
}

/// A binding as its set's list shows it.
pub(crate) fn bound_role(set: &ResourceSet, role: &str, org: &str) -> Value {
    let here = format!("{}/bindings/{role}", set_at(set, org));
    json!({ "id": role, "_links": {
        "self": { "href": here }, "members": { "href": format!("{here}/members") } } })
}

/// A binding on its own.
pub(crate) fn binding(set: &ResourceSet, role: &str, org: &str) -> Value {
    let mut shown = bound_role(set, role, org);
    shown["_links"]["resource-set"] = json!({ "href": set_at(set, org) });
    shown
}

/// A binding after it was made or changed.
pub(crate) fn edited(set: &ResourceSet, role: &str, org: &str) -> Value {
    let here = set_at(set, org);
    json!({ "_links": {
        "self": { "href": format!("{here}/bindings/{role}") },
        "bindings": { "href": format!("{here}/bindings") },
        "resource-set": { "href": here },
    } })
}

/// A member of a binding: `self` is the user, group or client.
pub(crate) fn member(member: &Member, org: &str) -> Value {
    json!({
        "id": member.id,
        "created": core(member.created),
        "lastUpdated": core(member.created),
        "_links": { "self": { "href": format!("{org}{}", member.principal.path()) } },
    })
}
