//! Signing in and who may do what: clients, keys, grants, roles, tokens, the authorization server.

use super::{Route, row};
use crate::answers;

macro_rules! or_none {
    (none) => {
        None
    };
    ($text:literal) => {
        Some($text)
    };
}

/// One line each: method, path, bucket, scope, what answers. `for_anyone`: whatever their admin rights.
macro_rules! rows {
    ($($method:ident $path:literal $bucket:tt $scope:tt $($anyone:ident)? => $($answer:ident)::+;)+) => {
        &[$(
            row(stringify!($method), $path, or_none!($bucket), or_none!($scope), answers::$($answer)::+)
                $(.$anyone())?
        ),+]
    };
}

/// The rows.
#[rustfmt::skip]
pub(super) const ROUTES: &[Route] = rows! {
    // Apps that are made, and OAuth 2.0 clients.
    POST "/api/v1/apps" "/api/v1/apps" "okta.apps.manage" => apps::create;
    PUT "/api/v1/apps/{appId}" "/api/v1/apps/{appId}" "okta.apps.manage" => apps::replace;
    DELETE "/api/v1/apps/{appId}" "/api/v1/apps/{appId}" "okta.apps.manage" => apps::delete;
    POST "/api/v1/apps/{appId}/lifecycle/activate" "/api/v1/apps" "okta.apps.manage" => apps::activate;
    POST "/api/v1/apps/{appId}/lifecycle/deactivate" "/api/v1/apps" "okta.apps.manage" => apps::deactivate;
    GET "/api/v1/apps/{appId}/credentials/jwks" "/api/v1/apps" "okta.apps.read" => keys::list;
    POST "/api/v1/apps/{appId}/credentials/jwks" "/api/v1/apps" "okta.apps.manage" => keys::add;
    GET "/api/v1/apps/{appId}/credentials/jwks/{keyId}" "/api/v1/apps" "okta.apps.read" => keys::one;
    DELETE "/api/v1/apps/{appId}/credentials/jwks/{keyId}" "/api/v1/apps" "okta.apps.manage" => keys::delete;
    POST "/api/v1/apps/{appId}/credentials/jwks/{keyId}/lifecycle/activate" "/api/v1/apps" "okta.apps.manage" => keys::activate;
    POST "/api/v1/apps/{appId}/credentials/jwks/{keyId}/lifecycle/deactivate" "/api/v1/apps" "okta.apps.manage" => keys::deactivate;
    GET "/oauth2/v1/clients" "/oauth2/v1/clients" "okta.clients.read" => clients::list;
    POST "/oauth2/v1/clients" "/oauth2/v1/clients" "okta.clients.register" => clients::create;
    GET "/oauth2/v1/clients/{clientId}" "/oauth2/v1/clients" "okta.clients.read" => clients::one;
    PUT "/oauth2/v1/clients/{clientId}" "/oauth2/v1/clients" "okta.clients.manage" => clients::replace;
    DELETE "/oauth2/v1/clients/{clientId}" "/oauth2/v1/clients" "okta.clients.manage" => clients::delete;
    // Scopes granted, roles assigned.
    GET "/api/v1/apps/{appId}/grants" "/api/v1/apps" "okta.appGrants.read" => grants::list;
    POST "/api/v1/apps/{appId}/grants" "/api/v1/apps" "okta.appGrants.manage" => grants::create;
    GET "/api/v1/apps/{appId}/grants/{grantId}" "/api/v1/apps" "okta.appGrants.read" => grants::one;
    DELETE "/api/v1/apps/{appId}/grants/{grantId}" "/api/v1/apps" "okta.appGrants.manage" => grants::revoke;
    GET "/api/v1/org/settings/clientPrivilegesSetting" "/api/v1/org" "okta.orgs.read" => grants::privileges;
    PUT "/api/v1/org/settings/clientPrivilegesSetting" "/api/v1/org" "okta.orgs.manage" => grants::set_privileges;
    GET "/oauth2/v1/clients/{clientId}/roles" "/oauth2/v1/clients" "okta.roles.read" => roles::list;
    POST "/oauth2/v1/clients/{clientId}/roles" "/oauth2/v1/clients" "okta.roles.manage" => roles::assign;
    GET "/oauth2/v1/clients/{clientId}/roles/{roleAssignmentId}" "/oauth2/v1/clients" "okta.roles.read" => roles::one;
    DELETE "/oauth2/v1/clients/{clientId}/roles/{roleAssignmentId}" "/oauth2/v1/clients" "okta.roles.manage" => roles::unassign;
    GET "/api/v1/users/{userId}/roles" "/api/v1/users" "okta.roles.read" => roles::list;
    POST "/api/v1/users/{userId}/roles" "/api/v1/users" "okta.roles.manage" => roles::assign;
    GET "/api/v1/users/{userId}/roles/{roleAssignmentId}" "/api/v1/users" "okta.roles.read" => roles::one;
    DELETE "/api/v1/users/{userId}/roles/{roleAssignmentId}" "/api/v1/users" "okta.roles.manage" => roles::unassign;
    // API tokens. Anybody may revoke the one they use.
    GET "/api/v1/api-tokens" "/api/v1/api-tokens" "okta.apiTokens.read" => tokens::list;
    GET "/api/v1/api-tokens/" "/api/v1/api-tokens" "okta.apiTokens.read" => tokens::list;
    DELETE "/api/v1/api-tokens/current" "/api/v1/api-tokens" "okta.apiTokens.manage" for_anyone => tokens::revoke_current;
    GET "/api/v1/api-tokens/{apiTokenId}" "/api/v1/api-tokens" "okta.apiTokens.read" => tokens::one;
    DELETE "/api/v1/api-tokens/{apiTokenId}" "/api/v1/api-tokens" "okta.apiTokens.manage" for_anyone => tokens::revoke;
    // The authorization server.
    GET "/.well-known/openid-configuration" none none => oauth::about::metadata;
    GET "/oauth2/v1/keys" none none => oauth::about::keys;
    POST "/oauth2/v1/token" "/oauth2/v1/token" none => oauth::token;
    POST "/oauth2/v1/revoke" "/oauth2/v1" none => oauth::revoke;
    POST "/oauth2/v1/introspect" "/oauth2/v1" none => oauth::introspect;
    GET "/oauth2/v1/userinfo" "/oauth2/v1" none => oauth::userinfo;
    POST "/oauth2/v1/device/authorize" "/oauth2/v1" none => oauth::device;
};
