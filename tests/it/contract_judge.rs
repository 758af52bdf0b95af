//! Okta's schemas as a judge of answers and of request bodies, and a practice org whose every exchange it judges.
//!
//! Where an answer is right and the schema is not, there is a row in [`EXCEPTIONS`] with the number it has in the list of
//! Okta's published mistakes (section 0 of the reference's `api.md`). A row nothing needs any more fails a test.

use crate::contract_exceptions::{IAM, REVIEWS};
use practice_org::{Options, PracticeOrg};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Mutex;
use support::openapi::Spec;
use url::Url;

/// A place where the wire and the schema differ.
pub struct Exception {
    /// Number in section 0 of `api.md`; 0 for what a recording alone tells.
    pub row: u8,
    /// Operation ids, or the start they share.
    pub operation: &'static str,
    /// End of the JSON pointer to what the schema complains about.
    pub place: &'static str,
    /// What the schema says of it, in part.
    complaint: &'static str,
}

pub const fn exception(
    row: u8,
    operation: &'static str,
    place: &'static str,
    complaint: &'static str,
) -> Exception {
    Exception {
        row,
        operation,
        place,
        complaint,
    }
}

pub const EXCEPTIONS: &[Exception] = &[
    // The wire says `userNameFormat`, the schema requires `usernameFormat`.
    exception(
        2,
        "listFeatures",
        "/importSettings/username",
        "\"usernameFormat\" is a required property",
    ),
    exception(
        2,
        "getFeature",
        "/importSettings/username",
        "\"usernameFormat\" is a required property",
    ),
    exception(
        2,
        "updateFeature",
        "/importSettings/username",
        "\"usernameFormat\" is a required property",
    ),
    // “No schedule” is `null` on the wire, and no type of the schema.
    exception(
        4,
        "listFeatures",
        "/schedule/fullImport",
        "null is not of type \"object\"",
    ),
    exception(
        4,
        "listFeatures",
        "/schedule/incrementalImport",
        "null is not of type \"object\"",
    ),
    exception(
        4,
        "getFeature",
        "/schedule/fullImport",
        "null is not of type \"object\"",
    ),
    exception(
        4,
        "getFeature",
        "/schedule/incrementalImport",
        "null is not of type \"object\"",
    ),
    exception(
        4,
        "updateFeature",
        "/schedule/fullImport",
        "null is not of type \"object\"",
    ),
    exception(
        4,
        "updateFeature",
        "/schedule/incrementalImport",
        "null is not of type \"object\"",
    ),
    // The top level has `authScheme` for OAuth too (Okta's guide to OAuth between orgs).
    exception(
        11,
        "getDefaultProvisioningConnection",
        "/authScheme",
        "\"OAUTH2\" is not one of",
    ),
    exception(
        11,
        "updateDefaultProvisioningConnection",
        "/authScheme",
        "\"OAUTH2\" is not one of",
    ),
];

/// The same for signing in, clients, grants and roles.
pub const SIGN_IN: &[Exception] = &[
    exception(24, "assignRoleToClient", "", "Okta lists no 201"),
    exception(24, "grantConsentToScope", "", "Okta lists no 200"),
    exception(26, "token", "/token_type", "\"DPoP\" is not one of"),
    // Recorded as `P30D` (lines 10 to 15): the pattern asks for a look-ahead and is written as a group.
    exception(0, "listApiTokens", "/tokenWindow", "\"P30D\" does not match"),
    exception(0, "getApiToken", "/tokenWindow", "\"P30D\" does not match"),
];

/// What of a list nothing needed.
pub fn unused(list: &[Exception], used: &Used) -> Vec<String> {
    let used = used.lock().expect("used");
    let left = list
        .iter()
        .filter(|it| !used.contains(&(it.row, it.operation, it.place)));
    left.map(|it| format!("{} {} {}", it.row, it.operation, it.place))
        .collect()
}

/// Which exceptions were needed.
pub type Used = Mutex<BTreeSet<(u8, &'static str, &'static str)>>;

/// The complaints that no exception covers.
fn unexcused(operation: &str, faults: impl Iterator<Item = (String, String)>, used: &Used) -> Vec<String> {
    let mut left = Vec::new();
    for (place, complaint) in faults {
        let excuse = EXCEPTIONS
            .iter()
            .chain(SIGN_IN)
            .chain(IAM)
            .chain(REVIEWS)
            .find(|it| {
                operation.starts_with(it.operation)
                    && place.ends_with(it.place)
                    && complaint.contains(it.complaint)
            });
        match excuse {
            Some(it) => {
                used.lock()
                    .expect("used")
                    .insert((it.row, it.operation, it.place));
            }
            None => left.push(format!("{operation} {place}: {complaint}")),
        }
    }
    left
}

fn complaints(judge: &jsonschema::Validator, value: &Value) -> Vec<(String, String)> {
    judge
        .iter_errors(value)
        .map(|error| (error.instance_path().to_string(), error.to_string()))
        .collect()
}

