//! Mending what the check found, with the admin's credential.

use crate::engine::{Engine, hold};
use crate::ipc::args::PermissionFixArgs;
use crate::ipc::views::history::Outcome;
use crate::ipc::views::permissions::PermissionsView;
use crate::ipc::views::signin::CredentialKind;
use crate::okta::attach::Credential;
use crate::store::credentials::Details;
use crate::store::orgs::Org;
use crate::work::service::{Admin, PAUSES, To, about_scopes, names, source_like};
use domain::problem::{Problem, local, service as words};
use domain::signin::jobs::{JOBS, Job, SUPER};

/// What a fix's key stands for.
enum Wanted<'a> {
    Scope(&'a str),
    Role(&'a str),
}

/// Only what the job table knows can be asked for.
fn wanted(fix: &str) -> Result<Wanted<'_>, Problem> {
    match fix.split_once(':') {
        Some(("grant", scope)) if JOBS.iter().any(|job| job.scopes.contains(&scope)) => {
            Ok(Wanted::Scope(scope))
        }
        Some(("role", role)) if role != SUPER && JOBS.iter().map(Job::least_role).any(|it| it == role) => {
            Ok(Wanted::Role(role))
        }
        _ => Err(words::no_such_fix()),
    }
}

impl Engine {
    /// Does a fix, then checks again.
    pub(crate) async fn fix_permissions(&self, args: &PermissionFixArgs) -> Result<PermissionsView, Problem> {
        let org = self.writable(&args.org)?;
        let wanted = wanted(&args.fix)?;
        let (kind, details) = self
            .active(&org.key)?
            .ok_or_else(|| local::not_signed_in(org.origin.host()))?;
        let client = match (&details.client_id, kind) {
            (Some(client), CredentialKind::ServiceApp) => client.clone(),
            _ => return Err(words::no_such_fix()),
        };
        let admin = self.admin(&org).await?;
        let to = To {
            org: &org,
            admin: &admin,
            app: &client,
            label: details.who.as_deref().unwrap_or(&client),
        };
        let mut scopes = details.scopes.clone();
        match wanted {
            Wanted::Scope(scope) => {
                self.grant_missing(&to, scope).await?;
                if !scopes.iter().any(|it| it == scope) {
                    scopes.push(scope.to_owned());
                }
            }
            Wanted::Role(role) => {
                self.assign_role(&to, role).await?;
            }
        }
        self.renew(&org, details, scopes).await?;
        self.check_until_mended(&org, &args.fix).await
    }

    async fn grant_missing(&self, to: &To<'_>, scope: &str) -> Result<(), Problem> {
        let Admin { target, .. } = to.admin;
        let had = self.granted(target, to.app).await?.unwrap_or_default();
        if had.iter().any(|it| it == scope) {
            return Ok(());
        }
        let Some(row) = self.grant_scope(to, scope, &had).await? else {
            return Ok(());
        };
        let Some(has) = self.granted(target, to.app).await? else {
            return Ok(());
        };
        let shown = has.iter().any(|it| it == scope);
        let outcome = if shown { Outcome::Done } else { Outcome::NotApplied };
        let _ = self.settle_write(row, outcome, Some(&names(&has)));
        if shown {
            Ok(())
        } else {
            let host = to.org.origin.host();
            Err(words::not_shown(&format!("the scope {scope}"), host))
        }
    }

    /// Gets a new access token with these scopes and goes on with it. The source in use is only replaced by one that has
    /// a token, since Okta refuses a request for a scope that it has not taken up yet.
    pub(crate) async fn renew(
        &self,
        org: &Org,
        details: Details,
        scopes: Vec<String>,
    ) -> Result<(), Problem> {
        let kind = CredentialKind::ServiceApp;
        let Credential::OAuth(old) = self.target_with(org, kind).await?.credential else {
            return Err(local::internal("service app"));
        };
        let new = source_like(&old, scopes)?;
        let mut pauses = PAUSES.iter();
        while let Err(problem) = self.first_access(org, &new).await {
            match pauses.next().filter(|_| about_scopes(&problem)) {
                Some(pause) => tokio::time::sleep(*pause).await,
                None => return Err(problem),
            }
        }
        let scopes = new
            .current
            .lock()
            .await
            .as_ref()
            .map(|access| access.scopes.clone());
        let details = Details {
            scopes: scopes.unwrap_or(details.scopes.clone()),
            ..details
        };
        self.store.keep_credential(&org.key, kind, &details)?;
        hold(&self.credentials).insert((org.key.clone(), kind), Credential::OAuth(new));
        self.tell_credentials(&org.key);
        Ok(())
    }

    /// A new role takes a moment to be known everywhere in Okta.
    async fn check_until_mended(&self, org: &Org, fix: &str) -> Result<PermissionsView, Problem> {
        let mut pauses = PAUSES.iter();
        loop {
            let view = self.check_permissions(&org.key).await?;
            let offered = view
                .jobs
                .iter()
                .any(|job| job.fix.as_ref().is_some_and(|it| it.id == fix));
            match pauses.next().filter(|_| offered) {
                Some(pause) => tokio::time::sleep(*pause).await,
                None => return Ok(view),
            }
        }
    }
}
