//! Runs the machine's effects, one after the other; each says what happened as the next event.

use super::{Lost, Session};
use crate::engine::{Engine, now};
use crate::ipc::views::history::Outcome;
use crate::okta::client::{Answer, Failure};
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use crate::store::pending::PendingRow;
use crate::work::history::Write;
use domain::connect::{Effect, Event, Found, Goal, State};
use domain::consent::AuthorizeLink;
use domain::okta::call::Call;
use domain::okta::endpoints as e;
use domain::okta::wire::connection::{Connection, Status};
use domain::problem::{NextStep, Problem, connection as words};
use serde_json::Value;

impl Engine {
    /// Takes an event; what is to be done comes back.
    pub(super) fn step_session(session: &mut Session, event: Event) -> Vec<Effect> {
        let (machine, effects) = session.machine.step(event);
        session.machine = machine;
        if let State::Failed(stop) = machine.state()
            && let Some(problem) = Self::words_for(session, stop)
        {
            session.problem = Some(problem);
        }
        effects
    }

    /// Takes an event and tells the window; what is to be done comes back.
    fn step(&self, org: &str, app: &str, event: Event) -> Vec<Effect> {
        let effects = self.with_session(org, app, |session| Self::step_session(session, event));
        self.tell_connect(org, app);
        effects.unwrap_or_default()
    }

    /// Runs effects until nothing more is asked for.
    pub(super) async fn run(&self, org: &Org, app: &str, mut effects: Vec<Effect>) {
        loop {
            let mut next = None;
            for effect in effects.drain(..) {
                match effect {
                    Effect::Save { activate } => next = self.save(org, app, activate).await,
                    Effect::SendCallback => next = self.callback(org, app).await,
                    Effect::Activate => next = self.switch(org, app, true).await,
                    Effect::Deactivate => next = self.switch(org, app, false).await,
                    Effect::ReadBack => next = Some(self.read_back(org, app).await),
                    small => {
                        if let Err(problem) = self.small_effect(&org.key, app, small) {
                            self.with_session(&org.key, app, |session| session.problem = Some(problem));
                        }
                    }
                }
            }
            let Some(event) = next else { break };
            effects = self.step(&org.key, app, event);
        }
        self.after_write(&org.key, app);
    }

    /// Effects that ask nothing of Okta.
    pub(super) fn small_effect(&self, org: &str, app: &str, effect: Effect) -> Result<(), Problem> {
        match effect {
            Effect::RememberWaiting => self.remember(org, app)?,
            Effect::NoteAuthorized => self.store.note_authorized(org, app)?,
            Effect::ForgetWaiting => {
                self.store.forget_pending(org, app, jiff::Timestamp::now())?;
                self.tell_pending();
            }
            Effect::DropSecrets => {
                self.with_session(org, app, |session| {
                    session.save = None;
                    session.returned = None;
                });
            }
            Effect::Save { .. }
            | Effect::SendCallback
            | Effect::Activate
            | Effect::Deactivate
            | Effect::ReadBack => {}
        }
        Ok(())
    }

    /// Keeps the note of a waiting consent; the mark of its state, never the state.
    pub(super) fn remember(&self, org: &str, app: &str) -> Result<(), Problem> {
        let row = self.with_session(org, app, |session| {
            let at = session.opened_at.clone().unwrap_or_else(now);
            session.link.as_ref().map(|link| PendingRow {
                org: org.into(),
                app: app.into(),
                app_name: session.name.clone(),
                label: session.label.clone(),
                mark: link.state_mark().to_hex(),
                opened_at: at,
                authorized: false,
                auto_activate: session.machine.plan().activate,
                run: self.run.clone(),
            })
        });
        if let Some(row) = row.flatten() {
            self.store.keep_pending(&row)?;
            self.tell_pending();
        }
        Ok(())
    }

    async fn write(&self, org: &Org, app: &str, action: &str, call: &Call) -> Result<Answer, Failure> {
        let held = self.with_session(&org.key, app, |session| {
            (
                session.label.clone(),
                session.before.clone(),
                session.cancel.clone(),
            )
        });
        let Some((label, before, cancel)) = held else {
            return Err(Failure::Cancelled);
        };
        let result = self.send(org, call, Urgency::Click, &cancel).await;
        let write = Write {
            org,
            app,
            label: &label,
            action: format!("{action} {label}"),
            before: before.as_ref(),
        };
        let id = self.keep_write(&write, call, &result);
        self.with_session(&org.key, app, |session| session.last_write = Some(id));
        result
    }

    fn stop_with(&self, org: &str, app: &str, problem: Problem, event: Event) -> Option<Event> {
        self.with_session(org, app, |session| session.problem = Some(problem));
        Some(event)
    }

    async fn save(&self, org: &Org, app: &str, activate: bool) -> Option<Event> {
        let call = self.with_session(&org.key, app, |session| {
            session.last_action_was_deactivate = false;
            session.save.as_ref().map(|save| {
                let call = Call::new(&e::CONNECTION_SAVE).param("appId", app);
                let call = if activate && save.may_activate() {
                    call.query("activate", "true")
                } else {
                    call
                };
                call.body(save.payload())
            })
        });
        let call = call.flatten()?;
        match self.write(org, app, "Saved the connection of", &call).await {
            Ok(answer) => self.saved(org, app, &answer.body),
            Err(Failure::Not(problem)) => self.stop_with(&org.key, app, *problem, Event::SaveRefused),
            Err(Failure::Unknown(_)) => {
                self.with_session(&org.key, app, |session| session.lost = Some(Lost::Save));
                Some(Event::SaveUnknown)
            }
            Err(Failure::Cancelled) => None,
        }
    }

