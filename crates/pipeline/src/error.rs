//! Why a run had to stop. What is wrong inside a workbook is an issue instead.

use std::path::PathBuf;
use thidua_campaign::LoadError;
use thidua_ingest::IngestError;
use thidua_release::ReleaseError;
use thidua_workbook::WorkbookError;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum PipelineError {
    #[error("the campaign cannot be used")]
    Campaign(#[from] LoadError),
    #[error("the campaign has no period \"{id}\"; it has {known}")]
    UnknownPeriod { id: String, known: String },
    #[error("no form has a rule \"{id}\"; the nearest is {near}")]
    UnknownRule { id: String, near: String },
    #[error("the inbox cannot be read")]
    Ingest(#[from] IngestError),
    #[error("cannot make the output folder {}", folder.display())]
    OutFolder { folder: PathBuf, source: std::io::Error },
    #[error("the consolidated workbook cannot be made")]
    Workbook(#[from] WorkbookError),
    #[error("cannot write {}", path.display())]
    Book { path: PathBuf, source: std::io::Error },
    #[error("the release cannot be written")]
    Release(#[from] ReleaseError),
}
