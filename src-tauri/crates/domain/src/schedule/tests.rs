use super::*;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

/// The next runs as they are read in the zone.
fn runs(expression: &str, zone: &str, after: &str, n: usize) -> Vec<String> {
    let runs = next_runs(expression, zone, at(after), n).expect("a schedule");
    runs.into_iter()
        .map(|run| in_zone(run, zone).expect("a zone"))
        .collect()
}

#[test]
fn the_next_five_runs() {
    let after = "2026-11-24T14:30:00Z";
    assert_eq!(
        runs("0 */4 * * *", "UTC", after, 5),
        [
            "Tue 24 Nov 2026 16:00 UTC",
            "Tue 24 Nov 2026 20:00 UTC",
            "Wed 25 Nov 2026 00:00 UTC",
            "Wed 25 Nov 2026 04:00 UTC",
            "Wed 25 Nov 2026 08:00 UTC"
        ]
    );
    assert_eq!(
        runs("00 21 * * Mon,Thu,Fri,Sat", "America/New_York", after, 5),
        [
            "Thu 26 Nov 2026 21:00 EST",
            "Fri 27 Nov 2026 21:00 EST",
            "Sat 28 Nov 2026 21:00 EST",
            "Mon 30 Nov 2026 21:00 EST",
            "Thu 3 Dec 2026 21:00 EST"
        ]
    );
    // A run at the very moment is over.
    assert_eq!(runs("30 14 * * *", "", after, 1), ["Wed 25 Nov 2026 14:30 UTC"]);
    assert_eq!(next_runs("0 0 * * *", "UTC", at(after), 0).expect("none"), []);
}

/// New York, 8 March 2026: 02:00 EST is 03:00 EDT.
#[test]
fn a_run_in_the_hour_that_is_skipped_comes_right_after_it() {
    assert_eq!(
        runs("30 2 * * *", "America/New_York", "2026-03-07T00:00:00Z", 3),
        [
            "Sat 7 Mar 2026 02:30 EST",
            "Sun 8 Mar 2026 03:00 EDT",
            "Mon 9 Mar 2026 02:30 EDT"
        ]
    );
    assert_eq!(
        runs("0 * * * *", "America/New_York", "2026-03-08T05:30:00Z", 3),
        [
            "Sun 8 Mar 2026 01:00 EST",
            "Sun 8 Mar 2026 03:00 EDT",
            "Sun 8 Mar 2026 04:00 EDT"
        ]
    );
}

/// New York, 1 November 2026: 02:00 EDT is 01:00 EST.
#[test]
fn a_run_in_the_hour_that_happens_twice_comes_once() {
    assert_eq!(
        runs("30 1 * * *", "America/New_York", "2026-10-31T12:00:00Z", 3),
        [
            "Sun 1 Nov 2026 01:30 EDT",
            "Mon 2 Nov 2026 01:30 EST",
            "Tue 3 Nov 2026 01:30 EST"
        ]
    );
    // What runs every hour runs in both of them.
    assert_eq!(
        runs("0 * * * *", "America/New_York", "2026-11-01T04:30:00Z", 4),
        [
            "Sun 1 Nov 2026 01:00 EDT",
            "Sun 1 Nov 2026 01:00 EST",
            "Sun 1 Nov 2026 02:00 EST",
            "Sun 1 Nov 2026 03:00 EST"
        ]
    );
}

/// Lord Howe's clocks move by half an hour, and Kathmandu's offset is no whole hour.
#[test]
fn odd_clocks() {
    assert_eq!(
        runs("15 2 * * *", "Australia/Lord_Howe", "2026-10-02T16:00:00Z", 2),
        ["Sun 4 Oct 2026 02:30 +11", "Mon 5 Oct 2026 02:15 +11"]
    );
    assert_eq!(
        runs("0 9 * * *", "Asia/Kathmandu", "2026-01-01T00:00:00Z", 1),
        ["Thu 1 Jan 2026 09:00 +0545"]
    );
}

#[test]
fn days_that_are_rare() {
    assert_eq!(
        runs("0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", 2),
        ["Tue 29 Feb 2028 00:00 UTC", "Sun 29 Feb 2032 00:00 UTC"]
    );
    assert_eq!(
        runs("0 0 31 * *", "UTC", "2026-01-31T12:00:00Z", 2),
        ["Tue 31 Mar 2026 00:00 UTC", "Sun 31 May 2026 00:00 UTC"]
    );
    // A day of the month or a day of the week: either will do.
    assert_eq!(
        runs("0 0 13 * FRI", "UTC", "2026-02-01T00:00:00Z", 3),
        [
            "Fri 6 Feb 2026 00:00 UTC",
            "Fri 13 Feb 2026 00:00 UTC",
            "Fri 20 Feb 2026 00:00 UTC"
        ]
    );
}

