//! The connection work as the window sees it: stage, live checklist, waiting consents.

use super::Session;
use crate::engine::{Engine, hold};
use crate::ipc::views::connect::{ConnectView, PendingConsent, Stage, StepState, StepView};
use crate::work::views;
use domain::connect::{Goal, State, Stop};
use domain::problem::{Problem, local};

fn stage(state: State) -> Stage {
    match state {
        State::Idle => Stage::Idle,
        State::Saving => Stage::Saving,
        State::AwaitingConsent => Stage::AwaitingConsent,
        State::Finishing => Stage::Finishing,
        State::Authorized => Stage::Authorized,
        State::Activating | State::Deactivating => Stage::Activating,
        State::ReadingBack(_) => Stage::ReadingBack,
        State::Done => Stage::Done,
        State::Failed(_) => Stage::Failed,
        State::Cancelled => Stage::Cancelled,
    }
}

/// How far each step of the checklist is: its place in the order against the place the work is at.
fn steps(session: &Session) -> Vec<StepView> {
    let plan = session.machine.plan();
    let host = session.link.as_ref().map(|link| link.host().to_owned());
    let names: &[(&str, &str)] = if plan.consent {
        &[
            ("save", "Save the connection in Okta"),
            ("consent", "Give consent in the browser"),
            ("callback", "Hand the consent to Okta"),
            ("activate", "Activate the connection"),
            ("readBack", "Read back what Okta has"),
        ]
    } else {
        &[
            ("save", "Save the connection in Okta"),
            ("activate", "Activate the connection"),
            ("readBack", "Read back what Okta has"),
        ]
    };
    // The step under way, and whether it runs or has failed.
    let (at, state) = match session.machine.state() {
        State::Idle | State::Cancelled => (None, StepState::Waiting),
        State::Saving => (Some("save"), StepState::Running),
        State::AwaitingConsent => (Some("consent"), StepState::Running),
        State::Finishing => (Some("callback"), StepState::Running),
        State::Authorized => (Some("activate"), StepState::Waiting),
        State::Activating | State::Deactivating => (Some("activate"), StepState::Running),
        State::ReadingBack(Goal::Enabled | Goal::Disabled | Goal::Saved | Goal::Learn) => {
            (Some("readBack"), StepState::Running)
        }
        State::Done => (Some("end"), StepState::Done),
        State::Failed(stop) => {
            let at = match stop {
                Stop::Save => "save",
                Stop::Callback => "callback",
                Stop::Activate | Stop::Deactivate => "activate",
                Stop::NotApplied | Stop::Unknown | Stop::ReadBack => "readBack",
            };
            (Some(at), StepState::Failed)
        }
    };
    let place = at.map(|at| {
        names
            .iter()
            .position(|(key, _)| *key == at)
            .unwrap_or(names.len())
    });
    names
        .iter()
        .enumerate()
        .map(|(index, (key, label))| StepView {
            key: (*key).into(),
            label: (*label).into(),
            state: match place {
                None => StepState::Waiting,
                Some(place) if index < place => StepState::Done,
                Some(place) if index == place => state,
                Some(_) => StepState::Waiting,
            },
            note: match (*key, session.machine.state(), &host) {
                ("consent", State::AwaitingConsent, Some(host)) => Some(format!("Waiting at {host}")),
                _ => None,
            },
        })
        .collect()
}

impl Engine {
    /// The view of an app's connection work.
    pub(crate) fn connect_view(&self, org: &str, app: &str) -> Result<ConnectView, Problem> {
        let sessions = hold(&self.sessions);
        let session = sessions
            .get(&(org.to_owned(), app.to_owned()))
            .ok_or_else(|| local::internal("connection view"))?;
        let waiting = session.machine.state() == State::AwaitingConsent;
        Ok(ConnectView {
            org: org.into(),
            app: app.into(),
            label: session.label.clone(),
            stage: stage(session.machine.state()),
            scheme: session.scheme.map(views::scheme),
            steps: steps(session),
            consent_host: session
                .link
                .as_ref()
                .filter(|_| waiting)
                .map(|link| link.host().to_owned()),
            consent_host_unknown: waiting && session.link.as_ref().is_some_and(|link| !link.host_known()),
            opened_at: session.opened_at.clone(),
            browser_failed: session.browser_failed,
            problem: session.problem.clone(),
            auto_activate: session.machine.plan().activate,
        })
    }

    /// Consents waiting, over all orgs in the rail.
    pub(crate) fn pending_views(&self) -> Vec<PendingConsent> {
        let orgs = hold(&self.orgs).clone();
        self.store
            .pending()
            .unwrap_or_default()
            .into_iter()
            .filter_map(|row| {
                let org = orgs.iter().find(|org| org.key == row.org)?;
                Some(PendingConsent {
                    org: row.org,
                    org_name: org.name.clone(),
                    app: row.app,
                    name: row.app_name,
                    label: row.label,
                    opened_at: row.opened_at,
                    earlier_run: row.run != self.run,
                })
            })
            .collect()
    }
}
