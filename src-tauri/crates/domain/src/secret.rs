//! Secrets: readable from JSON on their way in, never writable on their way out.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer};

/// A secret text. No `Serialize`, `Display`, `Clone` or `PartialEq`; `Debug` prints `[secret]`; zeroized on drop.
///
/// A reply to the web view must be `Serialize`, so a reply that holds one does not compile.
pub struct Secret(SecretString);

impl Secret {
    /// Wraps a secret.
    pub fn new(text: String) -> Self {
        Self(SecretString::from(text))
    }

    /// The text. Call it only where the secret leaves for Okta or the keychain.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// A second holder of the same secret, said out loud because it is one more copy in memory.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        Self::new(self.expose().to_owned())
    }

    /// Nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.expose().trim().is_empty()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[secret]")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;
    static_assertions::assert_not_impl_any!(Secret: serde::Serialize, std::fmt::Display, Clone, PartialEq, std::ops::Deref);

    #[test]
    fn debug_says_nothing() {
        assert_eq!(format!("{:?}", Secret::new("00abc".into())), "[secret]");
    }
}
