//! Freezes every stage of a run with digests; writes, loads and explains releases.
//!
//! In:  the campaign, what was read ([`thidua_model::Intake`]) and what was computed
//!      ([`thidua_model::Outcome`]).
//! Out: a [`Frozen`] release: tables, manifest and definition, whose id depends on nothing but its
//!      content; a folder of Parquet tables and JSON that is written whole or not at all; and the
//!      way from any figure back to its cells.
//!
//! Not here: the consolidated workbook (`workbook`), which arrives as an extra file; the clock:
//! the journal takes its times as arguments.

pub mod compare;
mod digest;
mod earlier;
mod error;
pub mod explain;
mod freeze;
mod frozen;
pub mod inspect;
pub mod journal;
mod layout;
mod load;
pub mod manifest;
pub mod open;
mod parquet_table;
mod part;
mod stored;
#[cfg(test)]
mod testing;
mod thaw;
mod write;

pub use compare::{Comparison, compare};
pub use earlier::{Later, later};
pub use error::ReleaseError;
pub use explain::{ExplainError, Explanation, explain};
pub use freeze::freeze;
pub use frozen::Frozen;
pub use inspect::{FileState, Inspection, inspect};
pub use load::{campaign, load};
pub use manifest::Manifest;
pub use open::{Opened, open};
pub use part::{last_period, part, rows_of};
pub use stored::Stored;
pub use thaw::{Stated, Thaw, thaw, thaw_under};
pub use write::write;
