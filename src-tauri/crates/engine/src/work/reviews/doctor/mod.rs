//! The set-up doctor: what managing security access reviews takes is looked at line by line, and what is missing is done.
//! Everything is looked for before it is made, so running it again makes nothing twice.

mod calls;
mod look;
mod run;

use super::act::request;
use crate::engine::{Engine, hold};
use crate::ipc::events::Event;
use crate::ipc::review_args::DoctorArgs;
use crate::ipc::views::signin::{LineState, SetupLine, SetupView};
use crate::okta::client::Target;
use crate::store::orgs::Org;
use crate::work::service::{NewApp, Setup};
use domain::problem::{Problem, reviews as words};
use domain::reviews::doctor as d;

/// Whom the set-up is for.
#[derive(Debug, Clone)]
enum For {
    /// The service app Gatehouse signs in as, or will.
    Client {
        /// None until it is made.
        id: Option<String>,
        label: String,
    },
    /// A person; `me` when it is who signed in.
    Person { id: String, name: String, me: bool },
}

/// What is to be set up, after checking.
#[derive(Debug, Clone)]
struct Wish {
    role: String,
    set: String,
    /// Label of the service app that is made where Gatehouse has none.
    app: String,
}

/// What was found.
struct Look {
    target: Target,
    /// Scopes of the admin's access token; none for an API token.
    admin_scopes: Option<Vec<String>>,
    whom: Result<For, Problem>,
    /// The service app that is made first.
    new: Option<NewApp>,
    role: Option<d::Labelled>,
    /// Permissions the role lacks.
    lacks: Vec<String>,
    set: Option<d::Labelled>,
    set_whole: bool,
    /// Scopes the client lacks, or the sign-in of who signed in.
    scopes: Vec<String>,
    /// The role is bound to the resource set, for whomever.
    bound: bool,
    assigned: bool,
    /// A standard role that carries it already.
    super_admin: bool,
    /// The numbers of reviews, as asked with the admin's credential.
    probe: Option<Problem>,
}

fn wish(args: &DoctorArgs) -> Result<Wish, Problem> {
    let label = |text: &str, default: &str, field: &str| {
        let text = text.trim();
        let text = if text.is_empty() { default } else { text };
        if text.chars().count() > 100 || text.chars().any(char::is_control) {
            return Err(Problem::bad_input(
                field,
                "That is no label.",
                "Use up to 100 characters on one line.",
            ));
        }
        Ok(text.to_owned())
    };
    Ok(Wish {
        role: label(&args.role_label, d::ROLE, "roleLabel")?,
        set: label(&args.set_label, d::SET, "setLabel")?,
        app: label(&args.app_label, d::APP, "appLabel")?,
    })
}

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

