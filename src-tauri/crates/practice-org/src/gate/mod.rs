//! What stands between the wire and the answers: who may come in, how often, and what goes wrong on purpose.

pub(crate) mod auth;
pub(crate) mod jwt;
pub(crate) mod limits;
pub(crate) mod proof;
pub(crate) mod signer;

use rand::Rng;
use rand::distr::Alphanumeric;

/// Letters and digits nobody can guess.
pub(crate) fn random(length: usize) -> String {
    rand::rng()
        .sample_iter(&Alphanumeric)
        .take(length)
        .map(char::from)
        .collect()
}

/// A fresh id of 20 characters that begins with a prefix of three.
pub(crate) fn id(prefix: &str) -> String {
    format!("{prefix}{}", random(20_usize.saturating_sub(prefix.len())))
}
