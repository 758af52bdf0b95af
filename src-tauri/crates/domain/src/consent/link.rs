//! The consent link Okta gives (`_links.authorize.href`), checked before it is shown or opened.

use super::says::BadLink;
use crate::org_address::OrgOrigin;
use crate::problem::Problem;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use subtle::ConstantTimeEq;
use url::{Host, Url};

/// Longer than any provider's; browsers and launchers begin to fail beyond.
const LONGEST: usize = 8 * 1024;

/// Where each app's consent is given. Subdomains count only for hosts with a leading dot.
const KNOWN_HOSTS: &[(&str, &[&str])] = &[
    ("google", &["accounts.google.com"]),
    (
        "office365",
        &[
            "login.microsoftonline.com",
            "login.microsoftonline.us",
            "login.partner.microsoftonline.cn",
            "login.chinacloudapi.cn",
        ],
    ),
    (
        "slack",
        &["slack.com", ".slack.com", "slack-gov.com", ".slack-gov.com"],
    ),
    ("zoomus", &["zoom.us", ".zoom.us", "zoomgov.com", ".zoomgov.com"]),
];

/// A consent link that may be opened in a browser.
///
/// It holds the state, so `Debug` shows the host only.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthorizeLink {
    url: Url,
    host_known: bool,
    mark: StateMark,
    redirect_host: String,
}

impl AuthorizeLink {
    /// Checks a link for an app (its `name` in Okta, such as `google`) of an org.
    ///
    /// The scheme is https (http only on 127.0.0.1 for the practice org); no user, fragment or control characters; at
    /// most 8 KiB; exactly one `state`, `client_id` and `redirect_uri`, none empty, the last an address itself. Its
    /// host is not compared with the org's: no source says which of Okta's hosts receives these redirects.
    ///
    /// # Errors
    /// `UnexpectedAnswer` with what is wrong with the link. The link itself is not in it.
    pub fn check(href: &str, app_name: &str, org: &OrgOrigin) -> Result<Self, Problem> {
        Self::read(href, app_name, org).map_err(BadLink::problem)
    }

    fn read(href: &str, app_name: &str, org: &OrgOrigin) -> Result<Self, BadLink> {
        if href.len() > LONGEST {
            return Err(BadLink::TooLong);
        }
        // The URL standard quietly drops tabs and line breaks and mends backslashes; no honest link has any.
        if href
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\' | '`'))
        {
            return Err(BadLink::OddCharacters);
        }
        let url = Url::parse(href).map_err(|_| BadLink::NotAnAddress)?;
        let loopback = matches!(url.host(), Some(Host::Ipv4(ip)) if ip == std::net::Ipv4Addr::LOCALHOST);
        let practice = org.is_practice() && loopback;
        if !(url.scheme() == "https" || url.scheme() == "http" && practice)
            || !href[url.scheme().len()..].starts_with("://")
        {
            return Err(BadLink::NotHttps);
        }
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(BadLink::UserOrFragment);
        }
        let name = match url.host() {
            Some(Host::Domain(name)) if !name.starts_with('-') && name.contains('.') => name.to_owned(),
            Some(Host::Ipv4(ip)) if practice => ip.to_string(),
            Some(Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_)) | None => return Err(BadLink::NoHostName),
        };
        let state = one(&url, "state")?;
        one(&url, "client_id")?;
        let redirect = Url::parse(&one(&url, "redirect_uri")?).map_err(|_| BadLink::NoRedirect)?;
        let redirect_host = redirect.host_str().ok_or(BadLink::NoRedirect)?.to_owned();
        if !(redirect.scheme() == "https" || redirect.scheme() == "http" && practice) {
            return Err(BadLink::NoRedirect);
        }
        let host_known = practice || url.port().is_none() && known(app_name, &name);
        Ok(Self {
            mark: StateMark::of(&state),
            host_known,
            redirect_host,
            url,
        })
    }

    /// The link, as the URL standard writes it: what the browser is given.
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// Host of the page that is opened.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The host is the app's own sign-in page; if not, the person is warned before it is opened.
    pub fn host_known(&self) -> bool {
        self.host_known
    }

    /// Host the provider sends the browser back to.
    pub fn redirect_host(&self) -> &str {
        &self.redirect_host
    }

    /// The mark of the link's state.
    pub fn state_mark(&self) -> StateMark {
        self.mark
    }
}

impl std::fmt::Debug for AuthorizeLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AuthorizeLink({})", self.host())
    }
}

fn known(app_name: &str, host: &str) -> bool {
    KNOWN_HOSTS
        .iter()
        .filter(|(app, _)| *app == app_name)
        .flat_map(|(_, hosts)| *hosts)
        .any(|known| {
            if known.starts_with('.') {
                host.ends_with(known)
            } else {
                host == *known
            }
        })
}

/// The host is one on which some app's consent is given.
pub(super) fn is_consent_host(host: &str) -> bool {
    KNOWN_HOSTS.iter().any(|(app, _)| known(app, host))
}

/// The value of a query parameter that is there exactly once and not empty.
fn one(url: &Url, name: &'static str) -> Result<String, BadLink> {
    let mut values = url
        .query_pairs()
        .filter(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned());
    match (values.next(), values.next()) {
        (Some(value), None) if !value.is_empty() => Ok(value),
        (Some(_), Some(_)) => Err(BadLink::Twice(name)),
        (Some(_) | None, None | Some(_)) => Err(BadLink::Missing(name)),
    }
}

/// SHA-256 of a consent's state: enough to recognise the answer, so that a waiting consent can be kept without it.
#[derive(Clone, Copy, Debug)]
pub struct StateMark([u8; 32]);

impl StateMark {
    /// The mark of a state, percent-decoded. A space counts as a plus sign: providers differ in which they give back
    /// for the same state.
    pub fn of(state: &str) -> Self {
        Self(Sha256::digest(state.replace(' ', "+").as_bytes()).into())
    }

    /// 64 lower-case hex digits.
    pub fn to_hex(&self) -> String {
        self.0.iter().fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a string can't fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    /// Reads [`StateMark::to_hex`].
    pub fn from_hex(hex: &str) -> Option<Self> {
        if hex.len() != 64 || !hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

/// In constant time.
impl PartialEq for StateMark {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for StateMark {}
