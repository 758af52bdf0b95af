//! Journeys in the real window: the built app under WebKitWebDriver, with a real keychain and a real browser, on a display,
//! a session bus and a home of their own. `cargo xtask e2e` builds what they need and runs them one at a time.

#![allow(
    clippy::expect_used,
    clippy::zombie_processes,
    reason = "a journey stops at what goes wrong, and its stage ends every process it started"
)]

mod bench;
mod chromium;
mod connect;
mod crash;
mod keychain;
mod locks;
mod org;
mod page;
mod reviews;
mod signin;
mod stage;
mod tour;
mod window;
