//! Reads the cells of every sheet, streaming where the format allows it.

use crate::convert::{owned, value};
use crate::sniff::sniff;
use crate::{Book, Cell, CellValue, Format, Limits, Refusal, Sheet};
use calamine::{Data, Ods, Range, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsb, Xlsx};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use thidua_model::CellRef;
use thidua_model::issue::FileLimit;

type Bytes<'a> = Cursor<&'a [u8]>;

/// Reads a workbook of any spreadsheet format, told by its content.
///
/// # Input
/// `bytes`: the file as it came. `limits`: see [`Limits`]; nothing larger is unpacked or kept.
///
/// # Output
/// All worksheets in the order of the tabs, hidden ones marked; cells with absolute positions,
/// sorted, at most one for each position (a later duplicate is dropped).
///
/// # Errors
/// A [`Refusal`] when the file is something else, encrypted, damaged or beyond a limit. A panic of
/// the library on a damaged file is a refusal, too.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Book, Refusal> {
    let format = sniff(bytes, limits)?;
    let sheets = catch_unwind(AssertUnwindSafe(|| match format {
        Format::Xlsx => read_xlsx(bytes, limits),
        Format::Xlsb => read_xlsb(bytes, limits),
        Format::Xls => read_xls(bytes, limits),
        Format::Ods => read_ods(bytes, limits),
    }))
    .unwrap_or_else(|_| Err(Refusal::damaged("the reader gave up")))?;
    Ok(Book { format, sheets })
}

/// Collects the cells of one workbook under its limits.
struct Collector<'a> {
    limits: &'a Limits,
    cells_so_far: usize,
}

impl<'a> Collector<'a> {
    fn new(limits: &'a Limits, sheets: usize) -> Result<Self, Refusal> {
        if sheets > limits.sheets {
            return Err(Refusal::Limit {
                limit: FileLimit::Sheets,
                found: sheets as u64,
                allowed: limits.sheets as u64,
            });
        }
        Ok(Self { limits, cells_so_far: 0 })
    }

    fn push(
        &mut self,
        cells: &mut Vec<Cell>,
        (row, col): (u32, u32),
        value: Option<CellValue>,
        is_formula: bool,
    ) -> Result<(), Refusal> {
        let value = match value {
            Some(value) => value,
            None if is_formula => CellValue::Nothing,
            None => return Ok(()),
        };
        for (limit, found, allowed) in
            [(FileLimit::Rows, row, self.limits.rows), (FileLimit::Columns, col, self.limits.cols)]
        {
            if found >= allowed {
                return Err(Refusal::Limit { limit, found: u64::from(found) + 1, allowed: u64::from(allowed) });
            }
        }
        self.cells_so_far += 1;
        if self.cells_so_far > self.limits.cells {
            return Err(Refusal::Limit {
                limit: FileLimit::Cells,
                found: self.cells_so_far as u64,
                allowed: self.limits.cells as u64,
            });
        }
        cells.push(Cell { at: CellRef::new(row, col), value, is_formula });
        Ok(())
    }
}

/// Sheets of cells: not charts, macro sheets or dialogs.
fn worksheets<R: Reader<RS>, RS: std::io::Read + std::io::Seek>(book: &R) -> Vec<(String, bool)> {
    book.sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect()
}

fn finish(name: String, is_visible: bool, mut cells: Vec<Cell>) -> Sheet {
    if !cells.is_sorted_by(|a, b| a.at < b.at) {
        cells.sort_by_key(|cell| cell.at);
        cells.dedup_by_key(|cell| cell.at);
    }
    Sheet { name: name.into(), is_visible, cells }
}

