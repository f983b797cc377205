//! HTTP over releases.
#![allow(dead_code, unused_imports)]

mod cache;
mod connection;
mod cors;
mod encoding;
mod error;
mod freshness;
mod key;
mod logs;
mod metrics;
mod negotiate;
mod options;
mod params;
mod refusal;
mod request_id;

pub use error::ServerError;
pub use logs::LogLevel;
pub use options::ServeOptions;
