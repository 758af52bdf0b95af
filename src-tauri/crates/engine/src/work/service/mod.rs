//! Service apps: creating one with an admin's credential, or using one that was made by hand.

use crate::ipc::views::signin::SetupView;
use tokio_util::sync::CancellationToken;

/// A set-up under way, or how the last one of this run ended.
pub(crate) struct Setup {
    /// As the window sees it.
    pub(crate) view: SetupView,
    /// Stops it after the line that is under way.
    pub(crate) cancel: CancellationToken,
}
