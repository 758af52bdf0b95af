//! The bridge as a process of its own, for what is settled when a process starts (proxies, certificate authorities) and for
//! what only shows from outside (its memory).

use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Every way to name a proxy, so that none of this machine's own plays a part.
const PROXIES: [&str; 8] = [
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
];

/// A running bridge; ends with its owner.
pub struct Bridge {
    child: Child,
    rpc: String,
    key: String,
    http: reqwest::Client,
}

impl Bridge {
    /// Starts one with these variables in its environment.
    pub fn start(folder: &Path, env: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bridge"));
        for name in PROXIES {
            command.env_remove(name);
        }
        command
            .arg("--data-dir")
            .arg(folder)
            .env_remove("SSL_CERT_FILE")
            .env_remove("SSL_CERT_DIR")
            .envs(env.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let mut child = command.spawn().expect("the bridge starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("a pipe");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let told: Value = serde_json::from_str(&line).expect("one line of JSON");
        let url = url::Url::parse(told["url"].as_str().expect("an address")).expect("an address");
        Self {
            child,
            rpc: url.join("/rpc").expect("an address").to_string(),
            key: told["key"].as_str().expect("a key").to_owned(),
            // A connection that stays open keeps what went over it last in its buffer, on the other side too.
            http: reqwest::Client::builder()
                .no_proxy()
                .pool_max_idle_per_host(0)
                .build()
                .expect("a client"),
        }
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as kill -9 does: nothing of it gets to say goodbye.
    pub fn kill(mut self) {
        self.child.kill().expect("it is killed");
        let _ = self.child.wait();
    }

    /// Gives a command; the reply, or the problem.
    pub async fn rpc(&self, name: &str, args: Value) -> Result<Value, Value> {
        let answer = self
            .http
            .post(&self.rpc)
            .header("x-bridge-key", &self.key)
            .body(json!({ "name": name, "args": args }).to_string())
            .send()
            .await
            .expect("the bridge answers");
        let good = answer.status().is_success();
        let body = answer.json().await.expect("JSON");
        if good { Ok(body) } else { Err(body) }
    }

    /// Gives a command that must work.
    pub async fn ok(&self, name: &str, args: Value) -> Value {
        self.rpc(name, args)
            .await
            .unwrap_or_else(|problem| panic!("{name}: {problem:#}"))
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
