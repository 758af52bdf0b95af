//! Okta's API as values: the endpoint table, requests that are not sent here, and what answers look like.

pub mod call;
pub mod endpoints;
pub mod examples;
#[cfg(test)]
mod tests;
pub mod wire;
