use super::*;
use proptest::prelude::*;

const CONSENT: Plan = Plan {
    consent: true,
    activate: true,
};

fn run(events: &[Event]) -> (Machine, Vec<Effect>) {
    events
        .iter()
        .fold((Machine::default(), Vec::new()), |(machine, mut all), event| {
            let (next, effects) = machine.step(*event);
            all.extend(effects);
            (next, all)
        })
}

const ENABLED: Event = Event::Found(Found {
    status: Status::Enabled,
});
const DISABLED: Event = Event::Found(Found {
    status: Status::Disabled,
});

#[test]
fn three_legged_from_start_to_enabled() {
    let (machine, effects) = run(&[
        Event::Start(CONSENT),
        Event::Saved,
        Event::Returned,
        Event::CallbackOk,
        Event::ActivateOk,
        ENABLED,
    ]);
    assert_eq!(machine.state(), State::Done);
    let sent: Vec<_> = effects
        .into_iter()
        .filter(|e| {
            matches!(
                e,
                Effect::Save { .. } | Effect::SendCallback | Effect::Activate | Effect::ReadBack
            )
        })
        .collect();
    assert_eq!(
        sent,
        [
            Effect::Save { activate: false },
            Effect::SendCallback,
            Effect::Activate,
            Effect::ReadBack
        ]
    );
}

#[test]
fn token_apps_activate_in_the_save_and_believe_only_the_read_back() {
    let plan = Plan {
        consent: false,
        activate: true,
    };
    let (machine, effects) = run(&[Event::Start(plan), Event::Saved]);
    assert_eq!(effects[0], Effect::Save { activate: true });
    assert_eq!(machine.state(), State::ReadingBack(Goal::Enabled));
    assert_eq!(machine.step(DISABLED).0.state(), State::Failed(Stop::NotApplied));
    assert_eq!(machine.step(ENABLED).0.state(), State::Done);
}

#[test]
fn a_lost_callback_answer_is_read_back_and_never_sent_again() {
    let (machine, effects) = run(&[
        Event::Start(CONSENT),
        Event::Saved,
        Event::Returned,
        Event::CallbackUnknown,
        DISABLED,
        Event::Returned,
    ]);
    assert_eq!(machine.state(), State::Failed(Stop::Unknown));
    assert_eq!(effects.iter().filter(|e| **e == Effect::SendCallback).count(), 1);
}

#[test]
fn activate_answered_204_but_still_disabled_is_told() {
    let (machine, _) = run(&[
        Event::Start(CONSENT),
        Event::Saved,
        Event::Returned,
        Event::CallbackOk,
        Event::ActivateOk,
        DISABLED,
    ]);
    assert_eq!(machine.state(), State::Failed(Stop::NotApplied));
}

/// A look at Okta that finds the connection saved, with a note that its consent was taken.
const AUTHORIZED: Event = Event::Resume {
    found: Found {
        status: Status::Disabled,
    },
    authorized: true,
    waiting: true,
    activate: true,
};

#[test]
fn a_look_does_not_mend_what_failed_but_a_new_consent_does() {
    let (failed, _) = run(&[
        Event::Start(CONSENT),
        Event::Saved,
        Event::Returned,
        Event::CallbackOk,
        Event::ActivateOk,
        DISABLED,
    ]);
    assert_eq!(failed.step(AUTHORIZED), (failed, Vec::new()));
    assert_eq!(Machine::default().step(AUTHORIZED).0.state(), State::Authorized);
    let found = Found {
        status: Status::Disabled,
    };
    let (again, effects) = failed.step(Event::Reopen {
        found,
        activate: true,
    });
    assert_eq!(
        (again.state(), effects),
        (State::AwaitingConsent, vec![Effect::RememberWaiting])
    );
}

fn any_found() -> impl Strategy<Value = Found> {
    prop_oneof![
        Just(Status::Enabled),
        Just(Status::Disabled),
        Just(Status::Unknown)
    ]
    .prop_map(|status| Found { status })
}

fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (any::<bool>(), any::<bool>())
            .prop_map(|(consent, activate)| Event::Start(Plan { consent, activate })),
        Just(Event::Saved),
        Just(Event::SaveRefused),
        Just(Event::SaveUnknown),
        Just(Event::Returned),
        Just(Event::CallbackOk),
        Just(Event::CallbackRefused),
        Just(Event::CallbackUnknown),
        Just(Event::Activate),
        Just(Event::Reactivate),
        Just(Event::ActivateOk),
        Just(Event::ActivateRefused),
        Just(Event::ActivateUnknown),
        Just(Event::Deactivate),
        Just(Event::DeactivateOk),
        Just(Event::DeactivateRefused),
        Just(Event::DeactivateUnknown),
        (any_found(), any::<bool>()).prop_map(|(found, activate)| Event::Reopen { found, activate }),
        any_found().prop_map(Event::Found),
        Just(Event::ReadFailed),
        Just(Event::Cancel),
        (any_found(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
            |(found, authorized, waiting, activate)| Event::Resume {
                found,
                authorized,
                waiting,
                activate
            }
        ),
    ]
}

