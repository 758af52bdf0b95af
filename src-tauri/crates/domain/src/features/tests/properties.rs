//! What holds for any settings, and for whatever Okta has.

use super::*;
use proptest::prelude::*;

fn word() -> impl Strategy<Value = String> {
    let known = [
        "EMAIL",
        "CUSTOM",
        "USERNAME",
        "OKTA",
        "RANDOM",
        "CHANGE",
        "KEEP_EXISTING",
        "",
        "none",
        "CYCLE",
    ];
    prop_oneof![
        prop::sample::select(known.to_vec()).prop_map(String::from),
        "[A-Za-z_ ]{0,8}"
    ]
}

prop_compose! {
    fn any_to_app()(switches in any::<[bool; 4]>(), seed in word(), change in word()) -> ToApp {
        ToApp {
            create_users: switches[0],
            update_attributes: switches[1],
            deactivate_users: switches[2],
            sync_password: switches[3],
            password_seed: seed,
            password_change: change,
        }
    }
}

fn any_schedule() -> impl Strategy<Value = Option<Schedule>> {
    let expression = prop::sample::select(vec!["0 */4 * * *", "0 0 * * 0", "x", "00 21 * * Mon,Thu"]);
    let zone = prop::sample::select(vec!["", "UTC", "America/New_York", "nowhere"]);
    prop::option::of((expression, zone).prop_map(|(expression, zone)| schedule(expression, zone)))
}

prop_compose! {
    fn any_to_okta()(
        switches in any::<[bool; 6]>(),
        format in word(),
        expression in word(),
        exact in word(),
        full in any_schedule(),
        incremental in any_schedule(),
    ) -> ToOkta {
        ToOkta {
            username_format: format,
            username_expression: expression,
            schedule_on: switches[0],
            full_import: full,
            incremental_import: incremental,
            exact_match: exact,
            allow_partial_match: switches[1],
            auto_confirm_exact: switches[2],
            auto_confirm_partial: switches[3],
            auto_confirm_new: switches[4],
            auto_activate_new: switches[5],
        }
    }
}

/// Okta's settings with anything in the place of anything.
fn any_json() -> impl Strategy<Value = Value> {
    let real = (
        prop::sample::select(vec![inbound(), user()]),
        proptest::collection::vec((any::<prop::sample::Index>(), junk()), 0..5),
    );
    let spoiled = real.prop_map(|(mut value, changes)| {
        for (place, junk) in changes {
            let pointers = pointers(&value, String::new());
            if let Some(place) = pointers
                .get(place.index(pointers.len()))
                .and_then(|pointer| value.pointer_mut(pointer))
            {
                *place = junk;
            }
        }
        value
    });
    prop_oneof![spoiled, junk()]
}

/// Every place in a value but the whole.
fn pointers(value: &Value, path: String) -> Vec<String> {
    let inside = value
        .as_object()
        .into_iter()
        .flatten()
        .flat_map(|(key, value)| pointers(value, format!("{path}/{key}")));
    let mut all: Vec<String> = inside.collect();
    if !path.is_empty() || all.is_empty() {
        all.push(path);
    }
    all
}

