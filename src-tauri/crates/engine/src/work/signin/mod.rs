//! Signing in as an admin: in the browser with a code and PKCE, or with a device code.
//!
//! One sign-in an org at a time. It waits in a task of its own, tells the window at each step, and leaves nothing behind
//! unless it came to its end: tokens that were not proven, or were cancelled on the way, are revoked and removed.

mod browser;
mod device;
mod finish;

use crate::engine::{Engine, hold, now};
use crate::ipc::args::SignInArgs;
use crate::ipc::events::{Event, Topic};
use crate::ipc::views::connect::ConsentLink;
use crate::ipc::views::orgs::ItemKind;
use crate::ipc::views::signin::{KeyAlg, SignInMethod, SignInPhase, SignInView};
use crate::okta::auth::keys::SigningKey;
use crate::okta::auth::tokens::{How, Source};
use crate::ports::browser::Openable;
use crate::ports::vault::{Vault, item};
use crate::ports::{clipboard, loopback};
use crate::store::orgs::Org;
use crate::work::practice;
use domain::problem::{Problem, local, signin as words};
use domain::secret::Secret;
use domain::signin::Wanted;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Ports of the loopback redirect, tried in order. Okta matches a redirect URI to the port, so they are few and fixed.
pub(crate) const PORTS: [u16; 3] = [8765, 8766, 8767];

/// How signing in behaves; only tests want other than the default.
#[derive(Debug, Clone)]
pub struct SignInOptions {
    /// Ports of the loopback redirect, tried in order.
    pub ports: Vec<u16>,
    /// How long the browser's answer is waited for.
    pub patience: Duration,
}

impl Default for SignInOptions {
    fn default() -> Self {
        Self {
            ports: PORTS.to_vec(),
            patience: Duration::from_secs(300),
        }
    }
}

/// A sign-in under way, or how the last one ended.
pub(crate) struct SignIn {
    view: SignInView,
    job: Arc<Job>,
    /// The page to open; it holds the state of the request, so it goes with the wait.
    page: Option<Arc<Openable>>,
}

/// What the waiting task knows.
struct Job {
    org: Org,
    wanted: Wanted,
    session_only: bool,
    vault: Arc<dyn Vault>,
    /// The new key, and the nonce of its proofs.
    source: Arc<Source>,
    cancel: CancellationToken,
    /// The loopback port is closed.
    closed: CancellationToken,
}

fn ended(phase: SignInPhase) -> bool {
    !matches!(phase, SignInPhase::Waiting | SignInPhase::Finishing)
}

