//! Launching the rows: one at a time, written down before it is sent, never twice.

use super::super::launch::Intent;
use super::Row;
use crate::engine::{Engine, now};
use crate::ipc::events::Topic;
use crate::ipc::views::reviews::incident::{IncidentRow, IncidentRowState, IncidentState, IncidentView};
use crate::ipc::views::reviews::launch::LaunchState;
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use domain::problem::{Problem, local, reviews as words};
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
        self.review_target(&org, crate::ipc::views::reviews::Side::Admin)
            .await?;
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
            match self.still_writable(&org.key) {
                Ok(held) => org = held,
                Err(problem) => break Some(problem),
            }
            match self.next_row(&org) {
                Ok(Next::Nothing) => break None,
                Ok(Next::Look(row, launch)) => self.look_for_row(&org, row, launch).await,
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
        let (intent, lost) = match self.send_launch(org, launch, intent, Urgency::Background).await {
            Ok(sent) => sent,
            Err(problem) => return Some(problem),
        };
        if lost {
            self.look_for_row(org, row, launch).await;
            return None;
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
        None
    }

    async fn look_for_row(&self, org: &Org, row: u32, launch: i64) {
        let Ok(Some((_, intent))) = self.store.launch::<Intent>(launch) else {
            let _ = self.set_row(&org.key, row, |row| {
                row.launch = None;
                row.shown.state = S::Unknown;
            });
            return;
        };
        let intent = self.look_for_launch(org, launch, intent).await;
        self.end_row(org, row, launch, &intent);
    }

    /// Writes down how a row ended.
    fn end_row(&self, org: &Org, id: u32, launch: i64, intent: &Intent) {
        let _ = self.set_row(&org.key, id, |row| {
            let shown: &mut IncidentRow = &mut row.shown;
            shown.review.clone_from(&intent.review);
            shown.problem.clone_from(&intent.problem);
            (shown.state, shown.note) = match intent.state {
                LaunchState::Refused => (S::Failed, None),
                LaunchState::NotFound | LaunchState::Unknown | LaunchState::Looking => (
                    S::Unknown,
                    Some("The answer was lost, and no such review is there so far.".into()),
                ),
                _ if intent.found => (
                    S::Found,
                    Some("The answer was lost, but Okta has the review: it was launched once.".into()),
                ),
                LaunchState::Sending => (S::Sending, None),
                LaunchState::Pending | LaunchState::Active | LaunchState::Error | LaunchState::Closed => {
                    (S::Launched, None)
                }
            };
            // What is not known yet is looked for by its launch.
            if !matches!(shown.state, S::Unknown | S::Sending) {
                row.launch = None;
            }
        });
        if !matches!(
            intent.state,
            LaunchState::NotFound | LaunchState::Unknown | LaunchState::Looking | LaunchState::Sending
        ) {
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

    /// Launches the failed ones again. Those whose outcome is unknown are looked for first: what is found then was launched.
    pub(crate) async fn retry_incident(&self, key: &str) -> Result<IncidentView, Problem> {
        let org = self.writable(key)?;
        let unknown: Vec<(u32, Option<i64>)> = self
            .with_incident(&org.key, |run| {
                if run.busy {
                    return Err(words::incident_running());
                }
                let rows = run.rows.iter().filter(|row| row.shown.state == S::Unknown);
                Ok(rows.map(|row| (row.shown.id, row.launch)).collect())
            })?
            .ok_or_else(words::no_incident)??;
        for (row, launch) in unknown {
            let Some(launch) = launch else { continue };
            self.look_for_row(&org, row, launch).await;
        }
        self.change_incident(&org.key, |run| {
            for row in &mut run.rows {
                let gone = row
                    .shown
                    .problem
                    .as_ref()
                    .is_some_and(|it| it.title == words::launch_not_found("").title);
                if row.shown.state == S::Failed || (row.shown.state == S::Unknown && gone) {
                    if let Some(launch) = row.launch.take() {
                        self.store.drop_launch(launch)?;
                    }
                    row.shown.state = S::Ready;
                    row.shown.problem = None;
                    row.shown.note = None;
                }
            }
            if run.head.state == IncidentState::Done || run.head.state == IncidentState::Cancelled {
                run.head.state = IncidentState::Paused;
            }
            Ok(())
        })?;
        self.run_incident(&org.key).await
    }
}
