//! Reviews of the practice story, in telling states. Their times count from when the org starts.

use super::item::Item;
use super::remedy::{Act, Remedy};
use super::review::{Actor, Review, Status};
use super::settings::Operation;
use super::{Ids, Pace};
use crate::seed::id;
use crate::world::admins::{Assignment, Kind, Principal, role};
use crate::world::{Person, World};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

struct Plan<'a> {
    name: &'a str,
    principal: usize,
    reviewers: &'a [&'a str],
    /// How long ago it was launched.
    age: i64,
    /// How long it stays open from now; negative: since when it is closed.
    left: i64,
}

/// Puts a review in that Robin Keller has launched.
fn launch(world: &mut World, plan: &Plan<'_>, items: Vec<Item>, now: i64) -> String {
    let owner = world.owner.clone();
    let review = Review {
        id: world.governance.fresh("sar1p"),
        name: plan.name.into(),
        status: Status::Pending,
        principal: id("00u1p", plan.principal),
        reviewers: plan.reviewers.iter().map(|id| (*id).to_owned()).collect(),
        ends: now + plan.left,
        created: now - plan.age,
        created_by: owner.clone(),
        updated: now - plan.age,
        updated_by: owner.clone(),
        due: now - plan.age + Pace::default().gathering,
        fails: false,
        items,
        history: Vec::new(),
        summary: None,
    };
    let made = review.id.clone();
    let mut ids = Ids(&mut world.governance.made);
    let mut review = review;
    let message = format!("created {}", review.name);
    review.tell(&mut ids, now - plan.age, Actor::User(owner), message);
    world.governance.reviews.insert(made.clone(), review);
    made
}

/// Decides on an item of that name some time ago; what was to follow has followed by now.
fn decide(world: &mut World, review: &str, name: &str, act: Act, at: i64) {
    let owner = world.owner.clone();
    let mut ids = Ids(&mut world.governance.made);
    let Some(review) = world.governance.reviews.get_mut(review) else {
        return;
    };
    let target = review
        .items
        .iter()
        .find(|item| item.name == name)
        .map(|item| item.id.clone());
    if let Some(target) = target {
        let pace = Pace::default();
        // The names are the catalog's own, and tests hold that every one is taken.
        let _ = review.act(&target, act, Actor::User(owner), pace, at, &mut ids);
        review.settle(at + pace.remediation, &mut ids, &mut world.governance.gone);
    }
}

fn settle(world: &mut World, review: &str, at: i64) {
    let mut ids = Ids(&mut world.governance.made);
    if let Some(review) = world.governance.reviews.get_mut(review) {
        review.settle(at, &mut ids, &mut world.governance.gone);
    }
}

/// The reviews of the story.
pub(crate) fn story(world: &mut World, now: i64) {
    operations(world, now);
    if let Some(role) = role::find("HELP_DESK_ADMIN") {
        // Hugo's, as his review shows.
        world.assignments.push(Assignment {
            id: role.id(),
            who: Principal::User(id("00u1p", 7)),
            kind: Kind::Standard(role),
            created: now - 260 * DAY,
        });
    }
    let (owner, ben, dev) = (world.owner.clone(), id("00u1p", 1), id("00u1p", 3));
    let gather = |world: &mut World, principal: usize, at: i64| {
        let apps = world.apps.clone();
        world.governance.gather(&apps, &id("00u1p", principal), at)
    };

    let old = Plan {
        name: "Leaver check: Kofi Abara",
        principal: 10,
        reviewers: &[&owner],
        age: 20 * DAY,
        left: -13 * DAY,
    };
    let items = gather(world, 10, now - old.age);
    let closed = launch(world, &old, items, now);
    settle(world, &closed, now - 19 * DAY);
    decide(world, &closed, "Jira", Act::Revoke, now - 18 * DAY);
    settle(world, &closed, now - DAY);

    let open = Plan {
        name: "Lost laptop: Hugo Abara",
        principal: 7,
        reviewers: &[&owner, &ben],
        age: 2 * DAY,
        left: 5 * DAY,
    };
    let items = gather(world, 7, now - open.age);
    let active = launch(world, &open, items, now);
    settle(world, &active, now - 2 * DAY + HOUR);
    decide(world, &active, "Figma", Act::Revoke, now - 26 * HOUR);
    decide(world, &active, "Workday", Act::FlagRemediation, now - 25 * HOUR);
    if let Some(item) = world
        .governance
        .reviews
        .get_mut(&active)
        .and_then(|review| review.items.iter_mut().find(|item| item.name == "Workday"))
    {
        // Still on somebody's desk for a day.
        item.remedy = Remedy::ByHand {
            back: false,
            due: now + DAY,
        };
    }

    let soon = Plan {
        name: "Quarterly check of administrators: Ines Abara",
        principal: 8,
        reviewers: &[&dev],
        age: 6 * DAY + 15 * HOUR,
        left: 9 * HOUR,
    };
    let items = gather(world, 8, now - soon.age);
    let ending = launch(world, &soon, items, now);
    settle(world, &ending, now - 6 * DAY);

    let broken = Plan {
        name: "Unusual sign-in: Elif Abara",
        principal: 4,
        reviewers: &[&owner],
        age: 3 * HOUR,
        left: 7 * DAY - 3 * HOUR,
    };
    let failed = launch(world, &broken, Vec::new(), now);
    if let Some(review) = world.governance.reviews.get_mut(&failed) {
        review.fails = true;
    }
    settle(world, &failed, now);

    let fresh = Plan {
        name: "Change of department: Chloe Abara",
        principal: 2,
        reviewers: &[&owner],
        age: 0,
        left: 7 * DAY,
    };
    let items = gather(world, 2, now);
    let pending = launch(world, &fresh, items, now);
    if let Some(review) = world.governance.reviews.get_mut(&pending) {
        // Long enough to be seen waiting.
        review.due = now + HOUR;
    }
}

