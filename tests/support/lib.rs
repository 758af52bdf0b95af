//! What the integration tests stand on: an engine, a practice org of its own, and a person who can click.

#![allow(
    clippy::expect_used,
    clippy::unused_async,
    reason = "what tests stand on may stop them, and is called as async where its twins are"
)]

mod consent;
pub mod hostile;
pub mod jwt;
#[cfg(target_os = "linux")]
pub mod memory;
pub mod openapi;
pub mod proxy;
pub mod reference;
pub mod reviews;
pub mod signin;

pub use consent::{Answer, consent};

use domain::problem::Problem;
use engine::ipc::events::Event;
use engine::ports::vault::MemoryVault;
use engine::{BrowserKind, Engine, Options, SignInOptions, VaultKind};
use practice_org::PracticeOrg;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longest wait for anything to happen. Generous: two slow cores run everything at once.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// An engine and a practice org, the org added to the engine as a person would.
pub struct World {
    /// The engine.
    pub engine: Arc<Engine>,
    /// The org.
    pub org: PracticeOrg,
    /// The org's key in the engine.
    pub key: String,
    /// The engine's data folder.
    pub folder: Arc<TempDir>,
    /// How the engine signs in.
    pub sign_in: SignInOptions,
}

/// A practice org without rate limits, which tests that are not about them would only wait for.
pub fn unlimited() -> practice_org::Options {
    practice_org::Options {
        limits: false,
        ..practice_org::Options::default()
    }
}

/// How an engine under test signs in: on ports of its own, since many tests run at once.
pub fn sign_in() -> SignInOptions {
    SignInOptions {
        ports: signin::free_ports(),
        ..SignInOptions::default()
    }
}

/// Options of an engine under test.
pub fn options(folder: &TempDir) -> Options {
    Options {
        data_dir: folder.path().to_owned(),
        vault: VaultKind::Memory,
        browser: BrowserKind::Recorder,
        practice_on_start: false,
        sign_in: sign_in(),
    }
}

impl World {
    /// The practice story.
    pub async fn story() -> Self {
        Self::with(unlimited()).await
    }

    /// An org of one's own.
    pub async fn with(org: practice_org::Options) -> Self {
        let org = PracticeOrg::start(org).await.expect("the practice org starts");
        let address = org.url().to_owned();
        Self::reached_at(&address, org, sign_in()).await
    }

    /// A world whose engine signs in otherwise.
    pub async fn signing_in(sign_in: SignInOptions) -> Self {
        let org = PracticeOrg::start(unlimited())
            .await
            .expect("the practice org starts");
        let address = org.url().to_owned();
        Self::reached_at(&address, org, sign_in).await
    }

    /// A world with a network in between that can fail, and takes note of every request.
    pub async fn behind_network(org: practice_org::Options) -> (Self, proxy::Proxy) {
        let proxy = proxy::Proxy::start().await;
        let org = practice_org::Options {
            front: Some(proxy.url.clone()),
            ..org
        };
        let org = PracticeOrg::start(org).await.expect("the practice org starts");
        proxy.lead_to(org.listens());
        (Self::reached_at(&proxy.url, org, sign_in()).await, proxy)
    }

