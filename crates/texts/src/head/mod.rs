//! What the lines above a form's table say: labels with their answers, and the marked as-of date.
//!
//! Not here: which of several witnesses is believed (`ingest`).

mod as_of;
mod head_labels;

pub use as_of::{AsOf, as_of_dates};
pub use head_labels::{Label, Labelled, bare, labelled};
