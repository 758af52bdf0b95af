//! The integration tests: one binary, so that it is linked once.

mod apps;
mod canary;
mod connect;
mod failures;
mod orgs;
mod refusals;
mod requests;
mod rules;
