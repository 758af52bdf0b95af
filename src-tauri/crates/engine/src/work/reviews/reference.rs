//! Every operation Gatehouse knows, with an example for an org's own address. Nothing is asked.

use crate::engine::Engine;
use crate::ipc::views::reviews::reference::EndpointView;
use domain::okta::endpoints::Class;
use domain::okta::examples::{Example, examples, group};
use domain::org_address::OrgOrigin;
use domain::problem::Problem;
use serde_json::Value;

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// A form as it goes out, one field a line: easier to read than escaped.
fn form(value: &Value) -> String {
    let fields = value.as_object().into_iter().flatten();
    fields
        .map(|(name, value)| format!("{name}={}", value.as_str().unwrap_or_default()))
        .collect::<Vec<_>>()
        .join("\n")
}

fn view(example: &Example, org: &OrgOrigin) -> EndpointView {
    let endpoint = example.call.endpoint;
    let shown = example.call.shown_path();
    let request = example.call.payload().map(|payload| {
        if payload.media_type() == "application/json" {
            pretty(&payload.shown())
        } else {
            form(&payload.shown())
        }
    });
    EndpointView {
        id: endpoint.id.into(),
        group: group(endpoint).into(),
        method: endpoint.method.as_str().into(),
        path: endpoint.path.into(),
        scope: endpoint.scope.map(str::to_owned),
        oauth_only: endpoint.oauth_only(),
        writes: endpoint.class != Class::Read && endpoint.scope.is_some(),
        purpose: endpoint.purpose.into(),
        query: shown.split_once('?').map(|(_, query)| query.to_owned()),
        request,
        status: example.status,
        answer: example.answer.as_ref().map(pretty),
        note: example.note.map(str::to_owned),
        curl: example.call.shown_curl(org),
    }
}

impl Engine {
    pub(crate) fn reference(&self, key: &str) -> Result<Vec<EndpointView>, Problem> {
        let org = self.org(key)?;
        Ok(examples(&org.origin)
            .iter()
            .map(|example| view(example, &org.origin))
            .collect())
    }
}
