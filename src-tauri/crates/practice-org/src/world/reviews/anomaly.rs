//! What looks odd about a piece of access. Messages have `{0}` places: Okta leaves them to the client to fill.

use super::item::Severity;

/// What kind of oddness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Conflict,
    Assignment,
    Decisions,
    Usage,
}

impl Kind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Conflict => "SOD_CONFLICT",
            Self::Assignment => "ASSIGNMENT_METHOD",
            Self::Decisions => "PAST_GOVERNANCE_DECISIONS",
            Self::Usage => "USAGE_HISTORY",
        }
    }

    /// In words, as summaries name it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Conflict => "Separation of duties conflict",
            Self::Assignment => "Assignment method",
            Self::Decisions => "Past governance decisions",
            Self::Usage => "Usage history",
        }
    }

    /// The name filters have for the severity of such anomalies.
    pub(crate) fn filtered_as(self) -> &'static str {
        match self {
            Self::Conflict => "sodConflictSeverity",
            Self::Assignment => "assignmentMethodSeverity",
            Self::Decisions => "pastGovernanceDecisionsSeverity",
            Self::Usage => "usageHistorySeverity",
        }
    }
}

/// What goes into a place of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arg {
    Number(u32),
    Text(&'static str),
    /// Shown as a time from now: this many days ago.
    DaysAgo(i64),
}

/// Entitlement values that stand against each other: the entitlement, and a value of each list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Conflict {
    pub(crate) rule: &'static str,
    pub(crate) about: &'static str,
    pub(crate) entitlement: &'static str,
    /// The value this access gives, and the one it conflicts with.
    pub(crate) values: [&'static str; 2],
}

/// One anomaly, as the catalog has it. Days count back from when the data was gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Anomaly {
    pub(crate) kind: Kind,
    pub(crate) severity: Severity,
    pub(crate) message: &'static str,
    pub(crate) code: &'static str,
    pub(crate) args: &'static [Arg],
    pub(crate) conflict: Option<Conflict>,
}

impl Anomaly {
    const fn new(
        kind: Kind,
        severity: Severity,
        code: &'static str,
        message: &'static str,
        args: &'static [Arg],
    ) -> Self {
        Self {
            kind,
            severity,
            message,
            code,
            args,
            conflict: None,
        }
    }

    /// Not used for long.
    pub(crate) const fn unused(severity: Severity) -> Self {
        let message = "The user hasn't accessed this application in the last {0} days";
        Self::new(
            Kind::Usage,
            severity,
            "usage.history.not.accessed",
            message,
            &[Arg::Number(90)],
        )
    }

    /// Used; arguments are how often and within how many days.
    pub(crate) const fn used(args: &'static [Arg]) -> Self {
        let message = "The user accessed this application {0} times in the last {1} days";
        Self::new(
            Kind::Usage,
            Severity::Low,
            "usage.history.accessed",
            message,
            args,
        )
    }

    /// New; the argument is since when.
    pub(crate) const fn recent(args: &'static [Arg]) -> Self {
        let message = "The user was assigned the app recently, {0}";
        Self::new(
            Kind::Usage,
            Severity::Low,
            "usage.history.recently.assigned",
            message,
            args,
        )
    }

    /// Assigned as few are; the argument is the share of the others, in per cent.
    pub(crate) const fn rare(severity: Severity, args: &'static [Arg]) -> Self {
        let message = "This user's assignment method differs from {0}% of other users who have access to this application";
        Self::new(
            Kind::Assignment,
            severity,
            "assignment.method.differs",
            message,
            args,
        )
    }

    /// Assigned as most are; the argument is their share, in per cent.
    pub(crate) const fn usual(args: &'static [Arg]) -> Self {
        let message =
            "The user was assigned directly, aligning with {0}% of users who were assigned the same way";
        Self::new(
            Kind::Assignment,
            Severity::Low,
            "assignment.method.aligns",
            message,
            args,
        )
    }

    /// Nobody has decided on it before.
    pub(crate) const fn undecided() -> Self {
        let message = "No data found. The assignment has no past governance decisions";
        Self::new(
            Kind::Decisions,
            Severity::Low,
            "past.governance.decisions.none",
            message,
            &[],
        )
    }

    /// Revoked before and given again; arguments are by whom, in which campaign, when.
    pub(crate) const fn revoked_before(args: &'static [Arg]) -> Self {
        let message = "{0} revoked this access in the campaign {1}, {2}, and it was assigned again";
        Self::new(
            Kind::Decisions,
            Severity::High,
            "past.governance.decisions.revoked",
            message,
            args,
        )
    }

    /// Conflicts with a separation of duties rule.
    pub(crate) const fn conflict(conflict: Conflict) -> Self {
        let message = "This access conflicts with {0} separation of duties rule";
        let args = &[Arg::Number(1)];
        Self {
            conflict: Some(conflict),
            ..Self::new(
                Kind::Conflict,
                Severity::High,
                "sod.conflict.found",
                message,
                args,
            )
        }
    }
}
