//! Lists of reviews and of access in the practice org: filters, order, pages; what is odd about an item.

use crate::contract_reviews::{ADMIN, Desk, MINE, code, id};
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn items_can_be_filtered_and_sorted_and_tell_what_is_odd() {
    let Some(desk) = Desk::story().await else { return };
    let here = format!("{ADMIN}/{}/accesses", desk.review("Hugo").await);
    let names = async |query: &str| {
        let list = desk.get(&format!("{here}?{query}")).await;
        let list = list["data"].as_array().expect("items").clone();
        list.iter()
            .map(|it| it["name"].as_str().expect("a name").to_owned())
            .collect::<Vec<_>>()
    };
    let list = desk.get(&here).await;
    let severities: Vec<_> = list["data"]
        .as_array()
        .expect("items")
        .iter()
        .map(|it| it["severity"].as_str().expect("one"))
        .collect();
    assert_eq!(
        severities,
        [["HIGH"; 4].as_slice(), &["MEDIUM"; 4], &["LOW"; 6]].concat()
    );
    assert_eq!(
        names("orderBy=priority%20asc&limit=1").await,
        ["Google Workspace"]
    );
    assert_eq!(
        names("orderBy=accessFrequency%20desc&limit=2").await,
        ["Slack", "Google Workspace"]
    );
    assert_eq!(
        names("orderBy=lastAccess%20asc&limit=2").await,
        ["Datadog", "AWS IAM Identity Center"]
    );
    assert_eq!(
        names("filter=sodConflictSeverity%20eq%20%22HIGH%22").await,
        ["NetSuite"]
    );
    assert_eq!(
        names("filter=usageHistorySeverity%20eq%20%22HIGH%22").await,
        ["AWS IAM Identity Center", "Snowflake"]
    );
    assert_eq!(
        names("filter=governanceLabel%20co%20%22Crown%22%20and%20priority%20eq%20%22MEDIUM%22").await,
        ["Workday"]
    );
    for (query, wanted) in [
        ("filter=severity%20eq%20%22HIGH%22", "E0000053"),
        ("filter=resourceType%20eq%20%22GROUP%22", "E0000053"),
        ("orderBy=name", "E0000029"),
        ("limit=201", "E0000029"),
        ("limit=0", "E0000029"),
        ("after=aim1p0000", "E0000029"),
    ] {
        let said = desk
            .org
            .ask_as(&desk.auth(), "GET", &format!("{here}?{query}"), None)
            .await;
        assert_eq!(code(&said), (400, wanted), "{query}");
        assert_eq!(said.1["errorCauses"][0]["domain"], "governance");
    }
    let mut kinds = std::collections::BTreeSet::new();
    let mut places = 0;
    for item in list["data"].as_array().expect("items") {
        let odd = desk.get(&format!("{here}/{}/anomalies", id(item))).await;
        for it in odd["data"].as_array().expect("anomalies") {
            kinds.insert(it["type"].as_str().expect("a type").to_owned());
            let (message, args) = (
                &it["subtext"]["message"],
                it["subtext"]["args"].as_array().expect("args"),
            );
            for place in 0..args.len() {
                places += 1;
                assert!(
                    message
                        .as_str()
                        .is_some_and(|text| text.contains(&format!("{{{place}}}"))),
                    "{it:#}"
                );
            }
        }
    }
    assert!(kinds.len() == 4 && places > 15, "{kinds:?} {places}");
    let aws = desk.get(&format!("{here}?filter=name%20co%20%22aws%22")).await["data"][0].clone();
    assert_eq!(
        aws["subAccessTypes"],
        json!(["ENTITLEMENT_VALUE", "ENTITLEMENT_BUNDLE"])
    );
    let bundle = format!(
        "{here}/{}/sub-accesses?filter=resourceType%20eq%20%22ENTITLEMENT_BUNDLE%22",
        id(&aws)
    );
    let bundle = desk.get(&bundle).await["data"][0].clone();
    assert_eq!(
        bundle["entitlementInfo"]["entitlements"].as_array().map(Vec::len),
        Some(2)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_can_be_filtered_sorted_and_paged() {
    let Some(desk) = Desk::story().await else { return };
    let names = async |query: &str| {
        let list = desk.get(&format!("{ADMIN}?{query}")).await;
        let list = list["data"].as_array().expect("reviews").clone();
        list.iter()
            .map(|it| {
                it["name"]
                    .as_str()
                    .expect("a name")
                    .split(':')
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            })
            .collect::<Vec<_>>()
    };
    let all = names("").await;
    assert_eq!(
        all,
        [
            "Leaver check",
            "Quarterly check of administrators",
            "Lost laptop",
            "Unusual sign-in",
            "Change of department"
        ]
    );
    assert_eq!(
        names("filter=status%20eq%20%22ACTIVE%22&orderBy=endTime").await,
        ["Quarterly check of administrators", "Lost laptop"]
    );
    assert_eq!(
        names("filter=reviewer.name%20co%20%22ben%22").await,
        ["Lost laptop"]
    );
    let since = desk.in_seconds(-4 * 86_400);
    assert_eq!(
        names(&format!(
            "filter=created%20gt%20%22{since}%22&orderBy=name%20desc"
        ))
        .await,
        ["Unusual sign-in", "Lost laptop", "Change of department"]
    );
    let (mut seen, mut target) = (Vec::new(), format!("{ADMIN}?limit=2&orderBy=status%20desc"));
    loop {
        let page = desk.get(&target).await;
        seen.extend(
            page["data"]
                .as_array()
                .expect("reviews")
                .iter()
                .map(|it| it["status"].as_str().expect("one").to_owned()),
        );
        assert!(
            page["_links"]["self"]["href"]
                .as_str()
                .is_some_and(|it| it.contains("limit=2&orderBy=status%20desc"))
        );
        match page["_links"]["next"]["href"].as_str() {
            Some(next) => {
                target = next
                    .strip_prefix(desk.org.org.url())
                    .expect("the org's own")
                    .to_owned();
            }
            None => break,
        }
    }
    assert_eq!(seen, ["PENDING", "ERROR", "CLOSED", "ACTIVE", "ACTIVE"]);
    let stats = json!({ "activeCount": 2, "pendingCount": 1, "errorCount": 1, "closedCount": 1 });
    assert_eq!(desk.get(&format!("{ADMIN}/stats")).await, stats);
    for wrong in [
        "filter=name%20sw%20%22a%22",
        "filter=created%20eq%20%222026-01-01T00:00:00Z%22",
        "orderBy=owner",
        "after=x",
    ] {
        assert_eq!(
            desk.org
                .ask_as(&desk.auth(), "GET", &format!("{ADMIN}?{wrong}"), None)
                .await
                .0,
            400,
            "{wrong}"
        );
    }
    let owner = desk.get(&format!("{MINE}/stats")).await;
    assert_eq!(owner["activeCount"], 1, "those of others are not Robin's to do");
}
