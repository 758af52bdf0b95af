//! Okta's refusals in a person's words: one function from what was answered to a [`Problem`].
//!
//! Causes come before summaries, since Okta's summary is often generic (“Api validation failed: feature”).

use super::{NextStep, OktaError, Problem, ProblemCode, quoted};
use crate::okta::endpoints::{Endpoint, roles_for};
use crate::okta::wire::error::ErrorBody;

/// What came with a refusal.
#[derive(Debug, Clone, Default)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// Okta's error body, when it was one.
    pub body: Option<ErrorBody>,
    /// `X-Okta-Request-Id`.
    pub request_id: Option<String>,
    /// `WWW-Authenticate`: names the missing scope.
    pub www_authenticate: Option<String>,
}

/// The value of `name="…"` in a `WWW-Authenticate` header.
fn auth_param<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    let start = header.find(&format!("{name}=\""))? + name.len() + 2;
    header[start..]
        .split('"')
        .next()
        .filter(|value| !value.is_empty())
}

fn okta_error(endpoint: &Endpoint, refusal: &Refusal) -> OktaError {
    let body = refusal.body.clone().unwrap_or_default();
    OktaError {
        status: refusal.status,
        error_code: body.code,
        summary: body.summary,
        causes: body.causes,
        request_id: refusal.request_id.clone(),
        error_id: body.id,
        call: Some(format!("{} {}", endpoint.method.as_str(), endpoint.path)),
    }
}

/// Translates a refusal of a call on an org.
pub fn explain(endpoint: &Endpoint, host: &str, refusal: &Refusal) -> Problem {
    let body = refusal.body.clone().unwrap_or_default();
    let code = body.code.as_deref().unwrap_or_default();
    let said = body.words().unwrap_or_default().to_owned();
    let mut problem = match (refusal.status, code) {
        // Okta answers 401 when a feature is off for the org: not a sign-in problem, nobody is signed out for it.
        (401, "E0000015") => Problem::new(
            ProblemCode::NotEnabledInOrg,
            format!("This is not switched on for {host}."),
            "Your credential is fine. Ask Okta support or your account team to enable the feature for this org.",
        ),
        (401, _) => Problem::new(
            ProblemCode::SignInRefused,
            format!("{host} refused the API token."),
            "The token has expired (30 days without use), was revoked, or the account that made it was deactivated. Make a new token in the Admin Console and replace it here.",
        )
        .next(NextStep::ReplaceToken)
        .next(NextStep::Retry),
        (403, "E0000005") => Problem::new(
            ProblemCode::SignInRefused,
            format!("{host} found no valid API token in the request."),
            "Enter the token again.",
        )
        .next(NextStep::ReplaceToken),
        (403, _) => not_permitted(endpoint, host, refusal),
        (404, _) if said.contains("(PublicAppFeatureSetName)") => Problem::new(
            ProblemCode::Unsupported,
            "This app does not have that feature.",
            "Okta offers it for other apps only.",
        ),
        (404, _) if said.contains("(AppInstance)") => Problem::new(
            ProblemCode::NotFound,
            format!("The app is no longer in {host}."),
            "It was deleted, or this credential can't see it. Go back to the list and refresh it.",
        ),
        (404, _) => Problem::new(
            ProblemCode::NotFound,
            format!("{host} can't find this."),
            "It was deleted, or this credential can't see it.",
        )
        .next(NextStep::CheckAgain),
        (429, _) => Problem::new(
            ProblemCode::RateLimited,
            format!("{host} is taking no more requests for the moment."),
            "Okta limits requests per minute, and other tools of your org share the limit. Nothing was changed; try again shortly.",
        )
        .next(NextStep::Retry),
        (400, _) if said.contains("Provisioning is not enabled for the app instance") => Problem::new(
            ProblemCode::NotConnected,
            "Provisioning is not active for this app yet.",
            "Set up and activate the provisioning connection first; then its features can be changed.",
        )
        .next(NextStep::SetUpConnection),
        (400, _) if said.contains("Provisioning is not supported") => Problem::new(
            ProblemCode::Unsupported,
            "Okta's provisioning API does not support this app.",
            "Set it up in the Admin Console.",
        )
        .next(NextStep::OpenAdminConsole),
        (status, _) if status >= 500 && body.read_only() => Problem::new(
            ProblemCode::OktaDown,
            format!("{host} is in read-only mode."),
            "Okta is doing maintenance. You can look, but not change anything, until it is over.",
        )
        .next(NextStep::Retry),
        (status, _) if status >= 500 => Problem::new(
            ProblemCode::OktaDown,
            format!("{host} could not answer ({status})."),
            "The fault is on Okta's side. status.okta.com shows whether Okta knows of it.",
        )
        .next(NextStep::Retry),
        (status, _) if (300..400).contains(&status) => Problem::new(
            ProblemCode::UnexpectedAnswer,
            format!("{host} sent Gatehouse to another address."),
            "Gatehouse does not follow it, so that the token can't go elsewhere. The org may have moved: add it again with its present address.",
        ),
        (status, _) => Problem::new(
            ProblemCode::Refused,
            format!("{host} refused to {}.", endpoint.purpose),
            reason(status, &said),
        )
        .next(NextStep::Retry),
    };
    problem.okta = Some(okta_error(endpoint, refusal));
    problem
}

fn reason(status: u16, said: &str) -> String {
    let said = quoted("Okta", said);
    if said.is_empty() {
        format!("It gave no reason (HTTP {status}).")
    } else {
        said.trim_end().to_owned()
    }
}

fn not_permitted(endpoint: &Endpoint, host: &str, refusal: &Refusal) -> Problem {
    let missing = refusal
        .www_authenticate
        .as_deref()
        .and_then(|h| auth_param(h, "scope"));
    let scope = missing.or(endpoint.scope).unwrap_or("okta.apps.manage");
    let roles = roles_for(scope);
    let request = format!(
        "Please give the account behind this API token one of these in {host}: {roles} ({scope}). It is needed to {}.",
        endpoint.purpose
    );
    Problem::new(
        ProblemCode::NotPermitted,
        format!("This credential is not allowed to {}.", endpoint.purpose),
        format!("It needs the permission {scope}: {roles}."),
    )
    .next(NextStep::Copy {
        label: "Copy a request for your super admin".into(),
        text: request,
    })
    .next(NextStep::Retry)
}
