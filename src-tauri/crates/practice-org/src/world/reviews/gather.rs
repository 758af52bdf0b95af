//! Gathering: what somebody has access to at a moment, taken down as items that no longer change with the org.

use super::catalog::{Below, ROWS, Row};
use super::item::{Facts, Item, Kind, Severity};
use super::remedy::Remedy;
use super::{Governance, Ids};
use crate::seed::id;
use crate::world::App;
use std::collections::{BTreeMap, BTreeSet};

const DAY: i64 = 86_400;

/// Severities of an endless list: few are high.
const SEVERITIES: [Severity; 10] = [
    Severity::High,
    Severity::Low,
    Severity::Low,
    Severity::Medium,
    Severity::Low,
    Severity::Low,
    Severity::Medium,
    Severity::Low,
    Severity::Low,
    Severity::Medium,
];

/// A number that is somebody's own, for what differs from person to person.
pub(crate) fn number(principal: &str) -> usize {
    let end = principal
        .get(principal.len().saturating_sub(5)..)
        .unwrap_or_default();
    end.bytes()
        .filter(u8::is_ascii_digit)
        .fold(0, |number, digit| number * 10 + usize::from(digit - b'0'))
}

/// Id of a row's app.
pub(crate) fn app_id(apps: &BTreeMap<String, App>, at: usize) -> String {
    let label = ROWS[at].label;
    apps.values()
        .find(|app| app.label == label)
        .map_or_else(|| id("0oa3g", at + 1), |app| app.id.clone())
}

/// Id of what hangs below a row's app.
pub(crate) fn below_id(at: usize, place: usize, kind: Kind) -> String {
    let prefix = match kind {
        Kind::App => "0oa3g",
        Kind::Value => "ent1p",
        Kind::Bundle => "enb1p",
        Kind::Group => "00g3g",
    };
    id(prefix, at * 100 + place + 1)
}

/// Rows of what somebody has: everybody has most of it, and not all.
pub(crate) fn rows_of(principal: &str) -> Vec<usize> {
    let own = number(principal);
    (0..ROWS.len())
        .filter(|at| own == 7 && *at != 14 || own != 7 && (own + at * at) % 4 != 1)
        .collect()
}

fn below(ids: &mut Ids<'_>, row: usize, place: usize, it: &Below, now: i64) -> Item {
    Item {
        id: ids.next("sai1p"),
        kind: it.kind,
        name: it.name.into(),
        resource: below_id(row, place, it.kind),
        severity: it.severity,
        automatic: it.automatic,
        manual: it.manual,
        facts: Facts {
            description: it.about,
            entitlement: it.entitlement,
            owner: it.owner,
            assigned: Some(now - it.assigned * DAY),
            assignment: it.assignment,
            collections: it.collections,
            entitlements: it.holds,
            labels: it.labels,
            ..Facts::default()
        },
        anomalies: it.odd.to_vec(),
        remedy: Remedy::None,
        with_app: false,
        summary: None,
        subs: Vec::new(),
    }
}

fn item(ids: &mut Ids<'_>, row: &Row, resource: String, now: i64) -> Item {
    Item {
        id: ids.next("aim1p"),
        kind: Kind::App,
        name: row.label.into(),
        resource,
        severity: row.severity,
        automatic: row.automatic,
        manual: row.manual,
        facts: Facts {
            key: row.key.into(),
            assigned: Some(now - row.assigned * DAY),
            assignment: row.assignment,
            last_access: row.last.map(|days| now - days * DAY),
            usage: row.usage,
            device: row.device,
            certified: row.certified.map(|days| now - days * DAY),
            entitlements: row.entitlements,
            labels: row.labels,
            ..Facts::default()
        },
        anomalies: row.odd.to_vec(),
        remedy: Remedy::None,
        with_app: false,
        summary: None,
        subs: Vec::new(),
    }
}

impl Governance {
    /// What somebody has access to now; what was taken away before is not in it.
    pub(crate) fn gather(&mut self, apps: &BTreeMap<String, App>, principal: &str, now: i64) -> Vec<Item> {
        let gone = |gone: &BTreeSet<(String, String)>, what: &str| {
            gone.contains(&(principal.to_owned(), what.to_owned()))
        };
        let (mut ids, lost) = (Ids(&mut self.made), &self.gone);
        let mut items = Vec::new();
        for at in rows_of(principal) {
            let row = &ROWS[at];
            let app = app_id(apps, at);
            if gone(lost, &app) {
                continue;
            }
            let mut made = item(&mut ids, row, app, now);
            for (place, it) in row.below.iter().enumerate() {
                if !gone(lost, &below_id(at, place, it.kind)) {
                    made.subs.push(below(&mut ids, at, place, it, now));
                }
            }
            items.push(made);
        }
        items
    }

    /// As many items as asked for, by severity: for reviews that are large.
    pub(crate) fn gather_many(&mut self, count: usize, now: i64) -> Vec<Item> {
        let mut ids = Ids(&mut self.made);
        let mut items: Vec<Item> = (0..count)
            .map(|n| {
                let at = n % ROWS.len();
                let row = &ROWS[at];
                let mut made = item(&mut ids, row, id("0oa4g", n + 1), now - (n as i64 % 37) * 3600);
                made.name = format!("{} {:04}", row.label, n + 1);
                made.severity = SEVERITIES[n % SEVERITIES.len()];
                for (place, it) in row.below.iter().enumerate() {
                    made.subs.push(below(&mut ids, at, place, it, now));
                }
                made
            })
            .collect();
        items.sort_by_key(|item| std::cmp::Reverse(item.severity));
        items
    }
}
