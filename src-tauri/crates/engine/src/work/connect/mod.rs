//! One app's connection work: runs what the connection machine asks for and tells the window at every step.

mod effects;
mod finish;
mod view;

use crate::engine::{Engine, hold, now};
use crate::ipc::args::ConnectStartArgs;
use crate::ipc::events::{Event as Out, Topic};
use crate::ipc::views::apps::Scheme;
use crate::ipc::views::connect::{AppDetail, ConnectFields, ConnectView, ConnectionView, JwksView};
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use crate::work::views;
use domain::catalog::{AppEntry, AuthScheme, entry};
use domain::connect::{Event, Found, Machine, Plan, State, Stop};
use domain::consent::{AuthorizeLink, Returned};
use domain::ids::AppId;
use domain::okta::call::Call;
use domain::okta::endpoints as e;
use domain::okta::wire::connection::{Connection, Save};
use domain::problem::{Problem, connection as words, local};
use domain::secret::Secret;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

/// Which answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lost {
    /// The save's.
    Save,
    /// The callback's.
    Callback,
}

/// The work of one app. Holds secrets only while they are on their way.
pub struct Session {
    pub(crate) machine: Machine,
    pub(crate) label: String,
    pub(crate) name: String,
    pub(crate) scheme: Option<AuthScheme>,
    save: Option<Save>,
    returned: Option<Returned>,
    pub(crate) link: Option<AuthorizeLink>,
    pub(crate) opened_at: Option<String>,
    pub(crate) browser_failed: bool,
    pub(crate) problem: Option<Problem>,
    before: Option<Value>,
    last_write: Option<i64>,
    lost: Option<Lost>,
    last_action_was_deactivate: bool,
    cancel: CancellationToken,
}

impl Session {
    fn new(label: &str, name: &str, cancel: CancellationToken) -> Self {
        Self {
            machine: Machine::default(),
            label: label.into(),
            name: name.into(),
            scheme: None,
            save: None,
            returned: None,
            link: None,
            opened_at: None,
            browser_failed: false,
            problem: None,
            before: None,
            last_write: None,
            lost: None,
            last_action_was_deactivate: false,
            cancel,
        }
    }
}

/// Checks the form against the catalog row and makes the request out of it.
fn save_from(app: &AppEntry, scheme: Scheme, mut fields: ConnectFields) -> Result<(Save, bool), Problem> {
    let scheme = views::scheme_in(scheme);
    let row = app
        .schemes
        .iter()
        .find(|row| row.scheme == scheme)
        .ok_or_else(|| {
            Problem::bad_input(
                "scheme",
                format!("{} can't authenticate that way.", app.title),
                "Choose one of the ways offered.",
            )
        })?;
    for field in row.fields.iter().filter(|field| field.required) {
        let blank = |text: &Option<String>| text.as_deref().is_none_or(|t| t.trim().is_empty());
        let secret_blank = |secret: &Option<Secret>| secret.as_ref().is_none_or(Secret::is_blank);
        let empty = match field.key {
            "baseUrl" => blank(&fields.base_url),
            "token" => secret_blank(&fields.token),
            "clientId" => blank(&fields.client_id),
            "adminUsername" => blank(&fields.admin_username),
            "adminPassword" => secret_blank(&fields.admin_password),
            // Left out means AUTO here, and that is sent: Okta itself would take MANUAL.
            _ => false,
        };
        if empty {
            return Err(Problem::bad_input(
                field.key,
                format!("{} is missing.", field.label),
                "Fill it in.",
            ));
        }
    }
    let trimmed = |text: Option<String>| text.map(|t| t.trim().to_owned()).unwrap_or_default();
    let save = match scheme {
        AuthScheme::Token => {
            let base_url = if row.fields.iter().any(|field| field.key == "baseUrl") {
                let text = trimmed(fields.base_url.take());
                let parsed = url::Url::parse(&text)
                    .ok()
                    .filter(|url| url.scheme() == "https" && url.has_host());
                if parsed.is_none() {
                    return Err(Problem::bad_input(
                        "baseUrl",
                        "The base URL can't be used.",
                        "It must be a full address that begins with https://, as the provider's portal shows it.",
                    ));
                }
                Some(text)
            } else {
                None
            };
            let token = fields.token.take().unwrap_or_else(|| Secret::new(String::new()));
            Save::Token {
                token: Secret::new(token.expose().trim().to_owned()),
                base_url,
            }
        }
        AuthScheme::OAuth2 if row.consent => {
            let settings = match (fields.admin_username.take(), fields.admin_password.take()) {
                (Some(user), Some(password)) if row.fields.iter().any(|f| f.key == "adminPassword") => {
                    Some((user.trim().to_owned(), password))
                }
                _ => None,
            };
            Save::Consent { settings }
        }
        AuthScheme::OAuth2 => {
            let rotation_mode = match trimmed(fields.rotation_mode.take()).as_str() {
                "" | "AUTO" => "AUTO".to_owned(),
                "MANUAL" => "MANUAL".to_owned(),
                _ => {
                    return Err(Problem::bad_input(
                        "rotationMode",
                        "Key rotation is automatic or manual.",
                        "Choose one.",
                    ));
                }
            };
            Save::ServiceApp {
                client_id: trimmed(fields.client_id.take()),
                rotation_mode,
            }
        }
    };
    Ok((save, row.consent))
}

