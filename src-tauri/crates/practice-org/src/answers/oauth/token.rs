//! `POST /oauth2/v1/token`.

use super::client::{self, Known};
use super::issue::{Issue, issue};
use super::{Form, device};
use crate::answers::{Answer, Ask};
use crate::errors::Refusal;
use crate::gate::jwt::sha256;
use crate::gate::proof::{self, Wanted};
use crate::gate::random;
use crate::oauth_errors::{self as say, Said};
use crate::switches::Switch;
use crate::world::admins::Principal;
use crate::world::clients::scopes::{self, OPENID, Wrong};
use crate::world::desk::{CODE_LIFE, Given, Renewal};

const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// Grant types the org serves.
const TYPES: &[&str] = &[
    "authorization_code",
    "refresh_token",
    DEVICE,
    "client_credentials",
];

fn refuse<T>(said: Said) -> Result<T, Refusal> {
    Err(Refusal::oauth(said))
}

/// What Okta says of scopes.
pub(crate) fn scope_error(wrong: Wrong) -> Said {
    match wrong {
        Wrong::Missing => say::NO_SCOPES,
        Wrong::Custom => say::CUSTOM_SCOPE,
        Wrong::Unknown => say::UNKNOWN_SCOPE,
        Wrong::NoOpenid => say::OPENID_NEEDED,
        Wrong::NoneGranted => say::NONE_GRANTED,
    }
}

/// Gives tokens out.
pub(crate) fn token(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let form = Form::read(ask)?;
    let Some(kind) = form.get("grant_type") else {
        return refuse(say::NO_GRANT_TYPE);
    };
    if !TYPES.contains(&kind) {
        return refuse(say::GRANT_TYPE);
    }
    let known = client::known(ask, &form)?;
    if kind == "client_credentials" {
        if known.client.kind != "service" {
            return refuse(say::SERVICE_ONLY);
        }
        if known.client.auth != "private_key_jwt" {
            return refuse(say::SERVICE_METHOD);
        }
    }
    if !known.client.has_grant_type(kind) {
        let words = say::NOT_CONFIGURED
            .2
            .replace("[en]", &format!("[{}]", known.client.grant_types.join(", ")));
        return Err(Refusal::oauth(say::NOT_CONFIGURED).saying(words));
    }
    if known.client.zoned() || ask.org.faults.is_on(Switch::OutsideZone) {
        return refuse(say::ZONE);
    }
    let key = bound(ask, &known)?;
    match kind {
        "authorization_code" => code(ask, &form, &known, key),
        "refresh_token" => renew(ask, &form, &known, key),
        DEVICE => device::poll(ask, &form, &known, key),
        _ => credentials(ask, &form, &known, key),
    }
}

/// The key the tokens will be bound to. Who need not prove one, proves none: the proof is not even looked at.
fn bound(ask: &Ask<'_>, known: &Known) -> Result<Option<String>, Refusal> {
    let switched = known.client.kind == "native" && ask.org.faults.is_on(Switch::DpopRequired);
    if !known.client.dpop && !switched {
        return Ok(None);
    }
    let wanted = Wanted {
        method: "POST",
        path: ask.path,
        token: None,
        nonce: true,
    };
    let proof = proof::header(&ask.parts.headers).map_err(Refusal::oauth)?;
    let key = proof::check(ask.org, proof, &wanted).map_err(|said| {
        if said == say::NONCE {
            ask.header("dpop-nonce", ask.org.nonce());
        }
        Refusal::oauth(said)
    })?;
    ask.header("dpop-nonce", ask.org.next_nonce());
    Ok(Some(key))
}

/// `authorization_code`.
fn code(ask: &Ask<'_>, form: &Form, known: &Known, key: Option<String>) -> Result<Answer, Refusal> {
    let code = form.need("code")?;
    let now = ask.org.now();
    let given = {
        let desk = &mut ask.org.world().desk;
        let found = desk.code(code).cloned();
        let Some(found) = found else {
            return refuse(say::CODE);
        };
        if found.used {
            // Somebody else may have it: what came of it goes.
            desk.revoke_family(found.given.family);
            ask.changes(format!("sign-in revoked {}", known.id));
            return refuse(say::CODE);
        }
        if now - found.at >= CODE_LIFE {
            return refuse(say::CODE);
        }
        if found.given.client.as_deref() != Some(known.id.as_str()) {
            return refuse(say::OTHER_CLIENT);
        }
        if form.get("redirect_uri") != Some(found.redirect_uri.as_str()) {
            return refuse(say::OTHER_REDIRECT);
        }
        if let Some(challenge) = &found.challenge {
            let verifier = form
                .get("code_verifier")
                .ok_or_else(|| Refusal::oauth(say::NO_VERIFIER))?;
            let fits = (43..=128).contains(&verifier.len()) && sha256(verifier.as_bytes()) == *challenge;
            if !fits {
                desk.drop_code(code);
                return refuse(say::PKCE);
            }
        }
        if key.is_some() && found.key.is_some() && found.key != key {
            return refuse(say::PROOF_BINDING);
        }
        desk.use_code(code);
        found.given
    };
    issue(ask, known, Issue::new(given, key))
}

