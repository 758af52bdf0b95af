//! Scopes granted to an app, and the org's setting on what comes with the first.

use super::{Answer, Ask, no_app};
use crate::errors::Refusal;
use crate::gate::id;
use crate::world::admins::{Assignment, Kind, Principal, role};
use crate::world::clients::{self, Client, Grant, scopes};
use crate::world::{App, World};
use serde_json::{Value, json};

fn client<'w>(ask: &Ask<'_>, world: &'w World) -> Result<(&'w App, &'w Client), Refusal> {
    let app = ask.app(world)?;
    match &app.client {
        Some(client) => Ok((app, client)),
        None => Err(no_app(&app.id)),
    }
}

fn one_of<'c>(ask: &Ask<'_>, client: &'c Client) -> Result<&'c Grant, Refusal> {
    let id = ask.param("grantId");
    client
        .grants
        .get(id)
        .ok_or_else(|| Refusal::not_found(id, "OAuth2ScopeConsentGrant"))
}

/// The list, oldest first.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let world = ask.org.world();
    let (app, client) = client(ask, &world)?;
    let scope = ask.query("expand") == Some("scope");
    let mut grants: Vec<&Grant> = client.grants.values().collect();
    grants.sort_by_key(|grant| grant.created);
    let shown = grants
        .into_iter()
        .map(|grant| clients::grant(app, grant, &world.owner, scope, &ask.org.url));
    Ok(Answer::ok(shown.collect::<Vec<Value>>().into()))
}

/// One grant.
pub(crate) fn one(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let world = ask.org.world();
    let (app, client) = client(ask, &world)?;
    let scope = ask.query("expand") == Some("scope");
    let grant = one_of(ask, client)?;
    Ok(Answer::ok(clients::grant(
        app,
        grant,
        &world.owner,
        scope,
        &ask.org.url,
    )))
}

/// Grants a scope: 200, as recorded. One that was granted before is given back as it is.
pub(crate) fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let text = |name: &str| body[name].as_str().filter(|text| !text.is_empty());
    let blank = |name: &str| Refusal::validation(name, format!("{name}: The field cannot be left blank"));
    let (scope, issuer) = (
        text("scopeId").ok_or_else(|| blank("scopeId"))?,
        text("issuer").ok_or_else(|| blank("issuer"))?,
    );
    let now = ask.org.now();
    let mut world = ask.org.world();
    client(ask, &world)?;
    if issuer != ask.org.url {
        let cause = "issuer: The issuer must be the address of the org.";
        return Err(Refusal::validation("issuer", cause));
    }
    if !scopes::OKTA.contains(&scope) {
        let cause = format!("scopeId: The scope {scope} does not exist.");
        return Err(Refusal::validation("scopeId", cause));
    }
    let World {
        apps,
        assignments,
        owner,
        client_privileges,
        ..
    } = &mut *world;
    let app = apps
        .get_mut(ask.param("appId"))
        .ok_or_else(|| no_app(ask.param("appId")))?;
    let title = app.clone();
    let client = app.client.as_mut().ok_or_else(|| no_app(&title.id))?;
    if *client_privileges && client.kind == "service" && client.grants.is_empty() {
        super::roles::assign_super(assignments, &title.id, now);
    }
    let known = client.grants.values().find(|grant| grant.scope == scope).cloned();
    let grant = known.unwrap_or_else(|| {
        let grant = Grant {
            id: id("oag"),
            scope: scope.to_owned(),
            by: ask.caller.who.clone(),
            created: now,
        };
        ask.changes(format!("grant {scope} {}", title.id));
        client.grants.insert(grant.id.clone(), grant.clone());
        grant
    });
    Ok(Answer::ok(clients::grant(
        &title,
        &grant,
        owner,
        true,
        &ask.org.url,
    )))
}

/// Takes a scope back. Access tokens that have it keep it until they end.
pub(crate) fn revoke(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let (app, client) = client(ask, &world)?;
    let (app, grant) = (app.id.clone(), one_of(ask, client)?.clone());
    if let Some(client) = world.apps.get_mut(&app).and_then(|app| app.client.as_mut()) {
        client.grants.remove(&grant.id);
    }
    ask.changes(format!("grant revoked {} {app}", grant.scope));
    Ok(Answer::empty(204))
}

/// Reads “Public client app admins”.
pub(crate) fn privileges(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    Ok(Answer::ok(
        json!({ "clientPrivilegesSetting": ask.org.world().client_privileges }),
    ))
}

/// Changes it: a super admin's right alone.
pub(crate) fn set_privileges(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let mut world = ask.org.world();
    if !crate::world::admins::is_super(&world, &ask.caller.who) {
        return Err(Refusal::forbidden());
    }
    let Some(on) = body["clientPrivilegesSetting"].as_bool() else {
        let cause = "clientPrivilegesSetting: The value must be true or false.";
        return Err(Refusal::validation("clientPrivilegesSetting", cause));
    };
    world.client_privileges = on;
    ask.changes(format!("client privileges {on}"));
    Ok(Answer::ok(json!({ "clientPrivilegesSetting": on })))
}

/// The assignment of a super admin role to a client.
pub(super) fn super_of(client: &str, now: i64) -> Option<Assignment> {
    role::find(role::SUPER_ADMIN).map(|role| Assignment {
        id: role.id(),
        who: Principal::Client(client.to_owned()),
        kind: Kind::Standard(role),
        created: now,
    })
}
