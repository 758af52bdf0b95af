//! Reading, writing and comparing either half.

use super::*;

#[test]
fn a_half_has_two_names() {
    for half in [Half::ToApp, Half::ToOkta] {
        assert_eq!(Half::of_feature(half.feature_name()), Some(half));
    }
    assert_eq!(Half::of_feature("GROUP_PUSH"), None);
    assert_eq!((Half::ToApp.label(), Half::ToOkta.label()), ("To App", "To Okta"));
}

#[test]
fn to_app_is_read_with_oktas_defaults() {
    let nothing = ToApp {
        create_users: false,
        update_attributes: false,
        deactivate_users: false,
        sync_password: false,
        password_seed: "RANDOM".into(),
        password_change: "KEEP_EXISTING".into(),
    };
    for empty in [
        json!({}),
        json!(null),
        json!([]),
        json!({ "create": null, "update": "ENABLED" }),
    ] {
        assert_eq!(ToApp::read(&empty), nothing, "{empty}");
    }
    let found = ToApp::read(&user());
    // A word that is neither on nor off is shown as off, and stays what it is.
    assert!(!found.update_attributes);
    assert!(found.deactivate_users);
    assert_eq!(found.password_change, "CYCLE");
}

#[test]
fn to_okta_is_read_with_oktas_defaults() {
    let found = ToOkta::read(&json!({}));
    assert_eq!(
        (found.username_format.as_str(), found.exact_match.as_str()),
        ("EMAIL", "EMAIL")
    );
    assert!(!found.schedule_on && found.full_import.is_none() && found.incremental_import.is_none());
    assert_eq!(ToOkta::read(&inbound()).exact_match, "EMPLOYEE_NUMBER");
}

#[test]
fn both_spellings_are_read_and_the_recorded_one_is_sent() {
    let guide = json!({
        "importSettings": {
            "username": { "usernameFormat": "CUSTOM", "userNameExpression": "source.userName" },
            "schedule": {
                "status": "ENABLED",
                "fullImport": { "expression": "0 0 * * 0", "timeZone": "America/New_York" }
            }
        },
        "importRules": { "userCreateAndMatch": {} }
    });
    let found = ToOkta::read(&guide);
    assert_eq!(found.username_format, "CUSTOM");
    assert_eq!(found.full_import, Some(schedule("0 0 * * 0", "America/New_York")));
    let sent = found.merge(&guide);
    assert_eq!(
        sent["importSettings"]["username"],
        json!({ "userNameExpression": "source.userName", "userNameFormat": "CUSTOM" })
    );
    assert_eq!(
        sent["importSettings"]["schedule"]["fullImport"],
        json!({ "expression": "0 0 * * 0", "timezone": "America/New_York" })
    );
}

#[test]
fn the_recorded_spelling_wins_where_both_are_there() {
    let both = json!({ "importSettings": { "username": { "usernameFormat": "EMAIL", "userNameFormat": "CUSTOM" } } });
    assert_eq!(ToOkta::read(&both).username_format, "CUSTOM");
    let sent = ToOkta::read(&both).merge(&both);
    assert_eq!(
        sent["importSettings"]["username"],
        json!({ "userNameFormat": "CUSTOM" })
    );
}

#[test]
fn no_schedule_is_null_and_never_an_empty_object() {
    for none in [
        json!(null),
        json!({}),
        json!({ "expression": " " }),
        json!({ "timezone": "UTC" }),
    ] {
        let mut current = inbound();
        current["importSettings"]["schedule"]["fullImport"] = none.clone();
        let found = ToOkta::read(&current);
        assert_eq!(found.full_import, None, "{none}");
        assert_eq!(
            found.merge(&current)["importSettings"]["schedule"]["fullImport"],
            Value::Null,
            "{none}"
        );
    }
    let mut left_out = inbound();
    left_out["importSettings"]["schedule"]
        .as_object_mut()
        .expect("an object")
        .shift_remove("fullImport");
    let sent = ToOkta::read(&left_out).merge(&left_out);
    assert!(
        sent["importSettings"]["schedule"].get("fullImport").is_none(),
        "what Okta left out stays out"
    );
}

