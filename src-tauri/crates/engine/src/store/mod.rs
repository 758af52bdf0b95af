//! Gatehouse's own SQLite file: everything that is not secret. Orgs, settings, waiting consents, history of writes.
//!
//! One file, WAL, migrations by `user_version`. A file that can't be read is put aside, never overwritten.

pub mod credentials;
pub mod history;
pub mod orgs;
pub mod pending;
pub mod reviews;
pub mod settings;

use domain::problem::{Problem, local};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

/// Migrations, in order; the n-th brings the file to `user_version` n.
const MIGRATIONS: &[&str] = &[
    "CREATE TABLE org (
        key TEXT PRIMARY KEY, origin TEXT NOT NULL, name TEXT NOT NULL, colour TEXT NOT NULL, read_only INTEGER NOT NULL,
        tag TEXT NOT NULL, org_id TEXT, alternate TEXT NOT NULL DEFAULT '[]', last_used TEXT, place INTEGER NOT NULL);
     CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
     -- A waiting consent. `mark` is the SHA-256 of the state of the link that was opened: the state itself is not kept.
     CREATE TABLE pending (
        org TEXT NOT NULL, app TEXT NOT NULL, app_name TEXT NOT NULL, label TEXT NOT NULL, mark TEXT NOT NULL,
        opened_at TEXT NOT NULL, authorized INTEGER NOT NULL, auto_activate INTEGER NOT NULL, run TEXT NOT NULL,
        PRIMARY KEY (org, app));
     -- Marks of earlier attempts, kept a day so that a late paste can be told what it is.
     CREATE TABLE earlier (org TEXT NOT NULL, app TEXT NOT NULL, mark TEXT NOT NULL, at TEXT NOT NULL);
     CREATE TABLE history (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, org TEXT NOT NULL, org_name TEXT NOT NULL, app TEXT,
        app_label TEXT, action TEXT NOT NULL, call TEXT NOT NULL, status INTEGER, outcome TEXT NOT NULL, before TEXT,
        after TEXT, request_id TEXT, ms INTEGER NOT NULL, note TEXT);
     CREATE INDEX history_by_org ON history (org, id);",
    // What is known of credentials; until now every org had an API token.
    "CREATE TABLE credential (
        org TEXT NOT NULL, kind TEXT NOT NULL, details TEXT NOT NULL DEFAULT '{}', active INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (org, kind));
     INSERT INTO credential (org, kind, details, active)
        SELECT org.key, 'apiToken', json_object('session_only', json(iif(setting.value = '1', 'true', 'false')),
            'last_used', org.last_used), 1
        FROM org LEFT JOIN setting ON setting.name = 'session-only:' || org.key;
     DELETE FROM setting WHERE name LIKE 'session-only:%';",
    reviews::TABLES,
];

/// The open file.
pub struct Store {
    db: Mutex<Connection>,
    /// What happened on opening that a person should know.
    pub notices: Vec<String>,
}

fn failed(error: &rusqlite::Error) -> Problem {
    let what = match error {
        rusqlite::Error::SqliteFailure(code, _) => match code.code {
            rusqlite::ErrorCode::DiskFull => "The disk is full.",
            rusqlite::ErrorCode::ReadOnly
            | rusqlite::ErrorCode::CannotOpen
            | rusqlite::ErrorCode::PermissionDenied => "The file can't be written.",
            rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked => {
                "Another program holds the file."
            }
            _ => "The file could not be used.",
        },
        _ => "The file could not be used.",
    };
    local::storage(what)
}

impl From<WithStore> for Problem {
    fn from(error: WithStore) -> Self {
        failed(&error.0)
    }
}

/// A failure of the file on its way to becoming a [`Problem`].
#[derive(Debug)]
pub struct WithStore(rusqlite::Error);

impl From<rusqlite::Error> for WithStore {
    fn from(error: rusqlite::Error) -> Self {
        Self(error)
    }
}

/// Result of a store call.
pub type Stored<T> = Result<T, WithStore>;

#[cfg(unix)]
fn only_mine(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode));
}

#[cfg(not(unix))]
fn only_mine(_path: &Path, _mode: u32) {}

fn connect(path: &Path) -> Result<Connection, rusqlite::Error> {
    let db = Connection::open(path)?;
    db.busy_timeout(std::time::Duration::from_secs(2))?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    // A waiting consent must be on the disk before the browser opens.
    db.pragma_update(None, "synchronous", "FULL")?;
    db.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))
        .and_then(|said| {
            if said == "ok" {
                Ok(())
            } else {
                Err(rusqlite::Error::InvalidQuery)
            }
        })?;
    Ok(db)
}

fn migrate(db: &Connection) -> Result<(), rusqlite::Error> {
    let version: usize = db
        .query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))?
        .try_into()
        .unwrap_or(0);
    for (index, sql) in MIGRATIONS.iter().enumerate().skip(version) {
        db.execute_batch(&format!(
            "BEGIN; {sql} PRAGMA user_version = {}; COMMIT;",
            index + 1
        ))?;
    }
    Ok(())
}

