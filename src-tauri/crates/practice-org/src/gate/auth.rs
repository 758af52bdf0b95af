//! Who may come in: API tokens (`SSWS`), access tokens (`Bearer`, `DPoP`) with their scopes, and the rights of whoever is
//! behind them.

use super::proof::{self, Wanted};
use crate::errors::Refusal;
use crate::ledger::Auth;
use crate::oauth_errors::{self as say, Said};
use crate::org::Org;
use crate::routes::Route;
use crate::switches::Switch;
use crate::world::admins::{self, Principal, Right, role::covers};
use crate::world::desk::Access;
use axum::http::header;
use axum::http::request::Parts;

/// Algorithms a challenge names, as recorded (okta-sdk-nodejs, issue 453).
const ALGORITHMS: &str = "RS256 RS384 RS512 ES256 ES384 ES512";

/// Who was let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    pub(crate) kind: Auth,
    pub(crate) who: Principal,
    /// A client without any role: lists are empty to it.
    pub(crate) sees_nothing: bool,
    /// Id of the API token it came with.
    pub(crate) api_token: Option<String>,
}

impl Caller {
    /// Where no credential is needed.
    pub(crate) fn anybody() -> Self {
        Self {
            kind: Auth::None,
            who: Principal::User(String::new()),
            sees_nothing: false,
            api_token: None,
        }
    }
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
        Some((kind, token)) if kind.eq_ignore_ascii_case("dpop") => (Auth::Dpop, token.trim_start()),
        Some(_) | None => (Auth::Other, ""),
    }
}

/// A `WWW-Authenticate` of Okta's.
pub(crate) fn challenge(
    org: &Org,
    kind: Auth,
    scope: &str,
    error: &str,
    description: &str,
    path: &str,
) -> String {
    let scheme = if kind == Auth::Dpop {
        format!("DPoP algs=\"{ALGORITHMS}\",")
    } else {
        "Bearer".to_owned()
    };
    format!(
        "{scheme} authorization_uri=\"{0}/oauth2/v1/authorize\", realm=\"{0}\", scope=\"{scope}\", error=\"{error}\", \
         error_description=\"{description}\", resource=\"{path}\"",
        org.url
    )
}

/// Finds the access token of a request and checks how it is presented.
///
/// # Errors
/// It is not good, or does not come as it has to.
pub(crate) fn access(
    org: &Org,
    parts: &Parts,
    scope: &str,
    reply: &mut Vec<(&'static str, String)>,
) -> Result<Access, Refusal> {
    let path = parts.uri.path();
    let (kind, token) = read(crate::serve::text(&parts.headers, &header::AUTHORIZATION));
    let challenge =
        |kind: Auth, error: &str, description: &str| challenge(org, kind, scope, error, description, path);
    let found = if org.faults.is_on(Switch::TokenRevoked) {
        None
    } else {
        org.world().desk.access(token, org.now()).cloned()
    };
    let Some(access) = found else {
        let words = "The access token is invalid.";
        return Err(Refusal::bad_token().challenge(challenge(kind, "invalid_token", words)));
    };
    let refuse = |said: Said| {
        let Said(_, error, description) = said;
        Refusal::at_the_api(said).challenge(challenge(Auth::Dpop, error, description))
    };
    match (kind, &access.key) {
        (Auth::Dpop, Some(key)) => {
            let proof = proof::header(&parts.headers).map_err(|said| {
                refuse(if said == say::NO_PROOF {
                    say::PROOF_NEEDED
                } else {
                    said
                })
            })?;
            let wanted = Wanted {
                method: parts.method.as_str(),
                path,
                token: Some(token),
                nonce: org.faults.is_on(Switch::NonceOnCalls),
            };
            let of = proof::check(org, proof, &wanted).map_err(|said| {
                if said == say::NONCE {
                    reply.push(("dpop-nonce", org.nonce()));
                    return refuse(Said(401, said.1, said.2));
                }
                refuse(said)
            })?;
            if of != *key {
                return Err(refuse(say::PROOF_BINDING));
            }
            if wanted.nonce {
                reply.push(("dpop-nonce", org.next_nonce()));
            }
        }
        (Auth::Dpop, None) => {
            let Said(_, error, words) = say::NOT_BOUND;
            return Err(Refusal::bad_token().challenge(challenge(kind, error, words)));
        }
        (_, Some(_)) => return Err(refuse(say::SCHEME)),
        (_, None) => {}
    }
    Ok(access)
}

/// Lets a request in, or says why not.
///
/// # Errors
/// The credential, its scopes, or the rights behind it are not enough.
pub(crate) fn check(
    org: &Org,
    parts: &Parts,
    route: &Route,
    reply: &mut Vec<(&'static str, String)>,
) -> Result<Caller, Refusal> {
    let Some(scope) = route.scope else {
        return Ok(Caller::anybody());
    };
    let (kind, token) = read(crate::serve::text(&parts.headers, &header::AUTHORIZATION));
    let path = parts.uri.path();
    let demoted = scope.ends_with(".manage") && org.faults.is_on(Switch::PermissionMissing);
    let (who, api_token) = match kind {
        Auth::None | Auth::Other => return Err(Refusal::no_session()),
        Auth::Ssws => {
            let found = (!org.faults.is_on(Switch::TokenRevoked))
                .then(|| org.use_api_token(token))
                .flatten();
            let (id, user) = found.ok_or_else(Refusal::bad_token)?;
            if demoted {
                return Err(Refusal::forbidden());
            }
            (Principal::User(user), Some(id))
        }
        Auth::Bearer | Auth::Dpop => {
            let access = access(org, parts, scope, reply)?;
            let taken_back = access.given.who != Principal::Org && org.scope_taken_back(scope);
            let has = access.given.scopes.iter().any(|has| covers(has, scope));
            if demoted || taken_back || !has {
                let words = "The access token provided does not contain the required scopes.";
                let challenge = challenge(org, kind, scope, "insufficient_scope", words, path);
                return Err(Refusal::forbidden().challenge(challenge));
            }
            (access.given.who, None)
        }
    };
    let mut caller = Caller {
        kind,
        who,
        sees_nothing: false,
        api_token,
    };
    if !route.for_admins {
        return Ok(caller);
    }
    let lost = matches!(caller.who, Principal::Client(_)) && org.faults.is_on(Switch::RoleLost);
    let right = if lost {
        Right::Nothing
    } else {
        admins::right(&org.world(), &caller.who, scope)
    };
    match right {
        Right::Yes => Ok(caller),
        Right::Nothing if matches!(caller.who, Principal::Client(_)) && route.is_list() => {
            caller.sees_nothing = true;
            Ok(caller)
        }
        Right::Nothing | Right::No => Err(Refusal::forbidden()),
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
        assert_eq!(read(Some("DPoP x.y")), (Auth::Dpop, "x.y"));
        assert_eq!(read(Some("Basic eA==")), (Auth::Other, ""));
        assert_eq!(read(None), (Auth::None, ""));
    }
}
