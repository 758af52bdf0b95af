//! Security access reviews: listing, working through, launching, setting up, proving.
//!
//! Both families of calls, an admin's and a reviewer's, go through the same code; only the credential differs.

mod accesses;
mod act;
mod decide;
mod doctor;
mod evidence;
mod follow;
mod incident;
mod launch;
mod list;
mod locked;
mod makers;
mod memory;
mod once;
mod open;
mod people;
mod reference;
mod show;
mod summary;
mod watch;

pub(crate) use decide::left_behind;
pub use evidence::{Folders, OneFolder};

use crate::engine::{Engine, hold};
use crate::ipc::events::{Event, Topic};
use crate::ipc::views::reviews::items::{AccessRow, SubAccessRow};
use crate::ipc::views::reviews::{AiState, ReviewRow, ReviewTab, Side};
use crate::ipc::views::signin::CredentialKind;
use crate::okta::client::{Answer, Failure, Target};
use crate::okta::pace::Urgency;
use crate::okta::receive::{Next, Onward};
use crate::store::orgs::Org;
use domain::okta::call::Call;
use domain::okta::wire::loose;
use domain::okta::wire::people::Person;
use domain::problem::{Problem, reviews as words};
use domain::reviews::{ADMIN, Family, MINE};
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU32, AtomicU64};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// Rows a page; Okta's most.
const PAGE: &str = "200";

/// How long things take. Tests shorten them.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// A decision waits this long before it is sent.
    pub delay: Duration,
    /// Between two looks at a review that is not ready.
    pub watch: Duration,
    /// Before the first look at an item that was decided.
    pub follow: Duration,
    /// Before the second look for a launch whose answer was lost; later ones take longer.
    pub look: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            delay: Duration::from_secs(8),
            watch: Duration::from_secs(15),
            follow: Duration::from_secs(3),
            look: Duration::from_secs(2),
        }
    }
}

/// One listing, kept for the session.
struct Listing<K, R> {
    generation: u32,
    key: K,
    rows: Vec<R>,
    done: bool,
    problem: Option<Problem>,
    cancel: CancellationToken,
}

impl<K: PartialEq, R: Clone> Listing<K, R> {
    /// It can answer what is wanted: the same, under way or whole.
    fn serves(&self, wanted: &K) -> bool {
        self.key == *wanted && (self.problem.is_none() || !self.done)
    }

    /// A new one in the place of another, which is stopped.
    fn after(previous: Option<&Self>, key: K, cancel: CancellationToken) -> Self {
        let generation = previous.map_or(1, |list| {
            list.cancel.cancel();
            list.generation + 1
        });
        Self {
            generation,
            key,
            rows: Vec::new(),
            done: false,
            problem: None,
            cancel,
        }
    }

    fn add(&mut self, rows: &[R], done: bool, problem: Option<&Problem>) {
        self.rows.extend_from_slice(rows);
        self.done = done;
        self.problem = problem.cloned();
    }
}

/// The cursor to go on with, or what is odd about the end.
fn on_with(onward: Onward) -> (Option<String>, Option<Problem>) {
    match onward {
        Onward::To(cursor) => (Some(cursor), None),
        Onward::End => (None, None),
        Onward::Repeats => (None, Some(words::not_whole("Okta’s pages repeat."))),
        Onward::Elsewhere => (
            None,
            Some(words::not_whole(
                "The next page is somewhere Gatehouse does not follow.",
            )),
        ),
    }
}

/// Which list.
type ListKey = (String, Side, ReviewTab);
/// Which review.
type ReviewKey = (String, Side, String);

/// Everything of this run about security access reviews.
#[derive(Default)]
pub(crate) struct Reviews {
    times: Mutex<Times>,
    lists: Mutex<HashMap<ListKey, Listing<list::Order, ReviewRow>>>,
    /// Reviews as last read.
    known: Mutex<HashMap<ReviewKey, ReviewRow>>,
    accesses: Mutex<HashMap<ReviewKey, Listing<accesses::Wanted, AccessRow>>>,
    /// Items as last read, by id; what lies below by the item it is below of.
    items: Mutex<HashMap<ReviewKey, HashMap<String, AccessRow>>>,
    below: Mutex<HashMap<(ReviewKey, String), Vec<SubAccessRow>>>,
    /// Reviews whose items were looked at, the last one last.
    opened: Mutex<Vec<ReviewKey>>,
    decisions: Mutex<Vec<decide::Decision>>,
    /// How many there were; each has a number that no other had in this run.
    decided: AtomicU32,
    /// Comments and actions on whole reviews that are being sent.
    under_way: Mutex<HashSet<once::Sent>>,
    /// Reviews whose decisions are followed, and how many locks there had been when that began.
    following: Mutex<HashMap<ReviewKey, u64>>,
    watched: Mutex<HashMap<(String, Side), watch::Watched>>,
    /// How often one began to watch.
    watches: AtomicU64,
    /// How often Gatehouse was locked, and how often it had been when somebody was back.
    locks: AtomicU64,
    back: AtomicU64,
    /// Orgs whose launches are to be taken up by then.
    left: Mutex<HashSet<String>>,
    /// Names of people by id.
    names: Mutex<HashMap<(String, String), String>>,
    /// Ids whose names were asked for.
    unnamed: Mutex<HashSet<(String, String)>>,
    /// People as read a moment ago, for previews.
    people: Mutex<HashMap<(String, String), (Instant, Person)>>,
    ai: Mutex<HashMap<String, AiState>>,
    /// Launches this run is sending, and those whose lost answer it looks for.
    sending: Mutex<HashSet<i64>>,
    looking: Mutex<HashSet<i64>>,
    /// Held while it is looked whether a launch is under way already, and written down.
    launching: Mutex<()>,
    incidents: Mutex<HashMap<String, incident::Run>>,
    doctors: Mutex<HashMap<String, crate::work::service::Setup>>,
    evidence: Mutex<HashMap<ReviewKey, evidence::Job>>,
    folders: Mutex<Option<Arc<dyn Folders>>>,
}

