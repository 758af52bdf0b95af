//! What holds for any text.

use super::{ADDRESS, CODE, STATE, read, waiting};
use crate::consent::{LONGEST, looks_like_answer, read_return, tidy::tidy};
use proptest::prelude::*;

/// Letters, signs and pieces that the reader looks for.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => any::<char>().prop_map(String::from),
        4 => "[ -~]{0,12}",
        2 => prop::sample::select(vec![
            ADDRESS, "https://", "http://", "code=", "state=", "&state=", "?code=", "error=access_denied", "\"", "“", "\\u0026",
            "\\/", "&amp;", "\n", "\r\n  ", "continue_oauth_flow_url", "\"method\":\"GET\"", "#", "%0a", "…", "\u{feff}",
            "acme.okta.com", "/oauth2/callback", "state=s7Xk2canaryState9QpL4vN8", "code=4%2F0AcanaryCode-7Qz9_Wh", "<html>", "errorCode", "errorSummary",
        ])
        .prop_map(String::from),
    ]
}

fn any_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

/// Words as people write them around what they copied.
fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop::sample::select(vec![
            "it", "says:", "Hi", "Bob,", "the page", "ok.", "\n", "\r\n", "\t", "–", "code", "state", "(see",
            "below)", "POST",
        ]),
        0..8,
    )
    .prop_map(|words| words.join(" "))
}

/// Line breaks put into the address, at these places.
fn broken(places: &[prop::sample::Index], indent: &str) -> String {
    let mut at: Vec<usize> = places.iter().map(|place| place.index(ADDRESS.len())).collect();
    at.sort_unstable();
    at.dedup();
    let mut text = ADDRESS.to_owned();
    for place in at.into_iter().rev().filter(|place| *place > "https://".len()) {
        text.insert_str(place, &format!("\n{indent}"));
    }
    text
}

/// Texts that make a careless reader look at every part again and again: sixteen times as much text may not take
/// hundreds of times as long.
#[test]
fn a_long_text_is_read_in_proportion() {
    let parts = [
        "https://a ",
        "https://",
        "code=a ",
        "&state=",
        "\\",
        "&",
        "&#38;",
        "\"https://a",
        "errorCode",
        "method ",
        "code=aaaaaa&",
        "a ",
        "code=a\n",
        "https://a/?code=a&state= ",
    ];
    let took = |length: usize| {
        let started = std::time::Instant::now();
        for part in parts {
            assert!(read(&part.repeat(length / part.len())).is_err(), "{part}");
        }
        started.elapsed()
    };
    let (short, long) = (took(LONGEST / 16), took(LONGEST));
    assert!(
        long < short * 100 + std::time::Duration::from_secs(2),
        "{short:?} and {long:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn whatever_is_taken_has_our_state(text in any_text()) {
        match read(&text) {
            Ok(returned) => {
                prop_assert_eq!(returned.state.expose(), STATE);
                prop_assert!(!returned.code.is_blank());
                prop_assert!(returned.code.expose().chars().all(|c| matches!(c, ' '..='~')));
            }
            Err(problem) => {
                prop_assert!(!problem.title.is_empty() && !problem.why.is_empty());
                let said = format!("{problem:?}").to_lowercase();
                prop_assert!(!said.contains("canarycode") && !said.contains("canarystate"), "{}", said);
            }
        }
        looks_like_answer(&text);
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        prop_assert!(read(&text).is_err());
    }

    #[test]
    fn words_and_line_breaks_around_and_in_it_change_nothing(
        before in words(),
        after in words(),
        places in proptest::collection::vec(any::<prop::sample::Index>(), 0..6),
        indent in "[ \t]{0,4}",
        shape in 0..4_u8,
    ) {
        let address = broken(&places, &indent);
        let middle = match shape {
            0 => address,
            1 => format!("{{\"continue_oauth_flow_url\": {{\"href\": \"{address}\", \"method\": \"POST\"}}}}"),
            2 => format!("“{address}”"),
            _ => address.replace('&', "&amp;"),
        };
        let text = format!("{before} {middle} {after}");
        match read(&text) {
            Ok(returned) => prop_assert_eq!(returned.code.expose(), CODE),
            Err(problem) => prop_assert!(false, "{}\n{}", problem, text),
        }
    }

    /// One character changed anywhere in the state, and it is not ours.
    #[test]
    fn a_state_fits_wholly_or_not_at_all(place in any::<prop::sample::Index>(), letter in "[0-9A-Za-z_-]") {
        let at = place.index(STATE.len());
        let mut state = STATE.to_owned();
        state.replace_range(at..=at, &letter);
        prop_assume!(state != STATE);
        prop_assert!(waiting(|ours, _| read_return(&ADDRESS.replace(STATE, &state), ours, &[])).is_err());
    }

    #[test]
    fn tidying_twice_changes_nothing_more_in_an_address(text in "[!-%'-\\[\\]-~]{0,80}") {
        // Without ampersands and backslashes nothing is escaped.
        let tidied = tidy(&text);
        prop_assert_eq!(tidied.as_str(), text);
    }
}
