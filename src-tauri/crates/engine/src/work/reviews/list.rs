//! Lists of reviews: counts, and all pages of a tab, read in the background.

use super::{Listing, PAGE, cursor, family, on_with, show};
use crate::engine::{Engine, hold};
use crate::ipc::events::Event;
use crate::ipc::review_args::{ReviewsArgs, SideArgs};
use crate::ipc::views::reviews::{
    ProfileView, ReviewOrder, ReviewRow, ReviewStats, ReviewTab, ReviewsSnapshot, Side,
};
use crate::okta::pace::Urgency;
use crate::okta::receive::Pages;
use crate::store::orgs::Org;
use domain::okta::call::Call;
use domain::okta::wire::loose::Page;
use domain::okta::wire::review::{Review, stats};
use domain::problem::{Problem, local, reviews as words};
use domain::reviews::filter::term;
use std::collections::HashSet;
use tokio_util::sync::CancellationToken;

/// How a list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Order {
    by: ReviewOrder,
    descending: bool,
}

impl Order {
    fn text(self) -> String {
        let by = match self.by {
            ReviewOrder::Created => "created",
            ReviewOrder::EndTime => "endTime",
            ReviewOrder::Name => "name",
            ReviewOrder::Status => "status",
        };
        format!("{by} {}", if self.descending { "desc" } else { "asc" })
    }
}

/// The status a tab is about; `None` for all.
fn status(tab: ReviewTab) -> Option<&'static str> {
    match tab {
        ReviewTab::Active => Some("ACTIVE"),
        ReviewTab::Pending => Some("PENDING"),
        ReviewTab::Closed => Some("CLOSED"),
        ReviewTab::Error => Some("ERROR"),
        ReviewTab::All => None,
    }
}

impl<K> Listing<K, ReviewRow> {
    fn snapshot(&self) -> ReviewsSnapshot {
        ReviewsSnapshot {
            generation: self.generation,
            rows: self.rows.clone(),
            done: self.done,
            problem: self.problem.clone(),
        }
    }
}

/// Whose access a review is about, and whether Gatehouse launched it.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(super) struct Subject {
    pub(super) who: ProfileView,
    pub(super) ours: bool,
}

/// One page of a listing that is under way.
struct Part {
    rows: Vec<ReviewRow>,
    done: bool,
    problem: Option<Problem>,
}

/// Which listing.
struct Which {
    org: Org,
    side: Side,
    tab: ReviewTab,
    order: Order,
    generation: u32,
    cancel: CancellationToken,
}

impl Engine {
    pub(crate) async fn review_stats(&self, args: &SideArgs) -> Result<ReviewStats, Problem> {
        let org = self.org(&args.org)?;
        let answer = self
            .review_read(&org, args.side, &Call::new(family(args.side).stats))
            .await?;
        let found = stats(&answer.body)
            .ok_or_else(|| local::not_oktas_answer(org.origin.host(), "not the numbers of reviews"))?;
        let [active, pending, closed, error] = found;
        Ok(ReviewStats {
            active,
            pending,
            closed,
            error,
        })
    }

    pub(crate) async fn load_reviews(&self, args: &ReviewsArgs) -> Result<ReviewsSnapshot, Problem> {
        let org = self.org(&args.org)?;
        // Without a credential there is nothing to list, and the page says so at once.
        self.review_target(&org, args.side).await?;
        self.resume_launches(&org);
        self.watch_incident(&org);
        let order = Order {
            by: args.order,
            descending: args.descending,
        };
        let key = (org.key.clone(), args.side, args.tab);
        let mut lists = hold(&self.reviews.lists);
        let previous = lists.get(&key);
        if let Some(list) = previous
            && !args.refresh
            && list.serves(&order)
        {
            return Ok(list.snapshot());
        }
        let cancel = self.stop.child_token();
        let list = Listing::after(previous, order, cancel.clone());
        let generation = list.generation;
        let snapshot = list.snapshot();
        lists.insert(key, list);
        drop(lists);
        let engine = self.handle().ok_or_else(|| local::internal("list of reviews"))?;
        let which = Which {
            org,
            side: args.side,
            tab: args.tab,
            order,
            generation,
            cancel,
        };
        tokio::spawn(async move { engine.list_reviews(which).await });
        Ok(snapshot)
    }

    /// Adds rows and tells the window; `false` when another listing took over.
    fn add_reviews(&self, which: &Which, part: Part) -> bool {
        let key = (which.org.key.clone(), which.side, which.tab);
        {
            let mut lists = hold(&self.reviews.lists);
            let Some(list) = lists
                .get_mut(&key)
                .filter(|list| list.generation == which.generation)
            else {
                return false;
            };
            list.add(&part.rows, part.done, part.problem.as_ref());
        }
        self.events.emit(Event::Reviews {
            org: which.org.key.clone(),
            side: which.side,
            tab: which.tab,
            generation: which.generation,
            rows: part.rows,
            done: part.done,
            problem: part.problem,
        });
        true
    }

