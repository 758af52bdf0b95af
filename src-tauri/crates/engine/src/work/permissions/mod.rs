//! The permission check: each job's needs against what the credential in use has, told by harmless calls.

mod fix;
mod judge;

use crate::engine::{Engine, now};
use crate::ipc::views::permissions::PermissionsView;
use crate::ipc::views::signin::CredentialKind;
use crate::okta::client::{Answer, Target};
use crate::store::credentials::Details;
use domain::okta::call::Call;
use domain::okta::endpoints as e;
use domain::problem::{Problem, ProblemCode, local};
use domain::signin::Holder;
use domain::signin::jobs::{JOBS, Job};
use domain::signin::service::Role;
use futures_util::future::join_all;
use judge::{Facts, Probe, judge};

/// Who the credential is, and which admin roles it has.
struct Who {
    login: Option<String>,
    /// `None` where they may not be read.
    roles: Option<Vec<Role>>,
    /// How reading them went.
    probe: Probe,
}

fn holder(kind: CredentialKind) -> Holder {
    match kind {
        CredentialKind::ApiToken => Holder::ApiToken,
        CredentialKind::ServiceApp => Holder::ServiceApp,
        CredentialKind::SignIn => Holder::SignIn,
    }
}

/// What a probe's answer says.
///
/// # Errors
/// When it says something of the credential or the network as a whole.
fn read(job: &Job, holder: Holder, answer: Result<Answer, Problem>) -> Result<Probe, Problem> {
    let problem = match answer {
        Ok(answer) => {
            let empty = job.list.is_some() && answer.body.as_array().is_some_and(Vec::is_empty);
            return Ok(if empty { Probe::Empty } else { Probe::Yes });
        }
        Err(problem) => problem,
    };
    let governance = job.licence.is_some();
    match problem.code {
        ProblemCode::NotPermitted => Ok(Probe::Refused(problem.okta.and_then(|okta| okta.scope))),
        ProblemCode::NotEnabledInOrg => Ok(Probe::Off),
        // An org without the feature may not know the address.
        ProblemCode::NotFound if governance => Ok(Probe::Off),
        // Okta's schema lists no API token for reading reviews.
        ProblemCode::SignInRefused if governance && holder == Holder::ApiToken => Ok(Probe::Refused(None)),
        ProblemCode::RateLimited
        | ProblemCode::OktaDown
        | ProblemCode::UnexpectedAnswer
        | ProblemCode::NotFound
        | ProblemCode::Refused => Ok(Probe::Failed(problem.title)),
        _ => Err(problem),
    }
}

impl Engine {
    /// Checks what the credential in use can do. Only reads, a row at a time.
    pub(crate) async fn check_permissions(&self, key: &str) -> Result<PermissionsView, Problem> {
        let org = self.org(key)?;
        let host = org.origin.host();
        let (kind, details) = self.active(key)?.ok_or_else(|| local::not_signed_in(host))?;
        let target = self.target_with(&org, kind).await?;
        let scopes = self.scopes_of(&target).await?;
        let holder = holder(kind);
        let jobs: Vec<&Job> = JOBS.iter().filter(|job| job.holders.contains(&holder)).collect();
        // The sender sends one at a time in each of Okta's rate-limit buckets, and the buckets side by side.
        let (probes, who) = tokio::join!(
            join_all(jobs.iter().map(|job| self.probe(&target, job, holder))),
            self.who(&target, kind, &details),
        );
        let who = who?;
        let facts = Facts {
            holder,
            host,
            client_id: details.client_id.as_deref(),
            who: who.login.as_deref().or(details.who.as_deref()),
            scopes: scopes.as_deref(),
            roles: who.roles.as_deref(),
            // Only a service app's rights are Gatehouse's to change, and only with another credential than its own.
            fixer: match holder {
                Holder::ServiceApp => self.admin_kind(key)?,
                Holder::ApiToken | Holder::SignIn => None,
            },
        };
        let mut checks = Vec::new();
        for (job, probe) in jobs.iter().zip(probes) {
            let probe = if job.id == "roles" {
                who.probe.clone()
            } else {
                probe?
            };
            checks.push(judge(job, &facts, &probe));
        }
        Ok(PermissionsView {
            org: org.key.clone(),
            credential: kind,
            who: facts.who.map(str::to_owned),
            at: now(),
            scopes: scopes.clone(),
            roles: who
                .roles
                .as_ref()
                .map(|roles| roles.iter().map(|role| role.label.clone()).collect()),
            jobs: checks,
        })
    }

    async fn probe(&self, target: &Target, job: &Job, holder: Holder) -> Result<Probe, Problem> {
        let Some(endpoint) = job.probe else {
            return Ok(Probe::None);
        };
        let mut call = Call::new(endpoint);
        if job.list.is_some() {
            call = call.query("limit", "1");
        }
        read(job, holder, self.ask(target, &call).await)
    }

    async fn who(&self, target: &Target, kind: CredentialKind, details: &Details) -> Result<Who, Problem> {
        let (login, call) = if kind == CredentialKind::ServiceApp {
            let client = details.client_id.clone().unwrap_or_default();
            (None, Call::new(&e::CLIENT_ROLES).param("clientId", client))
        } else {
            match self.person_behind(target).await? {
                Some((id, login)) => (Some(login), Call::new(&e::USER_ROLES).param("userId", id)),
                None => {
                    return Ok(Who {
                        login: None,
                        roles: None,
                        probe: Probe::Failed("Who this is may not be read.".into()),
                    });
                }
            }
        };
        let answer = self.ask(target, &call).await;
        let roles = answer.as_ref().ok().and_then(|answer| Role::read(&answer.body));
        let job = Job::find("roles").ok_or_else(|| local::internal("job table"))?;
        Ok(Who {
            login,
            roles,
            probe: read(job, holder(kind), answer)?,
        })
    }
}
