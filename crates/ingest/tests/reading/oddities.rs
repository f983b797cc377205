//! What is odd about a workbook is told, and nothing is put right silently.

use crate::{GOOD, form_1, read, shown, shown_sheet};
use insta::assert_snapshot;
use std::io::{Cursor, Read, Write};
use thidua_model::{FactMark, Lang};
use thidua_testkit::draw;

/// The issues of one drawn sheet, `code place message`.
fn issues(drawing: &str) -> String {
    let (_, intake) = read(&[("a.xlsx", draw(drawing))], 1);
    let lines = intake.issues.iter().map(|it| format!("{} {} {}", it.code(), it.place, it.kind.message(Lang::En)));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_number_under_a_merged_range_belongs_to_no_line() {
    assert_snapshot!(issues(&form_1(&format!("{GOOD}\n! merge D12:D13"))), @"F028 a.xlsx › Mẫu 1 › D12 the merged range D12:D13 covers input cells (2), so nobody can tell whose number stands there; it is not used");
    assert_snapshot!(issues(&form_1(&format!("{GOOD}\n! merge D12:E12"))), @"");
    assert_snapshot!(issues(&form_1(&format!("{GOOD}\n! merge C12:D12"))), @"F028 a.xlsx › Mẫu 1 › C12 the merged range C12:D12 covers input cells (1), so nobody can tell whose number stands there; it is not used");
    let (campaign, intake) = read(&[("a.xlsx", draw(&form_1(&format!("{GOOD}\n! merge D12:D13"))))], 1);
    for field in ["workers", "workers_female"] {
        let field = campaign.find_field(field).expect("of the form");
        let submission = &intake.submissions[0];
        assert_eq!(intake.facts.get(submission.period, field, submission.unit).mark, FactMark::Rejected);
    }
}

#[test]
fn what_is_hidden_is_read_and_told() {
    assert_snapshot!(issues(&form_1(&format!("{GOOD}\n! hide rows 14:16"))), @"F027 a.xlsx › Mẫu 1 › D14 3 input cells lie in hidden rows or columns (D14, D15, D16); they were read all the same");
    assert_snapshot!(issues(&form_1(&format!("{GOOD}\n! hide columns D"))), @"F027 a.xlsx › Mẫu 1 › D12 9 input cells lie in hidden rows or columns (D12, D13, D14, D15, D16, D18, D19, D20, …); they were read all the same");
    let hidden = form_1(GOOD).replace("| Mẫu 1 |", "| [Mẫu 1] |");
    assert_snapshot!(issues(&format!("| Bìa | A |\n| 1 | Bìa |\n\n{}", hidden.trim())), @r#"
    F012 a.xlsx › Bìa this sheet belongs to no form (1 cells) and was not read
    F029 a.xlsx › Mẫu 1 the sheet of the form is hidden; it was read all the same
    "#);
    assert_eq!(issues(&form_1(&format!("{GOOD}\n! hide rows 11\n! hide columns H\n! protect"))), "");
}

#[test]
fn a_web_page_or_text_saved_as_a_workbook_is_read_with_a_note() {
    let drawing = form_1(GOOD);
    let cells: Vec<Vec<&str>> = drawing.lines().skip(2).map(cells_of).collect();
    let rows = |row: &Vec<&str>| row.iter().map(|cell| format!("<td>{cell}</td>")).collect::<String>();
    let html: String = cells.iter().map(|row| format!("<tr>{}</tr>", rows(row))).collect();
    let html = format!("<html><meta charset=utf-8><table>{html}</table></html>");
    let tsv: String = cells.iter().map(|row| format!("{}\r\n", row.join("\t"))).collect();
    let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(tsv.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (name, bytes, note) in [
        ("a.xls", html.into_bytes(), "F017  the file is no usual workbook but HTML"),
        ("b.xls", utf16, "F017  the file is no usual workbook but CSV"),
    ] {
        let read = shown(&[(name, bytes)]);
        let (status, rest) = read.split_once('\n').expect("facts");
        assert!(status.contains("mau-1 dot-1: accepted_with_warnings; read 10 empty 0"), "{status}");
        assert!(rest.starts_with("fact  workers = 120 ") && rest.contains("fact  wage = 4500000 "), "{rest}");
        assert!(rest.lines().any(|line| line.starts_with(note)), "{rest}");
    }
}

fn cells_of(line: &str) -> Vec<&str> {
    let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
    cells[1..].to_vec()
}

#[test]
fn broken_cells_are_told_at_their_place() {
    let whole = draw(&form_1(GOOD));
    let broken = patch(&whole, "xl/worksheets/sheet1.xml", |xml| {
        let workers = xml.find(r#"<c r="D12""#).expect("the cell of workers");
        let end = workers + xml[workers..].find("</c>").expect("its end") + 4;
        let twice = xml[workers..end].replace("120", "999");
        format!("{}{twice}{}", &xml[..end], &xml[end..]).replace(r#"r="C12""#, r#"r="C!2""#)
    });
    let (_, intake) = read(&[("a.xlsx", broken)], 1);
    let lines: Vec<String> =
        intake.issues.iter().map(|it| format!("{} {} {}", it.code(), it.place, it.kind.message(Lang::En))).collect();
    assert_snapshot!(lines.join("\n"), @r#"
    F019 a.xlsx › Mẫu 1 the sheet holds a cell whose address "C!2" cannot be read; that cell was not read
    F018 a.xlsx › Mẫu 1 › D12 the file holds two cells of this address; the first one is used
    "#);
    assert!(shown_sheet(&form_1(GOOD)).contains("workers = 120 D12"));
}

/// The same container with one part changed.
fn patch(bytes: &[u8], part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).expect("a container");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut file = from.by_index(at).expect("a part");
        let name = file.name().expect("a name").to_string();
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("unpacked");
        if name == part {
            content = change(std::str::from_utf8(&content).expect("xml")).into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).expect("memory");
        to.write_all(&content).expect("memory");
    }
    to.finish().expect("memory").into_inner()
}
