//! The list of reviews, and how many there are.

use super::{Sees, begin, filter, is_odd, listed, odd, order, page, view};
use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::world::World;
use crate::world::reviews::query::Field;
use crate::world::reviews::review::{Review, Status};
use crate::world::when;
use serde_json::json;

const FILTERED: &[(&str, Field)] = &[
    ("name", Field::Text),
    ("status", Field::Text),
    ("reviewer.name", Field::Text),
    ("created", Field::Date),
];

const SORTED: &[&str] = &["name", "created", "endTime", "status", "id"];

fn values(world: &World, review: &Review, field: &str) -> Vec<String> {
    match field {
        "name" => vec![review.name.clone()],
        "status" => vec![review.status.word().to_owned()],
        "created" => vec![when::governance(review.created)],
        "reviewer.name" => {
            let people = review.reviewers.iter().filter_map(|id| world.people.get(id));
            people
                .flat_map(|it| {
                    [
                        it.first.clone(),
                        it.last.clone(),
                        format!("{} {}", it.first, it.last),
                    ]
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

fn key(review: &Review, field: &str) -> String {
    match field {
        "name" => review.name.to_lowercase(),
        "endTime" => when::governance(review.ends),
        "status" => review.status.word().to_owned(),
        "id" => review.id.clone(),
        _ => when::governance(review.created),
    }
}

/// The list.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let actor = begin(ask, &mut world);
    let world = &*world;
    let sees = Sees::of(ask, &actor)?;
    let (filter, order) = (filter(ask, FILTERED)?, order(ask, "created asc", SORTED)?);
    let wanted = |review: &&Review| {
        let holds = |it: &super::Asked| it.holds(&|field| values(world, review, field));
        sees.sees(review) && filter.as_ref().is_none_or(holds)
    };
    let mut found: Vec<&Review> = world.governance.reviews.values().filter(wanted).collect();
    order.sort(&mut found, |review| key(review, &order.field));
    let view = view(ask, &world.people);
    let cut = page(ask, Some(&order), &found, |review| &review.id)?;
    Ok(listed(cut, |review| {
        let shown = view.review(review, false);
        if is_odd(ask) { odd::review(shown) } else { shown }
    }))
}

/// How many of each status.
pub(crate) fn stats(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let actor = begin(ask, &mut world);
    let sees = Sees::of(ask, &actor)?;
    let count = |status| world.governance.count(status, |review| sees.sees(review));
    Ok(Answer::ok(json!({
        "activeCount": count(Status::Active),
        "pendingCount": count(Status::Pending),
        "errorCount": count(Status::Error),
        "closedCount": count(Status::Closed),
    })))
}