/// The schemas Okta means by its `discriminator`s, which JSON Schema does not read: of a feature, and of an app.
fn meant(operation: &str, value: &Value) -> Option<&'static str> {
    if operation.contains("Feature") {
        return Some(match value["name"].as_str()? {
            "INBOUND_PROVISIONING" => "InboundProvisioningApplicationFeature",
            _ => "UserProvisioningApplicationFeature",
        });
    }
    let app = ["list", "get", "create", "replace"].map(|verb| format!("{verb}Application"));
    if app
        .iter()
        .any(|it| operation == it || operation == format!("{it}s"))
    {
        return Some(match value["signOnMode"].as_str()? {
            "BOOKMARK" => "BookmarkApplication",
            "OPENID_CONNECT" => "OpenIdConnectApplication",
            _ => "SamlApplication",
        });
    }
    None
}

/// What is wrong with an answer.
pub fn answer_faults(
    spec: &Spec,
    method: &str,
    path: &str,
    status: u16,
    body: &Value,
    used: &Used,
) -> Vec<String> {
    let operation = spec
        .operation(method, path)
        .unwrap_or_else(|| panic!("Okta has no {method} {path}"));
    let id = operation.id().to_owned();
    let mut all = Vec::new();
    if status >= 400 {
        // The authorization server has errors of its own, and names a client by them too.
        let own = path.starts_with("/oauth2/v1/") && body.get("errorCode").is_none();
        let governance = path.starts_with("/governance/");
        let core = if governance { "error" } else { "Error" };
        let name = if own { "OAuthError" } else { core };
        for part in if own {
            ["error", "error_description"]
        } else {
            ["errorCode", "errorId"]
        } {
            if !body[part].is_string() {
                all.push((String::new(), format!("there is no {part}")));
            }
        }
        all.extend(complaints(&spec.schema(name), body));
        return unexcused(&id, all.into_iter(), used);
    }
    let mut judged_as = status;
    if !operation.lists(status) {
        all.push((String::new(), format!("Okta lists no {status}")));
        // What it answers is judged all the same.
        judged_as = if status == 200 { 201 } else { 200 };
    }
    let Some(judge) = operation.answer(judged_as) else {
        let empty = body.is_null();
        return if empty {
            Vec::new()
        } else {
            vec![format!("{id}: {status} has no body")]
        };
    };
    all.extend(complaints(&judge, body));
    let items = body
        .as_array()
        .map_or_else(|| vec![body], |items| items.iter().collect());
    for item in items {
        if let Some(name) = meant(&id, item) {
            all.extend(complaints(&spec.schema(name), item));
        }
    }
    unexcused(&id, all.into_iter(), used)
}

/// What is wrong with a request's body; of a feature's, by the schema that is meant for it.
pub fn request_faults(spec: &Spec, method: &str, path: &str, body: &Value) -> Vec<String> {
    let operation = spec
        .operation(method, path)
        .unwrap_or_else(|| panic!("Okta has no {method} {path}"));
    let mut all = match operation.request() {
        Some(judge) => complaints(&judge, body),
        None if body.is_null() => Vec::new(),
        None => vec![(String::new(), "there is no body".to_owned())],
    };
    if path.ends_with("/features/INBOUND_PROVISIONING") {
        all = complaints(&spec.schema("CapabilitiesInboundProvisioningObject"), body);
    }
    unexcused(operation.id(), all.into_iter(), &Used::default())
}

/// Fails unless a request's body is one Okta describes.
pub fn request_fits(spec: &Spec, method: &str, path: &str, body: &Value) {
    let faults = request_faults(spec, method, path, body);
    assert!(faults.is_empty(), "{method} {path}: {faults:#?} in {body:#}");
}

/// A practice org whose every exchange is judged.
pub struct Judged {
    pub org: PracticeOrg,
    pub spec: Spec,
    pub used: Used,
    pub called: Mutex<BTreeSet<String>>,
}

impl Judged {
    pub async fn start(spec: Spec, options: Options) -> Self {
        let org = PracticeOrg::start(options)
            .await
            .expect("the practice org starts");
        Self {
            org,
            spec,
            used: Used::default(),
            called: Mutex::default(),
        }
    }

    /// Asks, judges both ways, and gives status and body (`null` for none).
    pub async fn ask(&self, method: &str, target: &str, body: Option<Value>) -> (u16, Value) {
        let auth = format!("SSWS {}", self.org.token());
        self.ask_as(&auth, method, target, body).await
    }

    pub async fn ask_as(&self, auth: &str, method: &str, target: &str, body: Option<Value>) -> (u16, Value) {
        let url = Url::parse(&format!("{}{target}", self.org.url())).expect("an address");
        let verb = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = support::http().request(verb, url);
        if !auth.is_empty() {
            request = request.header("authorization", auth);
        }
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let (status, _, body) = self.judge(method, target, request).await;
        (status, body)
    }

