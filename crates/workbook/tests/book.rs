//! The workbook read back with another library: what stands in it, not how it was drawn.

mod support;

use std::collections::BTreeSet;
use support::{HOSTILE, campaign, empty_release, release};
use thidua_sheets::{Book, CellValue, Limits, Sheet};
use thidua_workbook::consolidated;

fn book() -> Book {
    let campaign = campaign();
    read(&consolidated(&campaign, &release(&campaign)).unwrap())
}

fn read(bytes: &[u8]) -> Book {
    thidua_sheets::read(bytes, &Limits::default()).unwrap()
}

fn sheet<'a>(book: &'a Book, name: &str) -> &'a Sheet {
    let names: Vec<&str> = book.sheets.iter().map(|it| &*it.name).collect();
    book.sheets.iter().find(|it| &*it.name == name).unwrap_or_else(|| panic!("{name} is not in {names:?}"))
}

/// The cells of the first row that starts with these texts, as shown.
#[track_caller]
fn row(sheet: &Sheet, starts: &[&str]) -> Vec<String> {
    let rows = sheet.rows().map(|(_, cells)| cells.iter().map(|it| it.value.shown()).collect::<Vec<_>>());
    let mut found =
        rows.filter(|row| starts.iter().zip(row).filter(|(a, b)| **a == b.as_str()).count() == starts.len());
    found.next().unwrap_or_else(|| panic!("no row of {} starts with {starts:?}", sheet.name))
}

#[test]
fn every_question_of_the_board_has_its_sheet() {
    let book = book();
    let names: Vec<&str> = book.sheets.iter().map(|it| &*it.name).collect();
    assert_eq!(
        names,
        [
            "Bìa",
            "Chỉ tiêu",
            "Biểu đồ",
            "Chỉ tiêu theo đơn vị",
            "Xếp hạng",
            "Điểm theo tiêu chí",
            "Chi tiết điểm",
            "Xếp loại",
            "Tình hình báo cáo",
            "Phong trào",
            "Công trình – sản phẩm",
            "Phong trào từng đơn vị",
            "Đối chiếu biểu 2 – biểu 1",
            "Lỗi – cảnh báo",
            "Kiểm tra",
            "Số cộng",
            "Tệp nguồn",
            "Nguồn số liệu"
        ]
    );
}

#[test]
fn the_same_release_gives_the_same_bytes() {
    let campaign = campaign();
    let release = release(&campaign);
    assert_eq!(consolidated(&campaign, &release).unwrap(), consolidated(&campaign, &release).unwrap());
}

#[test]
fn no_text_of_a_report_becomes_a_formula() {
    let book = book();
    // The book's own formulas stand in columns of their own, whose headings say so.
    let mut formulas = BTreeSet::new();
    for sheet in &book.sheets {
        for cell in sheet.cells.iter().filter(|cell| cell.is_formula) {
            let above = sheet.cells.iter().rev().filter(|it| it.at.col == cell.at.col && it.at.row < cell.at.row);
            let heading = above.map(|it| it.value.shown()).find(|text| text.parse::<f64>().is_err());
            formulas.insert((&*sheet.name, heading.unwrap_or_default()));
        }
    }
    let own = [("Xếp hạng", "Đếm lại"), ("Điểm theo tiêu chí", "Cộng lại")];
    assert_eq!(formulas, own.map(|(sheet, heading)| (sheet, heading.to_owned())).into_iter().collect());
    for name in ["Công trình – sản phẩm", "Nguồn số liệu"] {
        let kept = sheet(&book, name).cells.iter().any(|it| it.value == CellValue::Text(HOSTILE.into()));
        assert!(kept, "{name} keeps the text as it was typed");
    }
}

#[test]
fn the_targets_sheet_says_what_was_reached_and_on_how_many_reports() {
    let book = book();
    let targets = sheet(&book, "Chỉ tiêu");
    let all = row(targets, &["I1"]);
    assert_eq!(all[..4], ["I1", "Tỷ lệ hội viên", "Mục 1", "< 1 %"]);
    assert_eq!(all[4..7], ["Ban Tổ chức", &(5.0 / 780.0).to_string(), "● Đã đạt (tiến độ)"], "the first wave");
    assert_eq!(all[10..15], [&(8.0 / 789.0).to_string(), "✗ Chưa đạt", "chưa rõ", "3", "4"], "the second wave");
    assert_eq!(all[15..], ["5", "780", "cộng từ cơ sở", "8", "789", "cộng từ cơ sở"]);
    assert_eq!(row(targets, &["I2"])[3], "1.800 – 2.000 người");
    assert_eq!(row(targets, &["I2"])[5], "không tính", "no figure is a word");
    assert_eq!(row(targets, &["I3"])[10..12], ["Có", "✓ Đạt"]);
}

#[test]
fn a_missing_figure_says_why() {
    let book = book();
    let units = sheet(&book, "Chỉ tiêu theo đơn vị");
    assert_eq!(row(units, &["Tổ A2"])[1..3], ["chưa báo cáo", "–"]);
    assert_eq!(row(units, &["Tổ A1"])[2], "✗*", "provisional");
    assert_eq!(row(units, &["Tổ B1"])[1..3], ["không thuộc diện", "–"]);
}