#[test]
fn in_words() {
    for (expression, wanted) in [
        ("* * * * *", "every minute"),
        ("*/15 * * * *", "every 15 minutes"),
        ("0 * * * *", "every hour"),
        ("1 * * * *", "every hour, at 1 minute past"),
        ("45 * * * *", "every hour, at 45 minutes past"),
        ("0 */4 * * *", "every 4 hours"),
        ("15 */6 * * *", "every 6 hours, at 15 minutes past"),
        ("0 */12 * * *", "every day at 00:00 and 12:00"),
        ("0 9 * * *", "every day at 09:00"),
        ("30 8,12,18 * * *", "every day at 08:30, 12:30 and 18:30"),
        ("0 0 * * 0", "Sundays at 00:00"),
        ("0 0 * * 7", "Sundays at 00:00"),
        (
            "00 21 * * Mon,Thu,Fri,Sat",
            "Mondays, Thursdays, Fridays and Saturdays at 21:00",
        ),
        ("0 6 * * 1-5", "Mondays to Fridays at 06:00"),
        ("0 6 * * SAT-SUN", "Saturdays and Sundays at 06:00"),
        ("0 6 * * 0-6", "every day at 06:00"),
        ("0 6 * * 1-7", "every day at 06:00"),
        ("0 3 1 * *", "on the 1st of every month at 03:00"),
        (
            "0 3 2,11,22,23 * *",
            "on the 2nd, 11th, 22nd and 23rd of every month at 03:00",
        ),
        // What a short sentence would say wrong.
        ("*/7 * * * *", "custom schedule"),
        ("0 */5 * * *", "every day at 00:00, 05:00, 10:00, 15:00 and 20:00"),
        ("0 0 13 * 5", "custom schedule"),
        ("0 0 1 1 *", "custom schedule"),
        ("0,10 */2 * * *", "custom schedule"),
        ("no cron", "custom schedule"),
        ("", "custom schedule"),
    ] {
        assert_eq!(words(expression), wanted, "{expression}");
    }
}

/// Everything Okta's pages show as an example, and plain UNIX cron.
#[test]
fn plain_cron_passes() {
    for expression in [
        "0 */4 * * *",
        "0 0 * * 0",
        "0 */3 * * *",
        "00 21 * * Mon,Thu,Fri,Sat",
        "0 0 1,15 * *",
        "5-55/10 0-6 * jan-mar *",
        "  0   0\t*  *  * ",
        "59 23 31 12 7",
        "0 0 * * sun",
        "0 0 * * 5-7",
        "0 0 * * fri-sun",
        "0 0 29 2 *",
    ] {
        assert_eq!(check(expression), Ok(()), "{expression}");
    }
}

/// What is wrong, with a piece of the sentence.
const REFUSED: &[(&str, &str)] = &[
    ("", "Enter a schedule"),
    ("   ", "Enter a schedule"),
    ("@daily", "no short names"),
    ("0 0 * *", "this one has 4"),
    ("0 0 0 * * *", "this one has 6"),
    ("0 0 * * * 2026 x", "this one has 7"),
    ("60 * * * *", "“60” can't be used for the minute"),
    ("* 24 * * *", "the hour"),
    ("* * 0 * *", "the day of the month"),
    ("* * 32 * *", "the day of the month"),
    ("* * * 13 *", "the month"),
    ("* * * FOO *", "the month"),
    ("* * * * 8", "the day of the week"),
    ("* * * * MOO", "the day of the week"),
    ("0 0 ? * *", "not UNIX cron"),
    ("0 0 L * *", "not UNIX cron"),
    ("0 0 15W * *", "not UNIX cron"),
    ("0 0 * * 5#3", "not UNIX cron"),
    ("0 0 * * MONL", "the day of the week"),
    ("30-10 * * * *", "the minute"),
    ("*/0 * * * *", "the minute"),
    ("*/60 * * * *", "the minute"),
    ("5/10 * * * *", "the minute"),
    ("1,,2 * * * *", "the minute"),
    (", * * * *", "the minute"),
    ("*,5 * * * *", "the minute"),
    ("1-2-3 * * * *", "the minute"),
    ("-1 * * * *", "the minute"),
    ("+1 * * * *", "the minute"),
    ("001 * * * *", "the minute"),
    ("٣ * * * *", "the minute"),
    ("* * * * 0-0/9", "the day of the week"),
    ("0 0 30 2 *", "never runs"),
    ("0 0 31 4,6,9,11 *", "never runs"),
];

const ZONES: &[(&str, &str)] = &[
    ("Mars/Base", "Choose one by its region and city"),
    ("america/new_york", "Did you mean America/New_York?"),
    ("+01:00", "Choose one"),
    (" UTC", "Choose one"),
    ("../../etc/passwd", "Choose one"),
    (
        "Africa/Abidjan/Africa/Abidjan/Africa/Abidjan/Africa/Abidjan/Africa",
        "at most 64",
    ),
];

/// The problems, for the page of all sentences.
pub(crate) fn sentences() -> Vec<(String, Problem)> {
    let cron = REFUSED
        .iter()
        .filter_map(|(it, _)| Some((format!("schedule: {it}"), check(it).err()?)));
    let zones = ZONES
        .iter()
        .filter_map(|(it, _)| Some((format!("time zone: {it}"), zone(it).err()?)));
    cron.chain(zones).collect()
}