fn sends(effect: Effect) -> bool {
    matches!(
        effect,
        Effect::Save { .. } | Effect::SendCallback | Effect::Activate | Effect::Deactivate | Effect::ReadBack
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Activation goes out only after Okta took the consent (204) or the credentials, or when the person explicitly
    /// re-activates, or a note of an earlier run says Okta took the consent.
    #[test]
    fn never_activate_before_204(events in proptest::collection::vec(any_event(), 0..40)) {
        let mut machine = Machine::default();
        let mut allowed = false;
        for event in events {
            let before = machine;
            let (next, effects) = machine.step(event);
            match event {
                Event::Start(_) if next != before => allowed = false,
                Event::CallbackOk if before.state() == State::Finishing => allowed = true,
                Event::Saved if before.state() == State::Saving && !before.plan().consent => allowed = true,
                Event::Resume { authorized: true, .. } if next != before => allowed = true,
                Event::Resume { .. } | Event::Reopen { .. } if next != before => allowed = false,
                _ => {}
            }
            if effects.contains(&Effect::Activate) {
                prop_assert!(allowed || event == Event::Reactivate, "{before:?} {event:?}");
                prop_assert!(before.state() != State::AwaitingConsent, "activated while consent was awaited");
            }
            if effects.contains(&Effect::Save { activate: true }) {
                prop_assert!(!next.plan().consent, "a consent app was activated in the save");
            }
            machine = next;
        }
    }

    /// After done or cancelled nothing is sent until the person asks for something new.
    #[test]
    fn nothing_is_sent_after_done_or_cancelled(events in proptest::collection::vec(any_event(), 0..40)) {
        let mut machine = Machine::default();
        for event in events {
            let before = machine;
            let (next, effects) = machine.step(event);
            let asked = matches!(event, Event::Start(_) | Event::Reactivate | Event::Deactivate);
            if matches!(before.state(), State::Done | State::Cancelled) && !asked {
                prop_assert!(!effects.iter().any(|e| sends(*e)), "{before:?} {event:?} {effects:?}");
            }
            prop_assert!(effects.iter().filter(|e| sends(**e)).count() <= 1, "two calls at once");
            machine = next;
        }
    }

    /// The code goes out at most once per attempt, and only out of a waiting consent.
    #[test]
    fn a_code_is_sent_once(events in proptest::collection::vec(any_event(), 0..40)) {
        let mut machine = Machine::default();
        for event in events {
            let before = machine;
            let (next, effects) = machine.step(event);
            if effects.contains(&Effect::SendCallback) {
                prop_assert_eq!(before.state(), State::AwaitingConsent);
                prop_assert_eq!(event, Event::Returned);
            }
            machine = next;
        }
    }

    /// Every state has a way out: a person can always stop or start anew, and every call's answers are all taken.
    #[test]
    fn every_state_has_a_way_out(events in proptest::collection::vec(any_event(), 0..40)) {
        let (machine, _) = run(&events);
        if machine.at_rest() {
            prop_assert_eq!(machine.step(Event::Start(CONSENT)).0.state(), State::Saving);
        } else {
            prop_assert_eq!(machine.step(Event::Cancel).0.state(), State::Cancelled);
            let answers: &[Event] = match machine.state() {
                State::Saving => &[Event::Saved, Event::SaveRefused, Event::SaveUnknown],
                State::Finishing => &[Event::CallbackOk, Event::CallbackRefused, Event::CallbackUnknown],
                State::Activating => &[Event::ActivateOk, Event::ActivateRefused, Event::ActivateUnknown],
                State::Deactivating => &[Event::DeactivateOk, Event::DeactivateRefused, Event::DeactivateUnknown],
                _ => &[ENABLED, DISABLED, Event::ReadFailed],
            };
            for answer in answers {
                prop_assert!(machine.step(*answer).0 != machine, "{machine:?} is deaf to {answer:?}");
            }
        }
    }

    /// Secrets are dropped by every road that leads out of holding them.
    #[test]
    fn secrets_are_dropped_on_the_way_out(events in proptest::collection::vec(any_event(), 0..40)) {
        let mut machine = Machine::default();
        for event in events {
            let before = machine;
            let (next, effects) = machine.step(event);
            let held = matches!(before.state(), State::Saving | State::Finishing);
            if held && next.state() != before.state() {
                prop_assert!(effects.contains(&Effect::DropSecrets), "{before:?} {event:?}");
            }
            machine = next;
        }
    }
}
