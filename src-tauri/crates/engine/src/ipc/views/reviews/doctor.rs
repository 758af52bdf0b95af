//! The set-up doctor's choices. Its lines are those of [`crate::ipc::views::signin::SetupView`]: `role`, `resourceSet`,
//! `member` (or, for a service app that is made first, `key`, `app`, `registered`, and after the scopes `token` and `use`),
//! `scopes`, `assignment`, `licence` where it is known, `proof`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who is to manage security access reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DoctorFor {
    /// The service app Gatehouse signs in as; one is made where there is none.
    ServiceApp,
    /// The admin who signed in.
    Me,
    /// Another person of the org.
    Person,
}
