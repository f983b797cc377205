//! Files are read and checked as a run reads them, and nothing is stored.
//!
//! In:  a campaign folder and the files that somebody wants to send, or received.
//! Out: for each file what would become of it, its issues, and the account of its cells.
//!
//! What stands in several of the files is compared as in a run; what is not among them is missed by
//! nobody: what computing finds (reports that never came) belongs to a run.
//!
//! Not here: printing (`cli`), the report as a workbook (`workbook`).

mod account;
mod annotated;
mod chosen;
mod groups;
mod links;
mod status;
mod values;

pub use account::FileAccount;
pub use annotated::{Annotator, marks};
pub use groups::{Group, Level, Mistake, groups};
pub use status::{FileStatus, NotRead};
pub use values::ReadValue;

use crate::PipelineError;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use thidua_campaign::Campaign;
use thidua_ingest::{Inbox, IngestOptions, Progress, RECEIPTS};
use thidua_model::intake::FileRecord;
use thidua_model::{DateTime, Issue, IssueKind, Severity, Submission, Text};
use thidua_sheets::ReaderCommand;
use thidua_workbook::ReportedIssue;

/// What to check.
#[derive(Debug, Clone)]
pub struct Check<'a> {
    pub campaign: &'a Path,
    /// Files, or folders with all that lies below them. A file called `received.csv` is the register
    /// of receipts.
    pub files: &'a [PathBuf],
    /// Files read at the same time; 0 takes the number of processors. Never changes a result.
    pub jobs: usize,
    /// The program that reads workbooks in child processes; `None` reads them in this process.
    pub reader: Option<ReaderCommand>,
}

/// What was found.
#[derive(Debug)]
pub struct Validated {
    pub campaign: Campaign,
    /// In order of name.
    pub files: Vec<Checked>,
    /// Where each file lies.
    pub paths: BTreeMap<Text, PathBuf>,
}

/// One file.
#[derive(Debug)]
pub struct Checked {
    pub record: FileRecord,
    pub status: FileStatus,
    /// In order of their sheets.
    pub submissions: Vec<Submission>,
    /// Aligned with the submissions, down the sheet.
    pub values: Vec<Vec<ReadValue>>,
    /// In order of sheet, cell, code.
    pub issues: Vec<Issue>,
    /// `None` for what was not opened as a workbook.
    pub account: Option<FileAccount>,
}

impl Checked {
    pub fn count(&self, severity: Severity) -> usize {
        self.issues.iter().filter(|issue| issue.severity() == severity).count()
    }

    /// When it arrived, as the receipts say.
    pub fn received_at(&self) -> Option<DateTime> {
        self.submissions.iter().filter_map(|submission| submission.received_at).min()
    }
}

impl Validated {
    /// Everything of every file would be used.
    pub fn is_accepted(&self) -> bool {
        self.files.iter().all(|file| file.status.is_fine())
    }

    /// All issues as a workbook that will lie at `at`: its links lead to the files from there.
    ///
    /// # Errors
    /// More issues than a sheet has rows.
    pub fn report(&self, at: &Path) -> Result<Vec<u8>, PipelineError> {
        let issues = self.files.iter().flat_map(|file| {
            let link = self.paths.get(&file.record.name).and_then(|path| links::from_to(at, path));
            let received_at = file.received_at();
            file.issues.iter().map(move |issue| ReportedIssue { issue, received_at, link: link.clone() })
        });
        Ok(thidua_workbook::issue_report(&self.campaign, self.files.len(), issues.collect())?)
    }
}

/// Reads and checks files.
///
/// # Errors
/// [`PipelineError`]: a broken definition, a file that cannot be read from the disk. What is wrong
/// inside a file is an issue of it.
pub fn validate(check: &Check<'_>, progress: &(dyn Fn(Progress) + Sync)) -> Result<Validated, PipelineError> {
    let campaign = thidua_campaign::load(check.campaign)?;
    let (inbox, paths) = chosen::inbox(check.files)?;
    let how = IngestOptions { jobs: check.jobs, reader: check.reader.clone(), ..IngestOptions::default() };
    let files = check_inbox(&campaign, &inbox, &how, progress)?;
    Ok(Validated { files, campaign, paths })
}

/// The same for files that a caller already holds, in order of name.
///
/// # Errors
/// As [`validate`].
pub fn check_inbox(
    campaign: &Campaign,
    inbox: &Inbox,
    how: &IngestOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<Checked>, PipelineError> {
    let intake = thidua_ingest::ingest(campaign, inbox, how, progress)?;
    let values = values::of(&intake);
    let mut issues: BTreeMap<Text, Vec<Issue>> = BTreeMap::new();
    for issue in intake.issues {
        // The receipts tell of a whole period's files, of which these are a choice.
        if matches!(issue.kind, IssueKind::FileMissing { .. }) {
            continue;
        }
        let file = issue.place.file().cloned().unwrap_or_else(|| RECEIPTS.into());
        issues.entry(file).or_default().push(issue);
    }
    let mut submissions: BTreeMap<Text, (Vec<Submission>, Vec<Vec<ReadValue>>)> = BTreeMap::new();
    for (submission, values) in intake.submissions.into_iter().zip(values) {
        let (submissions, all) = submissions.entry(submission.file.clone()).or_default();
        submissions.push(submission);
        all.push(values);
    }
    let files = intake.files.into_iter().zip(intake.books).map(|(record, book)| {
        let (submissions, values) = submissions.remove(&record.name).unwrap_or_default();
        let issues = issues.remove(&record.name).unwrap_or_default();
        let account = book.map(|book| FileAccount::of(&book, &submissions));
        let status = FileStatus::of(&record.name, &submissions, &issues);
        Checked { record, status, submissions, values, issues, account }
    });
    Ok(files.collect())
}
