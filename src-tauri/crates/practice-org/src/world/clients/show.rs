//! Clients and grants as Okta's API shows them. Shapes as recorded, without the `null`s Okta's own schema has no place for.

use super::{Client, Grant, Key};
use crate::world::admins::Principal;
use crate::world::{App, date};
use serde_json::{Value, json};

/// `credentials` of the app. The secret is shown right after it was made only.
pub(crate) fn app_credentials(app: &App, client: &Client, secret: bool) -> Value {
    let mut oauth = json!({
        "autoKeyRotation": true,
        "client_id": app.id,
        "token_endpoint_auth_method": client.auth,
        "pkce_required": client.pkce,
    });
    if let Some(text) = client.secret.as_ref().filter(|_| secret) {
        oauth["client_secret"] = json!(text);
    }
    json!({
        "userNameTemplate": { "template": "${source.login}", "type": "BUILT_IN" },
        "signing": { "kid": format!("practice-{}", app.id) },
        "oauthClient": oauth,
    })
}

/// `settings.oauthClient` of the app.
pub(crate) fn app_settings(app: &App, client: &Client, org: &str) -> Value {
    let mut shown = json!({
        "redirect_uris": client.redirect_uris,
        "response_types": client.response_types,
        "grant_types": client.grant_types,
        "application_type": client.kind,
        "consent_method": client.consent,
        "issuer_mode": "ORG_URL",
        "idp_initiated_login": { "mode": "DISABLED", "default_scope": [] },
        "wildcard_redirect": "DISABLED",
        "dpop_bound_access_tokens": client.dpop,
        "participate_slo": false,
    });
    if !client.logout_uris.is_empty() {
        shown["post_logout_redirect_uris"] = json!(client.logout_uris);
    }
    if !client.keys.is_empty() {
        let keys: Vec<Value> = client.keys.iter().map(|key| key.show(&app.id, org)).collect();
        shown["jwks"] = json!({ "keys": keys });
    }
    if let Some(uri) = &client.jwks_uri {
        shown["jwks_uri"] = json!(uri);
    }
    if client.has_grant_type("refresh_token") {
        let rotation = if client.rotate { "ROTATE" } else { "STATIC" };
        shown["refresh_token"] = json!({ "rotation_type": rotation, "leeway": client.leeway });
    }
    for (name, value) in &client.more {
        shown[name] = value.clone();
    }
    shown
}

/// The client as `/oauth2/v1/clients` shows it.
pub(crate) fn dynamic(app: &App, client: &Client, secret: bool) -> Value {
    let mut shown = json!({
        "client_id": app.id,
        "client_id_issued_at": client.issued,
        "client_name": app.label,
        "client_uri": client.more.get("client_uri"),
        "logo_uri": client.more.get("logo_uri"),
        "redirect_uris": client.redirect_uris,
        "response_types": client.response_types,
        "grant_types": client.grant_types,
        "token_endpoint_auth_method": client.auth,
        "application_type": client.kind,
    });
    if let Some(text) = client.secret.as_ref().filter(|_| secret) {
        shown["client_secret"] = json!(text);
        shown["client_secret_expires_at"] = json!(0);
    }
    if !client.keys.is_empty() {
        let keys: Vec<Value> = client
            .keys
            .iter()
            .map(|Key { jwk, .. }| Value::Object(jwk.clone()))
            .collect();
        shown["jwks"] = json!({ "keys": keys });
    }
    if let Some(uri) = &client.jwks_uri {
        shown["jwks_uri"] = json!(uri);
    }
    shown
}

/// A grant; `scope`: with the scope embedded, as after granting it.
pub(crate) fn grant(app: &App, grant: &Grant, owner: &str, scope: bool, org: &str) -> Value {
    let by = match &grant.by {
        Principal::User(id) => json!({ "id": id, "type": "User" }),
        Principal::Client(id) => json!({ "id": id, "type": "PublicClientApp" }),
        Principal::Org => json!({ "id": owner, "type": "User" }),
    };
    let here = format!("{org}/api/v1/apps/{}", app.id);
    let mut shown = json!({
        "id": grant.id,
        "status": "ACTIVE",
        "created": date(grant.created),
        "createdBy": by,
        "lastUpdated": date(grant.created),
        "issuer": org,
        "clientId": app.id,
        "scopeId": grant.scope,
        "source": "ADMIN",
    });
    if scope {
        shown["_embedded"] = json!({ "scope": { "id": grant.scope } });
    }
    shown["_links"] = json!({
        "app": { "href": here, "title": app.label },
        "self": { "href": format!("{here}/grants/{}", grant.id), "hints": { "allow": ["GET", "DELETE"] } },
        "client": { "href": format!("{org}/oauth2/v1/clients/{}", app.id), "title": app.label },
    });
    shown
}
