//! Who may see and do what with access reviews of the practice org: reviewers, admins with a custom role, service apps.

use crate::contract_auth_parts::{
    APPS, NOBODY, READER, SUPER, admin, ask, client_token, service, signed_in, token_endpoint,
};
use crate::contract_reviews::{ADMIN, BEN, HUGO, MINE, OWNER, id, launch};
use crate::contract_wire::org;
use practice_org::PracticeOrg;
use serde_json::{Value, json};
use support::jwt::Key;

const ALL: &str = "openid okta.governance.securityAccessReviews.admin.manage okta.governance.securityAccessReviews.endUser.manage \
     okta.governance.settings.manage okta.governance.principalSettings.manage okta.users.read";
const MANAGE: &str = "okta.governance.securityAccessReviews.admin.manage";

async fn bearer(org: &PracticeOrg, login: &str) -> String {
    format!("Bearer {}", signed_in(org, login, ALL).await.text("access_token"))
}

fn names(list: &Value) -> Vec<&str> {
    let list = list["data"].as_array().expect("reviews").iter();
    list.map(|it| {
        it["name"]
            .as_str()
            .expect("a name")
            .split(':')
            .next()
            .unwrap_or_default()
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reviewers_see_and_work_through_their_own_alone() {
    let org = org(false).await;
    let (robin, ben, chloe, dev) = (
        bearer(&org, SUPER).await,
        bearer(&org, APPS).await,
        bearer(&org, READER).await,
        bearer(&org, NOBODY).await,
    );
    let list = async |who: &str| ask(&org, who, "GET", MINE, None).await.body;
    assert_eq!(
        names(&list(&robin).await),
        [
            "Leaver check",
            "Lost laptop",
            "Unusual sign-in",
            "Change of department"
        ]
    );
    assert_eq!(names(&list(&ben).await), ["Lost laptop"]);
    assert_eq!(
        names(&list(&dev).await),
        ["Quarterly check of administrators"],
        "no admin role is needed"
    );
    assert!(
        names(&list(&chloe).await).is_empty(),
        "a review of her own access is not hers to do"
    );
    let stats = ask(&org, &ben, "GET", &format!("{MINE}/stats"), None).await.body;
    assert_eq!(
        stats,
        json!({ "activeCount": 1, "pendingCount": 0, "errorCount": 0, "closedCount": 0 })
    );

    let laptop = list(&ben).await["data"][0].clone();
    let here = format!("{MINE}/{}", id(&laptop));
    ask(&org, &dev, "GET", &here, None)
        .await
        .is_error(404, "E0000007");
    ask(&org, &ben, "GET", &format!("{ADMIN}/{}", id(&laptop)), None)
        .await
        .is_error(403, "E0000004");
    let items = ask(
        &org,
        &ben,
        "GET",
        &format!("{here}/accesses?filter=name%20eq%20%22Zoom%22"),
        None,
    )
    .await
    .body;
    let act = format!("{here}/accesses/{}/actions", id(&items["data"][0]));
    let revoke = json!({ "type": "REVOKE_ACCESS" });
    ask(&org, &dev, "POST", &act, Some(revoke.clone()))
        .await
        .is_error(404, "E0000007");
    assert_eq!(ask(&org, &ben, "POST", &act, Some(revoke)).await.status, 202);
    let comment = Some(json!({ "comment": "He has it on the phone too." }));
    assert_eq!(
        ask(&org, &ben, "POST", &format!("{here}/comment"), comment)
            .await
            .status,
        204
    );
    let history = ask(&org, &robin, "GET", &format!("{here}/history?limit=1"), None)
        .await
        .body;
    let last = &history["data"][0];
    assert_eq!(
        (
            &last["message"],
            &last["principalProfile"]["id"],
            &last["systemGenerated"]
        ),
        (&json!("He has it on the phone too."), &json!(BEN), &json!(false))
    );
    let close = Some(json!({ "actionType": "CLOSE_REVIEW" }));
    assert_eq!(
        ask(&org, &ben, "POST", &format!("{here}/actions"), close)
            .await
            .status,
        202
    );
    assert_eq!(
        ask(&org, &robin, "GET", &here, None).await.text("status"),
        "CLOSED"
    );
    // There is no launching and no changing among one's own.
    ask(&org, &ben, "POST", MINE, Some(launch(HUGO, "n", &[OWNER])))
        .await
        .is_error(405, "E0000022");
    ask(&org, &ben, "PATCH", &here, Some(json!({})))
        .await
        .is_error(405, "E0000022");
    let principal = ask(&org, &robin, "GET", &format!("{here}/principal"), None)
        .await
        .body;
    assert_eq!(
        principal["oktaAdminRoles"][0]["roleName"],
        "Help Desk Administrator"
    );
    assert!(principal["lastLoginInfo"]["location"]["city"].is_string() && principal["manager"].is_string());
}

/// Makes a role with these permissions and binds it to somebody for all users.
async fn bind(org: &PracticeOrg, label: &str, permissions: &[&str], member: &str) -> (String, String) {
    let make = async |target: &str, body: Value| {
        let made = admin(org, "POST", target, Some(body)).await;
        assert_eq!(made.status, 200, "{:#}", made.body);
        made.text("id").to_owned()
    };
    let role = make(
        "/api/v1/iam/roles",
        json!({ "label": label, "description": "d", "permissions": permissions }),
    )
    .await;
    let users = format!("{}/api/v1/users", org.url());
    let set = make(
        "/api/v1/iam/resource-sets",
        json!({ "label": label, "description": "d", "resources": [users] }),
    )
    .await;
    let member = format!("{}{member}", org.url());
    let binding = json!({ "role": role, "members": [member] });
    make(&format!("/api/v1/iam/resource-sets/{set}/bindings"), binding).await;
    (role, set)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_custom_role_through_a_binding_gives_the_right_to_launch() {
    let org = org(false).await;
    let ben = bearer(&org, APPS).await;
    let stats = format!("{ADMIN}/stats");
    ask(&org, &ben, "GET", &stats, None)
        .await
        .is_error(403, "E0000004");
    let member = format!("/api/v1/users/{BEN}");
    let (role, set) = bind(&org, "Reviews alone", &[MANAGE], &member).await;
    assert_eq!(
        ask(&org, &ben, "GET", &stats, None).await.status,
        200,
        "at once; manage reads too"
    );

    // It is one of Ben's role assignments too, and can be taken away there.
    let roles = format!("/api/v1/users/{BEN}/roles");
    let mine = admin(&org, "GET", &roles, None).await.body;
    let custom = mine
        .as_array()
        .expect("roles")
        .iter()
        .find(|it| it["type"] == "CUSTOM")
        .expect("a custom role");
    assert_eq!(
        (&custom["role"], &custom["resource-set"]),
        (&json!(role), &json!(set))
    );
    let place = format!("{roles}/{}", id(custom));
    assert_eq!(admin(&org, "DELETE", &place, None).await.status, 204);
    ask(&org, &ben, "GET", &stats, None)
        .await
        .is_error(403, "E0000004");
    let members = format!("/api/v1/iam/resource-sets/{set}/bindings/{role}/members");
    assert_eq!(
        admin(&org, "GET", &members, None).await.body["members"],
        json!([])
    );

    // Assigned there, it is a member of the binding.
    let body = json!({ "type": "CUSTOM", "role": role, "resource-set": set });
    let given = admin(&org, "POST", &roles, Some(body)).await;
    assert_eq!(given.status, 201, "{:#}", given.body);
    let found = admin(&org, "GET", &members, None).await.body;
    assert_eq!(found["members"][0]["id"], given.body["id"]);

    // Dev has no other role, so that users can't be read: Okta's guide wants that permission besides.
    let dev = bearer(&org, NOBODY).await;
    let target = "/api/v1/users/00u1p000000000000003";
    let add = json!({ "additions": [format!("{}{target}", org.url())] });
    assert_eq!(admin(&org, "PATCH", &members, Some(add)).await.status, 200);
    let body = launch(HUGO, "By Dev", &[OWNER]);
    ask(&org, &dev, "POST", ADMIN, Some(body.clone()))
        .await
        .is_error(403, "E0000004");
    let permission = format!("/api/v1/iam/roles/{role}/permissions/okta.users.read");
    assert_eq!(admin(&org, "POST", &permission, None).await.status, 204);
    let made = ask(&org, &dev, "POST", ADMIN, Some(body)).await;
    assert_eq!(
        (made.status, made.text("createdBy")),
        (202, "00u1p000000000000003")
    );
    let own = "/governance/api/v1/settings";
    ask(&org, &dev, "GET", own, None).await.is_error(403, "E0000004");
    let other = format!("/governance/api/v1/principal-settings/{HUGO}");
    let none = Some(json!({ "delegates": { "appointments": [] } }));
    ask(&org, &dev, "PATCH", &other, none.clone())
        .await
        .is_error(403, "E0000004");
    let robin = bearer(&org, SUPER).await;
    assert_eq!(ask(&org, &robin, "PATCH", &other, none).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_app_launches_and_has_nothing_of_its_own() {
    let org = org(false).await;
    let key = Key::new("k1");
    let scopes = [
        MANAGE,
        "okta.governance.securityAccessReviews.endUser.manage",
        "okta.users.read",
    ];
    let client = service(&org, &key, false, &scopes, None).await;
    let endpoint = token_endpoint(&org);
    let token = client_token(&org, &key.assertion(&client, &endpoint), &scopes.join(" "), &[]).await;
    let bearer = format!("Bearer {}", token.text("access_token"));
    let stats = format!("{ADMIN}/stats");
    ask(&org, &bearer, "GET", &stats, None)
        .await
        .is_error(403, "E0000004");
    bind(
        &org,
        "Service",
        &[MANAGE, "okta.users.read"],
        &format!("/oauth2/v1/clients/{client}"),
    )
    .await;
    assert_eq!(ask(&org, &bearer, "GET", &stats, None).await.status, 200);
    let made = ask(
        &org,
        &bearer,
        "POST",
        ADMIN,
        Some(launch(HUGO, "By a service", &[OWNER])),
    )
    .await;
    assert_eq!((made.status, made.text("createdBy")), (202, client.as_str()));
    let history = ask(
        &org,
        &bearer,
        "GET",
        &format!("{ADMIN}/{}/history", made.text("id")),
        None,
    )
    .await
    .body;
    assert_eq!(history["data"][0]["principalProfile"]["type"], "CLIENT_APP");
    ask(&org, &bearer, "GET", &format!("{MINE}/stats"), None)
        .await
        .is_error(403, "E0000004");
    let roles = admin(&org, "GET", &format!("/oauth2/v1/clients/{client}/roles"), None).await;
    assert_eq!(roles.body[0]["label"], "Service");
}
