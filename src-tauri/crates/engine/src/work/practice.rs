//! The practice org inside Gatehouse: started on a click, once a run, its token in memory only.

use crate::engine::{Engine, hold};
use crate::ipc::events::Topic;
use crate::ipc::views::orgs::{OrgTag, OrgView};
use crate::ipc::views::settings::WhatIf;
use crate::store::orgs::Org;
use domain::org_address::OrgOrigin;
use domain::problem::{Problem, ProblemCode};
use domain::secret::Secret;
use practice_org::{PracticeOrg, Switch};
use std::sync::Arc;

/// Key of the practice org.
pub const KEY: &str = "practice";

/// A running practice org.
pub enum Practice {
    /// In this process.
    Inside(PracticeOrg),
    /// In a process of its own (debug builds only), so that a journey can kill Gatehouse and find the org as it was.
    Outside {
        /// Its address.
        url: String,
        /// Its token.
        token: String,
    },
}

impl Practice {
    /// Address and token.
    pub fn address(&self) -> (String, String) {
        match self {
            Self::Inside(org) => (org.url().to_owned(), org.token().to_owned()),
            Self::Outside { url, token } => (url.clone(), token.clone()),
        }
    }
}

/// A standing practice org named by the environment; honoured in debug builds only.
fn outside() -> Option<Practice> {
    if !cfg!(debug_assertions) {
        return None;
    }
    let url = std::env::var("GATEHOUSE_PRACTICE_URL").ok()?;
    let token = std::env::var("GATEHOUSE_PRACTICE_TOKEN").ok()?;
    Some(Practice::Outside { url, token })
}

/// The practice org is one in a process of its own.
pub(crate) fn stands() -> bool {
    outside().is_some()
}

/// Client id of the practice org's app for signing in as an admin.
pub(crate) fn sign_in_client() -> String {
    practice_org::NATIVE_CLIENT.to_owned()
}

fn not_started() -> Problem {
    Problem::new(
        ProblemCode::Network,
        "The practice org could not be started.",
        "It needs a free port on this computer (127.0.0.1). Close other programs that block it, and try again.",
    )
}

impl Engine {
    pub(crate) async fn start_practice(&self) -> Result<OrgView, Problem> {
        let mut slot = self.practice.lock().await;
        if slot.is_none() {
            let practice = match outside() {
                Some(practice) => practice,
                None => {
                    // The org inside begins anew with every run, so notes about it are void.
                    self.store.drop_pending(KEY)?;
                    self.store.drop_credentials(KEY)?;
                    self.forget_reviews(KEY)?;
                    let org = PracticeOrg::start(practice_org::Options::default())
                        .await
                        .map_err(|_| not_started())?;
                    Practice::Inside(org)
                }
            };
            let (url, token) = practice.address();
            let origin = OrgOrigin::practice(&url).ok_or_else(not_started)?;
            *slot = Some(practice);
            drop(slot);
            let used = self.store.active_credential(KEY)?;
            self.keep_token(KEY, &Arc::new(Secret::new(token)), true).await?;
            // One in a process of its own may have been signed in to in another way before.
            if used.is_some() {
                self.store.use_credential(KEY, used)?;
            }
            let mut orgs = hold(&self.orgs);
            orgs.retain(|org| org.key != KEY);
            orgs.push(Org {
                key: KEY.into(),
                origin,
                name: "Practice org".into(),
                colour: "violet".into(),
                read_only: false,
                tag: OrgTag::Practice,
                org_id: None,
                alternate: Vec::new(),
                last_used: None,
            });
        }
        let org = self.select_org(KEY)?;
        // One in a process of its own may have consents waiting from an earlier run.
        self.tell_pending();
        Ok(org)
    }

    pub(crate) async fn reset_practice(&self) -> Result<(), Problem> {
        if let Some(Practice::Inside(org)) = &*self.practice.lock().await {
            org.reset();
        }
        self.store.drop_pending(KEY)?;
        self.forget_reviews(KEY)?;
        hold(&self.listings).remove(KEY);
        hold(&self.sessions).retain(|(org, _), _| org != KEY);
        self.client.forget(KEY);
        self.tell_pending();
        self.changed(Topic::Apps, Some(KEY), None);
        self.changed(Topic::Practice, Some(KEY), None);
        Ok(())
    }

    pub(crate) async fn what_ifs(&self) -> Vec<WhatIf> {
        let slot = self.practice.lock().await;
        let Some(Practice::Inside(org)) = &*slot else {
            return Vec::new();
        };
        let on = org.switches();
        Switch::ALL
            .iter()
            .map(|switch| WhatIf {
                id: switch.id().into(),
                label: switch.label().into(),
                about: switch.about().into(),
                on: on.contains(switch),
            })
            .collect()
    }

    pub(crate) async fn set_what_if(&self, id: &str, on: bool) -> Result<Vec<WhatIf>, Problem> {
        {
            let slot = self.practice.lock().await;
            let switch = Switch::ALL.iter().find(|s| s.id() == id);
            match (&*slot, switch) {
                (Some(Practice::Inside(org)), Some(switch)) => org.set_switch(*switch, on),
                _ => {
                    return Err(Problem::new(
                        ProblemCode::NotFound,
                        "There is no such rehearsal.",
                        "Start the practice org first.",
                    ));
                }
            }
        }
        Ok(self.what_ifs().await)
    }
}
