//! Governance: security access reviews as admins and as reviewers see them, and what stands beside them.
//!
//! Buckets: the list and its numbers have one each, 50 a minute (recorded); everything of single reviews is taken to have
//! one together, and reviewers to have their own.

use super::{Handler, Route, row};
use crate::answers::reviews::{access, delegates, items, launch, list, one, settings};

/// Okta's page lists OAuth 2.0 alone.
const fn oauth(
    method: &'static str,
    template: &'static str,
    bucket: &'static str,
    scope: &'static str,
    answer: Handler,
) -> Route {
    Route {
        oauth_only: true,
        ..row(method, template, Some(bucket), Some(scope), answer)
    }
}

/// The same for one's own: no admin right is needed.
const fn own(
    method: &'static str,
    template: &'static str,
    bucket: &'static str,
    scope: &'static str,
    answer: Handler,
) -> Route {
    oauth(method, template, bucket, scope, answer).for_anyone()
}

macro_rules! family {
    ($name:ident, $about:literal, $base:literal, $who:ident, $scopes:literal) => {
        #[doc = $about]
        pub(super) const $name: &[Route] = &[
            family!(@row $base, $who, $scopes, "GET", "", "", "read", list::list),
            family!(@row $base, $who, $scopes, "GET", "/stats", "/stats", "read", list::stats),
            family!(@one $base, $who, $scopes, "GET", "", "read", one::get),
            family!(@one $base, $who, $scopes, "POST", "/summary", "manage", one::summary),
            family!(@one $base, $who, $scopes, "GET", "/actions", "read", one::actions),
            family!(@one $base, $who, $scopes, "POST", "/actions", "manage", one::act),
            family!(@one $base, $who, $scopes, "GET", "/principal", "read", one::principal),
            family!(@one $base, $who, $scopes, "GET", "/accesses", "read", items::list),
            family!(@one $base, $who, $scopes, "GET", "/accesses/{securityAccessReviewAccessId}/sub-accesses", "read", items::below),
            family!(@one $base, $who, $scopes, "GET", "/accesses/{securityAccessReviewTargetId}/anomalies", "read", items::anomalies),
            family!(@one $base, $who, $scopes, "POST", "/accesses/{securityAccessReviewTargetId}/summary", "manage", items::summary),
            family!(@one $base, $who, $scopes, "POST", "/accesses/{securityAccessReviewTargetId}/actions", "manage", items::act),
            family!(@one $base, $who, $scopes, "GET", "/history", "read", one::history),
            family!(@one $base, $who, $scopes, "POST", "/comment", "manage", one::comment),
        ];
    };
    (@one $base:literal, $who:ident, $scopes:literal, $method:literal, $rest:literal, $way:literal, $answer:expr) => {
        $who(
            $method,
            concat!($base, "/{securityAccessReviewId}", $rest),
            concat!($base, "/{securityAccessReviewId}"),
            concat!("okta.governance.securityAccessReviews.", $scopes, ".", $way),
            $answer,
        )
    };
    (@row $base:literal, $who:ident, $scopes:literal, $method:literal, $rest:literal, $bucket:literal, $way:literal, $answer:expr) => {
        $who(
            $method,
            concat!($base, $rest),
            concat!($base, $bucket),
            concat!("okta.governance.securityAccessReviews.", $scopes, ".", $way),
            $answer,
        )
    };
}

family!(
    ADMIN,
    "What admins see, but for launching and changing a review.",
    "/governance/api/v2/security-access-reviews",
    oauth,
    "admin"
);

family!(
    MINE,
    "What a reviewer sees of the reviews to do.",
    "/governance/api/v2/my/security-access-reviews",
    own,
    "endUser"
);

const REVIEWS: &str = "/governance/api/v2/security-access-reviews";
const ONE: &str = "/governance/api/v2/security-access-reviews/{securityAccessReviewId}";
const MANAGE: &str = "okta.governance.securityAccessReviews.admin.manage";
const SETTINGS: Option<&str> = Some("/governance/api/v1");
const OWN_READ: &str = "okta.governance.principalSettings.read";
const OWN_MANAGE: &str = "okta.governance.principalSettings.manage";

/// Launching (the one call of them an API token may make) and changing, settings, delegates, access outside reviews.
pub(super) const BESIDE: &[Route] = &[
    row("POST", REVIEWS, Some(REVIEWS), Some(MANAGE), launch::create),
    oauth("PATCH", ONE, ONE, MANAGE, launch::change),
    oauth(
        "GET",
        "/governance/api/v1/settings",
        "/governance/api/v1",
        "okta.governance.settings.read",
        settings::get,
    ),
    oauth(
        "PATCH",
        "/governance/api/v1/settings",
        "/governance/api/v1",
        "okta.governance.settings.manage",
        settings::change,
    ),
    row(
        "GET",
        "/governance/api/v1/delegates",
        SETTINGS,
        Some("okta.governance.delegates.read"),
        delegates::list,
    ),
    row(
        "PATCH",
        "/governance/api/v1/principal-settings/{targetPrincipalId}",
        SETTINGS,
        Some(OWN_MANAGE),
        delegates::change,
    )
    .for_anyone(),
    own(
        "GET",
        "/governance/api/v1/my/settings",
        "/governance/api/v1",
        OWN_READ,
        delegates::mine,
    ),
    own(
        "PATCH",
        "/governance/api/v1/my/settings",
        "/governance/api/v1",
        OWN_MANAGE,
        delegates::change_mine,
    ),
    own(
        "GET",
        "/governance/api/v1/my/settings/delegate/users",
        "/governance/api/v1",
        OWN_READ,
        delegates::eligible,
    ),
    row(
        "POST",
        "/governance/api/v2/revoke-principal-access",
        Some("/governance/api/v2/revoke-principal-access"),
        Some("okta.governance.entitlements.manage"),
        access::revoke,
    ),
    row(
        "GET",
        "/governance/api/v1/principal-access",
        SETTINGS,
        Some("okta.governance.entitlements.read"),
        access::get,
    ),
    row(
        "GET",
        "/governance/api/v1/operations/{operationId}",
        SETTINGS,
        Some("okta.governance.operations.read"),
        settings::operation,
    ),
];
