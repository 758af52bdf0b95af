//! Plain UNIX cron: a strict reading of the five fields, then croner for the calendar.

use super::in_zone::{InZone, weekday};
use crate::problem::Problem;
use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};
use jiff::civil::Date;

/// Names of the five fields, in order, with their range and the names they take.
const FIELDS: [(&str, u8, u8, &[&str]); 5] = [
    ("minute", 0, 59, &[]),
    ("hour", 0, 23, &[]),
    ("day of the month", 1, 31, &[]),
    (
        "month",
        1,
        12,
        &[
            "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
        ],
    ),
    (
        "day of the week",
        0,
        7,
        &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
    ),
];

/// More is no schedule a person wrote.
const LONGEST: usize = 256;

/// A checked expression.
pub(super) struct Expression {
    cron: Cron,
}

impl Expression {
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let fields: Vec<&str> = text.split_ascii_whitespace().collect();
        if text.trim().is_empty() {
            return Err(refuse(
                "Enter a schedule.",
                "For example 0 */4 * * * for every 4 hours.",
            ));
        }
        if text.len() > LONGEST {
            return Err(refuse(
                "This schedule is too long.",
                "Use ranges and steps, such as 0-30/10, instead of long lists.",
            ));
        }
        if text.trim_start().starts_with('@') {
            return Err(refuse(
                "Okta takes no short names such as @daily.",
                "Write the five fields: minute, hour, day of the month, month, day of the week. Every day at midnight is 0 0 * * *.",
            ));
        }
        if fields.len() != FIELDS.len() {
            return Err(refuse(
                format!("A schedule has five fields; this one has {}.", fields.len()),
                "They are minute, hour, day of the month, month and day of the week. There is none for seconds or years.",
            ));
        }
        for (field, (name, low, high, names)) in fields.iter().zip(FIELDS) {
            check_field(field, name, low, high, names)?;
        }
        let cron = CronParser::builder()
            .seconds(Seconds::Disallowed)
            .year(Year::Disallowed)
            .build()
            .parse(&fields.join(" "))
            .map_err(|_| {
                refuse(
                    "This schedule can't be read.",
                    "Check the five fields: minute, hour, day of the month, month, day of the week.",
                )
            })?;
        Ok(Self { cron })
    }

    /// The next run strictly after a moment; `None` if there never is one.
    pub(super) fn next(&self, after: &InZone) -> Option<InZone> {
        self.cron.find_next_occurrence(after, false).ok()
    }

    /// Minutes, hours and days of the week it names, in ascending order.
    pub(super) fn values(&self) -> (Vec<u16>, Vec<u16>, Vec<u16>) {
        let pattern = &self.cron.pattern;
        (
            pattern.minutes.values(),
            pattern.hours.values(),
            pattern.days_of_week.values(),
        )
    }

    /// Days of the month it names; `None` for every day.
    pub(super) fn days_of_month(&self) -> Option<Vec<u16>> {
        let days = self.cron.pattern.days.values();
        (days.len() < 31).then_some(days)
    }

    /// It runs in every month.
    pub(super) fn every_month(&self) -> bool {
        self.cron.pattern.months.values().len() == 12
    }

    /// Counted day by day over four years with one leap day, because the fields overlap in ways no formula catches.
    pub(super) fn runs_in_four_years(&self) -> u64 {
        let (minutes, hours, _) = self.values();
        let a_day = (minutes.len() * hours.len()) as u64;
        let mut days = 0_u64;
        let mut day = Date::constant(2025, 1, 1);
        for _ in 0..1461 {
            days += u64::from(self.on(day));
            day = day.tomorrow().unwrap_or(day);
        }
        days * a_day
    }

    fn on(&self, day: Date) -> bool {
        let (month, of_month) = (day.month().unsigned_abs().into(), day.day().unsigned_abs().into());
        let pattern = &self.cron.pattern;
        pattern.month_match(month).unwrap_or(false)
            && pattern
                .day_match(day.year().into(), month, of_month, weekday(day.weekday()))
                .unwrap_or(false)
    }
}

fn check_field(field: &str, name: &str, low: u8, high: u8, names: &[&str]) -> Result<(), Problem> {
    for item in field.split(',') {
        let (range, step) = match item.split_once('/') {
            Some((range, step)) => (range, Some(step)),
            None => (item, None),
        };
        let (from, to) = match range.split_once('-') {
            Some((from, to)) => (value(from, low, high, names), value(to, low, high, names)),
            // In a list it would make the others pointless.
            None if range == "*" && item == field => (Some(low), Some(high)),
            // A single number takes no step: `5/10` means different things to different crons.
            None if step.is_some() => (None, None),
            None => (value(range, low, high, names), value(range, low, high, names)),
        };
        // A week may end on Sunday, which is 0 by name.
        let to = to.map(|to| {
            if to == 0 && from.is_some_and(|from| from > 0) && high == 7 {
                7
            } else {
                to
            }
        });
        let ordered = matches!((from, to), (Some(from), Some(to)) if from <= to);
        let stepped = step.is_none_or(|step| number(step).is_some_and(|step| (1..=high).contains(&step)));
        if !ordered || !stepped {
            return Err(unreadable(field, name, low, high, names));
        }
    }
    Ok(())
}

fn value(text: &str, low: u8, high: u8, names: &[&str]) -> Option<u8> {
    if let Some(at) = names.iter().position(|name| name.eq_ignore_ascii_case(text)) {
        return u8::try_from(at).ok().map(|at| at + low);
    }
    number(text).filter(|value| (low..=high).contains(value))
}

fn number(text: &str) -> Option<u8> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn unreadable(field: &str, name: &str, low: u8, high: u8, names: &[&str]) -> Problem {
    if field.contains(['?', '#', 'L', 'W'])
        && !names.iter().any(|name| field.to_ascii_uppercase().contains(name))
    {
        return refuse(
            format!("“{field}” is not UNIX cron."),
            "The characters ?, L, W and # belong to other schedulers. Use numbers, *, lists, ranges and steps.",
        );
    }
    let example = names
        .first()
        .map_or(String::new(), |name| format!(", or names such as {name}"));
    refuse(
        format!("“{field}” can't be used for the {name}."),
        format!(
            "Use numbers from {low} to {high}{example}, * for every one, a list 1,5, a range 1-5 or a step */2."
        ),
    )
}

fn refuse(title: impl Into<String>, why: impl Into<String>) -> Problem {
    Problem::bad_input("expression", title, why)
}
