//! What Okta's world looks like to Gatehouse: identifiers, the provisioning catalog, the endpoint table, the
//! connection machine, consent checks, feature rules, and every sentence a person can be shown on failure.
//!
//! This crate does no I/O: no sockets, no files, no clock (time is passed in), no threads. What is decided here can
//! be tested without any of them.

pub mod catalog;
pub mod connect;
pub mod consent;
pub mod features;
pub mod ids;
pub mod okta;
pub mod org_address;
pub mod problem;
pub mod reviews;
pub mod schedule;
pub mod secret;
pub mod signin;