impl Look {
    /// What bars making roles and assignments.
    fn barred(&self) -> Option<Problem> {
        let scopes = self.admin_scopes.as_ref()?;
        let held = domain::signin::scopes::carries(scopes, "okta.roles.manage");
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
                    .is_some_and(|held| !domain::signin::scopes::carries(held, "okta.appGrants.manage"));
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

    fn view(&self, org: &Org, wish: &Wish) -> SetupView {
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
        let not_needed = || found("Not needed: a Super Administrator may do it already");
        add(
            "role",
            format!("Custom admin role “{}”", wish.role),
            if covered {
                not_needed()
            } else {
                self.role_line(wish)
            },
        );
        add(
            "resourceSet",
            format!("Resource set “{}”", wish.set),
            if covered {
                not_needed()
            } else {
                self.set_line(wish)
            },
        );
        if let Some(new) = &self.new {
            for line in new.before_scopes() {
                add(
                    &line.id,
                    line.title.clone(),
                    (line.state, line.detail.clone(), line.problem.clone()),
                );
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
                add(
                    &line.id,
                    line.title.clone(),
                    (line.state, line.detail.clone(), line.problem.clone()),
                );
            }
        }
        add(
            "assignment",
            format!("Role and resource set assigned to {name}"),
            if covered {
                not_needed()
            } else if self.assigned {
                found("Assigned")
            } else {
                self.or_barred(todo(""))
            },
        );
        let proof = match &self.probe {
            Some(problem) if problem.code == domain::problem::ProblemCode::NotEnabledInOrg => {
                blocked(problem.clone())
            }
            _ => todo(""),
        };
        if self.probe.is_none() {
            let said = format!("{} gave the numbers of reviews", org.origin.host());
            add("licence", "Okta Identity Governance".into(), found(said));
        }
        add("proof", "Proof: ask for the numbers of reviews".into(), proof);
        let mut warnings = self.new.as_ref().map(NewApp::warnings).unwrap_or_default();
        if org.tag == crate::ipc::views::orgs::OrgTag::Production {
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

impl Engine {
    /// What the doctor finds and would do. Changes nothing.
    pub(crate) async fn plan_doctor(&self, args: &DoctorArgs) -> Result<SetupView, Problem> {
        let org = self.org(&args.org)?;
        let wish = wish(args)?;
        let look = self.look_doctor(&org, args, &wish).await?;
        Ok(look.view(&org, &wish))
    }

    pub(crate) async fn run_doctor(&self, args: &DoctorArgs) -> Result<SetupView, Problem> {
        let org = self.writable(&args.org)?;
        let wish = wish(args)?;
        {
            let doctors = hold(&self.reviews.doctors);
            if doctors.get(&org.key).is_some_and(|it| it.view.running) {
                return Err(words::doctor_under_way());
            }
        }
        let mut look = self.look_doctor(&org, args, &wish).await?;
        let mut view = look.view(&org, &wish);
        view.running = !view.lines.iter().any(|line| line.state == LineState::Blocked);
        let cancel = self.stop.child_token();
        if let Some(new) = &mut look.new {
            new.stopped_by(cancel.clone());
        }
        {
            let mut doctors = hold(&self.reviews.doctors);
            if doctors.get(&org.key).is_some_and(|it| it.view.running) {
                return Err(words::doctor_under_way());
            }
            let setup = Setup {
                view: view.clone(),
                cancel: cancel.clone(),
            };
            doctors.insert(org.key.clone(), setup);
        }
        // Looked for after this one can be seen, as the sign-in page does the other way round: two would make two apps.
        if look.new.is_some() && self.makes_app(&org.key) {
            hold(&self.reviews.doctors).remove(&org.key);
            return Err(domain::problem::service::under_way());
        }
        self.events.emit(Event::Doctor { view: view.clone() });
        if view.running
            && let Some(engine) = self.handle()
        {
            tokio::spawn(async move { engine.do_doctor(org, wish, look, cancel).await });
        }
        Ok(view)
    }

    /// The set-up of an org that is under way, or how the last one ended.
    pub(crate) fn doctor_of(&self, key: &str) -> Option<SetupView> {
        hold(&self.reviews.doctors).get(key).map(|it| it.view.clone())
    }

    pub(crate) fn stop_doctor(&self, key: &str) -> Result<SetupView, Problem> {
        let doctors = hold(&self.reviews.doctors);
        let setup = doctors
            .get(key)
            .filter(|it| it.view.running)
            .ok_or_else(words::doctor_idle)?;
        setup.cancel.cancel();
        Ok(setup.view.clone())
    }

    /// A set-up is under way that makes a service app.
    pub(crate) fn doctor_makes_app(&self, key: &str) -> bool {
        let doctors = hold(&self.reviews.doctors);
        doctors
            .get(key)
            .is_some_and(|it| it.view.running && it.view.lines.iter().any(|line| line.id == NewApp::KEY))
    }

    /// What the set-up would make a service app with was taken away: it stops after the line that is under way.
    pub(crate) fn end_doctor_with_app(&self, key: &str) {
        if self.doctor_makes_app(key)
            && let Some(setup) = hold(&self.reviews.doctors).get(key)
        {
            setup.cancel.cancel();
        }
    }

    pub(crate) fn with_doctor(&self, key: &str, change: impl FnOnce(&mut SetupView)) {
        let view = {
            let mut doctors = hold(&self.reviews.doctors);
            let Some(setup) = doctors.get_mut(key) else { return };
            change(&mut setup.view);
            setup.view.clone()
        };
        self.events.emit(Event::Doctor { view });
    }
}
