//! Marked workbooks, looked at from outside: as packages, as cells, and as what a clerk opens.

mod again;
mod corpus;
mod drawn;
mod hostile;
mod package;

use thidua_annotate::{Level, Mark};
use thidua_model::CellRef;
use thidua_sheets::{Book, Limits, Sheet, read};

/// A mark at `Mẫu 1!D14`, at `Mẫu 1` or, with nothing said, at the whole file.
fn mark(place: &str, level: Level, message: &str) -> Mark {
    let (sheet, cell) = match place.rsplit_once('!') {
        Some((sheet, cell)) => (Some(sheet), CellRef::parse(cell)),
        None => (Some(place).filter(|place| !place.is_empty()), None),
    };
    Mark {
        sheet: sheet.map(Into::into),
        cell,
        level,
        code: "V101".to_owned(),
        label: Some("Tổng số lao động".to_owned()),
        message: message.to_owned(),
        found: Some("12 con".to_owned()),
        expected: Some("số".to_owned()),
        fix: "chỉ gõ chữ số".to_owned(),
    }
}

fn annotated(bytes: &[u8], marks: &[Mark]) -> Vec<u8> {
    thidua_annotate::annotate(bytes, marks, &Limits::default()).expect("a workbook that is read is marked")
}

fn book(bytes: &[u8]) -> Book {
    read(bytes, &Limits::default()).expect("a workbook")
}

/// The sheet that lists what to mend.
fn list(book: &Book) -> &Sheet {
    let mut lists = book.sheets.iter().filter(|sheet| thidua_sheets::marks::is_list(sheet));
    let list = lists.next().expect("a list");
    assert!(lists.next().is_none(), "one list");
    list
}

/// The cells of a workbook without the list, as its values; formulas that were never calculated have none.
fn sheets_of(book: &Book) -> Vec<Vec<String>> {
    let own = book.sheets.iter().filter(|sheet| !thidua_sheets::marks::is_list(sheet));
    let shown = |sheet: &Sheet| {
        let there = sheet.cells.iter().filter(|cell| cell.value != thidua_sheets::CellValue::Nothing);
        there.map(|cell| format!("{} {} {}", cell.at, cell.is_percent, cell.value.shown())).collect()
    };
    own.map(shown).collect()
}

/// What the list shows, a line a row, without the hidden column.
fn lines(book: &Book) -> Vec<String> {
    let row = |cells: &[thidua_sheets::Cell]| {
        let shown = cells.iter().filter(|cell| cell.at.col < 10).map(|cell| cell.value.shown());
        shown.collect::<Vec<_>>().join(" | ")
    };
    list(book).rows().map(|(_, cells)| row(cells)).filter(|line| !line.is_empty()).collect()
}
