//! Import schedules: five-field UNIX cron in an IANA time zone (Okta's `ImportScheduleSettings`).
//!
//! Okta does not publish which expressions its server takes, so only plain UNIX cron passes here: Quartz's seconds,
//! years, `?`, `L`, `W` and `#` are refused with a sentence. Zones come from a database inside Gatehouse, so that every
//! machine agrees on them.

mod expression;
mod in_zone;
#[cfg(test)]
pub(crate) mod tests;
mod words;

pub use words::words;

use crate::problem::{Problem, ProblemCode};
use expression::Expression;
use in_zone::InZone;
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// Okta's limit on a zone name (`ImportScheduleSettings.timezone`).
const LONGEST_ZONE: usize = 64;

/// Checks a cron expression.
///
/// # Errors
/// `BadInput` on the field `expression`, naming the part that can't be used.
pub fn check(expression: &str) -> Result<(), Problem> {
    let parsed = Expression::parse(expression)?;
    if parsed.runs_in_four_years() == 0 {
        Err(never())
    } else {
        Ok(())
    }
}

/// The time zone of a schedule. Empty is what Okta uses when none is given; until a zone is chosen it is shown as UTC.
///
/// # Errors
/// `BadInput` on the field `timezone` for a name that is not in the IANA database, spelled as it is there.
pub fn zone(name: &str) -> Result<TimeZone, Problem> {
    if name.is_empty() {
        return Ok(TimeZone::UTC);
    }
    let unknown = |why: String| Problem::bad_input("timezone", "That time zone is not known.", why);
    if name.len() > LONGEST_ZONE {
        return Err(unknown(format!(
            "Okta takes time zone names of at most {LONGEST_ZONE} characters."
        )));
    }
    let zone = TimeZoneDatabase::bundled()
        .get(name)
        .map_err(|_| unknown("Choose one by its region and city, such as America/New_York.".into()))?;
    match zone.iana_name() {
        // Okta compares names letter by letter; the database does not.
        Some(spelled) if spelled != name => Err(unknown(format!("Did you mean {spelled}?"))),
        _ => Ok(zone),
    }
}

/// The first `n` runs after a moment, as instants. Clock changes move a run as UNIX cron does: a run in the hour that
/// is skipped comes right after it, a run in the hour that happens twice comes once.
///
/// # Errors
/// `BadInput` on `expression` or `timezone`.
pub fn next_runs(
    expression: &str,
    timezone: &str,
    after: Timestamp,
    n: usize,
) -> Result<Vec<Timestamp>, Problem> {
    let parsed = Expression::parse(expression)?;
    let mut at = InZone(after.to_zoned_datetime(zone(timezone)?));
    let mut runs = Vec::with_capacity(n);
    for _ in 0..n {
        at = parsed.next(&at).ok_or_else(never)?;
        runs.push(at.0.timestamp());
    }
    Ok(runs)
}

/// How often it runs in four years (1461 days), whatever the zone. The measure of Okta's rule that a full import does
/// not run more often than an incremental one.
///
/// # Errors
/// `BadInput` on `expression`.
pub fn runs_in_four_years(expression: &str) -> Result<u64, Problem> {
    Ok(Expression::parse(expression)?.runs_in_four_years())
}

/// A moment as it is read in a zone, such as `Tue 24 Nov 2026 09:00 EST`.
///
/// # Errors
/// `BadInput` on `timezone`.
pub fn in_zone(at: Timestamp, timezone: &str) -> Result<String, Problem> {
    Ok(written(at, &zone(timezone)?))
}

/// [`in_zone`] for a zone at hand, such as the person's own.
pub fn written(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone())
        .strftime("%a %-d %b %Y %H:%M %Z")
        .to_string()
}

fn never() -> Problem {
    Problem::new(
        ProblemCode::BadInput,
        "This schedule never runs.",
        "There is no such day in any year. Choose a day of the month that exists in the chosen month.",
    )
    .field("expression")
}
