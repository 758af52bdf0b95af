//! What Okta refuses, and what it means.

use crate::okta::endpoints::{self as e, Endpoint};
use crate::okta::wire::error::ErrorBody;
use crate::problem::okta::{Refusal, explain};
use crate::problem::{NextStep, Problem, ProblemCode};
use crate::signin::Holder;
use serde_json::json;
use std::path::PathBuf;

fn body(code: &str, summary: &str, cause: Option<&str>) -> serde_json::Value {
    let causes: Vec<_> = cause.iter().map(|it| json!({ "errorSummary": it })).collect();
    json!({ "errorCode": code, "errorSummary": summary, "errorId": "oae1", "errorCauses": causes })
}

fn refusal(status: u16, code: &str, summary: &str, cause: Option<&str>) -> Refusal {
    let body = ErrorBody::read(&body(code, summary, cause));
    Refusal {
        status,
        body,
        request_id: Some("req1".into()),
        www_authenticate: None,
        holder: Holder::ApiToken,
    }
}

fn oauth(status: u16, error: &str, description: &str) -> Refusal {
    let body = json!({ "error": error, "error_description": description });
    Refusal {
        status,
        body: ErrorBody::read(&body),
        ..Refusal::default()
    }
}

fn held(holder: Holder, refusal: Refusal) -> Refusal {
    Refusal { holder, ..refusal }
}

fn scope_missing(holder: Holder) -> Refusal {
    let header = r#"Bearer scope="okta.apps.manage", error="insufficient_scope""#;
    Refusal {
        status: 403,
        www_authenticate: Some(header.into()),
        holder,
        ..Refusal::default()
    }
}

#[rustfmt::skip]
fn rows() -> Vec<(&'static str, &'static Endpoint, Refusal)> {
    vec![
        ("token refused", &e::ORG, refusal(401, "E0000011", "Invalid token provided", None)),
        ("feature off", &e::ORG, refusal(401, "E0000015", "You do not have permission to access the feature you are requesting", None)),
        ("no session", &e::ORG, refusal(403, "E0000005", "Invalid session", None)),
        ("not permitted", &e::CONNECTION_SAVE, refusal(403, "E0000006", "You do not have permission to perform the requested action", None)),
        ("no such feature", &e::FEATURE, refusal(404, "E0000007", "Not found: Resource not found: X (PublicAppFeatureSetName)", None)),
        ("no such app", &e::CONNECTION, refusal(404, "E0000007", "Not found: Resource not found: 0oa1 (AppInstance)", None)),
        ("not there", &e::APP_USERS, refusal(404, "E0000007", "Not found", None)),
        ("too many", &e::APPS, refusal(429, "E0000047", "API call exceeded rate limit due to too many requests.", None)),
        ("not enabled", &e::FEATURES, refusal(400, "E0000001", "Api validation failed: feature", Some("Provisioning is not enabled for the app instance."))),
        ("not supported", &e::FEATURES, refusal(400, "E0000001", "Api validation failed: feature", Some("Provisioning is not supported."))),
        ("bad credentials", &e::CONNECTION_SAVE, refusal(400, "E0000001", "Api validation failed: connection", Some("token: Invalid credentials."))),
        ("read-only", &e::CONNECTION_SAVE, refusal(503, "E0000000", "The service is in read-only mode", None)),
        ("server error", &e::APPS, refusal(500, "E0000009", "Internal Server Error", None)),
        ("moved", &e::APPS, Refusal { status: 302, ..Refusal::default() }),
        ("service app refused", &e::ORG, held(Holder::ServiceApp, refusal(401, "E0000011", "Invalid token provided", None))),
        ("sign-in ended", &e::ORG, held(Holder::SignIn, refusal(401, "E0000011", "Invalid token provided", None))),
        ("scope missing, service app", &e::CONNECTION_SAVE, scope_missing(Holder::ServiceApp)),
        ("scope missing, sign-in", &e::CONNECTION_SAVE, scope_missing(Holder::SignIn)),
        ("role missing, service app", &e::CONNECTION_SAVE, held(Holder::ServiceApp, refusal(403, "E0000006", "You do not have permission", None))),
        ("role missing, sign-in", &e::CONNECTION_SAVE, held(Holder::SignIn, refusal(403, "E0000006", "You do not have permission", None))),
        ("key unknown", &e::TOKEN, oauth(401, "invalid_client", "The client_assertion JWT kid is invalid.")),
        ("signature", &e::TOKEN, oauth(401, "invalid_client", "The client_assertion signature is invalid.")),
        ("no key", &e::TOKEN, oauth(401, "invalid_client", "The client does not have a JWKSet configured, but the client_assertion requires one.")),
        ("audience", &e::TOKEN, oauth(401, "invalid_client", "The audience claim for client_assertion must be the endpoint invoked for the request.")),
        ("assertion twice", &e::TOKEN, oauth(401, "invalid_client", "The client_assertion token has already been used.")),
        ("clock behind", &e::TOKEN, oauth(401, "invalid_client", "The client_assertion token is expired.")),
        ("clock ahead", &e::TOKEN, oauth(401, "invalid_client", "The client_assertion token must be issued before the current time.")),
        ("proof too old", &e::TOKEN, oauth(400, "invalid_dpop_proof", "The DPoP proof JWT is issued more than five minutes in the past.")),
        ("not a service app", &e::TOKEN, oauth(401, "invalid_client", "Only clients with 'application_type' of 'service' may use the client_credentials 'grant_type' with the Org Authorization Server.")),
        ("app unknown", &e::TOKEN, oauth(401, "invalid_client", "Invalid value for 'client_id' parameter.")),
        ("no scopes", &e::TOKEN, oauth(400, "consent_required", "You are not allowed any of the requested scopes.")),
        ("a scope", &e::TOKEN, oauth(400, "invalid_scope", "One or more scopes are not configured for the authorization server resource.")),
        ("refresh token", &e::TOKEN, oauth(400, "invalid_grant", "The refresh token is invalid or expired.")),
        ("code", &e::TOKEN, oauth(400, "invalid_grant", "The authorization code is invalid or has expired.")),
        ("proof", &e::TOKEN, oauth(400, "invalid_dpop_proof", "'htu' claim in the DPoP proof JWT is invalid.")),
        ("nonce", &e::TOKEN, oauth(400, "use_dpop_nonce", "Authorization server requires nonce in DPoP proof.")),
        ("not assigned", &e::TOKEN, oauth(400, "access_denied", "User is not assigned to the client application.")),
        ("network zone", &e::TOKEN, oauth(403, "access_denied", "The request is made from outside the client's allowed network zones.")),
        ("denied", &e::TOKEN, oauth(403, "access_denied", "")),
        ("device code", &e::TOKEN, oauth(400, "expired_token", "The device code has expired.")),
        ("grant type", &e::DEVICE, oauth(400, "unauthorized_client", "The client is not authorized to use the provided grant type. Configured grant types: [authorization_code].")),
        ("too many sign-ins", &e::TOKEN, oauth(429, "too_many_user_codes", "Too many user codes generated. Please try again later.")),
        ("sign-in refused", &e::TOKEN, oauth(400, "something_new", "")),
        ("no reason", &e::CONSENT_CALLBACK, Refusal { status: 418, ..Refusal::default() }),
    ]
}

