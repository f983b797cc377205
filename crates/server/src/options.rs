//! What a server serves, where, and how much of it.

use crate::logs::LogLevel;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use thidua_graph::Limits;

/// How to serve. The defaults are what `thidua serve` does without options.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// Folders of releases, each with its journal; one or more campaigns in each.
    pub releases: Vec<PathBuf>,
    /// Port 0 takes a free one.
    pub listen: SocketAddr,
    /// Serves releases that were made and never published, too.
    pub include_unpublished: bool,
    /// Releases of a campaign held in memory, the current one first.
    pub keep: usize,
    /// Memory for answers that are kept; 0 keeps none.
    pub cache_bytes: usize,
    /// Open connections; more wait in the queue of the system.
    pub connections: usize,
    /// Requests under way; more are refused with 503.
    pub requests: usize,
    /// A site whose pages may ask this server, `https://example.vn`, or `*`; none otherwise.
    pub allow_origin: Option<String>,
    pub log: LogLevel,
    pub limits: Limits,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            releases: Vec::new(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            include_unpublished: false,
            keep: 4,
            cache_bytes: 64 << 20,
            connections: 768,
            requests: 256,
            allow_origin: None,
            log: LogLevel::default(),
            limits: Limits::default(),
        }
    }
}
