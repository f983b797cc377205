//! Another reader of the same formats must see the same values, and a file written by another
//! library must be read as it was written.

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use thidua_sheets::{CellValue, Limits, Sheet, read};

fn workbooks(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            workbooks(&path, found);
        } else if path.extension().is_some_and(|ext| ["xlsx", "xls", "xlsb", "ods"].iter().any(|known| ext == *known)) {
            found.push(path);
        }
    }
}

/// Files of `tests/corpus` that the other reader does not read, or reads otherwise, and why.
const OTHERWISE: &[(&str, &str)] = &[
    ("cell-twice.xlsx", "of two cells at one position it takes the last, we the first, with a note"),
    ("comment-inside-v.xlsx", "it takes what stands before the comment for the value and loses the next cell"),
    ("formula-zero-not-calculated.xlsx", "it takes the 0 of a formula that was never calculated for a result"),
    ("huge-and-not-a-number.xlsx", "it takes 1E400 for infinity, we for an error"),
    ("plain.xlsb", "it finds a record too short"),
    ("shared-string-missing.xlsx", "one cell that names no text costs it the sheet"),
    ("sheet-part-missing.xlsx", "a sheet that is not there costs it the workbook"),
    ("xlsb-named-xls.xls", "it finds a record too short"),
];

#[test]
fn every_workbook_reads_as_another_reader_reads_it() {
    let mut paths = Vec::new();
    for folder in ["samples", "templates", "tests/corpus/files", "tests/adopt"] {
        workbooks(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder), &mut paths);
    }
    let (mut compared, mut otherwise) = (0, 0);
    for path in paths {
        let bytes = std::fs::read(&path).expect("readable");
        // What is refused is refused with reason (`tests/corpus` says which); the other knows fewer formats.
        if read(&bytes, &Limits::default()).map_or(true, |book| book.format.is_substitute()) {
            continue;
        }
        let is_otherwise = OTHERWISE.iter().any(|(name, _)| path.ends_with(name));
        match compared_with_another(&bytes) {
            Ok(()) => assert!(!is_otherwise, "{}: both agree now", path.display()),
            Err(problem) => assert!(is_otherwise, "{}: {problem}", path.display()),
        }
        compared += 1;
        otherwise += usize::from(is_otherwise);
    }
    assert!(compared > 200 && otherwise == OTHERWISE.len(), "{compared} workbooks, {otherwise} of them otherwise");
}

#[test]
fn workbooks_made_here_read_as_another_reader_reads_them() {
    use crate::make::{binary_cell, binary_row, xls, xls_number, xlsb};
    compare("xls", &xls(&[], &[xls_number(0, 0, 0, 1.5), xls_number(3, 2, 2, 41973.0)]));
    let cells = [binary_row(2, false), binary_cell(5, 1, 0, &1.5f64.to_le_bytes()), binary_cell(7, 2, 0, &[0; 4])];
    compare("xlsb", &xlsb(&cells));
    compare(
        "xlsx",
        &crate::make::xlsx("<row r=\"2\"><c r=\"B2\" s=\"3\"><v>41973</v></c><c r=\"C2\" t=\"s\"><v>1</v></c></row>"),
    );
}

fn compare(name: &str, bytes: &[u8]) {
    if let Err(problem) = compared_with_another(bytes) {
        panic!("{name}: {problem}");
    }
}

