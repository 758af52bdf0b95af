//! What crosses to the web view: one command table, one event stream, plain views.

pub mod args;
pub mod events;
pub mod export;
mod macros;
pub mod review_args;
pub mod table;
pub mod views;
pub mod way;
