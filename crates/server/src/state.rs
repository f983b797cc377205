//! What all requests share.

use crate::cache::Answers;
use crate::connection::Patience;
use crate::cors::Cors;
use crate::error::ServerError;
use crate::metrics::{Metrics, Now};
use crate::mount::Guard;
use crate::options::ServeOptions;
use crate::watch::Served;
use std::sync::Arc;
use std::thread;
use thidua_graph::Engine;
use tokio::sync::Semaphore;

/// Queries executed at the same time for each processor.
const EACH: usize = 4;

/// One server: its releases, its engine, its memory and its limits.
pub(crate) struct App {
    pub(crate) engine: Engine,
    /// Swapped whole when a release is published; a request takes what is served once and keeps it.
    pub(crate) served: Arc<Served>,
    pub(crate) answers: Answers,
    pub(crate) metrics: Metrics,
    /// Requests that may be under way.
    pub(crate) requests: Semaphore,
    /// Queries that may be executed at the same time: more than there are processors, so that a few
    /// long ones do not keep the short ones waiting.
    pub(crate) executing: Arc<Semaphore>,
    pub(crate) connections: Arc<Semaphore>,
    pub(crate) patience: Patience,
    pub(crate) cors: Option<Cors>,
    pub(crate) options: ServeOptions,
    /// `None`: everybody may see every figure.
    pub(crate) guard: Option<Guard>,
}

/// How every handler holds it.
pub(crate) type Shared = Arc<App>;

impl App {
    pub(crate) fn new(options: ServeOptions, served: Arc<Served>, guard: Option<Guard>) -> Result<Self, ServerError> {
        let cors = options
            .allow_origin
            .as_deref()
            .map(|origin| Cors::parse(origin).ok_or_else(|| ServerError::BadOrigin { origin: origin.to_owned() }));
        let processors = thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            engine: Engine::new(options.limits),
            served,
            answers: Answers::new(options.cache_bytes),
            metrics: Metrics::new(),
            requests: Semaphore::new(options.requests),
            executing: Arc::new(Semaphore::new(processors * EACH)),
            connections: Arc::new(Semaphore::new(options.connections)),
            patience: Patience::default(),
            cors: cors.transpose()?,
            options,
            guard,
        })
    }

    /// Releases in memory.
    pub(crate) fn loaded(&self) -> usize {
        self.served.now().releases.iter().filter(|release| release.shelf.is_some()).count()
    }

    /// The state of this moment, for the metrics.
    pub(crate) fn now(&self) -> Now {
        let served = self.served.now();
        Now {
            releases: self.loaded(),
            release_bytes: served.bytes(),
            troubles: served.troubles.len(),
            opened: served.opened,
            failed: served.failed,
            cache_bytes: self.answers.bytes(),
            cache_entries: self.answers.len(),
            connections: self.options.connections.saturating_sub(self.connections.available_permits()),
            in_flight: self.options.requests.saturating_sub(self.requests.available_permits()),
        }
    }
}
