//! Files that mean harm, each in one way.

use super::make::{
    BOF_SHEET, RawPart, RawZip, binary, binary_cell, binary_row, compound, ods, ods_with, packed, parts, record, sheet,
    wide, words, xls, xls_number, xls_stream, xlsb, xlsx, xlsx_with,
};

pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) bytes: Vec<u8>,
    /// The code of its refusal, or `read`: as what it is, which is no report (F002) in most cases.
    pub(super) outcome: &'static str,
}

fn case(name: &'static str, outcome: &'static str, bytes: Vec<u8>) -> Case {
    Case { name, bytes, outcome }
}

/// One row with a value.
const ONE: &str = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = containers();
    cases.extend(worksheets());
    cases.extend(markup());
    cases.extend(old());
    cases
}

fn containers() -> Vec<Case> {
    let one = sheet(ONE);
    let with = |change: &dyn Fn(&mut RawZip)| {
        let mut zip = RawZip::of(&parts(&one, &[]));
        change(&mut zip);
        zip.bytes()
    };
    let part = |name: &str, bytes: &[u8], claimed_size: Option<u32>| RawPart {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
        claimed_size,
        shares: None,
        flags: 0,
    };
    let blank = format!("<worksheet><sheetData>{}</sheetData></worksheet>", " ".repeat(60 << 20));
    let bomb: Vec<(&str, &[u8])> = parts(&blank, &[]).iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let bomb = packed(&bomb);
    let nested = (0..6).fold(packed(&[("0.bin", &vec![0; 8 << 20])]), |inner, _| packed(&[("inner.zip", &inner)]));
    let several: Vec<(String, Vec<u8>)> =
        (1..=5).map(|number| (format!("xl/worksheets/sheet{number}.xml"), vec![b' '; 60 << 20])).collect();
    let several: Vec<(&str, &[u8])> = several.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    vec![
        case("bomb-one-part.xlsx", "F005", bomb),
        case("bomb-several-parts.xlsx", "F005", packed(&several)),
        case("bomb-nested.xlsx", "F001", nested),
        case("part-claims-3-gb.xlsx", "F005", with(&|zip| zip.parts[5].claimed_size = Some(3_000_000_000))),
        case("part-claims-4-gb-less-one.xlsx", "F005", with(&|zip| zip.parts[5].claimed_size = Some(u32::MAX))),
        case("part-claims-too-little.xlsx", "F003", with(&|zip| zip.parts[5].claimed_size = Some(3))),
        case(
            "parts-overlap.xlsx",
            "F003",
            with(&|zip| {
                for number in 0..200 {
                    let mut copy = part(&format!("copy{number}"), &zip.parts[5].bytes.clone(), None);
                    copy.shares = Some(5);
                    zip.parts.push(copy);
                }
            }),
        ),
        case(
            "many-entries.xlsx",
            "F005",
            with(&|zip| {
                zip.parts.extend((0..30_000).map(|number| part(&format!("n{number}"), b"", None)));
            }),
        ),
        case("entries-claimed-too-many.xlsx", "F003", with(&|zip| zip.claimed_entries = Some(u16::MAX - 1))),
        case(
            "names-twice.xlsx",
            "F003",
            with(&|zip| {
                zip.parts.push(part("xl/worksheets/sheet1.xml", sheet("<row><c><v>9</v></c></row>").as_bytes(), None));
            }),
        ),
        case("name-leads-outside.xlsx", "F003", with(&|zip| zip.parts.push(part("../../../etc/passwd", b"x", None)))),
        case("name-absolute.xlsx", "F002", with(&|zip| zip.parts.push(part("/etc/passwd", b"x", None)))),
        case("name-of-a-drive.xlsx", "F003", with(&|zip| zip.parts.push(part("C:\\Windows\\x", b"x", None)))),
        case("name-of-64-kb.xlsx", "F002", with(&|zip| zip.parts.push(part(&"x".repeat(65_000), b"x", None)))),
        case("name-with-a-zero.xlsx", "F003", with(&|zip| zip.parts.push(part("a\0b", b"x", None)))),
        case("relations-in-a-circle.xlsx", "F003", {
            let circle = "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/officeDocument\" Target=\"_rels/.rels\"/></Relationships>";
            RawZip::of(&[("_rels/.rels", circle)]).bytes()
        }),
        case("sheet-target-outside.xlsx", "F002", {
            let rels = super::make::BOOK_RELS.replace("worksheets/sheet1.xml", "../../../../etc/passwd");
            xlsx_with(&one, &[("xl/_rels/workbook.xml.rels", &rels)])
        }),
        case("a-file-of-70-mb.csv", "F005", vec![b'1'; 70 << 20]),
    ]
}

