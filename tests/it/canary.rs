//! Marked secrets travel through whole journeys, good ones and bad ones, and are then looked for everywhere they must
//! not be: replies, events, history, the calls' list, Gatehouse's own files, panic text. Raw and in the usual disguises.

use base64::Engine as _;
use domain::catalog::entry;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use support::proxy::Fault;
use support::{Answer, World, consent, unlimited};
use url::Url;

/// Every form a secret may hide in.
fn disguises(secret: &str) -> Vec<Vec<u8>> {
    let bytes = secret.as_bytes();
    let mut forms = vec![
        bytes.to_vec(),
        utf8_percent_encode(secret, NON_ALPHANUMERIC)
            .to_string()
            .into_bytes(),
        serde_json::to_string(secret)
            .expect("JSON")
            .trim_matches('"')
            .as_bytes()
            .to_vec(),
        secret.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ];
    // Base64 looks different at each of three offsets; the middle of each is the same whatever stands around it.
    for skip in 0..3 {
        let mut padded = vec![b'.'; skip];
        padded.extend_from_slice(bytes);
        for engine in [
            &base64::engine::general_purpose::STANDARD,
            &base64::engine::general_purpose::URL_SAFE,
        ] {
            let text = engine.encode(&padded);
            forms.push(text.as_bytes()[4..text.len() - 4].to_vec());
        }
    }
    forms
}

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

/// Everything that was said, with where.
#[derive(Default)]
pub(crate) struct Said(Vec<(String, Vec<u8>)>);

impl Said {
    pub(crate) fn add(&mut self, place: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.0.push((place.into(), bytes.into()));
    }

    pub(crate) fn reply(&mut self, name: &str, reply: &Result<Value, domain::problem::Problem>) {
        match reply {
            Ok(value) => self.add(name, value.to_string()),
            Err(problem) => {
                self.add(
                    format!("{name}, refused"),
                    serde_json::to_string(problem).expect("JSON"),
                );
                self.add(format!("{name}, debug"), format!("{problem:?} {problem}"));
            }
        }
    }

    pub(crate) fn must_not_hold(&self, what: &str, secret: &str) {
        for form in disguises(secret) {
            for (place, bytes) in &self.0 {
                assert!(!holds(bytes, &form), "{what} stands in {place}");
            }
        }
    }
}

struct Journey {
    world: World,
    said: Said,
}

impl Journey {
    async fn say(&mut self, name: &str, args: Value) -> Result<Value, domain::problem::Problem> {
        let reply = self.world.rpc(name, args).await;
        self.said.reply(name, &reply);
        reply
    }

    async fn rest(&mut self, app: &str) {
        let view = self.world.rest(app).await;
        self.said.add("the view", view.to_string());
    }

    fn files(&mut self) {
        for file in std::fs::read_dir(self.world.folder.path())
            .expect("read")
            .flatten()
        {
            self.said.add(
                file.path().display().to_string(),
                std::fs::read(file.path()).expect("read"),
            );
        }
    }
}

