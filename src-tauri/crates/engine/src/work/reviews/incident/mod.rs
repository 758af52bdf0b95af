//! Launching for many people: a pasted list is looked up, looked over by a person, then launched one after the other inside
//! the org's rate limit. Every row is in the file, so that it can be gone on with after a crash.

mod resolve;
mod run;

use super::launch::date;
use super::people::Reading;
use super::show;
use crate::engine::{Engine, hold, now};
use crate::ipc::events::Event;
use crate::ipc::review_args::{IncidentArgs, IncidentChangeArgs, IncidentRowArgs};
use crate::ipc::views::reviews::incident::{
    IncidentHead, IncidentRow, IncidentRowState, IncidentState, IncidentView,
};
use crate::ipc::views::reviews::people::PersonView;
use crate::store::orgs::Org;
use domain::okta::endpoints as e;
use domain::okta::wire::people::Person;
use domain::problem::{Problem, reviews as words};
use domain::reviews::{incident as lists, launch};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use tokio_util::sync::CancellationToken;

/// What all rows have in common, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    state: IncidentState,
    template: String,
    reviewers: Vec<PersonView>,
    end_time: String,
    at: String,
    /// Why it stands, in a sentence; empty for the usual.
    why: String,
}

/// A row as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Row {
    shown: IncidentRow,
    /// Its launch, while that is not over.
    launch: Option<i64>,
    /// Launched, and Okta is making it ready.
    #[serde(default)]
    pending: bool,
    /// To be launched anew if it is not found: the person asked for that.
    #[serde(default)]
    again: bool,
}

/// An org's list in this run.
pub(super) struct Run {
    head: Head,
    rows: Vec<Row>,
    pub(super) cancel: CancellationToken,
    /// A task is at work on it.
    busy: bool,
}

fn count(rows: &[Row], states: &[IncidentRowState]) -> u32 {
    let found = rows.iter().filter(|row| states.contains(&row.shown.state));
    u32::try_from(found.count()).unwrap_or(u32::MAX)
}

impl Head {
    fn words(&self, ready: u32, open: u32) -> String {
        if !self.why.is_empty() {
            return self.why.clone();
        }
        match self.state {
            IncidentState::Resolving => "Names are being looked up. Nothing is launched yet.".into(),
            IncidentState::Ready if ready == 0 => "Nobody can be launched for yet.".into(),
            IncidentState::Ready if open > 0 => {
                format!("{ready} ready; {open} need a look. Those are left out unless you choose.")
            }
            IncidentState::Ready => format!("{ready} ready."),
            IncidentState::Running => {
                "Reviews are launched one after the other, at the pace Okta allows.".into()
            }
            IncidentState::Paused => "Paused. Go on whenever you like.".into(),
            IncidentState::Done => "Every row has come to its end.".into(),
            IncidentState::Cancelled => "Cancelled. What is marked as launched is launched.".into(),
        }
    }
}

impl Run {
    fn head_view(&self, org: &str, engine: &Engine) -> IncidentHead {
        use IncidentRowState as S;
        let ready = count(&self.rows, &[S::Ready]);
        let open = count(&self.rows, &[S::Unresolved, S::Ambiguous, S::NotFound, S::Barred]);
        let eta = (self.head.state == IncidentState::Running && ready > 0)
            .then(|| engine.client.through(org, e::REVIEW_LAUNCH.bucket, ready))
            .flatten()
            .and_then(|at| Timestamp::from_second(at).ok());
        IncidentHead {
            org: org.to_owned(),
            state: self.head.state,
            template: self.head.template.clone(),
            reviewers: self.head.reviewers.clone(),
            end_time: self.head.end_time.clone(),
            at: self.head.at.clone(),
            total: u32::try_from(self.rows.len()).unwrap_or(0),
            ready,
            launched: count(&self.rows, &[S::Launched, S::Found]),
            failed: count(&self.rows, &[S::Failed, S::Unknown]),
            open,
            eta: eta.map(|at| at.to_string()),
            problems: self.problems(engine.server_now(org)),
            words: self.head.words(ready, open),
        }
    }

    fn view(&self, org: &str, engine: &Engine) -> IncidentView {
        IncidentView {
            head: self.head_view(org, engine),
            rows: self.rows.iter().map(|row| row.shown.clone()).collect(),
        }
    }

    /// What is wrong with what all rows have in common.
    fn problems(&self, now: Timestamp) -> Vec<Problem> {
        if matches!(self.head.state, IncidentState::Done | IncidentState::Cancelled) {
            return Vec::new();
        }
        let mut problems = Vec::new();
        let people: Vec<Person> = self.head.reviewers.iter().map(show::person_again).collect();
        // The reviewed ones among them are told row by row.
        if let Err(wrong) = launch::reviewers("", &people) {
            problems.extend(wrong);
        }
        if let Err(problem) = launch::end(&self.head.end_time, now, launch::When::Launch) {
            problems.push(problem);
        }
        if let Err(problem) = launch::name(&self.head.template) {
            problems.push(problem.field("template"));
        }
        problems
    }

