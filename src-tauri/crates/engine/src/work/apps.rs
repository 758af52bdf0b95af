//! The connections list: apps paged in the background, the supported ones looked at.

use crate::engine::{Engine, hold, now};
use crate::ipc::events::Event;
use crate::ipc::views::apps::{AppChecked, AppRow, AppsSnapshot, ConnectionStatus, FeatureGlance, Scheme};
use crate::okta::client::Failure;
use crate::okta::pace::Urgency;
use crate::okta::receive::{Onward, Pages};
use crate::store::orgs::Org;
use crate::work::views;
use domain::catalog::{self, entry};
use domain::okta::call::Call;
use domain::okta::endpoints as e;
use domain::okta::wire::app;
use domain::okta::wire::connection::{Connection, Status};
use domain::problem::{Problem, ProblemCode, local};
use serde_json::Value;
use std::collections::HashSet;
use tokio_util::sync::CancellationToken;

/// Rows a page; Okta's most.
const PAGE: &str = "200";

/// One org's listing, kept for the session.
pub struct Listing {
    generation: u32,
    rows: Vec<AppRow>,
    done: bool,
    problem: Option<Problem>,
    cancel: CancellationToken,
}

impl Listing {
    fn snapshot(&self) -> AppsSnapshot {
        AppsSnapshot {
            generation: self.generation,
            rows: self.rows.clone(),
            done: self.done,
            problem: self.problem.clone(),
        }
    }
}

fn glance(features: &Value, name: &str) -> FeatureGlance {
    let Some(feature) = features
        .as_array()
        .and_then(|all| all.iter().find(|f| f["name"] == name))
    else {
        return FeatureGlance::None;
    };
    fn on(value: &Value) -> bool {
        match value {
            Value::Object(map) => map.get("status").is_some_and(|s| s == "ENABLED") || map.values().any(on),
            _ => false,
        }
    }
    let capabilities = &feature["capabilities"];
    let lit = if name == "INBOUND_PROVISIONING" {
        // To Okta has no switch of its own but the schedule; it follows the connection.
        feature["status"] == "ENABLED"
    } else {
        on(capabilities)
    };
    if lit {
        FeatureGlance::On
    } else {
        FeatureGlance::Off
    }
}

impl Engine {
    pub(crate) fn row(&self, org: &str, app: &str) -> Option<AppRow> {
        hold(&self.listings)
            .get(org)
            .and_then(|l| l.rows.iter().find(|row| row.id == app).cloned())
    }

    pub(crate) fn app_name(&self, org: &str, app: &str) -> Option<String> {
        self.row(org, app).map(|row| row.name)
    }

    fn make_row(&self, org: &str, app: app::App) -> AppRow {
        let supported = entry(&app.name).is_some();
        AppRow {
            reason: (!supported).then(|| catalog::reason_unsupported(&app.name)),
            supported,
            waiting: supported && self.store.pending_of(org, &app.id).ok().flatten().is_some(),
            label: if app.label.is_empty() {
                app.name.clone()
            } else {
                app.label
            },
            id: app.id,
            name: app.name,
            status: app.status,
            sign_on_mode: app.sign_on_mode,
            checked: None,
        }
    }

    pub(crate) fn load_apps(&self, key: &str, refresh: bool) -> Result<AppsSnapshot, Problem> {
        let org = self.org(key)?;
        let mut listings = hold(&self.listings);
        let previous = listings.get(key);
        if let Some(listing) = previous
            && !refresh
            && (listing.problem.is_none() || !listing.done)
        {
            return Ok(listing.snapshot());
        }
        let generation = previous.map_or(1, |listing| {
            listing.cancel.cancel();
            listing.generation + 1
        });
        let cancel = self.stop.child_token();
        let listing = Listing {
            generation,
            rows: Vec::new(),
            done: false,
            problem: None,
            cancel: cancel.clone(),
        };
        let snapshot = listing.snapshot();
        listings.insert(key.to_owned(), listing);
        drop(listings);
        let engine = self.handle().ok_or_else(|| local::internal("listing"))?;
        tokio::spawn(async move { engine.list(org, generation, cancel).await });
        Ok(snapshot)
    }

