//! Governance settings of the org, AI summaries, and operations.

use super::begin;
use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::switches::Switch;
use crate::world::World;
use crate::world::reviews::settings::Unfit;
use serde_json::{Value, json};

impl From<Unfit> for Refusal {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::Missing => Self::settings(
                "missing required fields",
                "Governance settings is missing required fields".into(),
            ),
            Unfit::Property(name) => Self::settings(
                "has invalid properties",
                format!("Governance settings has invalid properties: {name}"),
            ),
        }
    }
}

/// AI summaries are on.
fn on(ask: &Ask<'_>, world: &World) -> bool {
    world.governance.settings.summaries && !ask.org.faults.is_on(Switch::AiOff)
}

/// AI summaries can be asked for.
pub(super) struct Summaries;

/// Looks whether AI summaries are on. What Okta answers where they are off is published nowhere; this is its code for a
/// feature that is not enabled.
///
/// # Errors
/// They are off.
pub(super) fn summaries(ask: &Ask<'_>, world: &World) -> Result<Summaries, Refusal> {
    if on(ask, world) {
        Ok(Summaries)
    } else {
        Err(Refusal::not_enabled())
    }
}

impl Summaries {
    /// The answer: the text, which is kept; or, inside a 200 too, why there is none.
    pub(super) fn answer(self, ask: &Ask<'_>, text: String, keep: &mut Option<String>) -> Answer {
        if ask.org.faults.is_on(Switch::AiFails) {
            return Answer::ok(json!({
                "message": "We couldn't generate a summary based on the available data. Please try again later.\n",
                "errors": [{
                    "errorCode": "summary.generator.not.available",
                    "errorMsg": "Summary generator is unable to generate summary based on available data. Report this error to customer support.",
                }],
            }));
        }
        let shown = json!({ "message": text });
        *keep = Some(text);
        Answer::ok(shown)
    }
}

fn shown(ask: &Ask<'_>, world: &World, all: bool) -> Value {
    world.governance.settings.shown(on(ask, world), all)
}

/// The settings.
pub(crate) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    Ok(Answer::ok(shown(ask, &ask.org.world(), true)))
}

/// Changes them.
pub(crate) fn change(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let mut world = ask.org.world();
    world.governance.settings.change(&body)?;
    ask.changes("governance settings".to_owned());
    Ok(Answer::ok(shown(ask, &world, false)))
}

/// An operation, and how far it is.
pub(crate) fn operation(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    begin(ask, &mut world);
    let found = world.governance.operations.get(ask.param("operationId"));
    let here = format!("{}{}", ask.org.admin(), ask.path);
    let found = found.ok_or_else(Refusal::no_resource)?;
    Ok(Answer::linked(found.shown(ask.org.now(), &here)))
}
