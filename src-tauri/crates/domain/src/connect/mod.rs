//! The connection machine: what may follow what when an app's provisioning connection is set up.
//!
//! Pure: `step` takes an event and gives back what is to be done; the engine does it and tells the machine how it went.
//! The rules about order are here and nowhere else: never activate before Okta took the consent (204) or the
//! credentials; nothing is sent after done or cancelled; what cannot be known is read back, never sent again.

#[cfg(test)]
mod tests;

use crate::okta::wire::connection::Status;

/// What the person asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Plan {
    /// Browser consent follows the save (three-legged).
    pub consent: bool,
    /// Activate as soon as Okta has what it needs.
    pub activate: bool,
}

/// What a read of the connection said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Found {
    /// Okta's status.
    pub status: Status,
}

/// What a read-back is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Goal {
    /// Credentials saved, not activated.
    Saved,
    /// Must be ENABLED.
    Enabled,
    /// Must not be ENABLED any more.
    Disabled,
    /// An answer was lost: learn what happened.
    Learn,
}

/// Why it stopped; the engine has the details.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stop {
    /// Okta refused the save, or it could not be sent.
    Save,
    /// Okta refused the code.
    Callback,
    /// Okta refused to activate.
    Activate,
    /// Okta refused to deactivate.
    Deactivate,
    /// Okta said yes but shows something else.
    NotApplied,
    /// An answer was lost and reading back does not show the wanted state.
    Unknown,
    /// Reading back failed.
    ReadBack,
}

/// Where the work stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Nothing going on.
    Idle,
    /// The save is under way.
    Saving,
    /// Waiting for what comes back from the browser.
    AwaitingConsent,
    /// The code is on its way to Okta.
    Finishing,
    /// Okta has what it needs; not active.
    Authorized,
    /// Activation is under way.
    Activating,
    /// Deactivation is under way.
    Deactivating,
    /// Reading back.
    ReadingBack(Goal),
    /// Read back as ENABLED.
    Done,
    /// Stopped.
    Failed(Stop),
    /// Stopped by the person.
    Cancelled,
}

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// The person saves the connection.
    Start(Plan),
    /// Okta accepted the save.
    Saved,
    /// Okta refused it, or it was never sent.
    SaveRefused,
    /// It is not known whether it was saved.
    SaveUnknown,
    /// What came back from the browser passed every check.
    Returned,
    /// Okta took the code (204).
    CallbackOk,
    /// Okta refused it, or it was never sent.
    CallbackRefused,
    /// It is not known whether Okta took it. The code is single-use: never sent again.
    CallbackUnknown,
    /// The person activates what this work has authorized.
    Activate,
    /// The person activates a connection that Okta had from before.
    Reactivate,
    /// Okta answered 204.
    ActivateOk,
    /// Okta refused, or it was never sent.
    ActivateRefused,
    /// The answer was lost.
    ActivateUnknown,
    /// The person deactivates.
    Deactivate,
    /// Okta answered 204.
    DeactivateOk,
    /// Okta refused, or it was never sent.
    DeactivateRefused,
    /// The answer was lost.
    DeactivateUnknown,
    /// A read of the connection.
    Found(Found),
    /// It could not be read.
    ReadFailed,
    /// The person stops it.
    Cancel,
    /// The person takes up the consent link that Okta offers for a saved connection. A consent given before is
    /// superseded.
    Reopen {
        /// What Okta has.
        found: Found,
        /// Activate once Okta took the new consent.
        activate: bool,
    },
    /// What is known at a fresh look: Okta's answer, and this machine's own notes. It does not mend what failed: that
    /// stays told until somebody acts on it, or Okta shows the connection enabled.
    Resume {
        /// What Okta has.
        found: Found,
        /// A note says Okta took the consent.
        authorized: bool,
        /// A note says a consent is waiting.
        waiting: bool,
        /// What the note says about activating.
        activate: bool,
    },
}

/// Something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Send the save, with `?activate=true` when told so.
    Save {
        /// Activate in the same request (never for consent).
        activate: bool,
    },
    /// Note that a consent is waiting.
    RememberWaiting,
    /// Send the code.
    SendCallback,
    /// Note that Okta took the consent.
    NoteAuthorized,
    /// Send the activation.
    Activate,
    /// Send the deactivation.
    Deactivate,
    /// Read the connection.
    ReadBack,
    /// Forget the notes.
    ForgetWaiting,
    /// Wipe what was entered or pasted.
    DropSecrets,
}

/// The machine of one app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Machine {
    state: State,
    plan: Plan,
}

impl Default for Machine {
    fn default() -> Self {
        Self {
            state: State::Idle,
            plan: Plan {
                consent: false,
                activate: false,
            },
        }
    }
}

impl Machine {
    /// Where it stands.
    pub fn state(&self) -> State {
        self.state
    }

    /// What was asked for.
    pub fn plan(&self) -> Plan {
        self.plan
    }

    /// Nothing is under way: no answer from Okta is awaited.
    pub fn at_rest(&self) -> bool {
        matches!(
            self.state,
            State::Idle
                | State::AwaitingConsent
                | State::Authorized
                | State::Done
                | State::Failed(_)
                | State::Cancelled
        )
    }

