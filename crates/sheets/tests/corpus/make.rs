//! Files made on the fly, byte by byte where it matters.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// A zip container of stored parts with every number as it is told, true or not.
pub(crate) struct RawZip {
    pub(crate) parts: Vec<RawPart>,
    /// The count of entries that the end of the directory claims, if not the true one.
    pub(crate) claimed_entries: Option<u16>,
}

pub(crate) struct RawPart {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// The unpacked size that the directory claims.
    pub(crate) claimed_size: Option<u32>,
    /// Lies where this other part lies.
    pub(crate) shares: Option<usize>,
    /// General purpose flags; 1: encrypted.
    pub(crate) flags: u16,
}

impl RawZip {
    pub(crate) fn of(parts: &[(&str, &str)]) -> Self {
        let parts = parts.iter().map(|(name, text)| RawPart {
            name: (*name).to_owned(),
            bytes: text.as_bytes().to_vec(),
            claimed_size: None,
            shares: None,
            flags: 0,
        });
        Self { parts: parts.collect(), claimed_entries: None }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let (mut file, mut directory, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for part in &self.parts {
            let place = part.shares.map_or(file.len() as u32, |other| places[other]);
            places.push(place);
            let size = part.bytes.len() as u32;
            let mut common = Vec::new();
            common.extend(20u16.to_le_bytes());
            common.extend(part.flags.to_le_bytes());
            common.extend([0; 6]);
            common.extend(crc(&part.bytes).to_le_bytes());
            common.extend(size.to_le_bytes());
            common.extend(part.claimed_size.unwrap_or(size).to_le_bytes());
            common.extend((part.name.len() as u16).to_le_bytes());
            common.extend([0, 0]);
            if part.shares.is_none() {
                file.extend(b"PK\x03\x04");
                file.extend(&common);
                file.extend(part.name.as_bytes());
                file.extend(&part.bytes);
            }
            directory.extend(b"PK\x01\x02\x14\0");
            directory.extend(&common);
            directory.extend([0; 10]);
            directory.extend(place.to_le_bytes());
            directory.extend(part.name.as_bytes());
        }
        let start = file.len() as u32;
        let entries = self.claimed_entries.unwrap_or(self.parts.len() as u16).to_le_bytes();
        file.extend(&directory);
        file.extend(b"PK\x05\x06\0\0\0\0");
        file.extend(entries);
        file.extend(entries);
        file.extend((directory.len() as u32).to_le_bytes());
        file.extend(start.to_le_bytes());
        file.extend([0, 0]);
        file
    }
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = !0u32;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

/// An honest container, its parts packed.
pub(crate) fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        zip.start_file(*name, options).expect("a name");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

pub(crate) const RELS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
pub(crate) const BOOK_RELS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://x/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
pub(crate) const BOOK: &str = r#"<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
pub(crate) const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts><fonts><font><name val="Calibri"/></font><font><name val=".VnTime"/></font></fonts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="165"/><xf numFmtId="0" fontId="1"/></cellXfs><dxfs><dxf><font><name val="Wrong"/></font></dxf></dxfs></styleSheet>"#;
pub(crate) const STRINGS: &str = r#"<sst count="9" uniqueCount="3"><si><t>một</t></si><si><r><t>h</t></r><r><rPr><b/></rPr><t xml:space="preserve">ai </t></r><rPh><t>x</t></rPh></si><si><r><rPr><rFont val="VNI-Times"/></rPr><t>ba</t></r></si></sst>"#;

/// The parts of a workbook with one sheet; `replaced` stand in for the usual ones or come besides.
pub(crate) fn parts<'a>(sheet: &'a str, replaced: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut parts = vec![
        ("_rels/.rels", RELS),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/workbook.xml", BOOK),
        ("xl/styles.xml", STYLES),
        ("xl/sharedStrings.xml", STRINGS),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    for &(name, text) in replaced {
        match parts.iter_mut().find(|(known, _)| *known == name) {
            Some(part) => part.1 = text,
            None => parts.push((name, text)),
        }
    }
    parts.retain(|(_, text)| *text != "absent");
    parts
}

/// A whole worksheet part around the rows.
pub(crate) fn sheet(rows: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

pub(crate) fn xlsx(rows: &str) -> Vec<u8> {
    xlsx_with(&sheet(rows), &[])
}

pub(crate) fn xlsx_with(sheet: &str, replaced: &[(&str, &str)]) -> Vec<u8> {
    RawZip::of(&parts(sheet, replaced)).bytes()
}

pub(crate) fn ods(content: &str) -> Vec<u8> {
    ods_with(content, &[])
}

pub(crate) fn ods_with(content: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:automatic-styles>\
         <style:style style:name=\"hid\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>\
         <style:style style:name=\"vni\" style:family=\"table-cell\"><style:text-properties style:font-name=\"VNI-Times\"/></style:style>\
         <number:number-style style:name=\"n\"><style:text-properties fo:color=\"#f00\"/></number:number-style>\
         </office:automatic-styles><office:body><office:spreadsheet>{content}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    let mut parts = vec![("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &*content)];
    parts.extend(more);
    RawZip::of(&parts).bytes()
}

/// A compound file of 512-byte sectors: each stream padded to 4096 bytes, so that none is small.
pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    const SECTOR: usize = 512;
    let mut data: Vec<u8> = Vec::new();
    // Sector 0: the table of sectors; sectors 1 and 2: the directory.
    let mut fat: Vec<u32> = vec![0xFFFF_FFFD, 2, 0xFFFF_FFFE];
    let mut directory = entry("Root Entry", 5, 0xFFFF_FFFE, 0, 1, 0xFFFF_FFFF);
    for (number, (name, bytes)) in streams.iter().enumerate() {
        let size = bytes.len().max(4096);
        let start = fat.len() as u32;
        let sectors = size.div_ceil(SECTOR);
        fat.extend((1..=sectors as u32).map(|step| if step as usize == sectors { 0xFFFF_FFFE } else { start + step }));
        let mut padded = bytes.to_vec();
        padded.resize(sectors * SECTOR, 0);
        data.extend(padded);
        let right = if number + 1 < streams.len() { number as u32 + 2 } else { 0xFFFF_FFFF };
        directory.extend(entry(name, 2, start, size as u32, 0xFFFF_FFFF, right));
    }
    assert!(fat.len() <= 128 && directory.len() <= 2 * SECTOR, "a small file");
    directory.resize(2 * SECTOR, 0);
    fat.resize(128, 0xFFFF_FFFF);
    let mut file = vec![0; 512];
    file[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    for (at, number) in [(24, 0x3Eu16), (26, 3), (28, 0xFFFE), (30, 9), (32, 6)] {
        file[at..at + 2].copy_from_slice(&number.to_le_bytes());
    }
    for (at, number) in [(44, 1u32), (48, 1), (56, 4096), (60, 0xFFFF_FFFE), (68, 0xFFFF_FFFE), (76, 0)] {
        file[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }
    file[80..512].fill(0xFF);
    file.extend(fat.iter().flat_map(|next| next.to_le_bytes()));
    file.extend(directory);
    file.extend(data);
    file
}

fn entry(name: &str, kind: u8, start: u32, size: u32, child: u32, right: u32) -> Vec<u8> {
    let mut entry = vec![0; 128];
    let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry[..units.len()].copy_from_slice(&units);
    entry[64..66].copy_from_slice(&(units.len() as u16 + 2).to_le_bytes());
    entry[66] = kind;
    for (at, number) in [(68, 0xFFFF_FFFFu32), (72, right), (76, child), (116, start), (120, size)] {
        entry[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }
    entry
}

/// One record of an `.xls`.
pub(crate) fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut record = kind.to_le_bytes().to_vec();
    record.extend((data.len() as u16).to_le_bytes());
    record.extend(data);
    record
}

/// 16-bit numbers in a row.
pub(crate) fn words(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

pub(crate) const BOF_BOOK: &[u8] = &[0, 6, 5, 0, 0, 0, 0, 0];
pub(crate) const BOF_SHEET: &[u8] = &[0, 6, 0x10, 0, 0, 0, 0, 0];

/// A stream of one sheet "S": records before it, records in it. Styles: 0 plain, 1 percent, 2 date,
/// 3 in the font VNI-Times.
pub(crate) fn xls_stream(globals: &[Vec<u8>], cells: &[Vec<u8>]) -> Vec<u8> {
    let mut stream = record(0x0809, BOF_BOOK);
    for name in ["Arial", "VNI-Times"] {
        let mut font = vec![0; 14];
        font.extend([name.len() as u8, 0]);
        font.extend(name.as_bytes());
        stream.extend(record(0x0031, &font));
    }
    for (font, format) in [(0, 0), (0, 10), (0, 14), (1, 0)] {
        let mut style = words(&[font, format]);
        style.extend([0; 16]);
        stream.extend(record(0x00E0, &style));
    }
    for global in globals {
        stream.extend(global);
    }
    let mut tab = ((stream.len() + 4 + 9 + 4) as u32).to_le_bytes().to_vec();
    tab.extend([0, 0, 1, 0, b'S']);
    stream.extend(record(0x0085, &tab));
    stream.extend(record(0x000A, &[]));
    stream.extend(record(0x0809, BOF_SHEET));
    for cell in cells {
        stream.extend(cell);
    }
    stream.extend(record(0x000A, &[]));
    stream
}

pub(crate) fn xls(globals: &[Vec<u8>], cells: &[Vec<u8>]) -> Vec<u8> {
    compound(&[("Workbook", &xls_stream(globals, cells))])
}

/// A NUMBER record.
pub(crate) fn xls_number(row: u16, col: u16, style: u16, number: f64) -> Vec<u8> {
    let mut data = words(&[row, col, style]);
    data.extend(number.to_le_bytes());
    record(0x0203, &data)
}

/// A FORMULA record with its stored result.
pub(crate) fn xls_formula(row: u16, col: u16, result: [u8; 8]) -> Vec<u8> {
    let mut data = words(&[row, col, 0]);
    data.extend(result);
    data.extend([0; 8]);
    record(0x0006, &data)
}

/// One record of an `.xlsb`.
pub(crate) fn binary(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut record = if kind < 0x80 { vec![kind as u8] } else { vec![kind as u8 & 0x7F | 0x80, (kind >> 7) as u8] };
    record.extend(if data.len() < 0x80 {
        vec![data.len() as u8]
    } else {
        vec![data.len() as u8 & 0x7F | 0x80, (data.len() >> 7) as u8]
    });
    record.extend(data);
    record
}

pub(crate) fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(words(&units));
    bytes
}

/// A cell record of an `.xlsb`: column, style, the rest.
pub(crate) fn binary_cell(kind: u16, col: u32, style: u32, rest: &[u8]) -> Vec<u8> {
    let mut data = col.to_le_bytes().to_vec();
    data.extend(style.to_le_bytes());
    data.extend(rest);
    binary(kind, &data)
}

pub(crate) fn binary_row(row: u32, is_hidden: bool) -> Vec<u8> {
    let mut data = row.to_le_bytes().to_vec();
    data.extend([0; 7]);
    data.push(if is_hidden { 0x10 } else { 0 });
    data.extend([0; 5]);
    binary(0, &data)
}

/// An `.xlsb` with one sheet "S"; styles: 0 plain, 1 percent, 2 date.
pub(crate) fn xlsb(records: &[Vec<u8>]) -> Vec<u8> {
    let mut tab = vec![0; 8];
    tab.extend(wide("rId1"));
    tab.extend(wide("S"));
    // A window of the sheet's size first, as another reader asks for it.
    let dimension = binary(148, &[0; 16]);
    let book = [binary(131, &[]), binary(153, &[0; 12]), binary(156, &tab), binary(144, &[]), binary(157, &[0; 4])];
    let xf = |format: u16| binary(47, &[&words(&[0, format, 0])[..], &[0; 10]].concat());
    let mut styles = binary(617, &3u32.to_le_bytes());
    styles.extend([xf(0), xf(10), xf(14)].concat());
    styles.extend(binary(618, &[]));
    let strings =
        [binary(159, &[1, 0, 0, 0, 1, 0, 0, 0]), binary(19, &[&[0][..], &wide("một")].concat()), binary(160, &[])];
    let mut sheet = [binary(129, &[]), dimension, binary(145, &[])].concat();
    sheet.extend(records.concat());
    sheet.extend([binary(146, &[]), binary(130, &[])].concat());
    let rels = RELS.replace("workbook.xml", "workbook.bin");
    let book_rels = BOOK_RELS.replace(".xml", ".bin");
    packed(&[
        ("_rels/.rels", rels.as_bytes()),
        ("xl/_rels/workbook.bin.rels", book_rels.as_bytes()),
        ("xl/workbook.bin", &book.concat()),
        ("xl/styles.bin", &styles),
        ("xl/sharedStrings.bin", &strings.concat()),
        ("xl/worksheets/sheet1.bin", &sheet),
    ])
}
