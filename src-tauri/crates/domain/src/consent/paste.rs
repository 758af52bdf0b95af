//! What a pasted text, or a part of it, can turn out to be.

use super::fit::callback;
use super::link;
use super::query::Query;
use crate::org_address::OrgOrigin;
use url::Url;

/// Why a text holds no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WhyNothing {
    /// Nothing but white space.
    Empty,
    /// More than 64 KB.
    TooLarge,
    /// HTML.
    WebPage,
    /// Any other text.
    OtherText,
    /// The method is not POST.
    NotPost,
    /// No code.
    NoCode,
    /// No state.
    NoState,
    /// Two codes.
    CodeTwice,
    /// Two states.
    StateTwice,
    /// A code or state with signs that can't be in it.
    Garbled,
    /// A code or state that a viewer has shortened.
    Shortened,
    /// A code with words or a line break after it and nothing that tells where it ends.
    NoEnd,
}

/// What kind of address was pasted instead of the page's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OtherPage {
    /// The provider's consent page.
    Consent,
    /// Okta's redirect address.
    Redirect,
    /// Any other.
    Elsewhere,
}

/// What could be an answer.
pub(super) struct Candidate {
    /// Its address; `None` for a query without one.
    pub(super) address: Option<Url>,
    /// Its parameters.
    pub(super) query: Query,
    /// Where it ends is sure: it stood in quotes, or nothing follows it.
    ended: bool,
}

impl Candidate {
    /// Reads an address or a bare query; an address without a beginning is one of the org.
    pub(super) fn read(text: &str, org: Option<&OrgOrigin>, ended: bool) -> Option<Self> {
        let whole = |address: &str| Some(Self::at(Url::parse(address).ok()?, ended));
        if has_scheme(text) {
            return whole(text);
        }
        match text.split_once('?') {
            // Copied without its beginning, as some browsers show it.
            Some((path, _)) if path.contains(['/', '.']) && !path.contains(['=', '&']) => {
                let org = org?;
                let scheme = if org.is_practice() { "http" } else { "https" };
                if path.starts_with('/') {
                    whole(&format!("{org}{text}"))
                } else {
                    whole(&format!("{scheme}://{text}"))
                }
            }
            _ => Some(Self {
                address: None,
                query: Query::read(query_of(text)),
                ended,
            }),
        }
    }

    fn at(address: Url, ended: bool) -> Self {
        let query = Query::read(address.query().unwrap_or_default());
        Self {
            address: Some(address),
            query,
            ended,
        }
    }

    /// It is meant as an answer: Okta's callback, or a query that has nothing else to be.
    pub(super) fn is_answer(&self) -> bool {
        let (code, state, error) = (
            self.query.has("code"),
            self.query.has("state"),
            self.query.has("error"),
        );
        match &self.address {
            Some(address) => callback(address).is_some() && (code || !error),
            None => code || state && !error,
        }
    }

    /// The code.
    pub(super) fn code(&self) -> Result<&str, WhyNothing> {
        let code = self
            .query
            .one("code", WhyNothing::NoCode, WhyNothing::CodeTwice)?;
        if self.ended || self.query.last() != Some("code") {
            Ok(code)
        } else {
            Err(WhyNothing::NoEnd)
        }
    }

    /// The state.
    pub(super) fn state(&self) -> Result<&str, WhyNothing> {
        self.query
            .one("state", WhyNothing::NoState, WhyNothing::StateTwice)
    }

    /// Host and kind of a page that is not the answer; `None` if there is no address, or if it only happens to stand
    /// among other words.
    pub(super) fn page(&self, tidy: &str) -> Option<(String, OtherPage)> {
        let address = self.address.as_ref()?;
        let host = address.host_str()?.to_owned();
        let has = |name| self.query.has(name);
        if has("client_id") || has("redirect_uri") || link::is_consent_host(&host) {
            Some((host, OtherPage::Consent))
        } else if has("code") || has("state") {
            Some((host, OtherPage::Redirect))
        } else if tidy.split_whitespace().nth(1).is_none() {
            Some((host, OtherPage::Elsewhere))
        } else {
            None
        }
    }
}

/// It asks to be called with another method than POST.
pub(super) fn asks_for_other_than_post(tidy: &str) -> bool {
    const OTHERS: [&str; 6] = ["GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];
    let methods: Vec<&str> = tidy
        .match_indices("method")
        .filter_map(|(at, name)| value_after(&tidy[at + name.len()..]))
        .collect();
    let is = |method: &&str, word: &str| method.eq_ignore_ascii_case(word);
    methods.iter().any(|it| OTHERS.iter().any(|word| is(it, word)))
        && !methods.iter().any(|it| is(it, "POST"))
}

/// The word that a name has as its value, whatever a viewer puts in between.
fn value_after(rest: &str) -> Option<&str> {
    let rest =
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ':' | '=' | ','));
    rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .next()
        .filter(|word| !word.is_empty())
}

/// The source of a web page.
pub(super) fn is_web_page(tidy: &str) -> bool {
    let lower = tidy.to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|tag| lower.contains(tag))
}

fn has_scheme(text: &str) -> bool {
    let begins = |scheme: &str| {
        text.get(..scheme.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(scheme))
    };
    begins("https://") || begins("http://")
}

/// What follows the question mark; all of it if there is none.
pub(super) fn query_of(text: &str) -> &str {
    let query = text.split_once('?').map_or(text, |(_, query)| query);
    query
        .split('#')
        .next()
        .unwrap_or_default()
        .trim_start_matches('&')
}
