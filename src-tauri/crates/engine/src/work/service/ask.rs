//! What is read with an admin's credential. Never with the service app's own.

use crate::engine::Engine;
use crate::ipc::views::signin::CredentialKind;
use crate::okta::attach::Credential;
use crate::okta::client::{Answer, Target};
use crate::okta::pace::Urgency;
use crate::okta::receive::Next;
use crate::store::orgs::Org;
use domain::okta::call::Call;
use domain::okta::endpoints as e;
use domain::problem::{Problem, ProblemCode, service as words};
use domain::signin::service::{Role, granted};
use serde_json::Value;

/// Pages looked through for apps of one label.
const PAGES: usize = 5;

/// An admin's credential.
pub(crate) struct Admin {
    /// Which.
    pub(crate) kind: CredentialKind,
    /// Where its calls go.
    pub(crate) target: Target,
}

/// May not be read, or is not there: no reason to stop, but nothing is known.
pub(crate) fn unreadable(problem: &Problem) -> bool {
    matches!(
        problem.code,
        ProblemCode::NotPermitted | ProblemCode::NotFound | ProblemCode::NotEnabledInOrg
    )
}

/// `None` for what may not be read.
fn if_readable(read: Result<Answer, Problem>) -> Result<Option<Value>, Problem> {
    match read {
        Ok(answer) => Ok(Some(answer.body)),
        Err(problem) if unreadable(&problem) => Ok(None),
        Err(problem) => Err(problem),
    }
}

impl Engine {
    /// Which credential is an admin's: a sign-in before an API token.
    pub(crate) fn admin_kind(&self, org: &str) -> Result<Option<CredentialKind>, Problem> {
        let held = self.store.credentials(org)?;
        Ok([CredentialKind::SignIn, CredentialKind::ApiToken]
            .into_iter()
            .find(|kind| held.iter().any(|(has, _)| has == kind)))
    }

    /// The admin's credential at hand.
    pub(crate) async fn admin(&self, org: &Org) -> Result<Admin, Problem> {
        let kind = self
            .admin_kind(&org.key)?
            .ok_or_else(|| words::no_admin(org.origin.host()))?;
        Ok(Admin {
            kind,
            target: self.target_with(org, kind).await?,
        })
    }

    /// A read with a credential that need not be the one in use.
    pub(crate) async fn ask(&self, target: &Target, call: &Call) -> Result<Answer, Problem> {
        Ok(self
            .client
            .send(target, call, Urgency::Click, &self.stop.child_token())
            .await?)
    }

    /// Scopes of a credential's access token; `None` for an API token, which has none.
    pub(crate) async fn scopes_of(&self, target: &Target) -> Result<Option<Vec<String>>, Problem> {
        match &target.credential {
            Credential::OAuth(source) => {
                let access = self
                    .client
                    .access(target, source, None, &self.stop.child_token())
                    .await?;
                Ok(Some(access.scopes.clone()))
            }
            Credential::None | Credential::ApiToken(_) => Ok(None),
        }
    }

    /// Admin roles of the person behind a credential; `None` where they may not be read, which is not “none”.
    pub(crate) async fn roles_of_admin(&self, target: &Target) -> Result<Option<Vec<Role>>, Problem> {
        let Some((id, _)) = self.person_behind(target).await? else {
            return Ok(None);
        };
        let call = Call::new(&e::USER_ROLES).param("userId", id);
        let read = if_readable(self.ask(target, &call).await)?;
        Ok(read.as_ref().and_then(Role::read))
    }

    /// Admin roles of an app; `None` where they may not be read.
    pub(crate) async fn roles_of_app(
        &self,
        target: &Target,
        client: &str,
    ) -> Result<Option<Vec<Role>>, Problem> {
        let call = Call::new(&e::CLIENT_ROLES).param("clientId", client);
        let read = if_readable(self.ask(target, &call).await)?;
        Ok(read.as_ref().and_then(Role::read))
    }

    /// Scopes an app was granted; `None` where they may not be read.
    pub(crate) async fn granted(&self, target: &Target, app: &str) -> Result<Option<Vec<String>>, Problem> {
        let call = Call::new(&e::GRANTS).param("appId", app);
        let read = if_readable(self.ask(target, &call).await)?;
        Ok(read.as_ref().and_then(granted))
    }

    /// An app's public keys; `None` where they may not be read.
    pub(super) async fn keys_of(&self, target: &Target, app: &str) -> Result<Option<Value>, Problem> {
        let call = Call::new(&e::APP_KEYS).param("appId", app);
        if_readable(self.ask(target, &call).await)
    }

    /// An app as Okta has it; `None` where it may not be read.
    pub(super) async fn app_of(&self, target: &Target, app: &str) -> Result<Option<Value>, Problem> {
        let call = Call::new(&e::APP).param("appId", app);
        if_readable(self.ask(target, &call).await)
    }

    /// New service apps become super admins with their first scope (“Public client app admins”).
    pub(super) async fn makes_super_admins(&self, target: &Target) -> Result<bool, Problem> {
        let read = if_readable(self.ask(target, &Call::new(&e::CLIENT_PRIVILEGES)).await)?;
        Ok(read.is_some_and(|body| body["clientPrivilegesSetting"] == true))
    }

    /// Service apps of exactly this label.
    pub(super) async fn apps_called(&self, target: &Target, label: &str) -> Result<Vec<Value>, Problem> {
        let wanted = label.to_lowercase();
        let mut found = Vec::new();
        let mut after = None;
        for _ in 0..PAGES {
            let mut call = Call::new(&e::APPS).query("q", label).query("limit", "200");
            if let Some(cursor) = after.take() {
                call = call.query("after", cursor);
            }
            let answer = self.ask(target, &call).await?;
            let rows = answer.body.as_array().cloned().unwrap_or_default();
            found.extend(rows.into_iter().filter(|app| {
                // A sign-in app may well have the same label.
                let kind = app.pointer("/settings/oauthClient/application_type");
                app["name"] == "oidc_client"
                    && kind.is_none_or(|kind| kind == "service")
                    && app["label"]
                        .as_str()
                        .is_some_and(|it| it.to_lowercase() == wanted)
            }));
            match answer.next {
                Next::After(cursor) => after = Some(cursor),
                Next::None | Next::Elsewhere => break,
            }
        }
        Ok(found)
    }
}
