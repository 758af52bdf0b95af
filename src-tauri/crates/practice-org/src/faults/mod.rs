//! Faults on purpose: what the next answers do wrong, and knobs that stay turned until they are turned back.

mod fault;

pub(crate) use fault::Act;
pub use fault::Fault;

use crate::errors::Refusal;
use crate::gate::limits::Limits;
use crate::switches::Switch;
use crate::world::reviews::Pace;
use fault::matches;
use serde_json::Value;
use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Where connections are saved.
const SAVE: &str = "/api/v1/apps/{appId}/connections/default";

/// Where reviews are launched.
const LAUNCH: &str = "/governance/api/v2/security-access-reviews";

/// As a gateway's error page looks.
const GATEWAY_PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

/// What is done to one request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) before: Option<Act>,
    pub(crate) after: Option<Act>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) head: Duration,
    pub(crate) body: Duration,
}

/// The authorization server, which goes on in read-only mode.
fn signs_in(path: &str) -> bool {
    path.starts_with("/oauth2/v1/") && !path.starts_with("/oauth2/v1/clients")
}

impl Plan {
    /// What a switch that is on does to a request. (Some are looked at elsewhere: in the gate, or where the answer is
    /// made.)
    fn rehearse(&mut self, switch: Switch, method: &str, path: &str) {
        match switch {
            Switch::Slow => self.head = Duration::from_secs(3),
            Switch::LostReply if method == "POST" && (matches(SAVE, path) || path == LAUNCH) => {
                self.after = Some(Act::Cut { bytes: 0 });
            }
            Switch::Maintenance if method != "GET" && !signs_in(path) => {
                self.before = Some(Act::Refuse(Refusal::read_only()));
            }
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
            | Switch::PermissionMissing
            | Switch::RefreshRevoked
            | Switch::SignInRefused
            | Switch::OutsideZone
            | Switch::DpopRequired
            | Switch::NonceChanges
            | Switch::NonceOnCalls
            | Switch::RoleLost
            | Switch::ScopeRevoked
            | Switch::ClockOff
            | Switch::NoGovernance
            | Switch::AiOff
            | Switch::AiFails
            | Switch::ReviewFails
            | Switch::UnknownValues => {}
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
    pace: Option<Pace>,
    admin: Option<String>,
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

    /// How long reviews and what is done in them take.
    pub fn pace(&self, pace: Pace) {
        self.set().pace = Some(pace);
    }

    /// Roles, permissions and everything of governance name this origin in their links, as Okta names the org's `-admin`
    /// twin, such as `https://acme-admin.okta.com`; `None`: the org's own address.
    pub fn admin_links(&self, origin: Option<String>) {
        self.set().admin = origin;
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

    pub(crate) fn paced(&self) -> Pace {
        self.set().pace.unwrap_or_default()
    }

    pub(crate) fn admin_origin(&self) -> Option<String> {
        self.set().admin.clone()
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
        let on = Switch::ALL.iter().filter(|switch| set.switches.contains(switch));
        on.for_each(|switch| plan.rehearse(*switch, method, path));
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
}
