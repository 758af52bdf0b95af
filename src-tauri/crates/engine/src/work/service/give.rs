//! What an app is given with the admin's credential: keys, scopes, a role. Each is read first, and read back.

use super::create::{Run, names};
use super::{Admin, Came};
use crate::engine::Engine;
use crate::ipc::args::CredentialRemoveArgs;
use crate::ipc::views::history::Outcome;
use crate::ipc::views::signin::{CredentialKind, LineState};
use crate::okta::client::Failure;
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use crate::work::history::Write;
use domain::okta::call::{Call, Payload};
use domain::okta::endpoints as e;
use domain::org_address::OrgOrigin;
use domain::problem::{Problem, service as words};
use domain::signin::jobs::role_label;
use domain::signin::service::{self, Role, registered};
use serde_json::{Value, json};

/// An app something is given to.
pub(crate) struct To<'a> {
    pub(crate) org: &'a Org,
    pub(crate) admin: &'a Admin,
    /// Its id, which is its client id.
    pub(crate) app: &'a str,
    pub(crate) label: &'a str,
}

fn kinds(roles: &[Role]) -> Vec<String> {
    roles.iter().map(|role| role.kind.clone()).collect()
}

fn label_of(roles: &[Role], kind: &str) -> String {
    roles
        .iter()
        .find(|role| role.kind == kind)
        .map_or_else(|| role_label(kind).to_owned(), |role| role.label.clone())
}

/// Grants a scope to an app.
pub(crate) fn grant_call(app: &str, scope: &str, org: &OrgOrigin) -> Call {
    Call::new(&e::GRANT)
        .param("appId", app)
        .body(Payload::plain(service::grant(scope, org)))
}

impl Engine {
    async fn write_to(
        &self,
        to: &To<'_>,
        action: String,
        call: &Call,
        before: Option<&Value>,
    ) -> (i64, Result<(), Failure>) {
        let sent = self
            .client
            .send(&to.admin.target, call, Urgency::Click, &self.stop.child_token())
            .await;
        let write = Write {
            org: to.org,
            app: to.app,
            label: to.label,
            action,
            before,
        };
        let row = self.keep_write(&write, call, &sent);
        (row, sent.map(|_| ()))
    }

    /// Grants a scope. The same grant twice is the same once, so after a lost answer it is read back and then asked for
    /// once more at most. Gives the history's row; none when the app had it already.
    pub(crate) async fn grant_scope(
        &self,
        to: &To<'_>,
        scope: &str,
        had: &[String],
    ) -> Result<Option<i64>, Problem> {
        let mut again = true;
        loop {
            let call = grant_call(to.app, scope, &to.org.origin);
            let action = format!("Granted {scope} to {}", to.label);
            let (row, sent) = self.write_to(to, action, &call, Some(&names(had))).await;
            match sent {
                Ok(()) => return Ok(Some(row)),
                Err(Failure::Unknown(problem)) => {
                    let has = self.granted(&to.admin.target, to.app).await?;
                    if has.iter().flatten().any(|it| it == scope) {
                        return Ok(Some(row));
                    }
                    if !std::mem::take(&mut again) {
                        return Err(*problem);
                    }
                    let _ = self.settle_write(row, Outcome::NotApplied, has.map(|it| names(&it)).as_ref());
                }
                Err(failure) => {
                    let problem = failure.problem();
                    // Okta says 409 where somebody else was faster.
                    if problem.okta.as_ref().is_some_and(|okta| okta.status == 409) {
                        return Ok(None);
                    }
                    return Err(problem);
                }
            }
        }
    }

    pub(super) async fn grant(&self, run: &mut Run, scope: &str) -> Result<Came, Problem> {
        let to = To {
            org: &run.org,
            admin: &run.admin,
            app: run.app()?,
            label: &run.args.label,
        };
        let given = self.grant_scope(&to, scope, &run.granted).await?;
        Ok(match given {
            Some(row) => {
                run.accepted.push((scope.to_owned(), row));
                Came {
                    state: LineState::Done,
                    detail: None,
                }
            }
            None => Came::found("It had it already."),
        })
    }

    /// Reads all accepted grants back in one go: below an app Okta takes few requests a minute. What it does not show
    /// blocks its line; `false` then.
    pub(super) async fn read_grants_back(&self, run: &mut Run) -> bool {
        let accepted = std::mem::take(&mut run.accepted);
        let Some(app) = run.app.clone().filter(|_| !accepted.is_empty()) else {
            return true;
        };
        let read = self.granted(&run.admin.target, &app).await;
        let mut good = true;
        for (scope, row) in &accepted {
            let problem = match &read {
                // Granting is not seeing: where grants may not be read, the app's own token will tell.
                Ok(None) => {
                    let _ = self.settle_write(*row, Outcome::Unknown, None);
                    None
                }
                Ok(Some(has)) => {
                    let shown = has.contains(scope);
                    let outcome = if shown { Outcome::Done } else { Outcome::NotApplied };
                    let _ = self.settle_write(*row, outcome, Some(&names(has)));
                    (!shown).then(|| words::not_shown(&format!("the scope {scope}"), run.org.origin.host()))
                }
                Err(problem) => {
                    let _ = self.settle_write(*row, Outcome::Unknown, None);
                    Some(problem.clone())
                }
            };
            if let Some(problem) = problem {
                good = false;
                self.set_line(run.board, &run.org.key, &format!("grant:{scope}"), |line| {
                    line.state = LineState::Blocked;
                    line.problem = Some(problem);
                });
            }
        }
        if let Ok(Some(has)) = read {
            run.granted = has;
        }
        good
    }

