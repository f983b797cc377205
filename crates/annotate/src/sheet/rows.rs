//! The rows of a worksheet while they come by: other styles on cells that are there, cells that are not.
//!
//! In:  the tags of rows and cells, in order.
//! Out: their changes, added to the pass.

use super::{Pass, Row};
use crate::Unfit;
use crate::xml::{Kind, Step, Walk, opened, with_attr, without_attr};
use thidua_model::CellRef;

impl<'t> Pass<'t, '_> {
    pub(super) fn begin_row(&mut self, step: &Step<'t>) -> Result<(), Unfit> {
        // A row inside a row, or one that never ends, is no row of a spreadsheet.
        if self.row.is_some() {
            return Err(Unfit);
        }
        if let Some(row) = step.attr("r").and_then(|row| row.trim().parse::<u64>().ok()?.checked_sub(1)) {
            self.next = CellRef::new(u32::try_from(row).unwrap_or(u32::MAX), 0);
        }
        let number = self.next.row;
        if number > self.placed {
            for place in self.rows.range_mut(self.placed..number).map(|(_, place)| place) {
                place.get_or_insert(step.range.start);
            }
            self.placed = number;
        }
        let is_formatted = step.attr("customFormat").is_some_and(|value| matches!(&*value, "1" | "true"));
        let style = step.attr("s").filter(|_| is_formatted).and_then(|style| style.trim().parse().ok());
        let cells = self.rows.remove(&number).and_then(|_| self.wanted.get(&number));
        let missing = cells.into_iter().flatten().map(|(&col, _)| (col, None)).collect();
        let row = Row { number, tag: step.range.clone(), style: style.unwrap_or(u32::MAX), missing };
        if step.kind == Kind::Open {
            self.row = Some(row);
            return Ok(());
        }
        if !row.missing.is_empty() {
            let cells: String = self.missing(&row).into_iter().map(|(_, cell)| cell).collect();
            let tag = self.spanning(&row, &opened(step.raw));
            self.splice.replace(step.range.clone(), format!("{tag}{cells}</{}row>", self.prefix));
        }
        self.next = CellRef::new(self.next.row.saturating_add(1), 0);
        Ok(())
    }

    pub(super) fn end_row(&mut self, end: usize) -> Result<(), Unfit> {
        let Some(row) = self.row.take() else { return Ok(()) };
        if !row.missing.is_empty() {
            let tag = &self.text[row.tag.clone()];
            let spanning = self.spanning(&row, tag);
            if spanning != tag {
                self.splice.replace(row.tag.clone(), spanning);
            }
            for (place, cell) in self.missing(&row) {
                self.splice.insert(place.unwrap_or(end), cell);
            }
        }
        self.next = CellRef::new(self.next.row.saturating_add(1), 0);
        Ok(())
    }

    /// The tag of a row whose stated columns hold the new cells, too.
    fn spanning(&self, row: &Row, tag: &str) -> String {
        let Some(spans) = crate::xml::attr(tag, "spans") else { return tag.to_owned() };
        let parsed = spans.split_once(':').and_then(|(first, last)| Some((first.parse().ok()?, last.parse().ok()?)));
        let Some((first, last)) = parsed else { return without_attr(tag, "spans") };
        let (low, high): (u32, u32) =
            row.missing.keys().fold((first, last), |(low, high), &col| (low.min(col + 1), high.max(col + 1)));
        if (low, high) == (first, last) { tag.to_owned() } else { with_attr(tag, "spans", &format!("{low}:{high}")) }
    }

    /// The cells that a row lacks, with the places where they belong.
    fn missing(&mut self, row: &Row) -> Vec<(Option<usize>, String)> {
        let mut cells = Vec::new();
        for (&col, &place) in &row.missing {
            cells.extend(self.new_cell(CellRef::new(row.number, col), row.style).map(|cell| (place, cell)));
        }
        cells
    }

    /// An empty cell in the look of its row or column, outlined.
    pub(super) fn new_cell(&mut self, at: CellRef, of_row: u32) -> Option<String> {
        let &(level, sides) = self.wanted.get(&at.row)?.get(&at.col)?;
        let of_column = || {
            self.columns.iter().find(|(first, last, _)| (*first..=*last).contains(&at.col)).map(|(_, _, style)| *style)
        };
        let style = if of_row == u32::MAX { of_column().unwrap_or(0) } else { of_row };
        let style = self.styles.outlined(style, level, sides)?;
        Some(format!("<{}c r=\"{at}\" s=\"{style}\"/>", self.prefix))
    }

    pub(super) fn cell(&mut self, step: &Step<'t>, walk: &mut Walk<'t>) -> Result<(), Unfit> {
        let Some(row) = &mut self.row else { return Err(Unfit) };
        let at = match step.attr("r") {
            Some(address) => CellRef::parse(address.trim()),
            None => Some(self.next),
        };
        walk.whole(step)?;
        let Some(at) = at else {
            self.next.col = self.next.col.saturating_add(1);
            return Ok(());
        };
        self.next = CellRef::new(at.row, at.col.saturating_add(1));
        if at.row == row.number {
            // Columns to the left that have no place yet belong before this cell.
            for place in row.missing.range_mut(..at.col).map(|(_, place)| place).rev() {
                if place.is_some() {
                    break;
                }
                *place = Some(step.range.start);
            }
        }
        let style = step.attr("s").and_then(|style| style.trim().parse().ok()).unwrap_or(0);
        let wanted = (at.row == row.number && row.missing.remove(&at.col).is_some())
            .then(|| self.wanted.get(&at.row).and_then(|cells| cells.get(&at.col)))
            .flatten();
        let new = match wanted {
            Some(&(level, sides)) => self.styles.outlined(style, level, sides),
            None => self.styles.restored(style),
        };
        if let Some(new) = new {
            self.splice.replace(step.range.clone(), with_attr(step.raw, "s", &new.to_string()));
        }
        Ok(())
    }
}
