//! A security access review: launched, gathering, open, closed; and its history.

use super::item::Item;
use super::remedy::{Act, Remedy};
use super::{Ids, Pace};
use std::collections::BTreeSet;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Pending,
    Active,
    Closed,
    Error,
}

impl Status {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Active => "ACTIVE",
            Self::Closed => "CLOSED",
            Self::Error => "ERROR",
        }
    }
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Actor {
    User(String),
    Client(String),
    /// Okta itself.
    System,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    /// `srh…`.
    pub(crate) id: String,
    /// UNIX seconds.
    pub(crate) at: i64,
    pub(crate) by: Actor,
    pub(crate) message: String,
}

/// A review. Times are UNIX seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Review {
    /// `sar…`.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) status: Status,
    /// Whose access it is about.
    pub(crate) principal: String,
    pub(crate) reviewers: Vec<String>,
    pub(crate) ends: i64,
    pub(crate) created: i64,
    pub(crate) created_by: String,
    pub(crate) updated: i64,
    pub(crate) updated_by: String,
    /// When the data is gathered.
    pub(crate) due: i64,
    /// Gathering will fail.
    pub(crate) fails: bool,
    /// Snapshots, by severity.
    pub(crate) items: Vec<Item>,
    /// The oldest first.
    pub(crate) history: Vec<Event>,
    /// What the AI said, once asked.
    pub(crate) summary: Option<String>,
}

/// Why a reviewer's wish is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cannot {
    /// No such item.
    NoItem,
    /// The review isn't open.
    NotActive,
    /// Not something the item supports now.
    NotSupported,
}

impl Review {
    pub(crate) fn tell(&mut self, ids: &mut Ids<'_>, at: i64, by: Actor, message: impl Into<String>) {
        let id = ids.next("srh1p");
        let message = message.into();
        self.history.push(Event { id, at, by, message });
    }

    /// It is on somebody's list of reviews to do.
    pub(crate) fn is_for(&self, user: &str) -> bool {
        self.reviewers.iter().any(|id| id == user)
    }

    /// Access item or sub-access item of that id.
    pub(crate) fn item(&self, id: &str) -> Option<&Item> {
        self.items
            .iter()
            .find_map(|item| std::iter::once(item).chain(&item.subs).find(|it| it.id == id))
    }

    pub(crate) fn item_mut(&mut self, id: &str) -> Option<&mut Item> {
        self.items.iter_mut().find_map(|item| {
            if item.id == id {
                Some(item)
            } else {
                item.subs.iter_mut().find(|sub| sub.id == id)
            }
        })
    }

    /// Something was taken away, or is about to be.
    pub(crate) fn has_revoked(&self) -> bool {
        self.every().any(|item| {
            matches!(
                item.remedy,
                Remedy::Gone { .. } | Remedy::Going { back: false, .. } | Remedy::ByHand { back: false, .. }
            )
        })
    }

    fn every(&self) -> impl Iterator<Item = &Item> {
        self.items
            .iter()
            .flat_map(|item| std::iter::once(item).chain(&item.subs))
    }

    /// Carries out what a reviewer asks for. What is below an app goes and comes back with it.
    ///
    /// # Errors
    /// It can't be done, or not now.
    pub(crate) fn act(
        &mut self,
        target: &str,
        act: Act,
        by: Actor,
        pace: Pace,
        now: i64,
        ids: &mut Ids<'_>,
    ) -> Result<(), Cannot> {
        let open = self.status == Status::Active;
        let item = self.item_mut(target).ok_or(Cannot::NoItem)?;
        if !open {
            return Err(Cannot::NotActive);
        }
        if !item.acts().contains(&act) {
            return Err(Cannot::NotSupported);
        }
        (item.remedy, item.with_app) = (Remedy::after(act, pace, now), false);
        item.facts.reviewed = Some(now);
        for sub in &mut item.subs {
            let goes = act == Act::Revoke && sub.remedy == Remedy::None && sub.automatic;
            let comes = act == Act::Restore && sub.with_app && sub.remedy == Remedy::Gone { by_hand: false };
            if goes || comes {
                (sub.remedy, sub.with_app) = (Remedy::after(act, pace, now), goes);
            }
        }
        let message = format!("{} {}", act.told(), item.name);
        self.tell(ids, now, by, message);
        Ok(())
    }

    /// Gives everything back that was taken away in this review.
    pub(crate) fn restore_all(&mut self, by: Actor, pace: Pace, now: i64, ids: &mut Ids<'_>) {
        for item in self.items.iter_mut() {
            for it in std::iter::once(&mut item.remedy).chain(item.subs.iter_mut().map(|sub| &mut sub.remedy))
            {
                *it = match *it {
                    Remedy::Gone { by_hand: false } | Remedy::Going { back: false, .. } => {
                        Remedy::after(Act::Restore, pace, now)
                    }
                    Remedy::Gone { by_hand: true } | Remedy::ByHand { back: false, .. } => {
                        Remedy::after(Act::FlagRestoration, pace, now)
                    }
                    other => other,
                };
            }
        }
        self.tell(ids, now, by, "restored all access");
    }

    /// Closes it, for good.
    pub(crate) fn close(&mut self, by: Actor, now: i64, ids: &mut Ids<'_>) {
        self.status = Status::Closed;
        let message = match by {
            Actor::System => format!("closed {}: its end time was reached", self.name),
            Actor::User(_) | Actor::Client(_) => format!("closed {}", self.name),
        };
        self.tell(ids, now, by, message);
        self.updated = now;
    }

    /// Lets everything happen that is due: the data is gathered, access goes and comes back, the end comes. Manual work
    /// that was flagged goes on after the end.
    pub(crate) fn settle(&mut self, now: i64, ids: &mut Ids<'_>, gone: &mut BTreeSet<(String, String)>) {
        if self.status == Status::Pending && self.due <= now {
            let (status, message) = if self.fails {
                (
                    Status::Error,
                    format!("failed to gather the data of {}", self.name),
                )
            } else {
                (Status::Active, format!("started {}", self.name))
            };
            (self.status, self.updated) = (status, self.due);
            self.tell(ids, self.due, Actor::System, message);
        }
        let mut settled = Vec::new();
        for item in &mut self.items {
            for (remedy, resource, name, quiet) in
                std::iter::once((&mut item.remedy, &item.resource, &item.name, item.with_app)).chain(
                    item.subs
                        .iter_mut()
                        .map(|sub| (&mut sub.remedy, &sub.resource, &sub.name, sub.with_app)),
                )
            {
                let Some(end) = remedy.settle(now) else { continue };
                let what = (self.principal.clone(), resource.clone());
                if end.back {
                    gone.remove(&what);
                } else {
                    gone.insert(what);
                }
                if !quiet {
                    let told = if end.back { "is back" } else { "was removed" };
                    settled.push((end.at, format!("access to {name} {told}")));
                }
            }
        }
        settled.sort_by_key(|(at, _)| *at);
        for (at, message) in settled {
            self.tell(ids, at, Actor::System, message);
        }
        if self.status == Status::Active && self.ends <= now {
            self.close(Actor::System, self.ends, ids);
        }
    }
}
