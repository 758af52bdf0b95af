//! HTTP in and out of the API's operations: reads what was asked, asks the world, writes what Okta would. No rules.

pub(crate) mod apps;
pub(crate) mod clients;
pub(crate) mod connections;
pub(crate) mod features;
pub(crate) mod grants;
pub(crate) mod iam;
pub(crate) mod keys;
pub(crate) mod listing;
pub(crate) mod oauth;
pub(crate) mod org;
pub(crate) mod paging;
pub(crate) mod people;
pub(crate) mod reviews;
pub(crate) mod roles;
pub(crate) mod tokens;

use crate::errors::Refusal;
use crate::gate::auth::Caller;
use crate::org::Org;
use crate::routes::Params;
use crate::world::{App, World};
use axum::http::request::Parts;
use serde_json::Value;
use std::cell::RefCell;

/// A request that was let in.
pub(crate) struct Ask<'a> {
    pub(crate) org: &'a Org,
    pub(crate) path: &'a str,
    pub(crate) params: Params<'a>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: &'a [u8],
    pub(crate) content_type: Option<&'a str>,
    /// Who asks.
    pub(crate) caller: Caller,
    /// The request but for its body.
    pub(crate) parts: &'a Parts,
    /// What it changes, for the ledger.
    pub(crate) changed: RefCell<Vec<String>>,
    /// Headers of the answer, be it a refusal or not.
    pub(crate) reply: RefCell<Vec<(&'static str, String)>>,
}

/// What Okta says of an app that is not there.
fn no_app(id: &str) -> Refusal {
    Refusal::not_found(id, "AppInstance")
}

impl Ask<'_> {
    /// The app the path names.
    ///
    /// # Errors
    /// There is none of that id.
    pub(crate) fn app<'w>(&self, world: &'w World) -> Result<&'w App, Refusal> {
        let id = self.param("appId");
        world.apps.get(id).ok_or_else(|| no_app(id))
    }

    /// [`Ask::app`], to be changed.
    ///
    /// # Errors
    /// There is none of that id.
    pub(crate) fn app_mut<'w>(&self, world: &'w mut World) -> Result<&'w mut App, Refusal> {
        let id = self.param("appId");
        world.apps.get_mut(id).ok_or_else(|| no_app(id))
    }

    /// What stands in the template's place of that name.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.params
            .iter()
            .find(|(has, _)| *has == name)
            .map_or("", |(_, value)| value)
    }

    /// A query parameter; empty counts as absent.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(has, _)| has == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// The body.
    ///
    /// # Errors
    /// It is of another type, or not JSON.
    pub(crate) fn json(&self) -> Result<Value, Refusal> {
        let media = self
            .content_type
            .unwrap_or_default()
            .split(';')
            .next()
            .unwrap_or_default()
            .trim();
        if !self.body.is_empty() && !media.eq_ignore_ascii_case("application/json") {
            return Err(Refusal::content_type());
        }
        let body: Value = serde_json::from_slice(self.body).map_err(|_| Refusal::malformed())?;
        if body.is_object() {
            Ok(body)
        } else {
            Err(Refusal::malformed())
        }
    }

    /// A header of the answer.
    pub(crate) fn header(&self, name: &'static str, value: String) {
        self.reply.borrow_mut().push((name, value));
    }

    pub(crate) fn changes(&self, what: String) {
        self.changed.borrow_mut().push(what);
    }
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
    /// `Link` headers.
    pub(crate) links: Vec<String>,
}

impl Answer {
    pub(crate) fn ok(body: Value) -> Self {
        Self {
            status: 200,
            body: Some(body),
            links: Vec::new(),
        }
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            body: None,
            links: Vec::new(),
        }
    }
}
