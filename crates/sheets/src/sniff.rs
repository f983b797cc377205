//! Tells a file by its content: real offices send `.xlsx` named `.xls`, and Word files too.

use crate::{Format, Limits, Refusal};
use std::io::Cursor;
use thidua_model::issue::{FileGuess, FileLimit};

const ZIP: &[u8] = b"PK\x03\x04";
const CFB: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The format of a file, with the sizes of a zip container checked before anything is unpacked.
pub(crate) fn sniff(bytes: &[u8], limits: &Limits) -> Result<Format, Refusal> {
    let not = |found| Err(Refusal::NotASpreadsheet { found });
    if bytes.len() as u64 > limits.file_bytes {
        return Err(Refusal::Limit {
            limit: FileLimit::FileBytes,
            found: bytes.len() as u64,
            allowed: limits.file_bytes,
        });
    }
    if bytes.starts_with(ZIP) {
        return sniff_zip(bytes, limits);
    }
    if bytes.starts_with(CFB) {
        return sniff_cfb(bytes);
    }
    // BIFF streams without a container, as very old programs write them.
    if bytes.len() > 4 && bytes[0] == 0x09 && matches!(bytes[1], 0x00 | 0x02 | 0x04 | 0x08) {
        return Ok(Format::Xls);
    }
    let head: String = bytes.iter().take(512).map(|&b| char::from(b).to_ascii_lowercase()).collect();
    let head = head.trim_start_matches(|c: char| !c.is_ascii_graphic());
    match head {
        _ if bytes.is_empty() => not(FileGuess::Empty),
        _ if head.starts_with("%pdf") => not(FileGuess::Pdf),
        _ if head.starts_with("{\\rtf") => not(FileGuess::RichText),
        _ if head.starts_with("<?xml") => not(FileGuess::Xml),
        _ if head.starts_with('<') => not(FileGuess::Html),
        _ if bytes.contains(&0) => not(FileGuess::Binary),
        _ => not(FileGuess::PlainText),
    }
}

fn sniff_zip(bytes: &[u8], limits: &Limits) -> Result<Format, Refusal> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
    if zip.len() > limits.parts {
        return Err(Refusal::Limit { limit: FileLimit::Parts, found: zip.len() as u64, allowed: limits.parts as u64 });
    }
    let mut all = 0u64;
    let (mut format, mut is_word, mut is_slides) = (None, false, false);
    for at in 0..zip.len() {
        let part = zip.by_index_raw(at).map_err(Refusal::damaged)?;
        if part.size() > limits.part_bytes {
            return Err(Refusal::Limit { limit: FileLimit::PartBytes, found: part.size(), allowed: limits.part_bytes });
        }
        all = all.saturating_add(part.size());
        let name = part.name().map_err(Refusal::damaged)?;
        match &*name {
            "xl/workbook.xml" => format = format.or(Some(Format::Xlsx)),
            "xl/workbook.bin" => format = Some(Format::Xlsb),
            "word/document.xml" => is_word = true,
            "ppt/presentation.xml" => is_slides = true,
            _ => {}
        }
    }
    if all > limits.all_bytes {
        return Err(Refusal::Limit { limit: FileLimit::AllBytes, found: all, allowed: limits.all_bytes });
    }
    if let Some(format) = format {
        return Ok(format);
    }
    if is_word {
        return Err(Refusal::NotASpreadsheet { found: FileGuess::Word });
    }
    if is_slides {
        return Err(Refusal::NotASpreadsheet { found: FileGuess::PowerPoint });
    }
    let mut mimetype = String::new();
    if let Ok(part) = zip.by_name("mimetype") {
        let read = std::io::Read::read_to_string(&mut std::io::Read::take(part, 200), &mut mimetype);
        if read.is_err() {
            mimetype.clear();
        }
    }
    match mimetype.trim() {
        "application/vnd.oasis.opendocument.spreadsheet" => Ok(Format::Ods),
        "application/vnd.oasis.opendocument.text" => {
            Err(Refusal::NotASpreadsheet { found: FileGuess::OpenDocumentText })
        }
        _ => Err(Refusal::NotASpreadsheet { found: FileGuess::Zip }),
    }
}

/// Names in a compound file's directory are UTF-16; looking for them is enough to tell them apart.
fn sniff_cfb(bytes: &[u8]) -> Result<Format, Refusal> {
    let has = |name: &str| {
        let utf16: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(utf16.len()).any(|window| window == utf16)
    };
    if has("EncryptedPackage") {
        return Err(Refusal::Encrypted);
    }
    if has("Workbook") || has("Book") {
        return Ok(Format::Xls);
    }
    if has("WordDocument") {
        return Err(Refusal::NotASpreadsheet { found: FileGuess::Word });
    }
    Err(Refusal::NotASpreadsheet { found: FileGuess::OldOffice })
}
