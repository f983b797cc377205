//! A file that was checked is given back with its issues marked.
//!
//! In:  the bytes of a file and what was found in it.
//! Out: the bytes of a workbook, made where files are read: in a child process.
//!
//! Not here: how a workbook is marked (`annotate`), what the clerk does with it.

use super::Checked;
use crate::PipelineError;
use thidua_annotate::{Level, Mark};
use thidua_ingest::IngestError;
use thidua_model::{Issue, Lang, Severity};
use thidua_sheets::{Bounds, Limits, Pool, ReaderCommand, Refusal};

/// Marks files, in one child process after another's end.
#[derive(Debug)]
pub struct Annotator {
    pool: Option<Pool>,
    limits: Limits,
}

impl Annotator {
    /// # Input
    /// `reader`: the program that reads workbooks in child processes; `None` works in this process.
    ///
    /// # Errors
    /// The program cannot be started.
    pub fn new(reader: Option<&ReaderCommand>) -> Result<Self, PipelineError> {
        let start = |command: &ReaderCommand| {
            Pool::new(command.clone(), 1, Bounds::default())
                .map_err(|source| IngestError::Reader { program: command.program.clone(), source })
        };
        Ok(Self { pool: reader.map(start).transpose()?, limits: Limits::default() })
    }

    /// The workbook with the issues of the file marked, in their order.
    ///
    /// # Errors
    /// The file cannot be read as a workbook, or its reader came to an end over it.
    pub fn annotate(&self, bytes: &[u8], file: &Checked) -> Result<Vec<u8>, Refusal> {
        let marks = marks(&file.issues);
        match &self.pool {
            Some(pool) => thidua_annotate::annotate_in(pool, bytes, &marks, &self.limits),
            None => thidua_annotate::annotate(bytes, &marks, &self.limits),
        }
    }
}

/// Issues as they are marked in the file: in Vietnamese, for the clerk who mends them.
pub fn marks(issues: &[Issue]) -> Vec<Mark> {
    issues.iter().map(mark).collect()
}

fn mark(issue: &Issue) -> Mark {
    let level = match issue.severity() {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Explained => Level::Notice,
    };
    let label = issue.label.as_deref().map(str::trim).filter(|label| !label.is_empty());
    Mark {
        sheet: issue.place.sheet().cloned(),
        cell: issue.place.cell(),
        level,
        code: issue.code().to_owned(),
        label: label.map(str::to_owned),
        message: issue.message(Lang::Vi),
        found: issue.kind.found(Lang::Vi),
        expected: issue.kind.expected(Lang::Vi),
        fix: issue.fix(Lang::Vi),
    }
}
