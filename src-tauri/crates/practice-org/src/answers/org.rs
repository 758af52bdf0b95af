//! The org itself.

use super::{Answer, Ask};
use crate::errors::Refusal;
use serde_json::json;

/// The org's id, 20 characters.
pub(crate) const ORG_ID: &str = "00o1practice0org0001";

/// Which org an address belongs to; asked without a credential.
pub(crate) fn metadata(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    Ok(Answer::ok(json!({
        "id": ORG_ID,
        "pipeline": "idx",
        "_links": { "organization": { "href": ask.org.url } },
    })))
}

/// The org's settings.
pub(crate) fn settings(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let org = &ask.org.url;
    Ok(Answer::ok(json!({
        "id": ORG_ID,
        "subdomain": "practice",
        "companyName": "Practice org",
        "status": "ACTIVE",
        "created": "2026-01-05T08:00:00.000Z",
        "lastUpdated": "2026-01-05T08:00:00.000Z",
        "website": "https://example.com",
        "phoneNumber": "",
        "endUserSupportHelpURL": "",
        "supportPhoneNumber": "",
        "address1": "1 Example Street",
        "address2": "",
        "city": "Exampleville",
        "state": "",
        "country": "",
        "postalCode": "",
        "_links": {
            "preferences": { "href": format!("{org}/api/v1/org/preferences") },
            "uploadLogo": { "href": format!("{org}/api/v1/org/logo"), "hints": { "allow": ["POST"] } },
            "oktaCommunication": { "href": format!("{org}/api/v1/org/privacy/oktaCommunication") },
            "oktaSupport": { "href": format!("{org}/api/v1/org/privacy/oktaSupport") },
            "contacts": { "href": format!("{org}/api/v1/org/contacts") },
        },
    })))
}
