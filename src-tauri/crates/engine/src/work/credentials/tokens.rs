//! What Okta knows of the credential in use, and taking one away.

use super::items_of;
use crate::engine::{Engine, hold};
use crate::ipc::args::CredentialRemoveArgs;
use crate::ipc::events::Topic;
use crate::ipc::views::signin::{CredentialKind, CredentialsView, RemoveReport};
use crate::okta::attach::Credential;
use crate::okta::auth::tokens::How;
use crate::okta::client::Target;
use crate::okta::pace::Urgency;
use crate::ports::vault::item;
use crate::store::orgs::Org;
use domain::okta::call::{Call, Payload};
use domain::okta::endpoints as e;
use domain::okta::wire::org::Org as OrgAnswer;
use domain::problem::{Problem, ProblemCode};
use domain::secret::Secret;
use serde::Deserialize;
use serde_json::{Value, json};

impl Engine {
    /// One harmless call with a credential; gives the company's name where that may be read.
    ///
    /// # Errors
    /// When Okta does not take the credential. Being allowed too little is not an error here.
    pub(crate) async fn prove(&self, target: &Target) -> Result<Option<String>, Problem> {
        let call = Call::new(&e::ORG);
        match self
            .client
            .send(target, &call, Urgency::Click, &self.stop.child_token())
            .await
        {
            Ok(answer) => Ok(OrgAnswer::deserialize(&answer.body)
                .ok()
                .and_then(|org| org.company_name)),
            Err(failure) => {
                let problem = failure.problem();
                // A lesser admin may not read the org's settings, yet the credential is good.
                if problem.code == ProblemCode::NotPermitted && problem.field.is_none() {
                    Ok(None)
                } else {
                    Err(problem)
                }
            }
        }
    }

    /// Reads what Okta knows of the credential in use.
    pub(crate) async fn look_at_credential(&self, key: &str) -> Result<CredentialsView, Problem> {
        let org = self.org(key)?;
        let Some((kind, mut details)) = self.active(key)? else {
            return self.credentials_view(&org);
        };
        let me = self.who_am_i(&org).await?;
        if kind != CredentialKind::ServiceApp
            && let Some((id, login)) = &me
        {
            details.who = Some(login.clone());
            if kind == CredentialKind::ApiToken
                && let Some(token) = self.own_token(&org, id).await?
            {
                details.expires = token["expiresAt"].as_str().map(str::to_owned);
                details.network = network(&token["network"]);
            }
        }
        self.store.keep_credential(key, kind, &details)?;
        self.tell_credentials(key);
        self.credentials_view(&org)
    }

    /// Id and login of the person behind the credential; `None` for a service app, or where it may not be read.
    pub(crate) async fn who_am_i(&self, org: &Org) -> Result<Option<(String, String)>, Problem> {
        let target = self.target(org).await?;
        self.person_behind(&target).await
    }

    /// [`Engine::who_am_i`] for a credential that need not be the one in use.
    pub(crate) async fn person_behind(&self, target: &Target) -> Result<Option<(String, String)>, Problem> {
        let call = Call::new(&e::USER).param("id", "me");
        let answer = self
            .client
            .send(target, &call, Urgency::Click, &self.stop.child_token())
            .await;
        match answer {
            Ok(answer) => {
                let text = |pointer: &str| {
                    answer
                        .body
                        .pointer(pointer)
                        .and_then(Value::as_str)
                        .map(str::to_owned)
                };
                Ok(text("/id").zip(text("/profile/login")))
            }
            Err(failure) => match failure.problem() {
                problem if matches!(problem.code, ProblemCode::NotPermitted | ProblemCode::NotFound) => {
                    Ok(None)
                }
                problem => Err(problem),
            },
        }
    }

