//! The one event stream to the web view.

use super::views::apps::{AppChecked, AppRow};
use super::views::connect::{ConnectView, PendingConsent};
use super::views::history::CallRow;
use super::views::orgs::OrgView;
use super::views::reviews::decisions::DecisionView;
use super::views::reviews::evidence::EvidenceView;
use super::views::reviews::incident::{IncidentHead, IncidentRow};
use super::views::reviews::items::{AccessRow, SubAccessRow};
use super::views::reviews::launch::LaunchView;
use super::views::reviews::{ReviewRow, ReviewTab, Side};
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
    /// Security access reviews.
    Reviews,
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
    /// More rows of a list of reviews.
    Reviews {
        /// Org key.
        org: String,
        /// Which side.
        side: Side,
        /// Which tab.
        tab: ReviewTab,
        /// Which listing.
        generation: u32,
        /// New rows.
        rows: Vec<ReviewRow>,
        /// That was all.
        done: bool,
        /// Why it stopped early, or what is odd.
        problem: Option<Problem>,
    },
    /// A review was read again and is another now.
    Review {
        /// Org key.
        org: String,
        /// Which side.
        side: Side,
        /// As it is.
        review: ReviewRow,
    },
    /// More access items of a review.
    Accesses {
        /// Org key.
        org: String,
        /// Which side.
        side: Side,
        /// Review id.
        review: String,
        /// Which listing.
        generation: u32,
        /// New rows.
        rows: Vec<AccessRow>,
        /// That was all.
        done: bool,
        /// Why it stopped early, or what is odd.
        problem: Option<Problem>,
    },
    /// Items were read again: put them in the place of those with the same ids.
    Items {
        /// Org key.
        org: String,
        /// Which side.
        side: Side,
        /// Review id.
        review: String,
        /// Access items.
        accesses: Vec<AccessRow>,
        /// Access item the sub-accesses are below.
        parent: Option<String>,
        /// Sub-accesses.
        subs: Vec<SubAccessRow>,
    },
    /// A decision moved.
    Decision {
        /// Where it stands.
        view: DecisionView,
    },
    /// A launch moved.
    Launch {
        /// Where it stands.
        view: LaunchView,
    },
    /// An incident's launches moved; `head` is absent when it was cleared away.
    Incident {
        /// Org key.
        org: String,
        /// Where it stands.
        head: Option<IncidentHead>,
        /// Rows that changed.
        rows: Vec<IncidentRow>,
    },
    /// The set-up doctor moved.
    Doctor {
        /// Where it stands.
        view: SetupView,
    },
    /// An evidence pack moved.
    Evidence {
        /// Where it stands.
        view: EvidenceView,
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
