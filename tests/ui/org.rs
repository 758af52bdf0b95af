//! A practice org in a process of its own, asked over HTTP as any other client would: the judge of what was really set.

use crate::stage::{Stage, built, first_line};
use serde_json::Value;
use std::process::Stdio;

/// The org.
pub struct Org {
    /// Its address.
    pub url: String,
    /// Its token.
    pub token: String,
    key: String,
    http: reqwest::Client,
}

impl Org {
    /// Starts one with the practice story.
    pub fn start(stage: &Stage) -> Self {
        Self::start_with(stage, &[])
    }

    /// The same with more options.
    pub fn start_with(stage: &Stage, options: &[&str]) -> Self {
        let mut command = stage.command(built().join("practice-org"));
        command.args(["--port", "0", "--seed", "story", "--no-limits"]);
        command.args(options);
        let line = first_line(
            command
                .stdout(Stdio::piped())
                .spawn()
                .expect("the practice org starts"),
        );
        let told: Value = serde_json::from_str(&line).expect("one line of JSON");
        let text = |name: &str| told[name].as_str().expect("text").to_owned();
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        Self {
            url: text("url"),
            token: text("token"),
            key: text("key"),
            http,
        }
    }

    /// Environment that makes the window's practice org this one.
    pub fn env(&self) -> [(&str, &str); 2] {
        [
            ("GATEHOUSE_PRACTICE_URL", &self.url),
            ("GATEHOUSE_PRACTICE_TOKEN", &self.token),
        ]
    }

    /// What it was asked for since it began, or since [`Org::forget_asked`].
    pub async fn asked(&self) -> Value {
        let asked = self
            .http
            .get(format!("{}/_practice/ledger", self.url))
            .header("x-practice-key", &self.key);
        asked.send().await.expect("an answer").json().await.expect("JSON")
    }

    /// Empties its notes of what it was asked for.
    pub async fn forget_asked(&self) {
        let asked = self
            .http
            .delete(format!("{}/_practice/ledger", self.url))
            .header("x-practice-key", &self.key);
        assert!(asked.send().await.expect("an answer").status().is_success());
    }

    /// Turns one of its knobs.
    pub async fn control(&self, method: &str, knob: &str, body: Value) {
        let method = method.parse().expect("a method");
        let asked = self
            .http
            .request(method, format!("{}/_practice/{knob}", self.url))
            .header("x-practice-key", &self.key)
            .json(&body);
        let answer = asked.send().await.expect("an answer");
        assert!(answer.status().is_success(), "{knob}: {}", answer.status());
    }

    /// Asks for something.
    pub async fn get(&self, path: &str) -> Value {
        let asked = self
            .http
            .get(format!("{}{path}", self.url))
            .header("authorization", format!("SSWS {}", self.token));
        let answer = asked.send().await.expect("an answer");
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.json().await.expect("JSON")
    }

    /// Id of the first app of a kind whose label begins so.
    pub async fn app(&self, name: &str, label: &str) -> String {
        let apps = self.get("/api/v1/apps?limit=200").await;
        let found =
            apps.as_array().expect("a list").iter().find(|app| {
                app["name"] == name && app["label"].as_str().is_some_and(|it| it.starts_with(label))
            });
        found.unwrap_or_else(|| panic!("the story has a {name}"))["id"]
            .as_str()
            .expect("an id")
            .to_owned()
    }
}
