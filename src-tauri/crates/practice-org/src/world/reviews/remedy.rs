//! What is done about a piece of access, and how that goes on with time.

use super::Pace;

/// What a reviewer can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Revoke,
    Restore,
    FlagRemediation,
    FlagRestoration,
}

impl Act {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Revoke, "REVOKE_ACCESS"),
        (Self::Restore, "RESTORE_ACCESS"),
        (Self::FlagRemediation, "FLAG_FOR_MANUAL_REMEDIATION"),
        (Self::FlagRestoration, "FLAG_FOR_MANUAL_RESTORATION"),
    ];

    pub(crate) fn read(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, is)| *is == word).map(|(act, _)| *act)
    }

    pub(crate) fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(act, _)| *act == self)
            .map_or("", |(_, word)| word)
    }

    /// What the history says, before the name of the access.
    pub(crate) fn told(self) -> &'static str {
        match self {
            Self::Revoke => "revoked access to",
            Self::Restore => "restored access to",
            Self::FlagRemediation => "flagged for manual remediation:",
            Self::FlagRestoration => "flagged for manual restoration:",
        }
    }
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Remedy {
    /// The access is there.
    #[default]
    None,
    /// Okta is at it.
    Going { back: bool, due: i64 },
    /// Somebody has to do it by hand.
    ByHand { back: bool, due: i64 },
    /// The access is gone.
    Gone { by_hand: bool },
}

/// What came to an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Settled {
    /// The access is back, not gone.
    pub(crate) back: bool,
    /// UNIX seconds.
    pub(crate) at: i64,
}

impl Remedy {
    /// `remediationStatus`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Going { .. } => "IN_PROGRESS",
            Self::ByHand { back: false, .. } => "PENDING_MANUAL_REMEDIATION",
            Self::ByHand { back: true, .. } => "PENDING_MANUAL_RESTORATION",
            Self::Gone { .. } => "REMEDIATED",
        }
    }

    /// What can be asked for now. `automatic`: Okta can take it away; `manual`: it can be flagged.
    pub(crate) fn acts(self, automatic: bool, manual: bool) -> Vec<Act> {
        match self {
            Self::None => [(automatic, Act::Revoke), (manual, Act::FlagRemediation)]
                .iter()
                .filter(|(can, _)| *can)
                .map(|(_, act)| *act)
                .collect(),
            Self::Going { .. } => Vec::new(),
            Self::ByHand { back: false, .. } | Self::Gone { by_hand: true } => vec![Act::FlagRestoration],
            Self::ByHand { back: true, .. } => vec![Act::FlagRemediation],
            Self::Gone { by_hand: false } => vec![Act::Restore],
        }
    }

    /// What follows from an act.
    pub(crate) fn after(act: Act, pace: Pace, now: i64) -> Self {
        let (back, hand) = match act {
            Act::Revoke => (false, false),
            Act::Restore => (true, false),
            Act::FlagRemediation => (false, true),
            Act::FlagRestoration => (true, true),
        };
        if hand {
            Self::ByHand {
                back,
                due: now + pace.manual,
            }
        } else {
            Self::Going {
                back,
                due: now + pace.remediation,
            }
        }
    }

    /// Goes on by the clock; tells what came to an end.
    pub(crate) fn settle(&mut self, now: i64) -> Option<Settled> {
        let (back, at, by_hand) = match *self {
            Self::Going { back, due } if due <= now => (back, due, false),
            Self::ByHand { back, due } if due <= now => (back, due, true),
            Self::None | Self::Going { .. } | Self::ByHand { .. } | Self::Gone { .. } => return None,
        };
        *self = if back { Self::None } else { Self::Gone { by_hand } };
        Some(Settled { back, at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(remedy: Remedy, automatic: bool, manual: bool) -> Vec<&'static str> {
        remedy
            .acts(automatic, manual)
            .iter()
            .map(|act| act.word())
            .collect()
    }

    #[test]
    fn access_goes_and_comes_back_by_itself() {
        let pace = Pace::default();
        let mut remedy = Remedy::default();
        assert_eq!(
            words(remedy, true, true),
            ["REVOKE_ACCESS", "FLAG_FOR_MANUAL_REMEDIATION"]
        );
        assert!(words(remedy, false, false).is_empty());
        remedy = Remedy::after(Act::Revoke, pace, 100);
        assert_eq!(
            (remedy.word(), words(remedy, true, false).len()),
            ("IN_PROGRESS", 0)
        );
        assert_eq!(remedy.settle(103), None);
        assert_eq!(remedy.settle(200), Some(Settled { back: false, at: 104 }));
        assert_eq!(
            (remedy.word(), words(remedy, true, false)),
            ("REMEDIATED", vec!["RESTORE_ACCESS"])
        );
        remedy = Remedy::after(Act::Restore, pace, 200);
        assert!(remedy.settle(204).is_some_and(|it| it.back) && remedy == Remedy::None);
    }

    #[test]
    fn what_is_flagged_waits_for_somebody() {
        let pace = Pace::default();
        let mut remedy = Remedy::after(Act::FlagRemediation, pace, 0);
        assert_eq!(remedy.word(), "PENDING_MANUAL_REMEDIATION");
        assert_eq!(words(remedy, false, true), ["FLAG_FOR_MANUAL_RESTORATION"]);
        assert!(remedy.settle(pace.manual).is_some() && remedy.word() == "REMEDIATED");
        assert_eq!(words(remedy, false, true), ["FLAG_FOR_MANUAL_RESTORATION"]);
        remedy = Remedy::after(Act::FlagRestoration, pace, 0);
        assert_eq!(words(remedy, false, true), ["FLAG_FOR_MANUAL_REMEDIATION"]);
        assert!(remedy.settle(pace.manual).is_some() && remedy == Remedy::None);
        for (act, word) in Act::ALL {
            assert_eq!(Act::read(word), Some(act));
        }
        assert_eq!(Act::read("SUSPEND"), None);
    }
}
