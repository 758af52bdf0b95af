//! Dynamic client registration: the same clients as the apps of the key `oidc_client`, seen through `/oauth2/v1/clients`.

use super::apps::{forget_client, may_change, read_client};
use super::paging::Page;
use super::{Answer, Ask};
use crate::errors::Refusal;
use crate::gate::id;
use crate::oauth_errors::CLIENT_METADATA;
use crate::world::clients::{self, APP, Client};
use crate::world::{App, World};
use serde_json::{Value, json};

fn no_client(id: &str) -> Refusal {
    Refusal::not_found(id, "PublicClientApp")
}

fn metadata(cause: impl Into<String>) -> Refusal {
    Refusal::oauth(CLIENT_METADATA).saying(cause.into())
}

/// The client the path names.
///
/// # Errors
/// There is none of that id.
pub(super) fn named<'w>(ask: &Ask<'_>, world: &'w World) -> Result<(&'w App, &'w Client), Refusal> {
    let id = ask.param("clientId");
    world
        .apps
        .get(id)
        .and_then(|app| app.client.as_ref().map(|client| (app, client)))
        .ok_or_else(|| no_client(id))
}

fn name(body: &Value) -> Result<&str, Refusal> {
    body["client_name"]
        .as_str()
        .filter(|name| !name.trim().is_empty())
        .ok_or_else(|| metadata("`client_name`: The field can't be left blank."))
}

/// The list.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let page = Page::read(ask, Some(50), 200)?;
    let wanted = |app: &App| {
        app.client.is_some()
            && ask
                .query("q")
                .is_none_or(|q| app.label.to_lowercase().starts_with(&q.to_lowercase()) || app.id == q)
    };
    Ok(page.of(ask, &ask.org.world().apps, wanted, |app| {
        app.client
            .as_ref()
            .map_or(Value::Null, |client| clients::dynamic(app, client, false))
    }))
}

/// One client.
pub(crate) fn one(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let world = ask.org.world();
    let (app, client) = named(ask, &world)?;
    Ok(Answer::ok(clients::dynamic(app, client, false)))
}

/// Registers a client.
pub(crate) fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let mut app = App::new(&id("0oa"), APP, name(&body)?);
    let flat = clients::from_client(&body, None);
    let client = read_client(ask, &flat, None).map_err(|wrong| metadata(wrong.cause))?;
    let shown = clients::dynamic(&app, &client, true);
    app.client = Some(client);
    app.touch(ask.org.now());
    ask.changes(format!("app {}", app.id));
    ask.org.world().apps.insert(app.id.clone(), app);
    Ok(Answer {
        status: 201,
        ..Answer::ok(shown)
    })
}

/// Puts a client in place of one: what is left out is gone, its keys too.
pub(crate) fn replace(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let mut world = ask.org.world();
    let (app, old) = named(ask, &world)?;
    may_change(ask, &world, app)?;
    if !body["client_id"].is_null() && body["client_id"] != json!(app.id) {
        return Err(metadata("client_id: The field can't be changed."));
    }
    let label = name(&body)?;
    let flat = clients::from_client(&body, Some(old));
    let client = read_client(ask, &flat, Some(old)).map_err(|wrong| metadata(wrong.cause))?;
    let mut app = app.clone();
    app.label = label.to_owned();
    let shown = clients::dynamic(&app, &client, true);
    app.client = Some(client);
    app.touch(ask.org.now());
    ask.changes(format!("app {}", app.id));
    world.apps.insert(app.id.clone(), app);
    Ok(Answer::ok(shown))
}

/// Deletes a client, active or not.
pub(crate) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let (app, _) = named(ask, &world)?;
    may_change(ask, &world, app)?;
    let id = app.id.clone();
    world.apps.remove(&id);
    forget_client(&mut world, &id);
    ask.changes(format!("app deleted {id}"));
    Ok(Answer::empty(204))
}
