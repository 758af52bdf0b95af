//! `/oauth2/v1/logout`. The org keeps no browser session: signing out is going back.

use super::{Fields, field, html, page, redirect, wrong};
use crate::gate::jwt::Jwt;
use crate::gate::signer;
use crate::oauth_errors as say;
use crate::org::Org;
use crate::world::clients;
use axum::http::StatusCode;
use axum::response::Response;
use url::Url;

/// Signs out, if the id token is one of the org's, expired or not.
pub(super) fn answer(org: &Org, fields: &Fields) -> Response {
    let own = Jwt::parse(field(fields, "id_token_hint")).filter(|jwt| {
        jwt.claim("iss") == org.url && signer::public().is_some_and(|key| jwt.verify(key).is_ok())
    });
    let Some(jwt) = own else {
        return wrong(say::ID_TOKEN);
    };
    let to = field(fields, "post_logout_redirect_uri");
    if to.is_empty() {
        return html(StatusCode::OK, page::signed_out(), "");
    }
    let world = org.world();
    let registered = clients::find(&world, jwt.claim("aud"))
        .is_some_and(|client| client.logout_uris.iter().any(|uri| uri == to));
    let Some(mut target) = Url::parse(to).ok().filter(|_| registered) else {
        return wrong(say::LOGOUT_URI);
    };
    let state = field(fields, "state");
    if !state.is_empty() {
        target.query_pairs_mut().append_pair("state", state);
    }
    redirect(target.as_str())
}
