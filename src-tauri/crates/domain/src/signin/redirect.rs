//! What the browser brings back to the loopback address (RFC 6749, section 4.1.2; RFC 9207 for `iss`).

use crate::okta::wire::error::ErrorBody;
use crate::org_address::OrgOrigin;
use crate::secret::Secret;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Longest `error` and `error_description` that is kept, in characters.
const LONGEST_WORDS: usize = 300;

/// What it is.
#[derive(Debug)]
pub enum Redirect {
    /// It does not belong to this sign-in: the wait goes on.
    NotOurs,
    /// It belongs to this sign-in, and another server than the org's says that it gave it.
    OtherServer,
    /// Okta's refusal.
    Refused(ErrorBody),
    /// The authorization code.
    Code(Secret),
}

/// Judges the query of a request to the redirect address. `state` is the one this sign-in went out with; it is compared
/// in constant time, and before anything else is looked at.
pub fn judge(query: &str, state: &Secret, org: &OrgOrigin) -> Redirect {
    let pairs: Vec<(String, Zeroizing<String>)> = url::form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| (name.into_owned(), Zeroizing::new(value.into_owned())))
        .collect();
    // A name that is there twice has no value.
    let one = |name: &str| {
        let mut values = pairs
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value);
        values
            .next()
            .filter(|value| values.next().is_none() && !value.is_empty())
    };
    let has = |name: &str| pairs.iter().any(|(key, _)| key == name);
    let ours =
        one("state").is_some_and(|given| bool::from(given.as_bytes().ct_eq(state.expose().as_bytes())));
    if !ours {
        return Redirect::NotOurs;
    }
    if has("iss") && one("iss").is_none_or(|iss| iss.as_str() != org.as_str()) {
        return Redirect::OtherServer;
    }
    let words = |text: &Zeroizing<String>| {
        let plain = text.chars().filter(|c| !c.is_control());
        plain.take(LONGEST_WORDS).collect::<String>()
    };
    match (has("error"), one("code")) {
        (true, _) => Redirect::Refused(ErrorBody {
            code: one("error").map(words),
            summary: one("error_description").map(words),
            ..ErrorBody::default()
        }),
        (false, Some(code)) => Redirect::Code(Secret::new(code.to_string())),
        (false, None) => Redirect::NotOurs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn judged(query: &str) -> Redirect {
        let org = OrgOrigin::parse("https://acme.okta.com").expect("an origin");
        judge(query, &Secret::new("st-1_x".into()), &org)
    }

    #[test]
    fn a_code_with_the_state_is_taken() {
        for query in [
            "code=c0&state=st-1_x",
            "state=st-1_x&code=c0&iss=https%3A%2F%2Facme.okta.com&session_state=1",
        ] {
            assert!(
                matches!(judged(query), Redirect::Code(code) if code.expose() == "c0"),
                "{query}"
            );
        }
    }

    #[test]
    fn anything_without_the_state_is_not_ours() {
        for query in [
            "",
            "code=c0",
            "code=c0&state=",
            "code=c0&state=st-1_X",
            "code=c0&state=st-1_x0",
            "code=c0&state=st-1_x&state=st-1_x",
            "code=c0&state=other&state=st-1_x",
            "error=access_denied",
            "state=st-1_x",
            "state=st-1_x&code=",
            "state=st-1_x&code=c0&code=c1",
        ] {
            assert!(matches!(judged(query), Redirect::NotOurs), "{query}");
        }
    }

    #[test]
    fn another_server_is_told_apart() {
        for iss in [
            "https%3A%2F%2Fevil.example.com",
            "",
            "https%3A%2F%2Facme.okta.com%2F",
            "x&iss=https%3A%2F%2Facme.okta.com",
        ] {
            let query = format!("code=c0&state=st-1_x&iss={iss}");
            assert!(matches!(judged(&query), Redirect::OtherServer), "{query}");
        }
    }

    #[test]
    fn a_refusal_keeps_oktas_words_and_no_more() {
        let long = "x".repeat(1000);
        let query =
            format!("state=st-1_x&error=access_denied&code=c0&error_description=User%20is%0A%20not{long}");
        let Redirect::Refused(error) = judged(&query) else {
            panic!("not a refusal")
        };
        assert_eq!(error.code.as_deref(), Some("access_denied"));
        let said = error.summary.expect("words");
        assert!(said.starts_with("User is notx") && said.len() == LONGEST_WORDS);
    }

    proptest! {
        #[test]
        fn nothing_without_the_state_gives_a_code(query in "[ -~]{0,80}") {
            prop_assume!(!query.contains("st-1_x"));
            prop_assert!(matches!(judged(&query), Redirect::NotOurs));
        }
    }
}
