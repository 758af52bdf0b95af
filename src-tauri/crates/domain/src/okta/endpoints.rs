//! THE endpoint table: one row per operation Gatehouse calls.

/// HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// PATCH.
    Patch,
    /// DELETE.
    Delete,
}

impl Method {
    /// As on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// Whether a call may be sent again when its outcome is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Changes nothing: may be sent again.
    Read,
    /// The same twice is the same once: read back first, then at most once more.
    Idempotent,
    /// Never sent again once a byte may have left.
    Once,
}

/// One operation.
#[derive(Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Okta's operation id.
    pub id: &'static str,
    /// Method.
    pub method: Method,
    /// Path template.
    pub path: &'static str,
    /// OAuth 2.0 scope it needs; `None` for calls without a credential.
    pub scope: Option<&'static str>,
    /// May it be sent again.
    pub class: Class,
    /// Rate-limit bucket: calls that share one share Okta's limit.
    pub bucket: &'static str,
    /// What it does for the person, as “to …” goes on.
    pub purpose: &'static str,
}

impl Endpoint {
    /// Okta lists OAuth 2.0 alone for it: governance takes an API token for launching a review and for nothing else that
    /// Gatehouse calls.
    pub fn oauth_only(&self) -> bool {
        self.path.starts_with("/governance/") && self.id != "createSecurityAccessReview"
    }
}

macro_rules! endpoints {
    ($( $name:ident: $id:literal $method:ident $path:literal, $scope:expr, $class:ident, $bucket:literal, $purpose:literal; )+) => {
        $( #[doc = concat!("`", $id, "`: to ", $purpose, ".")]
           pub const $name: Endpoint = Endpoint {
               id: $id, method: Method::$method, path: $path, scope: $scope, class: Class::$class, bucket: $bucket, purpose: $purpose,
           }; )+
        /// Every row.
        pub const ENDPOINTS: &[&Endpoint] = &[$( &$name ),+];
    };
}

