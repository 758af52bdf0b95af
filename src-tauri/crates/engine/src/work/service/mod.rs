//! Service apps: creating one with an admin's credential, or using one that was made by hand.

mod ask;
mod create;
mod give;
mod made;
mod plan;
mod using;

pub(crate) use ask::{Admin, unreadable};
pub(crate) use create::{names, source_like};
pub(crate) use give::{To, grant_call};
pub(crate) use made::NewApp;
pub(crate) use using::about_scopes;

use crate::engine::{Engine, hold};
use crate::ipc::args::ServiceCreateArgs;
use crate::ipc::events::Event;
use crate::ipc::views::signin::{LineState, SetupLine, SetupView};
use crate::store::orgs::Org;
use domain::problem::{Problem, service as words};
use domain::signin::jobs::{JOBS, ROLES};
use domain::signin::scopes::SCOPES;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Longest label Okta takes.
const LABEL: usize = 100;

/// What was just granted or assigned takes a moment to be known everywhere in Okta, so a refusal right after is asked
/// again after these pauses, and then believed.
pub(crate) const PAUSES: [Duration; 3] = [
    Duration::from_secs(1),
    Duration::from_secs(3),
    Duration::from_secs(6),
];

/// A set-up under way, or how the last one of this run ended.
pub(crate) struct Setup {
    /// As the window sees it.
    pub(crate) view: SetupView,
    /// Stops it after the line that is under way.
    pub(crate) cancel: CancellationToken,
}

impl Drop for Setup {
    /// A set-up nobody can see any more, because its key or its org was taken away, goes no further.
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}

/// Whose lines a run works through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Board {
    /// The set-up of the sign-in page.
    SignIn,
    /// The set-up doctor of access reviews, which makes an app on its way.
    Doctor,
}

/// Where a line came to.
struct Came {
    state: LineState,
    detail: Option<String>,
}

impl Came {
    fn done(detail: impl Into<String>) -> Self {
        Self {
            state: LineState::Done,
            detail: Some(detail.into()),
        }
    }

    fn found(detail: impl Into<String>) -> Self {
        Self {
            state: LineState::Found,
            detail: Some(detail.into()),
        }
    }
}

/// A scope Gatehouse has a use for.
pub(crate) fn known_scope(scope: &str) -> bool {
    SCOPES.iter().any(|row| row.name == scope) || JOBS.iter().any(|job| job.scopes.contains(&scope))
}

/// One line that is not too long for Okta.
pub(crate) fn is_label(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= LABEL && !text.chars().any(char::is_control)
}

/// The arguments tidied up, or which one can't be used.
fn checked(args: ServiceCreateArgs) -> Result<ServiceCreateArgs, Problem> {
    let label = args.label.trim().to_owned();
    if !is_label(&label) {
        return Err(words::no_label());
    }
    let mut scopes: Vec<String> = Vec::new();
    for scope in &args.scopes {
        if !known_scope(scope) {
            return Err(words::no_such_scope(scope));
        }
        if !scopes.contains(scope) {
            scopes.push(scope.clone());
        }
    }
    if scopes.is_empty() {
        return Err(words::no_such_scope(""));
    }
    if !args.role.is_empty() && !ROLES.iter().any(|(role, _)| *role == args.role) {
        return Err(words::no_such_role());
    }
    Ok(ServiceCreateArgs {
        label,
        scopes,
        ..args
    })
}

impl Engine {
    /// What creating a service app would do. Changes nothing.
    pub(crate) async fn plan_service(&self, args: ServiceCreateArgs) -> Result<SetupView, Problem> {
        let org = self.org(&args.org)?;
        let args = checked(args)?;
        let admin = self.admin(&org).await?;
        let look = self.look(&org, &args, &admin).await?;
        Ok(look.view(&org, &args))
    }

