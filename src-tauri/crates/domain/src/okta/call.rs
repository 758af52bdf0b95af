//! A request as a value: built and tested without a socket.

use super::endpoints::{Class, Endpoint};
use crate::org_address::OrgOrigin;
use serde_json::Value;
use zeroize::Zeroize;

/// What a placeholder for a secret looks like wherever a request is shown.
pub const PLACEHOLDER: &str = "••••••";

/// A body that may hold secrets: shown only with placeholders, wiped on drop.
pub struct Payload {
    value: Value,
    secrets: &'static [&'static str],
    form: bool,
}

impl Payload {
    /// A body without secrets.
    pub fn plain(value: Value) -> Self {
        Self {
            value,
            secrets: &[],
            form: false,
        }
    }

    /// A body with secrets at these JSON pointers.
    pub fn with_secrets(value: Value, secrets: &'static [&'static str]) -> Self {
        Self {
            value,
            secrets,
            form: false,
        }
    }

    /// An HTML form, as the authorization server takes it: an object of texts, with secrets at these JSON pointers.
    pub fn form(value: Value, secrets: &'static [&'static str]) -> Self {
        Self {
            value,
            secrets,
            form: true,
        }
    }

    /// Media type of [`Payload::bytes`].
    pub fn media_type(&self) -> &'static str {
        if self.form {
            "application/x-www-form-urlencoded"
        } else {
            "application/json"
        }
    }

    /// The bytes to send.
    pub fn bytes(&self) -> Vec<u8> {
        match &self.value {
            Value::Object(fields) if self.form => url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(
                    fields
                        .iter()
                        .filter_map(|(name, value)| Some((name, value.as_str()?))),
                )
                .finish()
                .into_bytes(),
            value => value.to_string().into_bytes(),
        }
    }

    /// The body with placeholders, to show or to keep.
    pub fn shown(&self) -> Value {
        let mut shown = self.value.clone();
        for pointer in self.secrets {
            if let Some(slot) = shown.pointer_mut(pointer)
                && let Value::String(mut text) = std::mem::replace(slot, Value::String(PLACEHOLDER.into()))
            {
                text.zeroize();
            }
        }
        shown
    }
}

impl std::fmt::Debug for Payload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[body]")
    }
}

impl Drop for Payload {
    fn drop(&mut self) {
        wipe(&mut self.value);
    }
}

/// Overwrites every text of a value.
pub fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(map) => map.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// One request. `Debug` shows the row of the endpoint table only: a query may be secret.
pub struct Call {
    /// Row of the endpoint table.
    pub endpoint: &'static Endpoint,
    params: Vec<(&'static str, String)>,
    query: Vec<(&'static str, String)>,
    body: Option<Payload>,
    secret_query: bool,
}

impl Call {
    /// A call of an endpoint.
    pub fn new(endpoint: &'static Endpoint) -> Self {
        Self {
            endpoint,
            params: Vec::new(),
            query: Vec::new(),
            body: None,
            secret_query: false,
        }
    }

    /// Fills a place of the path template.
    #[must_use]
    pub fn param(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.params.push((name, value.into()));
        self
    }

    /// Adds a query parameter.
    #[must_use]
    pub fn query(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    /// Marks the query as secret: it is wiped on drop and never shown. Okta's consent callback forces this.
    #[must_use]
    pub fn secret_query(mut self) -> Self {
        self.secret_query = true;
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: Payload) -> Self {
        self.body = Some(body);
        self
    }

    /// The body.
    pub fn payload(&self) -> Option<&Payload> {
        self.body.as_ref()
    }

    /// May it be sent again without reading back first?
    pub fn class(&self) -> Class {
        self.endpoint.class
    }

    fn segments(&self) -> Vec<&str> {
        self.endpoint
            .path
            .split('/')
            .skip(1)
            .map(
                |part| match part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
                    Some(name) => self
                        .params
                        .iter()
                        .find(|(n, _)| *n == name)
                        .map_or("", |(_, v)| v.as_str()),
                    None => part,
                },
            )
            .collect()
    }

    /// The address on an org's own origin.
    pub fn url(&self, org: &OrgOrigin) -> url::Url {
        let query: Vec<(&str, &str)> = self.query.iter().map(|(n, v)| (*n, v.as_str())).collect();
        org.url(&self.segments(), &query)
    }

    /// Path and query to show; secret values are placeholders.
    pub fn shown_path(&self) -> String {
        let path = format!("/{}", self.segments().join("/"));
        if self.query.is_empty() {
            return path;
        }
        let encoded =
            |value: &str| url::form_urlencoded::byte_serialize(value.as_bytes()).collect::<String>();
        let shown = |value: &str| {
            if self.secret_query {
                PLACEHOLDER.to_owned()
            } else {
                encoded(value)
            }
        };
        let pairs: Vec<String> = self
            .query
            .iter()
            .map(|(n, v)| format!("{n}={}", shown(v)))
            .collect();
        format!("{path}?{}", pairs.join("&"))
    }

    /// The call as a curl command line, every secret a placeholder.
    pub fn shown_curl(&self, org: &OrgOrigin) -> String {
        let query: Vec<(&str, &str)> = self
            .query
            .iter()
            .map(|(n, v)| {
                (
                    *n,
                    if self.secret_query {
                        PLACEHOLDER
                    } else {
                        v.as_str()
                    },
                )
            })
            .collect();
        let placeholder: String = url::form_urlencoded::byte_serialize(PLACEHOLDER.as_bytes()).collect();
        // A path may hold apostrophes as they are; inside the quotes of a shell it must not.
        let url = org
            .url(&self.segments(), &query)
            .as_str()
            .replace(&placeholder, PLACEHOLDER)
            .replace('\'', "%27");
        let mut out = format!(
            "curl -X {} '{url}' \\\n  -H 'Accept: application/json'",
            self.endpoint.method.as_str()
        );
        if self.endpoint.oauth_only() {
            out.push_str(" \\\n  -H 'Authorization: Bearer {accessToken}'");
        } else if self.endpoint.scope.is_some() {
            out.push_str(" \\\n  -H 'Authorization: SSWS {apiToken}'");
        }
        let quoted = |text: &str| text.replace('\'', "'\\''");
        match self.body.as_ref().map(|body| (body, body.shown())) {
            // curl says the content type of a form by itself, and encodes each field.
            Some((body, Value::Object(fields))) if body.form => {
                for (name, value) in fields
                    .iter()
                    .filter_map(|(name, value)| Some((name, value.as_str()?)))
                {
                    out.push_str(&format!(
                        " \\\n  --data-urlencode '{}={}'",
                        quoted(name),
                        quoted(value)
                    ));
                }
            }
            Some((body, shown)) => {
                let text = quoted(&serde_json::to_string_pretty(&shown).unwrap_or_default());
                out.push_str(&format!(
                    " \\\n  -H 'Content-Type: {}' \\\n  -d '{text}'",
                    body.media_type()
                ));
            }
            None => {}
        }
        out
    }
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.endpoint.method.as_str(), self.endpoint.path)
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        if self.secret_query {
            self.query.iter_mut().for_each(|(_, v)| v.zeroize());
        }
    }
}
