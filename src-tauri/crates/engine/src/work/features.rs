//! Features: read, compare, send, read back.
//!
//! Nothing a person did not change is sent from memory: what the editor read, what the person wants and what Okta has
//! now are put together field by field, so that another admin's change in between survives.

use crate::engine::{Engine, now};
use crate::ipc::args::{FeaturesArgs, ScheduleArgs};
use crate::ipc::events::Topic;
use crate::ipc::views::features::{
    ApplyReport, CallPreview, FeaturesPreview, FeaturesView, HalfResult, RunView, SchedulePreview,
};
use crate::ipc::views::history::Outcome;
use crate::okta::client::{Answer, Failure};
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use crate::work::history::Write;
use domain::features::{Feature, Half, Rules, ToApp, ToOkta, rules};
use domain::ids::AppId;
use domain::okta::call::{Call, Payload};
use domain::okta::endpoints as e;
use domain::problem::{Problem, ProblemCode, local};
use domain::schedule;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Runs shown of a schedule.
const RUNS: usize = 5;

/// Both features as Okta answered them.
#[derive(Debug, Default)]
struct Found {
    to_app: Option<Value>,
    to_app_status: Option<String>,
    to_okta: Option<Value>,
    to_okta_status: Option<String>,
}

impl Found {
    /// Reads the list; `None` when it is no list.
    fn read(answer: &Value) -> Option<Self> {
        let mut found = Self::default();
        for feature in answer.as_array()? {
            let status = feature.get("status").and_then(Value::as_str).map(str::to_owned);
            let capabilities = feature.get("capabilities").filter(|it| it.is_object()).cloned();
            match feature
                .get("name")
                .and_then(Value::as_str)
                .and_then(Half::of_feature)
            {
                Some(Half::ToApp) => (found.to_app, found.to_app_status) = (capabilities, status),
                Some(Half::ToOkta) => (found.to_okta, found.to_okta_status) = (capabilities, status),
                // A feature Okta made after this was written: nothing to edit here.
                None => {}
            }
        }
        Some(found)
    }

    fn view(&self) -> FeaturesView {
        FeaturesView {
            to_app: self.to_app.as_ref().map(ToApp::read),
            to_app_status: self.to_app_status.clone(),
            to_okta: self.to_okta.as_ref().map(ToOkta::read),
            to_okta_status: self.to_okta_status.clone(),
            read_at: now(),
        }
    }
}

/// What is to be sent for one half.
struct Plan<F> {
    now: F,
    wanted: F,
    body: Value,
}

/// The person's changes on top of what Okta has now; `None` when that changes nothing.
fn plan<F: Feature + Serialize + DeserializeOwned>(
    read: Option<&F>,
    wanted: Option<&F>,
    current: Option<&Value>,
) -> Option<Plan<F>> {
    let (wanted, current) = (wanted?, current?);
    let now = F::read(current);
    let wanted = rebase(read.unwrap_or(wanted), wanted, &now);
    (wanted != now).then(|| Plan {
        body: wanted.merge(current),
        now,
        wanted,
    })
}

/// Takes from `wanted` what differs from `read`, the rest from `now`.
fn rebase<F: Serialize + DeserializeOwned + Clone>(read: &F, wanted: &F, now: &F) -> F {
    let fields = |of: &F| serde_json::to_value(of).ok();
    let (Some(Value::Object(read)), Some(Value::Object(mine)), Some(Value::Object(mut now))) =
        (fields(read), fields(wanted), fields(now))
    else {
        return wanted.clone();
    };
    for (key, value) in mine {
        if read.get(&key) != Some(&value) {
            now.insert(key, value);
        }
    }
    serde_json::from_value(Value::Object(now)).unwrap_or_else(|_| wanted.clone())
}

/// What is to be sent for both halves, and what is wrong with it.
struct Plans {
    to_app: Option<Plan<ToApp>>,
    to_okta: Option<Plan<ToOkta>>,
    ruled: Rules,
}

impl Plans {
    fn of(args: &FeaturesArgs, found: &Found) -> Self {
        let (read, wanted) = (&args.read, &args.wanted);
        let to_app = plan(
            read.to_app.as_ref(),
            wanted.to_app.as_ref(),
            found.to_app.as_ref(),
        );
        let to_okta = plan(
            read.to_okta.as_ref(),
            wanted.to_okta.as_ref(),
            found.to_okta.as_ref(),
        );
        let ruled = rules(
            to_app.as_ref().map(|p| &p.wanted),
            to_okta.as_ref().map(|p| &p.wanted),
        );
        Self {
            to_app,
            to_okta,
            ruled,
        }
    }
}

