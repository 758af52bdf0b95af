//! Apps and the people assigned to them.

use super::paging::Page;
use super::{Answer, Ask};
use crate::errors::Refusal;
use crate::gate::{id, random};
use crate::world::admins::{self, Principal};
use crate::world::clients::{self, Client};
use crate::world::filter::Filter;
use crate::world::{App, World, show};
use serde_json::{Value, json};

/// Most apps a page has.
const MOST: usize = 200;

/// What a filter of the list may name.
const FILTERED: &[&str] = &["id", "status", "name"];

fn begins(text: &str, with: &str) -> bool {
    text.to_lowercase().starts_with(&with.to_lowercase())
}

/// The list: everything where no limit is asked for, as Okta does.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    if let Some(expand) = ask.query("expand")
        && (!expand.starts_with("user/") || expand.contains(','))
    {
        return Err(Refusal::validation("RequestParams", "Expand query is malformed."));
    }
    let page = Page::read(ask, None, MOST)?;
    let filter = ask
        .query("filter")
        .map(|text| Filter::parse(text, FILTERED))
        .transpose()
        .map_err(|_| Refusal::search())?;
    let wanted = |app: &App| {
        let q = ask
            .query("q")
            .is_none_or(|q| begins(&app.label, q) || begins(&app.name, q));
        q && filter.as_ref().is_none_or(|filter| {
            filter.holds(&|name| match name {
                "id" => Some(app.id.clone()),
                "status" => Some(app.status.clone()),
                "name" => Some(app.name.clone()),
                _ => None,
            })
        })
    };
    Ok(page.of(ask, &ask.org.world().apps, wanted, |app| {
        show::app(app, &ask.org.url)
    }))
}

/// One app.
pub(crate) fn one(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let world = ask.org.world();
    let app = ask.app(&world)?;
    Ok(Answer::ok(show::app(app, &ask.org.url)))
}

/// Who may change an app: a super admin alone, once it holds scopes of Okta's (Okta's guide to OAuth for service apps, of
/// its keys; nothing tells of the rest, which is left to them too).
pub(super) fn may_change(ask: &Ask<'_>, world: &World, app: &App) -> Result<(), Refusal> {
    let holds = app
        .client
        .as_ref()
        .is_some_and(|client| client.kind == "service" && !client.grants.is_empty());
    if holds && !admins::is_super(world, &ask.caller.who) {
        return Err(Refusal::forbidden());
    }
    Ok(())
}

fn label(body: &Value) -> Result<&str, Refusal> {
    body["label"]
        .as_str()
        .filter(|label| !label.trim().is_empty() && label.len() <= 100)
        .ok_or_else(|| Refusal::validation("label", "label: The field cannot be left blank"))
}

/// A client that was just made or changed, with the secret it may need.
pub(super) fn with_secret(mut client: Client) -> Client {
    if client.auth.starts_with("client_secret") && client.secret.is_none() {
        client.secret = Some(random(64));
    }
    client
}

/// Reads a client out of its flat form.
pub(super) fn read_client(
    ask: &Ask<'_>,
    flat: &Value,
    old: Option<&Client>,
) -> Result<Client, clients::Wrong> {
    clients::read(flat, old, &mut || id("pks"), ask.org.now()).map(with_secret)
}

fn invalid(wrong: clients::Wrong) -> Refusal {
    Refusal::validation(wrong.what, wrong.cause)
}

