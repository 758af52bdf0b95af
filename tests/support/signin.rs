//! A person who signs in, and what they sign in to.

use crate::{PATIENCE, World, http};
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
        let view = self.ok("signin_start", self.wish("browser", client)).await;
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
}
