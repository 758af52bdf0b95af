//! What has to be on the machine, and what each system calls it.

use crate::running::{found, output, program};

/// How a need is looked for.
#[derive(Debug, Clone, Copy)]
pub enum Look {
    /// A program of the PATH.
    Program(&'static str),
    /// A library's development files, by their pkg-config name.
    Library(&'static str),
}

/// What it is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum For {
    /// Building and running the window.
    Build,
    /// The tests in the real window as well.
    Test,
    /// Drawing the icons (`cargo xtask icons`).
    Icons,
}

/// One need. A name that is empty is not known for that system; it is then asked for by its own name.
pub struct Need {
    /// How it is looked for.
    pub look: Look,
    /// What it is needed for.
    pub purpose: For,
    /// Debian, Ubuntu.
    pub apt: &'static str,
    /// Fedora.
    pub dnf: &'static str,
    /// Arch.
    pub pacman: &'static str,
}

const fn need(look: Look, purpose: For, apt: &'static str, dnf: &'static str, pacman: &'static str) -> Need {
    Need {
        look,
        purpose,
        apt,
        dnf,
        pacman,
    }
}

/// Linux's needs. Compilers come first: the libraries can't be looked for without pkg-config.
pub const LINUX: &[Need] = &[
    need(
        Look::Program("cc"),
        For::Build,
        "build-essential",
        "gcc",
        "base-devel",
    ),
    need(
        Look::Program("pkg-config"),
        For::Build,
        "pkg-config",
        "pkgconf-pkg-config",
        "pkgconf",
    ),
    need(
        Look::Library("webkit2gtk-4.1"),
        For::Build,
        "libwebkit2gtk-4.1-dev",
        "webkit2gtk4.1-devel",
        "webkit2gtk-4.1",
    ),
    need(
        Look::Program("xdg-open"),
        For::Build,
        "xdg-utils",
        "xdg-utils",
        "xdg-utils",
    ),
    need(
        Look::Program("Xvfb"),
        For::Test,
        "xvfb",
        "xorg-x11-server-Xvfb",
        "xorg-server-xvfb",
    ),
    need(
        Look::Program("WebKitWebDriver"),
        For::Test,
        "webkit2gtk-driver",
        "",
        "",
    ),
    need(
        Look::Program("dbus-run-session"),
        For::Test,
        "dbus-daemon",
        "dbus-daemon",
        "dbus",
    ),
    need(
        Look::Program("gnome-keyring-daemon"),
        For::Test,
        "gnome-keyring",
        "gnome-keyring",
        "gnome-keyring",
    ),
    need(
        Look::Program("chromium"),
        For::Test,
        "chromium",
        "chromium",
        "chromium",
    ),
    need(
        Look::Program("chromedriver"),
        For::Test,
        "chromium-driver",
        "chromedriver",
        "chromium",
    ),
    need(
        Look::Program("import"),
        For::Test,
        "imagemagick",
        "ImageMagick",
        "imagemagick",
    ),
    need(
        Look::Program("xdotool"),
        For::Test,
        "xdotool",
        "xdotool",
        "xdotool",
    ),
    need(Look::Program("xclip"), For::Test, "xclip", "xclip", "xclip"),
    need(
        Look::Program("rsvg-convert"),
        For::Icons,
        "librsvg2-bin",
        "librsvg2-tools",
        "librsvg",
    ),
];

impl Need {
    /// Its own name.
    pub fn name(&self) -> &'static str {
        match self.look {
            Look::Program(name) | Look::Library(name) => name,
        }
    }

    /// It is not there.
    pub fn missing(&self) -> bool {
        match self.look {
            Look::Program(name) => !found(name),
            Look::Library(name) => output(program("pkg-config").args(["--exists", name])).is_none(),
        }
    }
}
