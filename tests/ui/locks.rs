//! What the page may never do, tried from inside the real window.

use crate::connect::open_app;
use crate::org::Org;
use crate::stage::{Keychain, Stage};
use crate::window::Window;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A server that counts who comes.
async fn listening() -> (String, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let visits = Arc::new(AtomicUsize::new(0));
    let counted = visits.clone();
    tokio::spawn(async move {
        while listener.accept().await.is_ok() {
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    (address, visits)
}

#[tokio::test]
async fn the_page_reaches_nothing_but_the_engine() {
    let stage = Stage::new(Keychain::Open).await;
    let org = Org::start(&stage);
    let window = Window::open(&stage, &["--practice"], &org.env()).await;
    open_app(&window, "Google Workspace").await;
    let (address, visits) = listening().await;

    // Scripts, pictures, frames, forms and requests to elsewhere.
    let tries = r#"
        const [address] = arguments;
        const script = document.createElement('script');
        script.textContent = 'window.inlined = true';
        document.body.append(script);
        const foreign = document.createElement('script');
        foreign.src = `http://${address}/x.js`;
        document.body.append(foreign);
        new Image().src = `http://${address}/x.png`;
        const frame = document.createElement('iframe');
        frame.src = `http://${address}/`;
        document.body.append(frame);
        const form = document.createElement('form');
        form.action = `http://${address}/`;
        document.body.append(form);
        form.submit();
        fetch(`http://${address}/`).catch(() => {});
        try { new WebSocket(`ws://${address}/`); } catch {}
        navigator.sendBeacon?.(`http://${address}/`);
        const opened = window.open(`http://${address}/`);
        return opened === null;
    "#;
    let refused = window.run(tries, vec![json!(address)]).await;
    assert_eq!(refused, json!(true), "no window is opened");
    window
        .run(
            "location.href = 'http://' + arguments[0] + '/'",
            vec![json!(address)],
        )
        .await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(
        visits.load(Ordering::SeqCst),
        0,
        "something of the page reached a server"
    );

    // The page is still itself, and is the frozen, closed thing it should be.
    let state = window
        .run(
            "return { inlined: window.inlined === true, global: typeof window.__TAURI__, frozen: Object.isFrozen(Object.prototype),
              local: localStorage.length, session: sessionStorage.length, cookies: document.cookie, at: location.protocol }",
            vec![],
        )
        .await;
    let wanted = json!({ "inlined": false, "global": "undefined", "frozen": true, "local": 0, "session": 0, "cookies": "", "at": "tauri:" });
    assert_eq!(state, wanted);
    window.find("heading", "Google Workspace").await;

    // Commands that are not ours do not exist; ours take only what they know.
    let invoke = r#"
        const [command, args, done] = arguments;
        window.__TAURI_INTERNALS__.invoke(command, args).then((it) => done({ ok: it }), (error) => done({ refused: String(error) }));
    "#;
    for (command, args) in [
        ("plugin:fs|read", json!({ "path": "/etc/passwd" })),
        ("plugin:shell|open", json!({ "path": "https://example.com" })),
        (
            "plugin:event|listen",
            json!({ "event": "x", "target": { "kind": "Any" }, "handler": 1 }),
        ),
        (
            "plugin:webview|create_webview_window",
            json!({ "options": { "label": "two", "url": "https://example.com" } }),
        ),
        ("plugin:path|resolve_directory", json!({ "directory": 1 })),
        ("no_such_command", json!({})),
        (
            "rpc",
            json!({ "command": { "name": "read_file", "args": { "path": "/etc/passwd" } } }),
        ),
        (
            "rpc",
            json!({ "command": { "name": "app_state", "args": { "more": 1 } } }),
        ),
    ] {
        let answer: Value = window.run_async(invoke, vec![json!(command), args]).await;
        assert!(answer["refused"].is_string(), "{command}: {answer}");
    }
    let answer = window
        .run_async(
            invoke,
            vec![
                json!("rpc"),
                json!({ "command": { "name": "app_state", "args": {} } }),
            ],
        )
        .await;
    assert!(
        answer["ok"]["version"].is_string(),
        "the one way in works: {answer}"
    );
    window.close(&stage).await;
}
