//! A service app that something else makes on its way: the set-up doctor of access reviews, for who has none yet.

use super::create::Run;
use super::plan::alg_name;
use super::{Board, checked};
use crate::engine::Engine;
use crate::ipc::args::ServiceCreateArgs;
use crate::ipc::views::signin::{KeyAlg, SetupLine};
use crate::store::orgs::Org;
use domain::okta::call::{Call, Payload};
use domain::okta::endpoints as e;
use domain::problem::Problem;
use domain::signin::service;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

/// An app to be made, or half made: what it takes, line by line. Granting its scopes is not among it.
pub(crate) struct NewApp {
    run: Run,
    lines: Vec<SetupLine>,
    warnings: Vec<String>,
}

impl NewApp {
    /// The line of its key, which no other set-up of the doctor has.
    pub(crate) const KEY: &'static str = "key";
    /// What has to be there before scopes can be granted, and what takes them.
    const BEFORE: [&'static str; 3] = [Self::KEY, "app", "registered"];
    const AFTER: [&'static str; 2] = ["token", "use"];

    /// The line of this id is one of its own.
    pub(crate) fn has_line(id: &str) -> bool {
        Self::BEFORE.contains(&id) || Self::AFTER.contains(&id)
    }

    fn among(&self, ids: &[&str]) -> impl Iterator<Item = &SetupLine> {
        self.lines.iter().filter(|line| ids.contains(&line.id.as_str()))
    }

    /// Lines that come before its scopes.
    pub(crate) fn before_scopes(&self) -> impl Iterator<Item = &SetupLine> {
        self.among(&Self::BEFORE)
    }

    /// Lines that come after its scopes.
    pub(crate) fn after_scopes(&self) -> impl Iterator<Item = &SetupLine> {
        self.among(&Self::AFTER)
    }

    /// What the person should know before.
    pub(crate) fn warnings(&self) -> Vec<String> {
        self.warnings.clone()
    }

    /// Scopes it has already.
    pub(crate) fn granted(&self) -> &[String] {
        &self.run.granted
    }

    /// Its client id, once it is made.
    pub(crate) fn id(&self) -> Option<String> {
        self.run.app.clone()
    }

    /// Stops waiting when this says so.
    pub(crate) fn stopped_by(&mut self, cancel: CancellationToken) {
        self.run.cancel = cancel;
    }

    /// The request that creates it. A key that is still to be made stands there by its kind alone.
    pub(crate) fn create_call(&self) -> Call {
        let later = || json!({ "alg": alg_name(self.run.args.alg), "kid": "{made with the key}" });
        let jwk: Value = self.run.key.as_ref().map_or_else(later, |key| key.public_jwk());
        Call::new(&e::APP_CREATE).body(Payload::plain(service::app(
            &self.run.args.label,
            &jwk,
            self.run.args.dpop,
        )))
    }
}

impl Engine {
    /// Looks what there is of a service app of this label, and what making it would take. Changes nothing.
    pub(crate) async fn new_app(&self, org: &Org, label: &str, scopes: &[&str]) -> Result<NewApp, Problem> {
        // A key that waits already is the app's: it may be registered with it.
        let waiting = self.store.key(&org.key)?.map(|key| key.alg);
        let args = checked(ServiceCreateArgs {
            org: org.key.clone(),
            label: label.to_owned(),
            alg: waiting.unwrap_or(KeyAlg::Es256),
            dpop: true,
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            role: String::new(),
            sign_out: false,
        })?;
        let admin = self.admin(org).await?;
        let look = self.look(org, &args, &admin).await?;
        let (lines, warnings) = look.to_make(org, &args, self.memory_only(&org.key));
        let run = Run::new(Board::Doctor, org, args, admin, look, self.stop.child_token());
        Ok(NewApp { run, lines, warnings })
    }

    /// Does one line of it: what came of it, or `None` when it was stopped in between.
    pub(crate) async fn make_app_line(&self, new: &mut NewApp, id: &str) -> Result<Option<String>, Problem> {
        let came = self.do_line(&mut new.run, id).await?;
        Ok(came.map(|came| came.detail.unwrap_or_default()))
    }
}
