//! Custom roles and their permissions.

use super::{Iam, Wrong, wrong};
use serde_json::Value;
use std::collections::BTreeMap;

/// A permission of a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Permission {
    /// UNIX seconds.
    pub(crate) created: i64,
    /// UNIX seconds.
    pub(crate) updated: i64,
    /// `null`, or `include` and `exclude`.
    pub(crate) conditions: Value,
}

/// A custom role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Role {
    /// `cr0…`.
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) description: String,
    /// UNIX seconds.
    pub(crate) created: i64,
    /// UNIX seconds.
    pub(crate) updated: i64,
    /// By name. Okta lists them in an order that follows no rule the recordings show.
    pub(crate) permissions: BTreeMap<String, Permission>,
}

/// A text that must be there.
pub(super) fn text<'a>(body: &'a Value, what: &'static str, named: &str) -> Result<&'a str, Wrong> {
    body[what]
        .as_str()
        .filter(|text| !text.trim().is_empty())
        .ok_or_else(|| wrong(what, format_args!("{named} must be specified")))
}

/// Looks at the name of a permission. Okta publishes a list, and leaves those of security access reviews out of it: here,
/// what looks like one is one, but for governance in an org without it.
///
/// # Errors
/// It is not one.
pub(crate) fn permission(name: &str, governance: bool) -> Result<(), Wrong> {
    let looks = name.strip_prefix("okta.").is_some_and(|rest| {
        !rest.is_empty()
            && rest
                .split('.')
                .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric()))
    });
    if looks && (governance || !name.starts_with("okta.governance.")) {
        Ok(())
    } else {
        Err(wrong(
            "permissions",
            format_args!("{name} is not a valid permission."),
        ))
    }
}

impl Permission {
    pub(crate) fn new(conditions: Value, now: i64) -> Self {
        Self {
            created: now,
            updated: now,
            conditions,
        }
    }
}

impl Iam {
    fn role_label(&self, body: &Value, own: Option<&str>) -> Result<String, Wrong> {
        let label = text(body, "label", "Label")?;
        if self
            .roles
            .values()
            .any(|role| role.label == label && Some(role.id.as_str()) != own)
        {
            return Err(wrong("label", "There is already an admin role with this name."));
        }
        Ok(label.to_owned())
    }

    /// Makes a role; gives its id.
    ///
    /// # Errors
    /// Something is missing or wrong.
    pub(crate) fn make_role(&mut self, body: &Value, governance: bool, now: i64) -> Result<String, Wrong> {
        let label = self.role_label(body, None)?;
        let description = text(body, "description", "Description")?.to_owned();
        let names = body["permissions"]
            .as_array()
            .filter(|names| !names.is_empty())
            .ok_or_else(|| wrong("permissions", "Permissions must be specified"))?;
        let mut permissions = BTreeMap::new();
        for name in names {
            let name = name.as_str().unwrap_or_default();
            permission(name, governance)?;
            permissions.insert(name.to_owned(), Permission::new(Value::Null, now));
        }
        let id = self.fresh("cr01p");
        let role = Role {
            id: id.clone(),
            label,
            description,
            created: now,
            updated: now,
            permissions,
        };
        self.roles.insert(id.clone(), role);
        Ok(id)
    }

    /// Gives a role another label and description; its permissions stay.
    ///
    /// # Errors
    /// Something is missing or wrong.
    pub(crate) fn rename_role(&mut self, id: &str, body: &Value, now: i64) -> Result<(), Wrong> {
        let label = self.role_label(body, Some(id))?;
        let description = text(body, "description", "Description")?.to_owned();
        if let Some(role) = self.roles.get_mut(id) {
            (role.label, role.description, role.updated) = (label, description, now);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn permissions_are_free_strings_that_look_like_one() {
        let reviews = "okta.governance.securityAccessReviews.admin.manage";
        assert!(permission(reviews, true).is_ok() && permission(reviews, false).is_err());
        for wrong in ["", "okta.", "users.read", "okta.users read", "okta..users"] {
            assert!(permission(wrong, true).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_label_is_taken_once_and_a_role_keeps_its_own() {
        let mut iam = Iam::default();
        let body = json!({ "label": "Reviews", "description": "d", "permissions": ["okta.users.read"] });
        let id = iam.make_role(&body, true, 5).expect("made");
        let twice = iam.make_role(&body, true, 5).expect_err("taken");
        assert_eq!(
            twice.says,
            "label: There is already an admin role with this name."
        );
        assert_eq!(iam.rename_role(&id, &body, 6), Ok(()));
        assert_eq!(
            iam.role("Reviews").map(|role| (role.created, role.updated)),
            Some((5, 6))
        );
    }
}
