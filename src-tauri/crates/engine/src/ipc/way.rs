//! What is on its way to Okta, for those who ask before they end it.

use super::events::{Event, Topic};
use super::views::connect::Stage;
use super::views::reviews::decisions::DecisionState;
use super::views::reviews::incident::IncidentState;
use super::views::reviews::launch::LaunchState;

/// Commands that send changes and answer when they are through; everything else is followed by its events.
pub const CHANGES: &[&str] = &["features_apply", "review_act", "review_comment", "review_update"];

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 9] = [
        Self::Orgs,
        Self::Apps,
        Self::Connection,
        Self::Features,
        Self::History,
        Self::Settings,
        Self::Practice,
        Self::Credentials,
        Self::Reviews,
    ];

    /// Says of everything about this that it has to be read again.
    pub fn changed(self) -> Event {
        Event::Changed {
            topic: self,
            org: None,
            app: None,
        }
    }
}

impl Event {
    /// Work that this event is about, and whether something of it is on its way to Okta or about to be. Waiting for a
    /// consent is not: it survives a restart.
    pub fn on_its_way(&self) -> Option<(String, bool)> {
        match self {
            Self::Connect { view } => {
                let sending = matches!(
                    view.stage,
                    Stage::Saving | Stage::Finishing | Stage::Activating | Stage::ReadingBack
                );
                Some((format!("connect {} {}", view.org, view.app), sending))
            }
            Self::Decision { view } => {
                let sending = matches!(view.state, DecisionState::Waiting | DecisionState::Sending);
                Some((format!("decision {} {}", view.org, view.id), sending))
            }
            Self::Launch { view } => {
                let sending = view.state == LaunchState::Sending;
                Some((format!("launch {} {}", view.org, view.id), sending))
            }
            Self::Incident { org, head, .. } => {
                let running = head
                    .as_ref()
                    .is_some_and(|head| head.state == IncidentState::Running);
                Some((format!("incident {org}"), running))
            }
            Self::Doctor { view } => Some((format!("doctor {}", view.org), view.running)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn changes_are_commands() {
        for name in CHANGES {
            assert!(crate::ipc::table::Command::NAMES.contains(name), "{name}");
        }
    }

    #[test]
    fn a_decision_that_waits_is_on_its_way_until_it_is_undone_or_taken() {
        let decision = |state: &str| -> Event {
            let view = json!({ "id": 7, "org": "acme", "side": "admin", "review": "sar1", "reviewName": "A",
                "access": "aim1", "sub": null, "item": "Slack", "action": "REVOKE_ACCESS", "label": "Revoke access",
                "state": state, "sendAt": null, "delayMs": 8000, "remediation": null, "remediationWords": null,
                "inverse": null, "problem": null });
            serde_json::from_value(json!({ "kind": "decision", "view": view })).expect("an event")
        };
        let key = || "decision acme 7".to_owned();
        for (state, sending) in [
            ("waiting", true),
            ("sending", true),
            ("following", false),
            ("undone", false),
            ("failed", false),
        ] {
            assert_eq!(decision(state).on_its_way(), Some((key(), sending)), "{state}");
        }
        assert_eq!(Topic::Orgs.changed().on_its_way(), None);
    }

    /// A topic that is missing here would stay stale after events were lost.
    #[test]
    fn every_topic_is_in_the_list() {
        for topic in Topic::ALL {
            let place = match topic {
                Topic::Orgs => 0,
                Topic::Apps => 1,
                Topic::Connection => 2,
                Topic::Features => 3,
                Topic::History => 4,
                Topic::Settings => 5,
                Topic::Practice => 6,
                Topic::Credentials => 7,
                Topic::Reviews => 8,
            };
            assert_eq!(Topic::ALL.get(place), Some(&topic));
        }
    }
}
