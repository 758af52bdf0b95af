//! Reading an answer: headers, a capped body, the next page's cursor. Nothing that comes from outside decides where the
//! next request goes.

use super::pace::Headers;
use domain::org_address::OrgOrigin;
use futures_util::StreamExt;
use reqwest::header::HeaderMap;
use serde_json::Value;
use std::collections::HashSet;
use url::Url;

/// Largest body read, in bytes after decompression. 200 apps of a real org take up to 2 MB.
pub const BODY_CAP: usize = 16 * 1024 * 1024;

/// Why a body could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyFault {
    /// The connection broke off.
    Cut,
    /// It is larger than [`BODY_CAP`].
    TooLarge,
    /// It is not JSON; holds the content type.
    NotJson(String),
}

fn number<T: std::str::FromStr + Copy>(headers: &HeaderMap, name: &str, pick: fn(T, T) -> T) -> Option<T> {
    headers
        .get_all(name)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .filter_map(|v| v.trim().parse().ok())
        .reduce(pick)
}

/// Rate-limit headers. Doubled ones are read carefully: the smaller remainder, the later reset.
pub fn rate_headers(headers: &HeaderMap) -> Headers {
    let date = headers
        .get("date")
        .and_then(|v| v.to_str().ok())
        .and_then(|v| jiff::fmt::rfc2822::parse(v).ok())
        .map(|z| z.timestamp().as_second());
    Headers {
        limit: number(headers, "x-rate-limit-limit", u32::min),
        remaining: number(headers, "x-rate-limit-remaining", u32::min),
        reset: number(headers, "x-rate-limit-reset", i64::max),
        date,
    }
}

/// One header's text.
pub fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned)
}

/// Reads the body as JSON; `Null` when it is empty.
pub async fn json(response: reqwest::Response) -> Result<Value, BodyFault> {
    let kind = text(response.headers(), "content-type").unwrap_or_else(|| "no content type".into());
    let mut bytes = zeroize::Zeroizing::new(Vec::new());
    let mut stream = response.bytes_stream();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| BodyFault::Cut)?;
        if bytes.len() + chunk.len() > BODY_CAP {
            return Err(BodyFault::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&bytes)
        .map_err(|_| BodyFault::NotJson(kind.split(';').next().unwrap_or_default().to_owned()))
}

/// What a `Link: rel="next"` header said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// No further page.
    None,
    /// The cursor of the next page: only this is taken from the link; the address is rebuilt on the org's origin.
    After(String),
    /// The link leads to another host or path, and is not followed.
    Elsewhere,
}

/// Empty pages in a row after which a listing stops.
const EMPTY_PAGES: u32 = 5;

/// Where a listing goes on after a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Onward {
    /// With this cursor.
    To(String),
    /// That was all.
    End,
    /// A cursor came before, or too many pages in a row brought nothing new.
    Repeats,
    /// The link is not followed.
    Elsewhere,
}

/// Keeps a listing from going round for ever.
#[derive(Default)]
pub struct Pages {
    cursors: HashSet<String>,
    empty: u32,
}

impl Pages {
    /// After a page that said this of the next one; `fresh` when it brought rows that had not come before.
    pub fn onward(&mut self, next: Next, fresh: bool) -> Onward {
        self.empty = if fresh { 0 } else { self.empty + 1 };
        match next {
            Next::None => Onward::End,
            Next::After(cursor) if self.empty < EMPTY_PAGES && self.cursors.insert(cursor.clone()) => {
                Onward::To(cursor)
            }
            Next::After(_) => Onward::Repeats,
            Next::Elsewhere => Onward::Elsewhere,
        }
    }
}

/// The next page's cursor.
pub fn next(headers: &HeaderMap, asked: &Url, org: &OrgOrigin) -> Next {
    let link = headers
        .get_all("link")
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(",<"))
        .find(|part| part.contains("rel=\"next\""));
    let Some(link) = link else { return Next::None };
    let address = link
        .trim()
        .trim_start_matches('<')
        .split('>')
        .next()
        .unwrap_or_default();
    let Ok(url) = Url::parse(address) else {
        return Next::Elsewhere;
    };
    if !org.owns_or_admin_twin(&url) || url.path() != asked.path() {
        return Next::Elsewhere;
    }
    match url.query_pairs().find(|(name, _)| name == "after") {
        Some((_, after)) if !after.is_empty() => Next::After(after.into_owned()),
        _ => Next::Elsewhere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    #[test]
    fn doubled_rate_headers() {
        let mut headers = HeaderMap::new();
        headers.append("x-rate-limit-remaining", HeaderValue::from_static("5, 3"));
        headers.append("x-rate-limit-reset", HeaderValue::from_static("100"));
        headers.append("x-rate-limit-reset", HeaderValue::from_static("160"));
        headers.append("x-rate-limit-limit", HeaderValue::from_static("soon"));
        let read = rate_headers(&headers);
        assert_eq!(
            (read.limit, read.remaining, read.reset),
            (None, Some(3), Some(160))
        );
    }

    #[test]
    fn only_the_cursor_is_taken_from_a_link() {
        let org = OrgOrigin::practice("http://127.0.0.1:4000").expect("practice");
        let asked = Url::parse("http://127.0.0.1:4000/api/v1/apps?limit=200").expect("url");
        let with = |link: &str| {
            let mut headers = HeaderMap::new();
            headers.append(
                "link",
                HeaderValue::from_static("<http://127.0.0.1:4000/api/v1/apps>; rel=\"self\""),
            );
            headers.append("link", HeaderValue::from_str(link).expect("value"));
            next(&headers, &asked, &org)
        };
        assert_eq!(
            with("<http://127.0.0.1:4000/api/v1/apps?after=c1&limit=200>; rel=\"next\""),
            Next::After("c1".into())
        );
        assert_eq!(
            with("<http://127.0.0.1:4001/api/v1/apps?after=c1>; rel=\"next\""),
            Next::Elsewhere
        );
        assert_eq!(
            with("<http://127.0.0.1:4000/api/v1/users?after=c1>; rel=\"next\""),
            Next::Elsewhere
        );
        assert_eq!(
            with("<https://evil.example/api/v1/apps?after=c1>; rel=\"next\""),
            Next::Elsewhere
        );
        assert_eq!(
            with("<http://127.0.0.1:4000/api/v1/apps>; rel=\"prev\""),
            Next::None
        );
    }
}
