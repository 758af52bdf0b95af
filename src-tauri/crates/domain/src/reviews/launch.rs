//! What a launch or a change has to be like, checked before anything is sent: a refusal of Okta's costs a round trip and
//! says less. Okta stays the judge of the rest.

use crate::okta::wire::people::Person;
use crate::problem::Problem;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// Most reviewers of a review (Okta's schema and help).
pub const MOST_REVIEWERS: usize = 10;
/// Longest name, in characters.
pub const LONGEST_NAME: usize = 255;
/// Longest comment, in characters.
pub const LONGEST_COMMENT: usize = 1000;
/// What a name is made of unless the person says otherwise.
pub const TEMPLATE: &str = "Access review: {user}, {date}";

/// Whether a review is launched or changed: the earliest end differs (Okta's schema against its help).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Launched now: at least a day.
    Launch,
    /// Changed: at least an hour from now, at most six months from this start.
    Change(Timestamp),
}

/// Earliest and latest end, by Okta's clock.
pub fn bounds(now: Timestamp, when: When) -> (Timestamp, Timestamp) {
    let (least, from) = match when {
        When::Launch => (SignedDuration::from_hours(24), now),
        When::Change(start) => (SignedDuration::from_hours(1), start),
    };
    let earliest = now.checked_add(least).unwrap_or(now);
    let latest = from
        .to_zoned_datetime(TimeZone::UTC)
        .checked_add(6.months())
        .map_or(earliest, |at| at.timestamp());
    (earliest, latest)
}

fn end_words(at: Timestamp) -> String {
    at.strftime("%-d %B %Y, %H:%M UTC").to_string()
}

/// Checks an end.
///
/// # Errors
/// It can't be read, or is too early or too late; tied to `endTime`.
pub fn end(text: &str, now: Timestamp, when: When) -> Result<Timestamp, Problem> {
    let wrong = |title: &str, why: String| Err(Problem::bad_input("endTime", title, why));
    let Ok(at) = text.parse::<Timestamp>() else {
        return wrong("That is not a date and time.", "Choose an end date.".into());
    };
    let (earliest, latest) = bounds(now, when);
    if at < earliest {
        let least = match when {
            When::Launch => "A review runs for at least one day",
            When::Change(_) => "A review can end in one hour at the earliest",
        };
        return wrong(
            "The end is too early.",
            format!("{least}: choose {} or later.", end_words(earliest)),
        );
    }
    if at > latest {
        return wrong(
            "The end is too late.",
            format!(
                "A review runs for six months at most: choose {} or earlier.",
                end_words(latest)
            ),
        );
    }
    Ok(at)
}

/// Checks a name.
///
/// # Errors
/// It is empty, too long, or has line breaks; tied to `name`.
pub fn name(text: &str) -> Result<String, Problem> {
    let name = text.trim();
    let length = name.chars().count();
    if length == 0 {
        return Err(Problem::bad_input(
            "name",
            "The review needs a name.",
            "Reviewers see it in their list.",
        ));
    }
    if length > LONGEST_NAME {
        return Err(Problem::bad_input(
            "name",
            "The name is too long.",
            format!("It has {length} characters; Okta takes {LONGEST_NAME}."),
        ));
    }
    if name.chars().any(char::is_control) {
        return Err(Problem::bad_input(
            "name",
            "The name has a line break in it.",
            "Write it on one line.",
        ));
    }
    Ok(name.to_owned())
}

/// Fills a name template: `{user}` and `{date}`. A name that gets too long has the person's part cut.
pub fn fill_name(template: &str, user: &str, date: &str) -> String {
    let filled = |user: &str| template.replace("{date}", date).replace("{user}", user);
    let whole = filled(user);
    let over = whole.trim().chars().count().saturating_sub(LONGEST_NAME);
    if over == 0 || !template.contains("{user}") {
        return whole.trim().to_owned();
    }
    let places = template.matches("{user}").count();
    let keep = user.chars().count().saturating_sub(over.div_ceil(places) + 1);
    let short: String = user.chars().take(keep).chain(['…']).collect();
    filled(&short).trim().to_owned()
}

