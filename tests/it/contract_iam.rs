//! Custom roles, resource sets and bindings of the practice org, held against Okta's schemas.

use crate::contract_exceptions::IAM;
use crate::contract_judge::{Judged, unused};
use practice_org::{OddPaging, Options, PracticeOrg, Switch};
use serde_json::{Value, json};
use support::openapi::Spec;

const ROLES: &str = "/api/v1/iam/roles";
const SETS: &str = "/api/v1/iam/resource-sets";
const REVIEWS: &str = "okta.governance.securityAccessReviews.admin.manage";

async fn judged() -> Option<Judged> {
    let options = Options {
        limits: false,
        ..Options::default()
    };
    Some(Judged::start(Spec::load()?, options).await)
}

fn id(of: &Value) -> String {
    of["id"].as_str().expect("an id").to_owned()
}

/// Path and query of a link of the org's.
fn target(org: &PracticeOrg, link: &Value) -> String {
    let link = link.as_str().expect("a link");
    link.strip_prefix(org.url()).expect("the org's own").to_owned()
}

async fn role(org: &Judged, label: &str) -> String {
    let body = json!({ "label": label, "description": "Reviews access", "permissions": ["okta.users.read", REVIEWS] });
    let (status, made) = org.send("POST", ROLES, body).await;
    assert_eq!(status, 200, "{made:#}");
    id(&made)
}

