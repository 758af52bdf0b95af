//! The shell: one window, two commands, and the engine behind them. It knows nothing of Okta; what it does know is how a
//! desktop program starts, keeps to itself and ends.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod asked;
mod commands;
mod dialog;
mod leaving;
mod process;
mod window;

use asked::Asked;
use engine::{BrowserKind, Engine, Options, SignInOptions, VaultKind};
use leaving::Leaving;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tauri::{App, Manager, RunEvent};

/// Everything that is freed is wiped: libraries copy what they send and parse, secrets too, and let go of it as it is.
#[global_allocator]
static WIPING: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// Longest wait for the engine when the app ends; what is on its way to Okta by then has been sent.
const FAREWELL: Duration = Duration::from_secs(3);

fn main() -> ExitCode {
    process::settle();
    let asked = match asked::asked() {
        Ok(asked) => asked,
        Err(words) => return asked::say(&words),
    };
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            window::bring_forward(app);
        }))
        .manage(Leaving::default())
        .manage(commands::Listener::default())
        .invoke_handler(tauri::generate_handler![commands::rpc, commands::subscribe])
        .on_window_event(leaving::on_window_event)
        .setup(move |app| Ok(start(app, asked)?))
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            let code = app.run_return(|app, event| {
                if matches!(event, RunEvent::Exit)
                    && let Some(engine) = app.try_state::<Arc<Engine>>()
                {
                    let engine = engine.inner().clone();
                    tauri::async_runtime::block_on(async move {
                        let _ = tokio::time::timeout(FAREWELL, engine.shutdown()).await;
                    });
                }
            });
            u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from)
        }
        Err(error) => {
            eprintln!("Gatehouse can't open its window: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Starts the engine and opens the window, or says why it can't and ends.
fn start(app: &App, asked: Asked) -> tauri::Result<()> {
    let data_dir = match asked.data_dir {
        Some(folder) => folder,
        None => app.path().app_data_dir()?,
    };
    let options = Options {
        data_dir: data_dir.clone(),
        vault: VaultKind::Os,
        browser: BrowserKind::System,
        practice_on_start: asked.practice,
        sign_in: SignInOptions::default(),
    };
    match Engine::start(options) {
        Ok(engine) => {
            leaving::watch(app.handle(), &engine);
            engine.use_folders(Arc::new(dialog::Chooser(app.handle().clone())));
            app.manage(engine);
            window::open(app, &data_dir)
        }
        Err(problem) => {
            let words = format!("{}\n\n{}", problem.title, problem.why);
            eprintln!("Gatehouse can't start. {} {}", problem.title, problem.why);
            dialog::tell("Gatehouse can't start", &words);
            std::process::exit(1);
        }
    }
}
