//! What stands between the wire and the answers: who may come in, how often, and what goes wrong on purpose.

pub(crate) mod auth;
pub(crate) mod limits;

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
