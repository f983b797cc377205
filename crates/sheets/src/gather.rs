//! Collects the cells, notes and marks of a workbook under its limits, whatever the format.
//!
//! In:  what a reader of one format found, in any order.
//! Out: a [`Book`] whose promises hold: sorted cells, one for each position, inside the grid.

use crate::limits::{at_most, over};
use crate::{Area, Book, Cell, CellValue, Clock, Format, Limits, Note, Refusal, Sheet, Spans};
use std::collections::HashMap;
use thidua_model::issue::FileLimit;
use thidua_model::{CellRef, Text};

pub(crate) struct Gather<'l> {
    pub(crate) limits: &'l Limits,
    pub(crate) clock: Clock,
    sheets: Vec<Sheet>,
    cells: usize,
    notes: Vec<Note>,
    more_notes: u32,
}

/// One sheet while it is read.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) name: Text,
    pub(crate) is_visible: bool,
    pub(crate) is_protected: bool,
    cells: Vec<Cell>,
    hidden_rows: Vec<(u32, u32)>,
    hidden_cols: Vec<(u32, u32)>,
    merged: Vec<Area>,
}

impl Draft {
    pub(crate) fn new(name: impl Into<Text>, is_visible: bool) -> Self {
        Self { name: name.into(), is_visible, ..Self::default() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub(crate) fn hide_row(&mut self, row: u32) {
        match self.hidden_rows.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(row) => *last = row,
            _ => self.hidden_rows.push((row, row)),
        }
    }

    pub(crate) fn hide_rows(&mut self, first: u32, last: u32) {
        if first <= last {
            self.hidden_rows.push((first, last));
        }
    }

    pub(crate) fn hide_cols(&mut self, first: u32, last: u32) {
        if first <= last {
            self.hidden_cols.push((first, last));
        }
    }
}

/// A text that several cells share.
pub(crate) struct Shared {
    pub(crate) text: Text,
    /// Of the first piece of rich text; 0 leaves it to the cell's style.
    pub(crate) font: u16,
}

impl<'l> Gather<'l> {
    pub(crate) fn new(limits: &'l Limits) -> Self {
        let clock = Clock::start(limits);
        Self { limits, clock, sheets: Vec::new(), cells: 0, notes: Vec::new(), more_notes: 0 }
    }

    /// A note about the whole workbook is given once.
    pub(crate) fn note(&mut self, note: Note) {
        let is_of_workbook = matches!(note, Note::NotCalculated | Note::BadEncoding { .. });
        if is_of_workbook && self.notes.contains(&note) {
            return;
        }
        if self.notes.len() < self.limits.notes {
            self.notes.push(note);
        } else {
            self.more_notes = self.more_notes.saturating_add(1);
        }
    }

    pub(crate) fn sheet_count(&self, sheets: usize) -> Result<(), Refusal> {
        at_most(FileLimit::Sheets, sheets as u64, self.limits.sheets as u64)
    }

    /// Adds a cell; `None` is an empty one, kept only as a formula without a result.
    #[inline(always)]
    pub(crate) fn put(
        &mut self,
        draft: &mut Draft,
        at: CellRef,
        value: Option<CellValue>,
        is_formula: bool,
        look: Look,
    ) -> Result<(), Refusal> {
        let value = match value {
            Some(value) => value,
            None if is_formula => CellValue::Nothing,
            None => return Ok(()),
        };
        self.in_grid(at)?;
        self.cells += 1;
        if self.cells > self.limits.cells {
            return Err(over(FileLimit::Cells, self.cells as u64, self.limits.cells as u64));
        }
        draft.cells.push(Cell { at, value, is_formula, is_percent: look.is_percent, font: look.font });
        Ok(())
    }

    /// The value of a cell that points at a shared text; `None` for an empty one.
    #[inline(always)]
    pub(crate) fn shared(
        &mut self,
        draft: &Draft,
        at: CellRef,
        shared: Option<&Shared>,
        look: &mut Look,
    ) -> Option<CellValue> {
        let Some(shared) = shared else {
            self.note(Note::TextMissing { sheet: draft.name.clone(), at });
            return Some(CellValue::Error("#TEXT?".into()));
        };
        if shared.font != 0 {
            look.font = shared.font;
        }
        (!shared.text.is_empty()).then(|| CellValue::Text(shared.text.clone()))
    }

