//! The composition root: what the engine holds, how it is started, and what every use case needs.

use crate::ipc::events::{Event, Topic};
use crate::ipc::table::{self, Command};
use crate::ipc::views::history::CallRow;
use crate::ipc::views::orgs::{OrgView, SecretPlace};
use crate::ipc::views::signin::CredentialKind;
use crate::okta::attach::Credential;
use crate::okta::auth::tokens::Source;
use crate::okta::client::{Answer, Client, Failure, Watch};
use crate::okta::pace::Urgency;
use crate::ports::browser::{Browser, Recorder, SystemBrowser};
use crate::ports::vault::{MemoryVault, OsVault, Vault};
use crate::store::Store;
use crate::store::credentials::Details;
use crate::store::orgs::Org;
use crate::work::apps::Listing;
use crate::work::connect::Session;
use crate::work::credentials::place;
use crate::work::idle::Idle;
use crate::work::practice::Practice;
use crate::work::reviews::Reviews;
use crate::work::service::Setup;
use crate::work::signin::{SignIn, SignInOptions};
use domain::okta::call::Call;
use domain::problem::{Problem, ProblemCode, local};
use domain::secret::Secret;
use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

/// Where secrets go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultKind {
    /// The operating system's keychain.
    Os,
    /// Memory only (tests).
    Memory,
}

/// What opens addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrowserKind {
    /// The system's browser.
    System,
    /// Records the addresses (tests).
    Recorder,
    /// Refuses to open (tests).
    None,
}

/// How to start.
#[derive(Debug, Clone)]
pub struct Options {
    /// Folder of Gatehouse's own file.
    pub data_dir: PathBuf,
    /// Where secrets go.
    pub vault: VaultKind,
    /// What opens addresses.
    pub browser: BrowserKind,
    /// The window should begin on the practice org.
    pub practice_on_start: bool,
    /// How signing in behaves.
    pub sign_in: SignInOptions,
}

/// The engine.
pub struct Engine {
    pub(crate) store: Store,
    pub(crate) vault: Arc<dyn Vault>,
    /// The memory vault behind `vault`, where that is what it is.
    memory: Option<Arc<MemoryVault>>,
    pub(crate) browser: Arc<dyn Browser>,
    pub(crate) client: Client,
    pub(crate) events: Arc<Bus>,
    pub(crate) orgs: Mutex<Vec<Org>>,
    pub(crate) current: Mutex<Option<String>>,
    /// Secrets that are kept in memory only, as the person wished.
    pub(crate) session: Arc<MemoryVault>,
    /// Credentials in use, out of the keychain.
    pub(crate) credentials: Mutex<HashMap<(String, CredentialKind), Credential>>,
    /// Those that were dropped while a job was still using them.
    pub(crate) parked: Mutex<HashMap<(String, CredentialKind), Weak<Source>>>,
    pub(crate) sign_ins: Mutex<HashMap<String, SignIn>>,
    /// Held while a sign-in stores and proves what came.
    pub(crate) sign_in_turn: tokio::sync::Mutex<()>,
    pub(crate) sign_in: SignInOptions,
    pub(crate) setups: Mutex<HashMap<String, Setup>>,
    pub(crate) listings: Mutex<HashMap<String, Listing>>,
    pub(crate) sessions: Mutex<HashMap<(String, String), Session>>,
    pub(crate) practice: tokio::sync::Mutex<Option<Practice>>,
    pub(crate) taken: Mutex<Option<Secret>>,
    pub(crate) notices: Mutex<Vec<String>>,
    pub(crate) run: String,
    pub(crate) idle: Idle,
    /// Security access reviews.
    pub(crate) reviews: Reviews,
    pub(crate) stop: CancellationToken,
    pub(crate) practice_on_start: bool,
    me: Weak<Engine>,
}

/// Events out, and the last calls.
pub struct Bus {
    out: broadcast::Sender<Event>,
    calls: Mutex<VecDeque<CallRow>>,
}

/// Calls kept for the window.
const CALLS_KEPT: usize = 500;

impl Bus {
    fn new() -> Self {
        Self {
            out: broadcast::channel(4_096).0,
            calls: Mutex::new(VecDeque::new()),
        }
    }

    /// Tells the window.
    pub fn emit(&self, event: Event) {
        // Nobody listening is fine: the window may not be there yet.
        let _ = self.out.send(event);
    }

    /// The last calls, newest first.
    pub fn calls(&self) -> Vec<CallRow> {
        hold(&self.calls).iter().rev().cloned().collect()
    }
}

