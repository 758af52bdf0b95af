//! Launching a review, once. The intent is written down before it is sent; when the answer is lost, Okta's list is looked
//! through for the name and the time, and nothing is ever sent a second time.

use super::act::request;
use super::show;
use crate::engine::{Engine, hold, now};
use crate::ipc::events::{Event, Topic};
use crate::ipc::review_args::{LaunchArgs, LaunchIdArgs};
use crate::ipc::views::history::Outcome;
use crate::ipc::views::orgs::OrgTag;
use crate::ipc::views::reviews::launch::{EndPreset, LaunchForm, LaunchPlan, LaunchState, LaunchView};
use crate::ipc::views::reviews::people::PersonView;
use crate::ipc::views::reviews::{ProfileView, Side};
use crate::ipc::views::signin::CredentialKind;
use crate::okta::client::Failure;
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use crate::work::history::Write;
use domain::okta::call::{Call, Payload};
use domain::okta::endpoints as e;
use domain::okta::wire::loose::Page;
use domain::okta::wire::people::Person;
use domain::okta::wire::review::Review;
use domain::problem::{Problem, ProblemCode, local, reviews as words};
use domain::reviews::filter::term;
use domain::reviews::{body, launch};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Looks for a lost launch: at once, then after these pauses, because a list may lag behind.
const PAUSES: [Duration; 4] = [
    Duration::ZERO,
    Duration::from_secs(2),
    Duration::from_secs(5),
    Duration::from_secs(15),
];
/// How long after it was sent a request whose end nobody saw may have been carried out.
const IN_FLIGHT: SignedDuration = SignedDuration::from_mins(2);

/// A launch as it is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Intent {
    pub(super) name: String,
    pub(super) subject: String,
    pub(super) subject_name: String,
    pub(super) reviewers: Vec<String>,
    pub(super) end_time: Option<String>,
    /// When it was asked for.
    pub(super) at: String,
    /// When it was sent, by Okta's clock.
    pub(super) sent: Timestamp,
    /// When its answer was known to be lost.
    pub(super) until: Option<Timestamp>,
    pub(super) state: LaunchState,
    pub(super) review: Option<String>,
    pub(super) found: bool,
    pub(super) problem: Option<Problem>,
    /// One of many: told by their list.
    pub(super) many: bool,
    /// Its row of the history.
    pub(super) history: i64,
}

impl Intent {
    /// Nothing more is done about it by itself.
    pub(super) fn over(&self) -> bool {
        !matches!(self.state, LaunchState::Sending | LaunchState::Looking)
    }

    fn words(&self) -> String {
        let found = if self.found {
            "The answer was lost, but Okta has the review: it was launched once. "
        } else {
            ""
        };
        let said = match self.state {
            LaunchState::Sending => "It is being sent.",
            LaunchState::Looking => {
                "The answer was lost. Gatehouse looks whether Okta has it, and does not send it again."
            }
            LaunchState::Pending => "Okta gathers what there is to review.",
            LaunchState::Active => "It can be worked through.",
            LaunchState::Error => "Okta could not gather what there is to review.",
            LaunchState::Closed => "It is closed.",
            LaunchState::Refused => "Okta refused it.",
            LaunchState::NotFound => "The answer was lost, and Okta’s list does not show it.",
            LaunchState::Unknown => "The answer was lost, and the list can’t be read.",
        };
        format!("{found}{said}")
    }

    fn view(&self, id: i64, org: &str) -> LaunchView {
        LaunchView {
            id,
            org: org.to_owned(),
            name: self.name.clone(),
            subject: self.subject_name.clone(),
            subject_id: self.subject.clone(),
            reviewers: u32::try_from(self.reviewers.len()).unwrap_or(0),
            at: self.at.clone(),
            state: self.state,
            review: self.review.clone(),
            found: self.found,
            words: self.words(),
            problem: self.problem.clone(),
        }
    }
}

fn state_of(status: &str) -> LaunchState {
    match status {
        "ACTIVE" => LaunchState::Active,
        "CLOSED" => LaunchState::Closed,
        "ERROR" => LaunchState::Error,
        _ => LaunchState::Pending,
    }
}

