//! A schedule in words, for the common shapes.

use super::expression::Expression;

const DAYS: [&str; 7] = [
    "Sundays",
    "Mondays",
    "Tuesdays",
    "Wednesdays",
    "Thursdays",
    "Fridays",
    "Saturdays",
];
/// More times than this in one sentence are no help.
const MOST_TIMES: usize = 6;

/// What an expression means, such as “every 4 hours” or “Mondays and Thursdays at 09:00”; “custom schedule” for what
/// has no short name or can't be read.
pub fn words(expression: &str) -> String {
    Expression::parse(expression)
        .ok()
        .and_then(|it| said(&it))
        .unwrap_or_else(|| "custom schedule".into())
}

fn said(it: &Expression) -> Option<String> {
    let (minutes, hours, weekdays) = it.values();
    let every_weekday = weekdays
        .iter()
        .map(|day| day % 7)
        .collect::<std::collections::BTreeSet<_>>()
        .len()
        == 7;
    let daily = it.days_of_month().is_none() && it.every_month() && every_weekday;
    if daily && let Some(interval) = interval(&minutes, &hours) {
        return Some(interval);
    }
    let times = times(&minutes, &hours)?;
    match it.days_of_month() {
        _ if !it.every_month() => None,
        None if every_weekday => Some(format!("every day at {times}")),
        None => Some(format!("{} at {times}", on_weekdays(&weekdays)?)),
        Some(days) if every_weekday && days.len() <= MOST_TIMES => {
            let days: Vec<String> = days.iter().map(|day| ordinal(*day)).collect();
            Some(format!("on the {} of every month at {times}", listed(&days)))
        }
        // Cron runs on either day when both are named; a short sentence would say it wrong.
        Some(_) => None,
    }
}

/// “every 15 minutes”, “every hour”, “every 4 hours”, “every 4 hours, at 15 minutes past”.
fn interval(minutes: &[u16], hours: &[u16]) -> Option<String> {
    let every_hour = hours.len() == 24;
    if every_hour && minutes.len() == 60 {
        return Some("every minute".into());
    }
    if every_hour && minutes.len() > 1 {
        return even_step(minutes, 60).map(|step| format!("every {step} minutes"));
    }
    let [minute] = minutes else { return None };
    let past = match minute {
        0 => String::new(),
        1 => ", at 1 minute past".into(),
        n => format!(", at {n} minutes past"),
    };
    if every_hour {
        return Some(format!("every hour{past}"));
    }
    // Twice a day reads better as two times.
    let step = (hours.len() > 2).then(|| even_step(hours, 24)).flatten()?;
    Some(format!("every {step} hours{past}"))
}

/// The step of values that begin at 0 and go round evenly.
fn even_step(values: &[u16], range: u16) -> Option<u16> {
    let step = range / u16::try_from(values.len()).ok()?;
    let even = (0..)
        .step_by(usize::from(step))
        .zip(values)
        .all(|(wanted, value): (u16, &u16)| wanted == *value);
    (even && step * u16::try_from(values.len()).ok()? == range).then_some(step)
}

fn times(minutes: &[u16], hours: &[u16]) -> Option<String> {
    if minutes.len() * hours.len() > MOST_TIMES {
        return None;
    }
    let times: Vec<String> = hours
        .iter()
        .flat_map(|hour| minutes.iter().map(move |minute| format!("{hour:02}:{minute:02}")))
        .collect();
    Some(listed(&times))
}

fn on_weekdays(days: &[u16]) -> Option<String> {
    // Sunday last, as a week is said.
    let mut days: Vec<u16> = days.iter().map(|day| if *day == 0 { 7 } else { *day }).collect();
    days.sort_unstable();
    days.dedup();
    if days == [1, 2, 3, 4, 5] {
        return Some("Mondays to Fridays".into());
    }
    let names: Option<Vec<String>> = days
        .iter()
        .map(|day| DAYS.get(usize::from(day % 7)).map(|it| (*it).into()))
        .collect();
    names.map(|names| listed(&names))
}

fn ordinal(n: u16) -> String {
    let ending = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// “a”, “a and b”, “a, b and c”.
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
