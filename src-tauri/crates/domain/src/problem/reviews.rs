//! What can be wrong with security access reviews, in a person's words. One function a sentence.

mod sending;

pub use sending::*;

use super::{NextStep, OktaError, Problem, ProblemCode};
use crate::signin::Holder;

/// The org has no licence for it, or it is not switched on. Okta answers 401 for that; nobody is signed out for it.
pub fn not_licensed(host: &str) -> Problem {
    Problem::new(
        ProblemCode::NotEnabledInOrg,
        format!("{host} has no security access reviews."),
        "They come with Okta Identity Governance, which this org does not have or has not switched on. Your sign-in is fine.",
    )
    .next(NextStep::CheckPermissions)
}

/// Okta lists OAuth 2.0 alone for these calls.
pub fn needs_oauth(host: &str) -> Problem {
    Problem::new(
        ProblemCode::NotPermitted,
        "Security access reviews need another sign-in.",
        format!(
            "An API token can launch a review in {host} and nothing else. Sign in as an admin, or use a service app."
        ),
    )
    .next(NextStep::SignIn)
    .next(NextStep::CheckPermissions)
}

/// One's own reviews are a person's.
pub fn needs_person(host: &str) -> Problem {
    Problem::new(
        ProblemCode::NotSignedIn,
        "Your own reviews need you to sign in.",
        format!("A service app or an API token reviews nothing: sign in to {host} as yourself to see what you review."),
    )
    .next(NextStep::SignIn)
}

/// The review is not there, or not theirs.
pub fn not_found(mine: bool) -> Problem {
    Problem::new(
        ProblemCode::NotFound,
        "Okta does not show this review.",
        if mine {
            "You are no longer one of its reviewers, or it was deleted."
        } else {
            "It was deleted, or your admin role does not cover it."
        },
    )
    .next(NextStep::CheckAgain)
}

/// Makes of a refusal what it means for reviews: a missing licence, scope and role are told apart.
pub fn about(problem: Problem, host: &str, holder: Holder, mine: bool) -> Problem {
    let status = problem.okta.as_ref().map_or(0, |okta| okta.status);
    let better = match (problem.code, holder) {
        (ProblemCode::NotEnabledInOrg, _) => not_licensed(host),
        (ProblemCode::NotPermitted | ProblemCode::SignInRefused, Holder::ApiToken)
            if matches!(status, 401 | 403) && says_oauth_only(problem.okta.as_ref()) =>
        {
            needs_oauth(host)
        }
        (ProblemCode::NotPermitted, Holder::SignIn) if mine && status == 403 => {
            // The scope is missing, or this is somebody else's review.
            return problem.next(NextStep::SignIn);
        }
        (ProblemCode::NotFound, _) => not_found(mine),
        _ => return problem,
    };
    Problem {
        okta: problem.okta,
        ..better
    }
}

/// Okta's 401 for a token that is no good at all has a code of its own.
fn says_oauth_only(okta: Option<&OktaError>) -> bool {
    okta.is_none_or(|okta| okta.error_code.as_deref() != Some("E0000011"))
}

/// The list may lack something.
pub fn not_whole(what: &str) -> Problem {
    Problem::new(
        ProblemCode::UnexpectedAnswer,
        "The list may not be whole.",
        format!("{what} Refresh to read it again."),
    )
}

/// The item is not among those of the review.
pub fn no_such_item() -> Problem {
    Problem::new(
        ProblemCode::NotFound,
        "Okta no longer shows this item.",
        "Refresh the list: what a review holds is fixed when it begins, but another page may have been meant.",
    )
    .next(NextStep::CheckAgain)
}

/// Okta does not offer this.
pub fn not_offered(label: &str) -> Problem {
    Problem::new(
        ProblemCode::Refused,
        format!("“{label}” is not offered here."),
        "Okta says for each item what can be decided, and that changes while others work on the same review. Read it again.",
    )
    .next(NextStep::CheckAgain)
}

/// Too late to undo.
pub fn already_sent() -> Problem {
    Problem::new(
        ProblemCode::Refused,
        "This decision was sent already.",
        "Undo works until it is sent. What Okta did can be taken back with the opposite decision, where it offers one.",
    )
}

/// Decisions wait to be sent.
pub fn decisions_waiting(count: usize) -> Problem {
    Problem::new(
        ProblemCode::Refused,
        if count == 1 {
            "A decision has not been sent yet.".to_owned()
        } else {
            format!("{count} decisions have not been sent yet.")
        },
        "Wait a few seconds, send them now, or undo them. After closing they could no longer be made.",
    )
}

/// No such decision.
pub fn no_such_decision() -> Problem {
    Problem::new(
        ProblemCode::NotFound,
        "There is no such decision.",
        "Gatehouse keeps decisions until it is closed.",
    )
}

/// The answer to a decision was lost, and reading does not tell.
pub fn decision_unknown(item: &str) -> Problem {
    Problem::new(
        ProblemCode::OutcomeUnknown,
        format!("It is not known whether the decision on {item} arrived."),
        "The answer was lost, and what Okta shows of the item fits both. Look at the item again in a minute before you decide anew.",
    )
    .next(NextStep::CheckAgain)
}

