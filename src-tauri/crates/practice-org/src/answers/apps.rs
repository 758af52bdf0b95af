//! Apps and the people assigned to them.

use super::paging::Page;
use super::{Answer, Ask};
use crate::errors::Refusal;
use crate::world::filter::Filter;
use crate::world::{App, show};

/// Most apps a page has.
const MOST: usize = 200;

/// What a filter of the list may name.
const FILTERED: &[&str] = &["id", "status", "name"];

fn begins(text: &str, with: &str) -> bool {
    text.to_lowercase().starts_with(&with.to_lowercase())
}

/// The list: everything where no limit is asked for, as Okta does.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    if let Some(expand) = ask.query("expand")
        && (!expand.starts_with("user/") || expand.contains(','))
    {
        return Err(Refusal::validation("RequestParams", "Expand query is malformed."));
    }
    let page = Page::read(ask, None, MOST)?;
    let filter = ask
        .query("filter")
        .map(|text| Filter::parse(text, FILTERED))
        .transpose()
        .map_err(|_| Refusal::search())?;
    let wanted = |app: &App| {
        let q = ask
            .query("q")
            .is_none_or(|q| begins(&app.label, q) || begins(&app.name, q));
        q && filter.as_ref().is_none_or(|filter| {
            filter.holds(&|name| match name {
                "id" => Some(app.id.clone()),
                "status" => Some(app.status.clone()),
                "name" => Some(app.name.clone()),
                _ => None,
            })
        })
    };
    Ok(page.of(ask, &ask.org.world().apps, wanted, |app| {
        show::app(app, &ask.org.url)
    }))
}

/// One app.
pub(crate) fn one(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let world = ask.org.world();
    let app = ask.app(&world)?;
    Ok(Answer::ok(show::app(app, &ask.org.url)))
}

/// People assigned to an app.
pub(crate) fn users(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let page = Page::read(ask, Some(50), 500)?;
    let world = ask.org.world();
    let app = ask.app(&world)?;
    let wanted = |person: &crate::world::Person| {
        ask.query("q").is_none_or(|q| {
            [&person.first, &person.last, &person.login]
                .iter()
                .any(|text| begins(text, q))
        })
    };
    Ok(page.of_ids(ask, &app.assigned, &world.people, wanted, |person| {
        show::app_user(app, person, &ask.org.url)
    }))
}
