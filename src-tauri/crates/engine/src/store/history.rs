//! History of writes: what was asked, what was before and after, Okta's request id.

use super::{Store, Stored};
use crate::ipc::views::history::{HistoryRow, Outcome};
use rusqlite::params;

/// Rows a page.
const PAGE: i64 = 100;

fn outcome_text(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "done",
        Outcome::Refused => "refused",
        Outcome::NotApplied => "notApplied",
        Outcome::Unknown => "unknown",
    }
}

impl Store {
    /// Writes a row; its `id` is given by the file.
    pub fn keep_history(&self, row: &HistoryRow) -> Stored<i64> {
        let db = self.db();
        db.execute(
            "INSERT INTO history (at, org, org_name, app, app_label, action, call, status, outcome, before, after,
             request_id, ms, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            params![
                row.at,
                row.org,
                row.org_name,
                row.app,
                row.app_label,
                row.action,
                row.call,
                row.status,
                outcome_text(row.outcome),
                row.before,
                row.after,
                row.request_id,
                row.ms,
                row.note
            ],
        )?;
        Ok(db.last_insert_rowid())
    }

    /// What was learnt later of a write: how it ended, and what Okta has after.
    pub fn settle_history(&self, id: i64, outcome: Outcome, after: Option<&str>) -> Stored<()> {
        self.db().execute(
            "UPDATE history SET outcome = ?2, after = COALESCE(?3, after) WHERE id = ?1",
            params![id, outcome_text(outcome), after],
        )?;
        Ok(())
    }

    /// Rows before an id, newest first.
    pub fn history(&self, org: Option<&str>, before: Option<i64>) -> Stored<Vec<HistoryRow>> {
        let db = self.db();
        let mut rows = db.prepare(
            "SELECT id, at, org, org_name, app, app_label, action, call, status, outcome, before, after, request_id, ms, note
             FROM history WHERE (?1 IS NULL OR org = ?1) AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3",
        )?;
        let found = rows.query_map(params![org, before, PAGE], |row| {
            let outcome: String = row.get(9)?;
            Ok(HistoryRow {
                id: row.get(0)?,
                at: row.get(1)?,
                org: row.get(2)?,
                org_name: row.get(3)?,
                app: row.get(4)?,
                app_label: row.get(5)?,
                action: row.get(6)?,
                call: row.get(7)?,
                status: row.get(8)?,
                outcome: match outcome.as_str() {
                    "done" => Outcome::Done,
                    "refused" => Outcome::Refused,
                    "notApplied" => Outcome::NotApplied,
                    _ => Outcome::Unknown,
                },
                before: row.get(10)?,
                after: row.get(11)?,
                request_id: row.get(12)?,
                ms: row.get(13)?,
                note: row.get(14)?,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}
