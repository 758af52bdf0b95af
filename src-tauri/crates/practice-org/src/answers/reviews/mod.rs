//! Governance: security access reviews, for admins (`/governance/api/v2/security-access-reviews`) and for reviewers (`…/my/…`),
//! and what stands beside them.

pub(crate) mod access;
pub(crate) mod delegates;
pub(crate) mod items;
pub(crate) mod launch;
pub(crate) mod list;
pub(crate) mod odd;
pub(crate) mod one;
pub(crate) mod settings;

use super::listing::{Cut, Place};
use super::paging::read_cursor;
use super::{Answer, Ask};
use crate::errors::Refusal;
use crate::switches::Switch;
use crate::world::admins::Principal;
use crate::world::filter::Unreadable;
use crate::world::reviews::query::{Asked, Field, Order};
use crate::world::reviews::review::{Actor, Review};
use crate::world::reviews::show::View;
use crate::world::{Person, World};
use std::collections::BTreeMap;

/// Items of a page, where none are asked for, and at most.
const PAGE: (usize, usize) = (20, 200);

const ADMIN: &str = "/governance/api/v2/security-access-reviews";
const MINE: &str = "/governance/api/v2/my/security-access-reviews";

/// The call is a reviewer's own.
fn is_mine(ask: &Ask<'_>) -> bool {
    ask.path.starts_with("/governance/api/v2/my/")
}

/// Who asks. What the org does itself (in tests) is Robin Keller's.
fn actor(ask: &Ask<'_>, world: &World) -> Actor {
    match &ask.caller.who {
        Principal::Org => Actor::User(world.owner.clone()),
        Principal::User(id) => Actor::User(id.clone()),
        Principal::Client(id) => Actor::Client(id.clone()),
    }
}

/// Id of the user or client who asks.
fn id_of(actor: &Actor) -> &str {
    match actor {
        Actor::User(id) | Actor::Client(id) => id,
        Actor::System => "",
    }
}

/// The user who asks: only users have reviews, settings and delegates of their own.
///
/// # Errors
/// It is a client.
fn user(actor: &Actor) -> Result<&str, Refusal> {
    match actor {
        Actor::User(id) => Ok(id),
        Actor::Client(_) | Actor::System => Err(Refusal::forbidden()),
    }
}

/// What one may see: every review, or those one is a reviewer of.
struct Sees {
    reviewer: Option<String>,
}

impl Sees {
    /// # Errors
    /// A client asks for its own.
    fn of(ask: &Ask<'_>, actor: &Actor) -> Result<Self, Refusal> {
        let reviewer = if is_mine(ask) {
            Some(user(actor)?.to_owned())
        } else {
            None
        };
        Ok(Self { reviewer })
    }

    fn sees(&self, review: &Review) -> bool {
        self.reviewer.as_deref().is_none_or(|user| review.is_for(user))
    }
}

/// Lets happen what is due, and tells who asks.
fn begin(ask: &Ask<'_>, world: &mut World) -> Actor {
    world.governance.settle(ask.org.now());
    actor(ask, world)
}

/// Id of the review the path names, if it is there for whom asks.
///
/// # Errors
/// It is not.
fn named(ask: &Ask<'_>, world: &World, actor: &Actor) -> Result<String, Refusal> {
    let sees = Sees::of(ask, actor)?;
    let id = ask.param("securityAccessReviewId");
    let found = world
        .governance
        .reviews
        .get(id)
        .filter(|review| sees.sees(review));
    found
        .map(|review| review.id.clone())
        .ok_or_else(Refusal::no_resource)
}

/// How things are shown to whom asks.
fn view<'a>(ask: &'a Ask<'_>, people: &'a BTreeMap<String, Person>) -> View<'a> {
    let family = if is_mine(ask) { MINE } else { ADMIN };
    View {
        base: format!("{}{family}", ask.org.admin()),
        org: &ask.org.url,
        people,
    }
}

/// Answers hold values nobody has published.
fn is_odd(ask: &Ask<'_>) -> bool {
    ask.org.faults.is_on(Switch::UnknownValues)
}

/// `filter`.
///
/// # Errors
/// It can't be read.
fn filter(ask: &Ask<'_>, fields: &[(&str, Field)]) -> Result<Option<Asked>, Refusal> {
    let asked = ask.query("filter").map(|text| Asked::read(text, fields));
    asked.transpose().map_err(|Unreadable| Refusal::wrong_filter())
}

/// `orderBy`, or the usual one.
///
/// # Errors
/// It can't be read.
fn order(ask: &Ask<'_>, usual: &str, fields: &[&str]) -> Result<Order, Refusal> {
    let text = ask.query("orderBy").unwrap_or(usual);
    Order::read(text, fields).map_err(|Unreadable| Refusal::wrong_order())
}

/// The page asked for of a list that is sorted already.
///
/// # Errors
/// `after` or `limit` makes no sense.
fn page<'i, T>(
    ask: &Ask<'_>,
    order: Option<&Order>,
    items: &'i [T],
    id: impl Fn(&T) -> &str,
) -> Result<Cut<&'i T>, Refusal> {
    let limit = match ask.query("limit") {
        None => PAGE.0,
        Some(text) => match text.parse::<usize>() {
            Ok(limit) if (1..=PAGE.1).contains(&limit) => limit,
            Ok(_) | Err(_) => return Err(Refusal::wrong_limit()),
        },
    };
    let after = match ask.query("after") {
        None => None,
        Some(text) => Some(read_cursor(text).ok_or_else(Refusal::wrong_after)?),
    };
    let start = match &after {
        // An empty page's cursor leads to the start.
        None => 0,
        Some(last) if last.is_empty() => 0,
        Some(last) => {
            let at = items.iter().position(|item| id(item) == last);
            at.ok_or_else(Refusal::wrong_after)? + 1
        }
    };
    let origin = ask.org.admin();
    let mut query = Vec::new();
    if let Some(filter) = ask.query("filter") {
        query.push(("filter", filter.to_owned()));
    }
    query.push(("limit", limit.to_string()));
    if let Some(order) = order {
        query.push(("orderBy", order.text()));
    }
    let place = Place {
        origin: &origin,
        path: ask.path,
        query,
    };
    let rest = items[start..].iter().map(|item| (id(item), item));
    Ok(Cut::of(ask, &place, after.as_deref(), limit, rest))
}

/// An answer of a list.
fn listed<T>(cut: Cut<T>, show: impl Fn(T) -> serde_json::Value) -> Answer {
    cut.answer("data", true, &[], show)
}
