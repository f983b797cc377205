//! Tells a file by its content: real offices send `.xlsx` named `.xls`, and Word files too.

use crate::encoding::file_text;
use crate::gather::Gather;
use crate::package::Package;
use crate::{Refusal, xlsx};
use thidua_model::issue::FileGuess;

/// What the first bytes promise; the readers look at the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outside {
    Zip,
    /// Compound file: `.xls`, `.doc`, encrypted `.xlsx`.
    Cfb,
    /// BIFF records without a container, as very old programs write them.
    Records,
    SpreadsheetMl,
    FlatOds,
    Html,
    Text,
}

pub(crate) fn outside(bytes: &[u8]) -> Result<Outside, Refusal> {
    if bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
        return Err(Refusal::not(FileGuess::Empty));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Outside::Zip);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Ok(Outside::Cfb);
    }
    if bytes.len() > 4 && bytes[0] == 0x09 && matches!(bytes[1], 0x00 | 0x02 | 0x04 | 0x08) && bytes[3] == 0 {
        return Ok(Outside::Records);
    }
    if let Some(found) = binary(bytes) {
        return Err(Refusal::not(found));
    }
    // A few kilobytes tell; cut anywhere, they may end inside a character.
    let (head, _) = file_text(&bytes[..bytes.len().min(8192)]);
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if head.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\u{c}' | '\u{1a}')) {
        return Err(Refusal::not(FileGuess::Binary));
    }
    let lower = head.to_lowercase();
    match lower.as_str() {
        _ if is_mail(&lower) => Err(Refusal::not(FileGuess::Mail)),
        _ if lower.starts_with("mime-version:") || lower.starts_with("from: <saved by") => {
            Err(Refusal::not(FileGuess::WebArchive))
        }
        _ if lower.starts_with('<') => markup(&lower),
        _ => Ok(Outside::Text),
    }
}

/// Lines of a mail's head; a web archive saved by a browser says who sent nothing to whom.
fn is_mail(head: &str) -> bool {
    let starts = ["received:", "return-path:", "delivered-to:", "x-", "from:", "date:", "message-id:", "mime-version:"];
    let has = |name: &str| head.lines().any(|line| line.starts_with(name));
    starts.iter().any(|start| head.starts_with(start)) && has("from:") && has("to:") && has("subject:")
}

fn markup(head: &str) -> Result<Outside, Refusal> {
    let root = root(head);
    let root = root.rsplit(':').next().unwrap_or(root);
    match root {
        "workbook" if head.contains("office:spreadsheet") => Ok(Outside::SpreadsheetMl),
        "document" if head.contains("opendocument") => Ok(Outside::FlatOds),
        "worddocument" => Err(Refusal::not(FileGuess::Word)),
        "html" | "head" | "body" | "table" | "meta" | "style" | "div" | "center" | "form" | "font" | "title" => {
            Ok(Outside::Html)
        }
        _ if head.contains("<table") || head.contains("<html") => Ok(Outside::Html),
        _ => Err(Refusal::not(FileGuess::Xml)),
    }
}

/// The name of the first element, behind declaration, document type and comments.
fn root(head: &str) -> &str {
    let mut rest = head;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end..]);
        } else if !rest.starts_with(['?', '!']) {
            return rest.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
        }
    }
    ""
}

/// Formats known by their first bytes, and bytes that are no text at all.
fn binary(bytes: &[u8]) -> Option<FileGuess> {
    let starts = |with: &[u8]| bytes.starts_with(with);
    let at = |offset: usize, with: &[u8]| bytes.get(offset..).is_some_and(|rest| rest.starts_with(with));
    let head = &bytes[..bytes.len().min(1024)];
    match () {
        () if head.windows(5).any(|window| window == b"%PDF-") => Some(FileGuess::Pdf),
        () if starts(b"{\\rtf") => Some(FileGuess::RichText),
        () if starts(b"\x89PNG") || starts(b"\xFF\xD8\xFF") || starts(b"GIF8") => Some(FileGuess::Image),
        () if starts(b"II*\0") || starts(b"MM\0*") => Some(FileGuess::Image),
        () if (starts(b"BM") && at(6, b"\0\0\0\0")) || (starts(b"RIFF") && at(8, b"WEBP")) => Some(FileGuess::Image),
        () if at(4, b"ftypheic") || at(4, b"ftypmif1") || at(4, b"ftypavif") => Some(FileGuess::Image),
        () if starts(b"PK") || starts(b"Rar!") || starts(b"7z\xBC\xAF") || starts(b"\x1F\x8B") => Some(FileGuess::Zip),
        // UTF-16 text has zeros, too; then it decodes without them.
        () if head.contains(&0) && file_text(head).0.contains('\0') => Some(FileGuess::Binary),
        () => None,
    }
}

