//! The consent hand-off: the link out to the browser, and what comes back.
//!
//! The note of a waiting consent is on the disk before a browser opens, so that a crash in between loses nothing. Of
//! what comes back only the code and the state go on; the address they came in is never called.

use super::Session;
use crate::engine::{Engine, hold, now};
use crate::ipc::args::ClipboardResult;
use crate::ipc::views::connect::{ConnectView, ConsentLink};
use crate::ports::browser::Openable;
use crate::ports::clipboard;
use crate::store::orgs::Org;
use crate::store::pending::PendingRow;
use domain::connect::{Event, Found, State};
use domain::consent::{AuthorizeLink, Other, StateMark, Waiting, looks_like_answer, read_return};
use domain::ids::AppId;
use domain::okta::wire::connection::{Connection, Status};
use domain::problem::{Problem, ProblemCode, connection as words, local};
use domain::secret::Secret;

/// What a waiting consent's answer is checked against, owned: rows of the store put together with their org.
struct Known {
    org: Org,
    row: PendingRow,
    mark: StateMark,
    earlier: Vec<StateMark>,
}

impl Known {
    fn waiting(&self) -> Waiting<'_> {
        Waiting {
            org: &self.org.origin,
            alternate: &self.org.alternate,
            app_name: &self.row.app_name,
            app: &self.row.app,
            mark: self.mark,
            earlier: &self.earlier,
        }
    }
}

impl Engine {
    /// Every waiting consent of the orgs in the rail.
    fn known(&self) -> Result<Vec<Known>, Problem> {
        let orgs = hold(&self.orgs).clone();
        let mut known = Vec::new();
        for row in self.store.pending()? {
            let Some(org) = orgs.iter().find(|org| org.key == row.org).cloned() else {
                continue;
            };
            let Some(mark) = StateMark::from_hex(&row.mark) else {
                continue;
            };
            let earlier = self.store.earlier_marks(&row.org, &row.app)?;
            let earlier = earlier
                .iter()
                .filter_map(|hex| StateMark::from_hex(hex))
                .collect();
            known.push(Known {
                org,
                row,
                mark,
                earlier,
            });
        }
        Ok(known)
    }

    /// Opens the consent page in the browser. Where none opens, the view says so and the link can be copied.
    pub(crate) async fn open_consent(&self, key: &str, app: &str) -> Result<ConnectView, Problem> {
        let link = self.consent_link(key, app).await?;
        let page = Openable::consent(&link).ok_or_else(|| local::internal("consent link"))?;
        self.mark_opened(key, app)?;
        let browser = self.browser.clone();
        let opened = tokio::task::spawn_blocking(move || browser.open(&page))
            .await
            .unwrap_or(false);
        self.with_session(key, app, |session| {
            session.browser_failed = !opened;
            session.problem = None;
        });
        self.tell_connect(key, app);
        self.connect_view(key, app)
    }

    /// Puts the consent link on the clipboard, for another browser profile or a private window.
    pub(crate) async fn copy_consent_link(&self, key: &str, app: &str) -> Result<ConsentLink, Problem> {
        let link = self.consent_link(key, app).await?;
        self.mark_opened(key, app)?;
        let text = link.as_str().to_owned();
        let copied = tokio::task::spawn_blocking(move || clipboard::write(&text))
            .await
            .unwrap_or(false);
        let failed = self
            .with_session(key, app, |session| session.browser_failed)
            .unwrap_or(false);
        self.tell_connect(key, app);
        // The link holds the state. It is shown only where it is needed: no browser opened, or no clipboard took it.
        let url = if copied && !failed {
            String::new()
        } else {
            link.as_str().to_owned()
        };
        Ok(ConsentLink {
            url,
            host: link.host().to_owned(),
            copied,
        })
    }

    fn mark_opened(&self, key: &str, app: &str) -> Result<(), Problem> {
        self.with_session(key, app, |session| session.opened_at = Some(now()));
        self.remember(key, app)
    }

    /// The link of the waiting consent; after a restart it is read from Okta again.
    async fn consent_link(&self, key: &str, app: &str) -> Result<AuthorizeLink, Problem> {
        self.writable(key)?;
        let held = self.with_session(key, app, |session| {
            (session.machine.state(), session.link.clone())
        });
        match held {
            Some((State::AwaitingConsent, Some(link))) => Ok(link),
            _ => {
                self.resume_connect(key, app).await?;
                self.with_session(key, app, |session| session.link.clone())
                    .flatten()
                    .ok_or_else(|| words::nothing_waiting(&self.label(key, app)))
            }
        }
    }

    fn label(&self, key: &str, app: &str) -> String {
        self.with_session(key, app, |session| session.label.clone())
            .unwrap_or_else(|| app.to_owned())
    }