/// Today as it goes into a name.
pub(super) fn date(now: Timestamp) -> String {
    now.strftime("%-d %b %Y").to_string()
}

/// A launch that was checked.
struct Checked {
    plan: LaunchPlan,
    subject: Option<Person>,
    reviewers: Vec<String>,
}

impl Engine {
    fn last_reviewers_key(org: &str) -> String {
        format!("reviewers:{org}")
    }

    pub(crate) fn launch_form_of(&self, key: &str) -> Result<LaunchForm, Problem> {
        let org = self.org(key)?;
        self.resume_launches(&org);
        let now = self.server_now(&org.key);
        let (earliest, latest) = launch::bounds(now, launch::When::Launch);
        let presets = launch::PRESETS
            .iter()
            .filter_map(|(days, default)| {
                // A minute more, so that “1 day” is still one when it is sent.
                let at = now
                    .checked_add(
                        SignedDuration::from_hours(24 * i64::from(*days)) + SignedDuration::from_mins(5),
                    )
                    .ok()?;
                Some(EndPreset {
                    days: *days,
                    label: format!("{days} day{}", if *days == 1 { "" } else { "s" }),
                    end_time: at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
                    default: *default,
                })
            })
            .collect();
        let mut notes = vec![
            "Okta assigns the Security Access Review app to the reviewers and mails them.".to_owned(),
            "What is reviewed is fixed when the review begins: later changes are not in it.".to_owned(),
        ];
        if self.active(&org.key)?.map(|(kind, _)| kind) == Some(CredentialKind::ApiToken) {
            notes.insert(
                0,
                "With an API token a review can be launched, but not watched or worked through: sign in for that."
                    .into(),
            );
        }
        let last = self.store.value(&Self::last_reviewers_key(key))?;
        let launches: Vec<(i64, Intent)> = self.store.launches(key)?;
        Ok(LaunchForm {
            template: launch::TEMPLATE.into(),
            presets,
            earliest: earliest.to_string(),
            latest: latest.to_string(),
            most_reviewers: u16::try_from(launch::MOST_REVIEWERS).unwrap_or(10),
            notes,
            last_reviewers: last
                .and_then(|text| serde_json::from_str(&text).ok())
                .unwrap_or_default(),
            launches: launches
                .iter()
                .filter(|(_, intent)| !intent.many)
                .map(|(id, intent)| intent.view(*id, key))
                .collect(),
        })
    }

    pub(super) fn launch_call(
        subject: &str,
        reviewers: &[String],
        name: &str,
        end_time: Option<&str>,
    ) -> Call {
        Call::new(&e::REVIEW_LAUNCH).body(Payload::plain(body::launch(subject, reviewers, name, end_time)))
    }

    async fn check_launch(&self, org: &Org, args: &LaunchArgs) -> Result<Checked, Problem> {
        let mut problems = Vec::new();
        let mut warnings = Vec::new();
        let subject = if args.subject.is_empty() {
            problems.push(Problem::bad_input(
                "subject",
                "Nobody is chosen.",
                "Choose the person whose access is to be reviewed.",
            ));
            None
        } else {
            let person = self
                .person_by_id(org, &args.subject)
                .await
                .map_err(|it| it.field("subject"))?;
            if let Err(problem) = launch::subject(&person) {
                problems.push(problem);
            } else if !person.active() {
                warnings.push(format!(
                    "{} is not active in Okta ({}). Okta may refuse the review.",
                    person.name(),
                    domain::reviews::plain(&person.status)
                ));
            }
            Some(person)
        };
        let people = self
            .people_by_id(org, &args.reviewers)
            .await
            .map_err(|it| it.field("reviewers"))?;
        let subject_id = subject.as_ref().map(|it| it.id.clone()).unwrap_or_default();
        let reviewers = match launch::reviewers(&subject_id, &people) {
            Ok(ids) => ids,
            Err(wrong) => {
                problems.extend(wrong);
                Vec::new()
            }
        };
        let now = self.server_now(&org.key);
        let user = subject.as_ref().map(Person::name).unwrap_or_default();
        let filled = launch::fill_name(&args.name, &user, &date(now));
        let name = match launch::name(&filled) {
            Ok(name) => name,
            Err(problem) => {
                problems.push(problem);
                filled
            }
        };
        let end_time = match &args.end_time {
            None => None,
            Some(text) => match launch::end(text, now, launch::When::Launch) {
                Ok(at) => Some(at.to_string()),
                Err(problem) => {
                    problems.push(problem);
                    None
                }
            },
        };
        if org.tag == OrgTag::Production {
            warnings.push(format!("{} is a production org.", org.origin.host()));
        }
        let call = problems
            .is_empty()
            .then(|| Self::launch_call(&subject_id, &reviewers, &name, end_time.as_deref()));
        let plan = LaunchPlan {
            problems,
            warnings,
            name,
            subject: subject.as_ref().map(show::person),
            reviewers: people.iter().map(show::person).collect(),
            end_time,
            request: call.as_ref().map(|call| request(call, org)),
        };
        Ok(Checked {
            plan,
            subject,
            reviewers,
        })
    }