fn newer(db: &Connection) -> bool {
    let version = db
        .query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))
        .unwrap_or(0);
    usize::try_from(version).unwrap_or(0) > MIGRATIONS.len()
}

impl Store {
    /// Opens the file in a folder, making both when they are not there.
    ///
    /// # Errors
    /// When the folder can't be written, or the file was made by a newer Gatehouse (it is then left alone).
    pub fn open(folder: &Path) -> Result<Self, Problem> {
        std::fs::create_dir_all(folder).map_err(|_| local::storage("The data folder can't be made."))?;
        only_mine(folder, 0o700);
        let path = folder.join("gatehouse.sqlite3");
        let mut notices = Vec::new();
        let db = match connect(&path) {
            Ok(db) => db,
            Err(rusqlite::Error::SqliteFailure(code, _))
                if matches!(
                    code.code,
                    rusqlite::ErrorCode::CannotOpen
                        | rusqlite::ErrorCode::ReadOnly
                        | rusqlite::ErrorCode::DiskFull
                        | rusqlite::ErrorCode::PermissionDenied
                        | rusqlite::ErrorCode::DatabaseBusy
                ) =>
            {
                return Err(local::storage("The data folder can't be used."));
            }
            Err(_) => {
                let aside = put_aside(&path)?;
                notices.push(format!(
                    "Gatehouse's own file could not be read. It was put aside as {aside}, and a new one was begun. Tokens in the keychain are not affected: add your orgs again."
                ));
                connect(&path).map_err(|e| failed(&e))?
            }
        };
        if newer(&db) {
            return Err(local::storage(
                "It was written by a newer version of Gatehouse. Use that version; the file was left as it is.",
            ));
        }
        migrate(&db).map_err(|e| failed(&e))?;
        only_mine(&path, 0o600);
        Ok(Self {
            db: Mutex::new(db),
            notices,
        })
    }

    fn db(&self) -> MutexGuard<'_, Connection> {
        self.db.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn put_aside(path: &Path) -> Result<String, Problem> {
    let stamp = jiff::Timestamp::now().as_second();
    let aside = PathBuf::from(format!("{}.corrupt-{stamp}", path.display()));
    std::fs::rename(path, &aside).map_err(|_| local::storage("The unreadable file can't be put aside."))?;
    for tail in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{tail}", path.display()));
    }
    Ok(aside
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unreadable_file_is_kept_and_told() {
        let folder = tempfile::tempdir().expect("folder");
        std::fs::write(folder.path().join("gatehouse.sqlite3"), vec![7_u8; 5_000]).expect("written");
        let store = Store::open(folder.path()).expect("opened");
        assert_eq!(store.notices.len(), 1);
        let kept = std::fs::read_dir(folder.path()).expect("read").flatten();
        assert!(
            kept.into_iter()
                .any(|e| e.file_name().to_string_lossy().contains(".corrupt-"))
        );
    }

    #[test]
    fn a_newer_file_is_left_alone() {
        let folder = tempfile::tempdir().expect("folder");
        drop(Store::open(folder.path()).expect("made"));
        let path = folder.path().join("gatehouse.sqlite3");
        Connection::open(&path)
            .expect("open")
            .pragma_update(None, "user_version", 99)
            .expect("set");
        let before = std::fs::read(&path).expect("read");
        assert!(Store::open(folder.path()).is_err());
        assert_eq!(std::fs::read(&path).expect("read"), before);
    }

    #[test]
    fn orgs_of_the_first_version_keep_their_tokens() {
        use crate::ipc::views::signin::CredentialKind;
        let folder = tempfile::tempdir().expect("folder");
        let old = Connection::open(folder.path().join("gatehouse.sqlite3")).expect("open");
        old.execute_batch(&format!(
            "{} PRAGMA user_version = 1;
             INSERT INTO org VALUES ('acme', 'https://acme.okta.com', 'Acme', 'teal', 0, 'production', NULL, '[]', '2026-01-02T03:04:05Z', 1);
             INSERT INTO org VALUES ('spoke', 'https://spoke.okta.com', 'Spoke', 'rose', 0, 'production', NULL, '[]', NULL, 2);
             INSERT INTO setting VALUES ('session-only:spoke', '1'), ('session-only:acme', '0');",
            MIGRATIONS[0]
        ))
        .expect("as the first version left it");
        drop(old);
        let store = Store::open(folder.path()).expect("opened");
        for (org, session_only, used) in [
            ("acme", false, Some("2026-01-02T03:04:05Z")),
            ("spoke", true, None),
        ] {
            assert_eq!(
                store.active_credential(org).expect("read"),
                Some(CredentialKind::ApiToken)
            );
            let held = store.credentials(org).expect("read");
            assert_eq!(held.len(), 1, "{org}");
            assert_eq!(
                (held[0].1.session_only, held[0].1.last_used.as_deref()),
                (session_only, used),
                "{org}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_only_the_persons() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("folder");
        drop(Store::open(folder.path()).expect("made"));
        let mode = |p: &Path| std::fs::metadata(p).expect("meta").permissions().mode() & 0o777;
        assert_eq!(mode(&folder.path().join("gatehouse.sqlite3")), 0o600);
        assert_eq!(mode(folder.path()), 0o700);
    }
}
