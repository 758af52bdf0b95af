//! Looking through the memory of a process, as whoever may debug it can.

use std::fs::File;
use std::os::unix::fs::FileExt;

const CHUNK: u64 = 4 * 1024 * 1024;

/// How often each of these is in a process's memory; `None` when the system lets nobody look.
pub fn held(pid: u32, secrets: &[(&str, String)]) -> Option<Vec<(String, usize)>> {
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).expect("a running process");
    let memory = File::open(format!("/proc/{pid}/mem")).ok()?;
    let mut counts = vec![0; secrets.len()];
    let mut looked = 0;
    for line in maps.lines() {
        let mut parts = line.split_whitespace();
        let range = parts.next().expect("a range");
        // What can't be written holds the program and its files.
        if !parts.next().is_some_and(|rights| rights.starts_with("rw")) {
            continue;
        }
        let (from, to) = range.split_once('-').expect("a range");
        let parse = |text| u64::from_str_radix(text, 16).expect("an address");
        let (mut at, to) = (parse(from), parse(to));
        while at < to {
            // A secret that lies across two chunks is seen in the overlap.
            let mut chunk = vec![0; usize::try_from((to - at).min(CHUNK + 4096)).expect("fits")];
            let Ok(read) = memory.read_at(&mut chunk, at) else {
                break;
            };
            looked += read;
            for (count, (_, secret)) in counts.iter_mut().zip(secrets) {
                *count += finds(&chunk[..read], secret.as_bytes());
            }
            at += CHUNK;
        }
    }
    (looked > 0).then(|| {
        secrets
            .iter()
            .map(|(what, _)| (*what).to_owned())
            .zip(counts)
            .collect()
    })
}

fn finds(hay: &[u8], needle: &[u8]) -> usize {
    let first = needle[0];
    let mut count = 0;
    let mut from = 0;
    while let Some(at) = hay[from..].iter().position(|byte| *byte == first) {
        let at = from + at;
        if hay[at..].starts_with(needle) {
            count += 1;
        }
        from = at + 1;
    }
    count
}
