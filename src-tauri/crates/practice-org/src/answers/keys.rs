//! Public keys of OAuth 2.0 clients. A key is named by its id or its `kid`.

use super::apps::may_change;
use super::{Answer, Ask};
use crate::errors::Refusal;
use crate::gate::id;
use crate::world::World;
use crate::world::clients::{Client, Key, MOST_KEYS, public_members};
use serde_json::{Value, json};

fn invalid(cause: impl Into<String>) -> Refusal {
    Refusal::validation("JsonWebKey", cause)
}

fn client<'w>(ask: &Ask<'_>, world: &'w World) -> Result<&'w Client, Refusal> {
    let app = ask.app(world)?;
    app.client
        .as_ref()
        .ok_or_else(|| Refusal::not_found(&app.id, "PublicClientApp"))
}

fn client_mut<'w>(ask: &Ask<'_>, world: &'w mut World) -> Result<&'w mut Client, Refusal> {
    may_change(ask, world, ask.app(world)?)?;
    let app = ask.app_mut(world)?;
    let no_client = Refusal::not_found(&app.id, "PublicClientApp");
    app.touch(ask.org.now());
    app.client.as_mut().ok_or(no_client)
}

fn no_key(ask: &Ask<'_>) -> Refusal {
    Refusal::not_found(ask.param("keyId"), "JsonWebKey")
}

fn position(ask: &Ask<'_>, client: &Client) -> Result<usize, Refusal> {
    let name = ask.param("keyId");
    client
        .keys
        .iter()
        .position(|key| key.is(name))
        .ok_or_else(|| no_key(ask))
}

fn shown(ask: &Ask<'_>, key: &Key) -> Value {
    key.show(ask.param("appId"), &ask.org.url)
}

/// All keys.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let world = ask.org.world();
    let keys: Vec<Value> = client(ask, &world)?
        .keys
        .iter()
        .map(|key| shown(ask, key))
        .collect();
    Ok(Answer::ok(json!(keys)))
}

/// One key.
pub(crate) fn one(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let world = ask.org.world();
    let client = client(ask, &world)?;
    Ok(Answer::ok(shown(ask, &client.keys[position(ask, client)?])))
}

/// Adds a key.
pub(crate) fn add(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let now = ask.org.now();
    let mut world = ask.org.world();
    let client = client_mut(ask, &mut world)?;
    let jwk = public_members(&body).map_err(invalid)?;
    let key = Key {
        id: id("pks"),
        active: body["status"] != "INACTIVE",
        created: now,
        updated: now,
        jwk,
    };
    if client.keys.len() >= MOST_KEYS {
        return Err(invalid(
            "You can't create a new key. You have reached the maximum number of keys allowed (50). To add another key, you must first delete an existing one.",
        ));
    }
    if client.keys.iter().any(|had| had.kid().is_none()) || key.kid().is_none() && !client.keys.is_empty() {
        return Err(invalid(
            "Each key should have a unique kid when adding multiple keys. Use the Apps API to update the JWKS to add a kid for the existing key, or delete the existing key and re-add the key with a kid using the JWKS APIs.",
        ));
    }
    if client.keys.iter().any(|had| had.kid() == key.kid()) {
        return Err(invalid("All keys in the 'jwks' must have a unique `kid`."));
    }
    ask.changes(format!("key {} {}", key.id, ask.param("appId")));
    let shown = shown(ask, &key);
    client.keys.push(key);
    Ok(Answer {
        status: 201,
        ..Answer::ok(shown)
    })
}

/// Deletes a key that was deactivated.
pub(crate) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let client = client_mut(ask, &mut world)?;
    let at = position(ask, client)?;
    if client.keys[at].active {
        return Err(invalid(
            "You can't delete an active JSON Web Key. Deactivate the key before deleting it.",
        ));
    }
    let key = client.keys.remove(at);
    ask.changes(format!("key deleted {} {}", key.id, ask.param("appId")));
    Ok(Answer::empty(204))
}

fn turn(ask: &Ask<'_>, active: bool) -> Result<Answer, Refusal> {
    let now = ask.org.now();
    let mut world = ask.org.world();
    let client = client_mut(ask, &mut world)?;
    let at = position(ask, client)?;
    let only = client.keys[at].active && client.active_keys().count() == 1;
    if !active && only && client.auth == "private_key_jwt" && client.jwks_uri.is_none() {
        return Err(invalid(
            "Can't deactivate the only active JSON Web Key when the value for `token_endpoint_auth_method` is `private_key_jwt`.",
        ));
    }
    let key = &mut client.keys[at];
    if key.active != active {
        (key.active, key.updated) = (active, now);
        let what = if active { "activated" } else { "deactivated" };
        ask.changes(format!("key {what} {} {}", key.id, ask.param("appId")));
    }
    Ok(Answer::ok(shown(ask, &client.keys[at])))
}

/// Activates a key.
pub(crate) fn activate(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    turn(ask, true)
}

/// Deactivates a key.
pub(crate) fn deactivate(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    turn(ask, false)
}
