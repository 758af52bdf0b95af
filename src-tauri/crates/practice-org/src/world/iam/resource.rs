//! Resource sets: what a role is for. A resource is named by its ORN or its REST address.

use super::binding::Member;
use super::role::text;
use super::{Iam, Wrong, wrong};
use serde_json::Value;
use std::collections::BTreeMap;

/// Most resources of a set (Okta).
const MOST: usize = 1000;

/// A resource of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resource {
    /// `ire…`.
    pub(crate) id: String,
    pub(crate) orn: String,
    /// Path of its REST address; `None` for what has none.
    pub(crate) path: Option<String>,
    /// What is left out of it; `null` for nothing.
    pub(crate) conditions: Value,
    /// UNIX seconds.
    pub(crate) created: i64,
    /// UNIX seconds.
    pub(crate) updated: i64,
}

/// A resource set, with its bindings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResourceSet {
    /// `iam…`.
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) description: String,
    /// UNIX seconds.
    pub(crate) created: i64,
    /// UNIX seconds.
    pub(crate) updated: i64,
    /// In the order they were added.
    pub(crate) resources: Vec<Resource>,
    /// Members by role id.
    pub(crate) bindings: BTreeMap<String, Vec<Member>>,
}

/// What a resource string means: its ORN, and the path of its REST address where it has one.
///
/// # Errors
/// It is neither an ORN nor an address of this org that can be a resource.
fn named(what: &str, org: &str, org_id: &str) -> Result<(String, Option<String>), Wrong> {
    let unknown = || wrong("resources", format_args!("{what} is not a valid resource."));
    if let Some(rest) = what.strip_prefix("orn:") {
        let parts: Vec<&str> = rest.split(':').collect();
        let well = parts.len() >= 4 && parts.iter().all(|part| !part.is_empty());
        if !well || !matches!(parts[0], "okta" | "oktapreview") || parts[2] != org_id {
            return Err(unknown());
        }
        let path = match parts[1..] {
            ["idp", _, "apps", _, app] => Some(format!("/api/v1/apps/{app}")),
            ["directory", _, kind, id, "contained_resources"] => Some(format!("/api/v1/{kind}/{id}/users")),
            ["directory", _, kind, id] => Some(format!("/api/v1/{kind}/{id}")),
            ["idp" | "directory", _, kind] => Some(format!("/api/v1/{kind}")),
            _ => None,
        };
        return Ok((what.to_owned(), path));
    }
    let path = what.strip_prefix(org).ok_or_else(unknown)?;
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let orn = match parts[..] {
        ["api", "v1", kind @ ("users" | "groups")] => format!("orn:okta:directory:{org_id}:{kind}"),
        ["api", "v1", kind @ ("users" | "groups"), id] if !id.is_empty() => {
            format!("orn:okta:directory:{org_id}:{kind}:{id}")
        }
        ["api", "v1", "groups", id, "users"] if !id.is_empty() => {
            format!("orn:okta:directory:{org_id}:groups:{id}:contained_resources")
        }
        ["api", "v1", "apps"] => format!("orn:okta:idp:{org_id}:apps"),
        ["api", "v1", "apps", id] if !id.is_empty() => format!("orn:okta:idp:{org_id}:apps:{id}"),
        _ => return Err(unknown()),
    };
    Ok((orn, Some(path.to_owned())))
}

impl Iam {
    fn set_label(&self, body: &Value, own: Option<&str>) -> Result<String, Wrong> {
        let label = text(body, "label", "Label")?;
        if self
            .sets
            .values()
            .any(|set| set.label == label && Some(set.id.as_str()) != own)
        {
            return Err(wrong("label", "There is already a resource set with this name."));
        }
        Ok(label.to_owned())
    }