    /// Creates the service app: what is there already is found, the rest is done in the background.
    pub(crate) async fn create_service(&self, args: ServiceCreateArgs) -> Result<SetupView, Problem> {
        let org = self.writable(&args.org)?;
        let args = checked(args)?;
        let cancel = self.reserve_setup(&org, &args.label)?;
        let begun = self.begin_create(&org, args, cancel).await;
        if begun.is_err() {
            hold(&self.setups).remove(&org.key);
            self.tell_credentials(&org.key);
        }
        begun
    }

    /// One set-up an org at a time: two would make two apps.
    fn reserve_setup(&self, org: &Org, label: &str) -> Result<CancellationToken, Problem> {
        let mut setups = hold(&self.setups);
        if setups.get(&org.key).is_some_and(|setup| setup.view.running) || self.doctor_makes_app(&org.key) {
            return Err(words::under_way());
        }
        let cancel = self.stop.child_token();
        let view = SetupView {
            org: org.key.clone(),
            label: label.to_owned(),
            client_id: None,
            lines: Vec::new(),
            running: true,
            done: false,
            warnings: Vec::new(),
        };
        let setup = Setup {
            view,
            cancel: cancel.clone(),
        };
        setups.insert(org.key.clone(), setup);
        Ok(cancel)
    }

    /// A set-up of the sign-in page is under way.
    pub(crate) fn makes_app(&self, key: &str) -> bool {
        hold(&self.setups)
            .get(key)
            .is_some_and(|setup| setup.view.running)
    }

    /// The key, or all of the org, was taken away: what makes an app with it goes no further.
    pub(crate) fn end_setups(&self, key: &str) {
        hold(&self.setups).remove(key);
        self.end_doctor_with_app(key);
    }

    /// Stops a set-up after the line that is under way.
    pub(crate) fn stop_service(&self, key: &str) -> Result<SetupView, Problem> {
        let setups = hold(&self.setups);
        let setup = setups
            .get(key)
            .filter(|setup| setup.view.running)
            .ok_or_else(words::nothing_under_way)?;
        setup.cancel.cancel();
        Ok(setup.view.clone())
    }

    /// Changes the set-up's view and tells the window.
    fn with_setup(&self, key: &str, change: impl FnOnce(&mut SetupView)) {
        let view = {
            let mut setups = hold(&self.setups);
            let Some(setup) = setups.get_mut(key) else { return };
            change(&mut setup.view);
            setup.view.clone()
        };
        self.events.emit(Event::Setup { view });
    }

    fn set_line(&self, board: Board, key: &str, id: &str, change: impl FnOnce(&mut SetupLine)) {
        let change = |view: &mut SetupView| view.change_line(id, change);
        match board {
            Board::SignIn => self.with_setup(key, change),
            Board::Doctor => self.with_doctor(key, change),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ipc::views::signin::KeyAlg;

    fn args(label: &str, scopes: &[&str], role: &str) -> ServiceCreateArgs {
        ServiceCreateArgs {
            org: "o".into(),
            label: label.into(),
            alg: KeyAlg::Es256,
            dpop: true,
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            role: role.into(),
            sign_out: false,
        }
    }

    #[test]
    fn only_what_gatehouse_knows_goes_into_an_app() {
        let field = |args| checked(args).err().and_then(|problem| problem.field);
        let read = ["okta.apps.read"];
        assert_eq!(field(args(" ", &read, "")).as_deref(), Some("label"));
        assert_eq!(field(args("a\nb", &read, "")).as_deref(), Some("label"));
        assert_eq!(field(args(&"x".repeat(101), &read, "")).as_deref(), Some("label"));
        assert_eq!(field(args("A", &[], "")).as_deref(), Some("scopes"));
        assert_eq!(
            field(args("A", &["okta.users.manage"], "")).as_deref(),
            Some("scopes")
        );
        assert_eq!(field(args("A", &read, "CUSTOM")).as_deref(), Some("role"));
        let tidy = checked(args(
            " Gatehouse ",
            &["okta.apps.read", "okta.apps.read"],
            "APP_ADMIN",
        ))
        .expect("fits");
        assert_eq!((tidy.label.as_str(), tidy.scopes.len()), ("Gatehouse", 1));
    }
}
