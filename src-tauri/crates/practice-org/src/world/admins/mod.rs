//! Who may do what: people and clients, their admin roles, and what each role allows.

pub(crate) mod custom;
pub(crate) mod role;

use super::World;
use role::Role;
use serde_json::{Value, json};

/// Who a request comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Principal {
    /// The org itself: tokens of [`crate::PracticeOrg::grant`]. It has every right.
    Org,
    /// A user's id.
    User(String),
    /// A client's id.
    Client(String),
}

/// What was assigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A standard role.
    Standard(&'static Role),
    /// A custom role on a resource set.
    Custom { role: String, set: String },
}

/// A role assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assignment {
    /// A standard role's is its type in base32, as recorded; a custom one's begins with `irb`.
    pub(crate) id: String,
    pub(crate) who: Principal,
    pub(crate) kind: Kind,
    /// UNIX seconds.
    pub(crate) created: i64,
}

/// What an admin may do with a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Right {
    /// It.
    Yes,
    /// No role at all: a client is shown empty lists.
    Nothing,
    /// Not that.
    No,
}

/// The assignments of one: standard roles, and custom ones through bindings.
pub(crate) fn of(world: &World, who: &Principal) -> Vec<Assignment> {
    let standard = world.assignments.iter().filter(|it| it.who == *who);
    standard.cloned().chain(custom::assigned(world, who)).collect()
}

/// They are a super admin.
pub(crate) fn is_super(world: &World, who: &Principal) -> bool {
    *who == Principal::Org
        || of(world, who)
            .iter()
            .any(|it| matches!(it.kind, Kind::Standard(role) if role.name == role::SUPER_ADMIN))
}

/// What somebody may do where a scope is needed: permissions bear the names of scopes.
pub(crate) fn right(world: &World, who: &Principal, scope: &str) -> Right {
    if is_super(world, who) {
        return Right::Yes;
    }
    let (mut any, mut yes) = (false, false);
    for assignment in of(world, who) {
        any = true;
        yes |= match &assignment.kind {
            Kind::Standard(role) => role.allows(scope),
            Kind::Custom { role, .. } => custom::allows(world, role, scope),
        };
    }
    if yes {
        Right::Yes
    } else if any {
        Right::No
    } else {
        Right::Nothing
    }
}

impl Assignment {
    /// As Okta shows it.
    pub(crate) fn show(&self, world: &World, org: &str) -> Value {
        let (kind, assignee) = match &self.who {
            Principal::Client(id) => ("CLIENT", format!("{org}/oauth2/v1/clients/{id}")),
            Principal::User(id) => ("USER", format!("{org}/api/v1/users/{id}")),
            Principal::Org => ("USER", org.to_owned()),
        };
        let created = super::date(self.created);
        let mut shown = json!({ "id": self.id, "label": "", "type": "CUSTOM", "status": "ACTIVE",
            "created": created, "lastUpdated": created, "assignmentType": kind });
        match &self.kind {
            Kind::Standard(role) => {
                shown["label"] = json!(role.label);
                shown["type"] = json!(role.name);
                shown["_links"] = json!({ "assignee": { "href": assignee } });
            }
            Kind::Custom { role, set } => {
                shown["label"] = json!(custom::label(world, role).unwrap_or_default());
                shown["role"] = json!(role);
                shown["resource-set"] = json!(set);
                let sets = format!("{org}/api/v1/iam/resource-sets/{set}");
                shown["_links"] = json!({
                    "assignee": { "href": assignee },
                    "member": { "href": format!("{sets}/bindings/{role}/members/{}", self.id) },
                    "permissions": { "href": format!("{org}/api/v1/iam/roles/{role}/permissions") },
                    "resource-set": { "href": sets },
                    "role": { "href": format!("{org}/api/v1/iam/roles/{role}") },
                });
            }
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(kind: Kind) -> World {
        let mut world = World::default();
        world.assignments.push(Assignment {
            id: "x".into(),
            who: Principal::User("u".into()),
            kind,
            created: 0,
        });
        world
    }

    #[test]
    fn rights_follow_from_roles() {
        let user = Principal::User("u".into());
        let standard = |name| with(Kind::Standard(role::find(name).expect("a role")));
        for (name, scope, wanted) in [
            ("SUPER_ADMIN", "okta.roles.manage", Right::Yes),
            ("APP_ADMIN", "okta.apps.manage", Right::Yes),
            ("APP_ADMIN", "okta.apps.read", Right::Yes),
            ("APP_ADMIN", "okta.appGrants.manage", Right::No),
            ("READ_ONLY_ADMIN", "okta.apps.read", Right::Yes),
            ("READ_ONLY_ADMIN", "okta.apps.manage", Right::No),
            ("HELP_DESK_ADMIN", "okta.orgs.read", Right::Yes),
        ] {
            assert_eq!(right(&standard(name), &user, scope), wanted, "{name} {scope}");
        }
        assert_eq!(right(&World::default(), &user, "okta.apps.read"), Right::Nothing);
        assert_eq!(
            right(&World::default(), &Principal::Org, "okta.roles.manage"),
            Right::Yes
        );
    }

    #[test]
    fn a_custom_role_allows_its_permissions_and_never_what_only_super_admins_may() {
        let mut world = World::default();
        let permissions = ["okta.apps.manage", "okta.roles.manage", "okta.iam.read"];
        let role = json!({ "label": "Apps", "description": "d", "permissions": permissions });
        let role = world.iam.make_role(&role, true, 0).expect("a role");
        let set = json!({ "label": "All", "description": "d", "resources": ["http://o/api/v1/apps"] });
        let set = world.iam.make_set(&set, ("http://o", "00o1"), 0).expect("a set");
        custom::assign(&mut world, &Principal::User("u".into()), &role, &set, 0);
        let user = Principal::User("u".into());
        for (scope, wanted) in [
            ("okta.apps.read", Right::Yes),
            ("okta.clients.register", Right::Yes),
            ("okta.roles.read", Right::Yes),
            ("okta.roles.manage", Right::No),
            ("okta.users.read", Right::No),
        ] {
            assert_eq!(right(&world, &user, scope), wanted, "{scope}");
        }
    }
}
