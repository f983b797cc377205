//! The place of an issue is provably right: the cell at the printed address holds the quoted text,
//! in sheets with any bad cells and in every file of the sample.

use crate::{HEAD, read};
use proptest::prelude::*;
use std::path::Path;
use thidua_ingest::{IngestOptions, ingest, read_folder};
use thidua_model::text::fold;
use thidua_model::{Issue, IssueKind, Lang, Place};
use thidua_sheets::{Book, CellValue, Limits};
use thidua_testkit::draw;

/// Why the cell at the issue's place does not bear the issue out; `None`: it does.
fn contradiction(book: &Book, issue: &Issue) -> Option<String> {
    let wrong = |why: &str| Some(format!("{why}: {issue}"));
    let sheet = match issue.place.sheet() {
        Some(name) => match book.sheets.iter().find(|sheet| sheet.name == *name) {
            Some(sheet) => sheet,
            None => return wrong("no such sheet"),
        },
        None => return None,
    };
    let at = issue.place.cell()?;
    let cell = sheet.at(at);
    let shown = cell.map(|cell| cell.value.shown()).unwrap_or_default();
    match (&issue.kind, issue.kind.found(Lang::Vi)) {
        (IssueKind::RequiredBlank {}, _) if !says_nothing(&shown) => wrong("the cell is not empty"),
        (IssueKind::FormulaWithoutResult {}, _) if cell.is_none_or(|cell| cell.value != CellValue::Nothing) => {
            wrong("the formula has a result")
        }
        // Names of the register, at a row that may write them otherwise.
        (IssueKind::NotBelowSender { .. } | IssueKind::ListedTwice { .. }, _) => {
            sheet.rows().all(|(row, _)| row != at.row).then(|| format!("the row is empty: {issue}"))
        }
        (_, None) => None,
        (_, Some(_)) if cell.is_none() => wrong("the cell is empty"),
        // Both sides of a rule, which can be sums, and figures of other periods.
        (
            IssueKind::RuleFailed { .. }
            | IssueKind::RuleFailedWarning { .. }
            | IssueKind::PeriodsConflict { .. }
            | IssueKind::OutlierAmongPeers { .. }
            | IssueKind::OutlierAgainstPast { .. },
            Some(_),
        ) => None,
        // The nearest label, with its address behind.
        (IssueKind::FieldNotFound { .. }, Some(found)) => {
            if found.contains(shown.trim()) {
                None
            } else {
                wrong("another label stands there")
            }
        }
        (_, Some(found)) => match issue.code().as_bytes()[0] {
            // A head says it among other words.
            b'F' => {
                let (mut found, shown) = (found.split(", ").map(fold), fold(&shown));
                if found.all(|part| shown.contains(&part)) { None } else { wrong("the head says something else") }
            }
            // A relation quotes the number that was understood.
            b'R' => {
                // A share has two decimals.
                let rounded = shown.replace(',', ".").parse().map(|number: f64| digits(&format!("{number:.2}")));
                let is_quoted = digits(&found) == digits(&shown) || rounded.is_ok_and(|it| it == digits(&found));
                (!is_quoted).then(|| format!("the cell shows “{shown}”: {issue}"))
            }
            _ => {
                let quoted =
                    found.strip_suffix('…').map_or(shown.trim() == found.trim(), |start| shown.starts_with(start));
                (!quoted).then(|| format!("the cell shows “{shown}”: {issue}"))
            }
        },
    }
}

/// Empty, or a word that gives no value where one is asked.
fn says_nothing(shown: &str) -> bool {
    matches!(shown.trim(), "" | "-" | "–" | "không" | "nt" | "“")
}

/// The digits that make the number, without zeros at its ends.
fn digits(text: &str) -> String {
    let plain = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        c => Some(c).filter(char::is_ascii_digit),
    };
    let digits: String = text.chars().filter_map(plain).collect();
    digits.trim_matches('0').to_owned()
}

