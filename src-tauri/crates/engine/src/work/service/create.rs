//! Runs a set-up, line after line. Each is looked at before it is done, so a run that broke off is just begun again.

use super::plan::{Look, key_words, note};
use super::{Admin, Board, Came, PAUSES};
use crate::engine::{Engine, hold};
use crate::ipc::args::ServiceCreateArgs;
use crate::ipc::events::Topic;
use crate::ipc::views::history::Outcome;
use crate::ipc::views::signin::{LineState, SetupLine, SetupView};
use crate::okta::attach::Credential;
use crate::okta::auth::keys::SigningKey;
use crate::okta::auth::tokens::{How, Source};
use crate::okta::client::{Failure, Target};
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use crate::work::credentials::{Keep, bare};
use crate::work::history::Write;
use domain::okta::call::{Call, Payload};
use domain::okta::endpoints as e;
use domain::problem::{Problem, ProblemCode, local, service as words};
use domain::signin::scopes::carries;
use domain::signin::service;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// One run.
pub(super) struct Run {
    pub(super) board: Board,
    pub(super) org: Org,
    pub(super) args: ServiceCreateArgs,
    pub(super) admin: Admin,
    pub(super) cancel: CancellationToken,
    /// The app's key.
    pub(super) key: Option<Arc<SigningKey>>,
    /// It is in use already.
    pub(super) in_use: bool,
    /// The app's id, which is its client id.
    pub(super) app: Option<String>,
    /// Scopes it is known to have.
    pub(super) granted: Vec<String>,
    /// Grants that were accepted and are not read back yet, with their rows of the history.
    pub(super) accepted: Vec<(String, i64)>,
    /// Access tokens of the app.
    source: Option<Arc<Source>>,
}

impl Run {
    pub(super) fn new(
        board: Board,
        org: &Org,
        args: ServiceCreateArgs,
        admin: Admin,
        look: Look,
        cancel: CancellationToken,
    ) -> Self {
        Self {
            board,
            org: org.clone(),
            args,
            admin,
            cancel,
            key: look.key,
            in_use: look.in_use,
            app: look.seen.id(),
            granted: look.granted,
            accepted: Vec::new(),
            source: None,
        }
    }

    pub(super) fn key(&self) -> Result<&Arc<SigningKey>, Problem> {
        self.key.as_ref().ok_or_else(|| local::internal("set-up, key"))
    }

    pub(super) fn app(&self) -> Result<&str, Problem> {
        self.app.as_deref().ok_or_else(|| local::internal("set-up, app"))
    }

    /// Waits, unless the person stops it; `false` then.
    async fn rest(&self, pause: Duration) -> bool {
        tokio::select! {
            () = self.cancel.cancelled() => false,
            () = tokio::time::sleep(pause) => true,
        }
    }
}

impl Engine {
    /// Looks, and begins in the background unless something stands in the way.
    pub(super) async fn begin_create(
        &self,
        org: &Org,
        args: ServiceCreateArgs,
        cancel: CancellationToken,
    ) -> Result<SetupView, Problem> {
        let admin = self.admin(org).await?;
        let look = self.look(org, &args, &admin).await?;
        let mut view = look.view(org, &args);
        // Nothing is begun that can't be finished: a half-made app helps nobody.
        view.running = !view.lines.iter().any(|line| line.state == LineState::Blocked);
        let planned = view.clone();
        self.with_setup(&org.key, |shown| *shown = planned);
        if !view.running {
            return Ok(view);
        }
        let run = Run::new(Board::SignIn, org, args, admin, look, cancel);
        let engine = self.handle().ok_or_else(|| local::internal("set-up"))?;
        tokio::spawn(async move { engine.run_setup(run).await });
        Ok(view)
    }

    async fn run_setup(&self, mut run: Run) {
        let key = run.org.key.clone();
        let lines: Vec<SetupLine> = hold(&self.setups)
            .get(&key)
            .map(|setup| setup.view.lines.clone())
            .unwrap_or_default();
        for line in &lines {
            if !line.id.starts_with("grant:") && !self.read_grants_back(&mut run).await {
                break;
            }
            if run.cancel.is_cancelled() {
                break;
            }
            if line.state == LineState::Found {
                continue;
            }
            self.set_line(run.board, &key, &line.id, |line| {
                line.state = LineState::Doing;
                line.problem = None;
            });
            let came = self.do_line(&mut run, &line.id).await;
            let client = run.app.clone();
            self.with_setup(&key, |view| view.client_id = client);
            let ended = !matches!(came, Ok(Some(_)));
            self.set_line(run.board, &key, &line.id, |line| match came {
                Ok(Some(came)) => {
                    line.state = came.state;
                    line.detail = came.detail;
                }
                Ok(None) => line.state = LineState::Todo,
                Err(problem) => {
                    line.state = LineState::Blocked;
                    line.problem = Some(problem);
                }
            });
            if ended {
                break;
            }
        }
        self.read_grants_back(&mut run).await;
        self.with_setup(&key, SetupView::rest);
        self.tell_credentials(&key);
        self.changed(Topic::Apps, Some(&key), None);
    }

