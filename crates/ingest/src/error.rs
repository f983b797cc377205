//! Why a run had to stop. What is wrong inside a workbook is an issue instead.

use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// Disk trouble or a defect of ours; never the content of a report.
#[derive(Debug, Error)]
pub enum IngestError {
    #[error("cannot list the reports in {}", folder.display())]
    ListFolder { folder: PathBuf, source: io::Error },
    #[error("cannot read the report {}", path.display())]
    ReadFile { path: PathBuf, source: io::Error },
    #[error("cannot keep what was read in {}", path.display())]
    Keep { path: PathBuf, source: io::Error },
    #[error("cannot start the reading threads")]
    Threads { source: rayon::ThreadPoolBuildError },
    #[error("cannot start the reader of workbooks {}", program.display())]
    Reader { program: PathBuf, source: io::Error },
    /// The definition was checked when it was loaded, so this is a defect of ours.
    #[error("cannot evaluate {what}")]
    Formula { what: String, source: thidua_formula::FormulaError },
}
