//! Signing in through a browser: the authorize page, codes, refresh tokens, devices, signing out.

use crate::contract_auth_parts::*;
use crate::contract_wire::org;
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
async fn tokens_are_revoked_and_looked_into_by_their_own_client() {
    let org = org(false).await;
    let tokens = signed_in(&org, SUPER, SCOPES).await;
    let (access, refresh) = (tokens.text("access_token"), tokens.text("refresh_token"));
    let look = async |token: &str| {
        let target = format!("/oauth2/v1/introspect?client_id={NATIVE_CLIENT}");
        let seen = form(&org, &target, &[("token", token)], &[]).await;
        assert_eq!(seen.status, 200, "{:#}", seen.body);
        seen.body
    };
    let seen = look(access).await;
    assert_eq!(
        (&seen["active"], &seen["username"]),
        (&json!(true), &json!(SUPER))
    );
    assert_eq!(look(refresh).await["active"], true);
    assert_eq!(look("nothing").await, json!({ "active": false }));
    let revoke = async |token: &str| {
        let fields = [("token", token), ("client_id", NATIVE_CLIENT)];
        assert_eq!(form(&org, "/oauth2/v1/revoke", &fields, &[]).await.status, 200);
    };
    revoke("nothing").await;
    revoke(access).await;
    assert_eq!(look(access).await["active"], false);
    let next = renew(&org, refresh, &[], &[]).await;
    assert_eq!(next.status, 200, "an access token goes alone");
    revoke(next.text("refresh_token")).await;
    assert_eq!(
        look(next.text("access_token")).await["active"],
        false,
        "with its access tokens"
    );
    form(&org, "/oauth2/v1/revoke", &[("client_id", NATIVE_CLIENT)], &[])
        .await
        .refused(400, "invalid_request", "The 'token' parameter is required.");
    form(&org, "/oauth2/v1/revoke", &[("token", "x")], &[])
        .await
        .refused(401, "invalid_client", "No client credentials found.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_waits_for_its_person() {
    let org = org(false).await;
    let begin = async || {
        let fields = [("client_id", NATIVE_CLIENT), ("scope", "openid okta.users.read")];
        let begun = form(&org, "/oauth2/v1/device/authorize", &fields, &[]).await;
        assert_eq!((begun.status, &begun.body["interval"]), (200, &json!(5)));
        assert_eq!(begun.text("verification_uri"), format!("{}/activate", org.url()));
        begun
    };
    let poll = async |code: &str| {
        let fields = [
            ("grant_type", DEVICE),
            ("device_code", code),
            ("client_id", NATIVE_CLIENT),
        ];
        form(&org, "/oauth2/v1/token", &fields, &[]).await
    };
    let answer = async |typed: &str, login: &str, decision: &str| {
        let fields = [("user_code", typed), ("username", login), ("decision", decision)];
        let page = form(&org, "/activate/user", &fields, &[("origin", org.url())]).await;
        page.body.as_str().expect("a page").to_owned()
    };
    let begun = begin().await;
    let (code, typed) = (begun.text("device_code"), begun.text("user_code"));
    let pending = "The device authorization is pending. Please try again later.";
    poll(code).await.refused(400, "authorization_pending", pending);
    poll(code).await.refused(
        400,
        "slow_down",
        "Slow down the polling frequency. Please try again later.",
    );
    org.advance(5);
    assert_eq!(poll(code).await.text("error"), "slow_down", "ten seconds now");
    let complete = begun.text("verification_uri_complete");
    let page = call(
        &org,
        "GET",
        complete.strip_prefix(org.url()).expect("own"),
        &[],
        None,
    )
    .await;
    assert!(
        page.body
            .as_str()
            .is_some_and(|page| page.contains("id=\"activate-allow\""))
    );
    let empty = call(&org, "GET", "/activate", &[], None).await;
    assert!(
        empty
            .body
            .as_str()
            .is_some_and(|page| page.contains("id=\"user-code\""))
    );
    let wrong = form(&org, "/activate", &[("user_code", "ZZZZZZZZ")], &[]).await;
    assert!(
        wrong
            .body
            .as_str()
            .is_some_and(|page| page.contains("id=\"user-code-error\""))
    );
    assert!(
        answer(typed, APPS, "allow")
            .await
            .contains("id=\"activate-done\"")
    );
    org.advance(20);
    let tokens = poll(code).await;
    assert_eq!(
        claims(tokens.text("access_token"))["sub"],
        APPS,
        "{:#}",
        tokens.body
    );
    org.advance(20);
    poll(code)
        .await
        .refused(400, "invalid_grant", "The device code is invalid or has expired.");
    // No; not assigned; too late.
    let begun = begin().await;
    assert!(
        answer(begun.text("user_code"), SUPER, "deny")
            .await
            .contains("id=\"activate-refused\"")
    );
    assert_eq!(
        poll(begun.text("device_code")).await.text("error"),
        "access_denied"
    );
    let begun = begin().await;
    answer(begun.text("user_code"), STRANGER, "allow").await;
    poll(begun.text("device_code")).await.refused(
        400,
        "access_denied",
        "User is not assigned to the client application.",
    );
    let begun = begin().await;
    org.advance(600);
    poll(begun.text("device_code"))
        .await
        .refused(400, "expired_token", "The device code has expired.");
    assert!(
        answer(begun.text("user_code"), SUPER, "allow")
            .await
            .contains("id=\"user-code-error\"")
    );
    let service = service(&org, &Key::new("k"), false, &[], None).await;
    let fields = [("client_id", service.as_str()), ("scope", "okta.users.read")];
    assert_eq!(
        form(&org, "/oauth2/v1/device/authorize", &fields, &[])
            .await
            .status,
        401
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_request_is_a_form_and_says_who_asks_once() {
    let org = org(false).await;
    let json = call(
        &org,
        "POST",
        "/oauth2/v1/token",
        &[],
        Some(json!({ "grant_type": "refresh_token" })),
    )
    .await;
    json.is_error(415, "E0000021");
    let rows: [(&[(&str, &str)], u16, &str); 6] = [
        (&[("client_id", NATIVE_CLIENT)], 400, "invalid_request"),
        (
            &[("grant_type", "password"), ("client_id", NATIVE_CLIENT)],
            400,
            "unsupported_grant_type",
        ),
        (&[("grant_type", "refresh_token")], 401, "invalid_client"),
        (
            &[("grant_type", "refresh_token"), ("client_id", "0oa0nothing")],
            401,
            "invalid_client",
        ),
        (
            &[("grant_type", "refresh_token"), ("client_id", NATIVE_CLIENT)],
            400,
            "invalid_request",
        ),
        (
            &[("grant_type", "refresh_token"), ("grant_type", "refresh_token")],
            400,
            "invalid_request",
        ),
    ];
    for (fields, status, error) in rows {
        let reply = form(&org, "/oauth2/v1/token", fields, &[]).await;
        assert_eq!((reply.status, reply.text("error")), (status, error), "{fields:?}");
        assert!(!reply.text("error_description").is_empty());
    }
    let fields = [
        ("grant_type", "client_credentials"),
        ("scope", "okta.users.read"),
        ("client_id", NATIVE_CLIENT),
    ];
    assert_eq!(
        form(&org, "/oauth2/v1/token", &fields, &[]).await.text("error"),
        "invalid_client"
    );
    let target = format!("/oauth2/v1/token?client_secret={}", fresh());
    form(&org, &target, &fields, &[]).await.refused(
        400,
        "invalid_request",
        "Client credentials cannot be supplied via query parameters.",
    );
    org.set_switch(Switch::OutsideZone, true);
    renew(&org, "any", &[], &[]).await.refused(
        403,
        "access_denied",
        "The request is made from outside the client's permitted network zones.",
    );
    // Only these two pages' own forms come through the door.
    let form_of = |target: &'static str, origin: String| {
        let org = &org;
        async move {
            form(org, target, &[("x", "y")], &[("origin", &origin)])
                .await
                .status
        }
    };
    let own = org.url().to_owned();
    assert_eq!(form_of("/oauth2/v1/authorize", own.clone()).await, 400);
    assert_eq!(form_of("/activate", own.clone()).await, 200);
    assert_eq!(form_of("/oauth2/v1/token", own).await, 403);
    assert_eq!(form_of("/activate", "https://example.com".into()).await, 403);
}
