//! Drawn sheets: what a clerk finds in a workbook that comes back.

use crate::package::{parts, tags, text};
use crate::{annotated, book, lines, list, mark};
use thidua_annotate::Level;
use thidua_model::CellRef;
use thidua_testkit::draw;

const DRAWN: &str = "
| Mẫu 1 | A  | B                | D      |
| 13    | TT | Nội dung         | Số lượng |
| 14    | 1  | Tổng số lao động | 12 con |
| 15    | 2  | Trong đó: nữ     | 5      |

| Phụ lục '14 | A | B    |
| 1           | x | 2014 |
";

#[test]
fn the_list_names_what_to_mend_in_order_with_a_link_to_each_cell() {
    let marked = annotated(
        &draw(DRAWN),
        &[
            mark("", Level::Warning, "lưu thành .xlsx"),
            mark("Mẫu 1!D14", Level::Error, "“12 con” không phải là số"),
            mark("Mẫu 1!D16", Level::Warning, "chưa có số liệu"),
            mark("Phụ lục '14", Level::Notice, "trang lạ"),
        ],
    );
    let book = book(&marked);
    let names: Vec<&str> = book.sheets.iter().map(|sheet| &*sheet.name).collect();
    assert_eq!(names, ["Cần sửa", "Mẫu 1", "Phụ lục '14"]);
    let shown = lines(&book);
    assert_eq!(shown[0], "Cần sửa");
    assert_eq!(shown[1], "1 lỗi phải sửa; 2 cảnh báo nên xem lại; 1 chỗ đã giải trình, không cần làm gì.");
    assert_eq!(shown[4], "STT | Mức | Trang | Ô | Dòng | Cần sửa gì | Thấy trong ô | Cần có | Cách sửa | Mã");
    let tail = "12 con | số | chỉ gõ chữ số | V101";
    assert_eq!(
        shown[5..],
        [
            format!("1 | cảnh báo | cả tệp | Tổng số lao động | lưu thành .xlsx | {tail}"),
            format!("2 | lỗi | Mẫu 1 | D14 | Tổng số lao động | “12 con” không phải là số | {tail}"),
            format!("3 | cảnh báo | Mẫu 1 | D16 | Tổng số lao động | chưa có số liệu | {tail}"),
            format!("4 | đã giải trình | Phụ lục '14 | cả trang | Tổng số lao động | trang lạ | {tail}"),
        ]
    );
    let parts = parts(&marked);
    let links: Vec<String> = tags(&text(&parts, "xl/worksheets/sheet3.xml"))
        .into_iter()
        .filter(|(tag, _)| tag == "hyperlink")
        .map(|(_, link)| format!("{} → {}", link["ref"], link["location"]))
        .collect();
    assert_eq!(links, ["D7 → 'Mẫu 1'!D14", "D8 → 'Mẫu 1'!D16", "D9 → 'Phụ lục ''14'!A1"]);
}

#[test]
fn a_marked_cell_says_in_a_comment_what_was_found_and_expected() {
    let both = [
        mark("Mẫu 1!D14", Level::Warning, "lẻ"),
        mark("Mẫu 1!D14", Level::Error, "không phải là số"),
        mark("Mẫu 1!Z99", Level::Error, "ở xa"),
    ];
    let parts = parts(&annotated(&draw(DRAWN), &both));
    let comments = text(&parts, "xl/comments1.xml");
    let shown = comments.replace("</t>", "\u{1}");
    let shown: String = shown.split('\u{1}').filter_map(|run| run.rsplit_once('>').map(|(_, text)| text)).collect();
    assert_eq!(
        shown,
        "Cảnh báo V101\nlẻ\nThấy: 12 con\nCần: số\nCách sửa: chỉ gõ chữ số\n\nLỗi V101\nkhông phải là số\nThấy: 12 con\n\
         Cần: số\nCách sửa: chỉ gõ chữ số\n――― thidua ―――Lỗi V101\nở xa\nThấy: 12 con\nCần: số\nCách sửa: chỉ gõ chữ số\n――― thidua ―――"
    );
    let drawing = text(&parts, "xl/drawings/vmlDrawing1.vml");
    assert!(drawing.contains("<x:Row>13</x:Row><x:Column>3</x:Column>"), "{drawing}");
    assert!(drawing.contains("<x:Row>98</x:Row><x:Column>25</x:Column>"), "{drawing}");
    // The worst of several marks gives the colour: a red, whose lowest bits are a number.
    let styles = text(&parts, "xl/styles.xml");
    assert!(styles.contains("<left style=\"medium\"><color rgb=\"FFD11020\"/></left>"), "{styles}");
    assert_eq!(styles.matches("style=\"medium\"").count(), 4, "one outline for both: {styles}");
}

