//! Access items of a review, what lies below them, what is unusual about them.

use super::{Listing, PAGE, ReviewKey, cursor, family, on_with, show};
use crate::engine::{Engine, hold};
use crate::ipc::events::Event;
use crate::ipc::review_args::{AccessArgs, AccessesArgs, TargetArgs};
use crate::ipc::views::reviews::Side;
use crate::ipc::views::reviews::items::{
    AccessFilter, AccessFilterBy, AccessOrder, AccessRow, AccessesSnapshot, AnomalyView, SubAccesses,
};
use crate::okta::client::Failure;
use crate::okta::pace::Urgency;
use crate::okta::receive::{Next, Pages};
use crate::store::orgs::Org;
use domain::okta::wire::access::{Access, Anomaly, SubAccess};
use domain::okta::wire::loose::Page;
use domain::problem::{Problem, local, reviews as words};
use domain::reviews as r;
use domain::reviews::filter::term;
use std::collections::HashSet;
use tokio_util::sync::CancellationToken;

/// Pages of sub-accesses read at once: 10,000 things below one app.
const BELOW_PAGES: u32 = 50;

/// What a listing is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    order: AccessOrder,
    descending: bool,
    filter: Option<AccessFilter>,
}

impl Wanted {
    fn order_by(&self) -> String {
        let by = match self.order {
            AccessOrder::Priority => "priority",
            AccessOrder::LastAccess => "lastAccess",
            AccessOrder::AccessFrequency => "accessFrequency",
        };
        format!("{by} {}", if self.descending { "desc" } else { "asc" })
    }

    fn filter(&self) -> Option<String> {
        let filter = self.filter.as_ref().filter(|it| !it.value.trim().is_empty())?;
        let (name, op) = match filter.by {
            AccessFilterBy::Priority => ("priority", "eq"),
            AccessFilterBy::SodConflict => ("sodConflictSeverity", "eq"),
            AccessFilterBy::AssignmentMethod => ("assignmentMethodSeverity", "eq"),
            AccessFilterBy::PastDecisions => ("pastGovernanceDecisionsSeverity", "eq"),
            AccessFilterBy::UsageHistory => ("usageHistorySeverity", "eq"),
            AccessFilterBy::Name => ("name", "co"),
            AccessFilterBy::Label => ("governanceLabel", "co"),
        };
        Some(term(name, op, filter.value.trim()))
    }
}

impl<K> Listing<K, AccessRow> {
    fn snapshot(&self) -> AccessesSnapshot {
        AccessesSnapshot {
            generation: self.generation,
            rows: self.rows.clone(),
            done: self.done,
            problem: self.problem.clone(),
        }
    }
}

/// A listing under way.
struct Which {
    org: Org,
    key: ReviewKey,
    wanted: Wanted,
    generation: u32,
    cancel: CancellationToken,
}

impl Engine {
    pub(crate) fn load_accesses(&self, args: &AccessesArgs) -> Result<AccessesSnapshot, Problem> {
        let org = self.org(&args.org)?;
        r::id(&args.review, "a review")?;
        let wanted = Wanted {
            order: args.order,
            descending: args.descending,
            filter: args.filter.clone(),
        };
        let key = (org.key.clone(), args.side, args.review.clone());
        self.opened_items(&key);
        let mut lists = hold(&self.reviews.accesses);
        let previous = lists.get(&key);
        if let Some(list) = previous
            && !args.refresh
            && list.serves(&wanted)
        {
            return Ok(list.snapshot());
        }
        let cancel = self.stop.child_token();
        let list = Listing::after(previous, wanted.clone(), cancel.clone());
        let generation = list.generation;
        let snapshot = list.snapshot();
        lists.insert(key.clone(), list);
        drop(lists);
        let engine = self
            .handle()
            .ok_or_else(|| local::internal("list of access items"))?;
        let which = Which {
            org,
            key,
            wanted,
            generation,
            cancel,
        };
        tokio::spawn(async move { engine.list_accesses(which).await });
        Ok(snapshot)
    }

