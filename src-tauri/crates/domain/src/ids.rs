//! Identifiers, parsed once: what holds one is right.

use crate::problem::{Problem, ProblemCode};
use std::fmt;

/// Id of an app instance: 20 letters and digits, `0oa…` in practice (api.md section 1, “Ids”).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AppId(String);

impl AppId {
    /// Parses an id.
    ///
    /// # Errors
    /// A [`Problem`] for anything but 20 ASCII letters and digits.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        if text.len() == 20 && text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Problem::new(
                ProblemCode::BadInput,
                "That is not an app id.",
                "An Okta app id has 20 letters and digits and starts with 0oa. Choose the app from the list.",
            ))
        }
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AppId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::AppId;

    #[test]
    fn only_twenty_letters_and_digits() {
        assert!(AppId::parse("0oa1gjh63g214q0Hq0g4").is_ok());
        for bad in [
            "",
            "0oa1",
            "0oa1gjh63g214q0Hq0g4x",
            "../../oauth2/v1/token",
            "0oa1gjh63g214q0Hq0g/",
        ] {
            assert!(AppId::parse(bad).is_err(), "{bad} was taken for an id");
        }
    }
}
