//! Lists whose links stand in the body, under `_links`, and in `Link` headers: roles, resource sets, governance.

use super::{Answer, Ask};
use crate::faults::OddPaging;
use serde_json::{Value, json};

/// Where a list's links lead: an origin, a path, and what is asked for besides `after`.
pub(crate) struct Place<'a> {
    pub(crate) origin: &'a str,
    pub(crate) path: &'a str,
    /// In the order links have them; `after` goes before it.
    pub(crate) query: Vec<(&'a str, String)>,
}

impl Place<'_> {
    fn address(&self, origin: &str, path: &str, after: Option<&str>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if let Some(after) = after {
            query.append_pair("after", &super::paging::cursor(after));
        }
        query.extend_pairs(self.query.iter().map(|(name, value)| (*name, value)));
        // Okta writes a space as %20 here; a plus sign of a value is %2B already.
        let query = query.finish().replace('+', "%20");
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{origin}{path}{mark}{query}")
    }
}

/// A page of a list.
pub(crate) struct Cut<T> {
    /// What is on it.
    pub(crate) items: Vec<T>,
    here: String,
    next: Option<String>,
}

impl<T> Cut<T> {
    /// Takes a page: `items` begin after `after`, with the id each has.
    pub(crate) fn of<'i>(
        ask: &Ask<'_>,
        place: &Place<'_>,
        after: Option<&str>,
        limit: usize,
        items: impl Iterator<Item = (&'i str, T)>,
    ) -> Self {
        let odd = ask.org.faults.odd_paging();
        let here = place.address(place.origin, place.path, after);
        let (from, start) = (place.origin, after.unwrap_or_default());
        if odd == Some(OddPaging::EmptyPage) {
            ask.org.faults.empty_page_given();
            return Self {
                items: Vec::new(),
                here,
                next: Some(place.address(from, place.path, Some(start))),
            };
        }
        let (mut page, mut last, mut more) = (Vec::new(), "", false);
        for (id, item) in items {
            if page.len() == limit {
                more = true;
                break;
            }
            page.push(item);
            last = id;
        }
        let next = more.then(|| match &odd {
            Some(OddPaging::OtherOrigin(origin)) => place.address(origin, place.path, Some(last)),
            Some(OddPaging::OtherPath) => place.address(from, "/api/v1/elsewhere", Some(last)),
            Some(OddPaging::Loop) => place.address(from, place.path, Some(start)),
            Some(OddPaging::EmptyPage) | None => place.address(from, place.path, Some(last)),
        });
        Self {
            items: page,
            here,
            next,
        }
    }

    /// `_links` of the body; `hints` as the governance API has them.
    fn links(&self, hints: bool) -> Value {
        let link = |href: &str| {
            if hints {
                json!({ "href": href, "hints": {} })
            } else {
                json!({ "href": href })
            }
        };
        let mut links = json!({ "self": link(&self.here) });
        if let Some(next) = &self.next {
            links["next"] = link(next);
        }
        links
    }

    /// The answer: the list under its name, `more` links, and the headers.
    pub(crate) fn answer(
        self,
        name: &str,
        hints: bool,
        more: &[(&str, String)],
        show: impl Fn(T) -> Value,
    ) -> Answer {
        let mut links = self.links(hints);
        for (relation, href) in more {
            links[*relation] = json!({ "href": href });
        }
        let mut headers = vec![format!("<{}>; rel=\"self\"", self.here)];
        headers.extend(self.next.iter().map(|next| format!("<{next}>; rel=\"next\"")));
        let items: Vec<Value> = self.items.into_iter().map(show).collect();
        let mut body = json!({});
        body[name] = Value::Array(items);
        body["_links"] = links;
        Answer {
            status: 200,
            body: Some(body),
            links: headers,
        }
    }
}

impl Answer {
    /// One thing, with its address in a `Link` header too.
    pub(crate) fn linked(body: Value) -> Self {
        let here = body.pointer("/_links/self/href").and_then(Value::as_str);
        let links = here.map(|here| format!("<{here}>; rel=\"self\""));
        Self {
            status: 200,
            links: links.into_iter().collect(),
            body: Some(body),
        }
    }
}
