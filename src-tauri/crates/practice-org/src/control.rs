//! The control pages under `/_practice/`, for tests and scripts outside this process: every knob over HTTP, behind a key
//! of their own, never in the ledger.

use crate::faults::{Fault, OddPaging};
use crate::org::Org;
use crate::switches::Switch;
use crate::world::reviews::Pace;
use axum::body::Bytes;
use axum::http::header::HeaderName;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// The header that carries the key.
const KEY: HeaderName = HeaderName::from_static("x-practice-key");

fn number(body: &Value, name: &str) -> Result<u32, String> {
    body[name]
        .as_u64()
        .and_then(|n| u32::try_from(n).ok())
        .ok_or(format!("{name}: a whole number is needed"))
}

fn text<'a>(body: &'a Value, name: &str) -> Result<&'a str, String> {
    body[name]
        .as_str()
        .filter(|text| !text.is_empty())
        .ok_or(format!("{name}: a text is needed"))
}

fn switches(org: &Org) -> Value {
    let show = |s: &Switch| json!({ "id": s.id(), "label": s.label(), "about": s.about(), "on": org.faults.is_on(*s) });
    Switch::ALL.iter().map(show).collect()
}

/// Turns a knob; `None` where there is no such page.
fn turn(org: &Org, method: &str, path: &str, body: &Value) -> Result<Option<Value>, String> {
    let done = || Ok(Some(json!({})));
    match (method, path) {
        ("GET", "state") => Ok(Some(json!({
            "url": org.url, "now": org.now(), "switches": switches(org), "faultsWaiting": org.faults.waiting() }))),
        ("GET", "ledger") => Ok(Some(
            org.ledger()
                .all()
                .iter()
                .map(crate::ledger::Entry::json)
                .collect(),
        )),
        ("DELETE", "ledger") => {
            org.ledger().clear();
            done()
        }
        ("POST", "faults") => {
            org.faults.fail_next(Fault::read(body)?);
            done()
        }
        ("DELETE", "faults") => {
            org.faults.clear();
            done()
        }
        ("PUT", "bucket") => {
            org.faults.bucket(
                text(body, "name")?,
                number(body, "limit")?,
                number(body, "window")?,
            );
            done()
        }
        ("POST", "foreign-load") => {
            org.faults
                .foreign_load(text(body, "name")?, number(body, "requests")?);
            done()
        }
        ("PUT", "concurrency") => {
            let most = if body["most"].is_null() {
                None
            } else {
                Some(number(body, "most")?)
            };
            org.faults.concurrency(most);
            done()
        }
        ("PUT", "paging") => {
            org.faults.paging(OddPaging::read(body)?);
            done()
        }
        ("PUT", "pace") => {
            let usual = Pace::default();
            let seconds = |name: &str, usual: i64| match &body[name] {
                Value::Null => Ok(usual),
                _ => number(body, name).map(i64::from),
            };
            org.faults.pace(Pace {
                gathering: seconds("gathering", usual.gathering)?,
                remediation: seconds("remediation", usual.remediation)?,
                manual: seconds("manual", usual.manual)?,
            });
            done()
        }
        ("PUT", "admin-links") => {
            org.faults.admin_links(body["origin"].as_str().map(str::to_owned));
            done()
        }
        ("POST", "ignored-settings") => {
            org.faults.ignore_setting(text(body, "pointer")?);
            done()
        }
        ("POST", "clock") => {
            org.advance(
                body["seconds"]
                    .as_i64()
                    .ok_or("seconds: a whole number is needed")?,
            );
            Ok(Some(json!({ "now": org.now() })))
        }
        ("POST", "tokens") => {
            if !body["user"].is_null() {
                let user = text(body, "user")?;
                if !org.world().people.contains_key(user) {
                    return Err("user: there is nobody of that id".into());
                }
                return Ok(Some(json!({ "token": org.api_token(user) })));
            }
            let scopes: Vec<&str> = body["scopes"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            Ok(Some(json!({ "token": org.grant(&scopes) })))
        }
        ("POST", "reset") => {
            org.reset();
            done()
        }
        ("PUT", path) => match path.strip_prefix("switches/") {
            Some(id) => {
                let switch = Switch::ALL
                    .iter()
                    .find(|s| s.id() == id)
                    .ok_or("there is no such switch")?;
                org.faults.switch(
                    *switch,
                    body["on"].as_bool().ok_or("on: true or false is needed")?,
                );
                Ok(Some(switches(org)))
            }
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

/// Answers a control page.
pub(crate) fn answer(org: &Org, parts: &Parts, body: &Bytes) -> Response {
    let reply = |status: StatusCode, body: Value| {
        (
            status,
            [
                (header::CONTENT_TYPE, "application/json"),
                (header::CACHE_CONTROL, "no-store"),
            ],
            body.to_string(),
        )
            .into_response()
    };
    if crate::serve::text(&parts.headers, &KEY) != Some(&org.key) {
        return reply(
            StatusCode::FORBIDDEN,
            json!({ "error": "the header X-Practice-Key is missing or wrong" }),
        );
    }
    let body: Value = if body.is_empty() {
        json!({})
    } else {
        serde_json::from_slice(body).unwrap_or(Value::Null)
    };
    if !body.is_object() {
        return reply(
            StatusCode::BAD_REQUEST,
            json!({ "error": "the body must be a JSON object" }),
        );
    }
    let path = parts.uri.path().trim_start_matches("/_practice/");
    match turn(org, parts.method.as_str(), path, &body) {
        Ok(Some(answer)) => reply(StatusCode::OK, answer),
        Ok(None) => reply(
            StatusCode::NOT_FOUND,
            json!({ "error": "there is no such control page" }),
        ),
        Err(why) => reply(StatusCode::BAD_REQUEST, json!({ "error": why })),
    }
}
