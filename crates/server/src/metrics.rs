//! What the server counts, for Prometheus.
//!
//! In:  every request when it is done.
//! Out: `/metrics` as text.
//!
//! Labels come from closed lists, so that no client can grow the memory or the scrape: routes,
//! classes of status, error codes, and operations by their hash, the first hundred that worked.

use crate::key::Operation;
use crate::mount::Asks;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

/// Where a request went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Route {
    Graphql,
    Explorer,
    Export,
    Health,
    Metrics,
    Other,
}

impl Route {
    pub(crate) fn of(path: &str) -> Self {
        let first = path.strip_prefix('/').and_then(|path| path.split('/').next());
        match first {
            Some("graphql") => Self::Graphql,
            Some("graphiql") => Self::Explorer,
            Some("releases") => Self::Export,
            Some("healthz" | "readyz") => Self::Health,
            Some("metrics") => Self::Metrics,
            _ => Self::Other,
        }
    }

    /// What a guard is asked about it; `None`: it is open to everybody.
    pub(crate) const fn asks(self) -> Option<Asks> {
        match self {
            Self::Graphql | Self::Explorer | Self::Export => Some(Asks::Figures),
            Self::Metrics => Some(Asks::Metrics),
            Self::Health | Self::Other => None,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Graphql => "graphql",
            Self::Explorer => "explorer",
            Self::Export => "export",
            Self::Health => "health",
            Self::Metrics => "metrics",
            Self::Other => "other",
        }
    }
}

/// Where an answer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Origin {
    /// Kept from an earlier request.
    Hit,
    /// Executed.
    Miss,
    /// The client has it: 304.
    Known,
}

