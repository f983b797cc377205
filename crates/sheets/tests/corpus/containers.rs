//! Zip containers that lie about themselves, and what else comes in a zip.

use crate::check;
use crate::make::{RawPart, RawZip, parts, sheet, xlsx};
use thidua_sheets::{Limits, read};

fn one() -> String {
    sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")
}

#[test]
fn a_directory_that_lies_is_refused() {
    let one = one();
    let base = || RawZip::of(&parts(&one, &[]));
    let with = |change: &dyn Fn(&mut RawZip)| {
        let mut zip = base();
        change(&mut zip);
        zip.bytes()
    };
    let extra = |name: &str, bytes: &[u8]| RawPart {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
        claimed_size: None,
        shares: None,
        flags: 0,
    };
    let many = with(&|zip| zip.parts.extend((0..2_100).map(|number| extra(&format!("n{number}"), b""))));
    let claiming = |sizes: &[u32]| {
        let claim =
            |(number, &size): (usize, &u32)| RawPart { claimed_size: Some(size), ..extra(&format!("n{number}"), b"x") };
        with(&|zip| zip.parts.extend(sizes.iter().enumerate().map(claim)))
    };
    let whole = base().bytes();
    check(vec![
        ("an honest one", whole.clone(), "Xlsx | S A1:1"),
        (
            "two parts of one name",
            with(&|zip| zip.parts.push(extra("xl/worksheets/sheet1.xml", b"<x/>"))),
            "refused: damaged: part \"xl/worksheets/sheet1.xml\" is there twice",
        ),
        (
            "two parts that differ in case",
            with(&|zip| zip.parts.push(extra("xl/Worksheets/SHEET1.xml", b"<x/>"))),
            "refused: damaged: part \"xl/Worksheets/SHEET1.xml\" is there twice",
        ),
        (
            "two parts that differ in the slash",
            with(&|zip| zip.parts.push(extra("/xl\\workbook.xml", b"<x/>"))),
            "refused: damaged: part \"/xl\\workbook.xml\" is there twice",
        ),
        (
            "a name that leads outside",
            with(&|zip| zip.parts.push(extra("../../etc/passwd", b"x"))),
            "refused: damaged: part \"../../etc/passwd\" points outside the file",
        ),
        (
            "a name on a drive",
            with(&|zip| zip.parts.push(extra("c:\\x", b"x"))),
            "refused: damaged: part \"c:\\x\" points outside the file",
        ),
        ("more parts than any workbook has", many, "refused: parts of the container: 2106 is above 2000"),
        (
            "a part that claims 3 GB",
            with(&|zip| zip.parts[5].claimed_size = Some(3_000_000_000)),
            "refused: unpacked size of a part (bytes): 3000000000 is above 67108864",
        ),
        (
            "a part that claims less than it holds",
            with(&|zip| zip.parts[5].claimed_size = Some(10)),
            "refused: damaged: part \"xl/worksheets/sheet1.xml\" cannot be unpacked",
        ),
        (
            "a part that claims more than it holds",
            with(&|zip| zip.parts[5].claimed_size = Some(5_000)),
            "refused: damaged: part \"xl/worksheets/sheet1.xml\" cannot be unpacked",
        ),
        (
            "a part with a wrong checksum",
            {
                let mut bytes = whole.clone();
                let at = bytes.windows(3).position(|w| w == b"<v>").expect("a value");
                bytes[at + 3] = b'7';
                bytes
            },
            "refused: damaged: part \"xl/worksheets/sheet1.xml\" cannot be unpacked",
        ),
        ("an encrypted part", with(&|zip| zip.parts[2].flags = 1), "refused: encrypted"),
        (
            "parts that share their bytes",
            with(&|zip| {
                let mut part = extra("copy", zip.parts[5].bytes.clone().as_slice());
                part.shares = Some(5);
                zip.parts.push(part);
            }),
            "refused: damaged: parts lie on top of each other",
        ),
        (
            "parts that grow far too much",
            claiming(&[20 << 20, 20 << 20]),
            "refused: times the file grows when unpacked: 19364 is above 200",
        ),
        (
            "parts that are too large together",
            claiming(&[60 << 20; 5]),
            "refused: unpacked size (bytes): 314574108 is above 268435456",
        ),
        ("cut in the middle", whole[..whole.len() / 2].to_vec(), "refused: damaged: its end is missing"),
        (
            "cut by ten bytes",
            whole[..whole.len() - 10].to_vec(),
            "refused: damaged: the directory inside the file is broken",
        ),
        ("rubbish behind the end", [&whole[..], b"\r\n--boundary--\r\n"].concat(), "Xlsx | S A1:1"),
        (
            "fewer entries claimed than there are",
            {
                let mut zip = base();
                zip.claimed_entries = Some(2);
                zip.bytes()
            },
            "refused: not a spreadsheet: a zip archive",
        ),
        (
            "an empty zip",
            b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec(),
            "refused: not a spreadsheet: a zip archive",
        ),
    ]);
}

