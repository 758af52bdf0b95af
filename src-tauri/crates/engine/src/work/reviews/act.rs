//! What is done with a whole review: commenting, closing, restoring all access, changing end and reviewers.

use super::people::Reading;
use super::{family, show};
use crate::engine::Engine;
use crate::ipc::events::Topic;
use crate::ipc::review_args::{CommentArgs, ReviewActArgs, ReviewArgs, ReviewHistoryArgs, ReviewUpdateArgs};
use crate::ipc::views::history::Outcome;
use crate::ipc::views::reviews::{RequestView, ReviewDetail, ReviewHistoryPage, ReviewRow, Side, UpdatePlan};
use crate::okta::client::Failure;
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use crate::work::history::Write;
use domain::okta::call::{Call, Payload};
use domain::okta::endpoints as e;
use domain::problem::{Problem, reviews as words};
use domain::reviews::{self as r, body, launch};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::time::Duration;

/// Pauses between looks whether a review is closed.
const PAUSES: [Duration; 3] = [
    Duration::from_millis(300),
    Duration::from_secs(1),
    Duration::from_secs(3),
];

/// Okta’s clock is known to the second, and its history may be written by another machine.
const CLOCKS: SignedDuration = SignedDuration::from_secs(3);

/// What the history keeps of a review.
fn kept(row: &ReviewRow) -> Value {
    json!({
        "id": row.id,
        "name": row.name,
        "status": row.status,
        "endTime": row.end_time,
        "reviewers": row.reviewers.iter().map(|it| &it.name).collect::<Vec<_>>(),
    })
}

/// A change that was checked.
struct Change {
    row: ReviewRow,
    plan: UpdatePlan,
    call: Option<Call>,
    end: Option<Timestamp>,
    reviewers: Option<Vec<String>>,
}

fn moment(text: Option<&str>) -> Option<Timestamp> {
    text?.parse().ok()
}

/// A request to look at.
pub(super) fn request(call: &Call, org: &Org) -> RequestView {
    RequestView {
        method: call.endpoint.method.as_str().into(),
        path: call.shown_path(),
        body: call
            .payload()
            .map(|it| serde_json::to_string_pretty(&it.shown()).unwrap_or_default()),
        curl: call.shown_curl(&org.origin),
    }
}

impl Engine {
    /// What was sent was taken, perhaps, but nobody saw it: so the history says, and so the person is told.
    fn unread(&self, row: i64, lost: Option<Problem>, problem: Problem) -> Problem {
        let _ = self.settle_write(row, Outcome::Unknown, None);
        lost.unwrap_or_else(|| words::taken_unread(problem))
    }

    /// Adds a comment, once, and reads the history back.
    pub(crate) async fn comment_review(&self, args: &CommentArgs) -> Result<ReviewHistoryPage, Problem> {
        let org = self.writable(&args.org)?;
        let text = launch::comment(&args.text)?;
        let _one = self
            .begin_once(&org.key, &args.review, format!("comment {text}"))
            .ok_or_else(words::comment_under_way)?;
        let (row, _) = self.read_review(&org, args.side, &args.review).await?;
        let call = Self::review_call(family(args.side).comment, &args.review)?
            .body(Payload::plain(body::comment(&text)));
        let begun = self.server_now(&org.key);
        let sent = self
            .review_send(&org, args.side, &call, Urgency::Click, &self.stop.child_token())
            .await;
        let write = Write {
            org: &org,
            app: "",
            label: &row.name,
            action: format!("Commented on the review {}", row.name),
            before: None,
        };
        let id = self.keep_write(&write, &call, &sent);
        let lost = match sent {
            Ok(_) => None,
            Err(Failure::Unknown(problem)) => Some(*problem),
            Err(failure) => return Err(failure.problem()),
        };
        let page = self
            .review_history_page(&ReviewHistoryArgs {
                org: args.org.clone(),
                side: args.side,
                review: args.review.clone(),
                after: None,
            })
            .await;
        let page = match page {
            Ok(page) => page,
            Err(problem) => return Err(self.unread(id, lost, problem)),
        };
        // A comment is never sent twice: when its answer was lost, the history says whether it arrived. An earlier entry
        // may hold the same words: “ok” is in many.
        let since = begun.checked_sub(CLOCKS).unwrap_or(begun);
        let shown = page.rows.iter().any(|entry| {
            moment(entry.at.as_deref()).is_some_and(|at| at >= since) && entry.message.contains(&text)
        });
        match lost {
            Some(problem) if !shown => Err(problem),
            _ => {
                let _ = self.settle_write(id, Outcome::Done, Some(&json!({ "comment": text })));
                Ok(page)
            }
        }
    }

