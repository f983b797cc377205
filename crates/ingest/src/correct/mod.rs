//! Corrections of values that were read.
//!
//! In:  the lines of `corrections.csv`, the values that count.
//! Out: corrected values with their marks, and an issue for each line: applied, or why not.
//!
//! Not here: the file itself (`inbox::corrections`).

mod apply;
mod chosen;
mod meaning;

pub(crate) use apply::apply;
pub use chosen::Chosen;
pub use meaning::{FieldOf, Meaning};