    /// Whether each row with a person can be launched, and under which name. A name comes once only: a lost answer is
    /// looked for by it.
    fn judge(&mut self, now: Timestamp) {
        let reviewers: Vec<&String> = self.head.reviewers.iter().map(|it| &it.id).collect();
        let mut seen: HashMap<String, u32> = HashMap::new();
        let mut names: HashMap<String, u32> = HashMap::new();
        let today = date(now);
        for row in &mut self.rows {
            let shown = &mut row.shown;
            let open = matches!(shown.state, IncidentRowState::Ready | IncidentRowState::Barred);
            let Some(person) = shown.person.clone() else {
                continue;
            };
            let first = *seen.entry(person.id.clone()).or_insert(shown.id);
            if !open {
                if let Some(name) = &shown.name {
                    names.insert(name.clone(), shown.id);
                }
                continue;
            }
            let bar = if first != shown.id {
                Some(format!("The same person as row {first}."))
            } else if reviewers.contains(&&person.id) {
                Some("Is among the reviewers, and nobody reviews their own access. Launch for them apart, with other reviewers.".into())
            } else if !person.can_be_subject {
                person.note.clone()
            } else {
                None
            };
            shown.state = if bar.is_some() {
                IncidentRowState::Barred
            } else {
                IncidentRowState::Ready
            };
            shown.note = bar;
            let mut name = launch::fill_name(&self.head.template, &person.name, &today);
            if names.contains_key(&name) || !self.head.template.contains("{user}") {
                let user = format!("{} ({})", person.name, person.login);
                let template = if self.head.template.contains("{user}") {
                    self.head.template.clone()
                } else {
                    format!("{}: {{user}}", self.head.template)
                };
                name = launch::fill_name(&template, &user, &today);
            }
            names.insert(name.clone(), shown.id);
            shown.name = Some(name);
        }
    }
}

impl Engine {
    /// Works on the list of an org; `None` where there is none. The one of an earlier run is taken out of the file.
    fn with_incident<T>(&self, org: &str, work: impl FnOnce(&mut Run) -> T) -> Result<Option<T>, Problem> {
        let mut incidents = hold(&self.reviews.incidents);
        if !incidents.contains_key(org) {
            let Some((mut head, rows)) = self.store.incident::<Head, Row>(org)? else {
                return Ok(None);
            };
            if head.state == IncidentState::Running {
                head.state = IncidentState::Paused;
                head.why = "Gatehouse was closed while it was launching. Nothing is launched twice: go on, and what was on its way is looked for first.".into();
            }
            if head.state == IncidentState::Resolving {
                head.state = IncidentState::Ready;
                head.why = "Gatehouse was closed while names were looked up. Paste the list again to look up the rest.".into();
            }
            let run = Run {
                head,
                rows,
                cancel: self.stop.child_token(),
                busy: false,
            };
            incidents.insert(org.to_owned(), run);
        }
        Ok(incidents.get_mut(org).map(work))
    }

    /// Changes rows, keeps them, and tells the window.
    fn change_incident(
        &self,
        org: &str,
        change: impl FnOnce(&mut Run) -> Result<(), Problem>,
    ) -> Result<IncidentView, Problem> {
        let (view, changed, kept) = self
            .with_incident(org, |run| {
                let before = (run.head.clone(), run.rows.clone());
                change(run)?;
                let mut kept = Ok(());
                if run.head != before.0 {
                    kept = self.store.keep_incident(org, &run.head);
                }
                let mut changed = Vec::new();
                for (place, row) in run.rows.iter().enumerate() {
                    if before.1.get(place) != Some(row) {
                        kept = kept.and(self.store.keep_incident_row(org, row.shown.id, row));
                        changed.push(row.shown.clone());
                    }
                }
                Ok::<_, Problem>((run.view(org, self), changed, kept))
            })?
            .ok_or_else(words::no_incident)??;
        self.events.emit(Event::Incident {
            org: org.to_owned(),
            head: Some(view.head.clone()),
            rows: changed,
        });
        // The window has what is so, even where the file could not take it.
        kept?;
        Ok(view)
    }

    pub(crate) fn incident_of(&self, org: &str) -> Result<Option<IncidentView>, Problem> {
        let held = self.org(org)?;
        self.watch_incident(&held);
        self.with_incident(org, |run| run.view(org, self))
    }