    #[inline]
    pub(crate) fn in_grid(&self, at: CellRef) -> Result<(), Refusal> {
        if at.row >= self.limits.rows {
            return Err(over(FileLimit::Rows, u64::from(at.row) + 1, u64::from(self.limits.rows)));
        }
        if at.col >= self.limits.cols {
            return Err(over(FileLimit::Columns, u64::from(at.col) + 1, u64::from(self.limits.cols)));
        }
        Ok(())
    }

    /// `None` for an empty text.
    #[inline]
    pub(crate) fn text(&self, text: &str) -> Result<Option<CellValue>, Refusal> {
        if text.is_empty() {
            return Ok(None);
        }
        self.fits(text)?;
        Ok(Some(CellValue::Text(text.into())))
    }

    #[inline]
    pub(crate) fn fits(&self, text: &str) -> Result<(), Refusal> {
        // Bytes bound characters from above, so that ordinary cells are not counted.
        if text.len() > self.limits.text_chars {
            at_most(FileLimit::CellText, text.chars().count() as u64, self.limits.text_chars as u64)?;
        }
        Ok(())
    }

    /// Merged ranges are cut to the grid; a single cell is none.
    pub(crate) fn merge(&mut self, draft: &mut Draft, first: CellRef, last: CellRef) -> Result<(), Refusal> {
        let last = CellRef::new(last.row.min(self.limits.rows - 1), last.col.min(self.limits.cols - 1));
        if first.row > last.row || first.col > last.col || first == last {
            return Ok(());
        }
        self.table_size(draft.merged.len() + 1)?;
        draft.merged.push(Area { first, last });
        Ok(())
    }

    /// Any table of a workbook grows under the same limit.
    pub(crate) fn table_size(&self, entries: usize) -> Result<(), Refusal> {
        at_most(FileLimit::Strings, entries as u64, self.limits.strings as u64)
    }

    pub(crate) fn finish_sheet(&mut self, mut draft: Draft, fonts: &[Text]) -> Result<(), Refusal> {
        self.sheet_count(self.sheets.len() + 1)?;
        self.clock.check()?;
        self.table_size(draft.hidden_rows.len().max(draft.hidden_cols.len()))?;
        if !draft.cells.is_sorted_by(|a, b| a.at < b.at) {
            // Stable: the first of two cells at one position stays the first.
            draft.cells.sort_by_key(|cell| cell.at);
            let mut twice = Vec::new();
            draft.cells.dedup_by(|later, first| {
                let is_twice = later.at == first.at;
                if is_twice {
                    twice.push(later.at);
                }
                is_twice
            });
            for at in twice {
                self.note(Note::CellTwice { sheet: draft.name.clone(), at });
            }
        }
        draft.cells.shrink_to_fit();
        draft.merged.sort_unstable();
        draft.merged.dedup();
        self.sheets.push(Sheet {
            name: draft.name,
            is_visible: draft.is_visible,
            cells: draft.cells,
            is_protected: draft.is_protected,
            hidden_rows: Spans::of(draft.hidden_rows),
            hidden_cols: Spans::of(draft.hidden_cols),
            merged: draft.merged,
            fonts: fonts.to_vec(),
        });
        Ok(())
    }

    pub(crate) fn finish(self, format: Format) -> Book {
        Book { format, sheets: self.sheets, notes: self.notes, more_notes: self.more_notes }
    }
}

/// What a cell's style says about its meaning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) is_percent: bool,
    pub(crate) font: u16,
}

/// Names of fonts, each once; position 0 is "not known".
pub(crate) struct Fonts {
    names: Vec<Text>,
    positions: HashMap<Text, u16>,
}

impl Fonts {
    pub(crate) fn new() -> Self {
        Self { names: vec![Text::from("")], positions: HashMap::new() }
    }

    /// Beyond 1,000 different fonts a name is not known: no report has them.
    pub(crate) fn add(&mut self, name: &str) -> u16 {
        let name = name.trim();
        if let Some(&known) = self.positions.get(name) {
            return known;
        }
        if name.is_empty() || self.names.len() > 1_000 || name.len() > 200 {
            return 0;
        }
        let (name, position) = (Text::from(name), self.names.len() as u16);
        self.names.push(name.clone());
        self.positions.insert(name, position);
        position
    }

    pub(crate) fn names(&self) -> &[Text] {
        &self.names
    }
}
