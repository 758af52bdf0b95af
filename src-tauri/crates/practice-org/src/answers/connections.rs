//! Provisioning connections and the end of a consent.

use super::{Answer, Ask, no_app};
use crate::errors::Refusal;
use crate::gate::random;
use crate::switches::Switch;
use crate::world::World;
use crate::world::connection::{self, Fresh};
use crate::world::jwk::Key;
use serde_json::json;

/// Reads a connection.
pub(crate) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let app = ask.app_mut(&mut world)?;
    Ok(Answer::ok(connection::answer(app, &ask.org.url)))
}

/// Saves a connection. For an app the API can't set up Okta answers 200 too, and changes nothing.
pub(crate) fn save(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let activate = match ask.query("activate").map(str::to_lowercase).as_deref() {
        Some("true") => true,
        None | Some("false") => false,
        Some(_) => {
            return Err(Refusal::validation(
                "activate",
                "activate: The value must be true or false.",
            ));
        }
    };
    let fresh = Fresh {
        state: random(32),
        key: Key::new(ask.org.now()),
    };
    let mut world = ask.org.world();
    let app = ask.app_mut(&mut world)?;
    if app.supported() {
        connection::save(app, &body, activate, fresh)
            .map_err(|cause| Refusal::validation("connection", cause))?;
        ask.changes(format!("connection {}", app.id));
    }
    Ok(Answer::ok(connection::answer(app, &ask.org.url)))
}

/// A connection's public keys.
pub(crate) fn jwks(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let app = ask.app_mut(&mut world)?;
    let keys: Vec<_> = app.connection.keys.iter().map(Key::public).collect();
    Ok(Answer::ok(json!({ "jwks": { "keys": keys } })))
}

/// Activates: 204 whether or not that changes anything, as recorded.
pub(crate) fn activate(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let app = ask.app_mut(&mut world)?;
    let was = app.connection.enabled;
    if !ask.org.faults.is_on(Switch::ActivateIgnored) {
        connection::activate(app);
    }
    if app.connection.enabled != was {
        ask.changes(format!("activation {}", app.id));
    }
    Ok(Answer::empty(204))
}

/// Deactivates: 204 whether or not that changes anything, as recorded.
pub(crate) fn deactivate(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let app = ask.app_mut(&mut world)?;
    if std::mem::take(&mut app.connection.enabled) {
        ask.changes(format!("deactivation {}", app.id));
    }
    Ok(Answer::empty(204))
}

/// Takes the code a consent page gave.
pub(crate) fn callback(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let (id, name) = (ask.param("appId"), ask.param("appName"));
    let given = |name| {
        ask.query(name)
            .ok_or_else(|| Refusal::validation("oauth", format!("{name}: The field cannot be left blank")))
    };
    let late = if ask.org.faults.is_on(Switch::ExpiredCode) {
        connection::CODE_LIFE + 1
    } else {
        0
    };
    let mut world = ask.org.world();
    let World { apps, codes, .. } = &mut *world;
    let app = apps.get_mut(id).filter(|app| app.name == name && app.consent());
    let app = app.ok_or_else(|| no_app(id))?;
    connection::callback(app, codes, given("code")?, given("state")?, ask.org.now() + late)
        .map_err(|cause| Refusal::validation("oauth", cause))?;
    ask.changes(format!("consent {}", app.id));
    Ok(Answer::empty(204))
}
