//! Reviews and what is in them, as Okta's schemas and examples show them.

use super::anomaly::{Anomaly, Arg, Conflict};
use super::card::{Card, Place};
use super::gather::number;
use super::item::{Item, Kind, Label};
use super::review::{Actor, Event, Review, Status};
use crate::seed::id;
use crate::world::Person;
use crate::world::when::governance as written;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Where links lead, and who is who.
pub(crate) struct View<'a> {
    /// Address of the family: `https://…/governance/api/v2/security-access-reviews`, or the `my` one.
    pub(crate) base: String,
    pub(crate) org: &'a str,
    pub(crate) people: &'a BTreeMap<String, Person>,
}

/// Puts a value in where there is one.
fn put(into: &mut Value, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        into[name] = value.into();
    }
}

fn said(text: &'static str) -> Option<&'static str> {
    Some(text).filter(|text| !text.is_empty())
}

fn link(href: &str) -> Value {
    json!({ "href": href, "hints": {} })
}

impl View<'_> {
    /// Somebody's profile. Who is not in the org is a client.
    pub(crate) fn profile(&self, id: &str) -> Value {
        let Some(person) = self.people.get(id) else {
            return json!({ "id": id, "status": "ACTIVE", "type": "CLIENT_APP" });
        };
        let status = if person.status == "ACTIVE" {
            "ACTIVE"
        } else {
            "INACTIVE"
        };
        json!({
            "id": id, "email": person.login, "firstName": person.first, "lastName": person.last,
            "login": person.login, "status": status, "type": "USER",
        })
    }

    fn links(&self, review: &Review) -> Value {
        let here = format!("{}/{}", self.base, review.id);
        json!({
            "securityAccessReviewDetails": link(&here),
            "history": link(&format!("{here}/history")),
            "userDetails": link(&format!("{here}/principal")),
            "accesses": link(&format!("{here}/accesses")),
            "actions": link(&format!("{here}/actions")),
        })
    }

    /// A review; its summary only where it stands alone.
    pub(crate) fn review(&self, review: &Review, alone: bool) -> Value {
        let profiles: Vec<Value> = review.reviewers.iter().map(|id| self.profile(id)).collect();
        let mut shown = json!({
            "id": review.id,
            "status": review.status.word(),
            "name": review.name,
            "endTime": written(review.ends),
            "reviewerSettings": { "type": "USER", "userSettings": {
                "includedUserIds": review.reviewers, "includedUserProfiles": profiles } },
            "createdBy": review.created_by,
            "created": written(review.created),
            "lastUpdated": written(review.updated),
            "lastUpdatedBy": review.updated_by,
            "_links": self.links(review),
        });
        if let (true, Some(text)) = (alone, &review.summary) {
            shown["summary"] = json!({ "message": text });
        }
        shown
    }

    /// Whose access a review is about; `roles` are Okta admin roles: id and name.
    pub(crate) fn principal(&self, review: &Review, roles: &[(String, String)]) -> Value {
        let place =
            |(city, state, country): Place| json!({ "city": city, "state": state, "country": country });
        let card = Card::of(&review.principal);
        let manager = self.manager(&review.principal);
        let mut shown = self.profile(&review.principal);
        let more = json!({
            "department": card.department,
            "manager": manager,
            "role": card.role,
            "homeLocation": place(card.home),
            "lastLoginInfo": {
                "date": written(review.created - card.hours * 3600),
                "location": place(card.place),
                "device": card.device,
                "ipAddress": card.address,
            },
            "oktaAdminRoles": roles.iter().map(|(id, name)| json!({ "roleId": id, "roleName": name })).collect::<Vec<_>>(),
            "_links": self.links(review),
        });
        if let (Value::Object(shown), Value::Object(more)) = (&mut shown, more) {
            shown.extend(more);
        }
        shown
    }

    fn manager(&self, of: &str) -> String {
        let other = id("00u1p", number(of) % 4 + 1);
        let found = self.people.get(&other).filter(|_| other != of);
        found.map_or_else(
            || "Robin Keller".to_owned(),
            |person| format!("{} {}", person.first, person.last),
        )
    }

    /// An app somebody has access to.
    pub(crate) fn access(&self, review: &Review, item: &Item) -> Value {
        let facts = &item.facts;
        let mut app = json!({
            "id": item.resource,
            "name": facts.key,
            "logoUrl": format!("{}/assets/img/logos/{}.png", self.org, facts.key),
            "label": item.name,
            "assignmentType": facts.assignment,
            "applicationUsage": facts.usage,
        });
        put(&mut app, "lastAccessDate", facts.last_access.map(written));
        put(&mut app, "assignedDate", facts.assigned.map(written));
        put(
            &mut app,
            "lastAccessCertificationReviewedDate",
            facts.certified.map(written),
        );
        put(
            &mut app,
            "lastSecurityAccessReviewDate",
            facts.reviewed.map(written),
        );
        put(&mut app, "lastDeviceLogin", said(facts.device));
        if !facts.entitlements.is_empty() {
            app["activeEntitlements"] = entitlements(item);
        }
        app["governanceLabels"] = labels(facts.labels);
        let mut shown = json!({
            "id": item.id,
            "type": item.kind.word(),
            "name": item.name,
            "resourceId": item.resource,
            "severity": item.severity.word(),
            "supportedActions": acts(review, item),
            "remediationStatus": item.remedy.word(),
            "manualRemediationTypes": item.manual,
            "appInfo": app,
        });
        put(
            &mut shown,
            "summary",
            item.summary.as_ref().map(|text| json!({ "message": text })),
        );
        let mut kinds: Vec<&str> = Vec::new();
        for sub in &item.subs {
            if !kinds.contains(&sub.kind.word()) {
                kinds.push(sub.kind.word());
            }
        }
        let here = format!("{}/{}/accesses/{}", self.base, review.id, item.id);
        let mut links = Map::new();
        if !kinds.is_empty() {
            shown["subAccessTypes"] = json!(kinds);
            links.insert("subAccesses".into(), link(&format!("{here}/sub-accesses")));
        }
        links.insert("anomalies".into(), link(&format!("{here}/anomalies")));
        links.insert("actions".into(), link(&format!("{here}/actions")));
        shown["_links"] = Value::Object(links);
        shown
    }

    /// What hangs below an app.
    pub(crate) fn sub_access(&self, review: &Review, item: &Item) -> Value {
        let facts = &item.facts;
        let mut info =
            json!({ "assignmentType": facts.assignment, "governanceLabels": labels(facts.labels) });
        put(&mut info, "description", said(facts.description));
        put(&mut info, "assignedDate", facts.assigned.map(written));
        put(
            &mut info,
            "lastAccessCertificationReviewedDate",
            facts.certified.map(written),
        );
        put(
            &mut info,
            "lastSecurityAccessReviewDate",
            facts.reviewed.map(written),
        );
        let name = if item.kind == Kind::Group {
            put(&mut info, "groupOwner", said(facts.owner));
            "groupInfo"
        } else {
            info["type"] = json!(item.kind.word());
            put(&mut info, "entitlementDescription", said(facts.entitlement));
            info["collectionsAssigning"] = named(facts.collections, "col1p", item);
            info["entitlements"] = entitlements(item);
            "entitlementInfo"
        };
        let mut shown = json!({
            "id": item.id,
            "name": item.name,
            "type": item.kind.word(),
            "resourceId": item.resource,
            "severity": item.severity.word(),
            "supportedActions": acts(review, item),
            "remediationStatus": item.remedy.word(),
            "manualRemediationTypes": item.manual,
        });
        shown[name] = info;
        shown
    }

    /// Something that happened.
    pub(crate) fn event(&self, event: &Event) -> Value {
        let mut shown = json!({
            "id": event.id,
            "systemGenerated": event.by == Actor::System,
            "timestamp": written(event.at),
            "message": event.message,
        });
        match &event.by {
            Actor::User(id) | Actor::Client(id) => shown["principalProfile"] = self.profile(id),
            Actor::System => {}
        }
        shown
    }
}

