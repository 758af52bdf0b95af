//! What can be wrong with a service app and its set-up, in a person's words. One function a sentence.

use super::{NextStep, Problem, ProblemCode};
use crate::signin::jobs::role_label;

/// What was typed is no client id.
pub fn no_client_id() -> Problem {
    Problem::bad_input(
        "clientId",
        "That is not a client id.",
        "A client id has letters and digits, such as 0oa1gjh63g214q0Hq0g4. Copy it from the app's General tab in the Admin Console.",
    )
}

/// What was typed is no label.
pub fn no_label() -> Problem {
    Problem::bad_input(
        "label",
        "The app needs a label.",
        "Give it one of up to 100 characters: it is what other admins see.",
    )
}

/// A scope Gatehouse does not know, or none at all.
pub fn no_such_scope(scope: &str) -> Problem {
    if scope.is_empty() {
        return Problem::bad_input(
            "scopes",
            "The app needs at least one scope.",
            "Without a scope Okta gives it no access token.",
        );
    }
    Problem::bad_input(
        "scopes",
        "That is not a scope Gatehouse uses.",
        "Choose scopes from the list only, so that the app gets no more than it needs.",
    )
}

/// A role Okta does not have.
pub fn no_such_role() -> Problem {
    Problem::bad_input(
        "role",
        "That is not a standard admin role.",
        "Choose one from the list, or none.",
    )
}

/// The app has other public keys than the private key here.
pub fn key_not_registered(label: &str, host: &str) -> Problem {
    Problem::bad_input(
        "key",
        format!("The app {label} does not know this key."),
        format!(
            "No public key of the app in {host} belongs to it. Register the public key Gatehouse shows, under “Public key / Private key” on the app's General tab, or import the key that is registered. Nothing was sent with it."
        ),
    )
}

/// The app has this key, switched off.
pub fn key_inactive(label: &str) -> Problem {
    Problem::bad_input(
        "key",
        format!("The app {label} has this key, but it is not active."),
        "Somebody deactivated it in Okta. Activate it on the app's General tab in the Admin Console, or make a new key.",
    )
}

/// There is nobody who could set an app up.
pub fn no_admin(host: &str) -> Problem {
    Problem::new(
        ProblemCode::NotSignedIn,
        format!("Creating a service app takes a super admin of {host}."),
        "Sign in as a super admin first, or enter a super admin's API token. It is used for this alone; the app then works by itself.",
    )
    .next(NextStep::SignIn)
}

/// The admin's sign-in lacks a scope.
pub fn admin_lacks_scope(scope: &str) -> Problem {
    Problem::new(
        ProblemCode::NotPermitted,
        format!("Your sign-in does not have the scope {scope}."),
        "Sign in again and ask for it. If Okta then refuses, a super admin has to grant it to the sign-in app first.",
    )
    .next(NextStep::SignIn)
}

/// The admin is no super admin.
pub fn not_super_admin(host: &str, roles: &[String]) -> Problem {
    let has = if roles.is_empty() {
        "none".to_owned()
    } else {
        crate::signin::jobs::list(roles)
    };
    Problem::new(
        ProblemCode::NotPermitted,
        "Only a super admin may do this.",
        format!("Okta lets nobody else grant scopes and assign roles in {host}. Admin roles found: {has}."),
    )
    .next(NextStep::Copy {
        label: "Copy a request for your super admin".into(),
        text: format!(
            "Please set up Gatehouse's service app in {host}: sign in to Gatehouse as a super admin and choose “Create a service app”, or make me a {} for a moment.",
            role_label(crate::signin::jobs::SUPER)
        ),
    })
    .next(NextStep::SignIn)
}

/// Another app has the label.
pub fn label_taken(label: &str) -> Problem {
    Problem::new(
        ProblemCode::BadInput,
        format!("There is an app called {label} already."),
        "It has another key, so it is not Gatehouse's to change. Choose another label.",
    )
    .field("label")
}

/// The app is there, switched off.
pub fn app_inactive(label: &str) -> Problem {
    Problem::new(
        ProblemCode::Refused,
        format!("The app {label} is deactivated."),
        "Okta gives it no access token. Activate the app in the Admin Console, then try again.",
    )
    .next(NextStep::Retry)
}

/// The app was asked for, the answer was lost, and it is not there.
pub fn create_lost(label: &str, host: &str) -> Problem {
    Problem::new(
        ProblemCode::OutcomeUnknown,
        format!("It is not known whether the app {label} was created."),
        format!("The answer of {host} was lost, and the app is not in its list now. Gatehouse does not ask twice. Run the set-up again: it looks for the app first."),
    )
    .next(NextStep::CheckAgain)
}

/// Okta said yes, and does not show it.
pub fn not_shown(what: &str, host: &str) -> Problem {
    Problem::new(
        ProblemCode::NotApplied,
        format!("{host} accepted it, but does not show it: {what}."),
        "Wait a moment and run the set-up again; what is done already is found.",
    )
    .next(NextStep::CheckAgain)
}

/// A set-up is under way.
pub fn under_way() -> Problem {
    Problem::new(
        ProblemCode::Refused,
        "A service app is being set up for this org.",
        "Wait until it is done, or stop it.",
    )
}

/// Nothing is under way.
pub fn nothing_under_way() -> Problem {
    Problem::new(
        ProblemCode::NotFound,
        "No service app is being set up for this org.",
        "There is nothing to stop.",
    )
}

/// The check offers no such fix any more.
pub fn no_such_fix() -> Problem {
    Problem::new(
        ProblemCode::NotFound,
        "There is nothing to mend like this.",
        "Run the permission check again: things have changed since.",
    )
    .next(NextStep::CheckPermissions)
}

#[cfg(test)]
pub(super) fn sentences() -> Vec<(String, Problem)> {
    let host = "acme.okta.com";
    let rows = [
        ("no_client_id", no_client_id()),
        ("no_label", no_label()),
        ("no_such_scope", no_such_scope("x")),
        ("no_such_scope, none", no_such_scope("")),
        ("no_such_role", no_such_role()),
        ("key_not_registered", key_not_registered("Gatehouse", host)),
        ("key_inactive", key_inactive("Gatehouse")),
        ("no_admin", no_admin(host)),
        ("admin_lacks_scope", admin_lacks_scope("okta.appGrants.manage")),
        (
            "not_super_admin",
            not_super_admin(host, &["Application Administrator".into()]),
        ),
        ("not_super_admin, no role", not_super_admin(host, &[])),
        ("label_taken", label_taken("Gatehouse")),
        ("app_inactive", app_inactive("Gatehouse")),
        ("create_lost", create_lost("Gatehouse", host)),
        ("not_shown", not_shown("the scope okta.apps.read", host)),
        ("under_way", under_way()),
        ("nothing_under_way", nothing_under_way()),
        ("no_such_fix", no_such_fix()),
    ];
    rows.map(|(name, problem)| (name.to_owned(), problem)).to_vec()
}
