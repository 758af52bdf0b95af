//! Security access reviews, both families.

use super::{ACCESS, Example, OTHER, REVIEW, USER, empty, gives};
use crate::okta::call::{Call, Payload};
use crate::okta::endpoints as e;
use crate::reviews::{ADMIN, Family, MINE, body};
use serde_json::{Value, json};

const AT: &str = "2026-11-25T12:00:00.000Z";
const END: &str = "2026-12-02T12:00:00Z";

fn profile() -> Value {
    json!({ "id": OTHER, "firstName": "Linda", "lastName": "Lovell", "login": "linda@example.com", "email": "linda@example.com", "status": "ACTIVE", "type": "USER" })
}

fn links() -> Value {
    let to = |end: &str| json!({ "href": format!("https://acme-admin.okta.com/governance/api/v2/security-access-reviews/{REVIEW}{end}") });
    json!({
        "securityAccessReviewDetails": to(""),
        "history": to("/history"),
        "userDetails": to("/principal"),
        "accesses": to("/accesses"),
        "actions": to("/actions"),
    })
}

fn review(status: &str) -> Value {
    json!({
        "id": REVIEW,
        "status": status,
        "name": "Lost laptop: Ada Lovelace",
        "endTime": END,
        "reviewerSettings": { "type": "USER", "userSettings": { "includedUserIds": [OTHER], "includedUserProfiles": [profile()] } },
        "createdBy": OTHER,
        "created": AT,
        "lastUpdated": AT,
        "lastUpdatedBy": OTHER,
        "_links": links(),
    })
}

fn summary() -> Value {
    json!({ "message": "This app's overall priority is: High" })
}

fn list(rows: &Value, path: &str) -> Value {
    json!({ "data": [rows], "_links": { "self": { "href": format!("https://acme-admin.okta.com{path}") } } })
}

/// What both families have, with what to know about it.
fn family(family: &Family) -> Vec<Example> {
    let one = |endpoint| Call::new(endpoint).param("securityAccessReviewId", REVIEW);
    let item = |endpoint| one(endpoint).param("securityAccessReviewTargetId", ACCESS);
    let access = json!({
        "id": ACCESS,
        "type": "APPLICATION",
        "name": "Salesforce",
        "resourceId": "0oa1gjh63g214q0Hq0g4",
        "severity": "HIGH",
        "supportedActions": ["REVOKE_ACCESS"],
        "remediationStatus": "NONE",
        "appInfo": { "id": "0oa1gjh63g214q0Hq0g4", "name": "salesforce", "logoUrl": "https://acme.okta.com/logo.png", "assignmentType": "GROUP", "applicationUsage": 12 },
        "subAccessTypes": ["GROUP"],
    });
    let below = json!({
        "id": "sai1example0sub00000",
        "name": "Finance",
        "type": "GROUP",
        "resourceId": "00g1example0group000",
        "severity": "MEDIUM",
        "supportedActions": ["FLAG_FOR_MANUAL_REMEDIATION"],
        "remediationStatus": "NONE",
        "manualRemediationTypes": ["GROUP_RULE"],
        "groupInfo": { "description": "Everybody in finance", "assignmentType": "GROUP_RULE" },
    });
    let anomaly = json!({
        "type": "USAGE_HISTORY",
        "severity": "HIGH",
        "subtext": { "message": "The user last used the app {0}", "args": [{ "value": "2026-03-01T08:00:00Z", "type": "RELATIVE_DATE_TO_NOW" }], "messageCode": "usage.last" },
    });
    let entry = json!({ "id": "srh1example0entry000", "systemGenerated": false, "timestamp": AT, "message": "revoked access to Salesforce", "principalProfile": profile() });
    let principal = json!({
        "id": USER, "firstName": "Ada", "lastName": "Lovelace", "login": "ada@example.com", "email": "ada@example.com", "status": "ACTIVE", "type": "USER",
        "department": "Engineering",
        "lastLoginInfo": { "date": AT, "location": { "city": "Austin", "state": "TX", "country": "USA" }, "device": "Mac" },
        "oktaAdminRoles": [{ "roleId": "READ_ONLY_ADMIN", "roleName": "Read-only Administrator" }],
    });
    vec![
        gives(
            Call::new(family.list)
                .query("filter", "status eq \"ACTIVE\"")
                .query("orderBy", "created desc")
                .query("limit", "20"),
            list(&review("ACTIVE"), family.list.path),
        )
        .note("The user whose access is reviewed is not in it. Further pages: the cursor of _links.next, on the org’s own host."),
        gives(
            Call::new(family.stats),
            json!({ "activeCount": 1, "pendingCount": 0, "errorCount": 0, "closedCount": 3 }),
        ),
        gives(one(family.get), review("ACTIVE")),
        gives(one(family.summary), summary())
            .note("A 200 may hold errors. The org’s setting for AI summaries has to be on."),
        gives(
            one(family.actions),
            json!({ "data": [{ "actionType": "CLOSE_REVIEW" }, { "actionType": "RESTORE_ALL_ACCESS" }] }),
        ),
        empty(
            one(family.act).body(Payload::plain(body::review_action("CLOSE_REVIEW"))),
            202,
        )
        .note("Closing is this call: there is no DELETE. The key is actionType here, and type for an item."),
        gives(one(family.principal), principal),
        gives(
            one(family.accesses)
                .query("filter", "priority eq \"HIGH\"")
                .query("orderBy", "priority desc")
                .query("limit", "20"),
            list(&access, &family.accesses.path.replace("{securityAccessReviewId}", REVIEW)),
        )
        .note("Offer only what supportedActions names."),
        gives(
            one(family.below)
                .param("securityAccessReviewAccessId", ACCESS)
                .query("limit", "20"),
            list(&below, &family.below.path.replace("{securityAccessReviewId}", REVIEW).replace("{securityAccessReviewAccessId}", ACCESS)),
        ),
        gives(item(family.anomalies), json!({ "data": [anomaly] }))
            .note("The client fills {0}: Okta leaves it to it."),
        gives(item(family.item_summary), summary()),
        empty(
            item(family.item_act).body(Payload::plain(body::item_action("REVOKE_ACCESS"))),
            202,
        )
        .note("There is no job to ask for: read the item again until its remediationStatus settles."),
        gives(
            one(family.history).query("limit", "20"),
            list(&entry, &family.history.path.replace("{securityAccessReviewId}", REVIEW)),
        )
        .note("Comments are in it."),
        empty(
            one(family.comment).body(Payload::plain(body::comment("Talked to the manager."))),
            204,
        ),
    ]
}

pub(super) fn examples() -> Vec<Example> {
    let reviewers = [OTHER.to_owned()];
    let mut all = family(&ADMIN);
    all.extend(family(&MINE));
    all.push(
        gives(
            Call::new(&e::REVIEW_LAUNCH).body(Payload::plain(body::launch(
                USER,
                &reviewers,
                "Lost laptop: Ada Lovelace",
                Some(END),
            ))),
            review("PENDING"),
        )
        .status(202)
        .note("The user must not be among the reviewers, although Okta’s own example has them there."),
    );
    all.push(gives(
        Call::new(&e::REVIEW_UPDATE)
            .param("securityAccessReviewId", REVIEW)
            .body(Payload::plain(body::update(Some(END), Some(&reviewers)))),
        review("ACTIVE"),
    ));
    all.push(gives(
        Call::new(&e::GOVERNANCE_SETTINGS),
        json!({ "delegates": {}, "governanceAI": { "securityAccessReview": { "enabled": true } } }),
    ));
    all
}
