//! One review: its head, who is reviewed, what can be done with the whole of it.

use super::{family, show};
use crate::engine::{Engine, hold};
use crate::ipc::review_args::{ReviewArgs, ReviewHistoryArgs};
use crate::ipc::views::reviews::{
    AiState, PrincipalView, ReviewDetail, ReviewHistoryPage, ReviewRow, Side, SummaryState, SummaryView,
};
use crate::okta::receive::Next;
use crate::store::orgs::Org;
use crate::work::service::unreadable;
use domain::okta::call::Call;
use domain::okta::endpoints as e;
use domain::okta::wire::loose::Page;
use domain::okta::wire::review::{Entry, Principal, Review, actions};
use domain::problem::{Problem, local, reviews as words};
use domain::reviews::{self as r};
use serde_json::Value;

impl Engine {
    /// A call about one review; refuses what is no id before it gets into a path.
    pub(super) fn review_call(
        endpoint: &'static domain::okta::endpoints::Endpoint,
        review: &str,
    ) -> Result<Call, Problem> {
        let id = r::id(review, "a review")?;
        Ok(Call::new(endpoint).param("securityAccessReviewId", id))
    }

    /// Reads a review's head.
    pub(super) async fn read_review(
        &self,
        org: &Org,
        side: Side,
        review: &str,
    ) -> Result<(ReviewRow, Review), Problem> {
        let call = Self::review_call(family(side).get, review)?;
        let answer = self.review_read(org, side, &call).await?;
        if !answer.body.is_object() {
            return Err(local::not_oktas_answer(org.origin.host(), "not a review"));
        }
        let mut found = Review::read(&answer.body);
        if found.id.is_empty() {
            found.id = review.to_owned();
        }
        let row = self.review_row(&org.key, side, &found, 0);
        Ok((row, found))
    }

    pub(super) async fn read_principal(
        &self,
        org: &Org,
        side: Side,
        review: &str,
    ) -> Result<PrincipalView, Problem> {
        let call = Self::review_call(family(side).principal, review)?;
        let answer = self.review_read(org, side, &call).await?;
        if !answer.body.is_object() {
            return Err(local::not_oktas_answer(
                org.origin.host(),
                "not the person reviewed",
            ));
        }
        Ok(show::principal(&Principal::read(&answer.body)))
    }

    /// Everything the head of the workspace shows. What can't be read besides the review itself is told beside it.
    pub(crate) async fn open_review(&self, args: &ReviewArgs) -> Result<ReviewDetail, Problem> {
        let org = self.org(&args.org)?;
        let (mut row, found) = self.read_review(&org, args.side, &args.review).await?;
        let cancel = self.stop.child_token();
        self.learn_makers(&org, args.side, std::slice::from_ref(&row), &cancel)
            .await;
        self.fill_names(&org.key, &mut row);
        let principal = self.read_principal(&org, args.side, &args.review).await;
        if let Ok(principal) = &principal {
            let who = principal.profile.clone();
            self.learn_names(&org.key, std::iter::once((who.id.as_str(), who.name.clone())));
            self.keep_subject(&org.key, &row.id, who.clone(), false);
            row.subject = Some(who);
        }
        self.tell_review(&org.key, args.side, row.clone());
        let offered = self.read_review_actions(&org, args.side, &args.review).await;
        let pending = row.status == "PENDING";
        if pending {
            self.watch_review(&org, args.side, &row.id);
        }
        let summary = found.summary.map(|it| SummaryView {
            state: if it.errors.is_empty() {
                SummaryState::Ready
            } else {
                SummaryState::Failed
            },
            text: it.message,
            errors: it.errors.into_iter().map(|(_, said)| said).collect(),
            at: crate::engine::now(),
        });
        let (principal, principal_problem) = split(principal);
        let (offered, actions_problem) = split(offered);
        Ok(ReviewDetail {
            org: org.key.clone(),
            side: args.side,
            editable: args.side == Side::Admin && matches!(row.status.as_str(), "ACTIVE" | "PENDING"),
            resting: if pending && self.reviews_rest() {
                Some(r::NOT_LOOKED_AT.to_owned())
            } else {
                r::resting(&row.status).map(str::to_owned)
            },
            ai: self.ai_state(&org, args.side).await,
            // While Okta gathers there is nothing to show, and its refusal would only frighten.
            principal_problem: principal_problem.filter(|_| !pending),
            principal,
            actions: offered
                .unwrap_or_default()
                .into_iter()
                .map(show::review_action)
                .collect(),
            actions_problem: actions_problem.filter(|_| !pending),
            summary,
            review: row,
        })
    }

    pub(super) async fn read_review_actions(
        &self,
        org: &Org,
        side: Side,
        review: &str,
    ) -> Result<Vec<String>, Problem> {
        let call = Self::review_call(family(side).actions, review)?;
        let answer = self.review_read(org, side, &call).await?;
        actions(&answer.body)
            .ok_or_else(|| local::not_oktas_answer(org.origin.host(), "not a list of actions"))
    }

    /// Whether the org lets its AI write summaries; unknown where that may not be read. “Off” is asked for anew each time, as
    /// somebody may have switched them on, and so is what was no answer: a full rate limit, a network that was down.
    async fn ai_state(&self, org: &Org, side: Side) -> AiState {
        if let Some(known) = hold(&self.reviews.ai).get(&org.key)
            && *known != AiState::Off
        {
            return *known;
        }
        // A reviewer has no business with the org's settings.
        if side == Side::My {
            return AiState::Unknown;
        }
        let asked = self.read(org, &Call::new(&e::GOVERNANCE_SETTINGS)).await;
        let state = match asked {
            Ok(answer) => match answer
                .body
                .pointer("/governanceAI/securityAccessReview/enabled")
                .and_then(Value::as_bool)
            {
                Some(true) => AiState::On,
                Some(false) => AiState::Off,
                None => AiState::Unknown,
            },
            Err(problem) if unreadable(&problem) => AiState::Unknown,
            Err(_) => return AiState::Unknown,
        };
        hold(&self.reviews.ai).insert(org.key.clone(), state);
        state
    }

    /// A page of a review's history.
    pub(crate) async fn review_history_page(
        &self,
        args: &ReviewHistoryArgs,
    ) -> Result<ReviewHistoryPage, Problem> {
        let org = self.org(&args.org)?;
        let mut call =
            Self::review_call(family(args.side).history, &args.review)?.query("limit", super::PAGE);
        if let Some(after) = &args.after {
            call = call.query("after", after.clone());
        }
        let answer = self.review_read(&org, args.side, &call).await?;
        let page = Page::read(&answer.body, "data", Entry::read)
            .ok_or_else(|| local::not_oktas_answer(org.origin.host(), "not a history"))?;
        let (next, odd) = match super::cursor(&answer, call.url(&org.origin).path()) {
            Next::None => (None, None),
            Next::After(cursor) if args.after.as_ref() != Some(&cursor) => (Some(cursor), None),
            Next::After(_) | Next::Elsewhere => (
                None,
                Some(words::not_whole("Okta’s pages repeat or lead elsewhere.")),
            ),
        };
        Ok(ReviewHistoryPage {
            rows: page.rows.iter().map(show::entry).collect(),
            next,
            problem: odd.or_else(|| super::list::lost(page.lost)),
        })
    }
}

fn split<T>(result: Result<T, Problem>) -> (Option<T>, Option<Problem>) {
    match result {
        Ok(value) => (Some(value), None),
        Err(problem) => (None, Some(problem)),
    }
}
