//! Orgs: check an address, add, change and forget an org.

use crate::engine::{Engine, hold, now};
use crate::ipc::args::{OrgAddArgs, OrgTokenArgs, OrgUpdateArgs};
use crate::ipc::events::Topic;
use crate::ipc::views::orgs::{ForgetReport, OrgCheck, OrgTag, OrgView};
use crate::okta::attach::Credential;
use crate::okta::client::Target;
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use domain::okta::call::Call;
use domain::okta::endpoints as e;
use domain::okta::wire::org::Metadata;
use domain::org_address::{OrgKind, OrgOrigin, clean};
use domain::problem::{Problem, ProblemCode};
use domain::secret::Secret;
use serde::Deserialize;
use std::sync::Arc;

/// Colours an org can have.
const COLOURS: &[&str] = &[
    "indigo", "teal", "amber", "rose", "violet", "slate", "green", "orange",
];

fn host_of(href: &str) -> Option<String> {
    url::Url::parse(href).ok()?.host_str().map(str::to_owned)
}

fn tag(kind: OrgKind) -> OrgTag {
    match kind {
        OrgKind::Production | OrgKind::CustomDomain => OrgTag::Production,
        OrgKind::Preview => OrgTag::Preview,
        OrgKind::Practice => OrgTag::Practice,
    }
}

fn not_okta(host: &str) -> Problem {
    Problem::new(
        ProblemCode::NotOkta,
        format!("{host} is not an Okta org."),
        "It answers, but not as an Okta org does. Copy the address from your browser while you are signed in to Okta.",
    )
    .field("address")
}

impl Engine {
    /// Asks an address who it is, without any credential.
    async fn metadata(&self, origin: &OrgOrigin) -> Result<Metadata, Problem> {
        let target = Target {
            key: origin.key(),
            origin: origin.clone(),
            credential: Credential::None,
        };
        let answer = self
            .client
            .send(
                &target,
                &Call::new(&e::ORG_METADATA),
                Urgency::Click,
                &self.stop.child_token(),
            )
            .await
            .map_err(|failure| {
                let problem = failure.problem();
                match problem.code {
                    ProblemCode::UnexpectedAnswer | ProblemCode::NotFound | ProblemCode::Refused => {
                        not_okta(origin.host())
                    }
                    _ => problem.field("address"),
                }
            })?;
        Metadata::deserialize(&answer.body).map_err(|_| not_okta(origin.host()))
    }

    pub(crate) async fn check_org(&self, address: &str) -> Result<OrgCheck, Problem> {
        let cleaned = clean(address).map_err(|p| p.field("address"))?;
        let metadata = self.metadata(&cleaned.origin).await?;
        let okta_host = metadata
            .links
            .organization
            .as_ref()
            .and_then(|link| host_of(&link.href));
        let key = cleaned.origin.key();
        Ok(OrgCheck {
            origin: cleaned.origin.as_str().to_owned(),
            host: cleaned.origin.host().to_owned(),
            cleaned: cleaned.cleaned,
            org_id: metadata.id,
            identity_engine: metadata.pipeline == "idx",
            okta_host: okta_host.filter(|host| host != cleaned.origin.host()),
            custom_domain: cleaned.kind == OrgKind::CustomDomain,
            tag: tag(cleaned.kind),
            already: hold(&self.orgs)
                .iter()
                .find(|org| org.key == key)
                .map(|org| org.key.clone()),
        })
    }

