//! Sheets drawn as text tables become real `.xlsx` bytes and go through the real reader.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use thidua_model::CellRef;

/// Draws one or more sheets into `.xlsx` bytes.
///
/// # Input
/// Tables of `|`-separated cells. The first line of a table names the sheet and the columns, the
/// first cell of every other line is the row number as a spreadsheet shows it:
///
/// ```text
/// | Mẫu 1 | A | B                | D     |
/// | 14    | 1 | Tổng số lao động | 1.234 |
/// ```
///
/// A blank line starts the next sheet. A cell holds text unless it reads as a number written with
/// digits and at most one point (`1234`, `-5`, `0.5`); `'1234` forces text, `=A1+1 -> 7` is a
/// formula with a stored result, `2014-11-30` is a date cell. A sheet name in brackets is hidden.
///
/// # Panics
/// When the drawing is not a table: a mistake in the test.
#[track_caller]
pub fn draw(tables: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    for table in tables.trim().split("\n\n").map(str::trim).filter(|table| !table.is_empty()) {
        let mut lines = table.lines().map(cells_of).filter(|cells| !cells.is_empty());
        let head = lines.next().expect("a drawn sheet has a head line");
        let sheet = book.add_worksheet();
        let name = head[0];
        let hidden = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        sheet.set_name(hidden.unwrap_or(name)).expect("the head line names the sheet");
        sheet.set_hidden(hidden.is_some());
        for cells in lines {
            for (column, text) in head.iter().zip(&cells).skip(1) {
                let at = CellRef::parse(&format!("{column}{}", cells[0])).expect("row numbers and column letters");
                write(sheet, at, text);
            }
        }
    }
    book.save_to_buffer().expect("a drawn workbook can be written")
}

fn cells_of(line: &str) -> Vec<&str> {
    let line = line.trim();
    let Some(line) = line.strip_prefix('|') else { return Vec::new() };
    line.strip_suffix('|').unwrap_or(line).split('|').map(str::trim).collect()
}

fn write(sheet: &mut rust_xlsxwriter::Worksheet, at: CellRef, text: &str) {
    let col = u16::try_from(at.col).expect("a column of the grid");
    let done = if text.is_empty() {
        return;
    } else if let Some(text) = text.strip_prefix('\'') {
        sheet.write_string(at.row, col, text)
    } else if text.starts_with('=') {
        let (formula, result) = text.split_once("->").unwrap_or((text, ""));
        sheet.write_formula(at.row, col, Formula::new(formula.trim()).set_result(result.trim()))
    } else if let (10, Some(date)) = (text.len(), thidua_model::date::parse_date(text)) {
        let date = ExcelDateTime::from_ymd(date.year() as u16, date.month() as u8, date.day() as u8);
        let format = Format::new().set_num_format("dd/mm/yyyy");
        sheet.write_datetime_with_format(at.row, col, date.expect("a date of this century"), &format)
    } else if text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-') && text.parse::<f64>().is_ok() {
        sheet.write_number(at.row, col, text.parse::<f64>().expect("checked above"))
    } else {
        sheet.write_string(at.row, col, text)
    };
    done.expect("a drawn cell can be written");
}
