//! A driven page, looked at as a person does: by what things are and what they are called.

use crate::stage::until;
use fantoccini::elements::Element;
use fantoccini::error::NewSessionError;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// Finds what is shown, enabled or not, by role and accessible name. A name matches whole, or from its start where it ends
/// in `…`. What lies behind an open modal dialog is not there for a person, so not here either.
const FIND: &str = r#"
const [role, name] = arguments;
const TAGS = {
  button: 'button, summary, [role=button]', link: 'a[href], [role=link]', heading: 'h1, h2, h3, h4, [role=heading]',
  textbox: 'input:not([type=checkbox]):not([type=radio]), textarea, [role=textbox], [role=searchbox]',
  checkbox: 'input[type=checkbox]:not([role=switch]), [role=checkbox]', switch: '[role=switch]', radio: 'input[type=radio], [role=radio]',
  combobox: 'select, [role=combobox]', tab: '[role=tab]', row: '[role=row], tr', menuitem: '[role=menuitem]', option: '[role=option]',
  dialog: 'dialog[open], [role=dialog]', alert: '[role=alert]', text: 'p, span, li, td, h1, h2, h3, h4, b, dd, dt, label, code, div, strong',
};
const plain = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
const byIds = (ids) => plain(ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(' '));
const called = (it) => {
  if (it.getAttribute('aria-labelledby')) return byIds(it.getAttribute('aria-labelledby'));
  if (it.getAttribute('aria-label')) return plain(it.getAttribute('aria-label'));
  if (it.labels?.length) return plain([...it.labels].map((label) => label.textContent).join(' '));
  return plain(it.textContent) || plain(it.getAttribute('title')) || plain(it.getAttribute('placeholder'));
};
const modal = [...document.querySelectorAll('dialog:modal')].pop() ?? document.querySelector('[aria-modal=true]');
const seen = (it) => (it.checkVisibility?.({ visibilityProperty: true }) ?? true) && (it.getClientRects().length > 0);
const inside = [...(modal ?? document).querySelectorAll(TAGS[role])];
const all = (modal?.matches(TAGS[role]) ? [modal, ...inside] : inside).filter(seen);
const fits = (text) => name.endsWith('…') ? text.startsWith(name.slice(0, -1)) : text === name;
const found = all.filter((it) => fits(called(it)));
// Of nested things with the same words the innermost is meant.
return found.filter((it) => !found.some((other) => other !== it && it.contains(other)))[0] ?? null;
"#;

/// The web element identifier (W3C WebDriver, section 12.2).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A driven page.
pub struct Page {
    /// The driver's session, for what this does not offer.
    pub client: Client,
}

impl Page {
    /// Asks a driver on this machine for a session.
    pub async fn attach(port: u16, capabilities: &Value) -> Self {
        let capabilities = capabilities.as_object().expect("an object").clone();
        let client = until("the driver's session", || async {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            let address = format!("http://127.0.0.1:{port}");
            match builder.capabilities(capabilities.clone()).connect(&address).await {
                Ok(client) => Some(client),
                Err(NewSessionError::SessionNotCreated(error)) => panic!("no session: {error}"),
                // The driver is not up yet.
                Err(_) => None,
            }
        })
        .await;
        Self { client }
    }

    /// Runs a function body in the page.
    pub async fn run(&self, script: &str, args: Vec<Value>) -> Value {
        self.client
            .execute(script, args)
            .await
            .unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Runs a function body whose last argument is called with the result.
    pub async fn run_async(&self, script: &str, args: Vec<Value>) -> Value {
        self.client
            .execute_async(script, args)
            .await
            .unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    async fn look(&self, role: &str, name: &str) -> Option<Element> {
        let found = self
            .client
            .execute(FIND, vec![json!(role), json!(name)])
            .await
            .ok()?;
        // A reference has one member, named by the WebDriver standard, that holds the element's id.
        let id = found.get(ELEMENT)?.as_str()?.to_owned();
        Some(Element::from_element_id(self.client.clone(), id.into()))
    }

    /// Waits until something is shown.
    pub async fn find(&self, role: &str, name: &str) -> Element {
        until(&format!("the {role} “{name}”"), || self.look(role, name)).await
    }

    /// Clicks something once it is there and can be clicked.
    pub async fn click(&self, role: &str, name: &str) {
        until(&format!("a click on the {role} “{name}”"), || async {
            let found = self.look(role, name).await?;
            if found.attr("disabled").await.ok()?.is_some() {
                return None;
            }
            // Into the middle, as a person would scroll: at the edge a bar may lie over it.
            let script = "arguments[0].scrollIntoView({ block: 'center' })";
            self.client
                .execute(script, vec![json!({ ELEMENT: &*found.element_id() })])
                .await
                .ok()?;
            // A page that moves meanwhile gives an error here; it is then looked for again.
            found.click().await.ok()
        })
        .await;
    }

    /// Types into a field.
    pub async fn fill(&self, name: &str, text: &str) {
        let field = self.find("textbox", name).await;
        field.clear().await.expect("a field can be cleared");
        field.send_keys(text).await.expect("a field takes keys");
    }

    /// Chooses in a list by what is read there.
    pub async fn choose(&self, name: &str, choice: &str) {
        let list = self.find("combobox", name).await;
        list.select_by_label(choice).await.expect("a choice of the list");
    }

    /// Waits until the page's text holds something.
    pub async fn says(&self, words: &str) {
        let script = "return document.body.innerText.replace(/\\s+/g, ' ')";
        until(&format!("the words “{words}”"), || async {
            let text = self.client.execute(script, vec![]).await.ok()?;
            text.as_str()?.contains(words).then_some(())
        })
        .await;
    }

    /// The page's whole text.
    pub async fn text(&self) -> String {
        self.run("return document.body.innerText", vec![])
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}
