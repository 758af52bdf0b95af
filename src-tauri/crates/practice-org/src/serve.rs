//! HTTP in and out.
use crate::line::{Hold, Lines};
use crate::org::Org;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use axum::Router;

pub(crate) async fn serve(org: Arc<Org>, listener: TcpListener, stopped: oneshot::Receiver<()>) {
    let app: Router = Router::new().with_state(org);
    let _ = axum::serve(Lines(listener), app.into_make_service_with_connect_info::<Hold>())
        .with_graceful_shutdown(async { let _ = stopped.await; })
        .await;
}
