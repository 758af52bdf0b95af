//! From whatever was typed or pasted to an origin, saying what was changed, or one sentence why not.

use super::{CleanedAddress, OKTA_DOMAINS, OrgKind, OrgOrigin, okta_name};
use crate::problem::{Problem, ProblemCode};

/// Longer than any address bar holds for an Okta page.
const LONGEST: usize = 4096;

/// Names under Okta's domains that are Okta's own sites, never an org.
const OKTAS_OWN: &[&str] = &[
    "www",
    "developer",
    "login",
    "help",
    "support",
    "status",
    "trust",
    "security",
    "system",
    "system-admin",
    "admin",
    "learn",
    "training",
    "devforum",
    "community",
    "ideas",
    "partners",
    "investor",
    "cdn",
    "api",
    "accounts",
    "app",
];

/// Cleans up any pasted form of an org's address.
///
/// # Errors
/// `BadOrgAddress` on the field `address`, with what is wrong and what to enter instead.
pub fn clean(typed: &str) -> Result<CleanedAddress, Problem> {
    let mut cleaned = Vec::new();
    let text = unwrap(typed, &mut cleaned)?;
    if let Some(origin) = OrgOrigin::practice(text) {
        return Ok(CleanedAddress {
            origin,
            cleaned,
            kind: OrgKind::Practice,
        });
    }
    let rest = without_scheme(text, &mut cleaned)?;
    let authority = without_path(rest, &mut cleaned)?;
    let host = host(authority, &mut cleaned)?;
    let host = org_host(host, &mut cleaned)?;
    let origin = OrgOrigin::https(&host).ok_or_else(not_an_address)?;
    Ok(CleanedAddress {
        kind: origin.kind(),
        origin,
        cleaned,
    })
}

/// Takes off white space, quotes and brackets around the address.
fn unwrap<'a>(typed: &'a str, cleaned: &mut Vec<String>) -> Result<&'a str, Problem> {
    if typed.len() > LONGEST {
        return Err(refuse(
            "That is too long for an address.",
            "Enter only the address of your org, such as acme.okta.com.",
        ));
    }
    let spaces = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    };
    let marks = |c: char| {
        matches!(
            c,
            '"' | '\'' | '`' | '<' | '>' | '(' | ')' | '“' | '”' | '‘' | '’' | '«' | '»' | ',' | ';'
        )
    };
    let without_spaces = typed.trim_matches(spaces);
    let bare = without_spaces.trim_matches(|c| spaces(c) || marks(c));
    if without_spaces.len() != typed.len() {
        cleaned.push("took off the spaces around it".into());
    }
    if bare.len() != without_spaces.len() {
        cleaned.push("took off the marks around it".into());
    }
    if bare.is_empty() {
        return Err(refuse(
            "Enter the address of your Okta org.",
            "It looks like acme.okta.com. You can also paste the address of any page of your Admin Console.",
        ));
    }
    if bare.chars().any(spaces) {
        return Err(refuse(
            "There is a space or a line break inside the address.",
            "Enter only the address, such as acme.okta.com.",
        ));
    }
    Ok(bare)
}

fn without_scheme<'a>(text: &'a str, cleaned: &mut Vec<String>) -> Result<&'a str, Problem> {
    if let Some((scheme, rest)) = text.split_once("://") {
        if scheme.eq_ignore_ascii_case("https") {
            return Ok(rest);
        }
        if scheme.eq_ignore_ascii_case("http") {
            return Err(refuse(
                "The address begins with http://, which is not encrypted.",
                "An Okta org always has an https:// address. Enter it with https:// or without anything in front.",
            ));
        }
        if !scheme.contains(['/', '?', '#', '.']) {
            return Err(other_scheme());
        }
    }
    // `https:/acme.okta.com` and `javascript:…` have no authority the way people mean it; a port is said later.
    if let Some((scheme, rest)) = text.split_once(':')
        && !scheme.is_empty()
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '+')
        && !rest.starts_with(|c: char| c.is_ascii_digit())
    {
        return Err(other_scheme());
    }
    cleaned.push("added https://".into());
    Ok(text.strip_prefix("//").unwrap_or(text))
}

