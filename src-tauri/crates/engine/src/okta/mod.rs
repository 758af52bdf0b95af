//! Talking to an org: the one sender, and the pace Okta asks for.

pub mod attach;
pub mod auth;
pub mod client;
pub mod pace;
pub mod receive;
mod tries;
mod wires;
