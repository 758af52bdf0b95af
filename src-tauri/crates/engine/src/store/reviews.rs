//! What must survive a restart about security access reviews: intents of launches before they are sent, lists of people to
//! launch for, decisions that wait, and whose access a review is about (Okta's lists don't say).

use super::{Store, Stored};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The migration's statements.
pub(super) const TABLES: &str = "
    -- A launch, written before it is sent. A lost answer is looked for by name and time; it is never sent twice.
    CREATE TABLE launch (id INTEGER PRIMARY KEY AUTOINCREMENT, org TEXT NOT NULL, data TEXT NOT NULL);
    CREATE INDEX launch_by_org ON launch (org, id);
    CREATE TABLE incident (org TEXT PRIMARY KEY, data TEXT NOT NULL);
    CREATE TABLE incident_row (org TEXT NOT NULL, id INTEGER NOT NULL, data TEXT NOT NULL, PRIMARY KEY (org, id));
    -- Decisions that are not through: what is here when Gatehouse starts was not sent, or its end was not seen.
    CREATE TABLE decision (id INTEGER PRIMARY KEY AUTOINCREMENT, org TEXT NOT NULL, data TEXT NOT NULL);
    CREATE TABLE subject (org TEXT NOT NULL, review TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (org, review));";

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

impl Store {
    /// Writes down a launch before it is sent; gives its number.
    pub fn new_launch(&self, org: &str, data: &impl Serialize) -> Stored<i64> {
        let db = self.db();
        db.execute(
            "INSERT INTO launch (org, data) VALUES (?1, ?2)",
            params![org, json(data)],
        )?;
        Ok(db.last_insert_rowid())
    }

    /// What became of it.
    pub fn keep_launch(&self, id: i64, data: &impl Serialize) -> Stored<()> {
        self.db().execute(
            "UPDATE launch SET data = ?2 WHERE id = ?1",
            params![id, json(data)],
        )?;
        Ok(())
    }

    /// A launch and its org.
    pub fn launch<T: DeserializeOwned>(&self, id: i64) -> Stored<Option<(String, T)>> {
        let found: Option<(String, String)> = self
            .db()
            .query_row("SELECT org, data FROM launch WHERE id = ?1", [id], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        Ok(found.and_then(|(org, data)| Some((org, read(&data)?))))
    }

    /// The launches of an org, latest first.
    pub fn launches<T: DeserializeOwned>(&self, org: &str) -> Stored<Vec<(i64, T)>> {
        let db = self.db();
        let mut rows = db.prepare("SELECT id, data FROM launch WHERE org = ?1 ORDER BY id DESC")?;
        let found = rows
            .query_map([org], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?
            .collect::<Result<Vec<(i64, String)>, _>>()?;
        Ok(found
            .into_iter()
            .filter_map(|(id, data)| Some((id, read(&data)?)))
            .collect())
    }

    /// Forgets a launch; the review it made stays.
    pub fn drop_launch(&self, id: i64) -> Stored<()> {
        self.db().execute("DELETE FROM launch WHERE id = ?1", [id])?;
        Ok(())
    }

    /// An org's list of people to launch for.
    pub fn incident<H: DeserializeOwned, R: DeserializeOwned>(
        &self,
        org: &str,
    ) -> Stored<Option<(H, Vec<R>)>> {
        let db = self.db();
        let head: Option<String> = db
            .query_row("SELECT data FROM incident WHERE org = ?1", [org], |row| {
                row.get(0)
            })
            .optional()?;
        let Some(head) = head.and_then(|head| read(&head)) else {
            return Ok(None);
        };
        let mut rows = db.prepare("SELECT data FROM incident_row WHERE org = ?1 ORDER BY id")?;
        let rows = rows
            .query_map([org], |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Some((head, rows.iter().filter_map(|row| read(row)).collect())))
    }

    /// Keeps what all rows have in common.
    pub fn keep_incident(&self, org: &str, head: &impl Serialize) -> Stored<()> {
        self.db().execute(
            "INSERT INTO incident (org, data) VALUES (?1, ?2) ON CONFLICT (org) DO UPDATE SET data = ?2",
            params![org, json(head)],
        )?;
        Ok(())
    }

    /// Keeps a row.
    pub fn keep_incident_row(&self, org: &str, id: u32, row: &impl Serialize) -> Stored<()> {
        self.db().execute(
            "INSERT INTO incident_row (org, id, data) VALUES (?1, ?2, ?3)
             ON CONFLICT (org, id) DO UPDATE SET data = ?3",
            params![org, id, json(row)],
        )?;
        Ok(())
    }

    /// Forgets the list.
    pub fn drop_incident(&self, org: &str) -> Stored<()> {
        let db = self.db();
        db.execute("DELETE FROM incident WHERE org = ?1", [org])?;
        db.execute("DELETE FROM incident_row WHERE org = ?1", [org])?;
        Ok(())
    }

    /// Writes down a decision that waits.
    pub fn new_decision(&self, org: &str, data: &impl Serialize) -> Stored<i64> {
        let db = self.db();
        db.execute(
            "INSERT INTO decision (org, data) VALUES (?1, ?2)",
            params![org, json(data)],
        )?;
        Ok(db.last_insert_rowid())
    }

    /// It is being sent.
    pub fn keep_decision(&self, id: i64, data: &impl Serialize) -> Stored<()> {
        self.db().execute(
            "UPDATE decision SET data = ?2 WHERE id = ?1",
            params![id, json(data)],
        )?;
        Ok(())
    }

    /// Its end is known.
    pub fn drop_decision(&self, id: i64) -> Stored<()> {
        self.db().execute("DELETE FROM decision WHERE id = ?1", [id])?;
        Ok(())
    }

    /// Takes the decisions an earlier run left behind.
    pub fn take_decisions<T: DeserializeOwned>(&self) -> Stored<Vec<T>> {
        let db = self.db();
        let found = {
            let mut rows = db.prepare("SELECT data FROM decision ORDER BY id")?;
            rows.query_map([], |row| row.get::<_, String>(0))?
                .collect::<Result<Vec<_>, _>>()?
        };
        db.execute("DELETE FROM decision", [])?;
        Ok(found.iter().filter_map(|data| read(data)).collect())
    }

    /// Notes whose access a review is about.
    pub fn keep_subject(&self, org: &str, review: &str, data: &impl Serialize) -> Stored<()> {
        self.db().execute(
            "INSERT INTO subject (org, review, data) VALUES (?1, ?2, ?3)
             ON CONFLICT (org, review) DO UPDATE SET data = ?3",
            params![org, review, json(data)],
        )?;
        Ok(())
    }

    /// Whose access a review is about, if known.
    pub fn subject<T: DeserializeOwned>(&self, org: &str, review: &str) -> Stored<Option<T>> {
        let found: Option<String> = self
            .db()
            .query_row(
                "SELECT data FROM subject WHERE org = ?1 AND review = ?2",
                [org, review],
                |row| row.get(0),
            )
            .optional()?;
        Ok(found.and_then(|data| read(&data)))
    }

    /// Forgets everything of an org.
    pub fn drop_reviews(&self, org: &str) -> Stored<()> {
        self.drop_incident(org)?;
        let db = self.db();
        for table in ["launch", "decision", "subject"] {
            db.execute(&format!("DELETE FROM {table} WHERE org = ?1"), [org])?;
        }
        // Who reviewed last.
        db.execute(
            "DELETE FROM setting WHERE name = ?1",
            [format!("reviewers:{org}")],
        )?;
        Ok(())
    }
}
