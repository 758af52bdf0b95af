//! Looking for a launch whose answer was lost.

use super::Intent;
use crate::engine::{Engine, hold};
use crate::ipc::review_args::LaunchIdArgs;
use crate::ipc::views::history::Outcome;
use crate::ipc::views::reviews::Side;
use crate::ipc::views::reviews::launch::{LaunchState, LaunchView};
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use domain::okta::call::Call;
use domain::okta::endpoints as e;
use domain::okta::wire::loose::Page;
use domain::okta::wire::review::Review;
use domain::problem::{Problem, ProblemCode, local, reviews as words};
use domain::reviews::filter::term;
use domain::reviews::launch;
use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

/// Looks for a lost launch: at once, then after these multiples of a pause, because a list may lag behind.
const LOOKS: [u32; 4] = [0, 1, 3, 8];
/// How long after it was written down a request whose end nobody saw may have been carried out: before it goes it waits
/// for its place inside the rate limit.
const IN_FLIGHT: SignedDuration = SignedDuration::from_mins(15);
/// How long after its answer was lost it may still be carried out.
const LATE: SignedDuration = SignedDuration::from_mins(5);

impl Engine {
    /// Looks for a launch whose answer was lost, and writes down what was found.
    pub(in crate::work::reviews) async fn look_for_launch(
        &self,
        org: &Org,
        id: i64,
        mut intent: Intent,
    ) -> Intent {
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
        let until = match intent.until {
            Some(until) => until.checked_add(LATE),
            None => intent.sent.checked_add(IN_FLIGHT),
        }
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
            .query("limit", super::super::PAGE);
        let mut failed = None;
        for times in LOOKS {
            if !self.rest(self.times().look * times).await {
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
                if !fits {
                    continue;
                }
                match self.is_about(org, &review, &intent.subject).await {
                    Ok(true) => return Ok(Some(review)),
                    Ok(false) => {}
                    Err(problem) if passing(&problem) => failed = Some(problem),
                    Err(problem) => return Err(problem),
                }
            }
        }
        match failed {
            Some(problem) => Err(problem),
            None => Ok(None),
        }
    }

    /// Is a review of this name about this person? While it is pending Okta may not say; name and time decide then.
    async fn is_about(&self, org: &Org, review: &Review, subject: &str) -> Result<bool, Problem> {
        match self.read_principal(org, Side::Admin, &review.id).await {
            Ok(principal) => Ok(principal.profile.id.is_empty() || principal.profile.id == subject),
            Err(problem) if review.status == "PENDING" && !passing(&problem) => Ok(true),
            Err(problem) => Err(problem),
        }
    }

    /// Takes up what an earlier run left: lost answers are looked for, pending reviews watched.
    pub(in crate::work::reviews) fn resume_launches(&self, org: &Org) {
        if self.reviews_rest() {
            hold(&self.reviews.left).insert(org.key.clone());
            return;
        }
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
