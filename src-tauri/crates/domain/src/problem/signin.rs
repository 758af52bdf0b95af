//! Signing in as an admin: what goes wrong on this side of it. What Okta refuses is in [`super::oauth`].

use super::{NextStep, Problem, ProblemCode, quoted};

/// The client id can't be one.
pub fn no_client_id() -> Problem {
    Problem::bad_input(
        "clientId",
        "That is not a client id.",
        "A client id has 20 letters and digits and begins with 0oa. Copy it from the app's General tab in the Admin Console.",
    )
}

/// This is no scope of the Okta API.
pub fn no_scope(scope: &str) -> Problem {
    let shown: String = scope.chars().filter(|c| !c.is_control()).take(60).collect();
    Problem::bad_input(
        "scopes",
        "That is not a scope of the Okta API.",
        format!("Scopes look like okta.apps.read. Take out “{shown}”."),
    )
}

/// No scope, or more than fit.
pub fn scopes_missing() -> Problem {
    Problem::bad_input(
        "scopes",
        "Choose what the sign-in is for.",
        "At least one scope is needed, and Okta takes no more than 1,024 characters of them.",
    )
}

/// Every port of the redirect address is in use.
pub fn ports_taken(ports: &[u16]) -> Problem {
    let list = ports.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
    Problem::new(
        ProblemCode::Network,
        "Gatehouse can't wait for the browser's answer.",
        format!("It needs one of the ports {list} on this computer, and other programs use them all. Close one of those programs, or sign in with a device code instead: that needs no port."),
    )
    .next(NextStep::Retry)
}

/// Nothing came back from the browser in time. `addresses` are all that have to be registered.
pub fn nothing_came(used: &str, addresses: &[String]) -> Problem {
    Problem::new(
        ProblemCode::SignInRefused,
        "Nothing came back from the browser.",
        format!("If its page spoke of the redirect_uri: the app in Okta needs {used} as a sign-in redirect URI, to the letter and with the port. If it could not open the page, check the client id. Otherwise sign in again, or use a device code."),
    )
    .next(NextStep::Copy {
        label: "Copy the redirect addresses".into(),
        text: addresses.join("\n"),
    })
    .next(NextStep::SignIn)
}

/// The answer says that another server gave it.
pub fn other_server(host: &str) -> Problem {
    Problem::new(
        ProblemCode::SignInRefused,
        format!("The answer did not come from {host}."),
        "It names another sign-in server, so Gatehouse did not use it. If you did not expect this, tell your security team.",
    )
    .next(NextStep::SignIn)
}

/// Okta gave no refresh token.
pub fn no_refresh_token() -> Problem {
    Problem::new(
        ProblemCode::SignInRefused,
        "The app gives no refresh token.",
        "Without one you would have to sign in every hour. In the Admin Console, tick “Refresh Token” among the app's grant types, and see that it may be asked for offline_access. Then sign in again; nothing was kept.",
    )
    .field("clientId")
    .next(NextStep::SignIn)
}

/// Okta gave no scope of its API.
pub fn no_scopes_given() -> Problem {
    Problem::new(
        ProblemCode::NotPermitted,
        "The app has none of these scopes.",
        "A super admin has to grant them, on the app's “Okta API Scopes” tab in the Admin Console. Nothing was kept.",
    )
    .field("scopes")
    .next(NextStep::SignIn)
}

/// The answer with the tokens was lost, and a code is good once.
pub fn answer_lost(host: &str) -> Problem {
    Problem::new(
        ProblemCode::Network,
        format!("The answer from {host} was lost."),
        "A sign-in's code can be used once only, so it has to be begun again. Nothing was kept.",
    )
    .next(NextStep::SignIn)
}

/// What came back holds no tokens.
pub fn no_tokens(host: &str) -> Problem {
    Problem::new(
        ProblemCode::UnexpectedAnswer,
        format!("{host} gave no access token."),
        "What came back is not what Okta answers. Nothing was kept; sign in again.",
    )
    .next(NextStep::SignIn)
}

/// The device page is not one of the org's.
pub fn foreign_page(host: &str, other: &str) -> Problem {
    Problem::new(
        ProblemCode::UnexpectedAnswer,
        format!("The page for the device code is not on {host}."),
        format!(
            "{}Gatehouse does not send you there. Sign in through the browser instead.",
            quoted("The answer", other)
        ),
    )
}

/// Nothing is under way.
pub fn not_waiting() -> Problem {
    Problem::new(
        ProblemCode::NotFound,
        "No sign-in is under way.",
        "It has ended or was cancelled. Start it again.",
    )
    .next(NextStep::SignIn)
}

/// Every sentence of this file, with a name.
#[cfg(test)]
pub(super) fn sentences() -> Vec<(String, Problem)> {
    let redirect = "http://127.0.0.1:8765/callback";
    let rows = [
        ("no_client_id", no_client_id()),
        ("no_scope", no_scope("profile")),
        ("scopes_missing", scopes_missing()),
        ("ports_taken", ports_taken(&[8765, 8766, 8767])),
        (
            "nothing_came",
            nothing_came(
                redirect,
                &[redirect.into(), "http://127.0.0.1:8766/callback".into()],
            ),
        ),
        ("other_server", other_server("acme.okta.com")),
        ("no_refresh_token", no_refresh_token()),
        ("no_scopes_given", no_scopes_given()),
        ("answer_lost", answer_lost("acme.okta.com")),
        ("no_tokens", no_tokens("acme.okta.com")),
        ("foreign_page", foreign_page("acme.okta.com", "evil.example.com")),
        ("not_waiting", not_waiting()),
    ];
    rows.map(|(name, problem)| (name.to_owned(), problem)).to_vec()
}
