//! The set-up doctor: what managing security access reviews takes is looked at line by line, and what is missing is done.
//! Everything is looked for before it is made, so running it again makes nothing twice.

mod calls;
mod lines;
mod look;
mod run;

use crate::engine::{Engine, hold};
use crate::ipc::events::Event;
use crate::ipc::review_args::DoctorArgs;
use crate::ipc::views::signin::{LineState, SetupView};
use crate::okta::client::Target;
use crate::work::service::{NewApp, Setup, is_label};
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
        if !is_label(text) {
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
