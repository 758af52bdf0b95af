//! Okta's sentences with places in them: `{0}` is filled here, because Okta leaves it to the client.

use crate::okta::wire::review::Arg;
use jiff::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

fn count(number: i64, unit: &str) -> String {
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// A moment as people say it: “3 days ago”, “in 2 hours”, “just now”.
pub fn relative(at: Timestamp, now: Timestamp) -> String {
    let seconds = now.as_second() - at.as_second();
    let (past, seconds) = (seconds >= 0, seconds.abs());
    let words = match seconds {
        s if s < MINUTE => return "just now".into(),
        s if s < HOUR => count(s / MINUTE, "minute"),
        s if s < DAY => count(s / HOUR, "hour"),
        s if s < 60 * DAY => count(s / DAY, "day"),
        s if s < 2 * 365 * DAY => count(s * 12 / (365 * DAY), "month"),
        s => count(s / (365 * DAY), "year"),
    };
    if past {
        format!("{words} ago")
    } else {
        format!("in {words}")
    }
}

fn value(arg: &Arg, now: Option<Timestamp>) -> String {
    let said = arg.value.trim();
    match (arg.kind.as_str(), now) {
        ("RELATIVE_DATE_TO_NOW", Some(now)) => said
            .parse::<Timestamp>()
            .map_or_else(|_| said.to_owned(), |at| relative(at, now)),
        ("NUMBER", _) => match said.split_once('.') {
            Some((whole, rest)) if rest.bytes().all(|b| b == b'0') => whole.to_owned(),
            _ => said.to_owned(),
        },
        _ => said.to_owned(),
    }
}

fn filled(message: &str, args: &[Arg], now: Option<Timestamp>) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        let place = tail
            .find('}')
            .and_then(|end| Some((tail[..end].trim().parse::<usize>().ok()?, end)));
        match place {
            Some((number, end)) => {
                match args.get(number) {
                    Some(arg) => out.push_str(&value(arg, now)),
                    None => out.push('…'),
                }
                rest = &tail[end + 1..];
            }
            None => {
                out.push('{');
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Fills the places of a sentence. What has no value shows as “…”; what is no place stays as it is.
pub fn fill(message: &str, args: &[Arg], now: Timestamp) -> String {
    filled(message, args, Some(now))
}

/// The same without a clock: dates stay dates.
pub fn fill_plain(message: &str, args: &[Arg]) -> String {
    filled(message, args, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn arg(kind: &str, value: &str) -> Arg {
        Arg {
            kind: kind.into(),
            value: value.into(),
        }
    }

    fn now() -> Timestamp {
        "2025-06-16T15:23:59Z".parse().expect("a time")
    }

    /// The sentences of Okta's own example.
    #[test]
    fn oktas_own_examples() {
        let recently = arg("RELATIVE_DATE_TO_NOW", "2025-06-13T15:23:59Z");
        assert_eq!(
            fill("The user was assigned the app recently, {0}", &[recently], now()),
            "The user was assigned the app recently, 3 days ago"
        );
        assert_eq!(
            fill("aligning with {0}% of users", &[arg("NUMBER", "100.0")], now()),
            "aligning with 100% of users"
        );
        assert_eq!(fill("No data found.", &[], now()), "No data found.");
    }

    #[test]
    fn odd_places() {
        let args = [arg("STRING", "{1}"), arg("NEW", "b")];
        assert_eq!(fill("{1} {0} {2} {x} { {0", &args, now()), "b {1} … {x} { {0");
        assert_eq!(fill("{0}", &[arg("RELATIVE_DATE_TO_NOW", "soon")], now()), "soon");
        assert_eq!(fill("{0}", &[arg("NUMBER", "7.5")], now()), "7.5");
        assert_eq!(
            fill_plain("{0}", &[arg("RELATIVE_DATE_TO_NOW", "2025-06-13T15:23:59Z")]),
            "2025-06-13T15:23:59Z"
        );
    }

    #[test]
    fn moments_in_words() {
        let at = |seconds: i64| {
            relative(
                Timestamp::from_second(now().as_second() - seconds).expect("a time"),
                now(),
            )
        };
        assert_eq!(at(5), "just now");
        assert_eq!(at(-5), "just now");
        assert_eq!(at(60), "1 minute ago");
        assert_eq!(at(-7200), "in 2 hours");
        assert_eq!(at(59 * DAY), "59 days ago");
        assert_eq!(at(90 * DAY), "2 months ago");
        assert_eq!(at(3 * 365 * DAY), "3 years ago");
    }

    proptest! {
        /// Whatever comes, nothing is lost but filled places, and nothing panics.
        #[test]
        fn any_sentence(message in "\\PC{0,60}", values in proptest::collection::vec("\\PC{0,10}", 0..4)) {
            let args: Vec<Arg> = values.iter().map(|value| arg("STRING", value)).collect();
            let out = fill(&message, &args, now());
            if !message.contains('{') {
                prop_assert_eq!(out, message);
            }
        }
    }
}