// Buckets: what hangs below an app shares `/api/v1/apps` with the list; a single app has its own
// (terraform-provider-okta, rate_limit_lines.go, generated from Okta's code).
endpoints! {
    ORG_METADATA: "getWellknownOrgMetadata" Get "/.well-known/okta-organization", None, Read, "metadata", "see which org an address belongs to";
    ORG: "getOrgSettings" Get "/api/v1/org", Some("okta.orgs.read"), Read, "org", "read the org's name";
    APPS: "listApplications" Get "/api/v1/apps", Some("okta.apps.read"), Read, "apps", "list apps";
    APP: "getApplication" Get "/api/v1/apps/{appId}", Some("okta.apps.read"), Read, "app", "read an app";
    APP_USERS: "listApplicationUsers" Get "/api/v1/apps/{appId}/users", Some("okta.apps.read"), Read, "apps", "count the people assigned to an app";
    CONNECTION: "getDefaultProvisioningConnectionForApplication" Get "/api/v1/apps/{appId}/connections/default", Some("okta.apps.read"), Read, "apps", "read a provisioning connection";
    CONNECTION_SAVE: "updateDefaultProvisioningConnectionForApplication" Post "/api/v1/apps/{appId}/connections/default", Some("okta.apps.manage"), Once, "apps", "save a provisioning connection";
    CONNECTION_JWKS: "getUserProvisioningConnectionJWKS" Get "/api/v1/apps/{appId}/connections/default/jwks", Some("okta.apps.read"), Read, "apps", "read a connection's public keys";
    CONNECTION_ACTIVATE: "activateDefaultProvisioningConnectionForApplication" Post "/api/v1/apps/{appId}/connections/default/lifecycle/activate", Some("okta.apps.manage"), Idempotent, "apps", "activate a provisioning connection";
    CONNECTION_DEACTIVATE: "deactivateDefaultProvisioningConnectionForApplication" Post "/api/v1/apps/{appId}/connections/default/lifecycle/deactivate", Some("okta.apps.manage"), Idempotent, "apps", "deactivate a provisioning connection";
    CONSENT_CALLBACK: "verifyProvisioningConnectionForApplication" Post "/api/v1/apps/{appName}/{appId}/oauth2/callback", Some("okta.apps.manage"), Once, "apps", "finish the consent";
    FEATURES: "listFeaturesForApplication" Get "/api/v1/apps/{appId}/features", Some("okta.apps.read"), Read, "apps", "read provisioning features";
    FEATURE: "getFeatureForApplication" Get "/api/v1/apps/{appId}/features/{featureName}", Some("okta.apps.read"), Read, "apps", "read a provisioning feature";
    APP_CREATE: "createApplication" Post "/api/v1/apps", Some("okta.apps.manage"), Once, "apps", "create an app";
    APP_KEYS: "listJwk" Get "/api/v1/apps/{appId}/credentials/jwks", Some("okta.apps.read"), Read, "apps", "read an app's public keys";
    APP_KEY_ADD: "addJwk" Post "/api/v1/apps/{appId}/credentials/jwks", Some("okta.apps.manage"), Once, "apps", "register a public key";
    GRANTS: "listScopeConsentGrants" Get "/api/v1/apps/{appId}/grants", Some("okta.appGrants.read"), Read, "apps", "read an app's scopes";
    GRANT: "grantConsentToScope" Post "/api/v1/apps/{appId}/grants", Some("okta.appGrants.manage"), Idempotent, "apps", "grant a scope to an app";
    CLIENT_ROLES: "listRolesForClient" Get "/oauth2/v1/clients/{clientId}/roles", Some("okta.roles.read"), Read, "clients", "read an app's admin roles";
    CLIENT_ROLE_ASSIGN: "assignRoleToClient" Post "/oauth2/v1/clients/{clientId}/roles", Some("okta.roles.manage"), Idempotent, "clients", "assign an admin role to an app";
    USER: "getUser" Get "/api/v1/users/{id}", Some("okta.users.read"), Read, "user", "read who you are";
    USERS: "listUsers" Get "/api/v1/users", Some("okta.users.read"), Read, "users", "list people";
    USER_ROLES: "listAssignedRolesForUser" Get "/api/v1/users/{userId}/roles", Some("okta.roles.read"), Read, "user-roles", "read a person's admin roles";
    CLIENT_PRIVILEGES: "getClientPrivilegesSetting" Get "/api/v1/org/settings/clientPrivilegesSetting", Some("okta.orgs.read"), Read, "org", "see what new service apps may do";
    API_TOKENS: "listApiTokens" Get "/api/v1/api-tokens", Some("okta.apiTokens.read"), Read, "api-tokens", "read the API token's expiry";
    API_TOKEN_REVOKE: "revokeCurrentApiToken" Delete "/api/v1/api-tokens/current", Some("okta.apiTokens.manage"), Idempotent, "api-tokens", "revoke the API token";
    REVIEW_STATS: "getSecurityAccessReviewsStats" Get "/governance/api/v2/security-access-reviews/stats", Some("okta.governance.securityAccessReviews.admin.read"), Read, "review-stats", "count security access reviews";
    // Security access reviews, as admins and as reviewers see them. Recorded: the list and its numbers have a bucket each.
    REVIEWS: "listSecurityAccessReviews" Get "/governance/api/v2/security-access-reviews", Some("okta.governance.securityAccessReviews.admin.read"), Read, "reviews", "list security access reviews";
    REVIEW: "getSecurityAccessReview" Get "/governance/api/v2/security-access-reviews/{securityAccessReviewId}", Some("okta.governance.securityAccessReviews.admin.read"), Read, "review", "read a security access review";
    REVIEW_SUMMARY: "generateSecurityAccessReviewSummary" Post "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/summary", Some("okta.governance.securityAccessReviews.admin.manage"), Idempotent, "review", "have a review summed up";
    REVIEW_ACTIONS: "listSecurityAccessReviewActions" Get "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/actions", Some("okta.governance.securityAccessReviews.admin.read"), Read, "review", "see what can be done with a review";
    REVIEW_ACT: "executeSecurityAccessReviewAction" Post "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/actions", Some("okta.governance.securityAccessReviews.admin.manage"), Once, "review", "close a review or restore all access";
    REVIEW_PRINCIPAL: "getSecurityAccessReviewPrincipalDetails" Get "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/principal", Some("okta.governance.securityAccessReviews.admin.read"), Read, "review", "see whose access is reviewed";
    REVIEW_ACCESSES: "listSecurityAccessReviewAccesses" Get "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/accesses", Some("okta.governance.securityAccessReviews.admin.read"), Read, "review", "list the access items of a review";
    REVIEW_BELOW: "listSecurityAccessReviewSubAccesses" Get "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/accesses/{securityAccessReviewAccessId}/sub-accesses", Some("okta.governance.securityAccessReviews.admin.read"), Read, "review", "list what lies below an access item";
    REVIEW_ANOMALIES: "listSecurityAccessReviewAccessesAnomalies" Get "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/accesses/{securityAccessReviewTargetId}/anomalies", Some("okta.governance.securityAccessReviews.admin.read"), Read, "review", "see what is unusual about an item";
    REVIEW_ITEM_SUMMARY: "generateSecurityAccessReviewAccessesSummary" Post "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/accesses/{securityAccessReviewTargetId}/summary", Some("okta.governance.securityAccessReviews.admin.manage"), Idempotent, "review", "have an item summed up";
    REVIEW_ITEM_ACT: "executeSecurityAccessReviewAccessesAction" Post "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/accesses/{securityAccessReviewTargetId}/actions", Some("okta.governance.securityAccessReviews.admin.manage"), Once, "review", "decide on an access item";
    REVIEW_HISTORY: "listSecurityAccessReviewHistory" Get "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/history", Some("okta.governance.securityAccessReviews.admin.read"), Read, "review", "read a review's history";
    REVIEW_COMMENT: "addSecurityAccessReviewComment" Post "/governance/api/v2/security-access-reviews/{securityAccessReviewId}/comment", Some("okta.governance.securityAccessReviews.admin.manage"), Once, "review", "comment on a review";
    REVIEW_LAUNCH: "createSecurityAccessReview" Post "/governance/api/v2/security-access-reviews", Some("okta.governance.securityAccessReviews.admin.manage"), Once, "reviews", "launch a security access review";
    REVIEW_UPDATE: "updateSecurityAccessReview" Patch "/governance/api/v2/security-access-reviews/{securityAccessReviewId}", Some("okta.governance.securityAccessReviews.admin.manage"), Idempotent, "review", "change a review’s end or reviewers";
    MY_REVIEWS: "listMySecurityAccessReviews" Get "/governance/api/v2/my/security-access-reviews", Some("okta.governance.securityAccessReviews.endUser.read"), Read, "my-reviews", "list the reviews you are a reviewer of";
    MY_REVIEW_STATS: "getMySecurityAccessReviewsStats" Get "/governance/api/v2/my/security-access-reviews/stats", Some("okta.governance.securityAccessReviews.endUser.read"), Read, "my-review-stats", "count the reviews you are a reviewer of";
    MY_REVIEW: "getMySecurityAccessReview" Get "/governance/api/v2/my/security-access-reviews/{securityAccessReviewId}", Some("okta.governance.securityAccessReviews.endUser.read"), Read, "my-review", "read a review of yours";
    MY_REVIEW_SUMMARY: "generateMySecurityAccessReviewSummary" Post "/governance/api/v2/my/security-access-reviews/{securityAccessReviewId}/summary", Some("okta.governance.securityAccessReviews.endUser.manage"), Idempotent, "my-review", "have a review of yours summed up";
    MY_REVIEW_ACTIONS: "listMySecurityAccessReviewActions" Get "/governance/api/v2/my/security-access-reviews/{securityAccessReviewId}/actions", Some("okta.governance.securityAccessReviews.endUser.read"), Read, "my-review", "see what can be done with a review of yours";
    MY_REVIEW_ACT: "executeMySecurityAccessReviewAction" Post "/governance/api/v2/my/security-access-reviews/{securityAccessReviewId}/actions", Some("okta.governance.securityAccessReviews.endUser.manage"), Once, "my-review", "close a review of yours or restore all access";
    MY_REVIEW_PRINCIPAL: "getMySecurityAccessReviewPrincipalDetails" Get "/governance/api/v2/my/security-access-reviews/{securityAccessReviewId}/principal", Some("okta.governance.securityAccessReviews.endUser.read"), Read, "my-review", "see whose access you review";
    MY_REVIEW_ACCESSES: "listMySecurityAccessReviewAccesses" Get "/governance/api/v2/my/security-access-reviews/{securityAccessReviewId}/accesses", Some("okta.governance.securityAccessReviews.endUser.read"), Read, "my-review", "list the access items of a review of yours";
    MY_REVIEW_BELOW: "listMySecurityAccessReviewSubAccesses" Get "/governance/api/v2/my/security-access-reviews/{securityAccessReviewId}/accesses/{securityAccessReviewAccessId}/sub-accesses", Some("okta.governance.securityAccessReviews.endUser.read"), Read, "my-review", "list what lies below an access item of yours";
    MY_REVIEW_ANOMALIES: "listMySecurityAccessReviewAccessesAnomalies" Get "/governance/api/v2/my/security-access-reviews/{securityAccessReviewId}/accesses/{securityAccessReviewTargetId}/anomalies", Some("okta.governance.securityAccessReviews.endUser.read"), Read, "my-review", "see what is unusual about an item of yours";
    MY_REVIEW_ITEM_SUMMARY: "generateMySecurityAccessReviewAccessesSummary" Post "/governance/api/v2/my/security-access-reviews/{securityAccessReviewId}/accesses/{securityAccessReviewTargetId}/summary", Some("okta.governance.securityAccessReviews.endUser.manage"), Idempotent, "my-review", "have an item of yours summed up";
    MY_REVIEW_ITEM_ACT: "executeMySecurityAccessReviewAccessesAction" Post "/governance/api/v2/my/security-access-reviews/{securityAccessReviewId}/accesses/{securityAccessReviewTargetId}/actions", Some("okta.governance.securityAccessReviews.endUser.manage"), Once, "my-review", "decide on an access item of yours";
    MY_REVIEW_HISTORY: "listMySecurityAccessReviewHistory" Get "/governance/api/v2/my/security-access-reviews/{securityAccessReviewId}/history", Some("okta.governance.securityAccessReviews.endUser.read"), Read, "my-review", "read the history of a review of yours";
    MY_REVIEW_COMMENT: "addMySecurityAccessReviewComment" Post "/governance/api/v2/my/security-access-reviews/{securityAccessReviewId}/comment", Some("okta.governance.securityAccessReviews.endUser.manage"), Once, "my-review", "comment on a review of yours";
    // Another operation than the org's settings of the same id.
    GOVERNANCE_SETTINGS: "getOrgSettings" Get "/governance/api/v1/settings", Some("okta.governance.settings.read"), Read, "governance-settings", "see whether AI summaries are on";
    GROUPS: "listGroups" Get "/api/v1/groups", Some("okta.groups.read"), Read, "groups", "list groups";
    GROUP_USERS: "listGroupUsers" Get "/api/v1/groups/{groupId}/users", Some("okta.groups.read"), Read, "group-users", "list the people of a group";
    // Roles, resource sets and bindings share one bucket.
    ROLES: "listRoles" Get "/api/v1/iam/roles", Some("okta.roles.read"), Read, "iam", "list custom admin roles";
    ROLE_CREATE: "createRole" Post "/api/v1/iam/roles", Some("okta.roles.manage"), Once, "iam", "create a custom admin role";
    ROLE_PERMISSIONS: "listRolePermissions" Get "/api/v1/iam/roles/{roleIdOrLabel}/permissions", Some("okta.roles.read"), Read, "iam", "read a role’s permissions";
    ROLE_PERMISSION_ADD: "createRolePermission" Post "/api/v1/iam/roles/{roleIdOrLabel}/permissions/{permissionType}", Some("okta.roles.manage"), Idempotent, "iam", "add a permission to a role";
    RESOURCE_SETS: "listResourceSets" Get "/api/v1/iam/resource-sets", Some("okta.roles.read"), Read, "iam", "list resource sets";
    RESOURCE_SET_CREATE: "createResourceSet" Post "/api/v1/iam/resource-sets", Some("okta.roles.manage"), Once, "iam", "create a resource set";
    RESOURCES: "listResourceSetResources" Get "/api/v1/iam/resource-sets/{resourceSetIdOrLabel}/resources", Some("okta.roles.read"), Read, "iam", "read what is in a resource set";
    RESOURCES_ADD: "addResourceSetResources" Patch "/api/v1/iam/resource-sets/{resourceSetIdOrLabel}/resources", Some("okta.roles.manage"), Idempotent, "iam", "add to a resource set";
    BINDINGS: "listBindings" Get "/api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings", Some("okta.roles.read"), Read, "iam", "see which roles a resource set is bound to";
    BINDING_CREATE: "createResourceSetBinding" Post "/api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings", Some("okta.roles.manage"), Idempotent, "iam", "give a role to somebody";
    MEMBERS: "listMembersOfBinding" Get "/api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings/{roleIdOrLabel}/members", Some("okta.roles.read"), Read, "iam", "see who has a role";
    MEMBERS_ADD: "addMembersToBinding" Patch "/api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings/{roleIdOrLabel}/members", Some("okta.roles.manage"), Idempotent, "iam", "give a role to one more";
    // The authorization server: what proves the caller is in the body, so no `Authorization` goes along.
    TOKEN: "token" Post "/oauth2/v1/token", None, Once, "token", "get an access token";
    DEVICE: "deviceAuthorize" Post "/oauth2/v1/device/authorize", None, Once, "device", "get a device code";
    REVOKE: "revoke" Post "/oauth2/v1/revoke", None, Idempotent, "revoke", "revoke a token";
    FEATURE_SAVE: "updateFeatureForApplication" Put "/api/v1/apps/{appId}/features/{featureName}", Some("okta.apps.manage"), Idempotent, "apps", "change a provisioning feature";
}

