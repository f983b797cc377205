//! Where every non-empty cell of a file went.
//!
//! In:  the sheets of a workbook, and its submissions with their reading accounts.
//! Out: one account whose parts add up to all non-empty cells.

use std::collections::BTreeSet;
use thidua_model::intake::BookAccount;
use thidua_model::{CellRef, Submission, Text};

/// `read + template + outside + unused + own = cells`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileAccount {
    /// All non-empty cells of all sheets.
    pub cells: u64,
    /// Cells that gave a value, or were refused with an issue.
    pub read: u64,
    /// Cells of the forms themselves: headings, labels, notes.
    pub template: u64,
    /// Cells on the sheets of forms and lists that belong to no field.
    pub outside: Vec<(Text, CellRef)>,
    /// Sheets that were not used, with their non-empty cells.
    pub unused: Vec<(Text, u64)>,
    /// Cells of the hidden sheets that this program writes into its blank forms.
    pub own: u64,
    /// Input cells that were empty; they are in no sum.
    pub empty: u64,
    /// Of `read`: values taken from the stored result of a formula.
    pub formulas: u64,
}

impl FileAccount {
    pub(super) fn of(book: &BookAccount, submissions: &[Submission]) -> Self {
        let mut account = Self::default();
        let mut closed: BTreeSet<&Text> = BTreeSet::new();
        for submission in submissions {
            let part = &submission.account;
            account.read += u64::from(part.read);
            account.template += u64::from(part.template);
            account.empty += u64::from(part.empty);
            account.formulas += u64::from(part.formulas);
            account.outside.extend(part.outside.iter().map(|cell| (submission.sheet.clone(), *cell)));
            account.outside.extend(part.outside_lists.iter().cloned());
            closed.extend(&part.sheets);
        }
        for sheet in &book.sheets {
            let cells = u64::from(sheet.cells);
            account.cells += cells;
            if sheet.is_own {
                account.own += cells;
            } else if cells > 0 && !closed.contains(&sheet.name) {
                account.unused.push((sheet.name.clone(), cells));
            }
        }
        account
    }

    /// The parts together; equal to `cells`.
    pub fn sum(&self) -> u64 {
        let unused: u64 = self.unused.iter().map(|(_, cells)| cells).sum();
        self.read + self.template + self.outside.len() as u64 + unused + self.own
    }
}
