//! The order of stages from a folder of reports to a release; files checked without storing; places
//! of a release under other terms; rules tried on reports; a release proved; differences of points split among their
//! causes; a place explained; consolidated forms as the reports below give them.
//!
//! In:  a campaign folder, an inbox, an output folder, options.
//! Out: a release folder with the consolidated workbook in it, and a summary for people.
//!
//! Not here: what a stage does (each has its crate), printing and exit codes (`cli`).

pub mod books;
pub mod consolidated;
mod error;
mod place;
mod run;
pub mod split;
mod summary;
mod trial;
pub mod validate;
pub mod verify;
mod what_if;

pub use error::PipelineError;
pub use place::place;
pub use run::{Finished, Job, Stage, run};
pub use split::{Part, Split, SplitError, SplitRow, split};
pub use summary::{Leader, ProvinceFigure, Summary};
pub use thidua_ingest::{IngestError, Progress};
pub use trial::{RuleState, Trial, TrialJob, TriedRule, try_rules};
pub use validate::{Check, Checked, FileStatus, Validated};
pub use verify::{Verified, verify};
pub use what_if::{
    Asked, Change, ClassStand, ClassStanding, LeftOut, MOST_UNITS, PolicyChange, Redefined, Stand, Standing, Thawed,
    WhatIf, WhatIfError, redefine, what_if,
};
