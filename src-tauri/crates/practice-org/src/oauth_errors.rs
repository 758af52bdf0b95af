//! The errors of Okta's authorization server, word for word as Okta lists them (`oauth2-error-codes.json`).

/// Status, error, description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Said(pub(crate) u16, pub(crate) &'static str, pub(crate) &'static str);

macro_rules! errors {
    ($($name:ident $status:literal $error:literal $text:literal)+) => {
        $(pub(crate) const $name: Said = Said($status, $error, $text);)+
    };
}

errors! {
    // Who asks.
    NO_CREDENTIALS 401 "invalid_client" "No client credentials found."
    CLIENT_ID 401 "invalid_client" "Invalid value for 'client_id' parameter."
    CLIENT_FAILED 401 "invalid_client" "Client authentication failed. Either the client or the client credentials are invalid."
    CLIENT_SECRET 401 "invalid_client" "The client secret supplied for a confidential client is invalid."
    BASIC 401 "invalid_client" "Found Authentication header but was not valid client credentials."
    SERVICE_METHOD 401 "invalid_client" "Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method."
    SERVICE_ONLY 401 "invalid_client" "Only clients with 'application_type' of 'service' may use the client_credentials 'grant_type' with the Org Authorization Server."
    MANY_CREDENTIALS 401 "invalid_request" "Cannot supply multiple client credentials. Use one of the following: credentials in the Authorization header, credentials in the post body, or a client_assertion in the post body."
    IN_QUERY 400 "invalid_request" "Client credentials cannot be supplied via query parameters."
    DUPLICATES 400 "invalid_request" "The request contained multiple parameters with the same name."
    // What a client signs.
    ASSERTION_TYPE 400 "invalid_request" "The client_assertion_type is invalid."
    ASSERTION_JWT 401 "invalid_client" "The parsing of the client_assertion failed."
    ASSERTION_ALGORITHM 401 "invalid_client" "The client_assertion JWT signature algorithm is invalid."
    ASSERTION_ISSUER 401 "invalid_client" "The issuer claim for client_assertion is not a valid client_id."
    ASSERTION_SUBJECT 401 "invalid_client" "The subject claim for client_assertion is not a valid client_id."
    ASSERTION_AUDIENCE 401 "invalid_client" "The audience claim for client_assertion must be the endpoint invoked for the request."
    ASSERTION_NO_EXPIRY 401 "invalid_client" "The client_assertion must contain the 'exp' claim as seconds since epoch."
    ASSERTION_EXPIRED 401 "invalid_client" "The client_assertion token is expired."
    ASSERTION_TOO_FAR 401 "invalid_client" "The client_assertion token has an expiration too far into the future."
    ASSERTION_EARLY 401 "invalid_client" "The client_assertion token must be issued before the current time."
    ASSERTION_USED 401 "invalid_client" "The client_assertion token has already been used."
    ASSERTION_NO_KEYS 401 "invalid_client" "The client does not have a JWKSet configured, but the client_assertion requires one."
    ASSERTION_KID 401 "invalid_client" "The client_assertion JWT kid is invalid."
    ASSERTION_SIGNATURE 401 "invalid_client" "The client_assertion signature is invalid."
    JWKS_URI 401 "invalid_client" "Error retrieving the client JWKSet from jwks_uri."
    // What is asked for.
    NO_GRANT_TYPE 400 "invalid_request" "The token request must specify a 'grant_type'. Valid values: [authorization_code, refresh_token, urn:ietf:params:oauth:grant-type:device_code, client_credentials]"
    GRANT_TYPE 400 "unsupported_grant_type" "The authorization grant type is not supported by the authorization server. Configured grant types: [authorization_code, refresh_token, urn:ietf:params:oauth:grant-type:device_code, client_credentials]."
    NOT_CONFIGURED 400 "unauthorized_client" "The client is not authorized to use the provided grant type. Configured grant types: [en]."
    MISSING 400 "invalid_request" "The required parameter 'en' is missing."
    NO_TOKEN 400 "invalid_request" "The 'token' parameter is required."
    NO_SCOPES 400 "invalid_scope" "No scopes were requested."
    CUSTOM_SCOPE 400 "invalid_scope" "Custom scopes are not allowed for this request."
    UNKNOWN_SCOPE 400 "invalid_scope" "One or more scopes are not configured for the authorization server resource."
    OPENID_NEEDED 400 "invalid_scope" "Requests for ID tokens or access tokens with OpenID scopes require the 'openid' scope."
    OPENID_SERVICE 400 "invalid_scope" "Cannot request 'openid' scopes using client credentials."
    SELF_SERVICE 400 "client_credentials_self_scope_requested" "The 'client_credentials' grant type may not request .self scopes."
    NONE_GRANTED 400 "consent_required" "You are not allowed any of the requested scopes."
    REFRESH_SCOPES 400 "access_denied" "Some of the scopes requested for the refresh request were not granted in the original authorize request. Denied scopes: en."
    // Codes and tokens.
    CODE 400 "invalid_grant" "The authorization code is invalid or has expired."
    OTHER_CLIENT 400 "invalid_grant" "The grant was issued to another client. Please make sure the 'client_id' matches the one used at the authorize request."
    OTHER_REDIRECT 400 "invalid_grant" "The 'redirect_uri' does not match the redirection URI used in the authorization request."
    PKCE 400 "invalid_grant" "PKCE verification failed."
    NO_VERIFIER 400 "invalid_request" "PKCE code verifier is required by the application."
    REFRESH 400 "invalid_grant" "The refresh token is invalid or expired."
    DEVICE_CODE 400 "invalid_grant" "The device code is invalid or has expired."
    PENDING 400 "authorization_pending" "The device authorization is pending. Please try again later."
    SLOW_DOWN 400 "slow_down" "Slow down the polling frequency. Please try again later."
    DEVICE_EXPIRED 400 "expired_token" "The device code has expired."
    DENIED 403 "access_denied" "The resource owner or authorization server denied the request."
    NOT_ASSIGNED 400 "access_denied" "User is not assigned to the client application."
    POLICY 401 "access_denied" "Policy evaluation failed for this request, please check the policy configurations."
    ZONE 403 "access_denied" "The request is made from outside the client's permitted network zones."
    // Proofs of possession.
    NO_PROOF 400 "invalid_dpop_proof" "The DPoP proof JWT header is missing."
    MANY_PROOFS 400 "invalid_dpop_proof" "Multiple DPoP proof JWT headers are not allowed."
    PROOF 400 "invalid_dpop_proof" "The DPoP proof JWT is invalid."
    PROOF_JWT 400 "invalid_dpop_proof" "The DPoP proof JWT cannot be parsed."
    PROOF_TYPE 400 "invalid_dpop_proof" "'typ' must be 'dpop+jwt' in the DPoP proof JWT."
    PROOF_ALGORITHM 400 "invalid_dpop_proof" "The DPoP proof JWT signature algorithm is invalid."
    PROOF_SIGNATURE 400 "invalid_dpop_proof" "The DPoP proof JWT signature is invalid."
    PROOF_METHOD 400 "invalid_dpop_proof" "'htm' claim in the DPoP proof JWT is invalid."
    PROOF_ADDRESS 400 "invalid_dpop_proof" "'htu' claim in the DPoP proof JWT is invalid."
    PROOF_TIME 400 "invalid_dpop_proof" "'iat' claim in the DPoP proof JWT is invalid."
    PROOF_EARLY 400 "invalid_dpop_proof" "The DPoP proof JWT is issued in the future."
    PROOF_OLD 400 "invalid_dpop_proof" "The DPoP proof JWT is issued more than five minutes in the past."
    PROOF_EXPIRED 400 "invalid_dpop_proof" "The DPoP proof JWT is expired."
    PROOF_ID 400 "invalid_dpop_proof" "'jti' claim in the DPoP proof JWT is invalid."
    PROOF_USED 400 "invalid_dpop_proof" "The DPoP proof JWT has already been used."
    PROOF_HASH 400 "invalid_dpop_proof" "'ath' claim in the DPoP proof does not match the presented access_token."
    PROOF_BINDING 400 "invalid_dpop_proof" "The access_token is not bound to the provided DPoP proof."
    PROOF_REFRESH_KEY 400 "invalid_dpop_proof" "Invalid DPoP Public Key binding in refresh token"
    NONCE 400 "use_dpop_nonce" "Authorization server requires nonce in DPoP proof."
    PROOF_NEEDED 400 "invalid_request" "The resource request requires a DPoP proof."
    SCHEME 400 "invalid_request" "The resource request must use the DPoP authentication scheme when using a DPoP bound token."
    NOT_BOUND 401 "invalid_token" "The presented access_token is not DPoP bound."
    // At the sign-in page.
    REDIRECT_URI 400 "invalid_request" "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings."
    SERVICE_SIGNS_IN 400 "invalid_request" "Clients with 'application_type' of 'service' are not allowed to access the 'authorize' endpoint."
    STATE 400 "invalid_request" "The authentication request has an invalid 'state' parameter."
    PROMPT 400 "invalid_request" "Invalid value for 'prompt' parameter. Supported values: [none, consent, login, enroll_authenticator, idp_refresh]"
    NO_SESSION 400 "login_required" "The client specified not to prompt, but the user is not logged in."
    RESPONSE_TYPE 400 "unsupported_response_type" "The response type is not supported by the authorization server. Configured response types: [code]."
    RESPONSE_MODE 400 "unsupported_response_mode" "The response mode is not supported by the authorization server. Valid response modes: [query]."
    NO_CHALLENGE 400 "invalid_request" "PKCE code challenge is required by the application."
    CHALLENGE 400 "invalid_request" "PKCE code challenge contains illegal characters."
    CHALLENGE_METHOD 400 "invalid_request" "PKCE code challenge method is not supported. Valid values: [S256]"
    NO_REQUEST_OBJECT 400 "request_not_supported" "The authorize request object is not supported by this client."
    LOGOUT_URI 400 "invalid_request" "The 'post_logout_redirect_uri' parameter must be a Logout redirect URI in the client app settings."
    ID_TOKEN 401 "invalid_token" "The id token is invalid."
    // New clients.
    CLIENT_METADATA 400 "invalid_client_metadata" "Invalid request"
}
