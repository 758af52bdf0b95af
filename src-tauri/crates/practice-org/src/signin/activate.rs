//! `/activate`: a person types the code of a device, signs in, and says yes or no.

use super::{Fields, field, html, page};
use crate::org::Org;
use crate::switches::Switch;
use crate::world::desk::Said;
use axum::http::StatusCode;
use axum::response::Response;

fn shown(page: String) -> Response {
    html(StatusCode::OK, page, "")
}

/// The first page; with a code in the address, the next one.
pub(super) fn start(org: &Org, fields: &Fields) -> Response {
    if field(fields, "user_code").is_empty() {
        return shown(page::enter_code("", false));
    }
    code(org, fields)
}

/// A code was typed.
pub(super) fn code(org: &Org, fields: &Fields) -> Response {
    let (typed, now) = (field(fields, "user_code"), org.now());
    let mut world = org.world();
    let Some(device) = world.desk.waiting_device(typed, now) else {
        return shown(page::enter_code(typed, true));
    };
    let (code, client, scopes) = (
        device.user_code.clone(),
        device.client.clone(),
        device.scopes.clone(),
    );
    let app = world.apps.get(&client).map_or("", |app| app.label.as_str());
    shown(page::allow_device(&world, app, &code, &scopes))
}

/// The person has answered.
pub(super) fn finish(org: &Org, fields: &Fields, changed: &mut Vec<String>) -> Response {
    let (typed, now) = (field(fields, "user_code"), org.now());
    let refused = org.faults.is_on(Switch::SignInRefused);
    let mut world = org.world();
    let Some(device) = world.desk.waiting_device(typed, now) else {
        return shown(page::enter_code(typed, true));
    };
    let client = device.client.clone();
    if field(fields, "decision") == "deny" {
        device.said = Said::No;
        changed.push(format!("device denied {client}"));
        return shown(page::device_done(false));
    }
    let Some(user) = page::chosen(&world, field(fields, "username")) else {
        return shown(page::enter_code(typed, false));
    };
    let assigned = world
        .apps
        .get(&client)
        .is_some_and(|app| app.assigned.contains(&user));
    let said = match (refused, assigned) {
        (true, _) => Said::No,
        (false, false) => Said::NotAssigned,
        (false, true) => Said::Yes(user),
    };
    let yes = matches!(said, Said::Yes(_));
    if let Some(device) = world.desk.waiting_device(typed, now) {
        device.said = said;
    }
    changed.push(format!("device answered {client}"));
    shown(page::device_done(yes))
}
