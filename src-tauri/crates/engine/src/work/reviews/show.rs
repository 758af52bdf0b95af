//! Okta's answers as the window sees them.

use crate::ipc::views::reviews::items::{
    AccessRow, AnomalyView, ConflictList, ConflictValue, ConflictView, ItemAction, LabelView, ManualReason,
    NamedView, SubAccessRow,
};
use crate::ipc::views::reviews::people::{GroupView, PersonView};
use crate::ipc::views::reviews::{
    LastSignIn, PrincipalView, ProfileView, ReviewAction, ReviewHistoryRow, ReviewRow,
};
use domain::okta::wire::access::{Access, Anomaly, Item, Named, SubAccess};
use domain::okta::wire::people::{Group, Person};
use domain::okta::wire::review::{Entry, Principal, Profile, Review};
use domain::reviews::{self as r, launch};
use jiff::Timestamp;

/// An id for a row that came without one, so that it is shown all the same. It is none of Okta's, so nothing can be asked
/// about it.
fn or_made(id: String, name: &str, place: usize) -> String {
    if id.is_empty() {
        format!("no-id-{place}-{name}")
    } else {
        id
    }
}

/// Somebody.
pub(super) fn profile(profile: &Profile) -> ProfileView {
    ProfileView {
        id: profile.id.clone(),
        name: profile.name(),
        login: profile.login.clone(),
        email: profile.email.clone(),
        status: profile.status.clone(),
        kind: profile.kind.clone(),
    }
}

/// A review; whose it is and who made it is filled in by who knows.
pub(super) fn review(review: &Review, place: usize) -> ReviewRow {
    ReviewRow {
        id: or_made(review.id.clone(), &review.name, place),
        name: if review.name.is_empty() {
            "(no name)".into()
        } else {
            review.name.clone()
        },
        status: review.status.clone(),
        end_time: review.end_time.clone(),
        created: review.created.clone(),
        created_by: review.created_by.clone(),
        last_updated: review.last_updated.clone(),
        last_updated_by: review.last_updated_by.clone(),
        reviewers: review.everybody().iter().map(profile).collect(),
        subject: None,
        ours: false,
    }
}

/// Who is reviewed.
pub(super) fn principal(principal: &Principal) -> PrincipalView {
    PrincipalView {
        profile: profile(&principal.profile),
        department: principal.department.clone(),
        manager: principal.manager.clone(),
        role: principal.role.clone(),
        home: principal.home.clone(),
        last_sign_in: principal
            .last_sign_in
            .clone()
            .map(|[at, place, device, ip_address]| LastSignIn {
                at,
                place,
                device,
                ip_address,
            }),
        admin_roles: principal.admin_roles.clone(),
    }
}

/// An action on a whole review.
pub(super) fn review_action(action: String) -> ReviewAction {
    let (label, about, known) = r::review_action(&action);
    ReviewAction {
        action,
        label,
        about: about.into(),
        known,
    }
}

/// An entry of the history.
pub(super) fn entry(entry: &Entry) -> ReviewHistoryRow {
    ReviewHistoryRow {
        id: entry.id.clone(),
        at: entry.at.clone(),
        message: entry.message.clone(),
        system: entry.system,
        who: entry.who.as_ref().map(profile),
    }
}

fn actions(item: &Item) -> Vec<ItemAction> {
    item.actions
        .iter()
        .map(|action| {
            let (label, known) = r::item_action(action);
            ItemAction {
                action: action.clone(),
                label,
                known,
            }
        })
        .collect()
}

fn manual(item: &Item) -> Vec<ManualReason> {
    item.manual
        .iter()
        .map(|kind| ManualReason {
            kind: kind.clone(),
            why: r::manual(kind),
        })
        .collect()
}

fn labels(item: &Item) -> Vec<LabelView> {
    item.labels
        .iter()
        .map(|(name, values)| LabelView {
            name: name.clone(),
            values: values.clone(),
        })
        .collect()
}

fn named(named: &[Named]) -> Vec<NamedView> {
    named
        .iter()
        .map(|(name, about)| NamedView {
            name: name.clone(),
            about: about.clone(),
        })
        .collect()
}

