//! Revoking tokens, looking into them, and what is known of the person behind one.

use super::issue::person;
use super::{Form, client};
use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::gate::auth;
use crate::oauth_errors as say;
use crate::world::World;
use crate::world::admins::Principal;
use crate::world::desk::Given;
use axum::http::header;
use serde_json::{Value, json};

fn token(form: &Form) -> Result<&str, Refusal> {
    form.get("token").ok_or_else(|| Refusal::oauth(say::NO_TOKEN))
}

/// `POST /oauth2/v1/revoke`: 200 whatever the token is.
pub(crate) fn revoke(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let form = Form::read(ask)?;
    let known = client::known(ask, &form)?;
    if ask.org.world().desk.revoke(token(&form)?, &known.id) {
        ask.changes(format!("token revoked {}", known.id));
    }
    Ok(Answer::empty(200))
}

fn common(world: &World, given: &Given) -> Value {
    let mut shown = json!({ "active": true, "token_type": "Bearer", "scope": given.scopes.join(" ") });
    if let Some(client) = &given.client {
        shown["client_id"] = json!(client);
    }
    match &given.who {
        Principal::User(id) => {
            let login = world.people.get(id).map(|person| person.login.as_str());
            shown["username"] = json!(login.unwrap_or_default());
            shown["sub"] = shown["username"].clone();
        }
        Principal::Client(id) => shown["sub"] = json!(id),
        Principal::Org => {}
    }
    shown
}

/// `POST /oauth2/v1/introspect`.
pub(crate) fn introspect(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let form = Form::read(ask)?;
    let known = client::known(ask, &form)?;
    let (token, now, world) = (token(&form)?, ask.org.now(), ask.org.world());
    let own = |given: &Given| given.client.as_deref() == Some(known.id.as_str());
    if let Some(access) = world.desk.access(token, now).filter(|it| own(&it.given)) {
        let mut shown = common(&world, &access.given);
        if let Some(key) = &access.key {
            shown["token_type"] = json!("DPoP");
            shown["cnf"] = json!({ "jkt": key });
        }
        shown["exp"] = json!(access.until());
        shown["iat"] = json!(access.from);
        shown["aud"] = json!(ask.org.url);
        shown["iss"] = json!(ask.org.url);
        shown["jti"] = json!(access.id);
        if let Principal::User(id) = &access.given.who {
            shown["uid"] = json!(id);
        }
        return Ok(Answer::ok(shown));
    }
    if let Some(refresh) = world.desk.refresh(token, now).filter(|it| own(&it.given)) {
        return Ok(Answer::ok(common(&world, &refresh.given)));
    }
    Ok(Answer::ok(json!({ "active": false })))
}

/// `GET /oauth2/v1/userinfo`: its refusals have no body, as Okta's schema says.
pub(crate) fn userinfo(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let credential = crate::serve::text(&ask.parts.headers, &header::AUTHORIZATION);
    let (kind, _) = auth::read(credential);
    let bare = |status: u16, header: String| {
        ask.header("www-authenticate", header);
        Ok(Answer::empty(status))
    };
    let found = auth::access(ask.org, ask.parts, "openid", &mut ask.reply.borrow_mut());
    let access = match found {
        Ok(access) => access,
        Err(refusal) => return bare(refusal.status, refusal.challenge.unwrap_or_default()),
    };
    match &access.given.who {
        Principal::User(id) if access.given.scopes.iter().any(|scope| scope == "openid") => {
            Ok(Answer::ok(person(ask, id, &access.given.scopes).1))
        }
        _ => {
            let words = "The access token provided does not contain the required scopes.";
            let challenge = auth::challenge(ask.org, kind, "openid", "insufficient_scope", words, ask.path);
            bare(403, challenge)
        }
    }
}
