//! A single review: itself, whose access it is about, its history, and what is done to the whole of it.

use super::settings::summaries;
use super::{begin, is_odd, listed, named, odd, page, view};
use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::world::World;
use crate::world::admins::{self, Kind, Principal, custom};
use crate::world::reviews::review::{Event, Review, Status};
use crate::world::reviews::{Governance, summary as ai};
use serde_json::{Value, json};

/// The review, which was just found.
pub(super) fn get_review<'w>(governance: &'w Governance, id: &str) -> Result<&'w Review, Refusal> {
    governance.reviews.get(id).ok_or_else(Refusal::no_resource)
}

/// One.
pub(crate) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let by = begin(ask, &mut world);
    let id = named(ask, &world, &by)?;
    let shown = view(ask, &world.people).review(get_review(&world.governance, &id)?, true);
    let shown = if is_odd(ask) { odd::review(shown) } else { shown };
    let here = shown.pointer("/_links/securityAccessReviewDetails/href");
    let links = here
        .and_then(Value::as_str)
        .map(|here| format!("<{here}>; rel=\"self\""));
    Ok(Answer {
        links: links.into_iter().collect(),
        ..Answer::ok(shown)
    })
}

/// Okta admin roles somebody has: id and name.
fn roles(world: &World, user: &str) -> Vec<(String, String)> {
    let all = admins::of(world, &Principal::User(user.to_owned()));
    all.iter()
        .map(|it| match &it.kind {
            Kind::Standard(role) => (it.id.clone(), role.label.to_owned()),
            Kind::Custom { role, .. } => (role.clone(), custom::label(world, role).unwrap_or_default()),
        })
        .collect()
}

/// Whose access it is about.
pub(crate) fn principal(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let by = begin(ask, &mut world);
    let id = named(ask, &world, &by)?;
    let review = get_review(&world.governance, &id)?;
    let roles = roles(&world, &review.principal);
    let shown = view(ask, &world.people).principal(review, &roles);
    Ok(Answer::ok(if is_odd(ask) { odd::profile(shown) } else { shown }))
}

/// What the AI says of the whole review; asked again, it says it anew.
pub(crate) fn summary(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let by = begin(ask, &mut world);
    let id = named(ask, &world, &by)?;
    let made = summaries(ask, &world)?;
    let Some((review, _)) = world.governance.open(&id) else {
        return Err(Refusal::no_resource());
    };
    Ok(made.answer(ask, ai::of_review(review), &mut review.summary))
}

/// What can be done to it now.
pub(crate) fn actions(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let by = begin(ask, &mut world);
    let id = named(ask, &world, &by)?;
    let can = possible(get_review(&world.governance, &id)?);
    let mut data: Vec<Value> = can.iter().map(|it| json!({ "actionType": it })).collect();
    if is_odd(ask) {
        data.push(json!({ "actionType": odd::ACTION }));
    }
    Ok(Answer::ok(json!({ "data": data })))
}

fn possible(review: &Review) -> Vec<&'static str> {
    match review.status {
        Status::Active if review.has_revoked() => vec!["CLOSE_REVIEW", "RESTORE_ALL_ACCESS"],
        Status::Active => vec!["CLOSE_REVIEW"],
        Status::Pending | Status::Closed | Status::Error => Vec::new(),
    }
}

/// Closes it for good, or gives everything back.
pub(crate) fn act(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let mut world = ask.org.world();
    let by = begin(ask, &mut world);
    let id = named(ask, &world, &by)?;
    let (review, mut ids) = world.governance.open(&id).ok_or_else(Refusal::no_resource)?;
    let Some(wanted) = body["actionType"].as_str() else {
        return Err(Refusal::validation("actionType", "actionType is required"));
    };
    let now = ask.org.now();
    match wanted {
        "CLOSE_REVIEW" | "RESTORE_ALL_ACCESS" if !possible(review).contains(&wanted) => {
            let says = format!("The action {wanted} isn't available for this review");
            return Err(Refusal::validation("actionType", says));
        }
        "CLOSE_REVIEW" => {
            review.updated_by = super::id_of(&by).to_owned();
            review.close(by, now, &mut ids);
        }
        "RESTORE_ALL_ACCESS" => review.restore_all(by, ask.org.faults.paced(), now, &mut ids),
        _ => {
            let says = "actionType must be CLOSE_REVIEW or RESTORE_ALL_ACCESS";
            return Err(Refusal::validation("actionType", says));
        }
    }
    ask.changes(format!("access review {id}"));
    Ok(Answer::empty(202))
}

/// What happened, the latest first.
pub(crate) fn history(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let by = begin(ask, &mut world);
    let id = named(ask, &world, &by)?;
    let all: Vec<&Event> = get_review(&world.governance, &id)?.history.iter().rev().collect();
    let view = view(ask, &world.people);
    let cut = page(ask, None, &all, |event| &event.id)?;
    Ok(listed(cut, |event| {
        let mut shown = view.event(event);
        if is_odd(ask) && shown.get("principalProfile").is_some() {
            shown["principalProfile"] = odd::profile(shown["principalProfile"].take());
        }
        shown
    }))
}

/// Adds a comment: it is read back in the history.
pub(crate) fn comment(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let mut world = ask.org.world();
    let by = begin(ask, &mut world);
    let id = named(ask, &world, &by)?;
    let text = body["comment"].as_str().unwrap_or_default();
    if !(1..=1000).contains(&text.chars().count()) {
        let says = "comment must have between 1 and 1000 characters";
        return Err(Refusal::validation("comment", says));
    }
    let (review, mut ids) = world.governance.open(&id).ok_or_else(Refusal::no_resource)?;
    if review.status != Status::Active {
        return Err(Refusal::validation(
            "status",
            "Comments can be added to active reviews only",
        ));
    }
    review.tell(&mut ids, ask.org.now(), by, text);
    ask.changes(format!("access review {id}"));
    Ok(Answer::empty(204))
}
