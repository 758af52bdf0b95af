//! One fault: which request it meets, what it does to the answer.

use crate::errors::Refusal;
use serde_json::{Value, json};
use std::time::Duration;

/// What a fault does instead of, or to, the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Act {
    /// The true answer (only headers and delays are changed).
    Pass,
    /// Okta refuses.
    Refuse(Refusal),
    /// Anything at all.
    Raw {
        status: u16,
        content_type: String,
        body: String,
    },
    /// The connection is cut once this many bytes of the answer were sent; 0 resets it without an answer.
    Cut { bytes: usize },
}

/// One fault, made with [`Fault::on`] and changed by its builders.
///
/// Unless told otherwise it strikes once, before the request is carried out, and the true answer passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub(super) method: String,
    pub(super) path: String,
    /// `None` for always.
    pub(super) left: Option<u32>,
    pub(super) after_commit: bool,
    pub(super) act: Act,
    pub(super) headers: Vec<(String, String)>,
    pub(super) head: Duration,
    pub(super) body: Duration,
}

impl Fault {
    /// A fault for a method (`*` for any) and a path.
    ///
    /// In the path a segment `*` or `{…}` stands for any one segment and a last segment `**` for any rest, so a
    /// template such as `/api/v1/apps/{appId}/connections/default` is a pattern too.
    pub fn on(method: &str, path: &str) -> Self {
        Self {
            method: method.to_uppercase(),
            path: path.into(),
            left: Some(1),
            after_commit: false,
            act: Act::Pass,
            headers: Vec::new(),
            head: Duration::ZERO,
            body: Duration::ZERO,
        }
    }

    /// Strikes this many times.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.left = Some(times);
        self
    }

    /// Strikes until [`Faults::clear`].
    #[must_use]
    pub fn always(mut self) -> Self {
        self.left = None;
        self
    }

    /// Strikes after the request was carried out: the change is made, the answer is lost or replaced.
    #[must_use]
    pub fn after_commit(mut self) -> Self {
        self.after_commit = true;
        self
    }

    /// Okta refuses with a status, code, summary and cause; an empty cause leaves `errorCauses` empty.
    #[must_use]
    pub fn refuse(mut self, status: u16, code: &str, summary: &str, cause: &str) -> Self {
        let cause = Some(cause.to_owned()).filter(|c| !c.is_empty());
        self.act = Act::Refuse(Refusal::other(status, code.into(), summary.into(), cause));
        self
    }

    /// Something other than Okta answers, without Okta's headers.
    #[must_use]
    pub fn raw(mut self, status: u16, content_type: &str, body: &str) -> Self {
        self.act = Act::Raw {
            status,
            content_type: content_type.into(),
            body: body.into(),
        };
        self
    }

    /// No answer: the connection is reset.
    #[must_use]
    pub fn cut(mut self) -> Self {
        self.act = Act::Cut { bytes: 0 };
        self
    }

    /// The connection is closed once this many bytes of the answer, its head included, were sent.
    #[must_use]
    pub fn cut_after(mut self, bytes: usize) -> Self {
        self.act = Act::Cut { bytes };
        self
    }

    /// Sets a header, in place of one of that name Okta would send. The same name twice sends both lines; an empty
    /// value sends none.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_lowercase(), value.into()));
        self
    }

    /// Waits before the answer's head and between its head and its body.
    #[must_use]
    pub fn slow(mut self, head: Duration, body: Duration) -> Self {
        self.head = head;
        self.body = body;
        self
    }

    pub(super) fn meets(&self, method: &str, path: &str) -> bool {
        (self.method == "*" || self.method == method) && matches(&self.path, path)
    }

    /// Reads a fault as the control pages take it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn read(value: &Value) -> Result<Self, String> {
        let text = |name: &str| value[name].as_str().unwrap_or_default();
        let number = |name: &str| value[name].as_u64();
        if !text("path").starts_with('/') {
            return Err("path: a path or a template that begins with “/” is needed".into());
        }
        let method = if text("method").is_empty() {
            "*"
        } else {
            text("method")
        };
        let mut fault = Self::on(method, text("path"));
        fault.left = if value["always"] == json!(true) {
            None
        } else {
            Some(number("times").unwrap_or(1).try_into().unwrap_or(u32::MAX))
        };
        fault.after_commit = value["afterCommit"] == json!(true);
        fault.head = Duration::from_millis(number("headMs").unwrap_or(0));
        fault.body = Duration::from_millis(number("bodyMs").unwrap_or(0));
        let status = number("status").map(|s| u16::try_from(s).unwrap_or(500));
        fault.act = if let Some(bytes) = number("cutAfter") {
            Act::Cut {
                bytes: usize::try_from(bytes).unwrap_or(usize::MAX),
            }
        } else if value["cut"] == json!(true) {
            Act::Cut { bytes: 0 }
        } else if let Some(body) = value["body"].as_str() {
            let content_type = if text("contentType").is_empty() {
                "text/html"
            } else {
                text("contentType")
            };
            Act::Raw {
                status: status.unwrap_or(200),
                content_type: content_type.into(),
                body: body.into(),
            }
        } else if let Some(status) = status {
            let code = if text("code").is_empty() {
                "E0000009"
            } else {
                text("code")
            };
            let summary = if text("summary").is_empty() {
                "Internal Server Error"
            } else {
                text("summary")
            };
            let cause = Some(text("cause").to_owned()).filter(|c| !c.is_empty());
            Act::Refuse(Refusal::other(status, code.into(), summary.into(), cause))
        } else {
            Act::Pass
        };
        for (name, value) in value["headers"].as_object().into_iter().flatten() {
            let values = value
                .as_array()
                .map_or_else(|| vec![value], |all| all.iter().collect());
            fault.headers.extend(
                values
                    .into_iter()
                    .filter_map(Value::as_str)
                    .map(|v| (name.to_lowercase(), v.to_owned())),
            );
        }
        Ok(fault)
    }
}

pub(super) fn matches(pattern: &str, path: &str) -> bool {
    let mut path = path.split('/');
    for wanted in pattern.split('/') {
        if wanted == "**" {
            return path.next().is_some();
        }
        match path.next() {
            Some(found)
                if wanted == found || wanted == "*" || wanted.starts_with('{') && !found.is_empty() => {}
            Some(_) | None => return false,
        }
    }
    path.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_meet_templates_and_paths() {
        let template = "/api/v1/apps/{appId}/connections/default";
        assert!(matches(template, "/api/v1/apps/0oa1/connections/default"));
        assert!(!matches(template, "/api/v1/apps/0oa1/connections/default/jwks"));
        assert!(!matches("/api/v1/apps/*", "/api/v1/apps"));
        assert!(matches("/api/v1/**", "/api/v1/apps/0oa1/features"));
    }

    #[test]
    fn a_fault_is_read_from_json() {
        let asked = json!({ "method": "post", "path": "/a/*", "times": 2, "status": 400, "code": "E0000001",
            "summary": "Api validation failed: x", "cause": "x: no", "afterCommit": true, "headers": { "X-A": ["1", "2"] } });
        let fault = Fault::read(&asked).expect("a fault");
        let wanted = Fault::on("POST", "/a/*")
            .times(2)
            .refuse(400, "E0000001", "Api validation failed: x", "x: no")
            .after_commit()
            .header("x-a", "1")
            .header("x-a", "2");
        assert_eq!(fault, wanted);
        assert!(Fault::read(&json!({ "status": 500 })).is_err(), "no path");
    }
}
