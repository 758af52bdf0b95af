//! Plays the person at the provider: follows the consent pages by their forms, as a browser without scripts does.

use crate::http;
use std::collections::BTreeMap;
use url::Url;

/// What the person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Signs in and agrees.
    Grant,
    /// Signs in and says no.
    Deny,
}

/// One button and what its form sends.
struct Button {
    id: String,
    method: String,
    action: String,
    fields: BTreeMap<String, String>,
}

pub(crate) fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = tag[start..].split('"').next()?;
    Some(
        value
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}

/// The tags of a page that begin with `<name`.
pub(crate) fn tags<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    html.split('<')
        .filter(|tag| tag.split([' ', '>']).next() == Some(name))
        .map(|tag| tag.split('>').next().unwrap_or_default())
        .collect()
}

/// Every way on from a page, in its order.
fn buttons(html: &str) -> Vec<Button> {
    let mut all = Vec::new();
    for form in html
        .split("<form")
        .skip(1)
        .map(|rest| format!("<form{}", rest.split("</form>").next().unwrap_or_default()))
    {
        let head = form.split('>').next().unwrap_or_default().to_owned();
        let mut fields = BTreeMap::new();
        for input in tags(&form, "input") {
            let kind = attribute(input, "type").unwrap_or_default();
            let chosen = !matches!(kind.as_str(), "radio" | "checkbox") || input.contains(" checked");
            if let (Some(name), true) = (attribute(input, "name"), chosen) {
                fields.insert(name, attribute(input, "value").unwrap_or_default());
            }
        }
        for button in tags(&form, "button") {
            let mut sent = fields.clone();
            if let Some(name) = attribute(button, "name") {
                sent.insert(name, attribute(button, "value").unwrap_or_default());
            }
            all.push(Button {
                id: attribute(button, "id").unwrap_or_default(),
                method: attribute(&head, "method")
                    .unwrap_or_else(|| "get".into())
                    .to_lowercase(),
                action: attribute(&head, "action").unwrap_or_default(),
                fields: sent,
            });
        }
    }
    all
}

/// Follows a consent link to the last page and gives its text.
///
/// On every page the first button that is not a denial is pressed, or the denial where that is the answer and there is
/// one.
pub async fn consent(link: &str, answer: Answer) -> String {
    let client = http();
    let mut at = Url::parse(link).expect("an address");
    let mut response = client.get(at.clone()).send().await.expect("a page");
    for _ in 0..12 {
        if response.status().is_redirection() {
            let location = response.headers()["location"].to_str().expect("text").to_owned();
            at = at.join(&location).expect("an address");
            response = client.get(at.clone()).send().await.expect("a page");
            continue;
        }
        let text = response.text().await.expect("text");
        let buttons = buttons(&text);
        if buttons.is_empty() {
            return text;
        }
        let denial = |button: &&Button| button.id.contains("deny") || button.id.contains("cancel");
        let button = match answer {
            Answer::Deny => buttons.iter().find(denial).or(buttons.first()),
            Answer::Grant => buttons.iter().find(|button| !denial(button)),
        };
        let button = button.expect("a way on");
        at = at.join(&button.action).expect("an address");
        let origin = at.origin().ascii_serialization();
        response = if button.method == "post" {
            client
                .post(at.clone())
                .header("origin", origin)
                .form(&button.fields)
                .send()
                .await
                .expect("a page")
        } else {
            at.query_pairs_mut().clear().extend_pairs(&button.fields);
            client.get(at.clone()).send().await.expect("a page")
        };
    }
    panic!("the consent pages have no end");
}
