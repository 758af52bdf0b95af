//! Provisioning connections: what is kept, what may follow what.

use super::App;
use serde_json::{Value, json};

/// How long a consent code lives, in seconds (RFC 6749, 4.1.2: ten minutes at most).
const CODE_LIFE: i64 = 600;

/// One app's connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Connection {
    /// `TOKEN` or `OAUTH2`; `None` before anything was saved.
    pub scheme: Option<String>,
    /// Active.
    pub enabled: bool,
    /// Base URL.
    pub base_url: Option<String>,
    /// Client id (Org2Org).
    pub client_id: Option<String>,
    /// `AUTO` or `MANUAL` (Org2Org).
    pub rotation_mode: Option<String>,
    /// The state of the latest authorize link.
    pub state: Option<String>,
    /// Consent was given and stored.
    pub authorized: bool,
}

/// A code of a consent page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The code.
    pub code: String,
    /// The state it was given for.
    pub state: String,
    /// App id.
    pub app: String,
    /// When, UNIX seconds.
    pub at: i64,
    /// Handed in already.
    pub used: bool,
}

/// Why a request is refused: the cause Okta names.
pub type Refused = String;

fn field<'a>(body: &'a Value, pointer: &str) -> Option<&'a str> {
    body.pointer(pointer).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}

/// Saves a connection. `state` is a fresh state for an authorize link.
///
/// # Errors
/// The cause Okta would name.
pub fn save(app: &mut App, body: &Value, activate: bool, state: String) -> Result<(), Refused> {
    let scheme = field(body, "/profile/authScheme").ok_or("authScheme: The field cannot be left blank")?;
    let mut made = Connection { scheme: Some(scheme.to_owned()), ..Connection::default() };
    match (app.name.as_str(), scheme) {
        ("zscalerbyz" | "okta_org2org", "TOKEN") => {
            let token = field(body, "/profile/token").ok_or("token: The field cannot be left blank")?;
            if app.name == "zscalerbyz" && field(body, "/baseUrl").is_none() {
                return Err("baseUrl: The field cannot be left blank".into());
            }
            if token.contains("bad") || token.contains("expired") {
                return Err("token: The credentials could not be verified.".into());
            }
            made.base_url = field(body, "/baseUrl").map(str::to_owned);
        }
        ("okta_org2org", "OAUTH2") => {
            let client = field(body, "/profile/clientId").ok_or("clientId: The field cannot be left blank")?;
            made.client_id = Some(client.to_owned());
            // Left out means MANUAL (Okta's guide to OAuth between orgs).
            made.rotation_mode = Some(field(body, "/profile/signing/rotationMode").unwrap_or("MANUAL").to_owned());
        }
        (_, "OAUTH2") if app.consent() => {
            if app.name == "office365" {
                for name in ["adminUsername", "adminPassword"] {
                    if field(body, &format!("/profile/settings/{name}")).is_none() {
                        return Err(format!("{name}: The field cannot be left blank"));
                    }
                }
            }
            made.state = Some(state);
        }
        _ => return Err("authScheme: The authentication scheme is not supported by this app.".into()),
    }
    made.enabled = activate && !app.consent();
    app.connection = made;
    Ok(())
}

/// Takes a consent code.
///
/// # Errors
/// The cause Okta would name.
pub fn callback(app: &mut App, codes: &mut [Code], code: &str, state: &str, now: i64) -> Result<(), Refused> {
    if app.connection.state.as_deref() != Some(state) {
        return Err("state: The state is not valid for this app instance.".into());
    }
    let Some(given) = codes.iter_mut().find(|c| c.code == code && c.app == app.id && c.state == state) else {
        return Err("code: The authorization code is not valid.".into());
    };
    if given.used || now - given.at > CODE_LIFE {
        return Err("code: The authorization code is expired or has already been used.".into());
    }
    given.used = true;
    app.connection.authorized = true;
    Ok(())
}

/// Activates: an app without credentials or consent stays as it is, though Okta answers 204 all the same.
pub fn activate(app: &mut App) {
    let ready = match app.connection.scheme.as_deref() {
        None => false,
        Some(_) if app.consent() => app.connection.authorized,
        Some(_) => true,
    };
    app.connection.enabled = ready;
}