/// `refresh_token`.
fn renew(ask: &Ask<'_>, form: &Form, known: &Known, key: Option<String>) -> Result<Answer, Refusal> {
    let token = form.need("refresh_token")?;
    let now = ask.org.now();
    if ask.org.faults.is_on(Switch::RefreshRevoked) {
        return refuse(say::REFRESH);
    }
    let leeway = known.client.rotate.then_some(known.client.leeway);
    let found = ask.org.world().desk.renew(token, &known.id, leeway, now);
    let found = match found {
        Renewal::Good(found) => found,
        Renewal::Unknown => return refuse(say::REFRESH),
        Renewal::Reused => {
            ask.changes(format!("sign-in revoked {}", known.id));
            return refuse(say::REFRESH);
        }
    };
    if found.key.is_some() && found.key != key {
        return refuse(say::PROOF_REFRESH_KEY);
    }
    if let Principal::User(id) = &found.given.who {
        let active = ask
            .org
            .world()
            .people
            .get(id)
            .is_some_and(|person| person.status == "ACTIVE");
        if !active {
            return refuse(say::REFRESH);
        }
    }
    let scopes = fewer(&found.given.scopes, form.get("scope"))?;
    let still = |scope: &&String| {
        OPENID.contains(&scope.as_str()) || known.client.granted(scope) && !ask.org.scope_taken_back(scope)
    };
    let given = Given {
        scopes: scopes.iter().filter(still).cloned().collect(),
        ..found.given
    };
    let next = known.client.rotate.then(|| random(43));
    ask.org.world().desk.renewed(token, next.clone(), now);
    let refresh = next.unwrap_or_else(|| token.to_owned());
    issue(
        ask,
        known,
        Issue {
            refresh: Some(refresh),
            ..Issue::new(given, key.or(found.key))
        },
    )
}

/// The scopes asked for at a renewal: all of them, or some.
fn fewer(all: &[String], asked: Option<&str>) -> Result<Vec<String>, Refusal> {
    let Some(asked) = asked else {
        return Ok(all.to_vec());
    };
    let asked: Vec<String> = asked
        .split(' ')
        .filter(|scope| !scope.is_empty())
        .map(str::to_owned)
        .collect();
    let denied: Vec<&str> = asked
        .iter()
        .filter(|scope| !all.contains(scope))
        .map(String::as_str)
        .collect();
    if denied.is_empty() {
        return Ok(asked);
    }
    let words = say::REFRESH_SCOPES
        .2
        .replace("scopes: en.", &format!("scopes: {}.", denied.join(", ")));
    Err(Refusal::oauth(say::REFRESH_SCOPES).saying(words))
}

/// `client_credentials`.
fn credentials(ask: &Ask<'_>, form: &Form, known: &Known, key: Option<String>) -> Result<Answer, Refusal> {
    let asked = form.get("scope").unwrap_or_default();
    if asked.split(' ').any(|scope| OPENID.contains(&scope)) {
        return refuse(say::OPENID_SERVICE);
    }
    if asked.split(' ').any(|scope| scope.ends_with(".self")) {
        return refuse(say::SELF_SERVICE);
    }
    let given = scopes::given(&known.client, asked, |scope| ask.org.scope_taken_back(scope))
        .map_err(|wrong| Refusal::oauth(scope_error(wrong)))?;
    let given = Given {
        client: Some(known.id.clone()),
        who: Principal::Client(known.id.clone()),
        scopes: given,
        nonce: None,
        signed_in: ask.org.now(),
        family: ask.org.world().desk.family(),
    };
    issue(ask, known, Issue::new(given, key))
}
