//! HTTP over releases.
//!
//! In:  folders of releases, and requests.
//! Out: answers to GraphQL queries, kept in memory where they can be; files of releases; the
//!      explorer; metrics. A newly published release is served without dropping a request.
//!
//! The way of a request: `connection` (patience) → `envelope` (id, load, defects, log) → `graphql`
//! (parameters, form, kept answers) → `graph::Engine`.
//!
//! Not here: what a query means (`graph`), what a release is (`release`).

mod cache;
mod connection;
mod cors;
mod encoding;
mod envelope;
mod error;
mod explorer;
mod exports;
mod facts;
mod freshness;
mod graphql;
mod health;
mod key;
mod list_file;
mod logs;
mod metrics;
mod mount;
mod negotiate;
mod options;
mod params;
mod refusal;
mod request_id;
mod serve;
mod state;
#[cfg(test)]
mod testing;
mod watch;

pub use error::ServerError;
pub use logs::LogLevel;
pub use mount::{Asks, Guard, Mount};
pub use options::ServeOptions;
pub use serve::serve;
pub use thidua_graph::{MASK, Persons, Scope, Units};
