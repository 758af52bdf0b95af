//! What the rights of somebody need to know of custom roles, resource sets and bindings; nothing else of them is here.

use super::role::{ANY, covers};
use super::{Assignment, Kind, Principal};
use crate::world::World;
use crate::world::iam::binding::Principal as Member;

/// Scopes a custom role never gives, whatever its permissions are called.
const NEVER: &[&str] = &[
    "okta.roles.manage",
    "okta.appGrants.manage",
    "okta.apiTokens.manage",
    "okta.orgs.manage",
];

/// There is such a custom role.
pub(crate) fn has_role(world: &World, role: &str) -> bool {
    world.iam.roles.contains_key(role)
}

/// Label of a custom role.
pub(crate) fn label(world: &World, role: &str) -> Option<String> {
    world.iam.roles.get(role).map(|role| role.label.clone())
}

/// There is such a resource set.
pub(crate) fn has_set(world: &World, set: &str) -> bool {
    world.iam.sets.contains_key(set)
}

/// Somebody as bindings name them; the org itself is in none.
fn member(who: &Principal) -> Option<Member> {
    match who {
        Principal::Org => None,
        Principal::User(id) => Some(Member::User(id.clone())),
        Principal::Client(id) => Some(Member::Client(id.clone())),
    }
}

/// Custom roles somebody has: being in a binding and having a role of type `CUSTOM` assigned are the same thing.
pub(crate) fn assigned(world: &World, who: &Principal) -> Vec<Assignment> {
    let Some(member) = member(who) else {
        return Vec::new();
    };
    let bound = world.iam.bound_to(&member);
    bound
        .map(|it| Assignment {
            id: it.member.to_owned(),
            who: who.clone(),
            kind: Kind::Custom {
                role: it.role.id.clone(),
                set: it.set.id.clone(),
            },
            created: it.since,
        })
        .collect()
}

/// Assigns a custom role: puts somebody into a binding.
pub(crate) fn assign(world: &mut World, who: &Principal, role: &str, set: &str, now: i64) {
    if let Some(member) = member(who) {
        world.iam.bind(set, role, vec![member], now);
    }
}

/// Takes somebody out of a binding.
pub(crate) fn unassign(world: &mut World, role: &str, set: &str, id: &str) {
    let set = world.iam.sets.get_mut(set);
    if let Some(members) = set.and_then(|set| set.bindings.get_mut(role)) {
        members.retain(|member| member.id != id);
    }
}

/// A custom role allows calls that need a scope.
pub(crate) fn allows(world: &World, role: &str, scope: &str) -> bool {
    if NEVER.contains(&scope) {
        return false;
    }
    let Some(role) = world.iam.roles.get(role) else {
        return false;
    };
    scope == ANY
        || role.permissions.keys().any(|has| {
            covers(has, scope)
                || match has.as_str() {
                    "okta.iam.read" => scope == "okta.roles.read",
                    "okta.apps.manage" => {
                        scope == "okta.appGrants.read" || covers("okta.clients.manage", scope)
                    }
                    "okta.apps.read" => scope == "okta.clients.read" || scope == "okta.appGrants.read",
                    _ => false,
                }
        })
}
