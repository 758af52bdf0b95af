//! The engine over loopback HTTP, for driving the web UI in an ordinary browser. Never shipped.
//!
//! `cargo run -p tests --bin bridge -- --data-dir DIR` prints one JSON line `{"url": …}` and serves until stopped. The
//! address carries a one-time key in its fragment, which browsers do not send on.

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event as Sse, KeepAlive};
use axum::response::{IntoResponse, Response, Sse as Stream};
use axum::routing::{get, post};
use engine::{BrowserKind, Engine, OneFolder, Options, SignInOptions, VaultKind};
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::convert::Infallible;
use std::io::Write;
use std::sync::Arc;
use tokio::sync::broadcast::error::RecvError;

/// As in the app itself.
#[global_allocator]
static WIPING: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

#[derive(Clone)]
struct Bridge {
    engine: Arc<Engine>,
    key: Arc<str>,
    host: Arc<str>,
}

/// The options of the command line.
struct Asked {
    data_dir: std::path::PathBuf,
    port: u16,
    ui: std::path::PathBuf,
    engine: Options,
}

fn asked() -> Result<Asked, String> {
    let mut args = std::env::args().skip(1);
    let mut asked = Asked {
        data_dir: std::env::temp_dir().join(format!("gatehouse-bridge-{}", std::process::id())),
        port: 0,
        ui: std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/dist-bridge"),
        engine: Options {
            data_dir: std::path::PathBuf::new(),
            vault: VaultKind::Memory,
            browser: BrowserKind::Recorder,
            practice_on_start: false,
            sign_in: SignInOptions::default(),
        },
    };
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("{arg} needs a value"));
        match arg.as_str() {
            "--data-dir" => asked.data_dir = value()?.into(),
            "--port" => asked.port = value()?.parse().map_err(|_| "--port needs a number".to_owned())?,
            "--ui" => asked.ui = value()?.into(),
            "--os-vault" => asked.engine.vault = VaultKind::Os,
            "--system-browser" => asked.engine.browser = BrowserKind::System,
            "--no-browser" => asked.engine.browser = BrowserKind::None,
            "--practice" => asked.engine.practice_on_start = true,
            other => return Err(format!("unknown option {other}")),
        }
    }
    asked.engine.data_dir.clone_from(&asked.data_dir);
    Ok(asked)
}

async fn rpc(State(bridge): State<Bridge>, body: String) -> Response {
    let command: Value = match serde_json::from_str(&body) {
        Ok(command) => command,
        Err(_) => return StatusCode::BAD_REQUEST.into_response(),
    };
    match bridge.engine.dispatch_json(command).await {
        Ok(reply) => axum::Json(reply).into_response(),
        Err(problem) => (StatusCode::UNPROCESSABLE_ENTITY, axum::Json(problem)).into_response(),
    }
}

async fn events(State(bridge): State<Bridge>) -> Response {
    let receiver = bridge.engine.subscribe();
    let stream = futures_util::stream::unfold(receiver, |mut receiver| async move {
        loop {
            match receiver.recv().await {
                Ok(event) => {
                    let data = serde_json::to_string(&event).unwrap_or_default();
                    return Some((Ok::<_, Infallible>(Sse::default().data(data)), receiver));
                }
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    });
    Stream::new(stream.boxed())
        .keep_alive(KeepAlive::default())
        .into_response()
}

/// Addresses the recording browser was asked to open, so that a script can play the person at the provider.
async fn opened(State(bridge): State<Bridge>) -> Response {
    axum::Json(bridge.engine.opened()).into_response()
}

/// Only this machine's own page with the key gets in: another site's script has neither the host nor the key.
async fn guard(
    State(bridge): State<Bridge>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
    request: Request,
    next: Next,
) -> Response {
    let host = headers
        .get(header::HOST)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let key = headers
        .get("x-bridge-key")
        .and_then(|v| v.to_str().ok())
        .or(query.get("key").map(String::as_str));
    if host != &*bridge.host {
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    }
    if key != Some(&*bridge.key) {
        return StatusCode::FORBIDDEN.into_response();
    }
    next.run(request).await
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asked = asked()?;
    let engine = Engine::start(asked.engine)?;
    engine.use_folders(Arc::new(OneFolder(asked.data_dir.clone())));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", asked.port)).await?;
    let host = listener.local_addr()?.to_string();
    let key: String = (0..4).map(|_| format!("{:08x}", rand::random::<u32>())).collect();
    let bridge = Bridge {
        engine: engine.clone(),
        key: key.as_str().into(),
        host: host.as_str().into(),
    };
    let app = Router::new()
        .route("/rpc", post(rpc))
        .route("/events", get(events))
        .route("/opened", get(opened))
        .route_layer(middleware::from_fn_with_state(bridge.clone(), guard))
        .with_state(bridge)
        .fallback_service(tower_http::services::ServeDir::new(asked.ui));
    writeln!(
        std::io::stdout(),
        "{}",
        json!({ "url": format!("http://{host}/#key={key}"), "key": key })
    )?;
    axum::serve(listener, app)
        .with_graceful_shutdown(async {
            let _ = tokio::signal::ctrl_c().await;
        })
        .await?;
    engine.shutdown().await;
    Ok(())
}
