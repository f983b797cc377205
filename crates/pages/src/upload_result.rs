//! The answer to one file: its receipt, what to mend, the values as understood, and the review.

use crate::shown::{Badge, Badged, Told, Tone};
use crate::view::{moment, page};
use crate::{DateTime, Lang, Severity, SubmissionStatus, UnitRef, words::upload as up};

/// The page of one upload.
#[derive(Debug, Clone)]
pub struct UploadResult {
    /// The id of the upload, as in its address.
    pub id: String,
    /// A short number that can be read out.
    pub receipt: String,
    pub received_at: DateTime,
    /// As it was sent.
    pub file: String,
    pub bytes: u64,
    /// SHA-256 in hex digits.
    pub digest: String,
    pub unit: UnitRef,
    /// Name of the account.
    pub sent_by: String,
    /// Sent by somebody else than the unit itself.
    pub is_on_behalf: bool,
    pub state: UploadState,
    /// Errors before warnings before what was explained; in each, what concerns most comes first.
    pub issues: Vec<IssueGroup>,
    /// Of all issues, listed or not.
    pub errors: u64,
    pub warnings: u64,
    pub submissions: Vec<SubmissionView>,
    pub account: Option<FileAccount>,
}
page!(UploadResult, "upload_result.html", upload);

/// How far an upload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadState {
    /// Waits for a reader, or is being read.
    Reading {
        /// Files before it.
        ahead: u32,
    },
    Read(SubmissionStatus),
    /// Kept and not read: a plan or a scan.
    Document,
    /// The reader failed; the file is kept.
    Failed,
}

impl UploadState {
    pub(crate) const fn is_reading(self) -> bool {
        matches!(self, Self::Reading { .. })
    }
}

impl Told for UploadResult {
    /// What it means for the sender.
    fn told(&self, lang: Lang) -> String {
        let say = match self.state {
            UploadState::Reading { .. } => up::READING_LEAD,
            UploadState::Document => up::DOCUMENT_LEAD,
            UploadState::Failed => up::NOT_READ_LEAD,
            UploadState::Read(status) => match status {
                SubmissionStatus::Accepted => up::ACCEPTED_DO,
                SubmissionStatus::AcceptedWithWarnings => up::WARNED_DO,
                SubmissionStatus::PartlyAccepted => return up::PARTLY_DO.fill(lang, &[&self.errors]),
                SubmissionStatus::Rejected => up::REJECTED_DO,
                SubmissionStatus::Superseded => up::SUPERSEDED_DO,
                SubmissionStatus::Contested => up::CONTESTED_DO,
            },
        };
        say.of(lang).to_owned()
    }
}

impl Badged for UploadState {
    fn badge(&self, lang: Lang) -> Badge {
        match self {
            Self::Reading { .. } => Badge::new(Tone::Wait, up::READING.of(lang)),
            Self::Read(status) => status.badge(lang),
            Self::Document => Badge::new(Tone::Plain, up::DOCUMENT.of(lang)),
            Self::Failed => Badge::new(Tone::Bad, up::NOT_READ.of(lang)),
        }
    }
}

/// All issues of one code and severity.
#[derive(Debug, Clone)]
pub struct IssueGroup {
    pub code: String,
    pub severity: Severity,
    /// What to do, where it is the same for every mistake of the group.
    pub fix: Option<String>,
    pub mistakes: Vec<Mistake>,
    /// Mistakes that are not listed.
    pub more: u64,
}

/// The same said at one or more places.
#[derive(Debug, Clone)]
pub struct Mistake {
    pub sentence: String,
    pub found: Option<String>,
    pub expected: Option<String>,
    /// What to do, where it differs from mistake to mistake.
    pub fix: Option<String>,
    pub cells: Vec<CellPlace>,
    /// Cells that are not listed.
    pub more: u64,
}

/// A place in the file, as the sender sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellPlace {
    /// `Mẫu 1 › D14`, `Mẫu 1`, or empty for the file as a whole.
    pub place: String,
    /// The label that stands there.
    pub label: Option<String>,
}

/// One form of one unit and period, as it was read from the file.
#[derive(Debug, Clone)]
pub struct SubmissionView {
    /// The id of the submission, as in its address.
    pub id: String,
    pub unit: UnitRef,
    pub form: String,
    pub period: String,
    pub status: SubmissionStatus,
    pub values: Vec<ValueLine>,
    /// Against the approved version, where there is one.
    pub changes: Vec<Change>,
    pub review: Review,
    /// The reader may approve or return it.
    pub may_decide: bool,
}

