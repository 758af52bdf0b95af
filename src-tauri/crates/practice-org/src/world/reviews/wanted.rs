//! What a launch or a change of a review asks for, checked as Okta's pages say.

use super::review::{Review, Status};
use crate::world::{Person, when};
use serde_json::Value;
use std::collections::BTreeMap;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// Most reviewers.
const REVIEWERS: usize = 10;

/// Why a request is refused: where in the body, and a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// A property is wrong.
    Property(&'static str, String),
    /// Whose access is to be reviewed is not there.
    NoPrincipal,
}

const REVIEWERS_AT: &str = "reviewerSettings.userSettings.includedUserIds";

fn property<T>(what: &'static str, says: impl Into<String>) -> Result<T, Unfit> {
    Err(Unfit::Property(what, says.into()))
}

/// A launch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Launch {
    pub(crate) principal: String,
    pub(crate) name: String,
    /// UNIX seconds.
    pub(crate) ends: i64,
    pub(crate) reviewers: Vec<String>,
}

/// Reviewers that are there and active, everybody once, the reviewed one not among them.
fn reviewers(
    settings: &Value,
    principal: &str,
    people: &BTreeMap<String, Person>,
) -> Result<Vec<String>, Unfit> {
    match settings["type"].as_str() {
        Some("USER") => {}
        Some(_) => return property("reviewerSettings.type", "type must be USER"),
        None => return property("reviewerSettings.type", "type is required"),
    }
    let given = settings["userSettings"]["includedUserIds"].as_array();
    let given = given.filter(|ids| (1..=REVIEWERS).contains(&ids.len()));
    let Some(given) = given else {
        return property(REVIEWERS_AT, "includedUserIds must have between 1 and 10 entries");
    };
    let mut found: Vec<String> = Vec::new();
    for id in given {
        let id = id.as_str().unwrap_or_default();
        if id == principal {
            return property(REVIEWERS_AT, "The target principal can't be a reviewer");
        }
        if people.get(id).is_none_or(|person| person.status != "ACTIVE") {
            return property(
                REVIEWERS_AT,
                format!("The reviewer {id} wasn't found or isn't active"),
            );
        }
        if !found.iter().any(|has| has == id) {
            found.push(id.to_owned());
        }
    }
    Ok(found)
}

/// An end from `earliest` to six months after the launch.
fn end(text: &Value, launched: i64, earliest: i64, least: &str) -> Result<i64, Unfit> {
    let Some(ends) = text.as_str().and_then(when::read) else {
        return property("endTime", "endTime must be a date and time in ISO 8601 format");
    };
    if ends < earliest {
        return property("endTime", format!("endTime must be at least {least}"));
    }
    if ends > when::six_months_after(launched) {
        return property("endTime", "endTime must be less than six months after creation");
    }
    Ok(ends)
}

impl Launch {
    /// Reads a launch.
    ///
    /// # Errors
    /// Something is missing or wrong.
    pub(crate) fn read(body: &Value, people: &BTreeMap<String, Person>, now: i64) -> Result<Self, Unfit> {
        let Some(principal) = body["principalId"].as_str() else {
            return property("principalId", "principalId is required");
        };
        let Some(name) = body["name"].as_str() else {
            return property("name", "name is required");
        };
        if !(1..=255).contains(&name.chars().count()) {
            return property("name", "name must have between 1 and 255 characters");
        }
        if principal.chars().count() != 20 {
            return property("principalId", "principalId must have 20 characters");
        }
        match people.get(principal) {
            None => return Err(Unfit::NoPrincipal),
            Some(person) if person.status != "ACTIVE" => {
                return property("principalId", "The target principal isn't active");
            }
            Some(_) => {}
        }
        if !body["reviewerSettings"].is_object() {
            return property("reviewerSettings", "reviewerSettings is required");
        }
        let reviewers = reviewers(&body["reviewerSettings"], principal, people)?;
        let ends = match &body["endTime"] {
            Value::Null => now + 7 * DAY,
            given => end(given, now, now + DAY, "one day after creation")?,
        };
        Ok(Self {
            principal: principal.to_owned(),
            name: name.to_owned(),
            ends,
            reviewers,
        })
    }
}