impl Engine {
    fn session_key(org: &str, app: &str) -> (String, String) {
        (org.to_owned(), app.to_owned())
    }

    pub(crate) fn with_session<T>(
        &self,
        org: &str,
        app: &str,
        use_it: impl FnOnce(&mut Session) -> T,
    ) -> Option<T> {
        hold(&self.sessions)
            .get_mut(&Self::session_key(org, app))
            .map(use_it)
    }

    fn ensure_session(&self, org: &str, app: &str, label: &str, name: &str) {
        hold(&self.sessions)
            .entry(Self::session_key(org, app))
            .or_insert_with(|| Session::new(label, name, self.stop.child_token()));
    }

    /// Everything the connection page shows; also takes up what an earlier run left.
    pub(crate) async fn open_app(&self, key: &str, app: &str) -> Result<AppDetail, Problem> {
        let org = self.org(key)?;
        let id = AppId::parse(app)?;
        let row = self.find_row(&org, id.as_str()).await?;
        let Some(catalog) = entry(&row.name) else {
            self.ensure_session(key, app, &row.label, &row.name);
            let connect = self.connect_view(key, app)?;
            return Ok(AppDetail {
                row,
                catalog: None,
                connection: None,
                connect,
                assigned: None,
                problem: None,
            });
        };
        self.ensure_session(key, app, &row.label, &row.name);
        let (connection, problem) = match self.connection_of(&org, app, &self.stop.child_token()).await {
            Ok((found, body)) => {
                self.take_up(&org, app, &found, &body)?;
                (Some(connection_view(&found, &body)), None)
            }
            Err(problem) => (None, Some(problem)),
        };
        let assigned = if problem.is_none() {
            self.assigned(&org, app).await
        } else {
            None
        };
        self.look_again(&org, app);
        Ok(AppDetail {
            row,
            catalog: Some(views::catalog(catalog)),
            connection,
            connect: self.connect_view(key, app)?,
            assigned,
            problem,
        })
    }

    async fn assigned(&self, org: &Org, app: &str) -> Option<u32> {
        let call = Call::new(&e::APP_USERS).param("appId", app).query("limit", "200");
        let answer = self.read(org, &call).await.ok()?;
        answer
            .body
            .as_array()
            .and_then(|users| u32::try_from(users.len()).ok())
    }

