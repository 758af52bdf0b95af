//! What holds for whatever comes back as an error of Okta's.

use domain::okta::endpoints::ENDPOINTS;
use domain::okta::wire::error::ErrorBody;
use domain::problem::okta::{Refusal, explain};

const STATUSES: [u16; 10] = [301, 400, 401, 403, 404, 409, 429, 500, 503, 999];

/// Panics if it does not.
pub fn holds(data: &[u8]) {
    let body = serde_json::from_slice(data)
        .ok()
        .and_then(|body| ErrorBody::read(&body));
    let header = String::from_utf8_lossy(data).into_owned();
    for endpoint in ENDPOINTS {
        for status in STATUSES {
            let refusal = Refusal {
                status,
                body: body.clone(),
                request_id: None,
                www_authenticate: Some(header.clone()),
                holder: domain::signin::Holder::ApiToken,
            };
            let problem = explain(endpoint, "acme.okta.com", &refusal);
            assert!(
                !problem.title.is_empty() && !problem.why.is_empty(),
                "{} {status} says nothing",
                endpoint.id
            );
            let okta = problem.okta.expect("what Okta said is kept");
            assert_eq!(
                (okta.status, &okta.error_code),
                (status, &body.as_ref().and_then(|body| body.code.clone()))
            );
        }
    }
}