/// Checks who is reviewed.
///
/// # Errors
/// They are not active; tied to `subject`.
pub fn subject(person: &Person) -> Result<(), Problem> {
    match about_subject(person) {
        None => Ok(()),
        Some(why) => Err(Problem::bad_input(
            "subject",
            format!("{} can’t be reviewed.", person.name()),
            why,
        )),
    }
}

/// Why somebody can't be reviewed.
pub fn about_subject(person: &Person) -> Option<String> {
    if person.deactivated() {
        Some("They were deactivated, and Okta reviews people who can still have access.".into())
    } else if person.id.is_empty() {
        Some("Okta gave no id for them.".into())
    } else {
        None
    }
}

/// Why somebody can't be a reviewer.
pub fn about_reviewer(person: &Person) -> Option<String> {
    if person.active() {
        None
    } else if person.deactivated() {
        Some("They were deactivated.".into())
    } else {
        Some(format!(
            "Reviewers must be active; Okta says {}.",
            super::plain(&person.status)
        ))
    }
}

/// Checks the reviewers. The same person twice counts once.
///
/// # Errors
/// Nobody, more than ten, the reviewed one among them, or somebody who is not active; tied to `reviewers`. Okta's own
/// example has the reviewed one among the reviewers, which its guide calls an error.
pub fn reviewers(subject: &str, people: &[Person]) -> Result<Vec<String>, Vec<Problem>> {
    let mut ids: Vec<String> = Vec::new();
    let mut wrong = Vec::new();
    for person in people {
        if ids.contains(&person.id) {
            continue;
        }
        if person.id == subject {
            wrong.push(Problem::bad_input(
                "reviewers",
                format!("{} can’t review their own access.", person.name()),
                "Okta refuses a review whose subject is among the reviewers. Choose somebody else.",
            ));
        } else if let Some(why) = about_reviewer(person) {
            wrong.push(Problem::bad_input(
                "reviewers",
                format!("{} can’t be a reviewer.", person.name()),
                why,
            ));
        }
        ids.push(person.id.clone());
    }
    if ids.is_empty() {
        wrong.push(Problem::bad_input(
            "reviewers",
            "The review needs a reviewer.",
            "Choose one to ten people.",
        ));
    }
    if ids.len() > MOST_REVIEWERS {
        wrong.push(Problem::bad_input(
            "reviewers",
            "There are too many reviewers.",
            format!("Okta takes {MOST_REVIEWERS} at most; there are {}.", ids.len()),
        ));
    }
    if wrong.is_empty() { Ok(ids) } else { Err(wrong) }
}

/// Checks a comment.
///
/// # Errors
/// It is empty or too long; tied to `text`.
pub fn comment(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    let length = text.chars().count();
    match length {
        0 => Err(Problem::bad_input(
            "text",
            "The comment is empty.",
            "Write something first.",
        )),
        length if length > LONGEST_COMMENT => Err(Problem::bad_input(
            "text",
            "The comment is too long.",
            format!("It has {length} characters; Okta takes {LONGEST_COMMENT}."),
        )),
        _ => Ok(text.to_owned()),
    }
}

/// End dates to choose from: days, and whether it is Okta's own default.
pub const PRESETS: &[(u16, bool)] = &[(1, false), (3, false), (7, true), (14, false), (30, false)];