/// Admin roles that usually carry a scope's right, in words.
pub fn roles_for(scope: &str) -> &'static str {
    match scope {
        "okta.apps.manage" => {
            "Application Administrator, Super Administrator, or a custom role with “Manage applications”"
        }
        "okta.apps.read" => {
            "Application Administrator, Read-only Administrator, or a custom role with “View application and their details”"
        }
        "okta.users.read" => "any admin role that can view users",
        "okta.roles.read" => "Super Administrator, Organization Administrator or Read-only Administrator",
        scope if scope.starts_with("okta.governance.securityAccessReviews.admin") => {
            "Super Administrator, or a custom role with “Manage security access reviews”"
        }
        scope if scope.starts_with("okta.governance.securityAccessReviews.endUser") => {
            "a reviewer of the review: it shows each person their own reviews only"
        }
        "okta.groups.read" => "any admin role that can view groups",
        "okta.orgs.read" => "Super Administrator, Organization Administrator or Read-only Administrator",
        _ => "Super Administrator",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_consistent() {
        for row in ENDPOINTS {
            assert!(row.path.starts_with('/'), "{}", row.id);
            assert_eq!(
                row.class == Class::Read,
                row.method == Method::Get,
                "{}: only a GET is a read",
                row.id
            );
            if let Some(scope) = row.scope {
                let wanted = if row.method == Method::Get {
                    ".read"
                } else {
                    ".manage"
                };
                assert!(scope.ends_with(wanted), "{} names {scope}", row.id);
            }
        }
        // Okta itself has two operations named `getOrgSettings`.
        let mut ids: Vec<_> = ENDPOINTS
            .iter()
            .map(|e| (e.id, e.path.starts_with("/governance/")))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), ENDPOINTS.len());
        let mut places: Vec<_> = ENDPOINTS.iter().map(|e| (e.method.as_str(), e.path)).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), ENDPOINTS.len());
    }
}
