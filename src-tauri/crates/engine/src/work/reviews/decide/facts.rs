//! What is known of an item before it is decided, and what a decision would mean.

use super::super::ReviewKey;
use crate::engine::{Engine, hold};
use crate::ipc::review_args::DecisionArgs;
use crate::ipc::views::reviews::decisions::{DecisionFacts, FactView};
use crate::ipc::views::reviews::items::{AccessRow, ItemAction, LabelView, ManualReason, SubAccessRow};
use crate::okta::pace::Urgency;
use crate::store::orgs::Org;
use domain::problem::{Problem, reviews as words};
use domain::reviews as r;

/// An item, whether it is an access item or lies below one.
#[derive(Debug, Clone)]
pub(in crate::work::reviews) struct ItemFacts {
    pub(in crate::work::reviews) name: String,
    pub(in crate::work::reviews) actions: Vec<ItemAction>,
    pub(in crate::work::reviews) remediation: String,
    manual: Vec<ManualReason>,
    labels: Vec<LabelView>,
    assigned: Option<String>,
    assignment: Option<String>,
    last_access: Option<String>,
    usage: Option<i64>,
    /// Something lies below.
    below: bool,
    collections: Vec<String>,
}

impl From<&AccessRow> for ItemFacts {
    fn from(row: &AccessRow) -> Self {
        Self {
            name: row.name.clone(),
            actions: row.actions.clone(),
            remediation: row.remediation.clone(),
            manual: row.manual.clone(),
            labels: row.labels.clone(),
            assigned: row.assigned.clone(),
            assignment: row.assignment_words.clone(),
            last_access: row.last_access.clone(),
            usage: row.usage,
            below: !row.below.is_empty(),
            collections: Vec::new(),
        }
    }
}

impl From<&SubAccessRow> for ItemFacts {
    fn from(row: &SubAccessRow) -> Self {
        Self {
            name: row.name.clone(),
            actions: row.actions.clone(),
            remediation: row.remediation.clone(),
            manual: row.manual.clone(),
            labels: row.labels.clone(),
            assigned: row.assigned.clone(),
            assignment: row.assignment_words.clone(),
            last_access: None,
            usage: None,
            below: false,
            collections: row.collections.clone(),
        }
    }
}

fn day(text: &str) -> String {
    text.parse::<jiff::Timestamp>()
        .map_or_else(|_| text.to_owned(), |at| at.strftime("%-d %B %Y").to_string())
}

impl Engine {
    /// An item as last read, or read now.
    pub(in crate::work::reviews) async fn item_facts(
        &self,
        org: &Org,
        key: &ReviewKey,
        access: &str,
        sub: Option<&str>,
    ) -> Result<ItemFacts, Problem> {
        if let Some(facts) = self.known_facts(key, access, sub) {
            return Ok(facts);
        }
        let cancel = self.stop.child_token();
        self.read_items(org, key, &[(access.to_owned(), sub.map(str::to_owned))], &cancel)
            .await?;
        self.known_facts(key, access, sub).ok_or_else(words::no_such_item)
    }

    pub(in crate::work::reviews) fn known_facts(
        &self,
        key: &ReviewKey,
        access: &str,
        sub: Option<&str>,
    ) -> Option<ItemFacts> {
        match sub {
            None => hold(&self.reviews.items)
                .get(key)
                .and_then(|items| items.get(access))
                .map(ItemFacts::from),
            Some(sub) => hold(&self.reviews.below)
                .get(&(key.clone(), access.to_owned()))
                .and_then(|rows| rows.iter().find(|row| row.id == sub))
                .map(ItemFacts::from),
        }
    }

    /// What a decision would mean: shown before it is made.
    pub(crate) async fn facts_of_decision(&self, args: &DecisionArgs) -> Result<DecisionFacts, Problem> {
        let org = self.org(&args.org)?;
        let key = (org.key.clone(), args.side, args.review.clone());
        let item = self
            .item_facts(&org, &key, &args.access, args.sub.as_deref())
            .await?;
        let below = if item.below && args.sub.is_none() {
            let cancel = self.stop.child_token();
            self.below_of(
                &org,
                args.side,
                &args.review,
                &args.access,
                Urgency::Click,
                &cancel,
            )
            .await
            .ok()
        } else {
            None
        };
        let automatic = r::automatic(&args.action);
        let mut facts = Vec::new();
        let mut fact = |label: &str, value: String, warn: bool| {
            facts.push(FactView {
                label: label.into(),
                value,
                warn,
            });
        };
        let (label, _) = r::item_action(&args.action);
        if let Some(how) = &item.assignment {
            let since = item.assigned.as_deref().map(day);
            let since = since.map(|it| format!(", since {it}")).unwrap_or_default();
            fact("Assigned", format!("{how}{since}"), false);
        }
        match (&item.last_access, item.usage) {
            (Some(at), usage) => {
                let times = usage
                    .map(|n| format!("; {n} times in 90 days"))
                    .unwrap_or_default();
                let often = usage.is_some_and(|n| n > 0);
                fact("Last used", format!("{}{times}", day(at)), often);
            }
            (None, Some(0)) => fact("Last used", "not in the last 90 days".into(), false),
            (None, Some(times)) => fact("Used", format!("{times} times in 90 days"), true),
            (None, None) => {}
        }
        for name in &item.labels {
            let values = name.values.join(", ");
            fact(
                &name.name,
                if values.is_empty() { "yes".into() } else { values },
                true,
            );
        }
        if !item.collections.is_empty() {
            fact("Collections", item.collections.join(", "), true);
        }
        if let Some(below) = &below {
            let by_hand = below.rows.iter().filter(|row| !row.manual.is_empty()).count();
            let count = below.rows.len();
            let mut said = match count {
                0 => "nothing".into(),
                1 => "1 group or entitlement".into(),
                n => format!("{n} groups and entitlements"),
            };
            if by_hand > 0 && automatic {
                said.push_str(&format!("; {by_hand} of them Okta can’t take away by itself"));
            }
            fact("Goes along", said, by_hand > 0);
        }
        Ok(DecisionFacts {
            access: args.access.clone(),
            sub: args.sub.clone(),
            item: item.name,
            action: args.action.clone(),
            label,
            automatic,
            outcome: r::outcome(&args.action).into(),
            below: below.map(|it| u32::try_from(it.rows.len()).unwrap_or(u32::MAX)),
            facts,
            manual: item.manual,
        })
    }
}
