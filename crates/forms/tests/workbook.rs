//! Workbooks are written, read back through the real reader, and compared as text.

mod common;

use common::*;
use jiff::civil::date;
use thidua_campaign::{Campaign, List};
use thidua_forms::{CellInput, IDENTITY_SHEET, Prefill, workbook, write_blanks};
use thidua_model::{CellRef, FieldIx, UnitIx};
use thidua_sheets::{Book, Limits, read};

fn book(campaign: &Campaign, prefill: &Prefill) -> Book {
    let bytes = workbook(campaign, &campaign.packages[0], prefill).expect("writes");
    read(&bytes, &Limits::default()).expect("is a workbook")
}

/// A sheet as lines of `A1 text`; only cells that hold something.
fn shown(book: &Book, sheet: &str) -> String {
    let sheet = book.sheets.iter().find(|other| *other.name == *sheet).expect(sheet);
    let lines = sheet.cells.iter().map(|cell| (cell.at, cell.value.shown()));
    lines.filter(|(_, text)| !text.is_empty()).map(|(at, text)| format!("{at} {text}\n")).collect()
}

fn tabs(book: &Book) -> Vec<(&str, bool)> {
    book.sheets.iter().map(|sheet| (&*sheet.name, sheet.is_visible)).collect()
}

fn for_unit<'a>(
    unit: UnitIx,
    value: &'a dyn Fn(FieldIx) -> Option<CellInput>,
    rows: &'a dyn Fn(&List) -> Vec<Vec<CellInput>>,
) -> Prefill<'a> {
    Prefill { unit: Some(unit), period: Some(SECOND), value, rows, ..Prefill::blank() }
}

#[test]
fn a_blank_asks_everything_of_all_levels_and_marks_no_date() {
    let book = book(&campaign(), &Prefill::blank());
    assert_eq!(
        shown(&book, "Biểu 1"),
        "B1 Công đoàn cấp trên :
B2 Đơn vị báo cáo :
G2 ghi tên đơn vị
C3 Biểu số 1
C4 (Dùng cho mọi đơn vị)
A5 BÁO CÁO THỬ
A6 NĂM : 2014
A7 (Số liệu tính đến ngày :  ☐ 31/5    ☐ 30/11)
G7 chọn ngày tính số liệu
A9 A- SỐ LIỆU
G9 Còn 9 ô cần xem
A10 TT
B10 Nội dung
C10 Đơn vị tính
D10 Số lượng
E10 Ghi chú
G10 Kiểm tra (không in)
B11 I. Lao động
B12 1. Số lượng
E12 ☐ Không phát sinh
A13 1
B13 Tổng số lao động
C13 người
G13 chưa điền
B14 2. Chế độ
E14 ☐ Không phát sinh
A15 2
B15 Có quỹ Đoàn kết tương trợ
C15 “
G15 chưa điền
A16 3
B16 Có thỏa ước lao động tập thể
G16 chưa điền
A17 4
B17 CĐCS thành lập mới
C17 CĐCS
G17 chưa điền
B18 II. Khác
E18 ☐ Không phát sinh
B19 + Tỷ lệ
C19 %
G19 chưa điền
B20 Ngày gửi kế hoạch
G20 chưa điền
B21 Danh hiệu
G21 chưa điền
B22 Khó khăn
C24 Nơi Thử, ngày …… tháng …… năm 2014
A25 NGƯỜI LẬP BIỂU
C25 TM. BAN CHẤP HÀNH
A26 (Ký, ghi rõ họ tên)
C26 (Ký tên, đóng dấu)
"
    );
    assert_eq!(
        shown(&book, "Công trình"),
        "A1 DANH SÁCH CÔNG TRÌNH
B2 Đơn vị báo cáo :
A4 TT
B4 Tên công trình
C4 Ngày dự kiến xong
D4 Nghiệm thu
"
    );
    assert_eq!(
        shown(&book, IDENTITY_SHEET),
        "A1 format
B1 1
A2 campaign
B2 thu-2014
A3 package
B3 goi
A4 unit
A5 period
A6 sheet
B6 Biểu 1
C6 bieu-1
E6 1
A7 list
B7 Công trình
C7 works
"
    );
    assert_eq!(tabs(&book), [("Biểu 1", true), ("Công trình", true), ("_chon", false), (IDENTITY_SHEET, false)]);
}

#[test]
fn known_values_stand_as_their_cells_demand() {
    let value = |field| match field {
        WORKERS => Some(CellInput::Int(1234)),
        FUND => Some(CellInput::Int(1)),
        CONTRACT => Some(CellInput::Flag(false)),
        RATE => Some(CellInput::Int(9550)),
        SENT => Some(CellInput::Date(date(2014, 2, 18))),
        TITLE => Some(CellInput::Int(1)),
        HARD => Some(CellInput::Text("Thiếu kinh phí".into())),
        _ => None,
    };
    let rows = |_: &List| vec![vec![CellInput::Text("Cầu dân sinh".into()), CellInput::Blank, CellInput::Flag(true)]];
    let book = book(&campaign(), &for_unit(FACTORY, &value, &rows));
    let form = shown(&book, "Biểu 1");
    for line in [
        "C1 Hội trên",
        "C2 Xưởng Hoa Ban",
        "A7 (Số liệu tính đến ngày :  ☐ 31/5    ☒ 30/11)",
        "D13 1234",
        "D15 Có",
        "D16 Không",
        "D18 95.5",
        "D19 18/02/2014",
        "D20 Một danh hiệu có tên rất dài, dài đến mức một quy tắc của ô không chứa được cùng với các mục khác 2",
        "D21 Thiếu kinh phí",
    ] {
        assert!(form.lines().any(|other| other == line), "{line} is not in\n{form}");
    }
    let list = shown(&book, "Công trình");
    assert!(list.ends_with("A5 1\nB5 Cầu dân sinh\nD5 Có\n"), "{list}");
    let identity = shown(&book, IDENTITY_SHEET);
    assert!(identity.contains("B4 C\n") && identity.contains("B5 dot-2\n"), "{identity}");
}

