//! Provisioning features: defaults, checks and the answer's shape. Names as recorded on the wire (`userNameFormat`,
//! `timezone`), which differ from the schema's.

use super::App;
use serde_json::{Value, json};

/// To App, everything off.
pub fn to_app_default() -> Value {
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
pub fn to_okta_default() -> Value {
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
    ("/importRules/userCreateAndMatch/exactMatchCriteria", &["EMAIL", "USERNAME"]),
];

fn check_values(body: &Value, allowed: &[(&str, &[&str])]) -> Result<(), String> {
    for (pointer, values) in allowed {
        match body.pointer(pointer) {
            None => {}
            Some(Value::String(text)) if values.contains(&text.as_str()) => {}
            Some(_) => {
                let name = pointer.rsplit('/').next().unwrap_or_default();
                return Err(format!("{name}: The value must be one of {}.", values.join(", ")));
            }
        }
    }
    Ok(())
}

fn check_import(body: &Value, name: &str) -> Result<(), String> {
    match body.pointer(&format!("/importSettings/schedule/{name}")) {
        None | Some(Value::Null) => Ok(()),
        Some(schedule) => {
            let expression = schedule["expression"].as_str().ok_or(format!("{name}.expression: The field cannot be left blank"))?;
            if expression.split_whitespace().count() != 5 {
                return Err(format!("{name}.expression: The cron expression is not valid."));
            }
            match &schedule["timezone"] {
                Value::Null => Ok(()),
                Value::String(zone) if jiff::tz::TimeZone::get(zone).is_ok() && zone.len() <= 64 => Ok(()),
                _ => Err(format!("{name}.timezone: The time zone is not valid.")),
            }
        }
    }
}

/// Puts what was sent over what is there, member by member.
fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from.clone(),
    }
}

/// Changes a feature.
///
/// # Errors
/// The cause Okta would name.
pub fn put(app: &mut App, name: &str, body: &Value) -> Result<(), String> {
    if name == "USER_PROVISIONING" {
        check_values(body, TO_APP_VALUES)?;
        merge(&mut app.to_app, body);
        return Ok(());
    }
    for half in ["importSettings", "importRules"] {
        if !body[half].is_object() {
            return Err(format!("{half}: The field cannot be left blank"));
        }
    }
    check_values(body, TO_OKTA_VALUES)?;
    check_import(body, "fullImport")?;
    check_import(body, "incrementalImport")?;
    if body.pointer("/importSettings/username/userNameFormat") == Some(&json!("CUSTOM"))
        && body.pointer("/importSettings/username/userNameExpression").and_then(Value::as_str).is_none_or(str::is_empty)
    {
        return Err("userNameExpression: The field cannot be left blank".into());
    }
    merge(&mut app.to_okta, body);
    Ok(())
}

/// A feature as Okta shows it.
pub fn answer(app: &App, name: &str, org: &str) -> Value {
    let (description, capabilities) = if name == "USER_PROVISIONING" {
        ("User provisioning settings from Okta to a downstream application", &app.to_app)
    } else {
        ("In-bound provisioning settings for provisioning users from an application to Okta", &app.to_okta)
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

    #[test]
    fn inbound_needs_both_halves_and_known_values() {
        let mut app = App::new("0oa1practicegoogle01", "google", "G");
        assert!(put(&mut app, "INBOUND_PROVISIONING", &json!({ "importRules": {} })).is_err());
        let mut whole = to_okta_default();
        whole["importSettings"]["schedule"]["fullImport"] = json!({});
        assert!(put(&mut app, "INBOUND_PROVISIONING", &whole).is_err(), "an empty schedule has no expression");
        whole["importSettings"]["schedule"]["fullImport"] = json!({ "expression": "0 0 * * 0", "timezone": "Mars/Base" });
        assert!(put(&mut app, "INBOUND_PROVISIONING", &whole).is_err());
        whole["importSettings"]["schedule"]["fullImport"]["timezone"] = json!("Europe/Paris");
        assert!(put(&mut app, "INBOUND_PROVISIONING", &whole).is_ok());
        assert!(put(&mut app, "USER_PROVISIONING", &json!({ "update": { "password": { "change": "CYCLE" } } })).is_err());
    }
}
