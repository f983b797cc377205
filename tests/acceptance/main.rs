//! The program as its users start it: the binary on folders, and what it leaves behind.
//!
//! One test binary for all, since each links polars.

mod commands;
mod composite_index;
mod corrections;
mod diff;
mod golden;
mod inbox;
mod other_campaigns;
mod place;
mod program;
mod rules;
mod same_again;
#[path = "../start.rs"]
mod start;
mod template;
mod validate;
mod verify;
mod what_if;
