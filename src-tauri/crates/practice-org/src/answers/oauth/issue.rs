//! Makes tokens and gives them out.

use super::client::Known;
use crate::answers::org::ORG_ID;
use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::gate::{random, signer};
use crate::world::admins::Principal;
use crate::world::desk::{ACCESS_LIFE, Access, Given, Refresh};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// What is to be given out.
pub(super) struct Issue {
    pub(super) given: Given,
    /// Thumbprint of the key the tokens are bound to.
    pub(super) key: Option<String>,
    /// The refresh token that goes with it, where there is one already.
    pub(super) refresh: Option<String>,
}

impl Issue {
    pub(super) fn new(given: Given, key: Option<String>) -> Self {
        Self {
            given,
            key,
            refresh: None,
        }
    }
}

/// Base64url of the left half of a SHA-256 (`at_hash`).
fn half_hash(text: &str) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    URL_SAFE_NO_PAD.encode(&digest.as_ref()[..16])
}

fn sign(claims: &Value) -> Result<String, Refusal> {
    signer::sign(claims).ok_or_else(|| {
        let words = "Failed to create the access_token.";
        Refusal::other(500, "server_error".into(), words.into(), None)
    })
}

/// What is known of a person: sub, login, and claims of the profile as far as the scopes allow.
pub(super) fn person(ask: &Ask<'_>, id: &str, scopes: &[String]) -> (String, Value) {
    let world = ask.org.world();
    let Some(person) = world.people.get(id) else {
        return (String::new(), json!({}));
    };
    let mut claims = json!({ "sub": person.id });
    let has = |name: &str| scopes.iter().any(|scope| scope == name);
    if has("profile") {
        claims["name"] = json!(format!("{} {}", person.first, person.last));
        claims["given_name"] = json!(person.first);
        claims["family_name"] = json!(person.last);
        claims["preferred_username"] = json!(person.login);
        claims["locale"] = json!("en_US");
        claims["zoneinfo"] = json!("America/Los_Angeles");
    }
    if has("email") {
        claims["email"] = json!(person.login);
        claims["email_verified"] = json!(true);
    }
    (person.login.clone(), claims)
}

/// Gives tokens out.
pub(super) fn issue(ask: &Ask<'_>, known: &Known, what: Issue) -> Result<Answer, Refusal> {
    let Issue { given, key, refresh } = what;
    let now = ask.org.now();
    let id = format!("AT.{}", random(43));
    let mut claims = json!({ "ver": 1, "jti": id, "iss": ask.org.url, "aud": ask.org.url });
    let mut profile = json!({});
    match &given.who {
        Principal::User(user) => {
            let (login, known) = person(ask, user, &given.scopes);
            claims["sub"] = json!(login);
            claims["uid"] = json!(user);
            claims["auth_time"] = json!(given.signed_in);
            profile = known;
        }
        Principal::Client(id) => claims["sub"] = json!(id),
        Principal::Org => {}
    }
    claims["iat"] = json!(now);
    claims["exp"] = json!(now + ACCESS_LIFE);
    claims["cid"] = json!(known.id);
    claims["scp"] = json!(given.scopes);
    if let Some(key) = &key {
        claims["cnf"] = json!({ "jkt": key });
    }
    let access = sign(&claims)?;
    let mut answer = json!({
        "token_type": if key.is_some() { "DPoP" } else { "Bearer" },
        "expires_in": ACCESS_LIFE,
        "access_token": access,
        "scope": given.scopes.join(" "),
    });
    let has = |name: &str| given.scopes.iter().any(|scope| scope == name);
    if has("openid") {
        answer["id_token"] = json!(id_token(ask, known, &given, profile, &access)?);
    }
    let fresh = has("offline_access") && known.client.has_grant_type("refresh_token");
    let desk = &mut ask.org.world().desk;
    match refresh {
        Some(token) => answer["refresh_token"] = json!(token),
        None if fresh => {
            let token = random(43);
            answer["refresh_token"] = json!(token);
            let refresh = Refresh {
                given: given.clone(),
                key: key.clone(),
                last: now,
                replaced: None,
            };
            desk.give_refresh(token, refresh);
        }
        None => {}
    }
    let access_token = Access {
        given,
        key,
        id,
        from: now,
    };
    desk.give_access(access, access_token);
    ask.changes(format!("token {}", known.id));
    Ok(Answer::ok(answer))
}

fn id_token(
    ask: &Ask<'_>,
    known: &Known,
    given: &Given,
    mut claims: Value,
    access: &str,
) -> Result<String, Refusal> {
    let now = ask.org.now();
    claims["ver"] = json!(1);
    claims["iss"] = json!(ask.org.url);
    claims["aud"] = json!(known.id);
    claims["iat"] = json!(now);
    claims["exp"] = json!(now + ACCESS_LIFE);
    claims["jti"] = json!(format!("ID.{}", random(43)));
    claims["amr"] = json!(["pwd"]);
    claims["idp"] = json!(ORG_ID);
    claims["auth_time"] = json!(given.signed_in);
    claims["at_hash"] = json!(half_hash(access));
    if let Some(nonce) = &given.nonce {
        claims["nonce"] = json!(nonce);
    }
    sign(&claims)
}