#[test]
fn what_is_refused_is_named() {
    for (expression, said) in REFUSED {
        let problem = check(expression).expect_err(expression);
        assert!(problem.to_string().contains(said), "{expression}: {problem}");
        assert_eq!(problem.field.as_deref(), Some("expression"), "{expression}");
        assert!(
            next_runs(expression, "UTC", at("2026-01-01T00:00:00Z"), 1).is_err(),
            "{expression}"
        );
    }
    let long = format!("{} * * * *", "1,".repeat(200));
    assert!(check(&long).expect_err("long").title.contains("too long"));
}

#[test]
fn zones_are_spelled_as_in_the_database() {
    for (name, said) in ZONES {
        let problem = zone(name).expect_err(name);
        assert!(problem.to_string().contains(said), "{name}: {problem}");
        assert_eq!(problem.field.as_deref(), Some("timezone"), "{name}");
    }
    for name in [
        "",
        "UTC",
        "America/New_York",
        "Asia/Kolkata",
        "Etc/GMT+5",
        "America/Argentina/Buenos_Aires",
    ] {
        assert!(zone(name).is_ok(), "{name}");
    }
}

#[test]
fn how_often() {
    for (expression, wanted) in [
        ("0 0 * * *", 1461),
        ("* * * * *", 1461 * 1440),
        ("0 */4 * * *", 1461 * 6),
        ("0 0 29 2 *", 1),
        ("0 0 1 * *", 48),
        ("0 0 30 2 *", 0),
        ("0 0 * * 5", 209),
    ] {
        assert_eq!(
            runs_in_four_years(expression).expect("cron"),
            wanted,
            "{expression}"
        );
    }
    // Every Friday and every thirteenth, without counting a Friday the thirteenth twice.
    let both = runs_in_four_years("0 0 13 * 5").expect("cron");
    assert!((209 + 48 - 12..209 + 48).contains(&both), "{both}");
}

fn field(low: u8, high: u8) -> impl Strategy<Value = String> {
    let value = low..=high;
    let range = (value.clone(), value.clone()).prop_map(|(a, b)| format!("{}-{}", a.min(b), a.max(b)));
    let item = prop_oneof![
        4 => value.prop_map(|it| it.to_string()),
        2 => range.clone(),
        1 => (range, 1..=high).prop_map(|(range, step)| format!("{range}/{step}")),
    ];
    let list = proptest::collection::vec(item, 1..4).prop_map(|items| items.join(","));
    prop_oneof![3 => list, 2 => Just("*".to_owned()), 1 => (1..=high).prop_map(|step| format!("*/{step}"))]
}

prop_compose! {
    fn any_cron()(minute in field(0, 59), hour in field(0, 23), day in field(1, 31), month in field(1, 12), weekday in field(0, 6)) -> String {
        format!("{minute} {hour} {day} {month} {weekday}")
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(expression in any::<String>(), zone in any::<String>()) {
        let _ = (check(&expression), words(&expression), next_runs(&expression, &zone, Timestamp::UNIX_EPOCH, 5));
    }

    #[test]
    fn any_five_words_are_read_without_a_panic(expression in "([0-9*/,LW#?A-Z-]{1,5} ){4}[0-9*/,LW#?A-Z-]{1,5}") {
        let _ = (check(&expression), words(&expression), next_runs(&expression, "UTC", Timestamp::UNIX_EPOCH, 5));
    }

    /// Runs come one after the other, after the moment asked for, on whole minutes.
    #[test]
    fn runs_go_forward(
        expression in any_cron(),
        second in 0_i64..4_000_000_000,
        zone in prop::sample::select(vec!["UTC", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata"]),
    ) {
        if let Err(problem) = check(&expression) {
            // The only thing that can be wrong with it.
            prop_assert_eq!(problem.title, "This schedule never runs.");
            return Ok(());
        }
        let after = Timestamp::from_second(second).expect("a moment");
        let runs = next_runs(&expression, zone, after, 5).expect("a schedule");
        prop_assert_eq!(runs.len(), 5);
        let all = [vec![after], runs].concat();
        prop_assert!(all.is_sorted_by(|a, b| a < b), "{:?}", all);
        prop_assert!(all[1..].iter().all(|run| run.as_second() % 60 == 0));
    }

    /// The count is the number of runs, counted one by one over the same four years.
    #[test]
    fn the_count_is_right(hour in 0..24, day in field(1, 31), month in field(1, 12), weekday in field(0, 6)) {
        let expression = format!("0 {hour} {day} {month} {weekday}");
        let counted = runs_in_four_years(&expression).expect("cron");
        let n = usize::try_from(counted).expect("few");
        let runs = next_runs(&expression, "UTC", at("2024-12-31T23:59:59Z"), n + 1);
        if n == 0 {
            prop_assert!(check(&expression).is_err());
            return Ok(());
        }
        let runs = runs.expect("runs");
        prop_assert!(runs[n - 1] < at("2029-01-01T00:00:00Z") && runs[n] >= at("2029-01-01T00:00:00Z"), "{}", expression);
    }
}
