//! Security access reviews of the practice org, both ways, held against Okta's schemas.

use crate::contract_exceptions::REVIEWS;
use crate::contract_judge::{Judged, unused};
use practice_org::Options;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use support::openapi::Spec;
use support::reference;

pub const ADMIN: &str = "/governance/api/v2/security-access-reviews";
pub const MINE: &str = "/governance/api/v2/my/security-access-reviews";
/// Robin Keller, whose the API token is.
pub const OWNER: &str = "00u0p000000000000001";
pub const BEN: &str = "00u1p000000000000001";
pub const HUGO: &str = "00u1p000000000000007";

/// Every scope of governance.
const SCOPES: &[&str] = &[
    "okta.governance.securityAccessReviews.admin.manage",
    "okta.governance.securityAccessReviews.endUser.manage",
    "okta.governance.settings.manage",
    "okta.governance.principalSettings.manage",
    "okta.governance.delegates.read",
    "okta.governance.entitlements.manage",
    "okta.governance.operations.read",
];

/// A judged practice org, asked with every scope of governance.
pub struct Desk {
    pub org: Judged,
}

impl Desk {
    pub async fn start(options: Options) -> Option<Self> {
        let org = Judged::start(Spec::load()?, options).await;
        Some(Self { org })
    }

    /// The story, without limits.
    pub async fn story() -> Option<Self> {
        let options = Options {
            limits: false,
            ..Options::default()
        };
        Self::start(options).await
    }

    /// A fresh one each time: the clock is moved by more than a token lives.
    pub fn auth(&self) -> String {
        format!("Bearer {}", self.org.org.grant(SCOPES))
    }

    pub async fn get(&self, target: &str) -> Value {
        let (status, said) = self.org.ask_as(&self.auth(), "GET", target, None).await;
        assert_eq!(status, 200, "{target}: {said:#}");
        said
    }

    /// Sends a body that fits Okta's schema.
    pub async fn send(&self, method: &str, target: &str, body: Value) -> (u16, Value) {
        crate::contract_judge::request_fits(&self.org.spec, method, target, &body);
        self.org.ask_as(&self.auth(), method, target, Some(body)).await
    }

    pub async fn post(&self, target: &str) -> (u16, Value) {
        self.org.ask_as(&self.auth(), "POST", target, None).await
    }

    /// Id of the story's review with that in its name.
    pub async fn review(&self, named: &str) -> String {
        let list = self
            .get(&format!("{ADMIN}?filter=name%20co%20%22{named}%22"))
            .await;
        list["data"][0]["id"]
            .as_str()
            .unwrap_or_else(|| panic!("no {named}"))
            .to_owned()
    }

    /// The access item of that name.
    pub async fn item(&self, review: &str, named: &str) -> Value {
        let target = format!(
            "{ADMIN}/{review}/accesses?filter=name%20eq%20%22{}%22",
            named.replace(' ', "%20")
        );
        self.get(&target).await["data"][0].clone()
    }

    /// A time by this computer's clock, so many seconds from now.
    pub fn in_seconds(&self, seconds: i64) -> String {
        let now = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .expect("after 1970");
        stamp(i64::try_from(now.as_secs()).expect("a number") + seconds)
    }
}

