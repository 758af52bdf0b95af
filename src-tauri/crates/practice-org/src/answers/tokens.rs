//! API tokens. None is made here: Okta makes them in its Admin Console only.

use super::{Answer, Ask};
use crate::errors::Refusal;
use crate::world::admins::Principal;
use serde_json::Value;

fn no_token(id: &str) -> Refusal {
    Refusal::not_found(id, "Token")
}

/// The list: those that have not run out, always all of them (recorded: `limit` changes nothing).
pub(crate) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let (now, world) = (ask.org.now(), ask.org.world());
    let alive = world.tokens.values().filter(|token| token.alive(now));
    let shown: Vec<Value> = alive.map(|token| token.show(&ask.org.url)).collect();
    Ok(Answer::ok(shown.into()))
}

/// One token.
pub(crate) fn one(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let id = ask.param("apiTokenId");
    let (now, world) = (ask.org.now(), ask.org.world());
    let token = world.tokens.get(id).filter(|token| token.alive(now));
    token
        .map(|token| Answer::ok(token.show(&ask.org.url)))
        .ok_or_else(|| no_token(id))
}

/// Revokes the token the request came with.
pub(crate) fn revoke_current(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let id = ask.caller.api_token.as_deref().ok_or_else(Refusal::forbidden)?;
    ask.org.world().tokens.remove(id);
    ask.changes(format!("token revoked {id}"));
    Ok(Answer::empty(204))
}

/// Revokes a token: one's own, or, as a super admin, anybody's.
pub(crate) fn revoke(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let id = ask.param("apiTokenId");
    let mut world = ask.org.world();
    let token = world.tokens.get(id).ok_or_else(|| no_token(id))?;
    let own = ask.caller.who == Principal::User(token.user.clone());
    if !own && !crate::world::admins::is_super(&world, &ask.caller.who) {
        return Err(Refusal::forbidden());
    }
    world.tokens.remove(id);
    ask.changes(format!("token revoked {id}"));
    Ok(Answer::empty(204))
}
