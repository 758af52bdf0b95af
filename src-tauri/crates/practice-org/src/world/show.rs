//! Apps, people and groups as Okta's API shows them; shapes as recorded, but for the `null`s Okta writes where its own
//! schema has none: those properties are left out.

use super::{App, Group, Person, clients, date};
use serde_json::{Value, json};

/// When everything of the story was made.
const APP_SINCE: &str = "2026-09-01T08:00:00.000Z";
/// When everybody joined.
pub(crate) const PERSON_SINCE: &str = "2026-01-10T08:00:00.000Z";
/// The one user type.
pub(crate) const USER_TYPE: &str = "oty1practice00000001";

/// App settings that come with a key; apps without are told nothing more about.
fn app_settings(app: &App) -> Value {
    match app.name.as_str() {
        "google" | "slack" => json!({ "domain": "example" }),
        "office365" => json!({ "domain": "example.com", "msftTenant": "example" }),
        "zoomus" => json!({ "subDomain": "example" }),
        "okta_org2org" => json!({
            "acsUrl": "https://acme.okta.com/sso/saml2/practice", "audRestriction": "https://acme.okta.com/saml2/service-provider/practice",
            "baseUrl": super::connection::HUB }),
        "zscalerbyz" => json!({ "siteDomain": "example.com" }),
        "bookmark" => json!({ "requestIntegration": false, "url": "https://example.com/" }),
        _ => json!({}),
    }
}

/// An app as `GET /api/v1/apps` shows it.
pub(crate) fn app(app: &App, org: &str) -> Value {
    let mut shown = any_app(app, org);
    if let Some(client) = &app.client {
        shown["visibility"] = json!({ "autoLaunch": false, "autoSubmitToolbar": false,
            "hide": { "iOS": true, "web": true }, "appLinks": { "oidc_client_link": true } });
        shown["credentials"] = clients::app_credentials(app, client, false);
        shown["settings"]["oauthClient"] = clients::app_settings(app, client, org);
    }
    shown
}

/// What every app has.
fn any_app(app: &App, org: &str) -> Value {
    let here = format!("{org}/api/v1/apps/{}", app.id);
    let turn = if app.status == "ACTIVE" {
        "deactivate"
    } else {
        "activate"
    };
    let mut links = json!({
        "self": { "href": here },
        "uploadLogo": { "href": format!("{here}/logo"), "hints": { "allow": ["POST"] } },
        "appLinks": [{ "name": "login", "href": format!("{org}/home/{}/{}/1", app.name, app.id), "type": "text/html" }],
        "groups": { "href": format!("{here}/groups") },
        "users": { "href": format!("{here}/users") },
        "policies": { "href": format!("{here}/policies"), "hints": { "allow": ["PUT"] } },
    });
    links[turn] = json!({ "href": format!("{here}/lifecycle/{turn}") });
    json!({
        "id": app.id,
        "orn": format!("orn:okta:idp:{}:apps:{}:{}", crate::answers::org::ORG_ID, app.name, app.id),
        "name": app.name,
        "label": app.label,
        "status": app.status,
        "lastUpdated": app.times.map_or_else(|| APP_SINCE.to_owned(), |(_, changed)| date(changed)),
        "created": app.times.map_or_else(|| APP_SINCE.to_owned(), |(made, _)| date(made)),
        "accessibility": { "selfService": false },
        "visibility": { "autoLaunch": false, "autoSubmitToolbar": false, "hide": { "iOS": false, "web": false },
            "appLinks": { "login": true } },
        "features": [],
        "signOnMode": app.sign_on_mode,
        "credentials": { "userNameTemplate": { "template": "${source.login}", "type": "BUILT_IN" }, "signing": {} },
        "settings": {
            "app": app_settings(app),
            "notifications": { "vpn": { "network": { "connection": "DISABLED" } } },
            "manualProvisioning": false,
            "implicitAssignment": false,
            "notes": {},
        },
        "_links": links,
    })
}

/// A person's assignment as `GET /api/v1/apps/{appId}/users` shows it.
pub(crate) fn app_user(app: &App, person: &Person, org: &str) -> Value {
    json!({
        "id": person.id,
        "created": APP_SINCE,
        "lastUpdated": APP_SINCE,
        "scope": "USER",
        "status": if app.connection.enabled { "PROVISIONED" } else { "ACTIVE" },
        "statusChanged": APP_SINCE,
        "passwordChanged": null,
        "syncState": "DISABLED",
        "credentials": { "userName": person.login },
        "profile": { "email": person.login, "givenName": person.first, "familyName": person.last },
        "_links": {
            "app": { "href": format!("{org}/api/v1/apps/{}", app.id) },
            "user": { "href": format!("{org}/api/v1/users/{}", person.id) },
        },
    })
}

/// A person as `GET /api/v1/users` shows it.
pub(crate) fn person(person: &Person, org: &str) -> Value {
    json!({
        "id": person.id,
        "status": person.status,
        "created": PERSON_SINCE,
        "activated": PERSON_SINCE,
        "statusChanged": PERSON_SINCE,
        "lastLogin": null,
        "lastUpdated": PERSON_SINCE,
        "passwordChanged": null,
        "type": { "id": USER_TYPE },
        "profile": {
            "firstName": person.first, "lastName": person.last, "mobilePhone": null, "secondEmail": null,
            "login": person.login, "email": person.login,
        },
        "credentials": {
            "password": {},
            "emails": [{ "value": person.login, "status": "VERIFIED", "type": "PRIMARY" }],
            "provider": { "type": "OKTA", "name": "OKTA" },
        },
        "_links": { "self": { "href": format!("{org}/api/v1/users/{}", person.id) } },
    })
}

/// A group as `GET /api/v1/groups` shows it, with its numbers when asked for.
pub(crate) fn group(group: &Group, stats: bool, org: &str) -> Value {
    let here = format!("{org}/api/v1/groups/{}", group.id);
    let mut shown = json!({
        "id": group.id,
        "created": PERSON_SINCE,
        "lastUpdated": PERSON_SINCE,
        "lastMembershipUpdated": PERSON_SINCE,
        "objectClass": ["okta:user_group"],
        "type": "OKTA_GROUP",
        "profile": { "name": group.name, "description": group.description },
        "_links": {
            "logo": [],
            "users": { "href": format!("{here}/users") },
            "apps": { "href": format!("{here}/apps") },
        },
    });
    if stats {
        shown["_embedded"] = json!({ "stats": { "usersCount": group.members, "appsCount": 0, "groupPushMappingsCount": 0,
            "hasAdminPrivlege": false, "_links": { "users": { "href": format!("{here}/users") } } } });
    }
    shown
}
