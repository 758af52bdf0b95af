//! The use cases, one room each. `commands` ties them to the command table.

pub mod apps;
mod commands;
pub mod connect;
pub mod credentials;
pub mod features;
pub mod history;
pub mod idle;
pub mod keychain;
pub mod orgs;
pub mod pages;
pub mod permissions;
pub mod practice;
pub mod reviews;
pub mod service;
pub mod signin;
pub mod views;
