//! One sheet with the key of every text, and the account of what each cell turned out to be.
//!
//! In:  a sheet.
//! Out: the same cells with keys; later, how many were read, belong to the form, or lie outside.

use crate::plan::Plan;
use crate::vocabulary::Key;
use thidua_model::{CellRef, ReadingAccount};
use thidua_sheets::{Cell, CellValue, Sheet};

pub(crate) struct Scan<'s> {
    pub(crate) sheet: &'s Sheet,
    /// Aligned with the sheet's cells.
    pub(crate) keys: Vec<Option<Key>>,
    roles: Vec<Role>,
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
    pub(crate) fn new(sheet: &'s Sheet, plan: &Plan<'_>) -> Self {
        let keys = sheet
            .cells
            .iter()
            .map(|cell| match &cell.value {
                CellValue::Text(text) => plan.words.key(text),
                _ => None,
            })
            .collect();
        Self { sheet, keys, roles: vec![Role::Outside; sheet.cells.len()] }
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

    /// The text of a cell without spaces around it; `None` for anything else.
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
                    text.chars().count() <= 80 && {
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

    /// Adds up the sheet: every cell counts exactly once.
    pub(crate) fn account(&self) -> ReadingAccount {
        let mut account = ReadingAccount::default();
        for (cell, role) in self.sheet.cells.iter().zip(&self.roles) {
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
