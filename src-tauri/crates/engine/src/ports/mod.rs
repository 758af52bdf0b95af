//! The outside world, each behind a narrow door: keychain, browser, clipboard, and the port a browser comes back to.

pub mod browser;
pub mod clipboard;
pub mod loopback;
pub mod vault;
