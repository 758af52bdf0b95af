//! Launching the rows: one at a time, written down before it is sent, never twice.

use super::super::launch::Intent;
use super::Row;
use crate::engine::{Engine, now};
use crate::ipc::events::Topic;
use crate::ipc::views::reviews::Side;
use crate::ipc::views::reviews::incident::{IncidentRow, IncidentRowState, IncidentState, IncidentView};
use crate::ipc::views::reviews::launch::LaunchState;
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use domain::okta::endpoints as e;
use domain::problem::{Problem, local, reviews as words};
use domain::reviews as r;
use tokio_util::sync::CancellationToken;

use IncidentRowState as S;

/// What to do with the next row.
enum Next {
    /// An earlier run, or a lost answer, left it on its way.
    Look(u32, i64),
    /// It is to be launched.
    Launch(u32, Box<Intent>),
    Nothing,
}

impl Engine {
    /// Begins, or goes on.
    pub(crate) async fn run_incident(&self, key: &str) -> Result<IncidentView, Problem> {
        let org = self.writable(key)?;
        self.review_target(&org, Side::Admin).await?;
        let now = self.server_now(&org.key);
        let cancel = self.stop.child_token();
        let view = self.change_incident(&org.key, |run| {
            if run.busy {
                return Err(words::incident_running());
            }
            if let Some(problem) = run.problems(now).into_iter().next() {
                return Err(problem);
            }
            let left = run
                .rows
                .iter()
                .any(|row| matches!(row.shown.state, S::Ready | S::Sending));
            if !left {
                return Err(words::nothing_ready());
            }
            run.judge(now);
            run.head.state = IncidentState::Running;
            run.head.why.clear();
            run.busy = true;
            run.cancel = cancel.clone();
            Ok(())
        })?;
        let engine = self.handle().ok_or_else(|| local::internal("incident"))?;
        tokio::spawn(async move { engine.work_off(org, cancel).await });
        Ok(view)
    }

    async fn work_off(&self, org: Org, cancel: CancellationToken) {
        let mut org = org;
        let ended = loop {
            if cancel.is_cancelled() {
                break None;
            }
            // As long as Okta's limit leaves no place the next one has not begun: it can be paused, left out or locked away.
            if matches!(self.next_row(&org), Ok(Next::Launch(..)))
                && !self
                    .client
                    .room(&org.key, e::REVIEW_LAUNCH.bucket, Urgency::Background, &cancel)
                    .await
            {
                break None;
            }
            match self.still_writable(&org.key) {
                Ok(held) => org = held,
                Err(problem) => break Some(problem),
            }
            match self.next_row(&org) {
                Ok(Next::Nothing) => break None,
                Ok(Next::Look(row, launch)) => {
                    if let Some(problem) = self.look_for_row(&org, row, launch).await {
                        break Some(problem);
                    }
                }
                Ok(Next::Launch(row, intent)) => {
                    if let Some(problem) = self.launch_row(&org, row, *intent).await {
                        break Some(problem);
                    }
                }
                Err(problem) => break Some(problem),
            }
        };
        let _ = self.change_incident(&org.key, |run| {
            run.busy = false;
            let left = run
                .rows
                .iter()
                .any(|row| matches!(row.shown.state, S::Ready | S::Sending));
            match &ended {
                Some(problem) => {
                    run.head.state = IncidentState::Paused;
                    run.head.why = format!("Paused: {} {}", problem.title, problem.why);
                }
                None if run.head.state == IncidentState::Running => {
                    run.head.state = if left {
                        IncidentState::Paused
                    } else {
                        IncidentState::Done
                    };
                }
                None => {}
            }
            Ok(())
        });
        self.changed(Topic::Reviews, Some(&org.key), None);
    }

    fn next_row(&self, org: &Org) -> Result<Next, Problem> {
        let next = self.with_incident(&org.key, |run| {
            let lost = run
                .rows
                .iter()
                .find(|row| row.shown.state == S::Sending)
                .and_then(|row| Some(Next::Look(row.shown.id, row.launch?)));
            if let Some(lost) = lost {
                return lost;
            }
            let ready = run.rows.iter().find(|row| row.shown.state == S::Ready);
            let Some((row, person)) = ready.and_then(|row| Some((row, row.shown.person.as_ref()?))) else {
                return Next::Nothing;
            };
            let intent = Intent {
                name: row.shown.name.clone().unwrap_or_default(),
                subject: person.id.clone(),
                subject_name: person.name.clone(),
                reviewers: run.head.reviewers.iter().map(|it| it.id.clone()).collect(),
                end_time: Some(run.head.end_time.clone()),
                at: now(),
                sent: self.server_now(&org.key),
                until: None,
                state: LaunchState::Sending,
                review: None,
                found: false,
                problem: None,
                many: true,
                history: 0,
            };
            Next::Launch(row.shown.id, Box::new(intent))
        })?;
        Ok(next.unwrap_or(Next::Nothing))
    }