    fn saved(&self, org: &Org, app: &str, body: &Value) -> Option<Event> {
        let (label, name, consent) = self.with_session(&org.key, app, |session| {
            (
                session.label.clone(),
                session.name.clone(),
                session.machine.plan().consent,
            )
        })?;
        let found = Connection::read(body);
        let status = found.as_ref().map_or(Status::Unknown, |f| f.status);
        if status == Status::Unknown {
            return self.stop_with(&org.key, app, words::not_saved(&label), Event::SaveRefused);
        }
        if !consent {
            return Some(Event::Saved);
        }
        match found
            .and_then(|f| f.authorize)
            .map(|href| AuthorizeLink::check(&href, &name, &org.origin))
        {
            None => self.stop_with(
                &org.key,
                app,
                words::no_authorize_link(&label),
                Event::SaveRefused,
            ),
            Some(Err(problem)) => self.stop_with(&org.key, app, problem, Event::SaveRefused),
            Some(Ok(link)) => {
                self.with_session(&org.key, app, |session| session.link = Some(link));
                Some(Event::Saved)
            }
        }
    }

    async fn callback(&self, org: &Org, app: &str) -> Option<Event> {
        let call = self.with_session(&org.key, app, |session: &mut Session| {
            session.returned.take().map(|returned| {
                Call::new(&e::CONSENT_CALLBACK)
                    .param("appName", session.name.clone())
                    .param("appId", app)
                    .query("code", returned.code.expose())
                    .query("state", returned.state.expose())
                    .secret_query()
            })
        });
        let call = call.flatten()?;
        match self.write(org, app, "Finished the consent for", &call).await {
            Ok(_) => Some(Event::CallbackOk),
            Err(Failure::Not(problem)) => {
                let said = problem
                    .okta
                    .as_ref()
                    .and_then(|o| o.causes.first().or(o.summary.as_ref()))
                    .cloned();
                let refused = problem
                    .okta
                    .as_ref()
                    .is_some_and(|o| matches!(o.status, 400 | 404 | 409));
                let mut told = if refused {
                    words::callback_refused(said.as_deref())
                } else {
                    problem.as_ref().clone().next(NextStep::ReopenConsent)
                };
                told.okta.clone_from(&problem.okta);
                self.stop_with(&org.key, app, told, Event::CallbackRefused)
            }
            Err(Failure::Unknown(_)) => {
                self.with_session(&org.key, app, |session| session.lost = Some(Lost::Callback));
                Some(Event::CallbackUnknown)
            }
            Err(Failure::Cancelled) => None,
        }
    }

    /// The history shows what a write changed, so what Okta has is read first where that is not known.
    async fn know_before(&self, org: &Org, app: &str) {
        let held = self.with_session(&org.key, app, |session| {
            (session.before.is_none(), session.cancel.clone())
        });
        let Some((true, cancel)) = held else { return };
        // Without it the write goes on; its history row then has no “before”.
        if let Ok((_, body)) = self.connection_of(org, app, &cancel).await {
            let shown = Connection::shown(&body);
            self.with_session(&org.key, app, |session| session.before = Some(shown));
        }
    }

    async fn switch(&self, org: &Org, app: &str, on: bool) -> Option<Event> {
        self.with_session(&org.key, app, |session| {
            session.last_action_was_deactivate = !on;
            session.lost = None;
        });
        self.know_before(org, app).await;
        let (endpoint, action) = if on {
            (&e::CONNECTION_ACTIVATE, "Activated the connection of")
        } else {
            (&e::CONNECTION_DEACTIVATE, "Deactivated the connection of")
        };
        let call = Call::new(endpoint).param("appId", app);
        let (ok, refused, unknown) = if on {
            (Event::ActivateOk, Event::ActivateRefused, Event::ActivateUnknown)
        } else {
            (
                Event::DeactivateOk,
                Event::DeactivateRefused,
                Event::DeactivateUnknown,
            )
        };
        match self.write(org, app, action, &call).await {
            Ok(_) => Some(ok),
            Err(Failure::Not(problem)) => self.stop_with(&org.key, app, *problem, refused),
            Err(Failure::Unknown(_)) => Some(unknown),
            Err(Failure::Cancelled) => None,
        }
    }

    async fn read_back(&self, org: &Org, app: &str) -> Event {
        let held = self.with_session(&org.key, app, |session| {
            (
                session.cancel.clone(),
                session.last_write,
                session.machine.state(),
            )
        });
        let (cancel, last_write, state) =
            held.unwrap_or_else(|| (self.stop.child_token(), None, State::Idle));
        match self.connection_of(org, app, &cancel).await {
            Ok((found, body)) => {
                let shown = Connection::shown(&body);
                let kept = match (state, found.status) {
                    (State::ReadingBack(Goal::Disabled), Status::Enabled)
                    | (State::ReadingBack(Goal::Enabled), Status::Disabled | Status::Unknown) => {
                        Outcome::NotApplied
                    }
                    (State::ReadingBack(Goal::Learn), Status::Disabled | Status::Unknown) => Outcome::Unknown,
                    _ => Outcome::Done,
                };
                if let Some(id) = last_write {
                    // The work goes on when the history can't be written; that was told when the row was kept.
                    let _ = self.settle_write(id, kept, Some(&shown));
                }
                self.with_session(&org.key, app, |session| {
                    session.before = Some(shown);
                    session.scheme = found.scheme.or(session.scheme);
                });
                Event::Found(Found { status: found.status })
            }
            Err(problem) => {
                self.with_session(&org.key, app, |session| session.problem = Some(problem));
                Event::ReadFailed
            }
        }
    }
}
