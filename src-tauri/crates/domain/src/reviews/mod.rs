//! Security access reviews: what Okta's words mean, which calls there are, and the rules that are checked before sending.
//!
//! Sources: Okta's governance schema 3.2.0, its guide “Security access reviews”, and its help pages on launching, managing
//! and reviewing. Every list of words is open: what is not known is shown as it came.

pub mod anomaly;
pub mod body;
pub mod doctor;
pub mod evidence;
mod family;
pub mod filter;
pub mod incident;
pub mod launch;
mod words;

pub use family::{ADMIN, Family, MINE};
pub use words::*;

use crate::problem::{Problem, ProblemCode};

/// Checks an id that came from a list and goes back into a path.
///
/// # Errors
/// It is none of Okta's: those are letters and digits, 20 of them by its schema (more are taken, fewer too).
pub fn id<'a>(text: &'a str, what: &str) -> Result<&'a str, Problem> {
    let fits = (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    if fits {
        Ok(text)
    } else {
        Err(Problem::new(
            ProblemCode::BadInput,
            format!("That is not the id of {what}."),
            "Okta’s ids are letters and digits. Choose it from the list.",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn ids_are_letters_and_digits() {
        assert!(id("sar1qebJYYHgbsOGF0g4", "a review").is_ok());
        for bad in ["", "..", "a/b", "sar 1", "é", &"x".repeat(65)] {
            assert!(id(bad, "a review").is_err(), "{bad}");
        }
    }
}
