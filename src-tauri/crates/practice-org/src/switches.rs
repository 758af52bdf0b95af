//! “What if…”: the few faults a person can rehearse from the app, each a switch that stays on until it is put off.

/// One rehearsal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Switch {
    /// Every answer takes three seconds.
    Slow,
    /// The org's limit is used up by somebody else.
    RateLimit,
    /// Saves are done, but the answer never arrives.
    LostReply,
    /// Consent codes are too old when they are handed in.
    ExpiredCode,
    /// The consent answer has another state than the link.
    WrongState,
    /// Activate answers 204 and leaves the connection as it was.
    ActivateIgnored,
    /// One feature setting is accepted and not stored.
    FeatureIgnored,
    /// The token was revoked.
    TokenRevoked,
    /// The token's owner lost the right to manage apps.
    PermissionMissing,
    /// Okta is in read-only mode.
    Maintenance,
    /// Something between answers with a web page.
    ProxyPage,
    /// The refresh token was revoked elsewhere.
    RefreshRevoked,
    /// The sign-in policy refuses.
    SignInRefused,
    /// Requests come from outside the client’s network zones.
    OutsideZone,
    /// The sign-in app requires proof of possession.
    DpopRequired,
    /// Every proof of possession wants another nonce.
    NonceChanges,
    /// API calls want a nonce too.
    NonceOnCalls,
    /// Service apps have no admin role.
    RoleLost,
    /// The scopes to manage were taken back.
    ScopeRevoked,
    /// The org’s clock is ten minutes ahead.
    ClockOff,
    /// The org has no Identity Governance.
    NoGovernance,
    /// AI summaries are off.
    AiOff,
    /// AI summaries fail.
    AiFails,
    /// Launched reviews end in an error.
    ReviewFails,
    /// Answers on reviews hold values no page of Okta's names.
    UnknownValues,
}