/// Same sheets, same values at the same positions, the same cells with formulas.
fn compared_with_another(bytes: &[u8]) -> Result<(), String> {
    let ours = read(bytes, &Limits::default()).map_err(|refusal| refusal.to_string())?;
    let mut theirs = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let names: Vec<String> = theirs.sheet_names();
    same("sheets", &ours.sheets.iter().map(|sheet| sheet.name.to_string()).collect(), &names)?;
    for (sheet, name) in ours.sheets.iter().zip(&names) {
        let range = theirs.worksheet_range(name).map_err(|error| error.to_string())?;
        let start = range.start().unwrap_or_default();
        let cells = range.used_cells().filter(|(_, _, data)| !data.to_string().is_empty());
        let expected: BTreeMap<(u32, u32), String> =
            cells.map(|(row, col, data)| ((start.0 + row as u32, start.1 + col as u32), told(data))).collect();
        let found: BTreeMap<(u32, u32), String> = sheet
            .cells
            .iter()
            .filter(|cell| cell.value != CellValue::Nothing)
            .map(|cell| ((cell.at.row, cell.at.col), ours_told(&cell.value)))
            .collect();
        same(&format!("cells of {name}"), &found, &expected)?;
        let formulas = theirs.worksheet_formula(name).map_err(|error| error.to_string())?;
        let start = formulas.start().unwrap_or_default();
        let expected: BTreeSet<(u32, u32)> =
            formulas.used_cells().map(|(row, col, _)| (start.0 + row as u32, start.1 + col as u32)).collect();
        let found: BTreeSet<(u32, u32)> =
            sheet.cells.iter().filter(|cell| cell.is_formula).map(|cell| (cell.at.row, cell.at.col)).collect();
        same(&format!("formulas of {name}"), &found, &expected)?;
    }
    Ok(())
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, ours: &T, theirs: &T) -> Result<(), String> {
    if ours == theirs { Ok(()) } else { Err(format!("{what}\n  ours   {ours:?}\n  theirs {theirs:?}")) }
}

fn told(data: &Data) -> String {
    match data {
        Data::Int(number) => format!("{}", *number as f64),
        Data::Float(number) => format!("{number}"),
        Data::DateTime(serial) => {
            let (year, month, day, hour, minute, second, _) = serial.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
        }
        Data::DateTimeIso(text) if text.len() == 10 => format!("{text}T00:00:00"),
        other => other.to_string(),
    }
}

fn ours_told(value: &CellValue) -> String {
    match value {
        CellValue::Date(at) => at.to_string(),
        CellValue::Bool(truth) => truth.to_string(),
        other => other.shown(),
    }
}

#[test]
fn what_a_library_writes_is_read_as_it_was_meant() {
    let mut book = Workbook::new();
    let percent = Format::new().set_num_format("0.0%");
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let legacy = Format::new().set_font_name(".VnTime");
    let sheet = book.add_worksheet().set_name("Mẫu 1").expect("a name");
    sheet.write_with_format(0, 0, 0.95, &percent).expect("in the grid");
    sheet.write_with_format(0, 1, ExcelDateTime::from_ymd(2014, 11, 30).expect("a date"), &date).expect("in the grid");
    sheet.write_with_format(0, 2, "Sè liÖu", &legacy).expect("in the grid");
    sheet.write_formula(1, 0, Formula::new("1+1")).expect("in the grid");
    sheet.write_formula(1, 1, Formula::new("1+1").set_result("2")).expect("in the grid");
    sheet.set_row_hidden(4).expect("in the grid");
    sheet.set_column_hidden(3).expect("in the grid");
    sheet.merge_range(2, 0, 3, 2, "gộp", &Format::new()).expect("in the grid");
    sheet.protect();
    book.add_worksheet().set_name("ẩn").expect("a name").set_hidden(true).write(0, 0, true).expect("in the grid");
    let bytes = book.save_to_buffer().expect("memory");
    assert_eq!(
        crate::show::shown(&bytes),
        "Xlsx | Mẫu 1 protected -rows5:5 -cols4:4 A3:C4 A1:0.95% B1:2014-11-30 C1:'Sè liÖu'(.VnTime) A2:=nothing B2:=2 \
         A3:'gộp' | ẩn hidden A1:true | note: not calculated"
    );
    let book = read(&bytes, &Limits::default()).expect("readable");
    let first: &Sheet = &book.sheets[0];
    let merged = first.cells.last().expect("cells").at;
    assert_eq!(first.merged_at(merged).map(|area| (area.first, area.contains(merged))), Some((merged, true)));
    assert!(first.is_hidden(thidua_model::CellRef::new(4, 0)) && first.is_hidden(thidua_model::CellRef::new(0, 3)));
}
