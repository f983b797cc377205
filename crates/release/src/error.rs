//! Why a release could not be written, read or published.

use std::io;
use std::path::PathBuf;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum ReleaseError {
    #[error("cannot write {}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("cannot read {}", path.display())]
    Read { path: PathBuf, source: io::Error },
    /// A file of the release is absent, superfluous or not what its digest says.
    #[error("the release {} is damaged: {problem}", folder.display())]
    Damaged { folder: PathBuf, problem: String },
    /// The release exists with other bytes though the same program version wrote it.
    #[error("the release {} exists with another {file}; move that folder away first", folder.display())]
    Differs { folder: PathBuf, file: String },
    #[error("\"{name}\" cannot be the name of a file of a release")]
    BadName { name: String },
    #[error("the table {table} cannot be stored: {problem}")]
    Table { table: String, problem: String },
}
