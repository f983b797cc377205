//! The report of issues read back cell by cell, and its links.

use std::io::Read as _;
use std::path::Path;
use thidua_campaign::Campaign;
use thidua_model::{CellRef, Issue, IssueKind, Place};
use thidua_sheets::{Limits, Sheet};
use thidua_workbook::{ReportedIssue, issue_report};

const HOSTILE: &str = "=HYPERLINK(\"http://example.invalid\",\"bấm\")";

fn campaign() -> Campaign {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/campaign");
    thidua_campaign::load(&folder).unwrap()
}

fn cell(file: &str, sheet: &str, cell: &str) -> Place {
    Place::Cell { file: file.into(), sheet: sheet.into(), cell: CellRef::parse(cell).unwrap() }
}

fn issues() -> Vec<Issue> {
    let mut warning = Issue::new(
        IssueKind::NumberAsText { found: "1.234".into(), read_as: "1234".into() },
        cell("dot 1/a#1.xlsx", "Mẫu 1", "D14"),
    );
    warning.unit = Some("A1".into());
    let mut error = Issue::new(IssueKind::NotANumber { found: HOSTILE.into() }, cell("dot 1/a#1.xlsx", "It's", "D15"));
    error.unit = Some("A1".into());
    error.label = Some("+ Số người".into());
    let unknown = Issue::new(
        IssueKind::UnknownUnit { found: "@Hoa".into(), near: "–".into() },
        Place::File { file: "b.xlsx".into() },
    );
    vec![warning, error, unknown]
}

fn bytes(campaign: &Campaign, issues: &[Issue]) -> Vec<u8> {
    let reported = issues.iter().map(|issue| ReportedIssue {
        issue,
        received_at: issue.unit.is_some().then(|| "2014-06-13T14:56:00".parse().unwrap()),
        link: issue.place.file().map(|file| format!("../inbox/{file}")),
    });
    issue_report(campaign, 2, reported.collect()).unwrap()
}

fn rows(sheet: &Sheet) -> Vec<Vec<String>> {
    sheet.rows().map(|(_, cells)| cells.iter().map(|it| it.value.shown()).collect()).collect()
}

#[test]
fn a_row_tells_who_when_what_where_and_what_to_do() {
    let campaign = campaign();
    let book = thidua_sheets::read(&bytes(&campaign, &issues()), &Limits::default()).unwrap();
    let rows = rows(&book.sheets[0]);
    let head = rows.iter().position(|row| row[0] == "Mã đơn vị").expect("the headings");
    let a1 = campaign.find_unit("A1").expect("a unit of the test");
    let name = campaign.unit(a1).latest().name.to_string();
    let officer = campaign.unit(a1).latest().followed_by.as_deref().unwrap_or("chưa phân công").to_owned();
    assert_eq!(rows[head].len(), 15);
    assert_eq!(
        rows[head + 1],
        [
            "chưa rõ",
            "chưa rõ đơn vị",
            "chưa phân công",
            "không có sổ nhận",
            "lỗi",
            "F006",
            "không nhận ra đơn vị “@Hoa”",
            "b.xlsx",
            "cả tệp",
            "–",
            "@Hoa",
            "–",
            "ghi đúng tên hoặc mã đơn vị (gần nhất: –)",
            "unit \"@Hoa\" is not known",
            "write the unit's name or code as in the register (nearest: –)",
        ],
        "a file of nobody stands first"
    );
    let not_a_number = format!("“{HOSTILE}” không phải là số");
    assert_eq!(
        rows[head + 2][..13],
        [
            "A1",
            &name,
            &officer,
            "13/06/2014",
            "lỗi",
            "V101",
            &not_a_number,
            "dot 1/a#1.xlsx",
            "It's › D15",
            "+ Số người",
            HOSTILE,
            "số",
            "chỉ gõ chữ số; để trống nếu chưa có số liệu",
        ],
        "errors before warnings"
    );
    assert_eq!(rows[head + 3][5], "V104");
    assert_eq!(rows.len(), head + 4);
    assert!(book.sheets[0].cells.iter().all(|cell| !cell.is_formula), "no text becomes a formula");
}

#[test]
fn links_lead_to_the_cell_in_the_file_that_was_sent() {
    let bytes = bytes(&campaign(), &issues());
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let (sheet, links) = (part("xl/worksheets/sheet1.xml"), part("xl/worksheets/_rels/sheet1.xml.rels"));
    for target in ["Target=\"../inbox/dot%201/a%231.xlsx\" TargetMode=\"External\"", "Target=\"../inbox/b.xlsx\""] {
        assert!(links.contains(target), "{links}");
    }
    for location in ["location=\"'It''s'!D15\"", "location=\"'Mẫu 1'!D14\""] {
        assert!(sheet.contains(location), "{sheet}");
    }
    assert!(sheet.contains("<pageSetup paperSize=\"9\""), "A4: {sheet}");
    assert!(sheet.contains("orientation=\"landscape\"") && sheet.contains("<autoFilter ") && sheet.contains("<pane "));
}

#[test]
fn no_issue_is_said_and_the_same_issues_give_the_same_bytes() {
    let campaign = campaign();
    let none = thidua_sheets::read(&bytes(&campaign, &[]), &Limits::default()).unwrap();
    let last = rows(&none.sheets[0]).pop().unwrap();
    assert_eq!(last, ["Không có lỗi, không có cảnh báo."]);
    let mut turned = issues();
    turned.reverse();
    assert_eq!(bytes(&campaign, &issues()), bytes(&campaign, &turned));
}

#[test]
fn more_issues_than_a_sheet_has_links_are_still_told() {
    let issue = |row| {
        let place = Place::Cell { file: "a.xlsx".into(), sheet: "b".into(), cell: CellRef::new(row, 3) };
        Issue::new(IssueKind::RequiredBlank {}, place)
    };
    let issues: Vec<Issue> = (0..66_000).map(issue).collect();
    let book = thidua_sheets::read(&bytes(&campaign(), &issues), &Limits::default());
    let rows = rows(&book.unwrap().sheets[0]);
    assert_eq!(rows.iter().filter(|row| row.iter().any(|text| text == "V111")).count(), 66_000);
}
