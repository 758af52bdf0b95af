//! Times as Okta writes them: with milliseconds in the core API, without in the governance API.

use jiff::{Timestamp, ToSpan, tz::TimeZone};

fn written(at: i64, as_format: &str) -> String {
    Timestamp::from_second(at).map_or_else(|_| String::new(), |at| at.strftime(as_format).to_string())
}

/// As the core API writes it: `2025-09-08T06:24:06.000Z`.
pub(crate) fn core(at: i64) -> String {
    written(at, "%Y-%m-%dT%H:%M:%S.000Z")
}

/// As the governance API writes it: `2025-06-13T14:55:28Z`.
pub(crate) fn governance(at: i64) -> String {
    written(at, "%Y-%m-%dT%H:%M:%SZ")
}

/// Reads a time with its offset; UNIX seconds, fractions dropped.
pub(crate) fn read(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

/// Six calendar months later, by UTC.
pub(crate) fn six_months_after(at: i64) -> i64 {
    Timestamp::from_second(at)
        .ok()
        .and_then(|at| at.to_zoned_datetime(TimeZone::UTC).checked_add(6.months()).ok())
        .map_or(i64::MAX, |later| later.timestamp().as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_and_read() {
        assert_eq!(core(1_757_312_646), "2025-09-08T06:24:06.000Z");
        assert_eq!(governance(1_757_312_646), "2025-09-08T06:24:06Z");
        for text in [
            "2025-09-08T06:24:06Z",
            "2025-09-08T08:24:06.9+02:00",
            "2025-09-08T06:24:06.000Z",
        ] {
            assert_eq!(read(text), Some(1_757_312_646), "{text}");
        }
        for wrong in ["", "2025-09-08", "2025-09-08T06:24:06", "tomorrow"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        let (leap, august) = (read("2028-08-31T10:00:00Z"), read("2029-02-28T10:00:00Z"));
        assert_eq!(leap.map(six_months_after), august);
    }
}
