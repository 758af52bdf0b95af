//! The story's admins, its API tokens, and the app people sign in through.

use crate::world::admins::{Assignment, Kind, Principal, role};
use crate::world::clients::{self, Client, Grant, scopes};
use crate::world::tokens::ApiToken;
use crate::world::{App, World};
use serde_json::Map;
use std::collections::BTreeMap;

/// Client id of the story's app for signing in as an admin.
pub const NATIVE_CLIENT: &str = "0oa1practice0native0";

/// Where that app may send the browser back to.
pub const REDIRECT_URIS: &[&str] = &[
    "http://127.0.0.1:8765/callback",
    "http://127.0.0.1:8766/callback",
    "http://127.0.0.1:8767/callback",
    "http://localhost:8765/callback",
    "http://localhost:8766/callback",
    "http://localhost:8767/callback",
];

/// Robin Keller, super admin: the API token is theirs.
pub const SUPER_ADMIN: &str = "00u0p000000000000001";
/// Ben Abara, application admin.
pub const APP_ADMIN: &str = "00u1p000000000000001";
/// Chloe Abara, read-only admin.
pub const READ_ONLY_ADMIN: &str = "00u1p000000000000002";
/// Dev Abara: may sign in, and has no admin role.
pub const NO_ADMIN: &str = "00u1p000000000000003";
/// Elif Abara: not assigned to the app.
pub const UNASSIGNED: &str = "00u1p000000000000004";

/// Id of the org's own API token.
const TOKEN: &str = "00T1practice00token1";

fn assign(world: &mut World, user: &str, name: &str, now: i64) {
    if let Some(role) = role::find(name) {
        world.assignments.push(Assignment {
            id: role.id(),
            who: Principal::User(user.into()),
            kind: Kind::Standard(role),
            created: now,
        });
    }
}

/// The org's own API token, and the super admin it belongs to.
pub(super) fn token(world: &mut World, value: &str, now: i64) {
    let owner = world.owner.clone();
    assign(world, &owner, role::SUPER_ADMIN, now);
    let token = ApiToken {
        id: TOKEN.into(),
        name: "Practice".into(),
        user: owner,
        value: Some(value.into()),
        created: now,
        used: now,
    };
    world.tokens.insert(TOKEN.into(), token);
}

/// Everything else.
pub(super) fn story(world: &mut World, now: i64) {
    assign(world, APP_ADMIN, "APP_ADMIN", now);
    assign(world, READ_ONLY_ADMIN, "READ_ONLY_ADMIN", now);
    let report = ApiToken {
        id: "00T1practice00token2".into(),
        name: "Nightly report".into(),
        user: READ_ONLY_ADMIN.into(),
        value: None,
        created: now - 40 * 24 * 3600,
        used: now - 3600,
    };
    world.tokens.insert(report.id.clone(), report);
    let mut app = App::new(NATIVE_CLIENT, clients::APP, "Gatehouse");
    app.assigned = [SUPER_ADMIN, APP_ADMIN, READ_ONLY_ADMIN, NO_ADMIN]
        .map(str::to_owned)
        .to_vec();
    app.client = Some(native(now));
    world.apps.insert(app.id.clone(), app);
}

fn native(now: i64) -> Client {
    let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let mut grants = BTreeMap::new();
    for (index, scope) in scopes::OKTA.iter().enumerate() {
        let grant = Grant {
            id: super::id("oag1p", index + 1),
            scope: (*scope).to_owned(),
            by: Principal::User(SUPER_ADMIN.into()),
            created: now,
        };
        grants.insert(grant.id.clone(), grant);
    }
    Client {
        kind: "native".into(),
        auth: "none".into(),
        secret: None,
        grant_types: texts(&[
            "authorization_code",
            "refresh_token",
            "urn:ietf:params:oauth:grant-type:device_code",
        ]),
        response_types: texts(&["code"]),
        redirect_uris: texts(REDIRECT_URIS),
        logout_uris: Vec::new(),
        consent: "TRUSTED".into(),
        dpop: false,
        pkce: true,
        rotate: true,
        leeway: 30,
        keys: Vec::new(),
        jwks_uri: None,
        grants,
        issued: now,
        more: Map::new(),
    }
}
