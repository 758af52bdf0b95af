//! Provisioning features: defaults, checks and the answer's shape. Names as recorded on the wire (`userNameFormat`,
//! `timezone`), which differ from the schema's.

use super::{App, schedule};
use serde_json::{Value, json};

/// To App.
pub(crate) const USER: &str = "USER_PROVISIONING";
/// To Okta.
pub(crate) const INBOUND: &str = "INBOUND_PROVISIONING";
/// Both, in the order Okta lists them.
pub(crate) const NAMES: &[&str] = &[USER, INBOUND];

/// Why a change is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// Something is of another type than it can be.
    Malformed,
    /// The cause Okta names.
    Cause(String),
}

/// To App, everything off.
pub(crate) fn to_app_default() -> Value {
    json!({
        "create": { "lifecycleCreate": { "status": "DISABLED" } },
        "update": {
            "profile": { "status": "DISABLED" },
            "lifecycleDeactivate": { "status": "DISABLED" },
            "password": { "status": "DISABLED", "seed": "RANDOM", "change": "KEEP_EXISTING" },
        },
    })
}

/// To Okta, no schedule.
pub(crate) fn to_okta_default() -> Value {
    json!({
        "importSettings": {
            "username": { "userNameFormat": "EMAIL" },
            "schedule": { "status": "DISABLED", "fullImport": null, "incrementalImport": null },
        },
        "importRules": {
            "userCreateAndMatch": {
                "exactMatchCriteria": "USERNAME", "allowPartialMatch": true, "autoConfirmPartialMatch": false,
                "autoConfirmExactMatch": false, "autoConfirmNewUsers": false, "autoActivateNewUsers": false,
            },
        },
    })
}

/// Closed values: place and what may stand there.
const TO_APP_VALUES: &[(&str, &[&str])] = &[
    ("/create/lifecycleCreate/status", &["ENABLED", "DISABLED"]),
    ("/update/profile/status", &["ENABLED", "DISABLED"]),
    ("/update/lifecycleDeactivate/status", &["ENABLED", "DISABLED"]),
    ("/update/password/status", &["ENABLED", "DISABLED"]),
    ("/update/password/seed", &["OKTA", "RANDOM"]),
    ("/update/password/change", &["CHANGE", "KEEP_EXISTING"]),
];

const TO_OKTA_VALUES: &[(&str, &[&str])] = &[
    ("/importSettings/username/userNameFormat", &["EMAIL", "CUSTOM"]),
    ("/importSettings/schedule/status", &["ENABLED", "DISABLED"]),
    (
        "/importRules/userCreateAndMatch/exactMatchCriteria",
        &["EMAIL", "USERNAME"],
    ),
];

fn check_values(body: &Value, allowed: &[(&str, &[&str])]) -> Result<(), Wrong> {
    for (pointer, values) in allowed {
        match body.pointer(pointer) {
            None => {}
            Some(Value::String(text)) if values.contains(&text.as_str()) => {}
            Some(_) => {
                let name = pointer.rsplit('/').next().unwrap_or_default();
                return Err(Wrong::Cause(format!(
                    "{name}: The value must be one of {}.",
                    values.join(", ")
                )));
            }
        }
    }
    Ok(())
}

const FLAGS: &[&str] = &[
    "allowPartialMatch",
    "autoConfirmPartialMatch",
    "autoConfirmExactMatch",
    "autoConfirmNewUsers",
    "autoActivateNewUsers",
];

fn blank(name: &str) -> Wrong {
    Wrong::Cause(format!("{name}: The field cannot be left blank"))
}

fn check_import(body: &Value, name: &str) -> Result<(), Wrong> {
    let Some(import) = body
        .pointer(&format!("/importSettings/schedule/{name}"))
        .filter(|import| !import.is_null())
    else {
        return Ok(());
    };
    if !import.is_object() {
        return Err(Wrong::Malformed);
    }
    let expression = import["expression"]
        .as_str()
        .ok_or_else(|| blank(&format!("{name}.expression")))?;
    if !schedule::is_cron(expression) {
        return Err(Wrong::Cause(format!(
            "{name}.expression: The cron expression is not valid."
        )));
    }
    match &import["timezone"] {
        Value::Null => Ok(()),
        Value::String(zone) if schedule::is_zone(zone) => Ok(()),
        _ => Err(Wrong::Cause(format!(
            "{name}.timezone: The time zone is not valid."
        ))),
    }
}