impl Switch {
    /// Every switch, in the order they are shown.
    pub const ALL: &'static [Self] = &[
        Self::Slow,
        Self::RateLimit,
        Self::LostReply,
        Self::ExpiredCode,
        Self::WrongState,
        Self::ActivateIgnored,
        Self::FeatureIgnored,
        Self::TokenRevoked,
        Self::PermissionMissing,
        Self::Maintenance,
        Self::ProxyPage,
        Self::RefreshRevoked,
        Self::SignInRefused,
        Self::OutsideZone,
        Self::DpopRequired,
        Self::NonceChanges,
        Self::NonceOnCalls,
        Self::RoleLost,
        Self::ScopeRevoked,
        Self::ClockOff,
        Self::NoGovernance,
        Self::AiOff,
        Self::AiFails,
        Self::ReviewFails,
        Self::UnknownValues,
    ];

    /// A name that never changes.
    pub fn id(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::RateLimit => "rateLimit",
            Self::LostReply => "lostReply",
            Self::ExpiredCode => "expiredCode",
            Self::WrongState => "wrongState",
            Self::ActivateIgnored => "activateIgnored",
            Self::FeatureIgnored => "featureIgnored",
            Self::TokenRevoked => "tokenRevoked",
            Self::PermissionMissing => "permissionMissing",
            Self::Maintenance => "maintenance",
            Self::ProxyPage => "proxyPage",
            Self::RefreshRevoked => "refreshRevoked",
            Self::SignInRefused => "signInRefused",
            Self::OutsideZone => "outsideZone",
            Self::DpopRequired => "dpopRequired",
            Self::NonceChanges => "dpopNonceChanges",
            Self::NonceOnCalls => "dpopNonceOnCalls",
            Self::RoleLost => "clientRoleLost",
            Self::ScopeRevoked => "scopeRevoked",
            Self::ClockOff => "clockOff",
            Self::NoGovernance => "noGovernance",
            Self::AiOff => "aiOff",
            Self::AiFails => "aiFails",
            Self::ReviewFails => "reviewFails",
            Self::UnknownValues => "unknownValues",
        }
    }

    /// What a person reads after “What if…”.
    pub fn label(self) -> &'static str {
        match self {
            Self::Slow => "Okta answers slowly?",
            Self::RateLimit => "the rate limit is used up?",
            Self::LostReply => "Okta’s answer gets lost?",
            Self::ExpiredCode => "the consent code is too old?",
            Self::WrongState => "the consent answer has the wrong state?",
            Self::ActivateIgnored => "activating does nothing?",
            Self::FeatureIgnored => "a feature setting is not stored?",
            Self::TokenRevoked => "the API token was revoked?",
            Self::PermissionMissing => "the token may only look?",
            Self::Maintenance => "Okta is in read-only mode?",
            Self::ProxyPage => "a proxy answers instead of Okta?",
            Self::RefreshRevoked => "the sign-in was ended elsewhere?",
            Self::SignInRefused => "the sign-in policy says no?",
            Self::OutsideZone => "you are outside the allowed network?",
            Self::DpopRequired => "the sign-in app requires DPoP?",
            Self::NonceChanges => "the DPoP nonce changes at every call?",
            Self::NonceOnCalls => "API calls want a DPoP nonce too?",
            Self::RoleLost => "the service app lost its admin role?",
            Self::ScopeRevoked => "the scopes to manage were taken back?",
            Self::ClockOff => "this computer’s clock is ten minutes off?",
            Self::NoGovernance => "the org has no Identity Governance?",
            Self::AiOff => "AI summaries are off?",
            Self::AiFails => "no AI summary can be made?",
            Self::ReviewFails => "a review fails to start?",
            Self::UnknownValues => "Okta sends words that are new?",
        }
    }

    /// One sentence on what happens.
    pub fn about(self) -> &'static str {
        match self {
            Self::Slow => "Every answer takes three seconds.",
            Self::RateLimit => {
                "Another tool of the org has used up this minute’s requests for apps, connections and features."
            }
            Self::LostReply => {
                "Connections are saved and reviews launched, but the line breaks before the answer arrives."
            }
            Self::ExpiredCode => "Codes from the consent pages have run out when they are handed in.",
            Self::WrongState => {
                "The last consent page shows a state that does not belong to the link you opened."
            }
            Self::ActivateIgnored => "Okta answers that it activated the connection, and leaves it disabled.",
            Self::FeatureIgnored => {
                "“Update user attributes” and “auto-confirm exact matches” are accepted and not stored."
            }
            Self::TokenRevoked => "Okta refuses the API token.",
            Self::PermissionMissing => "The token’s owner may view apps, and not change them.",
            Self::Maintenance => "Okta can be read, and refuses every change.",
            Self::ProxyPage => "Every answer is an error page of a gateway between you and Okta.",
            Self::RefreshRevoked => {
                "Okta no longer takes the refresh token: somebody ended the sign-in, or the token was used by another."
            }
            Self::SignInRefused => "Okta sends you back from the sign-in page with “access denied”.",
            Self::OutsideZone => {
                "Okta gives out no access tokens: the request comes from outside the app’s network zones."
            }
            Self::DpopRequired => {
                "Okta gives out access tokens only to those who prove that they hold a key."
            }
            Self::NonceChanges => "A nonce works once: each answer of Okta brings the next one.",
            Self::NonceOnCalls => "Okta refuses a call whose proof has no nonce, and sends one along.",
            Self::RoleLost => {
                "Okta still gives it access tokens; its lists are empty and everything else is refused."
            }
            Self::ScopeRevoked => {
                "A super admin has revoked every “manage” scope of the app. It may still read."
            }
            Self::ClockOff => "Okta’s clock is ten minutes ahead of this computer’s.",
            Self::NoGovernance => "Okta answers that access reviews are not enabled for the org.",
            Self::AiOff => "The org has AI summaries of access reviews switched off.",
            Self::AiFails => "Asked for an AI summary, Okta answers that it can’t make one.",
            Self::ReviewFails => {
                "Okta can’t gather the data of the reviews you launch, and leaves them in error."
            }
            Self::UnknownValues => {
                "Reviews hold states, severities, actions and kinds of access that no page of Okta’s names."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_distinct_and_each_has_words() {
        let mut ids: Vec<_> = Switch::ALL.iter().map(|s| s.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Switch::ALL.len());
        assert!(
            Switch::ALL
                .iter()
                .all(|s| s.label().ends_with('?') && s.about().ends_with('.'))
        );
    }
}