/// Names and comments that would break a careless screen.
pub(crate) fn hostile(world: &mut World, now: i64) {
    let owner = world.owner.clone();
    let labels: Vec<String> = world
        .apps
        .values()
        .map(|app| app.label.chars().take(255).collect())
        .collect();
    let plan = Plan {
        name: "<script>alert(1)</script> \u{202e}tpircs \u{2066}=HYPERLINK(\"https://example.com\")",
        principal: 7,
        reviewers: &[&owner],
        age: HOUR,
        left: DAY,
    };
    let apps = world.apps.clone();
    let mut items = world.governance.gather(&apps, &id("00u1p", 7), now - HOUR);
    for (item, label) in items.iter_mut().zip(labels.iter().cycle()) {
        item.name.clone_from(label);
    }
    let made = launch(world, &plan, items, now);
    settle(world, &made, now);
    if let Some((review, mut ids)) = world.governance.open(&made) {
        for label in &labels {
            review.tell(
                &mut ids,
                now - HOUR / 2,
                Actor::User(owner.clone()),
                label.clone(),
            );
        }
    }
}

/// Two operations, so that there is something to read: one is over, one goes on for ten minutes.
fn operations(world: &mut World, now: i64) {
    for (begun, ends) in [(now - 7200, now - 7140), (now - 5, now + 600)] {
        let id = world.governance.fresh("cpa1p");
        world
            .governance
            .operations
            .insert(id.clone(), Operation { id, begun, ends });
    }
}

/// A review with that many items.
pub(crate) fn large(world: &mut World, count: usize, now: i64) {
    let owner = world.owner.clone();
    let plan = Plan {
        name: "Everything of Jun Abara",
        principal: 9,
        reviewers: &[&owner],
        age: HOUR,
        left: 7 * DAY - HOUR,
    };
    let items = world.governance.gather_many(count, now - HOUR);
    let person = Person {
        id: id("00u1p", plan.principal),
        first: "Jun".into(),
        last: "Abara".into(),
        login: "jun.abara9@example.com".into(),
        status: "ACTIVE".into(),
    };
    // Of the story already; an empty org has nobody to review yet.
    world.people.entry(person.id.clone()).or_insert(person);
    let made = launch(world, &plan, items, now);
    settle(world, &made, now);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::{Seed, plant};

    #[test]
    fn the_story_has_reviews_in_telling_states() {
        let mut world = plant(Seed::Story, 0, 0, "t", 1_790_000_000);
        let now = 1_790_000_000;
        story(&mut world, now);
        let named = |world: &World, name: &str| {
            let found = world
                .governance
                .reviews
                .values()
                .find(|it| it.name.contains(name));
            found.cloned().expect("a review")
        };
        let review = named(&world, "Hugo");
        assert_eq!((review.status, review.items.len()), (Status::Active, 14));
        let words: Vec<_> = ["Figma", "Workday", "Slack"]
            .iter()
            .map(|name| {
                review
                    .items
                    .iter()
                    .find(|item| item.name == *name)
                    .expect("an item")
                    .remedy
                    .word()
            })
            .collect();
        assert_eq!(words, ["REMEDIATED", "PENDING_MANUAL_REMEDIATION", "NONE"]);
        let states = ["Kofi", "Ines", "Elif", "Chloe"].map(|name| named(&world, name).status);
        assert_eq!(
            states,
            [Status::Closed, Status::Active, Status::Error, Status::Pending]
        );
        assert!(
            named(&world, "Kofi")
                .history
                .iter()
                .any(|it| it.message == "revoked access to Jira")
        );
        for review in world.governance.reviews.values() {
            for who in review.reviewers.iter().chain([&review.principal]) {
                let person = &world.people[who];
                assert_eq!(person.status, "ACTIVE", "{}", review.name);
            }
            let person = &world.people[&review.principal];
            assert!(
                review.name.contains(&format!("{} {}", person.first, person.last)),
                "{}",
                review.name
            );
            assert!(
                review.history.is_sorted_by_key(|event| event.at),
                "{}",
                review.name
            );
        }
        world.governance.settle(now + 10 * DAY);
        assert_eq!(
            world.governance.count(Status::Closed, |_| true),
            4,
            "all but the one in error"
        );
    }

    #[test]
    fn a_hostile_review_has_names_as_long_as_okta_takes() {
        let mut world = plant(Seed::Hostile, 0, 0, "t", 1_790_000_000);
        hostile(&mut world, 1_790_000_000);
        let review = world.governance.reviews.values().next().expect("a review");
        assert_eq!(review.status, Status::Active);
        assert!(review.items.iter().any(|item| item.name.chars().count() == 255));
        assert!(review.items.iter().any(|item| item.name.starts_with("<img")));
        assert!(review.history.len() > 5);
    }

    #[test]
    fn a_large_review_is_as_large_as_asked() {
        for seed in [Seed::Story, Seed::Empty] {
            let mut world = plant(seed, 0, 0, "t", 1_790_000_000);
            large(&mut world, 5000, 1_790_000_000);
            let review = world.governance.reviews.values().next().expect("a review");
            assert_eq!((review.items.len(), review.status), (5000, Status::Active));
            assert!(
                review
                    .items
                    .is_sorted_by_key(|item| std::cmp::Reverse(item.severity))
            );
            assert!(world.people.contains_key(&review.principal) && !review.is_for(&review.principal));
        }
    }
}
