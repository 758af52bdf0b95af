//! From what was seen to a verdict: pure rules.

use crate::ipc::views::permissions::{Fix, Have, JobCheck, JobState, Need};
use crate::ipc::views::signin::CredentialKind;
use domain::problem::NextStep;
use domain::signin::Holder;
use domain::signin::jobs::{Job, SUPER, list, role_label};
use domain::signin::scopes::carries;
use domain::signin::service::Role;

/// What is known of the credential.
pub(super) struct Facts<'a> {
    pub(super) holder: Holder,
    pub(super) host: &'a str,
    pub(super) client_id: Option<&'a str>,
    pub(super) who: Option<&'a str>,
    /// Of its access token; none for an API token.
    pub(super) scopes: Option<&'a [String]>,
    /// None where they may not be read: that is not “no role”.
    pub(super) roles: Option<&'a [Role]>,
    /// With what its rights could be changed.
    pub(super) fixer: Option<CredentialKind>,
}

/// How a job's probe went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Probe {
    /// There is none.
    None,
    /// Okta did it.
    Yes,
    /// Okta gave an empty list.
    Empty,
    /// Okta refused; the scope it named, if it did.
    Refused(Option<String>),
    /// The feature is off, or not licensed.
    Off,
    /// No answer to the question, in a sentence.
    Failed(String),
}

/// The verdict on one job.
pub(super) fn judge(job: &Job, facts: &Facts<'_>, probe: &Probe) -> JobCheck {
    let missing = missing_scope(job, facts, probe);
    let scope = Need {
        what: if job.scopes.is_empty() {
            job.probe
                .and_then(|probe| probe.scope)
                .unwrap_or_default()
                .to_owned()
        } else {
            job.scope_words()
        },
        have: match (facts.scopes, &missing) {
            (None, _) => Have::NotNeeded,
            (Some(_), Some(_)) => Have::No,
            (Some(_), None) => Have::Yes,
        },
    };
    let role = Need {
        what: job.role_words(),
        have: role_have(job, facts, probe, missing.is_some()),
    };
    let licence = Need {
        what: job.licence.unwrap_or_default().to_owned(),
        have: match (job.licence, probe) {
            (None, _) => Have::NotNeeded,
            (Some(_), Probe::Yes | Probe::Empty) => Have::Yes,
            (Some(_), Probe::Off) => Have::No,
            (Some(_), _) => Have::Unknown,
        },
    };
    let state = state(probe, scope.have, role.have);
    let proof = proof(job, facts, probe, state, missing.as_deref(), role.have);
    let (fix, next) = if state == JobState::Missing {
        remedy(job, facts, missing.as_deref(), role.have)
    } else {
        (None, Vec::new())
    };
    JobCheck {
        id: job.id.into(),
        title: job.title.into(),
        state,
        scope,
        role,
        licence,
        proof,
        fix,
        next,
    }
}

/// The first scope that is missing. What Okta did or named itself counts more than what the token's answer listed.
fn missing_scope(job: &Job, facts: &Facts<'_>, probe: &Probe) -> Option<String> {
    let held = facts.scopes?;
    match probe {
        Probe::Yes | Probe::Empty => None,
        Probe::Refused(Some(named)) => Some(named.clone()),
        _ => job
            .scopes
            .iter()
            .find(|scope| !carries(held, scope))
            .map(|scope| (*scope).to_owned()),
    }
}

fn role_have(job: &Job, facts: &Facts<'_>, probe: &Probe, scope_missing: bool) -> Have {
    if *probe == Probe::Yes {
        return Have::Yes;
    }
    let by_table = match facts.roles {
        None => Have::Unknown,
        Some(roles) if roles.iter().any(|role| job.roles.contains(&role.kind.as_str())) => Have::Yes,
        // What a custom role may do is not known here.
        Some(roles) if job.custom.is_some() && roles.iter().any(|role| role.kind == "CUSTOM") => {
            Have::Unknown
        }
        Some(_) => Have::No,
    };
    match (probe, by_table) {
        // Refused with the scope at hand: it is the role, unless the feature may be off.
        (Probe::Refused(None), Have::Unknown) if !scope_missing && job.licence.is_none() => Have::No,
        (Probe::Refused(None), Have::Yes) if !scope_missing => Have::Unknown,
        (_, have) => have,
    }
}

fn state(probe: &Probe, scope: Have, role: Have) -> JobState {
    match probe {
        Probe::Yes => JobState::Proven,
        Probe::Empty => match role {
            Have::Yes => JobState::Proven,
            Have::No => JobState::Missing,
            Have::Unknown | Have::NotNeeded => JobState::Unknown,
        },
        Probe::Refused(_) => JobState::Missing,
        Probe::Off => JobState::NotLicensed,
        Probe::Failed(_) => JobState::Unknown,
        Probe::None => match (scope, role) {
            (Have::No, _) | (_, Have::No) => JobState::Missing,
            (Have::Yes | Have::NotNeeded, Have::Yes | Have::NotNeeded) => JobState::Likely,
            _ => JobState::Unknown,
        },
    }
}

