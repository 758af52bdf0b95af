//! Custom roles.

use super::{done, limit, page, role};
use crate::answers::org::ORG_ID;
use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::switches::Switch;
use crate::world::admins::{self, Principal};
use crate::world::iam::show;
use serde_json::json;

/// The list.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let (world, admin) = (ask.org.world(), ask.org.admin());
    let all = world.iam.roles.iter().map(|(id, role)| (id.as_str(), role));
    Ok(page(ask, &admin, None, all)?.answer("roles", false, &[], |it| show::role(it, &admin)))
}

/// Users with an admin role of any kind, a page at a time.
pub(crate) fn assignees(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let (world, org) = (ask.org.world(), ask.org.url.as_str());
    let has = |id: &str| !admins::of(&world, &Principal::User(id.to_owned())).is_empty();
    let all = world
        .people
        .keys()
        .map(|id| (id.as_str(), id))
        .filter(|(id, _)| has(id));
    let page = page(ask, org, limit(ask)?, all)?;
    Ok(page.answer("value", false, &[], |id| {
        let here = format!("{org}/api/v1/users/{id}");
        json!({ "id": id, "orn": format!("orn:okta:directory:{ORG_ID}:users:{id}"),
            "_links": { "roles": { "href": format!("{here}/roles") }, "self": { "href": here } } })
    }))
}

/// A new role.
pub(crate) fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let governance = !ask.org.faults.is_on(Switch::NoGovernance);
    let mut world = ask.org.world();
    let id = world.iam.make_role(&body, governance, ask.org.now())?;
    ask.changes(format!("role {id}"));
    Ok(Answer::linked(show::role(
        &world.iam.roles[&id],
        &ask.org.admin(),
    )))
}

/// One.
pub(crate) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let world = ask.org.world();
    Ok(Answer::linked(show::role(
        role(ask, &world.iam)?,
        &ask.org.admin(),
    )))
}

/// Another label and description.
pub(crate) fn replace(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let id = role(ask, &world.iam)?.id.clone();
    let body = ask.json()?;
    world.iam.rename_role(&id, &body, ask.org.now())?;
    ask.changes(format!("role {id}"));
    Ok(Answer::linked(show::role(
        &world.iam.roles[&id],
        &ask.org.admin(),
    )))
}

/// Gone, with its bindings.
pub(crate) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let id = role(ask, &world.iam)?.id.clone();
    world.iam.drop_role(&id);
    ask.changes(format!("role {id}"));
    Ok(done())
}