fn read_xlsx(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Refusal> {
    let mut book: Xlsx<Bytes<'_>> = Xlsx::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
    let names = worksheets(&book);
    let mut collector = Collector::new(limits, names.len())?;
    let mut sheets = Vec::with_capacity(names.len());
    for (name, is_visible) in names {
        let mut cells = Vec::new();
        let mut reader = book.worksheet_cells_reader(&name).map_err(Refusal::damaged)?;
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(Refusal::damaged)? {
            collector.push(&mut cells, cell.pos, value(cell.value, limits)?, cell.formula.is_some())?;
        }
        sheets.push(finish(name, is_visible, cells));
    }
    Ok(sheets)
}

fn read_xlsb(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Refusal> {
    let mut book: Xlsb<Bytes<'_>> = Xlsb::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
    let names = worksheets(&book);
    let mut collector = Collector::new(limits, names.len())?;
    let mut sheets = Vec::with_capacity(names.len());
    for (name, is_visible) in names {
        let mut cells = Vec::new();
        let mut reader = book.worksheet_cells_reader(&name).map_err(Refusal::damaged)?;
        while let Some(cell) = reader.next_cell().map_err(Refusal::damaged)? {
            collector.push(&mut cells, cell.get_position(), value(cell.get_value().clone(), limits)?, false)?;
        }
        drop(reader);
        let mut formulas = book.worksheet_cells_reader(&name).map_err(Refusal::damaged)?;
        let mut sheet = finish(name, is_visible, cells);
        while let Some(cell) = formulas.next_formula().map_err(Refusal::damaged)? {
            let (row, col) = cell.get_position();
            mark_formula(&mut collector, &mut sheet, CellRef::new(row, col))?;
        }
        sheets.push(finish(sheet.name.to_string(), is_visible, sheet.cells));
    }
    Ok(sheets)
}

fn read_xls(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Refusal> {
    let book: Result<Xls<Bytes<'_>>, XlsError> = Xls::new(Cursor::new(bytes));
    match book {
        Ok(book) => read_ranges(book, limits),
        Err(XlsError::Password) => Err(Refusal::Encrypted),
        Err(error) => Err(Refusal::damaged(error)),
    }
}

fn read_ods(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Refusal> {
    let book: Ods<Bytes<'_>> = Ods::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
    read_ranges(book, limits)
}

/// For `.xls` and `.ods` the library has the whole workbook in memory once it is open.
fn read_ranges<R: Reader<RS>, RS: std::io::Read + std::io::Seek>(
    mut book: R,
    limits: &Limits,
) -> Result<Vec<Sheet>, Refusal>
where
    R::Error: std::fmt::Display,
{
    let names = worksheets(&book);
    let mut collector = Collector::new(limits, names.len())?;
    let mut sheets = Vec::with_capacity(names.len());
    for (name, is_visible) in names {
        let range: Range<Data> = book.worksheet_range(&name).map_err(Refusal::damaged)?;
        let start = range.start().unwrap_or_default();
        let mut cells = Vec::new();
        for (row, col, data) in range.used_cells() {
            let at = (start.0 + row as u32, start.1 + col as u32);
            collector.push(&mut cells, at, owned(data, limits)?, false)?;
        }
        let mut sheet = finish(name, is_visible, cells);
        if let Ok(formulas) = book.worksheet_formula(&sheet.name) {
            let start = formulas.start().unwrap_or_default();
            for (row, col, text) in formulas.used_cells() {
                if !text.is_empty() {
                    let at = CellRef::new(start.0 + row as u32, start.1 + col as u32);
                    mark_formula(&mut collector, &mut sheet, at)?;
                }
            }
        }
        sheets.push(finish(sheet.name.to_string(), is_visible, sheet.cells));
    }
    Ok(sheets)
}

fn mark_formula(collector: &mut Collector<'_>, sheet: &mut Sheet, at: CellRef) -> Result<(), Refusal> {
    match sheet.cells.binary_search_by_key(&at, |cell| cell.at) {
        Ok(found) => sheet.cells[found].is_formula = true,
        Err(place) => {
            let mut cells = Vec::with_capacity(1);
            collector.push(&mut cells, (at.row, at.col), None, true)?;
            sheet.cells.splice(place..place, cells);
        }
    }
    Ok(())
}