/// An access item.
pub(super) fn access(access: &Access, place: usize) -> AccessRow {
    let item = &access.item;
    AccessRow {
        id: or_made(item.id.clone(), &item.name, place),
        kind: item.kind.clone(),
        name: item.name.clone(),
        resource_id: item.resource_id.clone(),
        app_name: access.app_name.clone(),
        severity: item.severity.clone(),
        rank: r::rank(&item.severity),
        actions: actions(item),
        remediation_words: r::remediation(&item.remediation),
        remediation: item.remediation.clone(),
        manual: manual(item),
        last_access: access.last_access.clone(),
        assigned: item.assigned.clone(),
        assignment_words: item.assignment.as_deref().map(r::assignment),
        assignment: item.assignment.clone(),
        usage: access.usage,
        last_certified: item.last_certified.clone(),
        last_reviewed: item.last_reviewed.clone(),
        last_device: access.last_device.clone(),
        entitlements: named(&access.entitlements),
        labels: labels(item),
        summary: access
            .summary
            .as_ref()
            .map(|summary| summary.message.clone())
            .filter(|text| !text.is_empty()),
        below: access.below.clone(),
    }
}

/// Something below an item.
pub(super) fn sub(sub: &SubAccess, place: usize) -> SubAccessRow {
    let item = &sub.item;
    SubAccessRow {
        id: or_made(item.id.clone(), &item.name, place),
        kind_words: r::below(&item.kind),
        kind: item.kind.clone(),
        name: item.name.clone(),
        severity: item.severity.clone(),
        rank: r::rank(&item.severity),
        actions: actions(item),
        remediation_words: r::remediation(&item.remediation),
        remediation: item.remediation.clone(),
        manual: manual(item),
        about: sub.about.clone(),
        entitlement: sub.entitlement.clone(),
        assigned: item.assigned.clone(),
        assignment_words: item.assignment.as_deref().map(r::assignment),
        assignment: item.assignment.clone(),
        owner: sub.owner.clone(),
        collections: sub.collections.clone(),
        entitlements: named(&sub.entitlements),
        last_certified: item.last_certified.clone(),
        last_reviewed: item.last_reviewed.clone(),
        labels: labels(item),
    }
}

/// Something unusual, its sentence filled.
pub(super) fn anomaly(anomaly: &Anomaly, now: Timestamp) -> AnomalyView {
    AnomalyView {
        title: r::anomaly(&anomaly.kind),
        kind: anomaly.kind.clone(),
        severity: anomaly.severity.clone(),
        rank: r::rank(&anomaly.severity),
        text: r::anomaly::fill(&anomaly.message, &anomaly.args, now),
        conflicts: anomaly
            .conflicts
            .iter()
            .map(|conflict| ConflictView {
                name: conflict.name.clone(),
                about: conflict.about.clone(),
                lists: conflict
                    .lists
                    .iter()
                    .map(|list| ConflictList {
                        name: list.name.clone(),
                        scope: r::scope(&list.scope),
                        values: list
                            .values
                            .iter()
                            .map(|(name, here)| ConflictValue {
                                name: name.clone(),
                                here: *here,
                            })
                            .collect(),
                    })
                    .collect(),
            })
            .collect(),
    }
}

/// Somebody of the org.
pub(super) fn person(person: &Person) -> PersonView {
    let (subject, reviewer) = (launch::about_subject(person), launch::about_reviewer(person));
    PersonView {
        id: person.id.clone(),
        name: person.name(),
        login: person.login.clone(),
        email: Some(person.email.clone()).filter(|it| !it.is_empty() && *it != person.login),
        status: person.status.clone(),
        can_be_subject: subject.is_none(),
        can_review: reviewer.is_none(),
        note: subject.or(reviewer),
    }
}

/// A person out of what the window saw of them.
pub(super) fn person_again(view: &PersonView) -> Person {
    Person {
        id: view.id.clone(),
        first: view.name.clone(),
        last: String::new(),
        login: view.login.clone(),
        email: view.email.clone().unwrap_or_default(),
        status: view.status.clone(),
    }
}

/// A group.
pub(super) fn group(group: &Group) -> GroupView {
    GroupView {
        id: group.id.clone(),
        name: group.name.clone(),
        about: group.about.clone(),
        kind: group.kind.clone(),
    }
}