fn without_path<'a>(rest: &'a str, cleaned: &mut Vec<String>) -> Result<&'a str, Problem> {
    let Some(end) = rest.find(['/', '?', '#', '\\']) else {
        return Ok(rest);
    };
    let (authority, tail) = rest.split_at(end);
    // The host ends here whatever follows, so `evil.example#.okta.com` would be evil.example while reading as okta.com.
    if !tail.starts_with('/') {
        return Err(refuse(
            "The address has a “#”, “?” or “\\” right after the host name.",
            "That can make an address look like Okta's while it is not. Enter only the host name, such as acme.okta.com.",
        ));
    }
    let path = tail.split(['?', '#']).next().unwrap_or_default();
    if path == "/" {
        cleaned.push("took off the slash at the end".into());
    } else if path.len() <= 60 {
        cleaned.push(format!("took off the path {path}"));
    } else {
        cleaned.push("took off the path".into());
    }
    // What follows is not repeated: a pasted query may hold a token.
    if tail.len() != path.len() {
        cleaned.push("took off what followed the path".into());
    }
    Ok(authority)
}

fn host(authority: &str, cleaned: &mut Vec<String>) -> Result<String, Problem> {
    if authority.contains('@') {
        return Err(refuse(
            "The address has an “@” in it.",
            "What comes before an @ is a user name, and the real host comes after it. Enter only the host name, such as acme.okta.com.",
        ));
    }
    if authority.starts_with('[') {
        return Err(ip_address());
    }
    let mut host = authority;
    if let Some((name, port)) = authority.split_once(':') {
        if port != "443" {
            return Err(refuse(
                "The address has a port number.",
                "Okta orgs are always on the usual https port. Leave out the colon and what follows it.",
            ));
        }
        cleaned.push("took off :443".into());
        host = name;
    }
    if let Some(name) = host.strip_suffix('.') {
        cleaned.push("took off the dot at the end".into());
        host = name;
    }
    if !host.is_ascii() {
        return Err(refuse(
            "The address has letters that are not plain a to z.",
            "They can look just like Latin letters and lead elsewhere. Type the address by hand. If your custom domain really has such letters, enter its form that begins with xn--.",
        ));
    }
    let lower = host.to_ascii_lowercase();
    if lower != host {
        cleaned.push("made it lower case".into());
    }
    Ok(lower)
}

/// Checks the labels, then what is known about Okta's own domains.
fn org_host(host: String, cleaned: &mut Vec<String>) -> Result<String, Problem> {
    let labels: Vec<&str> = host.split('.').collect();
    let good = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if host.len() > 253 || !labels.iter().all(|label| good(label)) {
        return Err(not_an_address());
    }
    let last = labels.last().copied().unwrap_or_default();
    // The URL standard reads a host whose last label is a number, decimal or hex, as an IPv4 address.
    let number = last.bytes().all(|b| b.is_ascii_digit())
        || last
            .strip_prefix("0x")
            .is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
    if number {
        return Err(ip_address());
    }
    if labels.len() == 1 {
        return Err(refuse(
            "That is only one part of an address.",
            format!("Did you mean {host}.okta.com? Enter the whole address."),
        ));
    }
    if OKTA_DOMAINS.iter().any(|(domain, _)| *domain == host) {
        return Err(oktas_own(&host));
    }
    let Some((name, domain, _)) = okta_name(&host) else {
        return Ok(host);
    };
    if OKTAS_OWN.contains(&name) {
        return Err(oktas_own(&host));
    }
    if name.contains('.') || name.starts_with("xn--") {
        return Err(refuse(
            format!("{host} is not the address of an Okta org."),
            format!("An org has one plain name in front of {domain}, such as acme.{domain}."),
        ));
    }
    match name.strip_suffix("-admin") {
        Some(org) => {
            cleaned.push("took off -admin".into());
            let bare = format!("{org}.{domain}");
            match org {
                own if OKTAS_OWN.contains(&own) => Err(oktas_own(&bare)),
                // No org's own name ends so, and one that did would be cleaned once more when it is read again.
                org if good(org) && !org.ends_with("-admin") => Ok(bare),
                _ => Err(not_an_address()),
            }
        }
        None => Ok(host),
    }
}

fn refuse(title: impl Into<String>, why: impl Into<String>) -> Problem {
    Problem::new(ProblemCode::BadOrgAddress, title, why).field("address")
}

fn not_an_address() -> Problem {
    refuse(
        "That is not the address of an Okta org.",
        "Enter the host name, such as acme.okta.com, with letters, digits, hyphens and dots only.",
    )
}

fn other_scheme() -> Problem {
    refuse(
        "The address does not begin with https://.",
        "Enter the address of your org, such as https://acme.okta.com or just acme.okta.com.",
    )
}

fn ip_address() -> Problem {
    refuse(
        "That is an IP address.",
        "An Okta org has a name. Enter the host name, such as acme.okta.com.",
    )
}

fn oktas_own(host: &str) -> Problem {
    refuse(
        format!("{host} is Okta's own site, not an org."),
        "Enter your org's own address, the one you sign in at, such as acme.okta.com.",
    )
}
