//! State and rules of the practice org. No HTTP, no clock and no chance of its own: time and secrets are passed in.

pub(crate) mod admins;
pub(crate) mod clients;
pub(crate) mod connection;
pub(crate) mod desk;
pub(crate) mod feature;
pub(crate) mod filter;
pub(crate) mod iam;
pub(crate) mod jwk;
pub(crate) mod reviews;
pub(crate) mod schedule;
pub(crate) mod show;
pub(crate) mod tokens;
pub(crate) mod when;

use serde_json::Value;
use std::collections::BTreeMap;

/// A date as Okta writes it, of UNIX seconds.
pub(crate) fn date(at: i64) -> String {
    jiff::Timestamp::from_second(at)
        .map(|at| at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string())
        .unwrap_or_default()
}

/// Apps Okta's provisioning connection API can set up: key, has consent, has To Okta.
const SUPPORTED: &[(&str, bool, bool)] = &[
    ("google", true, true),
    ("office365", true, true),
    ("slack", true, true),
    ("zoomus", true, true),
    ("okta_org2org", false, true),
    ("zscalerbyz", false, false),
];

/// An app instance.
#[derive(Debug, Clone)]
pub(crate) struct App {
    /// Id, `0oa…`.
    pub(crate) id: String,
    /// App key.
    pub(crate) name: String,
    /// Label.
    pub(crate) label: String,
    /// `ACTIVE` or `INACTIVE`.
    pub(crate) status: String,
    /// Sign-on mode.
    pub(crate) sign_on_mode: String,
    /// Ids of assigned people.
    pub(crate) assigned: Vec<String>,
    /// Its connection.
    pub(crate) connection: connection::Connection,
    /// `USER_PROVISIONING` capabilities; `None` as long as they are the usual ones.
    pub(crate) to_app: Option<Value>,
    /// `INBOUND_PROVISIONING` capabilities; `None` as long as they are the usual ones.
    pub(crate) to_okta: Option<Value>,
    /// The OAuth 2.0 client it is.
    pub(crate) client: Option<clients::Client>,
    /// When it was made and last changed, UNIX seconds; `None` for the story's.
    pub(crate) times: Option<(i64, i64)>,
}

impl App {
    /// A fresh app.
    pub(crate) fn new(id: &str, name: &str, label: &str) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            label: label.into(),
            status: "ACTIVE".into(),
            sign_on_mode: match name {
                "bookmark" => "BOOKMARK",
                clients::APP => "OPENID_CONNECT",
                _ => "SAML_2_0",
            }
            .into(),
            assigned: Vec::new(),
            connection: connection::Connection::default(),
            to_app: None,
            to_okta: None,
            client: None,
            times: None,
        }
    }

    /// It was changed.
    pub(crate) fn touch(&mut self, now: i64) {
        self.times = Some((self.times.map_or(now, |(made, _)| made), now));
    }

    fn row(&self) -> Option<&'static (&'static str, bool, bool)> {
        SUPPORTED.iter().find(|(name, ..)| *name == self.name)
    }

    /// The API can set it up.
    pub(crate) fn supported(&self) -> bool {
        self.row().is_some()
    }

    /// It is set up by browser consent.
    pub(crate) fn consent(&self) -> bool {
        self.row().is_some_and(|(_, consent, _)| *consent)
    }

    /// It has To Okta.
    pub(crate) fn has_inbound(&self) -> bool {
        self.row().is_some_and(|(_, _, inbound)| *inbound)
    }
}

/// A person.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// Id, `00u…`.
    pub(crate) id: String,
    /// First name.
    pub(crate) first: String,
    /// Last name.
    pub(crate) last: String,
    /// Login and e-mail.
    pub(crate) login: String,
    /// `ACTIVE`, `STAGED`, `DEPROVISIONED` …
    pub(crate) status: String,
}

/// A group.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// Id, `00g…`.
    pub(crate) id: String,
    /// Name.
    pub(crate) name: String,
    /// Description.
    pub(crate) description: String,
    /// Number of members.
    pub(crate) members: usize,
}

/// The whole org.
#[derive(Debug, Clone, Default)]
pub(crate) struct World {
    /// Apps by id; ids sort in the order Okta lists them.
    pub(crate) apps: BTreeMap<String, App>,
    /// People by id.
    pub(crate) people: BTreeMap<String, Person>,
    /// Groups by id.
    pub(crate) groups: BTreeMap<String, Group>,
    /// Id of the person the API token belongs to.
    pub(crate) owner: String,
    /// Codes given out by the consent pages.
    pub(crate) codes: Vec<connection::Code>,
    /// API tokens by id.
    pub(crate) tokens: BTreeMap<String, tokens::ApiToken>,
    /// Admin roles that were assigned.
    pub(crate) assignments: Vec<admins::Assignment>,
    /// “Public client app admins”: a service app becomes a super admin at its first grant.
    pub(crate) client_privileges: bool,
    /// What the authorization server has given out.
    pub(crate) desk: desk::Desk,
    /// Custom roles, resource sets and bindings.
    pub(crate) iam: iam::Iam,
    /// Security access reviews, and what governance keeps beside them.
    pub(crate) governance: reviews::Governance,
}

impl World {
    /// A code is given out; those nobody can use any more go.
    pub(crate) fn give_code(&mut self, code: connection::Code) {
        self.codes
            .retain(|old| code.at - old.at <= connection::CODE_LIFE * 6);
        self.codes.push(code);
    }

    /// The app whose latest authorize link has this state.
    pub(crate) fn waiting_for(&self, state: &str) -> Option<&App> {
        self.apps
            .values()
            .find(|app| app.connection.state.as_deref() == Some(state))
    }
}
