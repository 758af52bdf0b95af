//! Signing in as an admin: in the browser with a code and PKCE, or with a device code.

use crate::engine::Engine;
use crate::ipc::views::signin::SignInView;
use crate::store::orgs::Org;
use domain::problem::Problem;

/// Ports of the loopback redirect, tried in order. Okta matches a redirect URI to the port, so they are few and fixed.
pub(crate) const PORTS: [u16; 3] = [8765, 8766, 8767];

/// Addresses a sign-in app must have as sign-in redirect URIs, exactly.
pub(crate) fn redirect_uris() -> Vec<String> {
    PORTS
        .iter()
        .map(|port| format!("http://127.0.0.1:{port}/callback"))
        .collect()
}

/// A sign-in under way.
pub(crate) struct SignIn {
    view: SignInView,
}

impl SignIn {
    /// As the window sees it.
    pub(crate) fn view(&self) -> SignInView {
        self.view.clone()
    }
}

impl Engine {
    /// Client id of an org's sign-in app, where Gatehouse knows one.
    pub(crate) fn sign_in_client(&self, org: &Org) -> Result<Option<String>, Problem> {
        Ok(self.store.value(&format!("sign-in-client:{}", org.key))?)
    }
}