    /// Sends a form with headers; gives the answer's headers too.
    pub async fn form(
        &self,
        target: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> (u16, HeaderMap, Value) {
        let mut request = support::http()
            .post(format!("{}{target}", self.org.url()))
            .form(fields);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.judge("POST", target, request).await
    }

    async fn judge(
        &self,
        method: &str,
        target: &str,
        request: reqwest::RequestBuilder,
    ) -> (u16, HeaderMap, Value) {
        let path = target.split('?').next().unwrap_or_default();
        let answer = request.send().await.expect("an answer");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let text = answer.text().await.expect("text");
        let body = if text.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&text).expect("JSON")
        };
        let operation = self
            .spec
            .operation(method, path)
            .unwrap_or_else(|| panic!("Okta has no {method} {path}"));
        self.called
            .lock()
            .expect("called")
            .insert(operation.id().to_owned());
        let faults = answer_faults(&self.spec, method, path, status, &body, &self.used);
        assert!(
            faults.is_empty(),
            "{method} {target} {status}: {faults:#?} in {body:#}"
        );
        (status, headers, body)
    }

    /// Sends a body that must fit Okta's schema too.
    pub async fn send(&self, method: &str, target: &str, body: Value) -> (u16, Value) {
        let path = target.split('?').next().unwrap_or_default();
        request_fits(&self.spec, method, path, &body);
        self.ask(method, target, Some(body)).await
    }

    pub async fn app(&self, name: &str) -> String {
        let (_, apps) = self
            .ask(
                "GET",
                &format!("/api/v1/apps?filter=name%20eq%20%22{name}%22"),
                None,
            )
            .await;
        apps[0]["id"]
            .as_str()
            .unwrap_or_else(|| panic!("no {name}"))
            .to_owned()
    }
}

#[test]
fn the_judge_of_answers_sees_what_is_wrong() {
    let Some(spec) = Spec::load() else { return };
    let connection = "/api/v1/apps/0oa1/connections/default";
    let inbound = "/api/v1/apps/0oa1/features/INBOUND_PROVISIONING";
    let username = json!({ "userNameFormat": "EMAIL" });
    for (method, path, status, wrong) in [
        ("GET", connection, 200, json!({ "status": "ENABLED" })),
        (
            "GET",
            connection,
            200,
            json!({ "status": "ON", "profile": { "authScheme": "TOKEN" } }),
        ),
        (
            "GET",
            connection,
            201,
            json!({ "status": "ENABLED", "profile": { "authScheme": "TOKEN" } }),
        ),
        ("GET", connection, 404, json!({ "errorCode": 7 })),
        (
            "GET",
            inbound,
            200,
            json!({ "name": "INBOUND_PROVISIONING", "capabilities": { "importRules": {} } }),
        ),
        (
            "GET",
            inbound,
            200,
            json!({ "name": "INBOUND_PROVISIONING", "capabilities": { "importRules": {},
            "importSettings": { "username": username, "schedule": { "fullImport": {} } } } }),
        ),
        (
            "GET",
            "/api/v1/apps",
            200,
            json!([{ "id": "0oa1", "signOnMode": "BOOKMARK", "name": "google", "settings": {} }]),
        ),
        ("GET", "/api/v1/users", 200, json!([{ "id": 1 }])),
        (
            "POST",
            "/api/v1/apps/0oa1/connections/default/lifecycle/activate",
            204,
            json!({}),
        ),
    ] {
        let found = answer_faults(&spec, method, path, status, &wrong, &Used::default());
        assert!(!found.is_empty(), "{method} {path} {status} {wrong}");
    }
}

#[test]
fn the_judge_of_requests_sees_what_is_wrong() {
    let Some(spec) = Spec::load() else { return };
    let save = "/api/v1/apps/0oa1/connections/default";
    let feature = "/api/v1/apps/0oa1/features/INBOUND_PROVISIONING";
    for (method, path, wrong) in [
        ("POST", save, json!({ "profile": { "authScheme": "OAUTH" } })),
        (
            "POST",
            save,
            json!({ "profile": { "authScheme": "OAUTH2", "signing": { "rotationMode": "DAILY" } } }),
        ),
        (
            "POST",
            save,
            json!({ "profile": { "authScheme": "OAUTH2", "settings": { "adminUsername": "a" } } }),
        ),
        ("POST", save, json!({})),
        ("PUT", feature, json!({ "importRules": {} })),
        (
            "PUT",
            feature,
            json!({ "importRules": {}, "importSettings": { "schedule": { "fullImport": {} } } }),
        ),
        (
            "POST",
            "/api/v1/apps/0oa1/connections/default/lifecycle/activate",
            json!({}),
        ),
    ] {
        assert!(
            !request_faults(&spec, method, path, &wrong).is_empty(),
            "{method} {path} {wrong}"
        );
    }
}
