//! Collects the rows of a comparison: only what differs, in the order of the Admin Console.

use super::{Change, Half};

/// Rows so far.
pub(super) struct Rows {
    half: Half,
    rows: Vec<Change>,
}

impl Rows {
    pub(super) fn of(half: Half) -> Self {
        Self {
            half,
            rows: Vec::new(),
        }
    }

    /// An on/off field; `risk` says what the new setting means for people.
    pub(super) fn switch(
        &mut self,
        field: &str,
        label: &str,
        before: bool,
        after: bool,
        risk: impl FnOnce(bool) -> Option<&'static str>,
    ) {
        let words = |on: bool| String::from(if on { "On" } else { "Off" });
        if before != after {
            self.change(field, label, words(before), words(after), risk(after));
        }
    }

    /// A choice or text.
    pub(super) fn value(
        &mut self,
        field: &str,
        label: &str,
        (before, after): (&str, &str),
        words: impl Fn(&str) -> String,
        risk: Option<&'static str>,
    ) {
        if before != after {
            self.change(field, label, words(before), words(after), risk);
        }
    }

    /// A row, whether or not the words differ.
    pub(super) fn change(
        &mut self,
        field: &str,
        label: &str,
        before: String,
        after: String,
        risk: Option<&str>,
    ) {
        self.rows.push(Change {
            half: self.half,
            field: field.into(),
            label: label.into(),
            before,
            after,
            risk: risk.map(Into::into),
        });
    }

    pub(super) fn done(self) -> Vec<Change> {
        self.rows
    }
}
