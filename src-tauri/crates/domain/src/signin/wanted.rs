//! What a person asks for when signing in as an admin: which app, and which scopes.

use crate::problem::{Problem, signin as words};

/// Okta's ids have 20 letters and digits.
const ID_LENGTH: usize = 20;

/// Longest `scope` Okta takes, in characters (its OAuth 2.0 page: “the maximum length for the scope parameter value”).
const LONGEST: usize = 1024;

/// What every sign-in asks for besides: `offline_access` for a refresh token, and `openid` because Okta refuses
/// OpenID scopes without it (its error `openid_scope_required`). The ID token that comes along is not kept.
const ALWAYS: [&str; 2] = ["openid", "offline_access"];

/// A checked wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Client id of the native app.
    pub client_id: String,
    /// Okta API scopes, each once.
    pub scopes: Vec<String>,
}

fn is_okta_scope(scope: &str) -> bool {
    scope
        .strip_prefix("okta.")
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.'))
}

impl Wanted {
    /// Checks what was entered.
    ///
    /// # Errors
    /// When the client id is none, or no usable scope is named; the problem says which field.
    pub fn check<S: AsRef<str>>(client_id: &str, scopes: &[S]) -> Result<Self, Problem> {
        let client_id = client_id.trim();
        if client_id.len() != ID_LENGTH || !client_id.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(words::no_client_id());
        }
        let mut wanted: Vec<String> = Vec::new();
        for scope in scopes.iter().map(|scope| scope.as_ref().trim()) {
            if ALWAYS.contains(&scope) || wanted.iter().any(|has| has == scope) {
                continue;
            }
            if !is_okta_scope(scope) {
                return Err(words::no_scope(scope));
            }
            wanted.push(scope.to_owned());
        }
        let wanted = Self {
            client_id: client_id.to_owned(),
            scopes: wanted,
        };
        if wanted.scopes.is_empty() || wanted.asked().len() > LONGEST {
            return Err(words::scopes_missing());
        }
        Ok(wanted)
    }

    /// The `scope` that is sent.
    pub fn asked(&self) -> String {
        let all = ALWAYS.into_iter().chain(self.scopes.iter().map(String::as_str));
        all.collect::<Vec<_>>().join(" ")
    }
}

/// The Okta API scopes among those a token has.
pub fn okta_scopes(all: &[String]) -> Vec<String> {
    all.iter()
        .filter(|scope| scope.starts_with("okta."))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIENT: &str = "0oa1example0client00";

    fn field(client_id: &str, scopes: &[&str]) -> Option<String> {
        Wanted::check(client_id, scopes).err().and_then(|it| it.field)
    }

    #[test]
    fn a_refresh_token_is_always_asked_for() {
        let wanted = Wanted::check(
            &format!(" {CLIENT}\n"),
            &["okta.apps.read", "openid", " okta.orgs.read", "okta.apps.read"],
        )
        .expect("fits");
        assert_eq!(wanted.client_id, CLIENT);
        assert_eq!(wanted.scopes, ["okta.apps.read", "okta.orgs.read"]);
        assert_eq!(
            wanted.asked(),
            "openid offline_access okta.apps.read okta.orgs.read"
        );
    }

    #[test]
    fn what_is_no_client_id_or_scope_is_named() {
        for id in [
            "",
            "0oa1",
            "0oa1example0client0x0",
            "https://acme.okta.com",
            "0oa1example0client0&",
        ] {
            assert_eq!(
                field(id, &["okta.apps.read"]).as_deref(),
                Some("clientId"),
                "{id}"
            );
        }
        for scopes in [
            &[][..],
            &["openid", "offline_access"],
            &["profile"],
            &["okta."],
            &["okta.apps.read okta.apps.manage"],
            &["okta.x&y"],
        ] {
            assert_eq!(field(CLIENT, scopes).as_deref(), Some("scopes"), "{scopes:?}");
        }
        let long: Vec<String> = (0..60).map(|n| format!("okta.something{n}.manage")).collect();
        assert!(Wanted::check(CLIENT, &long).is_err());
    }

    #[test]
    fn only_oktas_own_scopes_count() {
        let has = ["openid", "offline_access", "okta.apps.read"].map(str::to_owned);
        assert_eq!(okta_scopes(&has), ["okta.apps.read"]);
    }
}
