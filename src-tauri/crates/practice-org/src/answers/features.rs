//! Provisioning features.

use super::{Answer, Ask};
use crate::errors::Refusal;
use crate::world::App;
use crate::world::feature::{self, Wrong};
use serde_json::Value;

/// Okta's two refusals for an app without features.
fn ready(app: &App) -> Result<(), Refusal> {
    if !app.supported() {
        return Err(Refusal::validation("feature", "Provisioning is not supported."));
    }
    if !app.connection.enabled {
        return Err(Refusal::validation(
            "feature",
            "Provisioning is not enabled for the app instance.",
        ));
    }
    Ok(())
}

/// The feature asked for. An unknown name is refused before the app is looked for, as recorded.
fn named<'a>(ask: &'a Ask<'_>) -> Result<&'a str, Refusal> {
    let name = ask.param("featureName");
    if feature::NAMES.contains(&name) {
        Ok(name)
    } else {
        Err(Refusal::not_found(name, "PublicAppFeatureSetName"))
    }
}

fn has(app: &App, name: &str) -> Result<(), Refusal> {
    if name == feature::INBOUND && !app.has_inbound() {
        return Err(Refusal::not_found(name, "PublicAppFeatureSetName"));
    }
    Ok(())
}

/// Every feature of an app.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let world = ask.org.world();
    let app = ask.app(&world)?;
    ready(app)?;
    let names = feature::NAMES.iter().filter(|name| has(app, name).is_ok());
    Ok(Answer::ok(
        names
            .map(|name| feature::answer(app, name, &ask.org.url))
            .collect::<Vec<Value>>()
            .into(),
    ))
}

/// One feature.
pub(crate) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let name = named(ask)?;
    let world = ask.org.world();
    let app = ask.app(&world)?;
    ready(app)?;
    has(app, name)?;
    Ok(Answer::ok(feature::answer(app, name, &ask.org.url)))
}

/// Changes a feature. A body that can't be read is refused first, as recorded.
pub(crate) fn put(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let name = named(ask)?;
    let mut world = ask.org.world();
    let app = ask.app_mut(&mut world)?;
    ready(app)?;
    has(app, name)?;
    feature::put(app, name, &body, &ask.org.faults.ignored_settings()).map_err(|wrong| match wrong {
        Wrong::Malformed => Refusal::malformed(),
        Wrong::Cause(cause) => Refusal::validation("feature", cause),
    })?;
    ask.changes(format!("feature {name} {}", app.id));
    Ok(Answer::ok(feature::answer(app, name, &ask.org.url)))
}
