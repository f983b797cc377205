//! Corrections of values that were read.
//!
//! In:  the lines of `corrections.csv`, the values that count.
//! Out: corrected values with their marks, and an issue for each line: applied, or why not.
//!
//! Not here: the file itself (`inbox::corrections`).

mod apply;
mod meaning;

pub(crate) use apply::apply;
pub(crate) use meaning::Said;
pub use meaning::{FieldOf, Meaning};