    pub(crate) async fn plan_launch(&self, args: &LaunchArgs) -> Result<LaunchPlan, Problem> {
        let org = self.org(&args.org)?;
        Ok(self.check_launch(&org, args).await?.plan)
    }

    /// Launches a review. Everything is checked anew, so that nothing goes out that Okta is known to refuse.
    pub(crate) async fn launch_review(&self, args: &LaunchArgs) -> Result<LaunchView, Problem> {
        let org = self.writable(&args.org)?;
        let checked = self.check_launch(&org, args).await?;
        if let Some(problem) = checked.plan.problems.into_iter().next() {
            return Err(problem);
        }
        let subject = checked
            .subject
            .ok_or_else(|| local::internal("launch, subject"))?;
        let intent = Intent {
            name: checked.plan.name,
            subject: subject.id.clone(),
            subject_name: subject.name(),
            reviewers: checked.reviewers,
            end_time: checked.plan.end_time,
            at: now(),
            sent: self.server_now(&org.key),
            until: None,
            state: LaunchState::Sending,
            review: None,
            found: false,
            problem: None,
            many: false,
            history: 0,
        };
        let before: Vec<(i64, Intent)> = self.store.launches(&org.key)?;
        if before
            .iter()
            .any(|(_, other)| !other.over() && other.name == intent.name && other.subject == intent.subject)
        {
            return Err(words::launch_under_way(&intent.name));
        }
        let last: &[PersonView] = &checked.plan.reviewers;
        self.store.keep_value(
            &Self::last_reviewers_key(&org.key),
            &serde_json::to_string(last).unwrap_or_default(),
        )?;
        let id = self.store.new_launch(&org.key, &intent)?;
        let (intent, lost) = self.send_launch(&org, id, intent, Urgency::Click).await?;
        if lost {
            let engine = self.handle().ok_or_else(|| local::internal("launch"))?;
            let (org, intent) = (org.clone(), intent.clone());
            tokio::spawn(async move { engine.look_for_launch(&org, id, intent).await });
        }
        Ok(intent.view(id, &org.key))
    }

    /// Sends a launch that was written down. `true` when the answer was lost and it has to be looked for.
    pub(super) async fn send_launch(
        &self,
        org: &Org,
        id: i64,
        mut intent: Intent,
        urgency: Urgency,
    ) -> Result<(Intent, bool), Problem> {
        self.tell_launch(org, id, &intent);
        let call = Self::launch_call(
            &intent.subject,
            &intent.reviewers,
            &intent.name,
            intent.end_time.as_deref(),
        );
        hold(&self.reviews.sending).insert(id);
        let sent = self
            .review_send(org, Side::Admin, &call, urgency, &self.stop.child_token())
            .await;
        hold(&self.reviews.sending).remove(&id);
        let write = Write {
            org,
            app: "",
            label: &intent.name,
            action: format!("Launched the review {} of {}", intent.name, intent.subject_name),
            before: None,
        };
        if !matches!(sent, Err(Failure::Cancelled)) {
            intent.history = self.keep_write(&write, &call, &sent);
        }
        let lost = match sent {
            Ok(answer) => {
                let review = Review::read(&answer.body);
                if review.id.is_empty() {
                    // Taken, but the answer does not say as what: the list will.
                    intent.state = LaunchState::Looking;
                    true
                } else {
                    self.launched(org, &mut intent, &review);
                    false
                }
            }
            Err(Failure::Not(problem)) => {
                intent.state = LaunchState::Refused;
                intent.problem = Some(*problem);
                false
            }
            Err(Failure::Unknown(_)) => {
                intent.state = LaunchState::Looking;
                true
            }
            // Gatehouse is closing: the next run looks for it.
            Err(Failure::Cancelled) => false,
        };
        if lost {
            intent.until = Some(self.server_now(&org.key));
        }
        self.store.keep_launch(id, &intent)?;
        self.tell_launch(org, id, &intent);
        Ok((intent, lost))
    }