fn check_inbound(body: &Value) -> Result<(), Wrong> {
    for half in ["importSettings", "importRules"] {
        if !body[half].is_object() {
            return Err(blank(half));
        }
    }
    check_values(body, TO_OKTA_VALUES)?;
    let rules = &body["importRules"]["userCreateAndMatch"];
    if FLAGS
        .iter()
        .any(|flag| !matches!(rules[*flag], Value::Bool(_) | Value::Null))
    {
        return Err(Wrong::Malformed);
    }
    check_import(body, "fullImport")?;
    check_import(body, "incrementalImport")?;
    let username = &body["importSettings"]["username"];
    if username["userNameFormat"] == "CUSTOM"
        && username["userNameExpression"]
            .as_str()
            .is_none_or(|text| text.trim().is_empty())
    {
        return Err(blank("userNameExpression"));
    }
    Ok(())
}

/// Every place a change may name. What else is sent is dropped, as a field Okta does not know is.
fn shape(name: &str) -> Value {
    if name == USER {
        return to_app_default();
    }
    let mut shape = to_okta_default();
    let import = json!({ "expression": null, "timezone": null });
    shape["importSettings"]["username"]["userNameExpression"] = Value::Null;
    shape["importSettings"]["schedule"]["fullImport"] = import.clone();
    shape["importSettings"]["schedule"]["incrementalImport"] = import;
    shape
}

/// Puts what was sent over what is there, member by member, as far as the shape knows them.
fn merge(into: &mut Value, from: &Value, shape: &Value, at: &str, ignored: &[String]) {
    if ignored.iter().any(|pointer| pointer == at) {
        return;
    }
    match (from, shape) {
        (Value::Object(members), Value::Object(known)) => {
            // A schedule is one thing: a new one keeps nothing of the old one's time zone.
            if !into.is_object() || known.contains_key("expression") {
                *into = json!({});
            }
            for (key, value) in members {
                if let Some(shape) = known.get(key) {
                    merge(
                        &mut into[key.as_str()],
                        value,
                        shape,
                        &format!("{at}/{key}"),
                        ignored,
                    );
                }
            }
        }
        (other, _) => *into = other.clone(),
    }
}

/// Changes a feature; settings whose place is in `ignored` stay as they are.
///
/// # Errors
/// Why Okta would refuse.
pub(crate) fn put(app: &mut App, name: &str, body: &Value, ignored: &[String]) -> Result<(), Wrong> {
    let kept = if name == USER {
        check_values(body, TO_APP_VALUES)?;
        app.to_app.get_or_insert_with(to_app_default)
    } else {
        check_inbound(body)?;
        app.to_okta.get_or_insert_with(to_okta_default)
    };
    merge(kept, body, &shape(name), "", ignored);
    // A format other than CUSTOM has no expression to keep.
    if name == INBOUND
        && kept["importSettings"]["username"]["userNameFormat"] != "CUSTOM"
        && let Some(username) = kept["importSettings"]["username"].as_object_mut()
    {
        username.remove("userNameExpression");
    }
    Ok(())
}

