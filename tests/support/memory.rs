//! Looking through the memory of a process, as whoever may debug it can.

use std::fs::File;
use std::os::unix::fs::FileExt;

/// Pages looked at in one go.
const PAGES: u64 = 1024;
const PAGE: u64 = 4096;
/// Of an entry of `/proc/PID/pagemap`: the page is in memory, or in the swap (Linux, `admin-guide/mm/pagemap`).
const THERE: u64 = 0b11 << 62;

/// How often each of these is in what a process can write to; `None` when the system lets nobody look.
pub fn held(pid: u32, secrets: &[(&str, String)]) -> Option<Vec<(String, usize)>> {
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).expect("a running process");
    let memory = File::open(format!("/proc/{pid}/mem")).ok()?;
    let pages = File::open(format!("/proc/{pid}/pagemap")).ok()?;
    let mut counts = vec![0; secrets.len()];
    let mut looked = false;
    for line in maps.lines() {
        let mut parts = line.split_whitespace();
        let (from, to) = parts.next()?.split_once('-')?;
        // What can't be written holds the program and its files.
        if !parts.next()?.starts_with("rw") {
            continue;
        }
        let (from, to) = (
            u64::from_str_radix(from, 16).ok()?,
            u64::from_str_radix(to, 16).ok()?,
        );
        // Runs of pages that are there: a web view sets aside more addresses than any machine has memory.
        let mut run = Vec::new();
        let mut at = from;
        while at < to {
            let many = PAGES.min((to - at) / PAGE);
            let mut entries = vec![0; usize::try_from(many * 8).ok()?];
            if pages.read_exact_at(&mut entries, at / PAGE * 8).is_err() {
                break;
            }
            for entry in entries.chunks_exact(8) {
                let entry = u64::from_ne_bytes(entry.try_into().ok()?);
                let mut page = vec![0; 4096];
                if entry & THERE != 0 && memory.read_exact_at(&mut page, at).is_ok() {
                    looked = true;
                    run.append(&mut page);
                } else if !run.is_empty() {
                    count(&run, secrets, &mut counts);
                    run.clear();
                }
                at += PAGE;
            }
        }
        count(&run, secrets, &mut counts);
    }
    looked.then(|| {
        secrets
            .iter()
            .map(|(what, _)| (*what).to_owned())
            .zip(counts)
            .collect()
    })
}

fn count(hay: &[u8], secrets: &[(&str, String)], counts: &mut [usize]) {
    for (count, (_, secret)) in counts.iter_mut().zip(secrets) {
        *count += finds(hay, secret.as_bytes());
    }
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
