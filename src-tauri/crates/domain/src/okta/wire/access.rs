//! Access items, what lies below them, anomalies (Okta's governance schema 3.2.0), read as loosely as the reviews.

use super::loose::{rows, text, texts};
use super::review::{AiMessage, Arg};
use serde_json::Value;

/// What an item and what lies below it have in common.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// Id: `aim…` or `sai…`.
    pub id: String,
    /// Kind.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Id of the app, group or entitlement.
    pub resource_id: Option<String>,
    /// `HIGH`, `MEDIUM`, `LOW` or anything new.
    pub severity: String,
    /// What can be decided.
    pub actions: Vec<String>,
    /// Remediation status; `NONE` when there is none.
    pub remediation: String,
    /// Why it has to be done by hand.
    pub manual: Vec<String>,
    /// When it was assigned.
    pub assigned: Option<String>,
    /// How it was assigned.
    pub assignment: Option<String>,
    /// Last access certification.
    pub last_certified: Option<String>,
    /// Last security access review.
    pub last_reviewed: Option<String>,
    /// Governance labels with their values.
    pub labels: Vec<(String, Vec<String>)>,
}

impl Item {
    fn read(value: &Value, info: &Value) -> Self {
        Self {
            id: text(value, "/id").unwrap_or_default(),
            kind: text(value, "/type").unwrap_or_default(),
            name: text(value, "/name").unwrap_or_default(),
            resource_id: text(value, "/resourceId").or_else(|| text(info, "/id")),
            severity: text(value, "/severity").unwrap_or_default(),
            actions: texts(value, "/supportedActions"),
            remediation: text(value, "/remediationStatus").unwrap_or_else(|| "NONE".into()),
            manual: texts(value, "/manualRemediationTypes"),
            assigned: text(info, "/assignedDate"),
            assignment: text(info, "/assignmentType"),
            last_certified: text(info, "/lastAccessCertificationReviewedDate"),
            last_reviewed: text(info, "/lastSecurityAccessReviewDate"),
            labels: rows(info, "/governanceLabels")
                .map(|label| {
                    let values = rows(label, "/values").filter_map(|it| text(it, "/name"));
                    (text(label, "/name").unwrap_or_default(), values.collect())
                })
                .collect(),
        }
    }
}

/// A name and what it means.
pub type Named = (String, Option<String>);

fn named(value: &Value, pointer: &str) -> Vec<Named> {
    rows(value, pointer)
        .filter_map(|it| {
            let name = text(it, "/name").or_else(|| text(it, "/externalValue"))?;
            Some((name, text(it, "/description")))
        })
        .collect()
}

/// An access item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Access {
    /// What all items have.
    pub item: Item,
    /// The app's own name.
    pub app_name: Option<String>,
    /// Last use.
    pub last_access: Option<String>,
    /// Uses in 90 days.
    pub usage: Option<i64>,
    /// Device of the last use.
    pub last_device: Option<String>,
    /// Entitlements in force.
    pub entitlements: Vec<Named>,
    /// What Okta's AI wrote, where it is kept.
    pub summary: Option<AiMessage>,
    /// Kinds of what lies below.
    pub below: Vec<String>,
}

impl Access {
    /// Reads one.
    pub fn read(value: &Value) -> Self {
        let info = &value["appInfo"];
        let mut item = Item::read(value, info);
        if item.name.is_empty() {
            item.name = text(info, "/label")
                .or_else(|| text(info, "/name"))
                .unwrap_or_default();
        }
        Self {
            app_name: text(info, "/name").filter(|name| *name != item.name),
            item,
            last_access: text(info, "/lastAccessDate"),
            usage: info.get("applicationUsage").and_then(Value::as_i64),
            last_device: text(info, "/lastDeviceLogin"),
            entitlements: named(info, "/activeEntitlements"),
            summary: value
                .get("summary")
                .filter(|it| it.is_object())
                .map(AiMessage::read),
            below: texts(value, "/subAccessTypes"),
        }
    }
}

/// What lies below an access item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SubAccess {
    /// What all items have.
    pub item: Item,
    /// Description.
    pub about: Option<String>,
    /// Description of the entitlement it is a value of.
    pub entitlement: Option<String>,
    /// Owner of a group.
    pub owner: Option<String>,
    /// Names of collections that assign it.
    pub collections: Vec<String>,
    /// Entitlements in a bundle.
    pub entitlements: Vec<Named>,
}

impl SubAccess {
    /// Reads one. Okta's own example says `ENTITLEMENT` where the list of kinds has a value and a bundle; the
    /// entitlement's own kind is the better word then.
    pub fn read(value: &Value) -> Self {
        let known = ["groupInfo", "entitlementInfo"]
            .iter()
            .filter_map(|name| value.get(*name))
            .find(|it| it.is_object());
        let info = known.unwrap_or(&Value::Null);
        let mut item = Item::read(value, info);
        if let Some(kind) = text(value, "/entitlementInfo/type")
            && matches!(item.kind.as_str(), "" | "ENTITLEMENT")
        {
            item.kind = kind;
        }
        Self {
            item,
            about: text(info, "/description"),
            entitlement: text(info, "/entitlementDescription"),
            owner: text(info, "/groupOwner"),
            collections: named(info, "/collectionsAssigning")
                .into_iter()
                .map(|(name, _)| name)
                .collect(),
            entitlements: named(info, "/entitlements"),
        }
    }
}

/// Values that must not come together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConflictList {
    /// Name.
    pub name: String,
    /// `ANY_ONE_OF`, `ALL_OF` or anything new.
    pub scope: String,
    /// “Entitlement: value”, and whether the person has it.
    pub values: Vec<(String, bool)>,
}

/// A conflict of duties.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conflict {
    /// Name of the rule.
    pub name: String,
    /// Description.
    pub about: Option<String>,
    /// Its lists.
    pub lists: Vec<ConflictList>,
}

/// Something unusual.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Anomaly {
    /// Kind.
    pub kind: String,
    /// Severity.
    pub severity: String,
    /// Sentence with places.
    pub message: String,
    /// What goes into them.
    pub args: Vec<Arg>,
    /// Conflicts of duties.
    pub conflicts: Vec<Conflict>,
}

impl Anomaly {
    /// Reads one.
    pub fn read(value: &Value) -> Self {
        let list = |list: &Value| ConflictList {
            name: text(list, "/listName").unwrap_or_default(),
            scope: text(list, "/scope").unwrap_or_default(),
            values: rows(list, "/entitlements")
                .flat_map(|entitlement| {
                    let name = text(entitlement, "/name").unwrap_or_default();
                    rows(entitlement, "/values").map(move |value| {
                        let what = text(value, "/name").unwrap_or_default();
                        (format!("{name}: {what}"), value["sourceOfConflict"] == true)
                    })
                })
                .collect(),
        };
        Self {
            kind: text(value, "/type").unwrap_or_default(),
            severity: text(value, "/severity").unwrap_or_default(),
            message: text(value, "/subtext/message").unwrap_or_default(),
            args: rows(value, "/subtext/args").map(Arg::read).collect(),
            conflicts: rows(value, "/sodConflicts")
                .map(|it| Conflict {
                    name: text(it, "/name").unwrap_or_default(),
                    about: text(it, "/description"),
                    lists: rows(it, "/conflictedEntitlements").map(list).collect(),
                })
                .collect(),
        }
    }
}
