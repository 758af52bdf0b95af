//! OAuth 2.0 clients: apps of the key `oidc_client`. An app's id is its client id.

mod check;
mod key;
mod read;
pub(crate) mod scopes;
mod show;

pub(crate) use key::{Key, MOST as MOST_KEYS, public_members};
pub(crate) use read::{Wrong, from_app, from_client, read};
pub(crate) use show::{app_credentials, app_settings, dynamic, grant};

use super::World;
use super::admins::Principal;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The app key of every OAuth 2.0 client.
pub(crate) const APP: &str = "oidc_client";

/// A scope an admin granted to a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grant {
    /// Id, `oag…`.
    pub(crate) id: String,
    pub(crate) scope: String,
    pub(crate) by: Principal,
    /// UNIX seconds.
    pub(crate) created: i64,
}

/// What makes an app an OAuth 2.0 client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Client {
    /// `application_type`: `web`, `native`, `browser` or `service`.
    pub(crate) kind: String,
    /// `token_endpoint_auth_method`.
    pub(crate) auth: String,
    pub(crate) secret: Option<String>,
    pub(crate) grant_types: Vec<String>,
    pub(crate) response_types: Vec<String>,
    pub(crate) redirect_uris: Vec<String>,
    pub(crate) logout_uris: Vec<String>,
    /// `consent_method`.
    pub(crate) consent: String,
    /// `dpop_bound_access_tokens`.
    pub(crate) dpop: bool,
    pub(crate) pkce: bool,
    /// Refresh tokens are exchanged at every use.
    pub(crate) rotate: bool,
    /// Seconds an exchanged refresh token stays good.
    pub(crate) leeway: i64,
    pub(crate) keys: Vec<Key>,
    pub(crate) jwks_uri: Option<String>,
    pub(crate) grants: BTreeMap<String, Grant>,
    /// UNIX seconds.
    pub(crate) issued: i64,
    /// Settings that change nothing here and are given back as they came, such as `client_uri`.
    pub(crate) more: Map<String, Value>,
}

impl Client {
    pub(crate) fn has_grant_type(&self, name: &str) -> bool {
        self.grant_types.iter().any(|has| has == name)
    }

    /// An admin granted it the scope.
    pub(crate) fn granted(&self, scope: &str) -> bool {
        self.grants.values().any(|grant| grant.scope == scope)
    }

    /// It is only for those on certain network zones; nobody here is on any.
    pub(crate) fn zoned(&self) -> bool {
        self.more
            .get("network")
            .and_then(|network| network["include"].as_array())
            .is_some_and(|zones| !zones.is_empty())
    }

    /// Keys that are in use.
    pub(crate) fn active_keys(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter().filter(|key| key.active)
    }
}

/// An active client.
pub(crate) fn find<'w>(world: &'w World, id: &str) -> Option<&'w Client> {
    world
        .apps
        .get(id)
        .filter(|app| app.status == "ACTIVE")
        .and_then(|app| app.client.as_ref())
}
