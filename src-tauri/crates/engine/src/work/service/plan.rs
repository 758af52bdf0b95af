//! What is there already, what would be done, and what stands in the way.

use super::Admin;
use crate::engine::Engine;
use crate::ipc::args::ServiceCreateArgs;
use crate::ipc::views::orgs::OrgTag;
use crate::ipc::views::signin::{CredentialKind, KeyAlg, LineState, SetupLine, SetupView};
use crate::okta::attach::Credential;
use crate::okta::auth::keys::SigningKey;
use crate::okta::auth::tokens::How;
use crate::store::orgs::Org;
use domain::problem::{Problem, ProblemCode, service as words};
use domain::signin::jobs::{SUPER, role_label};
use domain::signin::scopes::carries;
use domain::signin::service::{Registered, Role, registered};
use serde_json::Value;
use std::sync::Arc;

/// What there is of the app.
pub(super) enum Seen {
    /// Nothing.
    Nothing,
    /// An app with our key.
    Ours { app: Value, key: Registered },
    /// The app Gatehouse made, without the key that is here now.
    WithoutKey { app: Value },
    /// An app of this label that is somebody else's.
    Taken,
}

impl Seen {
    /// The app, where it is ours.
    pub(super) fn app(&self) -> Option<&Value> {
        match self {
            Self::Ours { app, .. } | Self::WithoutKey { app } => Some(app),
            Self::Nothing | Self::Taken => None,
        }
    }

    /// Its id.
    pub(super) fn id(&self) -> Option<String> {
        self.app().and_then(|app| app["id"].as_str()).map(str::to_owned)
    }
}

/// Everything that was looked at.
pub(super) struct Look {
    /// Scopes of the admin's access token; none for an API token.
    scopes: Option<Vec<String>>,
    /// The admin's roles, where they may be read.
    roles: Option<Vec<Role>>,
    makes_super_admins: bool,
    pub(super) seen: Seen,
    /// The key that will be, or is, the app's; none when one is to be made.
    pub(super) key: Option<Arc<SigningKey>>,
    /// It is the key in use already.
    pub(super) in_use: bool,
    pub(super) granted: Vec<String>,
    app_roles: Vec<Role>,
}

pub(super) fn alg_name(alg: KeyAlg) -> &'static str {
    match alg {
        KeyAlg::Es256 => "ES256",
        KeyAlg::Rs256 => "RS256",
    }
}

pub(super) fn key_words(key: &SigningKey) -> String {
    format!("{}, key id {}", alg_name(key.alg()), key.kid())
}

const SUPER_APPS: &str = "New service apps of this org become super admins with their first scope: its setting “Public client app admins” is on. Switch it off first unless you want that.";

/// Name of the note which app Gatehouse made for an org.
pub(super) fn note(org: &str) -> String {
    format!("service-app:{org}")
}

impl Engine {
    /// Looks at everything the set-up is about. Changes nothing.
    pub(super) async fn look(
        &self,
        org: &Org,
        args: &ServiceCreateArgs,
        admin: &Admin,
    ) -> Result<Look, Problem> {
        let target = &admin.target;
        let scopes = self.scopes_of(target).await?;
        let roles = self.roles_of_admin(target).await?;
        let makes_super_admins = self.makes_super_admins(target).await?;
        let waiting = match self.new_key(org).await {
            Ok((key, _)) => Some(Arc::new(key)),
            Err(problem) if problem.code == ProblemCode::KeychainNoEntry => None,
            Err(problem) => return Err(problem),
        };
        let used = self.key_in_use(org).await;
        let keys: Vec<&Arc<SigningKey>> = waiting.iter().chain(used.iter().map(|(_, key)| key)).collect();
        let (seen, which) = self.find_app(org, admin, &args.label, &keys).await?;
        let fits = |key: &Arc<SigningKey>| key.alg() == args.alg;
        let key = which.or_else(|| waiting.clone().filter(fits));
        let in_use = key
            .as_ref()
            .zip(used.as_ref())
            .is_some_and(|(key, (client, used))| {
                Arc::ptr_eq(key, used) && seen.id().as_deref() == Some(client)
            });
        let (mut granted, mut app_roles) = (Vec::new(), Vec::new());
        if let Some(app) = seen.id() {
            granted = self.granted(target, &app).await?.unwrap_or_default();
            if !args.role.is_empty() {
                app_roles = self.roles_of_app(target, &app).await?.unwrap_or_default();
            }
        }
        Ok(Look {
            scopes,
            roles,
            makes_super_admins,
            seen,
            key,
            in_use,
            granted,
            app_roles,
        })
    }

