//! Who an org is.

use serde::Deserialize;

/// `GET /.well-known/okta-organization`, answered without a credential.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Metadata {
    /// Org id.
    pub id: String,
    /// `idx` for Identity Engine, `v1` for Classic Engine.
    #[serde(default)]
    pub pipeline: String,
    /// Links.
    #[serde(default, rename = "_links")]
    pub links: MetadataLinks,
}

/// Links of the metadata.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct MetadataLinks {
    /// The org's own okta.com address.
    #[serde(default)]
    pub organization: Option<Href>,
    /// Its custom domain.
    #[serde(default)]
    pub alternate: Option<Href>,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Href {
    /// Address.
    pub href: String,
}

/// `GET /api/v1/org`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Org {
    /// Org id.
    #[serde(default)]
    pub id: Option<String>,
    /// Company name.
    #[serde(default)]
    pub company_name: Option<String>,
}
