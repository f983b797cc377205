//! The order of stages from a folder of reports to a release.
//!
//! In:  a campaign folder, an inbox, an output folder, options.
//! Out: a release folder with the consolidated workbook in it, and a summary for people.
//!
//! Not here: what a stage does (each has its crate), printing and exit codes (`cli`).

mod error;
mod run;
mod summary;

pub use error::PipelineError;
pub use run::{Finished, Job, Stage, run};
pub use summary::{Leader, ProvinceFigure, Summary};