/// The authorize link: the provider's own query, on the practice origin.
pub fn authorize_link(app: &App, org: &str) -> Option<String> {
    let state = app.connection.state.as_deref()?;
    let (provider, scope) = match app.name.as_str() {
        "google" => ("google", "https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fadmin.directory.user"),
        "office365" => ("microsoft", "https%3A%2F%2Fgraph.microsoft.com%2F.default"),
        "slack" => ("slack", "admin"),
        "zoomus" => ("zoom", "user%3Amaster"),
        _ => return None,
    };
    Some(format!(
        "{org}/consent/{provider}/authorize?response_type=code&client_id=practice-okta-client&scope={scope}&access_type=offline&state={state}&redirect_uri={}",
        format_args!("{}%2Fconsent%2Freturn", org.replace(':', "%3A").replace('/', "%2F"))
    ))
}

/// The connection as Okta shows it.
pub fn answer(app: &App, org: &str) -> Value {
    if !app.supported() {
        return json!({ "status": "UNKNOWN", "profile": { "authScheme": "UNKNOWN" } });
    }
    let connection = &app.connection;
    let base = format!("{org}/api/v1/apps/{}/connections/default", app.id);
    let Some(scheme) = &connection.scheme else {
        return json!({ "status": "UNKNOWN", "profile": { "authScheme": "UNKNOWN" },
            "_links": { "self": { "href": base, "hints": { "allow": ["POST", "GET"] } } } });
    };
    let mut profile = json!({ "authScheme": scheme });
    let mut answer = json!({ "authScheme": scheme, "status": if connection.enabled { "ENABLED" } else { "DISABLED" } });
    if let Some(base_url) = &connection.base_url {
        answer["baseUrl"] = json!(base_url);
    }
    if let Some(client) = &connection.client_id {
        profile["clientId"] = json!(client);
        profile["signing"] = json!({ "rotationMode": connection.rotation_mode });
    }
    answer["profile"] = profile;
    let mut links = json!({ "self": { "href": base, "hints": { "allow": ["POST", "GET"] } } });
    let next = if connection.enabled { "deactivate" } else { "activate" };
    links[next] = json!({ "href": format!("{base}/lifecycle/{next}"), "hints": { "allow": ["POST"] } });
    if let Some(href) = authorize_link(app, org) {
        links["authorize"] = json!({ "href": href, "hints": { "allow": ["GET"] } });
    }
    answer["_links"] = links;
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn google() -> App {
        App::new("0oa1practicegoogle01", "google", "Google Workspace")
    }

    #[test]
    fn activate_before_consent_changes_nothing() {
        let mut app = google();
        save(&mut app, &json!({ "profile": { "authScheme": "OAUTH2" } }), true, "s1".into()).expect("saved");
        activate(&mut app);
        assert_eq!(answer(&app, "http://o")["status"], "DISABLED");
    }

    #[test]
    fn a_code_works_once_for_its_state_and_ten_minutes() {
        let mut app = google();
        save(&mut app, &json!({ "profile": { "authScheme": "OAUTH2" } }), false, "s1".into()).expect("saved");
        let code = Code { code: "c".into(), state: "s1".into(), app: app.id.clone(), at: 0, used: false };
        assert!(callback(&mut app, &mut [code.clone()], "c", "s2", 1).is_err(), "another state");
        assert!(callback(&mut app, &mut [code.clone()], "c", "s1", 601).is_err(), "too old");
        let mut codes = [code];
        assert!(callback(&mut app, &mut codes, "c", "s1", 600).is_ok());
        assert!(callback(&mut app, &mut codes, "c", "s1", 600).is_err(), "used");
        activate(&mut app);
        assert_eq!(answer(&app, "http://o")["status"], "ENABLED");
    }

    #[test]
    fn rotation_left_out_is_manual() {
        let mut app = App::new("0oa1practiceorg2org1", "okta_org2org", "Hub");
        let body = json!({ "profile": { "authScheme": "OAUTH2", "clientId": "0oa2" } });
        save(&mut app, &body, true, "s".into()).expect("saved");
        assert_eq!(answer(&app, "http://o")["profile"]["signing"]["rotationMode"], "MANUAL");
    }
}