    /// Does one line; `None` when the person stopped it in between.
    pub(super) async fn do_line(&self, run: &mut Run, id: &str) -> Result<Option<Came>, Problem> {
        match id.split_once(':') {
            Some(("grant", scope)) => return self.grant(run, scope).await.map(Some),
            Some(_) => return Err(local::internal("set-up, line")),
            None => {}
        }
        match id {
            "key" => {
                let key = SigningKey::generate(run.args.alg)?;
                self.keep_new_key(&run.org, &key, false).await?;
                let came = Came::done(key_words(&key));
                run.key = Some(Arc::new(key));
                Ok(Some(came))
            }
            "app" => self.create_app(run).await.map(Some),
            "registered" => self.check_registered(run).await.map(Some),
            "role" => self.assign(run).await.map(Some),
            "token" => self.first_token(run).await,
            "call" => self.first_call(run).await,
            "use" => self.put_to_use(run).await.map(Some),
            _ => Err(local::internal("set-up, line")),
        }
    }

    /// Creates the app. It is asked for once, ever: when the answer is lost, the app is looked for by its key.
    async fn create_app(&self, run: &mut Run) -> Result<Came, Problem> {
        let key = run.key()?.clone();
        let body = service::app(&run.args.label, &key.public_jwk(), run.args.dpop);
        let call = Call::new(&e::APP_CREATE).body(Payload::plain(body));
        let sent = self
            .client
            .send(&run.admin.target, &call, Urgency::Click, &self.stop.child_token())
            .await;
        let app = match &sent {
            Ok(answer) => answer.body["id"].as_str().map(str::to_owned),
            Err(Failure::Unknown(_)) => self.look_for_created(run, &key).await,
            Err(Failure::Not(_) | Failure::Cancelled) => None,
        };
        let write = Write {
            org: &run.org,
            app: app.as_deref().unwrap_or_default(),
            label: &run.args.label,
            action: format!("Created the service app {}", run.args.label),
            before: None,
        };
        let row = self.keep_write(&write, &call, &sent);
        let host = run.org.origin.host();
        let app = match (app, sent) {
            (Some(app), _) => app,
            (None, Ok(_)) => return Err(local::not_oktas_answer(host, "not an app")),
            (None, Err(Failure::Unknown(_))) => return Err(words::create_lost(&run.args.label, host)),
            (None, Err(failure)) => return Err(failure.problem()),
        };
        run.app = Some(app.clone());
        self.store.keep_value(&note(&run.org.key), &app)?;
        let call = Call::new(&e::APP).param("appId", &app);
        let read = self.ask(&run.admin.target, &call).await?;
        // The history's own failure was told when the row was kept.
        let _ = self.settle_write(row, Outcome::Done, Some(&service::shown(&read.body)));
        Ok(Came::done(app))
    }

    /// Looks for the app whose creation was not answered, more than once: a list may lag behind.
    async fn look_for_created(&self, run: &Run, key: &Arc<SigningKey>) -> Option<String> {
        let mut pauses = PAUSES.iter();
        loop {
            let found = self.find_app(&run.org, &run.admin, &run.args.label, &[key]).await;
            if let Ok((seen, Some(_))) = found {
                return seen.id();
            }
            if !run.rest(*pauses.next()?).await {
                return None;
            }
        }
    }

    /// The first token of the app. It has just been made, so Okta may not have taken everything up yet.
    ///
    /// Each refusal is one failed grant in the org's System Log, so it is asked four times at most.
    async fn first_token(&self, run: &mut Run) -> Result<Option<Came>, Problem> {
        let target = self.as_app(run)?;
        let Credential::OAuth(source) = &target.credential else {
            return Err(local::internal("set-up, token"));
        };
        let mut pauses = PAUSES.iter();
        loop {
            let problem = match self
                .client
                .access(&target, source, None, &self.stop.child_token())
                .await
            {
                Ok(access) => {
                    let bound = if access.bound {
                        "bound to a key (DPoP)"
                    } else {
                        "a bearer token"
                    };
                    return Ok(Some(Came::done(format!(
                        "{bound}, for {}",
                        access.scopes.join(", ")
                    ))));
                }
                Err(failure) => failure.problem(),
            };
            let new = matches!(
                problem.code,
                ProblemCode::NotPermitted | ProblemCode::SignInRefused
            ) && problem.field.is_some();
            match pauses.next().filter(|_| new) {
                Some(pause) => {
                    self.tell_wait(run, "token", *pause);
                    if !run.rest(*pause).await {
                        return Ok(None);
                    }
                }
                None => return Err(problem),
            }
        }
    }