/// What can be asked for: nothing where the review isn't open.
fn acts(review: &Review, item: &Item) -> Value {
    if review.status != Status::Active {
        return json!([]);
    }
    item.acts().iter().map(|act| act.word()).collect()
}

/// Names with ids that follow from the item.
fn named(names: &[&str], prefix: &str, item: &Item) -> Value {
    let base = number(&item.resource) * 10;
    let one = |(at, name): (usize, &&str)| json!({ "id": id(prefix, base + at + 1), "name": name });
    names.iter().enumerate().map(one).collect()
}

fn entitlements(item: &Item) -> Value {
    let mut list = named(item.facts.entitlements, "esp1p", item);
    for one in list.as_array_mut().into_iter().flatten() {
        let name = one["name"].as_str().unwrap_or_default().to_owned();
        one["externalValue"] = json!(name.to_lowercase().replace(' ', "_"));
        one["multiValue"] = json!(false);
        one["required"] = json!(false);
        one["dataType"] = json!("string");
    }
    list
}

fn labels(labels: &[Label]) -> Value {
    let one = |(at, (name, value)): (usize, &Label)| {
        json!({ "labelId": id("lbc1p", at + 1), "name": name,
            "values": [{ "labelValueId": id("lbl1p", at + 1), "name": value, "metadata": {} }] })
    };
    labels.iter().enumerate().map(one).collect()
}

fn conflict(conflict: &Conflict) -> Value {
    let list = |at: usize, value: &str| {
        json!({ "listName": format!("List {}", at + 1), "scope": "ANY_ONE_OF", "entitlements": [{
            "id": id("esp1p", 1), "name": conflict.entitlement,
            "values": [{ "id": id("ent1p", at + 1), "name": value, "sourceOfConflict": at == 0 }] }] })
    };
    json!([{ "id": id("sod1p", 1), "name": conflict.rule, "description": conflict.about, "operator": "AND",
        "conflictedEntitlements": [list(0, conflict.values[0]), list(1, conflict.values[1])] }])
}

/// What looks odd; its places are not filled.
pub(crate) fn anomaly(anomaly: &Anomaly, gathered: i64) -> Value {
    let arg = |arg: &Arg| match arg {
        Arg::Number(number) => json!({ "value": number.to_string(), "type": "NUMBER" }),
        Arg::Text(text) => json!({ "value": text, "type": "STRING" }),
        Arg::DaysAgo(days) => {
            json!({ "value": written(gathered - days * 86_400), "type": "RELATIVE_DATE_TO_NOW" })
        }
    };
    let args: Vec<Value> = anomaly.args.iter().map(arg).collect();
    let mut shown = json!({
        "type": anomaly.kind.word(),
        "severity": anomaly.severity.word(),
        "subtext": { "message": anomaly.message, "args": args, "messageCode": anomaly.code },
    });
    if let Some(found) = &anomaly.conflict {
        shown["sodConflicts"] = conflict(found);
    }
    shown
}