/// A value as it was understood.
#[derive(Debug, Clone)]
pub struct ValueLine {
    pub label: String,
    /// With its measure.
    pub value: String,
    /// `Mẫu 1 › D14`; empty when it comes from no cell.
    pub cell: String,
    /// Why it asks for a second look, or who corrected it; may be empty.
    pub mark: String,
    /// Address of the page that corrects it ([`crate::routes::correct`]), where the reader may.
    pub correct: Option<String>,
}

/// The mark of a value that was put in the place of the one that was sent.
pub fn corrected(lang: Lang, to: &str, by: &str, reason: &str) -> String {
    up::CORRECTED.fill(lang, &[&to, &by, &reason])
}

/// The mark of a value that was to be corrected before the unit sent another one.
pub fn corrected_before(lang: Lang, to: &str, by: &str) -> String {
    up::CORRECTED_BEFORE.fill(lang, &[&to, &by])
}

/// A value that an approved version has otherwise.
#[derive(Debug, Clone)]
pub struct Change {
    pub label: String,
    pub before: String,
    pub after: String,
}

/// The newest decision about a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Review {
    /// Nothing to decide: rejected, or superseded.
    None,
    Waiting,
    Returned {
        by: String,
        at: DateTime,
        reason: String,
    },
    Approved {
        by: String,
        at: DateTime,
    },
}

impl Told for Review {
    /// By whom and when; empty before a decision.
    fn told(&self, lang: Lang) -> String {
        match self {
            Self::None | Self::Waiting => String::new(),
            Self::Returned { by, at, reason } => up::R_RETURNED_BY.fill(lang, &[by, &moment(*at), reason]),
            Self::Approved { by, at } => up::R_APPROVED_BY.fill(lang, &[by, &moment(*at)]),
        }
    }
}

impl Review {
    pub(crate) const fn is_some(&self) -> bool {
        !matches!(self, Self::None)
    }
}

impl Badged for Review {
    fn badge(&self, lang: Lang) -> Badge {
        let (tone, say) = match self {
            Self::None | Self::Waiting => (Tone::Wait, up::R_WAITING),
            Self::Returned { .. } => (Tone::Bad, up::R_RETURNED),
            Self::Approved { .. } => (Tone::Good, up::R_APPROVED),
        };
        Badge::new(tone, say.of(lang))
    }
}

/// Where every cell of the file went. The counts add up to all cells that are not empty.
#[derive(Debug, Clone, Default)]
pub struct FileAccount {
    pub read: u64,
    pub template: u64,
    /// Cells outside every line, as `Mẫu 1 › G40`; `outside` counts all of them.
    pub outside: u64,
    pub outside_cells: Vec<String>,
    /// Sheets that no form claims; `unused` counts their cells.
    pub unused: u64,
    pub unused_sheets: Vec<String>,
    pub own: u64,
    /// Input cells of the form that were left empty.
    pub empty: u64,
    /// Values taken from a formula's stored result.
    pub formulas: u64,
}

impl FileAccount {
    fn sum(&self) -> u64 {
        [self.template, self.outside, self.unused, self.own].into_iter().fold(self.read, u64::saturating_add)
    }
}

/// The issues of one severity under one heading.
struct Part<'a> {
    severity: Severity,
    groups: Vec<&'a IssueGroup>,
}

impl UploadResult {
    fn parts(&self) -> Vec<Part<'_>> {
        Severity::ALL
            .into_iter()
            .map(|severity| Part {
                severity,
                groups: self.issues.iter().filter(|it| it.severity == severity).collect(),
            })
            .filter(|part| !part.groups.is_empty())
            .collect()
    }
}

impl Badged for Part<'_> {
    fn badge(&self, lang: Lang) -> Badge {
        let (tone, say) = match self.severity {
            Severity::Error => (Tone::Bad, up::ERRORS),
            Severity::Warning => (Tone::Warn, up::WARNINGS),
            Severity::Explained => (Tone::Plain, up::EXPLAINED),
        };
        Badge::new(tone, say.of(lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reading_account_adds_up() {
        let account = FileAccount { read: 38, template: 210, outside: 2, unused: 5, own: 12, ..Default::default() };
        assert_eq!(account.sum(), 267);
    }

    #[test]
    fn errors_are_told_before_warnings_whatever_the_order() {
        let mut result = crate::testing::upload::partly();
        result.issues.reverse();
        let severities: Vec<_> = result.parts().iter().map(|part| part.severity).collect();
        assert_eq!(severities, [Severity::Error, Severity::Warning, Severity::Explained]);
    }
}
