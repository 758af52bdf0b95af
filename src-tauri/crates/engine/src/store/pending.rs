//! Waiting consents: what must survive a restart while the browser is open. No link, code or state is kept, only the
//! SHA-256 of the state.

use super::{Store, Stored};
use rusqlite::{OptionalExtension, params};

/// A waiting consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingRow {
    /// Org key.
    pub org: String,
    /// App id.
    pub app: String,
    /// App key.
    pub app_name: String,
    /// App label.
    pub label: String,
    /// SHA-256 of the state, hex.
    pub mark: String,
    /// When the consent was begun (RFC 3339).
    pub opened_at: String,
    /// Okta took the consent (204); only the activation is left.
    pub authorized: bool,
    /// Activate by itself.
    pub auto_activate: bool,
    /// Which run of Gatehouse began it.
    pub run: String,
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<PendingRow> {
    Ok(PendingRow {
        org: row.get(0)?,
        app: row.get(1)?,
        app_name: row.get(2)?,
        label: row.get(3)?,
        mark: row.get(4)?,
        opened_at: row.get(5)?,
        authorized: row.get(6)?,
        auto_activate: row.get(7)?,
        run: row.get(8)?,
    })
}

const COLUMNS: &str = "org, app, app_name, label, mark, opened_at, authorized, auto_activate, run";

impl Store {
    /// Keeps a waiting consent; an earlier attempt's mark is kept for a day beside it.
    pub fn keep_pending(&self, row: &PendingRow) -> Stored<()> {
        let db = self.db();
        db.execute(
            "INSERT INTO earlier (org, app, mark, at) SELECT org, app, mark, opened_at FROM pending
             WHERE org = ?1 AND app = ?2 AND mark <> ?3",
            params![row.org, row.app, row.mark],
        )?;
        db.execute(
            &format!(
                "INSERT OR REPLACE INTO pending ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
            ),
            params![
                row.org,
                row.app,
                row.app_name,
                row.label,
                row.mark,
                row.opened_at,
                row.authorized,
                row.auto_activate,
                row.run
            ],
        )?;
        Ok(())
    }

    /// The waiting consent of an app.
    pub fn pending_of(&self, org: &str, app: &str) -> Stored<Option<PendingRow>> {
        Ok(self
            .db()
            .query_row(
                &format!("SELECT {COLUMNS} FROM pending WHERE org = ?1 AND app = ?2"),
                [org, app],
                read,
            )
            .optional()?)
    }

    /// All waiting consents, oldest first.
    pub fn pending(&self) -> Stored<Vec<PendingRow>> {
        let db = self.db();
        let mut rows = db.prepare(&format!("SELECT {COLUMNS} FROM pending ORDER BY opened_at"))?;
        Ok(rows.query_map([], read)?.collect::<Result<_, _>>()?)
    }

    /// Notes that Okta took the consent.
    pub fn note_authorized(&self, org: &str, app: &str) -> Stored<()> {
        self.db().execute(
            "UPDATE pending SET authorized = 1 WHERE org = ?1 AND app = ?2",
            [org, app],
        )?;
        Ok(())
    }

    /// Forgets a waiting consent; its mark stays a day, so that a late paste can be told what it is.
    pub fn forget_pending(&self, org: &str, app: &str, now: jiff::Timestamp) -> Stored<()> {
        let db = self.db();
        db.execute(
            "INSERT INTO earlier (org, app, mark, at) SELECT org, app, mark, opened_at FROM pending WHERE org = ?1 AND app = ?2",
            [org, app],
        )?;
        db.execute("DELETE FROM pending WHERE org = ?1 AND app = ?2", [org, app])?;
        let day_ago = now
            .saturating_sub(jiff::SignedDuration::from_hours(24))
            .map(|t| t.to_string())
            .unwrap_or_default();
        db.execute("DELETE FROM earlier WHERE at < ?1", [day_ago])?;
        Ok(())
    }

    /// Drops the notes of an org whose state did not survive (the practice org inside Gatehouse).
    pub fn drop_pending(&self, org: &str) -> Stored<()> {
        self.db().execute("DELETE FROM pending WHERE org = ?1", [org])?;
        Ok(())
    }

    /// Marks of earlier attempts of an app.
    pub fn earlier_marks(&self, org: &str, app: &str) -> Stored<Vec<String>> {
        let db = self.db();
        let mut rows = db.prepare("SELECT mark FROM earlier WHERE org = ?1 AND app = ?2")?;
        Ok(rows
            .query_map([org, app], |row| row.get(0))?
            .collect::<Result<_, _>>()?)
    }
}