#[test]
fn only_what_differs_is_set() {
    let mut wanted = ToOkta::read(&inbound());
    wanted.auto_confirm_exact = true;
    wanted.schedule_on = true;
    wanted.incremental_import = Some(schedule("0 */4 * * *", ""));
    let mut expected = inbound();
    expected["importRules"]["userCreateAndMatch"]["autoConfirmExactMatch"] = json!(true);
    expected["importSettings"]["schedule"]["status"] = json!("ENABLED");
    // Okta's schema has no empty zone.
    expected["importSettings"]["schedule"]["incrementalImport"] = json!({ "expression": "0 */4 * * *" });
    assert_eq!(wanted.merge(&inbound()), expected);

    let mut wanted = ToApp::read(&user());
    wanted.update_attributes = true;
    let mut expected = user();
    expected["update"]["profile"]["status"] = json!("ENABLED");
    assert_eq!(wanted.merge(&user()), expected);
}

#[test]
fn a_schedule_keeps_what_else_is_in_it() {
    let full = |settings: &Value| settings["importSettings"]["schedule"]["fullImport"].clone();
    let mut current = inbound();
    current["importSettings"]["schedule"]["fullImport"] =
        json!({ "expression": "0 0 * * 0", "timezone": "UTC", "window": 3 });
    let mut wanted = ToOkta::read(&current);
    wanted.full_import = Some(schedule("0 1 * * 0", "UTC"));
    assert_eq!(
        full(&wanted.merge(&current)),
        json!({ "expression": "0 1 * * 0", "timezone": "UTC", "window": 3 })
    );
    wanted.full_import = Some(schedule("0 0 * * 0", ""));
    assert_eq!(
        full(&wanted.merge(&current)),
        json!({ "expression": "0 0 * * 0", "window": 3 })
    );
    wanted.full_import = None;
    assert_eq!(full(&wanted.merge(&current)), Value::Null);
}

#[test]
fn what_the_schema_requires_is_always_there() {
    let sent = ToOkta::read(&json!({})).merge(&json!({}));
    assert_eq!(
        sent,
        json!({
            "importSettings": { "username": { "userNameFormat": "EMAIL" } },
            "importRules": { "userCreateAndMatch": {} }
        })
    );
    assert_eq!(ToApp::read(&json!(null)).merge(&json!(null)), json!({}));
}

#[test]
fn an_expression_that_is_emptied_is_left_out() {
    let mut current = inbound();
    current["importSettings"]["username"] =
        json!({ "userNameFormat": "CUSTOM", "userNameExpression": "source.x", "other": 1 });
    let mut wanted = ToOkta::read(&current);
    wanted.username_format = "EMAIL".into();
    wanted.username_expression = String::new();
    let sent = wanted.merge(&current);
    assert_eq!(
        sent["importSettings"]["username"],
        json!({ "userNameFormat": "EMAIL", "other": 1 })
    );
}

#[test]
fn every_change_in_words() {
    let app = ToApp::read(&user());
    let other_app = ToApp {
        create_users: true,
        update_attributes: true,
        deactivate_users: false,
        sync_password: true,
        password_seed: "OKTA".into(),
        password_change: "CHANGE".into(),
    };
    let okta = ToOkta::read(&inbound());
    let other_okta = ToOkta {
        username_format: "CUSTOM".into(),
        username_expression: "source.userName".into(),
        schedule_on: true,
        full_import: Some(schedule("0 0 * * 0", "America/New_York")),
        incremental_import: Some(schedule("0 */4 * * *", "")),
        exact_match: "USERNAME".into(),
        allow_partial_match: false,
        auto_confirm_exact: true,
        auto_confirm_partial: true,
        auto_confirm_new: true,
        auto_activate_new: true,
    };
    let rows = [
        app.diff(&other_app),
        other_app.diff(&app),
        okta.diff(&other_okta),
        other_okta.diff(&okta),
    ]
    .concat();
    let said: Vec<String> = rows
        .iter()
        .map(|row| {
            let risk = row
                .risk
                .as_ref()
                .map_or_else(String::new, |risk| format!("\n    {risk}"));
            let half = row.half.label();
            format!(
                "{half} / {} [{}]: {} -> {}{risk}",
                row.label, row.field, row.before, row.after
            )
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}
