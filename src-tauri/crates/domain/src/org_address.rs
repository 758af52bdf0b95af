//! The address of an Okta org: cleaned up from whatever a person pastes, and the one place request URLs are built.
//!
//! An [`OrgOrigin`] can only be made here, so whatever holds one holds an `https` host without user, port, path or
//! query (or the practice org on 127.0.0.1). The org's token goes to that origin and nowhere else.

mod clean;
#[cfg(test)]
pub(crate) mod tests;

pub use clean::clean;

use serde::{Deserialize, Serialize};
use url::Url;

/// Domains Okta gives orgs a name under, and whether they are preview cells (Okta help, “Okta domains”).
const OKTA_DOMAINS: &[(&str, OrgKind)] = &[
    ("okta.com", OrgKind::Production),
    ("okta-emea.com", OrgKind::Production),
    ("okta-gov.com", OrgKind::Production),
    ("okta.mil", OrgKind::Production),
    ("oktapreview.com", OrgKind::Preview),
];

/// What kind of address it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrgKind {
    /// Under one of Okta's own production domains.
    Production,
    /// Under `oktapreview.com`.
    Preview,
    /// Any other host: could be anybody's, so the person confirms it before a token is sent there.
    CustomDomain,
    /// The practice org on this machine.
    Practice,
}

/// What [`clean`] made of a typed or pasted address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanedAddress {
    /// The org's origin.
    pub origin: OrgOrigin,
    /// What was changed, in words, such as “took off -admin”; empty when it was typed as it should be.
    pub cleaned: Vec<String>,
    /// What kind of address it is.
    pub kind: OrgKind,
}

/// The origin of an org, such as `https://acme.okta.com`: lower-case ASCII host, no user, port, path or query.
///
/// The practice org is the one exception: `http://127.0.0.1:PORT`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrgOrigin {
    url: Url,
    /// Without the trailing slash `Url` adds.
    text: String,
}

impl OrgOrigin {
    /// Only for hosts [`clean`] has checked; `None` if the URL standard reads the host as something else.
    fn https(host: &str) -> Option<Self> {
        let text = format!("https://{host}");
        let url = Url::parse(&text).ok()?;
        let same = matches!(url.host(), Some(url::Host::Domain(read)) if read == host);
        same.then_some(Self { url, text })
    }

    /// The practice org: exactly `http://127.0.0.1:PORT`, with or without a trailing slash.
    pub fn practice(url: &str) -> Option<Self> {
        let text = url.strip_suffix('/').unwrap_or(url);
        let port = text.strip_prefix("http://127.0.0.1:")?;
        let number = port.parse::<u16>().ok().filter(|port| *port != 0)?;
        if number.to_string() != port {
            return None;
        }
        // Port 80 would vanish from the serialized origin and with it from the key.
        let url = Url::parse(text).ok().filter(|url| url.port() == Some(number))?;
        Some(Self {
            url,
            text: text.to_owned(),
        })
    }

    /// Reads what [`OrgOrigin::as_str`] wrote; anything that would need cleaning is refused.
    pub fn parse(text: &str) -> Option<Self> {
        Self::practice(text).or_else(|| {
            clean(text)
                .ok()
                .map(|it| it.origin)
                .filter(|origin| origin.text == text)
        })
    }

    /// Host name, without the port.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The origin, such as `https://acme.okta.com`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The practice org on this machine.
    pub fn is_practice(&self) -> bool {
        self.url.scheme() == "http"
    }

    /// What kind of address it is.
    pub fn kind(&self) -> OrgKind {
        if self.is_practice() {
            return OrgKind::Practice;
        }
        okta_name(self.host()).map_or(OrgKind::CustomDomain, |(_, _, kind)| kind)
    }

    /// Host of the Admin Console, such as `acme-admin.okta.com`. A custom domain does not tell.
    pub fn admin_host(&self) -> Option<String> {
        if self.is_practice() {
            return None;
        }
        okta_name(self.host()).map(|(name, domain, _)| format!("{name}-admin.{domain}"))
    }

    /// Stable key for keychain and commands: the host, with the port for the practice org. Two origins never share one.
    pub fn key(&self) -> String {
        match self.url.port() {
            Some(port) => format!("{}:{port}", self.host()),
            None => self.host().to_owned(),
        }
    }

    /// The only place a request URL is built. Each segment stays one segment, whatever is in it.
    pub fn url(&self, segments: &[&str], query: &[(&str, &str)]) -> Url {
        let mut url = self.url.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.clear();
            for segment in segments {
                // `push` leaves dot segments out, which would move the request to the parent path. Encoded twice they
                // stay one segment, which names nothing.
                match *segment {
                    "." => path.push("%2E"),
                    ".." => path.push("%2E%2E"),
                    other => path.push(other),
                };
            }
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }

    /// The same scheme, host and port, and no user in it: the only URLs the org's token may be sent to.
    pub fn owns(&self, url: &Url) -> bool {
        url.origin() == self.url.origin() && url.username().is_empty() && url.password().is_none()
    }

    /// [`OrgOrigin::owns`], or the same on the `-admin` host. Okta's own links come back on either.
    pub fn owns_or_admin_twin(&self, url: &Url) -> bool {
        let twin = || {
            self.admin_host()
                .and_then(|host| Self::https(&host))
                .is_some_and(|twin| twin.owns(url))
        };
        self.owns(url) || twin()
    }
}

/// `acme.okta.com` as (`acme`, `okta.com`, kind); `None` outside Okta's domains.
fn okta_name(host: &str) -> Option<(&str, &'static str, OrgKind)> {
    OKTA_DOMAINS.iter().find_map(|(domain, kind)| {
        let name = host.strip_suffix(domain)?.strip_suffix('.')?;
        Some((name, *domain, *kind))
    })
}

impl std::fmt::Debug for OrgOrigin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::fmt::Display for OrgOrigin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for OrgOrigin {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for OrgOrigin {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not the origin of an Okta org"))
    }
}
