//! Access outside reviews: what somebody has of an app, and taking it away at once.

use super::filter;
use crate::answers::org::ORG_ID;
use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::seed::id;
use crate::world::World;
use crate::world::reviews::catalog::ROWS;
use crate::world::reviews::gather::{app_id, below_id, rows_of};
use crate::world::reviews::item::Kind;
use crate::world::reviews::query::Field;
use serde_json::{Value, json};
use std::cell::RefCell;

const FILTERED: &[(&str, Field)] = &[
    ("parent.externalId", Field::Text),
    ("parent.type", Field::Text),
    ("targetPrincipal.externalId", Field::Text),
    ("targetPrincipal.type", Field::Text),
    ("parentResourceOrn", Field::Text),
    ("targetPrincipalOrn", Field::Text),
];

/// The last part of an ORN that begins so.
fn orn<'a>(text: &'a str, begins: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(begins)?;
    rest.rsplit(':').next().filter(|last| !last.is_empty())
}

fn users() -> String {
    format!("orn:okta:directory:{ORG_ID}:users:")
}

/// App and person a filter names, by id or ORN: the values it compares with are looked at, each once.
fn named(ask: &Ask<'_>) -> Result<(String, String), Refusal> {
    let asked = filter(ask, FILTERED)?.ok_or_else(Refusal::wrong_filter)?;
    let (app, user) = (RefCell::new(None), RefCell::new(None));
    asked.each_equal(&|field, value| {
        let (place, found) = match field {
            "parent.externalId" => (&app, Some(value)),
            "targetPrincipal.externalId" => (&user, Some(value)),
            "parentResourceOrn" => (&app, orn(value, &format!("orn:okta:idp:{ORG_ID}:apps:"))),
            "targetPrincipalOrn" => (&user, orn(value, &users())),
            _ => return,
        };
        place.replace(found.map(str::to_owned));
    });
    match (app.into_inner(), user.into_inner()) {
        (Some(app), Some(user)) => Ok((app, user)),
        _ => Err(Refusal::wrong_filter()),
    }
}

/// Entitlement values of an app that somebody still has.
fn entitlements(world: &World, app: &str, user: &str) -> Vec<Value> {
    let lost = |what: &str| {
        world
            .governance
            .gone
            .contains(&(user.to_owned(), what.to_owned()))
    };
    let row = rows_of(user)
        .into_iter()
        .find(|at| app_id(&world.apps, *at) == app);
    let Some(at) = row.filter(|_| !lost(app)) else {
        return Vec::new();
    };
    let below = ROWS[at].below.iter().enumerate();
    let values = below.filter(|(place, it)| it.kind == Kind::Value && !lost(&below_id(at, *place, it.kind)));
    values
        .map(|(place, it)| {
            let (name, value) = it.name.split_once(": ").unwrap_or((it.name, it.name));
            let own = below_id(at, place, it.kind);
            let orn = format!("orn:okta:governance:{ORG_ID}:entitlement-values:{own}");
            json!({ "id": id("esp1p", at * 100 + place + 1), "name": name, "externalValue": name, "description": it.entitlement,
                "multiValue": true, "required": false, "dataType": "array",
                "values": [{ "id": own, "name": value, "externalValue": value, "orn": orn }] })
        })
        .collect()
}

/// What somebody has of an app.
pub(crate) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let (app, user) = named(ask)?;
    let mut world = ask.org.world();
    world.governance.settle(ask.org.now());
    let known = world.apps.contains_key(&app) || (0..ROWS.len()).any(|at| app_id(&world.apps, at) == app);
    if !known || !world.people.contains_key(&user) {
        return Err(Refusal::no_resource());
    }
    let key = (0..ROWS.len())
        .find(|at| app_id(&world.apps, *at) == app)
        .map_or("app", |at| ROWS[at].key);
    let mut shown = json!({
        "targetPrincipalOrn": format!("{}{user}", users()),
        "targetPrincipal": { "externalId": user, "type": "OKTA_USER" },
        "parentResourceOrn": format!("orn:okta:idp:{ORG_ID}:apps:{key}:{app}"),
        "parent": { "externalId": app, "type": "APPLICATION" },
    });
    let entitlements = entitlements(&world, &app, &user);
    if !entitlements.is_empty() {
        let grant = id("gra1p", 1);
        let here = format!("{}/governance/api/v1/grants/{grant}", ask.org.admin());
        shown["base"] = json!({ "grantType": "POLICY", "grantMethod": "POLICY",
            "grant": { "id": grant, "_links": { "self": { "href": here } } }, "entitlements": entitlements });
    }
    Ok(Answer::ok(shown))
}

/// Takes access away at once: up to five entitlement values and bundles, or one app.
pub(crate) fn revoke(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let mut world = ask.org.world();
    let Some(principal) = body["principalOrn"].as_str() else {
        return Err(Refusal::unfit("principalOrn is required"));
    };
    let Some(given) = body["revokeOrns"].as_array().filter(|list| !list.is_empty()) else {
        return Err(Refusal::unfit("revokeOrns is required"));
    };
    let person = orn(principal, &users()).filter(|id| world.people.contains_key(*id));
    let person = person.ok_or_else(|| Refusal::unfit("Invalid ORN format for principalOrn"))?;
    let invalid = || Refusal::unfit("Invalid ORN format for revokeObjectOrns");
    let (mut apps, mut others) = (Vec::new(), Vec::new());
    for one in given {
        let one = one.as_str().unwrap_or_default();
        let governance = format!("orn:okta:governance:{ORG_ID}:entitlement-");
        if let Some(app) = orn(one, &format!("orn:okta:idp:{ORG_ID}:apps:")) {
            apps.push(app.to_owned());
        } else if let Some(other) = orn(one, &governance) {
            others.push(other.to_owned());
        } else {
            return Err(invalid());
        }
    }
    if given.len() > 5 || apps.len() > 1 || (!apps.is_empty() && !others.is_empty()) {
        return Err(invalid());
    }
    let mut links = Vec::new();
    for what in apps.iter().chain(&others) {
        let app = (0..ROWS.len())
            .find(|at| {
                let mut below = ROWS[*at].below.iter().enumerate();
                below.any(|(place, it)| below_id(*at, place, it.kind) == *what)
            })
            .map_or_else(|| what.clone(), |at| app_id(&world.apps, at));
        world.governance.gone.insert((person.to_owned(), what.clone()));
        let filter = format!(
            "parent.externalId eq \"{app}\" AND parent.type eq \"APPLICATION\" AND \
             targetPrincipal.externalId eq \"{person}\" AND targetPrincipal.type eq \"OKTA_USER\""
        );
        let link = |name: &str| json!({ "href": format!("{}/governance/api/v1/{name}?filter={filter}", ask.org.admin()) });
        links.push(json!({ "_links": { "principal-access": link("principal-access"),
            "principal-entitlements": link("principal-entitlements") } }));
    }
    ask.changes(format!("access of {person}"));
    Ok(Answer::ok(json!({ "data": links })))
}
