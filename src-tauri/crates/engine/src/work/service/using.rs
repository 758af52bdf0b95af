//! Using a service app: the waiting key with a client id, tried with one token and one call, then put in use.

use super::create::{source, source_like};
use super::known_scope;
use crate::engine::Engine;
use crate::ipc::args::ServiceUseArgs;
use crate::ipc::events::Topic;
use crate::ipc::views::orgs::ItemKind;
use crate::ipc::views::signin::{CredentialKind, CredentialsView};
use crate::okta::attach::Credential;
use crate::okta::auth::keys::SigningKey;
use crate::okta::auth::tokens::{How, Source};
use crate::okta::client::Target;
use crate::ports::vault::item;
use crate::store::credentials::Details;
use crate::store::orgs::Org;
use crate::work::credentials::{Keep, bare};
use domain::problem::{Problem, ProblemCode, local, service as words};
use domain::signin::scopes::{SCOPES, carries};
use domain::signin::service::registered;
use std::sync::Arc;

/// Longest client id: Okta's own have 20 characters, one that was chosen by hand up to 100.
const CLIENT_ID: usize = 100;

fn client_id(text: &str) -> Result<&str, Problem> {
    let text = text.trim();
    let fits = (6..=CLIENT_ID).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if fits {
        Ok(text)
    } else {
        Err(words::no_client_id())
    }
}

/// What to ask for: what was given, or what a service app usually gets.
fn wanted(given: &[String]) -> Result<Vec<String>, Problem> {
    if given.is_empty() {
        let usual = SCOPES.iter().filter(|row| row.service);
        return Ok(usual.map(|row| row.name.to_owned()).collect());
    }
    let mut wanted: Vec<String> = Vec::new();
    for scope in given {
        if !known_scope(scope) {
            return Err(words::no_such_scope(scope));
        }
        if !wanted.contains(scope) {
            wanted.push(scope.clone());
        }
    }
    Ok(wanted)
}

/// The app lacks a scope that was asked for.
pub(crate) fn about_scopes(problem: &Problem) -> bool {
    problem.code == ProblemCode::NotPermitted && problem.field.as_deref() == Some("scopes")
}

impl Engine {
    /// Uses the waiting key with an app. What worked before is only replaced by what works.
    pub(crate) async fn use_service(&self, args: &ServiceUseArgs) -> Result<CredentialsView, Problem> {
        let org = self.org(&args.org)?;
        let client = client_id(&args.client_id)?;
        let wanted = wanted(&args.scopes)?;
        if self.makes_app(&org.key) || self.doctor_makes_app(&org.key) {
            return Err(words::under_way());
        }
        let (mut key, _) = self.new_key(&org).await?;
        let label = self.compare(&org, client, &mut key).await?;
        let source = self
            .scopes_that_work(&org, client, &Arc::new(key), wanted)
            .await?;
        let target = Target {
            credential: Credential::OAuth(source.clone()),
            ..bare(&org)
        };
        self.prove(&target).await?;
        let label = match label {
            Some(label) => Some(label),
            None => self.own_label(&target, &source).await,
        };
        self.take_over(&org, &source, label, false, Keep::AndUse).await?;
        self.changed(Topic::Apps, Some(&org.key), None);
        self.credentials_view(&org)
    }

    /// Compares the key with what the app has registered, where an admin's credential can read that: the key gets the id
    /// it has in Okta, and one Okta does not know is refused before it signs anything. Gives the app's label.
    async fn compare(
        &self,
        org: &Org,
        client: &str,
        key: &mut SigningKey,
    ) -> Result<Option<String>, Problem> {
        // An admin's credential that does not work is no reason to stop: Okta judges the key itself.
        let Ok(admin) = self.admin(org).await else {
            return Ok(None);
        };
        let Ok(Some(app)) = self.app_of(&admin.target, client).await else {
            return Ok(None);
        };
        let label = app["label"].as_str().map(str::to_owned);
        let shown = label.as_deref().unwrap_or(client);
        let Ok(Some(keys)) = self.keys_of(&admin.target, client).await else {
            return Ok(label);
        };
        match registered(&keys, &key.public_jwk()) {
            Some(found) if !found.active => Err(words::key_inactive(shown)),
            Some(found) => {
                if !found.kid.is_empty() {
                    key.rename(&found.kid);
                }
                Ok(label)
            }
            // An app that publishes its keys at an address of its own has none registered here.
            None if app
                .pointer("/settings/oauthClient/jwks_uri")
                .is_some_and(|uri| uri.is_string()) =>
            {
                Ok(label)
            }
            None => Err(words::key_not_registered(shown, org.origin.host())),
        }
    }

