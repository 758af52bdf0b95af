//! A client's public keys.

use crate::world::date;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

/// Most keys a client has (Okta's schema).
pub(crate) const MOST: usize = 50;

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    /// Id, `pks…`.
    pub(crate) id: String,
    /// `kty`, `kid`, `alg`, `use`, and the key itself.
    pub(crate) jwk: Map<String, Value>,
    pub(crate) active: bool,
    /// UNIX seconds.
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

impl Key {
    pub(crate) fn kid(&self) -> Option<&str> {
        self.jwk.get("kid").and_then(Value::as_str)
    }

    /// Named by its id or its `kid`.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.id == name || self.kid() == Some(name)
    }

    /// As Okta shows it below an app.
    pub(crate) fn show(&self, app: &str, org: &str) -> Value {
        let here = format!("{org}/api/v1/apps/{app}/credentials/jwks/{}", self.id);
        let links = if self.active {
            json!({ "deactivate": { "href": format!("{here}/lifecycle/deactivate"), "hints": { "allow": ["POST"] } } })
        } else {
            json!({ "activate": { "href": format!("{here}/lifecycle/activate"), "hints": { "allow": ["POST"] } },
                "delete": { "href": here, "hints": { "allow": ["DELETE"] } } })
        };
        let mut shown = json!({ "id": self.id });
        for (name, value) in &self.jwk {
            shown[name] = value.clone();
        }
        shown["status"] = json!(if self.active { "ACTIVE" } else { "INACTIVE" });
        shown["created"] = json!(date(self.created));
        shown["lastUpdated"] = json!(date(self.updated));
        shown["_links"] = links;
        shown
    }
}

fn text<'a>(key: &'a Value, name: &str) -> Option<&'a str> {
    key[name].as_str().filter(|text| !text.is_empty())
}

/// The members of a key that are kept.
///
/// # Errors
/// The cause Okta would name. Only that on the length of RSA keys is Okta's own.
pub(crate) fn public_members(key: &Value) -> Result<Map<String, Value>, String> {
    let secret = crate::gate::jwt::PRIVATE
        .iter()
        .any(|name| key.get(name).is_some());
    if secret {
        return Err("jwks: A private key must not be sent.".into());
    }
    let decode = |name: &str| {
        text(key, name)
            .and_then(|text| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok())
            .filter(|bytes| !bytes.is_empty())
            .ok_or_else(|| format!("{name}: The value is not valid."))
    };
    let kind = text(key, "kty").unwrap_or_default();
    let names: &[&str] = match kind {
        "RSA" => {
            let n = decode("n")?;
            decode("e")?;
            let n = n.strip_prefix(&[0]).unwrap_or(&n);
            if n.len() < 256 || n[0] < 0x80 && n.len() == 256 {
                let short = "RSA key length in the 'jwks' is less than '2,048' bits for the given key.";
                return Err(short.into());
            }
            &["e", "n"]
        }
        "EC" => {
            let (x, y) = (decode("x")?, decode("y")?);
            if x.len() != y.len() || ![32, 48, 66].contains(&x.len()) {
                return Err("x: The value is not valid.".into());
            }
            &["crv", "x", "y"]
        }
        _ => return Err("kty: The value must be one of RSA, EC.".into()),
    };
    let alg = text(key, "alg");
    if alg.is_some_and(|alg| !alg.starts_with(if kind == "RSA" { "RS" } else { "ES" })) {
        return Err("alg: The algorithm does not fit the key.".into());
    }
    if !key["use"].is_null() && key["use"] != "sig" {
        return Err("use: The value must be sig.".into());
    }
    let mut kept = Map::new();
    for name in ["kty", "alg", "kid", "use"].iter().chain(names) {
        if let Some(value) = text(key, name) {
            kept.insert((*name).to_owned(), json!(value));
        }
    }
    kept.entry("use").or_insert(json!("sig"));
    Ok(kept)
}