    /// Okta has it.
    fn launched(&self, org: &Org, intent: &mut Intent, review: &Review) {
        intent.state = state_of(&review.status);
        intent.review = Some(review.id.clone());
        intent.problem = None;
        let who = ProfileView {
            id: intent.subject.clone(),
            name: intent.subject_name.clone(),
            login: None,
            email: None,
            status: None,
            kind: Some("USER".into()),
        };
        self.keep_subject(&org.key, &review.id, who, true);
        let row = self.review_row(&org.key, Side::Admin, review, 0);
        self.tell_review(&org.key, Side::Admin, row);
        let after = json!({ "id": review.id, "name": review.name, "status": review.status, "endTime": review.end_time });
        let _ = self.settle_write(intent.history, Outcome::Done, Some(&after));
        if intent.state == LaunchState::Pending && !intent.many {
            self.watch_review(org, Side::Admin, &review.id);
        }
        self.changed(Topic::Reviews, Some(&org.key), None);
    }

    fn tell_launch(&self, org: &Org, id: i64, intent: &Intent) {
        if !intent.many {
            self.events.emit(Event::Launch {
                view: intent.view(id, &org.key),
            });
        }
    }

    /// Looks for a launch whose answer was lost, and writes down what was found.
    pub(super) async fn look_for_launch(&self, org: &Org, id: i64, mut intent: Intent) -> Intent {
        if !hold(&self.reviews.looking).insert(id) {
            return intent;
        }
        if intent.state != LaunchState::Looking {
            intent.state = LaunchState::Looking;
            self.tell_launch(org, id, &intent);
        }
        let found = self.find_launched(org, id, &intent).await;
        match found {
            Ok(Some(review)) => {
                intent.found = true;
                self.launched(org, &mut intent, &review);
            }
            Ok(None) => {
                intent.state = LaunchState::NotFound;
                intent.problem = Some(words::launch_not_found(&intent.name));
                let _ = self.settle_write(intent.history, Outcome::NotApplied, None);
            }
            Err(problem) if passing(&problem) => intent.problem = Some(problem),
            Err(problem) => {
                intent.state = LaunchState::Unknown;
                intent.problem = Some(Problem {
                    okta: problem.okta,
                    ..words::launch_unknown(&intent.name)
                });
            }
        }
        hold(&self.reviews.looking).remove(&id);
        // A file that can't be written was told with the launch; the next look finds the same again.
        let _ = self.store.keep_launch(id, &intent);
        self.tell_launch(org, id, &intent);
        intent
    }

    async fn find_launched(&self, org: &Org, id: i64, intent: &Intent) -> Result<Option<Review>, Problem> {
        let until = intent
            .until
            .or_else(|| intent.sent.checked_add(IN_FLIGHT).ok())
            .unwrap_or(intent.sent);
        let others: Vec<(i64, Intent)> = self.store.launches(&org.key)?;
        let taken: Vec<String> = others
            .into_iter()
            .filter(|(other, _)| *other != id)
            .filter_map(|(_, other)| other.review)
            .collect();
        let call = Call::new(&e::REVIEWS)
            .query("filter", term("name", "eq", &intent.name))
            .query("orderBy", "created desc")
            .query("limit", super::PAGE);
        let mut failed = None;
        for pause in PAUSES {
            if !self.rest(pause).await {
                return Err(local::no_answer(org.origin.host()));
            }
            let cancel = CancellationToken::new();
            let sent = self
                .review_send(org, Side::Admin, &call, Urgency::Click, &cancel)
                .await;
            let answer = match sent {
                Ok(answer) => answer,
                Err(failure) => {
                    let problem = failure.problem();
                    if !passing(&problem) {
                        return Err(problem);
                    }
                    failed = Some(problem);
                    continue;
                }
            };
            failed = None;
            let page = Page::read(&answer.body, "data", Review::read);
            for review in page.map(|page| page.rows).unwrap_or_default() {
                let fits = launch::same(
                    &intent.name,
                    intent.sent,
                    until,
                    &review.name,
                    review.created.as_deref(),
                ) && !taken.contains(&review.id)
                    && !review.id.is_empty();
                if fits && self.is_about(org, &review.id, &intent.subject).await {
                    return Ok(Some(review));
                }
            }
        }
        match failed {
            Some(problem) => Err(problem),
            None => Ok(None),
        }
    }

