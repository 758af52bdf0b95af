//! The app's window, started and driven through WebKitWebDriver.

use crate::page::Page;
use crate::stage::{Stage, built, until};
use serde_json::json;
use std::ops::Deref;

/// A running window.
pub struct Window {
    page: Page,
    /// The app's process.
    pub pid: u32,
}

impl Deref for Window {
    type Target = Page;
    fn deref(&self) -> &Page {
        &self.page
    }
}

impl Window {
    /// Starts the app.
    pub async fn open(stage: &Stage, args: &[&str], env: &[(&str, &str)]) -> Self {
        let port = free_port();
        let mut driver = stage.command("WebKitWebDriver");
        driver
            .arg(format!("--port={port}"))
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .envs(env.iter().copied());
        driver.spawn().expect("WebKitWebDriver starts");
        let app = built().join("gatehouse");
        assert!(
            app.is_file(),
            "{} is not built; run `cargo xtask e2e`",
            app.display()
        );
        let capabilities = json!({ "webkitgtk:browserOptions": { "binary": app, "args": args } });
        let page = Page::attach(port, &capabilities).await;
        let pid = until("the app's process", || async {
            stage.processes("gatehouse").first().copied()
        })
        .await;
        Self { page, pid }
    }

    /// Ends the app as a crash does.
    pub fn crash(self, stage: &Stage) {
        stage.kill("gatehouse");
        stage.kill("WebKitWebDriver");
    }

    /// Closes the app as a person does, and waits until it is gone.
    pub async fn close(self, stage: &Stage) {
        let _ = self.page.client.close_window().await;
        until("the app to end", || async {
            stage.processes("gatehouse").is_empty().then_some(())
        })
        .await;
        stage.kill("WebKitWebDriver");
    }
}

/// A port nobody listens on just now.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind(("127.0.0.1", 0))
        .and_then(|l| l.local_addr())
        .expect("a port")
        .port()
}
