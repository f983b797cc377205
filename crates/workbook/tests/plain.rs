//! A plain table read back with another library.

use thidua_sheets::{CellValue, Limits};
use thidua_workbook::plain::{MAX_CELLS, MAX_ROWS, PlainBook, PlainError, PlainValue};

fn bytes(columns: &[&str], rows: &[Vec<PlainValue<'_>>]) -> Vec<u8> {
    let columns: Vec<String> = columns.iter().map(|&it| it.to_owned()).collect();
    let mut book = PlainBook::new(&columns, thidua_model::Date::constant(2014, 11, 30)).unwrap();
    for row in rows {
        book.push(row.iter().copied()).unwrap();
    }
    let mut out = Vec::new();
    book.finish(&mut out).unwrap();
    out
}

#[test]
fn every_value_is_what_it_was_and_no_text_is_a_formula() {
    use PlainValue::{Bool, Float, Int, Missing, Text};
    let texts = ["=1+1", "+84", "-5", "@a", "\t=1", "http://x", "007", "Đắk Lắk", "{=1}"];
    let mut rows: Vec<Vec<PlainValue<'_>>> = texts.iter().map(|text| vec![Text(text), Int(1)]).collect();
    rows.push(vec![Int(i64::MAX), Int(-7)]);
    rows.push(vec![Float(0.25), Bool(true)]);
    rows.push(vec![Missing, Text("")]);
    let book = thidua_sheets::read(&bytes(&["chữ", "số"], &rows), &Limits::default()).unwrap();
    let sheet = &book.sheets[0];
    assert_eq!(&*sheet.name, "Dữ liệu");
    let shown: Vec<Vec<String>> =
        sheet.rows().map(|(_, cells)| cells.iter().map(|it| it.value.shown()).collect()).collect();
    assert_eq!(shown[0], ["chữ", "số"]);
    for (text, row) in texts.iter().zip(&shown[1..]) {
        assert_eq!(row[0], *text);
    }
    assert_eq!(
        shown[texts.len() + 1],
        [i64::MAX.to_string(), "-7".to_owned()],
        "a number too long stays exact as text"
    );
    let cells: Vec<&CellValue> = sheet.rows().flat_map(|(_, cells)| cells.iter().map(|it| &it.value)).collect();
    let is_text = |value: &&&CellValue| matches!(value, CellValue::Text(_));
    assert_eq!(cells.iter().filter(is_text).count(), 2 + texts.len() + 1, "{cells:?}");
    assert!(sheet.rows().flat_map(|(_, cells)| cells).all(|cell| !cell.is_formula), "no formula");
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    let rows = [vec![PlainValue::Text("a"), PlainValue::Int(1)]];
    assert_eq!(bytes(&["a", "b"], &rows), bytes(&["a", "b"], &rows));
}

#[test]
fn a_table_that_does_not_fit_is_refused_and_never_cut() {
    let mut book = PlainBook::new(&["a".to_owned()], thidua_model::Date::constant(2014, 11, 30)).unwrap();
    for _ in 0..MAX_ROWS {
        book.push([PlainValue::Missing]).unwrap();
    }
    assert!(matches!(book.push([PlainValue::Missing]), Err(PlainError::TooLarge)));
    let mut book = PlainBook::new(&vec!["a".to_owned(); 1_000], thidua_model::Date::constant(2014, 11, 30)).unwrap();
    let pushed = (0..MAX_CELLS).find(|_| book.push([PlainValue::Bool(true); 1_000]).is_err());
    assert_eq!(pushed, Some(MAX_CELLS / 1_000 - 1), "the headings count too");
}
