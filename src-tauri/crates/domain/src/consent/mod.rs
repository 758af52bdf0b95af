//! The consent hand-off: the link that is opened, and what comes back from the browser as text.
//!
//! Neither is trusted. A link is checked before a browser sees it. Of what comes back only `code` and `state` are
//! taken, after every check; the pasted address is never called, or one forged paste would send the org's token to
//! another host.

mod find;
mod fit;
mod link;
mod paste;
mod query;
mod refused;
mod says;
#[cfg(test)]
pub(crate) mod tests;
mod tidy;

pub use link::{AuthorizeLink, StateMark};

use crate::org_address::OrgOrigin;
use crate::problem::Problem;
use crate::secret::Secret;
use fit::Unfit;
use paste::{Candidate, WhyNothing};

/// Longest text that is looked at, in bytes. Okta's page has a few lines.
const LONGEST: usize = 64 * 1024;

/// Longest text that is looked at without a person having asked for it, in bytes.
const LONGEST_UNASKED: usize = 8 * 1024;

/// The apps that have a consent (Okta's `appName` of the callback).
const APPS: &[&str] = &["google", "office365", "slack", "zoomus"];

/// A waiting consent an answer must fit.
#[derive(Debug, Clone, Copy)]
pub struct Waiting<'a> {
    /// The org.
    pub org: &'a OrgOrigin,
    /// Other hosts the org answers under, such as `login.example.com`.
    pub alternate: &'a [String],
    /// The app's `name` in Okta, such as `google`.
    pub app_name: &'a str,
    /// The app's id.
    pub app: &'a str,
    /// Mark of the state of the link that was opened last.
    pub mark: StateMark,
    /// Marks of the links that were opened before it.
    pub earlier: &'a [StateMark],
}

/// Another consent that waits, to which a paste may belong.
#[derive(Debug, Clone, Copy)]
pub struct Other<'a> {
    /// Key of its org.
    pub org_key: &'a str,
    /// Its app's id.
    pub app: &'a str,
    /// Its app's label, for the sentence.
    pub label: &'a str,
    /// What an answer to it must fit.
    pub waiting: Waiting<'a>,
}

/// What is taken from an answer that fits: nothing else of it is ever used.
#[derive(Debug)]
pub struct Returned {
    /// The code, percent-decoded.
    pub code: Secret,
    /// The state, percent-decoded.
    pub state: Secret,
}

/// Reads what was pasted, dropped or typed, and takes the answer out of it if it fits the waiting consent.
///
/// It may be the page's JSON, plain, as a viewer shows it, escaped or broken into lines, with other words around it;
/// or only its address, or only the query of it. Parameters other than `code` and `state` are passed over.
///
/// # Errors
/// One sentence for each way it can be wrong. No error holds a code or a state.
pub fn read_return(text: &str, waiting: &Waiting<'_>, others: &[Other<'_>]) -> Result<Returned, Problem> {
    if text.len() > LONGEST {
        return Err(says::nothing(WhyNothing::TooLarge));
    }
    let tidy = tidy::tidy(text);
    if tidy.trim().is_empty() {
        return Err(says::nothing(WhyNothing::Empty));
    }
    // A page that says no is no answer, whatever it repeats of one.
    if let Some(problem) = refused::in_json(text) {
        return Err(says::without_secrets(problem, &tidy));
    }
    let marks = Marks { waiting, others };
    let candidates = find::candidates(&tidy, waiting.org, &|state| marks.know(state));
    judge(&tidy, &candidates, waiting, others).map_err(|problem| says::without_secrets(problem, &tidy))
}

/// Whether a text looks like an answer, for a look at the clipboard that nobody asked for: an https address (or one on
/// 127.0.0.1) of Okta's callback, for an app that has a consent, with one code and one state.
pub fn looks_like_answer(text: &str) -> bool {
    if text.len() > LONGEST_UNASKED {
        return false;
    }
    let tidy = tidy::tidy(text);
    find::addresses(&tidy, &|_| false).iter().any(fit::looks_right)
}

/// The states that are known here, by their marks: they tell where an answer without quotes around it ends.
struct Marks<'a> {
    waiting: &'a Waiting<'a>,
    others: &'a [Other<'a>],
}

impl Marks<'_> {
    fn know(&self, state: &str) -> bool {
        let mark = StateMark::of(state);
        let of = |waiting: &Waiting<'_>| waiting.mark == mark || waiting.earlier.contains(&mark);
        of(self.waiting) || self.others.iter().any(|other| of(&other.waiting))
    }
}

fn judge(
    tidy: &str,
    candidates: &[Candidate],
    waiting: &Waiting<'_>,
    others: &[Other<'_>],
) -> Result<Returned, Problem> {
    let answers: Vec<&Candidate> = candidates.iter().filter(|it| it.is_answer()).collect();
    if !answers.is_empty() && paste::asks_for_other_than_post(tidy) {
        return Err(says::nothing(WhyNothing::NotPost));
    }
    let mut fitting: Option<Returned> = None;
    let mut first: Option<Unfit> = None;
    for answer in &answers {
        match (fit::check(answer, waiting), &fitting) {
            (Ok(returned), None) => fitting = Some(returned),
            // The same answer pasted twice is one answer.
            (Ok(again), Some(before)) if again.code.expose() == before.code.expose() => {}
            (Ok(_), Some(_)) => return Err(says::nothing(WhyNothing::CodeTwice)),
            (Err(unfit), _) => first = first.or(Some(unfit)),
        }
    }
    if let Some(returned) = fitting {
        return Ok(returned);
    }
    let belongs = |other: &&Other<'_>| {
        answers
            .iter()
            .any(|answer| fit::check(answer, &other.waiting).is_ok())
    };
    if let Some(other) = others.iter().find(belongs) {
        return Err(says::other_waits(other.org_key, other.app, other.label));
    }
    if let Some(unfit) = first {
        return Err(unfit.problem(waiting));
    }
    Err(not_an_answer(tidy, candidates))
}

/// What a text is that holds no answer.
fn not_an_answer(tidy: &str, candidates: &[Candidate]) -> Problem {
    if let Some(problem) = refused::in_words(tidy, candidates) {
        return problem;
    }
    if paste::is_web_page(tidy) {
        return says::nothing(WhyNothing::WebPage);
    }
    let page = candidates.iter().find_map(|it| it.page(tidy));
    if let Some((host, page)) = page {
        return says::other_address(&host, page);
    }
    // The page was copied while its value was folded away, or only half of it was.
    if tidy.contains("continue_oauth_flow_url") {
        return says::nothing(WhyNothing::NoCode);
    }
    says::nothing(WhyNothing::OtherText)
}
