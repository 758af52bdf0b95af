//! What Okta's words mean to a person.

/// 3 for high, 2 for medium, 1 for low, 0 for a word that is not known.
pub fn rank(severity: &str) -> u8 {
    match severity {
        "HIGH" => 3,
        "MEDIUM" => 2,
        "LOW" => 1,
        _ => 0,
    }
}

/// An unknown word of Okta's in small letters: `NEW_KIND` becomes “new kind”.
pub fn plain(word: &str) -> String {
    word.replace(['_', '-'], " ").to_lowercase()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What a button for an action on an item says, and whether Gatehouse can send it.
pub fn item_action(action: &str) -> (String, bool) {
    let known = match action {
        "REVOKE_ACCESS" => "Revoke access",
        "RESTORE_ACCESS" => "Restore access",
        "FLAG_FOR_MANUAL_REMEDIATION" => "Flag for manual remediation",
        "FLAG_FOR_MANUAL_RESTORATION" => "Flag for manual restoration",
        other => return (capital(&plain(other)), false),
    };
    (known.to_owned(), true)
}

/// What takes an action back once it was sent.
pub fn inverse(action: &str) -> Option<&'static str> {
    match action {
        "REVOKE_ACCESS" => Some("RESTORE_ACCESS"),
        "RESTORE_ACCESS" => Some("REVOKE_ACCESS"),
        "FLAG_FOR_MANUAL_REMEDIATION" => Some("FLAG_FOR_MANUAL_RESTORATION"),
        "FLAG_FOR_MANUAL_RESTORATION" => Some("FLAG_FOR_MANUAL_REMEDIATION"),
        _ => None,
    }
}

/// What happens after an action, in a sentence.
pub fn outcome(action: &str) -> &'static str {
    match action {
        "REVOKE_ACCESS" => {
            "Okta takes the access away by itself. It can be restored while the review is active, not after."
        }
        "RESTORE_ACCESS" => "Okta gives the access back.",
        "FLAG_FOR_MANUAL_REMEDIATION" => {
            "Okta changes nothing: somebody has to take the access away by hand. Until then the person keeps it."
        }
        "FLAG_FOR_MANUAL_RESTORATION" => {
            "Okta changes nothing: somebody has to give the access back by hand."
        }
        _ => "Gatehouse does not know this action of Okta’s.",
    }
}

/// Does Okta carry the action out itself?
pub fn automatic(action: &str) -> bool {
    matches!(action, "REVOKE_ACCESS" | "RESTORE_ACCESS")
}

/// What a remediation status means; empty for `NONE`.
pub fn remediation(status: &str) -> String {
    match status {
        "" | "NONE" => String::new(),
        "IN_PROGRESS" => "Okta is working on it".into(),
        "REMEDIATED" => "Access was taken away".into(),
        "PENDING_MANUAL_REMEDIATION" => "Waits for somebody to take it away by hand".into(),
        "PENDING_MANUAL_RESTORATION" => "Waits for somebody to give it back by hand".into(),
        other => capital(&plain(other)),
    }
}

/// Has an action come to rest with this status? What waits for a person counts; a word that is not known does not.
pub fn rests(action: &str, status: &str) -> bool {
    match action {
        "REVOKE_ACCESS" | "FLAG_FOR_MANUAL_REMEDIATION" => {
            matches!(status, "REMEDIATED" | "PENDING_MANUAL_REMEDIATION")
        }
        "RESTORE_ACCESS" | "FLAG_FOR_MANUAL_RESTORATION" => {
            matches!(status, "" | "NONE" | "PENDING_MANUAL_RESTORATION")
        }
        _ => false,
    }
}

/// Does an item's status show that an action was taken? For a lost answer.
pub fn shows(action: &str, status: &str) -> bool {
    match action {
        "REVOKE_ACCESS" => matches!(status, "IN_PROGRESS" | "REMEDIATED"),
        "RESTORE_ACCESS" => matches!(status, "IN_PROGRESS" | "NONE"),
        "FLAG_FOR_MANUAL_REMEDIATION" => status == "PENDING_MANUAL_REMEDIATION",
        "FLAG_FOR_MANUAL_RESTORATION" => matches!(status, "PENDING_MANUAL_RESTORATION" | "NONE"),
        _ => false,
    }
}

/// How somebody got an access, in words.
pub fn assignment(kind: &str) -> String {
    match kind {
        "INDIVIDUAL" => "to the person directly".into(),
        "GROUP" => "by a group".into(),
        "GROUP_RULE" => "by a group rule".into(),
        "APP_GROUP" => "by a group that another app manages".into(),
        "ACCESS_REQUEST" => "by an access request".into(),
        "ADMIN" => "by an admin".into(),
        "POLICY" => "by a policy".into(),
        "ENTITLEMENT" => "with an entitlement".into(),
        other => plain(other),
    }
}

