//! The requests of the set-up. What is shown before and what is sent afterwards are made by the same functions.

use super::{For, Look, Wish};
use crate::store::orgs::Org;
use crate::work::service::grant_call;
use domain::okta::call::{Call, Payload};
use domain::okta::endpoints as e;
use domain::reviews::{ADMIN, doctor as d};

/// Ids that Okta gives only when the thing is made; shown, never sent.
const ROLE_LATER: &str = "{roleId}";
const SET_LATER: &str = "{resourceSetId}";
const CLIENT_LATER: &str = "{clientId}";

pub(super) fn make_role(wish: &Wish) -> Call {
    Call::new(&e::ROLE_CREATE).body(Payload::plain(d::role(&wish.role)))
}

pub(super) fn add_permission(role: &str, permission: &str) -> Call {
    Call::new(&e::ROLE_PERMISSION_ADD)
        .param("roleIdOrLabel", role)
        .param("permissionType", permission)
}

pub(super) fn make_set(wish: &Wish, org: &Org) -> Call {
    Call::new(&e::RESOURCE_SET_CREATE).body(Payload::plain(d::resource_set(&wish.set, &org.origin)))
}

pub(super) fn fill_set(set: &str, org: &Org) -> Call {
    Call::new(&e::RESOURCES_ADD)
        .param("resourceSetIdOrLabel", set)
        .body(Payload::plain(d::additions(&[d::all_users(&org.origin)])))
}

/// The binding of role and resource set with its first member, or one more member of it.
pub(super) fn assign(whom: &For, role: &str, set: &str, bound: bool, org: &Org) -> Call {
    let (url, _) = match whom {
        For::Client { id, .. } => d::member(&org.origin, true, id.as_deref().unwrap_or(CLIENT_LATER)),
        For::Person { id, .. } => d::member(&org.origin, false, id),
    };
    if bound {
        Call::new(&e::MEMBERS_ADD)
            .param("resourceSetIdOrLabel", set)
            .param("roleIdOrLabel", role)
            .body(Payload::plain(d::additions(&[url])))
    } else {
        Call::new(&e::BINDING_CREATE)
            .param("resourceSetIdOrLabel", set)
            .body(Payload::plain(d::binding(role, &url)))
    }
}

impl Look {
    /// What a line would send.
    pub(super) fn calls(&self, line: &str, wish: &Wish, org: &Org) -> Vec<Call> {
        let role = self.role.as_ref().map(|it| it.id.as_str());
        let set = self.set.as_ref().map(|it| it.id.as_str());
        match (line, &self.whom) {
            ("role", _) => match role {
                None => vec![make_role(wish)],
                Some(role) => self.lacks.iter().map(|it| add_permission(role, it)).collect(),
            },
            ("resourceSet", _) => vec![set.map_or_else(|| make_set(wish, org), |set| fill_set(set, org))],
            ("scopes", Ok(For::Client { id, .. })) => self
                .scopes
                .iter()
                .map(|it| grant_call(id.as_deref().unwrap_or(CLIENT_LATER), it, &org.origin))
                .collect(),
            ("app", _) => self.new.iter().map(|new| new.create_call()).collect(),
            ("assignment", Ok(whom)) => {
                let (role, set) = (role.unwrap_or(ROLE_LATER), set.unwrap_or(SET_LATER));
                vec![assign(whom, role, set, self.bound, org)]
            }
            ("proof", _) => vec![Call::new(ADMIN.stats)],
            _ => Vec::new(),
        }
    }
}
