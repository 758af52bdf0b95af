//! Provisioning connections: what is kept, what may follow what.

mod answer;

pub(crate) use answer::answer;

use super::App;
use super::jwk::Key;
use serde_json::Value;

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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

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
