//! Faults on purpose: what the next answers do wrong, and knobs that stay turned until they are turned back.

use crate::errors::Refusal;
use crate::gate::limits::Limits;
use crate::switches::Switch;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Where connections are saved.
const SAVE: &str = "/api/v1/apps/{appId}/connections/default";

/// As a gateway's error page looks.
const GATEWAY_PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

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
    method: String,
    path: String,
    /// `None` for always.
    left: Option<u32>,
    after_commit: bool,
    act: Act,
    headers: Vec<(String, String)>,
    head: Duration,
    body: Duration,
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

    fn meets(&self, method: &str, path: &str) -> bool {
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

fn matches(pattern: &str, path: &str) -> bool {
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

/// What is done to one request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) before: Option<Act>,
    pub(crate) after: Option<Act>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) head: Duration,
    pub(crate) body: Duration,
}

impl Plan {
    /// What a switch that is on does to a request. (Some are looked at elsewhere: in the gate, or where the answer is
    /// made.)
    fn rehearse(&mut self, switch: Switch, method: &str, path: &str) {
        match switch {
            Switch::Slow => self.head = Duration::from_secs(3),
            Switch::LostReply if method == "POST" && matches(SAVE, path) => {
                self.after = Some(Act::Cut { bytes: 0 })
            }
            Switch::Maintenance if method != "GET" => self.before = Some(Act::Refuse(Refusal::read_only())),
            Switch::ProxyPage => {
                self.before = Some(Act::Raw {
                    status: 502,
                    content_type: "text/html".into(),
                    body: GATEWAY_PAGE.into(),
                });
            }
            Switch::LostReply
            | Switch::Maintenance
            | Switch::RateLimit
            | Switch::ExpiredCode
            | Switch::WrongState
            | Switch::ActivateIgnored
            | Switch::FeatureIgnored
            | Switch::TokenRevoked
            | Switch::PermissionMissing => {}
        }
    }
}

/// How a list's `next` link misleads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OddPaging {
    /// It names another origin, such as `https://acme-admin.okta.com` (Okta's IAM and governance lists name the org's
    /// `-admin` twin) or another practice org's, to see that nothing is sent there.
    OtherOrigin(String),
    /// It names another path of the org.
    OtherPath,
    /// It leads back to the page it stands on.
    Loop,
    /// The next page asked for is empty and has a next; those after it are as usual.
    EmptyPage,
}

impl OddPaging {
    /// Reads what the control pages take: `{"kind": …, "origin": …}`, `null` for none.
    ///
    /// # Errors
    /// The kind is not known.
    pub(crate) fn read(value: &Value) -> Result<Option<Self>, String> {
        match value["kind"].as_str() {
            None if value["kind"].is_null() => Ok(None),
            Some("otherOrigin") => Ok(Some(Self::OtherOrigin(
                value["origin"]
                    .as_str()
                    .unwrap_or("https://other.example.com")
                    .into(),
            ))),
            Some("otherPath") => Ok(Some(Self::OtherPath)),
            Some("loop") => Ok(Some(Self::Loop)),
            Some("emptyPage") => Ok(Some(Self::EmptyPage)),
            _ => Err("kind: otherOrigin, otherPath, loop, emptyPage or null".into()),
        }
    }
}

#[derive(Debug, Default)]
struct Set {
    faults: Vec<Fault>,
    switches: HashSet<Switch>,
    paging: Option<OddPaging>,
    ignored: Vec<String>,
}

/// Every fault and knob of one org.
#[derive(Debug)]
pub struct Faults {
    set: Mutex<Set>,
    pub(crate) limits: Limits,
}

impl Faults {
    pub(crate) fn new(limits: bool) -> Self {
        Self {
            set: Mutex::default(),
            limits: Limits::new(limits),
        }
    }

    fn set(&self) -> MutexGuard<'_, Set> {
        self.set.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a fault. The earliest one that meets a request strikes; delays and headers of all that meet it add up.
    pub fn fail_next(&self, fault: Fault) {
        self.set().faults.push(fault);
    }

    /// A list's `next` links mislead, or no longer.
    pub fn paging(&self, odd: Option<OddPaging>) {
        self.set().paging = odd;
    }

