//! The last step: store the tokens, prove them with one call, use them. Or leave everything as it was.

use super::Job;
use crate::engine::Engine;
use crate::ipc::events::Topic;
use crate::ipc::views::orgs::ItemKind;
use crate::ipc::views::signin::{CredentialKind, SignInPhase};
use crate::okta::attach::Credential;
use crate::okta::client::{Failure, Target};
use crate::okta::pace::Urgency;
use crate::ports::vault::{Bytes, item};
use crate::store::credentials::Details;
use crate::work::credentials::{Keep, bare, items_of, revoke_call};
use domain::okta::wire::oauth::Tokens;
use domain::problem::{Problem, signin as words};
use domain::secret::Secret;
use domain::signin::okta_scopes;
use serde_json::Value;
use std::sync::Arc;

const KIND: CredentialKind = CredentialKind::SignIn;

/// A new sign-in whose secrets are stored.
struct Stored {
    target: Target,
    /// For revoking it, should it not be used after all.
    refresh: Secret,
    /// What the keychain held before.
    before: Vec<(String, Option<Bytes>)>,
    details: Details,
}

impl Engine {
    /// Ends a sign-in with what came: tokens, nothing because it was cancelled, or a problem.
    pub(super) async fn end_with(&self, job: &Arc<Job>, came: Result<Option<Value>, Problem>) {
        let result = match came {
            Ok(Some(body)) => self.finish_sign_in(job, body).await.map(Some),
            Ok(None) => Ok(None),
            Err(problem) => Err(problem),
        };
        match result {
            Ok(Some(details)) => {
                self.move_sign_in(job, |view| {
                    view.phase = SignInPhase::Done;
                    view.who = details.who;
                    view.scopes = details.scopes;
                });
                self.changed(Topic::Apps, Some(&job.org.key), None);
            }
            Ok(None) => self.move_sign_in(job, |view| view.phase = SignInPhase::Cancelled),
            Err(problem) => self.move_sign_in(job, |view| {
                view.phase = SignInPhase::Failed;
                view.problem = Some(problem);
            }),
        }
    }

    async fn finish_sign_in(&self, job: &Arc<Job>, body: Value) -> Result<Details, Problem> {
        let tokens = Tokens::take(body).ok_or_else(|| words::no_tokens(job.org.origin.host()))?;
        // Where Okta does not say, it gave what was asked for (RFC 6749, section 5.1).
        let scopes = if tokens.scopes.is_empty() {
            job.wanted.scopes.clone()
        } else {
            okta_scopes(&tokens.scopes)
        };
        let Some(refresh) = tokens.refresh.as_ref().map(Secret::duplicate) else {
            self.revoke_token(job, &tokens.access, "access_token").await;
            return Err(words::no_refresh_token());
        };
        if scopes.is_empty() {
            self.revoke_token(job, &refresh, "refresh_token").await;
            return Err(words::no_scopes_given());
        }
        // One at a time: another sign-in of the same org would store into the same items.
        let turn = self.sign_in_turn.lock().await;
        let stored = self.store_sign_in(job, tokens, refresh, scopes).await;
        let (problem, refresh) = match stored {
            Err(undone) => undone,
            Ok(stored) => match self.use_sign_in(job, &stored).await {
                Ok(details) => return Ok(details),
                Err(problem) => {
                    // A call that was given up may be refreshing still.
                    job.source.retire().await;
                    self.put_back(job, stored.before).await;
                    (problem, stored.refresh)
                }
            },
        };
        drop(turn);
        self.revoke_token(job, &refresh, "refresh_token").await;
        Err(problem)
    }

    /// Stores key and refresh token, before anything uses the access token. What did not work is undone.
    async fn store_sign_in(
        &self,
        job: &Arc<Job>,
        tokens: Tokens,
        refresh: Secret,
        scopes: Vec<String>,
    ) -> Result<Stored, (Problem, Secret)> {
        if job.cancel.is_cancelled() {
            return Err((Failure::Cancelled.problem(), refresh));
        }
        // The sign-in it takes the place of must not rotate its token into the same item.
        self.retire(&job.org.key, KIND).await;
        let mut before = Vec::new();
        for kind in items_of(KIND) {
            let name = item(&job.org.key, *kind);
            match job.vault.read(&name).await {
                Ok(bytes) => before.push((name, bytes)),
                Err(error) => return Err((error.problem(), refresh)),
            }
        }
        let source = &job.source;
        let access = source.take(tokens, self.client.time(&job.org.key), 1);
        let details = Details {
            client_id: Some(job.wanted.client_id.clone()),
            dpop: Some(access.bound),
            scopes,
            session_only: job.session_only,
            ..Details::default()
        };
        let key = item(&job.org.key, ItemKind::SignInKey);
        let kept = job.vault.write(&key, source.dpop.pkcs8().clone()).await;
        let settled = match kept {
            Ok(()) => source.settle().await,
            Err(error) => Err(error.problem()),
        };
        if let Err(problem) = settled {
            self.put_back(job, before).await;
            return Err((problem, refresh));
        }
        *source.current.lock().await = Some(Arc::new(access));
        let target = Target {
            credential: Credential::OAuth(source.clone()),
            ..bare(&job.org)
        };
        Ok(Stored {
            target,
            refresh,
            before,
            details,
        })
    }

    /// One harmless call, who it is, and from then on it is the credential in use.
    async fn use_sign_in(&self, job: &Arc<Job>, stored: &Stored) -> Result<Details, Problem> {
        let proving = async {
            self.prove(&stored.target).await?;
            // Who it is, is good to know and no more.
            let person = self.person_behind(&stored.target).await.unwrap_or_default();
            Ok(person.map(|(_, login)| login))
        };
        let who = tokio::select! {
            () = job.cancel.cancelled() => Err(Failure::Cancelled.problem()),
            proven = Box::pin(proving) => proven,
        }?;
        let details = Details {
            who,
            ..stored.details.clone()
        };
        let earlier = self.details(&job.org.key, KIND)?;
        if earlier.created.is_some() && earlier.session_only != job.session_only {
            // “This session only” means that the keychain keeps none, an earlier one included.
            let vault = self.vault_for(earlier.session_only);
            for kind in items_of(KIND) {
                let gone = vault.delete(&item(&job.org.key, *kind)).await;
                gone.map_err(|error| error.problem())?;
            }
        }
        self.adopt(
            &job.org.key,
            KIND,
            &details,
            stored.target.credential.clone(),
            Keep::AndUse,
        )?;
        if !self.memory_only(&job.org.key) {
            self.store
                .keep_sign_in_client(&job.org.key, Some(&job.wanted.client_id))?;
        }
        Ok(details)
    }

    /// Makes the keychain what it was. What can't be done is left: nothing refers to it, and it is revoked.
    async fn put_back(&self, job: &Job, before: Vec<(String, Option<Bytes>)>) {
        for (name, bytes) in before {
            let _ = match bytes {
                Some(bytes) => job.vault.write(&name, bytes).await,
                None => job.vault.delete(&name).await.map(|_| ()),
            };
        }
    }

    /// Asks Okta to make a token invalid. Should that fail, the token still is nowhere but at Okta.
    async fn revoke_token(&self, job: &Job, token: &Secret, hint: &str) {
        let (target, stop) = (bare(&job.org), self.stop.child_token());
        let call = revoke_call(&job.wanted.client_id, token, hint);
        let _ = self.client.send(&target, &call, Urgency::Click, &stop).await;
    }
}
