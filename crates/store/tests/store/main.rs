//! What the store must do, the same on SQLite and on PostgreSQL.
//!
//! Every test takes a [`bench::Bench`] and runs once for each database. Without PostgreSQL on the
//! machine its half says so and passes; where `CI` is `true` it must be there.

mod bench;

mod access;
mod audit;
mod copies;
mod jobs;
mod killed;
mod notes;
mod releases;
mod reviews;
mod schema;
mod servers;
mod uploads;