/// The answer to a decision was lost, and the item is as it was before.
pub fn decision_not_shown(item: &str) -> Problem {
    Problem::new(
        ProblemCode::OutcomeUnknown,
        format!("Okta does not show the decision on {item}."),
        "The answer was lost, and the item is as it was before. Most likely nothing happened. It is not sent again by itself: look at the item again, then decide anew.",
    )
    .next(NextStep::CheckAgain)
}

/// The answer to a launch was lost, and the review is not in the list.
pub fn launch_not_found(name: &str) -> Problem {
    Problem::new(
        ProblemCode::OutcomeUnknown,
        "Okta’s list does not show this launch.",
        format!(
            "The answer was lost, and no review named “{name}” was begun at that time. Most likely nothing was launched. Look again before you launch anew."
        ),
    )
    .next(NextStep::CheckAgain)
}

/// The answer to a launch was lost, and the list can't be read.
pub fn launch_unknown(name: &str) -> Problem {
    Problem::new(
        ProblemCode::OutcomeUnknown,
        "It is not known whether this review was launched.",
        format!(
            "The answer was lost, and Gatehouse can’t read the list of reviews to look for “{name}”. It is not launched again."
        ),
    )
    .next(NextStep::CheckAgain)
}

/// No such launch.
pub fn no_such_launch() -> Problem {
    Problem::new(
        ProblemCode::NotFound,
        "There is no such launch.",
        "It was put away. Its review, if there is one, is in the list.",
    )
}

/// The same launch is on its way.
pub fn launch_under_way(name: &str) -> Problem {
    Problem::new(
        ProblemCode::Refused,
        format!("“{name}” is being launched already."),
        "One launch of this name for this person is on its way, was taken a moment ago, or its lost answer is looked for. Wait until that is known.",
    )
}

/// A change that changes nothing.
pub fn nothing_changes() -> Problem {
    Problem::new(
        ProblemCode::BadInput,
        "Nothing would change.",
        "Choose another end or other reviewers first.",
    )
}

/// There is no incident to work on.
pub fn no_incident() -> Problem {
    Problem::new(
        ProblemCode::NotFound,
        "There is no list of people to launch for.",
        "Paste names, logins or ids first.",
    )
}

/// An incident is being worked on.
pub fn incident_running() -> Problem {
    Problem::new(
        ProblemCode::Refused,
        "Reviews are being launched.",
        "Pause or cancel that first.",
    )
}

/// Nothing in the incident is ready.
pub fn nothing_ready() -> Problem {
    Problem::new(
        ProblemCode::BadInput,
        "There is nobody to launch for.",
        "No row is ready: choose among those that fit, or paste other names.",
    )
}

/// No such row.
pub fn no_such_row() -> Problem {
    Problem::new(
        ProblemCode::BadInput,
        "That row can’t be changed.",
        "It is launched already, or the person is not among those that fit.",
    )
}

/// Nothing pasted.
pub fn nothing_pasted() -> Problem {
    Problem::bad_input(
        "text",
        "There is nobody in this text.",
        "Paste names, logins, e-mail addresses or ids, one a line or with commas, or choose a group.",
    )
}

/// The group is too large.
pub fn group_too_large(most: usize) -> Problem {
    Problem::bad_input(
        "group",
        format!("The group has more than {most} people."),
        format!("{most} can be done at once. Choose a smaller group, or paste those who matter."),
    )
}

/// A person was not found by id.
pub fn no_such_person() -> Problem {
    Problem::new(
        ProblemCode::NotFound,
        "Okta has nobody of this id.",
        "They were deleted, or your admin role does not cover them.",
    )
}

/// The set-up doctor needs an admin.
pub fn doctor_needs_admin(host: &str) -> Problem {
    Problem::new(
        ProblemCode::NotSignedIn,
        format!("Setting this up takes a super admin of {host}."),
        "Sign in as a super admin, or enter a super admin’s API token. Nobody else may make roles and grant scopes.",
    )
    .next(NextStep::SignIn)
}

/// The doctor is at work.
pub fn doctor_under_way() -> Problem {
    Problem::new(
        ProblemCode::Refused,
        "The set-up is under way.",
        "Wait until it is done, or stop it.",
    )
}

/// The doctor is not at work.
pub fn doctor_idle() -> Problem {
    Problem::new(
        ProblemCode::NotFound,
        "No set-up is under way.",
        "There is nothing to stop.",
    )
}

/// A scope the client lacks.
pub fn scope_missing(scope: &str) -> Problem {
    Problem::new(
        ProblemCode::NotPermitted,
        format!(
            "The sign-in lacks the scope{} {scope}.",
            if scope.contains(',') { "s" } else { "" }
        ),
        "Scopes are asked for when you sign in: sign in again and choose it. A super admin grants it to the app before.",
    )
    .next(NextStep::SignIn)
}

