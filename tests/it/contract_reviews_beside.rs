//! What stands beside access reviews in the practice org: delegates, and access that is taken away at once.

use crate::contract_reviews::{ADMIN, BEN, Desk, HUGO, OWNER, id, launch};
use crate::contract_wire::json_of;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn delegates_and_access_outside_reviews_are_checked() {
    let Some(desk) = Desk::story().await else { return };
    let settings =
        format!("/governance/api/v1/principal-settings/orn:okta:directory:00o1practice0org0001:users:{HUGO}");
    let to = |who: &str| json!({ "delegates": { "appointments": [{ "delegate": { "type": "OKTA_USER", "externalId": who } }] } });
    assert_eq!(desk.send("PATCH", &settings, to(BEN)).await.0, 200, "by ORN");
    // Recorded, and in no schema: not judged.
    let list = async |query: &str| {
        let request = support::http().get(format!(
            "{}/governance/api/v1/delegates{query}",
            desk.org.org.url()
        ));
        json_of(
            request
                .header("authorization", desk.auth())
                .send()
                .await
                .expect("an answer"),
        )
        .await
    };
    let found = list(&format!("?filter=delegatorId%20eq%20%22{HUGO}%22")).await;
    assert_eq!(found["data"][0]["delegate"]["externalId"], BEN);
    assert_eq!(
        list(&format!("?filter=delegatorId%20eq%20%22{BEN}%22")).await["data"],
        json!([])
    );
    let none = json!({ "delegates": { "appointments": [] } });
    assert_eq!(
        desk.send("PATCH", &settings, none).await.1["delegates"]["appointments"],
        json!([])
    );
    let nobody = "/governance/api/v1/principal-settings/00u1nobody0000000001";
    let (status, said) = desk.send("PATCH", nobody, to(BEN)).await;
    assert_eq!(
        (status, &said["errorSummary"]),
        (404, &json!("Principal not found exception"))
    );
    assert_eq!(
        desk.send("PATCH", &settings, to(HUGO)).await.0,
        400,
        "nobody is their own delegate"
    );
    assert_eq!(
        desk.send("PATCH", "/governance/api/v1/my/settings", to(BEN))
            .await
            .0,
        403,
        "the org lets nobody"
    );
    let users = "/governance/api/v1/my/settings/delegate/users";
    assert_eq!(
        desk.org.ask_as(&desk.auth(), "GET", users, None).await.0,
        400,
        "anybody may be one: say who"
    );
    let named = desk
        .get(&format!(
            "{users}?filter=firstName%20sw%20%22Ben%22%20OR%20lastName%20sw%20%22Ben%22"
        ))
        .await;
    assert!(
        named["data"]
            .as_array()
            .is_some_and(|it| !it.is_empty() && it.iter().all(|it| it["firstName"] == "Ben"))
    );

    let revoke = "/governance/api/v2/revoke-principal-access";
    let user = format!("orn:okta:directory:00o1practice0org0001:users:{HUGO}");
    let app = "orn:okta:idp:00o1practice0org0001:apps:zoomus:0oa1p000000000000004";
    for (body, says) in [
        (json!({ "revokeOrns": [app] }), "principalOrn is required"),
        (
            json!({ "principalOrn": user, "revokeOrns": ["zoom"] }),
            "Invalid ORN format for revokeObjectOrns",
        ),
        (
            json!({ "principalOrn": user, "revokeOrns": [app, app] }),
            "Invalid ORN format for revokeObjectOrns",
        ),
    ] {
        let said = desk.org.ask_as(&desk.auth(), "POST", revoke, Some(body)).await;
        assert_eq!(
            (said.0, &said.1["errorCauses"][0]["errorSummary"]),
            (400, &json!(says))
        );
    }
    assert_eq!(
        desk.send(
            "POST",
            revoke,
            json!({ "principalOrn": user, "revokeOrns": [app] })
        )
        .await
        .0,
        200
    );
    let (_, later) = desk.send("POST", ADMIN, launch(HUGO, "After", &[OWNER])).await;
    desk.org.org.advance(7);
    assert_eq!(desk.item(id(&later), "Zoom").await, Value::Null);
}
