//! `.xls` and `.xlsb`, record by record.

use crate::check;
use crate::make::{
    BOF_SHEET, binary, binary_cell, binary_row, compound, record, wide, words, xls, xls_formula, xls_number,
    xls_stream, xlsb,
};

fn text(row: u16, col: u16, index: u32) -> Vec<u8> {
    record(0x00FD, &[&words(&[row, col, 0])[..], &index.to_le_bytes()].concat())
}

/// A table of shared strings and, where it goes on, the records that continue it.
fn strings(count: u32, pieces: &[&[u8]]) -> Vec<u8> {
    let head = [&count.to_le_bytes()[..], &count.to_le_bytes()].concat();
    let mut records = record(0x00FC, &[&head[..], pieces[0]].concat());
    for piece in &pieces[1..] {
        records.extend(record(0x003C, piece));
    }
    records
}

#[test]
fn records_of_an_xls_are_read_as_they_are_meant() {
    let rich = [&words(&[2])[..], &[8], &words(&[1]), b"ab", &words(&[0, 1])].concat();
    let wide_then_narrow = [&words(&[4])[..], &[1], &words(&[0x1EAF, 0x62])].concat();
    let rk = |row: u16, packed: u32| record(0x027E, &[&words(&[row, 0, 0])[..], &packed.to_le_bytes()].concat());
    let several = record(
        0x00BD,
        &[
            &words(&[0, 1, 0])[..],
            &(7u32 << 2 | 2).to_le_bytes(),
            &words(&[1]),
            &(50u32 << 2 | 3).to_le_bytes(),
            &words(&[2]),
        ]
        .concat(),
    );
    let label = |style: u16| record(0x0204, &[&words(&[0, 0, style, 2])[..], &[0], b"ab"].concat());
    let chart = [record(0x0809, BOF_SHEET), xls_number(5, 5, 0, 9.0), record(0x000A, &[])].concat();
    check(vec![
        (
            "number, percent, date",
            xls(&[], &[xls_number(0, 0, 0, 1.5), xls_number(0, 1, 1, 0.95), xls_number(0, 2, 2, 41973.0)]),
            "Xls | S A1:1.5 B1:0.95% C1:2014-11-30",
        ),
        ("1904 dates", xls(&[record(0x0022, &words(&[1]))], &[xls_number(0, 0, 2, 1.0)]), "Xls | S A1:1904-01-02"),
        (
            "packed numbers",
            xls(&[], &[rk(0, 7 << 2 | 2), rk(1, 1234 << 2 | 3), rk(2, (-5i32 << 2) as u32 | 2), rk(3, 0x3FF8_0000)]),
            "Xls | S A1:7 A2:12.34 A3:-5 A4:1.5",
        ),
        ("several packed numbers", xls(&[], &[several]), "Xls | S B1:7 C1:0.5%"),
        (
            "shared strings, one in a font of its own",
            xls(&[strings(2, &[&[&[1, 0, 0, b'x'][..], &rich].concat()])], &[text(0, 0, 0), text(0, 1, 1)]),
            "Xls | S A1:'x' B1:'ab'(VNI-Times)",
        ),
        (
            "a shared string that goes on in another way",
            xls(&[strings(1, &[&wide_then_narrow, b"\0cd"])], &[text(0, 0, 0)]),
            "Xls | S A1:'ắbcd'",
        ),
        (
            "shared strings that claim four billion",
            xls(&[strings(u32::MAX, &[&[1, 0, 0, b'x']])], &[text(0, 0, 0)]),
            "Xls | S A1:'x'",
        ),
        ("shared string out of range", xls(&[], &[text(0, 0, 7)]), "Xls | S A1:!#TEXT? | note: S!A1 text missing"),
        ("text in place, in a font", xls(&[], &[label(3)]), "Xls | S A1:'ab'(VNI-Times)"),
        (
            "truth and errors",
            xls(
                &[],
                &[
                    record(0x0205, &[&words(&[0, 0, 0])[..], &[1, 0]].concat()),
                    record(0x0205, &[&words(&[0, 1, 0])[..], &[0x17, 1]].concat()),
                ],
            ),
            "Xls | S A1:true B1:!#REF!",
        ),
        (
            "formulas with a number, a text, an error, an empty text",
            xls(
                &[],
                &[
                    xls_formula(0, 0, 7f64.to_le_bytes()),
                    xls_formula(0, 1, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
                    record(0x0207, &[&words(&[2])[..], &[0], b"ab"].concat()),
                    xls_formula(0, 2, [2, 0, 7, 0, 0, 0, 0xFF, 0xFF]),
                    xls_formula(0, 3, [3, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
                ],
            ),
            "Xls | S A1:=7 B1:='ab' C1:=!#DIV/0!",
        ),
        (
            "a formula whose text never comes",
            xls(&[], &[xls_formula(0, 0, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF])]),
            "Xls | S A1:=nothing",
        ),
        (
            "hidden rows and columns, merged range, protection",
            xls(
                &[],
                &[
                    record(0x0208, &words(&[4, 0, 1, 0, 0, 0, 0x20, 0])),
                    record(0x007D, &words(&[1, 2, 0, 0, 1, 0])),
                    record(0x0012, &words(&[1])),
                    record(0x00E5, &words(&[1, 0, 1, 0, 1])),
                ],
            ),
            "Xls | S protected -rows5:5 -cols2:3 A1:B2",
        ),
        ("cells of a chart inside the sheet", xls(&[], &[chart, xls_number(0, 0, 0, 1.0)]), "Xls | S A1:1"),
        (
            "a dimension of the whole grid",
            xls(
                &[],
                &[
                    record(
                        0x0200,
                        &[&0u32.to_le_bytes()[..], &u32::MAX.to_le_bytes(), &words(&[0, 0xFFFF, 0])].concat(),
                    ),
                    xls_number(65_535, 0, 0, 1.0),
                    xls_number(0, 255, 0, 2.0),
                ],
            ),
            "Xls | S IV1:2 A65536:1",
        ),
        ("NaN", xls(&[], &[xls_number(0, 0, 0, f64::INFINITY)]), "Xls | S A1:!inf"),
        (
            "a record cut short",
            xls(&[], &[record(0x0203, &[0, 0])]),
            "refused: damaged: part \"Workbook\" has a broken record at byte 191",
        ),
        (
            "more merged ranges claimed than there are",
            xls(&[], &[record(0x00E5, &words(&[9_999, 0, 1, 0, 1]))]),
            "Xls | S A1:B2",
        ),
        ("encrypted", xls(&[record(0x002F, &words(&[1, 1]))], &[]), "refused: encrypted"),
        ("records without a container", xls_stream(&[], &[xls_number(0, 0, 0, 1.0)]), "Xls | S A1:1"),
        (
            "Excel 4",
            [&[0x09, 0x04, 6, 0, 0, 4, 0x10, 0, 0, 0][..], &xls_number(0, 0, 0, 1.0)].concat(),
            "refused: not a spreadsheet: an old Office file without a sheet",
        ),
    ]);
}

/// Texts of Excel 95 are bytes of a code page, and names have no mark of how they are written.
#[test]
fn an_xls_of_excel_95_is_read_in_its_code_page() {
    let mut stream = record(0x0809, &[0, 5, 5, 0, 0, 0, 0, 0]);
    stream.extend(record(0x0042, &words(&[1258])));
    let mut tab = ((stream.len() + 4 + 8 + 4) as u32).to_le_bytes().to_vec();
    tab.extend([0, 0, 1, b'\xD0']);
    stream.extend(record(0x0085, &tab));
    stream.extend(record(0x000A, &[]));
    stream.extend(record(0x0809, &[0, 5, 0x10, 0, 0, 0, 0, 0]));
    stream.extend(record(0x0204, &[&words(&[0, 0, 0, 3])[..], b"\xF0\xF4\xEC"].concat()));
    stream.extend(record(0x000A, &[]));
    check(vec![("windows-1258", compound(&[("Book", &stream)]), "Xls | Đ A1:'đô\u{301}' | note: windows-1258")]);
}

#[test]
fn compound_files_that_lie_are_refused() {
    let sound = xls(&[], &[xls_number(0, 0, 0, 1.0)]);
    let with = |at: usize, number: u32| {
        let mut bytes = sound.clone();
        bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
        bytes
    };
    const FAT: usize = 512;
    const DIRECTORY: usize = 1024;
    let mut circle = with(68, 0);
    circle[FAT + 127 * 4..FAT + 128 * 4].fill(0);
    check(vec![
        ("sound", sound.clone(), "Xls | S A1:1"),
        ("a stream in a circle ends at its size", with(FAT + 4 * 4, 3), "Xls | S A1:1"),
        ("a directory in a circle", with(FAT + 4 * 2, 1), "refused: damaged: the directory inside the file is broken"),
        (
            "an entry that is its own neighbour",
            with(DIRECTORY + 128 + 72, 1),
            "refused: damaged: the directory inside the file is broken",
        ),
        (
            "a neighbour that is not there",
            with(DIRECTORY + 128 + 72, 77),
            "refused: damaged: the directory inside the file is broken",
        ),
        ("a sector that is not there", with(FAT + 4 * 3, 9_999), "refused: damaged: its end is missing"),
        ("a table of sectors that is not there", with(76, 9_999), "refused: damaged: its end is missing"),
        ("further tables in a circle", circle, "refused: damaged: the directory inside the file is broken"),
        (
            "a stream of 4 GB",
            with(DIRECTORY + 128 + 120, u32::MAX),
            "refused: unpacked size of a part (bytes): 4294967295 is above 67108864",
        ),
        (
            "a stream larger than the file",
            with(DIRECTORY + 128 + 120, 60 << 20),
            "refused: damaged: its end is missing",
        ),
        ("sectors of no size", with(30, 31), "refused: damaged: the directory inside the file is broken"),
        ("the head alone", sound[..8].to_vec(), "refused: damaged: its end is missing"),
        ("cut in the middle", sound[..2048].to_vec(), "refused: damaged: its end is missing"),
        ("an encrypted xlsx", compound(&[("EncryptionInfo", b"x"), ("EncryptedPackage", b"x")]), "refused: encrypted"),
        ("Word", compound(&[("WordDocument", b"x"), ("Workbook", b"x")]), "refused: not a spreadsheet: a Word file"),
        ("PowerPoint", compound(&[("PowerPoint Document", b"x")]), "refused: not a spreadsheet: a PowerPoint file"),
        ("a message", compound(&[("__properties_version1.0", b"x")]), "refused: not a spreadsheet: an e-mail"),
    ]);
}

#[test]
fn records_of_an_xlsb_are_read_as_they_are_meant() {
    let row = |cells: &[Vec<u8>]| xlsb(&[&[binary_row(0, false)], cells].concat());
    check(vec![
        (
            "number, percent, date",
            row(&[
                binary_cell(5, 0, 0, &1.5f64.to_le_bytes()),
                binary_cell(5, 1, 1, &0.95f64.to_le_bytes()),
                binary_cell(2, 2, 2, &(41_973u32 << 2 | 2).to_le_bytes()),
            ]),
            "Xlsb | S A1:1.5 B1:0.95% C1:2014-11-30",
        ),
        (
            "texts",
            row(&[
                binary_cell(7, 0, 0, &[0; 4]),
                binary_cell(6, 1, 0, &wide("đ")),
                binary_cell(7, 2, 0, &[9, 0, 0, 0]),
            ]),
            "Xlsb | S A1:'một' B1:'đ' C1:!#TEXT? | note: S!C1 text missing",
        ),
        (
            "formulas",
            row(&[
                binary_cell(9, 0, 0, &7f64.to_le_bytes()),
                binary_cell(8, 1, 0, &wide("a")),
                binary_cell(8, 2, 0, &wide("")),
                binary_cell(10, 3, 0, &[1]),
                binary_cell(11, 4, 0, &[0x2A]),
            ]),
            "Xlsb | S A1:=7 B1:='a' D1:=true E1:=!#N/A",
        ),
        (
            "a hidden row, blank cells",
            xlsb(&[binary_row(4, true), binary_cell(1, 0, 0, &[]), binary_cell(4, 1, 0, &[0])]),
            "Xlsb | S -rows5:5 B5:false",
        ),
        ("merged range", xlsb(&[binary(176, &[0u32, 1, 0, 1].map(u32::to_le_bytes).concat())]), "Xlsb | S A1:B2"),
        (
            "a column beyond the grid",
            row(&[binary_cell(4, 99_999, 0, &[1])]),
            "refused: columns: 100000 is above 16384",
        ),
        (
            "a row beyond the grid",
            xlsb(&[binary_row(u32::MAX, false), binary_cell(4, 0, 0, &[1])]),
            "refused: rows: 4294967296 is above 1048576",
        ),
        (
            "a text that claims four billion letters",
            row(&[binary_cell(6, 0, 0, &[0xFF; 4])]),
            "refused: damaged: part \"worksheet\" has a broken record at byte 44",
        ),
        ("a record longer than the part", row(&[vec![5, 0xFF, 0xFF, 0x7F]]), "refused: damaged: its end is missing"),
    ]);
}
