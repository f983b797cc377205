//! Why a file gives no cells at all.

use thidua_model::IssueKind;
use thidua_model::issue::{FileGuess, FileLimit};
use thiserror::Error;

/// The whole file is refused. What is wrong with one cell is for `ingest` to say.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("not a spreadsheet: {found}")]
    NotASpreadsheet { found: FileGuess },
    #[error("encrypted")]
    Encrypted,
    #[error("damaged: {problem}")]
    Damaged { problem: String },
    #[error("{limit}: {found} is above {allowed}")]
    Limit { limit: FileLimit, found: u64, allowed: u64 },
}

impl Refusal {
    /// The issue that the sender reads.
    pub fn kind(&self) -> IssueKind {
        match self {
            Self::NotASpreadsheet { found } => IssueKind::NotASpreadsheet { found: found.clone() },
            Self::Encrypted => IssueKind::FileEncrypted {},
            Self::Damaged { problem } => IssueKind::FileDamaged { problem: problem.as_str().into() },
            Self::Limit { limit, found, allowed } => {
                IssueKind::LimitExceeded { limit: limit.clone(), found: *found, allowed: *allowed }
            }
        }
    }

    pub(crate) fn damaged(problem: impl std::fmt::Display) -> Self {
        // One line, bounded: the text of a library's error can quote the file.
        let problem: String =
            problem.to_string().chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect();
        Self::Damaged { problem }
    }
}
