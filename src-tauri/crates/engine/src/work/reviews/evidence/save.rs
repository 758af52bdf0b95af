//! Writing the files of a pack, and their sums.

use crate::ipc::views::reviews::evidence::EvidenceFile;
use domain::reviews::evidence::{self as pack, Pack};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// A pack names people, their apps and addresses: on a machine that several use it is its maker's alone.
fn make_folder(at: &Path) -> std::io::Result<()> {
    let mut folder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(at)
}

fn write(at: &Path, text: &str) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new();
    file.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file.open(at)?.write_all(text.as_bytes())
}

/// Writes the pack into a new folder of its own.
pub(super) fn save(into: &Path, pack: &Pack, day: &str) -> std::io::Result<(PathBuf, Vec<EvidenceFile>)> {
    let name = pack::folder_name(&pack.name, day);
    let mut folder = into.join(&name);
    let mut number = 2;
    while folder.exists() {
        folder = into.join(format!("{name} ({number})"));
        number += 1;
    }
    make_folder(&folder)?;
    let (json, csv) = (pack.json(), pack::csv(pack));
    let (json_sum, csv_sum) = (sum(json.as_bytes()), sum(csv.as_bytes()));
    let html = pack::html(pack, &[("evidence.csv", &csv_sum), ("evidence.json", &json_sum)]);
    let mut files = Vec::new();
    let mut sums = String::new();
    for (name, text) in [
        ("evidence.html", &html),
        ("evidence.csv", &csv),
        ("evidence.json", &json),
    ] {
        write(&folder.join(name), text)?;
        let sha256 = sum(text.as_bytes());
        let _ = writeln!(sums, "{sha256}  {name}");
        files.push(EvidenceFile {
            name: name.into(),
            bytes: u32::try_from(text.len()).unwrap_or(u32::MAX),
            sha256,
        });
    }
    write(&folder.join("SHA256SUMS.txt"), &sums)?;
    Ok((folder, files))
}

/// Why it could not be written, in words.
pub(super) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => "Gatehouse may not write there.".into(),
        std::io::ErrorKind::StorageFull => "The disk is full.".into(),
        std::io::ErrorKind::NotFound => "The folder is gone.".into(),
        _ => "The folder could not be written.".into(),
    }
}
