//! `thidua serve` as its users start it: the binary, over a release, asked over HTTP.
//!
//! One test binary for all, since each links polars.

mod answers;
mod files;
mod hostile;
mod life;
mod server;
#[path = "../start.rs"]
mod start;