    fn add_accesses(
        &self,
        which: &Which,
        rows: Vec<AccessRow>,
        done: bool,
        problem: Option<Problem>,
    ) -> bool {
        {
            let mut lists = hold(&self.reviews.accesses);
            let Some(list) = lists
                .get_mut(&which.key)
                .filter(|list| list.generation == which.generation)
            else {
                return false;
            };
            list.add(&rows, done, problem.as_ref());
        }
        let (org, side, review) = which.key.clone();
        self.events.emit(Event::Accesses {
            org,
            side,
            review,
            generation: which.generation,
            rows,
            done,
            problem,
        });
        true
    }

    async fn list_accesses(&self, which: Which) {
        let mut pages = Pages::default();
        let mut seen: HashSet<String> = HashSet::new();
        let mut after: Option<String> = None;
        let mut place = 0;
        loop {
            let read = self.accesses_page(&which, after.as_deref(), &mut place).await;
            let (rows, next, lost) = match read {
                Ok(page) => page,
                Err(problem) => {
                    self.add_accesses(&which, Vec::new(), true, Some(problem));
                    return;
                }
            };
            let rows: Vec<AccessRow> = rows
                .into_iter()
                .filter(|row| seen.insert(row.id.clone()))
                .collect();
            let (next, odd) = on_with(pages.onward(next, !rows.is_empty()));
            let problem = odd.or_else(|| super::list::lost(lost));
            if !self.add_accesses(&which, rows, next.is_none(), problem) {
                return;
            }
            match next {
                Some(cursor) => after = Some(cursor),
                None => return,
            }
        }
    }

    async fn accesses_page(
        &self,
        which: &Which,
        after: Option<&str>,
        place: &mut usize,
    ) -> Result<(Vec<AccessRow>, Next, usize), Problem> {
        let (_, side, review) = &which.key;
        let mut call = Self::review_call(family(*side).accesses, review)?
            .query("limit", PAGE)
            .query("orderBy", which.wanted.order_by());
        if let Some(filter) = which.wanted.filter() {
            call = call.query("filter", filter);
        }
        if let Some(cursor) = after {
            call = call.query("after", cursor);
        }
        let urgency = if after.is_none() {
            Urgency::Click
        } else {
            Urgency::Background
        };
        let answer = self
            .review_send(&which.org, *side, &call, urgency, &which.cancel)
            .await
            .map_err(Failure::ended_list)?;
        let host = which.org.origin.host();
        let page = Page::read(&answer.body, "data", Access::read)
            .ok_or_else(|| local::not_oktas_answer(host, "not a list of access items"))?;
        let next = cursor(&answer, call.url(&which.org.origin).path());
        let rows: Vec<AccessRow> = page
            .rows
            .iter()
            .map(|access| {
                *place += 1;
                show::access(access, *place)
            })
            .collect();
        self.learn_items(&which.key, &rows);
        Ok((rows, next, page.lost))
    }

    /// Keeps items as they were read last.
    pub(super) fn learn_items(&self, key: &ReviewKey, rows: &[AccessRow]) {
        let mut items = hold(&self.reviews.items);
        let known = items.entry(key.clone()).or_default();
        for row in rows {
            known.insert(row.id.clone(), row.clone());
        }
    }

    /// All pages of the items of a review, in Okta's order, for those who need them whole.
    pub(super) async fn all_accesses(
        &self,
        org: &Org,
        side: Side,
        review: &str,
        cancel: &CancellationToken,
    ) -> Result<(Vec<AccessRow>, Option<Problem>), Problem> {
        let which = Which {
            org: org.clone(),
            key: (org.key.clone(), side, review.to_owned()),
            wanted: Wanted {
                order: AccessOrder::Priority,
                descending: true,
                filter: None,
            },
            generation: 0,
            cancel: cancel.clone(),
        };
        let (mut all, mut after, mut lost_rows, mut place) = (Vec::new(), None::<String>, 0, 0);
        let mut cursors: HashSet<String> = HashSet::new();
        let odd = loop {
            let (rows, next, lost) = self.accesses_page(&which, after.as_deref(), &mut place).await?;
            all.extend(rows);
            lost_rows += lost;
            match next {
                Next::None => break None,
                Next::After(cursor) if cursors.insert(cursor.clone()) => after = Some(cursor),
                Next::After(_) | Next::Elsewhere => {
                    break Some(words::not_whole("Okta’s pages repeat or lead elsewhere."));
                }
            }
        };
        Ok((all, odd.or_else(|| super::list::lost(lost_rows))))
    }

