//! To Okta: what Okta imports from the app (`INBOUND_PROVISIONING`, schema `CapabilitiesInboundProvisioningObject`).

use super::diff::Rows;
use super::{Change, Feature, Half, json};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json as value};
use ts_rs::TS;

/// An import schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Schedule {
    /// UNIX cron, five fields.
    pub expression: String,
    /// IANA time zone; empty means Okta's default.
    pub timezone: String,
}

/// To Okta settings (`INBOUND_PROVISIONING`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ToOkta {
    /// `EMAIL` or `CUSTOM`; others as Okta said them.
    pub username_format: String,
    /// Okta Expression Language, with `CUSTOM`.
    pub username_expression: String,
    /// Scheduled import is on.
    pub schedule_on: bool,
    /// Full import.
    pub full_import: Option<Schedule>,
    /// Incremental import.
    pub incremental_import: Option<Schedule>,
    /// `EMAIL` or `USERNAME`; others as Okta said them.
    pub exact_match: String,
    /// Allow partial matches.
    pub allow_partial_match: bool,
    /// Auto-confirm exact matches.
    pub auto_confirm_exact: bool,
    /// Auto-confirm partial matches.
    pub auto_confirm_partial: bool,
    /// Auto-confirm new users.
    pub auto_confirm_new: bool,
    /// Auto-activate new users.
    pub auto_activate_new: bool,
}

const USERNAME: &[&str] = &["importSettings", "username"];
/// The name on the wire (recorded); the published schema says `usernameFormat`.
const FORMAT: &[&str] = &["importSettings", "username", "userNameFormat"];
const FORMAT_IN_SCHEMA: &[&str] = &["importSettings", "username", "usernameFormat"];
const EXPRESSION: &[&str] = &["importSettings", "username", "userNameExpression"];
const SCHEDULE_STATUS: &[&str] = &["importSettings", "schedule", "status"];
const FULL: &[&str] = &["importSettings", "schedule", "fullImport"];
const INCREMENTAL: &[&str] = &["importSettings", "schedule", "incrementalImport"];
const RULES: &[&str] = &["importRules", "userCreateAndMatch"];

fn rule(name: &'static str) -> [&'static str; 3] {
    ["importRules", "userCreateAndMatch", name]
}

impl Feature for ToOkta {
    const HALF: Half = Half::ToOkta;

    fn read(capabilities: &Value) -> Self {
        let format = json::at(capabilities, FORMAT).or_else(|| json::at(capabilities, FORMAT_IN_SCHEMA));
        Self {
            username_format: format.and_then(Value::as_str).unwrap_or("EMAIL").to_owned(),
            username_expression: json::text(capabilities, EXPRESSION, ""),
            schedule_on: json::enabled(capabilities, SCHEDULE_STATUS),
            full_import: Schedule::read(json::at(capabilities, FULL)),
            incremental_import: Schedule::read(json::at(capabilities, INCREMENTAL)),
            exact_match: json::text(capabilities, &rule("exactMatchCriteria"), "EMAIL"),
            allow_partial_match: json::yes(capabilities, &rule("allowPartialMatch")),
            auto_confirm_exact: json::yes(capabilities, &rule("autoConfirmExactMatch")),
            auto_confirm_partial: json::yes(capabilities, &rule("autoConfirmPartialMatch")),
            auto_confirm_new: json::yes(capabilities, &rule("autoConfirmNewUsers")),
            auto_activate_new: json::yes(capabilities, &rule("autoActivateNewUsers")),
        }
    }

    fn merge(&self, current: &Value) -> Value {
        let now = Self::read(current);
        let mut body = current.clone();
        // Both are required by the schema, whatever Okta gave.
        json::need_object(&mut body, USERNAME);
        json::need_object(&mut body, RULES);
        // One name on the wire, always there: the schema requires it.
        let spelled = json::take(&mut body, FORMAT_IN_SCHEMA).filter(|it| !it.is_null());
        if self.username_format != now.username_format {
            json::set(&mut body, FORMAT, Value::from(self.username_format.as_str()));
        } else if json::at(&body, FORMAT).is_none() {
            json::set(
                &mut body,
                FORMAT,
                spelled.unwrap_or_else(|| Value::from(self.username_format.as_str())),
            );
        }
        if self.username_expression != now.username_expression {
            if self.username_expression.is_empty() {
                json::take(&mut body, EXPRESSION);
            } else {
                json::set(
                    &mut body,
                    EXPRESSION,
                    Value::from(self.username_expression.as_str()),
                );
            }
        }
        if self.schedule_on != now.schedule_on {
            json::set(&mut body, SCHEDULE_STATUS, json::status(self.schedule_on));
        }
        Schedule::merge(
            self.full_import.as_ref(),
            now.full_import.as_ref(),
            &mut body,
            FULL,
        );
        Schedule::merge(
            self.incremental_import.as_ref(),
            now.incremental_import.as_ref(),
            &mut body,
            INCREMENTAL,
        );
        if self.exact_match != now.exact_match {
            json::set(
                &mut body,
                &rule("exactMatchCriteria"),
                Value::from(self.exact_match.as_str()),
            );
        }
        for (name, wanted, now) in [
            (
                "allowPartialMatch",
                self.allow_partial_match,
                now.allow_partial_match,
            ),
            (
                "autoConfirmExactMatch",
                self.auto_confirm_exact,
                now.auto_confirm_exact,
            ),
            (
                "autoConfirmPartialMatch",
                self.auto_confirm_partial,
                now.auto_confirm_partial,
            ),
            ("autoConfirmNewUsers", self.auto_confirm_new, now.auto_confirm_new),
            (
                "autoActivateNewUsers",
                self.auto_activate_new,
                now.auto_activate_new,
            ),
        ] {
            if wanted != now {
                json::set(&mut body, &rule(name), Value::from(wanted));
            }
        }
        body
    }

