//! Why a file gives no cells at all.

use thidua_model::IssueKind;
use thidua_model::issue::{FileDamage, FileGuess, FileLimit, ReaderEnd};
use thiserror::Error;

/// The whole file is refused. What is wrong with one cell is for `ingest` to say.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("not a spreadsheet: {found}")]
    NotASpreadsheet { found: FileGuess },
    #[error("encrypted")]
    Encrypted,
    #[error("damaged: {problem}")]
    Damaged { problem: FileDamage },
    #[error("{limit}: {found} is above {allowed}")]
    Limit { limit: FileLimit, found: u64, allowed: u64 },
    /// The program that read the file came to an end over it.
    #[error("the reader stopped: {how}")]
    Stopped { how: ReaderEnd },
}

impl Refusal {
    /// The issue that the sender reads.
    pub fn kind(&self) -> IssueKind {
        match self {
            Self::NotASpreadsheet { found } => IssueKind::NotASpreadsheet { found: found.clone(), fix: found.fix() },
            Self::Encrypted => IssueKind::FileEncrypted {},
            Self::Damaged { problem } => IssueKind::FileDamaged { problem: problem.clone() },
            Self::Limit { limit, found, allowed } => {
                IssueKind::LimitExceeded { limit: limit.clone(), found: *found, allowed: *allowed }
            }
            Self::Stopped { how } => IssueKind::FileStoppedReader { how: how.clone() },
        }
    }

    pub(crate) const fn damaged(problem: FileDamage) -> Self {
        Self::Damaged { problem }
    }

    pub(crate) const fn not(found: FileGuess) -> Self {
        Self::NotASpreadsheet { found }
    }

    pub(crate) fn missing(part: &str) -> Self {
        Self::damaged(FileDamage::PartMissing { part: one_line(part, 100).into() })
    }

    /// A record that cannot be: `at` is its byte in the part.
    pub(crate) fn record(part: &str, at: usize) -> Self {
        Self::damaged(FileDamage::Record { part: part.into(), at: at as u64 })
    }
}

/// One line, bounded: words of a file, or of a library about it, that go into a message.
pub(crate) fn one_line(words: &str, most: usize) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(most).collect()
}
