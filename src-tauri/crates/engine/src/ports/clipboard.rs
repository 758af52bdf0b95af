//! The clipboard: read on a click or when the person agreed to it, never watched.

use domain::secret::Secret;

/// Largest clipboard text that is looked at, in bytes.
const MOST: usize = 64 * 1024;

fn open() -> Option<arboard::Clipboard> {
    arboard::Clipboard::new().ok()
}

/// The clipboard's text, `None` when there is none, it is too large, or there is no clipboard.
pub fn read() -> Option<Secret> {
    let text = open()?.get_text().ok()?;
    let secret = Secret::new(text);
    (secret.expose().len() <= MOST && !secret.is_blank()).then_some(secret)
}

/// Puts text on the clipboard; `false` when there is none.
///
/// On X11 and Wayland the text lives in the process that set it, so a thread keeps it for the other programs until
/// something else is copied.
pub fn write(text: &str) -> bool {
    let Some(mut clipboard) = open() else { return false };
    #[cfg(target_os = "linux")]
    {
        use arboard::SetExtLinux;
        let text = text.to_owned();
        std::thread::spawn(move || {
            let _ = clipboard.set().wait().text(text);
        });
        true
    }
    #[cfg(not(target_os = "linux"))]
    {
        clipboard.set_text(text.to_owned()).is_ok()
    }
}

/// Empties the clipboard if it still holds this text.
pub fn clear_if(text: &Secret) -> bool {
    let Some(mut clipboard) = open() else { return false };
    match clipboard.get_text() {
        Ok(held) => {
            let held = Secret::new(held);
            held.expose() == text.expose() && clipboard.clear().is_ok()
        }
        Err(_) => false,
    }
}
