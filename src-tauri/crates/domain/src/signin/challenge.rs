//! What Okta says about a token it does not take: `WWW-Authenticate` (RFC 6750, RFC 9449; as recorded, okta-sdk-nodejs
//! issue 453).

/// The parts of a challenge that matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Challenge {
    /// `error`, such as `insufficient_scope`, `invalid_token`, `use_dpop_nonce`, `invalid_dpop_proof`.
    pub error: Option<String>,
    /// `error_description`.
    pub description: Option<String>,
    /// The scope that was needed.
    pub scope: Option<String>,
}

impl Challenge {
    /// Reads the header.
    pub fn read(header: &str) -> Self {
        Self {
            error: param(header, "error"),
            description: param(header, "error_description"),
            scope: param(header, "scope"),
        }
    }

    /// Is it this error?
    pub fn is(&self, error: &str) -> bool {
        self.error.as_deref() == Some(error)
    }
}

/// The value of `name="…"`, where the name stands by itself (`error` is not the end of `x_error`).
fn param(header: &str, name: &str) -> Option<String> {
    let wanted = format!("{name}=\"");
    header.match_indices(&wanted).find_map(|(at, _)| {
        let before = header[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let value = header[at + wanted.len()..].split('"').next()?;
        (!value.is_empty()).then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::Challenge;

    /// As recorded in okta-sdk-nodejs issue 453.
    #[test]
    fn a_recorded_challenge() {
        let said = Challenge::read(
            "DPoP algs=\"RS256 ES256\", authorization_uri=\"http://acme.okta.com/oauth2/v1/authorize\", \
             realm=\"http://acme.okta.com\", scope=\"okta.groups.read\", error=\"invalid_dpop_proof\", \
             error_description=\"'htu' claim in the DPoP proof JWT is invalid.\", resource=\"/api/v1/groups\"",
        );
        assert!(said.is("invalid_dpop_proof"));
        assert_eq!(said.scope.as_deref(), Some("okta.groups.read"));
        assert_eq!(
            said.description.as_deref(),
            Some("'htu' claim in the DPoP proof JWT is invalid.")
        );
    }

    #[test]
    fn nothing_is_made_up() {
        assert_eq!(Challenge::read("Bearer"), Challenge::default());
        assert_eq!(
            Challenge::read("Bearer x_error=\"no\", scope=\"\""),
            Challenge::default()
        );
    }
}