/// What a zip container is, with the path of its main part.
pub(crate) enum Inside {
    Xlsx(String),
    Xlsb(String),
    Ods,
}

pub(crate) fn inside_zip(package: &mut Package<'_>, gather: &Gather<'_>) -> Result<Inside, Refusal> {
    if let Some(mimetype) = package.part("mimetype")? {
        let mimetype = String::from_utf8_lossy(&mimetype[..mimetype.len().min(200)]).trim().to_lowercase();
        if let Some(kind) = mimetype.strip_prefix("application/vnd.oasis.opendocument.") {
            return match kind {
                "spreadsheet" | "spreadsheet-template" => Ok(Inside::Ods),
                "text" | "text-template" | "text-master" => Err(Refusal::not(FileGuess::OpenDocumentText)),
                _ => Err(Refusal::not(FileGuess::OldOffice)),
            };
        }
    }
    let relations = xlsx::relations(package, "", gather)?;
    let main = relations.into_iter().find(|relation| relation.kind == "officeDocument");
    let main = main.and_then(|relation| relation.target);
    // Some writers leave the relations out or let them dangle; the usual places still tell.
    let usual = ["xl/workbook.xml", "xl/workbook.bin", "word/document.xml", "ppt/presentation.xml"];
    let main = main
        .filter(|main| package.has(main))
        .or_else(|| usual.iter().find(|usual| package.has(usual)).map(|&usual| usual.to_owned()));
    let Some(main) = main else {
        let has_sheets = package.names().any(|name| name.starts_with("xl/worksheets/"));
        return Err(if has_sheets { Refusal::missing("xl/workbook.xml") } else { Refusal::not(FileGuess::Zip) });
    };
    let lower = main.to_lowercase();
    match () {
        () if lower.starts_with("word/") => Err(Refusal::not(FileGuess::Word)),
        () if lower.starts_with("ppt/") => Err(Refusal::not(FileGuess::PowerPoint)),
        () if lower.ends_with(".bin") => Ok(Inside::Xlsb(main)),
        () => Ok(Inside::Xlsx(main)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_what_a_file_is() {
        for (bytes, expected) in [
            (&b""[..], "an empty file"),
            (b" \r\n", "an empty file"),
            (b"\xEF\xBB\xBFa;b", "Text"),
            (b"%PDF-1.4", "a PDF file"),
            (b"\0\0junk%PDF-1.4", "a PDF file"),
            (b"{\\rtf1", "a Rich Text file"),
            (b"\x89PNG\r\n\x1A\n\0", "an image"),
            (b"\xFF\xD8\xFF\xE0", "an image"),
            (b"BM\x36\0\0\0\0\0\0\0\x36", "an image"),
            (b"BMI;12", "Text"),
            (b"Rar!\x1A\x07", "a zip archive"),
            (b"PK\x05\x06", "a zip archive"),
            (b"\x01\x02\x03\0\0\x01", "an unknown binary file"),
            (b"\x01\x02\x03", "an unknown binary file"),
            (b"MIME-Version: 1.0\r\n", "a web archive (MHTML)"),
            (b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0", "a web archive (MHTML)"),
            (b"Received: by x\r\nFrom: a@x.vn\r\nTo: b@x.vn\r\nSubject: Bao cao\r\n\r\n", "an e-mail"),
            (b"From;To;Subject\r\n1;2;3", "Text"),
            (b"<!DOCTYPE html>\n<!-- <Workbook> --><HTML>", "Html"),
            (b"  <table><tr>", "Html"),
            (b"<?xml version='1.0'?><a/>", "an XML file"),
            (b"<?xml version='1.0'?><w:wordDocument/>", "a Word file"),
            (b"<?xml?><ss:Workbook xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'>", "SpreadsheetMl"),
            (b"<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>", "FlatOds"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "Cfb"),
            (b"\x09\x08\x10\0\0\x06", "Records"),
            (b"\x09a\tb", "Text"),
        ] {
            let shown = match outside(bytes) {
                Ok(outside) => format!("{outside:?}"),
                Err(Refusal::NotASpreadsheet { found }) => found.to_string(),
                Err(other) => other.to_string(),
            };
            assert_eq!(shown, expected, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
