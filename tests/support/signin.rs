//! A person who signs in, and what they sign in to.

use crate::consent::{attribute, tags};
use crate::{PATIENCE, World, http};
use engine::ipc::views::orgs::ItemKind;
use engine::ports::vault::{Vault, item};
use practice_org::NATIVE_CLIENT;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::Url;

/// What Gatehouse asks for unless a test is about something else.
pub const SCOPES: [&str; 4] = [
    "okta.apps.read",
    "okta.apps.manage",
    "okta.orgs.read",
    "okta.users.read",
];

/// A client id no org has.
pub const NO_CLIENT: &str = "0oa1example0client00";

/// Robin Keller, super admin.
pub const SUPER_ADMIN: &str = "robin.keller@example.com";
/// Elif Abara, who is not assigned to the app.
pub const UNASSIGNED: &str = "elif.abara4@example.com";

/// Three ports nobody uses.
pub fn free_ports() -> Vec<u16> {
    let held: Vec<TcpListener> = (0..3)
        .map(|_| TcpListener::bind("127.0.0.1:0").expect("a port"))
        .collect();
    held.iter()
        .map(|port| port.local_addr().expect("an address").port())
        .collect()
}

/// Where a sign-in waits, and the address it sent the browser to.
pub struct Waiting {
    /// `http://127.0.0.1:PORT/callback`.
    pub callback: String,
    /// The authorize address.
    pub page: Url,
}

impl Waiting {
    /// One parameter of the authorize address.
    pub fn asked(&self, name: &str) -> String {
        let found = self.page.query_pairs().find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    }

    /// Host and port.
    pub fn authority(&self) -> String {
        let url = Url::parse(&self.callback).expect("an address");
        format!("127.0.0.1:{}", url.port().expect("a port"))
    }

    /// What a browser that was sent back with this query is shown: status and page.
    pub async fn back(&self, query: &str) -> (u16, String) {
        let answer = http().get(format!("{}?{query}", self.callback)).send().await;
        let answer = answer.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    }

    /// Says these bytes to the port; what comes back until it is closed.
    pub async fn say(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.authority()).await.expect("open");
        stream.write_all(bytes).await.expect("sent");
        let mut said = Vec::new();
        // A reset after the page is no less of an answer.
        let _ = stream.read_to_end(&mut said).await;
        String::from_utf8_lossy(&said).into_owned()
    }

    /// The person signs in on the org's page, or says no; what the browser is shown when it came back.
    pub async fn person(&self, login: &str, decision: &str) -> (u16, String) {
        let page = http().get(self.page.clone()).send().await.expect("a page");
        if let Some(back) = page.headers().get("location") {
            let back = back.to_str().expect("an address").to_owned();
            return self.follow(&back).await;
        }
        assert_eq!(page.status(), 200, "the sign-in page");
        let html = page.text().await.expect("text");
        let action = tags(&html, "form")
            .first()
            .and_then(|form| attribute(form, "action"));
        let mut fields: Vec<(String, String)> = tags(&html, "input")
            .into_iter()
            .filter_map(|input| attribute(input, "name").zip(attribute(input, "value")))
            .collect();
        fields.push(("username".into(), login.into()));
        fields.push(("decision".into(), decision.into()));
        let url = self.page.join(&action.expect("a form")).expect("an address");
        let sent = http().post(url).form(&fields).send().await.expect("an answer");
        assert_eq!(sent.status(), 302, "{}", sent.text().await.unwrap_or_default());
        let back = sent.headers().get("location").expect("an address");
        self.follow(back.to_str().expect("text")).await
    }

    async fn follow(&self, back: &str) -> (u16, String) {
        let query = back
            .strip_prefix(&format!("{}?", self.callback))
            .unwrap_or_else(|| panic!("the browser is sent to {back}"));
        self.back(query).await
    }

    /// Nobody listens there any more.
    pub async fn is_closed(&self) -> bool {
        TcpStream::connect(self.authority()).await.is_err()
    }
}

