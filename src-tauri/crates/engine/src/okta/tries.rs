//! How often one call goes, and why once more.

use super::attach::Attach;
use super::client::{Answer, Failure};
use backon::BackoffBuilder;
use domain::okta::wire::error::ErrorBody;
use domain::signin::Challenge;
use std::time::Duration;

const READ_TRIES: usize = 3;
/// How often a call goes again after a 429.
pub(super) const LIMIT_TRIES: u32 = 3;

/// One request and what came of it.
pub(super) struct Sent {
    pub(super) result: Result<Answer, Failure>,
    /// What a 429 asks for.
    pub(super) pause: Option<Duration>,
    /// 0 without an answer.
    pub(super) status: u16,
    pub(super) challenge: Challenge,
    /// Okta's error body.
    pub(super) error: Option<ErrorBody>,
    /// `DPoP-Nonce`.
    pub(super) nonce: Option<String>,
}

impl Sent {
    pub(super) fn no_answer(failure: Failure) -> Self {
        Self {
            result: Err(failure),
            pause: None,
            status: 0,
            challenge: Challenge::default(),
            error: None,
            nonce: None,
        }
    }
}

/// How often a call has gone, and why.
pub(super) struct Tries {
    pub(super) limited: u32,
    pub(super) pauses: backon::ExponentialBackoff,
    /// Number of an access token that was refused.
    pub(super) refused: Option<u64>,
    nonce: bool,
    proof: bool,
}

impl Tries {
    pub(super) fn new() -> Self {
        Self {
            limited: 0,
            pauses: backon::ExponentialBuilder::default()
                .with_min_delay(Duration::from_millis(500))
                .with_max_times(READ_TRIES)
                .with_jitter()
                .build(),
            refused: None,
            nonce: false,
            proof: false,
        }
    }

    /// After a refusal of the token or its proof: whether it is worth one more time. Such a request was not processed, so
    /// even a create may go again.
    pub(super) fn with_another_token(&mut self, attach: &Attach, sent: &Sent) -> bool {
        let Some(number) = attach.number() else {
            return false;
        };
        if sent.challenge.is("use_dpop_nonce") {
            return !std::mem::replace(&mut self.nonce, true);
        }
        // The answer's `Date` has told Okta's time by now; the next proof carries it.
        if sent.challenge.is("invalid_dpop_proof") {
            return !std::mem::replace(&mut self.proof, true);
        }
        let feature_off = sent.error.as_ref().and_then(|e| e.code.as_deref()) == Some("E0000015");
        sent.status == 401 && !feature_off && self.refused.replace(number).is_none()
    }
}
