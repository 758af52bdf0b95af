//! What Okta's AI writes about access, in the words of Okta's own example.

use super::anomaly::{Anomaly, Arg};
use super::item::{Item, Severity};
use super::review::Review;
use std::fmt::Write as _;

fn capital(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "Low",
        Severity::Medium => "Medium",
        Severity::High => "High",
    }
}

/// A message with its places filled.
fn filled(anomaly: &Anomaly) -> String {
    let mut text = anomaly.message.to_owned();
    for (place, arg) in anomaly.args.iter().enumerate() {
        let value = match arg {
            Arg::Number(number) => number.to_string(),
            Arg::Text(text) => (*text).to_owned(),
            Arg::DaysAgo(days) => format!("{days} days ago"),
        };
        text = text.replace(&format!("{{{place}}}"), &value);
    }
    text
}

/// About one item.
pub(crate) fn of_item(item: &Item) -> String {
    let priority = capital(item.severity);
    let mut text = format!("This app's overall priority is: {priority}\n");
    if !item.anomalies.is_empty() {
        let _ = writeln!(
            text,
            "The reasons why this app was assigned priority of {priority} include:"
        );
    }
    for (at, anomaly) in item.anomalies.iter().enumerate() {
        let (name, word) = (anomaly.kind.name(), anomaly.severity.word());
        let _ = writeln!(text, "{}. {name} ({word}): {}.", at + 1, filled(anomaly));
    }
    text
}

/// About a whole review.
pub(crate) fn of_review(review: &Review) -> String {
    let count = |severity| {
        review
            .items
            .iter()
            .filter(|item| item.severity == severity)
            .count()
    };
    let mut text = format!(
        "The user has access to {} apps: {} of high, {} of medium and {} of low priority.\n",
        review.items.len(),
        count(Severity::High),
        count(Severity::Medium),
        count(Severity::Low),
    );
    let high = review.items.iter().filter(|item| item.severity == Severity::High);
    for item in high.take(5) {
        let why = item
            .anomalies
            .iter()
            .max_by_key(|it| it.severity)
            .map(filled)
            .unwrap_or_default();
        let _ = writeln!(text, "{}: {why}.", item.name);
    }
    text
}
