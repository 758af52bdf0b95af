//! What is missing is done, one line after the other, each read back.

use super::look::end_of;
use super::{For, Look, Wish, calls};
use crate::engine::{Engine, hold};
use crate::ipc::views::history::Outcome;
use crate::ipc::views::signin::{CredentialKind, LineState, SetupLine, SetupView};
use crate::okta::client::{Failure, Target};
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use crate::work::history::Write;
use crate::work::service::{Admin, NewApp, PAUSES, To};
use domain::okta::call::Call;
use domain::problem::{Problem, ProblemCode, local, reviews as words, service};
use domain::reviews::doctor as d;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

/// What a line came to.
type Came = Result<String, Problem>;

impl Engine {
    pub(super) async fn do_doctor(&self, org: Org, wish: Wish, mut look: Look, cancel: CancellationToken) {
        let lines: Vec<SetupLine> = hold(&self.reviews.doctors)
            .get(&org.key)
            .map(|it| it.view.lines.clone())
            .unwrap_or_default();
        for line in lines {
            if cancel.is_cancelled() {
                break;
            }
            if line.state != LineState::Todo {
                continue;
            }
            // It may have been made read-only, or forgotten, meanwhile.
            if let Err(problem) = self.writable(&org.key) {
                self.doctor_line(&org.key, &line.id, |line| {
                    line.state = LineState::Blocked;
                    line.problem = Some(problem);
                });
                break;
            }
            self.doctor_line(&org.key, &line.id, |line| line.state = LineState::Doing);
            let came = self.do_doctor_line(&org, &wish, &mut look, &line.id).await;
            let ended = !matches!(came, Ok(Some(_)));
            if let Ok(For::Client { id, .. }) = &look.whom {
                self.with_doctor(&org.key, |view| view.client_id.clone_from(id));
            }
            self.doctor_line(&org.key, &line.id, |line| match came {
                Ok(Some(detail)) => {
                    line.state = LineState::Done;
                    line.detail = Some(detail);
                }
                Ok(None) => line.state = LineState::Todo,
                Err(problem) => {
                    line.state = LineState::Blocked;
                    line.detail = None;
                    line.problem = Some(problem);
                }
            });
            if ended {
                break;
            }
        }
        self.with_doctor(&org.key, SetupView::rest);
    }

    fn doctor_line(&self, key: &str, id: &str, change: impl FnOnce(&mut SetupLine)) {
        self.with_doctor(key, |view| view.change_line(id, change));
    }

    /// `None` when the person stopped it in between.
    async fn do_doctor_line(
        &self,
        org: &Org,
        wish: &Wish,
        look: &mut Look,
        id: &str,
    ) -> Result<Option<String>, Problem> {
        if let Some(new) = look.new.as_mut().filter(|_| NewApp::has_line(id)) {
            let came = self.make_app_line(new, id).await?;
            if let Ok(For::Client { id, .. }) = &mut look.whom {
                *id = new.id();
            }
            return Ok(came);
        }
        let came = match id {
            "role" => self.do_role(org, wish, look).await,
            "resourceSet" => self.do_set(org, wish, look).await,
            "scopes" => self.do_scopes(org, look).await,
            "assignment" => self.do_assignment(org, wish, look).await,
            "proof" => self.do_proof(org, look).await,
            _ => Err(local::internal("set-up doctor, line")),
        };
        came.map(Some)
    }

    /// Sends a write with the admin's credential and keeps it; gives the history's row and whether the answer was lost.
    async fn doctor_write(
        &self,
        org: &Org,
        target: &Target,
        label: &str,
        action: String,
        call: &Call,
    ) -> Result<(i64, Value, Option<Problem>), Problem> {
        let sent = self
            .client
            .send(target, call, Urgency::Click, &self.stop.child_token())
            .await;
        let write = Write {
            org,
            app: "",
            label,
            action,
            before: None,
        };
        let row = self.keep_write(&write, call, &sent);
        match sent {
            Ok(answer) => Ok((row, answer.body, None)),
            Err(Failure::Unknown(problem)) => Ok((row, Value::Null, Some(*problem))),
            Err(failure) => Err(failure.problem()),
        }
    }

    fn doctor_settle(&self, row: i64, done: bool, after: &Value) {
        let outcome = if done { Outcome::Done } else { Outcome::NotApplied };
        let _ = self.settle_write(row, outcome, Some(after));
    }

