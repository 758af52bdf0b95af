//! Sentences about a connection that did not come to be what was asked for.

use super::{NextStep, Problem, ProblemCode, quoted};

/// 204, but the read-back still says it is not active.
pub fn not_enabled(label: &str, consent: bool) -> Problem {
    let problem = Problem::new(
        ProblemCode::NotApplied,
        format!("Okta accepted the activation, but {label} is still not active."),
        if consent {
            "Usually the consent is missing or was given with an account that lacks the rights. Give it again."
        } else {
            "Usually the credentials are not right or the other side refused them. Check them and save again."
        },
    );
    let problem = if consent {
        problem.next(NextStep::ReopenConsent)
    } else {
        problem
    };
    problem.next(NextStep::Activate).next(NextStep::CheckAgain)
}

/// 204, but it is still active.
pub fn still_enabled(label: &str) -> Problem {
    Problem::new(
        ProblemCode::NotApplied,
        format!("Okta accepted the deactivation, but {label} is still active."),
        "Another admin may have activated it at the same time.",
    )
    .next(NextStep::CheckAgain)
}

/// Saved, but Okta shows no connection: the app doesn't support it.
pub fn not_saved(label: &str) -> Problem {
    Problem::new(
        ProblemCode::Unsupported,
        format!("Okta accepted the request but shows no connection for {label}."),
        "Okta does so for apps its provisioning API does not support. Use the Admin Console.",
    )
    .next(NextStep::OpenAdminConsole)
}

/// The save's answer was lost and the read-back can't tell old from new.
pub fn save_unknown(label: &str) -> Problem {
    Problem::new(
        ProblemCode::OutcomeUnknown,
        format!("Okta's answer was lost while {label} was saved."),
        "The connection is there but not active, and Okta does not show whether it has the new credentials. Saving again is safe: it replaces them.",
    )
    .next(NextStep::CheckAgain)
}

/// The callback's answer was lost. The code is single-use.
pub fn callback_unknown(label: &str) -> Problem {
    Problem::new(
        ProblemCode::OutcomeUnknown,
        format!("Okta's answer was lost while the consent for {label} was handed over."),
        "The code works only once, so Gatehouse does not send it again. Try to activate: if Okta took the consent, that is all that is left. If not, give the consent again.",
    )
    .next(NextStep::Activate)
    .next(NextStep::ReopenConsent)
}

/// Okta refused the code.
pub fn callback_refused(said: Option<&str>) -> Problem {
    Problem::new(
        ProblemCode::ConsentExpired,
        "Okta did not take this consent.",
        format!(
            "The code works once and only for some minutes, and only for the latest link. {}Open the consent again.",
            quoted("Okta", said.unwrap_or_default())
        ),
    )
    .next(NextStep::ReopenConsent)
}

/// No authorize link came back.
pub fn no_authorize_link(label: &str) -> Problem {
    Problem::new(
        ProblemCode::UnexpectedAnswer,
        format!("Okta saved {label} but gave no consent link."),
        "Without it the consent can't be given here. Check the app in the Admin Console, or try again.",
    )
    .next(NextStep::Retry)
    .next(NextStep::OpenAdminConsole)
}

/// Nothing is waiting for this app.
pub fn nothing_waiting(label: &str) -> Problem {
    Problem::new(
        ProblemCode::ConsentNotWaiting,
        format!("No consent is waiting for {label}."),
        "Start it on this page, then paste what the last page shows.",
    )
    .next(NextStep::ReopenConsent)
}

/// The app isn't one of the six.
pub fn unsupported(reason: &str) -> Problem {
    Problem::new(ProblemCode::Unsupported, "This app can't be set up here.", reason)
        .next(NextStep::OpenAdminConsole)
}
