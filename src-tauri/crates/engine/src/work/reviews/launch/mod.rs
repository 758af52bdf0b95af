//! Launching a review, once. The intent is written down before it is sent; when the answer is lost, Okta's list is looked
//! through for the name and the time, and nothing is ever sent a second time.

mod look;
mod send;

use super::act::request;
use super::people::Reading;
use super::show;
use crate::engine::{Engine, hold, now};
use crate::ipc::review_args::{LaunchArgs, LaunchIdArgs};
use crate::ipc::views::orgs::OrgTag;
use crate::ipc::views::reviews::launch::{EndPreset, LaunchForm, LaunchPlan, LaunchState, LaunchView};
use crate::ipc::views::reviews::people::PersonView;
use crate::ipc::views::signin::CredentialKind;
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use domain::okta::call::{Call, Payload};
use domain::okta::endpoints as e;
use domain::okta::wire::people::Person;
use domain::problem::{Problem, local, reviews as words};
use domain::reviews::{body, launch};
use jiff::{SignedDuration, Timestamp};
use send::Sent;
use serde::{Deserialize, Serialize};

/// The same launch within this time is a second click, not a second wish.
const SECOND_CLICK: SignedDuration = SignedDuration::from_secs(20);

/// A launch as it is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::work::reviews) struct Intent {
    pub(in crate::work::reviews) name: String,
    pub(in crate::work::reviews) subject: String,
    pub(in crate::work::reviews) subject_name: String,
    pub(in crate::work::reviews) reviewers: Vec<String>,
    pub(in crate::work::reviews) end_time: Option<String>,
    /// When it was asked for.
    pub(in crate::work::reviews) at: String,
    /// When it was sent, by Okta's clock.
    pub(in crate::work::reviews) sent: Timestamp,
    /// When its answer was known to be lost.
    pub(in crate::work::reviews) until: Option<Timestamp>,
    pub(in crate::work::reviews) state: LaunchState,
    pub(in crate::work::reviews) review: Option<String>,
    pub(in crate::work::reviews) found: bool,
    pub(in crate::work::reviews) problem: Option<Problem>,
    /// One of many: told by their list.
    pub(in crate::work::reviews) many: bool,
    /// Its row of the history.
    pub(in crate::work::reviews) history: i64,
}

impl Intent {
    /// Nothing more is done about it by itself.
    pub(in crate::work::reviews) fn over(&self) -> bool {
        !matches!(self.state, LaunchState::Sending | LaunchState::Looking)
    }

    /// The same launch once more, while the other is on its way or has just been taken: a second click.
    fn is_again(&self, other: &Self) -> bool {
        let taken = !matches!(other.state, LaunchState::Refused | LaunchState::NotFound);
        let just_now = self.sent.duration_since(other.sent) < SECOND_CLICK;
        self.name == other.name && self.subject == other.subject && (!other.over() || (taken && just_now))
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

/// Today as it goes into a name.
pub(in crate::work::reviews) fn date(now: Timestamp) -> String {
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

    pub(in crate::work::reviews) fn launch_call(
        subject: &str,
        reviewers: &[String],
        name: &str,
        end_time: Option<&str>,
    ) -> Call {
        Call::new(&e::REVIEW_LAUNCH).body(Payload::plain(body::launch(subject, reviewers, name, end_time)))
    }

    async fn check_launch(&self, org: &Org, args: &LaunchArgs, when: Reading) -> Result<Checked, Problem> {
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
            let wanted = std::slice::from_ref(&args.subject);
            let read = self.people_by_id(org, wanted, when).await;
            let person = read
                .and_then(|people| people.into_iter().next().ok_or_else(words::no_such_person))
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
            .people_by_id(org, &args.reviewers, when)
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
        Ok(self.check_launch(&org, args, Reading::Lately).await?.plan)
    }

    /// Launches a review. Everything is checked anew, so that nothing goes out that Okta is known to refuse.
    pub(crate) async fn launch_review(&self, args: &LaunchArgs) -> Result<LaunchView, Problem> {
        let org = self.writable(&args.org)?;
        let checked = self.check_launch(&org, args, Reading::Now).await?;
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
        let last: &[PersonView] = &checked.plan.reviewers;
        self.store.keep_value(
            &Self::last_reviewers_key(&org.key),
            &serde_json::to_string(last).unwrap_or_default(),
        )?;
        let id = {
            // Two clicks at once must not both find nothing.
            let _one = hold(&self.reviews.launching);
            let before: Vec<(i64, Intent)> = self.store.launches(&org.key)?;
            if before.iter().any(|(_, other)| intent.is_again(other)) {
                return Err(words::launch_under_way(&intent.name));
            }
            self.store.new_launch(&org.key, &intent)?
        };
        let Sent { intent, lost, .. } = self.send_launch(&org, id, intent, Urgency::Click).await;
        if lost {
            let engine = self.handle().ok_or_else(|| local::internal("launch"))?;
            let (org, intent) = (org.clone(), intent.clone());
            tokio::spawn(async move { engine.look_for_launch(&org, id, intent).await });
        }
        Ok(intent.view(id, &org.key))
    }

    pub(crate) fn dismiss_launch(&self, args: &LaunchIdArgs) -> Result<(), Problem> {
        let (_, intent): (String, Intent) = self.store.launch(args.id)?.ok_or_else(words::no_such_launch)?;
        if !intent.over() {
            return Err(words::launch_under_way(&intent.name));
        }
        self.store.drop_launch(args.id)?;
        Ok(())
    }
}