    /// Assigns a standard role; what it came to in words, and whether it was there already.
    pub(crate) async fn assign_role(&self, to: &To<'_>, role: &str) -> Result<(String, bool), Problem> {
        let target = &to.admin.target;
        let mut before = self.roles_of_app(target, to.app).await?;
        let mut again = true;
        loop {
            if let Some(has) = &before
                && has.iter().any(|it| it.kind == role)
            {
                return Ok((label_of(has, role), true));
            }
            let call = Call::new(&e::CLIENT_ROLE_ASSIGN)
                .param("clientId", to.app)
                .body(Payload::plain(service::role(role)));
            let action = format!("Assigned {} to {}", role_label(role), to.label);
            let shown = before.as_deref().map(|roles| names(&kinds(roles)));
            let (row, sent) = self.write_to(to, action, &call, shown.as_ref()).await;
            let lost = match sent {
                Ok(()) => None,
                Err(Failure::Unknown(problem)) => Some(*problem),
                Err(failure) => {
                    let problem = failure.problem();
                    let there = problem.okta.as_ref().is_some_and(|okta| okta.status == 409);
                    return if there {
                        Ok((role_label(role).to_owned(), true))
                    } else {
                        Err(problem)
                    };
                }
            };
            let Some(after) = self.roles_of_app(target, to.app).await? else {
                // Assigned, and not to be seen: the app's own calls will tell.
                return match lost {
                    Some(problem) => Err(problem),
                    None => Ok((role_label(role).to_owned(), false)),
                };
            };
            let has = after.iter().any(|it| it.kind == role);
            let outcome = if has { Outcome::Done } else { Outcome::NotApplied };
            let _ = self.settle_write(row, outcome, Some(&names(&kinds(&after))));
            if has {
                return Ok((label_of(&after, role), false));
            }
            if lost.is_none() || !std::mem::take(&mut again) {
                let what = format!("the role {}", role_label(role));
                return Err(lost.unwrap_or_else(|| words::not_shown(&what, to.org.origin.host())));
            }
            before = Some(after);
        }
    }

    pub(super) async fn assign(&self, run: &mut Run) -> Result<Came, Problem> {
        let to = To {
            org: &run.org,
            admin: &run.admin,
            app: run.app()?,
            label: &run.args.label,
        };
        let (label, there) = self.assign_role(&to, &run.args.role).await?;
        Ok(if there {
            Came::found(label)
        } else {
            Came::done(label)
        })
    }

    /// Reads the app's keys back. A key that is missing is added only to the app Gatehouse is known to have made: other
    /// apps are not even looked at so far.
    pub(super) async fn check_registered(&self, run: &mut Run) -> Result<Came, Problem> {
        let key = run.key()?.clone();
        let to = To {
            org: &run.org,
            admin: &run.admin,
            app: run.app()?,
            label: &run.args.label,
        };
        let host = run.org.origin.host();
        let jwk = key.public_jwk();
        let said = |found: &service::Registered| {
            if found.active {
                Ok(format!("key id {}", found.kid))
            } else {
                Err(words::key_inactive(&run.args.label))
            }
        };
        let Some(before) = self.keys_of(&to.admin.target, to.app).await? else {
            return Err(words::not_shown("the app's public keys", host));
        };
        if let Some(found) = registered(&before, &jwk) {
            return Ok(Came::done(said(&found)?));
        }
        let call = Call::new(&e::APP_KEY_ADD)
            .param("appId", to.app)
            .body(Payload::plain(service::key(&jwk)));
        let action = format!("Registered a public key with {}", to.label);
        let kids = |keys: &Value| {
            json!(
                keys.as_array()
                    .map(|keys| keys.iter().map(|key| key["kid"].clone()).collect::<Vec<_>>())
            )
        };
        let (row, sent) = self.write_to(&to, action, &call, Some(&kids(&before))).await;
        let lost = match sent {
            Ok(()) => None,
            // It is not sent again: the next run looks first.
            Err(Failure::Unknown(problem)) => Some(*problem),
            Err(failure) => return Err(failure.problem()),
        };
        let after = self
            .keys_of(&to.admin.target, to.app)
            .await?
            .unwrap_or(Value::Null);
        let found = registered(&after, &jwk);
        let outcome = if found.is_some() {
            Outcome::Done
        } else {
            Outcome::NotApplied
        };
        let _ = self.settle_write(row, outcome, Some(&kids(&after)));
        match found {
            Some(found) => Ok(Came::done(said(&found)?)),
            None => Err(lost.unwrap_or_else(|| words::not_shown("the public key", host))),
        }
    }

    /// Revokes and removes the admin's sign-in; what came of it. An API token is left alone.
    pub(super) async fn sign_admin_out(&self, run: &Run) -> Result<Option<&'static str>, Problem> {
        if run.admin.kind != CredentialKind::SignIn {
            return Ok(None);
        }
        let report = self
            .remove_credential(&CredentialRemoveArgs {
                org: run.org.key.clone(),
                kind: CredentialKind::SignIn,
                revoke: true,
            })
            .await?;
        Ok(Some(match (report.removed, report.revoked) {
            (true, Some(true)) => "The admin is signed out.",
            (true, _) => "The admin's sign-in is gone from here; Okta could not be asked to end it.",
            (false, _) => "The admin's sign-in could not be taken out of the keychain.",
        }))
    }
}