    /// A source whose first token has every scope out of these that the app has.
    ///
    /// All are asked for at once. Only when Okta refuses that they are asked for one by one: each that the app lacks
    /// leaves a failed grant in the org's System Log, so this is done at most once a set-up, and never for a credential
    /// that is in use.
    async fn scopes_that_work(
        &self,
        org: &Org,
        client: &str,
        key: &Arc<SigningKey>,
        wanted: Vec<String>,
    ) -> Result<Arc<Source>, Problem> {
        let first = Arc::new(source(client.to_owned(), wanted.clone(), key.clone())?);
        let refused = match self.first_access(org, &first).await {
            Ok(()) => return Ok(first),
            Err(problem) => problem,
        };
        if !about_scopes(&refused) || wanted.len() < 2 {
            return Err(refused);
        }
        let (mut work, mut last, mut knows) = (Vec::new(), refused, first);
        for scope in wanted {
            // Each goes on with the nonce the one before was given: asking for one is a failed grant too.
            knows = source_like(&knows, vec![scope.clone()])?;
            match self.first_access(org, &knows).await {
                Ok(()) => work.push(scope),
                Err(problem) if about_scopes(&problem) => last = problem,
                Err(problem) => return Err(problem),
            }
        }
        if work.is_empty() {
            return Err(last);
        }
        let source = source_like(&knows, work)?;
        self.first_access(org, &source).await?;
        Ok(source)
    }

    pub(crate) async fn first_access(&self, org: &Org, source: &Arc<Source>) -> Result<(), Problem> {
        let target = Target {
            credential: Credential::OAuth(source.clone()),
            ..bare(org)
        };
        self.client
            .access(&target, source, None, &self.stop.child_token())
            .await?;
        Ok(())
    }

    /// The app's label, read by the app itself; where it may not, none is known.
    async fn own_label(&self, target: &Target, source: &Source) -> Option<String> {
        if !carries(&source.scopes, "okta.apps.read") {
            return None;
        }
        let app = self.app_of(target, &source.client_id).await.ok()??;
        app["label"].as_str().map(str::to_owned)
    }

    /// Makes a service app that has proven itself the org's credential.
    ///
    /// The key is written to its new place before it is deleted from where it waited, and what is known of it is kept in
    /// between: a crash leaves both or the new, never none. Where the file can't be written the key that was in use is
    /// put back.
    pub(super) async fn take_over(
        &self,
        org: &Org,
        source: &Arc<Source>,
        label: Option<String>,
        in_use: bool,
        keep: Keep,
    ) -> Result<(), Problem> {
        let How::Service { key } = &source.how else {
            return Err(local::internal("service app"));
        };
        let access = source.current.lock().await.clone();
        let access = access.ok_or_else(|| local::internal("service app, token"))?;
        let before = self.details(&org.key, CredentialKind::ServiceApp)?;
        let session_only = if in_use {
            before.session_only
        } else {
            self.memory_only(&org.key)
        };
        let details = Details {
            client_id: Some(source.client_id.clone()),
            who: label,
            alg: Some(key.alg()),
            kid: Some(key.kid().to_owned()),
            dpop: Some(access.bound),
            scopes: access.scopes.clone(),
            session_only,
            created: before.created.filter(|_| in_use),
            ..Details::default()
        };
        let vault = self.vault_for(session_only);
        let name = item(&org.key, ItemKind::ServiceKey);
        let credential = Credential::OAuth(source.clone());
        if in_use {
            return self.adopt(&org.key, CredentialKind::ServiceApp, &details, credential, keep);
        }
        let old = vault.read(&name).await.map_err(|error| error.problem())?;
        vault
            .write(&name, key.pkcs8().clone())
            .await
            .map_err(|error| error.problem())?;
        if let Err(problem) = self.adopt(&org.key, CredentialKind::ServiceApp, &details, credential, keep) {
            // What is put back here was there a moment ago; if even that fails, the waiting key is still there.
            let _ = match old {
                Some(old) => vault.write(&name, old).await.is_ok(),
                None => vault.delete(&name).await.is_ok(),
            };
            return Err(problem);
        }
        let waiting = item(&org.key, ItemKind::NewKey);
        // A keychain that does not delete it now is no failure of the set-up: the key stays listed until it does.
        if self
            .vault_for(self.memory_only(&org.key))
            .delete(&waiting)
            .await
            .is_ok()
        {
            self.store.keep_key(&org.key, None)?;
        }
        self.tell_credentials(&org.key);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_id_is_letters_and_digits() {
        assert_eq!(
            client_id(" 0oa1gjh63g214q0Hq0g4\n").ok(),
            Some("0oa1gjh63g214q0Hq0g4")
        );
        assert!(client_id("my_own-client").is_ok());
        for bad in [
            "",
            "0oa1",
            "0oa1 gjh63g214q0Hq0g",
            "../../oauth2/v1",
            "0oa1é3g214q0Hq0g4",
            "https://acme.okta.com",
        ] {
            let problem = client_id(bad).err().unwrap_or_else(|| panic!("{bad} was taken"));
            assert_eq!(problem.field.as_deref(), Some("clientId"));
        }
    }

    #[test]
    fn without_a_word_the_usual_scopes_are_asked_for() {
        let usual = wanted(&[]).expect("some");
        assert!(usual.iter().any(|scope| scope == "okta.apps.manage"));
        assert!(!usual.iter().any(|scope| scope == "okta.appGrants.manage"));
        assert_eq!(
            wanted(&["okta.apps.read".into(), "okta.apps.read".into()])
                .expect("one")
                .len(),
            1
        );
        assert!(wanted(&["openid".into()]).is_err());
    }
}
