//! Governance settings of the org and of people, and long-running operations.

use crate::world::when;
use serde_json::{Map, Value, json};

/// Settings of the org.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    /// `delegates`, `escalations`: as they were put.
    delegates: Value,
    escalations: Value,
    /// AI summaries of reviews.
    pub(crate) summaries: bool,
    recommendations: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            delegates: json!({}),
            escalations: json!({}),
            summaries: true,
            recommendations: true,
        }
    }
}

/// What a change of settings is refused for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// Nothing is asked for.
    Missing,
    /// A property there is none of, or a wrong value.
    Property(String),
}

/// The object's only properties are these.
fn only<'a>(value: &'a Value, names: &[&str], at: &str) -> Result<&'a Map<String, Value>, Unfit> {
    let map = value.as_object().ok_or_else(|| Unfit::Property(at.to_owned()))?;
    match map.keys().find(|key| !names.contains(&key.as_str())) {
        Some(odd) => Err(Unfit::Property(odd.clone())),
        None => Ok(map),
    }
}

fn flag(value: &Value, name: &str) -> Result<Option<bool>, Unfit> {
    match value.get(name) {
        None => Ok(None),
        Some(Value::Bool(flag)) => Ok(Some(*flag)),
        Some(_) => Err(Unfit::Property(name.to_owned())),
    }
}

impl Settings {
    /// Takes a change; what is not named stays.
    ///
    /// # Errors
    /// It names what there is not; nothing is changed then.
    pub(crate) fn change(&mut self, body: &Value) -> Result<(), Unfit> {
        let parts = only(body, &["delegates", "governanceAI", "escalations"], "body")?;
        if parts.is_empty() {
            return Err(Unfit::Missing);
        }
        let mut next = self.clone();
        if let Some(ai) = parts.get("governanceAI") {
            only(
                ai,
                &["securityAccessReview", "governanceAnalyzer"],
                "governanceAI",
            )?;
            if let Some(review) = ai.get("securityAccessReview") {
                only(review, &["enabled"], "securityAccessReview")?;
                next.summaries = flag(review, "enabled")?.unwrap_or(next.summaries);
            }
            if let Some(analyzer) = ai.get("governanceAnalyzer") {
                only(analyzer, &["recommendationsEnabled"], "governanceAnalyzer")?;
                next.recommendations =
                    flag(analyzer, "recommendationsEnabled")?.unwrap_or(next.recommendations);
            }
        }
        if let Some(delegates) = parts.get("delegates") {
            only(delegates, &["enduser"], "delegates")?;
            if let Some(people) = delegates.get("enduser") {
                only(people, &["permissions", "onlyFor"], "enduser")?;
                let permissions = &people["permissions"];
                let known = ["READ", "WRITE"].iter().any(|it| *permissions == json!([it]));
                if !known && !permissions.is_null() {
                    return Err(Unfit::Property("permissions".into()));
                }
            }
            next.delegates.clone_from(delegates);
        }
        if let Some(escalations) = parts.get("escalations") {
            only(escalations, &["accessRequests"], "escalations")?;
            next.escalations.clone_from(escalations);
        }
        *self = next;
        Ok(())
    }

    /// People may choose their delegate themselves.
    pub(crate) fn may_delegate(&self) -> bool {
        self.delegates["enduser"]["permissions"] == json!(["WRITE"])
    }

    /// Whom they may choose: `MANAGER`, `PEERS`; empty for anybody.
    pub(crate) fn delegate_scope(&self) -> Value {
        self.delegates["enduser"]
            .get("onlyFor")
            .cloned()
            .unwrap_or_else(|| json!([]))
    }

    /// What the settings of people say of it; `None` where nothing was set.
    pub(crate) fn delegate_permissions(&self) -> Option<Value> {
        self.delegates["enduser"].get("permissions").cloned()
    }

    /// As Okta shows them; `summaries` as they are now. Those that can't be changed only where they are asked for.
    pub(crate) fn shown(&self, summaries: bool, all: bool) -> Value {
        let mut shown = json!({
            "delegates": self.delegates,
            "governanceAI": {
                "securityAccessReview": { "enabled": summaries },
                "governanceAnalyzer": { "recommendationsEnabled": self.recommendations },
            },
            "escalations": self.escalations,
        });
        if all {
            shown["integrations"] = json!({ "supported": [{ "type": "SLACK" }] });
        }
        shown
    }
}

/// Somebody who does another's duties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Appointment {
    /// `gda…`.
    pub(crate) id: String,
    pub(crate) delegate: String,
    pub(crate) note: Option<String>,
    /// UNIX seconds.
    pub(crate) starts: Option<i64>,
    /// UNIX seconds.
    pub(crate) ends: Option<i64>,
    pub(crate) by: String,
    /// UNIX seconds.
    pub(crate) at: i64,
}

fn user(id: &str) -> Value {
    json!({ "type": "OKTA_USER", "externalId": id })
}

impl Appointment {
    /// As Okta shows it; with who is stood in for where that is not plain.
    pub(crate) fn shown(&self, delegator: Option<&str>) -> Value {
        let mut shown = json!({
            "id": self.id,
            "delegate": user(&self.delegate),
            "created": when::governance(self.at),
            "createdBy": self.by,
            "lastUpdated": when::governance(self.at),
            "lastUpdatedBy": self.by,
        });
        if let Some(delegator) = delegator {
            shown["delegator"] = user(delegator);
        }
        if let Some(note) = &self.note {
            shown["note"] = json!(note);
        }
        for (name, at) in [("startTime", self.starts), ("endTime", self.ends)] {
            if let Some(at) = at {
                shown[name] = json!(when::governance(at));
            }
        }
        shown
    }
}

/// Something that takes Okta a while. Nothing of a review is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Operation {
    pub(crate) id: String,
    /// UNIX seconds.
    pub(crate) begun: i64,
    /// UNIX seconds; it is running until then.
    pub(crate) ends: i64,
}

impl Operation {
    pub(crate) fn shown(&self, now: i64, here: &str) -> Value {
        let over = self.ends <= now;
        let mut shown = json!({
            "id": self.id,
            "type": "collection:principal:assignment",
            "status": if over { "COMPLETED" } else { "RUNNING" },
            "created": when::core(self.begun),
            "timeElapsedInSeconds": now.min(self.ends) - self.begun,
            "_links": { "self": { "href": here } },
        });
        if over {
            shown["completed"] = json!(when::core(self.ends));
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_taken_whole_or_not_at_all() {
        let mut settings = Settings::default();
        let off = json!({ "governanceAI": { "securityAccessReview": { "enabled": false } } });
        assert_eq!(settings.change(&off), Ok(()));
        assert!(!settings.summaries && settings.recommendations);
        let mixed =
            json!({ "governanceAI": { "securityAccessReview": { "enabled": true } }, "delegator": {} });
        assert_eq!(settings.change(&mixed), Err(Unfit::Property("delegator".into())));
        assert!(!settings.summaries, "nothing was changed");
        assert_eq!(settings.change(&json!({})), Err(Unfit::Missing));
        let odd = json!({ "governanceAI": { "securityAccessReview": { "enabled": "yes" } } });
        assert_eq!(settings.change(&odd), Err(Unfit::Property("enabled".into())));
    }
}
