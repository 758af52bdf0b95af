//! The practice org on the wire: who is let in, limits, pages.

use practice_org::{Auth, Entry, Fault, OddPaging, Options, PracticeOrg, Switch};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

pub const GOOGLE: &str = "/api/v1/apps/0oa1p000000000000001/connections/default";

pub async fn org(limits: bool) -> PracticeOrg {
    PracticeOrg::start(Options {
        limits,
        ..Options::default()
    })
    .await
    .expect("the practice org starts")
}

pub fn ask(org: &PracticeOrg, method: Method, target: &str) -> RequestBuilder {
    let request = support::http().request(method, format!("{}{target}", org.url()));
    request.header("authorization", format!("SSWS {}", org.token()))
}

pub async fn get(org: &PracticeOrg, target: &str) -> Response {
    ask(org, Method::GET, target).send().await.expect("an answer")
}

pub fn save(org: &PracticeOrg) -> RequestBuilder {
    let body = json!({ "profile": { "authScheme": "OAUTH2" } }).to_string();
    ask(org, Method::POST, GOOGLE)
        .header("content-type", "application/json")
        .body(body)
}

pub fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().expect("text"))
}

fn numbers(answer: &Response) -> [i64; 3] {
    ["limit", "remaining", "reset"].map(|name| {
        header(answer, &format!("x-rate-limit-{name}"))
            .parse()
            .unwrap_or(-1)
    })
}

pub async fn json_of(answer: Response) -> Value {
    serde_json::from_str(&answer.text().await.expect("text")).expect("JSON")
}

