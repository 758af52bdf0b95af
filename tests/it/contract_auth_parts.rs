//! What the tests of the practice org's authorization server share: asking it, a service app, a person who signs in.

use practice_org::{NATIVE_CLIENT, PracticeOrg, REDIRECT_URIS};
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use support::jwt::{Key, fresh, sha256};
use url::Url;

pub const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
pub const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    /// JSON, or the text.
    pub body: Value,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("text"))
    }

    /// A text of the body.
    pub fn text(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_default()
    }

    /// Fails unless it is this OAuth error, word for word.
    pub fn refused(&self, status: u16, error: &str, description: &str) {
        assert_eq!(
            (self.status, self.text("error"), self.text("error_description")),
            (status, error, description),
            "{:#}",
            self.body
        );
    }

    /// Fails unless it is this error of Okta's API.
    pub fn is_error(&self, status: u16, code: &str) {
        assert_eq!(
            (self.status, self.text("errorCode")),
            (status, code),
            "{:#}",
            self.body
        );
    }

    fn location(&self) -> Vec<(String, String)> {
        let url = Url::parse(self.header("location")).unwrap_or_else(|_| panic!("{self:?}"));
        url.query_pairs().into_owned().collect()
    }

    /// A parameter the browser is sent back with.
    pub fn sent_back(&self, name: &str) -> String {
        let all = self.location();
        let found = all.into_iter().find(|(has, _)| has == name);
        found.map(|(_, value)| value).unwrap_or_default()
    }
}

async fn reply(request: reqwest::RequestBuilder) -> Reply {
    let answer = request.send().await.expect("an answer");
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let text = answer.text().await.expect("text");
    Reply {
        status,
        headers,
        body: serde_json::from_str(&text).unwrap_or(Value::String(text)),
    }
}

/// Asks with headers.
pub async fn call(
    org: &PracticeOrg,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: Option<Value>,
) -> Reply {
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    let mut request = support::http().request(method, format!("{}{target}", org.url()));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if let Some(body) = body {
        request = request
            .header("content-type", "application/json")
            .body(body.to_string());
    }
    reply(request).await
}

/// Asks with a token: `SSWS …`, `Bearer …`.
pub async fn ask(org: &PracticeOrg, auth: &str, method: &str, target: &str, body: Option<Value>) -> Reply {
    call(org, method, target, &[("authorization", auth)], body).await
}

/// Asks with the org's own API token.
pub async fn admin(org: &PracticeOrg, method: &str, target: &str, body: Option<Value>) -> Reply {
    ask(org, &format!("SSWS {}", org.token()), method, target, body).await
}

/// Sends a form.
pub async fn form(
    org: &PracticeOrg,
    target: &str,
    fields: &[(&str, &str)],
    headers: &[(&str, &str)],
) -> Reply {
    let mut request = support::http()
        .post(format!("{}{target}", org.url()))
        .form(fields);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    reply(request).await
}

/// The body that makes a service app.
pub fn service_app(label: &str, key: &Key, dpop: bool) -> Value {
    json!({ "name": "oidc_client", "label": label, "signOnMode": "OPENID_CONNECT",
        "credentials": { "oauthClient": { "token_endpoint_auth_method": "private_key_jwt", "autoKeyRotation": true } },
        "settings": { "oauthClient": { "application_type": "service", "grant_types": ["client_credentials"],
            "response_types": ["token"], "dpop_bound_access_tokens": dpop, "jwks": { "keys": [key.public()] } } } })
}

/// Grants a scope.
pub async fn grant(org: &PracticeOrg, client: &str, scope: &str) -> Reply {
    let body = json!({ "scopeId": scope, "issuer": org.url() });
    admin(org, "POST", &format!("/api/v1/apps/{client}/grants"), Some(body)).await
}

/// Makes a service app; gives its client id.
pub async fn service(
    org: &PracticeOrg,
    key: &Key,
    dpop: bool,
    scopes: &[&str],
    role: Option<&str>,
) -> String {
    let made = admin(
        org,
        "POST",
        "/api/v1/apps",
        Some(service_app("Service", key, dpop)),
    )
    .await;
    assert_eq!(made.status, 200, "{:#}", made.body);
    let id = made.text("id").to_owned();
    for scope in scopes {
        assert_eq!(grant(org, &id, scope).await.status, 200);
    }
    if let Some(role) = role {
        let target = format!("/oauth2/v1/clients/{id}/roles");
        let given = admin(org, "POST", &target, Some(json!({ "type": role }))).await;
        assert_eq!(given.status, 201, "{:#}", given.body);
    }
    id
}

/// The address of the token endpoint.
pub fn token_endpoint(org: &PracticeOrg) -> String {
    format!("{}/oauth2/v1/token", org.url())
}

