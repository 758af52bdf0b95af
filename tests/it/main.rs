//! The integration tests: one binary, so that it is linked once.

#![allow(
    clippy::expect_used,
    clippy::unused_async,
    reason = "a test stops at what goes wrong"
)]

mod apps;
mod canary;
mod child;
mod connect;
mod contract;
mod contract_auth;
mod contract_auth_code;
mod contract_auth_dpop;
mod contract_auth_parts;
mod contract_auth_rights;
mod contract_auth_service;
mod contract_auth_tokens;
mod contract_consent;
mod contract_control;
mod contract_exceptions;
mod contract_faults;
mod contract_iam;
mod contract_iam_recordings;
mod contract_judge;
mod contract_reviews;
mod contract_reviews_beside;
mod contract_reviews_lists;
mod contract_reviews_odd;
mod contract_reviews_rights;
mod contract_reviews_rules;
mod contract_wire;
mod failures;
mod gateway;
mod idle;
mod keychain;
mod memory;
mod network;
mod orgs;
mod permissions;
mod permissions_fix;
mod recordings;
mod recordings_auth;
mod refusals;
mod requests;
mod reviews;
mod reviews_crash;
mod reviews_decide;
mod reviews_doctor;
mod reviews_evidence;
mod reviews_incident;
mod reviews_launch;
mod reviews_lock;
mod reviews_memory;
mod reviews_once;
mod reviews_wire;
mod rules;
mod service;
mod service_again;
mod service_secrets;
mod service_tokens;
mod service_use;
mod service_wire;
mod signin;
mod signin_device;
mod signin_port;
mod signin_refresh;
mod signin_secrets;
