//! Import schedules: five fields of UNIX cron, and a time zone.

/// Least and most of each field: minute, hour, day of month, month, day of week.
const RANGES: [(u32, u32); 5] = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)];
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

fn value(text: &str, field: usize) -> Option<u32> {
    let name = text.to_lowercase();
    let named = match field {
        3 => MONTHS.iter().position(|month| *month == name).map(|at| at + 1),
        4 => DAYS.iter().position(|day| *day == name),
        _ => None,
    };
    let number = named
        .and_then(|at| u32::try_from(at).ok())
        .or_else(|| text.parse().ok())?;
    let (least, most) = RANGES[field];
    (least..=most).contains(&number).then_some(number)
}

/// One part of a list: `*`, a value or a range, maybe with a step.
fn part(text: &str, field: usize) -> bool {
    let (span, step) = match text.split_once('/') {
        Some((span, step)) => (span, Some(step)),
        None => (text, None),
    };
    let step = step.is_none_or(|step| step.parse::<u32>().is_ok_and(|step| (1..=59).contains(&step)));
    let span = span == "*"
        || match span.split_once('-') {
            Some((from, to)) => {
                matches!((value(from, field), value(to, field)), (Some(from), Some(to)) if from <= to)
            }
            None => value(span, field).is_some(),
        };
    span && step
}

/// It is a cron expression of five fields.
pub(crate) fn is_cron(expression: &str) -> bool {
    let fields: Vec<&str> = expression.split_whitespace().collect();
    fields.len() == 5
        && fields
            .iter()
            .enumerate()
            .all(|(at, field)| field.split(',').all(|text| part(text, at)))
}

/// It is an IANA name of at most 64 characters.
pub(crate) fn is_zone(name: &str) -> bool {
    (1..=64).contains(&name.len()) && jiff::tz::TimeZone::get(name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cron() {
        for good in [
            "0 */4 * * *",
            "0 0 * * 0",
            "00 21 * * Mon,Thu,Fri,Sat",
            "15-45/10 9 1 jan-mar 7",
        ] {
            assert!(is_cron(good), "{good}");
        }
        for bad in [
            "",
            "* * * *",
            "0 0 0 * * *",
            "60 * * * *",
            "* 24 * * *",
            "* * 0 * *",
            "* * * 13 *",
            "*/0 * * * *",
            "5-1 * * * *",
            "@daily",
            "a * * * *",
        ] {
            assert!(!is_cron(bad), "{bad}");
        }
    }

    #[test]
    fn zones() {
        assert!(is_zone("America/New_York") && is_zone("UTC"));
        assert!(!is_zone("Mars/Base") && !is_zone(""));
    }
}
