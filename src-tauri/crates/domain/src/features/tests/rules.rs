//! What has to be mended, and what only deserves a word.

use super::*;
use crate::features::rules;

fn to_okta(change: impl FnOnce(&mut ToOkta)) -> Rules {
    let mut wanted = ToOkta {
        schedule_on: true,
        full_import: Some(schedule("0 0 * * 0", "America/New_York")),
        incremental_import: Some(schedule("0 */4 * * *", "America/New_York")),
        ..ToOkta::read(&json!({}))
    };
    change(&mut wanted);
    rules(None, Some(&wanted))
}

fn to_app(change: impl FnOnce(&mut ToApp)) -> Rules {
    let mut wanted = ToApp::read(&json!({}));
    change(&mut wanted);
    rules(Some(&wanted), None)
}

fn full(expression: &str) -> Option<Schedule> {
    Some(schedule(expression, ""))
}

/// What is wrong, and the fields that are refused and noted for it.
struct Row {
    name: &'static str,
    rules: Rules,
    refused: &'static [&'static str],
    noted: &'static [&'static str],
}

#[rustfmt::skip]
fn table() -> Vec<Row> {
    let row = |name, rules, refused, noted| Row { name, rules, refused, noted };
    vec![
        row("nothing", to_okta(|_| {}), &[], &[]),
        row("an unknown match", to_okta(|it| it.exact_match = "EMPLOYEE_NUMBER".into()), &[], &[]),
        row("no match", to_okta(|it| it.exact_match = " ".into()), &["exactMatch"], &[]),
        row("no format", to_okta(|it| it.username_format = String::new()), &["usernameFormat"], &[]),
        row("custom without expression", to_okta(|it| it.username_format = "CUSTOM".into()), &["usernameExpression"], &[]),
        row("expression without custom", to_okta(|it| it.username_expression = "source.x".into()), &[], &["usernameExpression"]),
        row("on and nothing scheduled", to_okta(|it| { it.full_import = None; it.incremental_import = None; }), &["scheduleOn"], &[]),
        row("only incremental", to_okta(|it| it.full_import = None), &[], &[]),
        row("only full", to_okta(|it| it.incremental_import = None), &[], &[]),
        row("scheduled but off", to_okta(|it| it.schedule_on = false), &[], &["scheduleOn"]),
        row("full more often", to_okta(|it| it.full_import = full("0 */2 * * *")), &["fullImport.expression"], &[]),
        row("full as often", to_okta(|it| it.full_import = full("30 1-23/4 * * *")), &[], &[]),
        row("full more often while off", to_okta(|it| { it.schedule_on = false; it.full_import = full("* * * * *"); }), &["fullImport.expression"], &["scheduleOn"]),
        row("no cron", to_okta(|it| it.full_import = full("daily")), &["fullImport.expression"], &[]),
        row("no zone", to_okta(|it| it.incremental_import = Some(schedule("0 */4 * * *", "Mars/Base"))), &["incrementalImport.timezone"], &[]),
        row("neither", to_okta(|it| it.incremental_import = Some(schedule("x", "y"))), &["incrementalImport.expression", "incrementalImport.timezone"], &[]),
        row("never", to_okta(|it| it.full_import = full("0 0 30 2 *")), &["fullImport.expression"], &[]),
        row("confirm what is not matched", to_okta(|it| it.auto_confirm_partial = true), &[], &["autoConfirmPartial"]),
        row("activate what is not confirmed", to_okta(|it| it.auto_activate_new = true), &[], &["autoActivateNew"]),
        row("confirm and activate", to_okta(|it| { it.auto_confirm_new = true; it.auto_activate_new = true; }), &[], &[]),
        row("to app: nothing", to_app(|_| {}), &[], &[]),
        row("to app: no seed", to_app(|it| it.password_seed = String::new()), &["passwordSeed"], &[]),
        row("to app: no change", to_app(|it| it.password_change = String::new()), &["passwordChange"], &[]),
        row("to app: unknown change", to_app(|it| it.password_change = "CYCLE".into()), &[], &[]),
        row("to app: seed without sync", to_app(|it| it.password_seed = "OKTA".into()), &[], &["passwordSeed"]),
        row("to app: seed with sync", to_app(|it| { it.password_seed = "OKTA".into(); it.sync_password = true; }), &[], &[]),
    ]
}

pub(super) fn sentences() -> Vec<(String, Problem)> {
    let mut all = Vec::new();
    for Row { name, rules, .. } in table() {
        all.extend(
            rules
                .refusals
                .into_iter()
                .map(|it| (format!("features: {name}"), it)),
        );
        all.extend(
            rules
                .notes
                .into_iter()
                .map(|it| (format!("features, a note: {name}"), it)),
        );
    }
    all
}

fn fields(problems: &[Problem]) -> Vec<&str> {
    problems
        .iter()
        .filter_map(|problem| problem.field.as_deref())
        .collect()
}

#[test]
fn every_rule() {
    for Row {
        name,
        rules,
        refused,
        noted,
    } in table()
    {
        assert_eq!(fields(&rules.refusals), refused, "{name}: {:?}", rules.refusals);
        assert_eq!(fields(&rules.notes), noted, "{name}: {:?}", rules.notes);
    }
}

#[test]
fn an_absent_half_is_left_alone() {
    assert_eq!(rules(None, None), Rules::default());
}

/// By pairs that are easy to get wrong by comparing fields.
#[test]
fn how_often_is_counted_in_runs() {
    let refused = |full: &str, incremental: &str| {
        let it = to_okta(|it| {
            it.full_import = Some(schedule(full, ""));
            it.incremental_import = Some(schedule(incremental, ""));
        });
        !it.refusals.is_empty()
    };
    for (full, incremental, wanted) in [
        ("0 0 * * *", "0 0 * * *", false),
        ("0 0,12 * * *", "0 0 * * *", true),
        ("0 0 * * 1-5", "0 0 * * *", false),
        ("0 0 * * *", "0 0 * * 1-5", true),
        ("0 0 1 * *", "0 0 * * 0", false),
        ("0 0 * * 0", "0 0 1 * *", true),
        // On the first and on every Monday: the days are added together.
        ("0 0 1 * 1", "0 0 * * 1", true),
        ("0 0 29 2 *", "0 0 1 1 *", false),
        ("59 23 31 12 *", "* * * * *", false),
    ] {
        assert_eq!(refused(full, incremental), wanted, "{full} against {incremental}");
    }
}
