//! Who may do what: roles of people and of clients, API tokens, and what only super admins may.

use crate::contract_auth_parts::*;
use crate::contract_wire::org;
use practice_org::{APP_ADMIN, NATIVE_CLIENT, NO_ADMIN, PracticeOrg, READ_ONLY_ADMIN, SUPER_ADMIN, Switch};
use serde_json::{Value, json};
use support::jwt::Key;

const ALL: &str = "openid okta.apps.manage okta.users.read okta.groups.read okta.orgs.read okta.roles.manage \
                   okta.appGrants.manage okta.apiTokens.read okta.clients.manage okta.logs.read";

/// What a role table has to say: method, path, and whether a super, an app, a read-only admin and a person without a role
/// may.
const ROWS: &[(&str, &str, [bool; 4])] = &[
    ("GET", "/api/v1/org", [true, true, true, false]),
    ("GET", "/api/v1/apps?limit=1", [true, true, true, false]),
    ("GET", "/api/v1/users?limit=1", [true, true, true, false]),
    ("GET", "/api/v1/groups?limit=1", [true, true, true, false]),
    ("GET", "/api/v1/users/me", [true, true, true, true]),
    (
        "GET",
        "/api/v1/users/00u1p000000000000007",
        [true, true, true, false],
    ),
    ("GET", "/oauth2/v1/clients", [true, true, true, false]),
    ("GET", "/api/v1/api-tokens", [true, false, true, false]),
    (
        "GET",
        "/api/v1/apps/0oa1practice0native0/grants",
        [true, true, true, false],
    ),
    (
        "GET",
        "/api/v1/users/00u1p000000000000001/roles",
        [true, false, true, false],
    ),
    (
        "GET",
        "/oauth2/v1/clients/0oa1practice0native0/roles",
        [true, false, true, false],
    ),
    ("POST", "/api/v1/apps", [true, true, false, false]),
    (
        "POST",
        "/api/v1/apps/0oa1practice0native0/grants",
        [true, false, false, false],
    ),
    (
        "POST",
        "/api/v1/users/00u1p000000000000009/roles",
        [true, false, false, false],
    ),
    (
        "POST",
        "/oauth2/v1/clients/0oa1practice0native0/roles",
        [true, false, false, false],
    ),
];

fn body(org: &PracticeOrg, method: &str, target: &str, who: &str) -> Option<Value> {
    let body = match target.rsplit('/').next().unwrap_or_default() {
        "apps" => json!({ "name": "bookmark", "label": format!("Of {who}") }),
        "grants" => json!({ "scopeId": "okta.apps.read", "issuer": org.url() }),
        "roles" => json!({ "type": "REPORT_ADMIN" }),
        _ => json!({}),
    };
    (method == "POST").then_some(body)
}

