//! `thidua read-workbooks`: the child processes in which workbooks are read and marked.

use std::ffi::OsString;
use thidua_sheets::ReaderCommand;

/// This program as a reader of workbooks. `None` when the system does not tell where it lies; then
/// files are read in the program itself, behind the same checks.
pub(crate) fn reader() -> Option<ReaderCommand> {
    let program = std::env::current_exe().ok()?;
    Some(ReaderCommand { program, args: vec![OsString::from("read-workbooks")] })
}

pub(crate) fn read_workbooks() -> anyhow::Result<()> {
    Ok(thidua_sheets::serve_child_and(thidua_annotate::work)?)
}
