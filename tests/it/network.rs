//! Proxies and certificate authorities, as the system has them: used for orgs in the world, never for the practice org, and
//! nothing is sent to whoever can't be trusted.

use crate::child::Bridge;
use crate::gateway::{Authority, Gateway, Reply, self_signed};
use practice_org::PracticeOrg;
use serde_json::{Value, json};
use tempfile::TempDir;

const ORG: &str = "https://acme.okta.com";
/// A name that leads nowhere (RFC 6761), so that whoever goes past the proxy goes nowhere.
const NOWHERE: &str = "https://login.example.invalid";
const TOKEN: &str = "00CANARYtokenCANARYtokenCANARYtokenCANARY2";

async fn checked(bridge: &Bridge, address: &str) -> Result<Value, Value> {
    bridge.rpc("org_check", json!({ "address": address })).await
}

/// A bridge behind this proxy, with more variables.
fn behind(folder: &TempDir, proxy: &str, more: &[(&str, &str)]) -> Bridge {
    let mut env = vec![("HTTPS_PROXY", proxy)];
    env.extend_from_slice(more);
    Bridge::start(folder.path(), &env)
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_org_is_reached_through_the_systems_proxy_and_nothing_leaks_to_it() {
    let gateway = Gateway::start(Reply::Status("502 Bad Gateway")).await;
    let folder = folder();
    let proxy = format!("http://agent:CANARY-proxy-password@{}", gateway.address);
    let bridge = behind(&folder, &proxy, &[]);
    let problem = checked(&bridge, "https://acme-admin.okta.com/admin/dashboard")
        .await
        .expect_err("a proxy that fails");
    assert_eq!(problem["code"], "network", "{problem:#}");
    let asked = gateway.asked();
    assert!(!asked.is_empty());
    for head in &asked {
        assert!(
            head.starts_with("CONNECT acme.okta.com:443 HTTP/1.1\r\n"),
            "{head}"
        );
        assert!(
            head.to_lowercase().contains("proxy-authorization: basic "),
            "{head}"
        );
        assert!(!head.contains("okta-organization"), "{head}");
    }
    // The proxy's password is in nothing that is shown or kept.
    let calls = bridge.ok("calls_list", json!({})).await;
    assert!(calls.as_array().is_some_and(|all| !all.is_empty()), "{calls:#}");
    let words = format!("{problem} {calls}");
    for form in ["CANARY-proxy-password", "YWdlbnQ6Q0FOQVJZ"] {
        assert!(!words.contains(form), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_that_refuses_is_told_from_an_org_that_does() {
    for (status, expected) in [
        (
            "407 Proxy Authentication Required",
            "asks for a name and a password",
        ),
        ("403 Forbidden", "The proxy"),
    ] {
        let gateway = Gateway::start(Reply::Status(status)).await;
        let folder = folder();
        let bridge = behind(&folder, &format!("http://{}", gateway.address), &[]);
        let problem = checked(&bridge, ORG).await.expect_err("refused");
        assert_eq!(problem["code"], "network", "{problem:#}");
        let words = format!("{} {}", problem["title"], problem["why"]);
        assert!(
            words.contains(expected) && words.contains("Nothing was sent"),
            "{status}: {words}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hosts_the_system_excepts_are_reached_directly() {
    let gateway = Gateway::start(Reply::Status("502 Bad Gateway")).await;
    let folder = folder();
    let proxy = format!("http://{}", gateway.address);
    let bridge = behind(
        &folder,
        &proxy,
        &[("NO_PROXY", "intranet.example,.example.invalid")],
    );
    let problem = checked(&bridge, NOWHERE)
        .await
        .expect_err("there is no such host");
    assert_eq!(problem["code"], "network", "{problem:#}");
    assert_eq!(gateway.asked(), Vec::<String>::new());
    // Whatever is not excepted still goes through.
    checked(&bridge, ORG).await.expect_err("the proxy fails");
    assert!(
        gateway
            .asked()
            .iter()
            .all(|head| head.starts_with("CONNECT acme.okta.com:443 "))
    );
    assert!(!gateway.asked().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_practice_org_goes_through_no_proxy() {
    let org = PracticeOrg::start(support::unlimited())
        .await
        .expect("the practice org starts");
    let gateway = Gateway::start(Reply::Status("502 Bad Gateway")).await;
    let folder = folder();
    let proxy = format!("http://{}", gateway.address);
    let more = [
        ("HTTP_PROXY", proxy.as_str()),
        ("http_proxy", &proxy),
        ("ALL_PROXY", &proxy),
    ];
    let bridge = behind(&folder, &proxy, &more);
    let found = checked(&bridge, org.url()).await.expect("it is there");
    assert_eq!(found["tag"], "practice");
    bridge.ok("practice_start", json!({})).await;
    assert_eq!(gateway.asked(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_the_system_does_not_trust_is_refused_and_nothing_is_sent() {
    let authority = Authority::new();
    let trusted = folder();
    let store = trusted.path().join("authorities.pem");
    std::fs::write(&store, authority.pem()).expect("written");
    let store = store.to_str().expect("text");
    let fine = authority.server("acme.okta.com", |_| {});
    let other = authority.server("acme.okta.com.evil.example", |_| {});
    let over = authority.server("acme.okta.com", |params| {
        params.not_before = rcgen::date_time_ymd(2020, 1, 1);
        params.not_after = rcgen::date_time_ymd(2021, 1, 1);
    });
    for (what, reply, env) in [
        ("unknown authority", fine, None),
        ("signed by itself", self_signed("acme.okta.com"), None),
        ("another host's", other, Some(("SSL_CERT_FILE", store))),
        ("expired", over, Some(("SSL_CERT_FILE", store))),
    ] {
        let gateway = Gateway::start(reply).await;
        let folder = folder();
        let more: Vec<(&str, &str)> = env.into_iter().collect();
        let bridge = behind(&folder, &format!("http://{}", gateway.address), &more);
        let problem = checked(&bridge, ORG).await.expect_err(what);
        assert_eq!(
            (&problem["code"], &problem["field"]),
            (&json!("tls"), &json!("address")),
            "{what}: {problem:#}"
        );
        let words = format!("{} {}", problem["title"], problem["why"]);
        assert!(
            words.contains("certificate of acme.okta.com") && words.contains("trust store"),
            "{words}"
        );
        assert!(words.contains("Nothing was sent"), "{words}");
        assert!(!gateway.asked().is_empty(), "{what}: it came as far as the proxy");
        assert_eq!(gateway.served(), Vec::<String>::new(), "{what}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_authority_the_system_trusts_is_good_enough() {
    let authority = Authority::new();
    let gateway = Gateway::start(authority.server("acme.okta.com", |_| {})).await;
    let folder = folder();
    let store = folder.path().join("authorities.pem");
    std::fs::write(&store, authority.pem()).expect("written");
    let store = store.to_str().expect("text");
    let bridge = behind(
        &folder,
        &format!("http://{}", gateway.address),
        &[("SSL_CERT_FILE", store)],
    );
    let found = checked(&bridge, "acme-admin.okta.com").await.expect("trusted");
    assert_eq!(
        (&found["host"], &found["orgId"]),
        (&json!("acme.okta.com"), &json!("00o1example0org0000"))
    );
    let args = json!({ "origin": found["origin"], "token": TOKEN, "name": "", "colour": "", "sessionOnly": true,
        "customDomainConfirmed": false });
    let added = bridge.ok("org_add", args).await;
    assert_eq!(added["name"], "Acme", "{added:#}");
    // The token went through the tunnel alone; the proxy saw a host and a port.
    let held = |heads: &[String]| heads.iter().filter(|head| head.contains(TOKEN)).count();
    assert_eq!((held(&gateway.asked()), held(&gateway.served())), (0, 1));
    for head in gateway.asked() {
        assert!(head.starts_with("CONNECT acme.okta.com:443 "), "{head}");
    }
}
