//! What a journey stands on: a display, a session bus, a keychain and a home, all fresh, all gone at the end.

use std::fs;
use std::future::Future;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longest wait for anything. Generous: two slow cores run a window, a browser and a compiler at once.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// Password of the keychain.
const PASSWORD: &str = "a password of the journeys";
/// What GNOME's keychain asks through (gcr).
const PROMPTER: &str = "org.gnome.keyring.SystemPrompter";
/// Every process of a stage carries this variable with the stage's folder in it, and is found by it at the end.
const MARK: &str = "GATEHOUSE_STAGE";

/// How the keychain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keychain {
    /// Running and unlocked.
    Open,
    /// Nobody offers one.
    Missing,
}

/// The stage.
pub struct Stage {
    folder: TempDir,
    display: String,
    bus: String,
    size: (u32, u32),
}

/// Waits until `look` finds something.
///
/// # Panics
/// When it does not in time.
pub async fn until<T, F: Future<Output = Option<T>>>(what: &str, mut look: impl FnMut() -> F) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(
            begun.elapsed() < PATIENCE,
            "waited {} s for {what}",
            PATIENCE.as_secs()
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// As [`until`], for looks that do not wait themselves.
pub async fn until_now<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    until(what, || std::future::ready(look())).await
}

impl Stage {
    /// Sets it up.
    pub async fn new(keychain: Keychain) -> Self {
        Self::sized(keychain, (1440, 900)).await
    }

