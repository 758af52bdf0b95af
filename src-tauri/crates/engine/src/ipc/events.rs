//! The one event stream to the web view.

use super::views::apps::{AppChecked, AppRow};
use super::views::connect::{ConnectView, PendingConsent};
use super::views::history::CallRow;
use super::views::orgs::OrgView;
use super::views::signin::{SetupView, SignInView};
use domain::problem::Problem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What queries are about; a changed topic means: read it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Topic {
    /// Orgs and the current one.
    Orgs,
    /// One org's apps.
    Apps,
    /// One app's connection.
    Connection,
    /// One app's features.
    Features,
    /// History of writes.
    History,
    /// Settings.
    Settings,
    /// Practice org's what-ifs.
    Practice,
    /// How Gatehouse signs in to an org.
    Credentials,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Event {
    /// More rows of a listing.
    Apps {
        /// Org key.
        org: String,
        /// Which listing.
        generation: u32,
        /// New rows.
        rows: Vec<AppRow>,
        /// That was all.
        done: bool,
        /// Why it stopped early.
        problem: Option<Problem>,
    },
    /// One app was looked at.
    Checked {
        /// Org key.
        org: String,
        /// App id.
        app: String,
        /// What was seen.
        checked: AppChecked,
    },
    /// The connection work of an app moved.
    Connect {
        /// Where it stands.
        view: ConnectView,
    },
    /// Consents waiting changed.
    Pending {
        /// All of them.
        pending: Vec<PendingConsent>,
    },
    /// A sign-in moved.
    SignIn {
        /// Where it stands.
        view: SignInView,
    },
    /// A service app's set-up moved.
    Setup {
        /// Where it stands.
        view: SetupView,
    },
    /// Secrets were dropped from memory.
    Locked {
        /// Because nobody used Gatehouse for this many minutes; absent when the person asked for it.
        idle_minutes: Option<u16>,
        /// Keys of orgs whose credential was in memory only and has to be given again.
        lost: Vec<String>,
    },
    /// Orgs changed.
    Orgs {
        /// All of them.
        orgs: Vec<OrgView>,
        /// The current one.
        current: Option<String>,
    },
    /// A call was made.
    Call {
        /// The call.
        call: CallRow,
    },
    /// Gatehouse waits for Okta's rate limit.
    Waiting {
        /// Org key.
        org: String,
        /// Why, in words.
        what: String,
        /// Until when (RFC 3339); absent when the wait is over.
        until: Option<String>,
    },
    /// Something changed: read it again.
    Changed {
        /// What.
        topic: Topic,
        /// Org key, when it is about one org.
        org: Option<String>,
        /// App id, when it is about one app.
        app: Option<String>,
    },
}
