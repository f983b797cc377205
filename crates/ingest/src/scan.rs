//! One sheet with the key of every text, and the account of what each cell turned out to be.
//!
//! In:  a sheet whose texts are readable (`legacy`).
//! Out: the same cells with keys; later, how many were read, belong to the form, or lie outside.

use crate::plan::Plan;
use thidua_model::{CellRef, Issue, ReadingAccount, Text};
use thidua_sheets::{Area, Cell, CellValue, Sheet};
use thidua_texts::labels::{Key, Known};
use thidua_texts::legacy::Readable;

/// Rows in which headings with a slip are looked for.
const HEAD_ROWS: u32 = 40;
/// Texts with `?` for letters that are looked up; a form has fewer lines.
const MAX_LOSSY: usize = 500;

pub(crate) struct Scan<'s> {
    /// Texts are readable here, whatever their encoding was.
    pub(crate) sheet: &'s Sheet,
    readable: &'s Readable<'s>,
    /// Aligned with the sheet's cells.
    pub(crate) keys: Vec<Option<Key>>,
    roles: Vec<Role>,
    /// Cells known as a text of the definition though they lost letters.
    lossy: Vec<usize>,
    /// Cells beside the page that hold something: the form's own.
    pub(crate) aside: u32,
}

/// A number that can be the heading of a column: `2014`.
fn is_year(number: f64) -> bool {
    (1990.0..=2100.0).contains(&number) && number.fract() == 0.0
}

/// What a cell turned out to be; a later, stronger claim replaces a weaker one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Outside,
    /// Heading, label, TT, measure, note.
    Template,
    Read,
}

impl<'s> Scan<'s> {
    pub(crate) fn new(readable: &'s Readable<'s>, plan: &Plan<'_>) -> Self {
        let sheet = &*readable.sheet;
        let mut lossy = Vec::new();
        let mut looked_up = 0;
        let key_of = |(at, cell): (usize, &Cell)| {
            let text = match &cell.value {
                CellValue::Text(text) => text,
                CellValue::Number(year) if is_year(*year) && cell.at.row < HEAD_ROWS => {
                    return plan.words.find(&format!("{year}"), false).map(|(key, _)| key);
                }
                _ => return None,
            };
            looked_up += usize::from(text.contains(['?', '\u{FFFD}']));
            let (key, known) = plan.words.find(text, looked_up <= MAX_LOSSY)?;
            if known == Known::Lossy {
                lossy.push(at);
            }
            Some(key)
        };
        let keys = sheet.cells.iter().enumerate().map(key_of).collect();
        let mut scan = Self { sheet, readable, keys, roles: vec![Role::Outside; sheet.cells.len()], lossy, aside: 0 };
        scan.know_headings(plan);
        scan
    }

    /// Headings with a slip of the keyboard, in rows with two others: below them are values, which
    /// are compared with nothing.
    fn know_headings(&mut self, plan: &Plan<'_>) {
        let rows: Vec<std::ops::Range<usize>> =
            self.rows().take_while(|(row, _)| *row < HEAD_ROWS).map(|(_, cells)| cells).collect();
        for cells in rows {
            let is_heading = |at: usize| self.keys[at].is_some_and(|key| plan.words.is_heading(key));
            if cells.clone().filter(|&at| is_heading(at)).nth(1).is_some() {
                for at in cells.filter(|&at| self.keys[at].is_none()).collect::<Vec<_>>() {
                    self.keys[at] = self.text(at).and_then(|text| plan.words.heading_like(text));
                }
            }
        }
    }

    /// Positions of the cells of a row, left to right.
    pub(crate) fn row(&self, row: u32) -> std::ops::Range<usize> {
        let start = self.sheet.cells.partition_point(|cell| cell.at.row < row);
        let length = self.sheet.cells[start..].partition_point(|cell| cell.at.row == row);
        start..start + length
    }

    /// Each row that has cells, top down.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (u32, std::ops::Range<usize>)> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let row = self.sheet.cells.get(next)?.at.row;
            let length = self.sheet.cells[next..].partition_point(|cell| cell.at.row == row);
            let cells = next..next + length;
            next += length;
            Some((row, cells))
        })
    }

    pub(crate) fn find(&self, at: CellRef) -> Option<usize> {
        self.sheet.cells.binary_search_by_key(&at, |cell| cell.at).ok()
    }

    pub(crate) fn cell(&self, index: usize) -> &'s Cell {
        &self.sheet.cells[index]
    }

    /// The merged range that holds a cell.
    pub(crate) fn merged_at(&self, at: CellRef) -> Option<&'s Area> {
        self.sheet.merged_at(at)
    }

    /// The cell lies under a merged range: what is left in it, nobody sees.
    pub(crate) fn is_covered(&self, index: usize) -> bool {
        let at = self.cell(index).at;
        self.merged_at(at).is_some_and(|area| area.first != at)
    }

    /// The text of a cell as it stands in the file, where it is not the readable one.
    pub(crate) fn raw(&self, index: usize) -> Option<&'s Text> {
        self.readable.raw(index)
    }

    /// What the sender should know of the encoding of this sheet.
    pub(crate) fn text_issues(&self, file: &Text) -> Vec<Issue> {
        self.readable.issues(file, &self.lossy)
    }

    /// Issues of this sheet quote what stands in the file, not what it was converted to.
    pub(crate) fn quote(&self, issues: &mut [Issue]) {
        self.readable.quote(issues);
    }

    /// The readable text of a cell without spaces around it; `None` for anything else.
    pub(crate) fn text(&self, index: usize) -> Option<&'s str> {
        match &self.sheet.cells[index].value {
            CellValue::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    pub(crate) fn claim(&mut self, index: usize, role: Role) {
        self.roles[index] = self.roles[index].max(role);
    }

    /// Every text that the definition knows belongs to the form, wherever it stands, and so does
    /// the line of place and date.
    pub(crate) fn claim_known(&mut self) {
        for index in 0..self.keys.len() {
            let is_date_line = || {
                self.text(index).is_some_and(|text| {
                    text.len() <= 240 && text.chars().count() <= 80 && {
                        let key = thidua_model::text::fold(text);
                        ["ngay", "thang", "nam"].iter().all(|word| key.contains(word))
                    }
                })
            };
            if self.roles[index] == Role::Outside && (self.keys[index].is_some() || is_date_line()) {
                self.roles[index] = Role::Template;
            }
        }
    }

    /// Adds up the sheet: every cell that holds more than spaces counts exactly once.
    pub(crate) fn account(&self) -> ReadingAccount {
        let mut account = ReadingAccount { template: self.aside, ..ReadingAccount::default() };
        for (cell, role) in self.sheet.cells.iter().zip(&self.roles).filter(|(cell, _)| !cell.value.is_blank()) {
            match role {
                Role::Read => {
                    account.read += 1;
                    account.formulas += u32::from(cell.is_formula && cell.value != CellValue::Nothing);
                }
                Role::Template => account.template += 1,
                Role::Outside => account.outside.push(cell.at),
            }
        }
        account
    }
}
