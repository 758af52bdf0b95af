//! Okta's refusals in a person's words: one function from what was answered to a [`Problem`].
//!
//! Causes come before summaries, since Okta's summary is often generic (“Api validation failed: feature”).

use super::oauth;
use super::{NextStep, OktaError, Problem, ProblemCode, quoted};
use crate::okta::endpoints::{Endpoint, roles_for};
use crate::okta::wire::error::ErrorBody;
use crate::signin::{Challenge, Holder};

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
    /// What the call was made with.
    pub holder: Holder,
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
        scope: refusal
            .www_authenticate
            .as_deref()
            .map(Challenge::read)
            .filter(|challenge| challenge.is("insufficient_scope"))
            .and_then(|challenge| challenge.scope),
    }
}

/// Translates a refusal of a call on an org.
pub fn explain(endpoint: &Endpoint, host: &str, refusal: &Refusal) -> Problem {
    let body = refusal.body.clone().unwrap_or_default();
    let code = body.code.as_deref().unwrap_or_default();
    let said = body.words().unwrap_or_default().to_owned();
    let authorization_server = endpoint.scope.is_none() && endpoint.path.starts_with("/oauth2/");
    let mut problem = match (refusal.status, code) {
        (status, _) if authorization_server && status < 500 && !code.is_empty() => {
            oauth::explain(host, status, &body)
        }
        // Okta answers 401 when a feature is off for the org: not a sign-in problem, nobody is signed out for it.
        (401, "E0000015") => Problem::new(
            ProblemCode::NotEnabledInOrg,
            format!("This is not switched on for {host}."),
            "Your credential is fine. Ask Okta support or your account team to enable the feature for this org.",
        ),
        (401, _) | (403, "E0000005") if refusal.holder == Holder::ServiceApp => Problem::new(
            ProblemCode::SignInRefused,
            format!("{host} refused the service app."),
            "Its access token was revoked, or the app was deactivated. Look at the app in the Admin Console, then try again.",
        )
        .next(NextStep::Retry)
        .next(NextStep::SignIn),
        (401, _) | (403, "E0000005") if refusal.holder == Holder::SignIn => Problem::new(
            ProblemCode::SignInRefused,
            format!("The sign-in to {host} has ended."),
            "It was revoked, or your account was signed out everywhere. Sign in again; nothing else is lost.",
        )
        .next(NextStep::SignIn),
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
    let challenge = refusal
        .www_authenticate
        .as_deref()
        .map(Challenge::read)
        .unwrap_or_default();
    let scope_is_missing = challenge.is("insufficient_scope");
    let scope = challenge
        .scope
        .as_deref()
        .or(endpoint.scope)
        .unwrap_or("okta.apps.manage");
    let roles = roles_for(scope);
    let (who, why) = match refusal.holder {
        Holder::ApiToken => (
            "the account behind this API token",
            format!("It needs the permission {scope}: {roles}."),
        ),
        _ if scope_is_missing => (
            "this app",
            format!(
                "Its access token lacks the scope {scope}. A super admin grants it on the app's “Okta API Scopes” tab."
            ),
        ),
        Holder::ServiceApp => (
            "this service app",
            format!("Scopes alone are not enough: beside {scope}, the app needs an admin role: {roles}."),
        ),
        Holder::SignIn => (
            "my account",
            format!("Your account lacks the admin role for it: {roles} ({scope})."),
        ),
    };
    let wanted = if scope_is_missing && refusal.holder != Holder::ApiToken {
        format!("Please grant the Okta API scope {scope} to Gatehouse's app in {host}.")
    } else {
        format!("Please give {who} one of these in {host}: {roles} ({scope}).")
    };
    Problem::new(
        ProblemCode::NotPermitted,
        format!("This credential is not allowed to {}.", endpoint.purpose),
        why,
    )
    .next(NextStep::Copy {
        label: "Copy a request for your super admin".into(),
        text: format!("{wanted} It is needed to {}.", endpoint.purpose),
    })
    .next(NextStep::CheckPermissions)
    .next(NextStep::Retry)
}
