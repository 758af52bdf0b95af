//! The table: one row an item, for a spreadsheet.

use super::Pack;

/// What begins a formula, in the wide letters of East Asia too.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Letters that are not seen, and that some programs leave out before they look for a formula.
fn unseen(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(
            letter,
            '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{00ad}'
        )
}

/// A cell in quotes. A spreadsheet takes what begins with `=`, `+`, `-`, `@`, a tab or a line break for a formula; an
/// apostrophe before it makes it text.
fn cell(text: &str) -> String {
    let text = text.replace('\0', "");
    let risky = text.trim_start_matches(unseen).starts_with(FORMULA) || text.starts_with(['\t', '\r', '\n']);
    let safe = if risky { format!("'{text}") } else { text };
    format!("\"{}\"", safe.replace('"', "\"\""))
}

fn line(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    format!("{}\r\n", cells.join(","))
}

/// The table with a byte order mark, so that spreadsheets read names right.
pub fn csv(pack: &Pack) -> String {
    let mut out = String::from("\u{feff}");
    out.push_str(&line(&[
        "Review",
        "Review id",
        "User",
        "Below",
        "Item",
        "Item id",
        "Kind",
        "Severity",
        "Remediation status",
        "Outcome",
        "Assigned",
        "How assigned",
        "Last used",
        "Uses in 90 days",
        "Labels",
        "Manual reasons",
        "Anomalies",
    ]));
    let user = pack
        .subject
        .as_ref()
        .map(|it| it.name.as_str())
        .unwrap_or_default();
    for (parent, item) in pack.rows() {
        let usage = item.usage.map(|it| it.to_string()).unwrap_or_default();
        let anomalies = match &item.anomalies {
            None => "not read".to_owned(),
            Some(all) => all
                .iter()
                .map(|it| format!("{} ({}): {}", it.title, it.severity, it.text))
                .collect::<Vec<_>>()
                .join(" | "),
        };
        out.push_str(&line(&[
            &pack.name,
            &pack.review,
            user,
            parent.map(|it| it.name.as_str()).unwrap_or_default(),
            &item.name,
            &item.id,
            &item.kind,
            &item.severity,
            &item.remediation,
            &item.outcome,
            item.assigned.as_deref().unwrap_or_default(),
            item.assignment.as_deref().unwrap_or_default(),
            item.last_access.as_deref().unwrap_or_default(),
            &usage,
            &item.labels.join(", "),
            &item.manual.join(" | "),
            &anomalies,
        ]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn formulas_are_text() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("  @SUM(A1)"), "\"'  @SUM(A1)\"");
        assert_eq!(cell("\u{200b}\u{1}=1"), "\"'\u{200b}\u{1}=1\"");
        assert_eq!(cell("＝1"), "\"'＝1\"");
        assert_eq!(cell("\t=1"), "\"'\t=1\"");
        assert_eq!(cell("say \"hi\", x"), "\"say \"\"hi\"\", x\"");
        assert_eq!(cell("plain"), "\"plain\"");
    }
}
