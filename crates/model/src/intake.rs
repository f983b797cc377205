//! What reading a folder of reports gives: submissions, facts, list rows, receipts and issues.

use crate::facts::{FieldIx, PeriodIx, Source, UnitIx};
use crate::{CellRef, DateTime, DocumentId, FactMark, FactStore, FieldId, FormId, Issue, Lang, ListId, Place, Text};
use serde::{Deserialize, Serialize};

/// Everything that was read, in one value. Positions (`UnitIx`, ...) refer to the campaign.
#[derive(Debug, Clone, Default)]
pub struct Intake {
    /// Every file of the inbox, in order of name; `received.csv` and `corrections.csv` included.
    pub files: Vec<FileRecord>,
    /// Aligned with `files`: the sheets of each; `None` for what was not opened as a workbook.
    /// Empty where nothing was read: an intake made of a release.
    pub books: Vec<Option<BookAccount>>,
    /// In order of file name, then sheet.
    pub submissions: Vec<Submission>,
    pub facts: FactStore,
    /// Facts that are words: plan numbers, difficulties, proposals.
    pub texts: Vec<TextFact>,
    pub lists: Vec<ListRow>,
    /// `None`: no `received.csv`; then "on time" is undecided everywhere.
    pub receipts: Option<Vec<Receipt>>,
    /// `None`: no `corrections.csv`. Every line of it that can be used, in order of the file.
    pub corrections: Option<Vec<Correction>>,
    /// Sorted by file, sheet, cell, code.
    pub issues: Vec<Issue>,
    /// What became of each rule, in order of form, rule and period.
    pub rules: Vec<RuleTally>,
}

/// How often one rule of one form held in one period. Units to which it does not apply are nowhere.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleTally {
    pub form: FormId,
    pub rule: Text,
    pub period: PeriodIx,
    pub passed: u32,
    /// It does not hold, and nobody has explained why.
    pub failed: u32,
    /// An input is missing: nothing is known, nothing is said.
    pub undecided: u32,
    /// It does not hold, and the sender gave the reason.
    pub explained: u32,
    /// The first failures in order of units, at most [`RuleTally::MOST_EXAMPLES`]; what nobody
    /// explained comes first.
    pub examples: Vec<Issue>,
}

impl RuleTally {
    pub const MOST_EXAMPLES: usize = 5;

    /// Units that the rule was asked of.
    pub fn units(&self) -> u32 {
        self.passed + self.failed + self.undecided + self.explained
    }
}

impl Intake {
    /// Forgets what reports of later periods say, for a run that ends earlier. That they arrived is
    /// still told: files, submissions and receipts stay.
    ///
    /// # Input
    /// `is_later`: an issue of this period is left out.
    pub fn keep_until(&mut self, last: PeriodIx, is_later: impl Fn(&crate::PeriodId) -> bool) {
        self.facts.keep_until(last);
        self.texts.retain(|text| text.period <= last);
        self.lists.retain(|row| row.period <= last);
        if let Some(corrections) = &mut self.corrections {
            corrections.retain(|correction| correction.period <= last);
        }
        self.issues.retain(|issue| !issue.period.as_ref().is_some_and(&is_later));
        self.rules.retain(|tally| tally.period <= last);
    }
}

impl Intake {
    /// The cell of a fact as a place; its sheet when the fact has no cell of its own (a list gave
    /// it), the campaign when it came from no file.
    pub fn place_of(&self, source: Source) -> Place {
        match self.submissions.get(source.submission as usize) {
            Some(from) if source.cell == CellRef::default() => {
                Place::Sheet { file: from.file.clone(), sheet: from.sheet.clone() }
            }
            Some(from) => Place::Cell { file: from.file.clone(), sheet: from.sheet.clone(), cell: source.cell },
            None => Place::Campaign,
        }
    }
}

/// One file as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Path below the inbox, with `/`.
    pub name: Text,
    /// Lower-case hex SHA-256 of the bytes.
    pub digest: Text,
    pub bytes: u64,
}

/// One unit's data for one form and period, in one sheet of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    pub file: Text,
    pub digest: Text,
    pub sheet: Text,
    pub form: FormId,
    pub version: Text,
    pub document: DocumentId,
    pub unit: UnitIx,
    pub period: PeriodIx,
    pub received_at: Option<DateTime>,
    pub status: SubmissionStatus,
    pub account: ReadingAccount,
}

/// What became of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SubmissionStatus {
    /// Nothing is wrong.
    Accepted,
    /// Every value is used; some ask for a second look.
    AcceptedWithWarnings,
    /// Some cells gave no fact.
    PartlyAccepted,
    /// It gave no fact at all: the wrong form or time for the unit, or no cell that can be used.
    Rejected,
    /// A later receipt of the same unit, form and period took its place.
    Superseded,
    /// Differing versions and no receipt that tells them apart: none counts.
    Contested,
}

impl SubmissionStatus {
    pub const ALL: [Self; 6] = [
        Self::Accepted,
        Self::AcceptedWithWarnings,
        Self::PartlyAccepted,
        Self::Rejected,
        Self::Superseded,
        Self::Contested,
    ];