    fn set_row(&self, org: &str, id: u32, change: impl FnOnce(&mut Row)) -> Result<(), Problem> {
        self.change_incident(org, |run| {
            if let Some(row) = run.rows.iter_mut().find(|row| row.shown.id == id) {
                change(row);
            }
            Ok(())
        })
        .map(|_| ())
    }

    /// Launches one row; gives what stops the whole list.
    async fn launch_row(&self, org: &Org, row: u32, mut intent: Intent) -> Option<Problem> {
        // The window asks for the row's fate by its launch, so that comes first, then the row, then the request.
        let launch = match self.store.new_launch(&org.key, &intent) {
            Ok(launch) => launch,
            Err(error) => return Some(error.into()),
        };
        if let Err(problem) = self.set_row(&org.key, row, |row| {
            row.launch = Some(launch);
            row.shown.state = S::Sending;
            row.shown.problem = None;
            row.shown.note = None;
        }) {
            return Some(problem);
        }
        // The wait for a place comes before the sending, and the window of the attempt begins with the sending.
        intent.sent = self.server_now(&org.key);
        let sent = self.send_launch(org, launch, intent, Urgency::Background).await;
        let (intent, unkept) = (sent.intent, sent.unkept);
        if sent.lost {
            return self.look_for_row(org, row, launch).await.or(unkept);
        }
        if intent.state == LaunchState::Sending {
            // Gatehouse is closing.
            return Some(local::no_answer(org.origin.host()));
        }
        let stops = intent
            .problem
            .clone()
            .filter(|_| intent.state == LaunchState::Refused)
            .filter(Self::stops_all);
        if stops.is_some() {
            let _ = self.store.drop_launch(launch);
            let _ = self.set_row(&org.key, row, |row| {
                row.launch = None;
                row.shown.state = S::Ready;
            });
            return stops;
        }
        self.end_row(org, row, launch, &intent);
        // What can't be written down is not sent.
        unkept
    }

    /// Looks for a row whose answer was lost; gives what stops the whole list: as long as one can't be looked for, the
    /// next ones are not sent after it.
    async fn look_for_row(&self, org: &Org, row: u32, launch: i64) -> Option<Problem> {
        let Ok(Some((_, intent))) = self.store.launch::<Intent>(launch) else {
            let _ = self.set_row(&org.key, row, |row| {
                row.launch = None;
                row.shown.state = S::Unknown;
            });
            return None;
        };
        let intent = self.look_for_launch(org, launch, intent).await;
        self.end_row(org, row, launch, &intent);
        let unseen = matches!(intent.state, LaunchState::Looking | LaunchState::Unknown);
        unseen.then(|| words::launch_unknown(&intent.name))
    }

    /// Writes down how a row ended.
    fn end_row(&self, org: &Org, id: u32, launch: i64, intent: &Intent) {
        let _ = self.set_row(&org.key, id, |row| {
            let shown: &mut IncidentRow = &mut row.shown;
            shown.review.clone_from(&intent.review);
            shown.problem.clone_from(&intent.problem);
            (shown.state, shown.note) = match intent.state {
                LaunchState::Refused => (S::Failed, None),
                // Looked for because the person wants it launched, and Okta does not have it.
                LaunchState::NotFound if row.again => {
                    shown.problem = None;
                    row.launch = None;
                    (S::Ready, None)
                }
                LaunchState::NotFound | LaunchState::Unknown | LaunchState::Looking => (
                    S::Unknown,
                    Some("The answer was lost, and no such review is there so far.".into()),
                ),
                LaunchState::Sending => (S::Sending, None),
                state => {
                    row.pending = state == LaunchState::Pending;
                    let note = launched_note(intent.found, status_of(state));
                    (if intent.found { S::Found } else { S::Launched }, Some(note))
                }
            };
            row.again = false;
            // What is not known yet is looked for by its launch.
            if !matches!(shown.state, S::Unknown | S::Sending) {
                row.launch = None;
            }
        });
        let kept = self.with_incident(&org.key, |run| {
            run.rows.iter().any(|row| row.launch == Some(launch))
        });
        if matches!(kept, Ok(Some(false))) {
            let _ = self.store.drop_launch(launch);
        }
    }

