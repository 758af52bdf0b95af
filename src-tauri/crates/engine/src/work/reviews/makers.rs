//! Names of those who made or changed reviews: Okta gives ids, of people and of service apps.

use super::PAGE;
use crate::engine::{Engine, hold};
use crate::ipc::views::reviews::{ReviewRow, Side};
use crate::ipc::views::signin::CredentialKind;
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use domain::okta::call::Call;
use domain::okta::endpoints as e;
use domain::okta::wire::people::Person;
use domain::reviews::filter::{looks_like_app_id, looks_like_id, term};
use tokio_util::sync::CancellationToken;

/// People asked for in one search.
const NAMES: usize = 20;
/// Apps asked for at a time; each is a request of its own.
const APPS: usize = 5;

impl Engine {
    /// Learns the names behind ids. Each is asked for once a run: what may not be read stays an id.
    pub(super) async fn learn_makers(
        &self,
        org: &Org,
        side: Side,
        rows: &[ReviewRow],
        cancel: &CancellationToken,
    ) {
        self.learn_own_app(org);
        let mut wanted: Vec<String> = {
            let names = hold(&self.reviews.names);
            let ids = rows
                .iter()
                .flat_map(|row| [&row.created_by, &row.last_updated_by])
                .flatten();
            ids.filter(|id| looks_like_id(id) || looks_like_app_id(id))
                .filter(|id| !names.contains_key(&(org.key.clone(), (*id).clone())))
                .cloned()
                .collect()
        };
        wanted.sort();
        wanted.dedup();
        {
            let mut asked = hold(&self.reviews.unnamed);
            wanted.retain(|id| asked.insert((org.key.clone(), id.clone())));
        }
        let (apps, people): (Vec<String>, Vec<String>) =
            wanted.into_iter().partition(|id| looks_like_app_id(id));
        self.learn_people(org, side, &people, cancel).await;
        // A reviewer may read no app.
        if side == Side::Admin {
            self.learn_apps(org, &apps, cancel).await;
        }
    }

    /// Gatehouse knows its own service app without asking.
    fn learn_own_app(&self, org: &Org) {
        let held = self.store.credentials(&org.key).unwrap_or_default();
        let own = held
            .into_iter()
            .find(|(kind, _)| *kind == CredentialKind::ServiceApp);
        if let Some((id, who)) = own.and_then(|(_, it)| Some((it.client_id?, it.who?))) {
            self.learn_names(
                &org.key,
                std::iter::once((id.as_str(), format!("{who} (service app)"))),
            );
        }
    }

    async fn learn_people(&self, org: &Org, side: Side, ids: &[String], cancel: &CancellationToken) {
        for some in ids.chunks(NAMES) {
            let search: Vec<String> = some.iter().map(|id| term("id", "eq", id)).collect();
            let call = Call::new(&e::USERS)
                .query("search", search.join(" or "))
                .query("limit", PAGE);
            let sent = self
                .review_send(org, side, &call, Urgency::Background, cancel)
                .await;
            let Ok(answer) = sent else { return };
            let Ok(people) = Self::people_of(org, &answer) else {
                return;
            };
            self.learn_names(
                &org.key,
                people.iter().map(|it: &Person| (it.id.as_str(), it.name())),
            );
        }
    }

    async fn learn_apps(&self, org: &Org, ids: &[String], cancel: &CancellationToken) {
        for id in ids.iter().take(APPS) {
            let call = Call::new(&e::APP).param("appId", id.clone());
            let sent = self
                .review_send(org, Side::Admin, &call, Urgency::Background, cancel)
                .await;
            let Ok(answer) = sent else { return };
            if let Some(label) = answer.body["label"].as_str() {
                self.learn_names(&org.key, std::iter::once((id.as_str(), format!("{label} (app)"))));
            }
        }
    }

    /// Puts names in the place of ids.
    pub(super) fn fill_names(&self, org: &str, row: &mut ReviewRow) {
        let names = hold(&self.reviews.names);
        for id in [&mut row.created_by, &mut row.last_updated_by]
            .into_iter()
            .flatten()
        {
            if let Some(name) = names.get(&(org.to_owned(), id.clone())) {
                id.clone_from(name);
            }
        }
    }

    /// Keeps names of an org by id.
    pub(super) fn learn_names<'a>(&self, org: &str, people: impl Iterator<Item = (&'a str, String)>) {
        let mut names = hold(&self.reviews.names);
        for (id, name) in people {
            if !id.is_empty() && !name.is_empty() && name != id {
                names.insert((org.to_owned(), id.to_owned()), name);
            }
        }
    }
}