    /// Takes an event. An event that does not fit where it stands changes nothing and asks for nothing: a late answer
    /// after a cancel, a double click, a second paste.
    #[must_use]
    pub fn step(self, event: Event) -> (Self, Vec<Effect>) {
        use Effect as E;
        use State as S;
        let plan = self.plan;
        let stay = (self, Vec::new());
        let go = |state: State, effects: &[Effect]| (Self { state, plan }, effects.to_vec());
        match (self.state, event) {
            (_, Event::Start(plan)) if self.at_rest() => {
                let activate = plan.activate && !plan.consent;
                (
                    Self {
                        state: S::Saving,
                        plan,
                    },
                    vec![E::Save { activate }],
                )
            }
            (S::Saving, Event::Saved) if plan.consent => {
                go(S::AwaitingConsent, &[E::DropSecrets, E::RememberWaiting])
            }
            (S::Saving, Event::Saved) => {
                let goal = if plan.activate { Goal::Enabled } else { Goal::Saved };
                go(S::ReadingBack(goal), &[E::DropSecrets, E::ReadBack])
            }
            (S::Saving, Event::SaveRefused) => go(S::Failed(Stop::Save), &[E::DropSecrets]),
            (S::Saving, Event::SaveUnknown) => {
                go(S::ReadingBack(Goal::Learn), &[E::DropSecrets, E::ReadBack])
            }

            (S::AwaitingConsent, Event::Returned) => go(S::Finishing, &[E::SendCallback]),
            (S::AwaitingConsent, Event::Found(found)) if found.status == Status::Enabled => {
                go(S::Done, &[E::ForgetWaiting, E::DropSecrets])
            }
            (S::Finishing, Event::CallbackOk) if plan.activate => {
                go(S::Activating, &[E::DropSecrets, E::NoteAuthorized, E::Activate])
            }
            (S::Finishing, Event::CallbackOk) => go(S::Authorized, &[E::DropSecrets, E::NoteAuthorized]),
            (S::Finishing, Event::CallbackRefused) => {
                go(S::Failed(Stop::Callback), &[E::DropSecrets, E::ForgetWaiting])
            }
            (S::Finishing, Event::CallbackUnknown) => {
                go(S::ReadingBack(Goal::Learn), &[E::DropSecrets, E::ReadBack])
            }

            (S::Authorized, Event::Activate) => go(S::Activating, &[E::Activate]),
            (S::Idle | S::Done | S::Failed(_) | S::Cancelled | S::Authorized, Event::Reactivate) => {
                go(S::Activating, &[E::Activate])
            }
            (S::Activating, Event::ActivateOk | Event::ActivateUnknown) => {
                go(S::ReadingBack(Goal::Enabled), &[E::ReadBack])
            }
            (S::Activating, Event::ActivateRefused) => go(S::Failed(Stop::Activate), &[]),

            (S::Idle | S::Done | S::Failed(_) | S::Cancelled | S::Authorized, Event::Deactivate) => {
                go(S::Deactivating, &[E::Deactivate])
            }
            (S::Deactivating, Event::DeactivateOk | Event::DeactivateUnknown) => {
                go(S::ReadingBack(Goal::Disabled), &[E::ReadBack])
            }
            (S::Deactivating, Event::DeactivateRefused) => go(S::Failed(Stop::Deactivate), &[]),

            (S::ReadingBack(goal), Event::Found(found)) => match (goal, found.status) {
                (Goal::Enabled | Goal::Learn, Status::Enabled) => go(S::Done, &[E::ForgetWaiting]),
                (Goal::Saved, Status::Enabled) => go(S::Done, &[]),
                (Goal::Saved, Status::Disabled) => go(S::Authorized, &[]),
                (Goal::Disabled, Status::Disabled | Status::Unknown) => go(S::Idle, &[]),
                (Goal::Learn, Status::Disabled | Status::Unknown) => {
                    go(S::Failed(Stop::Unknown), &[E::ForgetWaiting])
                }
                (Goal::Enabled, Status::Disabled | Status::Unknown)
                | (Goal::Saved, Status::Unknown)
                | (Goal::Disabled, Status::Enabled) => go(S::Failed(Stop::NotApplied), &[]),
            },
            (S::ReadingBack(_), Event::ReadFailed) => go(S::Failed(Stop::ReadBack), &[]),

            (S::Idle | S::Done | S::Failed(_) | S::Cancelled, Event::Cancel) => stay,
            (S::AwaitingConsent | S::Authorized, Event::Cancel) => {
                go(S::Cancelled, &[E::ForgetWaiting, E::DropSecrets])
            }
            (_, Event::Cancel) => go(S::Cancelled, &[E::DropSecrets]),

            (S::AwaitingConsent, Event::Reopen { .. }) => go(S::AwaitingConsent, &[E::RememberWaiting]),
            (_, Event::Reopen { found, activate }) if self.at_rest() && found.status == Status::Disabled => (
                Self {
                    state: S::AwaitingConsent,
                    plan: Plan {
                        consent: true,
                        activate,
                    },
                },
                vec![E::RememberWaiting],
            ),

            (S::Failed(_), Event::Resume { found, .. }) if found.status != Status::Enabled => stay,
            (
                S::Idle | S::Done | S::Failed(_) | S::Cancelled,
                Event::Resume {
                    found,
                    authorized,
                    waiting,
                    activate,
                },
            ) => match found.status {
                Status::Enabled if waiting || authorized => go(S::Done, &[E::ForgetWaiting]),
                Status::Disabled if authorized => (
                    Self {
                        state: S::Authorized,
                        plan: Plan {
                            consent: true,
                            activate,
                        },
                    },
                    Vec::new(),
                ),
                Status::Disabled if waiting => (
                    Self {
                        state: S::AwaitingConsent,
                        plan: Plan {
                            consent: true,
                            activate,
                        },
                    },
                    Vec::new(),
                ),
                Status::Enabled | Status::Disabled | Status::Unknown => stay,
            },
            _ => stay,
        }
    }
}