/// Is this the review a lost answer was about? The same name to the letter, launched inside the window of the attempt,
/// with a minute on either side for clocks that differ.
pub fn same(name: &str, sent: Timestamp, until: Timestamp, found: &str, created: Option<&str>) -> bool {
    let Some(created) = created.and_then(|text| text.parse::<Timestamp>().ok()) else {
        return false;
    };
    let minute = SignedDuration::from_mins(1);
    let (from, to) = (
        sent.checked_sub(minute).unwrap_or(sent),
        until.checked_add(minute).unwrap_or(until),
    );
    name == found && (from..=to).contains(&created)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn person(n: usize, status: &str) -> Person {
        Person {
            id: format!("00u{n:017}"),
            first: "P".into(),
            last: n.to_string(),
            login: format!("p{n}@example.com"),
            email: String::new(),
            status: status.into(),
        }
    }

    #[test]
    fn ends() {
        let now = at("2026-08-31T12:00:00Z");
        let launch = |text: &str| end(text, now, When::Launch).is_ok();
        assert!(launch("2026-09-01T12:00:00Z") && launch("2027-02-28T12:00:00Z"));
        assert!(!launch("2026-09-01T11:59:00Z"), "tomorrow minus a minute");
        assert!(!launch("2027-03-31T12:00:00Z"), "seven months");
        assert!(!launch("2027-02-28T12:00:01Z") && !launch("soon") && !launch(""));
        let started = at("2026-08-01T00:00:00Z");
        let change = |text: &str| end(text, now, When::Change(started)).is_ok();
        assert!(change("2026-08-31T13:00:00Z") && change("2027-02-01T00:00:00Z"));
        assert!(!change("2026-08-31T12:59:59Z") && !change("2027-02-01T00:00:01Z"));
        let said = end("2026-08-31T12:30:00Z", now, When::Launch).expect_err("too early");
        assert_eq!(said.field.as_deref(), Some("endTime"));
        assert!(said.why.contains("1 September 2026, 12:00 UTC"), "{}", said.why);
    }

    #[test]
    fn who_may_review() {
        let active: Vec<Person> = (1..=11).map(|n| person(n, "ACTIVE")).collect();
        let subject = "00u00000000000000099";
        assert_eq!(reviewers(subject, &active[..10]).expect("fits").len(), 10);
        assert!(reviewers(subject, &active).is_err(), "eleven");
        assert!(reviewers(subject, &[]).is_err());
        let twice = [active[0].clone(), active[0].clone()];
        assert_eq!(reviewers(subject, &twice).expect("once").len(), 1);
        let own = reviewers(&active[0].id, &active[..2]).expect_err("the subject reviews");
        assert!(own[0].title.contains("their own access"));
        assert!(reviewers(subject, &[person(1, "SUSPENDED")]).is_err());
    }

    #[test]
    fn names_are_filled_and_cut_at_the_person() {
        assert_eq!(
            fill_name(TEMPLATE, "Ada Lovelace", "25 Nov 2026"),
            "Access review: Ada Lovelace, 25 Nov 2026"
        );
        let long = fill_name(TEMPLATE, &"é".repeat(300), "25 Nov 2026");
        assert_eq!(long.chars().count(), LONGEST_NAME);
        assert!(long.ends_with("…, 25 Nov 2026"), "{long}");
        assert_eq!(name(" a ").expect("fits"), "a");
        assert!(name("").is_err() && name(&"x".repeat(256)).is_err() && name("a\nb").is_err());
        assert!(
            comment("").is_err() && comment(&"x".repeat(1001)).is_err() && comment(&"é".repeat(1000)).is_ok()
        );
    }

    #[test]
    fn a_lost_launch_is_known_by_name_and_time() {
        let (sent, until) = (at("2026-08-31T12:00:00Z"), at("2026-08-31T12:00:30Z"));
        let is = |name: &str, created: &str| same("Incident 7", sent, until, name, Some(created));
        assert!(is("Incident 7", "2026-08-31T12:00:05.000Z"));
        assert!(is("Incident 7", "2026-08-31T11:59:30Z"), "clocks differ a little");
        assert!(
            !is("Incident 7", "2026-08-31T11:00:00Z"),
            "an earlier one of the same name"
        );
        assert!(!is("incident 7", "2026-08-31T12:00:05Z") && !is("Incident 7", "never"));
        assert!(!same("a", sent, until, "a", None));
    }

    proptest! {
        #[test]
        fn any_filled_name_fits(template in "\\PC{1,80}\\{user\\}\\PC{0,80}", user in "\\PC{0,400}") {
            let filled = fill_name(&template, &user, "25 Nov 2026");
            prop_assert!(filled.chars().count() <= LONGEST_NAME);
        }
    }
}
