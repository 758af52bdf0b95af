//! Every sentence of the consent hand-off. None of them ever holds a code or a state.

use super::paste::{OtherPage, WhyNothing};
use crate::problem::{NextStep, Problem, ProblemCode, quoted};
use percent_encoding::percent_decode_str;

/// How to get what is needed, said wherever something else was pasted.
const HOW: &str = "Go back to the last page in the browser, select everything on it (Ctrl+A or Cmd+A), copy it and paste it here.";

/// Why a consent link is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BadLink {
    TooLong,
    OddCharacters,
    NotAnAddress,
    NotHttps,
    UserOrFragment,
    NoHostName,
    NoRedirect,
    Twice(&'static str),
    Missing(&'static str),
}

impl BadLink {
    pub(super) fn problem(self) -> Problem {
        let wrong = match self {
            Self::TooLong => "It is far longer than such links are.".to_owned(),
            Self::OddCharacters => "It has spaces, quotes or control characters in it.".into(),
            Self::NotAnAddress => "It is not a web address.".into(),
            Self::NotHttps => "It does not begin with https://.".into(),
            Self::UserOrFragment => "It has a user name or a “#” part, which such links never have.".into(),
            Self::NoHostName => "It does not name a host.".into(),
            Self::NoRedirect => "The address it leads back to is not an https:// address.".into(),
            Self::Twice(name) => format!("It has “{name}” twice."),
            Self::Missing(name) => format!("It has no “{name}”."),
        };
        Problem::new(
            ProblemCode::UnexpectedAnswer,
            "Gatehouse does not open the consent link it was given.",
            format!("{wrong} Nothing was opened. Try again, or set the app up in the Admin Console."),
        )
        .next(NextStep::ReopenConsent)
        .next(NextStep::OpenAdminConsole)
    }
}

/// Nothing in the text that could be an answer.
pub(super) fn nothing(why: WhyNothing) -> Problem {
    let reopen = why == WhyNothing::NotPost;
    let (title, why) = match why {
        WhyNothing::Empty => ("There is nothing in what you pasted.", HOW.to_owned()),
        WhyNothing::TooLarge => (
            "That is too much text to be the consent page.",
            format!("The page has a few lines only. {HOW}"),
        ),
        WhyNothing::WebPage => (
            "That is the source of a web page, not the consent answer.",
            format!("The last page shows a few lines that begin with continue_oauth_flow_url. {HOW}"),
        ),
        WhyNothing::OtherText => (
            "That is not what the last page of the consent shows.",
            format!("It shows a few lines that begin with continue_oauth_flow_url. {HOW}"),
        ),
        WhyNothing::NotPost => (
            "The page asks for something other than finishing the consent.",
            "Its method is not POST, as it is on Okta's page. Nothing was sent. Open the consent again."
                .into(),
        ),
        WhyNothing::NoCode => (
            "The code is missing.",
            format!("Part of the text got lost. {HOW}"),
        ),
        WhyNothing::NoState => (
            "The state is missing.",
            format!("Part of the text got lost. {HOW}"),
        ),
        WhyNothing::CodeTwice => (
            "What you pasted has two codes.",
            format!("An answer has one. {HOW}"),
        ),
        WhyNothing::StateTwice => (
            "What you pasted has two states.",
            format!("An answer has one. {HOW}"),
        ),
        WhyNothing::Garbled => (
            "The code or the state is garbled.",
            format!("It has characters that can't be in it. {HOW}"),
        ),
        WhyNothing::Shortened => (
            "The browser has shortened the answer.",
            format!(
                "There is a “…” in the middle of it. If the page has a tab “Raw Data”, choose it first. {HOW}"
            ),
        ),
        WhyNothing::NoEnd => (
            "It is not clear where the code ends.",
            format!("There is a line break or a word right after it. {HOW}"),
        ),
    };
    let problem = unreadable(title, why);
    if reopen {
        problem.next(NextStep::ReopenConsent)
    } else {
        problem
    }
}

/// The address of a page instead of what the page says.
pub(super) fn other_address(host: &str, what: OtherPage) -> Problem {
    let host = short(host);
    let (title, why) = match what {
        OtherPage::Consent => (
            format!("That is the address of the consent page on {host}."),
            "Sign in there and agree first. The page after that has the answer.",
        ),
        OtherPage::Redirect => (
            format!("That is the address of a page on {host}, not what the page says."),
            "Its code belongs to Okta's own page, so Gatehouse does not use it.",
        ),
        OtherPage::Elsewhere => (
            format!("That is an address on {host}, not the consent answer."),
            "It has no answer in it.",
        ),
    };
    unreadable(title, format!("{why} {HOW}"))
}

/// Okta's page shows an error. What it says may be empty.
pub(super) fn okta_error(code: Option<&str>, said: &str) -> Problem {
    let code = code.map_or_else(String::new, |code| format!("Its code is {code}. "));
    unreadable(
        "The last page shows an error from Okta.",
        format!(
            "{code}{}Usually the link was too old or was opened twice. Open the consent again.",
            quoted("The page", said)
        ),
    )
    .next(NextStep::ReopenConsent)
}

/// The person or the provider said no.
pub(super) fn denied(error: &str, said: &str) -> Problem {
    let (title, why) = match error {
        "access_denied" => (
            "The consent was refused.".to_owned(),
            "Either you chose not to agree, or the account may not agree for the whole organization. Sign in with an account that has the rights, and agree.",
        ),
        "temporarily_unavailable" | "server_error" => (
            "The provider could not take the consent just now.".into(),
            "That is on the provider's side. Wait a little and open the consent again.",
        ),
        "admin_policy_enforced" | "org_internal" | "consent_required" | "interaction_required" => (
            "The provider's policy does not allow this consent.".into(),
            "An admin there has to allow the Okta app first. Then open the consent again.",
        ),
        other => (
            format!("The provider refused the consent: {other}."),
            "Open the consent again, or ask the provider's admin what it means.",
        ),
    };
    Problem::new(
        ProblemCode::ConsentDenied,
        title,
        format!("{why} {}Nothing has changed in Okta.", quoted("The page", said)),
    )
    .next(NextStep::ReopenConsent)
}

/// Why an answer does not fit the consent that is waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misfit<'a> {
    NotHttps,
    UserPortOrFragment,
    OtherOrg { theirs: &'a str, ours: &'a str },
    NotAnApp,
    OtherApp { ours: &'a str },
    OtherInstance,
    Earlier,
    OtherState,
}

impl Misfit<'_> {
    pub(super) fn problem(self) -> Problem {
        let (title, why) = match self {
            Self::NotHttps => (
                "The answer's address does not begin with https://.".to_owned(),
                "Okta's answer always does, so this is not from Okta. Nothing was sent.".to_owned(),
            ),
            Self::UserPortOrFragment => (
                "The answer's address is not written as Okta writes it.".into(),
                "It has a user name, a port or a “#” part. This may not be from Okta. Nothing was sent.".into(),
            ),
            Self::OtherOrg { theirs, ours } => (
                format!("This answer is from another host: {}.", short(theirs)),
                format!("This consent is for {ours}. Paste the answer that names {ours}, or choose the other org first."),
            ),
            Self::NotAnApp => (
                "This answer is for an app that has no such consent.".into(),
                "Only Google Workspace, Microsoft Office 365, Slack and Zoom have one.".into(),
            ),
            Self::OtherApp { ours } => (
                "This answer is for another kind of app.".into(),
                format!("This consent is for {}. Paste the answer that was shown for it.", kind(ours)),
            ),
            Self::OtherInstance => (
                "This answer is for another app of the same kind.".into(),
                "The app id in it is not this app's. Open the page of that app, or give the consent for this one.".into(),
            ),
            Self::Earlier => (
                "This is from your earlier attempt.".into(),
                "The consent was opened again after that, and only the latest one counts. Finish it in the browser, or open it again.".into(),
            ),
            Self::OtherState => (
                "This answer does not belong to the consent you opened here.".into(),
                "It may be from another attempt, another person or another computer. Open the consent again and paste its answer.".into(),
            ),
        };
        Problem::new(ProblemCode::ConsentMismatch, title, why).next(NextStep::ReopenConsent)
    }
}

