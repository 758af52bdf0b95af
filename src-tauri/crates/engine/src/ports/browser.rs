//! Opens the system browser, on addresses that were checked before and on nothing else.

use domain::consent::AuthorizeLink;
use domain::org_address::OrgOrigin;
use std::process::Stdio;
use std::sync::Mutex;
use url::Url;

/// An address that may be opened: a checked consent link, or one of Gatehouse's own pages.
pub struct Openable(Url);

impl Openable {
    /// A checked consent link.
    pub fn consent(link: &AuthorizeLink) -> Option<Self> {
        Url::parse(link.as_str()).ok().map(Self)
    }

    /// A page of the closed list in `work::pages`.
    pub(crate) fn page(url: Url) -> Option<Self> {
        (url.scheme() == "https").then_some(Self(url))
    }

    /// A sign-in page of an org's: https on its own host or one of its alternates, or the practice org itself.
    pub(crate) fn sign_in(url: Url, org: &OrgOrigin, alternate: &[String]) -> Option<Self> {
        let host = url.host_str()?;
        let plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
        let known = host == org.host() || alternate.iter().any(|other| other == host);
        let safe = url.scheme() == "https" && plain && known;
        (safe || org.owns(&url)).then_some(Self(url))
    }

    /// The address, to copy.
    pub(crate) fn address(&self) -> &str {
        self.0.as_str()
    }

    /// Its host.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }
}

/// Opens addresses.
pub trait Browser: Send + Sync {
    /// Opens an address; `false` when no browser could be started.
    fn open(&self, address: &Openable) -> bool;
    /// Addresses recorded instead of opened (tests).
    fn recorded(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The system's browser.
#[derive(Debug, Default)]
pub struct SystemBrowser;

/// What an AppImage and test tools put into the environment and a browser must not inherit: it would load the wrong
/// libraries and silently not start.
const SCRUBBED: &[&str] = &[
    "APPDIR",
    "APPIMAGE",
    "LD_LIBRARY_PATH",
    "LD_PRELOAD",
    "GTK_PATH",
    "GTK_EXE_PREFIX",
    "GTK_DATA_PREFIX",
    "GIO_MODULE_DIR",
    "GIO_EXTRA_MODULES",
    "GDK_PIXBUF_MODULE_FILE",
    "WEBKIT_DISABLE_DMABUF_RENDERER",
    "BROWSER",
];

impl Browser for SystemBrowser {
    fn open(&self, address: &Openable) -> bool {
        // One argv element, no shell; each way of opening is tried until one starts and does not fail at once.
        for mut command in open::commands(address.0.as_str()) {
            for name in SCRUBBED {
                command.env_remove(name);
            }
            command
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            let Ok(mut child) = command.spawn() else { continue };
            // Openers end at once when they can't; a browser that was started directly stays.
            for _ in 0..10 {
                match child.try_wait() {
                    Ok(Some(status)) if status.success() => return true,
                    Ok(Some(_)) | Err(_) => break,
                    Ok(None) => std::thread::sleep(std::time::Duration::from_millis(100)),
                }
            }
            if matches!(child.try_wait(), Ok(None)) {
                std::thread::spawn(move || {
                    let _ = child.wait();
                });
                return true;
            }
        }
        false
    }
}

/// Records what would be opened; for tests, and for machines without a browser when told to fail.
#[derive(Debug, Default)]
pub struct Recorder {
    opened: Mutex<Vec<String>>,
    fails: bool,
}

impl Recorder {
    /// One that records the address and says that no browser could be started.
    pub fn failing() -> Self {
        Self {
            fails: true,
            ..Self::default()
        }
    }
}

impl Browser for Recorder {
    fn open(&self, address: &Openable) -> bool {
        if let Ok(mut opened) = self.opened.lock() {
            opened.push(address.0.to_string());
        }
        !self.fails
    }

    fn recorded(&self) -> Vec<String> {
        self.opened.lock().map(|o| o.clone()).unwrap_or_default()
    }
}