    /// What lies below an item, all of it.
    pub(crate) async fn read_below(&self, args: &AccessArgs) -> Result<SubAccesses, Problem> {
        let org = self.org(&args.org)?;
        let cancel = self.stop.child_token();
        self.below_of(
            &org,
            args.side,
            &args.review,
            &args.access,
            Urgency::Click,
            &cancel,
        )
        .await
    }

    pub(super) async fn below_of(
        &self,
        org: &Org,
        side: Side,
        review: &str,
        access: &str,
        urgency: Urgency,
        cancel: &CancellationToken,
    ) -> Result<SubAccesses, Problem> {
        let mut rows = Vec::new();
        let (mut after, mut lost_rows, mut odd) = (None::<String>, 0, None);
        let mut cursors: HashSet<String> = HashSet::new();
        for _ in 0..BELOW_PAGES {
            let mut call = Self::review_call(family(side).below, review)?
                .param("securityAccessReviewAccessId", r::id(access, "an access item")?)
                .query("limit", PAGE)
                .query("orderBy", "priority desc");
            if let Some(cursor) = after.take() {
                call = call.query("after", cursor);
            }
            let answer = self.review_send(org, side, &call, urgency, cancel).await?;
            let page = Page::read(&answer.body, "data", SubAccess::read)
                .ok_or_else(|| local::not_oktas_answer(org.origin.host(), "not a list of sub-accesses"))?;
            lost_rows += page.lost;
            let begin = rows.len();
            rows.extend(
                page.rows
                    .iter()
                    .enumerate()
                    .map(|(place, sub)| show::sub(sub, begin + place)),
            );
            match cursor(&answer, call.url(&org.origin).path()) {
                Next::None => break,
                Next::After(cursor) if cursors.insert(cursor.clone()) => after = Some(cursor),
                Next::After(_) | Next::Elsewhere => {
                    odd = Some(words::not_whole("Okta’s pages repeat or lead elsewhere."));
                    break;
                }
            }
        }
        if after.is_some() {
            odd = Some(words::not_whole("There are more than Gatehouse reads at once."));
        }
        let key = (org.key.clone(), side, review.to_owned());
        hold(&self.reviews.below).insert((key, access.to_owned()), rows.clone());
        Ok(SubAccesses {
            rows,
            problem: odd.or_else(|| super::list::lost(lost_rows)),
        })
    }

    /// What is unusual about an item, in whole sentences.
    pub(crate) async fn read_anomalies(&self, args: &TargetArgs) -> Result<Vec<AnomalyView>, Problem> {
        let org = self.org(&args.org)?;
        let target = args.sub.as_deref().unwrap_or(&args.access);
        let cancel = self.stop.child_token();
        self.anomalies_of(&org, args.side, &args.review, target, Urgency::Click, &cancel)
            .await
    }

    pub(super) async fn anomalies_of(
        &self,
        org: &Org,
        side: Side,
        review: &str,
        target: &str,
        urgency: Urgency,
        cancel: &CancellationToken,
    ) -> Result<Vec<AnomalyView>, Problem> {
        let call = Self::review_call(family(side).anomalies, review)?
            .param("securityAccessReviewTargetId", r::id(target, "an item")?);
        let answer = self.review_send(org, side, &call, urgency, cancel).await?;
        let page = Page::read(&answer.body, "data", Anomaly::read)
            .ok_or_else(|| local::not_oktas_answer(org.origin.host(), "not a list of anomalies"))?;
        let now = self.server_now(&org.key);
        Ok(page.rows.iter().map(|it| show::anomaly(it, now)).collect())
    }

    /// Now, by the org's own clock as far as it is known.
    pub(super) fn server_now(&self, org: &str) -> jiff::Timestamp {
        jiff::Timestamp::from_second(self.client.time(org)).unwrap_or_else(|_| jiff::Timestamp::now())
    }
}
