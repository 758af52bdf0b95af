//! Settings and small values.

use super::{Store, Stored};
use crate::ipc::views::settings::Settings;
use rusqlite::{OptionalExtension, params};

impl Store {
    /// A small value.
    pub fn value(&self, name: &str) -> Stored<Option<String>> {
        Ok(self
            .db()
            .query_row("SELECT value FROM setting WHERE name = ?1", [name], |r| r.get(0))
            .optional()?)
    }

    /// Keeps a small value.
    pub fn keep_value(&self, name: &str, value: &str) -> Stored<()> {
        self.db().execute(
            "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
            params![name, value],
        )?;
        Ok(())
    }

    /// The person's settings; defaults for what can't be read.
    pub fn settings(&self) -> Settings {
        self.value("settings")
            .ok()
            .flatten()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or(Settings {
                auto_activate: true,
                ..Settings::default()
            })
    }

    /// Keeps the settings.
    pub fn keep_settings(&self, settings: &Settings) -> Stored<()> {
        self.keep_value("settings", &serde_json::to_string(settings).unwrap_or_default())
    }
}
