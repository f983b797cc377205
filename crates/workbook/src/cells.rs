//! One cell on a worksheet, the same for both writers of the book.
//!
//! In:  a cell, where it stands, its format.
//! Out: a cell of rust_xlsxwriter; texts are never taken for formulas.

use crate::WorkbookError;
use crate::anchors::Anchors;
use crate::style::Kind;
use crate::table::{Cell, serial};
use rust_xlsxwriter::{Format, Formula, Url, Worksheet};

/// Longest text that a cell can hold.
const MAX_TEXT: usize = 32_767;
/// Links that a sheet can hold; what goes beyond stays a text.
const MAX_LINKS: u32 = 65_000;

/// Where the links of a sheet lead, and how many it has.
pub(crate) struct Links<'a> {
    anchors: &'a Anchors,
    written: u32,
}

impl<'a> Links<'a> {
    pub(crate) fn of(anchors: &'a Anchors) -> Self {
        Self { anchors, written: 0 }
    }

    /// Writes a cell whose jumps lead to their anchors, as far as there is room for links.
    pub(crate) fn put(
        &mut self,
        out: &mut Worksheet,
        cell: &Cell,
        at: (u32, u16),
        format: &Format,
    ) -> Result<(), WorkbookError> {
        let Cell::Jump(text, anchor) = cell else { return put(out, cell, at, format) };
        let Some(url) = self.anchors.find(anchor).filter(|_| self.written < MAX_LINKS) else {
            return put(out, cell, at, format);
        };
        self.written += 1;
        out.write_url_with_format(at.0, at.1, Url::new(url).set_text(clipped(text)), format)?;
        Ok(())
    }
}

/// Writes a cell; a jump, which leads nowhere here, is its text.
pub(crate) fn put(
    out: &mut Worksheet,
    cell: &Cell,
    (row, col): (u32, u16),
    format: &Format,
) -> Result<(), WorkbookError> {
    match cell {
        Cell::Gap => out,
        Cell::Drawing => out.write_blank(row, col, format)?,
        Cell::Text(text) | Cell::Indented(_, text) | Cell::Centre(text) | Cell::Word(text) | Cell::Jump(text, _) => {
            out.write_string_with_format(row, col, clipped(text), format)?
        }
        Cell::Number(value, _) | Cell::Percent(value, _) => out.write_number_with_format(row, col, *value, format)?,
        Cell::Live(formula, gives) => {
            let formula = formula.replace("{r}", &(row + 1).to_string());
            out.write_formula_with_format(row, col, Formula::new(formula).set_result(result(gives)), format)?
        }
        Cell::Link(text, url) => out.write_url_with_format(row, col, Url::new(url).set_text(clipped(text)), format)?,
        Cell::Time(at) => {
            let minutes = f64::from(at.hour()) * 60.0 + f64::from(at.minute());
            out.write_number_with_format(row, col, serial(at.date()) + minutes / 1440.0, format)?
        }
        Cell::Date(date) | Cell::ShortDate(date) => out.write_number_with_format(row, col, serial(*date), format)?,
    };
    Ok(())
}

pub(crate) const fn kind(cell: &Cell) -> Kind {
    match cell {
        Cell::Text(_) | Cell::Indented(..) => Kind::Text,
        Cell::Centre(_) => Kind::Centre,
        Cell::Word(_) | Cell::Gap | Cell::Drawing => Kind::Word,
        Cell::Number(_, decimals) => Kind::Number(*decimals),
        Cell::Percent(_, decimals) => Kind::Percent(*decimals),
        Cell::Date(_) => Kind::Date,
        Cell::ShortDate(_) => Kind::ShortDate,
        Cell::Time(_) => Kind::Time,
        Cell::Link(..) | Cell::Jump(..) => Kind::Link,
        Cell::Live(_, gives) => kind(gives),
    }
}

/// What a formula gives, as the file keeps it.
fn result(cell: &Cell) -> String {
    match cell {
        Cell::Number(value, _) | Cell::Percent(value, _) => value.to_string(),
        Cell::Date(date) | Cell::ShortDate(date) => serial(*date).to_string(),
        cell => cell.wrapped().unwrap_or_default().to_owned(),
    }
}

pub(crate) fn clipped(text: &str) -> String {
    if text.chars().count() <= MAX_TEXT {
        return text.to_owned();
    }
    text.chars().take(MAX_TEXT - 1).chain(['…']).collect()
}
