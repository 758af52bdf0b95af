use super::*;
use crate::problem::{Problem, ProblemCode};
use proptest::prelude::*;
use std::path::PathBuf;

/// What becomes of what was typed or pasted.
enum Then {
    /// This origin, having said so.
    Is(&'static str, &'static [&'static str]),
    /// A problem with this title.
    Says(&'static str),
}
use Then::{Is, Says};

const ACME: &str = "https://acme.okta.com";
const NOT_ONE: &str = "That is not the address of an Okta org.";
const NO_HTTPS: &str = "The address does not begin with https://.";
const AFTER_HOST: &str = "The address has a “#”, “?” or “\\” right after the host name.";
const AT_SIGN: &str = "The address has an “@” in it.";
const PORT: &str = "The address has a port number.";
const IP: &str = "That is an IP address.";
const LETTERS: &str = "The address has letters that are not plain a to z.";
const SPACE: &str = "There is a space or a line break inside the address.";

#[rustfmt::skip]
const ROWS: &[(&str, &str, Then)] = &[
    // As it should be, or nearly.
    ("origin", "https://acme.okta.com", Is(ACME, &[])),
    ("host", "acme.okta.com", Is(ACME, &["added https://"])),
    ("slashes", "//acme.okta.com", Is(ACME, &["added https://"])),
    ("slash-at-the-end", "https://acme.okta.com/", Is(ACME, &["took off the slash at the end"])),
    ("upper-case", "HTTPS://ACME.OKTA.COM", Is(ACME, &["made it lower case"])),
    ("admin", "https://acme-admin.okta.com", Is(ACME, &["took off -admin"])),
    ("admin-page", "https://acme-admin.okta.com/admin/app/google/instance/0oa1/#tab-provisioning", Is(ACME, &["took off the path /admin/app/google/instance/0oa1/", "took off what followed the path", "took off -admin"])),
    ("dashboard", "https://acme.okta.com/app/UserHome?iss=https%3A%2F%2Facme.okta.com&session_hint=AUTHENTICATED", Is(ACME, &["took off the path /app/UserHome", "took off what followed the path"])),
    ("long-path", "https://acme.okta.com/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", Is(ACME, &["took off the path"])),
    ("port-443", "https://acme.okta.com:443/", Is(ACME, &["took off the slash at the end", "took off :443"])),
    ("dot-at-the-end", "acme.okta.com.", Is(ACME, &["added https://", "took off the dot at the end"])),
    ("spaces", " \t https://acme.okta.com \r\n", Is(ACME, &["took off the spaces around it"])),
    ("zero-width", "\u{feff}\u{200b}https://acme.okta.com\u{2060}", Is(ACME, &["took off the spaces around it"])),
    ("quotes", "\"https://acme.okta.com\"", Is(ACME, &["took off the marks around it"])),
    ("smart-quotes", "“acme.okta.com”,", Is(ACME, &["took off the marks around it", "added https://"])),
    ("brackets", "<https://acme.okta.com>", Is(ACME, &["took off the marks around it"])),
    ("preview", "https://acme.oktapreview.com", Is("https://acme.oktapreview.com", &[])),
    ("preview-admin", "acme-admin.oktapreview.com", Is("https://acme.oktapreview.com", &["added https://", "took off -admin"])),
    ("emea", "https://acme.okta-emea.com", Is("https://acme.okta-emea.com", &[])),
    ("gov", "https://acme.okta-gov.com", Is("https://acme.okta-gov.com", &[])),
    ("mil", "https://acme.okta.mil", Is("https://acme.okta.mil", &[])),
    ("integrator", "https://integrator-1234567.okta.com", Is("https://integrator-1234567.okta.com", &[])),
    ("dev", "dev-12345678-admin.okta.com", Is("https://dev-12345678.okta.com", &["added https://", "took off -admin"])),
    ("custom-domain", "https://login.example.com/", Is("https://login.example.com", &["took off the slash at the end"])),
    ("custom-domain-admin", "https://login-admin.example.com", Is("https://login-admin.example.com", &[])),
    ("custom-domain-punycode", "https://xn--bcher-kva.example", Is("https://xn--bcher-kva.example", &[])),
    ("practice", "http://127.0.0.1:41234", Is("http://127.0.0.1:41234", &[])),
    ("practice-slash", "http://127.0.0.1:41234/", Is("http://127.0.0.1:41234", &[])),

    // Not an address.
    ("empty", "", Says("Enter the address of your Okta org.")),
    ("white-space", " \n\u{a0}", Says("Enter the address of your Okta org.")),
    ("only-marks", "\"\"", Says("Enter the address of your Okta org.")),
    ("name-only", "acme", Says("That is only one part of an address.")),
    ("localhost", "localhost", Says("That is only one part of an address.")),
    ("words", "my okta org", Says(SPACE)),
    ("line-break", "acme.okta\n.com", Says(SPACE)),
    ("tab-inside", "https://acme\t.okta.com", Says(SPACE)),
    ("two", "acme.okta.com, globex.okta.com", Says(SPACE)),
    ("underscore", "https://ac_me.okta.com", Says(NOT_ONE)),
    ("percent", "https://acme%2eokta.com", Says(NOT_ONE)),
    ("empty-label", "https://acme..okta.com", Says(NOT_ONE)),
    ("hyphen-in-front", "https://-acme.okta.com", Says(NOT_ONE)),
    ("only-admin", "https://-admin.okta.com", Says(NOT_ONE)),
    ("admin-twice", "https://acme-admin-admin.okta.com", Says(NOT_ONE)),
    ("no-host", "https:///path", Says(NOT_ONE)),
    ("long-label", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.okta.com", Says(NOT_ONE)),
    ("email", "ada@example.com", Says(AT_SIGN)),

    // Not encrypted, or another protocol.
    ("http", "http://acme.okta.com", Says("The address begins with http://, which is not encrypted.")),
    ("ftp", "ftp://acme.okta.com", Says(NO_HTTPS)),
    ("one-slash", "https:/acme.okta.com", Says(NO_HTTPS)),
    ("no-slash", "https:acme.okta.com", Says(NO_HTTPS)),
    ("javascript", "javascript:alert(1)//acme.okta.com", Says(NO_HTTPS)),
    ("file", "file:///etc/passwd", Says(NO_HTTPS)),

    // Looks like Okta's and is not.
    ("okta-in-front", "https://okta.com.evil.example", Is("https://okta.com.evil.example", &[])),
    ("hash", "https://evil.example#.okta.com", Says(AFTER_HOST)),
    ("question-mark", "https://evil.example?.okta.com", Says(AFTER_HOST)),
    ("backslash", "https://evil.example\\.okta.com", Says(AFTER_HOST)),
    ("user", "https://acme.okta.com@evil.example", Says(AT_SIGN)),
    ("user-and-password", "https://me:secret@acme.okta.com", Says(AT_SIGN)),
    ("cyrillic", "https://аcme.okta.com", Says(LETTERS)),
    ("full-width", "https://acme。okta。com", Says(LETTERS)),
    ("punycode-under-okta", "https://xn--cme-5cd.okta.com", Says("xn--cme-5cd.okta.com is not the address of an Okta org.")),
    ("deeper-under-okta", "https://login.acme.okta.com", Says("login.acme.okta.com is not the address of an Okta org.")),
    ("hyphen-okta", "https://acme-okta.com", Is("https://acme-okta.com", &[])),

    // Numbers.
    ("port", "https://acme.okta.com:8443", Says(PORT)),
    ("port-empty", "https://acme.okta.com:", Says(PORT)),
    ("ip", "https://192.0.2.7", Says(IP)),
    ("ip-short", "https://127.1", Says(IP)),
    ("ip-hex", "https://0x7f.0x1", Says(IP)),
    ("ip-decimal", "https://2130706433", Says(IP)),
    ("ip-6", "https://[::1]", Says(IP)),
    ("practice-without-port", "http://127.0.0.1", Says("The address begins with http://, which is not encrypted.")),
    ("practice-port-80", "http://127.0.0.1:80", Says("The address begins with http://, which is not encrypted.")),
    ("practice-path", "http://127.0.0.1:41234/api", Says("The address begins with http://, which is not encrypted.")),
    ("practice-leading-zero", "http://127.0.0.1:041234", Says("The address begins with http://, which is not encrypted.")),

    // Okta's own.
    ("okta", "https://okta.com", Says("okta.com is Okta's own site, not an org.")),
    ("www", "https://www.okta.com/", Says("www.okta.com is Okta's own site, not an org.")),
    ("developer", "developer.okta.com", Says("developer.okta.com is Okta's own site, not an org.")),
    ("system-admin", "https://system-admin.okta.com/admin/app/cpc/google/oauth/callback", Says("system-admin.okta.com is Okta's own site, not an org.")),
];

fn titled(problem: &Problem) -> &str {
    &problem.title
}

#[test]
fn every_form_has_its_answer() {
    assert!(ROWS.len() >= 40);
    let mut wrong = Vec::new();
    for (name, typed, then) in ROWS {
        let right = match (then, clean(typed)) {
            (Is(origin, cleaned), Ok(it)) => {
                it.origin.as_str() == *origin && it.cleaned == *cleaned && it.kind == it.origin.kind()
            }
            (Says(title), Err(problem)) => titled(&problem) == *title,
            (Is(..), Err(_)) | (Says(_), Ok(_)) => false,
        };
        if !right {
            wrong.push(format!("{name}: {:?}", clean(typed)));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_refusal_belongs_to_the_field() {
    for (name, problem) in sentences() {
        assert_eq!(problem.code, ProblemCode::BadOrgAddress, "{name}");
        assert_eq!(problem.field.as_deref(), Some("address"), "{name}");
        assert!(
            !problem.to_string().contains("secret"),
            "{name} repeats a password"
        );
    }
}

/// The problems, for the page of all sentences.
pub(crate) fn sentences() -> Vec<(String, Problem)> {
    let long = ("too-long", "a".repeat(5000));
    let typed = ROWS
        .iter()
        .map(|(name, typed, _)| (*name, (*typed).to_owned()))
        .chain([long]);
    typed
        .filter_map(|(name, typed)| Some((format!("org address: {name}"), clean(&typed).err()?)))
        .collect()
}

#[test]
fn what_kind_it_is() {
    for (typed, kind, admin) in [
        (ACME, OrgKind::Production, Some("acme-admin.okta.com")),
        (
            "https://acme.okta-gov.com",
            OrgKind::Production,
            Some("acme-admin.okta-gov.com"),
        ),
        (
            "https://acme.oktapreview.com",
            OrgKind::Preview,
            Some("acme-admin.oktapreview.com"),
        ),
        ("https://login.example.com", OrgKind::CustomDomain, None),
        ("https://okta.com.evil.example", OrgKind::CustomDomain, None),
        ("http://127.0.0.1:41234", OrgKind::Practice, None),
    ] {
        let origin = OrgOrigin::parse(typed).expect("an origin");
        assert_eq!(
            (origin.kind(), origin.admin_host().as_deref()),
            (kind, admin),
            "{typed}"
        );
        assert_eq!(origin.is_practice(), kind == OrgKind::Practice);
    }
}

#[test]
fn only_what_needs_no_cleaning_is_an_origin() {
    for bad in [
        "acme.okta.com",
        "https://acme.okta.com/",
        "https://acme-admin.okta.com",
        "https://ACME.okta.com",
        "",
        "http://127.0.0.1:41234/",
    ] {
        let parsed = OrgOrigin::parse(bad).map(|it| it.to_string());
        let practice = bad
            .starts_with("http://")
            .then(|| bad.trim_end_matches('/').to_owned());
        assert_eq!(parsed, practice, "{bad}");
    }
}

#[test]
fn whose_address_it_is() {
    let org = OrgOrigin::parse(ACME).expect("an origin");
    let url = |text: &str| Url::parse(text).expect("an address");
    for (address, owns, or_twin) in [
        ("https://acme.okta.com/api/v1/apps", true, true),
        ("https://acme.okta.com:443/", true, true),
        ("https://acme-admin.okta.com/api", false, true),
        ("http://acme.okta.com/", false, false),
        ("https://acme.okta.com:8443/", false, false),
        ("https://me@acme.okta.com/", false, false),
        ("https://:secret@acme.okta.com/", false, false),
        ("https://me@acme-admin.okta.com/", false, false),
        ("https://acme.okta.com.evil.example/", false, false),
        ("https://globex.okta.com/", false, false),
        ("https://acme-admin.oktapreview.com/", false, false),
    ] {
        assert_eq!(
            (org.owns(&url(address)), org.owns_or_admin_twin(&url(address))),
            (owns, or_twin),
            "{address}"
        );
    }
    let practice = OrgOrigin::parse("http://127.0.0.1:41234").expect("an origin");
    assert!(practice.owns(&url("http://127.0.0.1:41234/api/v1/org")));
    assert!(!practice.owns(&url("http://127.0.0.1:41235/")));
    assert!(!practice.owns(&url("https://127.0.0.1:41234/")));
    assert!(!practice.owns(&url("http://localhost:41234/")));
}

#[test]
fn the_fuzzer_begins_with_the_same_texts() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fuzz/corpus/org_address");
    let update = std::env::var_os("UPDATE_CORPUS").is_some();
    for (name, typed, _) in ROWS {
        let file = folder.join(name);
        if update {
            std::fs::create_dir_all(&folder).expect("folder");
            std::fs::write(&file, typed).expect("file");
        }
        let kept = std::fs::read(&file)
            .unwrap_or_else(|_| panic!("{} is not there: UPDATE_CORPUS=1", file.display()));
        assert_eq!(kept, typed.as_bytes(), "{name} differs: UPDATE_CORPUS=1");
    }
}

fn any_origin() -> impl Strategy<Value = OrgOrigin> {
    let label = "[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,4})?";
    let okta = (label, prop::sample::select(OKTA_DOMAINS.to_vec()))
        .prop_map(|(name, (domain, _))| format!("{name}.{domain}"));
    let custom = (label, label).prop_map(|(name, domain)| format!("{name}.{domain}.example"));
    let practice = (1024..=65535_u16).prop_map(|port| format!("http://127.0.0.1:{port}"));
    prop_oneof![okta, custom, practice]
        .prop_filter_map("an org", |typed| clean(&typed).ok().map(|it| it.origin))
}

proptest! {
    #[test]
    fn an_origin_survives_being_written_down(origin in any_origin()) {
        prop_assert!(OrgOrigin::parse(origin.as_str()).is_some_and(|read| read == origin));
        let json = serde_json::to_string(&origin).expect("json");
        let read: OrgOrigin = serde_json::from_str(&json).expect("an origin");
        prop_assert_eq!(&read, &origin);
        prop_assert_eq!(clean(origin.as_str()).expect("clean").cleaned, Vec::<String>::new());
        prop_assert_eq!(Url::parse(origin.as_str()).expect("a url").origin().ascii_serialization(), origin.as_str());
    }

    #[test]
    fn two_origins_have_two_keys(one in any_origin(), two in any_origin()) {
        prop_assert_eq!(one == two, one.key() == two.key());
        prop_assert!(one.key().len() < 300);
        prop_assert!(one.key().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b':')));
    }

    /// Whatever is typed, what comes out is a plain https origin (or the practice org), and needs no cleaning.
    #[test]
    fn whatever_is_typed_gives_a_plain_origin_or_a_sentence(typed in prop_oneof![
        any::<String>(),
        "(https?://)?[a-zA-Z0-9.@:#?/\\\\ -]{0,40}(okta|oktapreview|example)?\\.?(com|net)?[/:@#?\\\\]?[a-z0-9.]{0,12}",
    ]) {
        match clean(&typed) {
            Ok(it) => {
                let url = Url::parse(it.origin.as_str()).expect("a url");
                prop_assert!(url.scheme() == "https" && url.port().is_none() || it.origin.is_practice());
                prop_assert!(url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty());
                prop_assert_eq!(url.host_str(), Some(it.origin.host()));
                prop_assert_eq!(OrgOrigin::parse(it.origin.as_str()), Some(it.origin));
            }
            Err(problem) => prop_assert_eq!(problem.code, ProblemCode::BadOrgAddress),
        }
    }

    /// One segment stays one segment, and the query stays the query.
    #[test]
    fn a_url_keeps_its_parts_apart(
        origin in any_origin(),
        segments in proptest::collection::vec(prop_oneof![any::<String>(), Just("..".to_owned()), Just(".".to_owned()), Just("../../oauth2/v1/token".to_owned()), Just("%2e%2e".to_owned())], 1..5),
        value in any::<String>(),
    ) {
        // Every path of Okta's begins with a name.
        let segments = [vec!["api".to_owned()], segments].concat();
        let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
        let url = origin.url(&parts, &[("q", &value)]);
        prop_assert!(origin.owns(&url));
        prop_assert_eq!(url.path_segments().expect("a path").count(), segments.len());
        prop_assert!(url.path_segments().expect("a path").all(|it| it != "." && it != ".."));
        prop_assert!(url.fragment().is_none());
        let pairs: Vec<_> = url.query_pairs().into_owned().collect();
        prop_assert_eq!(pairs, [("q".to_owned(), value)]);
        // What it was is what a server decodes, but for dot segments, which name nothing.
        for (sent, segment) in url.path_segments().expect("a path").zip(&segments) {
            if segment != "." && segment != ".." {
                let decoded = percent_encoding::percent_decode_str(sent).decode_utf8().expect("text");
                prop_assert_eq!(decoded.as_ref(), segment);
            }
        }
    }
}
