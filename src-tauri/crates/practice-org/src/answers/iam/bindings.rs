//! Bindings of a resource set, and their members.

use super::{done, page, role, set};
use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::world::World;
use crate::world::iam::binding::{Member, Principal, members};
use crate::world::iam::show;
use serde_json::Value;

/// Somebody is there: people who left can't be members.
fn there(world: &World, principal: &Principal) -> bool {
    match principal {
        Principal::User(id) => world
            .people
            .get(id)
            .is_some_and(|person| person.status != "DEPROVISIONED"),
        Principal::Group(id) => world.groups.contains_key(id),
        Principal::Client(id) => world.apps.get(id).is_some_and(|app| app.client.is_some()),
    }
}

/// Ids of the set and the role of the binding the path names.
///
/// # Errors
/// The set, the role or the binding is not there.
fn bound(ask: &Ask<'_>, world: &World) -> Result<(String, String), Refusal> {
    let set = set(ask, &world.iam)?;
    let role = role(ask, &world.iam)?;
    if set.bindings.contains_key(&role.id) {
        Ok((set.id.clone(), role.id.clone()))
    } else {
        Err(Refusal::not_found(&role.id, "Binding"))
    }
}

/// The list: the roles that are bound.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let (world, org) = (ask.org.world(), ask.org.url.as_str());
    let set = set(ask, &world.iam)?;
    let all = set.bindings.keys().map(|role| (role.as_str(), role));
    let own = format!("{org}/api/v1/iam/resource-sets/{}", set.id);
    Ok(
        page(ask, org, None, all)?.answer("roles", false, &[("resource-set", own)], |it| {
            show::bound_role(set, it, org)
        }),
    )
}

/// A new binding. A role that is bound already gets more members.
pub(crate) fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let id = set(ask, &world.iam)?.id.clone();
    let body = ask.json()?;
    let Some(wanted) = body["role"].as_str().filter(|role| !role.is_empty()) else {
        return Err(Refusal::validation("role", "role: Role must be specified"));
    };
    let role = world.iam.role(wanted);
    let role = role
        .ok_or_else(|| Refusal::not_found(wanted, "CustomRole"))?
        .id
        .clone();
    let who = members(&body["members"], "members", &ask.org.url, |it| there(&world, it))?;
    world.iam.bind(&id, &role, who, ask.org.now());
    ask.changes(format!("binding of {role} to {id}"));
    Ok(Answer::ok(show::edited(
        &world.iam.sets[&id],
        &role,
        &ask.org.url,
    )))
}

/// One.
pub(crate) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let world = ask.org.world();
    let (set, role) = bound(ask, &world)?;
    Ok(Answer::ok(show::binding(
        &world.iam.sets[&set],
        &role,
        &ask.org.url,
    )))
}

/// Gone: its members lose the role for this set.
pub(crate) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let (set, role) = bound(ask, &world)?;
    if let Some(set) = world.iam.sets.get_mut(&set) {
        set.bindings.remove(&role);
    }
    ask.changes(format!("binding of {role} to {set}"));
    Ok(done())
}

/// Its members.
pub(crate) fn list_members(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let (world, org) = (ask.org.world(), ask.org.url.as_str());
    let (set, role) = bound(ask, &world)?;
    let all = world.iam.sets[&set].bindings[&role].iter();
    let own = format!("{org}/api/v1/iam/resource-sets/{set}/bindings/{role}");
    Ok(page(ask, org, None, all.map(|it| (it.id.as_str(), it)))?.answer(
        "members",
        false,
        &[("binding", own)],
        |it| show::member(it, org),
    ))
}

/// More members.
pub(crate) fn add_members(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let (set, role) = bound(ask, &world)?;
    let body: Value = ask.json()?;
    let who = members(&body["additions"], "additions", &ask.org.url, |it| {
        there(&world, it)
    })?;
    world.iam.bind(&set, &role, who, ask.org.now());
    ask.changes(format!("binding of {role} to {set}"));
    Ok(Answer::ok(show::edited(
        &world.iam.sets[&set],
        &role,
        &ask.org.url,
    )))
}

/// The member the path names.
fn found<'w>(ask: &Ask<'_>, world: &'w World, at: &(String, String)) -> Result<&'w Member, Refusal> {
    let id = ask.param("memberId");
    let members = &world.iam.sets[&at.0].bindings[&at.1];
    members
        .iter()
        .find(|it| it.id == id)
        .ok_or_else(|| Refusal::not_found(id, "Member"))
}

/// One member.
pub(crate) fn member(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let world = ask.org.world();
    let at = bound(ask, &world)?;
    Ok(Answer::ok(show::member(found(ask, &world, &at)?, &ask.org.url)))
}

/// Takes a member out.
pub(crate) fn drop_member(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let at = bound(ask, &world)?;
    let gone = found(ask, &world, &at)?.id.clone();
    let set = world.iam.sets.get_mut(&at.0);
    if let Some(members) = set.and_then(|set| set.bindings.get_mut(&at.1)) {
        members.retain(|it| it.id != gone);
    }
    ask.changes(format!("binding of {} to {}", at.1, at.0));
    Ok(done())
}