    /// The connection as Okta has it now, and its answer whole.
    ///
    /// # Errors
    /// Why it could not be read, or that what came back is no connection.
    pub(crate) async fn connection_of(
        &self,
        org: &Org,
        app: &str,
        cancel: &CancellationToken,
    ) -> Result<(Connection, Value), Problem> {
        let call = Call::new(&e::CONNECTION).param("appId", app);
        let body = self.send(org, &call, Urgency::Click, cancel).await?.body;
        match Connection::read(&body) {
            Some(found) => Ok((found, body)),
            None => Err(local::not_oktas_answer(org.origin.host(), "not a connection")),
        }
    }

    /// Gives the machine what Okta has now and what the notes say.
    fn take_up(&self, org: &Org, app: &str, found: &Connection, body: &Value) -> Result<(), Problem> {
        let note = self.store.pending_of(&org.key, app)?;
        let shown = Connection::shown(body);
        let effects = self.with_session(&org.key, app, |session| {
            session.before = Some(shown);
            session.scheme = found.scheme.or(session.scheme);
            let seen = Found { status: found.status };
            let event = if session.machine.state() == State::AwaitingConsent {
                Event::Found(seen)
            } else {
                Event::Resume {
                    found: seen,
                    authorized: note.as_ref().is_some_and(|n| n.authorized),
                    waiting: note.is_some(),
                    activate: note.as_ref().is_some_and(|n| n.auto_activate),
                }
            };
            let before = session.machine;
            let effects = Self::step_session(session, event);
            if session.machine != before {
                session.problem = None;
                if session.opened_at.is_none() {
                    session.opened_at = note.as_ref().map(|n| n.opened_at.clone());
                }
            }
            effects
        });
        for effect in effects.unwrap_or_default() {
            if effect == domain::connect::Effect::ForgetWaiting {
                self.store.forget_pending(&org.key, app, jiff::Timestamp::now())?;
                self.tell_pending();
            }
        }
        Ok(())
    }

    pub(crate) async fn start_connect(&self, args: ConnectStartArgs) -> Result<ConnectView, Problem> {
        let org = self.writable(&args.org)?;
        let app = AppId::parse(&args.app)?.as_str().to_owned();
        let row = self.find_row(&org, &app).await?;
        let catalog = entry(&row.name)
            .ok_or_else(|| words::unsupported(&domain::catalog::reason_unsupported(&row.name)))?;
        let (save, consent) = save_from(catalog, args.scheme, args.fields)?;
        self.ensure_session(&org.key, &app, &row.label, &row.name);
        let plan = Plan {
            consent,
            activate: args.auto_activate,
        };
        self.begin(org, app, &row.label, |session| {
            if !session.machine.at_rest() {
                return None;
            }
            session.save = Some(save);
            session.scheme = Some(views::scheme_in(args.scheme));
            session.link = None;
            session.opened_at = None;
            session.browser_failed = false;
            session.lost = None;
            Some(Event::Start(plan))
        })
    }

    /// Lets the session choose the event that fits where it stands, gives the view at once, and goes on in the
    /// background. Choosing and stepping are one look at the session: of two clicks only one can begin.
    ///
    /// # Errors
    /// That work is under way, when the session chooses none.
    fn begin(
        &self,
        org: Org,
        app: String,
        label: &str,
        choose: impl FnOnce(&mut Session) -> Option<Event>,
    ) -> Result<ConnectView, Problem> {
        let begun = self.with_session(&org.key, &app, |session| {
            let event = choose(session)?;
            session.problem = None;
            session.cancel = self.stop.child_token();
            Some(Self::step_session(session, event))
        });
        let Some(effects) = begun.flatten() else {
            return Err(local::busy(label));
        };
        self.tell_connect(&org.key, &app);
        let view = self.connect_view(&org.key, &app)?;
        if !effects.is_empty() {
            let engine = self.handle().ok_or_else(|| local::internal("connection work"))?;
            tokio::spawn(async move { engine.run(&org, &app, effects).await });
        }
        Ok(view)
    }

