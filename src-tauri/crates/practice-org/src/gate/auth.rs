//! Who may come in: API tokens (`SSWS`) and access tokens (`Bearer`) with their scopes.

use crate::errors::Refusal;
use crate::ledger::Auth;
use crate::org::Org;
use crate::switches::Switch;

/// Seconds an access token lives (fixed in Okta).
pub(crate) const ACCESS_LIFE: i64 = 3600;

/// An access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Access {
    pub(crate) scopes: Vec<String>,
    /// UNIX seconds.
    pub(crate) until: i64,
}

/// Reads `Authorization`: the kind, and the token.
///
/// `SSWS` stands with or without a space before the token: Okta takes both, and its Python SDK sends none.
pub(crate) fn read(header: Option<&str>) -> (Auth, &str) {
    let Some(header) = header.map(str::trim).filter(|h| !h.is_empty()) else {
        return (Auth::None, "");
    };
    if let Some(token) = header.strip_prefix("SSWS") {
        return (Auth::Ssws, token.trim_start());
    }
    match header.split_once(' ') {
        Some((kind, token)) if kind.eq_ignore_ascii_case("bearer") => (Auth::Bearer, token.trim_start()),
        Some(_) | None => (Auth::Other, ""),
    }
}

/// Lets a request in, or says why not.
pub(crate) fn check(org: &Org, header: Option<&str>, scope: &str, path: &str) -> Result<(), Refusal> {
    let (kind, token) = read(header);
    let changes = scope.ends_with(".manage");
    let demoted = changes && org.faults.is_on(Switch::PermissionMissing);
    match kind {
        Auth::None | Auth::Other => Err(Refusal::no_session()),
        Auth::Ssws if token != org.token || org.faults.is_on(Switch::TokenRevoked) => {
            Err(Refusal::bad_token())
        }
        Auth::Ssws if demoted => Err(Refusal::forbidden()),
        Auth::Ssws => Ok(()),
        Auth::Bearer => {
            let access = org
                .access(token)
                .filter(|a| a.until > org.now() && !org.faults.is_on(Switch::TokenRevoked));
            let challenge = |error: &str, description: &str| {
                format!(
                    "Bearer authorization_uri=\"{0}/oauth2/v1/authorize\", realm=\"{0}\", scope=\"{scope}\", \
                     error=\"{error}\", error_description=\"{description}\", resource=\"{path}\"",
                    org.url
                )
            };
            let Some(access) = access else {
                return Err(Refusal::bad_token()
                    .challenge(challenge("invalid_token", "The access token is invalid.")));
            };
            let read = scope.replace(".read", ".manage");
            if demoted || !access.scopes.iter().any(|has| *has == scope || *has == read) {
                let description = "The access token provided does not contain the required scopes.";
                return Err(Refusal::forbidden().challenge(challenge("insufficient_scope", description)));
            }
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ssws_stands_with_and_without_a_space() {
        assert_eq!(read(Some("SSWS 00abc")), (Auth::Ssws, "00abc"));
        assert_eq!(read(Some("SSWS00abc")), (Auth::Ssws, "00abc"));
        assert_eq!(read(Some("bearer x.y")), (Auth::Bearer, "x.y"));
        assert_eq!(read(Some("Basic eA==")), (Auth::Other, ""));
        assert_eq!(read(None), (Auth::None, ""));
    }
}