    async fn reached_at(address: &str, org: PracticeOrg, sign_in: SignInOptions) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        let options = Options {
            sign_in: sign_in.clone(),
            ..options(&folder)
        };
        let mut world = Self {
            engine: Engine::start(options).expect("the engine starts"),
            org,
            key: String::new(),
            folder,
            sign_in,
        };
        world.key = world.add_at(address).await;
        world
    }

    /// Adds the org with its token; gives the key.
    pub async fn add_org(&self) -> String {
        self.add_at(self.org.url()).await
    }

    async fn add_at(&self, origin: &str) -> String {
        let added = self
            .ok(
                "org_add",
                json!({ "origin": origin, "token": self.org.token(), "name": "", "colour": "",
                "sessionOnly": false, "customDomainConfirmed": false }),
            )
            .await;
        added["key"].as_str().expect("a key").to_owned()
    }

    /// Ends the engine and starts it again on the same folder, as after a crash: nothing is told to the old one. The
    /// tests' keychain is the old engine's memory, so it is empty afterwards.
    pub fn reopened(self) -> Self {
        self.reopened_on(None)
    }

    /// [`World::reopened`] with what was in the keychain, as on a real machine.
    pub fn reopened_with_keychain(self) -> Self {
        let keychain = self.engine.memory_vault();
        self.reopened_on(keychain)
    }

    fn reopened_on(self, keychain: Option<Arc<MemoryVault>>) -> Self {
        let options = Options {
            sign_in: self.sign_in.clone(),
            ..options(&self.folder)
        };
        let Self {
            engine,
            org,
            key,
            folder,
            sign_in,
        } = self;
        drop(engine);
        Self {
            engine: Engine::start_with(options, keychain).expect("the engine starts again"),
            org,
            key,
            folder,
            sign_in,
        }
    }

    /// [`World::reopened`], with the token entered again.
    pub async fn restarted(self) -> Self {
        let world = self.reopened();
        let token = world.org.token().to_owned();
        world
            .ok(
                "org_token",
                json!({ "org": world.key, "token": token, "sessionOnly": false }),
            )
            .await;
        world
    }

    /// Gives a command.
    ///
    /// # Errors
    /// The command's problem.
    pub async fn rpc(&self, name: &str, args: Value) -> Result<Value, Problem> {
        self.engine
            .dispatch_json(json!({ "name": name, "args": args }))
            .await
    }

    /// Gives a command that must work.
    pub async fn ok(&self, name: &str, args: Value) -> Value {
        match self.rpc(name, args).await {
            Ok(reply) => reply,
            Err(problem) => panic!("{name}: {problem:#?}"),
        }
    }

    /// Gives a command that must be refused.
    pub async fn refused(&self, name: &str, args: Value) -> Problem {
        match self.rpc(name, args).await {
            Ok(reply) => panic!("{name} was not refused: {reply:#}"),
            Err(problem) => problem,
        }
    }

    /// Gives a command about an app.
    pub async fn of(&self, name: &str, app: &str) -> Value {
        self.ok(name, json!({ "org": self.key, "app": app })).await
    }

    /// Id of the first app of a kind, such as `google`, that has no connection yet where there is one.
    pub async fn app(&self, kind: &str) -> String {
        let answer = self.okta("/api/v1/apps?limit=200").await;
        let apps = answer.as_array().expect("a list of apps");
        let found = apps
            .iter()
            .find(|app| app["name"] == kind)
            .unwrap_or_else(|| panic!("no app of kind {kind}"));
        found["id"].as_str().expect("an id").to_owned()
    }

    /// Lists an org's apps anew, to the end: the rows, and why it stopped early if it did.
    pub async fn list(&self, key: &str) -> (usize, Option<Problem>) {
        let mut events = self.engine.subscribe();
        let begun = self.ok("apps_load", json!({ "org": key, "refresh": true })).await;
        let mut total = 0;
        loop {
            let event = tokio::time::timeout(PATIENCE, events.recv())
                .await
                .expect("the listing ends");
            if let Event::Apps {
                generation,
                rows,
                done,
                problem,
                ..
            } = event.expect("an event")
                && begun["generation"] == generation
            {
                total += rows.len();
                if done || problem.is_some() {
                    return (total, problem);
                }
            }
        }
    }

    /// Waits until every supported app of the last listing was looked at.
    pub async fn looked_through(&self) {
        until("every app to be looked at", async || {
            let listing = self
                .ok("apps_load", json!({ "org": self.key, "refresh": false }))
                .await;
            let rows = listing["rows"].as_array().expect("rows");
            listing["done"] == true
                && rows
                    .iter()
                    .all(|row| row["supported"] == false || !row["checked"].is_null())
        })
        .await;
    }

    /// Asks the org itself, past the engine.
    pub async fn okta(&self, path: &str) -> Value {
        let answer = http()
            .get(format!("{}{path}", self.org.url()))
            .header("authorization", format!("SSWS {}", self.org.token()))
            .send()
            .await
            .expect("an answer");
        answer.json().await.expect("JSON")
    }

    /// Starts a connection and waits until it rests.
    pub async fn connect(&self, app: &str, scheme: &str, fields: Value) -> Value {
        self.ok(
            "connect_start",
            json!({ "org": self.key, "app": app, "scheme": scheme, "fields": fields, "autoActivate": true }),
        )
        .await;
        self.rest(app).await
    }

    /// Opens the consent, plays the person, hands the answer back and waits until the work rests.
    pub async fn give_consent(&self, app: &str) -> Value {
        self.of("connect_browser", app).await;
        let link = self.engine.opened().pop().expect("a link was opened");
        let page = consent(&link, Answer::Grant).await;
        self.hand_back(app, &page).await
    }

    /// Hands a text back and waits until the work rests.
    pub async fn hand_back(&self, app: &str, text: &str) -> Value {
        self.ok(
            "connect_finish",
            json!({ "org": self.key, "app": app, "text": text }),
        )
        .await;
        self.rest(app).await
    }

    /// The connection work's view once nothing is under way.
    pub async fn rest(&self, app: &str) -> Value {
        let begun = Instant::now();
        loop {
            let view = self.view(app).await;
            let stage = view["stage"].as_str().unwrap_or_default();
            if !matches!(stage, "saving" | "finishing" | "activating" | "readingBack") {
                return view;
            }
            assert!(begun.elapsed() < PATIENCE, "still {stage} after {PATIENCE:?}");
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    }

    /// The connection work's view.
    pub async fn view(&self, app: &str) -> Value {
        self.engine.connect_now(&self.key, app).map_or_else(
            |problem| panic!("no view: {problem:#?}"),
            |view| serde_json::to_value(view).expect("JSON"),
        )
    }
}

/// A plain HTTP client: no proxy, no redirects.
pub fn http() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client")
}

/// What somebody does by hand in an org, past Gatehouse.
pub async fn post(org: &PracticeOrg, path: &str, body: &Value) -> Value {
    let answer = http()
        .post(format!("{}{path}", org.url()))
        .header("authorization", format!("SSWS {}", org.token()))
        .json(body)
        .send()
        .await
        .expect("an answer");
    let status = answer.status();
    let body: Value = answer.json().await.expect("JSON");
    assert!(status.is_success(), "{path}: {status} {body:#}");
    body
}

/// Waits until something holds.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !holds().await {
        assert!(begun.elapsed() < PATIENCE, "{what}: not after {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(15)).await;
    }
}