pub fn last(org: &PracticeOrg) -> Entry {
    org.ledger().pop().expect("an entry")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_its_own_name_and_no_other_page_gets_in() {
    let org = org(true).await;
    assert!(org.url().starts_with("http://127.0.0.1:"));
    for (name, value, status) in [
        ("host", "acme.okta.com", 421),
        ("host", "localhost", 421),
        ("origin", "https://evil.example.com", 403),
        ("origin", org.url(), 403),
        ("origin", "null", 403),
    ] {
        let answer = ask(&org, Method::GET, "/api/v1/org")
            .header(name, value)
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status().as_u16(), status, "{name}: {value}");
        assert!(answer.headers().get("access-control-allow-origin").is_none());
    }
    assert!(
        org.ledger().is_empty(),
        "what is turned away at the door is not the org's"
    );
    let large = save(&org)
        .body("x".repeat(1024 * 1024 + 1))
        .send()
        .await
        .expect("an answer");
    assert_eq!(large.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tokens_and_scopes() {
    let org = org(true).await;
    let with = |auth: String| {
        let request = support::http()
            .get(format!("{}{GOOGLE}", org.url()))
            .header("authorization", auth);
        async move { request.send().await.expect("an answer") }
    };
    assert_eq!(with(format!("SSWS {}", org.token())).await.status(), 200);
    assert_eq!(
        with(format!("SSWS{}", org.token())).await.status(),
        200,
        "Okta's Python SDK leaves the space out"
    );
    assert_eq!(
        (
            last(&org).auth,
            with("SSWS 00wrong".into()).await.status().as_u16()
        ),
        (Auth::Ssws, 401)
    );
    assert_eq!(with("Basic eDp5".into()).await.status(), 403);
    assert_eq!(
        with(format!("Bearer {}", org.token())).await.status(),
        401,
        "an API token is no access token"
    );

    let reader = org.grant(&["okta.apps.read"]);
    let manager = org.grant(&["okta.apps.manage"]);
    assert_eq!(with(format!("Bearer {reader}")).await.status(), 200);
    assert_eq!(
        with(format!("Bearer {manager}")).await.status(),
        200,
        "manage includes read"
    );
    let activate = format!("{}{GOOGLE}/lifecycle/activate", org.url());
    let refused = support::http()
        .post(&activate)
        .header("authorization", format!("Bearer {reader}"))
        .send()
        .await;
    let refused = refused.expect("an answer");
    let challenge = header(&refused, "www-authenticate").to_owned();
    assert!(
        challenge.starts_with("Bearer ") && challenge.contains("error=\"insufficient_scope\""),
        "{challenge}"
    );
    assert!(
        challenge.contains("scope=\"okta.apps.manage\""),
        "it names the scope that is needed: {challenge}"
    );
    assert_eq!(
        (
            refused.status().as_u16(),
            json_of(refused).await["errorCode"].clone()
        ),
        (403, json!("E0000006"))
    );
    org.advance(3601);
    let expired = with(format!("Bearer {manager}")).await;
    assert!(expired.status() == 401 && header(&expired, "www-authenticate").contains("invalid_token"));

    org.set_switch(Switch::PermissionMissing, true);
    assert_eq!(get(&org, GOOGLE).await.status(), 200, "it may still look");
    assert_eq!(
        json_of(save(&org).send().await.expect("an answer")).await["errorCode"],
        "E0000006"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bucket_is_shared_by_apps_connections_and_features_and_opens_again() {
    let org = org(true).await;
    let first = get(&org, "/api/v1/apps?limit=1").await;
    let [limit, remaining, reset] = numbers(&first);
    assert_eq!((limit, remaining), (50, 49));
    let ahead = reset - seconds_of(header(&first, "date"));
    assert!(
        (59..=60).contains(&ahead),
        "a window of a minute from the first request: {ahead}"
    );
    assert_eq!(numbers(&get(&org, GOOGLE).await)[1], 48);
    assert_eq!(
        numbers(&get(&org, "/api/v1/apps/0oa1p000000000000001/features").await)[1],
        47
    );
    assert_eq!(
        numbers(&get(&org, "/api/v1/apps/0oa1p000000000000001").await)[..2],
        [250, 249],
        "one app has its own"
    );
    org.faults().foreign_load("/api/v1/apps", 46);
    assert_eq!(numbers(&get(&org, GOOGLE).await)[1], 0);
    let full = get(&org, GOOGLE).await;
    assert_eq!(
        (full.status().as_u16(), numbers(&full)[1], numbers(&full)[2]),
        (429, 0, reset)
    );
    assert!(full.headers().get("retry-after").is_none(), "Okta sends none");
    assert_eq!(json_of(full).await["errorCode"], "E0000047");
    org.advance(61);
    assert_eq!(numbers(&get(&org, GOOGLE).await)[1], 49);
    org.set_switch(Switch::RateLimit, true);
    assert_eq!(get(&org, GOOGLE).await.status(), 429);
    assert_eq!(
        get(&org, "/api/v1/org").await.status(),
        200,
        "other buckets are open"
    );
}

/// UNIX seconds of an HTTP date.
fn seconds_of(date: &str) -> i64 {
    let parts: Vec<&str> = date.split([' ', ':']).collect();
    let number = |at: usize| parts[at].parse::<i64>().expect("a number");
    let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month = months.iter().position(|it| *it == parts[2]).expect("a month") as i64 + 1;
    // Days since 1970 of a civil date, by the rule that years begin in March.
    let (day, year) = (number(1), if month > 2 { number(3) } else { number(3) - 1 });
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * ((month + 9) % 12) + 2) / 5 + day
        - 1
        - 719_468;
    days * 86_400 + number(4) * 3600 + number(5) * 60 + number(6)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_many_at_once_are_told_so_with_zeros() {
    let org = org(true).await;
    org.faults().concurrency(Some(2));
    org.faults().fail_next(
        Fault::on("GET", "/api/v1/org")
            .times(2)
            .slow(Duration::from_secs(3), Duration::ZERO),
    );
    let slow = [get(&org, "/api/v1/org"), get(&org, "/api/v1/org")];
    let third = async {
        support::until("two are under way", async || org.ledger().len() == 2).await;
        get(&org, "/api/v1/org").await
    };
    let [one, two] = slow;
    let (one, two, third) = tokio::join!(one, two, third);
    assert_eq!(
        (
            one.status().as_u16(),
            two.status().as_u16(),
            third.status().as_u16()
        ),
        (200, 200, 429)
    );
    assert_eq!(numbers(&third)[..2], [0, 0]);
    assert_eq!(get(&org, "/api/v1/org").await.status(), 200);
}

/// The target of a `Link`.
fn link(answer: &Response, relation: &str) -> Option<String> {
    let links = answer
        .headers()
        .get_all("link")
        .iter()
        .map(|value| value.to_str().expect("text"));
    let wanted = format!(">; rel=\"{relation}\"");
    links
        .filter_map(|link| link.strip_suffix(&wanted))
        .find_map(|link| link.strip_prefix('<'))
        .map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_hold_every_row_once_and_odd_ones_mislead_as_asked() {
    let options = Options {
        limits: false,
        apps: 450,
        users: 300,
        ..Options::default()
    };
    let org = PracticeOrg::start(options)
        .await
        .expect("the practice org starts");
    for (list, count) in [
        ("/api/v1/apps?limit=200", 464),
        ("/api/v1/users?limit=200&filter=id%20pr", 361),
    ] {
        let (mut next, mut ids, mut rows) = (Some(list.to_owned()), BTreeSet::new(), 0);
        while let Some(target) = next {
            let page = get(&org, &target).await;
            next =
                link(&page, "next").map(|next| next.strip_prefix(org.url()).expect("own address").to_owned());
            assert!(link(&page, "self").is_some());
            for row in json_of(page).await.as_array().expect("rows") {
                rows += 1;
                ids.insert(row["id"].as_str().expect("id").to_owned());
            }
        }
        assert_eq!((rows, ids.len()), (count, count), "{list}");
    }
    let all = json_of(get(&org, "/api/v1/apps").await).await;
    assert_eq!(
        all.as_array().map(Vec::len),
        Some(464),
        "without a limit everything comes, as Okta does"
    );
    let found = json_of(get(&org, "/api/v1/apps?q=goo").await).await;
    assert_eq!(found.as_array().map(Vec::len), Some(2));
    let people = json_of(get(&org, "/api/v1/users?filter=status%20eq%20%22DEPROVISIONED%22").await).await;
    assert!(people.as_array().is_some_and(|people| !people.is_empty()));
    let usual = json_of(get(&org, "/api/v1/users?limit=200").await).await;
    assert!(
        usual
            .as_array()
            .expect("users")
            .iter()
            .all(|user| user["status"] != "DEPROVISIONED")
    );

    let next = async |odd: OddPaging| {
        org.faults().paging(Some(odd));
        let page = get(&org, "/api/v1/apps?limit=5").await;
        let next = link(&page, "next").expect("a next");
        (next, json_of(page).await.as_array().map_or(0, Vec::len))
    };
    let (other, rows) = next(OddPaging::OtherOrigin("https://acme-admin.okta.com".into())).await;
    assert!(
        other.starts_with("https://acme-admin.okta.com/api/v1/apps?after=") && rows == 5,
        "{other}"
    );
    assert!(
        next(OddPaging::OtherPath)
            .await
            .0
            .starts_with(&format!("{}/api/v1/elsewhere?", org.url()))
    );
    let (again, _) = next(OddPaging::Loop).await;
    let again = get(&org, again.strip_prefix(org.url()).expect("own address")).await;
    assert_eq!(link(&again, "next"), link(&again, "self"), "it leads to itself");
    let (empty, rows) = next(OddPaging::EmptyPage).await;
    assert_eq!(rows, 0);
    let full = get(&org, empty.strip_prefix(org.url()).expect("own address")).await;
    assert_eq!(json_of(full).await.as_array().map(Vec::len), Some(5));
}