/// The set-up is not proven.
pub fn proof_refused(host: &str) -> Problem {
    Problem::new(
        ProblemCode::NotPermitted,
        format!("{host} still refuses the numbers of reviews."),
        "Role, resource set and scopes are there. Okta takes a few minutes at times; run this again then. If it stays so, a super admin can look at the assignment under Security > Administrators.",
    )
    .next(NextStep::Retry)
}

/// The folder can't be written.
pub fn not_saved(what: &str) -> Problem {
    Problem::new(
        ProblemCode::Storage,
        "The evidence pack could not be saved.",
        format!("{what} Choose another folder."),
    )
    .next(NextStep::Retry)
}

/// No folder dialog.
pub fn no_dialog() -> Problem {
    Problem::new(
        ProblemCode::Storage,
        "No folder could be chosen.",
        "The system’s folder dialog did not open. Try again.",
    )
    .next(NextStep::Retry)
}

/// It is under way already.
pub fn evidence_under_way() -> Problem {
    Problem::new(
        ProblemCode::Refused,
        "This evidence pack is being made already.",
        "Wait until it is done, or stop it.",
    )
}

/// Okta took a change, and then the review could not be read: that is no refusal.
pub fn taken_unread(problem: Problem) -> Problem {
    let said = Problem::new(
        ProblemCode::OutcomeUnknown,
        "Okta took it, but the review could not be read afterwards.",
        "It is not sent again by itself: look at the review before you do it anew.",
    )
    .next(NextStep::CheckAgain);
    Problem {
        okta: problem.okta,
        ..said
    }
}

/// Okta took a change of end or reviewers, and shows the review as it was.
pub fn not_shown_yet() -> Problem {
    Problem::new(
        ProblemCode::OutcomeUnknown,
        "Okta took the change, and does not show it yet.",
        "It may need a minute: look at the review before you change it again.",
    )
    .next(NextStep::CheckAgain)
}

#[cfg(test)]
pub(super) fn sentences() -> Vec<(String, Problem)> {
    use crate::problem::okta;
    let host = "acme.okta.com";
    let refused = |status: u16, code: &str, holder: Holder, mine: bool| {
        let refusal = okta::Refusal {
            status,
            body: crate::okta::wire::error::ErrorBody::read(&serde_json::json!({ "errorCode": code })),
            holder,
            ..okta::Refusal::default()
        };
        let row = &crate::okta::endpoints::REVIEWS;
        about(okta::explain(row, host, &refusal), host, holder, mine)
    };
    let rows = [
        ("not licensed", refused(401, "E0000015", Holder::SignIn, false)),
        ("API token", refused(403, "E0000004", Holder::ApiToken, false)),
        (
            "API token that ended",
            refused(401, "E0000011", Holder::ApiToken, false),
        ),
        (
            "service app without the role",
            refused(403, "E0000006", Holder::ServiceApp, false),
        ),
        (
            "own reviews, refused",
            refused(403, "E0000006", Holder::SignIn, true),
        ),
        ("not found", refused(404, "E0000007", Holder::SignIn, false)),
        ("own, not found", refused(404, "E0000007", Holder::SignIn, true)),
        ("needs_person", needs_person(host)),
        ("not_whole", not_whole("Okta’s pages repeat.")),
        ("no_such_item", no_such_item()),
        ("not_offered", not_offered("Revoke access")),
        ("already_sent", already_sent()),
        ("decisions_waiting", decisions_waiting(3)),
        ("no_such_decision", no_such_decision()),
        ("decision_unknown", decision_unknown("Salesforce")),
        ("decision_not_shown", decision_not_shown("Salesforce")),
        ("launch_not_found", launch_not_found("Lost laptop")),
        ("launch_unknown", launch_unknown("Lost laptop")),
        ("launch_not_kept", launch_not_kept("Lost laptop", true, None)),
        (
            "launch_not_kept, lost",
            launch_not_kept("Lost laptop", false, None),
        ),
        (
            "launch_not_kept, refused",
            launch_not_kept("Lost laptop", false, Some(not_licensed(host))),
        ),
        ("no_such_launch", no_such_launch()),
        ("launch_under_way", launch_under_way("Lost laptop")),
        ("comment_under_way", comment_under_way()),
        ("act_under_way", act_under_way("Close review")),
        ("nothing_changes", nothing_changes()),
        ("no_incident", no_incident()),
        ("incident_running", incident_running()),
        ("nothing_ready", nothing_ready()),
        ("no_such_row", no_such_row()),
        ("nothing_pasted", nothing_pasted()),
        ("group_too_large", group_too_large(200)),
        ("no_such_person", no_such_person()),
        ("doctor_needs_admin", doctor_needs_admin(host)),
        ("doctor_under_way", doctor_under_way()),
        ("doctor_idle", doctor_idle()),
        ("scope_missing", scope_missing("okta.roles.manage")),
        ("proof_refused", proof_refused(host)),
        ("not_saved", not_saved("The disk is full.")),
        ("no_dialog", no_dialog()),
        ("evidence_under_way", evidence_under_way()),
        ("taken_unread", taken_unread(no_such_item())),
        ("not_shown_yet", not_shown_yet()),
    ];
    rows.map(|(name, problem)| (name.to_owned(), problem)).to_vec()
}
