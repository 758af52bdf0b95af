//! What the org was asked and what that changed, for assertions. Never a value of a query, a header or a body.

use serde_json::{Value, json};
use std::collections::VecDeque;

/// The oldest entries go when there are more than this many.
const LONGEST: usize = 20_000;

/// The kind of credential a request carried, right or wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Auth {
    /// None.
    None,
    /// `SSWS`, with or without the space.
    Ssws,
    /// `Bearer`.
    Bearer,
    /// `DPoP`.
    Dpop,
    /// Anything else.
    Other,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Counts from 1, in the order requests came.
    pub number: u64,
    /// Org time, UNIX seconds.
    pub at: i64,
    /// Method.
    pub method: String,
    /// Path template such as `/api/v1/apps/{appId}`; empty where the org has no such path.
    pub template: String,
    /// Path as asked. Secrets are never in it: Okta has them in queries, headers and bodies only.
    pub path: String,
    /// Names of query parameters.
    pub query: Vec<String>,
    /// Credential.
    pub auth: Auth,
    /// Status; 0 where the connection was cut instead of an answer, and as long as there is none.
    pub status: u16,
    /// What changed, such as `connection 0oa1p000000000000001`.
    pub changed: Vec<String>,
}

impl Entry {
    pub(crate) fn json(&self) -> Value {
        json!({
            "number": self.number, "at": self.at, "method": self.method, "template": self.template, "path": self.path,
            "query": self.query, "auth": format!("{:?}", self.auth).to_uppercase(), "status": self.status,
            "changed": self.changed,
        })
    }
}

/// The list.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    entries: VecDeque<Entry>,
    count: u64,
}

impl Ledger {
    /// Notes a request that came in; gives its number.
    pub(crate) fn add(&mut self, mut entry: Entry) -> u64 {
        self.count += 1;
        entry.number = self.count;
        if self.entries.len() == LONGEST {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
        self.count
    }

    /// Notes what a request led to.
    pub(crate) fn finish(&mut self, number: u64, status: u16, changed: Vec<String>) {
        if let Some(entry) = self.entries.iter_mut().rev().find(|entry| entry.number == number) {
            entry.status = status;
            entry.changed = changed;
        }
    }

    pub(crate) fn all(&self) -> Vec<Entry> {
        self.entries.iter().cloned().collect()
    }

    /// Forgets every entry. Numbers go on, so that a request under way is not mistaken for a later one.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_counts_on_but_keeps_no_more_than_its_length() {
        let entry = Entry {
            number: 0,
            at: 0,
            method: "GET".into(),
            template: String::new(),
            path: "/".into(),
            query: Vec::new(),
            auth: Auth::None,
            status: 404,
            changed: Vec::new(),
        };
        let mut ledger = Ledger::default();
        let numbers: Vec<u64> = (0..LONGEST + 2).map(|_| ledger.add(entry.clone())).collect();
        assert_eq!(numbers.last(), Some(&(LONGEST as u64 + 2)));
        ledger.finish(1, 200, Vec::new());
        let all = ledger.all();
        assert_eq!(
            (all.len(), all[0].number, all[LONGEST - 1].number),
            (LONGEST, 3, LONGEST as u64 + 2)
        );
    }
}
