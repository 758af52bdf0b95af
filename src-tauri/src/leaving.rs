//! Closing the window: at once, unless a change is on its way to Okta; then it asks.

use crate::{dialog, window};
use engine::Engine;
use engine::ipc::{events::Event, way::CHANGES};
use serde_json::Value;
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tauri::{AppHandle, Manager, Window, WindowEvent};
use tokio::sync::broadcast::error::RecvError;

/// What is on its way, and what the person said about it.
#[derive(Default)]
pub struct Leaving {
    commands: AtomicUsize,
    work: Mutex<HashSet<String>>,
    asking: AtomicBool,
    agreed: AtomicBool,
}

/// Counts a command until it is dropped.
pub struct Running<'a>(&'a Leaving, bool);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if self.1 {
            self.0.commands.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

impl Leaving {
    /// A command begins.
    pub fn running(&self, command: &Value) -> Running<'_> {
        let counts = command["name"]
            .as_str()
            .is_some_and(|name| CHANGES.contains(&name));
        if counts {
            self.commands.fetch_add(1, Ordering::SeqCst);
        }
        Running(self, counts)
    }

    fn work(&self) -> MutexGuard<'_, HashSet<String>> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of what an event says.
    fn heard(&self, event: &Event) {
        match event.on_its_way() {
            Some((work, true)) => self.work().insert(work),
            Some((work, false)) => self.work().remove(&work),
            None => false,
        };
    }

    /// A change is on its way.
    fn busy(&self) -> bool {
        self.commands.load(Ordering::SeqCst) > 0 || !self.work().is_empty()
    }
}

/// Follows the engine's events.
pub fn watch(app: &AppHandle, engine: &Arc<Engine>) {
    let (app, mut events) = (app.clone(), engine.subscribe());
    tauri::async_runtime::spawn(async move {
        loop {
            match events.recv().await {
                Ok(event) => app.state::<Leaving>().heard(&event),
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            }
        }
    });
}

/// Asks before the window closes on work that is under way.
pub fn on_window_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else {
        return;
    };
    let leaving = window.state::<Leaving>();
    if leaving.agreed.load(Ordering::SeqCst) || !leaving.busy() {
        return;
    }
    api.prevent_close();
    if leaving.asking.swap(true, Ordering::SeqCst) {
        return;
    }
    let app = window.app_handle().clone();
    dialog::ask(
        window,
        "Close Gatehouse while it is still working?",
        "A change is on its way to Okta and may already be done there. If you close now, Gatehouse can't tell you how it \
         ended; look later what Okta has. Decisions that still wait are not sent.",
        ("Close anyway", "Keep it open"),
        move |close| {
            let leaving = app.state::<Leaving>();
            leaving.asking.store(false, Ordering::SeqCst);
            if close && let Some(window) = app.get_webview_window(window::LABEL) {
                leaving.agreed.store(true, Ordering::SeqCst);
                let _ = window.close();
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::Leaving;
    use serde_json::json;

    #[test]
    fn only_commands_that_send_changes_count_and_only_while_they_run() {
        let leaving = Leaving::default();
        let reading = leaving.running(&json!({ "name": "app_open", "args": {} }));
        assert!(!leaving.busy());
        let sending = leaving.running(&json!({ "name": "features_apply", "args": {} }));
        assert!(leaving.busy());
        drop(reading);
        assert!(leaving.busy());
        drop(sending);
        assert!(!leaving.busy());
        drop(leaving.running(&json!("nonsense")));
        assert!(!leaving.busy());
    }
}
