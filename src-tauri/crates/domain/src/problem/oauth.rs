//! What the authorization server refuses, in a person's words. Okta names the kind in `error` and the cause only in
//! `error_description`; the sentences it uses are published (its OAuth error codes), so they are told apart by them.

use super::{NextStep, Problem, ProblemCode, quoted};
use crate::okta::wire::error::ErrorBody;

/// Okta's clock and this computer's disagree: the assertion or proof would do if it were stamped with Okta's time.
pub fn about_the_clock(error: &ErrorBody) -> bool {
    let said = error.summary.as_deref().unwrap_or_default();
    let dated = [
        "token is expired",
        "too far into the future",
        "before the current time",
        "issued in the future",
        "more than five minutes in the past",
        "JWT is expired",
    ];
    matches!(
        error.code.as_deref(),
        Some("invalid_client" | "invalid_dpop_proof")
    ) && dated.iter().any(|part| said.contains(part))
}

/// Is it this error?
pub fn is(error: &ErrorBody, code: &str) -> bool {
    error.code.as_deref() == Some(code)
}

fn refused(title: impl Into<String>, why: impl Into<String>) -> Problem {
    Problem::new(ProblemCode::SignInRefused, title, why)
}

/// What is wrong with the app or its key, by Okta's own sentence.
fn client(host: &str, said: &str) -> Problem {
    let key = |why: &str| {
        refused(format!("{host} does not know this key."), why)
            .field("key")
            .next(NextStep::SignIn)
    };
    match said {
        _ if said.contains("kid is invalid") || said.contains("signature is invalid") => key(
            "The public key registered with the app is another one, or it was deactivated. Compare the key ids, and register the public key that Gatehouse shows.",
        ),
        _ if said.contains("JWKSet") => key(
            "The app has no public key yet. Copy the public key from Gatehouse and save it with the app, under “Public key / Private key”.",
        ),
        _ if said.contains("audience") => refused(
            format!("{host} is not the address this app's tokens are made for."),
            "The org answers under more than one address. Add it with the address that its authorization server names.",
        ),
        _ if said.contains("already been used") => refused(
            format!("{host} has seen this request before."),
            "Something between this computer and Okta sent it twice. Nothing was changed; try again.",
        )
        .next(NextStep::Retry),
        _ if said.contains("before the current time") || said.contains("expire") || said.contains("expiration") => {
            clock(host)
        }
        _ if said.contains("application_type") || said.contains("private_key_jwt") => refused(
            "This app can't sign in by itself.",
            "It has to be of the type “API Services”, and its client authentication “Public key / Private key”. That type can't be changed later: create a new app.",
        )
        .field("clientId"),
        _ => refused(
            format!("{host} does not know this app."),
            "Check the client id. The app may be in another org, deactivated or deleted.",
        )
        .field("clientId")
        .next(NextStep::SignIn),
    }
}

fn clock(host: &str) -> Problem {
    refused(
        format!("This computer's clock and {host}'s differ too much."),
        "Gatehouse followed Okta's clock and was refused all the same. Set the date and time of this computer, then try again.",
    )
    .next(NextStep::Retry)
}

/// Translates a refusal of the authorization server.
pub fn explain(host: &str, status: u16, error: &ErrorBody) -> Problem {
    let said = error.summary.as_deref().unwrap_or_default();
    let okta = quoted("Okta", said);
    match error.code.as_deref().unwrap_or_default() {
        // Before the codes: Okta says invalid_grant here too.
        _ if status == 429 => Problem::new(
            ProblemCode::RateLimited,
            format!("{host} is taking no more sign-ins for the moment."),
            "Okta limits them per minute. Nothing was changed; try again shortly.",
        )
        .next(NextStep::Retry),
        "invalid_client" => client(host, said),
        "consent_required" | "invalid_scope" if said.contains("any of the requested scopes") => Problem::new(
            ProblemCode::NotPermitted,
            "The app has none of these scopes.",
            "A super admin has to grant them, on the app's “Okta API Scopes” tab in the Admin Console.",
        )
        .field("scopes")
        .next(NextStep::Retry),
        "consent_required" | "invalid_scope" => Problem::new(
            ProblemCode::NotPermitted,
            "The app lacks a scope that was asked for.",
            format!("{okta}A super admin grants scopes on the app's “Okta API Scopes” tab in the Admin Console.")
                .trim_end()
                .to_owned(),
        )
        .field("scopes")
        .next(NextStep::Retry),
        "invalid_grant" if said.contains("refresh token") || said.contains("Refresh") => refused(
            format!("The sign-in to {host} has ended."),
            "It was signed out, not used for too long, or its token was used somewhere else. Sign in again; nothing else is lost.",
        )
        .next(NextStep::SignIn),
        "invalid_grant" => refused(
            "The sign-in took too long, or was used already.",
            format!("{okta}Start it again."),
        )
        .next(NextStep::SignIn),
        "invalid_dpop_proof" if about_the_clock(error) => clock(host),
        "invalid_dpop_proof" => refused(
            format!("{host} did not take Gatehouse's proof of its key."),
            format!("{okta}Try again; if it stays so, sign in again."),
        )
        .next(NextStep::Retry)
        .next(NextStep::SignIn),
        "use_dpop_nonce" => refused(
            format!("{host} asked for a new proof again and again."),
            "Something between this computer and Okta may take out the DPoP-Nonce header. Try again.",
        )
        .next(NextStep::Retry),
        "access_denied" if said.contains("not assigned") => refused(
            "You are not assigned to the sign-in app.",
            format!("In the Admin Console of {host}, assign yourself to the app, then sign in again."),
        )
        .next(NextStep::SignIn),
        "access_denied" if said.contains("outside") || said.contains("zone") => refused(
            format!("{host} does not take requests from this network."),
            "The app is limited to network zones. Connect through your company's network, or ask for this address to be added.",
        )
        .next(NextStep::Retry),
        "access_denied" => refused(
            "The sign-in was refused.",
            if okta.is_empty() { "It was cancelled in the browser, or a policy of the org forbids it.".to_owned() } else { okta.trim_end().to_owned() },
        )
        .next(NextStep::SignIn),
        "expired_token" => refused(
            "The device code has ended.",
            "It lives ten minutes. Get a new one.",
        )
        .next(NextStep::SignIn),
        "unauthorized_client" | "unsupported_grant_type" => refused(
            "The app does not allow this way of signing in.",
            format!("{okta}Allow the grant type on the app's General tab in the Admin Console.")
                .trim_end()
                .to_owned(),
        )
        .field("clientId"),
        _ => refused(
            format!("{host} refused the sign-in."),
            if okta.is_empty() { format!("It gave no reason (HTTP {status}).") } else { okta.trim_end().to_owned() },
        )
        .next(NextStep::Retry),
    }
}