#[test]
fn a_unit_is_asked_only_what_fits_its_level_and_sector() {
    let none = |_| None;
    let no_rows = |_: &List| Vec::new();
    for (unit, asks_contract, asks_founded, has_list) in
        [(ABOVE, false, true, false), (SCHOOL, false, false, true), (FACTORY, true, false, true)]
    {
        let book = book(&campaign(), &for_unit(unit, &none, &no_rows));
        let form = shown(&book, "Biểu 1");
        assert_eq!(form.contains("thỏa ước"), asks_contract, "{unit:?}");
        assert_eq!(form.contains("thành lập mới"), asks_founded, "{unit:?}");
        assert_eq!(tabs(&book).contains(&("Công trình", true)), has_list, "{unit:?}");
    }
}

#[test]
fn a_yes_or_no_of_the_grassroots_is_a_number_above_it() {
    let value = |field| (field == FUND).then_some(CellInput::Int(1));
    let no_rows = |_: &List| Vec::new();
    for (unit, cell) in [(ABOVE, "D15 1\n"), (SCHOOL, "D15 Có\n")] {
        let form = shown(&book(&campaign(), &for_unit(unit, &value, &no_rows)), "Biểu 1");
        assert!(form.contains(cell), "{form}");
    }
}

#[test]
fn a_document_of_one_period_needs_no_mark() {
    let mut campaign = campaign();
    campaign.periods.pop();
    campaign.periods[0].as_of_label = None;
    let book = book(&campaign, &Prefill::blank());
    assert!(!shown(&book, "Biểu 1").contains("A7 "));
    assert!(shown(&book, IDENTITY_SHEET).contains("B5 dot-1\n"), "the identity sheet knows the only period");
}

#[test]
fn more_rows_than_a_blank_list_holds_are_all_written() {
    let none = |_| None;
    let rows = |_: &List| (0..45).map(|at| vec![CellInput::Text(format!("Công trình {at}").into())]).collect();
    let book = book(&campaign(), &for_unit(SCHOOL, &none, &rows));
    let sheet = book.sheets.iter().find(|sheet| &*sheet.name == "Công trình").unwrap();
    assert_eq!(sheet.at(CellRef::new(4 + 44, 1)).unwrap().value.shown(), "Công trình 44");
}

#[test]
fn blanks_are_written_under_their_names_with_equal_bytes() {
    let folder = std::env::temp_dir().join(format!("thidua-forms-{}", std::process::id()));
    let first = write_blanks(&campaign(), &folder.join("a")).unwrap();
    let second = write_blanks(&campaign(), &folder.join("b")).unwrap();
    assert_eq!(first, [folder.join("a/goi.xlsx")]);
    assert_eq!(std::fs::read(&first[0]).unwrap(), std::fs::read(&second[0]).unwrap());
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn of_two_versions_of_a_form_the_period_takes_its_own() {
    let mut campaign = campaign();
    let mut newer = campaign.forms[0].clone();
    newer.version = "2".into();
    newer.sheet = "Biểu 1 mới".into();
    newer.valid_from = date(2014, 11, 28);
    newer.lists.clear();
    campaign.forms[0].valid_to = Some(date(2014, 11, 27));
    campaign.forms.push(newer);
    campaign.packages[0].forms = vec![0, 1];
    let forms = |prefill: &Prefill| -> Vec<String> {
        let book = book(&campaign, prefill);
        let tabs = tabs(&book).into_iter().filter(|(tab, _)| tab.starts_with("Biểu"));
        tabs.map(|(tab, _)| tab.to_owned()).collect()
    };
    assert_eq!(forms(&Prefill::blank()), ["Biểu 1", "Biểu 1 mới"], "a blank does not know its period");
    assert_eq!(forms(&Prefill { period: Some(SECOND), ..Prefill::blank() }), ["Biểu 1 mới"]);
}

#[test]
fn a_note_is_in_the_file_and_in_no_cell() {
    let campaign = campaign();
    let value = |field| (field == WORKERS).then_some(CellInput::Int(7));
    let without = for_unit(SCHOOL, &value, &|_| Vec::new());
    let note = |field| (field == WORKERS).then(|| "Cộng từ 2/3 đơn vị".into());
    let with = Prefill { note: &note, ..for_unit(SCHOOL, &value, &|_| Vec::new()) };
    let sheets = |prefill: &Prefill| shown(&book(&campaign, prefill), "Biểu 1");
    assert_eq!(sheets(&with), sheets(&without));
    let bytes = |prefill: &Prefill| workbook(&campaign, &campaign.packages[0], prefill).unwrap();
    let (bytes_with, bytes_without) = (bytes(&with), bytes(&without));
    // The names of a zip's parts stand in it as they are.
    let has_notes = |bytes: &[u8]| bytes.windows(16).any(|window| window == b"xl/comments1.xml");
    assert!(has_notes(&bytes_with) && !has_notes(&bytes_without));
    assert_eq!(bytes_with, bytes(&with), "equal input gives equal bytes");
}
