//! What people paste, and the answer to each. The texts are also where the fuzzer begins: the same files lie under
//! `tests/fuzz/corpus/consent_return`. After a change run with `UPDATE_CORPUS=1`.

use super::{ADDRESS, APP, CODE, CODE_ENCODED, EARLIER, OTHER_APP, OTHERS, STATE, read};
use crate::problem::{NextStep, Problem};
use std::path::PathBuf;

/// What comes of a text.
enum Then {
    /// The answer is taken.
    Taken,
    /// A problem with this title.
    Says(&'static str),
}
use Then::{Says, Taken};

const NOT_THE_ANSWER: &str = "That is not what the last page of the consent shows.";
const NO_CODE: &str = "The code is missing.";
const NO_STATE: &str = "The state is missing.";
const TWO_CODES: &str = "What you pasted has two codes.";
const TWO_STATES: &str = "What you pasted has two states.";
const GARBLED: &str = "The code or the state is garbled.";
const SHORTENED: &str = "The browser has shortened the answer.";
const NO_END: &str = "It is not clear where the code ends.";
const NOT_POST: &str = "The page asks for something other than finishing the consent.";
const ODD_ADDRESS: &str = "The answer's address is not written as Okta writes it.";
const OTHER_HOST: &str = "This answer is from another host: evil.example.";
const NOT_YOURS: &str = "This answer does not belong to the consent you opened here.";
const OKTA_ERROR: &str = "The last page shows an error from Okta.";

/// Okta's page with this address in it.
fn page(address: &str) -> String {
    format!(r#"{{"continue_oauth_flow_url":{{"href":"{address}","method":"POST"}}}}"#)
}

/// The answer's address with one part replaced.
fn with(part: &str, other: &str) -> String {
    assert!(ADDRESS.contains(part), "{part}");
    ADDRESS.replacen(part, other, 1)
}

/// Broken into lines of so many characters, each but the first indented.
fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let lines: Vec<String> = chars.chunks(width).map(|line| line.iter().collect()).collect();
    lines.join(&format!("\n{indent}"))
}

fn query() -> String {
    format!("code={CODE_ENCODED}&state={STATE}")
}

#[rustfmt::skip]
fn rows() -> Vec<(&'static str, String, Then)> {
    let pretty = format!("{{\n  \"continue_oauth_flow_url\": {{\n    \"href\": \"{ADDRESS}\",\n    \"method\": \"POST\"\n  }}\n}}\n");
    let in_json = page(&ADDRESS.replace('/', "\\/").replace('&', "\\u0026").replace('=', "\\u003d"));
    let consent = "https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=1234.apps.example&scope=admin";
    vec![
        // The page as it is.
        ("json", page(ADDRESS), Taken),
        ("json-pretty", pretty.clone(), Taken),
        ("json-with-hints", format!(r#"{{"continue_oauth_flow_url":{{"href":"{ADDRESS}","hints":{{"allow":["POST"]}}}}}}"#), Taken),
        ("json-crlf", pretty.replace('\n', "\r\n"), Taken),
        ("json-admin-twin", page(&with("acme.okta.com", "acme-admin.okta.com")), Taken),
        ("json-own-domain", page(&with("acme.okta.com", "login.example.com")), Taken),
        ("json-extra-parameters", page(&with("?", "?session_state=9&authuser=0&hd=example.com&")), Taken),
        ("json-state-first", page(&format!("{}?state={STATE}&code={CODE_ENCODED}", ADDRESS.split('?').next().unwrap_or_default())), Taken),

        // The page as something else shows it.
        ("firefox-tree", format!("JSON\nRaw Data\nHeaders\nSave\nCopy\nCollapse All\nExpand All\nFilter JSON\n\ncontinue_oauth_flow_url\t\nhref\t\"{ADDRESS}\"\nmethod\t\"POST\"\n"), Taken),
        ("chrome-pretty-print", format!("Pretty-print\n{pretty}"), Taken),
        ("view-source", format!("<html><head></head><body><pre style=\"word-wrap: break-word\">{}</pre></body></html>", page(ADDRESS).replace('"', "&quot;").replace('&', "&amp;")), Taken),
        ("html-escaped", page(&ADDRESS.replace('&', "&amp;")), Taken),
        ("html-escaped-twice", page(&ADDRESS.replace('&', "&amp;amp;")), Taken),
        ("html-numbers", page(&ADDRESS.replace('&', "&#38;").replace('=', "&#x3D;")), Taken),
        ("json-escaped", in_json.clone(), Taken),
        ("json-in-json", serde_json::to_string(&in_json).unwrap_or_default(), Taken),
        ("json-in-json-pretty", serde_json::to_string(&pretty).unwrap_or_default(), Taken),
        ("shell-escaped", ADDRESS.replace('?', "\\?").replace('=', "\\=").replace('&', "\\&"), Taken),
        ("curl", format!("curl -X POST \\\n  '{ADDRESS}' \\\n  -H 'Accept: application/json'"), Taken),
        ("smart-quotes", page(ADDRESS).replace("\":", "”:").replace("\"}", "”}").replace("\",", "”,").replace('"', "“"), Taken),
        ("byte-order-mark", format!("\u{feff}{}", page(ADDRESS)), Taken),
        ("zero-width", page(&ADDRESS.replace("/api", "\u{200b}/api").replace("&state", "\u{2060}&\u{200d}state").replace("canary", "can\u{ad}ary")), Taken),
        ("no-break-spaces", pretty.replace(' ', "\u{a0}"), Taken),
        ("wrapped-in-quotes", page(&wrapped(ADDRESS, 37, "    ")), Taken),

        // Only a part of it.
        ("href-only", format!("\"href\": \"{ADDRESS}\""), Taken),
        ("href-of-html", format!("<a href={ADDRESS}>continue</a>"), Taken),
        ("address", ADDRESS.to_owned(), Taken),
        ("address-and-spaces", format!("\n\t {ADDRESS} \n"), Taken),
        ("address-in-brackets", format!("<{ADDRESS}>"), Taken),
        ("address-in-markdown", format!("[the page]({ADDRESS})"), Taken),
        ("address-upper-case-host", with("https://acme.okta.com", "HTTPS://ACME.Okta.Com"), Taken),
        ("address-port-443", with("acme.okta.com", "acme.okta.com:443"), Taken),
        ("address-among-words", format!("Hi Ada, the page says {ADDRESS} and nothing else. Best, Bob"), Taken),
        ("address-ends-a-sentence", format!("The page says {ADDRESS}."), Taken),
        ("address-wrapped", wrapped(ADDRESS, 40, ""), Taken),
        ("address-wrapped-among-words", format!("It says:\n\n{}\n\nWhat now?", wrapped(ADDRESS, 31, "  ")), Taken),
        ("address-quoted-in-mail", format!("On Tuesday Bob wrote:\n\"{ADDRESS}\"\n"), Taken),
        ("address-without-scheme", with("https://", ""), Taken),
        ("path-only", with("https://acme.okta.com", ""), Taken),
        ("query", query(), Taken),
        ("query-with-question-mark", format!("?{}", query()), Taken),
        ("query-state-first", format!("state={STATE}&code={CODE_ENCODED}"), Taken),
        ("query-on-two-lines", format!("code={CODE_ENCODED}\nstate={STATE}\n"), Taken),
        ("the-same-twice", format!("{}\n{}", page(ADDRESS), page(ADDRESS)), Taken),
        ("after-an-earlier-one", format!("{}\n{ADDRESS}", with(STATE, EARLIER)), Taken),
        ("with-the-consent-address", format!("{consent}&state={STATE}&redirect_uri=https://system-admin.okta.com/cb\n{}", page(ADDRESS)), Taken),

        // Broken.
        ("empty", String::new(), Says("There is nothing in what you pasted.")),
        ("white-space", " \r\n\t\u{feff}\u{a0}".to_owned(), Says("There is nothing in what you pasted.")),
        ("too-large", format!("{}{}", page(ADDRESS), " ".repeat(64 * 1024)), Says("That is too much text to be the consent page.")),
        ("words", "I signed in and it says it's done!".to_owned(), Says(NOT_THE_ANSWER)),
        ("other-json", r#"{"id":"0oa1","name":"google"}"#.to_owned(), Says(NOT_THE_ANSWER)),
        ("web-page", "<!DOCTYPE html><html><head><title>Sign in</title></head><body><a href=\"https://acme.okta.com/help\">Help</a></body></html>".to_owned(), Says("That is the source of a web page, not the consent answer.")),
        ("folded-viewer", "continue_oauth_flow_url: {…}".to_owned(), Says(NO_CODE)),
        ("no-code", page(&with(&format!("code={CODE_ENCODED}&"), "")), Says(NO_CODE)),
        ("no-query", page(ADDRESS.split('?').next().unwrap_or_default()), Says(NO_CODE)),
        ("empty-code", page(&with(CODE_ENCODED, "")), Says(NO_CODE)),
        ("no-state", page(&with(&format!("&state={STATE}"), "")), Says(NO_STATE)),
        ("empty-state", page(&with(STATE, "")), Says(NO_STATE)),
        ("cut-off", page(ADDRESS)[..page(ADDRESS).len() - 30].to_owned(), Says(NOT_YOURS)),
        ("two-codes", page(&with("&state", "&code=another&state")), Says(TWO_CODES)),
        ("two-codes-the-same", page(&format!("{ADDRESS}&code={CODE_ENCODED}")), Says(TWO_CODES)),
        ("two-states", page(&format!("{ADDRESS}&state={STATE}")), Says(TWO_STATES)),
        ("two-answers", format!("{ADDRESS}\n{}", with(CODE_ENCODED, "another")), Says(TWO_CODES)),
        ("line-break-in-code", page(&with("canary", "%0D%0Acanary")), Says(GARBLED)),
        ("nul-in-code", page(&with("canary", "\0canary")), Says(GARBLED)),
        ("nul-escaped-in-code", page(&with("canary", "\\u0000canary")), Says(GARBLED)),
        ("no-utf-8-in-code", page(&with("canary", "%ff%fecanary")), Says(GARBLED)),
        ("letters-in-code", page(&with("canary", "cаnary")), Says(GARBLED)),
        ("shortened", page(&with("canaryCode-7Q", "…")), Says(SHORTENED)),
        ("end-not-clear", format!("{}?state={STATE}&code={CODE_ENCODED}\nthen it stopped", ADDRESS.split('?').next().unwrap_or_default()), Says(NO_END)),
        ("method-get", page(ADDRESS).replace("POST", "GET"), Says(NOT_POST)),
        ("method-delete-in-viewer", format!("href\t\"{ADDRESS}\"\nmethod\t\"DELETE\"\n"), Says(NOT_POST)),

        // Another place.
        ("http", page(&with("https:", "http:")), Says("The answer's address does not begin with https://.")),
        ("user", page(&with("acme", "me:secret@acme")), Says(ODD_ADDRESS)),
        ("user-that-looks-like-the-host", page(&with("acme.okta.com", "acme.okta.com@evil.example")), Says(ODD_ADDRESS)),
        ("port", page(&with("acme.okta.com", "acme.okta.com:8443")), Says(ODD_ADDRESS)),
        ("fragment", page(&format!("{ADDRESS}#top")), Says(ODD_ADDRESS)),
        ("other-host", page(&with("acme.okta.com", "evil.example")), Says(OTHER_HOST)),
        ("host-hidden-by-backslash", page(&with("acme.okta.com", "evil.example\\\\@acme.okta.com")), Says(ODD_ADDRESS)),
        ("host-that-goes-on", page(&with("acme.okta.com", "acme.okta.com.evil.example")), Says("This answer is from another host: acme.okta.com.evil.example.")),
        ("host-in-cyrillic", page(&with("acme.okta.com", "аcme.okta.com")), Says("This answer is from another host: xn--cme-5cd.okta.com.")),
        ("other-org", page(&with("acme.okta.com", "globex.okta.com")), Says("This answer is from another host: globex.okta.com.")),
        ("preview-of-the-same-name", page(&with("okta.com", "oktapreview.com")), Says("This answer is from another host: acme.oktapreview.com.")),
        ("this-machine", page(&with("https://acme.okta.com", "http://127.0.0.1:8080")), Says("The answer's address does not begin with https://.")),
        ("no-consent-app", page(&with("/google/", "/salesforce/")), Says("This answer is for an app that has no such consent.")),
        ("other-app", page(&with("/google/", "/slack/")), Says("This answer is for another kind of app.")),
        ("other-instance", page(&with(APP, "0oa9anotherinstance0")), Says("This answer is for another app of the same kind.")),
        ("path-goes-up", page(&with("/oauth2/callback", "/oauth2/callback/../../../token")), Says("That is the address of a page on acme.okta.com, not what the page says.")),

        // Another attempt.
        ("earlier-attempt", page(&with(STATE, EARLIER)), Says("This is from your earlier attempt.")),
        ("earlier-attempt-query", format!("code=abc&state={EARLIER}"), Says("This is from your earlier attempt.")),
        ("other-state", page(&with(STATE, "somebodyElsesState")), Says(NOT_YOURS)),
        ("other-state-query", "code=abc&state=somebodyElsesState".to_owned(), Says(NOT_YOURS)),
        ("state-in-other-case", page(&with(STATE, &STATE.to_lowercase())), Says(NOT_YOURS)),
        ("other-waits", format!("https://globex.oktapreview.com/api/v1/apps/zoomus/{OTHER_APP}/oauth2/callback?code=abc&state={OTHERS}"), Says("This answer belongs to Zoom for sales.")),
        ("other-waits-query", format!("code=abc&state={OTHERS}"), Says("This answer belongs to Zoom for sales.")),

        // An address bar.
        ("consent-page", format!("{consent}&state={STATE}&redirect_uri=https%3A%2F%2Fsystem-admin.okta.com%2Fcb"), Says("That is the address of the consent page on accounts.google.com.")),
        ("consent-page-decoded", format!("{consent}&state={STATE}&redirect_uri=https://system-admin.okta.com/cb"), Says("That is the address of the consent page on accounts.google.com.")),
        ("consent-page-sign-in", "https://login.microsoftonline.com/common/login".to_owned(), Says("That is the address of the consent page on login.microsoftonline.com.")),
        ("redirect-page", format!("https://system-admin.okta.com/admin/app/cpc/google/oauth/callback?state={STATE}&code={CODE_ENCODED}"), Says("That is the address of a page on system-admin.okta.com, not what the page says.")),
        ("other-page", "https://acme-admin.okta.com/admin/apps/active".to_owned(), Says("That is an address on acme-admin.okta.com, not the consent answer.")),

        // No.
        ("denied-address", "https://system-admin.okta.com/admin/app/cpc/google/oauth/callback?error=access_denied&state=x".to_owned(), Says("The consent was refused.")),
        ("denied-callback", with(&format!("code={CODE_ENCODED}"), "error=access_denied&error_description=The+user+said+no"), Says("The consent was refused.")),
        ("denied-json", r#"{"error":"access_denied","error_description":"The resource owner denied the request."}"#.to_owned(), Says("The consent was refused.")),
        ("denied-viewer", "error\t\"admin_policy_enforced\"\nerror_description\t\"Blocked by the admin\"\n".to_owned(), Says("The provider's policy does not allow this consent.")),
        ("denied-query", format!("error=server_error&state={STATE}"), Says("The provider could not take the consent just now.")),
        ("denied-unknown", r#"{"error":"some_new_error"}"#.to_owned(), Says("The provider refused the consent: some_new_error.")),
        ("denied-and-repeats-the-code", format!(r#"{{"error":"invalid_grant","error_description":"?code={CODE}&state={STATE} is used up"}}"#), Says("The provider refused the consent: invalid_grant.")),
        ("okta-error", r#"{"errorCode":"E0000011","errorSummary":"Invalid token provided","errorLink":"E0000011","errorId":"oae1","errorCauses":[]}"#.to_owned(), Says(OKTA_ERROR)),
        ("okta-error-cause", r#"{"errorCode":"E0000001","errorSummary":"Api validation failed: state","errorId":"oae1","errorCauses":[{"errorSummary":"state: The state is used up."}]}"#.to_owned(), Says(OKTA_ERROR)),
        ("okta-error-viewer", "errorCode\t\"E0000009\"\nerrorSummary\t\"Internal Server Error\"\nerrorCauses\t[]\n".to_owned(), Says(OKTA_ERROR)),
        ("error-in-words", "There was an error: it did not work".to_owned(), Says(NOT_THE_ANSWER)),
    ]
}

/// The problem of every text that is not taken.
pub(super) fn sentences() -> Vec<(String, Problem)> {
    rows()
        .into_iter()
        .filter_map(|(name, text, _)| Some((format!("pasted: {name}"), read(&text).err()?)))
        .collect()
}

#[test]
fn every_text_has_its_answer() {
    let rows = rows();
    assert!(rows.len() >= 40);
    let mut wrong = Vec::new();
    for (name, text, then) in rows {
        let said = read(&text);
        let right = match (&then, &said) {
            (Taken, Ok(it)) => it.code.expose() == CODE && it.state.expose() == STATE,
            (Says(title), Err(problem)) => problem.title == *title,
            (Taken, Err(_)) | (Says(_), Ok(_)) => false,
        };
        if !right {
            let said = said.map_or_else(
                |problem| problem.to_string(),
                |it| format!("{} {}", it.code.expose(), it.state.expose()),
            );
            wrong.push(format!("{name}: {said}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_sentence_holds_a_code_or_a_state() {
    for (name, problem) in sentences() {
        let said = format!("{problem:?}").to_lowercase();
        assert!(
            !said.contains("canary") && !said.contains("somebodyelse"),
            "{name}: {said}"
        );
    }
}

#[test]
fn the_answer_to_another_consent_leads_there() {
    let problem = read(&format!("code=abc&state={OTHERS}")).expect_err("another's");
    let step = NextStep::FinishOther {
        org: "globex.oktapreview.com".into(),
        app: OTHER_APP.into(),
        label: "Zoom for sales".into(),
    };
    assert_eq!(problem.next, [step]);
}

#[test]
fn the_fuzzer_begins_with_the_same_texts() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fuzz/corpus/consent_return");
    let update = std::env::var_os("UPDATE_CORPUS").is_some();
    for (name, text, _) in rows() {
        let file = folder.join(name);
        if update {
            std::fs::create_dir_all(&folder).expect("folder");
            std::fs::write(&file, &text).expect("file");
        }
        let kept = std::fs::read(&file)
            .unwrap_or_else(|_| panic!("{} is not there: UPDATE_CORPUS=1", file.display()));
        assert_eq!(kept, text.as_bytes(), "{name} differs: UPDATE_CORPUS=1");
    }
}