fn worksheets() -> Vec<Case> {
    let strings = |head: &str, body: &str| format!("<sst {head}>{body}</sst>");
    let with_strings =
        |text: &str| xlsx_with(&sheet("<row><c t=\"s\"><v>0</v></c></row>"), &[("xl/sharedStrings.xml", text)]);
    let sheets = |count: usize| {
        let tabs: String =
            (0..count).map(|n| format!("<sheet name=\"S{n}\" sheetId=\"{n}\" r:id=\"rId1\"/>")).collect();
        format!("<workbook><sheets>{tabs}</sheets></workbook>")
    };
    let wide_row = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(16_385));
    let attributes: String = (0..60_000).map(|number| format!(" a{number}=\"\"")).collect();
    let merged: String = (1..200_000).map(|row| format!("<mergeCell ref=\"A{row}:XFD1048576\"/>")).collect();
    vec![
        case(
            "strings-count-lies.xlsx",
            "F002",
            with_strings(&strings("count=\"4294967295\" uniqueCount=\"18446744073709551615\"", "<si><t>x</t></si>")),
        ),
        case("strings-two-million.xlsx", "F005", with_strings(&strings("", &"<si><t>x</t></si>".repeat(2_000_000)))),
        case(
            "string-of-40-mb.xlsx",
            "F005",
            with_strings(&strings("", &format!("<si><t>{}</t></si>", "ab".repeat(20 << 20)))),
        ),
        case(
            "string-index-negative.xlsx",
            "F002",
            xlsx("<row><c t=\"s\"><v>-1</v></c><c t=\"s\"><v>1e99</v></c></row>"),
        ),
        case(
            "dimension-lies.xlsx",
            "F002",
            xlsx_with(
                "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>",
                &[],
            ),
        ),
        case(
            "dimension-of-nonsense.xlsx",
            "F002",
            xlsx_with(
                "<worksheet><dimension ref=\"ZZZZZZZ99999999999999:-1\"/><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>",
                &[],
            ),
        ),
        case(
            "references-beyond-the-grid.xlsx",
            "F005",
            xlsx(
                "<row r=\"1\"><c r=\"XFE1\"><v>1</v></c><c r=\"AAAAAAA1\"><v>1</v></c><c r=\"A4294967297\"><v>2</v></c><c r=\"A1\"><v>3</v></c></row>",
            ),
        ),
        case(
            "row-numbers-beyond-64-bits.xlsx",
            "F002",
            xlsx("<row r=\"99999999999999999999999\"><c><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"),
        ),
        case("row-of-17-thousand-cells.xlsx", "F005", xlsx(&wide_row)),
        case("cells-two-million.xlsx", "F005", xlsx(&"<row><c><v>1</v></c><c><v>1</v></c></row>".repeat(1_000_000))),
        case("sheets-a-thousand.xlsx", "F005", xlsx_with(&sheet(ONE), &[("xl/workbook.xml", &sheets(1_000))])),
        case("sheets-of-one-large-part.xlsx", "F005", {
            xlsx_with(&sheet(&"<row><c><v>1</v></c></row>".repeat(10_000)), &[("xl/workbook.xml", &sheets(200))])
        }),
        case("attributes-sixty-thousand.xlsx", "F002", xlsx(&format!("<row><c{attributes}><v>1</v></c></row>"))),
        case("merged-over-everything.xlsx", "F002", {
            xlsx_with(
                &format!("<worksheet><sheetData>{ONE}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"),
                &[],
            )
        }),
        case("columns-hidden-four-billion.xlsx", "F002", {
            xlsx_with(
                &format!(
                    "<worksheet><cols><col min=\"1\" max=\"4294967295\" hidden=\"1\"/></cols><sheetData>{ONE}</sheetData></worksheet>"
                ),
                &[],
            )
        }),
        case(
            "number-of-a-million-digits.xlsx",
            "F002",
            xlsx(&format!("<row><c><v>{}</v></c><c><v>1e999999</v></c></row>", "9".repeat(30_000))),
        ),
        case("elements-a-million-deep.xlsx", "F002", {
            xlsx(&format!("<row><c>{}<v>1</v>{}</c></row>", "<a>".repeat(1_000_000), "</a>".repeat(1_000_000)))
        }),
        case("elements-never-closed.xlsx", "F003", xlsx_with(&format!("<worksheet>{}", "<a>".repeat(2_000_000)), &[])),
        case("comment-never-closed.xlsx", "F003", xlsx_with(&format!("<worksheet><!--{}", "-".repeat(10 << 20)), &[])),
        case(
            "ods-sixteen-million-columns.ods",
            "F005",
            ods(
                "<table:table><table:table-row><table:table-cell table:number-columns-repeated=\"17000000\" office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table>",
            ),
        ),
        case(
            "ods-rows-without-end.ods",
            "F005",
            ods(
                "<table:table><table:table-row table:number-rows-repeated=\"4294967295\"><table:table-cell table:number-columns-repeated=\"1000\" office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table>",
            ),
        ),
        case(
            "ods-spaces-four-billion.ods",
            "F005",
            ods(
                "<table:table><table:table-row><table:table-cell office:value-type=\"string\"><text:p>a<text:s text:c=\"4294967295\"/></text:p></table:table-cell></table:table-row></table:table>",
            ),
        ),
    ]
}

