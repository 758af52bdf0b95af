//! What the rights of somebody need to know of custom roles, resource sets and bindings; nothing else of them is here.

use super::Principal;
use super::role::{ANY, covers};
use crate::world::World;
use std::collections::{BTreeMap, BTreeSet};

/// Custom roles and resource sets.
#[derive(Debug, Clone, Default)]
pub(crate) struct Registry {
    /// Label and permissions by id.
    pub(crate) roles: BTreeMap<String, (String, Vec<String>)>,
    /// Ids of resource sets.
    pub(crate) sets: BTreeSet<String>,
}

/// Scopes a custom role never gives, whatever its permissions are called.
const NEVER: &[&str] = &[
    "okta.roles.manage",
    "okta.appGrants.manage",
    "okta.apiTokens.manage",
    "okta.orgs.manage",
];

/// Permissions of a custom role; `None` where there is no such role.
pub(crate) fn permissions(world: &World, role: &str) -> Option<Vec<String>> {
    world
        .custom
        .roles
        .get(role)
        .map(|(_, permissions)| permissions.clone())
}

/// Label of a custom role.
pub(crate) fn label(world: &World, role: &str) -> Option<String> {
    world.custom.roles.get(role).map(|(label, _)| label.clone())
}

/// There is such a resource set.
pub(crate) fn has_set(world: &World, set: &str) -> bool {
    world.custom.sets.contains(set)
}

/// Custom roles somebody has through bindings (not through assignments of type `CUSTOM`).
pub(crate) fn bound(_world: &World, _who: &Principal) -> Vec<String> {
    Vec::new()
}

/// A custom role allows calls that need a scope.
pub(crate) fn allows(world: &World, role: &str, scope: &str) -> bool {
    if NEVER.contains(&scope) {
        return false;
    }
    let Some(permissions) = permissions(world, role) else {
        return false;
    };
    scope == ANY
        || permissions.iter().any(|has| {
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