fn feature_call(half: Half, app: &str, body: Option<Value>) -> Call {
    let endpoint = if body.is_some() {
        &e::FEATURE_SAVE
    } else {
        &e::FEATURE
    };
    let call = Call::new(endpoint)
        .param("appId", app)
        .param("featureName", half.feature_name());
    match body {
        Some(body) => call.body(Payload::plain(body)),
        None => call,
    }
}

fn preview_of(call: &Call, org: &Org) -> CallPreview {
    CallPreview {
        method: call.endpoint.method.as_str().into(),
        path: call.shown_path(),
        body: call
            .payload()
            .map(|body| serde_json::to_string_pretty(&body.shown()).unwrap_or_default())
            .unwrap_or_default(),
        curl: call.shown_curl(&org.origin),
    }
}

impl Engine {
    async fn read_features(&self, org: &Org, app: &str) -> Result<Found, Problem> {
        let answer = self
            .read(org, &Call::new(&e::FEATURES).param("appId", app))
            .await?;
        Found::read(&answer.body)
            .ok_or_else(|| local::not_oktas_answer(org.origin.host(), "not a list of features"))
    }

    pub(crate) async fn features(&self, key: &str, app: &str) -> Result<FeaturesView, Problem> {
        let org = self.org(key)?;
        let id = AppId::parse(app)?;
        Ok(self.read_features(&org, id.as_str()).await?.view())
    }

    pub(crate) async fn preview_features(&self, args: &FeaturesArgs) -> Result<FeaturesPreview, Problem> {
        let org = self.org(&args.org)?;
        let id = AppId::parse(&args.app)?;
        let found = self.read_features(&org, id.as_str()).await?;
        let Plans {
            to_app,
            to_okta,
            ruled,
        } = Plans::of(args, &found);
        let (mut changes, mut calls) = (Vec::new(), Vec::new());
        if let Some(plan) = to_app {
            changes.extend(plan.now.diff(&plan.wanted));
            calls.push(preview_of(
                &feature_call(Half::ToApp, id.as_str(), Some(plan.body)),
                &org,
            ));
        }
        if let Some(plan) = to_okta {
            changes.extend(plan.now.diff(&plan.wanted));
            calls.push(preview_of(
                &feature_call(Half::ToOkta, id.as_str(), Some(plan.body)),
                &org,
            ));
        }
        let now = found.view();
        let mut drifted = Vec::new();
        if let (Some(then), Some(now)) = (&args.read.to_app, &now.to_app) {
            drifted.extend(then.diff(now));
        }
        if let (Some(then), Some(now)) = (&args.read.to_okta, &now.to_okta) {
            drifted.extend(then.diff(now));
        }
        Ok(FeaturesPreview {
            changes,
            calls,
            problems: ruled.refusals,
            notes: ruled.notes,
            drifted,
        })
    }

    pub(crate) async fn apply_features(&self, args: &FeaturesArgs) -> Result<ApplyReport, Problem> {
        let org = self.writable(&args.org)?;
        let id = AppId::parse(&args.app)?;
        let row = self.find_row(&org, id.as_str()).await?;
        let found = self.read_features(&org, id.as_str()).await?;
        let Plans {
            to_app,
            to_okta,
            ruled,
        } = Plans::of(args, &found);
        if let Some(first) = ruled.refusals.into_iter().next() {
            return Err(first);
        }
        let mut halves = Vec::new();
        // One half's failure does not keep the other from being tried: each is told by itself.
        if let Some(plan) = to_app {
            halves.push(
                self.apply_half(&org, id.as_str(), &row.label, found.to_app.as_ref(), plan)
                    .await,
            );
        }
        if let Some(plan) = to_okta {
            halves.push(
                self.apply_half(&org, id.as_str(), &row.label, found.to_okta.as_ref(), plan)
                    .await,
            );
        }
        self.changed(Topic::Features, Some(&org.key), Some(id.as_str()));
        self.look_again(&org, id.as_str());
        // What was applied is told even when the last read fails; then it is as it was read before.
        let now = self
            .read_features(&org, id.as_str())
            .await
            .unwrap_or(found)
            .view();
        Ok(ApplyReport { halves, now })
    }

