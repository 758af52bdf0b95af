//! The outside world, each behind a narrow trait: keychain, browser, clipboard.

pub mod browser;
pub mod clipboard;
pub mod vault;