/// The calls of a side.
fn family(side: Side) -> &'static Family {
    match side {
        Side::Admin => &ADMIN,
        Side::My => &MINE,
    }
}

/// Where the next page is: governance says it in the body, with links on the `-admin` host at times, and in a header.
fn cursor(answer: &Answer, path: &str) -> Next {
    match (loose::next(&answer.body, path), &answer.next) {
        (Ok(Some(after)), _) => Next::After(after),
        (_, Next::After(after)) => Next::After(after.clone()),
        (Err(_), _) => Next::Elsewhere,
        (Ok(None), next) => next.clone(),
    }
}

impl Engine {
    /// Other times than a person's (tests).
    pub fn set_review_times(&self, times: Times) {
        *hold(&self.reviews.times) = times;
    }

    fn times(&self) -> Times {
        *hold(&self.reviews.times)
    }

    /// Where the calls of a side go, and with which credential. One's own reviews need a person, whatever is in use.
    async fn review_target(&self, org: &Org, side: Side) -> Result<Target, Problem> {
        match side {
            Side::Admin => self.target(org).await,
            Side::My => {
                let held = self.store.credentials(&org.key)?;
                if held.iter().any(|(kind, _)| *kind == CredentialKind::SignIn) {
                    self.target_with(org, CredentialKind::SignIn).await
                } else {
                    Err(words::needs_person(org.origin.host()))
                }
            }
        }
    }

    /// Sends a call about reviews. A refusal says what it means for reviews.
    async fn review_send(
        &self,
        org: &Org,
        side: Side,
        call: &Call,
        urgency: Urgency,
        cancel: &CancellationToken,
    ) -> Result<Answer, Failure> {
        self.turn(org, call, urgency, cancel).await?;
        let target = self
            .review_target(org, side)
            .await
            .map_err(|problem| Failure::Not(Box::new(problem)))?;
        let answer = self.client.send(&target, call, urgency, cancel).await;
        match answer {
            Ok(answer) => {
                self.used(&org.key);
                Ok(answer)
            }
            Err(Failure::Not(problem)) => {
                let holder = target.credential.holder();
                let said = words::about(*problem, org.origin.host(), holder, side == Side::My);
                Err(Failure::Not(Box::new(said)))
            }
            Err(other) => Err(other),
        }
    }

    /// A read a person waits for.
    async fn review_read(&self, org: &Org, side: Side, call: &Call) -> Result<Answer, Problem> {
        let cancel = self.stop.child_token();
        Ok(self.review_send(org, side, call, Urgency::Click, &cancel).await?)
    }

    /// Drops everything of an org: notes about reviews, waiting decisions, lists.
    pub(crate) fn forget_reviews(&self, org: &str) -> Result<(), Problem> {
        self.forget_decisions(org);
        let reviews = &self.reviews;
        hold(&reviews.lists).retain(|(held, ..), list| {
            let keep = held != org;
            if !keep {
                list.cancel.cancel();
            }
            keep
        });
        hold(&reviews.accesses).retain(|(held, ..), list| {
            let keep = held != org;
            if !keep {
                list.cancel.cancel();
            }
            keep
        });
        hold(&reviews.known).retain(|(held, ..), _| held != org);
        hold(&reviews.watched).retain(|(held, _), _| held != org);
        hold(&reviews.left).remove(org);
        hold(&reviews.items).retain(|(held, ..), _| held != org);
        hold(&reviews.opened).retain(|(held, ..)| held != org);
        hold(&reviews.below).retain(|((held, ..), _), _| held != org);
        hold(&reviews.names).retain(|(held, _), _| held != org);
        hold(&reviews.unnamed).retain(|(held, _)| held != org);
        hold(&reviews.people).retain(|(held, _), _| held != org);
        hold(&reviews.ai).remove(org);
        let run = hold(&reviews.incidents).remove(org);
        if let Some(run) = run {
            run.cancel.cancel();
            // Or it would be taken for still running by those who ask before they close.
            self.events.emit(Event::Incident {
                org: org.to_owned(),
                head: None,
                rows: Vec::new(),
            });
        }
        let doctor = hold(&reviews.doctors).remove(org);
        if let Some(doctor) = doctor.filter(|it| it.view.running) {
            let mut view = doctor.view.clone();
            view.running = false;
            self.events.emit(Event::Doctor { view });
        }
        hold(&reviews.evidence).retain(|(held, ..), job| {
            let keep = held != org;
            if !keep {
                job.cancel.cancel();
            }
            keep
        });
        self.store.drop_reviews(org)?;
        self.changed(Topic::Reviews, Some(org), None);
        Ok(())
    }
}