/// Why something has to be done by hand, and where.
pub fn manual(kind: &str) -> String {
    match kind {
        "GROUP_RULE" => "A group rule would add the person again. Change the rule under Directory > Groups > Rules, or exclude the person from it.",
        "ENTITLEMENT_POLICY" => "An entitlement policy of the app gives it. Change the policy on the app’s Governance tab.",
        "COLLECTION" => "A resource collection gives it together with other things. Take the person out of the collection under Identity Governance > Resource Collections.",
        "APP_GROUP" => "The group is managed by another app or directory, and Okta can’t change who is in it. Change it there.",
        "UNSUPPORTED_GROUP" => "Okta can’t change who is in this kind of group. Change it where the group comes from.",
        "FIRST_PARTY_APP" => "It is one of Okta’s own apps. Its access hangs on admin roles: change those under Security > Administrators.",
        other => return format!("Okta says: {}. Gatehouse does not know this reason.", plain(other)),
    }
    .into()
}

/// What lies below an item, in words.
pub fn below(kind: &str) -> String {
    match kind {
        "ENTITLEMENT_VALUE" => "Entitlement".into(),
        "ENTITLEMENT_BUNDLE" => "Entitlement bundle".into(),
        "GROUP" => "Group".into(),
        other => capital(&plain(other)),
    }
}

/// What an anomaly is about, as a heading.
pub fn anomaly(kind: &str) -> String {
    match kind {
        "SOD_CONFLICT" => "Conflict of duties".into(),
        "ASSIGNMENT_METHOD" => "How it was assigned".into(),
        "PAST_GOVERNANCE_DECISIONS" => "What was decided before".into(),
        "USAGE_HISTORY" => "How it is used".into(),
        other => capital(&plain(other)),
    }
}

/// “any one of”, “all of”.
pub fn scope(scope: &str) -> String {
    match scope {
        "ANY_ONE_OF" => "any one of".into(),
        "ALL_OF" => "all of".into(),
        other => plain(other),
    }
}

/// An action on a whole review: what the button says, what it does, and whether Gatehouse can send it.
pub fn review_action(action: &str) -> (String, &'static str, bool) {
    match action {
        "CLOSE_REVIEW" => (
            "Close review".into(),
            "Closing is final: nothing can be decided, restored or commented on afterwards. What was not decided stays as it is.",
            true,
        ),
        "RESTORE_ALL_ACCESS" => (
            "Restore all access".into(),
            "Gives back everything this review took away, and asks for what was taken away by hand to be given back by hand.",
            true,
        ),
        other => (
            capital(&plain(other)),
            "Gatehouse does not know this action of Okta’s. Use the Security Access Review app for it.",
            false,
        ),
    }
}

/// Why nothing can be decided now, and why that does not change by itself: Gatehouse was locked, and nobody was there since.
pub const NOT_LOOKED_AT: &str = "Okta is still gathering what there is to review. Gatehouse was locked: it looks again as soon as you do something.";

/// Why nothing can be decided in a review now; `None` while it is active.
pub fn resting(status: &str) -> Option<&'static str> {
    match status {
        "ACTIVE" => None,
        "PENDING" => Some(
            "Okta is still gathering what there is to review. This takes a minute or two; the page goes on by itself.",
        ),
        "CLOSED" => Some("This review is closed: it can be read and saved as evidence, not changed."),
        "ERROR" => Some(
            "Okta could not gather what there is to review. Launch it again; if it stays so, ask Okta support.",
        ),
        _ => Some("Gatehouse does not know this status of Okta’s, so it only shows what is there."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_words_are_shown_and_never_sent() {
        assert_eq!(
            item_action("QUARANTINE_ACCESS"),
            ("Quarantine access".into(), false)
        );
        assert_eq!(remediation("PENDING_REVIEW_BOARD"), "Pending review board");
        assert_eq!(rank("CRITICAL"), 0);
        assert!(!rests("REVOKE_ACCESS", "PENDING_REVIEW_BOARD") && !shows("QUARANTINE_ACCESS", "REMEDIATED"));
        assert_eq!(review_action("SUSPEND_ACCOUNT").0, "Suspend account");
        assert!(resting("PAUSED").is_some() && resting("ACTIVE").is_none());
        assert!(manual("ROBOT").contains("robot"));
    }

    #[test]
    fn an_action_and_its_inverse_know_each_other() {
        for action in [
            "REVOKE_ACCESS",
            "RESTORE_ACCESS",
            "FLAG_FOR_MANUAL_REMEDIATION",
            "FLAG_FOR_MANUAL_RESTORATION",
        ] {
            assert!(item_action(action).1);
            assert_eq!(inverse(action).and_then(inverse), Some(action));
            assert!(outcome(action).starts_with("Okta"));
        }
    }
}