    async fn do_role(&self, org: &Org, wish: &Wish, look: &mut Look) -> Came {
        let target = look.target.clone();
        if look.role.is_none() {
            let call = calls::make_role(wish);
            let action = format!("Created the admin role {}", wish.role);
            let (row, _, lost) = self.doctor_write(org, &target, &wish.role, action, &call).await?;
            // Believed when it is read back, whatever the answer was; never asked for a second time.
            let mut pauses = PAUSES.iter();
            loop {
                look.role = self.role_called(&target, &wish.role).await?;
                match pauses.next().filter(|_| look.role.is_none()) {
                    Some(pause) => tokio::time::sleep(*pause).await,
                    None => break,
                }
            }
            let shown = look
                .role
                .as_ref()
                .map(|role| json!({ "id": role.id, "label": role.label }));
            self.doctor_settle(row, shown.is_some(), &shown.unwrap_or(Value::Null));
            match (&look.role, lost) {
                (Some(role), _) => look.lacks = self.lacking(&target, &role.id).await?,
                (None, Some(problem)) => return Err(problem),
                (None, None) => return Err(service::not_shown("the role", org.origin.host())),
            }
        }
        let role = look
            .role
            .clone()
            .ok_or_else(|| local::internal("set-up doctor, role"))?;
        for permission in std::mem::take(&mut look.lacks) {
            let call = calls::add_permission(&role.id, &permission);
            let action = format!("Added {permission} to the admin role {}", wish.role);
            let (row, _, lost) = self.doctor_write(org, &target, &wish.role, action, &call).await?;
            let done = !self.lacking(&target, &role.id).await?.contains(&permission);
            self.doctor_settle(row, done, &json!({ "permission": permission }));
            if !done {
                return Err(lost.unwrap_or_else(|| service::not_shown(&permission, org.origin.host())));
            }
        }
        Ok(role.id)
    }

    async fn do_set(&self, org: &Org, wish: &Wish, look: &mut Look) -> Came {
        let target = look.target.clone();
        if look.set.is_none() {
            let call = calls::make_set(wish, org);
            let action = format!("Created the resource set {}", wish.set);
            let (row, _, lost) = self.doctor_write(org, &target, &wish.set, action, &call).await?;
            let mut pauses = PAUSES.iter();
            loop {
                look.set = self.set_called(&target, &wish.set).await?;
                match pauses.next().filter(|_| look.set.is_none()) {
                    Some(pause) => tokio::time::sleep(*pause).await,
                    None => break,
                }
            }
            let shown = look
                .set
                .as_ref()
                .map(|set| json!({ "id": set.id, "label": set.label }));
            self.doctor_settle(row, shown.is_some(), &shown.unwrap_or(Value::Null));
            match (&look.set, lost) {
                (Some(set), _) => look.set_whole = self.set_is_whole(&target, &set.id).await?,
                (None, Some(problem)) => return Err(problem),
                (None, None) => return Err(service::not_shown("the resource set", org.origin.host())),
            }
        }
        let set = look
            .set
            .clone()
            .ok_or_else(|| local::internal("set-up doctor, resource set"))?;
        if !look.set_whole {
            let call = calls::fill_set(&set.id, org);
            let action = format!("Added all users to the resource set {}", wish.set);
            let (row, _, lost) = self.doctor_write(org, &target, &wish.set, action, &call).await?;
            look.set_whole = self.set_is_whole(&target, &set.id).await?;
            self.doctor_settle(row, look.set_whole, &json!({ "allUsers": look.set_whole }));
            if !look.set_whole {
                return Err(lost.unwrap_or_else(|| service::not_shown("all users", org.origin.host())));
            }
        }
        Ok(set.id)
    }

