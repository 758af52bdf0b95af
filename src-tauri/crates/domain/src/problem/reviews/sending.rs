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

/// What became of a launch could not be written down. What Okta said comes first.
pub fn launch_not_kept(name: &str, launched: bool, said: Option<Problem>) -> Problem {
    let check = "Check that there is free space and that Gatehouse may write to its data folder.";
    let title = match said {
        Some(said) => {
            return Problem {
                why: format!(
                    "{} What became of this launch could not be written down. {check}",
                    said.why
                ),
                ..said
            };
        }
        None if launched => format!("“{name}” was launched, but that could not be written down."),
        None => "The answer was lost, and that could not be written down.".to_owned(),
    };
    Problem::new(
        ProblemCode::Storage,
        title,
        format!("{check} Gatehouse finds out again from Okta’s list, and launches nothing twice."),
    )
}
