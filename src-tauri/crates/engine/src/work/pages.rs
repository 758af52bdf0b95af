//! The closed list of pages Gatehouse opens.

use crate::engine::Engine;
use crate::ipc::args::{OpenArgs, Page};
use crate::ports::browser::Openable;
use domain::ids::AppId;
use domain::problem::{Problem, ProblemCode, local};
use url::Url;

fn fixed(address: &str) -> Option<Url> {
    Url::parse(address).ok()
}

impl Engine {
    pub(crate) async fn open_page(&self, args: &OpenArgs) -> Result<(), Problem> {
        let url = match args.page {
            Page::ProvisioningGuide => {
                fixed("https://developer.okta.com/docs/guides/app-provisioning-connection/main/")
            }
            Page::TokenGuide => fixed("https://developer.okta.com/docs/guides/create-an-api-token/main/"),
            Page::ConnectionsReference => fixed(
                "https://developer.okta.com/docs/api/openapi/okta-management/management/tag/ApplicationConnections/",
            ),
            Page::SystemLog => self.console(args, "admin/logs")?,
            Page::TokenPage => self.console(args, "admin/access/api/tokens")?,
            Page::AppPage => {
                let app = AppId::parse(args.app.as_deref().unwrap_or_default())?;
                let name = self
                    .app_name(args.org.as_deref().unwrap_or_default(), app.as_str())
                    .unwrap_or_default();
                self.console(
                    args,
                    &format!("admin/app/{name}/instance/{app}/#tab-provisioning"),
                )?
            }
        };
        let page = url
            .and_then(Openable::page)
            .ok_or_else(|| local::internal("page address"))?;
        let (browser, host) = (self.browser.clone(), page.host().to_owned());
        // Launchers take up to a second to say that they can't.
        let opened = tokio::task::spawn_blocking(move || browser.open(&page))
            .await
            .unwrap_or(false);
        if opened {
            Ok(())
        } else {
            Err(local::browser_not_opened(&host))
        }
    }

    fn console(&self, args: &OpenArgs, path: &str) -> Result<Option<Url>, Problem> {
        let org = self.org(args.org.as_deref().unwrap_or_default())?;
        if org.origin.is_practice() {
            return Err(Problem::new(
                ProblemCode::Unsupported,
                "The practice org has no Admin Console.",
                "In a real org this opens the page there.",
            ));
        }
        let host = org
            .origin
            .admin_host()
            .unwrap_or_else(|| org.origin.host().to_owned());
        Ok(fixed(&format!("https://{host}/{path}")))
    }
}