    /// One harmless call with the new token; gives the company's name.
    async fn try_token(&self, origin: &OrgOrigin, token: &Arc<Secret>) -> Result<Option<String>, Problem> {
        let text = token.expose().trim();
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(Problem::bad_input(
                "token",
                "That is not an API token.",
                "An Okta API token has 42 letters, digits, dashes and underscores, without spaces. Copy it again from the Admin Console.",
            ));
        }
        let target = Target {
            key: origin.key(),
            origin: origin.clone(),
            credential: Credential::ApiToken(token.clone()),
        };
        self.prove(&target)
            .await
            .map_err(|problem| problem.field("token"))
    }

    pub(crate) async fn add_org(&self, args: OrgAddArgs) -> Result<OrgView, Problem> {
        let cleaned = clean(&args.origin).map_err(|p| p.field("address"))?;
        if cleaned.kind == OrgKind::CustomDomain && !args.custom_domain_confirmed {
            return Err(Problem::bad_input(
                "address",
                format!("{} is not one of Okta's own domains.", cleaned.origin.host()),
                "Your token will be sent there. Confirm that it is your org's custom domain first.",
            ));
        }
        let key = cleaned.origin.key();
        if hold(&self.orgs).iter().any(|org| org.key == key) {
            return Err(Problem::bad_input(
                "address",
                "This org is already in Gatehouse.",
                "Choose it in the rail.",
            ));
        }
        let metadata = self.metadata(&cleaned.origin).await?;
        let token = args
            .token
            .as_ref()
            .map(|token| Arc::new(Secret::new(token.expose().trim().to_owned())));
        let mut company = None;
        if let Some(token) = &token {
            company = self.try_token(&cleaned.origin, token).await?;
            self.keep_token(&key, token, args.session_only).await?;
        }
        let alternate = [metadata.links.organization, metadata.links.alternate]
            .into_iter()
            .flatten()
            .filter_map(|link| host_of(&link.href))
            .filter(|host| host != cleaned.origin.host())
            .collect();
        let used: Vec<String> = hold(&self.orgs).iter().map(|org| org.colour.clone()).collect();
        let free = COLOURS
            .iter()
            .find(|c| !used.iter().any(|u| u == *c))
            .unwrap_or(&"indigo");
        let org = Org {
            key: key.clone(),
            name: Some(args.name.trim().to_owned())
                .filter(|n| !n.is_empty())
                .or(company)
                .unwrap_or_else(|| cleaned.origin.host().to_owned()),
            colour: COLOURS
                .iter()
                .find(|c| **c == args.colour)
                .unwrap_or(free)
                .to_string(),
            tag: tag(cleaned.kind),
            origin: cleaned.origin,
            read_only: false,
            org_id: Some(metadata.id),
            alternate,
            last_used: Some(now()),
        };
        self.store.keep_org(&org)?;
        hold(&self.orgs).push(org);
        self.select_org(&key)
    }

    pub(crate) async fn replace_token(&self, args: OrgTokenArgs) -> Result<OrgView, Problem> {
        let org = self.org(&args.org)?;
        let token = Arc::new(Secret::new(args.token.expose().trim().to_owned()));
        self.try_token(&org.origin, &token).await?;
        self.keep_token(&org.key, &token, args.session_only).await?;
        self.tell_orgs();
        self.changed(Topic::Apps, Some(&org.key), None);
        Ok(self.org_view(&org))
    }

    pub(crate) async fn retry_org(&self, key: &str) -> Result<OrgView, Problem> {
        let org = self.org(key)?;
        self.target(&org).await?;
        self.tell_orgs();
        self.changed(Topic::Apps, Some(key), None);
        Ok(self.org_view(&org))
    }

    pub(crate) fn select_org(&self, key: &str) -> Result<OrgView, Problem> {
        let org = self.org(key)?;
        *hold(&self.current) = Some(key.to_owned());
        self.store.keep_value("current", key)?;
        self.tell_orgs();
        Ok(self.org_view(&org))
    }

    pub(crate) fn update_org(&self, args: &OrgUpdateArgs) -> Result<OrgView, Problem> {
        let name = args.name.trim();
        if name.is_empty() || name.chars().count() > 60 {
            return Err(Problem::bad_input(
                "name",
                "An org needs a name.",
                "Give it one of up to 60 characters.",
            ));
        }
        let mut org = self.org(&args.org)?;
        name.clone_into(&mut org.name);
        org.read_only = args.read_only;
        if let Some(colour) = COLOURS.iter().find(|c| **c == args.colour) {
            (*colour).clone_into(&mut org.colour);
        }
        // The practice org inside Gatehouse begins anew with every run: there is nothing to keep.
        if org.key != super::practice::KEY {
            self.store.keep_org(&org)?;
        }
        if let Some(held) = hold(&self.orgs).iter_mut().find(|held| held.key == org.key) {
            *held = org.clone();
        }
        self.tell_orgs();
        Ok(self.org_view(&org))
    }

    pub(crate) async fn forget_org(&self, key: &str) -> Result<ForgetReport, Problem> {
        let org = self.org(key)?;
        let report = self.wipe(key).await?;
        // While the keychain still holds a secret the org stays, so that it can be tried again.
        if !report.failed.is_empty() {
            return Ok(report);
        }
        self.store.forget_org(key)?;
        self.store.keep_sign_in_client(key, None)?;
        self.forget_reviews(key)?;
        hold(&self.listings).remove(key);
        hold(&self.sessions).retain(|(held, _), _| held != key);
        hold(&self.orgs).retain(|held| held.key != org.key);
        self.client.forget(key);
        if key == super::practice::KEY {
            self.practice.lock().await.take();
        }
        let first = hold(&self.orgs).first().map(|held| held.key.clone());
        self.store
            .keep_value("current", first.as_deref().unwrap_or_default())?;
        *hold(&self.current) = first;
        self.tell_pending();
        self.tell_orgs();
        Ok(report)
    }
}