impl Origin {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Miss => "miss",
            Self::Known => "known",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    route: &'static str,
    status: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct On {
    route: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct From {
    origin: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Coded {
    code: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Named {
    operation: String,
}

type Seconds = Counter<f64, AtomicU64>;

/// Operations with a label of their own; later ones share `other`.
const OPERATIONS: usize = 100;

/// From a tenth of a millisecond, a kept answer, to the timeout.
const BUCKETS: [f64; 14] =
    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0];

/// All counters of a server.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    durations: Family<On, Histogram, fn() -> Histogram>,
    answers: Family<From, Counter>,
    errors: Family<Coded, Counter>,
    operations: Family<Named, Counter>,
    seconds: Family<Named, Seconds>,
    known: RwLock<BTreeMap<Operation, (Counter, Seconds)>>,
    shed: Counter,
    panics: Counter,
    state: Gauges,
}

/// What is read from the server when it is asked.
#[derive(Default)]
struct Gauges {
    releases: Gauge,
    release_bytes: Gauge,
    troubles: Gauge,
    opened: Counter,
    failed: Counter,
    cache_bytes: Gauge,
    cache_entries: Gauge,
    connections: Gauge,
    in_flight: Gauge,
}

/// The state of a server at one moment.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Now {
    pub(crate) releases: usize,
    pub(crate) release_bytes: usize,
    /// Releases and journals on the disk that cannot be served.
    pub(crate) troubles: usize,
    /// Since the start.
    pub(crate) opened: u64,
    pub(crate) failed: u64,
    pub(crate) cache_bytes: u64,
    pub(crate) cache_entries: usize,
    pub(crate) connections: usize,
    pub(crate) in_flight: usize,
}

/// What one request was.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Done<'a> {
    pub(crate) route: Route,
    pub(crate) status: u16,
    pub(crate) took: Duration,
    pub(crate) origin: Option<Origin>,
    pub(crate) operation: Option<Operation>,
    pub(crate) codes: &'a [&'static str],
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("thidua");
        let requests = Family::default();
        let durations = Family::new_with_constructor((|| Histogram::new(BUCKETS)) as fn() -> Histogram);
        let answers = Family::default();
        let errors = Family::default();
        let operations = Family::default();
        let seconds = Family::default();
        let (shed, panics, state) = (Counter::default(), Counter::default(), Gauges::default());
        registry.register("http_requests", "Requests by route and class of status", requests.clone());
        registry.register("http_request_duration_seconds", "Time until the answer began", durations.clone());
        registry.register("graphql_answers", "GraphQL answers by where they came from", answers.clone());
        registry.register("graphql_errors", "Errors in GraphQL answers by code", errors.clone());
        registry.register("graphql_operations", "Answers without errors by hash of the operation", operations.clone());
        registry.register("graphql_operation_seconds", "Time spent on them", seconds.clone());
        registry.register("requests_shed", "Requests refused because too many were under way", shed.clone());
        registry.register("panics", "Requests that met a defect of the program", panics.clone());
        registry.register("releases_loaded", "Releases in memory", state.releases.clone());
        registry.register("release_bytes", "Bytes of the releases in memory", state.release_bytes.clone());
        registry.register("release_troubles", "Releases and journals that cannot be served", state.troubles.clone());
        registry.register("releases_opened", "Releases opened", state.opened.clone());
        registry.register("releases_failed", "Attempts to open a release that failed", state.failed.clone());
        registry.register("cache_bytes", "Bytes of kept answers", state.cache_bytes.clone());
        registry.register("cache_entries", "Kept answers", state.cache_entries.clone());
        registry.register("connections", "Open connections", state.connections.clone());
        registry.register("requests_in_flight", "Requests under way", state.in_flight.clone());
        registry.register("build", "The running program", Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]));
        Self {
            registry,
            requests,
            durations,
            answers,
            errors,
            operations,
            seconds,
            known: RwLock::default(),
            shed,
            panics,
            state,
        }
    }

    pub(crate) fn done(&self, done: Done<'_>) {
        let route = done.route.name();
        self.requests.get_or_create(&Request { route, status: class(done.status) }).inc();
        self.durations.get_or_create(&On { route }).observe(done.took.as_secs_f64());
        if let Some(origin) = done.origin {
            self.answers.get_or_create(&From { origin: origin.name() }).inc();
        }
        for &code in done.codes {
            self.errors.get_or_create(&Coded { code }).inc();
        }
        if let Some(operation) = done.operation.filter(|_| done.codes.is_empty()) {
            let (count, seconds) = self.operation(operation);
            count.inc();
            seconds.inc_by(done.took.as_secs_f64());
        }
    }

    /// The counters of an operation, made when there is room for one more.
    fn operation(&self, operation: Operation) -> (Counter, Seconds) {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(counters) = known.get(&operation) {
            return counters.clone();
        }
        let is_full = known.len() >= OPERATIONS;
        drop(known);
        let label = Named { operation: if is_full { "other".to_owned() } else { operation.hex() } };
        let counters = (self.operations.get_or_create(&label).clone(), self.seconds.get_or_create(&label).clone());
        if !is_full {
            let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
            known.insert(operation, counters.clone());
        }
        counters
    }

    pub(crate) fn shed(&self) {
        self.shed.inc();
    }

    pub(crate) fn panicked(&self) {
        self.panics.inc();
    }

    /// The text that Prometheus reads.
    pub(crate) fn text(&self, now: Now) -> Result<String, fmt::Error> {
        let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.state.releases.set(whole(now.releases));
        self.state.release_bytes.set(whole(now.release_bytes));
        self.state.troubles.set(whole(now.troubles));
        // Counted where it happens, by the thread that watches.
        self.state.opened.inner().store(now.opened, Ordering::Relaxed);
        self.state.failed.inner().store(now.failed, Ordering::Relaxed);
        self.state.cache_bytes.set(i64::try_from(now.cache_bytes).unwrap_or(i64::MAX));
        self.state.cache_entries.set(whole(now.cache_entries));
        self.state.connections.set(whole(now.connections));
        self.state.in_flight.set(whole(now.in_flight));
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

const fn class(status: u16) -> &'static str {
    match status / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(number: u32) -> Done<'static> {
        Done {
            route: Route::Graphql,
            status: 200,
            took: Duration::from_millis(3),
            origin: Some(Origin::Miss),
            operation: Some(Operation::of(&number.to_string(), None)),
            codes: &[],
        }
    }

    #[test]
    fn a_thousand_operations_make_a_hundred_labels_and_one() {
        let metrics = Metrics::new();
        (0..1_000).for_each(|number| metrics.done(done(number)));
        let text = metrics.text(Now::default()).unwrap();
        let labels = text.lines().filter(|line| line.starts_with("thidua_graphql_operations_total{"));
        assert_eq!(labels.clone().count(), OPERATIONS + 1);
        let total: u64 = labels.map(|line| line.rsplit(' ').next().unwrap().parse::<u64>().unwrap()).sum();
        assert_eq!(total, 1_000);
    }

    #[test]
    fn what_is_counted_is_told() {
        let metrics = Metrics::new();
        metrics.done(done(1));
        metrics.done(Done { status: 404, codes: &["RELEASE_NOT_FOUND"], origin: None, operation: None, ..done(1) });
        metrics.shed();
        let now = Now {
            releases: 2,
            release_bytes: 9,
            troubles: 1,
            opened: 7,
            failed: 4,
            cache_bytes: 5,
            cache_entries: 1,
            connections: 3,
            in_flight: 1,
        };
        let text = metrics.text(now).unwrap();
        for line in [
            r#"thidua_http_requests_total{route="graphql",status="2xx"} 1"#,
            r#"thidua_http_requests_total{route="graphql",status="4xx"} 1"#,
            r#"thidua_http_request_duration_seconds_count{route="graphql"} 2"#,
            r#"thidua_http_request_duration_seconds_bucket{le="0.005",route="graphql"} 2"#,
            r#"thidua_graphql_answers_total{origin="miss"} 1"#,
            r#"thidua_graphql_errors_total{code="RELEASE_NOT_FOUND"} 1"#,
            "thidua_requests_shed_total 1",
            "thidua_panics_total 0",
            "thidua_releases_loaded 2",
            "thidua_release_bytes 9",
            "thidua_release_troubles 1",
            "thidua_releases_opened_total 7",
            "thidua_releases_failed_total 4",
            "thidua_cache_bytes 5",
            "thidua_cache_entries 1",
            "thidua_connections 3",
            "thidua_requests_in_flight 1",
            concat!(r#"thidua_build_info{version=""#, env!("CARGO_PKG_VERSION"), r#""} 1"#),
            "# EOF",
        ] {
            assert!(text.lines().any(|known| known == line), "{line} is not in\n{text}");
        }
    }

    #[test]
    fn routes_are_a_closed_list() {
        for (path, route) in [
            ("/graphql", Route::Graphql),
            ("/graphiql/x.js", Route::Explorer),
            ("/releases/x/units.csv", Route::Export),
            ("/readyz", Route::Health),
            ("/metrics", Route::Metrics),
            ("/graphqlx", Route::Other),
            ("/", Route::Other),
            ("*", Route::Other),
        ] {
            assert_eq!(Route::of(path), route, "{path}");
        }
    }
}