    async fn apply_half<F: Feature>(
        &self,
        org: &Org,
        app: &str,
        label: &str,
        before: Option<&Value>,
        plan: Plan<F>,
    ) -> HalfResult {
        let half = F::HALF;
        let mut result = HalfResult {
            half,
            applied: Vec::new(),
            ignored: Vec::new(),
            problem: None,
            request_id: None,
        };
        let action = format!("Changed {} of {label}", half.label());
        let mut again = true;
        loop {
            let call = feature_call(half, app, Some(plan.body.clone()));
            let sent = self
                .send(org, &call, Urgency::Click, &self.stop.child_token())
                .await;
            let write = Write {
                org,
                app,
                label,
                action: action.clone(),
                before,
            };
            let id = self.keep_write(&write, &call, &sent);
            let lost = match sent {
                Ok(Answer { request_id, .. }) => {
                    result.request_id = request_id;
                    None
                }
                Err(Failure::Unknown(problem)) => Some(*problem),
                Err(failure) => {
                    let problem = failure.problem();
                    result.request_id = problem.okta.as_ref().and_then(|okta| okta.request_id.clone());
                    result.problem = Some(problem);
                    return result;
                }
            };
            let after = match self.read(org, &feature_call(half, app, None)).await {
                Ok(answer) => answer.body.get("capabilities").cloned(),
                Err(problem) => {
                    result.problem = Some(lost.unwrap_or(problem));
                    return result;
                }
            };
            let Some(after) = after else {
                result.problem = Some(local::not_oktas_answer(org.origin.host(), "not a feature"));
                return result;
            };
            let read = F::read(&after);
            // The same twice is the same once, so a write that was lost on the way may go once more.
            if lost.is_some() && read == plan.now && again {
                again = false;
                let _ = self.settle_write(id, Outcome::NotApplied, Some(&after));
                continue;
            }
            result.ignored = read.diff(&plan.wanted);
            let ignored: Vec<&str> = result
                .ignored
                .iter()
                .map(|change| change.field.as_str())
                .collect();
            result.applied = plan
                .now
                .diff(&plan.wanted)
                .into_iter()
                .filter(|change| !ignored.contains(&change.field.as_str()))
                .collect();
            let outcome = if result.ignored.is_empty() {
                Outcome::Done
            } else {
                Outcome::NotApplied
            };
            // The history's own failure was told when the row was kept.
            let _ = self.settle_write(id, outcome, Some(&after));
            if !result.ignored.is_empty() && result.applied.is_empty() {
                result.problem = lost;
            }
            return result;
        }
    }

    /// What a schedule means. A schedule that can't be used is no failure of the command: the editor shows why.
    pub(crate) fn preview_schedule(&self, args: &ScheduleArgs) -> SchedulePreview {
        let words = schedule::words(&args.expression);
        let runs = schedule::check(&args.expression)
            .and_then(|()| {
                schedule::next_runs(&args.expression, &args.timezone, jiff::Timestamp::now(), RUNS)
            })
            .and_then(|runs| runs.into_iter().map(|at| run_view(at, args)).collect());
        match runs {
            Ok(runs) => SchedulePreview {
                runs,
                words,
                problem: None,
            },
            Err(problem) => SchedulePreview {
                runs: Vec::new(),
                words,
                problem: Some(problem),
            },
        }
    }
}

fn run_view(at: jiff::Timestamp, args: &ScheduleArgs) -> Result<RunView, Problem> {
    // The person's own zone comes from the web view; one that is not known here is no reason to show nothing.
    let local = match schedule::in_zone(at, &args.local_zone) {
        Ok(text) => text,
        Err(problem) if problem.code == ProblemCode::BadInput => schedule::in_zone(at, "")?,
        Err(problem) => return Err(problem),
    };
    Ok(RunView {
        at: at.to_string(),
        in_zone: schedule::in_zone(at, &args.timezone)?,
        in_local: local,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn to_app(change: &str, create: bool) -> ToApp {
        ToApp::read(&json!({
            "create": { "lifecycleCreate": { "status": if create { "ENABLED" } else { "DISABLED" } } },
            "update": { "password": { "change": change } },
        }))
    }

    #[test]
    fn another_admins_change_in_between_survives() {
        let read = to_app("KEEP_EXISTING", false);
        let wanted = to_app("KEEP_EXISTING", true);
        let now = to_app("CHANGE", false);
        let sent = rebase(&read, &wanted, &now);
        assert!(sent.create_users, "the person's change goes out");
        assert_eq!(sent.password_change, "CHANGE", "the other admin's stays");
    }

    #[test]
    fn nothing_to_send_when_okta_already_has_it() {
        let current = json!({ "create": { "lifecycleCreate": { "status": "ENABLED" } } });
        let (read, wanted) = (to_app("KEEP_EXISTING", false), to_app("KEEP_EXISTING", true));
        assert!(plan(Some(&read), Some(&wanted), Some(&current)).is_none());
    }

    #[test]
    fn a_feature_made_later_is_passed_over() {
        let found = Found::read(&json!([{ "name": "GROUP_PUSH", "status": "ENABLED", "capabilities": {} }]))
            .expect("a list");
        assert!(found.to_app.is_none() && found.to_okta.is_none());
        assert!(Found::read(&json!({ "errorCode": "E" })).is_none());
    }
}