/// Changes a review's end and reviewers; gives what was changed, in words.
///
/// # Errors
/// Something is wrong, and nothing was changed; or the review is over.
pub(crate) fn change(
    review: &mut Review,
    body: &Value,
    people: &BTreeMap<String, Person>,
    now: i64,
) -> Result<Vec<String>, Unfit> {
    if !matches!(review.status, Status::Pending | Status::Active) {
        return property("status", "A review that is closed or in error can't be changed");
    }
    let ends = match &body["endTime"] {
        Value::Null => review.ends,
        given => end(given, review.created, now + HOUR, "one hour from now")?,
    };
    let reviewers = match &body["reviewerSettings"] {
        Value::Null => review.reviewers.clone(),
        given => reviewers(given, &review.principal, people)?,
    };
    let mut told = Vec::new();
    if ends != review.ends {
        told.push(format!("changed the end time to {}", when::governance(ends)));
    }
    if reviewers != review.reviewers {
        told.push("changed the reviewers".to_owned());
    }
    (review.ends, review.reviewers) = (ends, reviewers);
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn people() -> BTreeMap<String, Person> {
        let person = |n: usize, status: &str| {
            let id = crate::seed::id("00u1p", n);
            let person = Person {
                id: id.clone(),
                first: "A".into(),
                last: "B".into(),
                login: "a@example.com".into(),
                status: status.into(),
            };
            (id, person)
        };
        (1..=13)
            .map(|n| person(n, if n == 13 { "SUSPENDED" } else { "ACTIVE" }))
            .collect()
    }

    fn id(n: usize) -> String {
        crate::seed::id("00u1p", n)
    }

    #[test]
    fn launches_are_checked() {
        let now = when::read("2026-08-31T12:00:00Z").expect("a time");
        let body = |change: &dyn Fn(&mut Value)| {
            let mut body = json!({ "principalId": id(1), "name": "n", "reviewerSettings": { "type": "USER",
                "userSettings": { "includedUserIds": [id(2), id(3), id(2)] } } });
            change(&mut body);
            body
        };
        let read = |change: &dyn Fn(&mut Value)| Launch::read(&body(change), &people(), now);
        let fine = read(&|_| {}).expect("fine");
        assert_eq!((fine.ends, fine.reviewers), (now + 7 * DAY, vec![id(2), id(3)]));
        let set = |at: &'static str, value: Value| {
            read(&move |body| {
                let place = body.pointer_mut(at).expect("a place");
                place.clone_from(&value);
            })
        };
        let at = |what: &'static str| move |it: Result<Launch, Unfit>| matches!(it, Err(Unfit::Property(has, _)) if has == what);
        assert_eq!(set("/principalId", json!(id(99))), Err(Unfit::NoPrincipal));
        assert!(at("principalId")(set("/principalId", json!("00u"))));
        assert!(at("principalId")(set("/principalId", json!(id(13)))));
        for wrong in [json!(""), json!("x".repeat(256)), Value::Null] {
            assert!(at("name")(set("/name", wrong)));
        }
        assert!(set("/name", json!("é".repeat(255))).is_ok());
        let ids = "/reviewerSettings/userSettings/includedUserIds";
        let eleven: Vec<String> = (2..=12).map(id).collect();
        assert!(set(ids, json!(eleven[..10])).is_ok());
        for wrong in [
            json!([]),
            json!(eleven),
            json!([id(1)]),
            json!([id(13)]),
            json!([id(99)]),
            json!("x"),
        ] {
            assert!(at(REVIEWERS_AT)(set(ids, wrong.clone())), "{wrong}");
        }
        assert!(at("reviewerSettings.type")(set(
            "/reviewerSettings/type",
            json!("GROUP")
        )));
        let ending = |text: &str| {
            let text = json!(text);
            read(&move |body| body["endTime"] = text.clone())
        };
        assert!(ending("2026-09-01T12:00:00Z").is_ok() && ending("2027-02-28T12:00:00Z").is_ok());
        for wrong in ["2026-09-01T11:59:00Z", "2027-02-28T12:00:01Z", "2026-12-01", ""] {
            assert!(at("endTime")(ending(wrong)), "{wrong}");
        }
    }
}
