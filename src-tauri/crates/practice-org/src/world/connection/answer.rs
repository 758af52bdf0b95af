//! A connection as Okta shows it, the authorize link included.

use super::{CLIENT_ID, RETURN_PATH};
use crate::world::App;
use serde_json::{Value, json};

/// The provider's name in the practice org's own paths, and the scope Okta asks it for.
fn provider(app: &App) -> Option<(&'static str, &'static str)> {
    Some(match app.name.as_str() {
        "google" => ("google", "https://www.googleapis.com/auth/admin.directory.user"),
        "office365" => ("microsoft", "https://graph.microsoft.com/.default"),
        "slack" => ("slack", "admin"),
        "zoomus" => ("zoom", "user:master"),
        _ => return None,
    })
}

/// The authorize link: the provider's own query, on the practice origin.
fn authorize_link(app: &App, org: &str) -> Option<String> {
    let state = app.connection.state.as_deref()?;
    let (provider, scope) = provider(app)?;
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("response_type", "code")
        .append_pair("client_id", CLIENT_ID)
        .append_pair("scope", scope)
        .append_pair("access_type", "offline")
        .append_pair("state", state)
        .append_pair("redirect_uri", &format!("{org}{RETURN_PATH}"))
        .finish();
    Some(format!("{org}/consent/{provider}/authorize?{query}"))
}

/// The connection as Okta shows it.
pub(crate) fn answer(app: &App, org: &str) -> Value {
    if !app.supported() {
        return json!({ "status": "UNKNOWN", "profile": { "authScheme": "UNKNOWN" } });
    }
    let connection = &app.connection;
    let base = format!("{org}/api/v1/apps/{}/connections/default", app.id);
    let mut links = json!({});
    let mut answer = json!({});
    // A new Org2Org app says TOKEN and DISABLED (recorded); of the others nothing is recorded before the first save.
    let fresh = if app.name == "okta_org2org" {
        "TOKEN"
    } else {
        "UNKNOWN"
    };
    let scheme = connection.scheme.as_deref().unwrap_or(fresh);
    // The consent apps have no scheme at the top level (Okta's examples).
    if scheme != "UNKNOWN" && !app.consent() {
        answer["authScheme"] = json!(scheme);
    }
    answer["status"] = json!(match (scheme, connection.enabled) {
        ("UNKNOWN", _) => "UNKNOWN",
        (_, true) => "ENABLED",
        (_, false) => "DISABLED",
    });
    if let Some(base_url) = &connection.base_url {
        answer["baseUrl"] = json!(base_url);
    }
    let mut profile = json!({ "authScheme": scheme });
    if let Some(client) = &connection.client_id {
        answer["clientId"] = json!(client);
        profile["clientId"] = json!(client);
        profile["signing"] = json!({ "rotationMode": connection.rotation_mode });
    }
    answer["profile"] = profile;
    if scheme != "UNKNOWN" {
        let next = if connection.enabled {
            "deactivate"
        } else {
            "activate"
        };
        links[next] = json!({ "href": format!("{base}/lifecycle/{next}"), "hints": { "allow": ["POST"] } });
    }
    links["self"] = json!({ "href": base, "hints": { "allow": ["POST", "GET"] } });
    if let Some(href) = authorize_link(app, org) {
        links["authorize"] = json!({ "href": href, "hints": { "allow": ["GET"], "guidance": [
            "Specifies the URI to invoke in a browser for granting scope consent required to complete the OAuth 2.0 connection." ] } });
    }
    answer["_links"] = links;
    answer
}
