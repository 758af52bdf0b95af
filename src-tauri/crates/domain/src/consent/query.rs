//! The parameters of an address or of a bare query, percent-decoded.

use super::paste::WhyNothing;
use zeroize::Zeroizing;

/// Longer than any provider's code or state, in bytes.
const LONGEST_VALUE: usize = 8 * 1024;

/// Parameters in their order.
pub(super) struct Query {
    pairs: Vec<(String, Zeroizing<String>)>,
}

impl Query {
    /// Reads what follows the question mark.
    pub(super) fn read(query: &str) -> Self {
        let pairs = url::form_urlencoded::parse(query.as_bytes());
        Self {
            pairs: pairs
                .map(|(name, value)| (name.into_owned(), Zeroizing::new(value.into_owned())))
                .collect(),
        }
    }

    /// The first value of a name.
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The name is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.first(name).is_some()
    }

    /// The name of the last parameter.
    pub(super) fn last(&self) -> Option<&str> {
        self.pairs.last().map(|(name, _)| name.as_str())
    }

    /// The value of a name that is there once, is not empty and holds only what RFC 6749 (appendix A) lets in.
    pub(super) fn one(&self, name: &str, missing: WhyNothing, twice: WhyNothing) -> Result<&str, WhyNothing> {
        let mut values = self
            .pairs
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.as_str());
        let value = match (values.next(), values.next()) {
            (_, Some(_)) => return Err(twice),
            (Some(value), None) if !value.trim().is_empty() => value,
            (Some(_) | None, None) => return Err(missing),
        };
        // Browsers shorten what they show; three dots of their own would otherwise be sent to Okta.
        if value.contains('…') {
            return Err(WhyNothing::Shortened);
        }
        if value.len() > LONGEST_VALUE || !value.chars().all(|c| matches!(c, ' '..='~')) {
            return Err(WhyNothing::Garbled);
        }
        Ok(value)
    }
}
