//! “Okta sends words that are new”: values that stand in no published list, in the places where a list is published. Which
//! rows have them follows from their ids, so that most rows stay plain.

use serde_json::{Value, json};

/// An action on a review.
pub(super) const ACTION: &str = "SUSPEND_ACCOUNT";

/// A number of its own out of an id.
fn turn(shown: &Value, of: u32) -> u32 {
    let id = shown["id"].as_str().unwrap_or_default();
    id.chars().rev().find_map(|c| c.to_digit(10)).unwrap_or(0) % of
}

/// Of a review: every third.
pub(super) fn review(mut shown: Value) -> Value {
    if turn(&shown, 3) == 0 {
        shown["status"] = json!("PAUSED");
        shown["reviewerSettings"]["type"] = json!("GROUP");
    }
    let profiles = shown.pointer_mut("/reviewerSettings/userSettings/includedUserProfiles");
    for one in profiles.and_then(Value::as_array_mut).into_iter().flatten() {
        *one = profile(one.take());
    }
    shown
}

/// Of a person.
pub(super) fn profile(mut shown: Value) -> Value {
    shown["status"] = json!("LOCKED_OUT");
    shown["type"] = json!("AI_AGENT");
    shown
}

/// Of an access item or a sub-access item: a word in one place of every row, in turn.
pub(super) fn item(mut shown: Value) -> Value {
    let words = [
        ("type", "SERVICE_ACCOUNT"),
        ("severity", "CRITICAL"),
        ("remediationStatus", "PENDING_APPROVAL"),
    ];
    let turn = turn(&shown, 6);
    if let Some((name, word)) = usize::try_from(turn).ok().and_then(|at| words.get(at)) {
        shown[*name] = json!(word);
    } else if turn == 3 {
        for name in ["supportedActions", "manualRemediationTypes"] {
            if let Some(list) = shown[name].as_array_mut() {
                list.push(json!(if name == "supportedActions" {
                    "LIMIT_ACCESS"
                } else {
                    "SHARED_ACCOUNT"
                }));
            }
        }
    } else {
        for name in ["appInfo", "entitlementInfo", "groupInfo"] {
            if let Some(info) = shown.get_mut(name) {
                info["assignmentType"] = json!("BIRTHRIGHT");
            }
        }
        if let Some(kinds) = shown.get_mut("subAccessTypes").and_then(Value::as_array_mut) {
            kinds.push(json!("ROLE"));
        }
    }
    shown
}

/// Of anomalies: one more.
pub(super) fn anomaly() -> Value {
    json!({
        "type": "PEER_COMPARISON",
        "severity": "CRITICAL",
        "subtext": {
            "message": "{0} of the user's peers have this access, for {1} on average",
            "args": [{ "value": "2", "type": "NUMBER" }, { "value": "P3M", "type": "DURATION" }],
            "messageCode": "peer.comparison.rare",
        },
    })
}
