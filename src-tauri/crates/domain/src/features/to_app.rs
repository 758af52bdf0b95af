//! To App: what Okta pushes to the app (`USER_PROVISIONING`, schema `CapabilitiesObject`).

use super::diff::Rows;
use super::{Change, Feature, Half, json};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// To App settings (`USER_PROVISIONING`). Unknown values Okta answers are kept as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ToApp {
    /// Create Users (`create.lifecycleCreate.status`).
    pub create_users: bool,
    /// Update User Attributes (`update.profile.status`).
    pub update_attributes: bool,
    /// Deactivate Users (`update.lifecycleDeactivate.status`).
    pub deactivate_users: bool,
    /// Sync Password (`update.password.status`).
    pub sync_password: bool,
    /// `OKTA` or `RANDOM`; others as Okta said them.
    pub password_seed: String,
    /// `CHANGE` or `KEEP_EXISTING`; others as Okta said them.
    pub password_change: String,
}

const CREATE: &[&str] = &["create", "lifecycleCreate", "status"];
const PROFILE: &[&str] = &["update", "profile", "status"];
const DEACTIVATE: &[&str] = &["update", "lifecycleDeactivate", "status"];
const PASSWORD: &[&str] = &["update", "password", "status"];
const SEED: &[&str] = &["update", "password", "seed"];
const CHANGE: &[&str] = &["update", "password", "change"];

impl Feature for ToApp {
    const HALF: Half = Half::ToApp;

    fn read(capabilities: &Value) -> Self {
        Self {
            create_users: json::enabled(capabilities, CREATE),
            update_attributes: json::enabled(capabilities, PROFILE),
            deactivate_users: json::enabled(capabilities, DEACTIVATE),
            sync_password: json::enabled(capabilities, PASSWORD),
            password_seed: json::text(capabilities, SEED, "RANDOM"),
            password_change: json::text(capabilities, CHANGE, "KEEP_EXISTING"),
        }
    }

    fn merge(&self, current: &Value) -> Value {
        let now = Self::read(current);
        let mut body = current.clone();
        // Only what differs is touched: an app that has no password sync must not be sent one.
        for (path, wanted, now) in [
            (CREATE, self.create_users, now.create_users),
            (PROFILE, self.update_attributes, now.update_attributes),
            (DEACTIVATE, self.deactivate_users, now.deactivate_users),
            (PASSWORD, self.sync_password, now.sync_password),
        ] {
            if wanted != now {
                json::set(&mut body, path, json::status(wanted));
            }
        }
        for (path, wanted, now) in [
            (SEED, &self.password_seed, &now.password_seed),
            (CHANGE, &self.password_change, &now.password_change),
        ] {
            if wanted != now {
                json::set(&mut body, path, Value::from(wanted.as_str()));
            }
        }
        json::need_object(&mut body, &[]);
        body
    }

    fn diff(&self, after: &Self) -> Vec<Change> {
        let mut rows = Rows::of(Self::HALF);
        rows.switch(
            "createUsers",
            "Create Users",
            self.create_users,
            after.create_users,
            |on| on.then_some("People assigned to the app get an account in it."),
        );
        rows.switch(
            "updateAttributes",
            "Update User Attributes",
            self.update_attributes,
            after.update_attributes,
            |on| on.then_some("Okta overwrites the profiles of the app's users with its own values."),
        );
        rows.switch("deactivateUsers", "Deactivate Users", self.deactivate_users, after.deactivate_users, |on| {
            Some(if on {
                "People who are unassigned from the app, or deactivated in Okta, lose their account in the app."
            } else {
                "People who leave keep an active account in the app."
            })
        });
        rows.switch(
            "syncPassword",
            "Sync Password",
            self.sync_password,
            after.sync_password,
            |on| match (on, after.password_seed.as_str()) {
                (false, _) => None,
                (true, "OKTA") => Some("The app is sent each person's Okta password."),
                (true, _) => {
                    Some("The app's passwords are set by Okta. People may no longer sign in to it directly.")
                }
            },
        );
        rows.value(
            "passwordSeed",
            "Password type",
            (&self.password_seed, &after.password_seed),
            seed,
            (after.password_seed == "OKTA" && after.sync_password)
                .then_some("The app is sent each person's Okta password."),
        );
        rows.value(
            "passwordChange",
            "Password change",
            (&self.password_change, &after.password_change),
            change,
            (after.password_change == "CHANGE" && after.sync_password)
                .then_some("Passwords people have in the app now are replaced."),
        );
        rows.done()
    }
}

fn seed(value: &str) -> String {
    match value {
        "OKTA" => "Sync Okta password".into(),
        "RANDOM" => "Sync a randomly generated password".into(),
        other => other.into(),
    }
}

fn change(value: &str) -> String {
    match value {
        "CHANGE" => "Change the password".into(),
        "KEEP_EXISTING" => "Keep the existing password".into(),
        other => other.into(),
    }
}