/// Makes an app: an OAuth 2.0 client or a bookmark.
pub(crate) fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let label = label(&body)?;
    let now = ask.org.now();
    let name = body["name"].as_str().unwrap_or_default();
    let mut app = App::new(&id("0oa"), name, label);
    match name {
        clients::APP => {
            let mode = body["signOnMode"].as_str().unwrap_or("OPENID_CONNECT");
            if mode != "OPENID_CONNECT" {
                let cause = "signOnMode: The value must be OPENID_CONNECT.";
                return Err(Refusal::validation("signOnMode", cause));
            }
            let flat = clients::from_app(&body);
            if !flat["client_id"].is_null() {
                let cause = "client_id: This org gives every client the id of its app.";
                return Err(Refusal::validation("client_id", cause));
            }
            app.client = Some(read_client(ask, &flat, None).map_err(invalid)?);
        }
        "bookmark" => {}
        _ => {
            let cause = "name: The app is not in the catalog of this org.";
            return Err(Refusal::validation("name", cause));
        }
    }
    if ask.query("activate") == Some("false") {
        app.status = "INACTIVE".into();
    }
    app.touch(now);
    ask.changes(format!("app {}", app.id));
    let shown = fresh(&app, &ask.org.url);
    ask.org.world().apps.insert(app.id.clone(), app);
    Ok(Answer::ok(shown))
}

/// An app that was just made or changed: its secret is shown this once.
fn fresh(app: &App, org: &str) -> Value {
    let mut shown = show::app(app, org);
    if let Some(client) = &app.client {
        shown["credentials"] = clients::app_credentials(app, client, true);
    }
    shown
}

/// Puts settings in place of an app's.
pub(crate) fn replace(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let mut world = ask.org.world();
    let before = ask.app(&world)?;
    may_change(ask, &world, before)?;
    let mut app = before.clone();
    app.label = label(&body)?.to_owned();
    if !body["name"].is_null() && body["name"] != json!(app.name) {
        return Err(Refusal::validation("name", "name: The field can't be changed."));
    }
    if let Some(old) = &before.client {
        let flat = clients::from_app(&body);
        if !flat["client_id"].is_null() && flat["client_id"] != json!(app.id) {
            let cause = "client_id: The field can't be changed.";
            return Err(Refusal::validation("client_id", cause));
        }
        app.client = Some(read_client(ask, &flat, Some(old)).map_err(invalid)?);
    }
    app.touch(ask.org.now());
    ask.changes(format!("app {}", app.id));
    let shown = show::app(&app, &ask.org.url);
    world.apps.insert(app.id.clone(), app);
    Ok(Answer::ok(shown))
}

/// Everything a client leaves behind goes with it.
pub(super) fn forget_client(world: &mut World, id: &str) {
    let who = Principal::Client(id.to_owned());
    world.assignments.retain(|it| it.who != who);
    world.desk.revoke_all(|given| given.client.as_deref() == Some(id));
}

/// Deletes an app that was deactivated.
pub(crate) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let app = ask.app(&world)?;
    may_change(ask, &world, app)?;
    if app.status == "ACTIVE" {
        return Err(Refusal::app_is_active());
    }
    let id = app.id.clone();
    world.apps.remove(&id);
    forget_client(&mut world, &id);
    ask.changes(format!("app deleted {id}"));
    Ok(Answer::empty(204))
}

fn turn(ask: &Ask<'_>, status: &str) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    may_change(ask, &world, ask.app(&world)?)?;
    let app = ask.app_mut(&mut world)?;
    if app.status != status {
        app.status = status.into();
        app.touch(ask.org.now());
        ask.changes(format!("app {} {}", status.to_lowercase(), app.id));
    }
    if status == "INACTIVE" {
        let id = app.id.clone();
        world
            .desk
            .revoke_all(|given| given.client.as_deref() == Some(id.as_str()));
    }
    Ok(Answer::empty(200))
}

/// Activates an app.
pub(crate) fn activate(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    turn(ask, "ACTIVE")
}

/// Deactivates an app: what it was given is revoked.
pub(crate) fn deactivate(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    turn(ask, "INACTIVE")
}

/// People assigned to an app.
pub(crate) fn users(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let page = Page::read(ask, Some(50), 500)?;
    let world = ask.org.world();
    let app = ask.app(&world)?;
    let wanted = |person: &crate::world::Person| {
        ask.query("q").is_none_or(|q| {
            [&person.first, &person.last, &person.login]
                .iter()
                .any(|text| begins(text, q))
        })
    };
    Ok(page.of_ids(ask, &app.assigned, &world.people, wanted, |person| {
        show::app_user(app, person, &ask.org.url)
    }))
}