    pub(crate) fn pause_incident(&self, key: &str) -> Result<IncidentView, Problem> {
        let org = self.org(key)?;
        self.change_incident(&org.key, |run| {
            if run.head.state == IncidentState::Running {
                run.head.state = IncidentState::Paused;
                run.head.why.clear();
                run.cancel.cancel();
            }
            Ok(())
        })
    }

    pub(crate) fn cancel_incident(&self, key: &str) -> Result<IncidentView, Problem> {
        let org = self.org(key)?;
        self.change_incident(&org.key, |run| {
            if run.head.state == IncidentState::Resolving {
                run.busy = false;
            }
            run.head.state = IncidentState::Cancelled;
            run.head.why.clear();
            run.cancel.cancel();
            Ok(())
        })
    }

    /// Gatehouse is locked: nothing is launched until the person comes back.
    pub(in crate::work::reviews) fn incident_locked(&self, key: &str) {
        let _ = self.change_incident(key, |run| {
            if run.head.state == IncidentState::Running {
                run.head.state = IncidentState::Paused;
                run.head.why = "Paused: Gatehouse was locked. Go on whenever you like.".into();
                run.cancel.cancel();
            }
            Ok(())
        });
    }

    /// Launches the failed ones again. Those whose outcome is unknown are looked for first: what is found then was launched,
    /// and only what Okta's list does not show is launched anew.
    pub(crate) async fn retry_incident(&self, key: &str) -> Result<IncidentView, Problem> {
        let org = self.writable(key)?;
        self.change_incident(&org.key, |run| {
            if run.busy {
                return Err(words::incident_running());
            }
            for row in &mut run.rows {
                match row.shown.state {
                    S::Failed => {
                        if let Some(launch) = row.launch.take() {
                            self.store.drop_launch(launch)?;
                        }
                        row.shown.state = S::Ready;
                    }
                    S::Unknown if row.launch.is_some() => {
                        row.shown.state = S::Sending;
                        row.again = true;
                    }
                    _ => continue,
                }
                row.shown.problem = None;
                row.shown.note = None;
            }
            if matches!(run.head.state, IncidentState::Done | IncidentState::Cancelled) {
                run.head.state = IncidentState::Paused;
            }
            Ok(())
        })?;
        self.run_incident(&org.key).await
    }

    /// Takes up watching the launched ones that are not ready yet, as after a restart.
    pub(in crate::work::reviews) fn watch_incident(&self, org: &Org) {
        let pending = self.with_incident(&org.key, |run| {
            let rows = run.rows.iter().filter(|row| row.pending);
            rows.filter_map(|row| row.shown.review.clone())
                .collect::<Vec<_>>()
        });
        for review in pending.ok().flatten().unwrap_or_default() {
            self.watch_review(org, Side::Admin, &review);
        }
    }

    /// A review that was launched is no longer pending.
    pub(in crate::work::reviews) fn incident_became(&self, org: &str, review: &str, status: &str) {
        let ours = self.with_incident(org, |run| {
            let mut rows = run.rows.iter();
            rows.any(|row| row.pending && row.shown.review.as_deref() == Some(review))
        });
        if !matches!(ours, Ok(Some(true))) {
            return;
        }
        let _ = self.change_incident(org, |run| {
            for row in &mut run.rows {
                if row.pending && row.shown.review.as_deref() == Some(review) {
                    row.pending = false;
                    row.shown.note = Some(launched_note(row.shown.state == S::Found, status));
                }
            }
            Ok(())
        });
    }
}

/// What is said of a row that was launched.
fn launched_note(found: bool, status: &str) -> String {
    let stands = r::resting(status).unwrap_or("It can be worked through.");
    if found {
        format!("The answer was lost, but Okta has the review: it was launched once. {stands}")
    } else {
        stands.to_owned()
    }
}

/// The status Okta has for where a launch stands.
fn status_of(state: LaunchState) -> &'static str {
    match state {
        LaunchState::Active => "ACTIVE",
        LaunchState::Closed => "CLOSED",
        LaunchState::Error => "ERROR",
        _ => "PENDING",
    }
}
