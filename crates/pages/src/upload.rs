//! The form that takes files, why some were not taken, and several files at once.

use crate::shown::{Badge, Badged, Choice, Told, Tone};
use crate::upload_result::UploadState;
use crate::view::page;
use crate::words::{unit as u, upload as up};
use crate::{DateTime, Lang, UnitRef};

/// What a browser offers to choose for a report.
pub(crate) const WORKBOOKS: &str = ".xlsx,.xls,.xlsb,.ods,.csv";
/// The same for a superior union, which may send one archive.
pub(crate) const WORKBOOKS_AND_ZIP: &str = ".xlsx,.xls,.xlsb,.ods,.csv,.zip";

/// The form that takes reports of one unit.
#[derive(Debug, Clone)]
pub struct UploadForm {
    /// The periods that take reports now.
    pub periods: Vec<Choice>,
    pub limit_mb: u32,
    pub problem: Option<UploadProblem>,
}

/// Why nothing was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadProblem {
    NoFile,
    Empty,
    TooLarge {
        limit_mb: u32,
    },
    TooMany {
        most: u32,
    },
    /// The connection ended in the middle.
    CutOff,
    /// An attachment that is neither PDF nor Word nor a picture.
    WrongType,
}

impl Told for UploadProblem {
    fn told(&self, lang: Lang) -> String {
        match self {
            Self::NoFile => u::U_NONE.of(lang).to_owned(),
            Self::Empty => u::U_EMPTY.of(lang).to_owned(),
            Self::TooLarge { limit_mb } => u::U_LARGE.fill(lang, &[limit_mb]),
            Self::TooMany { most } => u::U_MANY.fill(lang, &[most]),
            Self::WrongType => u::U_TYPE.of(lang).to_owned(),
            Self::CutOff => u::U_CUT.of(lang).to_owned(),
        }
    }
}

/// Several files that were sent at once; each has its own page.
#[derive(Debug, Clone)]
pub struct Received {
    pub unit: UnitRef,
    pub files: Vec<ReceivedFile>,
}
page!(Received, "received.html", upload);

/// One of several files.
#[derive(Debug, Clone)]
pub struct ReceivedFile {
    pub file: String,
    pub outcome: FileOutcome,
}

/// What became of one of several files.
#[derive(Debug, Clone)]
pub enum FileOutcome {
    /// Kept under a receipt; `id` is that of its page.
    Taken {
        id: String,
        receipt: String,
        at: DateTime,
        state: UploadState,
    },
    NotTaken(UploadProblem),
}

impl Received {
    fn refused(&self) -> usize {
        self.files.iter().filter(|it| matches!(it.outcome, FileOutcome::NotTaken(_))).count()
    }

    fn taken(&self) -> usize {
        self.files.len() - self.refused()
    }

    /// The page refreshes itself until every file is read.
    fn is_reading(&self) -> bool {
        self.files.iter().any(|it| matches!(&it.outcome, FileOutcome::Taken { state, .. } if state.is_reading()))
    }
}

impl Badged for FileOutcome {
    fn badge(&self, lang: Lang) -> Badge {
        match self {
            Self::Taken { state, .. } => state.badge(lang),
            Self::NotTaken(_) => Badge::new(Tone::Bad, up::NOT_TAKEN.of(lang)),
        }
    }
}
