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
    REVIEW_STATS: "getSecurityAccessReviewsStats" Get "/governance/api/v2/security-access-reviews/stats", Some("okta.governance.securityAccessReviews.admin.read"), Read, "governance", "count security access reviews";
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
        let mut ids: Vec<_> = ENDPOINTS.iter().map(|e| e.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), ENDPOINTS.len());
    }
}