    /// Sets it up with a display of this size.
    pub async fn sized(keychain: Keychain, size: (u32, u32)) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("gatehouse-")
            .tempdir()
            .expect("a folder");
        let mut stage = Self {
            folder,
            display: String::new(),
            bus: String::new(),
            size,
        };
        for name in ["home", "run", "share", "bin", "data", "services"] {
            fs::create_dir(stage.path(name)).expect("a folder");
        }
        fs::set_permissions(stage.path("run"), fs::Permissions::from_mode(0o700)).expect("rights");
        stage.display();
        stage.bus();
        if keychain == Keychain::Open {
            stage.start_keychain().await;
        }
        stage
    }

    /// A path inside its folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A program in the stage's environment, its words in a file of its own.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let program = program.as_ref();
        let mut command = Command::new(program);
        let path = std::env::var("PATH").unwrap_or_default();
        command
            .env_clear()
            .env("PATH", format!("{}:{path}", self.path("bin").display()))
            .env("LANG", "C.UTF-8")
            .env("TZ", "UTC")
            .env("HOME", self.path("home"))
            .env("XDG_RUNTIME_DIR", self.path("run"))
            .env("XDG_DATA_HOME", self.path("share"))
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            // Software drawing and no accessibility bus: the stage has neither a graphics card nor one.
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("NO_AT_BRIDGE", "1")
            .env("GATEHOUSE_DATA_DIR", self.path("data"))
            .env(MARK, self.folder.path())
            .current_dir(self.path("home"))
            .stdin(Stdio::null());
        let name = program
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let log = || {
            fs::File::options()
                .create(true)
                .append(true)
                .open(self.path(&format!("{name}.log")))
                .expect("a log")
        };
        command.stdout(log()).stderr(log());
        command
    }

    /// Xvfb picks a free display by itself and says which.
    fn display(&mut self) {
        let screen = format!("{}x{}x24", self.size.0, self.size.1);
        let mut command = self.command("Xvfb");
        command.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            &screen,
            "-nolisten",
            "tcp",
            "-noreset",
        ]);
        let number = first_line(command.stdout(Stdio::piped()).spawn().expect("Xvfb starts"));
        self.display = format!(":{number}");
    }

    /// A bus without the machine's services: nothing is started by itself, least of all a keychain, but what a journey puts
    /// into the stage's own folder.
    fn bus(&mut self) {
        let config = self.path("bus.conf");
        let words = format!(
            r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={}</listen><auth>EXTERNAL</auth>
<servicedir>{}</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"#,
            self.path("bus").display(),
            self.path("services").display()
        );
        fs::write(&config, words).expect("a file");
        let mut command = self.command("dbus-daemon");
        command
            .args(["--nofork", "--print-address=1"])
            .arg(format!("--config-file={}", config.display()));
        self.bus = first_line(
            command
                .stdout(Stdio::piped())
                .spawn()
                .expect("dbus-daemon starts"),
        );
    }

    /// Starts the keychain with its login collection open.
    pub async fn start_keychain(&self) {
        let mut command = self.command("gnome-keyring-daemon");
        command.args(["--foreground", "--unlock", "--components=secrets"]);
        let mut child = command
            .stdin(Stdio::piped())
            .spawn()
            .expect("gnome-keyring-daemon starts");
        child
            .stdin
            .take()
            .expect("a pipe")
            .write_all(PASSWORD.as_bytes())
            .expect("the password");
        until_now("the keychain", || {
            self.secrets("org.freedesktop.DBus.Peer.Ping", &[]).then_some(())
        })
        .await;
    }

    /// Locks the keychain, as a screen lock does.
    pub fn lock_keychain(&self) {
        let login = "array:objpath:/org/freedesktop/secrets/collection/login";
        assert!(
            self.secrets("org.freedesktop.Secret.Service.Lock", &[login]),
            "the keychain can be locked"
        );
    }

    /// Opens it again, as signing in anew does.
    pub async fn unlock_keychain(&self) {
        self.kill("gnome-keyring-daemon");
        self.start_keychain().await;
    }

    /// Makes the keychain take calls and answer none, as one that waits for a disk or a smart card does.
    pub fn hang_keychain(&self) {
        self.signal("gnome-keyring-daemon", "-STOP");
    }

    /// It goes on where it stopped.
    pub fn wake_keychain(&self) {
        self.signal("gnome-keyring-daemon", "-CONT");
    }

    /// Has the keychain ask the person, through the program GNOME asks with. Without one it takes no for an answer.
    pub async fn offer_prompts(&self) {
        let places = ["/usr/libexec", "/usr/lib/gcr", "/usr/lib"];
        let program = places
            .iter()
            .map(|place| Path::new(place).join("gcr-prompter"))
            .find(|path| path.is_file())
            .expect("gnome-keyring comes with gcr");
        let words = format!("[D-BUS Service]\nName={PROMPTER}\nExec={}\n", program.display());
        fs::write(self.path(&format!("services/{PROMPTER}.service")), words).expect("a file");
        until_now("the prompter", || {
            let args = [&format!("string:{PROMPTER}"), "uint32:0"];
            self.bus_does("org.freedesktop.DBus.StartServiceByName", &args)
                .then_some(())
        })
        .await;
    }

    /// The person looks at the keychain's question, and takes a moment.
    pub async fn see_prompt(&self) {
        let pid = until_now("the keychain's question", || {
            self.processes("gcr-prompter").first().copied()
        })
        .await;
        self.focus(pid).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }

    /// Types the keychain's password into whatever has the focus.
    pub fn type_password(&self) {
        assert!(self.xdotool(&["type", PASSWORD]), "xdotool types");
        self.press("Return");
    }

    fn secrets(&self, method: &str, args: &[&str]) -> bool {
        self.bus_call(
            "org.freedesktop.secrets",
            "/org/freedesktop/secrets",
            method,
            args,
        )
    }

    fn bus_does(&self, method: &str, args: &[&str]) -> bool {
        self.bus_call("org.freedesktop.DBus", "/org/freedesktop/DBus", method, args)
    }

    fn bus_call(&self, name: &str, object: &str, method: &str, args: &[&str]) -> bool {
        let mut command = self.command("dbus-send");
        command.args(["--session", "--print-reply", "--reply-timeout=5000"]);
        command
            .arg(format!("--dest={name}"))
            .arg(object)
            .arg(method)
            .args(args);
        command.status().is_ok_and(|status| status.success())
    }

    /// Presses a key on the real keyboard, such as `ctrl+v`, in whatever has the focus.
    pub fn press(&self, key: &str) {
        assert!(
            self.xdotool(&["key", "--clearmodifiers", key]),
            "xdotool presses {key}"
        );
    }

    /// Types on the real keyboard, in whatever has the focus.
    pub fn type_text(&self, text: &str) {
        assert!(
            self.xdotool(&["type", "--clearmodifiers", "--delay", "25", text]),
            "xdotool types"
        );
    }

    /// Gives a process's window the keyboard. There is no window manager that would.
    pub async fn focus(&self, pid: u32) {
        let pid = pid.to_string();
        until_now("the window to take the keyboard", || {
            let found = self.told(&["search", "--onlyvisible", "--pid", &pid]);
            // A program has small helper windows too; the one people see is the largest.
            let window = found.lines().max_by_key(|window| self.area(window))?.to_owned();
            self.xdotool(&["windowraise", &window, "windowfocus", "--sync", &window])
                .then_some(())
        })
        .await;
    }

    /// What xdotool prints.
    fn told(&self, args: &[&str]) -> String {
        let output = self.command("xdotool").args(args).stdout(Stdio::piped()).output();
        output
            .map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
            .unwrap_or_default()
    }

    /// A window's size in pixels.
    fn area(&self, window: &str) -> u32 {
        let told = self.told(&["getwindowgeometry", "--shell", window]);
        let side = |name: &str| {
            told.lines()
                .find_map(|line| line.strip_prefix(name)?.parse::<u32>().ok())
                .unwrap_or(0)
        };
        side("WIDTH=") * side("HEIGHT=")
    }

    fn xdotool(&self, args: &[&str]) -> bool {
        self.command("xdotool")
            .args(args)
            .status()
            .is_ok_and(|status| status.success())
    }

    /// What the clipboard holds.
    pub fn clipboard(&self) -> String {
        let output = self
            .command("xclip")
            .args(["-selection", "clipboard", "-o"])
            .stdout(Stdio::piped())
            .output();
        output
            .map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
            .unwrap_or_default()
    }

    /// Takes a picture of the whole display.
    pub fn picture(&self, to: &Path) {
        let taken = self.command("import").args(["-window", "root"]).arg(to).status();
        assert!(
            taken.is_ok_and(|status| status.success()),
            "import takes a picture"
        );
    }

    /// Processes of this stage whose program has this name.
    pub fn processes(&self, name: &str) -> Vec<u32> {
        let mark = format!("{MARK}={}\0", self.folder.path().display());
        let folder = self.folder.path().display().to_string();
        let pids = fs::read_dir("/proc")
            .expect("/proc")
            .flatten()
            .filter_map(|e| e.file_name().to_str()?.parse().ok());
        pids.filter(|pid: &u32| {
            // Chromium writes its title over its environment; its command line names the stage's folder then.
            let held = |file: &str, what: &[u8]| {
                fs::read(format!("/proc/{pid}/{file}")).is_ok_and(|all| holds(&all, what))
            };
            let ours = *pid != std::process::id()
                && (held("environ", mark.as_bytes()) || held("cmdline", folder.as_bytes()));
            let program = fs::read_link(format!("/proc/{pid}/exe")).unwrap_or_default();
            ours && (name.is_empty()
                || program
                    .file_name()
                    .is_some_and(|file| file.to_string_lossy().starts_with(name)))
        })
        .collect()
    }

    /// Ends processes of this stage the hard way, as a crash does.
    pub fn kill(&self, name: &str) {
        self.signal(name, "-9");
    }

    fn signal(&self, name: &str, signal: &str) {
        for pid in self.processes(name) {
            let _ = Command::new("kill")
                .args([signal, &pid.to_string()])
                .stderr(Stdio::null())
                .status();
        }
    }
}

