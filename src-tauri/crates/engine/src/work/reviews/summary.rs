//! Summaries by Okta's AI, only when a person asks: of a review, of an item.

use super::family;
use crate::engine::{Engine, hold, now};
use crate::ipc::review_args::{ReviewArgs, TargetArgs};
use crate::ipc::views::reviews::{AiState, Side, SummaryState, SummaryView};
use crate::store::orgs::Org;
use domain::okta::call::Call;
use domain::okta::wire::review::AiMessage;
use domain::problem::{Problem, ProblemCode, local};
use domain::reviews as r;

impl Engine {
    pub(crate) async fn summarize_review(&self, args: &ReviewArgs) -> Result<SummaryView, Problem> {
        let org = self.org(&args.org)?;
        let call = Self::review_call(family(args.side).summary, &args.review)?;
        self.summarize(&org, args.side, &call).await
    }

    pub(crate) async fn summarize_item(&self, args: &TargetArgs) -> Result<SummaryView, Problem> {
        let org = self.org(&args.org)?;
        let target = args.sub.as_deref().unwrap_or(&args.access);
        let call = Self::review_call(family(args.side).item_summary, &args.review)?
            .param("securityAccessReviewTargetId", r::id(target, "an item")?);
        self.summarize(&org, args.side, &call).await
    }

    async fn summarize(&self, org: &Org, side: Side, call: &Call) -> Result<SummaryView, Problem> {
        let off = |text: &str| SummaryView {
            state: SummaryState::Off,
            text: String::new(),
            errors: vec![text.to_owned()],
            at: now(),
        };
        let switched_off = "AI summaries are switched off in this org. A super admin can switch them on under Identity Governance > Settings.";
        let answer = match self.review_read(org, side, call).await {
            Ok(answer) => answer,
            // The review itself could be read, so it is the summaries that are not switched on.
            Err(problem) if problem.code == ProblemCode::NotEnabledInOrg => {
                hold(&self.reviews.ai).insert(org.key.clone(), AiState::Off);
                return Ok(off(switched_off));
            }
            Err(problem) => return Err(problem),
        };
        if !answer.body.is_object() {
            return Err(local::not_oktas_answer(org.origin.host(), "not a summary"));
        }
        let found = AiMessage::read(&answer.body);
        let errors: Vec<String> = found
            .errors
            .into_iter()
            .map(|(code, said)| if said.is_empty() { code } else { said })
            .collect();
        let failed = !errors.is_empty() || found.message.is_empty();
        Ok(SummaryView {
            state: if failed {
                SummaryState::Failed
            } else {
                SummaryState::Ready
            },
            errors: if failed && errors.is_empty() {
                vec!["Okta’s answer was empty.".into()]
            } else {
                errors
            },
            text: found.message,
            at: now(),
        })
    }
}
