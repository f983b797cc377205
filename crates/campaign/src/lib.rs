//! Reads and checks what the board decided: units, forms, indicators, scoring, dates, targets, decisions.
//!
//! In:  a campaign folder (TOML, and workbooks or CSV where the office keeps lists).
//! Out: a [`Campaign`], or every problem of the definition at its file, line and key.
//!
//! Not here: blank forms (`forms`), reading reports (`ingest`).

pub mod bilingual;
pub mod columns;
pub mod definition;
mod differences;
mod load;
pub mod register;
pub mod rules;
pub mod scoring;

pub use bilingual::Bilingual;
pub use definition::*;
pub use differences::{DefinitionDifferences, FileDifference, FileRole, differences};
pub use load::{LoadError, MAIN_FILE, check, from_files, load};
pub use rules::*;
pub use scoring::*;