    /// Takes up the consent link that Okta offers now, without saving credentials again.
    pub(crate) async fn resume_connect(&self, key: &str, app: &str) -> Result<ConnectView, Problem> {
        let org = self.writable(key)?;
        let id = AppId::parse(app)?;
        let row = self.find_row(&org, id.as_str()).await?;
        self.ensure_session(key, app, &row.label, &row.name);
        let (found, body) = self.connection_of(&org, app, &self.stop.child_token()).await?;
        if found.status == Status::Enabled {
            self.take_up(&org, app, &found, &body)?;
            self.tell_connect(key, app);
            return self.connect_view(key, app);
        }
        let href = found
            .authorize
            .as_deref()
            .ok_or_else(|| words::no_authorize_link(&row.label))?;
        let link = AuthorizeLink::check(href, &row.name, &org.origin)?;
        let activate = self.store.pending_of(key, app)?.map(|note| note.auto_activate);
        let shown = Connection::shown(&body);
        let asked = self.with_session(key, app, |session| {
            session.before = Some(shown);
            session.scheme = found.scheme.or(session.scheme);
            let activate =
                activate.unwrap_or(session.machine.plan().activate || self.store.settings().auto_activate);
            let seen = Found { status: found.status };
            let effects = Self::step_session(
                session,
                Event::Reopen {
                    found: seen,
                    activate,
                },
            );
            if !effects.is_empty() {
                session.link = Some(link);
                session.problem = None;
                session.browser_failed = false;
                session.cancel = self.stop.child_token();
            }
            effects
        });
        let effects = asked
            .filter(|effects| !effects.is_empty())
            .ok_or_else(|| local::busy(&row.label))?;
        for effect in effects {
            self.small_effect(key, app, effect)?;
        }
        self.tell_connect(key, app);
        self.connect_view(key, app)
    }

    /// Takes what came back from the consent as text; the work goes on in the background. As a rule the text came from
    /// the clipboard, so it is remembered until it is taken off there again.
    pub(crate) async fn finish_consent(
        &self,
        key: &str,
        app: &str,
        text: Secret,
    ) -> Result<ConnectView, Problem> {
        let view = self.take_answer(key, app, &text).await?;
        *hold(&self.taken) = Some(text);
        Ok(view)
    }

    async fn take_answer(&self, key: &str, app: &str, text: &Secret) -> Result<ConnectView, Problem> {
        let org = self.writable(key)?;
        let id = AppId::parse(app)?;
        let row = self.find_row(&org, id.as_str()).await?;
        self.ensure_session(key, app, &row.label, &row.name);
        let known = self.known()?;
        let (ours, others): (Vec<_>, Vec<_>) = known
            .iter()
            .partition(|it| it.row.org == key && it.row.app == app);
        let ours = ours.first().ok_or_else(|| words::nothing_waiting(&row.label))?;
        let others: Vec<Other<'_>> = others
            .into_iter()
            .map(|it| Other {
                org_key: &it.row.org,
                app: &it.row.app,
                label: &it.row.label,
                waiting: it.waiting(),
            })
            .collect();
        let returned = read_return(text.expose(), &ours.waiting(), &others)?;
        self.take_up_waiting(&org, app).await?;
        let state = self.with_session(key, app, |session| {
            (session.machine.state(), session.machine.at_rest())
        });
        match state {
            Some((State::AwaitingConsent, _)) => {
                self.begin(org, app.to_owned(), &row.label, |session: &mut Session| {
                    if session.machine.state() != State::AwaitingConsent {
                        return None;
                    }
                    session.returned = Some(returned);
                    Some(Event::Returned)
                })
            }
            // Somebody else finished it meanwhile: that is no failure.
            Some((State::Done, _)) => self.connect_view(key, app),
            Some((_, true)) => Err(words::nothing_waiting(&row.label)),
            _ => Err(local::busy(&row.label)),
        }
    }

    /// After a restart the machine knows nothing yet: it is given what Okta has and what the notes say.
    async fn take_up_waiting(&self, org: &Org, app: &str) -> Result<(), Problem> {
        let state = self.with_session(&org.key, app, |session| session.machine.state());
        if state == Some(State::AwaitingConsent) {
            return Ok(());
        }
        let (found, body) = self.connection_of(org, app, &self.stop.child_token()).await?;
        self.take_up(org, app, &found, &body)
    }

    /// Takes the answer from the clipboard. Unless a person asked for it, what is no fitting answer is passed over.
    pub(crate) async fn finish_from_clipboard(
        &self,
        key: &str,
        app: &str,
        asked: bool,
    ) -> Result<ClipboardResult, Problem> {
        let text = tokio::task::spawn_blocking(clipboard::read).await.unwrap_or(None);
        let Some(text) = text else {
            return if asked {
                Err(local::clipboard_empty())
            } else {
                Ok(ClipboardResult::Nothing)
            };
        };
        if !asked && !looks_like_answer(text.expose()) {
            return Ok(ClipboardResult::Nothing);
        }
        match self.finish_consent(key, app, text).await {
            Ok(_) => Ok(ClipboardResult::Taken),
            // The same old text lies there at every look; nobody wants to be told of it each time.
            Err(problem)
                if !asked
                    && matches!(
                        problem.code,
                        ProblemCode::ConsentUnreadable
                            | ProblemCode::ConsentMismatch
                            | ProblemCode::ConsentNotWaiting
                    ) =>
            {
                Ok(ClipboardResult::Nothing)
            }
            Err(problem) => Err(problem),
        }
    }

    /// Empties the clipboard if it still holds the answer that was taken from it.
    pub(crate) async fn clear_clipboard(&self) {
        let taken = hold(&self.taken).take();
        if let Some(text) = taken {
            // A clipboard that can't be emptied holds a used-up code: nothing is lost.
            let _ = tokio::task::spawn_blocking(move || clipboard::clear_if(&text)).await;
        }
    }
}