const TOKEN: &str = "00CANARYtokenCANARYtokenCANARYtokenCANARY1";
const SCIM: &str = "CANARY-scim-token/+=\"quoted\"-é";
const PASSWORD: &str = "CANARY pass'word \\ \"x\" ÄÖ";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_shows_anywhere() {
    let org = practice_org::Options {
        token: Some(TOKEN.into()),
        ..unlimited()
    };
    let (world, proxy) = World::behind_network(org).await;
    let events = Arc::new(Mutex::new(Vec::<String>::new()));
    let (heard, mut stream) = (events.clone(), world.engine.subscribe());
    tokio::spawn(async move {
        while let Ok(event) = stream.recv().await {
            let text = format!("{} {event:?}", serde_json::to_string(&event).expect("JSON"));
            heard.lock().expect("events").push(text);
        }
    });
    let mut j = Journey {
        world,
        said: Said::default(),
    };
    let key = j.world.key.clone();
    let mut secrets = vec![
        ("the API token", TOKEN.to_owned()),
        ("the SCIM token", SCIM.to_owned()),
        ("the password", PASSWORD.to_owned()),
    ];

    // Token apps: saved, refused, lost on the way.
    let zscaler = j.world.app("zscalerbyz").await;
    for fault in [
        None,
        Some(Fault::LostAnswer),
        Some(Fault::CutAnswer(30)),
        Some(Fault::Html502),
    ] {
        if let Some(fault) = fault {
            proxy.fail("POST", "/connections/default", fault);
        }
        let fields = json!({ "baseUrl": "https://scim.example.com/1", "token": SCIM });
        let args =
            json!({ "org": key, "app": zscaler, "scheme": "token", "fields": fields, "autoActivate": true });
        let _ = j.say("connect_start", args).await;
        j.rest(&zscaler).await;
    }
    // Secrets where they do not belong.
    let _ = j
        .say(
            "connect_start",
            json!({ "org": key, "app": zscaler, "scheme": "token", "autoActivate": true,
        "fields": { "baseUrl": format!("http://{SCIM}@x"), "token": SCIM } }),
        )
        .await;
    let _ = j
        .say(
            "connect_start",
            json!({ "org": key, "app": zscaler, "scheme": PASSWORD, "fields": {}, "autoActivate": true }),
        )
        .await;
    let _ = j
        .say(
            "org_check",
            json!({ "address": format!("https://acme.okta.com/?token={SCIM}") }),
        )
        .await;
    let _ = j.say("org_add", json!({ "origin": format!("https://u:{PASSWORD}@acme.okta.com"), "token": TOKEN, "name": "", "colour": "",
        "sessionOnly": false, "customDomainConfirmed": true })).await;
    let _ = j.say("no_such_command", json!({ "token": TOKEN })).await;

    // Consent apps, with everything that can come back.
    for name in ["google", "office365"] {
        let app = j.world.app(name).await;
        let fields = entry(name).expect("row").schemes[0].fields;
        let fields = if fields.is_empty() {
            json!({})
        } else {
            json!({ "adminUsername": "admin@example.com", "adminPassword": PASSWORD })
        };
        let start =
            json!({ "org": key, "app": app, "scheme": "oauth2", "fields": fields, "autoActivate": true });
        let _ = j.say("connect_start", start).await;
        j.rest(&app).await;
        let _ = j.say("app_open", json!({ "org": key, "app": app })).await;
        let _ = j.say("connect_browser", json!({ "org": key, "app": app })).await;
        let link = j.world.engine.opened().pop().expect("opened");
        let state = Url::parse(&link)
            .expect("url")
            .query_pairs()
            .find(|(k, _)| k == "state")
            .expect("state")
            .1
            .into_owned();
        secrets.push(("a state", state));
        let page = consent(&link, Answer::Grant).await;
        let href: Value = serde_json::from_str(&page).expect("JSON");
        let href = Url::parse(href["continue_oauth_flow_url"]["href"].as_str().expect("href")).expect("url");
        let code = href
            .query_pairs()
            .find(|(k, _)| k == "code")
            .expect("code")
            .1
            .into_owned();
        secrets.push(("a code", code.clone()));
        // The wrong app, cut in half, doubled, for another host; then right, with its answer lost.
        let other = j.world.app("zoomus").await;
        for text in [
            page[..page.len() / 2].to_owned(),
            page.replace("/google/", "/slack/"),
            page.replace("127.0.0.1", "evil.example"),
            format!("code={code}&code={code}"),
        ] {
            let _ = j
                .say("connect_finish", json!({ "org": key, "app": app, "text": text }))
                .await;
            let _ = j
                .say(
                    "connect_finish",
                    json!({ "org": key, "app": other, "text": text }),
                )
                .await;
        }
        if name == "google" {
            proxy.fail("POST", "/oauth2/callback", Fault::LostAnswer);
        }
        let _ = j
            .say("connect_finish", json!({ "org": key, "app": app, "text": page }))
            .await;
        j.rest(&app).await;
        let _ = j.say("connect_activate", json!({ "org": key, "app": app })).await;
        j.rest(&app).await;
        let _ = j
            .say("connect_finish", json!({ "org": key, "app": app, "text": page }))
            .await;
    }
    for (name, args) in [
        ("app_state", json!({})),
        ("history_list", json!({})),
        ("calls_list", json!({})),
        ("apps_load", json!({ "org": key, "refresh": true })),
        ("keychain_test", json!({})),
        ("org_forget", json!({ "org": key })),
    ] {
        let reply = j.say(name, args).await;
        assert!(reply.is_ok(), "{name}: {reply:#?}");
    }
    j.files();
    let heard = events.lock().expect("events").join("\n");
    assert!(heard.len() > 1_000, "events were heard");
    j.said.add("the events", heard);
    for (what, secret) in &secrets {
        assert!(secret.len() >= 12, "{what} is long enough to be told from chance");
        j.said.must_not_hold(what, secret);
    }
}

#[test]
fn the_search_itself_finds_what_it_looks_for() {
    for form in disguises("CANARY-12345678") {
        let mut said = Said::default();
        let mut hay = b"before ".to_vec();
        hay.extend_from_slice(&form);
        hay.extend_from_slice(b" after");
        said.add("here", hay);
        assert!(std::panic::catch_unwind(move || said.must_not_hold("it", "CANARY-12345678")).is_err());
    }
}

#[test]
fn a_panic_that_holds_a_secret_does_not_tell_it() {
    #[derive(Debug)]
    struct Held {
        #[allow(dead_code, reason = "shown by Debug")]
        secret: domain::secret::Secret,
    }
    let held = Held {
        secret: domain::secret::Secret::new(PASSWORD.into()),
    };
    let caught =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| panic!("{held:?}"))).expect_err("panicked");
    let text = caught.downcast_ref::<String>().expect("text");
    assert!(text.contains("[secret]") && !text.contains("CANARY"), "{text}");
}
