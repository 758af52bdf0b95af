//! Roles, resource sets, bindings.

use super::{Example, ROLE, SET, USER, empty, gives};
use crate::okta::call::{Call, Payload};
use crate::okta::endpoints as e;
use crate::org_address::OrgOrigin;
use crate::reviews::doctor as d;
use serde_json::{Value, json};

const AT: &str = "2026-11-25T12:00:00.000Z";

fn role() -> Value {
    json!({ "id": ROLE, "label": d::ROLE, "description": "Manage reviews", "created": AT, "lastUpdated": AT })
}

fn set() -> Value {
    json!({ "id": SET, "label": d::SET, "description": "All users", "created": AT, "lastUpdated": AT })
}

fn member() -> Value {
    json!({ "id": "irb1example0binding0", "created": AT, "lastUpdated": AT, "_links": { "self": { "href": format!("https://acme.okta.com/api/v1/users/{USER}") } } })
}

pub(super) fn examples(org: &OrgOrigin) -> Vec<Example> {
    let of_set = |endpoint| Call::new(endpoint).param("resourceSetIdOrLabel", SET);
    let of_role = |endpoint| Call::new(endpoint).param("roleIdOrLabel", ROLE);
    let (url, _) = d::member(org, false, USER);
    vec![
        gives(Call::new(&e::ROLES), json!({ "roles": [role()] }))
            .note("Standard roles are not in it. Further pages: _links.next in the answer."),
        gives(
            Call::new(&e::ROLE_CREATE).body(Payload::plain(d::role(d::ROLE))),
            role(),
        )
        .note("A label is taken once; it works in place of the id."),
        gives(
            of_role(&e::ROLE_PERMISSIONS),
            json!({ "permissions": [{ "label": "okta.users.read", "created": AT, "lastUpdated": AT }] }),
        ),
        empty(
            of_role(&e::ROLE_PERMISSION_ADD).param("permissionType", "okta.users.read"),
            204,
        ),
        gives(Call::new(&e::RESOURCE_SETS), json!({ "resource-sets": [set()] })),
        gives(
            Call::new(&e::RESOURCE_SET_CREATE).body(Payload::plain(d::resource_set(d::SET, org))),
            set(),
        ),
        gives(
            of_set(&e::RESOURCES),
            json!({ "resources": [{ "id": "ire1example0resource", "orn": "orn:okta:directory:00o1example0org00000:users", "created": AT, "lastUpdated": AT }] }),
        ),
        gives(
            of_set(&e::RESOURCES_ADD).body(Payload::plain(d::additions(&[d::all_users(org)]))),
            set(),
        ),
        gives(of_set(&e::BINDINGS), json!({ "roles": [{ "id": ROLE }] })),
        gives(
            of_set(&e::BINDING_CREATE).body(Payload::plain(d::binding(ROLE, &url))),
            json!({ "id": ROLE }),
        )
        .note(
            "A member is a person, a group, or a client: https://acme.okta.com/oauth2/v1/clients/{clientId}.",
        ),
        gives(
            of_set(&e::MEMBERS).param("roleIdOrLabel", ROLE),
            json!({ "members": [member()] }),
        ),
        gives(
            of_set(&e::MEMBERS_ADD)
                .param("roleIdOrLabel", ROLE)
                .body(Payload::plain(d::additions(&[url]))),
            json!({ "id": ROLE }),
        ),
    ]
}
