//! Signing in through a browser: the authorize page, codes, refresh tokens, devices, signing out.

use crate::contract_auth_parts::*;
use crate::contract_wire::{last, org};
use practice_org::{NATIVE_CLIENT, PracticeOrg, Switch};
use serde_json::json;
use support::jwt::{Key, claims, fresh};

const SCOPES: &str = "openid offline_access okta.users.read okta.apps.manage";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_signs_in_and_out() {
    let org = org(false).await;
    let person = SignIn::new("openid profile email offline_access okta.users.read").with("nonce", "n-1");
    let page = person.open(&org).await;
    assert_eq!(page.status, 200);
    let noted = last(&org);
    assert_eq!(
        (noted.template.as_str(), noted.path.as_str(), noted.query.len()),
        ("/oauth2/v1/authorize", "/oauth2/v1/authorize", 8)
    );
    let html = page.body.as_str().expect("a page");
    for id in [
        "practice-banner",
        "signin-form",
        "username",
        "signin",
        "signin-deny",
    ] {
        assert!(html.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert!(!html.contains("<script"));
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("form-action 'self' http://127.0.0.1:8765;"),
        "{policy}"
    );
    let code = person.code(&org, READER).await;
    let tokens = person.exchange(&org, &code, &[]).await;
    assert_eq!((tokens.status, tokens.text("token_type")), (200, "Bearer"));
    assert_eq!(tokens.body["expires_in"], 3600);
    assert_eq!(
        tokens.text("scope"),
        "openid profile email offline_access okta.users.read"
    );
    let access = claims(tokens.text("access_token"));
    assert_eq!(access["iss"], org.url());
    assert_eq!(access["aud"], org.url());
    assert_eq!(
        (&access["sub"], &access["uid"], &access["cid"]),
        (
            &json!(READER),
            &json!(practice_org::READ_ONLY_ADMIN),
            &json!(NATIVE_CLIENT)
        )
    );
    assert_eq!(access["exp"].as_i64(), access["iat"].as_i64().map(|at| at + 3600));
    assert!(access["scp"].as_array().is_some_and(|all| all.len() == 5) && access["cnf"].is_null());
    let id_token = tokens.text("id_token");
    let id = claims(id_token);
    assert_eq!(
        (&id["aud"], &id["nonce"], &id["name"]),
        (&json!(NATIVE_CLIENT), &json!("n-1"), &json!("Chloe Abara"))
    );
    let bearer = format!("Bearer {}", tokens.text("access_token"));
    let me = ask(&org, &bearer, "GET", "/api/v1/users/me", None).await;
    assert_eq!((me.status, me.text("id")), (200, practice_org::READ_ONLY_ADMIN));
    let info = ask(&org, &bearer, "GET", "/oauth2/v1/userinfo", None).await;
    assert_eq!(
        (info.text("sub"), info.text("email")),
        (practice_org::READ_ONLY_ADMIN, READER)
    );
    let out = call(
        &org,
        "GET",
        &format!("/oauth2/v1/logout?id_token_hint={id_token}"),
        &[],
        None,
    )
    .await;
    assert!(
        out.status == 200
            && out
                .body
                .as_str()
                .is_some_and(|page| page.contains("id=\"signed-out\""))
    );
    let forged = Key::new("k").sign(&json!({ "alg": "ES256" }), &id);
    for hint in ["", "a.b.c", &forged] {
        let target = format!("/oauth2/v1/logout?id_token_hint={hint}");
        assert_eq!(call(&org, "GET", &target, &[], None).await.status, 400);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_link_goes_nowhere_or_back_with_an_error() {
    let org = org(false).await;
    let here = |name: &'static str, value: &'static str| SignIn::new(SCOPES).with(name, value);
    for wrong in [
        here("client_id", "0oa0nothing"),
        here("client_id", ""),
        here("redirect_uri", ""),
        here("redirect_uri", "http://127.0.0.1:8765/callback/"),
        here("redirect_uri", "http://127.0.0.1:8764/callback"),
        here("redirect_uri", "http://localhost:8765/Callback"),
        here("redirect_uri", "http://[::1]:8765/callback"),
        here("redirect_uri", "https://example.com/"),
    ] {
        for page in [wrong.open(&org).await, wrong.choose(&org, SUPER, "allow").await] {
            assert_eq!(page.status, 400, "{:?}", wrong.fields);
            assert!(page.header("location").is_empty());
            assert!(
                page.body
                    .as_str()
                    .is_some_and(|page| page.contains("id=\"wrong-request\""))
            );
        }
    }
    for (name, value, error, words) in [
        (
            "state",
            "",
            "invalid_request",
            "The authentication request has an invalid 'state' parameter.",
        ),
        (
            "state",
            "a b",
            "invalid_request",
            "The authentication request has an invalid 'state' parameter.",
        ),
        (
            "response_type",
            "token",
            "unsupported_response_type",
            "The response type is not supported by the authorization server. Configured response types: [code].",
        ),
        (
            "code_challenge",
            "",
            "invalid_request",
            "PKCE code challenge is required by the application.",
        ),
        (
            "code_challenge",
            "short",
            "invalid_request",
            "PKCE code challenge contains illegal characters.",
        ),
        (
            "code_challenge_method",
            "plain",
            "invalid_request",
            "PKCE code challenge method is not supported. Valid values: [S256]",
        ),
        (
            "code_challenge_method",
            "",
            "invalid_request",
            "PKCE code challenge method is not supported. Valid values: [S256]",
        ),
        ("scope", "", "invalid_scope", "No scopes were requested."),
        (
            "scope",
            "openid mine",
            "invalid_scope",
            "Custom scopes are not allowed for this request.",
        ),
        (
            "scope",
            "openid okta.nothing.read",
            "invalid_scope",
            "One or more scopes are not configured for the authorization server resource.",
        ),
        (
            "scope",
            "email okta.users.read",
            "invalid_scope",
            "Requests for ID tokens or access tokens with OpenID scopes require the 'openid' scope.",
        ),
        (
            "prompt",
            "none",
            "login_required",
            "The client specified not to prompt, but the user is not logged in.",
        ),
        (
            "request",
            "a.b.c",
            "request_not_supported",
            "The authorize request object is not supported by this client.",
        ),
    ] {
        let asked = here(name, value);
        for back in [asked.open(&org).await, asked.choose(&org, SUPER, "allow").await] {
            // A request object is not handed on by the form: there is nothing to refuse then.
            if name == "request" && back.sent_back("error").is_empty() {
                continue;
            }
            assert_eq!(
                (back.status, back.sent_back("error").as_str()),
                (302, error),
                "{name}={value}"
            );
            assert_eq!(back.sent_back("error_description"), words);
            assert!(
                back.header("location")
                    .starts_with("http://127.0.0.1:8765/callback?")
            );
            assert!(back.sent_back("code").is_empty());
        }
    }
    let twice = SignIn::new(SCOPES);
    let target = format!("/oauth2/v1/authorize?client_id={NATIVE_CLIENT}&client_id={NATIVE_CLIENT}");
    assert_eq!(call(&org, "GET", &target, &[], None).await.status, 400);
    let denied = twice.choose(&org, SUPER, "deny").await;
    assert_eq!(denied.sent_back("error"), "access_denied");
    let stranger = twice.choose(&org, STRANGER, "allow").await;
    assert_eq!(
        stranger.sent_back("error_description"),
        "User is not assigned to the client application."
    );
    let unknown = twice.choose(&org, "nobody@example.com", "allow").await;
    assert!(unknown.status == 200 && unknown.header("location").is_empty());
    org.set_switch(Switch::SignInRefused, true);
    assert_eq!(
        twice.choose(&org, SUPER, "allow").await.sent_back("error"),
        "access_denied"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_works_once_for_its_client_its_address_and_its_verifier() {
    let org = org(false).await;
    let invalid = "The authorization code is invalid or has expired.";
    let person = SignIn::new(SCOPES);
    person
        .exchange(&org, "not-a-code", &[])
        .await
        .refused(400, "invalid_grant", invalid);
    // Another address than the link's.
    let code = person.code(&org, SUPER).await;
    let elsewhere = SignIn {
        verifier: person.verifier.clone(),
        fields: SignIn::new(SCOPES)
            .with("redirect_uri", "http://127.0.0.1:8766/callback")
            .fields,
    };
    elsewhere.exchange(&org, &code, &[]).await.refused(
        400,
        "invalid_grant",
        "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
    );
    // Another verifier: the code is gone then.
    let other = SignIn::new(SCOPES);
    let other = other.exchange(&org, &code, &[]).await;
    other.refused(400, "invalid_grant", "PKCE verification failed.");
    person
        .exchange(&org, &code, &[])
        .await
        .refused(400, "invalid_grant", invalid);
    // Too late.
    let code = person.code(&org, SUPER).await;
    org.advance(300);
    person
        .exchange(&org, &code, &[])
        .await
        .refused(400, "invalid_grant", invalid);
    // Another client.
    let code = person.code(&org, SUPER).await;
    let body = json!({ "name": "oidc_client", "label": "Other", "signOnMode": "OPENID_CONNECT",
        "credentials": { "oauthClient": { "token_endpoint_auth_method": "none" } },
        "settings": { "oauthClient": { "application_type": "native", "grant_types": ["authorization_code"],
            "response_types": ["code"], "redirect_uris": ["http://127.0.0.1:8765/callback"] } } });
    let made = admin(&org, "POST", "/api/v1/apps", Some(body)).await;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", "http://127.0.0.1:8765/callback"),
        ("code_verifier", &person.verifier),
        ("client_id", made.text("id")),
    ];
    form(&org, "/oauth2/v1/token", &fields, &[]).await.refused(
        400,
        "invalid_grant",
        "The grant was issued to another client. Please make sure the 'client_id' matches the one used at the authorize request.",
    );
    // A second use takes back what the first one gave.
    let tokens = person.exchange(&org, &code, &[]).await;
    assert_eq!(tokens.status, 200);
    let bearer = format!("Bearer {}", tokens.text("access_token"));
    assert_eq!(
        ask(&org, &bearer, "GET", "/api/v1/users/me", None).await.status,
        200
    );
    person
        .exchange(&org, &code, &[])
        .await
        .refused(400, "invalid_grant", invalid);
    ask(&org, &bearer, "GET", "/api/v1/users/me", None)
        .await
        .is_error(401, "E0000011");
    renew(&org, tokens.text("refresh_token"), &[], &[]).await.refused(
        400,
        "invalid_grant",
        "The refresh token is invalid or expired.",
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refresh_token_is_exchanged_at_every_use() {
    let org = org(false).await;
    let gone = |reply: Reply| {
        reply.refused(400, "invalid_grant", "The refresh token is invalid or expired.");
    };
    let first = signed_in(&org, SUPER, SCOPES).await;
    let second = renew(&org, first.text("refresh_token"), &[], &[]).await;
    assert_eq!(second.status, 200);
    assert_ne!(second.text("refresh_token"), first.text("refresh_token"));
    // Within the leeway the old one is still good: the answer may have been lost.
    let again = renew(&org, first.text("refresh_token"), &[], &[]).await;
    assert_eq!(again.status, 200);
    org.advance(31);
    let third = renew(
        &org,
        second.text("refresh_token"),
        &[("scope", "okta.users.read")],
        &[],
    )
    .await;
    assert_eq!((third.status, third.text("scope")), (200, "okta.users.read"));
    let more = renew(
        &org,
        third.text("refresh_token"),
        &[("scope", "okta.roles.manage")],
        &[],
    )
    .await;
    more.refused(
        400,
        "access_denied",
        "Some of the scopes requested for the refresh request were not granted in the original authorize request. Denied scopes: okta.roles.manage.",
    );
    // After it, it is taken for stolen: everything of this sign-in ends.
    let bearer = format!("Bearer {}", third.text("access_token"));
    assert_eq!(
        ask(&org, &bearer, "GET", "/api/v1/users?limit=1", None)
            .await
            .status,
        200
    );
    gone(renew(&org, first.text("refresh_token"), &[], &[]).await);
    gone(renew(&org, third.text("refresh_token"), &[], &[]).await);
    ask(&org, &bearer, "GET", "/api/v1/users?limit=1", None)
        .await
        .is_error(401, "E0000011");
    // Seven days unused; somebody else ended it; its person is gone.
    let lazy = signed_in(&org, SUPER, SCOPES).await;
    org.advance(7 * 24 * 3600 + 1);
    gone(renew(&org, lazy.text("refresh_token"), &[], &[]).await);
    let ended = signed_in(&org, SUPER, SCOPES).await;
    org.set_switch(Switch::RefreshRevoked, true);
    gone(renew(&org, ended.text("refresh_token"), &[], &[]).await);
    org.set_switch(Switch::RefreshRevoked, false);
    assert_eq!(
        renew(&org, ended.text("refresh_token"), &[], &[]).await.status,
        200
    );
    // Without `offline_access` there is none.
    assert!(signed_in(&org, SUPER, "openid").await.body["refresh_token"].is_null());
}

async fn rotation(org: &PracticeOrg, kind: &str, leeway: u32) {
    let target = format!("/api/v1/apps/{NATIVE_CLIENT}");
    let mut app = admin(org, "GET", &target, None).await.body;
    app["settings"]["oauthClient"]["refresh_token"] = json!({ "rotation_type": kind, "leeway": leeway });
    assert_eq!(admin(org, "PUT", &target, Some(app)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rotation_follows_the_apps_setting() {
    let org = org(false).await;
    rotation(&org, "ROTATE", 0).await;
    let first = signed_in(&org, SUPER, SCOPES).await;
    assert_eq!(
        renew(&org, first.text("refresh_token"), &[], &[]).await.status,
        200
    );
    assert_eq!(
        renew(&org, first.text("refresh_token"), &[], &[]).await.status,
        400,
        "no leeway"
    );
    rotation(&org, "STATIC", 0).await;
    let first = signed_in(&org, SUPER, SCOPES).await;
    for _ in 0..2 {
        let next = renew(&org, first.text("refresh_token"), &[], &[]).await;
        assert_eq!(next.text("refresh_token"), first.text("refresh_token"));
        org.advance(60);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_may_come_back_by_a_scheme_of_its_own() {
    let org = org(false).await;
    let back = "com.example.app:/callback";
    let target = format!("/api/v1/apps/{NATIVE_CLIENT}");
    let mut app = admin(&org, "GET", &target, None).await.body;
    app["settings"]["oauthClient"]["redirect_uris"] = json!([back]);
    assert_eq!(admin(&org, "PUT", &target, Some(app)).await.status, 200);
    assert_eq!(
        SignIn::new(SCOPES).open(&org).await.status,
        400,
        "no longer registered"
    );
    let person = SignIn::new(SCOPES)
        .with("redirect_uri", back)
        .with("dpop_jkt", &fresh());
    let page = person.open(&org).await;
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("form-action 'self' com.example.app:;"),
        "{policy}"
    );
    let sent = person.choose(&org, SUPER, "allow").await;
    assert!(
        sent.header("location")
            .starts_with("com.example.app:/callback?code="),
        "{sent:?}"
    );
    // An app whose tokens are not bound does not look at the key.
    let tokens = person.exchange(&org, &sent.sent_back("code"), &[]).await;
    assert_eq!((tokens.status, tokens.text("token_type")), (200, "Bearer"));
}