    fn diff(&self, after: &Self) -> Vec<Change> {
        let mut rows = Rows::of(Self::HALF);
        rows.value(
            "usernameFormat",
            "Okta username format",
            (&self.username_format, &after.username_format),
            format_words,
            Some("People imported from now on get another Okta username, and may be matched differently."),
        );
        rows.value(
            "usernameExpression",
            "Okta username expression",
            (&self.username_expression, &after.username_expression),
            |text| {
                if text.is_empty() {
                    "none".into()
                } else {
                    text.to_owned()
                }
            },
            None,
        );
        rows.switch(
            "scheduleOn",
            "Import schedule",
            self.schedule_on,
            after.schedule_on,
            |on| on.then_some("Imports run by themselves from now on."),
        );
        let imports = [
            ("fullImport", "Full import", &self.full_import, &after.full_import),
            (
                "incrementalImport",
                "Incremental import",
                &self.incremental_import,
                &after.incremental_import,
            ),
        ];
        for (field, label, before, after) in imports {
            if before != after {
                rows.change(
                    field,
                    label,
                    Schedule::words(before.as_ref()),
                    Schedule::words(after.as_ref()),
                    None,
                );
            }
        }
        rows.value(
            "exactMatch",
            "Imported user is an exact match to Okta user if",
            (&self.exact_match, &after.exact_match),
            match_words,
            Some("A wrong match links an app account to another person."),
        );
        rows.switch(
            "allowPartialMatch",
            "Allow partial matches",
            self.allow_partial_match,
            after.allow_partial_match,
            |on| {
                on.then_some("People are matched by first and last name alone, even if their email differs.")
            },
        );
        rows.switch(
            "autoConfirmExact",
            "Auto-confirm exact matches",
            self.auto_confirm_exact,
            after.auto_confirm_exact,
            |on| on.then_some("Exact matches are linked without anyone looking at them."),
        );
        rows.switch(
            "autoConfirmPartial",
            "Auto-confirm partial matches",
            self.auto_confirm_partial,
            after.auto_confirm_partial,
            |on| {
                on.then_some(
                    "Two people of the same name may be linked to one account without anyone looking.",
                )
            },
        );
        rows.switch(
            "autoConfirmNew",
            "Auto-confirm new users",
            self.auto_confirm_new,
            after.auto_confirm_new,
            |on| on.then_some(new_users_risk(after.auto_activate_new)),
        );
        rows.switch(
            "autoActivateNew",
            "Auto-activate new users",
            self.auto_activate_new,
            after.auto_activate_new,
            |on| (on && after.auto_confirm_new).then_some(new_users_risk(true)),
        );
        rows.done()
    }
}

impl Schedule {
    /// `null`, `{}` and an empty expression are all no schedule.
    fn read(value: Option<&Value>) -> Option<Self> {
        let value = value?;
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let expression = text("expression").filter(|it| !it.trim().is_empty())?.to_owned();
        // Okta's guide and schema spell it differently; nothing is recorded.
        let timezone = text("timezone")
            .or_else(|| text("timeZone"))
            .unwrap_or_default()
            .to_owned();
        Some(Self { expression, timezone })
    }

    /// Puts the schedule at the path with the names Okta's schema has, `null` for none.
    fn merge(wanted: Option<&Self>, now: Option<&Self>, body: &mut Value, path: &[&str]) {
        let Some(wanted) = wanted else {
            // What Okta left out stays out; `{}` is refused by the schema.
            if now.is_some() || json::at(body, path).is_some() {
                json::set(body, path, Value::Null);
            }
            return;
        };
        let mut fields = json::at(body, path).cloned().unwrap_or_else(|| value!({}));
        if let Some(zone) = json::take(&mut fields, &["timeZone"])
            && json::at(&fields, &["timezone"]).is_none()
        {
            json::set(&mut fields, &["timezone"], zone);
        }
        if now.is_none_or(|now| now.expression != wanted.expression) {
            json::set(
                &mut fields,
                &["expression"],
                Value::from(wanted.expression.as_str()),
            );
        }
        if now.is_none_or(|now| now.timezone != wanted.timezone) {
            if wanted.timezone.is_empty() {
                json::take(&mut fields, &["timezone"]);
            } else {
                json::set(&mut fields, &["timezone"], Value::from(wanted.timezone.as_str()));
            }
        }
        json::set(body, path, fields);
    }

    /// “every 4 hours (0 */4 * * *, America/New_York)”.
    fn words(it: Option<&Self>) -> String {
        let Some(it) = it else { return "never".into() };
        let zone = if it.timezone.is_empty() {
            "Okta's default time zone"
        } else {
            &it.timezone
        };
        format!(
            "{} ({}, {zone})",
            crate::schedule::words(&it.expression),
            it.expression
        )
    }
}

fn new_users_risk(activated: bool) -> &'static str {
    if activated {
        "Everyone new in the app becomes an active Okta user on import, without anyone looking."
    } else {
        "Everyone new in the app becomes an Okta user on import, without anyone looking."
    }
}

fn format_words(value: &str) -> String {
    match value {
        "EMAIL" => "Email address".into(),
        "CUSTOM" => "Custom".into(),
        other => other.into(),
    }
}

fn match_words(value: &str) -> String {
    match value {
        "EMAIL" => "Email matches".into(),
        "USERNAME" => "Okta username format matches".into(),
        other => other.into(),
    }
}
