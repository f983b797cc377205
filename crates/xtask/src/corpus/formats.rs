//! The same report in every format, under every name, and what is no spreadsheet at all.

use super::legacy::{latin1, tcvn3, windows_1258};
use super::make::{BOF_BOOK, compound, record};
use super::write::{delimited, html, pack, parts, patch, spreadsheet_ml, utf16, xlsx};
use super::xlsb::xlsb;
use super::{Base, Case};

/// A letter that an office sends instead of its workbook.
const LETTER: &str = "LĐLĐ TP BUÔN MA THUỘT\r\nCĐCS Trường Tiểu học Sao Mai\r\n\r\n\
    BÁO CÁO HOẠT ĐỘNG CÔNG ĐOÀN 6 THÁNG ĐẦU NĂM 2014\r\n\r\nTổng số lao động: 47 người, trong đó nữ: 40 người.\r\n";

pub(super) fn cases(base: &Base) -> Vec<Case> {
    let report = &base.report;
    let plain = xlsx(report);
    let superior = xlsx(&base.superior_with(|_| {}));
    let mut first = report.clone();
    first.keep(&["Mẫu 1"]);
    let sheet = &first.pages[0];
    let comma = delimited(sheet, ',');
    // Old code pages have no boxes to tick.
    let marked = comma.replace('☒', "[x]").replace('☐', "[ ]");
    let mut cases = vec![
        Case::here("plain.xlsx", "nothing: the report of a grassroots union", plain.clone()),
        Case::here("plain-superior.xlsx", "nothing: the report of a superior union", superior),
        Case::here(
            "plain-with-identity.xlsx",
            "the hidden identity sheet of our own blank forms",
            xlsx(&base.superior),
        ),
        Case::office("plain-by-libreoffice.xlsx", "saved by LibreOffice", report, "xlsx"),
        Case::office("plain.ods", "an OpenDocument workbook", report, "ods"),
        Case::office("plain.xls", "an Excel 97 workbook", report, "xls"),
        Case::office("flat-opendocument.fods", "OpenDocument as one XML file", &first, "fods"),
        Case::office("html-by-libreoffice.xls", "a web page saved by LibreOffice, named .xls", &first, "html"),
        Case::here("plain.xlsb", "a binary workbook", xlsb(report)),
        Case::here("xlsb-named-xls.xls", "a binary workbook named .xls", xlsb(report)),
        Case::here("xlsx-named-xls.xls", "an .xlsx named .xls", plain.clone()),
        Case::here("no-ending", "an .xlsx whose name lost its ending", plain.clone()),
        Case::office("xls-named-xlsx.xlsx", "an .xls named .xlsx", report, "xls"),
        Case::office("ods-named-xlsx.xlsx", "an .ods named .xlsx", report, "ods"),
        Case::here("html-table-named.xls", "a web page with tables, named .xls", html(report)),
        Case::here("excel-2003-xml.xls", "Excel 2003 XML, named .xls", spreadsheet_ml(report)),
        Case::here("csv-utf8.csv", "CSV in UTF-8", comma.clone()),
        Case::here("csv-semicolon-bom.csv", "CSV with semicolons and a byte order mark", {
            format!("\u{FEFF}{}", delimited(sheet, ';'))
        }),
        Case::here("csv-windows-1258.csv", "CSV in windows-1258", windows_1258(&marked)),
        Case::here(
            "csv-marks-lost.csv",
            "CSV in windows-1258: both boxes of the date became question marks",
            windows_1258(&comma),
        ),
        Case::here("csv-tcvn3.csv", "CSV in TCVN3", latin1(&tcvn3(&marked))),
        Case::here("utf16-tsv.xls", "“Unicode text” (UTF-16, tabs), named .xls", utf16(&delimited(sheet, '\t'))),
        Case::here("macros.xlsm", "a workbook with macros", macros(&plain)),
        Case::here("template.xltx", "a template of Excel", {
            patch(&plain, |name, text| {
                (name == "[Content_Types].xml").then(|| text.replace("sheet.main+xml", "template.main+xml"))
            })
        }),
        Case::here("strict-open-xml.xlsx", "Strict Open XML: other names of everything", strict(&plain)),
        Case::here("prefixed-xml.xlsx", "every element with a prefix, as some programs write", prefixed(&plain)),
        Case::here("rubbish-behind-the-end.xlsx", "a mail program's boundary behind the end", {
            [&plain[..], b"\r\n------=_NextPart_000_0012--\r\n"].concat()
        }),
        Case::here("cut-in-the-middle.xlsx", "only the first half arrived", plain[..plain.len() / 2].to_vec()),
        Case::here("tail-missing.xlsx", "the last 30 bytes are missing", plain[..plain.len() - 30].to_vec()),
        Case::here("empty.xlsx", "no bytes at all", ""),
        Case::here("zeros.xlsx", "4 KB of zeros, as a failed copy leaves them", vec![0; 4096]),
        Case::here("sheet-part-missing.xlsx", "the part of the first sheet is missing", {
            let kept = parts(&plain).into_iter().filter(|(name, _)| name != "xl/worksheets/sheet1.xml");
            pack(&kept.collect::<Vec<_>>())
        }),
        Case::here("workbook-in-a-zip.xlsx", "a zip archive with the workbook inside, renamed", {
            pack(&[("Bao cao dot 1.xlsx".to_owned(), plain.clone())])
        }),
        Case::here("photo.xlsx", "a photo (JPEG) of the form, named .xlsx", photo()),
        Case::here("pdf-scan.pdf", "a scan in a PDF", scan()),
        Case::here("pdf-scan-named.xls", "a scan in a PDF, named .xls", scan()),
        Case::here("note.txt", "a line of plain text", "Kính gửi: đơn vị xin gửi báo cáo sau.\r\n"),
        Case::here("word-mail.mht", "a web archive, as Word and browsers save pages", {
            format!(
                "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><pre>{LETTER}</pre></body></html>\r\n--x--\r\n"
            )
        }),
        Case::here("~$plain.xlsx", "the lock file of an open workbook", {
            let mut bytes = b"\x04Mai ".to_vec();
            bytes.resize(165, b' ');
            bytes
        }),
    ];
    cases.extend(papers());
    cases.extend(compounds());
    cases
}