    pub(crate) async fn activate(&self, key: &str, app: &str) -> Result<ConnectView, Problem> {
        let org = self.writable(key)?;
        let row = self.find_row(&org, app).await?;
        self.ensure_session(key, app, &row.label, &row.name);
        self.begin(org, app.to_owned(), &row.label, |session| {
            match session.machine.state() {
                State::Authorized => Some(Event::Activate),
                State::AwaitingConsent => None,
                _ => session.machine.at_rest().then_some(Event::Reactivate),
            }
        })
    }

    pub(crate) async fn deactivate(&self, key: &str, app: &str) -> Result<ConnectView, Problem> {
        let org = self.writable(key)?;
        let row = self.find_row(&org, app).await?;
        self.ensure_session(key, app, &row.label, &row.name);
        self.begin(org, app.to_owned(), &row.label, |session| {
            let free = session.machine.at_rest() && session.machine.state() != State::AwaitingConsent;
            free.then_some(Event::Deactivate)
        })
    }

    pub(crate) fn cancel_connect(&self, key: &str, app: &str) -> Result<ConnectView, Problem> {
        self.org(key)?;
        let mut effects = Vec::new();
        self.with_session(key, app, |session| {
            session.cancel.cancel();
            effects = Self::step_session(session, Event::Cancel);
        });
        for effect in effects {
            self.small_effect(key, app, effect)?;
        }
        self.tell_connect(key, app);
        self.connect_view(key, app)
    }

    pub(crate) async fn jwks(&self, key: &str, app: &str) -> Result<JwksView, Problem> {
        let org = self.org(key)?;
        let id = AppId::parse(app)?;
        let call = Call::new(&e::CONNECTION_JWKS).param("appId", id.as_str());
        let answer = self.read(&org, &call).await?;
        // Okta wraps the key set: `{"jwks": {"keys": […]}}`.
        let keys = answer
            .body
            .pointer("/jwks/keys")
            .or_else(|| answer.body.pointer("/keys"));
        let keys = keys.cloned().unwrap_or_else(|| Value::Array(Vec::new()));
        Ok(JwksView {
            url: call.url(&org.origin).to_string(),
            count: keys
                .as_array()
                .and_then(|k| u32::try_from(k.len()).ok())
                .unwrap_or(0),
            json: serde_json::to_string_pretty(&serde_json::json!({ "keys": keys })).unwrap_or_default(),
        })
    }

    pub(crate) fn tell_connect(&self, org: &str, app: &str) {
        if let Ok(view) = self.connect_view(org, app) {
            self.events.emit(Out::Connect { view });
        }
    }

    pub(crate) fn tell_pending(&self) {
        self.events.emit(Out::Pending {
            pending: self.pending_views(),
        });
    }

    /// What is said when the machine stopped.
    fn words_for(session: &Session, stop: Stop) -> Option<Problem> {
        match stop {
            Stop::NotApplied => Some(match session.machine.plan() {
                _ if session.last_action_was_deactivate => words::still_enabled(&session.label),
                plan => words::not_enabled(&session.label, plan.consent),
            }),
            Stop::Unknown => Some(match session.lost {
                Some(Lost::Callback) => words::callback_unknown(&session.label),
                Some(Lost::Save) | None => words::save_unknown(&session.label),
            }),
            Stop::Save | Stop::Callback | Stop::Activate | Stop::Deactivate | Stop::ReadBack => None,
        }
    }

    pub(crate) fn after_write(&self, org: &str, app: &str) {
        self.changed(Topic::Connection, Some(org), Some(app));
        if let Ok(org) = self.org(org) {
            self.look_again(&org, app);
        }
    }
}

/// The connection as the window sees it.
pub(crate) fn connection_view(found: &Connection, body: &Value) -> ConnectionView {
    ConnectionView {
        status: views::status(found.status),
        scheme: found.scheme.map(views::scheme),
        base_url: found.base_url.clone(),
        client_id: found.client_id.clone(),
        rotation_mode: found.rotation_mode.clone(),
        consent_offered: found.authorize.is_some(),
        read_at: now(),
        raw: serde_json::to_string_pretty(&Connection::shown(body)).unwrap_or_default(),
    }
}
