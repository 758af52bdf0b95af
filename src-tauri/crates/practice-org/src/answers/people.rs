//! Users and groups.

use super::paging::Page;
use super::{Answer, Ask};
use crate::errors::Refusal;
use crate::world::admins::{self, Principal, Right};
use crate::world::filter::Filter;
use crate::world::{Group, Person, show};

/// What a user's `filter` may name.
const USER_FILTERED: &[&str] = &[
    "id",
    "status",
    "lastUpdated",
    "profile.login",
    "profile.email",
    "profile.firstName",
    "profile.lastName",
];

/// What a user's `search` may name.
const USER_SEARCHED: &[&str] = &[
    "id",
    "status",
    "created",
    "activated",
    "statusChanged",
    "lastUpdated",
    "type.id",
    "profile.login",
    "profile.email",
    "profile.firstName",
    "profile.lastName",
    "profile.mobilePhone",
    "profile.secondEmail",
];

/// What a group's `filter` and `search` may name.
const GROUP_SEARCHED: &[&str] = &[
    "id",
    "type",
    "created",
    "lastUpdated",
    "lastMembershipUpdated",
    "profile.name",
    "profile.description",
];

fn begins(text: &str, with: &str) -> bool {
    text.to_lowercase().starts_with(&with.to_lowercase())
}

/// Reads `search` or `filter`. `search` has no `ne` (Okta's documentation: use `lt … or … gt`).
fn asked(ask: &Ask<'_>, name: &str, allowed: &[&str]) -> Result<Option<Filter>, Refusal> {
    let Some(text) = ask.query(name) else {
        return Ok(None);
    };
    let filter = Filter::parse(text, allowed).map_err(|_| Refusal::search())?;
    if name == "search" && filter.has_not_equal() {
        Err(Refusal::search())
    } else {
        Ok(Some(filter))
    }
}

fn user_value(person: &Person, name: &str) -> Option<String> {
    Some(match name {
        "id" => person.id.clone(),
        "status" => person.status.clone(),
        "created" | "activated" | "statusChanged" | "lastUpdated" => show::PERSON_SINCE.into(),
        "type.id" => show::USER_TYPE.into(),
        "profile.login" | "profile.email" => person.login.clone(),
        "profile.firstName" => person.first.clone(),
        "profile.lastName" => person.last.clone(),
        _ => return None,
    })
}

/// The list of users. Without `search` or `filter` it leaves out those that were deactivated.
pub(crate) fn users(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let q = ask.query("q");
    let page = Page::read(ask, Some(if q.is_some() { 10 } else { 200 }), 200)?;
    let (search, filter) = (
        asked(ask, "search", USER_SEARCHED)?,
        asked(ask, "filter", USER_FILTERED)?,
    );
    let wanted = |person: &Person| {
        let all = search.is_some() || filter.is_some() || person.status != "DEPROVISIONED";
        let named = q.is_none_or(|q| {
            [&person.first, &person.last, &person.login]
                .iter()
                .any(|text| begins(text, q))
        });
        let holds = |filter: &Option<Filter>| {
            filter
                .as_ref()
                .is_none_or(|f| f.holds(&|name| user_value(person, name)))
        };
        all && named && holds(&search) && holds(&filter)
    };
    Ok(page.of(ask, &ask.org.world().people, wanted, |person| {
        show::person(person, &ask.org.url)
    }))
}

/// One user: by id, by login, or whoever asks as `me`. People see themselves without any role.
pub(crate) fn user(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let id = ask.param("id");
    let login = id.replace("%40", "@");
    let world = ask.org.world();
    let own = matches!(&ask.caller.who, Principal::User(own) if own == id || id == "me");
    if !own && admins::right(&world, &ask.caller.who, "okta.users.read") != Right::Yes {
        return Err(Refusal::forbidden());
    }
    let person = match (id, &ask.caller.who) {
        ("me", Principal::Org) => world.people.get(&world.owner),
        ("me", Principal::User(own)) => world.people.get(own),
        ("me", Principal::Client(_)) => None,
        _ => world
            .people
            .get(id)
            .or_else(|| world.people.values().find(|person| person.login == login)),
    };
    let person = person.ok_or_else(|| Refusal::not_found(&login, "User"))?;
    Ok(Answer::ok(show::person(person, &ask.org.url)))
}

/// The list of groups.
pub(crate) fn groups(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let page = Page::read(ask, Some(10_000), 10_000)?;
    let (search, filter) = (
        asked(ask, "search", GROUP_SEARCHED)?,
        asked(ask, "filter", GROUP_SEARCHED)?,
    );
    let stats = ask
        .query("expand")
        .is_some_and(|expand| expand.split(',').any(|part| part == "stats"));
    let value = |group: &Group, name: &str| {
        Some(match name {
            "id" => group.id.clone(),
            "type" => "OKTA_GROUP".to_owned(),
            "created" | "lastUpdated" | "lastMembershipUpdated" => show::PERSON_SINCE.into(),
            "profile.name" => group.name.clone(),
            "profile.description" => group.description.clone(),
            _ => return None,
        })
    };
    let wanted = |group: &Group| {
        let holds = |filter: &Option<Filter>| {
            filter
                .as_ref()
                .is_none_or(|f| f.holds(&|name| value(group, name)))
        };
        ask.query("q").is_none_or(|q| begins(&group.name, q)) && holds(&search) && holds(&filter)
    };
    Ok(page.of(ask, &ask.org.world().groups, wanted, |group| {
        show::group(group, stats, &ask.org.url)
    }))
}

/// Who is in a group: as many people as it has members, in the order of their ids. Deactivated people are in no group.
pub(crate) fn of_group(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let page = Page::read(ask, Some(1_000), 1_000)?;
    let world = ask.org.world();
    let id = ask.param("groupId");
    let group = world
        .groups
        .get(id)
        .ok_or_else(|| Refusal::not_found(id, "UserGroup"))?;
    let members: Vec<String> = world.people.keys().take(group.members).cloned().collect();
    let there = |person: &Person| person.status != "DEPROVISIONED";
    Ok(page.of_ids(ask, &members, &world.people, there, |person| {
        show::person(person, &ask.org.url)
    }))
}