impl World {
    /// Arguments of a sign-in with this client.
    pub fn wish(&self, method: &str, client: &str) -> Value {
        json!({ "org": self.key, "method": method, "clientId": client, "scopes": SCOPES, "sessionOnly": false })
    }

    /// Begins a sign-in in the browser.
    pub async fn begin_sign_in(&self, client: &str) -> Waiting {
        self.begin_sign_in_with(self.wish("browser", client)).await
    }

    /// Begins a sign-in in the browser with these arguments.
    pub async fn begin_sign_in_with(&self, wish: Value) -> Waiting {
        let view = self.ok("signin_start", wish).await;
        assert_eq!(
            (&view["phase"], &view["opened"]),
            (&json!("waiting"), &json!(true)),
            "{view:#}"
        );
        let page = self.engine.opened().pop().expect("a page was opened");
        Waiting {
            callback: view["redirectUri"].as_str().expect("an address").to_owned(),
            page: Url::parse(&page).expect("an address"),
        }
    }

    /// The sign-in as the window sees it.
    pub async fn sign_in_view(&self) -> Value {
        let all = self.ok("credentials_get", json!({ "org": self.key })).await;
        all["signIn"].clone()
    }

    /// How the sign-in ended.
    pub async fn signed_in(&self) -> Value {
        let begun = Instant::now();
        loop {
            let view = self.sign_in_view().await;
            let phase = view["phase"].as_str().unwrap_or_default();
            if !matches!(phase, "waiting" | "finishing") {
                return view;
            }
            assert!(begun.elapsed() < PATIENCE, "still {phase} after {PATIENCE:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    /// Changes the practice org's sign-in app: its redirect addresses are this world's, and `more` is laid over its
    /// settings.
    pub async fn native(&self, more: Value) {
        let path = format!("/api/v1/apps/{NATIVE_CLIENT}");
        let mut app = self.okta(&path).await;
        let client = &mut app["settings"]["oauthClient"];
        let ports = self.sign_in.ports.iter();
        client["redirect_uris"] = ports
            .map(|port| format!("http://127.0.0.1:{port}/callback"))
            .collect();
        for (name, value) in more.as_object().expect("an object") {
            client[name] = value.clone();
        }
        let sent = http()
            .put(format!("{}{path}", self.org.url()))
            .header("authorization", format!("SSWS {}", self.org.token()))
            .json(&app)
            .send()
            .await
            .expect("an answer");
        assert_eq!(sent.status(), 200, "{}", sent.text().await.unwrap_or_default());
    }

    /// Signs in through the browser as this person; how it ended.
    pub async fn sign_in_as(&self, login: &str) -> Value {
        let at = self.begin_sign_in(NATIVE_CLIENT).await;
        at.person(login, "allow").await;
        self.signed_in().await
    }

    /// The person answers a device's code.
    pub async fn answer_device(&self, user_code: &str, login: &str, decision: &str) {
        let answer = http()
            .post(format!("{}/activate/user", self.org.url()))
            .form(&[
                ("user_code", user_code),
                ("username", login),
                ("decision", decision),
            ])
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 200);
    }

    /// A secret out of the tests' keychain.
    pub async fn kept(&self, kind: ItemKind) -> Option<String> {
        let vault = self.engine.memory_vault().expect("a memory vault");
        let secret = vault.get(&item(&self.key, kind)).await;
        secret.expect("readable").map(|secret| secret.expose().to_owned())
    }

    /// Whether the org takes a token of the sign-in app.
    pub async fn is_alive(&self, token: &str) -> bool {
        let form = [("token", token), ("client_id", NATIVE_CLIENT)];
        let url = format!("{}/oauth2/v1/introspect", self.org.url());
        let answer = http().post(url).form(&form).send().await.expect("an answer");
        let said: Value = answer.json().await.expect("JSON");
        said["active"].as_bool().expect("yes or no")
    }

    /// How often a path was asked for.
    pub fn asked_for(&self, path: &str) -> usize {
        self.org.ledger().iter().filter(|it| it.path == path).count()
    }
}