    /// Client id and key of the service app in use, where they can be had.
    async fn key_in_use(&self, org: &Org) -> Option<(String, Arc<SigningKey>)> {
        let held = self.store.credentials(&org.key).ok()?;
        held.iter()
            .find(|(kind, _)| *kind == CredentialKind::ServiceApp)?;
        // A keychain that does not give it is no reason to stop: then it is not compared with.
        let target = self.target_with(org, CredentialKind::ServiceApp).await.ok()?;
        match &target.credential {
            Credential::OAuth(source) => match &source.how {
                How::Service { key } => Some((source.client_id.clone(), key.clone())),
                How::SignIn { .. } => None,
            },
            Credential::None | Credential::ApiToken(_) => None,
        }
    }

    /// Finds the app that has one of these keys, or that Gatehouse is known to have made. The label alone proves nothing:
    /// Okta takes the same one twice.
    pub(super) async fn find_app(
        &self,
        org: &Org,
        admin: &Admin,
        label: &str,
        keys: &[&Arc<SigningKey>],
    ) -> Result<(Seen, Option<Arc<SigningKey>>), Problem> {
        let made = self.store.value(&note(&org.key))?;
        let (mut without, mut taken) = (None, false);
        for app in self.apps_called(&admin.target, label).await? {
            let Some(id) = app["id"].as_str() else { continue };
            let there = self.keys_of(&admin.target, id).await?.unwrap_or(Value::Null);
            for key in keys {
                if let Some(found) = registered(&there, &key.public_jwk()) {
                    let seen = Seen::Ours { app, key: found };
                    return Ok((seen, Some((*key).clone())));
                }
            }
            if made.as_deref() == Some(id) {
                without = Some(app);
            } else {
                taken = true;
            }
        }
        Ok(match without {
            Some(app) => (Seen::WithoutKey { app }, None),
            None if taken => (Seen::Taken, None),
            None => (Seen::Nothing, None),
        })
    }
}

impl Look {
    /// Why the admin can't do what takes this scope and one of these roles.
    fn barred(&self, org: &Org, scope: &str, roles: &[&str]) -> Option<Problem> {
        if let Some(scopes) = &self.scopes
            && !carries(scopes, scope)
        {
            return Some(words::admin_lacks_scope(scope));
        }
        // Roles that may not be read are not “none”: Okta will say.
        let found = self.roles.as_ref()?;
        if found.iter().any(|role| roles.contains(&role.kind.as_str())) {
            return None;
        }
        let labels: Vec<String> = found.iter().map(|role| role.label.clone()).collect();
        Some(words::not_super_admin(org.origin.host(), &labels))
    }

    fn app_line(&self, org: &Org, args: &ServiceCreateArgs) -> (LineState, Option<String>, Option<Problem>) {
        match &self.seen {
            Seen::Taken => (LineState::Blocked, None, Some(words::label_taken(&args.label))),
            Seen::Ours { app, .. } | Seen::WithoutKey { app } if app["status"] == "INACTIVE" => (
                LineState::Blocked,
                self.seen.id(),
                Some(words::app_inactive(&args.label)),
            ),
            Seen::Ours { .. } | Seen::WithoutKey { .. } => (LineState::Found, self.seen.id(), None),
            Seen::Nothing => match self.barred(org, "okta.apps.manage", &[SUPER, "APP_ADMIN", "CUSTOM"]) {
                Some(problem) => (LineState::Blocked, None, Some(problem)),
                None => (LineState::Todo, None, None),
            },
        }
    }

    fn registered_line(&self, args: &ServiceCreateArgs) -> (LineState, Option<String>, Option<Problem>) {
        match &self.seen {
            Seen::Ours { key, .. } if !key.active => {
                (LineState::Blocked, None, Some(words::key_inactive(&args.label)))
            }
            Seen::Ours { key, .. } => (LineState::Found, Some(format!("key id {}", key.kid)), None),
            Seen::WithoutKey { .. } | Seen::Nothing | Seen::Taken => (LineState::Todo, None, None),
        }
    }