    fn tell_wait(&self, run: &Run, line: &str, pause: Duration) {
        self.set_line(run.board, &run.org.key, line, |line| {
            line.detail = Some(format!(
                "Okta has not taken up everything yet. Asking again in {} s.",
                pause.as_secs()
            ));
        });
    }

    /// One call as the app: it proves scope and role together, where it has both.
    async fn first_call(&self, run: &mut Run) -> Result<Option<Came>, Problem> {
        let target = self.as_app(run)?;
        if !carries(&run.args.scopes, "okta.apps.read") {
            self.prove(&target).await?;
            return Ok(Some(Came::done("Okta took the access token.")));
        }
        let call = Call::new(&e::APPS).query("limit", "1");
        let mut pauses = PAUSES.iter();
        loop {
            match self.ask(&target, &call).await {
                Ok(answer) => {
                    let any = answer.body.as_array().is_some_and(|apps| !apps.is_empty());
                    let said = match (any, run.args.role.is_empty()) {
                        (true, _) => "It may see apps.",
                        (false, true) => "The list of apps came back empty: the app has no admin role.",
                        (false, false) => "The list of apps came back empty.",
                    };
                    // Right after the role was given an empty list may only mean that it is not known everywhere yet.
                    match pauses.next().filter(|_| !any && !run.args.role.is_empty()) {
                        Some(pause) => {
                            self.tell_wait(run, "call", *pause);
                            if !run.rest(*pause).await {
                                return Ok(None);
                            }
                        }
                        None => return Ok(Some(Came::done(said))),
                    }
                }
                Err(problem) if problem.code == ProblemCode::NotPermitted => {
                    if run.args.role.is_empty() {
                        return Ok(Some(Came::done(
                            "Okta took the access token. Without an admin role the app may do nothing yet.",
                        )));
                    }
                    let Some(pause) = pauses.next() else {
                        return Err(problem);
                    };
                    self.tell_wait(run, "call", *pause);
                    if !run.rest(*pause).await {
                        return Ok(None);
                    }
                }
                Err(problem) => return Err(problem),
            }
        }
    }

    /// Where calls go that are made as the app.
    fn as_app(&self, run: &mut Run) -> Result<Target, Problem> {
        let source = match &run.source {
            Some(source) => source.clone(),
            None => {
                let source = Arc::new(source(
                    run.app()?.to_owned(),
                    run.args.scopes.clone(),
                    run.key()?.clone(),
                )?);
                run.source = Some(source.clone());
                source
            }
        };
        Ok(Target {
            credential: Credential::OAuth(source),
            ..bare(&run.org)
        })
    }

    /// Makes the app the org's credential, and signs the admin out if wished.
    async fn put_to_use(&self, run: &mut Run) -> Result<Came, Problem> {
        let target = self.as_app(run)?;
        let Credential::OAuth(source) = &target.credential else {
            return Err(local::internal("set-up, use"));
        };
        // What the doctor makes is for reviews alone: the org's other pages go on with what they use.
        let keep = match run.board {
            Board::SignIn => Keep::AndUse,
            Board::Doctor => Keep::Beside,
        };
        self.take_over(&run.org, source, Some(run.args.label.clone()), run.in_use, keep)
            .await?;
        if keep == Keep::Beside {
            let place = if self.memory_only(&run.org.key) {
                "In memory until Gatehouse is closed"
            } else {
                "In the keychain"
            };
            return Ok(Came::done(format!("{place}, beside what this org uses now.")));
        }
        let mut said = "Gatehouse signs in as this app now.".to_owned();
        if run.args.sign_out
            && let Some(out) = self.sign_admin_out(run).await?
        {
            said.push(' ');
            said.push_str(out);
        }
        Ok(Came::done(said))
    }
}

/// A service app's source of access tokens. The key they are bound to is another one, and lives in memory.
pub(super) fn source(
    client_id: String,
    scopes: Vec<String>,
    key: Arc<SigningKey>,
) -> Result<Source, Problem> {
    let dpop = SigningKey::generate(crate::ipc::views::signin::KeyAlg::Es256)?;
    Ok(Source::new(
        client_id,
        scopes,
        How::Service { key },
        Arc::new(dpop),
    ))
}

/// Another source for the same app and key, asking for other scopes. It proves with the same key and knows the nonce.
pub(crate) fn source_like(old: &Source, scopes: Vec<String>) -> Result<Arc<Source>, Problem> {
    let How::Service { key } = &old.how else {
        return Err(local::internal("service app"));
    };
    let how = How::Service { key: key.clone() };
    let source = Source::new(old.client_id.clone(), scopes, how, old.dpop.clone());
    if let Some(nonce) = old.nonce() {
        source.keep_nonce(nonce);
    }
    Ok(Arc::new(source))
}

/// What the history keeps of a list of names.
pub(crate) fn names(list: &[String]) -> Value {
    Value::from(list.to_vec())
}