    /// A setting of a feature, as a JSON pointer such as `/update/profile/status`, is accepted and not stored.
    pub fn ignore_setting(&self, pointer: &str) {
        self.set().ignored.push(pointer.into());
    }

    /// Gives a bucket (see README) another limit and another window in seconds, and opens a new window.
    pub fn bucket(&self, name: &str, limit: u32, window: u32) {
        self.limits.set(name, limit, window);
    }

    /// Another client of the org has used up requests of a bucket's window.
    pub fn foreign_load(&self, bucket: &str, requests: u32) {
        self.limits.load(bucket, requests);
    }

    /// At most this many requests at once; more are refused with limit 0 and remaining 0. `None`: Okta's 75, or no
    /// limit in an org without limits.
    pub fn concurrency(&self, most: Option<u32>) {
        self.limits.concurrency(most);
    }

    /// Takes back everything: faults, switches, paging, settings, limits.
    pub fn clear(&self) {
        *self.set() = Set::default();
        self.limits.clear();
    }

    /// How many faults have yet to strike (those that always strike included).
    pub fn waiting(&self) -> usize {
        self.set().faults.len()
    }

    pub(crate) fn switch(&self, switch: Switch, on: bool) {
        let mut set = self.set();
        if on {
            set.switches.insert(switch);
        } else {
            set.switches.remove(&switch);
        }
    }

    pub(crate) fn is_on(&self, switch: Switch) -> bool {
        self.set().switches.contains(&switch)
    }

    pub(crate) fn odd_paging(&self) -> Option<OddPaging> {
        self.set().paging.clone()
    }

    /// The one empty page was given: the next ones are as usual.
    pub(crate) fn empty_page_given(&self) {
        self.set().paging = None;
    }

    pub(crate) fn ignored_settings(&self) -> Vec<String> {
        let set = self.set();
        let mut all = set.ignored.clone();
        if set.switches.contains(&Switch::FeatureIgnored) {
            all.extend(
                [
                    "/update/profile/status",
                    "/importRules/userCreateAndMatch/autoConfirmExactMatch",
                ]
                .map(str::to_owned),
            );
        }
        all
    }

    /// What is to be done to a request; faults that strike are used up.
    pub(crate) fn plan(&self, method: &str, path: &str) -> Plan {
        let mut set = self.set();
        let mut plan = Plan::default();
        set.switches
            .iter()
            .for_each(|switch| plan.rehearse(*switch, method, path));
        for fault in &mut set.faults {
            if !fault.meets(method, path) {
                continue;
            }
            let struck = plan.before.is_some() || plan.after.is_some();
            if fault.act != Act::Pass && struck {
                continue;
            }
            plan.head += fault.head;
            plan.body += fault.body;
            plan.headers.extend(fault.headers.iter().cloned());
            match (&fault.act, fault.after_commit) {
                (Act::Pass, _) => {}
                (act, true) => plan.after = Some(act.clone()),
                // A cut after some bytes needs the true answer's bytes.
                (Act::Cut { bytes: 1.. }, false) => plan.after = Some(fault.act.clone()),
                (act, false) => plan.before = Some(act.clone()),
            }
            fault.left = fault.left.map(|left| left.saturating_sub(1));
        }
        set.faults.retain(|fault| fault.left != Some(0));
        plan
    }
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
    fn a_fault_strikes_as_often_as_it_was_told_and_one_at_a_time() {
        let faults = Faults::new(true);
        faults.fail_next(Fault::on("GET", "/a").times(2).refuse(
            503,
            "E0000009",
            "Internal Server Error",
            "",
        ));
        faults.fail_next(Fault::on("GET", "/a").cut());
        faults.fail_next(Fault::on("GET", "/a").always().header("X-Odd", "1"));
        for _ in 0..2 {
            let plan = faults.plan("GET", "/a");
            assert!(matches!(plan.before, Some(Act::Refuse(_))) && plan.headers.len() == 1);
        }
        assert_eq!(faults.plan("POST", "/a"), Plan::default());
        assert_eq!(faults.plan("GET", "/a").before, Some(Act::Cut { bytes: 0 }));
        assert_eq!((faults.plan("GET", "/a").before, faults.waiting()), (None, 1));
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
