//! What one sheet, and one file, gave before versions are settled and values are compared.

use serde::{Deserialize, Serialize};
use thidua_model::intake::{BookAccount, FileRecord};
use thidua_model::{
    CellRef, DateTime, FactMark, FieldIx, Issue, IssueKind, ListValue, PeriodIx, ReadingAccount, Severity, Text, UnitIx,
};

/// Everything read from one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct FileReading {
    pub(crate) record: FileRecord,
    /// `None` until it was opened as a workbook.
    pub(crate) book: Option<BookAccount>,
    pub(crate) drafts: Vec<Draft>,
    /// Issues of the file and of sheets that gave no submission.
    pub(crate) issues: Vec<Issue>,
    /// Contradictions already reported of a unit: every sheet of a workbook repeats them.
    pub(crate) doubts: Vec<(UnitIx, IssueKind)>,
}

/// A submission to be: one form's sheet with its lists, or a list that came alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Draft {
    pub(crate) file: Text,
    pub(crate) digest: Text,
    pub(crate) sheet: Text,
    /// Position in the campaign's forms.
    pub(crate) form: usize,
    /// A list that came in a file without its form: position in the form's lists.
    pub(crate) lone_list: Option<usize>,
    pub(crate) unit: UnitIx,
    pub(crate) period: PeriodIx,
    pub(crate) received_at: Option<DateTime>,
    pub(crate) is_rejected: bool,
    /// The visible sheet of which this hidden one is a copy, and how many cells differ.
    pub(crate) copy_of: Option<(Text, u32)>,
    /// Inputs that were found and are asked of the unit.
    pub(crate) asked: u32,
    pub(crate) account: ReadingAccount,
    pub(crate) entries: Vec<Entry>,
    pub(crate) words: Vec<Words>,
    /// What stands in the notes' column beside a field.
    pub(crate) notes: Vec<(FieldIx, Text)>,
    pub(crate) rows: Vec<DraftRow>,
    pub(crate) totals: Vec<DraftTotal>,
    pub(crate) issues: Vec<Issue>,
}

impl Draft {
    /// A whole form came in, and nobody filled in anything that it asks for.
    pub(crate) fn is_blank(&self) -> bool {
        let is_blank = |entry: &Entry| entry.mark == FactMark::Blank;
        self.lone_list.is_none()
            && self.asked > 0
            && self.entries.iter().all(is_blank)
            && self.words.is_empty()
            && self.rows.is_empty()
    }

    /// No cell of it can be used, and its issues say why.
    pub(crate) fn gives_nothing(&self) -> bool {
        let is_answer = |entry: &Entry| !matches!(entry.mark, FactMark::Blank | FactMark::Rejected);
        let has_error = || self.issues.iter().any(|issue| issue.severity() == Severity::Error);
        !self.entries.iter().any(is_answer) && self.words.is_empty() && self.rows.is_empty() && has_error()
    }
}

/// A field of the form as its cell was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) field: FieldIx,
    pub(crate) value: i64,
    pub(crate) mark: FactMark,
    pub(crate) cell: CellRef,
    /// The text of the cell where it says more than the value.
    pub(crate) raw: Option<Text>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Words {
    pub(crate) field: FieldIx,
    pub(crate) value: Text,
    pub(crate) cell: CellRef,
    /// The text of the cell where it was converted from an old encoding.
    pub(crate) raw: Option<Text>,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct DraftRow {
    /// Position in the form's lists.
    pub(crate) list: usize,
    pub(crate) sheet: Text,
    pub(crate) cell: CellRef,
    pub(crate) values: Vec<Option<ListValue>>,
    /// Cells as they were sent, where their values do not say it.
    pub(crate) raw: Option<Text>,
    /// The unit of each column that names one.
    pub(crate) units: Vec<(usize, UnitIx)>,
    /// Nothing of the row was refused: its values are all that it says.
    pub(crate) is_whole: bool,
    /// It says word for word what an earlier row of the list says: kept, and counted there.
    pub(crate) repeats: bool,
}

/// What the total of a list states of a column, where it can be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct DraftTotal {
    /// Position in the form's lists.
    pub(crate) list: usize,
    pub(crate) column: usize,
    pub(crate) sheet: Text,
    pub(crate) cell: CellRef,
    pub(crate) stated: i64,
    /// As it is written.
    pub(crate) found: Text,
}