#[test]
fn a_file_without_mistakes_comes_back_saying_so() {
    let book = book(&annotated(&draw(DRAWN), &[]));
    assert_eq!(lines(&book), ["Cần sửa", "Không có gì phải sửa. · Nothing to mend."]);
    assert_eq!(book.sheets.len(), 3);
}

#[test]
fn a_merged_range_is_outlined_as_a_whole_and_commented_at_its_first_cell() {
    let drawn = "
| Mẫu 1 | A | D | E |
| 14    | 1 | 7 |   |
! merge D14:E15
";
    let parts = parts(&annotated(&draw(drawn), &[mark("Mẫu 1!E15", Level::Error, "gộp ô")]));
    let sheet = text(&parts, "xl/worksheets/sheet1.xml");
    let styles: Vec<String> = ["D14", "E14", "D15", "E15"]
        .iter()
        .map(|at| {
            let found = tags(&sheet).into_iter().find(|(tag, it)| tag == "c" && it.get("r").is_some_and(|r| r == at));
            found.unwrap_or_else(|| panic!("no {at}")).1["s"].clone()
        })
        .collect();
    let mut apart = styles.clone();
    apart.sort();
    apart.dedup();
    assert_eq!(apart.len(), 4, "each has sides of its own: {styles:?}");
    let comments = text(&parts, "xl/comments1.xml");
    assert!(comments.contains("ref=\"D14\"") && !comments.contains("ref=\"E15\""), "{comments}");
}

#[test]
fn a_sheet_of_somebody_else_with_the_same_name_stays() {
    let drawn = "
| Cần sửa | A | B |
| 1       | x | 7 |
";
    let marked = annotated(&draw(drawn), &[mark("Cần sửa!B1", Level::Error, "sai")]);
    let once = book(&marked);
    let names: Vec<&str> = once.sheets.iter().map(|sheet| &*sheet.name).collect();
    assert_eq!(names, ["Cần sửa (2)", "Cần sửa"]);
    let twice = book(&annotated(&marked, &[mark("Cần sửa!B1", Level::Error, "sai")]));
    assert_eq!(list(&twice).name, list(&once).name);
    assert_eq!(twice.sheets.len(), 2);
}

#[test]
fn the_workbook_opens_on_the_list_and_no_other_sheet_is_selected() {
    let parts = parts(&annotated(&draw(DRAWN), &[mark("Phụ lục '14!B1", Level::Error, "sai")]));
    let views = |name: &str| {
        let tags = tags(&text(&parts, name));
        tags.into_iter().filter(|(tag, it)| tag == "sheetView" && it.contains_key("tabSelected")).count()
    };
    assert_eq!([1, 2, 3].map(|at| views(&format!("xl/worksheets/sheet{at}.xml"))), [0, 0, 1]);
    let workbook = tags(&text(&parts, "xl/workbook.xml"));
    let first = workbook.iter().find(|(tag, _)| tag == "sheet").expect("a tab");
    assert_eq!(first.1["name"], "Cần sửa");
    let view = workbook.iter().find(|(tag, _)| tag == "workbookView").expect("a view");
    assert_eq!(view.1["activeTab"], "0");
}

#[test]
fn words_of_senders_stay_words() {
    let hostile = "=cmd|' /C calc'!A0 <b> & \"x\" _x0041_ \u{1}";
    let marked = annotated(&draw(DRAWN), &[mark("Mẫu 1!D14", Level::Error, hostile)]);
    let book = book(&marked);
    let list = list(&book);
    let cell = list.at(CellRef::new(5, 5)).expect("the message");
    assert_eq!(cell.value.shown(), hostile);
    assert!(!list.cells.iter().any(|cell| cell.is_formula));
}

#[test]
fn a_text_file_comes_back_as_a_workbook_of_its_values() {
    let sent = "TT;Nội dung;Số\n1;Tổng số lao động;12 con\n2;Ngày;31/05/2014\n";
    let name = book(sent.as_bytes()).sheets[0].name.clone();
    let marked = annotated(sent.as_bytes(), &[mark(&format!("{name}!C2"), Level::Error, "không phải là số")]);
    let book = book(&marked);
    assert!(lines(&book)[4].starts_with("Tệp gửi đến là CSV"), "{:?}", lines(&book));
    assert_eq!(book.sheets[1].at(CellRef::new(1, 2)).expect("a cell").value.shown(), "12 con");
    assert!(text(&parts(&marked), "xl/comments1.xml").contains("ref=\"C2\""));
}
