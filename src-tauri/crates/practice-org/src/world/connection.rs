//! Provisioning connections: what is kept, what may follow what.

use super::App;
use super::jwk::Key;
use serde_json::{Value, json};

/// How long a consent code lives, in seconds (RFC 6749, 4.1.2: ten minutes at most).
pub(crate) const CODE_LIFE: i64 = 600;

/// The org an Org2Org app leads to: its app setting `baseUrl`.
pub(crate) const HUB: &str = "https://acme.okta.com";

/// The client Okta is with every provider.
pub(crate) const CLIENT_ID: &str = "practice-okta-client";

/// Where every provider sends the browser back to.
pub(crate) const RETURN_PATH: &str = "/consent/return";

/// One app's connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Connection {
    /// `TOKEN` or `OAUTH2`; `None` before anything was saved.
    pub(crate) scheme: Option<String>,
    /// Active.
    pub(crate) enabled: bool,
    /// Base URL.
    pub(crate) base_url: Option<String>,
    /// Client id (Org2Org).
    pub(crate) client_id: Option<String>,
    /// `AUTO` or `MANUAL` (Org2Org).
    pub(crate) rotation_mode: Option<String>,
    /// Public keys (Org2Org), the latest first.
    pub(crate) keys: Vec<Key>,
    /// The state of the latest authorize link.
    pub(crate) state: Option<String>,
    /// Consent was given and stored.
    pub(crate) authorized: bool,
}

/// A code of a consent page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Code {
    /// The code.
    pub(crate) code: String,
    /// The state it was given for.
    pub(crate) state: String,
    /// When, UNIX seconds.
    pub(crate) at: i64,
    /// Handed in already.
    pub(crate) used: bool,
}

/// What nobody can guess, fresh for each save.
pub(crate) struct Fresh {
    /// State for an authorize link.
    pub(crate) state: String,
    /// Key for an Org2Org connection.
    pub(crate) key: Key,
}

/// Why a request is refused: the cause Okta names.
pub(crate) type Refused = String;

fn field<'a>(body: &'a Value, pointer: &str) -> Option<&'a str> {
    body.pointer(pointer)
        .and_then(Value::as_str)
        .filter(|text| !text.trim().is_empty())
}

fn blank(name: &str) -> Refused {
    format!("{name}: The field cannot be left blank")
}

/// Credentials with `bad` or `expired` in them are those the third party turns away.
fn verified(name: &str, secret: &str) -> Result<(), Refused> {
    let wrong = secret.contains("bad") || secret.contains("expired");
    if wrong {
        Err(format!("{name}: The credentials could not be verified."))
    } else {
        Ok(())
    }
}