/// Bytes are in bytes.
pub fn holds(hay: &[u8], needle: &[u8]) -> bool {
    hay.windows(needle.len()).any(|window| window == needle)
}

/// The first line a program prints; it runs on.
pub fn first_line(mut child: Child) -> String {
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    out.read_line(&mut line).expect("a line");
    // Held open, so that whatever else it prints does not end it.
    std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
    assert!(!line.trim().is_empty(), "a program ended without a word");
    line.trim().to_owned()
}

impl Drop for Stage {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.keep_evidence();
        }
        self.kill("");
    }
}

impl Stage {
    /// After a failure: a picture and the programs' words, where they can be looked at.
    fn keep_evidence(&self) {
        let name = std::thread::current()
            .name()
            .unwrap_or("journey")
            .replace("::", "-");
        let to = target().join("journeys").join(name);
        let _ = fs::create_dir_all(&to);
        let _ = self
            .command("import")
            .args(["-window", "root"])
            .arg(to.join("display.png"))
            .status();
        for entry in fs::read_dir(self.folder.path()).into_iter().flatten().flatten() {
            if entry.path().extension().is_some_and(|e| e == "log") {
                let _ = fs::copy(entry.path(), to.join(entry.file_name()));
            }
        }
        eprintln!("a picture and the logs are in {}", to.display());
    }
}

/// Folder of the built programs.
pub fn built() -> PathBuf {
    let me = std::env::current_exe().expect("a test knows where it is");
    me.ancestors().nth(2).expect("target/debug").to_owned()
}

fn target() -> PathBuf {
    built().parent().expect("target").to_owned()
}
