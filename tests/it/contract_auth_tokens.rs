//! Tokens that are revoked and looked into, devices, and what a token request has to be.

use crate::contract_auth_parts::*;
use crate::contract_wire::org;
use practice_org::{NATIVE_CLIENT, Switch};
use serde_json::json;
use support::jwt::{Key, claims, fresh};

const SCOPES: &str = "openid offline_access okta.users.read okta.apps.manage";

/// Fields, status, error.
type Row = (&'static [(&'static str, &'static str)], u16, &'static str);

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
    let rows: [Row; 6] = [
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
