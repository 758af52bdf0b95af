//! Orgs, without their secrets.

use super::{Store, Stored};
use crate::ipc::views::orgs::OrgTag;
use domain::org_address::OrgOrigin;
use rusqlite::params;

/// One org as Gatehouse keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Org {
    /// Key.
    pub key: String,
    /// Origin.
    pub origin: OrgOrigin,
    /// Name.
    pub name: String,
    /// Colour name.
    pub colour: String,
    /// Gatehouse refuses writes.
    pub read_only: bool,
    /// Production, preview or practice.
    pub tag: OrgTag,
    /// Okta's org id.
    pub org_id: Option<String>,
    /// Other hosts the org answers under.
    pub alternate: Vec<String>,
    /// When a call last succeeded.
    pub last_used: Option<String>,
}

fn tag_text(tag: OrgTag) -> &'static str {
    match tag {
        OrgTag::Production => "production",
        OrgTag::Preview => "preview",
        OrgTag::Practice => "practice",
    }
}

impl Store {
    /// Keeps an org, new or changed.
    pub fn keep_org(&self, org: &Org) -> Stored<()> {
        let alternate = serde_json::to_string(&org.alternate).unwrap_or_default();
        self.db().execute(
            "INSERT INTO org (key, origin, name, colour, read_only, tag, org_id, alternate, last_used, place)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, (SELECT COALESCE(MAX(place), 0) + 1 FROM org))
             ON CONFLICT (key) DO UPDATE SET origin = ?2, name = ?3, colour = ?4, read_only = ?5, tag = ?6, org_id = ?7,
             alternate = ?8, last_used = ?9",
            params![
                org.key,
                org.origin.as_str(),
                org.name,
                org.colour,
                org.read_only,
                tag_text(org.tag),
                org.org_id,
                alternate,
                org.last_used
            ],
        )?;
        Ok(())
    }

    /// All orgs but the practice org inside Gatehouse, in rail order.
    pub fn orgs(&self) -> Stored<Vec<Org>> {
        let db = self.db();
        let mut rows = db.prepare(
            "SELECT key, origin, name, colour, read_only, tag, org_id, alternate, last_used FROM org ORDER BY place",
        )?;
        let found = rows.query_map([], |row| {
            let (origin, tag): (String, String) = (row.get(1)?, row.get(5)?);
            let alternate: String = row.get(7)?;
            let Ok(cleaned) = domain::org_address::clean(&origin) else {
                return Ok(None);
            };
            Ok(Some(Org {
                key: row.get(0)?,
                origin: cleaned.origin,
                name: row.get(2)?,
                colour: row.get(3)?,
                read_only: row.get(4)?,
                // What can't be read counts as production: the tag that asks for most care.
                tag: [OrgTag::Preview, OrgTag::Practice]
                    .into_iter()
                    .find(|it| tag_text(*it) == tag)
                    .unwrap_or(OrgTag::Production),
                org_id: row.get(6)?,
                alternate: serde_json::from_str(&alternate).unwrap_or_default(),
                last_used: row.get(8)?,
            }))
        })?;
        Ok(found
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .flatten()
            .collect())
    }

    /// Forgets an org and its waiting consents. History stays.
    pub fn forget_org(&self, key: &str) -> Stored<()> {
        let db = self.db();
        db.execute("DELETE FROM org WHERE key = ?1", [key])?;
        db.execute("DELETE FROM pending WHERE org = ?1", [key])?;
        db.execute("DELETE FROM earlier WHERE org = ?1", [key])?;
        Ok(())
    }
}
