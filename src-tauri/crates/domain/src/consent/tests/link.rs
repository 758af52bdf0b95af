//! The link that is opened.

use super::origin;
use crate::consent::{AuthorizeLink, StateMark};
use crate::problem::Problem;

const GOOD: &str = "https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=1234.apps.example&scope=admin&state=s7Xk2canary&redirect_uri=https%3A%2F%2Fsystem-admin.okta.com%2Fadmin%2Fapp%2Fcpc%2Fgoogle%2Foauth%2Fcallback";

fn check(href: &str) -> Result<AuthorizeLink, Problem> {
    AuthorizeLink::check(href, "google", &origin("https://acme.okta.com"))
}

fn refused() -> Vec<(&'static str, String, &'static str)> {
    let query = &GOOD[GOOD.find('?').expect("a query")..];
    let with = |origin: &str| format!("{origin}{query}");
    vec![
        (
            "far too long",
            format!("{GOOD}&x={}", "a".repeat(100_000)),
            "far longer",
        ),
        (
            "a space",
            GOOD.replace("scope=admin", "scope=admin more"),
            "characters",
        ),
        ("a line break", format!("{GOOD}\n"), "characters"),
        ("a quote", format!("{GOOD}\""), "characters"),
        ("a backslash", GOOD.replace("com/o", "com\\o"), "characters"),
        ("a NUL", format!("{GOOD}\0"), "characters"),
        (
            "no address",
            "accounts.google.com".to_owned(),
            "not a web address",
        ),
        ("file:", with("file:///etc/passwd"), "https://"),
        ("smb:", with("smb://files.example.com/share"), "https://"),
        ("javascript:", with("javascript:alert(1)"), "https://"),
        ("ms-msdt:", with("ms-msdt:/id"), "https://"),
        (
            "http:",
            GOOD.replace("https://accounts", "http://accounts"),
            "https://",
        ),
        (
            "http on this machine",
            GOOD.replace("https://accounts.google.com", "http://127.0.0.1:80"),
            "https://",
        ),
        (
            "one slash",
            GOOD.replace("https://accounts", "https:/accounts"),
            "https://",
        ),
        ("a user", GOOD.replace("accounts", "me@accounts"), "user name"),
        ("a fragment", format!("{GOOD}#x"), "user name"),
        (
            "a dash in front",
            GOOD.replace("accounts.google.com", "-x.example.com"),
            "host",
        ),
        (
            "a bare name",
            GOOD.replace("accounts.google.com", "localhost"),
            "host",
        ),
        (
            "an IP address",
            GOOD.replace("accounts.google.com", "192.0.2.7"),
            "host",
        ),
        ("no state", GOOD.replace("state=", "stat="), "no “state”"),
        ("an empty state", GOOD.replace("s7Xk2canary", ""), "no “state”"),
        ("two states", format!("{GOOD}&state=again"), "“state” twice"),
        (
            "no client id",
            GOOD.replace("client_id=", "client="),
            "no “client_id”",
        ),
        (
            "no way back",
            GOOD.replace("redirect_uri=", "redirect="),
            "no “redirect_uri”",
        ),
        (
            "a way back that is none",
            GOOD.replace("redirect_uri=https%3A", "redirect_uri=x%3A"),
            "leads back",
        ),
        (
            "a way back without https",
            GOOD.replace("redirect_uri=https", "redirect_uri=http"),
            "leads back",
        ),
    ]
}

pub(super) fn sentences() -> Vec<(String, Problem)> {
    refused()
        .into_iter()
        .filter_map(|(name, href, _)| Some((format!("link: {name}"), check(&href).err()?)))
        .collect()
}

#[test]
fn only_a_link_that_can_be_trusted_is_opened() {
    for (name, href, why) in refused() {
        let problem = check(&href).expect_err(name);
        assert!(problem.why.contains(why), "{name}: {}", problem.why);
        assert!(
            !problem.to_string().contains("s7Xk2canary"),
            "{name} shows the state"
        );
    }
}

#[test]
fn a_good_link_tells_its_host_and_keeps_its_state_to_itself() {
    let link = check(GOOD).expect("a good link");
    assert_eq!(link.as_str(), GOOD);
    assert_eq!(
        (link.host(), link.redirect_host()),
        ("accounts.google.com", "system-admin.okta.com")
    );
    assert!(link.host_known());
    assert_eq!(link.state_mark(), StateMark::of("s7Xk2canary"));
    assert_eq!(format!("{link:?}"), "AuthorizeLink(accounts.google.com)");
}

#[test]
fn a_host_is_known_for_its_app_only() {
    let known = |app: &str, host: &str| {
        let href = GOOD.replace("accounts.google.com", host);
        AuthorizeLink::check(&href, app, &origin("https://acme.okta.com"))
            .expect("a good link")
            .host_known()
    };
    for (app, host, wanted) in [
        ("google", "accounts.google.com", true),
        ("google", "ACCOUNTS.GOOGLE.COM", true),
        ("google", "accounts.google.com.example.net", false),
        ("google", "xaccounts.google.com", false),
        ("google", "accounts.google.com:8443", false),
        ("google", "slack.com", false),
        ("office365", "login.microsoftonline.com", true),
        ("office365", "login.microsoftonline.us", true),
        ("slack", "slack.com", true),
        ("slack", "acme.enterprise.slack.com", true),
        ("slack", "notslack.com", false),
        ("zoomus", "acme.zoom.us", true),
        ("zoomus", "evilzoom.us", false),
        ("salesforce", "accounts.google.com", false),
    ] {
        assert_eq!(known(app, host), wanted, "{app} at {host}");
    }
}

#[test]
fn the_practice_org_may_stay_on_this_machine() {
    let org = origin("http://127.0.0.1:41234");
    let at = |host: &str| {
        let href = GOOD.replace("https://accounts.google.com", host);
        AuthorizeLink::check(&href, "google", &org)
    };
    assert!(at("http://127.0.0.1:41234").expect("its own page").host_known());
    assert!(at("http://127.0.0.2:41234").is_err());
    assert!(at("http://accounts.google.com").is_err());
}

#[test]
fn a_mark_survives_being_written_down() {
    let mark = StateMark::of("s7Xk2canary");
    let hex = mark.to_hex();
    assert_eq!(hex.len(), 64);
    assert_eq!(StateMark::from_hex(&hex), Some(mark));
    assert_ne!(StateMark::of("s7Xk2canarz"), mark);
    for bad in [
        "",
        "00",
        &hex[1..],
        &hex.to_uppercase(),
        &format!("{}+", &hex[1..]),
        &format!("{hex}0"),
    ] {
        assert_eq!(StateMark::from_hex(bad), None, "{bad}");
    }
}
