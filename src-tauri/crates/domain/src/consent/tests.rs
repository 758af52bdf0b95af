mod link;
mod properties;
mod table;

use super::*;

/// Every sentence of the hand-off that no other text of the tests brings out, with what it is about.
pub(crate) fn sentences() -> Vec<(String, Problem)> {
    table::sentences().into_iter().chain(link::sentences()).collect()
}

pub(super) const APP: &str = "0oa1gjh63g214q0Hq0g4";
pub(super) const OTHER_APP: &str = "0oa2zoomzoomzoomzoom";
/// As Google writes them: a slash in front, percent-encoded in the address.
pub(super) const CODE: &str = "4/0AcanaryCode-7Qz9_Wh";
pub(super) const CODE_ENCODED: &str = "4%2F0AcanaryCode-7Qz9_Wh";
pub(super) const STATE: &str = "s7Xk2canaryState9QpL4vN8";
pub(super) const EARLIER: &str = "e1Ab2canaryEarlier3Cd4Ef5";
pub(super) const OTHERS: &str = "o5Mn6canaryOther7Rs8Tu9Vw";
pub(super) const ADDRESS: &str = "https://acme.okta.com/api/v1/apps/google/0oa1gjh63g214q0Hq0g4/oauth2/callback?code=4%2F0AcanaryCode-7Qz9_Wh&state=s7Xk2canaryState9QpL4vN8";

/// Runs a closure with the consent the tests wait for: google in acme.okta.com, which has a domain of its own too,
/// opened twice; and a Zoom app of another org that waits as well.
pub(super) fn waiting<T>(run: impl FnOnce(&Waiting<'_>, &[Other<'_>]) -> T) -> T {
    let (acme, globex) = (
        origin("https://acme.okta.com"),
        origin("https://globex.oktapreview.com"),
    );
    let alternate = ["login.example.com".to_owned()];
    let earlier = [StateMark::of(EARLIER)];
    let ours = Waiting {
        org: &acme,
        alternate: &alternate,
        app_name: "google",
        app: APP,
        mark: StateMark::of(STATE),
        earlier: &earlier,
    };
    let other = Other {
        org_key: "globex.oktapreview.com",
        app: OTHER_APP,
        label: "Zoom for sales",
        waiting: Waiting {
            org: &globex,
            alternate: &[],
            app_name: "zoomus",
            app: OTHER_APP,
            mark: StateMark::of(OTHERS),
            earlier: &[],
        },
    };
    run(&ours, &[other])
}

pub(super) fn read(text: &str) -> Result<Returned, Problem> {
    waiting(|ours, others| read_return(text, ours, others))
}

pub(super) fn origin(text: &str) -> OrgOrigin {
    OrgOrigin::parse(text).expect("an origin")
}

static_assertions::assert_not_impl_any!(Returned: serde::Serialize, Clone, PartialEq, std::fmt::Display);

#[test]
fn what_is_returned_is_not_shown() {
    let returned = read(ADDRESS).expect("an answer");
    assert_eq!(
        format!("{returned:?}"),
        "Returned { code: [secret], state: [secret] }"
    );
}

#[test]
fn the_practice_org_answers_on_its_own_port_without_https() {
    let org = origin("http://127.0.0.1:41234");
    let ours = Waiting {
        org: &org,
        alternate: &[],
        app_name: "google",
        app: APP,
        mark: StateMark::of(STATE),
        earlier: &[],
    };
    let answer =
        |origin: &str| format!("{origin}/api/v1/apps/google/{APP}/oauth2/callback?code=c0de&state={STATE}");
    let title = |text: &str| {
        read_return(text, &ours, &[])
            .map_err(|problem| problem.title)
            .map(|it| it.code.expose().to_owned())
    };
    assert_eq!(title(&answer("http://127.0.0.1:41234")).as_deref(), Ok("c0de"));
    assert_eq!(title(&answer("127.0.0.1:41234")).as_deref(), Ok("c0de"));
    for (elsewhere, sentence) in [
        (
            "http://127.0.0.1:41235",
            "The answer's address does not begin with https://.",
        ),
        (
            "http://localhost:41234",
            "The answer's address does not begin with https://.",
        ),
        (
            "https://127.0.0.1:41234",
            "The answer's address is not written as Okta writes it.",
        ),
        (
            "https://acme.okta.com",
            "This answer is from another host: acme.okta.com.",
        ),
    ] {
        assert_eq!(title(&answer(elsewhere)), Err(sentence.to_owned()), "{elsewhere}");
    }
}

#[test]
fn a_state_with_plus_signs_may_come_back_with_spaces() {
    let org = origin("https://acme.okta.com");
    let ours = |state: &str| {
        let waiting = Waiting {
            org: &org,
            alternate: &[],
            app_name: "google",
            app: APP,
            mark: StateMark::of("ab+cd/ef=="),
            earlier: &[],
        };
        read_return(&format!("code=c0de&state={state}"), &waiting, &[]).is_ok()
    };
    assert!(ours("ab+cd/ef=="));
    assert!(ours("ab%2Bcd%2Fef%3D%3D"));
    assert!(ours("ab%20cd%2Fef%3D%3D"));
    assert!(!ours("abcd/ef=="));
}

#[test]
fn the_silent_look_is_strict() {
    let padded = format!("{ADDRESS}{}", " ".repeat(LONGEST_UNASKED));
    for (text, wanted) in [
        (ADDRESS.to_owned(), true),
        (
            format!(r#"{{"continue_oauth_flow_url": {{"href": "{ADDRESS}", "method": "POST"}}}}"#),
            true,
        ),
        (ADDRESS.replace('/', "\\/").replace('&', "\\u0026"), true),
        (
            ADDRESS.replace("https://acme.okta.com", "http://127.0.0.1:4000"),
            true,
        ),
        (ADDRESS.replace("https:", "http:"), false),
        ("code=abc&state=def".to_owned(), false),
        (ADDRESS.replace("google", "salesforce"), false),
        (ADDRESS.replace(APP, "0oa1"), false),
        (ADDRESS.replace("state=", "stat="), false),
        (format!("{ADDRESS}&code=again"), false),
        (
            "https://accounts.google.com/o/oauth2/auth?code=a&state=b".to_owned(),
            false,
        ),
        ("the weather is fine".to_owned(), false),
        (String::new(), false),
        (padded, false),
    ] {
        assert_eq!(looks_like_answer(&text), wanted, "{text}");
    }
}