    async fn do_scopes(&self, org: &Org, look: &mut Look) -> Came {
        let Ok(For::Client { id: Some(id), label }) = &look.whom else {
            return Err(local::internal("set-up doctor, scopes"));
        };
        let admin = Admin {
            kind: self.admin_kind(&org.key)?.unwrap_or(CredentialKind::SignIn),
            target: look.target.clone(),
        };
        let to = To {
            org,
            admin: &admin,
            app: id,
            label,
        };
        let had = self.granted(&look.target, id).await?.unwrap_or_default();
        let mut rows = Vec::new();
        for scope in &look.scopes {
            if let Some(row) = self.grant_scope(&to, scope, &had).await? {
                rows.push((scope.clone(), row));
            }
        }
        let read = self.granted(&look.target, id).await;
        for (scope, row) in rows {
            let (outcome, has) = match &read {
                Ok(Some(has)) if has.contains(&scope) => (Outcome::Done, Some(json!(has))),
                Ok(Some(has)) => (Outcome::NotApplied, Some(json!(has))),
                // Taken, but nobody saw it: the app's own token will tell.
                Ok(None) | Err(_) => (Outcome::Unknown, None),
            };
            let _ = self.settle_write(row, outcome, has.as_ref());
            if outcome == Outcome::NotApplied {
                return Err(service::not_shown(
                    &format!("the scope {scope}"),
                    org.origin.host(),
                ));
            }
        }
        read?;
        Ok(std::mem::take(&mut look.scopes).join(", "))
    }

    async fn do_assignment(&self, org: &Org, wish: &Wish, look: &mut Look) -> Came {
        let (Ok(whom), Some(role), Some(set)) = (&look.whom, &look.role, &look.set) else {
            return Err(local::internal("set-up doctor, assignment"));
        };
        let name = match whom {
            For::Client { label, .. } => label,
            For::Person { name, .. } => name,
        };
        let end = end_of(org, whom).ok_or_else(|| local::internal("set-up doctor, member"))?;
        let bound = self.is_bound(&look.target, &role.id, &set.id).await?;
        let call = calls::assign(whom, &role.id, &set.id, bound, org);
        let action = format!("Assigned {} to {name}", wish.role);
        let (row, _, lost) = self
            .doctor_write(org, &look.target, &wish.role, action, &call)
            .await?;
        let mut pauses = PAUSES.iter();
        loop {
            look.assigned = self.is_member(&look.target, &role.id, &set.id, &end).await?;
            match pauses.next().filter(|_| !look.assigned) {
                Some(pause) => tokio::time::sleep(*pause).await,
                None => break,
            }
        }
        let after = json!({ "member": end, "role": role.id, "resourceSet": set.id });
        self.doctor_settle(row, look.assigned, &after);
        if look.assigned {
            Ok(format!("{name} has it"))
        } else {
            Err(lost.unwrap_or_else(|| service::not_shown("the assignment", org.origin.host())))
        }
    }

    /// The proof is a call as the one who was set up. A new grant or role takes a moment to be known everywhere in Okta.
    async fn do_proof(&self, org: &Org, look: &Look) -> Came {
        let (kind, said) = match &look.whom {
            Ok(For::Client { .. }) => {
                let details = self.details(&org.key, CredentialKind::ServiceApp)?;
                let mut scopes = details.scopes.clone();
                for scope in d::SCOPES {
                    if !scopes.iter().any(|it| it == scope) {
                        scopes.push((*scope).to_owned());
                    }
                }
                self.renew(org, details, scopes).await?;
                (CredentialKind::ServiceApp, "The service app may see reviews.")
            }
            Ok(For::Person { me: true, .. }) => (
                self.admin_kind(&org.key)?.unwrap_or(CredentialKind::SignIn),
                "Your sign-in may see reviews.",
            ),
            Ok(For::Person { .. }) => (
                self.admin_kind(&org.key)?.unwrap_or(CredentialKind::SignIn),
                "The org has security access reviews. The person’s own sign-in proves the rest.",
            ),
            Err(problem) => return Err(problem.clone()),
        };
        let target = self.target_with(org, kind).await?;
        let mut pauses = PAUSES.iter();
        loop {
            let Some(problem) = self.probe_licence(org, &target).await else {
                return Ok(said.into());
            };
            match problem.code {
                ProblemCode::NotPermitted | ProblemCode::NotFound => match pauses.next() {
                    Some(pause) => tokio::time::sleep(*pause).await,
                    None if kind == CredentialKind::ApiToken => return Err(problem),
                    None => {
                        return Err(Problem {
                            okta: problem.okta,
                            next: problem.next,
                            ..words::proof_refused(org.origin.host())
                        });
                    }
                },
                _ => return Err(problem),
            }
        }
    }
}
