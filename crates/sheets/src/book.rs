//! What a spreadsheet is to the rest of the program.

use thidua_model::{CellRef, DateTime, Text};

/// A workbook as read: its cells, nothing of its styles.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    pub format: Format,
    pub sheets: Vec<Sheet>,
}

/// Told by content, never by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    pub name: Text,
    pub is_visible: bool,
    /// Non-empty cells and formulas, by row, then column; at most one for each position.
    pub cells: Vec<Cell>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub at: CellRef,
    pub value: CellValue,
    /// The cell holds a formula; `value` is its stored result.
    pub is_formula: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// Finite; whole numbers are exact up to 2^53.
    Number(f64),
    /// Never empty; as it was typed, spaces included.
    Text(Text),
    Bool(bool),
    /// A cell with a date format.
    Date(DateTime),
    /// `#N/A`, `#REF!`, ...
    Error(Text),
    /// A formula without a stored result.
    Nothing,
}

impl Sheet {
    pub fn at(&self, at: CellRef) -> Option<&Cell> {
        self.cells.binary_search_by_key(&at, |cell| cell.at).ok().map(|found| &self.cells[found])
    }

    /// Rows that have cells, top down.
    pub fn rows(&self) -> impl Iterator<Item = (u32, &[Cell])> {
        self.cells.chunk_by(|a, b| a.at.row == b.at.row).map(|cells| (cells[0].at.row, cells))
    }
}

impl CellValue {
    /// The value as a person would retype it; dates as dd/mm/yyyy.
    pub fn shown(&self) -> String {
        match self {
            Self::Number(number) => format!("{number}"),
            Self::Text(text) | Self::Error(text) => text.to_string(),
            Self::Bool(true) => "TRUE".to_owned(),
            Self::Bool(false) => "FALSE".to_owned(),
            Self::Date(at) => thidua_model::date::dmy(at.date()),
            Self::Nothing => String::new(),
        }
    }
}
