//! Apps, provisioning, people.

use super::{APP, Example, OTHER, USER, empty, gives};
use crate::okta::call::{Call, Payload};
use crate::okta::endpoints as e;
use crate::okta::wire::connection::Save;
use crate::secret::Secret;
use serde_json::{Value, json};

fn app() -> Value {
    json!({ "id": APP, "name": "google", "label": "Google Workspace", "status": "ACTIVE", "signOnMode": "SAML_2_0" })
}

fn connection(status: &str) -> Value {
    json!({ "status": status, "profile": { "authScheme": "TOKEN" } })
}

fn inbound() -> Value {
    json!({
        "name": "USER_PROVISIONING",
        "status": "ENABLED",
        "description": "User provisioning settings from Okta to a downstream application",
        "capabilities": capabilities(),
    })
}

fn capabilities() -> Value {
    json!({
        "create": { "lifecycleCreate": { "status": "ENABLED" } },
        "update": {
            "profile": { "status": "ENABLED" },
            "lifecycleDeactivate": { "status": "ENABLED" },
            "password": { "status": "DISABLED", "seed": "RANDOM", "change": "KEEP_EXISTING" },
        },
    })
}

/// Somebody as Okta lists them.
pub(super) fn person(id: &str, first: &str, last: &str) -> Value {
    let login = format!("{}@example.com", first.to_lowercase());
    json!({
        "id": id,
        "status": "ACTIVE",
        "profile": { "firstName": first, "lastName": last, "login": login, "email": login },
    })
}

pub(super) fn examples() -> Vec<Example> {
    let on = |endpoint| Call::new(endpoint).param("appId", APP);
    let save = Save::Token {
        token: Secret::new("secret".into()),
        base_url: None,
    };
    vec![
        gives(
            Call::new(&e::ORG_METADATA),
            json!({ "id": "00o1example0org00000", "pipeline": "idx", "_links": { "organization": { "href": "https://acme.okta.com" } } }),
        ),
        gives(
            Call::new(&e::ORG),
            json!({ "id": "00o1example0org00000", "companyName": "Acme", "subdomain": "acme", "status": "ACTIVE" }),
        ),
        gives(Call::new(&e::APPS).query("limit", "20"), json!([app()]))
            .note("Further pages: the cursor of the Link header with rel=\"next\"."),
        gives(on(&e::APP), app()),
        gives(
            on(&e::APP_USERS).query("limit", "20"),
            json!([{ "id": USER, "status": "ACTIVE", "scope": "USER" }]),
        ),
        gives(on(&e::CONNECTION), connection("ENABLED"))
            .note("The status UNKNOWN means that Okta’s API can’t set this app up."),
        gives(
            on(&e::CONNECTION_SAVE)
                .query("activate", "true")
                .body(save.payload()),
            connection("ENABLED"),
        )
        .note("The token is never shown again, by nobody."),
        gives(
            on(&e::CONNECTION_JWKS),
            json!({ "jwks": { "keys": [{ "kid": "k1", "kty": "RSA", "use": "sig", "e": "AQAB", "n": "…" }] } }),
        ),
        empty(on(&e::CONNECTION_ACTIVATE), 204)
            .note("204 comes for apps that have no provisioning too: read the connection afterwards."),
        empty(on(&e::CONNECTION_DEACTIVATE), 204),
        empty(
            on(&e::CONSENT_CALLBACK)
                .param("appName", "google")
                .query("code", "code")
                .query("state", "state")
                .secret_query(),
            204,
        )
        .note("Code and state come from the page the consent ends on; the code works once."),
        gives(on(&e::FEATURES), json!([inbound()])),
        gives(
            on(&e::FEATURE).param("featureName", "USER_PROVISIONING"),
            inbound(),
        ),
        gives(
            on(&e::FEATURE_SAVE)
                .param("featureName", "USER_PROVISIONING")
                .body(Payload::plain(capabilities())),
            inbound(),
        )
        .note("Send the whole of what was read, changed: an empty body is refused."),
        gives(
            Call::new(&e::USER).param("id", USER),
            person(USER, "Ada", "Lovelace"),
        )
        .note("“me” in place of the id is who asks; a login works too."),
        gives(
            Call::new(&e::USERS)
                .query("search", "profile.lastName sw \"Love\"")
                .query("limit", "20"),
            json!([person(USER, "Ada", "Lovelace"), person(OTHER, "Linda", "Lovell")]),
        )
        .note("A search lags behind changes by up to a minute, and finds deactivated people too."),
        gives(
            Call::new(&e::GROUPS)
                .query("search", "profile.name sw \"Fin\"")
                .query("limit", "20"),
            json!([{ "id": "00g1example0group000", "type": "OKTA_GROUP", "profile": { "name": "Finance", "description": "Everybody in finance" } }]),
        ),
        gives(
            Call::new(&e::GROUP_USERS)
                .param("groupId", "00g1example0group000")
                .query("limit", "200"),
            json!([person(USER, "Ada", "Lovelace")]),
        ),
    ]
}
