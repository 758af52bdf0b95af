//! Access items and sub-access items of a review.

use super::one::get_review;
use super::settings::summaries;
use super::{begin, filter, is_odd, listed, named, odd, order, page, view};
use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::world::reviews::item::Item;
use crate::world::reviews::query::{Asked, Field};
use crate::world::reviews::remedy::Act;
use crate::world::reviews::review::{Cannot, Review, Status};
use crate::world::reviews::show::anomaly;
use crate::world::reviews::summary as ai;
use serde_json::{Value, json};

const FILTERED: &[(&str, Field)] = &[
    ("name", Field::Text),
    ("priority", Field::Text),
    ("sodConflictSeverity", Field::Text),
    ("assignmentMethodSeverity", Field::Text),
    ("pastGovernanceDecisionsSeverity", Field::Text),
    ("usageHistorySeverity", Field::Text),
    ("governanceLabel", Field::Text),
    // Below an app alone.
    ("resourceType", Field::Text),
];

/// What the list of apps may be filtered by.
const APPS: usize = FILTERED.len() - 1;

fn values(item: &Item, field: &str) -> Vec<String> {
    match field {
        "name" => vec![item.name.clone()],
        "priority" => vec![item.severity.word().to_owned()],
        "resourceType" => vec![item.kind.word().to_owned()],
        "governanceLabel" => {
            let labels = item.facts.labels.iter();
            labels
                .flat_map(|(name, value)| [(*name).to_owned(), (*value).to_owned()])
                .collect()
        }
        other => item
            .severity_of(other)
            .map(|it| it.word().to_owned())
            .into_iter()
            .collect(),
    }
}

fn wanted<'i>(items: &'i [Item], filter: Option<&Asked>) -> Vec<&'i Item> {
    let holds = |item: &&Item| filter.is_none_or(|it| it.holds(&|field| values(item, field)));
    items.iter().filter(holds).collect()
}

/// What is there to see: nothing before the data is gathered.
fn gathered(review: &Review) -> &[Item] {
    match review.status {
        Status::Pending | Status::Error => &[],
        Status::Active | Status::Closed => &review.items,
    }
}

/// The apps somebody has access to.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let by = begin(ask, &mut world);
    let id = named(ask, &world, &by)?;
    let review = get_review(&world.governance, &id)?;
    let filter = filter(ask, &FILTERED[..APPS])?;
    let order = order(
        ask,
        "priority desc",
        &["priority", "lastAccess", "accessFrequency"],
    )?;
    let mut found = wanted(gathered(review), filter.as_ref());
    match order.field.as_str() {
        "lastAccess" => order.sort(&mut found, |item| item.facts.last_access),
        "accessFrequency" => order.sort(&mut found, |item| item.facts.usage),
        _ => order.sort(&mut found, |item| item.severity),
    }
    let view = view(ask, &world.people);
    let cut = page(ask, Some(&order), &found, |item| &item.id)?;
    Ok(listed(cut, |item| {
        let shown = view.access(review, item);
        if is_odd(ask) { odd::item(shown) } else { shown }
    }))
}

/// What hangs below an app.
pub(crate) fn below(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let by = begin(ask, &mut world);
    let id = named(ask, &world, &by)?;
    let review = get_review(&world.governance, &id)?;
    let app = ask.param("securityAccessReviewAccessId");
    let app = gathered(review).iter().find(|item| item.id == app);
    let app = app.ok_or_else(Refusal::no_resource)?;
    let filter = filter(ask, FILTERED)?;
    let order = order(ask, "priority desc", &["priority"])?;
    let mut found = wanted(&app.subs, filter.as_ref());
    order.sort(&mut found, |item| item.severity);
    let view = view(ask, &world.people);
    let cut = page(ask, Some(&order), &found, |item| &item.id)?;
    Ok(listed(cut, |item| {
        let shown = view.sub_access(review, item);
        if is_odd(ask) { odd::item(shown) } else { shown }
    }))
}

/// The item the path names.
fn target<'w>(ask: &Ask<'_>, review: &'w Review) -> Result<&'w Item, Refusal> {
    let wanted = ask.param("securityAccessReviewTargetId");
    let there = !gathered(review).is_empty();
    review
        .item(wanted)
        .filter(|_| there)
        .ok_or_else(Refusal::no_resource)
}

/// What looks odd about it.
pub(crate) fn anomalies(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let by = begin(ask, &mut world);
    let id = named(ask, &world, &by)?;
    let review = get_review(&world.governance, &id)?;
    let item = target(ask, review)?;
    let mut data: Vec<Value> = item
        .anomalies
        .iter()
        .map(|it| anomaly(it, review.created))
        .collect();
    if is_odd(ask) {
        data.push(odd::anomaly());
    }
    Ok(Answer::ok(json!({ "data": data })))
}

/// What the AI says of it.
pub(crate) fn summary(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let mut world = ask.org.world();
    let by = begin(ask, &mut world);
    let id = named(ask, &world, &by)?;
    let found = target(ask, get_review(&world.governance, &id)?)?.id.clone();
    let made = summaries(ask, &world)?;
    let open = world.governance.open(&id);
    let Some(item) = open.and_then(|(review, _)| review.item_mut(&found)) else {
        return Err(Refusal::no_resource());
    };
    Ok(made.answer(ask, ai::of_item(item), &mut item.summary))
}

/// Takes it away, gives it back, or puts it on somebody's desk. There is no job to ask after: the item tells.
pub(crate) fn act(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.json()?;
    let mut world = ask.org.world();
    let by = begin(ask, &mut world);
    let id = named(ask, &world, &by)?;
    let found = target(ask, get_review(&world.governance, &id)?)?.id.clone();
    let Some(word) = body["type"].as_str() else {
        return Err(Refusal::validation("type", "type is required"));
    };
    let act = Act::read(word)
        .ok_or_else(|| Refusal::validation("type", format!("{word} is not a supported action")))?;
    let (review, mut ids) = world.governance.open(&id).ok_or_else(Refusal::no_resource)?;
    let pace = ask.org.faults.paced();
    match review.act(&found, act, by, pace, ask.org.now(), &mut ids) {
        Ok(()) => {
            ask.changes(format!("access {found}"));
            Ok(Answer::empty(202))
        }
        Err(Cannot::NoItem) => Err(Refusal::no_resource()),
        Err(Cannot::NotActive) => Err(Refusal::validation("status", "The review isn't active")),
        Err(Cannot::NotSupported) => Err(Refusal::validation(
            "type",
            format!("The action {word} isn't supported for this access now"),
        )),
    }
}
