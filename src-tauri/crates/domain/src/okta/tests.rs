//! Every request Gatehouse can send, as it goes out, and what is shown of it.

use super::call::{Call, PLACEHOLDER, Payload};
use super::endpoints::{self as e, ENDPOINTS};
use super::wire::connection::Save;
use crate::features::{Feature, Half, ToApp};
use crate::org_address::OrgOrigin;
use crate::secret::Secret;
use crate::signin::service;
use proptest::prelude::*;
use serde_json::json;
use std::fmt::Write;

const APP: &str = "0oa1gjh63g214q0Hq0g4";

fn acme() -> OrgOrigin {
    OrgOrigin::parse("https://acme.okta.com").expect("an origin")
}

fn save(save: &Save) -> Call {
    let call = Call::new(&e::CONNECTION_SAVE).param("appId", APP);
    let call = if save.may_activate() {
        call.query("activate", "true")
    } else {
        call
    };
    call.body(save.payload())
}

fn secret() -> Secret {
    Secret::new("canary'secret".into())
}

fn saves() -> Vec<Save> {
    vec![
        Save::Token {
            token: secret(),
            base_url: None,
        },
        Save::Token {
            token: secret(),
            base_url: Some("https://scim.example.com/12345/67890/scim".into()),
        },
        Save::ServiceApp {
            client_id: "0oa2example0client000".into(),
            rotation_mode: "AUTO".into(),
        },
        Save::Consent { settings: None },
        Save::Consent {
            settings: Some(("admin@example.onmicrosoft.com".into(), secret())),
        },
    ]
}

/// Setting a service app up, and looking at what credentials may do.
fn setting_up() -> Vec<Call> {
    let app = |endpoint| Call::new(endpoint).param("appId", APP);
    let client = |endpoint| Call::new(endpoint).param("clientId", APP);
    let jwk = json!({ "kty": "EC", "crv": "P-256", "x": "4A", "y": "5B", "kid": "k1", "use": "sig", "alg": "ES256" });
    vec![
        Call::new(&e::APP_CREATE).body(Payload::plain(service::app("Gatehouse", &jwk, true))),
        app(&e::APP_KEYS),
        app(&e::APP_KEY_ADD).body(Payload::plain(service::key(&jwk))),
        app(&e::GRANTS),
        app(&e::GRANT).body(Payload::plain(service::grant("okta.apps.read", &acme()))),
        client(&e::CLIENT_ROLES),
        client(&e::CLIENT_ROLE_ASSIGN).body(Payload::plain(service::role("APP_ADMIN"))),
        Call::new(&e::USERS).query("limit", "1"),
        Call::new(&e::USER_ROLES).param("userId", "00u1example0person00"),
        Call::new(&e::CLIENT_PRIVILEGES),
        Call::new(&e::API_TOKENS),
        Call::new(&e::API_TOKEN_REVOKE),
    ]
}

fn calls() -> Vec<Call> {
    let app = |endpoint| Call::new(endpoint).param("appId", APP);
    let feature = |endpoint, half: Half| app(endpoint).param("featureName", half.feature_name());
    let mut wanted = ToApp::read(&json!({}));
    wanted.create_users = true;
    let mut calls = vec![
        Call::new(&e::ORG_METADATA),
        Call::new(&e::ORG),
        Call::new(&e::APPS)
            .query("limit", "200")
            .query("after", "0oa&x=1"),
        app(&e::APP),
        app(&e::APP_USERS).query("limit", "200"),
        app(&e::CONNECTION),
        app(&e::CONNECTION_JWKS),
        app(&e::CONNECTION_ACTIVATE),
        app(&e::CONNECTION_DEACTIVATE),
        app(&e::CONSENT_CALLBACK)
            .param("appName", "google")
            .query("code", "4/canary+code")
            .query("state", "canary state")
            .secret_query(),
        app(&e::FEATURES),
        feature(&e::FEATURE, Half::ToOkta),
        feature(&e::FEATURE_SAVE, Half::ToApp).body(Payload::plain(wanted.merge(&json!({})))),
    ];
    calls.extend(saves().iter().map(save));
    calls.extend(setting_up());
    calls.extend(signing_in());
    // Security access reviews and what they need: as in the reference.
    let shown = |call: &Call| {
        call.endpoint.path.starts_with("/governance/")
            || call.endpoint.path.contains("/iam/")
            || call.endpoint.path.contains("/groups")
    };
    calls.extend(
        super::examples::examples(&acme())
            .into_iter()
            .map(|it| it.call)
            .filter(shown),
    );
    calls
}