fn markup() -> Vec<Case> {
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE worksheet [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;\"><!ENTITY g \"&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;\"><!ENTITY h \"&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;\">]>";
    let outside = "<?xml version=\"1.0\"?><!DOCTYPE worksheet [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    let text = |head: &str, entity: &str| {
        let body = format!("<worksheet><sheetData><row><c t=\"str\"><v>{entity}</v></c></row></sheetData></worksheet>");
        xlsx_with(&format!("{head}{body}"), &[])
    };
    let cells = |count: usize, separator: &str| format!("{}\r\n", ["1"; 1_000].join(separator)).repeat(count / 1_000);
    vec![
        case("billion-laughs.xlsx", "F002", text(laughs, "&h;")),
        case("external-entity.xlsx", "F002", text(outside, "&x;")),
        case("external-entity.ods", "F002", {
            let head = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><office:document-content><office:body><office:spreadsheet><table:table><table:table-row><table:table-cell office:value-type=\"string\"><text:p>&x;</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
            RawZip::of(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", head)]).bytes()
        }),
        case("table-spans-17-million.xls", "F002", "<table><tr><td colspan=17000000 rowspan=17000000>a<td>b</table>".into()),
        case("table-spans-pile-up.xls", "F005", {
            format!("<table>{}</table>", "<tr><td rowspan=65000 colspan=1000>a".repeat(20_000)).into()
        }),
        case("tables-in-tables.xls", "F002", format!("{}a", "<table><tr><td>".repeat(100_000)).into()),
        case("tags-never-closed.xls", "F001", format!("<table>{}", "<".repeat(1 << 20)).into()),
        case("excel-2003-index-four-billion.xls", "F005", b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet ss:Name='S'><Table><Row ss:Index='4294967295'><Cell ss:Index='4294967295' ss:MergeAcross='4294967295'><Data ss:Type='Number'>1</Data></Cell></Row></Table></Worksheet></Workbook>".to_vec()),
        case("csv-two-million-cells.csv", "F005", cells(2_000_000, ";").into_bytes()),
        case("csv-one-quote.csv", "F005", format!("a;b\n\"{}", "x;y\n".repeat(1 << 20)).into()),
        case("csv-of-separators.csv", "F001", format!("a;b\n{}\n", ";".repeat(10 << 20)).into()),
        case("csv-of-line-ends.csv", "F001", format!("a;b\n{}c;d\n", "\n".repeat(20 << 20)).into()),
        case("csv-then-line-ends.csv", "F005", format!("a;b\nc;d\n{}", "\n".repeat(20 << 20)).into()),
    ]
}

fn old() -> Vec<Case> {
    let whole = xls(&[], &[xls_number(0, 0, 0, 1.0)]);
    // The table of sectors stands in the first sector, the directory in the next two.
    let with = |at: usize, bytes: &[u8]| {
        let mut changed = whole.clone();
        changed[at..at + bytes.len()].copy_from_slice(bytes);
        changed
    };
    let strings = |data: &[u8]| xls(&[record(0x00FC, data)], &[]);
    let lying = |tail: &[u8]| {
        let mut stream = xls_stream(&[], &[xls_number(0, 0, 0, 1.0)]);
        stream.truncate(stream.len() - 4);
        stream.extend(tail);
        compound(&[("Workbook", &stream)])
    };
    let table =
        |rows: u16| record(0x0200, &[&[0; 4][..], &0xFFFF_FFFFu32.to_le_bytes(), &words(&[0, rows, 0])].concat());
    let long_record = [&[6u8, 0xFF, 0xFF, 0xFF, 0x7F][..], &[0; 40]].concat();
    let long_text = {
        let mut text = u32::MAX.to_le_bytes().to_vec();
        text.extend(wide("x"));
        text
    };
    vec![
        case("sectors-in-a-circle.xls", "F002", with(512 + 4 * 3, &3u32.to_le_bytes())),
        case("directory-in-a-circle.xls", "F003", with(512 + 4, &1u32.to_le_bytes())),
        case("directory-names-itself.xls", "F002", with(1024 + 72, &0u32.to_le_bytes())),
        case("table-of-sectors-without-end.xls", "F002", with(44, &u32::MAX.to_le_bytes())),
        case("stream-of-60-mb-in-a-circle.xls", "F003", {
            let mut changed = with(512 + 4 * 3, &3u32.to_le_bytes());
            let at = 1024 + 128 + 120;
            changed[at..at + 4].copy_from_slice(&(60u32 << 20).to_le_bytes());
            changed
        }),
        case("more-tables-of-sectors-in-a-circle.xls", "F003", with(68, &3u32.to_le_bytes())),
        case("stream-of-4-gb.xls", "F005", with(1024 + 128 + 120, &u32::MAX.to_le_bytes())),
        case("sector-of-2-to-the-31.xls", "F003", with(30, &31u16.to_le_bytes())),
        case("record-longer-than-the-file.xls", "F003", lying(&[0x03, 0x02, 0xFF, 0xFF, 1, 2])),
        case("strings-four-billion.xls", "F002", strings(&[&[0xFF; 8][..], &[1, 0, 0, b'x']].concat())),
        case(
            "string-of-64-k-units.xls",
            "F003",
            strings(&[&[1, 0, 0, 0, 1, 0, 0, 0][..], &[0xFF, 0xFF, 1, b'x']].concat()),
        ),
        case("sheet-behind-the-end.xls", "F002", {
            let tab = [&u32::MAX.to_le_bytes()[..], &[0, 0, 1, 0, b'T']].concat();
            xls(&[record(0x0085, &tab)], &[])
        }),
        case("sheets-that-are-one.xls", "F002", {
            let mut tab = 0u32.to_le_bytes().to_vec();
            tab.extend([0, 0, 1, 0, b'T']);
            xls(&vec![record(0x0085, &tab); 150], &[])
        }),
        case("dimensions-lie.xls", "F002", xls(&[], &[table(255), xls_number(0, 0, 0, 1.0)])),
        case(
            "substreams-a-thousand-deep.xls",
            "F002",
            xls(&[], &[record(0x0809, BOF_SHEET).repeat(300), xls_number(1, 1, 0, 1.0)]),
        ),
        case("record-of-2-gb.xlsb", "F003", xlsb(&[binary_row(0, false), long_record])),
        case(
            "text-of-four-billion-units.xlsb",
            "F003",
            xlsb(&[binary_row(0, false), binary_cell(6, 0, 0, &long_text)]),
        ),
        case("row-beyond-the-grid.xlsb", "F005", xlsb(&[binary_row(u32::MAX, false), binary_cell(5, 0, 0, &[0; 8])])),
        case(
            "column-beyond-the-grid.xlsb",
            "F005",
            xlsb(&[binary_row(0, false), binary_cell(5, u32::MAX, 0, &[0; 8])]),
        ),
        case("records-cut.xlsb", "F003", xlsb(&[binary(5, &[1, 2, 3])])),
        case(
            "styles-lie.ods",
            "F002",
            ods_with(
                "<table:table><table:table-row><table:table-cell table:style-name=\"none\" office:value-type=\"percentage\" office:value=\"NaN\"/></table:table-row></table:table>",
                &[("styles.xml", "<x/>")],
            ),
        ),
    ]
}
