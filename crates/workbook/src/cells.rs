//! One cell on a worksheet, the same for both writers of the book.
//!
//! In:  a cell, where it stands, what it looks like.
//! Out: a cell of rust_xlsxwriter; texts are never taken for formulas.

use crate::WorkbookError;
use crate::anchors::Anchors;
use crate::brush::{Brush, Palette};
use crate::style::Kind;
use crate::table::{Cell, serial};
use rust_xlsxwriter::{Formula, Url, Worksheet};
use std::borrow::Cow;

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

    /// The link that a cell is, as far as there is room for links; a jump that leads nowhere is a text.
    fn of_cell(&mut self, cell: &Cell) -> Option<Url> {
        let (text, url) = match cell {
            Cell::Link(text, url) => (text, url.as_str()),
            Cell::Jump(text, anchor) => (text, self.anchors.find(anchor)?),
            _ => return None,
        };
        if self.written == MAX_LINKS {
            return None;
        }
        self.written += 1;
        Some(Url::new(url).set_text(clipped(text)))
    }
}

/// Writes a cell and leaves its look to the range that it becomes part of; only links take theirs at once.
pub(crate) fn put<P: Palette>(
    out: &mut Worksheet,
    cell: &Cell,
    (row, col): (u32, u16),
    key: P::Key,
    brush: &mut Brush<'_, P>,
) -> Result<(), WorkbookError> {
    if let Some(url) = brush.links.of_cell(cell) {
        out.write_url_with_format(row, col, url, brush.palette.format(key))?;
        return Ok(());
    }
    match cell {
        Cell::Gap => return Ok(()),
        Cell::Drawing => {}
        Cell::Text(text)
        | Cell::Indented(_, text)
        | Cell::Centre(text)
        | Cell::Word(text)
        | Cell::Jump(text, _)
        | Cell::Link(text, _) => drop(out.write_string(row, col, clipped(text))?),
        Cell::Number(value, _) | Cell::Percent(value, _) => drop(out.write_number(row, col, *value)?),
        Cell::Live(formula, gives) => {
            let formula = formula.replace("{r}", &(row + 1).to_string());
            out.write_formula(row, col, Formula::new(formula).set_result(result(gives)))?;
        }
        Cell::Time(at) => {
            let minutes = f64::from(at.hour()) * 60.0 + f64::from(at.minute());
            out.write_number(row, col, serial(at.date()) + minutes / 1440.0)?;
        }
        Cell::Date(date) | Cell::ShortDate(date) => drop(out.write_number(row, col, serial(*date))?),
    }
    brush.next(out, (row, col), key)
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

/// A text as long as a cell can hold; a longer one ends in `…`. Spreadsheets count in UTF-16.
pub(crate) fn clipped(text: &str) -> Cow<'_, str> {
    // No text has more of these than bytes.
    if text.len() <= MAX_TEXT || text.encode_utf16().count() <= MAX_TEXT {
        return Cow::Borrowed(text);
    }
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units < MAX_TEXT
    };
    Cow::Owned(text.chars().take_while(fits).chain(['…']).collect())
}
