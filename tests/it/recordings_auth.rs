//! Real orgs' recorded exchanges on clients, grants, roles, tokens and proofs of possession, replayed against the practice
//! org: the same status, the same members of the same kind, the same words where every org has the same.

use crate::contract_auth_parts::{Reply, admin, ask, client_token, service, token_endpoint, token_proof};
use crate::contract_wire::org;
use practice_org::{NO_ADMIN, PracticeOrg};
use serde_json::{Value, json};
use std::sync::Mutex;
use support::jwt::Key;
use support::reference;

/// Members whose value is the same in every org.
const WORDS: &[&str] = &[
    "errorCode",
    "errorLink",
    "errorCauses",
    "error",
    "error_description",
    "status",
    "type",
    "label",
    "assignmentType",
    "source",
    "clientName",
    "tokenWindow",
    "connection",
    "token_type",
    "expires_in",
    "allow",
    "signOnMode",
    "application_type",
    "consent_method",
    "issuer_mode",
    "wildcard_redirect",
    "mode",
    "template",
];

/// What is recorded and known to differ: line, place, why. Of the new app's line that of the one after it too, which reads
/// it again.
const DIFFERENCES: &[(usize, &str, &str)] = &[
    (
        9,
        "/0/tokenWindow",
        "`null` in this one answer of that org, `P30D` in its others",
    ),
    (
        209,
        "/universalLogout",
        "`null`, for which Okta's schema has no place",
    ),
    (209, "/accessibility/errorRedirectUrl", "`null`"),
    (209, "/accessibility/loginRedirectUrl", "`null`"),
    (209, "/settings/notifications/vpn/message", "`null`"),
    (209, "/settings/notifications/vpn/helpUrl", "`null`"),
    (209, "/settings/notes/admin", "`null`"),
    (209, "/settings/notes/enduser", "`null`"),
    (209, "/settings/emOptInStatus", "entitlements are not played"),
    (209, "/settings/oauthClient/client_uri", "`null`"),
    (209, "/settings/oauthClient/logo_uri", "`null`"),
    (209, "/_links/self", "the practice org names itself"),
    (209, "/_links/logo", "there are no logos"),
    (209, "/_links/clientCredentials", "secrets are not listed"),
    (209, "/_links/accessPolicy", "policies are not played"),
    (209, "/_links/profileEnrollment", "policies are not played"),
];