/// What signing in sends; `canary` marks what is secret.
fn signing_in() -> Vec<Call> {
    const CLIENT: &str = "0oa1example0client00";
    let token = |form| {
        let secrets: &[&str] = &[
            "/client_assertion",
            "/refresh_token",
            "/code",
            "/code_verifier",
            "/device_code",
        ];
        Call::new(&e::TOKEN).body(Payload::form(form, secrets))
    };
    vec![
        token(json!({
            "grant_type": "authorization_code",
            "code": "canary code",
            "redirect_uri": "http://127.0.0.1:8765/callback",
            "code_verifier": "canary-verifier",
            "client_id": CLIENT,
        })),
        token(json!({
            "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
            "device_code": "canary-device",
            "client_id": CLIENT,
        })),
        token(json!({
            "grant_type": "refresh_token",
            "refresh_token": "canary-refresh",
            "client_id": CLIENT,
        })),
        token(json!({
            "grant_type": "client_credentials",
            "scope": "okta.apps.read okta.apps.manage",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": "canary.assertion",
        })),
        Call::new(&e::DEVICE).body(Payload::form(
            json!({ "client_id": CLIENT, "scope": "openid offline_access okta.apps.read" }),
            &[],
        )),
        Call::new(&e::REVOKE).body(Payload::form(
            json!({ "token": "canary-refresh", "token_type_hint": "refresh_token", "client_id": CLIENT }),
            &["/token"],
        )),
        Call::new(&e::USER).param("id", "me"),
    ]
}

#[test]
fn every_request() {
    let mut said = String::new();
    for endpoint in ENDPOINTS {
        let of = calls();
        let of: Vec<&Call> = of.iter().filter(|call| call.endpoint == *endpoint).collect();
        assert!(!of.is_empty(), "{} is not here", endpoint.id);
        let scope = endpoint.scope.unwrap_or("no credential");
        let _ = writeln!(
            said,
            "## {} — to {}\n{scope}, {:?}, bucket {}\n",
            endpoint.id, endpoint.purpose, endpoint.class, endpoint.bucket
        );
        for call in of {
            let _ = writeln!(said, "{} {}", endpoint.method.as_str(), call.shown_path());
            if let Some(body) = call.payload() {
                let _ = writeln!(
                    said,
                    "{}",
                    serde_json::to_string_pretty(&body.shown()).expect("text")
                );
            }
            said.push('\n');
        }
    }
    insta::assert_snapshot!(said);
}

