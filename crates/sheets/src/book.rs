//! What a spreadsheet is to the rest of the program.

use thidua_model::{CellRef, DateTime, Text};

/// A workbook as read: its cells, and of its styles only what changes a cell's meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    pub format: Format,
    pub sheets: Vec<Sheet>,
    /// What the sender should know though the file was read; capped at [`crate::Limits::notes`].
    pub notes: Vec<Note>,
    /// Notes beyond the cap.
    pub more_notes: u32,
}

/// Told by content, never by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
    /// An OpenDocument spreadsheet as one XML file (`.fods`).
    FlatOds,
    /// Excel 2003 XML, usually named `.xls`.
    SpreadsheetMl,
    /// Tables of a web page, usually named `.xls`.
    Html,
    /// CSV or TSV.
    Delimited,
}

impl Format {
    /// Not what it is usually named: the sender should save it as `.xlsx`.
    pub const fn is_substitute(self) -> bool {
        matches!(self, Self::FlatOds | Self::SpreadsheetMl | Self::Html | Self::Delimited)
    }

    /// The usual name of the format, for people; the same in both languages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Xlsx => ".xlsx",
            Self::Xlsb => ".xlsb",
            Self::Xls => ".xls",
            Self::Ods => ".ods",
            Self::FlatOds => "OpenDocument XML (.fods)",
            Self::SpreadsheetMl => "Excel 2003 XML",
            Self::Html => "HTML",
            Self::Delimited => "CSV",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    pub name: Text,
    pub is_visible: bool,
    /// Non-empty cells and formulas, by row, then column; at most one for each position.
    pub cells: Vec<Cell>,
    /// The sheet is protected against edits; its cells are read all the same.
    pub is_protected: bool,
    pub hidden_rows: Spans,
    pub hidden_cols: Spans,
    /// Merged ranges, by their first cell; what is shown stands in that cell.
    pub merged: Vec<Area>,
    /// Names of fonts; [`Cell::font`] points here, 0 is "not known".
    pub fonts: Vec<Text>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub at: CellRef,
    pub value: CellValue,
    /// The cell holds a formula; `value` is its stored result.
    pub is_formula: bool,
    /// Shown as a percentage: the number 0.95 stands there as 95 %.
    pub is_percent: bool,
    /// Position in [`Sheet::fonts`]: text in a TCVN3 or VNI font is not Unicode.
    pub font: u16,
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

/// A rectangle of cells, both corners included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Area {
    pub first: CellRef,
    pub last: CellRef,
}

impl Area {
    pub const fn contains(&self, at: CellRef) -> bool {
        self.first.row <= at.row && at.row <= self.last.row && self.first.col <= at.col && at.col <= self.last.col
    }
}

/// Rows or columns as ranges, both ends included, ascending, apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spans(pub(crate) Vec<(u32, u32)>);

impl Spans {
    /// From ranges in any order; those that touch become one.
    pub fn of(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.sort_unstable();
        let mut spans: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match spans.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
                _ => spans.push((first, last)),
            }
        }
        Self(spans)
    }

    pub fn contains(&self, position: u32) -> bool {
        let after = self.0.partition_point(|&(first, _)| first <= position);
        after > 0 && position <= self.0[after - 1].1
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.0
    }
}

/// Something odd that was read all the same. Nothing is put right silently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The position is there twice; the first cell counts.
    CellTwice { sheet: Text, at: CellRef },
    /// The cell's own address cannot be read; it was left out.
    BadAddress { sheet: Text, found: Text },
    /// The cell names a text that the workbook does not hold; it became an error value.
    TextMissing { sheet: Text, at: CellRef },
    /// The workbook's list names the sheet, and its part is missing or broken; it has no cells here.
    SheetLost { sheet: Text },
    /// The program that wrote the file did not calculate: a stored 0 of a formula is not a result
    /// and became [`CellValue::Nothing`].
    NotCalculated,
    /// Bytes that are not of the file's encoding; each is shown as U+FFFD.
    BadEncoding { encoding: Text },
    /// The text was not Unicode and was read in this encoding.
    ReadInEncoding { encoding: Text },
}

/// Merged ranges that begin nearest above a cell, among which the one that holds it is looked for.
const NEAREST: usize = 500;

impl Sheet {
    pub fn at(&self, at: CellRef) -> Option<&Cell> {
        self.cells.binary_search_by_key(&at, |cell| cell.at).ok().map(|found| &self.cells[found])
    }

    /// Rows that have cells, top down.
    pub fn rows(&self) -> impl Iterator<Item = (u32, &[Cell])> {
        self.cells.chunk_by(|a, b| a.at.row == b.at.row).map(|cells| (cells[0].at.row, cells))
    }

    /// The merged range that holds the cell.
    pub fn merged_at(&self, at: CellRef) -> Option<&Area> {
        let end = self.merged.partition_point(|area| area.first <= at);
        self.merged[end.saturating_sub(NEAREST)..end].iter().rev().find(|area| area.contains(at))
    }

    /// The cell lies in a hidden row or column.
    pub fn is_hidden(&self, at: CellRef) -> bool {
        self.hidden_rows.contains(at.row) || self.hidden_cols.contains(at.col)
    }

    /// The font of the cell's text; of rich text, that of its first piece.
    pub fn font(&self, cell: &Cell) -> Option<&str> {
        self.fonts.get(usize::from(cell.font)).map(|name| &**name).filter(|name| !name.is_empty())
    }
}

impl CellValue {
    /// Nothing but spaces: on the screen the cell is empty.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_joined_and_searched() {
        let spans = Spans::of(vec![(9, 9), (1, 3), (4, 4), (2, 2), (12, u32::MAX)]);
        assert_eq!(spans.ranges(), [(1, 4), (9, 9), (12, u32::MAX)]);
        let found: Vec<u32> = (0..14).filter(|&row| spans.contains(row)).collect();
        assert_eq!(found, [1, 2, 3, 4, 9, 12, 13]);
    }
}