/// A time in UNIX seconds as ISO 8601 has it (days to a date: “chrono-compatible low-level date algorithms”).
pub fn stamp(at: i64) -> String {
    let (days, rest) = (at.div_euclid(86_400) + 719_468, at.rem_euclid(86_400));
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[test]
fn times_are_written_right() {
    assert_eq!(stamp(1_757_312_646), "2025-09-08T06:24:06Z");
    assert_eq!(stamp(1_772_323_200), "2026-03-01T00:00:00Z");
}

pub fn launch(principal: &str, name: &str, reviewers: &[&str]) -> Value {
    json!({ "principalId": principal, "name": name, "reviewerSettings": { "type": "USER",
        "userSettings": { "includedUserIds": reviewers } } })
}

pub fn id(of: &Value) -> &str {
    of["id"].as_str().expect("an id")
}

/// Status and error code.
pub fn code(said: &(u16, Value)) -> (u16, &str) {
    (said.0, said.1["errorCode"].as_str().unwrap_or_default())
}

/// Operation ids of an OpenAPI file.
fn operations(file: &str) -> BTreeSet<String> {
    let folder = reference::folder().expect("the reference").join("openapi");
    let text = std::fs::read_to_string(folder.join(file)).expect("text");
    let file: Value = serde_json::from_str(&text).expect("JSON");
    let items = file["paths"].as_object().expect("paths").values();
    let operations = items.flat_map(|item| item.as_object().expect("an item").values());
    operations
        .filter_map(|it| it["operationId"].as_str().map(str::to_owned))
        .collect()
}

/// Reads everything of a review the way a family shows it, and does everything to it.
async fn walk(desk: &Desk, family: &str, review: &str) {
    let here = format!("{family}/{review}");
    for target in [
        family.to_owned(),
        format!("{family}/stats"),
        here.clone(),
        format!("{here}/principal"),
        format!("{here}/actions"),
    ] {
        desk.get(&target).await;
    }
    let (status, said) = desk.post(&format!("{here}/summary")).await;
    assert!(status == 200 && said["message"].is_string(), "{said:#}");
    assert!(desk.get(&here).await["summary"]["message"].is_string());
    let items = desk.get(&format!("{here}/accesses")).await;
    for item in items["data"].as_array().expect("items") {
        let place = format!("{here}/accesses/{}", id(item));
        let below = desk.get(&format!("{place}/sub-accesses")).await;
        // What is below first: it would go with its app.
        for it in below["data"].as_array().expect("items").iter().chain([item]) {
            let place = format!("{here}/accesses/{}", id(it));
            assert_ne!(desk.get(&format!("{place}/anomalies")).await["data"], json!([]));
            assert_eq!(desk.post(&format!("{place}/summary")).await.0, 200);
            if let Some(act) = it["supportedActions"][0].as_str() {
                let done = desk
                    .send("POST", &format!("{place}/actions"), json!({ "type": act }))
                    .await;
                assert_eq!(done, (202, Value::Null), "{act} {it:#}");
            }
        }
    }
    let comment = json!({ "comment": "Called Hugo: the laptop is gone, the phone is not." });
    assert_eq!(
        desk.send("POST", &format!("{here}/comment"), comment).await,
        (204, Value::Null)
    );
    desk.org.org.advance(30);
    for act in ["RESTORE_ALL_ACCESS", "CLOSE_REVIEW"] {
        let done = desk
            .send("POST", &format!("{here}/actions"), json!({ "actionType": act }))
            .await;
        assert_eq!(done, (202, Value::Null), "{act}");
    }
    for limit in ["5", "200"] {
        desk.get(&format!("{here}/history?limit={limit}")).await;
    }
    desk.get(&format!("{here}/accesses?limit=200")).await;
}

/// What stands beside reviews.
async fn beside(desk: &Desk) {
    let settings = "/governance/api/v1/settings";
    desk.get(settings).await;
    let people = json!({ "delegates": { "enduser": { "permissions": ["WRITE"], "onlyFor": [{ "type": "MANAGER" }] } } });
    assert_eq!(desk.send("PATCH", settings, people).await.0, 200);
    let own = "/governance/api/v1/my/settings";
    desk.get(&format!("{own}/delegate/users")).await;
    let to = |who: &str| {
        json!({ "delegates": { "appointments": [{ "delegate": { "type": "OKTA_USER", "externalId": who },
            "note": "On leave", "endTime": "2027-01-31T00:00:00Z" }] } })
    };
    assert_eq!(desk.send("PATCH", own, to(BEN)).await.0, 200);
    let mine = desk.get(own).await;
    assert_eq!(
        mine["delegates"]["appointments"][0]["delegate"]["firstName"],
        "Ben"
    );
    let other = format!("/governance/api/v1/principal-settings/{HUGO}");
    let (status, said) = desk.send("PATCH", &other, to(OWNER)).await;
    assert_eq!(
        (
            status,
            &said["delegates"]["appointments"][0]["delegator"]["externalId"]
        ),
        (200, &json!(HUGO))
    );

    let app = desk.item(&desk.review("Hugo").await, "NetSuite").await["resourceId"].clone();
    let app = app.as_str().expect("an id");
    let filter = format!(
        "parent.externalId%20eq%20%22{app}%22%20AND%20parent.type%20eq%20%22APPLICATION%22%20AND%20targetPrincipal.externalId%20eq%20%22{HUGO}%22"
    );
    let access = format!("/governance/api/v1/principal-access?filter={filter}");
    let before = desk.get(&access).await;
    let values = before["base"]["entitlements"].as_array().expect("entitlements");
    let orn = values[0]["values"][0]["orn"].clone();
    let body = json!({ "principalOrn": before["targetPrincipalOrn"], "revokeOrns": [orn] });
    let (status, said) = desk
        .send("POST", "/governance/api/v2/revoke-principal-access", body)
        .await;
    assert_eq!(status, 200, "{said:#}");
    assert_eq!(
        desk.get(&access).await["base"]["entitlements"]
            .as_array()
            .map(Vec::len),
        Some(values.len() - 1)
    );
    // Nothing leads to an operation: these two are the story's.
    for (number, status) in [(1, "COMPLETED"), (2, "RUNNING")] {
        let said = desk
            .get(&format!("/governance/api/v1/operations/cpa1p{number:0>15}"))
            .await;
        assert_eq!(said["status"], status);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_operation_of_both_families_is_one_okta_describes() {
    let Some(desk) = Desk::story().await else { return };
    let long = "n".repeat(255);
    let (status, made) = desk.send("POST", ADMIN, launch(HUGO, &long, &[OWNER])).await;
    assert_eq!(status, 202, "{made:#}");
    let change = json!({ "endTime": desk.in_seconds(20 * 86_400),
        "reviewerSettings": { "type": "USER", "userSettings": { "includedUserIds": [BEN, OWNER] } } });
    assert_eq!(
        desk.send("PATCH", &format!("{ADMIN}/{}", id(&made)), change)
            .await
            .0,
        200
    );
    beside(&desk).await;
    desk.org.org.advance(10);
    walk(&desk, ADMIN, &desk.review("Hugo").await).await;
    walk(&desk, MINE, id(&made)).await;

    let called = desk.org.called.lock().expect("called").clone();
    let mut all = operations("security-access-reviews-admin.json");
    all.extend(operations("security-access-reviews-enduser.json"));
    let missed: Vec<_> = all.difference(&called).collect();
    assert!(
        missed.is_empty() && all.len() == 39,
        "{} operations, not called: {missed:?}",
        all.len()
    );
    let left = unused(REVIEWS, &desk.org.used);
    assert!(left.is_empty(), "exceptions nothing needs: {left:?}");
}
