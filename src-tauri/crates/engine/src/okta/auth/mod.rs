//! Signing in without an API token: keys, what they sign, and where access tokens come from.

pub mod import;
pub mod keys;
pub mod tokens;
