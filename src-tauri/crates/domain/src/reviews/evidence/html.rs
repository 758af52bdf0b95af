//! The page: self-contained, without a script, and made to be printed.

use super::super::words::below;
use super::{Item, Pack, Who};
use jiff::Timestamp;
use std::fmt::Write;

/// Text and its own style, and nothing else, whatever a text may have in it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE: &str = "
:root{color-scheme:light}
body{font:14px/1.45 system-ui,sans-serif;color:#1d1d21;background:#fff;max-width:1000px;margin:2rem auto;padding:0 1.5rem}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.1rem;margin:2rem 0 .5rem;border-bottom:1px solid #c8c8d0}
table{border-collapse:collapse;width:100%;font-size:.9em}th,td{text-align:left;white-space:pre-line;vertical-align:top;padding:.3rem .5rem;border:1px solid #d7d7dc}
th{background:#f2f2f5}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:#5a5a66}dd{margin:0}
.sub td:first-child{padding-left:1.5rem}.note{background:#fff6dc;border:1px solid #e3c770;padding:.5rem .8rem}
.small{color:#5a5a66;font-size:.85em}pre{white-space:pre-wrap;font:inherit}code{font:12px ui-monospace,monospace;word-break:break-all}
@media print{body{margin:0;max-width:none;font-size:11px}h2{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}}
";

fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter if letter.is_control() && !matches!(letter, '\n' | '\t') => {}
            letter => out.push(letter),
        }
    }
    out
}

/// A time as people write it, by UTC as an auditor elsewhere reads it too; what is no time stays as it came.
pub fn when(at: &str) -> String {
    at.parse::<Timestamp>().map_or_else(
        |_| at.to_owned(),
        |time| time.strftime("%-d %b %Y, %H:%M UTC").to_string(),
    )
}

fn when_known(at: Option<&String>) -> String {
    at.map(|at| when(at)).unwrap_or_default()
}

fn kind(kind: &str) -> String {
    if kind == "APPLICATION" {
        "Application".into()
    } else {
        below(kind)
    }
}

fn who(who: &Who) -> String {
    match &who.login {
        Some(login) if *login != who.name => format!("{} ({login})", who.name),
        _ => who.name.clone(),
    }
}

struct Page(String);

impl Page {
    fn add(&mut self, part: &str) {
        self.0.push_str(part);
    }

    fn fact(&mut self, label: &str, value: &str) {
        if !value.is_empty() {
            let _ = write!(self.0, "<dt>{}</dt><dd>{}</dd>", text(label), text(value));
        }
    }

    fn row(&mut self, class: &str, cells: &[String]) {
        let _ = write!(self.0, "<tr{class}>");
        for cell in cells {
            let _ = write!(self.0, "<td>{}</td>", text(cell));
        }
        self.add("</tr>\n");
    }

    fn head(&mut self, cells: &[&str]) {
        self.add("<table><thead><tr>");
        for cell in cells {
            let _ = write!(self.0, "<th scope=\"col\">{}</th>", text(cell));
        }
        self.add("</tr></thead><tbody>\n");
    }
}

fn cells(item: &Item) -> Vec<String> {
    let outcome = if item.outcome.is_empty() {
        "Nothing was changed".to_owned()
    } else {
        item.outcome.clone()
    };
    let mut how = item.assignment.clone().unwrap_or_default();
    if let Some(at) = &item.assigned {
        how = format!("{how}, {}", when(at)).trim_start_matches(", ").to_owned();
    }
    let used = match (&item.last_access, item.usage) {
        (Some(at), Some(times)) => format!("{}; {times} times in 90 days", when(at)),
        (Some(at), None) => when(at),
        (None, Some(times)) => format!("{times} times in 90 days"),
        (None, None) => String::new(),
    };
    let mut notes: Vec<String> = item.labels.clone();
    notes.extend(item.manual.iter().cloned());
    match &item.anomalies {
        Some(all) => notes.extend(
            all.iter()
                .map(|it| format!("{} ({}): {}", it.title, it.severity, it.text)),
        ),
        None => notes.push("Anomalies were not read.".into()),
    }
    vec![
        item.name.clone(),
        kind(&item.kind),
        item.severity.clone(),
        outcome,
        how,
        used,
        notes.join("\n"),
    ]
}

fn items(page: &mut Page, pack: &Pack) {
    let _ = write!(page.0, "<h2>Access items ({})</h2>", pack.items.len());
    page.head(&[
        "Item",
        "Kind",
        "Severity",
        "Outcome",
        "Assigned",
        "Used",
        "Labels, reasons, anomalies",
    ]);
    for (parent, item) in pack.rows() {
        let mut cells = cells(item);
        if parent.is_some() && item.anomalies.is_none() {
            // Those of what lies below are not read at all.
            if let Some(notes) = cells.last_mut() {
                *notes = notes
                    .replace("Anomalies were not read.", "")
                    .trim_end()
                    .to_owned();
            }
        }
        page.row(if parent.is_some() { " class=\"sub\"" } else { "" }, &cells);
    }
    page.add("</tbody></table>");
}

/// The page. `sums` are names and SHA-256 of the other files of the pack.
pub fn html(pack: &Pack, sums: &[(&str, &str)]) -> String {
    let mut page = Page(String::new());
    let _ = write!(
        page.0,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"><title>{}</title><style>{STYLE}</style></head><body>\n",
        text(&format!("Evidence: {}", pack.name))
    );
    let _ = write!(page.0, "<h1>{}</h1>", text(&pack.name));
    let _ = write!(
        page.0,
        "<p class=\"small\">{}</p>",
        text(&format!(
            "Security access review in {}, read {} on {} with {}.",
            pack.org,
            pack.seen_as,
            when(&pack.made_at),
            pack.made_by
        ))
    );
    if !pack.missing.is_empty() {
        page.add("<div class=\"note\"><strong>Not everything is in this pack.</strong><ul>");
        for it in &pack.missing {
            let _ = write!(page.0, "<li>{}</li>", text(it));
        }
        page.add("</ul></div>");
    }
    page.add("<h2>Review</h2><dl>");
    page.fact("Status", &pack.status);
    page.fact("Launched", &when_known(pack.created.as_ref()));
    page.fact("Launched by", pack.created_by.as_deref().unwrap_or_default());
    page.fact("End", &when_known(pack.end_time.as_ref()));
    let reviewers: Vec<String> = pack.reviewers.iter().map(who).collect();
    page.fact("Reviewers", &reviewers.join(", "));
    page.fact("Id", &pack.review);
    page.add("</dl><h2>User</h2><dl>");
    if let Some(subject) = &pack.subject {
        page.fact("Name", &who(subject));
        page.fact("Id", &subject.id);
    }
    for (label, value) in &pack.about_subject {
        page.fact(label, value);
    }
    page.add("</dl>");
    if let Some(summary) = &pack.summary {
        let _ = write!(
            page.0,
            "<h2>Summary</h2><p class=\"small\">Written by Okta’s AI.</p><pre>{}</pre>",
            text(summary)
        );
    }
    items(&mut page, pack);
    page.add("<h2>History, decisions and comments</h2>");
    page.head(&["When", "Who", "What"]);
    for event in &pack.history {
        let by = match (&event.who, event.system) {
            (Some(by), _) => who(by),
            (None, true) => "Okta".into(),
            (None, false) => String::new(),
        };
        page.row("", &[when_known(event.at.as_ref()), by, event.message.clone()]);
    }
    page.add("</tbody></table>");
    if !sums.is_empty() {
        page.add("<h2>Files of this pack</h2><dl>");
        for (name, sum) in sums {
            let _ = write!(
                page.0,
                "<dt>{}</dt><dd><code>SHA-256 {}</code></dd>",
                text(name),
                text(sum)
            );
        }
        page.add("</dl><p class=\"small\">The sum of this page is in SHA256SUMS.txt beside it.</p>");
    }
    page.add("</body></html>\n");
    page.0
}
