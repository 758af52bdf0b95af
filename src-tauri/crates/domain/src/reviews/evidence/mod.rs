//! The evidence pack: what a review was about, what was decided, and by whom, as a page that prints, a table and JSON.
//!
//! Everything in it came from Okta or from a person and is text: it is escaped for the page and made harmless for a
//! spreadsheet.

mod csv;
mod html;

pub use csv::csv;
pub use html::{html, when};

use serde::Serialize;

/// Somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Who {
    /// Name.
    pub name: String,
    /// Login.
    pub login: Option<String>,
    /// Id.
    pub id: String,
}

/// What is unusual about an item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Oddity {
    /// Kind, as Okta says it.
    pub kind: String,
    /// In words.
    pub title: String,
    /// Severity.
    pub severity: String,
    /// Okta's sentence.
    pub text: String,
}

/// An access item, or something below one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// Id.
    pub id: String,
    /// Kind, as Okta says it.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Severity.
    pub severity: String,
    /// Remediation status, as Okta says it.
    pub remediation: String,
    /// In words: what became of it.
    pub outcome: String,
    /// How it was assigned.
    pub assignment: Option<String>,
    /// When.
    pub assigned: Option<String>,
    /// Last use.
    pub last_access: Option<String>,
    /// Uses in 90 days.
    pub usage: Option<i64>,
    /// Labels, “name: values”.
    pub labels: Vec<String>,
    /// Why it was manual work.
    pub manual: Vec<String>,
    /// Anomalies; absent when they were not read.
    pub anomalies: Option<Vec<Oddity>>,
    /// What lies below; absent when it was not read or nothing does.
    pub below: Option<Vec<Item>>,
}

/// One entry of the history: decisions and comments are among them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// When.
    pub at: Option<String>,
    /// Who; absent for Okta itself.
    pub who: Option<Who>,
    /// Okta did it.
    pub system: bool,
    /// What.
    pub message: String,
}

/// Everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pack {
    /// Which program made it.
    pub made_by: String,
    /// When.
    pub made_at: String,
    /// Host of the org.
    pub org: String,
    /// “as an admin” or “as a reviewer”: a reviewer may see less.
    pub seen_as: String,
    /// Review id.
    pub review: String,
    /// Its name.
    pub name: String,
    /// Its status.
    pub status: String,
    /// When it was launched.
    pub created: Option<String>,
    /// By whom.
    pub created_by: Option<String>,
    /// When it ends or ended.
    pub end_time: Option<String>,
    /// Who is reviewed.
    pub subject: Option<Who>,
    /// What else is known of them: label and value.
    pub about_subject: Vec<(String, String)>,
    /// Who reviews.
    pub reviewers: Vec<Who>,
    /// What Okta's AI wrote.
    pub summary: Option<String>,
    /// Access items.
    pub items: Vec<Item>,
    /// History, latest first.
    pub history: Vec<Event>,
    /// What is not in it, and why.
    pub missing: Vec<String>,
}

impl Pack {
    /// The whole as JSON.
    pub fn json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Items and what lies below them, with the name of what they are below of.
    fn rows(&self) -> impl Iterator<Item = (Option<&Item>, &Item)> {
        self.items.iter().flat_map(|item| {
            let below = item.below.iter().flatten().map(move |sub| (Some(item), sub));
            std::iter::once((None, item)).chain(below)
        })
    }
}

/// Name of the folder a pack goes into: harmless on every system.
pub fn folder_name(review: &str, day: &str) -> String {
    let mut name = String::new();
    for letter in review.chars().take(60) {
        let fits = letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_');
        name.push(if fits { letter } else { '-' });
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    format!(
        "Evidence - {} - {day}",
        name.trim_matches(|c: char| c == '-' || c == ' ')
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pack(text: &str) -> Pack {
        let who = Who {
            name: text.into(),
            login: Some(text.into()),
            id: "00u1".into(),
        };
        let sub = Item {
            id: "sai1".into(),
            name: text.into(),
            severity: "LOW".into(),
            ..Item::default()
        };
        Pack {
            name: text.into(),
            org: "acme.okta.com".into(),
            subject: Some(who.clone()),
            reviewers: vec![who.clone()],
            about_subject: vec![("Department".into(), text.into())],
            summary: Some(text.into()),
            items: vec![Item {
                id: "aim1".into(),
                name: text.into(),
                severity: text.into(),
                labels: vec![text.into()],
                anomalies: Some(vec![Oddity {
                    title: text.into(),
                    text: text.into(),
                    ..Oddity::default()
                }]),
                below: Some(vec![sub]),
                ..Item::default()
            }],
            history: vec![Event {
                message: text.into(),
                who: Some(who),
                ..Event::default()
            }],
            missing: vec![text.into()],
            ..Pack::default()
        }
    }

    #[test]
    fn the_page_is_whole_and_calls_nobody() {
        let page = html(&pack("Ada"), &[("evidence.json", "00ff")]);
        assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
        for foreign in [
            "http://", "https://", "<script", "<link", "<img", "url(", "@import",
        ] {
            assert!(!page.contains(foreign), "{foreign}");
        }
        assert!(page.contains("00ff") && page.contains("@media print"));
    }

    #[test]
    fn folders_are_harmless() {
        assert_eq!(
            folder_name("a/b: \"c\"", "2026-11-25"),
            "Evidence - a-b- -c - 2026-11-25"
        );
        assert_eq!(folder_name("../..", "x"), "Evidence -  - x");
    }

    proptest! {
        /// Whatever Okta's texts hold, no markup comes of it, and no cell begins a formula.
        #[test]
        fn any_text(text in "\\PC{1,30}|[=+@\\-]\\PC{0,10}|<script>\"'&") {
            let page = html(&pack(&text), &[]);
            let body = page.split("</style>").nth(1).unwrap_or_default();
            let tags = |page: &str| page.matches('<').count();
            let plain = html(&pack("x"), &[]);
            prop_assert_eq!(tags(body), tags(plain.split("</style>").nth(1).unwrap_or_default()));
            for line in csv(&pack(&text)).split("\r\n") {
                for cell in line.split("\",\"") {
                    let first = cell.trim_start_matches(['"', '\u{feff}']).chars().next();
                    prop_assert!(!matches!(first, Some('=' | '+' | '-' | '@')), "{}", line);
                }
            }
        }
    }
}