#[test]
fn places_classes_and_their_reasons_stand_in_words() {
    let book = book();
    let ranking = sheet(&book, "Xếp hạng");
    assert_eq!(row(ranking, &["Kỳ 2", "Cụm một", "1"])[3..6], ["1 / 2", "Chi hội A", "90"]);
    let unranked = row(ranking, &["Kỳ 2", "Cụm một", "chưa xếp"]);
    assert_eq!(unranked[8], "Chưa xếp: chưa báo cáo");
    let class = row(sheet(&book, "Xếp loại"), &["Kỳ 2", "Chi hội A", "Tổ A1"]);
    assert_eq!(class[3..7], ["76", "Giỏi", "Khá", "Mỗi tiêu chuẩn từ nửa điểm"]);
    assert_eq!(class[8..10], ["Giỏi", "≠ Khác"]);
    let points = row(sheet(&book, "Điểm theo tiêu chí"), &["Tổ A1"]);
    assert_eq!(points[1..], ["57", "19", "76", "76"]);
}

#[test]
fn who_is_late_and_who_follows_is_told() {
    let book = book();
    let status = sheet(&book, "Tình hình báo cáo");
    assert_eq!(row(status, &["Chi hội A", "Bà Hoa"])[2..], ["1", "0", "2"], "one of two is in");
    assert_eq!(row(status, &["Tổ A1"])[2..], ["Đúng hạn", "20/12/2015", "05/01/2016"], "the last day, not the bound");
    assert_eq!(row(status, &["Tổ A2"])[2..4], ["✗ Chưa có", "chưa nhận"]);
}

#[test]
fn lists_are_shown_by_their_labels_and_movements_by_sector() {
    let book = book();
    let works = sheet(&book, "Công trình – sản phẩm");
    assert_eq!(row(works, &["★ 1"])[4..], ["01/09/2015", "01/08/2015", "Tốt", "✓ Có"]);
    assert_eq!(row(works, &["2"])[3..], ["@cầu qua suối", "01/09/2015", "để trống", "để trống", "chưa rõ"]);
    let movements = sheet(&book, "Phong trào");
    assert_eq!(row(movements, &["1", "Xanh – sạch", "Trường học"])[3..], ["1", "1234567", "1 tốt"]);
}

#[test]
fn a_value_can_be_followed_to_its_cell() {
    let book = book();
    let sources = sheet(&book, "Nguồn số liệu");
    let line = row(sources, &["Kỳ 2", "Tổ A1", "workers"]);
    assert_eq!(line[3..], ["Tổng số người", "789", "người", HOSTILE, "Dùng, có cảnh báo", "T001", "Biểu", "D11"]);
    assert_eq!(row(sources, &["Kỳ 2", "Tổ A1", "has_rules"])[4], "Có");
    let files = sheet(&book, "Tệp nguồn");
    let file = row(files, &["T001"]);
    assert_eq!(file[1..3], ["a1.xlsx", "Tổ A1"]);
    assert!(files.cells.iter().any(|it| it.value.shown() == "Mã băm"), "by which two files are the same");
    let issue = row(sheet(&book, "Lỗi – cảnh báo"), &["V101"]);
    assert_eq!(issue[8..], ["a1.xlsx", "Biểu", "D13"]);
    let stated = row(sheet(&book, "Đối chiếu biểu 2 – biểu 1"), &["Kỳ 2", "Chi hội A"]);
    assert_eq!(stated[4..7], ["12345", "12340", "5"]);
    // Up to what difference they count as equal, and who has to answer.
    assert_eq!(stated[10..], ["0", "Chi hội A"]);
}

/// Inside the table of a sheet every cell says something.
#[test]
fn no_cell_of_a_table_is_empty() {
    let book = book();
    for sheet in book.sheets.iter().filter(|it| &*it.name != "Bìa") {
        let (mut tables, mut after_heading) = (0, false);
        for (at, cells) in sheet.rows().filter(|(_, cells)| cells.len() > 1) {
            // Merged headings leave cells without text beside and below them.
            let is_heading = ["Mã", "Đơn vị"].contains(&&*cells[0].value.shown());
            let is_whole = cells.len() as u32 == cells.last().map_or(0, |it| it.at.col + 1);
            assert!(is_heading || after_heading || is_whole, "{} row {} has a gap", sheet.name, at + 1);
            tables += u32::from(is_whole);
            after_heading = is_heading;
        }
        assert!(tables > 0, "{} has a table", sheet.name);
    }
}

#[test]
fn a_release_without_reports_still_makes_a_book_that_says_so() {
    let campaign = campaign();
    let book = read(&consolidated(&campaign, &empty_release(&campaign)).unwrap());
    let says = |name: &str, words: &str| {
        assert!(sheet(&book, name).cells.iter().any(|it| it.value.shown() == words), "{name}: {words}");
    };
    says("Xếp hạng", "Chưa có cụm nào được xếp hạng.");
    says("Lỗi – cảnh báo", "Không có lỗi, không có cảnh báo.");
    says("Nguồn số liệu", "Chưa có số liệu nào.");
    says("Công trình – sản phẩm", "Không có đơn vị nào gửi danh sách này.");
}