    /// Resources of a list, those `has` has already left out.
    fn resources(
        &mut self,
        list: &Value,
        has: &[Resource],
        org: (&str, &str),
        now: i64,
    ) -> Result<Vec<Resource>, Wrong> {
        let list = list
            .as_array()
            .filter(|list| !list.is_empty())
            .ok_or_else(|| wrong("resources", "Resources must be specified"))?;
        let mut made: Vec<Resource> = Vec::new();
        for entry in list {
            let (orn, path) = named(entry.as_str().unwrap_or_default(), org.0, org.1)?;
            if has.iter().chain(&made).any(|resource| resource.orn == orn) {
                continue;
            }
            made.push(Resource {
                id: self.fresh("ire1p"),
                orn,
                path,
                conditions: Value::Null,
                created: now,
                updated: now,
            });
        }
        if has.len() + made.len() > MOST {
            return Err(wrong(
                "resources",
                "A resource set can have 1000 resources at most.",
            ));
        }
        Ok(made)
    }

    /// Makes a resource set; gives its id. `org` is the org's address and id.
    ///
    /// # Errors
    /// Something is missing or wrong.
    pub(crate) fn make_set(&mut self, body: &Value, org: (&str, &str), now: i64) -> Result<String, Wrong> {
        let label = self.set_label(body, None)?;
        let description = text(body, "description", "Description")?.to_owned();
        let resources = self.resources(&body["resources"], &[], org, now)?;
        let id = self.fresh("iam1p");
        let set = ResourceSet {
            id: id.clone(),
            label,
            description,
            created: now,
            updated: now,
            resources,
            bindings: BTreeMap::new(),
        };
        self.sets.insert(id.clone(), set);
        Ok(id)
    }

    /// Gives a resource set another label and description.
    ///
    /// # Errors
    /// Something is missing or wrong.
    pub(crate) fn rename_set(&mut self, id: &str, body: &Value, now: i64) -> Result<(), Wrong> {
        let label = self.set_label(body, Some(id))?;
        let description = text(body, "description", "Description")?.to_owned();
        if let Some(set) = self.sets.get_mut(id) {
            (set.label, set.description, set.updated) = (label, description, now);
        }
        Ok(())
    }

    /// Adds resources to a set; those it has already stay as they are. When the set was changed last stays too: recorded.
    ///
    /// # Errors
    /// One is wrong; nothing is added then.
    pub(crate) fn add_resources(
        &mut self,
        id: &str,
        list: &Value,
        org: (&str, &str),
        now: i64,
    ) -> Result<(), Wrong> {
        let has = self
            .sets
            .get(id)
            .map(|set| set.resources.clone())
            .unwrap_or_default();
        let more = self.resources(list, &has, org, now)?;
        if let Some(set) = self.sets.get_mut(id) {
            set.resources.extend(more);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_by_address_and_by_orn() {
        let org = "http://127.0.0.1:1";
        for (what, orn, path) in [
            ("/api/v1/users", "orn:okta:directory:00o1:users", "/api/v1/users"),
            (
                "/api/v1/groups/00g1/users",
                "orn:okta:directory:00o1:groups:00g1:contained_resources",
                "/api/v1/groups/00g1/users",
            ),
            (
                "/api/v1/apps/0oa1",
                "orn:okta:idp:00o1:apps:0oa1",
                "/api/v1/apps/0oa1",
            ),
        ] {
            let found = named(&format!("{org}{what}"), org, "00o1");
            assert_eq!(found, Ok((orn.into(), Some(path.into()))), "{what}");
        }
        let app = "orn:okta:idp:00o1:apps:bookmark:0oa1";
        assert_eq!(
            named(app, org, "00o1"),
            Ok((app.into(), Some("/api/v1/apps/0oa1".into())))
        );
        let governance = "orn:okta:governance:00o1:security-access-reviews";
        assert_eq!(named(governance, org, "00o1"), Ok((governance.into(), None)));
        for wrong in [
            "",
            "users",
            "https://other.example.com/api/v1/users",
            "http://127.0.0.1:1/api/v1/nothing",
            "http://127.0.0.1:1/api/v1/apps/",
            "orn:okta:idp:00o2:apps",
            "orn:okta:idp:00o1",
            "orn:other:idp:00o1:apps",
        ] {
            assert!(named(wrong, org, "00o1").is_err(), "{wrong}");
        }
    }
}