struct Recordings(Vec<Value>, Mutex<Vec<(usize, &'static str)>>);

impl Recordings {
    fn load() -> Option<Self> {
        let file = reference::folder()?.join("recordings/distilled.jsonl");
        let text = std::fs::read_to_string(file).expect("the recordings");
        Some(Self(
            text.lines()
                .map(|line| serde_json::from_str(line).expect("JSON"))
                .collect(),
            Mutex::default(),
        ))
    }

    /// Fails unless an answer is as that of a line.
    fn same(&self, line: usize, reply: &Reply) {
        let recorded = &self.0[line - 1];
        assert_eq!(recorded["status"], reply.status, "line {line}: {:#}", reply.body);
        let mut found = Vec::new();
        let wanted = &recorded["response_body"];
        if wanted == "" {
            assert_eq!(reply.body, "", "line {line}");
        } else {
            compare(wanted, &reply.body, "", &mut found);
        }
        let known = |place: &String| {
            DIFFERENCES
                .iter()
                .find(|(of, at, _)| (*of == line || line == *of + 1) && at == place)
        };
        let seen = found.iter().filter_map(known).map(|(of, at, _)| (*of, *at));
        self.1.lock().expect("seen").extend(seen);
        found.retain(|place| known(place).is_none());
        assert!(
            found.is_empty(),
            "line {line}: other than recorded at {found:?}: {:#} for {wanted:#}",
            reply.body
        );
        for (name, _) in recorded["headers"].as_object().into_iter().flatten() {
            assert!(!reply.header(name).is_empty(), "line {line}: no {name}");
        }
    }
}

/// Places where two answers differ in shape, or in a word every org has.
fn compare(theirs: &Value, own: &Value, at: &str, found: &mut Vec<String>) {
    match (theirs, own) {
        (Value::Object(theirs), Value::Object(own)) => {
            let missing = own.keys().filter(|key| !theirs.contains_key(*key));
            for key in theirs.keys().chain(missing) {
                let at = format!("{at}/{key}");
                match (theirs.get(key), own.get(key)) {
                    (Some(a), Some(b)) if WORDS.contains(&key.as_str()) && a != b => found.push(at),
                    (Some(a), Some(b)) => compare(a, b, &at, found),
                    _ => found.push(at),
                }
            }
        }
        // Lists may be longer or shorter; their items are alike.
        (Value::Array(theirs), Value::Array(own)) => {
            if theirs.is_empty() != own.is_empty() {
                found.push(at.to_owned());
            }
            if let (Some(theirs), Some(own)) = (theirs.first(), own.first()) {
                compare(theirs, own, &format!("{at}/0"), found);
            }
        }
        (theirs, own) if std::mem::discriminant(theirs) == std::mem::discriminant(own) => {}
        _ => found.push(at.to_owned()),
    }
}

async fn tokens(recordings: &Recordings, org: &PracticeOrg) {
    let list = admin(org, "GET", "/api/v1/api-tokens", None).await;
    for line in [9, 13] {
        recordings.same(line, &list);
    }
    recordings.same(10, &admin(org, "GET", "/api/v1/api-tokens?limit=3", None).await);
    recordings.same(19, &admin(org, "GET", "/api/v1/api-tokens/", None).await);
    let id = list.body[0]["id"].as_str().expect("id");
    let one = admin(org, "GET", &format!("/api/v1/api-tokens/{id}"), None).await;
    for line in [11, 12, 14, 15, 187] {
        recordings.same(line, &one);
    }
    for (line, id) in [
        (16, "invalid-id"),
        (17, "00T"),
        (18, "99Xaaaaaaaaaaaaaaaaa"),
        (20, "00Tzzzzzzzzzzzzzzzzz"),
    ] {
        recordings.same(
            line,
            &admin(org, "GET", &format!("/api/v1/api-tokens/{id}"), None).await,
        );
    }
    let gone = admin(org, "DELETE", "/api/v1/api-tokens/00Tinvalid9999999999", None).await;
    recordings.same(21, &gone);
    assert_eq!(
        gone.text("errorSummary"),
        "Not found: Resource not found: 00Tinvalid9999999999 (Token)"
    );
    let other = list.body[1]["id"].as_str().expect("id");
    recordings.same(
        200,
        &admin(org, "DELETE", &format!("/api/v1/api-tokens/{other}"), None).await,
    );
}

async fn grants(recordings: &Recordings, org: &PracticeOrg, app: &str) {
    let target = format!("/api/v1/apps/{app}/grants");
    let grant = async |scope: &str| {
        let body = json!({ "scopeId": scope, "issuer": org.url() });
        admin(org, "POST", &target, Some(body)).await
    };
    let (read, users) = (grant("okta.roles.read").await, grant("okta.users.read").await);
    recordings.same(69, &read);
    recordings.same(75, &read);
    recordings.same(93, &users);
    for (line, granted) in [(69, &read), (93, &users)] {
        assert_eq!(
            granted.body["scopeId"],
            recordings.0[line - 1]["response_body"]["scopeId"]
        );
    }
    let list = admin(org, "GET", &target, None).await;
    for line in [70, 76, 94, 97] {
        recordings.same(line, &list);
    }
    let one = format!("{target}/{}", users.text("id"));
    recordings.same(71, &admin(org, "GET", &one, None).await);
    recordings.same(95, &admin(org, "GET", &one, None).await);
    recordings.same(96, &admin(org, "DELETE", &one, None).await);
    let left = admin(org, "GET", &target, None).await.body;
    assert_eq!(left.as_array().map(Vec::len), Some(1), "line 97: it is gone");
}

async fn roles(recordings: &Recordings, org: &PracticeOrg, app: &str) {
    let users = format!("/api/v1/users/{NO_ADMIN}/roles");
    let given = admin(org, "POST", &users, Some(json!({ "type": "USER_ADMIN" }))).await;
    recordings.same(158, &given);
    assert_eq!(given.text("id"), "KVJUKUS7IFCE2SKO");
    recordings.same(159, &admin(org, "GET", &users, None).await);
    recordings.same(
        160,
        &admin(org, "DELETE", &format!("{users}/KVJUKUS7IFCE2SKO"), None).await,
    );
    recordings.same(161, &admin(org, "GET", &users, None).await);
    let clients = format!("/oauth2/v1/clients/{app}/roles");
    for (lines, kind) in [
        ([211, 212], "HELP_DESK_ADMIN"),
        ([214, 215], "GROUP_MEMBERSHIP_ADMIN"),
    ] {
        let given = admin(org, "POST", &clients, Some(json!({ "type": kind }))).await;
        recordings.same(lines[0], &given);
        assert_eq!(
            given.body["id"],
            recordings.0[lines[0] - 1]["response_body"]["id"]
        );
        let one = format!("{clients}/{}", given.text("id"));
        recordings.same(lines[1], &admin(org, "GET", &one, None).await);
        if kind == "HELP_DESK_ADMIN" {
            recordings.same(213, &admin(org, "DELETE", &one, None).await);
        }
    }
}

/// A service app asks for a token without proof, with one, with a nonce, and calls: it has no role and sees nothing.
async fn proofs(recordings: &Recordings, org: &PracticeOrg) {
    let (signs, proves) = (Key::new("k1"), Key::new("p1"));
    let scopes = ["okta.users.read", "okta.apps.read", "okta.groups.read"];
    let client = service(org, &signs, true, &scopes, None).await;
    let endpoint = token_endpoint(org);
    let get = async |headers: &[(&str, &str)]| {
        client_token(
            org,
            &signs.assertion(&client, &endpoint),
            &scopes.join(" "),
            headers,
        )
        .await
    };
    recordings.same(98, &get(&[]).await);
    let asked = get(&[("dpop", &token_proof(org, &proves, ""))]).await;
    recordings.same(100, &asked);
    let got = get(&[("dpop", &token_proof(org, &proves, asked.header("dpop-nonce")))]).await;
    recordings.same(101, &got);
    assert_eq!(got.body["scope"], recordings.0[100]["response_body"]["scope"]);
    let token = got.text("access_token");
    let proof = proves.proof("GET", &format!("{}/api/v1/users", org.url()), "", Some(token));
    let auth = format!("DPoP {token}");
    let headers = [("authorization", auth.as_str()), ("dpop", proof.as_str())];
    let seen = crate::contract_auth_parts::call(org, "GET", "/api/v1/users?limit=1", &headers, None).await;
    recordings.same(102, &seen);
    assert_eq!(
        seen.header("link"),
        format!("<{}/api/v1/users?limit=1>; rel=\"self\"", org.url())
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn recorded_exchanges_on_signing_in_replay() {
    let Some(recordings) = Recordings::load() else {
        return;
    };
    let org = org(true).await;
    let by = format!("SSWS {}", org.token());
    let made = recordings.0[208]["request_body"].clone();
    let app = ask(&org, &by, "POST", "/api/v1/apps?activate=true", Some(made)).await;
    recordings.same(209, &app);
    let id = app.text("id").to_owned();
    let read = ask(&org, &by, "GET", &format!("/api/v1/apps/{id}"), None).await;
    recordings.same(210, &read);
    org.faults().clear();
    let bookmark = recordings.0[21]["request_body"].clone();
    let made = ask(&org, &by, "POST", "/api/v1/apps?activate=true", Some(bookmark)).await;
    assert_eq!(made.status, 200);
    let target = format!("/api/v1/apps/{}", made.text("id"));
    recordings.same(57, &ask(&org, &by, "DELETE", &target, None).await);
    ask(&org, &by, "POST", &format!("{target}/lifecycle/deactivate"), None).await;
    recordings.same(26, &ask(&org, &by, "DELETE", &target, None).await);
    tokens(&recordings, &org).await;
    grants(&recordings, &org, &id).await;
    roles(&recordings, &org, &id).await;
    proofs(&recordings, &org).await;
    let seen = recordings.1.lock().expect("seen");
    let gone: Vec<_> = DIFFERENCES
        .iter()
        .filter(|(line, at, _)| !seen.contains(&(*line, *at)))
        .collect();
    assert!(gone.is_empty(), "no longer different: {gone:#?}");
}

#[test]
fn the_comparison_sees_what_differs() {
    let recorded = json!({ "status": "ACTIVE", "id": "a", "list": [{ "x": 1 }] });
    for (own, place) in [
        (
            json!({ "status": "INACTIVE", "id": "b", "list": [{ "x": 2 }] }),
            "/status",
        ),
        (json!({ "status": "ACTIVE", "list": [{ "x": 2 }] }), "/id"),
        (
            json!({ "status": "ACTIVE", "id": 7, "list": [{ "x": 2 }] }),
            "/id",
        ),
        (json!({ "status": "ACTIVE", "id": "b", "list": [] }), "/list"),
        (
            json!({ "status": "ACTIVE", "id": "b", "list": [{ "x": 2, "y": 1 }] }),
            "/list/0/y",
        ),
    ] {
        let mut found = Vec::new();
        compare(&recorded, &own, "", &mut found);
        assert_eq!(found, [place]);
    }
}
