//! What was found, as lines: there already, to do, or blocked and why.

use super::super::act::request;
use super::{For, Look, Wish};
use crate::ipc::views::orgs::OrgTag;
use crate::ipc::views::signin::{LineState, SetupLine, SetupView};
use crate::store::orgs::Org;
use crate::work::service::NewApp;
use domain::problem::{Problem, ProblemCode, reviews as words};
use domain::reviews::doctor as d;
use domain::signin::scopes::carries;

type State = (LineState, Option<String>, Option<Problem>);

fn found(detail: impl Into<String>) -> State {
    (LineState::Found, Some(detail.into()), None)
}

fn todo(detail: impl Into<String>) -> State {
    let detail = Some(detail.into()).filter(|it| !it.is_empty());
    (LineState::Todo, detail, None)
}

fn blocked(problem: Problem) -> State {
    (LineState::Blocked, None, Some(problem))
}

fn state_of(line: &SetupLine) -> State {
    (line.state, line.detail.clone(), line.problem.clone())
}

impl Look {
    /// What bars making roles and assignments.
    fn barred(&self) -> Option<Problem> {
        let scopes = self.admin_scopes.as_ref()?;
        let held = carries(scopes, "okta.roles.manage");
        (!held).then(|| words::scope_missing("okta.roles.manage"))
    }

    fn or_barred(&self, state: State) -> State {
        match self.barred() {
            Some(problem) if state.0 == LineState::Todo => blocked(problem),
            _ => state,
        }
    }

    fn role_line(&self, wish: &Wish) -> State {
        match &self.role {
            Some(role) if self.lacks.is_empty() => found(role.id.clone()),
            Some(_) => self.or_barred(todo(format!("Add {}", self.lacks.join(" and ")))),
            None => self.or_barred(todo(format!(
                "Make “{}” with {}",
                wish.role,
                d::PERMISSIONS.join(" and ")
            ))),
        }
    }

    fn set_line(&self, wish: &Wish) -> State {
        match &self.set {
            Some(set) if self.set_whole => found(set.id.clone()),
            Some(_) => self.or_barred(todo("Add all users to it")),
            None => self.or_barred(todo(format!("Make “{}” with all users in it", wish.set))),
        }
    }

    fn scopes_line(&self, org: &Org) -> State {
        match &self.whom {
            Ok(For::Client { .. }) if self.scopes.is_empty() => found("Granted"),
            Ok(For::Client { .. }) => {
                let missing = self
                    .admin_scopes
                    .as_ref()
                    .is_some_and(|held| !carries(held, "okta.appGrants.manage"));
                if missing {
                    blocked(words::scope_missing("okta.appGrants.manage"))
                } else {
                    todo(format!("Grant {}", self.scopes.join(", ")))
                }
            }
            Ok(For::Person { me: true, .. }) if self.scopes.is_empty() => found("The sign-in has them"),
            Ok(For::Person { me: true, .. }) => blocked(words::scope_missing(&self.scopes.join(", "))),
            Ok(For::Person { .. }) => found("Not needed here: they are asked for when the person signs in"),
            Err(_) => todo(format!("For who is chosen in {}", org.origin.host())),
        }
    }

    /// All lines, each with where it stands and what it would send.
    pub(super) fn view(&self, org: &Org, wish: &Wish) -> SetupView {
        let mut lines = Vec::new();
        let mut add = |id: &str, title: String, (state, detail, problem): State| {
            let calls = if state == LineState::Todo {
                self.calls(id, wish, org)
            } else {
                Vec::new()
            };
            lines.push(SetupLine {
                id: id.into(),
                title,
                state,
                detail,
                problem,
                calls: calls.iter().map(|call| request(call, org)).collect(),
            });
        };
        let (name, client) = match &self.whom {
            Ok(For::Client { label, id }) => (label.clone(), id.clone()),
            Ok(For::Person { name, .. }) => (name.clone(), None),
            Err(_) => ("nobody yet".into(), None),
        };
        let covered = self.super_admin && self.role.is_none();
        let unless_covered = |state: State| {
            if covered {
                found("Not needed: a Super Administrator may do it already")
            } else {
                state
            }
        };
        add(
            "role",
            format!("Custom admin role “{}”", wish.role),
            unless_covered(self.role_line(wish)),
        );
        add(
            "resourceSet",
            format!("Resource set “{}”", wish.set),
            unless_covered(self.set_line(wish)),
        );
        if let Some(new) = &self.new {
            for line in new.before_scopes() {
                add(&line.id, line.title.clone(), state_of(line));
            }
        } else {
            add(
                "member",
                "Who manages reviews".into(),
                match &self.whom {
                    Ok(For::Client { id, label }) => found(
                        id.as_ref()
                            .map_or_else(|| label.clone(), |id| format!("{label}, client id {id}")),
                    ),
                    Ok(For::Person { name, .. }) => found(name.clone()),
                    Err(problem) => blocked(problem.clone()),
                },
            );
        }
        add(
            "scopes",
            "Okta API scopes for security access reviews".into(),
            self.scopes_line(org),
        );
        if let Some(new) = &self.new {
            for line in new.after_scopes() {
                add(&line.id, line.title.clone(), state_of(line));
            }
        }
        add(
            "assignment",
            format!("Role and resource set assigned to {name}"),
            unless_covered(if self.assigned {
                found("Assigned")
            } else {
                self.or_barred(todo(""))
            }),
        );
        let proof = match &self.probe {
            Some(problem) if problem.code == ProblemCode::NotEnabledInOrg => blocked(problem.clone()),
            _ => todo(""),
        };
        if self.probe.is_none() {
            let said = format!("{} gave the numbers of reviews", org.origin.host());
            add("licence", "Okta Identity Governance".into(), found(said));
        }
        add("proof", "Proof: ask for the numbers of reviews".into(), proof);
        let mut warnings = self.new.as_ref().map(NewApp::warnings).unwrap_or_default();
        if org.tag == OrgTag::Production {
            warnings.push(format!("{} is a production org.", org.origin.host()));
        }
        if self.super_admin {
            warnings.push(format!(
                "{name} is a Super Administrator, which is more than managing reviews needs."
            ));
        }
        SetupView {
            org: org.key.clone(),
            label: name,
            client_id: client,
            lines,
            running: false,
            done: false,
            warnings,
        }
    }
}
