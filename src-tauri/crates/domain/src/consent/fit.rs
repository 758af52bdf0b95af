//! Whether an answer fits a waiting consent: the checks in their order, each with its own sentence.

use super::paste::{Candidate, WhyNothing};
use super::says::{self, Misfit};
use super::{APPS, Returned, StateMark, Waiting};
use crate::org_address::OrgOrigin;
use crate::problem::Problem;
use crate::secret::Secret;
use url::Url;

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unfit {
    Broken(WhyNothing),
    NotHttps,
    UserPortOrFragment,
    OtherOrg(String),
    NotAnApp,
    OtherApp,
    OtherInstance,
    Earlier,
    OtherState,
}

impl From<WhyNothing> for Unfit {
    fn from(why: WhyNothing) -> Self {
        Self::Broken(why)
    }
}

impl Unfit {
    /// The sentence.
    pub(super) fn problem(&self, waiting: &Waiting<'_>) -> Problem {
        match self {
            Self::Broken(why) => return says::nothing(*why),
            Self::NotHttps => Misfit::NotHttps,
            Self::UserPortOrFragment => Misfit::UserPortOrFragment,
            Self::OtherOrg(theirs) => Misfit::OtherOrg {
                theirs,
                ours: waiting.org.host(),
            },
            Self::NotAnApp => Misfit::NotAnApp,
            Self::OtherApp => Misfit::OtherApp {
                ours: waiting.app_name,
            },
            Self::OtherInstance => Misfit::OtherInstance,
            Self::Earlier => Misfit::Earlier,
            Self::OtherState => Misfit::OtherState,
        }
        .problem()
    }
}

/// Takes code and state out of an answer that fits.
pub(super) fn check(answer: &Candidate, waiting: &Waiting<'_>) -> Result<Returned, Unfit> {
    if let Some(address) = &answer.address {
        check_address(address, waiting)?;
    }
    let code = answer.code()?;
    let state = answer.state()?;
    let mark = StateMark::of(state);
    // Each comparison takes the same time whatever differs.
    if mark != waiting.mark {
        return Err(if waiting.earlier.contains(&mark) {
            Unfit::Earlier
        } else {
            Unfit::OtherState
        });
    }
    Ok(Returned {
        code: Secret::new(code.to_owned()),
        state: Secret::new(state.to_owned()),
    })
}

fn check_address(address: &Url, waiting: &Waiting<'_>) -> Result<(), Unfit> {
    let org = waiting.org;
    let practice = org.is_practice() && org.owns(address);
    if address.scheme() != "https" && !practice {
        return Err(Unfit::NotHttps);
    }
    let odd_port = address.port().is_some() && !practice;
    let user = !address.username().is_empty() || address.password().is_some();
    if user || odd_port || address.fragment().is_some() {
        return Err(Unfit::UserPortOrFragment);
    }
    if !ours(address, waiting) {
        return Err(Unfit::OtherOrg(address.host_str().unwrap_or_default().to_owned()));
    }
    let (name, app) = callback(address).ok_or(Unfit::Broken(WhyNothing::OtherText))?;
    if !APPS.contains(&name) {
        return Err(Unfit::NotAnApp);
    }
    if name != waiting.app_name {
        return Err(Unfit::OtherApp);
    }
    if app != waiting.app {
        return Err(Unfit::OtherInstance);
    }
    Ok(())
}

/// One of the hosts the org answers under, or the `-admin` twin of one.
fn ours(address: &Url, waiting: &Waiting<'_>) -> bool {
    let same = |host: &String| {
        let host = host.strip_prefix("https://").unwrap_or(host).to_ascii_lowercase();
        OrgOrigin::parse(&format!("https://{host}")).is_some_and(|origin| origin.owns_or_admin_twin(address))
    };
    waiting.org.owns_or_admin_twin(address) || waiting.alternate.iter().any(same)
}

/// App name and app id of Okta's callback, `/api/v1/apps/{appName}/{appId}/oauth2/callback`.
pub(super) fn callback(address: &Url) -> Option<(&str, &str)> {
    let segments: Vec<&str> = address.path_segments()?.collect();
    match segments.as_slice() {
        ["api", "v1", "apps", name, app, "oauth2", "callback"] => Some((name, app)),
        _ => None,
    }
}

/// As much of [`check`] as can be checked without a waiting consent.
pub(super) fn looks_right(answer: &Candidate) -> bool {
    let Some(address) = &answer.address else {
        return false;
    };
    let safe = address.scheme() == "https" || address.host_str() == Some("127.0.0.1");
    let right = callback(address).is_some_and(|(name, app)| {
        APPS.contains(&name) && app.len() == 20 && app.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    safe && right && answer.code().is_ok() && answer.state().is_ok()
}
