//! Lists, page by page: `limit`, the opaque `after`, and `Link` headers as Okta writes them.

use super::{Answer, Ask};
use crate::errors::Refusal;
use crate::faults::OddPaging;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Bound;

/// A cursor: the last id of a page, written so that nobody is tempted to read it.
pub(crate) fn cursor(after: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("p1/{after}"))
}

pub(crate) fn read_cursor(cursor: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    String::from_utf8(bytes)
        .ok()?
        .strip_prefix("p1/")
        .map(str::to_owned)
}

/// `limit`, at most `most`; `None` where none was asked for.
///
/// # Errors
/// It is not a number above 0 (Okta's own -1, no limit, is one).
fn limit(ask: &Ask<'_>, most: usize) -> Result<Option<usize>, Refusal> {
    match ask.query("limit") {
        None | Some("-1") => Ok(None),
        Some(text) => match text.parse::<usize>() {
            Ok(limit) if limit > 0 => Ok(Some(limit.min(most))),
            Ok(_) | Err(_) => Err(Refusal::validation(
                "limit",
                "limit: The limit must be a number above 0.",
            )),
        },
    }
}

/// Where a list's page begins and how long it is.
pub(crate) struct Page {
    after: Option<String>,
    limit: Option<usize>,
}

impl Page {
    /// Reads `after` and `limit`: `usual` stands where none was asked for (`None`: everything).
    ///
    /// # Errors
    /// Either makes no sense.
    pub(crate) fn read(ask: &Ask<'_>, usual: Option<usize>, most: usize) -> Result<Self, Refusal> {
        let after = match ask.query("after") {
            None => None,
            Some(text) => Some(read_cursor(text).ok_or_else(Refusal::cursor)?),
        };
        Ok(Self {
            after,
            limit: limit(ask, most)?.or(usual),
        })
    }

    /// Takes the page out of what is sorted by id.
    pub(crate) fn of<T>(
        self,
        ask: &Ask<'_>,
        all: &BTreeMap<String, T>,
        keep: impl Fn(&T) -> bool,
        show: impl Fn(&T) -> Value,
    ) -> Answer {
        let from = self.after.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
        let items = all
            .range::<str, _>((from, Bound::Unbounded))
            .filter(|(_, item)| keep(item));
        self.fill(ask, items.map(|(id, item)| (id.as_str(), item)), show)
    }

    /// Takes the page out of a list of ids.
    pub(crate) fn of_ids<T>(
        self,
        ask: &Ask<'_>,
        ids: &[String],
        all: &BTreeMap<String, T>,
        keep: impl Fn(&T) -> bool,
        show: impl Fn(&T) -> Value,
    ) -> Answer {
        let skip = self.after.as_ref().map_or(0, |after| {
            ids.iter()
                .position(|id| id == after)
                .map_or(ids.len(), |at| at + 1)
        });
        let items = ids[skip.min(ids.len())..]
            .iter()
            .filter_map(|id| all.get(id).map(|item| (id.as_str(), item)));
        let kept = items.filter(|(_, item)| keep(item));
        self.fill(ask, kept, show)
    }

    fn fill<'a, T: 'a>(
        &self,
        ask: &Ask<'_>,
        items: impl Iterator<Item = (&'a str, &'a T)>,
        show: impl Fn(&T) -> Value,
    ) -> Answer {
        let odd = ask.org.faults.odd_paging();
        let here = self.after.as_deref().unwrap_or_default();
        let mut links = vec![link(
            &ask.org.url,
            ask.path,
            &self.query(ask, self.after.as_deref()),
            "self",
        )];
        if odd == Some(OddPaging::EmptyPage) && self.limit.is_some() {
            ask.org.faults.empty_page_given();
            links.push(link(&ask.org.url, ask.path, &self.query(ask, Some(here)), "next"));
            return Answer {
                status: 200,
                body: Some(Value::Array(Vec::new())),
                links,
            };
        }
        let most = self.limit.unwrap_or(usize::MAX);
        let (mut page, mut last, mut more) = (Vec::new(), "", false);
        for (id, item) in items {
            if ask.caller.sees_nothing {
                break;
            }
            if page.len() == most {
                more = true;
                break;
            }
            page.push(show(item));
            last = id;
        }
        if more {
            let (origin, path, after) = match &odd {
                Some(OddPaging::OtherOrigin(origin)) => (origin.as_str(), ask.path, last),
                Some(OddPaging::OtherPath) => (ask.org.url.as_str(), "/api/v1/elsewhere", last),
                Some(OddPaging::Loop) => (ask.org.url.as_str(), ask.path, here),
                Some(OddPaging::EmptyPage) | None => (ask.org.url.as_str(), ask.path, last),
            };
            links.push(link(origin, path, &self.query(ask, Some(after)), "next"));
        }
        Answer {
            status: 200,
            body: Some(Value::Array(page)),
            links,
        }
    }

    /// The query of a link: `after` and `limit` first, as Okta has them, then what else was asked.
    fn query(&self, ask: &Ask<'_>, after: Option<&str>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if let Some(after) = after {
            query.append_pair("after", &cursor(after));
        }
        if let Some(limit) = self.limit {
            query.append_pair("limit", &limit.to_string());
        }
        query.extend_pairs(
            ask.query
                .iter()
                .filter(|(name, _)| name != "after" && name != "limit"),
        );
        query.finish()
    }
}

fn link(origin: &str, path: &str, query: &str, relation: &str) -> String {
    let mark = if query.is_empty() { "" } else { "?" };
    format!("<{origin}{path}{mark}{query}>; rel=\"{relation}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_and_others_lead_nowhere() {
        assert_eq!(
            read_cursor(&cursor("0oa1p000000000000012")).as_deref(),
            Some("0oa1p000000000000012")
        );
        assert!(!cursor("0oa1p000000000000012").contains("0oa"));
        for wrong in ["00u1testcursorvalue", "0oa1p000000000000012", "", "%"] {
            assert_eq!(read_cursor(wrong), None, "{wrong}");
        }
    }
}