    /// The API token's own entry. Okta does not say which of an owner's tokens is the one in use; only where the owner
    /// has one alone is it sure.
    async fn own_token(&self, org: &Org, owner: &str) -> Result<Option<Value>, Problem> {
        match self.read(org, &Call::new(&e::API_TOKENS)).await {
            Ok(answer) => {
                let all = answer.body.as_array().cloned().unwrap_or_default();
                let mut mine = all.into_iter().filter(|token| token["userId"] == owner);
                Ok(match (mine.next(), mine.next()) {
                    (Some(only), None) => Some(only),
                    _ => None,
                })
            }
            Err(problem) if problem.code == ProblemCode::NotPermitted => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// Takes a credential away; asks Okta to make it invalid first, if wished.
    pub(crate) async fn remove_credential(
        &self,
        args: &CredentialRemoveArgs,
    ) -> Result<RemoveReport, Problem> {
        let org = self.org(&args.org)?;
        let details = self.details(&org.key, args.kind)?;
        let mut problems = Vec::new();
        let mut revoked = None;
        if args.revoke && args.kind != CredentialKind::ServiceApp {
            match self.revoke(&org, args.kind).await {
                Ok(()) => revoked = Some(true),
                Err(problem) => {
                    revoked = Some(false);
                    problems.push(problem);
                }
            }
        }
        self.retire(&org.key, args.kind).await;
        let mut removed = true;
        for kind in items_of(args.kind) {
            let vault = self.vault_for(details.session_only);
            if let Err(error) = vault.delete(&item(&org.key, *kind)).await {
                removed = false;
                problems.push(error.problem());
            }
        }
        // While the keychain still holds a secret the credential stays listed, so that it can be tried again.
        if removed {
            self.store.drop_credential(&org.key, args.kind)?;
            if self.store.active_credential(&org.key)?.is_none() {
                let next = self.store.credentials(&org.key)?.first().map(|(kind, _)| *kind);
                self.store.use_credential(&org.key, next)?;
            }
        }
        self.tell_credentials(&org.key);
        self.changed(Topic::Apps, Some(&org.key), None);
        Ok(RemoveReport {
            removed,
            revoked,
            problems,
            credentials: self.credentials_view(&org)?,
        })
    }

    /// Asks Okta to make a credential invalid.
    async fn revoke(&self, org: &Org, kind: CredentialKind) -> Result<(), Problem> {
        let target = self.target_with(org, kind).await?;
        let call = match &target.credential {
            Credential::OAuth(source) => {
                let How::SignIn { refresh, .. } = &source.how else {
                    return Ok(());
                };
                let token = hold(refresh).clone();
                // With the refresh token Okta ends the access tokens made from it too.
                revoke_call(&source.client_id, &token, "refresh_token")
            }
            Credential::ApiToken(_) => Call::new(&e::API_TOKEN_REVOKE),
            Credential::None => return Ok(()),
        };
        self.client
            .send(&target, &call, Urgency::Click, &self.stop.child_token())
            .await?;
        Ok(())
    }
}

/// The request that makes a token invalid. `hint` is `refresh_token` or `access_token`.
pub(crate) fn revoke_call(client_id: &str, token: &Secret, hint: &str) -> Call {
    let form = json!({ "token": token.expose(), "token_type_hint": hint, "client_id": client_id });
    Call::new(&e::REVOKE).body(Payload::form(form, &["/token"]))
}

/// From where a token may be used, in words.
fn network(network: &Value) -> Option<String> {
    let names = |member: &str| {
        network[member]
            .as_array()
            .map(|list| {
                list.iter()
                    .filter_map(Value::as_str)
                    .collect::<Vec<_>>()
                    .join(", ")
            })
            .filter(|names| !names.is_empty())
    };
    match network["connection"].as_str()? {
        "ANYWHERE" => Some("from anywhere".into()),
        "ZONE" => Some(match (names("include"), names("exclude")) {
            (Some(only), _) => format!("from the network zones {only} only"),
            (None, Some(not)) => format!("from everywhere but the network zones {not}"),
            (None, None) => "from some network zones only".into(),
        }),
        other => Some(other.to_lowercase()),
    }
}
