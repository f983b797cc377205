//! Exit codes, told by what stopped the command.

use std::process::ExitCode;
use thidua_campaign::LoadError;
use thidua_pipeline::PipelineError;
use thidua_portal::RunError;
use thidua_server::ServerError;
use thidua_store::StoreError;
use thiserror::Error;

/// The answer of the command is no.
const NO: u8 = 1;
const USAGE: u8 = 2;
const DEFINITION: u8 = 3;
const DISK: u8 = 4;

/// What was typed cannot be done with this database.
fn is_misuse(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Address { .. }
            | StoreError::FileExists { .. }
            | StoreError::NotEmpty { .. }
            | StoreError::OnlySqlite { .. }
    )
}

/// The command was used wrongly, in a way that the argument parser cannot know.
#[derive(Debug, Error)]
#[error("{0}")]
pub(crate) struct Usage(pub(crate) String);

/// A file is not accepted in full, which was printed.
#[derive(Debug, Error)]
#[error("có tệp không được nhận đủ · a file is not accepted in full")]
pub(crate) struct NotAccepted;

/// A workbook holds no form that could be adopted, or cannot be read.
#[derive(Debug, Error)]
#[error("{0}")]
pub(crate) struct NothingToAdopt(pub(crate) String);

/// A release does not agree with its digests or facts, which was printed.
#[derive(Debug, Error)]
#[error("bản phát hành không khớp · the release does not agree")]
pub(crate) struct Differs;

/// The definition has problems, which were printed.
#[derive(Debug, Error)]
#[error("định nghĩa có {0} lỗi · the definition has {0} problem(s)")]
pub(crate) struct BrokenDefinition(pub(crate) usize);

/// The changed definition cannot take the place of the one in use, for reasons that were printed.
#[derive(Debug, Error)]
#[error("chưa áp dụng vì {0} điều ở trên · not applied, for the {0} reason(s) above")]
pub(crate) struct NotApplied(pub(crate) usize);

pub(crate) fn code(error: &anyhow::Error) -> ExitCode {
    let is_usage = |error: &ServerError| matches!(error, ServerError::BadOrigin { .. });
    let code = if error.is::<Usage>() || error.downcast_ref().is_some_and(is_usage) {
        USAGE
    } else if error.is::<BrokenDefinition>() || error.is::<NotApplied>() {
        DEFINITION
    } else if error.is::<NotAccepted>() || error.is::<Differs>() || error.is::<NothingToAdopt>() {
        NO
    } else if error.downcast_ref().is_some_and(is_misuse) {
        USAGE
    } else {
        let pipeline = error.downcast_ref().or_else(|| match error.downcast_ref() {
            Some(RunError::Pipeline(error)) => Some(error),
            _ => None,
        });
        match pipeline {
            Some(PipelineError::UnknownPeriod { .. } | PipelineError::UnknownRule { .. }) => USAGE,
            Some(PipelineError::Campaign(LoadError::Invalid { .. })) => DEFINITION,
            _ => DISK,
        }
    };
    ExitCode::from(code)
}
