//! Journeys in the real window: the built app under WebKitWebDriver, with a real keychain and a real browser, on a display,
//! a session bus and a home of their own. `cargo xtask e2e` builds what they need and runs them one at a time.

mod chromium;
mod connect;
mod crash;
mod keychain;
mod locks;
mod org;
mod page;
mod stage;
mod tour;
mod window;
