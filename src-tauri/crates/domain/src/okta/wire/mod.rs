//! What Okta answers, read loosely: unknown values are kept, missing optional parts are fine, and a row that can't be
//! read spoils that row only. Where Okta's recorded answers and its schema differ, the recording wins.

pub mod access;
pub mod app;
pub mod connection;
pub mod error;
pub mod loose;
pub mod oauth;
pub mod org;
pub mod people;
pub mod review;
