//! Looking pasted names up: ten at a time in one search, so that 200 names take some 20 requests.

use super::super::show;
use crate::engine::Engine;
use crate::ipc::views::reviews::incident::{IncidentRowState, IncidentState};
use crate::okta::client::Failure;
use crate::okta::pace::Urgency;
use crate::okta::receive::Next;
use crate::store::orgs::Org;
use domain::okta::call::Call;
use domain::okta::endpoints as e;
use domain::okta::wire::people::Person;
use domain::problem::{Problem, local, reviews as words};
use domain::reviews::incident::{Entry, MOST, batches, search};
use domain::reviews::{self as r};
use tokio_util::sync::CancellationToken;

/// Pages read of one search: common first names have many.
const PAGES: usize = 5;
/// People shown for an ambiguous row.
const CANDIDATES: usize = 10;

/// What is said where several people fit; not all of many are offered.
fn several(fit: usize) -> String {
    if fit > CANDIDATES {
        format!("{fit} people fit. Choose one of the first {CANDIDATES}, or edit the list and use the login.")
    } else {
        format!("{fit} people fit. Choose one.")
    }
}

impl Engine {
    /// Pages of people; the second part is true when there were more.
    async fn many_people(
        &self,
        org: &Org,
        call: impl Fn() -> Call,
        most: usize,
        cancel: &CancellationToken,
    ) -> Result<(Vec<Person>, bool), Failure> {
        let mut people = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..PAGES {
            let mut call = call().query("limit", super::super::PAGE);
            if let Some(cursor) = after.take() {
                call = call.query("after", cursor);
            }
            let answer = self.send(org, &call, Urgency::Click, cancel).await?;
            people.extend(Self::people_of(org, &answer).map_err(|it| Failure::Not(Box::new(it)))?);
            match answer.next {
                Next::After(_) if people.len() > most => return Ok((people, true)),
                Next::After(cursor) => after = Some(cursor),
                Next::None | Next::Elsewhere => return Ok((people, false)),
            }
        }
        Ok((people, true))
    }

    /// Who is in a group.
    pub(super) async fn people_of_group(&self, org: &Org, group: &str) -> Result<Vec<Person>, Problem> {
        let id = r::id(group, "a group")?;
        let cancel = self.stop.child_token();
        let call = || Call::new(&e::GROUP_USERS).param("groupId", id);
        let (people, more) = self.many_people(org, call, MOST, &cancel).await?;
        if more || people.len() > MOST {
            return Err(words::group_too_large(MOST));
        }
        if people.is_empty() {
            return Err(words::nothing_pasted().field("group"));
        }
        Ok(people)
    }

    pub(super) async fn resolve_incident(&self, org: &Org, entries: Vec<Entry>, cancel: &CancellationToken) {
        let mut stopped: Option<Problem> = None;
        let mut begin = 0;
        for chunk in batches(&entries) {
            let first = begin;
            begin += chunk.len();
            let call = || Call::new(&e::USERS).query("search", search(chunk));
            let (people, more) = match self.many_people(org, call, 1_000, cancel).await {
                Ok(found) => found,
                Err(Failure::Cancelled) => return,
                Err(failure) => {
                    stopped = Some(failure.problem());
                    break;
                }
            };
            self.learn_names(
                &org.key,
                people.iter().map(|person| (person.id.as_str(), person.name())),
            );
            let now = self.server_now(&org.key);
            let done = self.change_incident(&org.key, |run| {
                // Asked with the list held: another one may just have taken its place, and its rows are other people.
                if cancel.is_cancelled() {
                    return Err(words::no_incident());
                }
                for (place, entry) in chunk.iter().enumerate() {
                    let Some(row) = run.rows.get_mut(first + place) else {
                        continue;
                    };
                    let shown = &mut row.shown;
                    if shown.state != IncidentRowState::Unresolved {
                        continue;
                    }
                    let fits = entry.matching(&people);
                    let alive: Vec<&Person> = fits.iter().filter(|it| !it.deactivated()).collect();
                    match (fits.as_slice(), alive.as_slice()) {
                        ([], _) => {
                            shown.state = IncidentRowState::NotFound;
                            shown.note = Some(if more {
                                "Too many people are called alike. Use the login or the e-mail address.".into()
                            } else {
                                "Okta has nobody of this name, login, e-mail address or id that your admin role covers.".into()
                            });
                        }
                        ([one], _) => {
                            shown.person = Some(show::person(one));
                            shown.state = IncidentRowState::Ready;
                        }
                        (_, [one]) => {
                            shown.person = Some(show::person(one));
                            shown.state = IncidentRowState::Ready;
                        }
                        (many, _) => {
                            shown.candidates =
                                many.iter().take(CANDIDATES).map(show::person).collect();
                            shown.state = IncidentRowState::Ambiguous;
                            shown.note = Some(several(many.len()));
                        }
                    }
                }
                run.judge(now);
                Ok(())
            });
            if done.is_err() {
                return;
            }
        }
        let _ = self.change_incident(&org.key, |run| {
            if cancel.is_cancelled() {
                return Err(words::no_incident());
            }
            run.busy = false;
            run.head.state = IncidentState::Ready;
            if let Some(problem) = &stopped {
                run.head.why = format!(
                    "Looking up stopped: {} Paste the list again for the rest.",
                    problem.title
                );
                for row in &mut run.rows {
                    if row.shown.state == IncidentRowState::Unresolved {
                        row.shown.problem = Some(problem.clone());
                    }
                }
            }
            Ok(())
        });
    }

    /// What stops the whole list rather than one row.
    pub(super) fn stops_all(problem: &Problem) -> bool {
        use domain::problem::ProblemCode as C;
        matches!(
            problem.code,
            C::NotPermitted
                | C::SignInRefused
                | C::NotSignedIn
                | C::NotEnabledInOrg
                | C::Network
                | C::Tls
                | C::OktaDown
                | C::RateLimited
                | C::ReadOnly
                | C::KeychainLocked
                | C::KeychainDenied
                | C::KeychainMissing
                | C::KeychainNoEntry
                | C::KeychainSlow
                | C::Storage
                | C::UnexpectedAnswer
        )
    }

    /// The org as it is now, if it may still be written to.
    pub(super) fn still_writable(&self, key: &str) -> Result<Org, Problem> {
        self.writable(key).map_err(|problem| match problem.code {
            domain::problem::ProblemCode::NotFound => local::no_such_org(),
            _ => problem,
        })
    }
}
