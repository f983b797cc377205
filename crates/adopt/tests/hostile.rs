//! Whatever a workbook holds, a draft comes back, the same each time, with names that can be used.

use proptest::prelude::*;
use std::collections::BTreeSet;
use thidua_adopt::{Known, adopt};
use thidua_model::CellRef;
use thidua_sheets::{Area, Book, Cell, CellValue, Format, Sheet};

const WORDS: &[&str] = &[
    "TT",
    "STT",
    "Nội dung",
    "Chỉ tiêu",
    "Đơn vị tính",
    "Số lượng",
    "Tỷ lệ (%)",
    "Ghi chú",
    "Mã số",
    "Tổng số",
    "Nữ",
    "I",
    "II.",
    "1",
    "1.1",
    "a)",
    "-",
    "+",
    "I. TỔ CHỨC",
    "Tổng số lao động (người)",
    "- Trong đó: nữ",
    "Có/Không",
    "x",
    "……",
    "(1)",
    "(2)",
    "Ngày tổ chức",
    "Họ và tên",
    "NGƯỜI LẬP BIỂU",
    "ngày … tháng … năm 2015",
    "BÁO CÁO NĂM 2015",
    "Đơn vị báo cáo: ……",
    "(ĐVT: đồng)",
    "\"",
    "\\",
    "a\nb\t\u{1}",
    "'''",
    "#",
    "›",
    "Тест",
    "(",
    ")",
    "((((",
    "𝔸",
    "\u{301}",
    "1.",
    "1.a",
    "%",
    "Tốt/Khá/Yếu",
    " ",
];

fn book(cells: Vec<(u32, u32, usize)>, merged: Vec<(u32, u32, u32, u32)>, name: usize) -> Book {
    let mut placed: Vec<Cell> = Vec::new();
    for (row, col, word) in cells {
        let value = match word {
            at if at < WORDS.len() => CellValue::Text(WORDS[at].into()),
            at if at % 3 == 0 => CellValue::Number(at as f64),
            at if at % 3 == 1 => CellValue::Nothing,
            _ => CellValue::Bool(true),
        };
        let is_formula = value == CellValue::Nothing;
        placed.push(Cell { at: CellRef::new(row, col), value, is_formula, is_percent: false, font: 0 });
    }
    placed.sort_by_key(|cell| cell.at);
    placed.dedup_by_key(|cell| cell.at);
    let area = |(row, col, rows, cols): (u32, u32, u32, u32)| Area {
        first: CellRef::new(row, col),
        last: CellRef::new(row + rows, col + cols),
    };
    let mut merged: Vec<Area> = merged.into_iter().map(area).collect();
    merged.sort();
    let sheet = Sheet { name: WORDS[name].into(), is_visible: true, cells: placed, merged, ..Sheet::default() };
    Book { format: Format::Xlsx, sheets: vec![sheet.clone(), sheet], notes: Vec::new(), more_notes: 0 }
}

proptest! {
    #[test]
    fn any_sheet_gives_a_draft_with_names_of_its_own(
        cells in prop::collection::vec((0u32..30, 0u32..9, 0usize..WORDS.len() + 6), 0..160),
        merged in prop::collection::vec((0u32..30, 0u32..9, 0u32..3, 0u32..4), 0..12),
        name in 0usize..WORDS.len(),
    ) {
        let book = book(cells, merged, name);
        let known = Known::nothing(2015);
        let adopted = adopt(&book, "x.xlsx", None, &known);
        let again = adopt(&book, "x.xlsx", None, &known);
        let mut fields: BTreeSet<&str> = BTreeSet::new();
        let mut forms: BTreeSet<&str> = BTreeSet::new();
        for (form, same) in adopted.forms.iter().zip(&again.forms) {
            prop_assert_eq!(&form.text, &same.text);
            prop_assert!(forms.insert(&form.draft.id), "{} twice", form.draft.id);
            let tab = &form.draft.sheet;
            prop_assert!(!tab.is_empty() && tab.chars().count() <= 31 && !tab.contains(['[', ']', ':', '*', '?', '/', '\\']));
            for (field, _) in form.draft.lines().flat_map(|line| line.fields.iter().flatten()) {
                prop_assert!(fields.insert(field), "{field} twice");
                let is_name = field.starts_with(|c: char| c.is_ascii_alphabetic())
                    && field.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
                prop_assert!(is_name, "{field}");
            }
            prop_assert!(form.text.lines().all(|line| !line.contains(|c: char| c.is_control())));
        }
    }
}

#[test]
fn a_sheet_of_a_hundred_thousand_headings_ends() {
    let cells = (0..4_000u32).flat_map(|row| (0..25u32).map(move |col| (row, col, (row as usize + col as usize) % 10)));
    let adopted = adopt(&book(cells.collect(), Vec::new(), 3), "x.xlsx", None, &Known::nothing(2015));
    assert!(adopted.forms.len() <= 2);
}
