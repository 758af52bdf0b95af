//! Every failure a person can be shown: a closed code, the sentence, and what to do next.
//!
//! A code exists only where a person would do something different. The words live here, in one file, so that they can
//! be read in one go; the web view decides only where they are placed.

pub mod connection;
pub mod local;
pub mod oauth;
pub mod okta;
pub mod reviews;
pub mod service;
pub mod signin;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of failure this is. Closed: the web view switches on it for icon and placement only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ProblemCode {
    /// A value the person entered can't be used; `field` says which.
    BadInput,
    /// The address is not one Gatehouse can use as an Okta org.
    BadOrgAddress,
    /// Something answered at the address, but it isn't an Okta org.
    NotOkta,
    /// The address could not be reached: name, connect, time-out or TLS.
    Network,
    /// A certificate on the way could not be trusted.
    Tls,
    /// What answered wasn't what Okta answers (HTML, cut body, too large).
    UnexpectedAnswer,
    /// Okta refused the credential (401).
    SignInRefused,
    /// There is no credential for the org yet.
    NotSignedIn,
    /// The credential lacks an admin role or scope (403).
    NotPermitted,
    /// The thing asked for isn't there (404).
    NotFound,
    /// Too many requests; `retry_at` says when.
    RateLimited,
    /// Okta failed (5xx) or is in read-only mode.
    OktaDown,
    /// Okta refused the request's content (400).
    Refused,
    /// The feature isn't switched on for this org (E0000015).
    NotEnabledInOrg,
    /// A write may or may not have happened; reading back will tell.
    OutcomeUnknown,
    /// Okta said yes but what it shows afterwards says no.
    NotApplied,
    /// This app can't be set up through Okta's provisioning API.
    Unsupported,
    /// The provisioning connection isn't set up or not active yet.
    NotConnected,
    /// What was pasted isn't a consent answer.
    ConsentUnreadable,
    /// The consent answer belongs to another org, app or attempt.
    ConsentMismatch,
    /// The consent answer belongs to another waiting consent, which can be finished instead.
    ConsentOther,
    /// The person or their provider refused consent.
    ConsentDenied,
    /// The code is used up or too old.
    ConsentExpired,
    /// There is no consent waiting for this app.
    ConsentNotWaiting,
    /// The browser could not be opened.
    BrowserNotOpened,
    /// There is no keychain on this machine.
    KeychainMissing,
    /// The keychain is locked and stayed locked.
    KeychainLocked,
    /// The keychain refused, or the prompt was dismissed.
    KeychainDenied,
    /// The keychain has no entry for this org.
    KeychainNoEntry,
    /// The keychain did not answer in time.
    KeychainSlow,
    /// Gatehouse's own file could not be read or written.
    Storage,
    /// The org is locked as read-only in Gatehouse.
    ReadOnly,
    /// The person cancelled.
    Cancelled,
    /// A fault of Gatehouse itself.
    Internal,
}

/// Something a person can do about it: an action the web view turns into a button, not prose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum NextStep {
    /// Do the same again.
    Retry,
    /// Start the consent again (a new link).
    ReopenConsent,
    /// Finish the other waiting consent that the paste belongs to.
    FinishOther {
        /// Org key.
        org: String,
        /// App id.
        app: String,
        /// The app's label.
        label: String,
    },
    /// Replace the org's credential.
    ReplaceToken,
    /// Sign in to the org again, or in another way.
    SignIn,
    /// See what the credential can and can't do.
    CheckPermissions,
    /// Try the keychain again.
    RetryKeychain,
    /// Go on with the secret in memory only, until Gatehouse is closed.
    SessionOnly,
    /// Open the app's page in the Okta Admin Console.
    OpenAdminConsole,
    /// Set up the provisioning connection first.
    SetUpConnection,
    /// Activate the connection.
    Activate,
    /// Read the state from Okta again.
    CheckAgain,
    /// Switch off the org's read-only lock.
    Unlock,
    /// Text to send to a super admin.
    Copy {
        /// What the button says.
        label: String,
        /// What is copied.
        text: String,
    },
}

/// What Okta said, for support: never a secret, never a URL with a query.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OktaError {
    /// HTTP status.
    pub status: u16,
    /// Okta's error code, such as `E0000007`.
    pub error_code: Option<String>,
    /// Okta's summary.
    pub summary: Option<String>,
    /// Okta's causes; often the only specific part.
    pub causes: Vec<String>,
    /// `X-Okta-Request-Id`, for Okta support.
    pub request_id: Option<String>,
    /// `errorId` of the body.
    pub error_id: Option<String>,
    /// What was asked: method and path template.
    pub call: Option<String>,
    /// The scope that was needed, where the answer named one (`insufficient_scope`). Its words are in the problem.
    #[serde(skip)]
    #[ts(skip)]
    pub scope: Option<String>,
}

/// A failure as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// What kind.
    pub code: ProblemCode,
    /// One sentence: what is wrong.
    pub title: String,
    /// Why, and what to do.
    pub why: String,
    /// Buttons.
    pub next: Vec<NextStep>,
    /// The entry field it belongs to, where there is one.
    pub field: Option<String>,
    /// What Okta said.
    pub okta: Option<OktaError>,
    /// When trying again makes sense (RFC 3339).
    pub retry_at: Option<String>,
}

impl Problem {
    /// A problem with its two sentences and no buttons.
    pub fn new(code: ProblemCode, title: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            code,
            title: title.into(),
            why: why.into(),
            next: Vec::new(),
            field: None,
            okta: None,
            retry_at: None,
        }
    }

    /// Adds a button.
    #[must_use]
    pub fn next(mut self, step: NextStep) -> Self {
        self.next.push(step);
        self
    }

    /// Ties the problem to an entry field.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// A field problem in one sentence and a hint.
    pub fn bad_input(field: &str, title: impl Into<String>, why: impl Into<String>) -> Self {
        Self::new(ProblemCode::BadInput, title, why).field(field)
    }
}

/// Somebody else's words as a sentence of their own, with a space after it; nothing if there are none.
pub(crate) fn quoted(who: &str, words: &str) -> String {
    let words = words.trim().trim_end_matches('.');
    if words.is_empty() {
        String::new()
    } else {
        format!("{who} says: “{words}”. ")
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.title, self.why)
    }
}

impl std::error::Error for Problem {}
