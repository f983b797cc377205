//! The reader of spreadsheets on drawn and odd files.

use thidua_model::issue::FileLimit;
use thidua_model::{CellRef, Lang};
use thidua_sheets::{CellValue, Format, Limits, Refusal, read};
use thidua_testkit::draw;

/// One line a cell: sheet, address, value; `f` marks a formula.
fn show(bytes: &[u8]) -> String {
    let book = read(bytes, &Limits::default()).expect("a drawn workbook is readable");
    let mut shown = String::new();
    for sheet in &book.sheets {
        let hidden = if sheet.is_visible { "" } else { " (hidden)" };
        for cell in &sheet.cells {
            let mark = if cell.is_formula { " f" } else { "" };
            shown += &format!("{}{hidden}!{} {:?}{mark}\n", sheet.name, cell.at, cell.value);
        }
    }
    shown
}

#[test]
fn cells_keep_their_absolute_positions_and_types() {
    insta::assert_snapshot!(show(&draw("
        | Mẫu 1 | B                | D          |
        | 14    | Tổng số lao động | 1234       |
        | 16    | - Trong đó: nữ   | '1.234     |
        | 17    | tổng             | =D14*2->7  |
        | 18    | ngày             | 30/11/2014 |

        | [ẩn] | A  |
        | 1    | id |
    ")), @r#"
    Mẫu 1!B14 Text("Tổng số lao động")
    Mẫu 1!D14 Number(1234.0)
    Mẫu 1!B16 Text("- Trong đó: nữ")
    Mẫu 1!D16 Text("1.234")
    Mẫu 1!B17 Text("tổng")
    Mẫu 1!D17 Number(7.0) f
    Mẫu 1!B18 Text("ngày")
    Mẫu 1!D18 Date(2014-11-30T00:00:00)
    ẩn (hidden)!A1 Text("id")
    "#);
}

/// Two cells at the far corners: a reader that asks for the whole rectangle wants 512 GiB.
#[test]
fn a_sheet_of_two_far_cells_is_read_as_two_cells() {
    let bytes = draw(
        "
        | S       | A | XFD |
        | 1       | 1 |     |
        | 1048576 |   | 2   |
    ",
    );
    let book = read(&bytes, &Limits::default()).expect("readable");
    assert_eq!(book.sheets[0].cells.len(), 2);
    assert_eq!(book.sheets[0].at(CellRef::new(1_048_575, 16_383)).map(|c| &c.value), Some(&CellValue::Number(2.0)));
}

#[test]
fn a_file_is_told_by_its_content_and_refused_in_words() {
    for (bytes, expected) in [
        (&b""[..], "tệp không phải bảng tính (tệp trống)"),
        (b"%PDF-1.4", "tệp không phải bảng tính (tệp PDF)"),
        (b"\xEF\xBB\xBF <html><table>", "tệp không phải bảng tính (trang web HTML)"),
        (b"a;b;c", "tệp không phải bảng tính (tệp văn bản thường)"),
        (b"\x89PNG\r\n\x1A\n\0", "tệp không phải bảng tính (tệp ảnh)"),
    ] {
        let refusal = read(bytes, &Limits::default()).expect_err("not a spreadsheet");
        assert_eq!(refusal.kind().message(Lang::Vi), expected);
    }
    let whole = draw("| S | A |\n| 1 | 1 |");
    assert_eq!(read(&whole, &Limits::default()).expect("readable").format, Format::Xlsx);
    let cut = read(&whole[..whole.len() / 2], &Limits::default());
    assert!(matches!(cut, Err(Refusal::Damaged { .. })), "{cut:?}");
}

#[test]
fn each_limit_is_named_when_it_is_passed() {
    let bytes = draw("| S | A   | B |\n| 1 | abc | 2 |\n| 5 | 3   | 4 |");
    let limits = Limits::default();
    for (limits, name) in [
        (Limits { file_bytes: 10, ..limits }, FileLimit::FileBytes),
        (Limits { parts: 1, ..limits }, FileLimit::Parts),
        (Limits { part_bytes: 10, ..limits }, FileLimit::PartBytes),
        (Limits { all_bytes: 100, ..limits }, FileLimit::AllBytes),
        (Limits { sheets: 0, ..limits }, FileLimit::Sheets),
        (Limits { cells: 3, ..limits }, FileLimit::Cells),
        (Limits { rows: 4, ..limits }, FileLimit::Rows),
        (Limits { cols: 1, ..limits }, FileLimit::Columns),
        (Limits { text_chars: 2, ..limits }, FileLimit::CellText),
    ] {
        match read(&bytes, &limits) {
            Err(Refusal::Limit { limit, .. }) => assert_eq!(limit, name),
            other => panic!("{name}: {other:?}"),
        }
    }
}