    pub(crate) fn stop_apps(&self, key: &str) {
        let cancel = hold(&self.listings)
            .get(key)
            .map(|listing| listing.cancel.clone());
        if let Some(cancel) = cancel {
            cancel.cancel();
        }
    }

    /// Adds rows to the listing and tells the window; `false` when another listing took over.
    fn append(
        &self,
        key: &str,
        generation: u32,
        rows: Vec<AppRow>,
        done: bool,
        problem: Option<Problem>,
    ) -> bool {
        {
            let mut listings = hold(&self.listings);
            let Some(listing) = listings.get_mut(key).filter(|l| l.generation == generation) else {
                return false;
            };
            listing.rows.extend(rows.iter().cloned());
            listing.done = done;
            listing.problem.clone_from(&problem);
        }
        self.events.emit(Event::Apps {
            org: key.to_owned(),
            generation,
            rows,
            done,
            problem,
        });
        true
    }

    async fn list(&self, org: Org, generation: u32, cancel: CancellationToken) {
        let mut seen: HashSet<String> = HashSet::new();
        let mut pages = Pages::default();
        let mut after: Option<String> = None;
        loop {
            let mut call = Call::new(&e::APPS).query("limit", PAGE);
            if let Some(cursor) = &after {
                call = call.query("after", cursor.clone());
            }
            // The first page is what the person waits for; the rest leaves room for clicks.
            let urgency = if after.is_none() {
                Urgency::Click
            } else {
                Urgency::Background
            };
            let answer = match self.send(&org, &call, urgency, &cancel).await {
                Ok(answer) => answer,
                Err(failure) => {
                    let problem = failure.ended_list();
                    self.append(&org.key, generation, Vec::new(), true, Some(problem));
                    break;
                }
            };
            let Some((apps, lost)) = app::page(&answer.body) else {
                let problem = local::not_oktas_answer(org.origin.host(), "not a list of apps");
                self.append(&org.key, generation, Vec::new(), true, Some(problem));
                break;
            };
            let rows: Vec<AppRow> = apps
                .into_iter()
                .filter(|app| seen.insert(app.id.clone()))
                .map(|app| self.make_row(&org.key, app))
                .collect();
            let (next, problem) = match pages.onward(answer.next, !rows.is_empty()) {
                Onward::To(cursor) => (Some(cursor), None),
                Onward::End => (None, None),
                Onward::Repeats => (None, Some(odd_paging("Okta's pages repeat."))),
                Onward::Elsewhere => (
                    None,
                    Some(odd_paging(
                        "The next page is on another address, which Gatehouse does not follow.",
                    )),
                ),
            };
            let problem = problem.or_else(|| {
                (lost > 0).then(|| odd_paging(&format!("{lost} apps of a page could not be read.")))
            });
            let done = next.is_none();
            if !self.append(&org.key, generation, rows, done, problem) {
                return;
            }
            match next {
                Some(cursor) => after = Some(cursor),
                None => break,
            }
        }
        self.look_at_supported(&org, generation, &cancel).await;
    }

    async fn look_at_supported(&self, org: &Org, generation: u32, cancel: &CancellationToken) {
        let wanted: Vec<AppRow> = hold(&self.listings)
            .get(&org.key)
            .filter(|l| l.generation == generation)
            .map(|l| l.rows.iter().filter(|row| row.supported).cloned().collect())
            .unwrap_or_default();
        for row in wanted {
            if cancel.is_cancelled() {
                return;
            }
            self.look_at(org, &row, Urgency::Background, cancel).await;
        }
    }

