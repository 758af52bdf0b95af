//! Custom roles, resource sets and bindings: `/api/v1/iam`.

pub(crate) mod bindings;
pub(crate) mod permissions;
pub(crate) mod resources;
pub(crate) mod roles;
pub(crate) mod sets;

use super::listing::{Cut, Place};
use super::paging::read_cursor;
use super::{Answer, Ask};
use crate::errors::Refusal;
use crate::world::iam::resource::ResourceSet;
use crate::world::iam::role::Role;
use crate::world::iam::{Iam, Wrong};
use serde_json::Value;

/// Items of a page (Okta: 100).
const PAGE: usize = 100;

impl From<Wrong> for Refusal {
    fn from(wrong: Wrong) -> Self {
        Self::validation(wrong.what, wrong.says)
    }
}

/// What stands in the path, its escapes undone: labels may hold spaces.
fn named(ask: &Ask<'_>, name: &str) -> String {
    let text = ask.param(name).replace('+', "%2B");
    url::form_urlencoded::parse(text.as_bytes())
        .map(|(name, value)| {
            if value.is_empty() {
                name.into_owned()
            } else {
                format!("{name}={value}")
            }
        })
        .collect::<Vec<_>>()
        .join("&")
}

/// The role the path names, by id or label.
///
/// # Errors
/// There is none.
fn role<'w>(ask: &Ask<'_>, iam: &'w Iam) -> Result<&'w Role, Refusal> {
    let wanted = named(ask, "roleIdOrLabel");
    iam.role(&wanted)
        .ok_or_else(|| Refusal::not_found(&wanted, "CustomRole"))
}

/// The resource set the path names, by id or label.
///
/// # Errors
/// There is none.
fn set<'w>(ask: &Ask<'_>, iam: &'w Iam) -> Result<&'w ResourceSet, Refusal> {
    let wanted = named(ask, "resourceSetIdOrLabel");
    iam.set(&wanted)
        .ok_or_else(|| Refusal::not_found(&wanted, "IAMPolicy"))
}

/// A page of what is sorted by id.
///
/// # Errors
/// `after` is not a cursor.
fn page<'i, T>(
    ask: &Ask<'_>,
    origin: &str,
    limit: Option<usize>,
    items: impl Iterator<Item = (&'i str, T)>,
) -> Result<Cut<T>, Refusal> {
    let after = match ask.query("after") {
        None => None,
        Some(text) => Some(read_cursor(text).ok_or_else(Refusal::cursor)?),
    };
    let place = Place {
        origin,
        path: ask.path,
        query: limit
            .map(|limit| ("limit", limit.to_string()))
            .into_iter()
            .collect(),
    };
    let rest = items.filter(|(id, _)| after.as_deref().is_none_or(|after| *id > after));
    Ok(Cut::of(
        ask,
        &place,
        after.as_deref(),
        limit.unwrap_or(PAGE),
        rest,
    ))
}

/// `limit`, where the list takes one: at most 100.
///
/// # Errors
/// It is not a number above 0.
fn limit(ask: &Ask<'_>) -> Result<Option<usize>, Refusal> {
    let Some(text) = ask.query("limit") else {
        return Ok(None);
    };
    match text.parse::<usize>() {
        Ok(limit) if limit > 0 => Ok(Some(limit.min(PAGE))),
        Ok(_) | Err(_) => Err(Refusal::validation(
            "limit",
            "limit: The limit must be a number above 0.",
        )),
    }
}

/// The body, where one may be left out.
///
/// # Errors
/// It is not JSON.
fn body_or_none(ask: &Ask<'_>) -> Result<Value, Refusal> {
    if ask.body.is_empty() {
        Ok(Value::Null)
    } else {
        ask.json()
    }
}

/// `null` for no conditions.
///
/// # Errors
/// They are no object.
fn conditions(body: &Value) -> Result<Value, Refusal> {
    match &body["conditions"] {
        Value::Null => Ok(Value::Null),
        given @ Value::Object(_) => Ok(given.clone()),
        _ => Err(Refusal::validation(
            "conditions",
            "conditions: The conditions are not valid.",
        )),
    }
}

/// A 204.
fn done() -> Answer {
    Answer::empty(204)
}