    /// Is a review of this name about this person? While it is pending Okta may not say; name and time decide then.
    async fn is_about(&self, org: &Org, review: &str, subject: &str) -> bool {
        match self.read_principal(org, Side::Admin, review).await {
            Ok(principal) => principal.profile.id.is_empty() || principal.profile.id == subject,
            Err(_) => true,
        }
    }

    /// Takes up what an earlier run left: lost answers are looked for, pending reviews watched.
    pub(super) fn resume_launches(&self, org: &Org) {
        let launches: Vec<(i64, Intent)> = self.store.launches(&org.key).unwrap_or_default();
        for (id, intent) in launches {
            if intent.many {
                continue;
            }
            match (intent.state, &intent.review) {
                (LaunchState::Sending | LaunchState::Looking, _) => self.look_again_for(org, id, intent),
                (LaunchState::Pending, Some(review)) => self.watch_review(org, Side::Admin, review),
                _ => {}
            }
        }
    }

    fn look_again_for(&self, org: &Org, id: i64, intent: Intent) {
        // What this run is sending right now is not lost.
        if hold(&self.reviews.sending).contains(&id) || hold(&self.reviews.looking).contains(&id) {
            return;
        }
        let Some(engine) = self.handle() else { return };
        let org = org.clone();
        tokio::spawn(async move { engine.look_for_launch(&org, id, intent).await });
    }

    /// Looks once more for a launch whose answer was lost.
    pub(crate) async fn check_launch_again(&self, args: &LaunchIdArgs) -> Result<LaunchView, Problem> {
        let (key, intent): (String, Intent) =
            self.store.launch(args.id)?.ok_or_else(words::no_such_launch)?;
        let org = self.org(&key)?;
        if !matches!(
            intent.state,
            LaunchState::NotFound | LaunchState::Unknown | LaunchState::Looking
        ) {
            return Ok(intent.view(args.id, &key));
        }
        let intent = self.look_for_launch(&org, args.id, intent).await;
        Ok(intent.view(args.id, &key))
    }

    pub(crate) fn dismiss_launch(&self, args: &LaunchIdArgs) -> Result<(), Problem> {
        let (_, intent): (String, Intent) = self.store.launch(args.id)?.ok_or_else(words::no_such_launch)?;
        if !intent.over() {
            return Err(words::launch_under_way(&intent.name));
        }
        self.store.drop_launch(args.id)?;
        Ok(())
    }

    /// A launched review is no longer pending.
    pub(super) fn launch_became(&self, org: &str, review: &str, status: &str) {
        let Ok(held) = self.org(org) else { return };
        let launches: Vec<(i64, Intent)> = self.store.launches(org).unwrap_or_default();
        for (id, mut intent) in launches {
            if intent.review.as_deref() == Some(review) && !intent.many {
                intent.state = state_of(status);
                let _ = self.store.keep_launch(id, &intent);
                self.tell_launch(&held, id, &intent);
            }
        }
    }
}

/// It may be known in a while.
fn passing(problem: &Problem) -> bool {
    matches!(
        problem.code,
        ProblemCode::Network
            | ProblemCode::OktaDown
            | ProblemCode::RateLimited
            | ProblemCode::UnexpectedAnswer
            | ProblemCode::Tls
            | ProblemCode::KeychainLocked
            | ProblemCode::KeychainSlow
            | ProblemCode::Cancelled
    )
}