/// What clerks type, and what they do not.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[0-9]{1,6}",
        "-?[0-9]{1,3}[.,][0-9]{1,3}",
        "'[0-9]{1,3}[ .,][0-9]{3}[ .,][0-9]{1,3}",
        "[0-9]{1,4} ?(người|nhà|đồng|%|con|)",
        "'[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}",
        "(có|không|x|Khá|Giỏi|-|–|\\?|#N/A|nt|“)",
        "=A1 -> (12|-3|4.5|#REF!|#DIV/0!|abc)",
        "[a-zđăơ ,.!?%/(){}\"<>&*-]{1,120}",
        "[０-９]{1,4}",
    ]
    .prop_map(|text| text.replace('|', "/").trim().to_owned())
}

const LABELS: [(&str, &str); 9] = [
    ("Tổng số lao động", "người"),
    ("- Trong đó: nữ", ""),
    ("Tiền lương bình quân tháng", "đồng"),
    ("+ Số người được tính", "người"),
    ("+ Tỷ lệ nữ", "%"),
    ("Có quỹ Đoàn kết tương trợ", ""),
    ("Xếp loại UBKT", ""),
    ("Ngày tổ chức hội nghị", ""),
    ("Số nhà Mái ấm", "nhà"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn the_place_is_always_provably_right(
        values in prop::collection::vec(typed(), LABELS.len()),
        gaps in prop::collection::vec(0u32..3, LABELS.len()),
        rows in prop::collection::vec(prop::collection::vec(typed(), 5), 0..6),
        sender in prop_oneof![Just("CĐCS Trường THCS Hoa Ban".to_owned()), "[a-zA-Z ]{3,20}"],
        marks in "[☒☐]{2}",
    ) {
        let mut drawing = HEAD.replace("CĐCS Trường THCS Hoa Ban", &sender);
        let mut signs = marks.chars();
        drawing = drawing.replace("☒ 31/5 ☐ 30/11", &format!("{} 31/5 {} 30/11", signs.next().unwrap(), signs.next().unwrap()));
        let mut at = 11;
        for (((label, measure), value), gap) in LABELS.iter().zip(&values).zip(&gaps) {
            at += gap;
            drawing.push_str(&format!("\n| {at} | 1 | {label} | {measure} | {value} | |"));
            at += 1;
        }
        drawing.push_str("\n\n| Mái ấm | A | B | C | D | E | F |\n| 1 | DANH SÁCH NHÀ MÁI ẤM | | | | | |");
        drawing.push_str("\n| 4 | TT | Người được hỗ trợ | Hình thức | Dự kiến | Ngày bàn giao | Đơn vị |");
        for (row, cells) in rows.iter().enumerate() {
            drawing.push_str(&format!("\n| {} | {} | {} |", row + 5, row + 1, cells.join(" | ")));
        }
        let bytes = draw(&drawing);
        let book = thidua_sheets::read(&bytes, &Limits::default()).unwrap();
        let (_, intake) = read(&[("a.xlsx", bytes)], 1);
        for issue in &intake.issues {
            let why = contradiction(&book, issue);
            prop_assert!(why.is_none(), "{}\n{drawing}", why.unwrap_or_default());
        }
    }
}

#[test]
fn every_issue_of_the_sample_is_borne_out_by_its_cell() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let campaign = thidua_campaign::load(&top.join("templates/dak-lak-2014")).unwrap();
    let folder = top.join("samples/dak-lak-2014/inbox");
    let inbox = read_folder(&folder).unwrap();
    let intake = ingest(&campaign, &inbox, &IngestOptions::default(), &|_| {}).unwrap();
    let at_cells = intake.issues.iter().filter(|issue| matches!(issue.place, Place::Cell { .. }));
    let mut checked = 0;
    for issue in at_cells {
        let bytes = std::fs::read(folder.join(&**issue.place.file().unwrap())).unwrap();
        let book = thidua_sheets::read(&bytes, &Limits::default()).unwrap();
        assert_eq!(contradiction(&book, issue), None);
        checked += 1;
    }
    assert!(checked > 10, "the sample has flaws at cells, {checked} were found");
}
