//! What becomes of a file, told by what becomes of its submissions.

use thidua_ingest::{FileSource, InboxFile};
use thidua_model::{Issue, Lang, Severity, Submission, SubmissionStatus};

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileStatus {
    Read(SubmissionStatus),
    NotRead(NotRead),
}

/// Why a file was not read as a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotRead {
    /// `received.csv`; `is_good`: each of its lines can be used.
    Receipts { is_good: bool },
    /// `corrections.csv`; `is_good`: each of its lines can be used.
    Corrections { is_good: bool },
    /// Receipts say that it is a plan or a scan.
    Document,
    /// A lock file of an office program, or a hidden file.
    Temporary,
}

impl FileStatus {
    pub(super) fn of(name: &thidua_model::Text, submissions: &[Submission], issues: &[Issue]) -> Self {
        let file = InboxFile { name: name.clone(), source: FileSource::Bytes(Vec::new().into()) };
        let has_error = issues.iter().any(|issue| issue.severity() == Severity::Error);
        if file.is_receipts() {
            return Self::NotRead(NotRead::Receipts { is_good: !has_error });
        }
        if file.is_corrections() {
            return Self::NotRead(NotRead::Corrections { is_good: !has_error });
        }
        if file.is_ignored() {
            return Self::NotRead(NotRead::Temporary);
        }
        if submissions.is_empty() && !has_error {
            return Self::NotRead(NotRead::Document);
        }
        let statuses: Vec<SubmissionStatus> = submissions.iter().map(|submission| submission.status).collect();
        // What the sender has explained asks nobody for anything.
        let has_warning = issues.iter().any(|issue| issue.severity() == Severity::Warning);
        Self::Read(of_file(&statuses, has_error, has_warning))
    }

    /// Nothing of the file is lost to the campaign.
    pub fn is_fine(self) -> bool {
        match self {
            Self::Read(status) => matches!(
                status,
                SubmissionStatus::Accepted | SubmissionStatus::AcceptedWithWarnings | SubmissionStatus::Superseded
            ),
            Self::NotRead(why) => matches!(
                why,
                NotRead::Receipts { is_good: true } | NotRead::Corrections { is_good: true } | NotRead::Document
            ),
        }
    }

    /// The word of the JSON output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read(status) => status.as_str(),
            Self::NotRead(NotRead::Receipts { .. }) => "receipts",
            Self::NotRead(NotRead::Corrections { .. }) => "corrections",
            Self::NotRead(NotRead::Document) => "document",
            Self::NotRead(NotRead::Temporary) => "temporary",
        }
    }

    /// For people.
    pub fn words(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Read(status), lang) => status.words(lang),
            (Self::NotRead(NotRead::Receipts { .. }), Lang::Vi) => "sổ nhận báo cáo",
            (Self::NotRead(NotRead::Receipts { .. }), Lang::En) => "the register of receipts",
            (Self::NotRead(NotRead::Corrections { .. }), Lang::Vi) => "sổ sửa số liệu",
            (Self::NotRead(NotRead::Corrections { .. }), Lang::En) => "the register of corrections",
            (Self::NotRead(NotRead::Document), Lang::Vi) => "văn bản kèm theo, không đọc số liệu",
            (Self::NotRead(NotRead::Document), Lang::En) => "a document, not read",
            (Self::NotRead(NotRead::Temporary), Lang::Vi) => "tệp tạm hoặc tệp ẩn, không đọc",
            (Self::NotRead(NotRead::Temporary), Lang::En) => "a temporary or hidden file, not read",
        }
    }
}

/// A file is as good as its submissions together; an error that stands in none of them costs
/// something of the file, too.
fn of_file(statuses: &[SubmissionStatus], has_error: bool, has_warning: bool) -> SubmissionStatus {
    use SubmissionStatus::{Accepted, AcceptedWithWarnings, Contested, PartlyAccepted, Rejected, Superseded};
    let any = |wanted: SubmissionStatus| statuses.contains(&wanted);
    if !statuses.iter().any(|status| status.counts()) {
        return if any(Contested) {
            Contested
        } else if any(Superseded) && !has_error {
            Superseded
        } else {
            Rejected
        };
    }
    if has_error || any(PartlyAccepted) || any(Rejected) || any(Contested) {
        PartlyAccepted
    } else if has_warning || any(AcceptedWithWarnings) {
        AcceptedWithWarnings
    } else {
        Accepted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_as_good_as_its_submissions_together() {
        check(
            "submissions                            issues   the file
             accepted                               none     accepted
             accepted                               explained accepted               // the warnings were justified
             accepted                               warning  accepted_with_warnings  // a sheet that no form is
             accepted_with_warnings                 warning  accepted_with_warnings
             accepted accepted_with_warnings        warning  accepted_with_warnings
             partly_accepted                        error    partly_accepted
             accepted                               error    partly_accepted         // a sheet of an unknown unit
             accepted rejected                      error    partly_accepted
             accepted contested                     error    partly_accepted
             accepted superseded                    warning  accepted_with_warnings
             superseded                             warning  superseded
             superseded rejected                    error    rejected
             contested superseded                   error    contested
             rejected                               error    rejected
             -                                      error    rejected                // not a spreadsheet",
        );
    }

    #[track_caller]
    fn check(table: &str) {
        for line in table.lines().skip(1) {
            let line = line.split("//").next().expect("a line");
            let words: Vec<&str> = line.split_whitespace().collect();
            let [statuses @ .., issues, expected] = words.as_slice() else { panic!("{line}") };
            let statuses: Vec<SubmissionStatus> = statuses
                .iter()
                .filter(|word| **word != "-")
                .map(|word| SubmissionStatus::parse(word).expect("a status"))
                .collect();
            let status = of_file(&statuses, *issues == "error", *issues == "warning");
            assert_eq!(status.as_str(), *expected, "{line}");
        }
    }
}