pub(super) fn sentences() -> Vec<(String, Problem)> {
    let explained = |(name, endpoint, refusal): (&str, &Endpoint, Refusal)| {
        let mut problem = explain(endpoint, "acme.okta.com", &refusal);
        // For support, not for the page.
        problem.okta = None;
        (name.to_owned(), problem)
    };
    rows().into_iter().map(explained).collect()
}

#[test]
fn what_okta_said_is_kept_for_support() {
    for (name, endpoint, refusal) in rows() {
        let problem = explain(endpoint, "acme.okta.com", &refusal);
        let okta = problem.okta.unwrap_or_else(|| panic!("{name} keeps nothing"));
        assert_eq!(
            (okta.status, okta.request_id),
            (refusal.status, refusal.request_id),
            "{name}"
        );
        assert_eq!(
            okta.call,
            Some(format!("{} {}", endpoint.method.as_str(), endpoint.path)),
            "{name}"
        );
        assert_eq!(okta.error_code, refusal.body.and_then(|body| body.code), "{name}");
    }
}

#[test]
fn a_feature_that_is_off_signs_nobody_out() {
    let problem = explain(
        &e::ORG,
        "acme.okta.com",
        &refusal(401, "E0000015", "No permission", None),
    );
    assert_eq!(problem.code, ProblemCode::NotEnabledInOrg);
    assert!(!problem.next.contains(&NextStep::ReplaceToken));
}

#[test]
fn the_header_names_the_missing_scope() {
    let header = r#"Bearer authorization_uri="https://x/oauth2/v1/authorize", scope="okta.groups.read", error="insufficient_scope""#;
    let refusal = Refusal {
        status: 403,
        www_authenticate: Some(header.into()),
        ..Refusal::default()
    };
    assert!(
        explain(&e::APPS, "acme.okta.com", &refusal)
            .why
            .contains("okta.groups.read")
    );
    for header in [
        "",
        "scope=",
        "scope=\"",
        "scope=\"\"",
        "Bearer scope=okta.groups.read",
    ] {
        let refusal = Refusal {
            status: 403,
            www_authenticate: Some(header.into()),
            ..Refusal::default()
        };
        assert!(
            explain(&e::APPS, "acme.okta.com", &refusal)
                .why
                .contains("okta.apps.read"),
            "{header}"
        );
    }
}

#[test]
fn the_fuzzer_begins_with_the_same_bodies() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fuzz/corpus/okta_error");
    let oauth =
        json!({ "error": "invalid_client", "error_description": "The client secret supplied is invalid." });
    let odd =
        json!({ "errorCode": 7, "errorSummary": null, "errorCauses": [null, 1, { "errorSummary": ["x"] }] });
    let bodies = [
        (
            "core",
            body(
                "E0000001",
                "Api validation failed: feature",
                Some("Provisioning is not supported."),
            ),
        ),
        (
            "core-without-cause",
            body("E0000011", "Invalid token provided", None),
        ),
        ("oauth", oauth),
        ("odd", odd),
        ("list", json!([])),
        ("text", json!("E0000001")),
    ];
    let update = std::env::var_os("UPDATE_CORPUS").is_some();
    for (name, body) in bodies {
        let file = folder.join(name);
        if update {
            std::fs::create_dir_all(&folder).expect("folder");
            std::fs::write(&file, body.to_string()).expect("file");
        }
        let kept =
            std::fs::read_to_string(&file).unwrap_or_else(|_| panic!("{name} is not there: UPDATE_CORPUS=1"));
        assert_eq!(kept, body.to_string(), "{name} differs: UPDATE_CORPUS=1");
    }
}