/// Okta's keys in places where they mostly do not belong, with values of any kind.
fn junk() -> impl Strategy<Value = Value> {
    let words = [
        "ENABLED",
        "DISABLED",
        "PAUSED",
        "EMAIL",
        "UTC",
        "0 0 * * *",
        "\u{1f600}",
        "\0",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        prop::sample::select(words.to_vec()).prop_map(Value::from),
    ];
    let keys = [
        "create",
        "update",
        "profile",
        "password",
        "lifecycleCreate",
        "status",
        "seed",
        "change",
        "importSettings",
        "importRules",
        "username",
        "usernameFormat",
        "userNameFormat",
        "userNameExpression",
        "schedule",
        "fullImport",
        "incrementalImport",
        "expression",
        "timezone",
        "timeZone",
        "userCreateAndMatch",
        "exactMatchCriteria",
        "unknown",
    ];
    leaf.prop_recursive(5, 32, 6, move |inner| {
        let pairs = proptest::collection::vec((prop::sample::select(keys.to_vec()), inner.clone()), 0..6);
        prop_oneof![
            3 => pairs.prop_map(|pairs| pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
            1 => proptest::collection::vec(inner, 0..3).prop_map(Value::Array),
        ]
    })
}

/// Where Okta's schema requires an object.
const OBJECTS: [&str; 4] = [
    "/importSettings",
    "/importSettings/username",
    "/importRules",
    "/importRules/userCreateAndMatch",
];

/// Says which value of `before` is not in `after` as it was.
fn kept(before: &Value, after: &Value, path: &str) -> Result<(), String> {
    let Value::Object(fields) = before else {
        return if before == after {
            Ok(())
        } else {
            Err(format!("{path}: {before} became {after}"))
        };
    };
    for (key, value) in fields {
        let path = format!("{path}/{key}");
        // Renamed or set to null on purpose, which has its own tests.
        let on_purpose = path == "/importSettings/username/usernameFormat"
            || path == "/importSettings/schedule/fullImport"
            || path == "/importSettings/schedule/incrementalImport"
            || path == "/importSettings/username/userNameFormat" && value.is_null()
            || OBJECTS.contains(&path.as_str()) && !value.is_object();
        if !on_purpose {
            kept(
                value,
                after.get(key).ok_or_else(|| format!("{path} is gone"))?,
                &path,
            )?;
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// What nobody changed goes back as it came, whatever it is.
    #[test]
    fn nothing_changed_changes_nothing(current in any_json()) {
        let app = ToApp::read(&current).merge(&current);
        let okta = ToOkta::read(&current).merge(&current);
        if current.is_object() {
            prop_assert_eq!(app.to_string(), current.to_string());
            prop_assert_eq!(kept(&current, &okta, ""), Ok(()));
        }
        // A second time there is nothing left to do.
        prop_assert_eq!(ToOkta::read(&okta).merge(&okta).to_string(), okta.to_string());
    }

    /// What was wanted is what is read afterwards.
    #[test]
    fn what_is_sent_reads_back_as_wanted(current in any_json(), app in any_to_app(), okta in any_to_okta()) {
        prop_assert_eq!(ToApp::read(&app.merge(&current)), app);
        prop_assert_eq!(ToOkta::read(&okta.merge(&current)), okta);
    }

    /// Unknown keys and values survive a change of everything else.
    #[test]
    fn the_unknown_survives(app in any_to_app(), okta in any_to_okta()) {
        let sent = okta.merge(&inbound());
        prop_assert_eq!(&sent["aiSettings"], &inbound()["aiSettings"]);
        prop_assert_eq!(&sent["importSettings"]["safeguard"], &inbound()["importSettings"]["safeguard"]);
        prop_assert_eq!(&sent["importSettings"]["username"]["caseSensitive"], &json!(false));
        prop_assert_eq!(&sent["importSettings"]["schedule"]["jitterMinutes"], &json!(7));
        prop_assert_eq!(&sent["importRules"]["userCreateAndMatch"]["autoLinkGroups"], &json!("SOMETIMES"));
        let sent = app.merge(&user());
        prop_assert_eq!(&sent["create"]["lifecycleCreate"]["since"], &user()["create"]["lifecycleCreate"]["since"]);
        prop_assert!(sent["import"].is_null() && sent.get("import").is_some());
        // What stays off stays the word Okta has for it.
        let status = if app.update_attributes { "ENABLED" } else { "PAUSED" };
        prop_assert_eq!(&sent["update"]["profile"]["status"], &json!(status));
    }

    /// There are rows if and only if something differs, one for each field that does.
    #[test]
    fn rows_are_what_differs(
        app in any_to_app(),
        other_app in any_to_app(),
        okta in any_to_okta(),
        other_okta in any_to_okta(),
    ) {
        let fields_of = |value: Value| value.as_object().cloned().unwrap_or_default();
        let differing = |before: Value, after: Value| {
            let after = fields_of(after);
            fields_of(before).into_iter().filter(|(key, value)| after[key] != *value).map(|(key, _)| key).collect::<Vec<_>>()
        };
        let json = |it: &ToApp| serde_json::to_value(it).expect("json");
        let wanted = differing(json(&app), json(&other_app));
        let mut rows: Vec<String> = app.diff(&other_app).into_iter().map(|row| row.field).collect();
        let mut wanted_rows = wanted;
        rows.sort();
        wanted_rows.sort();
        prop_assert_eq!(rows, wanted_rows);

        let json = |it: &ToOkta| serde_json::to_value(it).expect("json");
        let mut wanted_rows = differing(json(&okta), json(&other_okta));
        let mut rows: Vec<String> = okta.diff(&other_okta).into_iter().map(|row| row.field).collect();
        rows.sort();
        wanted_rows.sort();
        prop_assert_eq!(rows, wanted_rows);
        prop_assert!(app.diff(&app).is_empty() && okta.diff(&okta).is_empty());
    }

    /// Rules read anything without a panic, and each names its field.
    #[test]
    fn rules_name_their_field(app in any_to_app(), okta in any_to_okta()) {
        let rules = crate::features::rules(Some(&app), Some(&okta));
        prop_assert!(rules.refusals.iter().chain(&rules.notes).all(|problem| problem.field.is_some()));
    }
}
