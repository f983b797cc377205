//! Gives cells their formats range by range: the library finds a format by hashing all of it, which costs more than
//! the cell itself.
//!
//! In:  cells as they are written, row after row, each with a key of its look.
//! Out: the formats of a worksheet, set once for all cells of a column that follow each other and look the same.

use crate::WorkbookError;
use crate::cells::Links;
use rust_xlsxwriter::{Format, Worksheet};

/// Formats by their keys.
pub(crate) trait Palette {
    type Key: Copy + PartialEq;

    fn format(&mut self, key: Self::Key) -> &Format;
}

/// What the cells of a sheet are written with.
pub(crate) struct Brush<'a, P: Palette> {
    pub(crate) palette: &'a mut P,
    pub(crate) links: Links<'a>,
    /// By column: cells that are written and not yet painted.
    open: Vec<Option<Range<P::Key>>>,
}

/// Cells of one column that look the same.
struct Range<K> {
    key: K,
    first: u32,
    last: u32,
}

impl<'a, P: Palette> Brush<'a, P> {
    pub(crate) fn new(palette: &'a mut P, links: Links<'a>) -> Self {
        Self { palette, links, open: Vec::new() }
    }

    /// The next cell of its column.
    pub(crate) fn next(&mut self, out: &mut Worksheet, at: (u32, u16), key: P::Key) -> Result<(), WorkbookError> {
        let (row, col) = at;
        let place = usize::from(col);
        if self.open.len() <= place {
            self.open.resize_with(place + 1, || None);
        }
        match &mut self.open[place] {
            Some(range) if range.key == key && range.last + 1 == row => {
                range.last = row;
                Ok(())
            }
            open => {
                let done = open.replace(Range { key, first: row, last: row });
                self.paint(out, col, done)
            }
        }
    }

    /// Paints what is still open; to be called after the last cell.
    pub(crate) fn finish(&mut self, out: &mut Worksheet) -> Result<(), WorkbookError> {
        for (range, col) in std::mem::take(&mut self.open).into_iter().zip(0u16..) {
            self.paint(out, col, range)?;
        }
        Ok(())
    }

    fn paint(&mut self, out: &mut Worksheet, col: u16, range: Option<Range<P::Key>>) -> Result<(), WorkbookError> {
        if let Some(Range { key, first, last }) = range {
            out.set_range_format(first, col, last, col, self.palette.format(key))?;
        }
        Ok(())
    }
}
