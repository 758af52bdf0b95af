//! Resources of a resource set.

use super::{conditions, done, limit, page, set};
use crate::answers::org::ORG_ID;
use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::world::World;
use crate::world::iam::resource::Resource;
use crate::world::iam::show;
use serde_json::json;

fn missing(id: &str) -> Refusal {
    Refusal::not_found(id, "ResourceSetResource")
}

/// The list: `limit` may be asked for, at most (and without asking) 100.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let (world, org) = (ask.org.world(), ask.org.url.as_str());
    let set = set(ask, &world.iam)?;
    let limit = limit(ask)?;
    let all = set.resources.iter().map(|it| (it.id.as_str(), it));
    let own = format!("{org}/api/v1/iam/resource-sets/{}", set.id);
    Ok(
        page(ask, org, limit, all)?.answer("resources", false, &[("resource-set", own)], |it| {
            show::resource(set, it, org)
        }),
    )
}

/// More of them; gives the set.
pub(crate) fn add(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let id = set(ask, &world.iam)?.id.clone();
    let body = ask.json()?;
    let org = (ask.org.url.as_str(), ORG_ID);
    world
        .iam
        .add_resources(&id, &body["additions"], org, ask.org.now())?;
    ask.changes(format!("resource set {id}"));
    Ok(Answer::linked(show::set(&world.iam.sets[&id], &ask.org.url)))
}

/// One more, with conditions; gives it.
pub(crate) fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let id = set(ask, &world.iam)?.id.clone();
    let body = ask.json()?;
    let conditions = conditions(&body)?;
    let before = world.iam.sets[&id].resources.len();
    let org = (ask.org.url.as_str(), ORG_ID);
    world
        .iam
        .add_resources(&id, &json!([body["resourceOrnOrUrl"]]), org, ask.org.now())?;
    let set = world.iam.sets.get_mut(&id);
    let Some(made) = set.and_then(|set| set.resources.get_mut(before)) else {
        return Err(Refusal::validation(
            "resourceOrnOrUrl",
            "resourceOrnOrUrl: The resource is in the resource set already.",
        ));
    };
    made.conditions = conditions;
    ask.changes(format!("resource set {id}"));
    let set = &world.iam.sets[&id];
    Ok(Answer::ok(show::resource(
        set,
        &set.resources[before],
        &ask.org.url,
    )))
}

/// The resource the path names, to be changed.
fn found<'w>(ask: &Ask<'_>, world: &'w mut World, set: &str) -> Result<&'w mut Resource, Refusal> {
    let id = ask.param("resourceId");
    let set = world.iam.sets.get_mut(set);
    set.and_then(|set| set.resources.iter_mut().find(|it| it.id == id))
        .ok_or_else(|| missing(id))
}

/// One.
pub(crate) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let world = ask.org.world();
    let set = set(ask, &world.iam)?;
    let id = ask.param("resourceId");
    let resource = set.resources.iter().find(|it| it.id == id);
    let resource = resource.ok_or_else(|| missing(id))?;
    Ok(Answer::ok(show::resource(set, resource, &ask.org.url)))
}

/// Other conditions.
pub(crate) fn replace(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let id = set(ask, &world.iam)?.id.clone();
    let conditions = conditions(&ask.json()?)?;
    let resource = found(ask, &mut world, &id)?;
    (resource.conditions, resource.updated) = (conditions, ask.org.now());
    let resource = resource.clone();
    ask.changes(format!("resource set {id}"));
    Ok(Answer::ok(show::resource(
        &world.iam.sets[&id],
        &resource,
        &ask.org.url,
    )))
}

/// Gone.
pub(crate) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let id = set(ask, &world.iam)?.id.clone();
    let gone = found(ask, &mut world, &id)?.id.clone();
    if let Some(set) = world.iam.sets.get_mut(&id) {
        set.resources.retain(|it| it.id != gone);
    }
    ask.changes(format!("resource set {id}"));
    Ok(done())
}