/// Asks for a token with an assertion.
pub async fn client_token(
    org: &PracticeOrg,
    assertion: &str,
    scope: &str,
    headers: &[(&str, &str)],
) -> Reply {
    let fields = [
        ("grant_type", "client_credentials"),
        ("scope", scope),
        ("client_assertion_type", ASSERTION),
        ("client_assertion", assertion),
    ];
    form(org, "/oauth2/v1/token", &fields, headers).await
}

/// A proof of possession for the token endpoint.
pub fn token_proof(org: &PracticeOrg, key: &Key, nonce: &str) -> String {
    key.proof("POST", &token_endpoint(org), nonce, None)
}

/// Asks for a token bound to a key, the nonce included.
pub async fn bound_token(org: &PracticeOrg, client: &str, signs: &Key, proves: &Key, scope: &str) -> Reply {
    let endpoint = token_endpoint(org);
    let proof = token_proof(org, proves, "");
    let first = client_token(
        org,
        &signs.assertion(client, &endpoint),
        scope,
        &[("dpop", &proof)],
    )
    .await;
    let nonce = first.header("dpop-nonce").to_owned();
    assert!(!nonce.is_empty(), "{first:?}");
    let proof = token_proof(org, proves, &nonce);
    client_token(
        org,
        &signs.assertion(client, &endpoint),
        scope,
        &[("dpop", &proof)],
    )
    .await
}

/// A person on the way in through an app.
pub struct SignIn {
    pub verifier: String,
    /// Of the authorize request.
    pub fields: Vec<(String, String)>,
}

impl SignIn {
    pub fn new(scope: &str) -> Self {
        let verifier = fresh();
        let fields = [
            ("client_id", NATIVE_CLIENT),
            ("response_type", "code"),
            ("scope", scope),
            ("redirect_uri", REDIRECT_URIS[0]),
            ("state", "s-1"),
            ("code_challenge", &sha256(&verifier)),
            ("code_challenge_method", "S256"),
        ];
        Self {
            fields: fields
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
            verifier,
        }
    }

    /// With another value, or without (an empty one).
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(has, _)| has != name);
        if !value.is_empty() {
            self.fields.push((name.into(), value.into()));
        }
        self
    }

    fn pairs(&self) -> Vec<(&str, &str)> {
        self.fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect()
    }

    /// Opens the link.
    pub async fn open(&self, org: &PracticeOrg) -> Reply {
        let mut url = Url::parse(&format!("{}/oauth2/v1/authorize", org.url())).expect("an address");
        url.query_pairs_mut().extend_pairs(&self.fields);
        let target = format!("{}?{}", url.path(), url.query().unwrap_or_default());
        call(org, "GET", &target, &[], None).await
    }

    /// Sends the sign-in form.
    pub async fn choose(&self, org: &PracticeOrg, login: &str, decision: &str) -> Reply {
        let mut fields = self.pairs();
        fields.extend([("username", login), ("decision", decision)]);
        form(
            org,
            "/oauth2/v1/authorize/sign-in",
            &fields,
            &[("origin", org.url())],
        )
        .await
    }

    /// Signs in; gives the code.
    pub async fn code(&self, org: &PracticeOrg, login: &str) -> String {
        let back = self.choose(org, login, "allow").await;
        assert_eq!(back.status, 302, "{back:?}");
        assert_eq!(back.sent_back("state"), "s-1");
        back.sent_back("code")
    }

    /// Exchanges a code.
    pub async fn exchange(&self, org: &PracticeOrg, code: &str, headers: &[(&str, &str)]) -> Reply {
        let redirect = self
            .fields
            .iter()
            .find(|(name, _)| name == "redirect_uri")
            .map_or("", |(_, value)| value);
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect),
            ("code_verifier", &self.verifier),
            ("client_id", NATIVE_CLIENT),
        ];
        form(org, "/oauth2/v1/token", &fields, headers).await
    }
}

/// Signs somebody in through the story's app.
pub async fn signed_in(org: &PracticeOrg, login: &str, scope: &str) -> Reply {
    let person = SignIn::new(scope);
    let code = person.code(org, login).await;
    let tokens = person.exchange(org, &code, &[]).await;
    assert_eq!(tokens.status, 200, "{:#}", tokens.body);
    tokens
}

/// Uses a refresh token.
pub async fn renew(
    org: &PracticeOrg,
    refresh: &str,
    more: &[(&str, &str)],
    headers: &[(&str, &str)],
) -> Reply {
    let mut fields = vec![
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh),
        ("client_id", NATIVE_CLIENT),
    ];
    fields.extend(more);
    form(org, "/oauth2/v1/token", &fields, headers).await
}

pub const SUPER: &str = "robin.keller@example.com";
pub const APPS: &str = "ben.abara1@example.com";
pub const READER: &str = "chloe.abara2@example.com";
pub const NOBODY: &str = "dev.abara3@example.com";
pub const STRANGER: &str = "elif.abara4@example.com";