/// This much later, as the window gets it.
fn later(by: Duration) -> String {
    let at = jiff::Timestamp::now().checked_add(by);
    at.map_or_else(|_| now(), |at| at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
}

impl SignIn {
    /// As the window sees it.
    pub(crate) fn view(&self) -> SignInView {
        self.view.clone()
    }
}

impl Engine {
    /// Addresses a sign-in app must have as sign-in redirect URIs, exactly.
    pub(crate) fn redirect_uris(&self) -> Vec<String> {
        let ports = self.sign_in.ports.iter();
        ports.map(|port| loopback::redirect_uri(*port)).collect()
    }

    /// Client id of an org's sign-in app, where Gatehouse knows one: what was used last, or the practice org's own.
    pub(crate) fn sign_in_client(&self, org: &Org) -> Result<Option<String>, Problem> {
        let practice = || org.origin.is_practice().then(practice::sign_in_client);
        Ok(self.store.sign_in_client(&org.key)?.or_else(practice))
    }

    /// Begins a sign-in; an earlier one of the org is cancelled.
    pub(crate) async fn start_sign_in(&self, args: &SignInArgs) -> Result<SignInView, Problem> {
        let org = self.org(&args.org)?;
        let wanted = Wanted::check(&args.client_id, &args.scopes)?;
        self.end_sign_in(&org.key).await;
        let session_only = args.session_only || self.memory_only(&org.key);
        let vault = self.vault_for(session_only);
        let how = How::SignIn {
            // Comes with the first tokens; nothing is asked with it before.
            refresh: Mutex::new(Arc::new(Secret::new(String::new()))),
            vault: vault.clone(),
            item: item(&org.key, ItemKind::RefreshToken),
        };
        let dpop = Arc::new(SigningKey::generate(KeyAlg::Es256)?);
        let source = Source::new(wanted.client_id.clone(), wanted.scopes.clone(), how, dpop);
        let job = Arc::new(Job {
            org,
            wanted,
            session_only,
            vault,
            source: Arc::new(source),
            cancel: self.stop.child_token(),
            closed: CancellationToken::new(),
        });
        match args.method {
            SignInMethod::Browser => self.start_browser(job).await,
            SignInMethod::Device => self.start_device(job).await,
        }
    }

    /// Opens the sign-in page in the browser (again).
    pub(crate) async fn open_sign_in(&self, key: &str) -> Result<SignInView, Problem> {
        let (job, page) = self.waiting_sign_in(key)?;
        let browser = self.browser.clone();
        let opened = tokio::task::spawn_blocking(move || browser.open(&page))
            .await
            .unwrap_or(false);
        self.move_sign_in(&job, |view| view.opened = opened);
        self.sign_in_view(key)
    }

    /// The address of the sign-in page, put on the clipboard too where that works.
    pub(crate) async fn copy_sign_in(&self, key: &str) -> Result<ConsentLink, Problem> {
        let (_, page) = self.waiting_sign_in(key)?;
        let view = self.sign_in_view(key)?;
        let text = page.address().to_owned();
        let copied = tokio::task::spawn_blocking(move || clipboard::write(&text))
            .await
            .unwrap_or(false);
        // The address holds the state. It is shown only where it is needed: no browser opened, or no clipboard took it.
        let hidden = copied && view.opened && view.method == SignInMethod::Browser;
        Ok(ConsentLink {
            url: if hidden {
                String::new()
            } else {
                page.address().to_owned()
            },
            host: page.host().to_owned(),
            copied,
        })
    }

    /// Stops a sign-in. One that has ended stays as it is.
    pub(crate) async fn cancel_sign_in(&self, key: &str) -> Result<SignInView, Problem> {
        let job = hold(&self.sign_ins).get(key).map(|held| held.job.clone());
        let job = job.ok_or_else(words::not_waiting)?;
        self.move_sign_in(&job, |view| view.phase = SignInPhase::Cancelled);
        stop(&job).await;
        self.sign_in_view(key)
    }

    /// Cancels a sign-in, if there is one, and forgets it. What it may have stored is gone afterwards.
    pub(crate) async fn end_sign_in(&self, key: &str) {
        let held = hold(&self.sign_ins).remove(key);
        if let Some(held) = held {
            stop(&held.job).await;
            // Who is finishing holds this, and sees that it was cancelled.
            let _done = self.sign_in_turn.lock().await;
        }
    }

    fn sign_in_view(&self, key: &str) -> Result<SignInView, Problem> {
        let sign_ins = hold(&self.sign_ins);
        sign_ins.get(key).map(SignIn::view).ok_or_else(words::not_waiting)
    }

    fn waiting_sign_in(&self, key: &str) -> Result<(Arc<Job>, Arc<Openable>), Problem> {
        let sign_ins = hold(&self.sign_ins);
        let held = sign_ins
            .get(key)
            .filter(|held| held.view.phase == SignInPhase::Waiting);
        held.and_then(|held| Some((held.job.clone(), held.page.clone()?)))
            .ok_or_else(words::not_waiting)
    }

    /// Takes up a new sign-in and tells the window.
    fn begin_sign_in(&self, job: &Arc<Job>, page: Openable, view: SignInView) {
        let begun = SignIn {
            view: view.clone(),
            job: job.clone(),
            page: Some(Arc::new(page)),
        };
        let earlier = hold(&self.sign_ins).insert(job.org.key.clone(), begun);
        if let Some(earlier) = earlier {
            earlier.job.cancel.cancel();
        }
        self.events.emit(Event::SignIn { view });
        self.changed(Topic::Credentials, Some(&job.org.key), None);
    }

    /// Changes what is shown of a sign-in and tells the window; nothing when another took its place, or it has ended.
    fn move_sign_in(&self, job: &Arc<Job>, change: impl FnOnce(&mut SignInView)) {
        let mut sign_ins = hold(&self.sign_ins);
        let held = sign_ins
            .get_mut(&job.org.key)
            .filter(|held| Arc::ptr_eq(&held.job, job) && !ended(held.view.phase));
        let Some(held) = held else { return };
        change(&mut held.view);
        if held.view.phase != SignInPhase::Waiting {
            held.page = None;
        }
        let view = held.view();
        drop(sign_ins);
        self.events.emit(Event::SignIn { view });
    }
}

/// Tells the task to stop, and waits until its port is closed.
async fn stop(job: &Job) {
    job.cancel.cancel();
    // It has nothing else to do; the limit is for a machine that stands still.
    let _ = tokio::time::timeout(Duration::from_secs(2), job.closed.cancelled()).await;
}

/// What is shown of a sign-in that begins.
fn first_view(job: &Job, method: SignInMethod, page: &Openable, life: Duration) -> SignInView {
    SignInView {
        org: job.org.key.clone(),
        method,
        phase: SignInPhase::Waiting,
        client_id: job.wanted.client_id.clone(),
        scopes: job.wanted.scopes.clone(),
        host: page.host().to_owned(),
        redirect_uri: None,
        opened: false,
        started_at: now(),
        until: later(life),
        user_code: None,
        verification_uri: None,
        qr: None,
        who: None,
        problem: None,
    }
}

fn no_handle() -> Problem {
    local::internal("sign-in")
}
