//! Bodies of the calls on security access reviews.

use serde_json::{Value, json};

/// A launch. The field is `includedUserIds`; Okta's guide has another spelling in its prose.
pub fn launch(subject: &str, reviewers: &[String], name: &str, end_time: Option<&str>) -> Value {
    let mut body = json!({ "principalId": subject, "name": name, "reviewerSettings": settings(reviewers) });
    if let Some(end) = end_time {
        body["endTime"] = json!(end);
    }
    body
}

fn settings(reviewers: &[String]) -> Value {
    json!({ "type": "USER", "userSettings": { "includedUserIds": reviewers } })
}

/// A change of end or reviewers; what is not named stays.
pub fn update(end_time: Option<&str>, reviewers: Option<&[String]>) -> Value {
    let mut body = json!({});
    if let Some(end) = end_time {
        body["endTime"] = json!(end);
    }
    if let Some(reviewers) = reviewers {
        body["reviewerSettings"] = settings(reviewers);
    }
    body
}

/// An action on a whole review: the key is `actionType` here.
pub fn review_action(action: &str) -> Value {
    json!({ "actionType": action })
}

/// A decision on an item: the key is `type` here.
pub fn item_action(action: &str) -> Value {
    json!({ "type": action })
}

/// A comment.
pub fn comment(text: &str) -> Value {
    json!({ "comment": text })
}
