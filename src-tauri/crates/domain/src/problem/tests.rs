//! Every sentence a person can be shown on failure, on one page, to be read in one go.

mod refusals;

use super::*;
use std::fmt::Write;

fn local() -> Vec<(String, Problem)> {
    use super::local as l;
    let host = "acme.okta.com";
    let rows = [
        ("unknown_host", l::unknown_host(host)),
        ("no_connection", l::no_connection(host)),
        ("untrusted", l::untrusted(host)),
        ("no_answer", l::no_answer(host)),
        (
            "outcome_unknown",
            l::outcome_unknown(host, "save a provisioning connection"),
        ),
        ("not_oktas_answer", l::not_oktas_answer(host, "a web page")),
        ("proxy_refused", l::proxy_refused(host, false)),
        ("proxy_refused, sign-in", l::proxy_refused(host, true)),
        ("keychain_missing", l::keychain_missing()),
        ("keychain_locked", l::keychain_locked()),
        ("keychain_denied", l::keychain_denied()),
        ("keychain_no_entry", l::keychain_no_entry(host, "token")),
        ("keychain_no_entry, key", l::keychain_no_entry(host, "key")),
        ("not_signed_in", l::not_signed_in(host)),
        ("keychain_slow", l::keychain_slow()),
        ("keychain_too_long", l::keychain_too_long()),
        ("session_ended", l::session_ended(host, "token")),
        ("session_ended, sign-in", l::session_ended(host, "sign-in")),
        ("browser_not_opened", l::browser_not_opened("accounts.google.com")),
        ("storage", l::storage("The disk is full.")),
        ("read_only", l::read_only("Acme")),
        ("no_such_org", l::no_such_org()),
        ("clipboard_empty", l::clipboard_empty()),
        ("clipboard_failed", l::clipboard_failed()),
        ("busy", l::busy("Google Workspace")),
        ("internal", l::internal("consent link")),
    ];
    rows.map(|(name, problem)| (name.to_owned(), problem)).to_vec()
}

fn connection() -> Vec<(String, Problem)> {
    use super::connection as c;
    let label = "Google Workspace";
    let rows = [
        ("not_enabled, consent", c::not_enabled(label, true)),
        ("not_enabled, token", c::not_enabled(label, false)),
        ("still_enabled", c::still_enabled(label)),
        ("not_saved", c::not_saved(label)),
        ("save_unknown", c::save_unknown(label)),
        ("callback_unknown", c::callback_unknown(label)),
        ("callback_refused", c::callback_refused(None)),
        (
            "callback_refused, with words",
            c::callback_refused(Some("The state is used up")),
        ),
        ("no_authorize_link", c::no_authorize_link(label)),
        ("nothing_waiting", c::nothing_waiting(label)),
        (
            "unsupported",
            c::unsupported(&crate::catalog::reason_unsupported("scim_app")),
        ),
        (
            "unsupported, org2org",
            c::unsupported(&crate::catalog::reason_unsupported("org2org")),
        ),
        (
            "unsupported, other",
            c::unsupported(&crate::catalog::reason_unsupported("salesforce")),
        ),
    ];
    rows.map(|(name, problem)| (name.to_owned(), problem)).to_vec()
}

fn id() -> Vec<(String, Problem)> {
    crate::ids::AppId::parse("x")
        .err()
        .map(|problem| ("app id".to_owned(), problem))
        .into_iter()
        .collect()
}

fn every() -> Vec<(&'static str, Vec<(String, Problem)>)> {
    vec![
        ("On this computer and on the way", local()),
        ("The connection", connection()),
        ("Okta's refusals", refusals::sentences()),
        ("The service app", super::service::sentences()),
        ("Signing in", super::signin::sentences()),
        ("Security access reviews", super::reviews::sentences()),
        ("The consent hand-off", crate::consent::tests::sentences()),
        ("The org's address", crate::org_address::tests::sentences()),
        ("Features", crate::features::tests::sentences()),
        ("Schedules", crate::schedule::tests::sentences()),
        ("Ids", id()),
    ]
}

#[test]
fn every_sentence() {
    let mut page = String::new();
    for (heading, problems) in every() {
        let _ = writeln!(page, "=== {heading} ===\n");
        let mut said: Vec<(Problem, Vec<String>)> = Vec::new();
        for (name, problem) in problems {
            match said.iter_mut().find(|(before, _)| *before == problem) {
                Some((_, names)) => names.push(name),
                None => said.push((problem, vec![name])),
            }
        }
        for (problem, names) in said {
            let field = problem
                .field
                .as_ref()
                .map_or_else(String::new, |field| format!(" on {field}"));
            let _ = writeln!(page, "{}\n    {}", problem.title, problem.why);
            for step in &problem.next {
                let _ = writeln!(page, "    > {step:?}");
            }
            let _ = writeln!(page, "    ({:?}{field}: {})\n", problem.code, names.join(", "));
        }
    }
    insta::assert_snapshot!(page);
}

/// Two whole sentences, without what a person can do nothing with.
#[test]
fn sentences_are_sentences() {
    for (_, problems) in every() {
        for (name, problem) in problems {
            for said in [&problem.title, &problem.why] {
                let ends = said.trim_end_matches('”').ends_with(['.', '!', '?']);
                assert!(ends, "{name} does not end: {said}");
                assert!(
                    !said.contains("  ") && !said.contains("..") && *said == said.trim(),
                    "{name}: {said}"
                );
                assert!(
                    !said.contains("null") && !said.contains("None") && !said.contains("{}"),
                    "{name}: {said}"
                );
                let first = said.chars().next().expect("a letter");
                assert!(
                    !first.is_lowercase() || said.split(' ').next().is_some_and(|it| it.contains('.')),
                    "{name}: {said}"
                );
            }
            assert!(problem.title.chars().count() <= 110, "{name}: {}", problem.title);
        }
    }
}

#[test]
fn a_problem_crosses_to_the_web_view_and_back() {
    for (_, problems) in every() {
        for (name, problem) in problems {
            let json = serde_json::to_string(&problem).expect("json");
            assert_eq!(serde_json::from_str::<Problem>(&json).expect(&name), problem);
        }
    }
}
