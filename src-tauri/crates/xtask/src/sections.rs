//! A run in sections: a header, what it took, and one closing line that sums up every runner's count.

use crate::running::{run_looking, say};
use std::process::Command;
use std::time::{Duration, Instant};

/// Numbers of tests.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Passed.
    pub passed: u32,
    /// Failed.
    pub failed: u32,
}

/// A run so far.
#[derive(Default)]
pub struct Sections {
    total: Count,
    broken: Vec<String>,
    times: Vec<(String, Duration)>,
}

impl Sections {
    /// Runs a section that is one check: it passes or fails as a whole.
    pub fn check(&mut self, title: &str, command: &mut Command) -> bool {
        self.section(title, |count| {
            let done = run_looking(command, |_| {});
            if done.is_ok() {
                count.passed = 1;
            }
            done
        })
    }

    /// Runs a section that counts its own tests.
    pub fn tests(&mut self, title: &str, command: &mut Command) -> bool {
        self.section(title, |count| {
            run_looking(command, |line| {
                if let Some(more) = counted(line) {
                    count.passed += more.passed;
                    count.failed += more.failed;
                }
            })
        })
    }

    /// Says why a section did not run.
    pub fn skipped(&mut self, title: &str, why: &str) {
        say(&format!("\n── {title}: skipped, {why}"));
    }

    fn section(&mut self, title: &str, work: impl FnOnce(&mut Count) -> Result<(), String>) -> bool {
        say(&format!("\n── {title}"));
        let begun = Instant::now();
        let mut count = Count::default();
        let done = work(&mut count);
        if let Err(words) = &done {
            // A runner that broke before it counted is a failure too.
            count.failed = count.failed.max(1);
            self.broken.push(title.to_owned());
            say(&format!("   failed: {words}"));
        }
        self.total.passed += count.passed;
        self.total.failed += count.failed;
        let took = begun.elapsed();
        say(&format!(
            "── {title}: {} passed, {} failed, {}",
            count.passed,
            count.failed,
            time(took)
        ));
        self.times.push((title.to_owned(), took));
        done.is_ok()
    }

    /// Sums up.
    ///
    /// # Errors
    /// Names the sections that failed.
    pub fn close(self) -> Result<(), String> {
        say("\n── Times");
        for (title, took) in &self.times {
            say(&format!("   {:>8}  {title}", time(*took)));
        }
        if !self.broken.is_empty() {
            say(&format!("\nFailed: {}", self.broken.join("; ")));
        }
        say(&format!(
            "\n{} passed, {} failed",
            self.total.passed, self.total.failed
        ));
        // The count is the last word; the exit code says the rest.
        if self.broken.is_empty() {
            Ok(())
        } else {
            Err(String::new())
        }
    }
}

fn time(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds < 60 {
        format!("{:.1} s", took.as_secs_f32())
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}

/// The count in a runner's closing line: cargo test, nextest or vitest.
fn counted(line: &str) -> Option<Count> {
    let plain = without_colour(line);
    let line = plain.trim();
    let ours = line.starts_with("test result:")
        || (line.starts_with("Summary [") && line.contains(" run:"))
        || (line.starts_with("Tests ") && (line.contains(" passed") || line.contains(" failed")));
    ours.then(|| Count {
        passed: before(line, "passed"),
        failed: before(line, "failed"),
    })
}

/// The number before a word.
fn before(line: &str, word: &str) -> u32 {
    let words: Vec<&str> = line
        .split([' ', ';', ',', '|'])
        .filter(|w| !w.is_empty())
        .collect();
    words
        .windows(2)
        .find(|pair| pair[1] == word)
        .and_then(|pair| pair[0].parse().ok())
        .unwrap_or(0)
}

fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            chars.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{Count, counted};

    #[test]
    fn closing_lines_of_each_runner() {
        let of = |passed, failed| Some(Count { passed, failed });
        assert_eq!(
            counted("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured"),
            of(12, 0)
        );
        assert_eq!(
            counted("test result: FAILED. 3 passed; 2 failed; 0 ignored"),
            of(3, 2)
        );
        assert_eq!(
            counted("Summary [   1.2s] 5 tests run: 4 passed (1 slow), 1 failed, 2 skipped"),
            of(4, 1)
        );
        assert_eq!(counted("Tests  1 failed | 33 passed (34)"), of(33, 1));
        assert_eq!(
            counted("\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m34 passed\u{1b}[39m\u{1b}[22m (34)"),
            of(34, 0)
        );
        assert_eq!(counted("Test Files  4 passed (4)"), None);
        assert_eq!(counted("test passed::by ... ok"), None);
    }
}