/// Saves a connection in place of the one there was.
///
/// # Errors
/// The cause Okta would name.
pub(crate) fn save(app: &mut App, body: &Value, activate: bool, fresh: Fresh) -> Result<(), Refused> {
    let scheme = field(body, "/profile/authScheme").ok_or_else(|| blank("authScheme"))?;
    let mut made = Connection {
        scheme: Some(scheme.to_owned()),
        ..Connection::default()
    };
    match (app.name.as_str(), scheme) {
        ("zscalerbyz" | "okta_org2org", "TOKEN") => {
            let token = field(body, "/profile/token").ok_or_else(|| blank("token"))?;
            let base_url = field(body, "/baseUrl").map(str::to_owned);
            if app.name == "zscalerbyz" && base_url.is_none() {
                return Err(blank("baseUrl"));
            }
            verified("token", token)?;
            made.base_url = base_url.or_else(|| Some(HUB.into()));
        }
        ("okta_org2org", "OAUTH2") => {
            made.client_id = Some(
                field(body, "/profile/clientId")
                    .ok_or_else(|| blank("clientId"))?
                    .to_owned(),
            );
            made.rotation_mode = Some(match body.pointer("/profile/signing/rotationMode") {
                // Left out means MANUAL (Okta's guide to OAuth between orgs).
                None | Some(Value::Null) => "MANUAL".into(),
                Some(Value::String(mode)) if mode == "AUTO" || mode == "MANUAL" => mode.clone(),
                Some(_) => return Err("rotationMode: The value must be one of AUTO, MANUAL.".into()),
            });
            // The hub may still be reading the key of before.
            made.keys = std::iter::once(fresh.key)
                .chain(app.connection.keys.first().cloned())
                .collect();
        }
        (_, "OAUTH2") if app.consent() => {
            if app.name == "office365" {
                for name in ["adminUsername", "adminPassword"] {
                    field(body, &format!("/profile/settings/{name}")).ok_or_else(|| blank(name))?;
                }
                verified(
                    "adminPassword",
                    field(body, "/profile/settings/adminPassword").unwrap_or_default(),
                )?;
            }
            made.state = Some(fresh.state);
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
pub(crate) fn callback(
    app: &mut App,
    codes: &mut [Code],
    code: &str,
    state: &str,
    now: i64,
) -> Result<(), Refused> {
    if app.connection.state.as_deref() != Some(state) {
        return Err("state: The state is not valid for this app instance.".into());
    }
    let Some(given) = codes.iter_mut().find(|c| c.code == code && c.state == state) else {
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
pub(crate) fn activate(app: &mut App) {
    app.connection.enabled = match app.connection.scheme.as_deref() {
        None => false,
        Some(_) if app.consent() => app.connection.authorized,
        Some(_) => true,
    };
}

/// The provider's name in the practice org's own paths, and the scope Okta asks it for.
fn provider(app: &App) -> Option<(&'static str, &'static str)> {
    Some(match app.name.as_str() {
        "google" => ("google", "https://www.googleapis.com/auth/admin.directory.user"),
        "office365" => ("microsoft", "https://graph.microsoft.com/.default"),
        "slack" => ("slack", "admin"),
        "zoomus" => ("zoom", "user:master"),
        _ => return None,
    })
}

/// The authorize link: the provider's own query, on the practice origin.
pub(crate) fn authorize_link(app: &App, org: &str) -> Option<String> {
    let state = app.connection.state.as_deref()?;
    let (provider, scope) = provider(app)?;
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("response_type", "code")
        .append_pair("client_id", CLIENT_ID)
        .append_pair("scope", scope)
        .append_pair("access_type", "offline")
        .append_pair("state", state)
        .append_pair("redirect_uri", &format!("{org}{RETURN_PATH}"))
        .finish();
    Some(format!("{org}/consent/{provider}/authorize?{query}"))
}

/// The connection as Okta shows it.
pub(crate) fn answer(app: &App, org: &str) -> Value {
    if !app.supported() {
        return json!({ "status": "UNKNOWN", "profile": { "authScheme": "UNKNOWN" } });
    }
    let connection = &app.connection;
    let base = format!("{org}/api/v1/apps/{}/connections/default", app.id);
    let mut links = json!({});
    let mut answer = json!({});
    // A new Org2Org app says TOKEN and DISABLED (recorded); of the others nothing is recorded before the first save.
    let fresh = if app.name == "okta_org2org" {
        "TOKEN"
    } else {
        "UNKNOWN"
    };
    let scheme = connection.scheme.as_deref().unwrap_or(fresh);
    // The consent apps have no scheme at the top level (Okta's examples).
    if scheme != "UNKNOWN" && !app.consent() {
        answer["authScheme"] = json!(scheme);
    }
    answer["status"] = json!(match (scheme, connection.enabled) {
        ("UNKNOWN", _) => "UNKNOWN",
        (_, true) => "ENABLED",
        (_, false) => "DISABLED",
    });
    if let Some(base_url) = &connection.base_url {
        answer["baseUrl"] = json!(base_url);
    }
    let mut profile = json!({ "authScheme": scheme });
    if let Some(client) = &connection.client_id {
        answer["clientId"] = json!(client);
        profile["clientId"] = json!(client);
        profile["signing"] = json!({ "rotationMode": connection.rotation_mode });
    }
    answer["profile"] = profile;
    if scheme != "UNKNOWN" {
        let next = if connection.enabled {
            "deactivate"
        } else {
            "activate"
        };
        links[next] = json!({ "href": format!("{base}/lifecycle/{next}"), "hints": { "allow": ["POST"] } });
    }
    links["self"] = json!({ "href": base, "hints": { "allow": ["POST", "GET"] } });
    if let Some(href) = authorize_link(app, org) {
        links["authorize"] = json!({ "href": href, "hints": { "allow": ["GET"], "guidance": [
            "Specifies the URI to invoke in a browser for granting scope consent required to complete the OAuth 2.0 connection." ] } });
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

    fn fresh(state: &str) -> Fresh {
        Fresh {
            state: state.into(),
            key: Key::new(0),
        }
    }

    #[test]
    fn activate_before_consent_changes_nothing() {
        let mut app = google();
        save(
            &mut app,
            &json!({ "profile": { "authScheme": "OAUTH2" } }),
            true,
            fresh("s1"),
        )
        .expect("saved");
        activate(&mut app);
        let seen = answer(&app, "http://o");
        assert_eq!(
            (&seen["status"], &seen["profile"]["authScheme"]),
            (&json!("DISABLED"), &json!("OAUTH2"))
        );
        assert!(
            seen["_links"]["authorize"]["href"]
                .as_str()
                .is_some_and(|href| href.contains("state=s1"))
        );
    }

    #[test]
    fn a_code_works_once_for_its_state_and_ten_minutes() {
        let mut app = google();
        save(
            &mut app,
            &json!({ "profile": { "authScheme": "OAUTH2" } }),
            false,
            fresh("s1"),
        )
        .expect("saved");
        let code = Code {
            code: "c".into(),
            state: "s1".into(),
            at: 0,
            used: false,
        };
        assert!(
            callback(&mut app, &mut [code.clone()], "c", "s2", 1).is_err(),
            "another state"
        );
        assert!(
            callback(&mut app, &mut [code.clone()], "c", "s1", 601).is_err(),
            "too old"
        );
        let mut codes = [code];
        assert!(callback(&mut app, &mut codes, "c", "s1", 600).is_ok());
        assert!(callback(&mut app, &mut codes, "c", "s1", 600).is_err(), "used");
        activate(&mut app);
        assert_eq!(answer(&app, "http://o")["status"], "ENABLED");
        save(
            &mut app,
            &json!({ "profile": { "authScheme": "OAUTH2" } }),
            false,
            fresh("s2"),
        )
        .expect("saved");
        activate(&mut app);
        assert_eq!(
            answer(&app, "http://o")["status"],
            "DISABLED",
            "a new save asks for a new consent"
        );
    }

    #[test]
    fn rotation_left_out_is_manual_and_each_save_makes_a_key() {
        let mut app = App::new("0oa1practiceorg2org1", "okta_org2org", "Hub");
        assert_eq!(
            answer(&app, "http://o")["authScheme"],
            "TOKEN",
            "as recorded, before anything was saved"
        );
        let body = json!({ "profile": { "authScheme": "OAUTH2", "clientId": "0oa2" } });
        save(&mut app, &body, true, fresh("s")).expect("saved");
        let seen = answer(&app, "http://o");
        assert_eq!(seen["profile"]["signing"]["rotationMode"], "MANUAL");
        assert_eq!(
            (&seen["status"], &seen["clientId"]),
            (&json!("ENABLED"), &json!("0oa2"))
        );
        let first = app.connection.keys.clone();
        save(&mut app, &body, true, fresh("s")).expect("saved");
        assert_eq!(
            (first.len(), app.connection.keys.len(), &app.connection.keys[1]),
            (1, 2, &first[0])
        );
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        let rows: &[(&str, Value, &str)] = &[
            ("google", json!({}), "authScheme: The field cannot be left blank"),
            (
                "google",
                json!({ "profile": { "authScheme": "TOKEN", "token": "t" } }),
                "authScheme: The authentication scheme is not supported by this app.",
            ),
            (
                "zscalerbyz",
                json!({ "profile": { "authScheme": "TOKEN", "token": "t" } }),
                "baseUrl: The field cannot be left blank",
            ),
            (
                "zscalerbyz",
                json!({ "profile": { "authScheme": "TOKEN", "token": " " } }),
                "token: The field cannot be left blank",
            ),
            (
                "okta_org2org",
                json!({ "profile": { "authScheme": "TOKEN", "token": "a bad one" } }),
                "token: The credentials could not be verified.",
            ),
            (
                "okta_org2org",
                json!({ "profile": { "authScheme": "OAUTH2" } }),
                "clientId: The field cannot be left blank",
            ),
            (
                "okta_org2org",
                json!({ "profile": { "authScheme": "OAUTH2", "clientId": "c", "signing": { "rotationMode": "DAILY" } } }),
                "rotationMode: The value must be one of AUTO, MANUAL.",
            ),
            (
                "office365",
                json!({ "profile": { "authScheme": "OAUTH2", "settings": { "adminUsername": "a" } } }),
                "adminPassword: The field cannot be left blank",
            ),
        ];
        for (name, body, cause) in rows {
            let mut app = App::new("0oa1", name, name);
            assert_eq!(
                save(&mut app, body, true, fresh("s")).err().as_deref(),
                Some(*cause),
                "{name} {body}"
            );
            assert_eq!(
                app.connection,
                Connection::default(),
                "nothing is kept of a refused save"
            );
        }
    }
}
