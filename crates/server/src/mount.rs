//! What another part of the program adds to a server: pages of its own, and who may see what.

use axum::Router;
use axum::http::HeaderMap;
use axum::response::Response;
use futures_util::future::BoxFuture;
use std::fmt;
use std::sync::Arc;
use thidua_graph::Scope;

/// What a request asks for, where somebody guards it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// GraphQL, files of releases, the explorer.
    Figures,
    /// How the server is doing: no figure of any release.
    Metrics,
}

/// Asked before anything is told of a release: what the caller may see, or what is answered instead.
/// The scope goes with the request; without a guard everybody sees everything.
pub type Guard = Arc<dyn Fn(Asks, HeaderMap) -> BoxFuture<'static, Result<Scope, Response>> + Send + Sync>;

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
