//! Real orgs' recorded exchanges on roles, resource sets and governance, replayed against the practice org: the same
//! status, the same shape, the same codes and sentences, the same links and limits.
//!
//! Each recording (one file of a test of Okta's SDKs) has an org of its own. Ids are learned as they come: where the
//! recording has an id, ours has one of the same kind, and it is used from then on.

use crate::recordings::differences;
use practice_org::{Options, PracticeOrg, Seed};
use serde_json::Value;
use std::collections::BTreeMap;
use support::reference;

/// What is not replayed, and why.
const LEFT_OUT: &[(usize, &str)] = &[(207, "how the role came to be was not recorded")];

/// What is recorded and known to differ: lines, place, and why.
const DIFFERENCES: &[(std::ops::RangeInclusive<usize>, &str, &str)] = &[(
    201..=205,
    "/isCloneable",
    "answers of early 2025 do not have it, later ones do",
)];

/// Where the recorded org's `-admin` twin is put.
const TWIN: &str = "https://acme-admin.okta.com";

/// Kinds of ids, by how they begin.
const IDS: &[&str] = &["cr0", "iam", "ire", "irb"];

struct Replay {
    org: PracticeOrg,
    token: String,
    ids: BTreeMap<String, String>,
    /// How often a difference was one of those known.
    excused: usize,
}

impl Replay {
    async fn start() -> Self {
        let options = Options {
            seed: Seed::Empty,
            ..Options::default()
        };
        let org = PracticeOrg::start(options)
            .await
            .expect("the practice org starts");
        org.faults().admin_links(Some(TWIN.into()));
        let token = org.grant(&[
            "okta.roles.manage",
            "okta.governance.settings.read",
            "okta.governance.delegates.read",
            "okta.governance.securityAccessReviews.admin.read",
        ]);
        Self {
            org,
            token,
            ids: BTreeMap::new(),
            excused: 0,
        }
    }

    /// Recorded text as the practice org would have it.
    fn ours(&self, text: &str) -> String {
        let text = text
            .replace("https://{org}-admin/", &format!("{TWIN}/"))
            .replace("https://{org}/", &format!("{}/", self.org.url()))
            .replace("00onwlw0o4KFVCgzO5d7", "00o1practice0org0001");
        self.ids
            .iter()
            .fold(text, |text, (theirs, own)| text.replace(theirs, own))
    }

    /// Notes which of our ids stands where the recording has one.
    fn learn(&mut self, theirs: &Value, own: &Value) {
        match (theirs, own) {
            (Value::Object(theirs), Value::Object(own)) => {
                for (name, value) in theirs {
                    self.learn(value, own.get(name).unwrap_or(&Value::Null));
                }
            }
            (Value::Array(theirs), Value::Array(own)) => {
                theirs
                    .iter()
                    .zip(own)
                    .for_each(|(theirs, own)| self.learn(theirs, own));
            }
            (Value::String(theirs), Value::String(own)) => {
                let kind = |id: &str| IDS.iter().find(|it| id.starts_with(**it)).copied();
                if kind(theirs).is_some() && kind(theirs) == kind(own) && theirs.len() == own.len() {
                    self.ids.insert(theirs.clone(), own.clone());
                }
            }
            _ => {}
        }
    }

