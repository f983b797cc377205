//! Sheets drawn as text tables become real `.xlsx` bytes and go through the real reader.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
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
/// formula with a stored result, `2014-11-30` is a date cell, `0.95 as 0%` a number with a format,
/// `@Wingdings ü` a text in a font (whose name is one word).
/// A sheet name in brackets is hidden.
///
/// Lines that start with `!` say what else a sheet has: `! merge D14:D15` (the text of the first cell
/// stays), `! hide rows 14:15`, `! hide columns D:E`, `! protect`, `! font .VnTime` (of every text).
///
/// # Panics
/// When the drawing is not a table: a mistake in the test.
#[track_caller]
pub fn draw(tables: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    for table in tables.trim().split("\n\n").map(str::trim).filter(|table| !table.is_empty()) {
        let mut lines = table.lines().map(cells_of).filter(|cells| !cells.is_empty());
        let orders = table.lines().filter_map(|line| line.trim().strip_prefix('!'));
        let head = lines.next().expect("a drawn sheet has a head line");
        let sheet = book.add_worksheet();
        let name = head[0];
        let hidden = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        sheet.set_name(hidden.unwrap_or(name)).expect("the head line names the sheet");
        sheet.set_hidden(hidden.is_some());
        let font = orders.clone().find_map(|order| order.trim().strip_prefix("font "));
        // Merging blanks its cells, so it comes before what is drawn.
        for order in orders {
            obey(sheet, order.trim());
        }
        for cells in lines {
            for (column, text) in head.iter().zip(&cells).skip(1) {
                let at = CellRef::parse(&format!("{column}{}", cells[0])).expect("row numbers and column letters");
                write(sheet, at, text, font);
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

#[track_caller]
fn obey(sheet: &mut Worksheet, order: &str) {
    let (word, range) = order.rsplit_once(' ').unwrap_or((order, ""));
    let ends = || range.split_once(':').unwrap_or((range, range));
    let cell = |text: &str| CellRef::parse(text).expect("a cell of the grid");
    match word {
        "protect" => drop(sheet.protect()),
        "merge" => {
            let (first, last) = (cell(ends().0), cell(ends().1));
            let (left, right) = (first.col as u16, last.col as u16);
            sheet.merge_range(first.row, left, last.row, right, "", &Format::new()).expect("a range of the grid");
        }
        "hide rows" => {
            let (first, last) = (cell(&format!("A{}", ends().0)).row, cell(&format!("A{}", ends().1)).row);
            for row in first..=last {
                sheet.set_row_hidden(row).expect("a row of the grid");
            }
        }
        "hide columns" => {
            let (first, last) = (cell(&format!("{}1", ends().0)).col, cell(&format!("{}1", ends().1)).col);
            for col in first..=last {
                sheet.set_column_hidden(col as u16).expect("a column of the grid");
            }
        }
        "font" => {}
        _ => panic!("nobody knows how to `{order}`"),
    }
}

fn write(sheet: &mut Worksheet, at: CellRef, text: &str, font: Option<&str>) {
    let col = u16::try_from(at.col).expect("a column of the grid");
    let done = if text.is_empty() {
        return;
    } else if let Some((number, shown)) = text.split_once(" as ") {
        let number: f64 = number.trim().parse().expect("a number before its format");
        sheet.write_number_with_format(at.row, col, number, &Format::new().set_num_format(shown.trim()))
    } else if let Some(text) = text.strip_prefix('\'') {
        sheet.write_string(at.row, col, text)
    } else if let Some((font, text)) = text.strip_prefix('@').and_then(|rest| rest.split_once(' ')) {
        sheet.write_string_with_format(at.row, col, text, &Format::new().set_font_name(font))
    } else if text.starts_with('=') {
        let (formula, result) = text.split_once("->").unwrap_or((text, ""));
        sheet.write_formula(at.row, col, Formula::new(formula.trim()).set_result(result.trim()))
    } else if let (10, Some(date)) = (text.len(), thidua_model::date::parse_date(text)) {
        let date = ExcelDateTime::from_ymd(date.year() as u16, date.month() as u8, date.day() as u8);
        let format = Format::new().set_num_format("dd/mm/yyyy");
        sheet.write_datetime_with_format(at.row, col, date.expect("a date of this century"), &format)
    } else if text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-') && text.parse::<f64>().is_ok() {
        sheet.write_number(at.row, col, text.parse::<f64>().expect("checked above"))
    } else if let Some(font) = font {
        sheet.write_string_with_format(at.row, col, text, &Format::new().set_font_name(font))
    } else {
        sheet.write_string(at.row, col, text)
    };
    done.expect("a drawn cell can be written");
}
