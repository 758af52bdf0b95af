//! Resource sets. Their links are on the org itself (recorded), not on its `-admin` twin.

use super::{done, page, set};
use crate::answers::org::ORG_ID;
use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::world::iam::show;

/// The list.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let (world, org) = (ask.org.world(), ask.org.url.as_str());
    let all = world.iam.sets.iter().map(|(id, set)| (id.as_str(), set));
    Ok(page(ask, org, None, all)?.answer("resource-sets", false, &[], |it| show::set(it, org)))
}

/// A new one.
pub(crate) fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let mut world = ask.org.world();
    let id = world.iam.make_set(&body, (&ask.org.url, ORG_ID), ask.org.now())?;
    ask.changes(format!("resource set {id}"));
    Ok(Answer::linked(show::set(&world.iam.sets[&id], &ask.org.url)))
}

/// One.
pub(crate) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let world = ask.org.world();
    Ok(Answer::linked(show::set(set(ask, &world.iam)?, &ask.org.url)))
}

/// Another label and description.
pub(crate) fn replace(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let id = set(ask, &world.iam)?.id.clone();
    let body = ask.json()?;
    world.iam.rename_set(&id, &body, ask.org.now())?;
    ask.changes(format!("resource set {id}"));
    Ok(Answer::linked(show::set(&world.iam.sets[&id], &ask.org.url)))
}

/// Gone, with its bindings.
pub(crate) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let id = set(ask, &world.iam)?.id.clone();
    world.iam.sets.remove(&id);
    ask.changes(format!("resource set {id}"));
    Ok(done())
}
