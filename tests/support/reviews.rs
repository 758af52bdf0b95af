//! A person who works with security access reviews.

use crate::{World, until};
use engine::Times;
use practice_org::NATIVE_CLIENT;
use serde_json::{Value, json};
use std::time::Duration;

/// Everything an admin who manages reviews and reviews some asks for.
pub const SCOPES: [&str; 11] = [
    "okta.apps.manage",
    "okta.orgs.read",
    "okta.users.read",
    "okta.groups.read",
    "okta.roles.manage",
    "okta.appGrants.manage",
    "okta.governance.securityAccessReviews.admin.read",
    "okta.governance.securityAccessReviews.admin.manage",
    "okta.governance.securityAccessReviews.endUser.read",
    "okta.governance.securityAccessReviews.endUser.manage",
    "okta.governance.settings.read",
];

/// Hugo Abara, whose access the story's active review is about.
pub const HUGO: &str = "00u1p000000000000007";
/// Ben Abara, a reviewer.
pub const BEN: &str = "00u1p000000000000001";
/// Jun Abara, whose access no review of the story is about.
pub const JUN: &str = "00u1p000000000000009";
/// Robin Keller, super admin and a reviewer.
pub const ROBIN: &str = "00u0p000000000000001";

impl World {
    /// Signs in as this person, with everything reviews need; what takes a person seconds takes moments.
    pub async fn reviewing(&self, login: &str) {
        self.native(json!({})).await;
        self.reviewing_with(login, &SCOPES).await;
    }

    /// The same with these scopes.
    pub async fn reviewing_with(&self, login: &str, scopes: &[&str]) {
        self.hurry(Duration::from_millis(400));
        let mut wish = self.wish("browser", NATIVE_CLIENT);
        wish["scopes"] = json!(scopes);
        let at = self.begin_sign_in_with(wish).await;
        at.person(login, "allow").await;
        let view = self.signed_in().await;
        assert_eq!(view["phase"], "done", "{view:#}");
    }

    /// Decisions wait this long; looks come quickly.
    pub fn hurry(&self, delay: Duration) {
        self.engine.set_review_times(Times {
            delay,
            watch: Duration::from_millis(150),
            follow: Duration::from_millis(100),
            look: Duration::from_millis(100),
        });
    }

    /// The rows of a tab, all pages.
    pub async fn reviews(&self, side: &str, tab: &str) -> Value {
        let args = |refresh: bool| {
            json!({ "org": self.key, "side": side, "tab": tab, "order": "created", "descending": true,
                "refresh": refresh })
        };
        let mut list = self.ok("reviews_load", args(true)).await;
        until("the list is read", async || {
            list = self.ok("reviews_load", args(false)).await;
            list["done"] == true
        })
        .await;
        list
    }

    /// Id of the review with that in its name.
    pub async fn review(&self, side: &str, named: &str) -> String {
        let list = self.reviews(side, "all").await;
        let rows = list["rows"].as_array().expect("rows");
        let found = rows
            .iter()
            .find(|row| row["name"].as_str().is_some_and(|it| it.contains(named)));
        found.unwrap_or_else(|| panic!("no {named} in {list:#}"))["id"]
            .as_str()
            .expect("an id")
            .to_owned()
    }

    /// Arguments about a review.
    pub fn about(&self, side: &str, review: &str) -> Value {
        json!({ "org": self.key, "side": side, "review": review })
    }

    /// Arguments about a review with more.
    pub fn about_with(&self, side: &str, review: &str, more: Value) -> Value {
        let mut args = self.about(side, review);
        let Value::Object(more) = more else {
            panic!("no object: {more}");
        };
        args.as_object_mut().expect("an object").extend(more);
        args
    }

    /// All items of a review.
    pub async fn items(&self, side: &str, review: &str) -> Value {
        let args = |refresh: bool| {
            let more = json!({ "order": "priority", "descending": true, "refresh": refresh });
            self.about_with(side, review, more)
        };
        let mut list = self.ok("accesses_load", args(true)).await;
        until("the items are read", async || {
            list = self.ok("accesses_load", args(false)).await;
            list["done"] == true
        })
        .await;
        list
    }

    /// The item of that name.
    pub async fn item(&self, side: &str, review: &str, named: &str) -> Value {
        let list = self.items(side, review).await;
        let rows = list["rows"].as_array().expect("rows");
        let found = rows.iter().find(|row| row["name"] == named);
        found.unwrap_or_else(|| panic!("no {named}")).clone()
    }

    /// A decision on an item.
    pub async fn decide(&self, side: &str, review: &str, access: &Value, action: &str) -> Value {
        let more = json!({ "access": access["id"], "action": action });
        self.ok("decision_make", self.about_with(side, review, more))
            .await
    }

    /// The decision as the window sees it.
    pub async fn decision(&self, id: &Value) -> Value {
        let all = self.ok("decisions_list", json!({ "org": self.key })).await;
        let all = all.as_array().expect("a list");
        all.iter().find(|it| it["id"] == *id).expect("it").clone()
    }

    /// Waits until a decision stands there.
    pub async fn decided(&self, id: &Value, state: &str) -> Value {
        let mut last = Value::Null;
        until(&format!("the decision is {state}"), async || {
            last = self.decision(id).await;
            last["state"] == state
        })
        .await;
        last
    }
}
