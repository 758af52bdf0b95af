//! The window's two commands. Everything else it could ask for is refused before it gets here.

use crate::leaving::Leaving;
use domain::problem::Problem;
use engine::Engine;
use engine::ipc::events::{Event, Topic};
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};
use tauri::State;
use tauri::async_runtime::JoinHandle;
use tauri::ipc::Channel;
use tokio::sync::broadcast::error::RecvError;

/// The task that passes events on to the page; a page that is loaded again replaces it.
#[derive(Default)]
pub struct Listener(Mutex<Option<JoinHandle<()>>>);

/// Runs one command of the engine's table.
#[tauri::command]
pub async fn rpc(
    command: Value,
    engine: State<'_, Arc<Engine>>,
    leaving: State<'_, Leaving>,
) -> Result<Value, Problem> {
    let _running = leaving.running(&command);
    Box::pin(engine.dispatch_json(command)).await
}

/// Passes every event on to the page from now on.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands these over by value")]
pub fn subscribe(channel: Channel<Event>, engine: State<'_, Arc<Engine>>, listener: State<'_, Listener>) {
    let mut events = engine.subscribe();
    let task = tauri::async_runtime::spawn(async move {
        loop {
            let passed = match events.recv().await {
                Ok(event) => channel.send(event),
                Err(RecvError::Lagged(_)) => read_again(&channel),
                Err(RecvError::Closed) => return,
            };
            if passed.is_err() {
                return;
            }
        }
    });
    let before = listener
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .replace(task);
    if let Some(before) = before {
        before.abort();
    }
}

/// Events were lost: whatever they said, the page finds it by reading everything again.
fn read_again(channel: &Channel<Event>) -> tauri::Result<()> {
    let mut topics = Topic::ALL.into_iter();
    topics.try_for_each(|topic| channel.send(topic.changed()))
}
