//! The one window: what it shows, and what it may never do.

use std::path::Path;
use tauri::webview::{NewWindowResponse, PermissionResponse};
use tauri::{App, AppHandle, Manager, Url, WebviewUrl, WebviewWindowBuilder};

/// Its label, which the capability file names.
pub const LABEL: &str = "main";

/// Opens the window.
pub fn open(app: &App, data_dir: &Path) -> tauri::Result<()> {
    let mut window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Gatehouse")
        .inner_size(1280.0, 820.0)
        .min_inner_size(900.0, 600.0)
        .center()
        // Text and files dropped on the page reach the page itself.
        .disable_drag_drop_handler()
        .general_autofill_enabled(false)
        .devtools(cfg!(debug_assertions))
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny);
    window = if driven() {
        // WebKitGTK can't be driven by tests while it keeps nothing; what it then keeps, the tests look through.
        window.data_directory(data_dir.join("web-view"))
    } else {
        window.incognito(true)
    };
    window.build()?;
    Ok(())
}

/// Brings the window of the running app forward; a second start does nothing else, whatever its arguments say.
pub fn bring_forward(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// A test drives this window; never so in a release.
fn driven() -> bool {
    cfg!(debug_assertions) && std::env::var("TAURI_WEBVIEW_AUTOMATION").as_deref() == Ok("true")
}

/// The page itself; compared as a whole, for `tauri.localhost.example.com` is somebody else.
fn is_ours(url: &Url) -> bool {
    let home = if cfg!(windows) {
        ("http", "tauri.localhost")
    } else {
        ("tauri", "localhost")
    };
    (url.scheme(), url.host_str()) == (home.0, Some(home.1))
        && url.port().is_none()
        && url.username().is_empty()
        && url.password().is_none()
}

#[cfg(test)]
mod tests {
    use super::{Url, is_ours};

    #[test]
    fn only_the_page_itself_may_be_shown() {
        let home = if cfg!(windows) {
            "http://tauri.localhost"
        } else {
            "tauri://localhost"
        };
        for ours in ["/", "/index.html", "/#/orgs/practice", "/?x=1"] {
            assert!(is_ours(&Url::parse(&format!("{home}{ours}")).unwrap()), "{ours}");
        }
        for other in [
            "https://acme.okta.com/",
            "http://127.0.0.1:8080/",
            "http://tauri.localhost.example.com/",
            "tauri://localhost.example.com/",
            "tauri://example.com/",
            "tauri://localhost:81/",
            "tauri://admin@localhost/",
            "http://tauri.localhost:81/",
            "about:blank",
            "data:text/html,hello",
            "file:///etc/hostname",
            "javascript:void(0)",
        ] {
            assert!(!is_ours(&Url::parse(other).unwrap()), "{other}");
        }
    }
}
