//! Failures on this side of the wire: network, keychain, browser, store. One function a sentence.

use super::{NextStep, Problem, ProblemCode};

/// The host's name can't be found.
pub fn unknown_host(host: &str) -> Problem {
    Problem::new(
        ProblemCode::Network,
        format!("Can't find {host}."),
        "Check the address, and that this computer is online. Nothing was sent.",
    )
    .next(NextStep::Retry)
}

/// No connection could be made.
pub fn no_connection(host: &str) -> Problem {
    Problem::new(
        ProblemCode::Network,
        format!("Can't connect to {host}."),
        "The network, a firewall or a proxy is in the way. Nothing was sent.",
    )
    .next(NextStep::Retry)
}

/// A proxy stands between, and did not let the call through. `sign_in` is whether it asked who calls.
pub fn proxy_refused(host: &str, sign_in: bool) -> Problem {
    let why = if sign_in {
        "It asks for a name and a password. Give them in the address of the proxy in your system's settings, or in HTTPS_PROXY. Nothing was sent."
    } else {
        "It refused, or could not reach it. Ask whoever runs it to let Gatehouse through to Okta. Nothing was sent."
    };
    Problem::new(
        ProblemCode::Network,
        format!("The proxy of your network did not let Gatehouse through to {host}."),
        why,
    )
    .next(NextStep::Retry)
}

/// A certificate could not be trusted.
pub fn untrusted(host: &str) -> Problem {
    Problem::new(
        ProblemCode::Tls,
        format!("The certificate of {host} can't be trusted."),
        "Nothing was sent. If your company inspects traffic, its certificate authority must be installed in this computer's trust store.",
    )
    .next(NextStep::Retry)
}

/// A read got no answer in time.
pub fn no_answer(host: &str) -> Problem {
    Problem::new(
        ProblemCode::Network,
        format!("{host} did not answer in time."),
        "Nothing was changed. Try again. If it keeps happening, status.okta.com shows whether Okta knows of it.",
    )
    .next(NextStep::Retry)
}

/// A write got no answer: whether it happened is not known.
pub fn outcome_unknown(host: &str, purpose: &str) -> Problem {
    Problem::new(
        ProblemCode::OutcomeUnknown,
        format!("The answer from {host} was lost."),
        format!("Gatehouse asked it to {purpose}, and does not know whether that happened. It does not ask twice: it looks at what is there instead."),
    )
    .next(NextStep::CheckAgain)
}

/// Something that isn't Okta answered.
pub fn not_oktas_answer(host: &str, what: &str) -> Problem {
    Problem::new(
        ProblemCode::UnexpectedAnswer,
        format!("What came back from {host} is not Okta's answer."),
        format!("It was {what}. A proxy or a sign-in page of your network may have answered instead."),
    )
    .next(NextStep::Retry)
}

/// No keychain on this machine.
pub fn keychain_missing() -> Problem {
    Problem::new(
        ProblemCode::KeychainMissing,
        "There is no keychain on this computer.",
        "Gatehouse keeps tokens only in the system keychain, never in a file. On Linux, install and start a Secret Service (GNOME Keyring or KWallet), then try again.",
    )
    .next(NextStep::RetryKeychain)
    .next(NextStep::SessionOnly)
}

/// The keychain is locked.
pub fn keychain_locked() -> Problem {
    Problem::new(
        ProblemCode::KeychainLocked,
        "The keychain is locked.",
        "Unlock it (a prompt of your system may be hidden behind this window), then try again.",
    )
    .next(NextStep::RetryKeychain)
    .next(NextStep::SessionOnly)
}

/// The keychain refused.
pub fn keychain_denied() -> Problem {
    Problem::new(
        ProblemCode::KeychainDenied,
        "The keychain refused Gatehouse.",
        "The prompt was dismissed, or your system does not let Gatehouse use the keychain. Allow it, then try again.",
    )
    .next(NextStep::RetryKeychain)
    .next(NextStep::SessionOnly)
}

/// The keychain has nothing for this org. `what` is “token”, “key” or “sign-in”.
pub fn keychain_no_entry(host: &str, what: &str) -> Problem {
    let (again, step) = again(what);
    Problem::new(
        ProblemCode::KeychainNoEntry,
        format!("The keychain has no {what} for {host}."),
        format!("It was deleted or changed outside Gatehouse. {again}; other orgs are not affected."),
    )
    .next(step)
    .next(NextStep::RetryKeychain)
}

