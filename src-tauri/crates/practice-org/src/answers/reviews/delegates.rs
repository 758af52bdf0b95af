//! Delegates: who does somebody's governance duties. Nothing tells that a delegate takes over access reviews, so none does.

use super::{actor, filter, id_of, listed, page, user};
use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::world::admins::{self, Kind, Principal};
use crate::world::filter::Filter;
use crate::world::reviews::gather::number;
use crate::world::reviews::query::Field;
use crate::world::reviews::settings::{Appointment, Unfit};
use crate::world::{Person, World, when};
use serde_json::{Value, json};

/// Every appointment, or one person's.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let filter = filter(ask, &[("delegatorId", Field::Text), ("delegateId", Field::Text)])?;
    let world = ask.org.world();
    let wanted = |(delegator, it): &(&String, &Appointment)| {
        let value = |field: &str| {
            vec![if field == "delegatorId" {
                (*delegator).clone()
            } else {
                it.delegate.clone()
            }]
        };
        filter.as_ref().is_none_or(|filter| filter.holds(&value))
    };
    let all: Vec<_> = world.governance.delegates.iter().filter(wanted).collect();
    let cut = page(ask, None, &all, |(_, it)| &it.id)?;
    let shown = listed(cut, |(delegator, it)| it.shown(Some(delegator)));
    // Links in the body alone, as recorded.
    Ok(Answer {
        links: Vec::new(),
        ..shown
    })
}

/// Reads the body and puts the appointment in place; `[]` and `null` take it away.
fn appoint(ask: &Ask<'_>, world: &mut World, delegator: &str, by: &str) -> Result<(), Refusal> {
    let body = ask.json()?;
    if body.as_object().is_none_or(serde_json::Map::is_empty) {
        return Err(Unfit::Missing.into());
    }
    if let Some(odd) = body
        .as_object()
        .and_then(|map| map.keys().find(|key| *key != "delegates"))
    {
        return Err(Unfit::Property(odd.clone()).into());
    }
    let given = match &body["delegates"]["appointments"] {
        Value::Null => &[],
        Value::Array(list) if list.len() < 2 => list.as_slice(),
        _ => return Err(Unfit::Property("appointments".into()).into()),
    };
    let Some(one) = given.first() else {
        world.governance.delegates.remove(delegator);
        return Ok(());
    };
    let delegate = one["delegate"]["externalId"].as_str().unwrap_or_default();
    let there = world
        .people
        .get(delegate)
        .is_some_and(|person| person.status == "ACTIVE");
    if one["delegate"]["type"] != "OKTA_USER" || !there || delegate == delegator {
        return Err(Unfit::Property("delegate".into()).into());
    }
    let time = |name: &str| match &one[name] {
        Value::Null => Ok(None),
        given => match given.as_str().and_then(when::read) {
            Some(at) => Ok(Some(at)),
            None => Err(Refusal::from(Unfit::Property(name.into()))),
        },
    };
    let (starts, ends) = (time("startTime")?, time("endTime")?);
    let note = one["note"].as_str().map(str::to_owned);
    if note.as_ref().is_some_and(|note| note.chars().count() > 1000) {
        return Err(Unfit::Property("note".into()).into());
    }
    let made = Appointment {
        id: world.governance.fresh("gda1p"),
        delegate: delegate.to_owned(),
        note,
        starts,
        ends,
        by: by.to_owned(),
        at: ask.org.now(),
    };
    world.governance.delegates.insert(delegator.to_owned(), made);
    ask.changes(format!("delegate of {delegator}"));
    Ok(())
}

/// Super admins may, and those who look after both access certifications and access requests.
fn may(world: &World, who: &Principal) -> bool {
    let all = admins::of(world, who);
    let has = |name: &str| {
        all.iter()
            .any(|it| matches!(it.kind, Kind::Standard(role) if role.name == name))
    };
    admins::is_super(world, who) || (has("ACCESS_CERTIFICATIONS_ADMIN") && has("ACCESS_REQUESTS_ADMIN"))
}

