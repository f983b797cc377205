//! What another part of the program adds to a server: pages of its own, and who may see figures.

use axum::Router;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use futures_util::future::BoxFuture;
use std::fmt;
use std::sync::Arc;

/// Asked before anything is told of a release; what it gives is answered instead.
pub type Guard = Arc<dyn Fn(HeaderMap, Uri) -> BoxFuture<'static, Option<Response>> + Send + Sync>;

/// An addition to a server.
#[derive(Clone)]
pub struct Mount {
    /// Its addresses stand beside the server's own; its fallback answers what neither knows.
    /// Handlers find the peer as `ConnectInfo<SocketAddr>`.
    pub router: Router,
    pub guard: Guard,
}

impl fmt::Debug for Mount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mount").finish_non_exhaustive()
    }
}
