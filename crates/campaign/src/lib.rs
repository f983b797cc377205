//! Reads and checks what the board decided: units, forms, indicators, scoring, dates, targets, decisions.
//!
//! In:  a campaign folder (TOML, and workbooks or CSV where the office keeps lists).
//! Out: a [`Campaign`], or every problem of the definition at its file, line and key.
//!
//! Not here: blank forms (`forms`), reading reports (`ingest`).

pub mod awards;
pub mod bilingual;
mod changes;
pub mod columns;
pub mod definition;
mod differences;
mod load;
mod next_year;
mod nil;
pub mod register;
pub mod rules;
pub mod scale;
pub mod scoring;
mod set;
pub mod variations;

pub use awards::{Award, AwardList, PerUnits, Quota};
pub use bilingual::Bilingual;
pub use changes::{Change, ChangeKind, changes, used_again};
pub use definition::*;
pub use differences::{DefinitionDifferences, FileDifference, FileRole, differences};
pub use load::{LoadError, MAIN_FILE, check, from_files, load};
pub use next_year::{DECISIONS_FILE, NextYear, NextYearError, TARGETS_FILE, next_year};
pub use register::NotOneTop;
pub use rules::*;
pub use scale::*;
pub use scoring::*;
pub use set::{Redefinition, SetError, SetLine, Setting, set_scoring};
pub use variations::*;
