//! The org's authorization server, but for its pages.

pub(crate) mod about;
mod client;
mod device;
mod issue;
mod rest;
mod token;

pub(crate) use device::authorize as device;
pub(crate) use rest::{introspect, revoke, userinfo};
pub(crate) use token::{scope_error, token};

use super::Ask;
use crate::errors::Refusal;
use crate::oauth_errors as say;

/// A form that was sent.
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads the body.
    ///
    /// # Errors
    /// It is no form, or names something twice, or secrets stand in the address.
    fn read(ask: &Ask<'_>) -> Result<Self, Refusal> {
        let media = ask.content_type.unwrap_or_default().split(';').next();
        let form = media.is_some_and(|media| {
            media
                .trim()
                .eq_ignore_ascii_case("application/x-www-form-urlencoded")
        });
        if !form {
            return Err(Refusal::content_type());
        }
        let secret = ["client_secret", "client_assertion"];
        if ask.query.iter().any(|(name, _)| secret.contains(&name.as_str())) {
            return Err(Refusal::oauth(say::IN_QUERY));
        }
        let fields: Vec<(String, String)> = url::form_urlencoded::parse(ask.body).into_owned().collect();
        let twice = fields
            .iter()
            .enumerate()
            .any(|(at, (name, _))| fields[..at].iter().any(|(had, _)| had == name));
        if twice {
            return Err(Refusal::oauth(say::DUPLICATES));
        }
        Ok(Self(fields))
    }

    /// A field; empty counts as absent.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(has, _)| has == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// A field there has to be.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn need(&self, name: &str) -> Result<&str, Refusal> {
        self.get(name).ok_or_else(|| {
            let words = say::MISSING.2.replace("en", name);
            Refusal::oauth(say::MISSING).saying(words)
        })
    }
}
