//! The part of a container is fuzzed, not its checksum: the bytes become the sheet, the styles, the
//! strings or the content of an honest zip, or the record stream of an `.xls`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua_sheets::{Limits, Refusal, read};

const BOOK: &[u8] = br#"<workbook><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>"#;
const SHEET: &[u8] = br#"<worksheet><sheetData><row><c s="1"><v>1</v></c><c t="s"><v>0</v></c></row></sheetData></worksheet>"#;
const TAB: &[u8] = b"\x9C\x01\x12\0\0\0\0\0\0\0\0\xFF\xFF\xFF\xFF\x01\0\0\0S\0";
const ODS: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

fuzz_target!(|bytes: &[u8]| {
    let Some((&kind, part)) = bytes.split_first() else { return };
    let file = match kind % 8 {
        0 => zip(&[("xl/workbook.xml", BOOK), ("xl/worksheets/sheet1.xml", part)]),
        1 => zip(&[("xl/workbook.xml", BOOK), ("xl/worksheets/sheet1.xml", SHEET), ("xl/styles.xml", part)]),
        2 => zip(&[("xl/workbook.xml", BOOK), ("xl/worksheets/sheet1.xml", SHEET), ("xl/sharedStrings.xml", part)]),
        3 => zip(&[("xl/workbook.xml", part), ("xl/worksheets/sheet1.xml", SHEET)]),
        4 => zip(&[("mimetype", ODS), ("content.xml", part)]),
        5 => [b"\x09\x08\x10\0\0\x06\x05\0\0\0\0\0\0\0\0\0\0\0\0\0", part].concat(),
        6 => zip(&[("xl/workbook.bin", TAB), ("xl/worksheets/sheet1.bin", part), ("xl/sharedStrings.bin", part)]),
        _ => [b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", part].concat(),
    };
    let limits = Limits { cells: 20_000, strings: 20_000, ..Limits::default() };
    if let Err(refusal @ Refusal::Stopped { .. }) = read(&file, &limits) {
        panic!("{refusal}");
    }
});

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let place = file.len() as u32;
        let mut common = b"\x14\0\0\0\0\0\0\0\0\0".to_vec();
        common.extend(crc(bytes).to_le_bytes());
        common.extend((bytes.len() as u32).to_le_bytes());
        common.extend((bytes.len() as u32).to_le_bytes());
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        file.extend([b"PK\x03\x04", &common[..], name.as_bytes(), bytes].concat());
        directory.extend([b"PK\x01\x02\x14\0", &common[..], &[0; 10], &place.to_le_bytes(), name.as_bytes()].concat());
    }
    let (start, size, count) = (file.len() as u32, directory.len() as u32, parts.len() as u16);
    file.extend(directory);
    file.extend([&b"PK\x05\x06\0\0\0\0"[..], &count.to_le_bytes(), &count.to_le_bytes()].concat());
    file.extend([&size.to_le_bytes()[..], &start.to_le_bytes(), &[0, 0]].concat());
    file
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}