impl Watch for Bus {
    fn called(&self, call: CallRow) {
        let mut calls = hold(&self.calls);
        if calls.len() == CALLS_KEPT {
            calls.pop_front();
        }
        calls.push_back(call.clone());
        drop(calls);
        self.emit(Event::Call { call });
    }

    fn waiting(&self, org: &str, until: Option<i64>) {
        let until = until
            .and_then(|s| jiff::Timestamp::from_second(s).ok())
            .map(|t| t.to_string());
        self.emit(Event::Waiting {
            org: org.into(),
            what: "Waiting for Okta's rate limit".into(),
            until,
        });
    }
}

/// Locks; a thread that died while holding it left plain data behind, which is still good.
pub(crate) fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Now, as the window gets it.
pub(crate) fn now() -> String {
    jiff::Timestamp::now()
        .strftime("%Y-%m-%dT%H:%M:%S%.3fZ")
        .to_string()
}

impl Engine {
    /// Starts the engine: opens the file, reads the orgs. No keychain and no network is touched.
    ///
    /// # Errors
    /// When the data folder can't be used or TLS can't be set up.
    pub fn start(options: Options) -> Result<Arc<Self>, Problem> {
        Self::start_with(options, None)
    }

    /// [`Engine::start`] with a memory vault that holds something already (tests: a restart keeps the keychain).
    ///
    /// # Errors
    /// As [`Engine::start`].
    pub fn start_with(options: Options, memory: Option<Arc<MemoryVault>>) -> Result<Arc<Self>, Problem> {
        let Options {
            data_dir,
            vault,
            browser,
            practice_on_start,
            sign_in,
        } = options;
        let store = Store::open(&data_dir)?;
        let memory = memory.or_else(|| (vault == VaultKind::Memory).then(Arc::default));
        let vault: Arc<dyn Vault> = match &memory {
            Some(memory) => memory.clone(),
            None => Arc::new(OsVault::default()),
        };
        let browser: Arc<dyn Browser> = match browser {
            BrowserKind::System => Arc::new(SystemBrowser),
            BrowserKind::Recorder => Arc::new(Recorder::default()),
            BrowserKind::None => Arc::new(Recorder::failing()),
        };
        let events = Arc::new(Bus::new());
        let client = Client::new(events.clone())?;
        let orgs = store.orgs()?;
        let current = store
            .value("current")?
            .filter(|key| orgs.iter().any(|org| org.key == *key));
        let mut notices = store.notices.clone();
        notices.extend(crate::work::reviews::left_behind(&store)?);
        Ok(Arc::new_cyclic(|me| Self {
            store,
            vault,
            memory,
            browser,
            client,
            events,
            orgs: Mutex::new(orgs),
            current: Mutex::new(current),
            session: Arc::default(),
            credentials: Mutex::default(),
            parked: Mutex::default(),
            sign_ins: Mutex::default(),
            sign_in_turn: tokio::sync::Mutex::default(),
            sign_in,
            setups: Mutex::default(),
            listings: Mutex::default(),
            sessions: Mutex::default(),
            practice: tokio::sync::Mutex::default(),
            taken: Mutex::default(),
            notices: Mutex::new(notices),
            run: format!("{:016x}", rand::random::<u64>()),
            idle: Idle::default(),
            reviews: Reviews::default(),
            stop: CancellationToken::new(),
            practice_on_start,
            me: me.clone(),
        }))
    }

    /// A handle for background work.
    pub(crate) fn handle(&self) -> Option<Arc<Self>> {
        self.me.upgrade()
    }

    /// Runs a command given as JSON: `{"name": …, "args": …}`.
    ///
    /// # Errors
    /// The command's [`Problem`]; an unknown command or argument is one too.
    pub async fn dispatch_json(&self, command: serde_json::Value) -> Result<serde_json::Value, Problem> {
        let command: Command = serde_json::from_value(command).map_err(|_| {
            // The parser's words could quote what was entered, secrets included.
            Problem::new(
                ProblemCode::Internal,
                "The window asked for something Gatehouse does not know.",
                "Please report this.",
            )
        })?;
        self.noticed(command.name()).await;
        table::dispatch(self, command).await
    }