    async fn replay(&mut self, line: usize, recorded: &Value) {
        let text = |name: &str| recorded[name].as_str().unwrap_or_default();
        let what = format!("line {line}: {} {}", text("method"), text("path"));
        let mark = if text("query").is_empty() { "" } else { "?" };
        let mut path = self.ours(text("path"));
        if line == 113 {
            // The recorded set was made in between; here the one of the same recording is asked.
            path = path.replace(
                "iamqgmhd2q7d9oojT5d7",
                self.ids.values().find(|id| id.starts_with("iam")).expect("a set"),
            );
        }
        let method = reqwest::Method::from_bytes(text("method").as_bytes()).expect("a method");
        let mut request = support::http()
            .request(method, format!("{}{path}{mark}{}", self.org.url(), text("query")))
            .header("authorization", format!("Bearer {}", self.token));
        if recorded["request_body"] != "" {
            request = request
                .header("content-type", "application/json")
                .body(self.ours(&recorded["request_body"].to_string()));
        }
        let answer = request.send().await.expect("an answer");
        let headers = answer.headers().clone();
        let header = |name: &str| headers.get(name).map(|it| it.to_str().expect("text").to_owned());
        let status = answer.status().as_u16();
        let said = answer.text().await.expect("text");
        let said: Value = if said.is_empty() {
            Value::from("")
        } else {
            serde_json::from_str(&said).expect("JSON")
        };
        assert_eq!(u64::from(status), recorded["status"], "{what}: {said:#}");
        self.learn(&recorded["response_body"], &said);
        let wanted: Value =
            serde_json::from_str(&self.ours(&recorded["response_body"].to_string())).expect("JSON");
        let mut found = Vec::new();
        differences(
            &ordered(wanted.clone()),
            &ordered(said.clone()),
            "",
            same,
            &mut found,
        );
        let before = found.len();
        found.retain(|place| {
            !DIFFERENCES
                .iter()
                .any(|(lines, at, _)| lines.contains(&line) && at == place)
        });
        self.excused += before - found.len();
        assert!(
            found.is_empty(),
            "{what}: other than recorded at {found:?}: {said:#} for {wanted:#}"
        );
        let recorded = |name: &str| recorded["headers"][name].as_str().map(|it| self.ours(it));
        assert_eq!(header("link"), recorded("link"), "{what}");
        if let Some(limit) = recorded("x-rate-limit-limit") {
            assert_eq!(header("x-rate-limit-limit"), Some(limit), "{what}");
        }
    }
}

/// Two texts mean the same: equal, two times, or two ids of errors.
fn same(theirs: &str, own: &str, at: &str) -> bool {
    let time = |text: &str| text.len() == 24 && text.ends_with(".000Z") && text.as_bytes()[10] == b'T';
    theirs == own
        || time(theirs) && time(own)
        || at == "/errorId" && own.starts_with("oae") && theirs.len() == own.len()
}

/// Permissions by name: the order they are recorded in follows no rule.
fn ordered(mut body: Value) -> Value {
    if let Some(list) = body.get_mut("permissions").and_then(Value::as_array_mut) {
        list.sort_by_key(|it| it["label"].to_string());
    }
    body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn recorded_exchanges_on_roles_and_governance_replay() {
    let Some(folder) = reference::folder() else { return };
    let text = std::fs::read_to_string(folder.join("recordings/distilled.jsonl")).expect("the recordings");
    let mut replays: BTreeMap<String, Replay> = BTreeMap::new();
    let mut count = 0;
    for (at, line) in text.lines().enumerate() {
        let recorded: Value = serde_json::from_str(line).expect("JSON");
        let path = recorded["path"].as_str().unwrap_or_default();
        let ours = [
            "/api/v1/iam/",
            "/governance/api/v1/delegates",
            "/governance/api/v1/settings",
            "/governance/api/v2/security-access",
        ];
        if !ours.iter().any(|it| path.starts_with(it)) || LEFT_OUT.iter().any(|(out, _)| *out == at + 1) {
            continue;
        }
        let source = recorded["source"].as_str().expect("a source").to_owned();
        if !replays.contains_key(&source) {
            replays.insert(source.clone(), Replay::start().await);
        }
        let replay = replays.get_mut(&source).expect("a replay");
        replay.replay(at + 1, &recorded).await;
        count += 1;
    }
    assert_eq!(count, 62, "exchanges replayed");
    let excused: usize = replays.values().map(|replay| replay.excused).sum();
    assert_eq!(excused, 4, "the differences named are there");
}
