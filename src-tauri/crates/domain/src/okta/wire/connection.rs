//! Provisioning connections: reading answers, writing requests.
//!
//! Source: ProvisioningConnectionResponse of Okta's spec, and recordings: `profile` may be absent on old answers, and
//! `authScheme`, `clientId`, `baseUrl` may stand at the top level.

use crate::catalog::AuthScheme;
use crate::okta::call::Payload;
use crate::secret::Secret;
use serde_json::{Value, json};

/// A connection's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Active.
    Enabled,
    /// Saved, not active.
    Disabled,
    /// Not set up, or not supported by this app.
    Unknown,
}

/// A connection as Okta answered it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Status.
    pub status: Status,
    /// How it authenticates; `None` for `UNKNOWN`.
    pub scheme: Option<AuthScheme>,
    /// Base URL.
    pub base_url: Option<String>,
    /// Client id (Org2Org).
    pub client_id: Option<String>,
    /// `AUTO` or `MANUAL` (Org2Org).
    pub rotation_mode: Option<String>,
    /// Where to consent, as Okta gave it: not to be trusted before it is checked.
    pub authorize: Option<String>,
}

fn text(value: &Value, pointers: &[&str]) -> Option<String> {
    pointers
        .iter()
        .find_map(|p| value.pointer(p))
        .and_then(Value::as_str)
        .map(str::to_owned)
}

impl Connection {
    /// Reads an answer; `None` when it is not an object with a status.
    pub fn read(answer: &Value) -> Option<Self> {
        let status = match answer.get("status")?.as_str()? {
            "ENABLED" => Status::Enabled,
            "DISABLED" => Status::Disabled,
            _ => Status::Unknown,
        };
        let scheme = match text(answer, &["/profile/authScheme", "/authScheme"]).as_deref() {
            Some("TOKEN") => Some(AuthScheme::Token),
            Some("OAUTH2") => Some(AuthScheme::OAuth2),
            _ => None,
        };
        Some(Self {
            status,
            scheme,
            base_url: text(answer, &["/baseUrl", "/profile/baseUrl"]),
            client_id: text(answer, &["/profile/clientId", "/clientId"]),
            rotation_mode: text(
                answer,
                &["/profile/signing/rotationMode", "/signing/rotationMode"],
            ),
            authorize: text(answer, &["/_links/authorize/href"]),
        })
    }

    /// The answer as it may be shown and kept: the authorize link loses its query, which holds the `state`.
    pub fn shown(answer: &Value) -> Value {
        let mut shown = answer.clone();
        if let Some(Value::String(href)) = shown.pointer_mut("/_links/authorize/href")
            && let Some(at) = href.find('?')
        {
            href.truncate(at);
            href.push_str("?…");
        }
        shown
    }
}

/// What to save: one variant per shape of Okta's request body.
#[derive(Debug)]
pub enum Save {
    /// Token apps. `base_url` only for `zscalerbyz`.
    Token {
        /// Token.
        token: Secret,
        /// Base URL.
        base_url: Option<String>,
    },
    /// Org2Org, two-legged.
    ServiceApp {
        /// Client id in the hub org.
        client_id: String,
        /// `AUTO` or `MANUAL`: always sent, since Okta takes MANUAL when it is left out.
        rotation_mode: String,
    },
    /// Consent apps; the settings only for `office365`.
    Consent {
        /// Microsoft admin user name and password.
        settings: Option<(String, Secret)>,
    },
}

impl Save {
    /// The request body.
    pub fn payload(&self) -> Payload {
        match self {
            Self::Token { token, base_url } => {
                let mut body = json!({ "profile": { "authScheme": "TOKEN", "token": token.expose() } });
                if let Some(base_url) = base_url {
                    body["baseUrl"] = json!(base_url);
                }
                Payload::with_secrets(body, &["/profile/token"])
            }
            Self::ServiceApp {
                client_id,
                rotation_mode,
            } => Payload::plain(json!({
                "profile": { "authScheme": "OAUTH2", "clientId": client_id, "signing": { "rotationMode": rotation_mode } }
            })),
            Self::Consent { settings: None } => {
                Payload::plain(json!({ "profile": { "authScheme": "OAUTH2" } }))
            }
            Self::Consent {
                settings: Some((user, password)),
            } => Payload::with_secrets(
                json!({ "profile": { "authScheme": "OAUTH2",
                        "settings": { "adminUsername": user, "adminPassword": password.expose() } } }),
                &["/profile/settings/adminPassword"],
            ),
        }
    }

    /// Saved with `?activate=true` when asked: consent apps never, since there is nothing to activate yet.
    pub fn may_activate(&self) -> bool {
        !matches!(self, Self::Consent { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_answers_without_profile_are_read() {
        let seen = Connection::read(&json!({ "authScheme": "TOKEN", "status": "DISABLED" })).expect("read");
        assert_eq!(
            (seen.status, seen.scheme),
            (Status::Disabled, Some(AuthScheme::Token))
        );
        let seen = Connection::read(&json!({ "status": "UNKNOWN", "profile": { "authScheme": "UNKNOWN" } }))
            .expect("read");
        assert_eq!((seen.status, seen.scheme), (Status::Unknown, None));
        assert!(Connection::read(&json!([])).is_none());
    }

    #[test]
    fn secrets_are_sent_but_not_shown() {
        let save = Save::Consent {
            settings: Some(("admin@example.com".into(), Secret::new("pa'ss".into()))),
        };
        let payload = save.payload();
        assert!(
            String::from_utf8(payload.bytes())
                .expect("text")
                .contains("pa'ss")
        );
        assert!(!payload.shown().to_string().contains("pa'ss"));
        assert!(!format!("{save:?}{payload:?}").contains("pa'ss"));
    }

    #[test]
    fn the_authorize_query_is_not_shown() {
        let answer =
            json!({ "_links": { "authorize": { "href": "https://accounts.google.com/o?state=s3cret" } } });
        assert_eq!(
            Connection::shown(&answer)["_links"]["authorize"]["href"],
            "https://accounts.google.com/o?…"
        );
    }
}