    /// The inverse of [`SubmissionStatus::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
    /// For people.
    pub const fn words(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Accepted, Lang::Vi) => "được nhận",
            (Self::Accepted, Lang::En) => "accepted",
            (Self::AcceptedWithWarnings, Lang::Vi) => "được nhận, có cảnh báo",
            (Self::AcceptedWithWarnings, Lang::En) => "accepted with warnings",
            (Self::PartlyAccepted, Lang::Vi) => "nhận một phần",
            (Self::PartlyAccepted, Lang::En) => "partly accepted",
            (Self::Rejected, Lang::Vi) => "bị từ chối",
            (Self::Rejected, Lang::En) => "rejected",
            (Self::Superseded, Lang::Vi) => "đã có bản gửi sau thay thế",
            (Self::Superseded, Lang::En) => "superseded by a later version",
            (Self::Contested, Lang::Vi) => "có nhiều bản khác nhau, chưa dùng bản nào",
            (Self::Contested, Lang::En) => "several differing versions, none is used",
        }
    }
    /// Its facts are in the store.
    pub const fn counts(self) -> bool {
        matches!(self, Self::Accepted | Self::AcceptedWithWarnings | Self::PartlyAccepted)
    }
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::AcceptedWithWarnings => "accepted_with_warnings",
            Self::PartlyAccepted => "partly_accepted",
            Self::Rejected => "rejected",
            Self::Superseded => "superseded",
            Self::Contested => "contested",
        }
    }
}

/// What the sheets of one workbook hold, whatever became of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookAccount {
    pub sheets: Vec<SheetAccount>,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetAccount {
    pub name: Text,
    /// Non-empty cells; one that holds only spaces is empty.
    pub cells: u32,
    /// Written by this program for itself: identity, words of drop-down lists.
    pub is_own: bool,
}

/// Closes a form's sheet and its lists: `read + template + outside + outside_lists = ` all
/// non-empty cells. A cell that holds only spaces is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingAccount {
    /// Cells that gave a fact, a text or a list value, or were refused with an issue.
    pub read: u32,
    /// Input cells of the form that were empty.
    pub empty: u32,
    /// Cells of the form itself: headings, labels, TT, measures, notes.
    pub template: u32,
    /// Non-empty cells outside every field and label, by address.
    pub outside: Vec<crate::CellRef>,
    /// The same on the list sheets of the submission, with the sheet's name.
    pub outside_lists: Vec<(Text, crate::CellRef)>,
    /// Values taken from a formula's cached result.
    pub formulas: u32,
    /// The sheets that it closes.
    pub sheets: Vec<Text>,
}

/// A fact that is words.
#[derive(Debug, Clone, PartialEq)]
pub struct TextFact {
    pub unit: UnitIx,
    pub period: PeriodIx,
    pub field: FieldIx,
    pub value: Text,
    /// Present, or corrected.
    pub mark: FactMark,
    pub source: Source,
}

/// One row of a list; `values` are aligned with the columns of the list's definition.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRow {
    pub list: ListId,
    /// The unit that sent the list.
    pub unit: UnitIx,
    pub period: PeriodIx,
    pub submission: u32,
    pub place: Place,
    /// Zero-based row of the sheet.
    pub row: u32,
    pub values: Vec<Option<ListValue>>,
    /// Aligned with the list's flags: `None` when an input of the flag is missing.
    pub flags: Vec<Option<bool>>,
    /// What was sent, column by column, where the values do not say it:
    /// `Ngày bàn giao: 20.4.14; Đơn vị: Trường Hoa Mai`.
    pub raw: Option<Text>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ListValue {
    /// Numbers, flags (1 / 0) and dates (days since 1970-01-01).
    Int(i64),
    /// Text, and choices by their id.
    Text(Text),
}

/// A line of `received.csv`: something arrived. It is never itself a submission.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    pub unit: UnitIx,
    pub document: DocumentId,
    pub period: PeriodIx,
    /// Empty for a plan that came on paper.
    pub file: Option<Text>,
    pub received_at: DateTime,
}

/// A line of `corrections.csv`: somebody put another value in the place of one that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    pub unit: UnitIx,
    pub period: PeriodIx,
    pub form: FormId,
    pub field: FieldId,
    /// As it was written; empty: there was no value.
    pub old: Text,
    /// As it was written; empty: the value is taken out.
    pub new: Text,
    /// By whom.
    pub by: Text,
    pub at: DateTime,
    pub reason: Text,
    /// One-based line of the file.
    pub line: u32,
    pub state: CorrectionState,
}

/// What became of a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectionState {
    Applied,
    /// The same, where no cell was read: its line is the place of the value.
    AppliedWithoutCell,
    /// A later one of the same field counts.
    Overtaken,
    /// What is read now is not what was corrected.
    Stale,
    /// No report of the unit counts.
    NoReport,
}

/// What the caller decided about a run; part of the release's id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunOptions {
    /// Separates "missing" from "not yet due"; `None`: the last as-of date of the periods run.
    pub as_of: Option<crate::Date>,
    /// Only periods up to this one; `None`: all.
    pub period: Option<crate::PeriodId>,
    /// The register of units as it was on this date holds for every period; `None`: for each period
    /// as on its own as-of date.
    pub units_as_of: Option<crate::Date>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_status_is_read_back_as_itself() {
        for status in SubmissionStatus::ALL {
            assert_eq!(SubmissionStatus::parse(status.as_str()), Some(status));
        }
        assert_eq!(SubmissionStatus::parse("maybe"), None);
    }
}
