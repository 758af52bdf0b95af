//! Gatehouse's I/O: HTTP, keychain, browser, clipboard, the store, and the command table the window talks to. Knows
//! nothing of Tauri, so that it can be driven and tested without a window.

mod engine;
pub mod ipc;
pub mod okta;
pub mod ports;
pub mod store;
mod work;

pub use crate::engine::{BrowserKind, Bus, Engine, Options, VaultKind};
pub use crate::work::reviews::{Folders, OneFolder, Times};
pub use crate::work::signin::SignInOptions;