/// Texts instead of tables. LibreOffice's writer is not at hand everywhere, and nobody looks further
/// than to the main part.
fn papers() -> Vec<Case> {
    let lines: String = LETTER.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let part = |name: &str, text: String| (name.to_owned(), text.into_bytes());
    let word = pack(&[
        part("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>".to_owned()),
        part("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>".to_owned()),
        part("word/document.xml", format!("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{lines}</w:body></w:document>")),
    ]);
    let text = pack(&[
        part("mimetype", "application/vnd.oasis.opendocument.text".to_owned()),
        part(
            "content.xml",
            format!(
                "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"><office:body><office:text>{}</office:text></office:body></office:document-content>",
                escaped_lines()
            ),
        ),
    ]);
    let rich: String = LETTER
        .chars()
        .map(|letter| match letter {
            '\n' => "\\par\n".to_owned(),
            '\r' => String::new(),
            letter if letter.is_ascii() => letter.to_string(),
            letter => format!("\\u{}?", u32::from(letter)),
        })
        .collect();
    vec![
        Case::here("word-document.docx", "a Word document", word.clone()),
        Case::here("word-document-named.xlsx", "a Word document named .xlsx", word),
        Case::here("opendocument-text.odt", "an OpenDocument text", text),
        Case::here("rich-text-named.xls", "a Rich Text file named .xls", format!("{{\\rtf1\\ansi {rich}}}")),
    ]
}

fn escaped_lines() -> String {
    LETTER
        .lines()
        .map(|line| format!("<text:p xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">{line}</text:p>"))
        .collect()
}

/// What comes in a compound file.
fn compounds() -> Vec<Case> {
    let word = compound(&[("WordDocument", &[0xEC; 600]), ("1Table", &[0; 600])]);
    let locked =
        [record(0x0809, BOF_BOOK), record(0x002F, &[1, 0, 1, 0, 1, 0, 7, 7, 7, 7, 7, 7, 7, 7]), vec![0x5A; 3_000]]
            .concat();
    let manifest = "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\" manifest:size=\"9000\"><manifest:encryption-data manifest:checksum-type=\"SHA256/1K\"/></manifest:file-entry></manifest:manifest>";
    let locked_ods = pack(&[
        ("mimetype".to_owned(), b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("META-INF/manifest.xml".to_owned(), manifest.into()),
        ("content.xml".to_owned(), (0..2_000u32).map(|number| (number * number % 251) as u8).collect()),
    ]);
    vec![
        Case::here("word-97-document.doc", "an old Word document", word.clone()),
        Case::here("word-97-document-named.xls", "an old Word document named .xls", word),
        Case::here("encrypted.xls", "an .xls with a password", compound(&[("Workbook", &locked)])),
        Case::here("encrypted.ods", "an .ods with a password", locked_ods),
    ]
}

fn macros(plain: &[u8]) -> Vec<u8> {
    let types = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";
    let bytes = patch(plain, |name, text| {
        (name == "[Content_Types].xml")
            .then(|| text.replace("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", types))
    });
    let mut parts = parts(&bytes);
    parts.push(("xl/vbaProject.bin".to_owned(), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 not looked at".to_vec()));
    pack(&parts)
}

/// ISO 29500 Strict: its own namespaces and types of relations.
fn strict(plain: &[u8]) -> Vec<u8> {
    patch(plain, |name, text| {
        let changed = text
            .replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/",
                "http://purl.oclc.org/ooxml/officeDocument/",
            )
            .replace(
                "http://schemas.openxmlformats.org/spreadsheetml/2006/",
                "http://purl.oclc.org/ooxml/spreadsheetml/",
            );
        name.ends_with(".xml").then(|| changed.clone()).or(name.ends_with(".rels").then_some(changed))
    })
}

/// `<x:row>` instead of `<row>`.
fn prefixed(plain: &[u8]) -> Vec<u8> {
    patch(plain, |name, text| {
        let is_ours =
            name.starts_with("xl/worksheets/sheet") || name == "xl/sharedStrings.xml" || name == "xl/workbook.xml";
        is_ours.then(|| {
            let (head, body) = text.split_at(text.find("?>").map_or(0, |at| at + 2));
            let body = body.replace("</", "\u{1}").replace('<', "<x:").replace('\u{1}', "</x:");
            format!("{head}{}", body.replacen("xmlns=", "xmlns:x=", 1))
        })
    })
}

/// The beginning and the end of a JPEG: nobody looks further.
fn photo() -> Vec<u8> {
    let mut bytes =
        b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01\x01\x00\x60\x00\x60\x00\x00\xFF\xDB\x00\x43\x00".to_vec();
    bytes.extend((0..900u32).map(|number| (number * 37 % 251) as u8));
    bytes.extend(b"\xFF\xD9");
    bytes
}

fn scan() -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<</Type/XObject/Subtype/Image/Width 20/Height 20/ColorSpace/DeviceGray/BitsPerComponent 8/Length 400>>\nstream\n".to_vec();
    bytes.extend((0..400u32).map(|number| (number * 53 % 256) as u8));
    bytes.extend(b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n");
    bytes
}
