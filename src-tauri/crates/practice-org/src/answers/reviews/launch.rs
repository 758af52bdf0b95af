//! Launching a review, and changing its end and reviewers.

use super::{begin, id_of, named, view};
use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::switches::Switch;
use crate::world::admins::{self, Right};
use crate::world::reviews::review::{Review, Status};
use crate::world::reviews::wanted::{Launch, Unfit, change as changed};

impl From<Unfit> for Refusal {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::Property(what, says) => Self::validation(what, says),
            Unfit::NoPrincipal => Self::no_principal(),
        }
    }
}

/// A new review: pending until its data is gathered. What it holds is what the person has now.
pub(crate) fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let mut world = ask.org.world();
    let by = begin(ask, &mut world);
    // A custom role needs this permission besides (Okta's guide).
    if admins::right(&world, &ask.caller.who, "okta.users.read") != Right::Yes {
        return Err(Refusal::forbidden());
    }
    let now = ask.org.now();
    let launch = Launch::read(&body, &world.people, now)?;
    let world = &mut *world;
    let fails = ask.org.faults.is_on(Switch::ReviewFails);
    let items = if fails {
        Vec::new()
    } else {
        world.governance.gather(&world.apps, &launch.principal, now)
    };
    let id = world.governance.fresh("sar1p");
    let mut review = Review {
        id: id.clone(),
        name: launch.name,
        status: Status::Pending,
        principal: launch.principal,
        reviewers: launch.reviewers,
        ends: launch.ends,
        created: now,
        created_by: id_of(&by).to_owned(),
        updated: now,
        updated_by: id_of(&by).to_owned(),
        due: now + ask.org.faults.paced().gathering,
        fails,
        items,
        history: Vec::new(),
        summary: None,
    };
    let message = format!("created {}", review.name);
    review.tell(&mut world.governance.ids(), now, by, message);
    ask.changes(format!("access review {id}"));
    let shown = view(ask, &world.people).review(&review, true);
    world.governance.reviews.insert(id, review);
    Ok(Answer {
        status: 202,
        ..Answer::ok(shown)
    })
}

/// Another end, other reviewers.
pub(crate) fn change(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let mut world = ask.org.world();
    let by = begin(ask, &mut world);
    let id = named(ask, &world, &by)?;
    let (world, now) = (&mut *world, ask.org.now());
    let (review, mut ids) = world.governance.open(&id).ok_or_else(Refusal::no_resource)?;
    let told = changed(review, &body, &world.people, now)?;
    if !told.is_empty() {
        (review.updated, review.updated_by) = (now, id_of(&by).to_owned());
        ask.changes(format!("access review {id}"));
    }
    for message in told {
        review.tell(&mut ids, now, by.clone(), message);
    }
    Ok(Answer::ok(view(ask, &world.people).review(review, true)))
}
