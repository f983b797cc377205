//! A plain table as a workbook: a line of headings and rows as they come.
//!
//! In:  names of columns, then rows of values.
//! Out: the bytes of an `.xlsx` with one sheet. A text is a text, whatever it begins with: nothing
//!      becomes a formula or a link.
//!
//! The whole sheet stands in memory until it is written; [`MAX_ROWS`] and [`MAX_CELLS`] bound it.
//!
//! Not here: the board's workbook, which is laid out for people (`write`).

use crate::cells::clipped;
use crate::style::{Kind, Look, Styles};
use crate::{WorkbookError, midnight};
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};
use std::io::Write;
use thidua_model::Date;

/// Most rows below the headings.
pub const MAX_ROWS: u32 = 200_000;
/// Most cells with a value, headings included; each takes about 300 bytes until the book is written.
pub const MAX_CELLS: u64 = 1_000_000;
/// Whole numbers beyond this are not exact in a spreadsheet, which keeps doubles.
const MAX_EXACT: u64 = 1 << 53;
/// Widest column, in characters.
const MAX_WIDTH: usize = 50;

/// A value of a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PlainValue<'a> {
    Missing,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(&'a str),
}

/// Why a row did not fit.
#[derive(Debug, thiserror::Error)]
pub enum PlainError {
    #[error("more than {MAX_ROWS} rows or {MAX_CELLS} cells")]
    TooLarge,
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
}

impl From<XlsxError> for PlainError {
    fn from(error: XlsxError) -> Self {
        Self::Workbook(error.into())
    }
}

/// A workbook that is being filled.
pub struct PlainBook {
    sheet: Worksheet,
    columns: Vec<String>,
    widths: Vec<usize>,
    rows: u32,
    cells: u64,
    as_of: Date,
}

impl PlainBook {
    /// `as_of` becomes the date of making, so that the same rows give the same bytes.
    ///
    /// # Errors
    /// More columns than a sheet has.
    pub fn new(columns: &[String], as_of: Date) -> Result<Self, PlainError> {
        let mut styles = Styles::default();
        let head = styles.look(Look::of(Kind::Head)).clone();
        let mut sheet = Worksheet::new();
        sheet.set_name("Dữ liệu")?;
        for (name, col) in columns.iter().zip(0_u16..) {
            sheet.write_string_with_format(0, col, name, &head)?;
        }
        let widths = columns.iter().map(|name| name.chars().count()).collect();
        Ok(Self { sheet, columns: columns.to_vec(), widths, rows: 0, cells: columns.len() as u64, as_of })
    }

    /// Adds a row; values beyond the last column are left out.
    ///
    /// # Errors
    /// [`PlainError::TooLarge`].
    pub fn push<'a>(&mut self, values: impl IntoIterator<Item = PlainValue<'a>>) -> Result<(), PlainError> {
        if self.rows == MAX_ROWS {
            return Err(PlainError::TooLarge);
        }
        self.rows += 1;
        let row = self.rows;
        for ((value, width), col) in values.into_iter().zip(&mut self.widths).zip(0_u16..) {
            let shown = match value {
                PlainValue::Missing => continue,
                PlainValue::Bool(value) => self.sheet.write_boolean(row, col, value).map(|_| 5)?,
                PlainValue::Int(value) if value.unsigned_abs() <= MAX_EXACT => {
                    self.sheet.write_number(row, col, value as f64).map(|_| digits(value))?
                }
                PlainValue::Int(value) => {
                    self.sheet.write_string(row, col, value.to_string()).map(|_| digits(value))?
                }
                PlainValue::Float(value) => self.sheet.write_number(row, col, value).map(|_| 12)?,
                PlainValue::Text("") => continue,
                PlainValue::Text(text) => {
                    self.sheet.write_string(row, col, clipped(text)).map(|_| text.chars().count())?
                }
            };
            *width = (*width).max(shown);
            self.cells += 1;
            if self.cells > MAX_CELLS {
                return Err(PlainError::TooLarge);
            }
        }
        Ok(())
    }

    /// Writes the workbook.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn finish(mut self, out: impl Write + Send) -> Result<(), PlainError> {
        for (width, col) in self.widths.iter().zip(0_u16..) {
            self.sheet.set_column_width(col, (*width).clamp(6, MAX_WIDTH) as f64 + 2.0)?;
        }
        self.sheet.set_freeze_panes(1, 0)?;
        if let Some(last) = self.columns.len().checked_sub(1) {
            self.sheet.autofilter(0, 0, self.rows, u16::try_from(last).unwrap_or(u16::MAX))?;
        }
        let created = midnight(self.as_of)?;
        let mut book = Workbook::new();
        book.set_properties(&DocProperties::new().set_creation_datetime(&created));
        book.push_worksheet(self.sheet);
        book.save_to_writer(out)?;
        Ok(())
    }
}

fn digits(value: i64) -> usize {
    value.to_string().len()
}
