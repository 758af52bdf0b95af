//! What holds for whatever is typed as the address of an org.

use domain::org_address::{OrgOrigin, clean};

/// Panics if it does not.
pub fn holds(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok(it) = clean(&text) else { return };
    let url = url::Url::parse(it.origin.as_str()).expect("an origin is an address");
    assert!(
        url.scheme() == "https" && url.port().is_none() || it.origin.is_practice(),
        "{url}"
    );
    assert!(url.username().is_empty() && url.password().is_none(), "{url}");
    assert!(
        url.path() == "/" && url.query().is_none() && url.fragment().is_none(),
        "{url}"
    );
    assert_eq!(url.host_str(), Some(it.origin.host()));
    assert_eq!(
        OrgOrigin::parse(it.origin.as_str()).as_ref(),
        Some(&it.origin),
        "it would need cleaning again"
    );
    assert!(
        it.origin.owns(&it.origin.url(&["api", &text], &[("q", &text)])),
        "a request left the org"
    );
}
