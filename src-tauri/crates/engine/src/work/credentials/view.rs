//! How things stand, for the window.

use crate::engine::{Engine, hold};
use crate::ipc::views::orgs::SecretPlace;
use crate::ipc::views::signin::{CredentialKind, CredentialView, CredentialsView, ScopeView};
use crate::store::credentials::Details;
use crate::store::orgs::Org;
use domain::problem::Problem;
use domain::signin::scopes::SCOPES;

/// An API token ends this long after its last use (Okta's guide “Create an API token”).
const TOKEN_LIFE_DAYS: i64 = 30;

fn after_days(at: &str, days: i64) -> Option<String> {
    let at: jiff::Timestamp = at.parse().ok()?;
    at.checked_add(jiff::SignedDuration::from_hours(24 * days))
        .ok()
        .map(|end| end.to_string())
}

impl Engine {
    /// Everything about how Gatehouse signs in to an org. Asks Okta nothing.
    pub(crate) fn credentials_view(&self, org: &Org) -> Result<CredentialsView, Problem> {
        let held = self.store.credentials(&org.key)?;
        let admin = [CredentialKind::SignIn, CredentialKind::ApiToken]
            .into_iter()
            .find(|kind| held.iter().any(|(has, _)| has == kind));
        let last_client = held
            .iter()
            .find(|(kind, _)| *kind == CredentialKind::SignIn)
            .and_then(|(_, details)| details.client_id.clone());
        let sign_in_client = match last_client {
            Some(client) => Some(client),
            None => self.sign_in_client(org)?,
        };
        Ok(CredentialsView {
            org: org.key.clone(),
            active: self.store.active_credential(&org.key)?,
            items: held
                .iter()
                .map(|(kind, details)| self.credential_view(&org.key, *kind, details))
                .collect(),
            key: self.store.key(&org.key)?,
            admin,
            redirect_uris: self.redirect_uris(),
            scopes: SCOPES
                .iter()
                .map(|scope| ScopeView {
                    scope: scope.name.into(),
                    what: scope.what.into(),
                    service: scope.service,
                    sign_in: scope.sign_in,
                })
                .collect(),
            sign_in_client,
            sign_in: hold(&self.sign_ins)
                .get(&org.key)
                .map(crate::work::signin::SignIn::view),
            setup: hold(&self.setups).get(&org.key).map(|setup| setup.view.clone()),
        })
    }

    fn credential_view(&self, org: &str, kind: CredentialKind, details: &Details) -> CredentialView {
        let in_memory = self.at_hand(org, kind);
        CredentialView {
            kind,
            place: place(details, in_memory),
            client_id: details.client_id.clone(),
            who: details.who.clone(),
            alg: details.alg,
            kid: details.kid.clone(),
            dpop: details.dpop,
            scopes: details.scopes.clone(),
            created: details.created.clone(),
            last_used: details.last_used.clone(),
            expires: details.expires.clone().max(lasts_until(kind, details)),
            network: details.network.clone(),
        }
    }
}

/// Until when an API token lasts as far as its last use tells: each use renews it, so what Okta said earlier may be too
/// early by now.
fn lasts_until(kind: CredentialKind, details: &Details) -> Option<String> {
    let used = details
        .last_used
        .as_deref()
        .filter(|_| kind == CredentialKind::ApiToken)?;
    after_days(used, TOKEN_LIFE_DAYS)
}

/// Where a credential's secrets are.
pub(crate) fn place(details: &Details, in_memory: bool) -> SecretPlace {
    match (details.session_only, in_memory) {
        (false, _) => SecretPlace::Keychain,
        (true, true) => SecretPlace::Session,
        (true, false) => SecretPlace::Missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_use_renews_an_api_token() {
        let used = |at: &str| Details {
            last_used: Some(at.into()),
            ..Details::default()
        };
        let until = |details: &Details| lasts_until(CredentialKind::ApiToken, details);
        let month_later = until(&used("2026-11-25T10:00:00.000Z"));
        assert_eq!(month_later.as_deref(), Some("2026-12-25T10:00:00Z"));
        // What Okta said on an earlier day is not the later of the two.
        let said = Some("2026-12-01T08:00:00.000Z".to_owned());
        assert_eq!(said.max(month_later.clone()), month_later);
        assert_eq!(until(&Details::default()), None);
        assert_eq!(
            lasts_until(CredentialKind::SignIn, &used("2026-11-25T10:00:00Z")),
            None
        );
    }
}