    /// Takes a pasted list apart, and begins to look it up.
    pub(crate) async fn start_incident(&self, args: &IncidentArgs) -> Result<IncidentView, Problem> {
        let org = self.org(&args.org)?;
        self.not_while_launching(&org.key)?;
        let entries = lists::entries(&args.text)?;
        let people = match &args.group {
            Some(group) if !group.is_empty() => self.people_of_group(&org, group).await?,
            _ => Vec::new(),
        };
        if entries.is_empty() && people.is_empty() {
            return Err(words::nothing_pasted());
        }
        if entries.len() + people.len() > lists::MOST {
            return Err(words::group_too_large(lists::MOST));
        }
        let reviewers = self
            .people_by_id(&org, &args.reviewers, Reading::Now)
            .await
            .map_err(|it| it.field("reviewers"))?;
        let blank = |id: usize, text: String, person: Option<PersonView>| Row {
            shown: IncidentRow {
                id: u32::try_from(id + 1).unwrap_or(u32::MAX),
                text,
                state: if person.is_some() {
                    IncidentRowState::Ready
                } else {
                    IncidentRowState::Unresolved
                },
                person,
                candidates: Vec::new(),
                name: None,
                review: None,
                note: None,
                problem: None,
            },
            launch: None,
            pending: false,
            again: false,
        };
        let begin = entries.len();
        let rows: Vec<Row> = entries
            .iter()
            .enumerate()
            .map(|(place, entry)| blank(place, entry.text.clone(), None))
            .chain(people.iter().enumerate().map(|(place, person)| {
                blank(begin + place, person.login.clone(), Some(show::person(person)))
            }))
            .collect();
        let cancel = self.stop.child_token();
        let mut run = Run {
            head: Head {
                state: IncidentState::Resolving,
                template: args.template.trim().to_owned(),
                reviewers: reviewers.iter().map(show::person).collect(),
                end_time: args.end_time.clone(),
                at: now(),
                why: String::new(),
            },
            rows,
            cancel: cancel.clone(),
            busy: true,
        };
        run.judge(self.server_now(&org.key));
        // The old one may have been set going while Okta was asked.
        self.not_while_launching(&org.key)?;
        self.forget_incident(&org.key)?;
        self.store.keep_incident(&org.key, &run.head)?;
        for row in &run.rows {
            self.store.keep_incident_row(&org.key, row.shown.id, row)?;
        }
        let view = run.view(&org.key, self);
        hold(&self.reviews.incidents).insert(org.key.clone(), run);
        if let Some(engine) = self.handle() {
            tokio::spawn(async move { engine.resolve_incident(&org, entries, &cancel).await });
        }
        Ok(view)
    }

    /// A list whose rows are on their way to Okta is not replaced.
    fn not_while_launching(&self, org: &str) -> Result<(), Problem> {
        let busy = self.with_incident(org, |run| run.busy && run.head.state != IncidentState::Resolving)?;
        if busy == Some(true) {
            return Err(words::incident_running());
        }
        Ok(())
    }

    fn forget_incident(&self, org: &str) -> Result<(), Problem> {
        if let Some(run) = hold(&self.reviews.incidents).remove(org) {
            run.cancel.cancel();
        }
        let launches: Vec<(i64, super::launch::Intent)> = self.store.launches(org)?;
        for (id, intent) in launches {
            if intent.many {
                self.store.drop_launch(id)?;
            }
        }
        self.store.drop_incident(org)?;
        Ok(())
    }

    pub(crate) async fn change_whole_incident(
        &self,
        args: &IncidentChangeArgs,
    ) -> Result<IncidentView, Problem> {
        let org = self.org(&args.org)?;
        let reviewers = self
            .people_by_id(&org, &args.reviewers, Reading::Now)
            .await
            .map_err(|it| it.field("reviewers"))?;
        let now = self.server_now(&org.key);
        self.change_incident(&org.key, |run| {
            if run.head.state == IncidentState::Running {
                return Err(words::incident_running());
            }
            run.head.reviewers = reviewers.iter().map(show::person).collect();
            run.head.template = args.template.trim().to_owned();
            run.head.end_time.clone_from(&args.end_time);
            run.judge(now);
            Ok(())
        })
    }

    /// Chooses somebody for a row, or leaves it out.
    pub(crate) fn choose_incident_row(&self, args: &IncidentRowArgs) -> Result<IncidentView, Problem> {
        let org = self.org(&args.org)?;
        let now = self.server_now(&org.key);
        self.change_incident(&org.key, |run| {
            use IncidentRowState as S;
            let row = run
                .rows
                .iter_mut()
                .find(|row| row.shown.id == args.row)
                .filter(|row| {
                    matches!(
                        row.shown.state,
                        S::Ambiguous | S::NotFound | S::Barred | S::Ready | S::Skipped | S::Unresolved
                    )
                })
                .ok_or_else(words::no_such_row)?;
            match &args.person {
                None => {
                    row.shown.state = S::Skipped;
                    row.shown.note = Some("Left out.".into());
                }
                Some(id) => {
                    let chosen = row
                        .shown
                        .candidates
                        .iter()
                        .chain(&row.shown.person)
                        .find(|it| it.id == *id)
                        .cloned()
                        .ok_or_else(words::no_such_row)?;
                    row.shown.person = Some(chosen);
                    row.shown.state = S::Ready;
                    row.shown.note = None;
                }
            }
            run.judge(now);
            Ok(())
        })
    }

    pub(crate) fn clear_incident(&self, key: &str) -> Result<(), Problem> {
        let org: Org = self.org(key)?;
        self.not_while_launching(&org.key)?;
        self.forget_incident(&org.key)?;
        self.events.emit(Event::Incident {
            org: org.key,
            head: None,
            rows: Vec::new(),
        });
        Ok(())
    }
}