    async fn list_reviews(&self, which: Which) {
        let mut seen: HashSet<String> = HashSet::new();
        let mut pages = Pages::default();
        let mut after: Option<String> = None;
        let mut place = 0;
        loop {
            let mut call = Call::new(family(which.side).list)
                .query("limit", PAGE)
                .query("orderBy", which.order.text());
            if let Some(status) = status(which.tab) {
                call = call.query("filter", term("status", "eq", status));
            }
            if let Some(cursor) = &after {
                call = call.query("after", cursor.clone());
            }
            let urgency = if after.is_none() {
                Urgency::Click
            } else {
                Urgency::Background
            };
            let end = |problem| Part {
                rows: Vec::new(),
                done: true,
                problem: Some(problem),
            };
            let sent = self
                .review_send(&which.org, which.side, &call, urgency, &which.cancel)
                .await;
            let answer = match sent {
                Ok(answer) => answer,
                Err(failure) => {
                    self.add_reviews(&which, end(failure.ended_list()));
                    return;
                }
            };
            let host = which.org.origin.host();
            let Some(page) = Page::read(&answer.body, "data", Review::read) else {
                self.add_reviews(
                    &which,
                    end(local::not_oktas_answer(host, "not a list of reviews")),
                );
                return;
            };
            let mut rows = Vec::new();
            for review in &page.rows {
                place += 1;
                let row = self.review_row(&which.org.key, which.side, review, place);
                if seen.insert(row.id.clone()) {
                    rows.push(row);
                }
            }
            let next = cursor(&answer, call.url(&which.org.origin).path());
            let (next, odd) = on_with(pages.onward(next, !rows.is_empty()));
            let problem = odd.or_else(|| lost(page.lost));
            let part = Part {
                rows,
                done: next.is_none(),
                problem,
            };
            if !self.add_reviews(&which, part) {
                return;
            }
            match next {
                Some(cursor) => after = Some(cursor),
                None => break,
            }
        }
        self.name_makers(&which).await;
    }

    /// A row with what is known besides: whose it is, who made it, whether Gatehouse launched it.
    pub(super) fn review_row(&self, org: &str, side: Side, review: &Review, place: usize) -> ReviewRow {
        let mut row = show::review(review, place);
        self.learn_names(org, review.reviewers.iter().map(|it| (it.id.as_str(), it.name())));
        if let Some(subject) = self.subject_of(org, &row.id) {
            row.subject = Some(subject.who);
            row.ours = subject.ours;
        }
        self.fill_names(org, &mut row);
        hold(&self.reviews.known).insert((org.to_owned(), side, row.id.clone()), row.clone());
        // Whoever read it first: its launch is told too.
        if row.ours && row.status != "PENDING" {
            self.launch_became(org, &row.id, &row.status);
        }
        row
    }

    pub(super) fn subject_of(&self, org: &str, review: &str) -> Option<Subject> {
        self.store.subject(org, review).ok().flatten()
    }

    /// Remembers whose access a review is about. A note that is lost costs nothing but a name in a list.
    pub(super) fn keep_subject(&self, org: &str, review: &str, who: ProfileView, ours: bool) {
        let ours = ours || self.subject_of(org, review).is_some_and(|it| it.ours);
        let _ = self.store.keep_subject(org, review, &Subject { who, ours });
    }

    /// Names of those who made or changed reviews, once the list is there.
    async fn name_makers(&self, which: &Which) {
        let org = &which.org.key;
        let key = (org.clone(), which.side, which.tab);
        let rows: Vec<ReviewRow> = hold(&self.reviews.lists)
            .get(&key)
            .map(|list| list.rows.clone())
            .unwrap_or_default();
        self.learn_makers(&which.org, which.side, &rows, &which.cancel)
            .await;
        let changed: Vec<ReviewRow> = {
            let mut lists = hold(&self.reviews.lists);
            let Some(list) = lists
                .get_mut(&key)
                .filter(|list| list.generation == which.generation)
            else {
                return;
            };
            let mut changed = Vec::new();
            for row in &mut list.rows {
                let before = row.clone();
                self.fill_names(org, row);
                if *row != before {
                    changed.push(row.clone());
                }
            }
            changed
        };
        for review in changed {
            self.tell_review(org, which.side, review);
        }
    }

    /// A review was read: lists that hold it are brought up to date, and the window is told.
    pub(super) fn tell_review(&self, org: &str, side: Side, review: ReviewRow) {
        for (key, list) in hold(&self.reviews.lists).iter_mut() {
            if key.0 == org
                && key.1 == side
                && let Some(row) = list.rows.iter_mut().find(|row| row.id == review.id)
            {
                row.clone_from(&review);
            }
        }
        hold(&self.reviews.known).insert((org.to_owned(), side, review.id.clone()), review.clone());
        self.events.emit(Event::Review {
            org: org.to_owned(),
            side,
            review,
        });
    }
}

/// What is told of rows that could not be read.
pub(super) fn lost(count: usize) -> Option<Problem> {
    (count > 0).then(|| words::not_whole(&format!("{count} rows of a page could not be read.")))
}
