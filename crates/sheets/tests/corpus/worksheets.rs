//! What can stand in the cells of an `.xlsx`.

use crate::check;
use crate::make::{BOOK, BOOK_RELS, STRINGS, parts, sheet, xlsx, xlsx_with};

#[test]
fn values_are_read_as_they_are_meant() {
    let row = |cells: &str| xlsx(&format!("<row r=\"1\">{cells}</row>"));
    check(vec![
        ("number", row(r#"<c r="A1"><v>12</v></c>"#), "Xlsx | S A1:12"),
        ("number with spaces around it", row("<c r=\"A1\"><v> 12\n</v></c>"), "Xlsx | S A1:12"),
        (
            "percent, built in and own format",
            row(r#"<c r="A1" s="1"><v>0.95</v></c><c r="B1" s="2"><v>1</v></c>"#),
            "Xlsx | S A1:0.95% B1:1%",
        ),
        (
            "text in a percent cell is no percentage",
            row(r#"<c r="A1" s="1" t="str"><v>95</v></c>"#),
            "Xlsx | S A1:'95'",
        ),
        (
            "dates by two formats",
            row(r#"<c r="A1" s="3"><v>41973</v></c><c r="B1" s="4"><v>41973.5</v></c>"#),
            "Xlsx | S A1:2014-11-30 B1:2014-11-30T12:00:00",
        ),
        (
            "a date beyond the calendar stays a number",
            row(r#"<c r="A1" s="3"><v>-5</v></c><c r="B1" s="3"><v>9999999</v></c>"#),
            "Xlsx | S A1:-5 B1:9999999",
        ),
        (
            "ISO date",
            row(r#"<c r="A1" t="d"><v>2014-11-30</v></c><c r="B1" t="d"><v>hôm qua</v></c>"#),
            "Xlsx | S A1:2014-11-30 B1:'hôm qua'",
        ),
        (
            "1E400 is no number",
            row(r#"<c r="A1"><v>1E400</v></c><c r="B1"><v>-1e999</v></c>"#),
            "Xlsx | S A1:!1E400 B1:!-1e999",
        ),
        (
            "NaN and inf are words",
            row(r#"<c r="A1"><v>NaN</v></c><c r="B1" t="n"><v>inf</v></c>"#),
            "Xlsx | S A1:'NaN' B1:'inf'",
        ),
        ("words in a number cell", row(r#"<c r="A1" t="n"><v>mười</v></c>"#), "Xlsx | S A1:'mười'"),
        ("comment inside the value", row(r#"<c r="A1"><v>1<!-- 99 -->2</v></c>"#), "Xlsx | S A1:12"),
        (
            "CDATA inside the value",
            row(r#"<c r="A1"><v><![CDATA[12]]></v></c><c r="B1" t="str"><v><![CDATA[a<b]]></v></c>"#),
            "Xlsx | S A1:12 B1:'a<b'",
        ),
        ("references", row(r#"<c r="A1" t="str"><v>a &amp; b &#7855; &lol;</v></c>"#), "Xlsx | S A1:'a & b ắ &lol;'"),
        ("escaped controls", row(r#"<c r="A1" t="str"><v>a_x000D_b_x005F_</v></c>"#), r"Xlsx | S A1:'a\rb_'"),
        (
            "truth",
            row(r#"<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>false</v></c><c r="C1" t="b"><v>2</v></c>"#),
            "Xlsx | S A1:true B1:false C1:'2'",
        ),
        (
            "error cells",
            row(r##"<c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>"##),
            "Xlsx | S A1:!#REF! B1:=!#DIV/0!",
        ),
        (
            "shared strings, rich and with a font of their own",
            row(
                r#"<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" s="5" t="s"><v>0</v></c><c r="D1" s="5" t="s"><v>2</v></c>"#,
            ),
            "Xlsx | S A1:'một' B1:'hai ' C1:'một'(.VnTime) D1:'ba'(VNI-Times)",
        ),
        (
            "shared string out of range",
            row(r#"<c r="A1" t="s"><v>99</v></c><c r="B1" t="s"><v>-1</v></c><c r="C1"><v>3</v></c>"#),
            "Xlsx | S A1:!#TEXT? B1:!#TEXT? C1:3 | note: S!A1 text missing | note: S!B1 text missing",
        ),
        (
            "inline strings",
            row(
                r#"<c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><r><rPr><rFont val=".VnTime"/></rPr><t>b</t></r><r><t>c</t></r><rPh><t>x</t></rPh></is></c>"#,
            ),
            "Xlsx | S A1:'a' B1:'bc'(.VnTime)",
        ),
        (
            "inline string beside a stray value",
            row(r#"<c r="A1" t="inlineStr"><v>7</v><is><t>a</t></is></c>"#),
            "Xlsx | S A1:'a'",
        ),
        (
            "formula with a result",
            row(r#"<c r="A1"><f>B1+1</f><v>7</v></c><c r="B1" t="str"><f>X</f><v>a</v></c>"#),
            "Xlsx | S A1:=7 B1:='a'",
        ),
        (
            "formula without a result is nothing, not zero",
            row(r#"<c r="A1"><f>B1+1</f></c><c r="B1"><f>1</f><v></v></c><c r="C1"><f>1</f><v/></c>"#),
            "Xlsx | S A1:=nothing B1:=nothing C1:=nothing",
        ),
        (
            "formula that gives an empty text is blank",
            row(r#"<c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c>"#),
            "Xlsx | S B1:1",
        ),
        (
            "shared formula",
            row(
                r#"<c r="A1"><f t="shared" ref="A1:B1" si="0">1</f><v>1</v></c><c r="B1"><f t="shared" si="0"/><v>2</v></c>"#,
            ),
            "Xlsx | S A1:=1 B1:=2",
        ),
        (
            "empty cells with styles",
            row(r#"<c r="A1" s="1"/><c r="B1" s="2"></c><c r="C1" t="s"><v></v></c>"#),
            "Xlsx | S",
        ),
        (
            "unknown style and type",
            row(r#"<c r="A1" s="999" t="?"><v>1</v></c><c r="B1" s="x"><v>2</v></c>"#),
            "Xlsx | S A1:1 B1:2",
        ),
        (
            "prefixes",
            xlsx_with(
                "<x:worksheet xmlns:x=\"y\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>",
                &[],
            ),
            "Xlsx | S A1:1",
        ),
        (
            "something else in a cell",
            row(r#"<c r="A1"><extLst><ext><v>9</v></ext></extLst><v>1</v></c>"#),
            "Xlsx | S A1:1",
        ),
    ]);
}

#[test]
fn cells_stand_where_they_say_and_nowhere_else() {
    check(vec![
        (
            "addresses left out",
            xlsx(
                "<row><c><v>1</v></c><c><v>2</v></c></row><row r=\"5\"><c><v>3</v></c></row><row><c><v>4</v></c></row>",
            ),
            "Xlsx | S A1:1 B1:2 A5:3 A6:4",
        ),
        (
            "some addresses left out",
            xlsx("<row r=\"2\"><c r=\"C2\"><v>1</v></c><c><v>2</v></c></row>"),
            "Xlsx | S C2:1 D2:2",
        ),
        ("dollar signs and small letters", xlsx("<row r=\"1\"><c r=\"$b$1\"><v>1</v></c></row>"), "Xlsx | S B1:1"),
        (
            "the same cell twice: the first counts",
            xlsx("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>5</v></c><c r=\"A1\"><v>2</v></c></row>"),
            "Xlsx | S A1:1 B1:5 | note: S!A1 twice",
        ),
        (
            "the same row twice",
            xlsx("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1\"><c r=\"B1\"><v>2</v></c></row>"),
            "Xlsx | S A1:1 B1:2",
        ),
        (
            "rows in disorder",
            xlsx(
                "<row r=\"3\"><c r=\"A3\"><v>3</v></c></row><row r=\"1\"><c r=\"B1\"><v>2</v></c><c r=\"A1\"><v>1</v></c></row>",
            ),
            "Xlsx | S A1:1 B1:2 A3:3",
        ),
        (
            "addresses that are none",
            xlsx("<row r=\"1\"><c r=\"A0\"><v>1</v></c><c r=\"11\"><v>2</v></c><c r=\"B1\"><v>3</v></c></row>"),
            "Xlsx | S B1:3 | note: S address A0 | note: S address 11",
        ),
        (
            "a column beyond the grid",
            xlsx("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>"),
            "refused: columns: 16385 is above 16384",
        ),
        (
            "a row beyond the grid",
            xlsx("<row r=\"1048577\"><c><v>1</v></c></row>"),
            "refused: rows: 1048577 is above 1048576",
        ),
        (
            "a column that would wrap",
            xlsx("<row r=\"1\"><c r=\"AAAAAAAAAAAAAAA1\"><v>1</v></c></row>"),
            "refused: columns: 4294967295 is above 16384",
        ),
        (
            "a row that would wrap",
            xlsx("<row r=\"1\"><c r=\"A4294967297\"><v>1</v></c></row>"),
            "refused: rows: 4294967295 is above 1048576",
        ),
        ("an empty cell beyond the grid", xlsx("<row r=\"9999999\"><c r=\"ZZZZ9999999\"/></row>"), "Xlsx | S"),
        (
            "two cells at the far corners",
            xlsx(
                "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>",
            ),
            "Xlsx | S A1:1 XFD1048576:2",
        ),
        (
            "a dimension that lies",
            xlsx_with(
                "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"B1\"><v>1</v></c></row></sheetData></worksheet>",
                &[],
            ),
            "Xlsx | S B1:1",
        ),
        (
            "a dimension that is none",
            xlsx_with(
                "<worksheet><dimension ref=\"?\"/><sheetData><row r=\"1\"><c r=\"B1\"><v>1</v></c></row></sheetData></worksheet>",
                &[],
            ),
            "Xlsx | S B1:1",
        ),
        (
            "row and cell disagree: the cell's own word counts",
            xlsx("<row r=\"7\"><c r=\"A2\"><v>1</v></c></row>"),
            "Xlsx | S A2:1",
        ),
    ]);
}

#[test]
fn marks_of_a_sheet_are_told() {
    let marked = "<worksheet><cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"5\" max=\"5\"/></cols><sheetData>\
        <row r=\"1\" hidden=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\" hidden=\"true\"/><row r=\"4\" hidden=\"0\"/></sheetData>\
        <sheetProtection password=\"CC1A\" sheet=\"1\"/><mergeCells count=\"9\"><mergeCell ref=\"B2:C3\"/><mergeCell ref=\"A1\"/>\
        <mergeCell ref=\"D4:A1\"/><mergeCell ref=\"rác\"/><mergeCell ref=\"A9:ZZZ99999999\"/></mergeCells></worksheet>";
    let states = BOOK
        .replace("<sheet name=\"S\"", "<sheet name=\"S\" state=\"veryHidden\"")
        .replace("</sheets>", "<sheet name=\"T\" state=\"hidden\" r:id=\"rId9\"/></sheets>");
    check(vec![
        (
            "hidden rows and columns, merged ranges, protection",
            xlsx_with(marked, &[]),
            "Xlsx | S protected -rows1:2 -cols2:3 B2:C3 A9:XFD1048576 A1:1",
        ),
        (
            "hidden sheets, one of them lost",
            xlsx_with(&sheet(""), &[("xl/workbook.xml", &states)]),
            "Xlsx | S hidden | T hidden | note: T lost",
        ),
        (
            "protection that is not switched on",
            xlsx_with("<worksheet><sheetData/><sheetProtection password=\"CC1A\"/></worksheet>", &[]),
            "Xlsx | S",
        ),
    ]);
}

#[test]
fn a_workbook_is_found_in_spite_of_its_directory() {
    let one = sheet("<row r=\"1\"><c r=\"A1\" s=\"3\"><v>1</v></c><c r=\"B1\" t=\"s\"><v>0</v></c></row>");
    let absolute = BOOK_RELS.replace("\"worksheets", "\"/xl/worksheets");
    let upwards = BOOK_RELS.replace("\"worksheets", "\"../xl/./worksheets");
    let outside = BOOK_RELS.replace("\"worksheets", "\"../../worksheets");
    let chart = BOOK_RELS.replace("/worksheet\"", "/chartsheet\"");
    let external = BOOK_RELS.replace("Target=\"worksheets", "TargetMode=\"External\" Target=\"worksheets");
    let mac = BOOK.replace("<sheets>", "<workbookPr date1904=\"true\"/><sheets>");
    let uncalculated = BOOK.replace("</sheets>", "</sheets><calcPr fullCalcOnLoad=\"1\"/>");
    let formulas = sheet(
        "<row r=\"1\"><c r=\"A1\"><f>1</f><v>0</v></c><c r=\"B1\"><v>0</v></c><c r=\"C1\"><f>1</f><v>5</v></c></row>",
    );
    let utf_16: Vec<u8> = one.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let all = parts(&one, &[]);
    let elsewhere = [
        ("_rels/.rels", &*crate::make::RELS.replace("xl/workbook.xml", "/a/b.xml")),
        ("a/b.xml", BOOK),
        ("a/_rels/b.xml.rels", &*BOOK_RELS.replace("worksheets/sheet1.xml", "c.xml")),
        ("a/c.xml", &*one),
        ("a/sharedStrings.xml", STRINGS),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()));
    let elsewhere: Vec<(&str, &str)> = elsewhere.iter().map(|(name, text)| (&**name, &**text)).collect();
    let mut in_utf_16: Vec<(&str, &[u8])> = all.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let marked = [&b"\xFF\xFE"[..], &utf_16].concat();
    in_utf_16.last_mut().expect("a sheet").1 = &marked;
    let backslashes: Vec<(&str, &str)> =
        all.iter().map(|(name, text)| (&*name.replace('/', "\\").leak(), *text)).collect();
    check(vec![
        ("parts in places of their own", crate::make::RawZip::of(&elsewhere).bytes(), "Xlsx | S A1:1 B1:'một'"),
        (
            "absolute target",
            xlsx_with(&one, &[("xl/_rels/workbook.xml.rels", &absolute)]),
            "Xlsx | S A1:1900-01-01 B1:'một'",
        ),
        (
            "target with dots",
            xlsx_with(&one, &[("xl/_rels/workbook.xml.rels", &upwards)]),
            "Xlsx | S A1:1900-01-01 B1:'một'",
        ),
        (
            "target outside the file",
            xlsx_with(&one, &[("xl/_rels/workbook.xml.rels", &outside)]),
            "Xlsx | S | note: S lost",
        ),
        (
            "target on another machine",
            xlsx_with(&one, &[("xl/_rels/workbook.xml.rels", &external)]),
            "Xlsx | S | note: S lost",
        ),
        (
            "no relations of the workbook",
            xlsx_with(&one, &[("xl/_rels/workbook.xml.rels", "absent")]),
            "Xlsx | S A1:1900-01-01 B1:'một'",
        ),
        ("no relations of the file", xlsx_with(&one, &[("_rels/.rels", "absent")]), "Xlsx | S A1:1900-01-01 B1:'một'"),
        (
            "a chart sheet alone",
            xlsx_with(&one, &[("xl/_rels/workbook.xml.rels", &chart)]),
            "refused: damaged: it has no sheets",
        ),
        (
            "no styles, no strings",
            xlsx_with(&one, &[("xl/styles.xml", "absent"), ("xl/sharedStrings.xml", "absent")]),
            "Xlsx | S A1:1 B1:!#TEXT? | note: S!B1 text missing",
        ),
        (
            "no workbook part",
            xlsx_with(&one, &[("xl/workbook.xml", "absent")]),
            "refused: damaged: part \"xl/workbook.xml\" is missing",
        ),
        ("1904 dates", xlsx_with(&one, &[("xl/workbook.xml", &mac)]), "Xlsx | S A1:1904-01-02 B1:'một'"),
        (
            "written by a program that does not calculate",
            xlsx_with(&formulas, &[("xl/workbook.xml", &uncalculated)]),
            "Xlsx | S A1:=nothing B1:0 C1:=5 | note: not calculated",
        ),
        ("a part in UTF-16", crate::make::packed(&in_utf_16), "Xlsx | S A1:1900-01-01 B1:'một'"),
        ("names with backslashes", crate::make::RawZip::of(&backslashes).bytes(), "Xlsx | S A1:1900-01-01 B1:'một'"),
        (
            "shared strings that claim four billion",
            xlsx_with(
                &one,
                &[(
                    "xl/sharedStrings.xml",
                    &STRINGS.replace("\"3\"", "\"4294967295\"").replace("\"9\"", "\"99999999999\""),
                )],
            ),
            "Xlsx | S A1:1900-01-01 B1:'một'",
        ),
        (
            "a DTD with entities is not unfolded",
            xlsx_with(
                &format!(
                    "<!DOCTYPE x [<!ENTITY a \"&b;&b;\"><!ENTITY b \"lol\">]>{}",
                    sheet("<row r=\"1\"><c t=\"str\"><v>&a;</v></c></row>")
                ),
                &[],
            ),
            "Xlsx | S A1:'&a;'",
        ),
    ]);
}