/// Tries every row; the same whether by an API token or an access token.
async fn try_all(org: &PracticeOrg, auth: &str, who: &str, column: usize) {
    for (method, target, may) in ROWS {
        let reply = ask(org, auth, method, target, body(org, method, target, who)).await;
        let done = [200, 201, 409].contains(&reply.status);
        assert_eq!(
            done, may[column],
            "{who}: {method} {target}: {} {:#}",
            reply.status, reply.body
        );
        if !done {
            reply.is_error(403, "E0000006");
            let words = "You do not have permission to perform the requested action";
            assert_eq!(reply.text("errorSummary"), words);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_may_what_their_roles_allow() {
    let org = org(false).await;
    let people = [
        (SUPER_ADMIN, SUPER),
        (APP_ADMIN, APPS),
        (READ_ONLY_ADMIN, READER),
        (NO_ADMIN, NOBODY),
    ];
    for (column, (user, login)) in people.into_iter().enumerate() {
        try_all(&org, &format!("SSWS {}", org.api_token(user)), user, column).await;
        let tokens = signed_in(&org, login, ALL).await;
        // All scopes are in the token, whoever it is: the call decides (no silent downscoping).
        assert_eq!(tokens.text("scope").split(' ').count(), 10, "{login}");
        try_all(
            &org,
            &format!("Bearer {}", tokens.text("access_token")),
            login,
            column,
        )
        .await;
    }
    let bearer = org.grant(&["okta.roles.manage", "okta.apps.read"]);
    let target = format!("/api/v1/users/{APP_ADMIN}/roles");
    assert_eq!(
        ask(&org, &format!("Bearer {bearer}"), "GET", &target, None)
            .await
            .status,
        200
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_may_what_their_roles_allow() {
    let org = org(false).await;
    let key = Key::new("k1");
    let scopes: Vec<&str> = ALL.split_whitespace().skip(1).collect();
    for (role, column) in [("SUPER_ADMIN", 0), ("APP_ADMIN", 1), ("READ_ONLY_ADMIN", 2)] {
        let client = service(&org, &key, false, &scopes, Some(role)).await;
        let assertion = key.assertion(&client, &token_endpoint(&org));
        let token = client_token(&org, &assertion, &scopes.join(" "), &[]).await;
        let auth = format!("Bearer {}", token.text("access_token"));
        for (method, target, may) in ROWS.iter().filter(|(_, target, _)| !target.ends_with("/me")) {
            let reply = ask(&org, &auth, method, target, body(&org, method, target, &client)).await;
            let done = [200, 201, 409].contains(&reply.status);
            assert_eq!(done, may[column], "{role}: {method} {target}: {:#}", reply.body);
        }
    }
    // Without any role lists are empty and everything else is refused, scopes or not.
    let client = service(&org, &key, false, &scopes, None).await;
    let assertion = key.assertion(&client, &token_endpoint(&org));
    let token = client_token(&org, &assertion, &scopes.join(" "), &[]).await;
    let auth = format!("Bearer {}", token.text("access_token"));
    for list in ["/api/v1/users", "/api/v1/apps", "/api/v1/groups"] {
        let seen = ask(&org, &auth, "GET", &format!("{list}?limit=1"), None).await;
        assert_eq!((seen.status, &seen.body), (200, &json!([])), "{list}");
        let own = format!("<{}{list}?limit=1>; rel=\"self\"", org.url());
        assert_eq!(seen.header("link"), own, "as recorded");
    }
    for other in [
        "/api/v1/org",
        "/api/v1/apps/0oa1p000000000000001",
        "/api/v1/api-tokens",
    ] {
        ask(&org, &auth, "GET", other, None)
            .await
            .is_error(403, "E0000006");
    }
    let target = format!("/oauth2/v1/clients/{client}/roles");
    let given = admin(&org, "POST", &target, Some(json!({ "type": "SUPER_ADMIN" }))).await;
    assert_eq!(given.status, 201);
    assert_eq!(
        ask(&org, &auth, "GET", "/api/v1/org", None).await.status,
        200,
        "at once"
    );
    org.set_switch(Switch::RoleLost, true);
    let seen = ask(&org, &auth, "GET", "/api/v1/users?limit=1", None).await;
    assert_eq!((seen.status, &seen.body), (200, &json!([])));
    ask(&org, &auth, "GET", "/api/v1/org", None)
        .await
        .is_error(403, "E0000006");
    org.set_switch(Switch::RoleLost, false);
    // A scope that is missing is named.
    let few = key.assertion(&client, &token_endpoint(&org));
    let token = client_token(&org, &few, "okta.users.read", &[]).await;
    let auth = format!("Bearer {}", token.text("access_token"));
    let refused = ask(&org, &auth, "GET", "/api/v1/apps", None).await;
    refused.is_error(403, "E0000006");
    let challenge = refused.header("www-authenticate");
    assert!(
        challenge.starts_with("Bearer authorization_uri=")
            && challenge.contains("scope=\"okta.apps.read\"")
            && challenge.contains("error=\"insufficient_scope\""),
        "{challenge}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_are_assigned_once_and_taken_away() {
    let org = org(false).await;
    let target = format!("/api/v1/users/{NO_ADMIN}/roles");
    let wanted = json!({ "type": "USER_ADMIN" });
    let given = admin(&org, "POST", &target, Some(wanted.clone())).await;
    assert_eq!(
        (given.status, given.text("id")),
        (201, "KVJUKUS7IFCE2SKO"),
        "as recorded"
    );
    let twice = admin(&org, "POST", &target, Some(wanted)).await;
    twice.is_error(409, "E0000090");
    assert_eq!(
        twice.text("errorSummary"),
        "The role specified is already assigned to the user."
    );
    let token = format!("SSWS {}", org.api_token(NO_ADMIN));
    assert_eq!(
        ask(&org, &token, "GET", "/api/v1/users?limit=1", None)
            .await
            .status,
        200
    );
    let one = format!("{target}/KVJUKUS7IFCE2SKO");
    assert_eq!(admin(&org, "GET", &one, None).await.body, given.body);
    assert_eq!(admin(&org, "DELETE", &one, None).await.status, 204);
    admin(&org, "GET", &one, None).await.is_error(404, "E0000007");
    ask(&org, &token, "GET", "/api/v1/users?limit=1", None)
        .await
        .is_error(403, "E0000006");
    for (wrong, status, code) in [
        (json!({}), 400, "E0000001"),
        (json!({ "type": "KING" }), 400, "E0000001"),
        (json!({ "type": "CUSTOM" }), 400, "E0000001"),
        (
            json!({ "type": "CUSTOM", "role": "cr0nothing", "resource-set": "iamnothing" }),
            404,
            "E0000007",
        ),
    ] {
        admin(&org, "POST", &target, Some(wrong))
            .await
            .is_error(status, code);
    }
    admin(&org, "GET", "/api/v1/users/00u0nobody/roles", None)
        .await
        .is_error(404, "E0000007");
    let supers = format!("/api/v1/users/{SUPER_ADMIN}/roles");
    let own = admin(&org, "GET", &supers, None).await.body;
    let last = format!("{supers}/{}", own[0]["id"].as_str().expect("id"));
    admin(&org, "DELETE", &last, None).await.is_error(403, "E0000006");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_app_that_holds_scopes_is_a_super_admins() {
    let org = org(false).await;
    let key = Key::new("k1");
    let by = format!("SSWS {}", org.api_token(APP_ADMIN));
    let made = ask(
        &org,
        &by,
        "POST",
        "/api/v1/apps",
        Some(service_app("Mine", &key, false)),
    )
    .await;
    let (id, app) = (
        made.text("id").to_owned(),
        format!("/api/v1/apps/{}", made.text("id")),
    );
    let add = async |kid: &str, by: &str| {
        let target = format!("{app}/credentials/jwks");
        ask(&org, by, "POST", &target, Some(Key::new(kid).public())).await
    };
    assert_eq!(add("k2", &by).await.status, 201, "as long as it holds none");
    assert_eq!(grant(&org, &id, "okta.users.read").await.status, 200);
    add("k3", &by).await.is_error(403, "E0000006");
    ask(
        &org,
        &by,
        "POST",
        &format!("{app}/credentials/jwks/k2/lifecycle/deactivate"),
        None,
    )
    .await
    .is_error(403, "E0000006");
    ask(&org, &by, "PUT", &app, Some(made.body.clone()))
        .await
        .is_error(403, "E0000006");
    ask(&org, &by, "DELETE", &format!("/oauth2/v1/clients/{id}"), None)
        .await
        .is_error(403, "E0000006");
    assert_eq!(add("k3", &format!("SSWS {}", org.token())).await.status, 201);
    // What granting needs to be told.
    let grants = format!("{app}/grants");
    for (body, part) in [
        (json!({ "scopeId": "okta.apps.read" }), "issuer"),
        (json!({ "issuer": org.url() }), "scopeId"),
        (
            json!({ "scopeId": "okta.apps.read", "issuer": format!("{}/", org.url()) }),
            "issuer",
        ),
        (
            json!({ "scopeId": "okta.apps.read", "issuer": "https://acme-admin.okta.com" }),
            "issuer",
        ),
        (
            json!({ "scopeId": "okta.everything", "issuer": org.url() }),
            "scopeId",
        ),
    ] {
        let reply = admin(&org, "POST", &grants, Some(body)).await;
        reply.is_error(400, "E0000001");
        assert_eq!(
            reply.text("errorSummary"),
            format!("Api validation failed: {part}")
        );
    }
    let again = grant(&org, &id, "okta.users.read").await;
    let all = admin(&org, "GET", &grants, None).await.body;
    assert_eq!(
        (all.as_array().map(Vec::len), &all[0]["id"]),
        (Some(1), &again.body["id"])
    );
    // Active apps are not deleted, and what is deleted leaves nothing.
    admin(&org, "DELETE", &app, None).await.is_error(403, "E0000056");
    assert_eq!(
        admin(&org, "POST", &format!("{app}/lifecycle/deactivate"), None)
            .await
            .status,
        200
    );
    assert_eq!(admin(&org, "DELETE", &app, None).await.status, 204);
    admin(&org, "GET", &app, None).await.is_error(404, "E0000007");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_grant_may_make_a_super_admin() {
    let org = org(false).await;
    let key = Key::new("k1");
    let setting = "/api/v1/org/settings/clientPrivilegesSetting";
    let off = service(&org, &key, false, &["okta.users.read"], None).await;
    assert_eq!(
        admin(&org, "GET", setting, None).await.body,
        json!({ "clientPrivilegesSetting": false })
    );
    let on = json!({ "clientPrivilegesSetting": true });
    assert_eq!(admin(&org, "PUT", setting, Some(on.clone())).await.body, on);
    let client = service(&org, &key, false, &["okta.users.read", "okta.apps.read"], None).await;
    let roles = async |client: &str| {
        admin(&org, "GET", &format!("/oauth2/v1/clients/{client}/roles"), None)
            .await
            .body
    };
    let given = roles(&client).await;
    assert_eq!(
        (given.as_array().map(Vec::len), &given[0]["type"]),
        (Some(1), &json!("SUPER_ADMIN"))
    );
    assert_eq!(roles(&off).await, json!([]));
    let by = format!("SSWS {}", org.api_token(APP_ADMIN));
    ask(&org, &by, "PUT", setting, Some(on))
        .await
        .is_error(403, "E0000006");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn api_tokens_end_unused_revoked_or_with_their_owner() {
    let org = org(false).await;
    let list = admin(&org, "GET", "/api/v1/api-tokens", None).await;
    assert_eq!(list.body.as_array().map(Vec::len), Some(2));
    assert!(
        !list.body.to_string().contains(org.token()),
        "never the token itself"
    );
    let day = 24 * 3600;
    org.advance(29 * day);
    assert_eq!(admin(&org, "GET", "/api/v1/org", None).await.status, 200);
    org.advance(29 * day);
    assert_eq!(
        admin(&org, "GET", "/api/v1/org", None).await.status,
        200,
        "each use renews it"
    );
    let list = admin(&org, "GET", "/api/v1/api-tokens", None).await;
    assert_eq!(
        list.body.as_array().map(Vec::len),
        Some(1),
        "the other has run out"
    );
    org.advance(30 * day);
    admin(&org, "GET", "/api/v1/org", None)
        .await
        .is_error(401, "E0000011");
    org.reset();
    // Over HTTP too.
    let key = [("x-practice-key", org.key())];
    let body = json!({ "user": READ_ONLY_ADMIN });
    let made = call(&org, "POST", "/_practice/tokens", &key, Some(body)).await;
    let own = format!("SSWS {}", made.text("token"));
    let me = ask(&org, &own, "GET", "/api/v1/users/me", None).await;
    assert_eq!(me.text("id"), READ_ONLY_ADMIN);
    let nobody = call(
        &org,
        "POST",
        "/_practice/tokens",
        &key,
        Some(json!({ "user": "00u0nobody" })),
    )
    .await;
    assert_eq!(nobody.status, 400);
    // One's own, by whatever rights.
    let own = format!("SSWS {}", org.api_token(NO_ADMIN));
    let current = "/api/v1/api-tokens/current";
    assert_eq!(ask(&org, &own, "DELETE", current, None).await.status, 204);
    ask(&org, &own, "GET", "/api/v1/users/me", None)
        .await
        .is_error(401, "E0000011");
    let bearer = format!("Bearer {}", org.grant(&["okta.apiTokens.manage"]));
    ask(&org, &bearer, "DELETE", current, None)
        .await
        .is_error(403, "E0000006");
    // Somebody else's: a super admin's right.
    let other = format!("SSWS {}", org.api_token(READ_ONLY_ADMIN));
    let id = list.body[0]["id"].as_str().expect("id");
    let target = format!("/api/v1/api-tokens/{id}");
    ask(&org, &other, "DELETE", &target, None)
        .await
        .is_error(403, "E0000006");
    assert_eq!(ask(&org, &bearer, "DELETE", &target, None).await.status, 204);
    admin(&org, "GET", "/api/v1/org", None)
        .await
        .is_error(401, "E0000011");
    admin(&org, "GET", current, None).await.is_error(401, "E0000011");
    org.reset();
    assert_eq!(admin(&org, "GET", "/api/v1/org", None).await.status, 200);
    assert_eq!(
        admin(&org, "GET", &format!("/api/v1/apps/{NATIVE_CLIENT}"), None)
            .await
            .status,
        200
    );
}