fn proof(
    job: &Job,
    facts: &Facts<'_>,
    probe: &Probe,
    state: JobState,
    missing: Option<&str>,
    role: Have,
) -> String {
    let purpose = job.probe.map_or("see admin roles", |probe| probe.purpose);
    let what = job.list.unwrap_or("rows");
    match (probe, state) {
        (Probe::Yes, _) => format!("Okta let Gatehouse {purpose}."),
        (Probe::Empty, JobState::Proven) => {
            format!("Okta let Gatehouse {purpose}, and the role is there, so the org has 0 {what}.")
        }
        (Probe::Empty, JobState::Missing) => format!(
            "The list of {what} came back empty. That is no proof: whoever has no admin role for it is shown an empty list."
        ),
        (Probe::Empty, _) => format!(
            "The list of {what} came back empty, and the admin roles can't be told: there may be none, or the role is missing."
        ),
        (Probe::Refused(_), _) if missing.is_some() => format!(
            "Okta refused to {purpose}: the access token lacks {}.",
            missing.unwrap_or_default()
        ),
        (Probe::Refused(_), _) if job.licence.is_some() && facts.holder == Holder::ApiToken => {
            "Okta refused. By its documentation an API token can't read reviews: it takes a service app or a sign-in."
                .into()
        }
        (Probe::Refused(_), _) if job.licence.is_some() => {
            format!("Okta refused to {purpose}: the role is missing, or the org has no licence for it.")
        }
        (Probe::Refused(_), _) if role == Have::Unknown => format!(
            "Okta refused to {purpose}, although the role usually carries it. It may be limited to some apps or groups."
        ),
        (Probe::Refused(_), _) => format!("Okta refused to {purpose}: an admin role for it is missing."),
        (Probe::Off, _) => format!("Okta says that this is not switched on for {}.", facts.host),
        (Probe::Failed(said), _) => format!("That could not be found out. {said}"),
        (Probe::None, JobState::Likely) => {
            let fits = if facts.scopes.is_some() {
                "Scope and role fit."
            } else {
                "The role fits."
            };
            format!("{fits} Only doing it would prove it.")
        }
        (Probe::None, JobState::Missing) => match (missing, role) {
            (Some(scope), Have::No) => format!("The scope {scope} is missing, and so is an admin role for it."),
            (Some(scope), _) => format!("The scope {scope} is missing."),
            (None, _) => "An admin role for it is missing.".into(),
        },
        (Probe::None, _) => "Whether the admin roles carry it can't be told without doing it.".into(),
    }
}

/// One button, or text for whoever can help.
fn remedy(job: &Job, facts: &Facts<'_>, missing: Option<&str>, role: Have) -> (Option<Fix>, Vec<NextStep>) {
    let app = match (facts.holder, facts.who, facts.client_id) {
        (Holder::ServiceApp, Some(label), Some(client)) => {
            format!("the service app {label} (client id {client})")
        }
        (Holder::ServiceApp, _, client) => {
            format!("the service app with the client id {}", client.unwrap_or("?"))
        }
        (_, _, Some(client)) => format!("the sign-in app with the client id {client}"),
        (_, _, None) => "Gatehouse's app".into(),
    };
    let with = facts.fixer.map(|kind| match kind {
        CredentialKind::ApiToken => "your API token",
        CredentialKind::SignIn | CredentialKind::ServiceApp => "your sign-in",
    });
    let (fix, text) = if let Some(scope) = missing {
        let fix = with.map(|with| Fix {
            id: format!("grant:{scope}"),
            label: format!("Grant {scope}"),
            about: format!(
                "Grants the scope {scope} to {app} in {}, with {with}.",
                facts.host
            ),
        });
        let text = format!(
            "Please grant the Okta API scope {scope} to {app} in {}. Gatehouse needs it to: {}.",
            facts.host,
            lower(job.title)
        );
        (fix, text)
    } else {
        let least = job.least_role();
        // Nobody becomes a super admin by a button of a table.
        let fix = with
            .filter(|_| least != SUPER && role == Have::No)
            .map(|with| Fix {
                id: format!("role:{least}"),
                label: format!("Assign {}", role_label(least)),
                about: format!(
                    "Assigns the admin role {} to {app} in {}, with {with}.",
                    role_label(least),
                    facts.host
                ),
            });
        let whom = match facts.holder {
            Holder::ServiceApp => app,
            Holder::SignIn => facts.who.unwrap_or("my account").to_owned(),
            Holder::ApiToken => facts
                .who
                .unwrap_or("the account behind Gatehouse's API token")
                .to_owned(),
        };
        let scopes = if job.scopes.is_empty() {
            String::new()
        } else {
            format!(" (for {})", list(job.scopes))
        };
        let text = format!(
            "Please give {whom} one of these admin roles in {}: {}{scopes}. Gatehouse needs it to: {}.",
            facts.host,
            job.role_words(),
            lower(job.title)
        );
        (fix, text)
    };
    if fix.is_some() {
        return (fix, Vec::new());
    }
    let mut next = vec![NextStep::Copy {
        label: "Copy a request for your super admin".into(),
        text,
    }];
    // A service app can be mended by an admin who signs in; a sign-in may only have asked for too little.
    let sign_in_helps = match facts.holder {
        Holder::ServiceApp => facts.fixer.is_none(),
        Holder::SignIn => missing.is_some(),
        Holder::ApiToken => job.licence.is_some(),
    };
    if sign_in_helps {
        next.push(NextStep::SignIn);
    }
    (None, next)
}

/// A heading inside a sentence.
fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
