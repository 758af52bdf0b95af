//! What is being sent already, and what became of it that could not be kept.

use crate::problem::{Problem, ProblemCode};

/// The same comment is on its way.
pub fn comment_under_way() -> Problem {
    Problem::new(
        ProblemCode::Refused,
        "This comment is being added already.",
        "The same words are on their way to the same review. Wait until that is known, then look at the history.",
    )
}

/// The same action on the whole review is on its way.
pub fn act_under_way(label: &str) -> Problem {
    Problem::new(
        ProblemCode::Refused,
        format!("“{label}” is under way already."),
        "It was sent a moment ago, and is sent once. Wait until what became of it is known.",
    )
}