async fn set(org: &Judged, label: &str) -> String {
    let body = json!({ "label": label, "description": "Everybody", "resources": [format!("{}/api/v1/users", org.org.url())] });
    let (status, made) = org.send("POST", SETS, body).await;
    assert_eq!(status, 200, "{made:#}");
    id(&made)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_and_their_permissions() {
    let Some(org) = judged().await else { return };
    let made = role(&org, "Access reviewers").await;
    let one = format!("{ROLES}/{made}");
    let (_, by_id) = org.ask("GET", &one, None).await;
    let by_label = org.ask("GET", &format!("{ROLES}/Access%20reviewers"), None).await;
    assert_eq!(by_label, (200, by_id.clone()), "the label works as the id");
    assert_eq!(
        org.ask("GET", ROLES, None).await.1["roles"],
        json!([by_id]),
        "standard roles are not listed"
    );

    let named = |said: &Value| {
        let list = said["permissions"].as_array().expect("permissions");
        list.iter()
            .map(|it| it["label"].as_str().expect("a label").to_owned())
            .collect::<Vec<_>>()
    };
    let permissions = format!("{one}/permissions");
    let (_, all) = org.ask("GET", &permissions, None).await;
    assert_eq!(named(&all), [REVIEWS, "okta.users.read"]);
    let apps = format!("{permissions}/okta.apps.read");
    assert_eq!(org.ask("POST", &apps, None).await, (204, Value::Null));
    assert_eq!(org.ask("GET", &apps, None).await.1["conditions"], Value::Null);
    let city = json!({ "conditions": { "include": { "okta:ResourceAttribute/User/Profile": ["city"] } } });
    let users = format!("{permissions}/okta.users.read");
    let (status, changed) = org.send("PUT", &users, city.clone()).await;
    assert_eq!((status, &changed["conditions"]), (200, &city["conditions"]));
    assert_eq!(org.ask("GET", &users, None).await, (200, changed));
    assert_eq!(org.ask("DELETE", &apps, None).await.0, 204);
    assert_eq!(org.ask("DELETE", &apps, None).await.1["errorCode"], "E0000007");
    assert_eq!(named(&org.ask("GET", &permissions, None).await.1).len(), 2);

    org.org.advance(5);
    let renamed = json!({ "label": "Reviewers", "description": "Reviews access" });
    let (_, said) = org.send("PUT", &one, renamed).await;
    assert_eq!(
        (&said["label"], &said["created"]),
        (&json!("Reviewers"), &by_id["created"])
    );
    assert!(said["lastUpdated"].as_str() > by_id["lastUpdated"].as_str());
    assert_eq!(org.ask("DELETE", &one, None).await.0, 204);
    let (status, gone) = org.ask("GET", &one, None).await;
    let says = format!("Not found: Resource not found: {made} (CustomRole)");
    assert_eq!((status, &gone["errorSummary"]), (404, &json!(says)));
    let left = unused(IAM, &org.used);
    assert!(left.is_empty(), "exceptions nothing needs: {left:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn resource_sets_and_their_resources() {
    let Some(org) = judged().await else { return };
    let made = set(&org, "All users").await;
    let one = format!("{SETS}/{made}");
    assert_eq!(org.ask("GET", &format!("{SETS}/All%20users"), None).await.0, 200);
    let (_, all) = org.ask("GET", SETS, None).await;
    assert_eq!(all["resource-sets"].as_array().map(Vec::len), Some(1));
    let resources = format!("{one}/resources");
    let url = org.org.url();
    let more = json!({ "additions": [format!("{url}/api/v1/groups/00g1p000000000000002/users"), format!("{url}/api/v1/users")] });
    let (status, said) = org.send("PATCH", &resources, more).await;
    assert_eq!((status, said["id"].as_str()), (200, Some(made.as_str())));
    let without = json!({ "resourceOrnOrUrl": format!("{url}/api/v1/apps"),
        "conditions": { "Exclude": { "okta:ORN": ["orn:okta:idp:00o1practice0org0001:apps:slack"] } } });
    let (_, third) = org.send("POST", &resources, without.clone()).await;
    assert_eq!(third["conditions"], without["conditions"]);
    let (_, list) = org.ask("GET", &resources, None).await;
    let orns: Vec<_> = list["resources"]
        .as_array()
        .expect("resources")
        .iter()
        .map(|it| &it["orn"])
        .collect();
    assert_eq!(
        orns,
        [
            "orn:okta:directory:00o1practice0org0001:users",
            "orn:okta:directory:00o1practice0org0001:groups:00g1p000000000000002:contained_resources",
            "orn:okta:idp:00o1practice0org0001:apps"
        ],
        "what is there already is not added again"
    );
    assert_eq!(list["_links"]["resource-set"]["href"], format!("{url}{one}"));
    let (_, first) = org.ask("GET", &format!("{resources}?limit=2"), None).await;
    assert_eq!(first["resources"].as_array().map(Vec::len), Some(2));
    let next = target(&org.org, &first["_links"]["next"]["href"]);
    let (_, last) = org.ask("GET", &next, None).await;
    assert_eq!(
        (&last["resources"][0]["id"], &last["_links"]["next"]),
        (&third["id"], &Value::Null)
    );
    let place = format!("{resources}/{}", id(&third));
    assert_eq!(org.ask("GET", &place, None).await, (200, third.clone()));
    let (_, free) = org.send("PUT", &place, json!({ "conditions": {} })).await;
    assert_eq!(free["conditions"], json!({}));
    assert_eq!(org.ask("DELETE", &place, None).await.0, 204);
    assert_eq!(org.ask("GET", &place, None).await.0, 404);
    let (_, said) = org
        .send("PUT", &one, json!({ "label": "Everyone", "description": "d" }))
        .await;
    assert_eq!(said["label"], "Everyone");
    assert_eq!(org.ask("DELETE", &one, None).await.0, 204);
    let says = format!("Not found: Resource not found: {made} (IAMPolicy)");
    assert_eq!(org.ask("GET", &resources, None).await.1["errorSummary"], says);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bindings_and_their_members() {
    let Some(org) = judged().await else { return };
    let (role, set) = (role(&org, "Reviewers").await, set(&org, "All users").await);
    let url = org.org.url().to_owned();
    let bindings = format!("{SETS}/{set}/bindings");
    let owner = format!("{url}/api/v1/users/00u0p000000000000001");
    let body = json!({ "role": role, "members": [owner] });
    let (status, made) = org.send("POST", &bindings, body).await;
    assert_eq!(
        (status, &made["_links"]["bindings"]["href"]),
        (200, &json!(format!("{url}{bindings}")))
    );
    let (_, list) = org.ask("GET", &bindings, None).await;
    assert_eq!(list["roles"][0]["id"], role);
    let one = format!("{bindings}/{role}");
    assert_eq!(org.ask("GET", &one, None).await.1["id"], role);
    assert_eq!(
        org.ask("GET", &format!("{bindings}/Reviewers"), None).await.0,
        200
    );
    let members = format!("{one}/members");
    let group = format!("{url}/api/v1/groups/00g1p000000000000006");
    let (status, _) = org
        .send("PATCH", &members, json!({ "additions": [owner, group] }))
        .await;
    assert_eq!(status, 200);
    let (_, list) = org.ask("GET", &members, None).await;
    let who: Vec<_> = list["members"]
        .as_array()
        .expect("members")
        .iter()
        .map(|it| &it["_links"]["self"]["href"])
        .collect();
    assert_eq!(
        who,
        [&json!(owner), &json!(group)],
        "who is in already is not added again"
    );
    let member = format!("{members}/{}", id(&list["members"][0]));
    assert_eq!(
        org.ask("GET", &member, None).await,
        (200, list["members"][0].clone())
    );
    assert_eq!(org.ask("DELETE", &member, None).await.0, 204);
    assert_eq!(org.ask("GET", &member, None).await.0, 404);
    assert_eq!(org.ask("DELETE", &one, None).await.0, 204);
    assert_eq!(org.ask("GET", &one, None).await.0, 404);
    for wrong in [
        format!("{url}/api/v1/users/00u1p000000000000011"),
        format!("{url}/api/v1/users/00u0nobody0000000001"),
        "https://other.example.com/api/v1/users/00u0p000000000000001".into(),
        "00u0p000000000000001".into(),
    ] {
        let body = json!({ "role": role, "members": [wrong] });
        let (status, said) = org.send("POST", &bindings, body).await;
        assert_eq!(
            (status, said["errorCode"].as_str()),
            (400, Some("E0000001")),
            "{wrong}"
        );
    }
    let (status, said) = org.send("POST", &bindings, json!({ "role": "cr0nothing" })).await;
    assert_eq!(
        (status, &said["errorSummary"]),
        (
            404,
            &json!("Not found: Resource not found: cr0nothing (CustomRole)")
        )
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_missing_or_taken_is_refused() {
    let Some(org) = judged().await else { return };
    role(&org, "Taken").await;
    set(&org, "Taken").await;
    let users = format!("{}/api/v1/users", org.org.url());
    for (path, body, says) in [
        (
            ROLES,
            json!({ "description": "d", "permissions": ["okta.users.read"] }),
            "label: Label must be specified",
        ),
        (
            ROLES,
            json!({ "label": "Taken", "description": "d", "permissions": ["okta.users.read"] }),
            "label: There is already an admin role with this name.",
        ),
        (
            ROLES,
            json!({ "label": "l", "description": "d", "permissions": [] }),
            "permissions: Permissions must be specified",
        ),
        (
            ROLES,
            json!({ "label": "l", "description": "d", "permissions": ["users.read"] }),
            "permissions: users.read is not a valid permission.",
        ),
        (
            SETS,
            json!({ "description": "d", "resources": [users] }),
            "label: Label must be specified",
        ),
        (
            SETS,
            json!({ "label": "l", "resources": [users] }),
            "description: Description must be specified",
        ),
        (
            SETS,
            json!({ "label": "l", "description": "d", "resources": [] }),
            "resources: Resources must be specified",
        ),
        (
            SETS,
            json!({ "label": "Taken", "description": "d", "resources": [users] }),
            "label: There is already a resource set with this name.",
        ),
        (
            SETS,
            json!({ "label": "l", "description": "d", "resources": ["users"] }),
            "resources: users is not a valid resource.",
        ),
    ] {
        let (status, said) = org.ask("POST", path, Some(body)).await;
        assert_eq!(
            (status, &said["errorCauses"][0]["errorSummary"]),
            (400, &json!(says))
        );
    }
    org.org.set_switch(Switch::NoGovernance, true);
    let body = json!({ "label": "l", "description": "d", "permissions": [REVIEWS] });
    let (status, said) = org.send("POST", ROLES, body).await;
    assert_eq!(
        (status, said["errorCode"].as_str()),
        (400, Some("E0000001")),
        "an org without governance"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_than_a_page_and_links_that_lead_elsewhere() {
    let Some(org) = judged().await else { return };
    for number in 0..103 {
        role(&org, &format!("Role {number}")).await;
    }
    let (_, first) = org.ask("GET", ROLES, None).await;
    assert_eq!(first["roles"].as_array().map(Vec::len), Some(100));
    let next = target(&org.org, &first["_links"]["next"]["href"]);
    let (_, second) = org.ask("GET", &next, None).await;
    assert_eq!(
        (
            second["roles"].as_array().map(Vec::len),
            &second["_links"]["next"]
        ),
        (Some(3), &Value::Null)
    );
    let (status, said) = org.ask("GET", &format!("{ROLES}?after=nonsense"), None).await;
    assert_eq!((status, said["errorCode"].as_str()), (400, Some("E0000029")));

    let twin = "https://acme-admin.okta.com";
    org.org.faults().admin_links(Some(twin.into()));
    let (_, there) = org.ask("GET", ROLES, None).await;
    for link in [
        "/_links/next/href",
        "/_links/self/href",
        "/roles/0/_links/self/href",
    ] {
        let link = there.pointer(link).and_then(Value::as_str).expect("a link");
        assert!(link.starts_with(twin), "{link}");
    }
    let own = org.ask("GET", SETS, None).await.1["_links"]["self"]["href"].clone();
    assert_eq!(
        own,
        format!("{}{SETS}", org.org.url()),
        "resource sets stay on the org: recorded"
    );
    org.org.faults().admin_links(None);

    org.org.faults().paging(Some(OddPaging::Loop));
    let (_, loops) = org.ask("GET", ROLES, None).await;
    let again = target(&org.org, &loops["_links"]["next"]["href"]);
    assert_eq!(
        org.ask("GET", &again, None).await.1["roles"][0],
        loops["roles"][0]
    );
    org.org.faults().paging(Some(OddPaging::EmptyPage));
    let (_, empty) = org.ask("GET", ROLES, None).await;
    assert_eq!(empty["roles"], json!([]));
    let rest = target(&org.org, &empty["_links"]["next"]["href"]);
    assert_eq!(
        org.ask("GET", &rest, None).await.1["roles"]
            .as_array()
            .map(Vec::len),
        Some(100)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scopes_and_limits() {
    let Some(org) = judged().await else { return };
    let reader = format!("Bearer {}", org.org.grant(&["okta.roles.read"]));
    assert_eq!(org.ask_as(&reader, "GET", ROLES, None).await.0, 200);
    let body = json!({ "label": "l", "description": "d", "permissions": ["okta.users.read"] });
    let (status, said) = org.ask_as(&reader, "POST", ROLES, Some(body.clone())).await;
    assert_eq!((status, said["errorCode"].as_str()), (403, Some("E0000006")));
    let manager = format!("Bearer {}", org.org.grant(&["okta.roles.manage"]));
    assert_eq!(org.ask_as(&manager, "POST", ROLES, Some(body)).await.0, 200);
    assert_eq!(
        org.ask_as(&manager, "GET", ROLES, None).await.0,
        200,
        "manage does what read does"
    );

    let limited = PracticeOrg::start(Options::default())
        .await
        .expect("the practice org starts");
    let answer = crate::contract_wire::get(&limited, SETS).await;
    assert_eq!(crate::contract_wire::header(&answer, "x-rate-limit-limit"), "100");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_an_admin_role_can_be_listed() {
    let Some(org) = judged().await else { return };
    let users = "/api/v1/iam/assignees/users";
    let all = async || {
        let (_, list) = org.ask("GET", users, None).await;
        let list = list["value"].as_array().expect("users").clone();
        list.iter().map(id).collect::<Vec<_>>()
    };
    let before = all().await;
    assert!(
        before.contains(&practice_org::SUPER_ADMIN.to_owned())
            && !before.contains(&practice_org::NO_ADMIN.to_owned())
    );
    let (role, set) = (role(&org, "Reviewers").await, set(&org, "All users").await);
    let member = format!("{}/api/v1/users/{}", org.org.url(), practice_org::NO_ADMIN);
    org.send(
        "POST",
        &format!("{SETS}/{set}/bindings"),
        json!({ "role": role, "members": [member] }),
    )
    .await;
    assert_eq!(all().await.len(), before.len() + 1);
    let (_, first) = org.ask("GET", &format!("{users}?limit=1"), None).await;
    let next = target(&org.org, &first["_links"]["next"]["href"]);
    assert_eq!(
        id(&org.ask("GET", &next, None).await.1["value"][0]),
        all().await[1]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_operation_okta_describes_is_served() {
    let Some(folder) = support::reference::folder() else {
        return;
    };
    let org = crate::contract_wire::org(false).await;
    let token = org.grant(&["okta.roles.manage"]);
    let mut count = 0;
    for file in [
        "iam-roles-resource-sets.json",
        "security-access-reviews-admin.json",
        "security-access-reviews-enduser.json",
    ] {
        let text = std::fs::read_to_string(folder.join("openapi").join(file)).expect("text");
        let file: Value = serde_json::from_str(&text).expect("JSON");
        for (path, item) in file["paths"].as_object().expect("paths") {
            for method in item
                .as_object()
                .expect("an item")
                .keys()
                .filter(|it| *it != "parameters" && *it != "servers")
            {
                let method = reqwest::Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
                let what = format!("{method} {path}");
                let target = format!("{}{}", org.url(), path.replace(['{', '}'], ""));
                let request = support::http()
                    .request(method, target)
                    .header("authorization", format!("Bearer {token}"));
                let said = crate::contract_wire::json_of(request.send().await.expect("an answer")).await;
                assert_ne!(said["errorCode"], "E0000022", "{what} is not served");
                count += 1;
            }
        }
    }
    assert_eq!(count, 69);
}