/// It belongs to another consent that waits.
pub(super) fn other_waits(org: &str, app: &str, label: &str) -> Problem {
    Problem::new(
        ProblemCode::ConsentOther,
        format!("This answer belongs to {label}."),
        "Its consent is waiting too. You can finish it now with what you pasted.",
    )
    .next(NextStep::FinishOther {
        org: org.into(),
        app: app.into(),
        label: label.into(),
    })
}

fn unreadable(title: impl Into<String>, why: impl Into<String>) -> Problem {
    Problem::new(ProblemCode::ConsentUnreadable, title, why)
}

fn kind(app_name: &str) -> &str {
    match app_name {
        "google" => "Google Workspace",
        "office365" => "Microsoft Office 365",
        "slack" => "Slack",
        "zoomus" => "Zoom",
        other => other,
    }
}

/// Takes every code and state in the text out of the sentences: what others say in it is shown, and could repeat them.
pub(super) fn without_secrets(mut problem: Problem, tidy: &str) -> Problem {
    for secret in secrets(tidy) {
        for said in [&mut problem.title, &mut problem.why] {
            while let Some(at) = said.to_ascii_lowercase().find(&secret) {
                said.replace_range(at..at + secret.len(), "…");
            }
        }
    }
    problem
}

/// The words in the values of `code` and `state`, in lower case as a host name is shown. Short ones tell nothing.
fn secrets(tidy: &str) -> Vec<String> {
    let lower = tidy.to_ascii_lowercase();
    let values = ["code=", "state="]
        .into_iter()
        .flat_map(|name| lower.match_indices(name).map(|(at, it)| at + it.len()));
    let ends = |c: char| c.is_whitespace() || matches!(c, '&' | '"' | '\'' | '#' | '<');
    let mut words = Vec::new();
    for value in values.filter_map(|at| lower[at..].split(ends).next()) {
        let value = percent_decode_str(value).decode_utf8_lossy();
        let parts = value.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '~'));
        words.extend(parts.filter(|part| part.len() >= 6).map(str::to_owned));
    }
    words
}

/// A host name from a paste, if it is one and short enough for a sentence.
fn short(host: &str) -> &str {
    let right = host.len() <= 80
        && host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'));
    if right { host } else { "an unusual host name" }
}
