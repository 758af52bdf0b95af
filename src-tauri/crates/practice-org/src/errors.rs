//! Okta's error codes and sentences, all in one place; as recorded, else as in Okta's list of error codes.

use crate::oauth_errors::Said;
use serde_json::{Value, json};

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Status.
    pub status: u16,
    /// Code.
    pub code: String,
    /// Summary.
    pub summary: String,
    /// Cause.
    pub cause: Option<String>,
    /// What governance says besides of the cause: its reason, and the place in the query.
    pub place: Option<(&'static str, &'static str)>,
    /// `WWW-Authenticate`.
    pub challenge: Option<String>,
    /// Written as OAuth 2.0 writes errors: `code` is the error, `summary` its description.
    pub oauth: bool,
}

impl Refusal {
    fn new(status: u16, code: &str, summary: impl Into<String>, cause: Option<String>) -> Self {
        Self {
            status,
            code: code.into(),
            summary: summary.into(),
            cause,
            place: None,
            challenge: None,
            oauth: false,
        }
    }

    /// An error of the authorization server.
    pub(crate) fn oauth(said: Said) -> Self {
        let Said(status, error, description) = said;
        Self {
            oauth: true,
            ..Self::new(status, error, description, None)
        }
    }

    /// The same error with words of its own.
    #[must_use]
    pub(crate) fn saying(mut self, description: String) -> Self {
        self.summary = description;
        self
    }

    /// An error of the authorization server where Okta's API answers.
    pub(crate) fn at_the_api(said: Said) -> Self {
        let Said(status, error, description) = said;
        Self::new(status, error, description, None)
    }

    /// 400 with a cause.
    pub fn validation(what: &str, cause: impl Into<String>) -> Self {
        Self::new(
            400,
            "E0000001",
            format!("Api validation failed: {what}"),
            Some(cause.into()),
        )
    }

    /// A body that isn't JSON.
    pub fn malformed() -> Self {
        Self::new(400, "E0000003", "The request body was not well-formed.", None)
    }

    /// A body of another type.
    pub fn content_type() -> Self {
        Self::new(
            415,
            "E0000021",
            "Bad request. Accept and/or Content-Type headers likely do not match supported values.",
            None,
        )
    }

    /// No usable credential.
    pub fn no_session() -> Self {
        Self::new(403, "E0000005", "Invalid session", None)
    }

    /// A wrong token.
    pub fn bad_token() -> Self {
        Self::new(401, "E0000011", "Invalid token provided", None)
    }

    /// Not allowed.
    pub fn forbidden() -> Self {
        Self::new(
            403,
            "E0000006",
            "You do not have permission to perform the requested action",
            None,
        )
    }

    /// Not there.
    pub fn not_found(id: &str, kind: &str) -> Self {
        Self::new(
            404,
            "E0000007",
            format!("Not found: Resource not found: {id} ({kind})"),
            None,
        )
    }

    /// No such path.
    pub fn no_endpoint() -> Self {
        Self::new(
            404,
            "E0000022",
            "The endpoint does not support the provided HTTP method",
            None,
        )
    }

    /// A method the path does not have.
    pub fn method() -> Self {
        Self::new(
            405,
            "E0000022",
            "The endpoint does not support the provided HTTP method",
            None,
        )
    }

    /// The role is assigned already.
    pub fn role_assigned() -> Self {
        let summary = "The role specified is already assigned to the user.";
        Self::new(409, "E0000090", summary, None)
    }

    /// An app has to be deactivated before it is deleted.
    pub fn app_is_active() -> Self {
        Self::new(
            403,
            "E0000056",
            "Delete application forbidden.",
            Some("The application must be deactivated before deletion.".into()),
        )
    }

    /// A cursor that leads nowhere.
    pub fn cursor() -> Self {
        Self::new(
            400,
            "E0000029",
            "Invalid paging request.",
            Some("Invalid cursor.".into()),
        )
    }

    /// A filter or search that can't be read.
    pub fn search() -> Self {
        Self::new(400, "E0000031", "Invalid search criteria.", None)
    }

    /// Too many requests.
    pub fn rate_limit() -> Self {
        Self::new(
            429,
            "E0000047",
            "API call exceeded rate limit due to too many requests.",
            None,
        )
    }

    /// Maintenance.
    pub fn read_only() -> Self {
        Self::new(503, "E0000010", "Service is in read only mode", None)
    }

    /// Any other.
    pub fn other(status: u16, code: String, summary: String, cause: Option<String>) -> Self {
        Self {
            status,
            code,
            summary,
            cause,
            place: None,
            challenge: None,
            oauth: false,
        }
    }

    /// With a `WWW-Authenticate` header.
    #[must_use]
    pub fn challenge(mut self, header: String) -> Self {
        self.challenge = Some(header);
        self
    }

    /// The body.
    pub fn body(&self) -> Value {
        if self.oauth {
            return json!({ "error": self.code, "error_description": self.summary });
        }
        let mut causes: Vec<Value> = self.cause.iter().map(|c| json!({ "errorSummary": c })).collect();
        if let (Some((reason, place)), Some(cause)) = (self.place, causes.first_mut()) {
            cause["reason"] = json!(reason);
            cause["locationType"] = json!("query");
            cause["location"] = json!(place);
            cause["domain"] = json!("governance");
        }
        json!({
            "errorCode": self.code,
            "errorSummary": self.summary,
            "errorLink": self.code,
            "errorId": format!("oae{}", crate::gate::random(22)),
            "errorCauses": causes,
        })
    }
}
