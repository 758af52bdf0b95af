//! Finds in a text what could be an answer: addresses, and queries without one.
//!
//! A text is not read as JSON but searched: what people copy is JSON only at the best of times. What is found is
//! judged afterwards, so nothing here has to be sure.

use super::paste::{Candidate, query_of};
use super::query::Query;
use crate::org_address::OrgOrigin;
use zeroize::Zeroizing;

/// More bare queries than this nobody pastes, and each takes its time to read.
const MOST_QUERIES: usize = 8;

/// What ends a sentence, not an address.
const PUNCTUATION: [char; 5] = ['.', ',', ';', ':', '!'];

/// Every address, and if none of them has a code or a state, every bare query.
pub(super) fn candidates(tidy: &str, org: &OrgOrigin, known: &dyn Fn(&str) -> bool) -> Vec<Candidate> {
    let mut found = addresses(tidy, known);
    if !found
        .iter()
        .any(|it| it.query.has("code") || it.query.has("state"))
    {
        found.extend(queries(tidy, org, known));
    }
    found
}

/// Every address with a scheme.
pub(super) fn addresses(tidy: &str, known: &dyn Fn(&str) -> bool) -> Vec<Candidate> {
    let lower = tidy.to_ascii_lowercase();
    let mut starts: Vec<usize> = ["https://", "http://"]
        .iter()
        .flat_map(|it| lower.match_indices(it))
        .map(|(at, _)| at)
        .collect();
    starts.sort_unstable();
    // An address inside another one, such as a redirect_uri that a browser shows decoded, belongs to that one.
    let mut outer: Vec<usize> = Vec::with_capacity(starts.len());
    let mut before = None;
    for at in starts {
        let apart = before.is_none_or(|before: usize| tidy[before..at].contains(between));
        if apart {
            outer.push(at);
        }
        before = Some(at);
    }
    let next = outer.iter().skip(1).copied().chain([tidy.len()]);
    outer
        .iter()
        .zip(next)
        .filter_map(|(at, next)| {
            Stretch::at(tidy, *at, next)
                .candidate(None, known)
                .map(|(it, _)| it)
        })
        .collect()
}

/// Every query without an address with a scheme.
fn queries(tidy: &str, org: &OrgOrigin, known: &dyn Fn(&str) -> bool) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((start, end)) = next_word(tidy, from) {
        from = end;
        if found.len() < MOST_QUERIES && query_of(&tidy[start..end]).split('&').any(is_parameter) {
            let stretch = Stretch::at(tidy, start, tidy.len());
            if let Some((candidate, taken)) = stretch.candidate(Some(org), known) {
                found.push(candidate);
                from = from.max(taken);
            }
        }
    }
    found
}

/// Start and end of the next run of signs without spaces, quotes and brackets.
fn next_word(text: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + text.get(from..)?.find(|c| !between(c))?;
    let end = text[start..]
        .find(between)
        .map_or(text.len(), |length| start + length);
    Some((start, end))
}

/// Signs that are never in an address as Okta writes it, and often around one.
fn ends(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '<' | '>' | '{' | '}' | '(' | ')' | '[' | ']' | '|'
    )
}

fn between(c: char) -> bool {
    c.is_whitespace() || ends(c)
}

fn is_parameter(part: &str) -> bool {
    ["code=", "state=", "error="]
        .iter()
        .any(|name| part.starts_with(name))
}

/// A stretch of text in which an address or a query begins, and ends somewhere.
struct Stretch<'a> {
    text: &'a str,
    /// Where it begins in the whole text.
    start: usize,
    /// It stands in quotes, both of them.
    quoted: bool,
}

impl<'a> Stretch<'a> {
    /// An address that was broken into lines has fewer.
    const MOST_WORDS: usize = 256;
    /// Longer than any answer, in bytes.
    const LONGEST: usize = 16 * 1024;

    fn at(tidy: &'a str, start: usize, limit: usize) -> Self {
        let part = &tidy[start..limit];
        let quote = tidy[..start]
            .chars()
            .next_back()
            .filter(|c| matches!(c, '"' | '\''));
        let (end, quoted) = match quote.and_then(|quote| part.find(quote)) {
            Some(end) => (end, true),
            None => (part.find(ends).unwrap_or(part.len()), false),
        };
        Self {
            text: &part[..end],
            start,
            quoted,
        }
    }

    /// Its words and where each ends in it.
    fn words(&self) -> Vec<(&'a str, usize)> {
        let mut words = Vec::new();
        let mut at = 0;
        while let Some(length) = self.text[at..].find(|c: char| !c.is_whitespace()) {
            let start = at + length;
            at = self.text[start..]
                .find(char::is_whitespace)
                .map_or(self.text.len(), |length| start + length);
            if words.len() == Self::MOST_WORDS || at > Self::LONGEST {
                break;
            }
            words.push((&self.text[start..at], at));
        }
        words
    }

    /// What begins here, and where it ends in the whole text.
    ///
    /// What was broken into lines is put together again. Where it ends is told by its state, if that is a known one;
    /// otherwise by the quotes; otherwise it ends as soon as it has a code and a state, or with its first word.
    fn candidate(&self, org: Option<&OrgOrigin>, known: &dyn Fn(&str) -> bool) -> Option<(Candidate, usize)> {
        let words = self.words();
        let alone = words.len() == 1;
        let mut joined = Zeroizing::new(String::new());
        let mut second_best: Option<(Zeroizing<String>, usize)> = None;
        for (index, (word, end)) in words.iter().enumerate() {
            let starts = is_parameter(word);
            // Each parameter on a line of its own.
            if starts && !joined.is_empty() && !joined.ends_with(['&', '?']) {
                joined.push('&');
            }
            joined.push_str(word);
            if words
                .get(index + 1)
                .is_some_and(|(next, _)| next.starts_with('&') || is_parameter(next))
            {
                continue;
            }
            let whole = self.quoted && index + 1 == words.len();
            for text in [joined.as_str(), joined.trim_end_matches(PUNCTUATION)] {
                let query = Query::read(query_of(text));
                if query.first("state").is_some_and(known) {
                    let ended = whole || alone && !text.ends_with(PUNCTUATION);
                    return Some((Candidate::read(text, org, ended)?, self.start + end));
                }
                if second_best.is_none() && query.has("code") && query.has("state") {
                    second_best = Some((joined.clone(), *end));
                }
            }
            if whole {
                return Some((Candidate::read(&joined, org, true)?, self.start + end));
            }
        }
        let (text, end) = match second_best {
            Some(best) => best,
            None => words
                .first()
                .map(|(word, end)| (Zeroizing::new((*word).to_owned()), *end))?,
        };
        Some((
            Candidate::read(&text, org, alone && !text.ends_with(PUNCTUATION))?,
            self.start + end,
        ))
    }
}