/// A credential that was kept for one session is gone with it. `what` is “token”, “key” or “sign-in”.
pub fn session_ended(host: &str, what: &str) -> Problem {
    let (again, step) = again(what);
    Problem::new(
        ProblemCode::KeychainNoEntry,
        format!("The {what} for {host} is no longer in memory."),
        format!("It was kept for this session only, and went when Gatehouse was locked or closed. {again}; other orgs are not affected."),
    )
    .next(step)
}

/// How to come by a credential again.
fn again(what: &str) -> (&'static str, NextStep) {
    if what == "token" {
        ("Enter a token again", NextStep::ReplaceToken)
    } else {
        ("Sign in again", NextStep::SignIn)
    }
}

/// The org was added, but no credential was given yet.
pub fn not_signed_in(host: &str) -> Problem {
    Problem::new(
        ProblemCode::NotSignedIn,
        format!("Gatehouse is not signed in to {host}."),
        "Choose how to sign in: with a service app, as an admin, or with an API token.",
    )
    .next(NextStep::SignIn)
}

/// The keychain did not answer.
pub fn keychain_slow() -> Problem {
    Problem::new(
        ProblemCode::KeychainSlow,
        "The keychain has not answered for five seconds.",
        "A prompt of your system may be hidden behind this window. Answer it, then try again.",
    )
    .next(NextStep::RetryKeychain)
    .next(NextStep::SessionOnly)
}

/// The secret doesn't fit.
pub fn keychain_too_long() -> Problem {
    Problem::new(
        ProblemCode::BadInput,
        "That is too long for the keychain.",
        "A secret may have 2,500 bytes at most, because Windows keeps no more. An API token has 42 characters, and an RSA key of up to 4,096 bits fits: check what was pasted, or use a smaller key.",
    )
    .field("token")
}

/// No browser could be opened.
pub fn browser_not_opened(host: &str) -> Problem {
    Problem::new(
        ProblemCode::BrowserNotOpened,
        "Your browser could not be opened.",
        format!("Copy the link instead and open it yourself. It leads to {host}."),
    )
}

/// Gatehouse's own file failed.
pub fn storage(what: &str) -> Problem {
    Problem::new(
        ProblemCode::Storage,
        "Gatehouse could not save to its own file.",
        format!("{what} Check that there is free space and that Gatehouse may write to its data folder. Nothing in Okta was changed by this."),
    )
    .next(NextStep::Retry)
}

/// The org is locked here.
pub fn read_only(name: &str) -> Problem {
    Problem::new(
        ProblemCode::ReadOnly,
        format!("{name} is locked as read-only."),
        "You switched this on in Settings, so Gatehouse changes nothing in this org.",
    )
    .next(NextStep::Unlock)
}

/// No such org here.
pub fn no_such_org() -> Problem {
    Problem::new(
        ProblemCode::NotFound,
        "That org is no longer in Gatehouse.",
        "Choose another one.",
    )
}

/// Nothing to take from the clipboard.
pub fn clipboard_empty() -> Problem {
    Problem::new(
        ProblemCode::ConsentUnreadable,
        "There is no text on the clipboard.",
        "Go back to the last page in the browser, select everything on it (Ctrl+A or Cmd+A), copy it and paste it here.",
    )
}

/// The clipboard did not take the text.
pub fn clipboard_failed() -> Problem {
    Problem::new(
        ProblemCode::Internal,
        "The clipboard could not be used.",
        "Select the text and copy it with Ctrl+C or Cmd+C instead.",
    )
}

/// Something is already going on for this app.
pub fn busy(label: &str) -> Problem {
    Problem::new(
        ProblemCode::Refused,
        format!("Gatehouse is still working on {label}."),
        "Wait until it is done, or cancel it.",
    )
}

/// A fault of Gatehouse.
pub fn internal(place: &str) -> Problem {
    Problem::new(
        ProblemCode::Internal,
        "Gatehouse made a mistake.",
        format!("Please report it and say where: {place}. Nothing further was sent."),
    )
}