    /// Closes a review or restores all access, if Okta offers it.
    pub(crate) async fn act_on_review(&self, args: &ReviewActArgs) -> Result<ReviewDetail, Problem> {
        let org = self.writable(&args.org)?;
        let (label, _, known) = r::review_action(&args.action);
        let _one = self
            .begin_once(&org.key, &args.review, format!("action {}", args.action))
            .ok_or_else(|| words::act_under_way(&label))?;
        let waiting = self.waiting_decisions(&org.key, &args.review);
        if waiting > 0 {
            return Err(words::decisions_waiting(waiting));
        }
        let (before, _) = self.read_review(&org, args.side, &args.review).await?;
        let offered = self.read_review_actions(&org, args.side, &args.review).await?;
        if !known || !offered.contains(&args.action) {
            return Err(words::not_offered(&label));
        }
        let call = Self::review_call(family(args.side).act, &args.review)?
            .body(Payload::plain(body::review_action(&args.action)));
        let sent = self
            .review_send(&org, args.side, &call, Urgency::Click, &self.stop.child_token())
            .await;
        let write = Write {
            org: &org,
            app: "",
            label: &before.name,
            action: format!("{label}: {}", before.name),
            before: Some(&kept(&before)),
        };
        let id = self.keep_write(&write, &call, &sent);
        let lost = match sent {
            Ok(_) => None,
            Err(Failure::Unknown(problem)) => Some(*problem),
            Err(failure) => return Err(failure.problem()),
        };
        let closing = args.action == "CLOSE_REVIEW";
        let mut pauses = PAUSES.iter();
        let row = loop {
            let row = match self.read_review(&org, args.side, &args.review).await {
                Ok((row, _)) => row,
                Err(problem) => {
                    let problem = self.unread(id, lost, problem);
                    self.changed(Topic::Reviews, Some(&org.key), None);
                    return Err(problem);
                }
            };
            if !closing || row.status == "CLOSED" {
                break row;
            }
            match pauses.next() {
                Some(pause) => tokio::time::sleep(*pause).await,
                None => break row,
            }
        };
        let outcome = match (&lost, closing, row.status == "CLOSED") {
            (_, true, true) | (None, false, _) => Outcome::Done,
            (None, true, false) => Outcome::NotApplied,
            (Some(_), _, _) => Outcome::Unknown,
        };
        let _ = self.settle_write(id, outcome, Some(&kept(&row)));
        self.changed(Topic::Reviews, Some(&org.key), None);
        if let (Some(problem), Outcome::Unknown) = (lost, outcome) {
            return Err(problem);
        }
        if args.action == "RESTORE_ALL_ACCESS" {
            self.follow_everything(&org, args.side, &args.review);
        }
        self.open_review(&ReviewArgs {
            org: args.org.clone(),
            side: args.side,
            review: args.review.clone(),
        })
        .await
    }