/// Somebody's settings, changed by an admin. The person is named by id or ORN.
pub(crate) fn change(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    if !may(&world, &ask.caller.who) {
        return Err(Refusal::forbidden());
    }
    let by = actor(ask, &world);
    let wanted = ask
        .param("targetPrincipalId")
        .replace("%3A", ":")
        .replace("%3a", ":");
    let id = wanted.rsplit(':').next().unwrap_or_default().to_owned();
    if !world.people.contains_key(&id) {
        return Err(Refusal::no_principal());
    }
    appoint(ask, &mut world, &id, id_of(&by))?;
    let shown: Vec<Value> = world
        .governance
        .delegates
        .get(&id)
        .map(|it| it.shown(Some(&id)))
        .into_iter()
        .collect();
    Ok(Answer::ok(json!({ "delegates": { "appointments": shown } })))
}

/// One's own settings, with the names of delegates.
pub(crate) fn mine(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let world = ask.org.world();
    let by = actor(ask, &world);
    Ok(Answer::ok(own(&world, user(&by)?, true)))
}

/// As Okta shows them: reading gives names too, changing does not.
fn own(world: &World, user: &str, reading: bool) -> Value {
    let found = world.governance.delegates.get(user);
    let shown = found.map(|it| {
        let mut shown = it.shown(None);
        if let (true, Some(person)) = (reading, world.people.get(&it.delegate)) {
            shown["delegate"]["firstName"] = json!(person.first);
            shown["delegate"]["lastName"] = json!(person.last);
            shown["delegate"]["email"] = json!(person.login);
        }
        shown
    });
    let mut delegates = json!({ "appointments": shown.into_iter().collect::<Vec<_>>() });
    if let Some(permissions) = world.governance.settings.delegate_permissions() {
        delegates["permissions"] = permissions;
        if reading {
            delegates["onlyFor"] = world.governance.settings.delegate_scope();
        }
    }
    json!({ "delegates": delegates })
}

/// Changes one's own, where the org lets people.
pub(crate) fn change_mine(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let by = actor(ask, &world);
    let me = user(&by)?.to_owned();
    if !world.governance.settings.may_delegate() {
        return Err(Refusal::forbidden());
    }
    appoint(ask, &mut world, &me, &me)?;
    Ok(Answer::ok(own(&world, &me, false)))
}

/// Who can be one's delegate. Where that may be anybody, a filter has to say who.
pub(crate) fn eligible(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let filter = ask
        .query("filter")
        .map(|text| Filter::parse(text, &["firstName", "lastName"]));
    let filter = filter.transpose().map_err(|_| Refusal::wrong_filter())?;
    let world = ask.org.world();
    let by = actor(ask, &world);
    let me = user(&by)?;
    let scope = world.governance.settings.delegate_scope();
    let scope: Vec<&str> = scope
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|it| it["type"].as_str())
        .collect();
    if scope.is_empty() && filter.is_none() {
        return Err(Refusal::wrong_filter());
    }
    let wanted = |person: &&Person| {
        // Managers are the first of the org; peers share a department, which the number tells.
        let own = number(&person.id);
        let manager = scope.contains(&"MANAGER") && own <= 4;
        let peer = scope.contains(&"PEERS") && own % 6 == number(me) % 6;
        let named = filter.as_ref().is_none_or(|filter| {
            filter.holds(&|field| {
                Some(if field == "firstName" {
                    person.first.clone()
                } else {
                    person.last.clone()
                })
            })
        });
        person.id != me && person.status == "ACTIVE" && named && (scope.is_empty() || manager || peer)
    };
    let found: Vec<&Person> = world.people.values().filter(wanted).collect();
    let cut = page(ask, None, &found, |person| &person.id)?;
    Ok(listed(
        cut,
        |it| json!({ "id": it.id, "email": it.login, "firstName": it.first, "lastName": it.last }),
    ))
}