    /// The event stream.
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.events.out.subscribe()
    }

    /// Stops background work and the practice org.
    pub async fn shutdown(&self) {
        self.stop.cancel();
        self.practice.lock().await.take();
    }

    /// Addresses a recording browser was asked to open (tests).
    pub fn opened(&self) -> Vec<String> {
        self.browser.recorded()
    }

    /// The memory vault, where that is in use (tests).
    pub fn memory_vault(&self) -> Option<Arc<MemoryVault>> {
        self.memory.clone()
    }

    /// The connection work of an app as the window was last told (tests, which can't wait on events alone).
    ///
    /// # Errors
    /// When nothing has been begun for the app.
    pub fn connect_now(
        &self,
        org: &str,
        app: &str,
    ) -> Result<crate::ipc::views::connect::ConnectView, Problem> {
        self.connect_view(org, app)
    }

    pub(crate) fn changed(&self, topic: Topic, org: Option<&str>, app: Option<&str>) {
        self.events.emit(Event::Changed {
            topic,
            org: org.map(Into::into),
            app: app.map(Into::into),
        });
    }

    /// An org by key.
    pub(crate) fn org(&self, key: &str) -> Result<Org, Problem> {
        hold(&self.orgs)
            .iter()
            .find(|org| org.key == key)
            .cloned()
            .ok_or_else(local::no_such_org)
    }

    /// An org that may be written to.
    pub(crate) fn writable(&self, key: &str) -> Result<Org, Problem> {
        let org = self.org(key)?;
        if org.read_only {
            Err(local::read_only(&org.name))
        } else {
            Ok(org)
        }
    }

    /// Sends a call to an org.
    pub(crate) async fn send(
        &self,
        org: &Org,
        call: &Call,
        urgency: Urgency,
        cancel: &CancellationToken,
    ) -> Result<Answer, Failure> {
        self.turn(org, call, urgency, cancel).await?;
        let target = self.target(org).await.map_err(|p| Failure::Not(Box::new(p)))?;
        let answer = self.client.send(&target, call, urgency, cancel).await;
        if answer.is_ok() {
            self.used(&org.key);
        }
        answer
    }

    /// Waits for the turn of a background call before its credential is taken out: what waits for the org's limit holds no
    /// secret meanwhile, and takes one out again after a lock.
    pub(crate) async fn turn(
        &self,
        org: &Org,
        call: &Call,
        urgency: Urgency,
        cancel: &CancellationToken,
    ) -> Result<(), Failure> {
        let bucket = call.endpoint.bucket;
        if urgency == Urgency::Click || self.client.room(&org.key, bucket, urgency, cancel).await {
            Ok(())
        } else {
            Err(Failure::Cancelled)
        }
    }

    /// Notes that a call succeeded, in the file once in a while: an API token ends 30 days after its last use.
    pub(crate) fn used(&self, key: &str) {
        let at = now();
        let mut stale = true;
        if let Some(held) = hold(&self.orgs).iter_mut().find(|o| o.key == key) {
            // The first 15 characters: ten minutes.
            let about = |text: &str| text.get(..15).map(str::to_owned);
            stale = held.last_used.as_deref().and_then(about) != about(&at);
            held.last_used = Some(at.clone());
        }
        if stale && let Ok(Some((kind, details))) = self.active(key) {
            let details = Details {
                last_used: Some(at),
                ..details
            };
            // A note that is lost costs nothing but a later date.
            let _ = self.store.keep_credential(key, kind, &details);
        }
    }

    /// Sends a read for a person who waits.
    pub(crate) async fn read(&self, org: &Org, call: &Call) -> Result<Answer, Problem> {
        Ok(self
            .send(org, call, Urgency::Click, &self.stop.child_token())
            .await?)
    }

    /// An org as the window sees it.
    pub(crate) fn org_view(&self, org: &Org) -> OrgView {
        // What can't be read shows as not signed in; the next call says why.
        let active = self.active(&org.key).ok().flatten();
        let secret = active.as_ref().map_or(SecretPlace::Missing, |(kind, details)| {
            place(details, self.at_hand(&org.key, *kind))
        });
        OrgView {
            key: org.key.clone(),
            name: org.name.clone(),
            host: org.origin.host().to_owned(),
            tag: org.tag,
            credential: active.map(|(kind, _)| kind),
            colour: org.colour.clone(),
            read_only: org.read_only,
            secret,
            org_id: org.org_id.clone(),
            last_used: org.last_used.clone(),
        }
    }

    /// Nothing of this org is kept beyond this run: the practice org inside Gatehouse.
    pub(crate) fn memory_only(&self, key: &str) -> bool {
        key == crate::work::practice::KEY && !crate::work::practice::stands()
    }

    pub(crate) fn org_views(&self) -> Vec<OrgView> {
        let orgs = hold(&self.orgs).clone();
        orgs.iter().map(|org| self.org_view(org)).collect()
    }

    pub(crate) fn tell_orgs(&self) {
        let current = hold(&self.current).clone();
        self.events.emit(Event::Orgs {
            orgs: self.org_views(),
            current,
        });
    }
}
