//! Who may do what: custom roles, resource sets, and the bindings between them.

pub(crate) mod binding;
pub(crate) mod resource;
pub(crate) mod role;
pub(crate) mod show;

use crate::seed::id;
use binding::Principal;
use resource::ResourceSet;
use role::Role;
use std::collections::BTreeMap;

/// A wrong value: the property, and Okta's sentence on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) what: &'static str,
    pub(crate) says: String,
}

/// Says what is wrong with a property, as Okta does: `label: Label must be specified`.
fn wrong(what: &'static str, says: impl std::fmt::Display) -> Wrong {
    Wrong {
        what,
        says: format!("{what}: {says}"),
    }
}

/// Custom roles and resource sets by id; ids sort in the order they were made.
#[derive(Debug, Clone, Default)]
pub(crate) struct Iam {
    pub(crate) roles: BTreeMap<String, Role>,
    pub(crate) sets: BTreeMap<String, ResourceSet>,
    made: usize,
}

/// A role a principal has through a binding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bound<'a> {
    pub(crate) role: &'a Role,
    pub(crate) set: &'a ResourceSet,
    /// Id of the membership, `irb…`.
    pub(crate) member: &'a str,
    /// When, UNIX seconds.
    pub(crate) since: i64,
}

impl Iam {
    /// A new id.
    pub(crate) fn fresh(&mut self, prefix: &str) -> String {
        self.made += 1;
        id(prefix, self.made)
    }

    /// The role of that id or label.
    pub(crate) fn role(&self, id_or_label: &str) -> Option<&Role> {
        self.roles
            .get(id_or_label)
            .or_else(|| self.roles.values().find(|role| role.label == id_or_label))
    }

    /// The resource set of that id or label.
    pub(crate) fn set(&self, id_or_label: &str) -> Option<&ResourceSet> {
        self.sets
            .get(id_or_label)
            .or_else(|| self.sets.values().find(|set| set.label == id_or_label))
    }

    /// Takes a role away, and every binding of it.
    pub(crate) fn drop_role(&mut self, id: &str) {
        self.roles.remove(id);
        for set in self.sets.values_mut() {
            set.bindings.remove(id);
        }
    }

    /// Every custom role a principal has itself (a group's members are the caller's business).
    pub(crate) fn bound_to<'a>(&'a self, principal: &'a Principal) -> impl Iterator<Item = Bound<'a>> + 'a {
        self.sets.values().flat_map(move |set| {
            set.bindings.iter().filter_map(move |(role, members)| {
                let member = members.iter().find(|member| member.principal == *principal)?;
                Some(Bound {
                    role: self.roles.get(role)?,
                    set,
                    member: &member.id,
                    since: member.created,
                })
            })
        })
    }
}