    /// Looks at one app and tells the window.
    pub(crate) async fn look_at(
        &self,
        org: &Org,
        row: &AppRow,
        urgency: Urgency,
        cancel: &CancellationToken,
    ) {
        let mut checked = AppChecked {
            status: ConnectionStatus::Unknown,
            scheme: None,
            to_app: FeatureGlance::Unread,
            to_okta: FeatureGlance::Unread,
            needs_consent: false,
            at: now(),
            problem: None,
        };
        let call = Call::new(&e::CONNECTION).param("appId", row.id.clone());
        match self.send(org, &call, urgency, cancel).await {
            Err(Failure::Cancelled) => return,
            Err(failure) => checked.problem = Some(failure.problem()),
            Ok(answer) => {
                if let Some(found) = Connection::read(&answer.body) {
                    checked.status = views::status(found.status);
                    checked.scheme = found.scheme.map(views::scheme);
                    let offered = found.status == Status::Disabled && found.authorize.is_some();
                    checked.needs_consent = offered && self.consent_missing(&org.key, row);
                    if found.status == Status::Enabled {
                        let call = Call::new(&e::FEATURES).param("appId", row.id.clone());
                        match self.send(org, &call, urgency, cancel).await {
                            Ok(answer) => {
                                checked.to_app = glance(&answer.body, "USER_PROVISIONING");
                                checked.to_okta = glance(&answer.body, "INBOUND_PROVISIONING");
                            }
                            Err(Failure::Cancelled) => return,
                            Err(failure) => checked.problem = Some(failure.problem()),
                        }
                    } else {
                        checked.to_app = FeatureGlance::None;
                        checked.to_okta = FeatureGlance::None;
                    }
                }
            }
        }
        self.note_checked(&org.key, &row.id, checked);
    }

    /// Okta offers the consent link of a disabled connection whether it was given before or not. What is known here
    /// decides: a note of this attempt, else that the app was seen with its consent earlier in this run.
    fn consent_missing(&self, org: &str, row: &AppRow) -> bool {
        match self.store.pending_of(org, &row.id).ok().flatten() {
            Some(note) => !note.authorized,
            None => {
                let seen = self.row(org, &row.id).and_then(|row| row.checked);
                !seen.is_some_and(|seen| seen.scheme == Some(Scheme::Oauth2) && !seen.needs_consent)
            }
        }
    }

    fn note_checked(&self, org: &str, app: &str, checked: AppChecked) {
        if let Some(row) = hold(&self.listings)
            .get_mut(org)
            .and_then(|l| l.rows.iter_mut().find(|row| row.id == app))
        {
            row.checked = Some(checked.clone());
        }
        self.events.emit(Event::Checked {
            org: org.into(),
            app: app.into(),
            checked,
        });
    }

    /// Looks at one app again, in the background.
    pub(crate) fn look_again(&self, org: &Org, app: &str) {
        let (Some(engine), Some(row)) = (self.handle(), self.row(&org.key, app)) else {
            return;
        };
        let org = org.clone();
        tokio::spawn(async move {
            let cancel = engine.stop.child_token();
            engine.look_at(&org, &row, Urgency::Background, &cancel).await;
        });
    }

    /// The row of an app, read from Okta when the list does not have it.
    pub(crate) async fn find_row(&self, org: &Org, app_id: &str) -> Result<AppRow, Problem> {
        if let Some(mut row) = self.row(&org.key, app_id) {
            row.waiting = self.store.pending_of(&org.key, app_id)?.is_some();
            return Ok(row);
        }
        let answer = self.read(org, &Call::new(&e::APP).param("appId", app_id)).await?;
        let page = Value::Array(vec![answer.body]);
        let found = app::page(&page).and_then(|(apps, _)| apps.into_iter().next());
        let found = found.ok_or_else(|| local::not_oktas_answer(org.origin.host(), "not an app"))?;
        Ok(self.make_row(&org.key, found))
    }
}

fn odd_paging(what: &str) -> Problem {
    Problem::new(
        ProblemCode::UnexpectedAnswer,
        "The list may not be whole.",
        format!("{what} Refresh to read it again."),
    )
}
