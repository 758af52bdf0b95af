//! Admin roles of users and of clients.

use super::grants::super_of;
use super::{Answer, Ask, clients};
use crate::errors::Refusal;
use crate::gate::id;
use crate::world::World;
use crate::world::admins::{self, Assignment, Kind, Principal, custom, role};
use serde_json::Value;

/// Whose roles the path is about.
fn assignee(ask: &Ask<'_>, world: &World) -> Result<Principal, Refusal> {
    let user = ask.param("userId");
    if user.is_empty() {
        let (app, _) = clients::named(ask, world)?;
        return Ok(Principal::Client(app.id.clone()));
    }
    if world.people.contains_key(user) {
        Ok(Principal::User(user.to_owned()))
    } else {
        Err(Refusal::not_found(user, "User"))
    }
}

fn one_of(ask: &Ask<'_>, world: &World, who: &Principal) -> Result<Assignment, Refusal> {
    let id = ask.param("roleAssignmentId");
    let mut all = admins::of(world, who).into_iter();
    all.find(|assignment| assignment.id == id)
        .ok_or_else(|| Refusal::not_found(id, "Role"))
}

/// Makes a client a super admin.
pub(super) fn assign_super(assignments: &mut Vec<Assignment>, client: &str, now: i64) {
    let Some(assignment) = super_of(client, now) else {
        return;
    };
    let has = assignments
        .iter()
        .any(|it| it.who == assignment.who && it.kind == assignment.kind);
    if !has {
        assignments.push(assignment);
    }
}

/// The list.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let world = ask.org.world();
    let who = assignee(ask, &world)?;
    let all = admins::of(&world, &who);
    let shown = all.iter().map(|it| it.show(&world, &ask.org.url));
    Ok(Answer::ok(shown.collect::<Vec<Value>>().into()))
}

/// One assignment.
pub(crate) fn one(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let world = ask.org.world();
    let who = assignee(ask, &world)?;
    Ok(Answer::ok(one_of(ask, &world, &who)?.show(&world, &ask.org.url)))
}

/// What is to be assigned.
fn wanted(world: &World, body: &Value) -> Result<(String, Kind), Refusal> {
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let kind = text("type");
    if kind != "CUSTOM" {
        let role = role::find(&kind).ok_or_else(|| {
            let cause = "type: The role specified is not valid.";
            Refusal::validation("type", cause)
        })?;
        return Ok((role.id(), Kind::Standard(role)));
    }
    let (role, set) = (text("role"), text("resource-set"));
    for (name, value) in [("role", &role), ("resource-set", &set)] {
        if value.is_empty() {
            let cause = format!("{name}: The field cannot be left blank");
            return Err(Refusal::validation(name, cause));
        }
    }
    if !custom::has_role(world, &role) {
        return Err(Refusal::not_found(&role, "CustomRole"));
    }
    if !custom::has_set(world, &set) {
        return Err(Refusal::not_found(&set, "IAMPolicy"));
    }
    Ok((id("irb"), Kind::Custom { role, set }))
}

/// Assigns a role: 201 to users and clients, as recorded.
pub(crate) fn assign(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let mut world = ask.org.world();
    let who = assignee(ask, &world)?;
    let (id, kind) = wanted(&world, &body)?;
    let has = admins::of(&world, &who).iter().any(|it| it.kind == kind);
    if has {
        return Err(Refusal::role_assigned());
    }
    let assignment = Assignment {
        id,
        who,
        kind,
        created: ask.org.now(),
    };
    ask.changes(format!(
        "role {} {}",
        body["type"].as_str().unwrap_or_default(),
        target(ask)
    ));
    let shown = match &assignment.kind {
        Kind::Standard(_) => {
            let shown = assignment.show(&world, &ask.org.url);
            world.assignments.push(assignment);
            shown
        }
        Kind::Custom { role, set } => {
            let (who, kind) = (&assignment.who, &assignment.kind);
            custom::assign(&mut world, who, role, set, assignment.created);
            let made = admins::of(&world, who).into_iter().find(|it| it.kind == *kind);
            made.unwrap_or(assignment).show(&world, &ask.org.url)
        }
    };
    Ok(Answer {
        status: 201,
        ..Answer::ok(shown)
    })
}

fn target<'a>(ask: &'a Ask<'_>) -> &'a str {
    let user = ask.param("userId");
    if user.is_empty() {
        ask.param("clientId")
    } else {
        user
    }
}

/// Takes a role away. The last super admin stays one.
pub(crate) fn unassign(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let who = assignee(ask, &world)?;
    let gone = one_of(ask, &world, &who)?;
    let supers = |it: &&Assignment| matches!(it.kind, Kind::Standard(role) if role.name == role::SUPER_ADMIN);
    if supers(&&gone) && world.assignments.iter().filter(supers).count() == 1 {
        return Err(Refusal::forbidden());
    }
    match &gone.kind {
        Kind::Standard(_) => world
            .assignments
            .retain(|it| it.who != gone.who || it.id != gone.id),
        Kind::Custom { role, set } => custom::unassign(&mut world, role, set, &gone.id),
    }
    ask.changes(format!("role removed {} {}", gone.id, target(ask)));
    Ok(Answer::empty(204))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_becomes_super_admin_once() {
        let mut all = Vec::new();
        assign_super(&mut all, "0oa1", 0);
        assign_super(&mut all, "0oa1", 1);
        assert_eq!(all.len(), 1);
        assert_eq!(
            all[0].show(&World::default(), "http://o")["assignmentType"],
            "CLIENT"
        );
    }
}