#[test]
fn the_callback_goes_out_with_what_it_hides() {
    let calls = calls();
    let callback = calls
        .iter()
        .find(|call| call.endpoint == &e::CONSENT_CALLBACK)
        .expect("the callback");
    assert_eq!(
        callback.url(&acme()).as_str(),
        format!(
            "https://acme.okta.com/api/v1/apps/google/{APP}/oauth2/callback?code=4%2Fcanary%2Bcode&state=canary+state"
        )
    );
    insta::assert_snapshot!(callback.shown_curl(&acme()), @r"
    curl -X POST 'https://acme.okta.com/api/v1/apps/google/0oa1gjh63g214q0Hq0g4/oauth2/callback?code=••••••&state=••••••' \
      -H 'Accept: application/json' \
      -H 'Authorization: SSWS {apiToken}'
    ");
}

#[test]
fn a_save_as_a_command_line() {
    let saves = saves();
    let call = save(saves.last().expect("one"));
    insta::assert_snapshot!(call.shown_curl(&acme()), @r#"
    curl -X POST 'https://acme.okta.com/api/v1/apps/0oa1gjh63g214q0Hq0g4/connections/default' \
      -H 'Accept: application/json' \
      -H 'Authorization: SSWS {apiToken}' \
      -H 'Content-Type: application/json' \
      -d '{
      "profile": {
        "authScheme": "OAUTH2",
        "settings": {
          "adminUsername": "admin@example.onmicrosoft.com",
          "adminPassword": "••••••"
        }
      }
    }'
    "#);
}

#[test]
fn a_form_as_a_command_line_is_encoded_by_curl() {
    let call = Call::new(&e::REVOKE).body(Payload::form(
        json!({ "token": "canary-refresh", "token_type_hint": "refresh_token", "client_id": "it's" }),
        &["/token"],
    ));
    insta::assert_snapshot!(call.shown_curl(&acme()), @r"
    curl -X POST 'https://acme.okta.com/oauth2/v1/revoke' \
      -H 'Accept: application/json' \
      --data-urlencode 'token=••••••' \
      --data-urlencode 'token_type_hint=refresh_token' \
      --data-urlencode 'client_id=it'\''s'
    ");
}

#[test]
fn nothing_that_is_shown_holds_a_secret() {
    for call in calls() {
        let body = call
            .payload()
            .map(|body| format!("{} {body:?}", body.shown()))
            .unwrap_or_default();
        let shown = format!(
            "{} {} {body} {call:?}",
            call.shown_path(),
            call.shown_curl(&acme())
        );
        assert!(!shown.contains("canary"), "{}: {shown}", call.endpoint.id);
    }
    assert!(!format!("{:?}", saves()).contains("canary"));
}

#[test]
fn what_is_sent_holds_the_secret_once() {
    for save in saves() {
        let sent = String::from_utf8(save.payload().bytes()).expect("text");
        let wanted = usize::from(!matches!(
            save,
            Save::ServiceApp { .. } | Save::Consent { settings: None }
        ));
        assert_eq!(sent.matches("canary'secret").count(), wanted, "{sent}");
    }
}

#[test]
fn a_consent_is_never_activated_with_the_save() {
    for save in saves() {
        assert_eq!(save.may_activate(), !matches!(save, Save::Consent { .. }));
    }
}

proptest! {
    /// Whatever an id is, it stays in its place.
    #[test]
    fn a_parameter_stays_one_segment(id in any::<String>()) {
        let call = Call::new(&e::CONNECTION).param("appId", id);
        let url = call.url(&acme());
        let segments: Vec<&str> = url.path_segments().expect("a path").collect();
        prop_assert_eq!(segments.len(), 6);
        prop_assert_eq!((segments[2], segments[4], segments[5]), ("apps", "connections", "default"));
        prop_assert!(acme().owns(&url));
        prop_assert!(url.query().is_none() && url.fragment().is_none());
    }

    /// Whatever is in it, a shell sees one argument: quotes come in pairs, and none ends it early.
    #[test]
    fn a_command_line_quotes_what_it_shows(id in any::<String>(), value in any::<String>()) {
        let call = Call::new(&e::APP).param("appId", id).query("q", value);
        prop_assert_eq!(call.shown_curl(&acme()).matches('\'').count(), 6);
    }

    /// A secret value is never shown, be it what it may.
    #[test]
    fn a_secret_query_is_never_shown(code in "[a-z]{8,40}") {
        let call = Call::new(&e::CONSENT_CALLBACK).query("code", format!("qq{code}")).secret_query();
        let shown = format!("{} {} {call:?}", call.shown_path(), call.shown_curl(&acme()));
        let secret = format!("qq{code}");
        prop_assert!(!shown.contains(&secret));
        prop_assert!(shown.contains(PLACEHOLDER));
    }
}
