//! Whatever is done to a file: no panic, no long wait, and a book or a refusal in words.

use crate::make::{binary_cell, binary_row, ods, packed, parts, sheet, wide, xls, xls_formula, xls_number, xlsb, xlsx};
use proptest::prelude::*;
use std::time::Duration;
use thidua_model::issue::{Lang, ReaderEnd};
use thidua_sheets::{Limits, Refusal, read};

fn seeds() -> Vec<Vec<u8>> {
    let cells = "<row r=\"1\" hidden=\"1\"><c r=\"A1\" s=\"1\"><v>0.5</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"inlineStr\"><is><t>x</t></is></c></row>";
    let content = "<table:table table:name=\"S\"><table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"3\" office:value-type=\"float\" office:value=\"1\"><text:p>1</text:p></table:table-cell></table:table-row></table:table>";
    let whole = sheet(cells);
    let all = parts(&whole, &[]);
    let all: Vec<(&str, &[u8])> = all.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    vec![
        xlsx(cells),
        packed(&all),
        ods(content),
        xls(&[], &[xls_number(0, 0, 1, 1.0), xls_formula(1, 1, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF])]),
        xlsb(&[binary_row(0, false), binary_cell(6, 1, 0, &wide("đ")), binary_cell(7, 2, 0, &[0; 4])]),
        "<table><tr><td colspan=2 rowspan='3'>a&amp;b<td x:num=\"1\">c</table>".into(),
        "a;\"b\";c\n1;2;3\n".into(),
        b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet ss:Name='S'><Table><Row ss:Index='2'><Cell ss:MergeDown='2'><Data ss:Type='Number'>1</Data></Cell></Row></Table></Worksheet></Workbook>".to_vec(),
    ]
}

/// A panic inside becomes [`ReaderEnd::Crashed`]: that is what must not happen in the first place.
fn survives(bytes: &[u8]) -> Result<(), TestCaseError> {
    let limits = Limits { cells: 10_000, strings: 10_000, time: Duration::from_secs(20), ..Limits::default() };
    match read(bytes, &limits) {
        Ok(book) => {
            for sheet in &book.sheets {
                prop_assert!(sheet.cells.is_sorted_by(|a, b| a.at < b.at));
                prop_assert!(sheet.cells.iter().all(|cell| cell.at.row < limits.rows && cell.at.col < limits.cols));
                prop_assert!(
                    sheet.merged.iter().all(|area| area.last.row < limits.rows && area.last.col < limits.cols)
                );
                prop_assert!(sheet.cells.iter().all(|cell| usize::from(cell.font) < sheet.fonts.len()));
            }
        }
        Err(refusal) => {
            prop_assert_ne!(&refusal, &Refusal::Stopped { how: ReaderEnd::Crashed });
            for lang in [Lang::Vi, Lang::En] {
                let kind = refusal.kind();
                let said = format!("{} {}", kind.message(lang), kind.fix(lang));
                prop_assert!(said.len() > 20 && !said.contains('\n'), "{}", said);
            }
        }
    }
    Ok(())
}

#[test]
fn a_file_cut_anywhere_is_read_or_refused() {
    for seed in seeds() {
        let step = (seed.len() / 300).max(1);
        for end in (0..seed.len()).step_by(step) {
            survives(&seed[..end]).expect("read or refused");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_with_changed_bytes_is_read_or_refused(
        seed in 0..8usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut bytes = seeds().swap_remove(seed);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        survives(&bytes)?;
    }

    #[test]
    fn a_file_with_a_piece_taken_out_or_doubled_is_read_or_refused(
        seed in 0..8usize,
        from in any::<prop::sample::Index>(),
        length in 1..200usize,
        is_doubled in any::<bool>(),
    ) {
        let bytes = seeds().swap_remove(seed);
        let from = from.index(bytes.len());
        let to = (from + length).min(bytes.len());
        let changed = if is_doubled { [&bytes[..to], &bytes[from..]].concat() } else { [&bytes[..from], &bytes[to..]].concat() };
        survives(&changed)?;
    }

    #[test]
    fn any_bytes_behind_any_beginning_are_read_or_refused(
        head in prop::sample::select(vec![
            &b""[..], b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\x09\x08\x10\0\0\x06\x05\0", b"<table>", b"<?xml ?><Workbook office:spreadsheet",
        ]),
        tail in prop::collection::vec(any::<u8>(), 0..2_000),
    ) {
        survives(&[head, &tail].concat())?;
    }

    /// The numbers of a sheet's attributes are as hostile as its structure.
    #[test]
    fn numbers_of_any_size_in_attributes_are_survived(row in any::<i64>(), col in "[A-Z]{1,12}[0-9]{0,20}", count in any::<u64>(), text in "\\PC{0,30}") {
        let text = text.replace(['<', '&', '"'], "");
        survives(&xlsx(&format!("<row r=\"{row}\"><c r=\"{col}\" s=\"{count}\" t=\"s\"><v>{count}</v></c><c t=\"{text}\"><v>{text}</v></c></row>")))?;
        survives(&ods(&format!("<table:table><table:table-row table:number-rows-repeated=\"{count}\"><table:table-cell table:number-columns-repeated=\"{row}\" table:number-rows-spanned=\"{count}\"/></table:table-row></table:table>")))?;
    }
}

#[test]
fn the_clock_ends_what_the_counts_allow() {
    let limits = Limits { time: Duration::ZERO, ..Limits::default() };
    let rows = "<row><c><v>1</v></c></row>".repeat(2_000);
    let refusal = read(&xlsx(&rows), &limits).expect_err("too slow");
    assert!(refusal.to_string().starts_with("reading time (seconds)"), "{refusal}");
}