#[test]
fn other_files_in_a_zip_are_named() {
    let rels = |main: &str| crate::make::RELS.replace("xl/workbook.xml", main);
    check(vec![
        (
            "Word",
            RawZip::of(&[("_rels/.rels", &rels("word/document.xml")), ("word/document.xml", "<w/>")]).bytes(),
            "refused: not a spreadsheet: a Word file",
        ),
        (
            "Word with a workbook inside",
            RawZip::of(&[
                ("_rels/.rels", &rels("word/document.xml")),
                ("word/document.xml", "<w/>"),
                ("xl/workbook.xml", "<x/>"),
            ])
            .bytes(),
            "refused: not a spreadsheet: a Word file",
        ),
        (
            "PowerPoint without relations",
            RawZip::of(&[("ppt/presentation.xml", "<p/>")]).bytes(),
            "refused: not a spreadsheet: a PowerPoint file",
        ),
        (
            "OpenDocument text",
            RawZip::of(&[("mimetype", "application/vnd.oasis.opendocument.text")]).bytes(),
            "refused: not a spreadsheet: an OpenDocument text",
        ),
        ("photos", RawZip::of(&[("a.jpg", "x"), ("b.jpg", "y")]).bytes(), "refused: not a spreadsheet: a zip archive"),
        (
            "a workbook in a zip",
            RawZip::of(&[("bao-cao.xlsx", "PK")]).bytes(),
            "refused: not a spreadsheet: a zip archive",
        ),
    ]);
}

#[test]
fn a_worksheet_that_asks_too_much_is_refused() {
    let long = format!("<row><c t=\"str\"><v>{}</v></c></row>", "ắ".repeat(32_768));
    let long_enough = format!("<row><c t=\"str\"><v>{}</v></c></row>", "ắ".repeat(32_767));
    let deep = format!("<row><c>{}<v>1</v>{}</c></row>", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let open = format!("<worksheet>{}", "<a>".repeat(100_000));
    let sheets = format!("<workbook><sheets>{}</sheets></workbook>", "<sheet name=\"S\" r:id=\"rId1\"/>".repeat(201));
    check(vec![
        ("a text too long for any cell", xlsx(&long), "refused: characters of a cell: 32768 is above 32767"),
        ("elements a hundred thousand deep", xlsx(&deep), "Xlsx | S"),
        ("elements never closed", crate::make::xlsx_with(&open, &[]), "refused: damaged: its end is missing"),
        (
            "201 sheets",
            crate::make::xlsx_with(&one(), &[("xl/workbook.xml", &sheets)]),
            "refused: sheets: 201 is above 200",
        ),
        (
            "a part cut short inside a sound zip",
            crate::make::xlsx_with("<worksheet><sheetData><row><c><v>1</v></c></row>", &[]),
            "refused: damaged: its end is missing",
        ),
        (
            "tags that cross",
            crate::make::xlsx_with("<worksheet><sheetData><row><c><v>1</c></v></row></sheetData></worksheet>", &[]),
            "refused: damaged: part \"worksheet\" is not well-formed XML: ill-formed document: expected `</v>`, but `</c>` was found",
        ),
    ]);
    assert!(crate::show::shown(&xlsx(&long_enough)).starts_with("Xlsx | S A1:'ắắ"));
}

#[test]
fn one_cell_too_many_is_one_too_many() {
    let row = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(10));
    for (cells, is_read) in [(100, true), (99, false)] {
        let limits = Limits { cells, ..Limits::default() };
        assert_eq!(read(&xlsx(&row.repeat(10)), &limits).is_ok(), is_read, "{cells}");
    }
}
