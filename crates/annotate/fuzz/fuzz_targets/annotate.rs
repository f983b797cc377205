//! Any part of a workbook is changed or given up: no panic, no hang, and what comes out reads as what went in.
//! The bytes become one part of an honest container, so that the fuzzer need not find checksums.
//!
//! `cargo fuzz run annotate -- -max_len=65536 -timeout=10 -rss_limit_mb=1024`
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write};
use thidua_annotate::{Level, Mark, annotate};
use thidua_model::CellRef;
use thidua_sheets::marks::is_list;
use thidua_sheets::{CellValue, Limits, Refusal, read};

const TYPES: &str = r#"<Types xmlns="t"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const ROOTS: &str = r#"<Relationships><Relationship Id="a" Type="o/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>"#;
const OF_BOOK: &str = r#"<Relationships><Relationship Id="a" Type="o/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="o/styles" Target="styles.xml"/></Relationships>"#;
const SHEET: &str = r#"<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>1</v></c></row></sheetData><legacyDrawing r:id="d"/></worksheet>"#;
const OF_SHEET: &str = r#"<Relationships><Relationship Id="c" Type="o/comments" Target="../comments1.xml"/><Relationship Id="d" Type="o/vmlDrawing" Target="../boxes.vml"/></Relationships>"#;
const STYLES: &str = r#"<styleSheet><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellXfs><xf/><xf borderId="0"/></cellXfs></styleSheet>"#;
const COMMENTS: &str = r#"<comments><authors><author>a</author></authors><commentList><comment ref="A1" authorId="0"><text><t>x</t></text></comment></commentList></comments>"#;
const BOXES: &str = r#"<xml xmlns:v="urn:schemas-microsoft-com:vml"></xml>"#;

const PARTS: [(&str, &str); 9] = [
    ("[Content_Types].xml", TYPES),
    ("_rels/.rels", ROOTS),
    ("xl/workbook.xml", BOOK),
    ("xl/_rels/workbook.xml.rels", OF_BOOK),
    ("xl/worksheets/sheet1.xml", SHEET),
    ("xl/worksheets/_rels/sheet1.xml.rels", OF_SHEET),
    ("xl/styles.xml", STYLES),
    ("xl/comments1.xml", COMMENTS),
    ("xl/boxes.vml", BOXES),
];

fuzz_target!(|bytes: &[u8]| {
    let Some((&kind, part)) = bytes.split_first() else { return };
    let replaced = usize::from(kind) % (PARTS.len() + 1);
    let file = match PARTS.get(replaced) {
        Some(_) => packed(replaced, part),
        None => part.to_vec(),
    };
    let limits = Limits { cells: 20_000, strings: 20_000, ..Limits::default() };
    let Ok(before) = read(&file, &limits) else { return };
    let marks: Vec<Mark> = [(0, 0), (3, 2), (9, 9)].map(|(row, col)| mark(&before.sheets[0].name, row, col)).into();
    let marked = match annotate(&file, &marks, &limits) {
        Ok(marked) => marked,
        Err(refusal @ Refusal::Stopped { .. }) => panic!("{refusal}"),
        // The list and the marked cells may be too much for a file at its limits.
        Err(_) => return,
    };
    let after = read(&marked, &Limits::default()).expect("what was marked is read");
    let shown = |book: &thidua_sheets::Book| -> Vec<String> {
        let sheets = book.sheets.iter().filter(|sheet| !is_list(sheet));
        let cells = sheets.flat_map(|sheet| &sheet.cells).filter(|cell| cell.value != CellValue::Nothing);
        cells.map(|cell| format!("{} {}", cell.at, cell.value.shown())).collect()
    };
    assert_eq!(shown(&after), shown(&before));
});

fn mark(sheet: &str, row: u32, col: u32) -> Mark {
    Mark {
        sheet: Some(sheet.into()),
        cell: Some(CellRef::new(row, col)),
        level: Level::Error,
        code: "V101".to_owned(),
        label: None,
        message: "sai".to_owned(),
        found: None,
        expected: None,
        fix: String::new(),
    }
}

fn packed(replaced: usize, part: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (at, (name, text)) in PARTS.iter().enumerate() {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(if at == replaced { part } else { text.as_bytes() }).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}
