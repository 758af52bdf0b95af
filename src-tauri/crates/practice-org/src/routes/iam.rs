//! Custom roles, resource sets and bindings: one bucket for all of them.

use super::{Handler, Route, row};
use crate::answers::iam::{bindings, permissions, resources, roles, sets};

const fn read(template: &'static str, answer: Handler) -> Route {
    row(
        "GET",
        template,
        Some("/api/v1/iam"),
        Some("okta.roles.read"),
        answer,
    )
}

const fn manage(method: &'static str, template: &'static str, answer: Handler) -> Route {
    row(
        method,
        template,
        Some("/api/v1/iam"),
        Some("okta.roles.manage"),
        answer,
    )
}

const ROLES: &str = "/api/v1/iam/roles";
const ROLE: &str = "/api/v1/iam/roles/{roleIdOrLabel}";
const PERMISSIONS: &str = "/api/v1/iam/roles/{roleIdOrLabel}/permissions";
const PERMISSION: &str = "/api/v1/iam/roles/{roleIdOrLabel}/permissions/{permissionType}";
const SETS: &str = "/api/v1/iam/resource-sets";
const SET: &str = "/api/v1/iam/resource-sets/{resourceSetIdOrLabel}";
const RESOURCES: &str = "/api/v1/iam/resource-sets/{resourceSetIdOrLabel}/resources";
const RESOURCE: &str = "/api/v1/iam/resource-sets/{resourceSetIdOrLabel}/resources/{resourceId}";
const BINDINGS: &str = "/api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings";
const BINDING: &str = "/api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings/{roleIdOrLabel}";
const MEMBERS: &str = "/api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings/{roleIdOrLabel}/members";
const MEMBER: &str =
    "/api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings/{roleIdOrLabel}/members/{memberId}";

/// The rows.
pub(super) const ROUTES: &[Route] = &[
    read("/api/v1/iam/assignees/users", roles::assignees),
    read(ROLES, roles::list),
    manage("POST", ROLES, roles::create),
    read(ROLE, roles::get),
    manage("PUT", ROLE, roles::replace),
    manage("DELETE", ROLE, roles::delete),
    read(PERMISSIONS, permissions::list),
    read(PERMISSION, permissions::get),
    manage("POST", PERMISSION, permissions::create),
    manage("PUT", PERMISSION, permissions::replace),
    manage("DELETE", PERMISSION, permissions::delete),
    read(SETS, sets::list),
    manage("POST", SETS, sets::create),
    read(SET, sets::get),
    manage("PUT", SET, sets::replace),
    manage("DELETE", SET, sets::delete),
    read(RESOURCES, resources::list),
    manage("POST", RESOURCES, resources::create),
    manage("PATCH", RESOURCES, resources::add),
    read(RESOURCE, resources::get),
    manage("PUT", RESOURCE, resources::replace),
    manage("DELETE", RESOURCE, resources::delete),
    read(BINDINGS, bindings::list),
    manage("POST", BINDINGS, bindings::create),
    read(BINDING, bindings::get),
    manage("DELETE", BINDING, bindings::delete),
    read(MEMBERS, bindings::list_members),
    manage("PATCH", MEMBERS, bindings::add_members),
    read(MEMBER, bindings::member),
    manage("DELETE", MEMBER, bindings::drop_member),
];
