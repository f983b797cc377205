//! Damaged and hostile parts: a workbook that is still read is still marked, and never differently read.

use crate::package::parts;
use crate::{mark, sheets_of};
use std::io::{Cursor, Write};
use thidua_annotate::{Level, Mark, annotate};
use thidua_model::CellRef;
use thidua_sheets::{Limits, Refusal, read};

/// A row of numbers that is the same each time (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }
}

fn packed<'a>(parts: impl IntoIterator<Item = (&'a String, &'a Vec<u8>)>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

/// Pieces that XML is hurt with.
const PIECES: [&str; 16] = [
    "<",
    ">",
    "/>",
    "\"",
    "'",
    "&",
    "<c/>",
    "<row>",
    "</row>",
    "<!--",
    "<![CDATA[",
    " r=\"A1\"",
    " s=\"-1\"",
    "é\u{FFFF}",
    "4294967295",
    "</sheetData>",
];

fn hurt(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let (at, length) = (numbers.below(bytes.len() + 1), numbers.below(40));
    let end = (at + length).min(bytes.len());
    let piece = PIECES[numbers.below(PIECES.len())].as_bytes();
    match numbers.below(5) {
        0 => bytes[..at].to_vec(),
        1 => [&bytes[..at], &bytes[end..]].concat(),
        2 => [&bytes[..end], &bytes[at..]].concat(),
        3 => [&bytes[..at], piece, &bytes[at..]].concat(),
        _ => [&bytes[..at], piece, &bytes[end..]].concat(),
    }
}

fn marks(bytes: &[u8]) -> Option<Vec<Mark>> {
    let book = read(bytes, &Limits::default()).ok()?;
    let places = [(0, 0), (3, 3), (7, 2), (40, 9)];
    let of_sheet = |sheet: &thidua_sheets::Sheet| {
        let name = sheet.name.to_string();
        places.map(|(row, col)| Mark { cell: Some(CellRef::new(row, col)), ..mark(&name, Level::Error, "sai") })
    };
    Some(book.sheets.iter().flat_map(of_sheet).collect())
}

#[test]
fn a_workbook_with_any_part_hurt_is_marked_when_it_is_read_and_reads_the_same() {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let (mut tried, mut marked, mut in_place) = (0, 0, 0);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    for name in ["by-openpyxl.xlsx", "by-libreoffice.xlsx", "marked-then-libreoffice.xlsx"] {
        let whole = parts(&std::fs::read(folder.join(name)).expect("a file of the tests"));
        for (part, bytes) in &whole {
            for _ in 0..40 {
                let hurt = hurt(bytes, &mut numbers);
                let file = packed(whole.iter().map(|(name, bytes)| (name, if name == part { &hurt } else { bytes })));
                tried += 1;
                let Some(marks) = marks(&file) else { continue };
                let before = read(&file, &Limits::default()).expect("read before");
                let what = || format!("{name} {part}: {}", String::from_utf8_lossy(&hurt));
                match annotate(&file, &marks, &Limits::default()) {
                    Ok(new) => {
                        let after = read(&new, &Limits::default()).unwrap_or_else(|it| panic!("{it}: {}", what()));
                        assert_eq!(sheets_of(&after), sheets_of(&before), "{}", what());
                        in_place += usize::from(after.notes == before.notes);
                        marked += 1;
                    }
                    Err(refusal) => panic!("{refusal}: {}", what()),
                }
            }
        }
    }
    assert!(tried > 1_000 && marked * 2 > tried && in_place * 2 > marked, "{tried} {marked} {in_place}");
}

#[test]
fn what_is_too_large_is_refused_by_its_limit() {
    let sent = b"TT;So\n1;12 con\n2;3\n";
    let limits = Limits { file_bytes: 10, ..Limits::default() };
    assert!(matches!(annotate(sent, &[], &limits), Err(Refusal::Limit { .. })));
    let limits = Limits { cells: 2, ..Limits::default() };
    assert!(matches!(annotate(sent, &[], &limits), Err(Refusal::Limit { .. })));
}

#[test]
fn thousands_of_marks_and_endless_words_are_cut_to_what_a_sheet_takes() {
    let long = "dài ".repeat(20_000);
    let name = crate::book(b"a;b\n1;2\n").sheets[0].name.to_string();
    let one = |row: u32| Mark { cell: Some(CellRef::new(row, 1)), ..mark(&name, Level::Error, &long) };
    let many: Vec<Mark> = (0..5_003).map(one).collect();
    let book = crate::book(&annotate(b"a;b\n1;2\n", &many, &Limits::default()).expect("marked"));
    let lines = crate::lines(&book);
    assert!(lines.iter().any(|line| line == "Còn 3 chỗ khác không ghi ở đây."), "{:?}", &lines[..6]);
    assert!(crate::list(&book).cells.iter().all(|cell| cell.value.shown().chars().count() <= 2_001));
}
