//! Permissions of a custom role.

use super::{body_or_none, conditions, done, role};
use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::switches::Switch;
use crate::world::iam::role::{Permission, permission as check};
use crate::world::iam::show;
use serde_json::json;

fn missing(name: &str) -> Refusal {
    Refusal::not_found(name, "Permission")
}

/// The list: the whole of it, without pages.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let (world, admin) = (ask.org.world(), ask.org.admin());
    let role = role(ask, &world.iam)?;
    let shown = role.permissions.iter();
    let shown: Vec<_> = shown
        .map(|(name, it)| show::permission(role, name, it, &admin))
        .collect();
    Ok(Answer::ok(json!({ "permissions": shown })))
}

/// One.
pub(crate) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let world = ask.org.world();
    let role = role(ask, &world.iam)?;
    let name = ask.param("permissionType");
    let found = role.permissions.get(name).ok_or_else(|| missing(name))?;
    Ok(Answer::linked(show::permission(
        role,
        name,
        found,
        &ask.org.admin(),
    )))
}

/// Gives the role a permission; one it has already stays as it is.
pub(crate) fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let conditions = conditions(&body_or_none(ask)?)?;
    let mut world = ask.org.world();
    let id = role(ask, &world.iam)?.id.clone();
    let name = ask.param("permissionType");
    check(name, !ask.org.faults.is_on(Switch::NoGovernance))?;
    if let Some(role) = world.iam.roles.get_mut(&id) {
        let now = ask.org.now();
        role.permissions
            .entry(name.to_owned())
            .or_insert_with(|| Permission::new(conditions, now));
    }
    ask.changes(format!("permission {name} of role {id}"));
    Ok(done())
}

/// Other conditions.
pub(crate) fn replace(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let conditions = conditions(&body_or_none(ask)?)?;
    let mut world = ask.org.world();
    let id = role(ask, &world.iam)?.id.clone();
    let name = ask.param("permissionType");
    let role = world.iam.roles.get_mut(&id);
    let found = role.and_then(|role| role.permissions.get_mut(name));
    let found = found.ok_or_else(|| missing(name))?;
    (found.conditions, found.updated) = (conditions, ask.org.now());
    ask.changes(format!("permission {name} of role {id}"));
    let role = &world.iam.roles[&id];
    Ok(Answer::linked(show::permission(
        role,
        name,
        &role.permissions[name],
        &ask.org.admin(),
    )))
}

/// Takes it away.
pub(crate) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let id = role(ask, &world.iam)?.id.clone();
    let name = ask.param("permissionType");
    let role = world.iam.roles.get_mut(&id);
    role.and_then(|role| role.permissions.remove(name))
        .ok_or_else(|| missing(name))?;
    ask.changes(format!("permission {name} of role {id}"));
    Ok(done())
}
