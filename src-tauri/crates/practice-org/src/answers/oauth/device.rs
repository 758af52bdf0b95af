//! The device grant, but for the page the person uses.

use super::Form;
use super::client::{self, Known};
use super::issue::{Issue, issue};
use super::token::scope_error;
use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::gate::random;
use crate::oauth_errors as say;
use crate::world::admins::Principal;
use crate::world::clients::scopes;
use crate::world::desk::{DEVICE_LIFE, Device, Given, POLL_INTERVAL, Poll};
use rand::Rng;
use serde_json::json;

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// Letters of a code people type.
const LETTERS: &[u8] = b"BCDFGHJKLMNPQRSTVWXZ";

fn user_code() -> String {
    let mut rng = rand::rng();
    (0..8)
        .map(|_| char::from(LETTERS[rng.random_range(0..LETTERS.len())]))
        .collect()
}

/// `POST /oauth2/v1/device/authorize`.
pub(crate) fn authorize(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let form = Form::read(ask)?;
    let known = client::known(ask, &form)?;
    if !known.client.has_grant_type(GRANT) {
        let words = say::NOT_CONFIGURED
            .2
            .replace("[en]", &format!("[{}]", known.client.grant_types.join(", ")));
        return Err(Refusal::oauth(say::NOT_CONFIGURED).saying(words));
    }
    let asked = form.get("scope").unwrap_or_default();
    let scopes = scopes::given(&known.client, asked, |scope| ask.org.scope_taken_back(scope))
        .map_err(|wrong| Refusal::oauth(scope_error(wrong)))?;
    let (code, typed) = (random(43), user_code());
    let device = Device::new(code.clone(), typed.clone(), &known.id, scopes, ask.org.now());
    ask.org.world().desk.give_device(device);
    ask.changes(format!("device {}", known.id));
    let activate = format!("{}/activate", ask.org.url);
    Ok(Answer::ok(json!({
        "user_code": typed,
        "device_code": code,
        "interval": POLL_INTERVAL,
        "verification_uri_complete": format!("{activate}?user_code={typed}"),
        "verification_uri": activate,
        "expires_in": DEVICE_LIFE,
    })))
}

/// The device asks whether the person has answered.
pub(super) fn poll(
    ask: &Ask<'_>,
    form: &Form,
    known: &Known,
    key: Option<String>,
) -> Result<Answer, Refusal> {
    let code = form.need("device_code")?;
    let now = ask.org.now();
    let polled = ask.org.world().desk.poll(code, &known.id, now);
    let said = match polled {
        Poll::Done(scopes, user) => {
            let family = {
                let desk = &mut ask.org.world().desk;
                desk.drop_device(code);
                desk.family()
            };
            let given = Given {
                client: Some(known.id.clone()),
                who: Principal::User(user),
                scopes,
                nonce: None,
                signed_in: now,
                family,
            };
            return issue(ask, known, Issue::new(given, key));
        }
        Poll::Unknown => say::DEVICE_CODE,
        Poll::TooSoon => say::SLOW_DOWN,
        Poll::Expired => say::DEVICE_EXPIRED,
        Poll::Pending => say::PENDING,
        Poll::Denied => say::DENIED,
        Poll::NotAssigned => say::NOT_ASSIGNED,
    };
    // RFC 8628 has a denial as any other answer to a poll: 400.
    Err(Refusal::oauth(say::Said(400, said.1, said.2)))
}
