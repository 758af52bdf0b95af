//! What is there already.

use super::{For, Look, Wish};
use crate::engine::Engine;
use crate::ipc::review_args::DoctorArgs;
use crate::ipc::views::reviews::Side;
use crate::ipc::views::reviews::doctor::DoctorFor;
use crate::ipc::views::signin::CredentialKind;
use crate::okta::client::Target;
use crate::okta::receive::Next;
use crate::store::orgs::Org;
use domain::okta::call::Call;
use domain::okta::endpoints::{self as e, Endpoint};
use domain::problem::{Problem, reviews as words};
use domain::reviews::doctor as d;
use domain::signin::jobs::SUPER;
use domain::signin::scopes::carries;
use domain::signin::service::Role;
use serde_json::Value;

/// Pages of a list of roles, resource sets or members that are looked through: 100 a page.
const PAGES: usize = 20;

impl Engine {
    /// Looks through all pages of an IAM list.
    pub(super) async fn iam_pages<T>(
        &self,
        target: &Target,
        endpoint: &'static Endpoint,
        params: &[(&'static str, &str)],
        mut one: impl FnMut(&Value) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let mut after: Option<String> = None;
        for _ in 0..PAGES {
            let mut call = Call::new(endpoint);
            for (name, value) in params {
                call = call.param(name, *value);
            }
            if let Some(cursor) = after.take() {
                call = call.query("after", cursor);
            }
            let answer = self.ask(target, &call).await?;
            if let Some(found) = one(&answer.body) {
                return Ok(Some(found));
            }
            match super::super::cursor(&answer, call.url(&target.origin).path()) {
                Next::After(cursor) => after = Some(cursor),
                Next::None | Next::Elsewhere => break,
            }
        }
        Ok(None)
    }

    pub(super) async fn role_called(
        &self,
        target: &Target,
        label: &str,
    ) -> Result<Option<d::Labelled>, Problem> {
        self.labelled(target, &e::ROLES, "roles", label).await
    }

    pub(super) async fn set_called(
        &self,
        target: &Target,
        label: &str,
    ) -> Result<Option<d::Labelled>, Problem> {
        self.labelled(target, &e::RESOURCE_SETS, "resource-sets", label)
            .await
    }

    async fn labelled(
        &self,
        target: &Target,
        endpoint: &'static Endpoint,
        key: &str,
        label: &str,
    ) -> Result<Option<d::Labelled>, Problem> {
        self.iam_pages(target, endpoint, &[], |answer| {
            let page = d::labelled(answer, key)?;
            page.rows
                .into_iter()
                .find(|it| it.label == label && !it.id.is_empty())
        })
        .await
    }

    /// Permissions a role lacks.
    pub(super) async fn lacking(&self, target: &Target, role: &str) -> Result<Vec<String>, Problem> {
        let call = Call::new(&e::ROLE_PERMISSIONS).param("roleIdOrLabel", role);
        let answer = self.ask(target, &call).await?;
        let has = d::permissions(&answer.body).unwrap_or_default();
        let lacks = d::PERMISSIONS
            .iter()
            .filter(|wanted| !has.iter().any(|it| it == *wanted));
        Ok(lacks.map(|it| (*it).to_owned()).collect())
    }

    pub(super) async fn set_is_whole(&self, target: &Target, set: &str) -> Result<bool, Problem> {
        let found = self
            .iam_pages(
                target,
                &e::RESOURCES,
                &[("resourceSetIdOrLabel", set)],
                |answer| d::has_all_users(answer).filter(|it| *it),
            )
            .await?;
        Ok(found.is_some())
    }

    /// Is the role bound to the resource set at all?
    pub(super) async fn is_bound(&self, target: &Target, role: &str, set: &str) -> Result<bool, Problem> {
        let found = self
            .iam_pages(target, &e::BINDINGS, &[("resourceSetIdOrLabel", set)], |answer| {
                let page = d::labelled(answer, "roles")?;
                page.rows.into_iter().find(|it| it.id == role)
            })
            .await?;
        Ok(found.is_some())
    }

    /// Has somebody the role for the resource set?
    pub(super) async fn is_member(
        &self,
        target: &Target,
        role: &str,
        set: &str,
        end: &str,
    ) -> Result<bool, Problem> {
        if !self.is_bound(target, role, set).await? {
            return Ok(false);
        }
        let found = self
            .iam_pages(
                target,
                &e::MEMBERS,
                &[("resourceSetIdOrLabel", set), ("roleIdOrLabel", role)],
                |answer| d::has_member(answer, end).filter(|it| *it),
            )
            .await?;
        Ok(found.is_some())
    }

    async fn whom(&self, org: &Org, args: &DoctorArgs, target: &Target) -> Result<For, Problem> {
        match args.target {
            DoctorFor::ServiceApp => {
                let held = self.details(&org.key, CredentialKind::ServiceApp)?;
                let id = held.client_id;
                let label = held.who.or_else(|| id.clone()).unwrap_or_default();
                Ok(For::Client { id, label })
            }
            DoctorFor::Me => {
                let (id, name) = self
                    .person_behind(target)
                    .await?
                    .ok_or_else(words::no_such_person)?;
                Ok(For::Person { id, name, me: true })
            }
            DoctorFor::Person => {
                let id = args.person.as_deref().unwrap_or_default();
                let person = self.person_by_id(org, id).await?;
                Ok(For::Person {
                    id: person.id.clone(),
                    name: person.name(),
                    me: false,
                })
            }
        }
    }

    pub(super) async fn look_doctor(
        &self,
        org: &Org,
        args: &DoctorArgs,
        wish: &Wish,
    ) -> Result<Look, Problem> {
        let admin = match self.admin_kind(&org.key)? {
            Some(_) => self.admin(org).await?,
            None => return Err(words::doctor_needs_admin(org.origin.host())),
        };
        let target = admin.target;
        let admin_scopes = self.scopes_of(&target).await?;
        let mut whom = self.whom(org, args, &target).await;
        let mut new = None;
        if let Ok(For::Client { id: id @ None, label }) = &mut whom {
            let app = self.new_app(org, &wish.app, d::SCOPES).await?;
            (*id, *label) = (app.id(), wish.app.clone());
            new = Some(app);
        }
        let role = self.role_called(&target, &wish.role).await?;
        let lacks = match &role {
            Some(role) => self.lacking(&target, &role.id).await?,
            None => Vec::new(),
        };
        let set = self.set_called(&target, &wish.set).await?;
        let set_whole = match &set {
            Some(set) => self.set_is_whole(&target, &set.id).await?,
            None => false,
        };
        let mut scopes = Vec::new();
        let (mut bound, mut assigned, mut super_admin) = (false, false, false);
        if let Ok(whom) = &whom {
            let missing = |held: &[String]| -> Vec<String> {
                let lacks = d::SCOPES.iter().filter(|wanted| !carries(held, wanted));
                lacks.map(|it| (*it).to_owned()).collect()
            };
            let roles = match whom {
                For::Client { id: None, .. } => {
                    scopes = missing(&[]);
                    None
                }
                For::Client { id: Some(id), .. } => {
                    scopes = match &new {
                        Some(app) => missing(app.granted()),
                        None => missing(&self.granted(&target, id).await?.unwrap_or_default()),
                    };
                    self.roles_of_app(&target, id).await?
                }
                For::Person { me: true, .. } => {
                    scopes = admin_scopes.as_deref().map(missing).unwrap_or_default();
                    self.roles_of_admin(&target).await?
                }
                For::Person { id, .. } => {
                    let call = Call::new(&e::USER_ROLES).param("userId", id.clone());
                    let answer = self.ask(&target, &call).await.ok();
                    answer.as_ref().and_then(|answer| Role::read(&answer.body))
                }
            };
            super_admin = roles.is_some_and(|roles| roles.iter().any(|role| role.kind == SUPER));
            if let (Some(role), Some(set)) = (&role, &set) {
                bound = self.is_bound(&target, &role.id, &set.id).await?;
                if let Some(end) = end_of(org, whom) {
                    assigned = self.is_member(&target, &role.id, &set.id, &end).await?;
                }
            }
        }
        Ok(Look {
            probe: self.probe_licence(org, &target).await,
            target,
            admin_scopes,
            whom,
            new,
            role,
            lacks,
            set,
            set_whole,
            scopes,
            bound,
            assigned,
            super_admin,
        })
    }

    /// Asks for the numbers of reviews with a credential; what is wrong, if anything.
    pub(super) async fn probe_licence(&self, org: &Org, target: &Target) -> Option<Problem> {
        let family = super::super::family(Side::Admin);
        match self.ask(target, &Call::new(family.stats)).await {
            Ok(_) => None,
            Err(problem) => Some(words::about(
                problem,
                org.origin.host(),
                target.credential.holder(),
                false,
            )),
        }
    }
}

/// What the address of a member ends in; none while there is no such member.
pub(super) fn end_of(org: &Org, whom: &For) -> Option<String> {
    let (client, id) = match whom {
        For::Client { id, .. } => (true, id.as_ref()?),
        For::Person { id, .. } => (false, id),
    };
    Some(d::member(&org.origin, client, id).1)
}
