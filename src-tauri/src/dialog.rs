//! The system's own dialogs: messages for the two moments when no page can speak, before the window and at its end, and the
//! choice of a folder, since a page may not know one.

use crate::window;
use std::path::PathBuf;
use tauri::{AppHandle, Manager, Window};

/// Says something and waits until it was read. Call on the main thread.
#[cfg(target_os = "linux")]
pub fn tell(title: &str, words: &str) {
    use gtk::prelude::{DialogExt, GtkWindowExt};
    let dialog = message(None, gtk::MessageType::Error, title, words);
    dialog.set_position(gtk::WindowPosition::Center);
    dialog.add_button("Close", gtk::ResponseType::Close);
    dialog.run();
}

/// Asks a question; `answer` gets `true` for the first button. Call on the main thread; does not wait.
#[cfg(target_os = "linux")]
pub fn ask(
    window: &Window,
    title: &str,
    words: &str,
    buttons: (&str, &str),
    answer: impl FnOnce(bool) + 'static,
) {
    use gtk::glib::Cast;
    use gtk::prelude::{DialogExt, GtkWindowExt, WidgetExt};
    let parent = window.gtk_window().ok();
    let dialog = message(
        parent.as_ref().map(Cast::upcast_ref),
        gtk::MessageType::Warning,
        title,
        words,
    );
    dialog.add_button(buttons.0, gtk::ResponseType::Accept);
    dialog.add_button(buttons.1, gtk::ResponseType::Cancel);
    dialog.set_default_response(gtk::ResponseType::Cancel);
    let answer = std::cell::Cell::new(Some(answer));
    dialog.connect_response(move |dialog, response| {
        dialog.close();
        if let Some(answer) = answer.take() {
            answer(response == gtk::ResponseType::Accept);
        }
    });
    dialog.show();
}

#[cfg(target_os = "linux")]
fn message(
    parent: Option<&gtk::Window>,
    kind: gtk::MessageType,
    title: &str,
    words: &str,
) -> gtk::MessageDialog {
    use gtk::prelude::{GtkWindowExt, MessageDialogExt};
    let dialog = gtk::MessageDialog::new(
        parent,
        gtk::DialogFlags::MODAL,
        kind,
        gtk::ButtonsType::None,
        title,
    );
    dialog.set_title("Gatehouse");
    dialog.set_secondary_text(Some(words));
    dialog
}

/// Says something and waits until it was read. Call on the main thread.
#[cfg(not(target_os = "linux"))]
pub fn tell(title: &str, words: &str) {
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title(title)
        .set_description(words)
        .show();
}

/// Asks a question; `answer` gets `true` for the first button. Call on the main thread; does not wait.
#[cfg(not(target_os = "linux"))]
pub fn ask(
    window: &Window,
    title: &str,
    words: &str,
    buttons: (&str, &str),
    answer: impl FnOnce(bool) + Send + 'static,
) {
    let yes = buttons.0.to_owned();
    let asked = rfd::AsyncMessageDialog::new()
        .set_parent(window)
        .set_level(rfd::MessageLevel::Warning)
        .set_title(title)
        .set_description(words)
        .set_buttons(rfd::MessageButtons::OkCancelCustom(
            yes.clone(),
            buttons.1.to_owned(),
        ))
        .show();
    tauri::async_runtime::spawn(async move {
        let close = match asked.await {
            rfd::MessageDialogResult::Custom(pressed) => pressed == yes,
            other => other == rfd::MessageDialogResult::Ok,
        };
        answer(close);
    });
}

/// Asks for folders with the system's own dialog.
pub struct Chooser(pub AppHandle);

impl engine::Folders for Chooser {
    fn choose(&self, title: &str) -> Option<PathBuf> {
        // A test that drives the window can't drive the system's dialog.
        if let Some(folder) = std::env::var_os("GATEHOUSE_SAVE_DIR").filter(|_| cfg!(debug_assertions)) {
            return Some(folder.into());
        }
        let (said, answer) = std::sync::mpsc::channel();
        let (app, title) = (self.0.clone(), title.to_owned());
        let asked = self.0.run_on_main_thread(move || {
            folder(&app, &title, move |chosen| {
                let _ = said.send(chosen);
            });
        });
        asked.ok().and_then(|()| answer.recv().ok().flatten())
    }
}

#[cfg(target_os = "linux")]
fn folder(app: &AppHandle, title: &str, answer: impl FnOnce(Option<PathBuf>) + 'static) {
    use gtk::prelude::{DialogExt, FileChooserExt, GtkWindowExt, WidgetExt};
    let parent = app
        .get_webview_window(window::LABEL)
        .and_then(|it| it.gtk_window().ok());
    let buttons = [
        ("Cancel", gtk::ResponseType::Cancel),
        ("Choose", gtk::ResponseType::Accept),
    ];
    let action = gtk::FileChooserAction::SelectFolder;
    let dialog = gtk::FileChooserDialog::with_buttons(Some(title), parent.as_ref(), action, &buttons);
    let answer = std::cell::Cell::new(Some(answer));
    dialog.connect_response(move |dialog, response| {
        let chosen = dialog
            .filename()
            .filter(|_| response == gtk::ResponseType::Accept);
        dialog.close();
        if let Some(answer) = answer.take() {
            answer(chosen);
        }
    });
    dialog.show();
}

#[cfg(not(target_os = "linux"))]
fn folder(_: &AppHandle, title: &str, answer: impl FnOnce(Option<PathBuf>)) {
    answer(rfd::FileDialog::new().set_title(title).pick_folder());
}
