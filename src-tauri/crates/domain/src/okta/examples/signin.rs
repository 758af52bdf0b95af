//! Signing in, service apps, what a credential may do.

use super::{APP, Example, USER, empty, gives};
use crate::okta::call::{Call, Payload};
use crate::okta::endpoints as e;
use crate::org_address::OrgOrigin;
use crate::signin::service;
use serde_json::{Value, json};

fn jwk() -> Value {
    json!({ "kty": "RSA", "kid": "k1", "use": "sig", "alg": "RS256", "e": "AQAB", "n": "4A" })
}

fn role(kind: &str, label: &str, to: &str) -> Value {
    json!({ "id": "JBCUYUC7IRCVGS27IFCE2SKO", "label": label, "type": kind, "status": "ACTIVE", "assignmentType": to })
}

fn granted(scope: &str) -> Value {
    json!({ "id": "oag1example0grant000", "status": "ACTIVE", "scopeId": scope, "issuer": "https://acme.okta.com", "clientId": APP, "source": "ADMIN" })
}

pub(super) fn examples(org: &OrgOrigin) -> Vec<Example> {
    let on = |endpoint| Call::new(endpoint).param("appId", APP);
    let client = |endpoint| Call::new(endpoint).param("clientId", APP);
    let made = json!({ "id": APP, "name": "oidc_client", "label": "Gatehouse", "status": "ACTIVE", "signOnMode": "OPENID_CONNECT" });
    vec![
        gives(
            Call::new(&e::APP_CREATE).body(Payload::plain(service::app("Gatehouse", &jwk(), true))),
            made,
        )
        .note("Only the public half of the key is sent."),
        gives(on(&e::APP_KEYS), json!([jwk()])),
        gives(on(&e::APP_KEY_ADD).body(Payload::plain(service::key(&jwk()))), jwk()).status(201),
        gives(on(&e::GRANTS), json!([granted("okta.apps.read")])),
        gives(on(&e::GRANT).body(Payload::plain(service::grant("okta.apps.read", org))), granted("okta.apps.read"))
            .status(201)
            .note("Only a super admin may grant scopes."),
        gives(client(&e::CLIENT_ROLES), json!([role("APP_ADMIN", "Application Administrator", "CLIENT")])),
        gives(
            client(&e::CLIENT_ROLE_ASSIGN).body(Payload::plain(service::role("APP_ADMIN"))),
            role("APP_ADMIN", "Application Administrator", "CLIENT"),
        )
        .status(201),
        gives(
            Call::new(&e::USER_ROLES).param("userId", USER),
            json!([role("READ_ONLY_ADMIN", "Read-only Administrator", "USER")]),
        ),
        gives(Call::new(&e::CLIENT_PRIVILEGES), json!({ "clientPrivilegesSetting": false })),
        gives(
            Call::new(&e::API_TOKENS),
            json!([{ "id": "00T1example0token000", "name": "Gatehouse", "userId": USER, "clientName": "Okta API", "expiresAt": "2026-12-24T12:00:00.000Z" }]),
        ),
        empty(Call::new(&e::API_TOKEN_REVOKE), 204).note("Works with an API token alone: it revokes itself."),
        gives(
            Call::new(&e::TOKEN).body(Payload::form(
                json!({
                    "grant_type": "client_credentials",
                    "scope": "okta.apps.read",
                    "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                    "client_assertion": "assertion",
                }),
                &["/client_assertion"],
            )),
            json!({ "token_type": "DPoP", "expires_in": 3600, "access_token": "••••••", "scope": "okta.apps.read" }),
        )
        .note("With DPoP the first answer is 400 use_dpop_nonce; a fresh assertion and a proof with the nonce go then."),
        gives(
            Call::new(&e::DEVICE).body(Payload::form(
                json!({ "client_id": APP, "scope": "openid offline_access okta.apps.read" }),
                &[],
            )),
            json!({ "device_code": "••••••", "user_code": "ABCD-EFGH", "verification_uri": "https://acme.okta.com/activate", "expires_in": 600, "interval": 5 }),
        ),
        Example {
            call: Call::new(&e::REVOKE).body(Payload::form(
                json!({ "token": "token", "token_type_hint": "refresh_token", "client_id": APP }),
                &["/token"],
            )),
            status: 200,
            answer: None,
            note: Some("200 comes for tokens Okta does not know too."),
        },
    ]
}
