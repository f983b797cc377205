//! A sheet as rows of readable texts, without what only looks like content.
//!
//! In:  a sheet whose texts are readable.
//! Out: its rows; which cells a heading stands over.
//!
//! Dots and strokes that are printed to be written over count as empty.

use thidua_model::CellRef;
use thidua_sheets::{Area, CellValue, Sheet};

/// Rows and cells that are looked at; a form has fewer.
const MAX_ROWS: usize = 4_000;
const MAX_CELLS: usize = 40_000;
/// Characters of a text that are kept.
const MAX_CHARS: usize = 1_000;

pub(crate) struct Grid<'s> {
    pub(crate) sheet: &'s Sheet,
    pub(crate) rows: Vec<Row>,
    /// Not everything was looked at.
    pub(crate) is_cut: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) at: u32,
    pub(crate) items: Vec<Item>,
}

/// A cell that shows something.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) at: CellRef,
    /// One line, without spaces around it.
    pub(crate) text: String,
    pub(crate) is_text: bool,
    pub(crate) is_formula: bool,
}

impl Item {
    /// It has letters: a heading or a label.
    pub(crate) fn has_words(&self) -> bool {
        self.is_text && self.text.chars().filter(|c| c.is_alphabetic()).count() >= 2
    }
}

impl<'s> Grid<'s> {
    pub(crate) fn new(sheet: &'s Sheet) -> Self {
        let mut rows = Vec::new();
        let is_cut = sheet.cells.len() > MAX_CELLS || sheet.rows().nth(MAX_ROWS).is_some();
        let mut left = MAX_CELLS;
        for (at, cells) in sheet.rows().take(MAX_ROWS) {
            let mut items = Vec::new();
            for cell in cells.iter().take(left) {
                let is_covered = sheet.merged_at(cell.at).is_some_and(|area| area.first != cell.at);
                let text = one_line(&cell.value.shown());
                if is_covered || (is_filler(&text) && !cell.is_formula) {
                    continue;
                }
                let is_text = matches!(cell.value, CellValue::Text(_));
                items.push(Item { at: cell.at, text, is_text, is_formula: cell.is_formula });
            }
            left = left.saturating_sub(cells.len());
            if !items.is_empty() {
                rows.push(Row { at, items });
            }
        }
        Self { sheet, rows, is_cut }
    }

    pub(crate) fn row(&self, at: u32) -> Option<&Row> {
        self.rows.binary_search_by_key(&at, |row| row.at).ok().map(|found| &self.rows[found])
    }

    pub(crate) fn item(&self, at: CellRef) -> Option<&Item> {
        self.row(at.row)?.items.iter().find(|item| item.at == at)
    }

    /// The cells that an item covers: its merged range, or itself.
    pub(crate) fn area(&self, at: CellRef) -> Area {
        self.sheet.merged_at(at).copied().unwrap_or(Area { first: at, last: at })
    }
}

impl Row {
    /// The first item of some columns.
    pub(crate) fn first_in(&self, columns: std::ops::RangeInclusive<u32>) -> Option<&Item> {
        self.items.iter().find(|item| columns.contains(&item.at.col))
    }
}

fn one_line(text: &str) -> String {
    let mut line = String::new();
    let mut chars = 0usize;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if chars > 0 {
            line.push(' ');
        }
        line.extend(word.chars().take(MAX_CHARS - chars.min(MAX_CHARS)));
        chars += word.chars().count() + 1;
        if chars >= MAX_CHARS {
            break;
        }
    }
    line
}

/// Dots, strokes and boxes to write over.
pub(crate) fn is_filler(text: &str) -> bool {
    let is_mark = |c: char| {
        matches!(c, '.' | '…' | '_' | '-' | '–' | '—' | '/' | ':' | '·' | '□' | '☐' | '(' | ')' | ';' | ',' | '|')
            || c.is_whitespace()
    };
    // A dash alone numbers a line; it is told by its column.
    text.is_empty() || (text.chars().all(is_mark) && !matches!(text, "-" | "–" | "—"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_to_be_written_over_is_empty() {
        for (text, expected) in [("……", true), ("…/…/…", true), ("", true), ("-", false), ("x", false), ("0", false)]
        {
            assert_eq!(is_filler(text), expected, "{text}");
        }
        assert_eq!(one_line("Số\n lượng\t "), "Số lượng");
    }
}
