//! What has to be settled before the first thread: the panic words, the core files, the environment.

/// Settles it. May start the program over; call it first.
pub fn settle() {
    // A panic's own words can hold anything that was at hand, so only its place is told.
    std::panic::set_hook(Box::new(|info| {
        let thread = std::thread::current();
        let place = info.location().map_or_else(
            || "an unknown place".to_owned(),
            |at| format!("{}:{}", at.file(), at.line()),
        );
        eprintln!(
            "Gatehouse stopped a thread ({}) at {place}. Please report this line.",
            thread.name().unwrap_or("unnamed")
        );
    }));
    no_core_files();
    #[cfg(target_os = "linux")]
    plain_drawing();
}

/// A core file would hold every secret that was in memory.
fn no_core_files() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        if setrlimit(Resource::Core, none).is_err() {
            eprintln!("Core files could not be switched off.");
        }
    }
}

/// WebKitGTK's DMABUF renderer shows an empty window on many graphics drivers. It is switched off by the environment, which
/// a running program can't change safely, so the program takes its own place with the one variable more.
#[cfg(target_os = "linux")]
fn plain_drawing() {
    use std::os::unix::process::CommandExt;
    const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(SWITCH).is_some() {
        return;
    }
    if let Ok(me) = std::env::current_exe() {
        let mut again = std::process::Command::new(me);
        again.args(std::env::args_os().skip(1)).env(SWITCH, "1");
        if let Some(name) = std::env::args_os().next() {
            again.arg0(name);
        }
        // Comes back only when it failed; then the window opens as it would have.
        let _ = again.exec();
    }
}