    async fn plan_change(
        &self,
        org: &Org,
        args: &ReviewUpdateArgs,
        when: Reading,
    ) -> Result<Change, Problem> {
        let (row, _) = self.read_review(org, Side::Admin, &args.review).await?;
        let mut problems = Vec::new();
        let mut changes = Vec::new();
        if let Some(resting) = r::resting(&row.status).filter(|_| row.status != "PENDING") {
            problems.push(Problem::bad_input(
                "endTime",
                "This review can’t be changed.",
                resting,
            ));
        }
        let now = self.server_now(&org.key);
        let mut end = None;
        if let Some(text) = &args.end_time
            && moment(Some(text)) != moment(row.end_time.as_deref())
        {
            let started = moment(row.created.as_deref()).unwrap_or(now);
            match launch::end(text, now, launch::When::Change(started)) {
                Ok(at) => {
                    end = Some(at);
                    changes.push(format!("It ends on {}.", at.strftime("%-d %B %Y, %H:%M UTC")));
                }
                Err(problem) => problems.push(problem),
            }
        }
        let mut reviewers = None;
        let mut people = Vec::new();
        if let Some(ids) = &args.reviewers {
            people = self.people_by_id(org, ids, when).await?;
            let subject = match self.read_principal(org, Side::Admin, &args.review).await {
                Ok(principal) => principal.profile.id,
                // Not known while it is pending; Okta will say.
                Err(_) => row.subject.as_ref().map(|it| it.id.clone()).unwrap_or_default(),
            };
            match launch::reviewers(&subject, &people) {
                Ok(ids) => {
                    let before: Vec<&String> = row.reviewers.iter().map(|it| &it.id).collect();
                    if ids.iter().collect::<Vec<_>>() != before {
                        let new = people.iter().filter(|it| !before.contains(&&it.id));
                        changes.extend(new.map(|it| format!("{} becomes a reviewer.", it.name())));
                        let gone = row.reviewers.iter().filter(|it| !ids.contains(&it.id));
                        changes.extend(gone.map(|it| format!("{} is no longer a reviewer.", it.name)));
                        reviewers = Some(ids);
                    }
                }
                Err(wrong) => problems.extend(wrong),
            }
        }
        let mut call = None;
        if problems.is_empty() {
            if end.is_none() && reviewers.is_none() {
                problems.push(words::nothing_changes());
            } else {
                let text = end.map(|at| at.to_string());
                call = Some(
                    Self::review_call(&e::REVIEW_UPDATE, &args.review)?.body(Payload::plain(body::update(
                        text.as_deref(),
                        reviewers.as_deref(),
                    ))),
                );
            }
        }
        let plan = UpdatePlan {
            problems,
            reviewers: people.iter().map(show::person).collect(),
            changes,
            request: call.as_ref().map(|call| request(call, org)),
        };
        Ok(Change {
            row,
            plan,
            call,
            end,
            reviewers,
        })
    }

    pub(crate) async fn plan_review_update(&self, args: &ReviewUpdateArgs) -> Result<UpdatePlan, Problem> {
        let org = self.org(&args.org)?;
        Ok(self.plan_change(&org, args, Reading::Lately).await?.plan)
    }

    /// Changes end or reviewers. The same twice is the same once, so after a lost answer it is read back, and sent once
    /// more at most.
    pub(crate) async fn update_review(&self, args: &ReviewUpdateArgs) -> Result<ReviewDetail, Problem> {
        let org = self.writable(&args.org)?;
        let change = self.plan_change(&org, args, Reading::Now).await?;
        let Some(call) = &change.call else {
            return Err(change
                .plan
                .problems
                .into_iter()
                .next()
                .unwrap_or_else(words::nothing_changes));
        };
        let mut again = true;
        loop {
            let sent = self
                .review_send(&org, Side::Admin, call, Urgency::Click, &self.stop.child_token())
                .await;
            let write = Write {
                org: &org,
                app: "",
                label: &change.row.name,
                action: format!("Changed the review {}", change.row.name),
                before: Some(&kept(&change.row)),
            };
            let id = self.keep_write(&write, call, &sent);
            let lost = match sent {
                Ok(_) => None,
                Err(Failure::Unknown(problem)) => Some(*problem),
                Err(failure) => return Err(failure.problem()),
            };
            let row = match self.read_review(&org, Side::Admin, &args.review).await {
                Ok((row, _)) => row,
                Err(problem) => {
                    let problem = self.unread(id, lost, problem);
                    self.changed(Topic::Reviews, Some(&org.key), None);
                    return Err(problem);
                }
            };
            let ids: Vec<&String> = row.reviewers.iter().map(|it| &it.id).collect();
            let ended = change.end.is_none_or(|at| {
                moment(row.end_time.as_deref()).is_some_and(|shown| shown.as_second() == at.as_second())
            });
            let set = change
                .reviewers
                .as_ref()
                .is_none_or(|wanted| wanted.len() == ids.len() && wanted.iter().all(|id| ids.contains(&id)));
            let done = ended && set;
            let outcome = if done { Outcome::Done } else { Outcome::NotApplied };
            let _ = self.settle_write(id, outcome, Some(&kept(&row)));
            match lost {
                Some(_) if !done && std::mem::take(&mut again) => continue,
                Some(problem) if !done => return Err(problem),
                None if !done => {
                    self.changed(Topic::Reviews, Some(&org.key), None);
                    return Err(words::not_shown_yet());
                }
                _ => {}
            }
            self.changed(Topic::Reviews, Some(&org.key), None);
            return self
                .open_review(&ReviewArgs {
                    org: args.org.clone(),
                    side: Side::Admin,
                    review: args.review.clone(),
                })
                .await;
        }
    }
}