/// A feature as Okta shows it.
pub(crate) fn answer(app: &App, name: &str, org: &str) -> Value {
    let (description, capabilities) = if name == USER {
        let capabilities = app.to_app.clone().unwrap_or_else(to_app_default);
        (
            "User provisioning settings from Okta to a downstream application",
            capabilities,
        )
    } else {
        let capabilities = app.to_okta.clone().unwrap_or_else(to_okta_default);
        (
            "In-bound provisioning settings for provisioning users from an application to Okta",
            capabilities,
        )
    };
    json!({
        "name": name,
        "status": if app.connection.enabled { "ENABLED" } else { "DISABLED" },
        "description": description,
        "capabilities": capabilities,
        "_links": { "self": {
            "href": format!("{org}/api/v1/apps/{}/features/{name}", app.id), "hints": { "allow": ["GET", "PUT"] } } },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn google() -> App {
        App::new("0oa1practicegoogle01", "google", "G")
    }

    fn cause(text: &str) -> Result<(), Wrong> {
        Err(Wrong::Cause(text.into()))
    }

    #[test]
    fn inbound_needs_both_halves_and_known_values() {
        let mut app = google();
        let mut send = |body: &Value| put(&mut app, INBOUND, body, &[]);
        assert_eq!(
            send(&json!({ "importRules": {} })),
            cause("importSettings: The field cannot be left blank")
        );
        let mut whole = to_okta_default();
        whole["importSettings"]["schedule"]["fullImport"] = json!({});
        assert_eq!(
            send(&whole),
            cause("fullImport.expression: The field cannot be left blank")
        );
        whole["importSettings"]["schedule"]["fullImport"] =
            json!({ "expression": "0 0 * * 0", "timezone": "Mars/Base" });
        assert_eq!(
            send(&whole),
            cause("fullImport.timezone: The time zone is not valid.")
        );
        whole["importSettings"]["schedule"]["fullImport"] =
            json!({ "expression": "0 0 * *", "timezone": "Europe/Paris" });
        assert_eq!(
            send(&whole),
            cause("fullImport.expression: The cron expression is not valid.")
        );
        whole["importSettings"]["schedule"]["fullImport"]["expression"] = json!("0 0 * * 0");
        assert_eq!(send(&whole), Ok(()));
        whole["importSettings"]["schedule"]["fullImport"] = json!({ "expression": "0 1 * * 0" });
        assert_eq!(send(&whole), Ok(()));
        whole["importRules"]["userCreateAndMatch"]["allowPartialMatch"] = json!("yes");
        assert_eq!(send(&whole), Err(Wrong::Malformed));
        let kept =
            &answer(&app, INBOUND, "http://o")["capabilities"]["importSettings"]["schedule"]["fullImport"];
        assert_eq!(
            *kept,
            json!({ "expression": "0 1 * * 0" }),
            "a schedule is replaced as a whole"
        );
    }

    #[test]
    fn values_outside_the_schema_are_refused() {
        let body = json!({ "update": { "password": { "change": "CYCLE" } } });
        assert_eq!(
            put(&mut google(), USER, &body, &[]),
            cause("change: The value must be one of CHANGE, KEEP_EXISTING.")
        );
    }

    #[test]
    fn a_part_changes_that_part_and_unknown_names_are_dropped() {
        let mut app = google();
        let body = json!({ "create": { "lifecycleCreate": { "status": "ENABLED" } }, "more": 1, "update": { "more": 1 } });
        assert_eq!(put(&mut app, USER, &body, &[]), Ok(()));
        let mut wanted = to_app_default();
        wanted["create"]["lifecycleCreate"]["status"] = json!("ENABLED");
        assert_eq!(answer(&app, USER, "http://o")["capabilities"], wanted);
    }

    #[test]
    fn the_guides_spelling_of_names_is_not_the_wires() {
        let mut app = google();
        let mut whole = to_okta_default();
        whole["importSettings"]["username"] = json!({ "usernameFormat": "CUSTOM" });
        whole["importSettings"]["schedule"]["fullImport"] =
            json!({ "expression": "0 0 * * 0", "timeZone": "Europe/Paris" });
        assert_eq!(put(&mut app, INBOUND, &whole, &[]), Ok(()));
        let settings = &answer(&app, INBOUND, "http://o")["capabilities"]["importSettings"];
        assert_eq!(settings["username"], json!({ "userNameFormat": "EMAIL" }));
        assert_eq!(
            settings["schedule"]["fullImport"],
            json!({ "expression": "0 0 * * 0" })
        );
    }

    #[test]
    fn a_custom_name_needs_its_expression_and_loses_it_with_the_format() {
        let mut app = google();
        let mut whole = to_okta_default();
        whole["importSettings"]["username"] = json!({ "userNameFormat": "CUSTOM" });
        assert_eq!(
            put(&mut app, INBOUND, &whole, &[]),
            cause("userNameExpression: The field cannot be left blank")
        );
        whole["importSettings"]["username"]["userNameExpression"] = json!("source.userName");
        assert_eq!(put(&mut app, INBOUND, &whole, &[]), Ok(()));
        let username = |app: &App| {
            answer(app, INBOUND, "http://o")["capabilities"]["importSettings"]["username"].clone()
        };
        assert_eq!(username(&app)["userNameExpression"], "source.userName");
        assert_eq!(put(&mut app, INBOUND, &to_okta_default(), &[]), Ok(()));
        assert_eq!(username(&app), json!({ "userNameFormat": "EMAIL" }));
    }

    #[test]
    fn an_ignored_setting_is_accepted_and_not_stored() {
        let mut app = google();
        let body = json!({ "update": { "profile": { "status": "ENABLED" }, "lifecycleDeactivate": { "status": "ENABLED" } } });
        assert_eq!(
            put(&mut app, USER, &body, &["/update/profile/status".into()]),
            Ok(())
        );
        let update = &answer(&app, USER, "http://o")["capabilities"]["update"];
        assert_eq!(
            (
                &update["profile"]["status"],
                &update["lifecycleDeactivate"]["status"]
            ),
            (&json!("DISABLED"), &json!("ENABLED"))
        );
    }
}