    /// The lines, each with where it stands.
    pub(super) fn view(&self, org: &Org, args: &ServiceCreateArgs) -> SetupView {
        let mut lines = Vec::new();
        let mut add = |id: String, title: String, (state, detail, problem)| {
            lines.push(SetupLine {
                id,
                title,
                state,
                detail,
                problem,
                calls: Vec::new(),
            });
        };
        let key = match &self.key {
            Some(key) => (LineState::Found, Some(key_words(key)), None),
            None => (LineState::Todo, None, None),
        };
        add("key".into(), format!("Make a key ({})", alg_name(args.alg)), key);
        add(
            "app".into(),
            format!("Create the service app {}", args.label),
            self.app_line(org, args),
        );
        add(
            "registered".into(),
            "Check that the app has the public key".into(),
            self.registered_line(args),
        );
        for scope in &args.scopes {
            let line = if self.granted.contains(scope) {
                (LineState::Found, None, None)
            } else {
                match self.barred(org, "okta.appGrants.manage", &[SUPER]) {
                    Some(problem) => (LineState::Blocked, None, Some(problem)),
                    None => (LineState::Todo, None, None),
                }
            };
            add(format!("grant:{scope}"), format!("Grant {scope}"), line);
        }
        if !args.role.is_empty() {
            let line = if self.app_roles.iter().any(|role| role.kind == args.role) {
                (LineState::Found, None, None)
            } else {
                match self.barred(org, "okta.roles.manage", &[SUPER]) {
                    Some(problem) => (LineState::Blocked, None, Some(problem)),
                    None => (LineState::Todo, None, None),
                }
            };
            let title = format!("Assign the role {}", role_label(&args.role));
            add("role".into(), title, line);
        }
        let todo = || (LineState::Todo, None, None);
        add("token".into(), "Get an access token as the app".into(), todo());
        add("call".into(), "Make one call with it".into(), todo());
        let last = if args.sign_out {
            "Use the app from now on, and sign the admin out"
        } else {
            "Use the app from now on"
        };
        add("use".into(), last.into(), todo());
        SetupView {
            org: org.key.clone(),
            label: args.label.clone(),
            client_id: self.seen.id(),
            lines,
            running: false,
            done: false,
            warnings: self.warnings(org, args),
        }
    }

    /// Lines and warnings for who makes the app on the way to something else, and gives it a role there.
    pub(super) fn to_make(
        &self,
        org: &Org,
        args: &ServiceCreateArgs,
        memory_only: bool,
    ) -> (Vec<SetupLine>, Vec<String>) {
        let mut lines = self.view(org, args).lines;
        for line in &mut lines {
            match line.id.as_str() {
                "app" => line.title = format!("API service app “{}”", args.label),
                "key" if memory_only => line.title = "Key of the service app, in memory".into(),
                "key" => line.title = "Key of the service app, in the keychain".into(),
                "use" => line.title = "The app kept for Gatehouse".into(),
                _ => {}
            }
        }
        (
            lines,
            self.makes_super_admins
                .then(|| SUPER_APPS.to_owned())
                .into_iter()
                .collect(),
        )
    }

    fn warnings(&self, org: &Org, args: &ServiceCreateArgs) -> Vec<String> {
        let mut warnings = Vec::new();
        if org.tag == OrgTag::Production {
            warnings.push(format!("{} is a production org.", org.origin.host()));
        }
        if self.makes_super_admins {
            warnings.push(SUPER_APPS.into());
        }
        if args.role == SUPER {
            warnings.push(
                "As a Super Administrator the app may do everything in the org. Application Administrator is enough for what Gatehouse does."
                    .into(),
            );
        }
        if args.role.is_empty() {
            warnings.push(
                "Scopes alone are not enough: without an admin role Okta shows the app empty lists and refuses the rest."
                    .into(),
            );
        }
        let bound = self
            .seen
            .app()
            .and_then(|app| app.pointer("/settings/oauthClient/dpop_bound_access_tokens"))
            .and_then(Value::as_bool);
        if bound.is_some_and(|bound| bound != args.dpop) {
            warnings.push(format!(
                "The app is there already, made {} DPoP; that stays as it is.",
                if args.dpop { "without" } else { "with" }
            ));
        }
        warnings
    }
}
