//! Text files that are sent as workbooks, and files that are none.

use crate::check;

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn text_files_saved_as_workbooks_are_read_with_a_note() {
    check(vec![
        ("CSV, UTF-8 with a mark, semicolons", "\u{feff}TT;Nội dung;Số\r\n1;a;1.234,5\r\n".into(), "Delimited | CSV A1:'TT' B1:'Nội dung' C1:'Số' A2:1 B2:'a' C2:'1.234,5'"),
        ("CSV, commas, quotes", "a,\"b, c\"\n\"d \"\"e\"\"\",2\n".into(), "Delimited | CSV A1:'a' B1:'b, c' A2:'d \\\"e\\\"' B2:2"),
        ("TSV, UTF-16 with a mark, as Excel saves Unicode text", [&b"\xFF\xFE"[..], &utf_16("TT\tSố\r\n1\t2\r\n")].concat(), "Delimited | CSV A1:'TT' B1:'Số' A2:1 B2:2 | note: UTF-16LE"),
        ("TSV, UTF-16 without a mark", utf_16("TT\tSố\n1\t2\n"), "Delimited | CSV A1:'TT' B1:'Số' A2:1 B2:2 | note: UTF-16LE"),
        ("CSV, windows-1258", b"TT;S\xF4\xEC\n1;\xD0\n".to_vec(), "Delimited | CSV A1:'TT' B1:'Sô\u{301}' A2:1 B2:'Đ' | note: windows-1258"),
        ("CSV that names its delimiter", "sep=|\na|b\n".into(), "Delimited | CSV A1:'a' B1:'b'"),
        ("CSV with a quote never closed", "a;b\n\"c;d\n".into(), "Delimited | CSV A1:'a' B1:'b' A2:'\\\"c' B2:'d'"),
        ("HTML named .xls", "<html><head><meta charset=\"utf-8\"></head><body><table><tr><td>Số</td><td>1.234</td></tr></table></body></html>".into(), "Html | Bảng 1 A1:'Số' B1:'1.234'"),
        ("HTML in windows-1258", b"<html><meta charset=windows-1258><table><tr><td>\xD0<td>1</table>".to_vec(), "Html | Bảng 1 A1:'Đ' B1:1 | note: windows-1258"),
        ("HTML that hides a row and merges cells", "<table><tr style='display: none'><td>a</td></tr><tr><td colspan=\"3\" rowspan=2>b</td></tr></table>".into(), "Html | Bảng 1 -rows1:1 A2:C3 A1:'a' A2:'b'"),
        ("HTML without a filled table", "<html><table><tr><td>&nbsp;</td></tr></table></html>".into(), "refused: not a spreadsheet: an HTML page"),
        ("HTML that spans beyond the grid", format!("<table>{}</table>", "<td colspan=1000>".repeat(17)).into(), "refused: columns: 17000 is above 16384"),
        ("HTML of quotes never closed", format!("<table><tr><td>a{}", "<b x=\"".repeat(50_000)).into(), "Html | Bảng 1 A1:'a'"),
        ("HTML of comments never closed", format!("<table><tr><td>a{}", "<!--".repeat(50_000)).into(), "Html | Bảng 1 A1:'a'"),
    ]);
}

#[test]
fn excel_2003_xml_is_read_with_its_styles() {
    let book = |inside: &str| {
        format!("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Styles><Style ss:ID=\"p\"><NumberFormat ss:Format=\"Percent\"/></Style><Style ss:ID=\"q\" ss:Parent=\"p\"><Font ss:FontName=\"VNI-Times\"/></Style></Styles>{inside}</Workbook>").into_bytes()
    };
    let table = |rows: &str| book(&format!("<Worksheet ss:Name=\"S\"><Table>{rows}</Table></Worksheet>"));
    check(vec![
        (
            "values",
            table(
                "<Row><Cell><Data ss:Type=\"Number\">12</Data></Cell><Cell ss:StyleID=\"q\"><Data ss:Type=\"Number\">0.5</Data></Cell><Cell><Data ss:Type=\"DateTime\">2014-11-30T00:00:00.000</Data></Cell><Cell><Data ss:Type=\"Boolean\">1</Data></Cell><Cell><Data ss:Type=\"Error\">#N/A</Data></Cell><Cell ss:Formula=\"=1\"><Data ss:Type=\"String\">a<B>b</B></Data><Comment><Data>x</Data></Comment></Cell></Row>",
            ),
            "SpreadsheetMl | S A1:12 B1:0.5%(VNI-Times) C1:2014-11-30 D1:true E1:!#N/A F1:='ab'",
        ),
        (
            "places",
            table(
                "<Column ss:Index=\"3\" ss:Hidden=\"1\" ss:Span=\"1\"/><Row ss:Index=\"3\" ss:Hidden=\"1\"><Cell ss:Index=\"2\" ss:MergeAcross=\"1\" ss:MergeDown=\"1\"><Data ss:Type=\"Number\">1</Data></Cell><Cell><Data ss:Type=\"Number\">2</Data></Cell></Row><Row><Cell><Data ss:Type=\"Number\">3</Data></Cell></Row>",
            ),
            "SpreadsheetMl | S -rows3:3 -cols3:4 B3:C4 B3:1 D3:2 A4:3",
        ),
        (
            "hidden and protected",
            book(
                "<Worksheet ss:Name=\"S\" ss:Protected=\"1\"><Table/><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>",
            ),
            "SpreadsheetMl | S hidden protected",
        ),
        (
            "a formula without a result",
            table(
                "<Row><Cell ss:Formula=\"=1\"/><Cell ss:Formula=\"=x\"><Data ss:Type=\"String\"></Data></Cell></Row>",
            ),
            "SpreadsheetMl | S A1:=nothing",
        ),
        (
            "beyond the grid",
            table("<Row ss:Index=\"99999999999\"><Cell><Data ss:Type=\"Number\">1</Data></Cell></Row>"),
            "refused: rows: 4294967296 is above 1048576",
        ),
        ("without sheets", book(""), "refused: damaged: it has no sheets"),
    ]);
}

#[test]
fn files_that_are_no_workbook_are_named() {
    check(vec![
        ("empty", Vec::new(), "refused: not a spreadsheet: an empty file"),
        ("zeros", vec![0; 4096], "refused: not a spreadsheet: an empty file"),
        (
            "a letter",
            "Kính gửi Ban thi đua,\nchúng tôi gửi báo cáo sau.\n".into(),
            "refused: not a spreadsheet: a plain text file",
        ),
        (
            "a letter in windows-1258",
            b"K\xEDnh g\xFE\xD2i\n\xD0\xF4ng\n".to_vec(),
            "refused: not a spreadsheet: a plain text file",
        ),
        ("PDF", b"%PDF-1.7\n\0\0".to_vec(), "refused: not a spreadsheet: a PDF file"),
        ("a photo", b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec(), "refused: not a spreadsheet: an image"),
        ("RTF named .doc", b"{\\rtf1\\ansi x}".to_vec(), "refused: not a spreadsheet: a Rich Text file"),
        ("an archive", b"Rar!\x1A\x07\0".to_vec(), "refused: not a spreadsheet: a zip archive"),
        (
            "a web archive",
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related".to_vec(),
            "refused: not a spreadsheet: a web archive (MHTML)",
        ),
        ("other XML", b"<?xml version=\"1.0\"?><rss/>".to_vec(), "refused: not a spreadsheet: an XML file"),
        ("a program", b"\x7FELF\x02\x01\x01\0\0\0".to_vec(), "refused: not a spreadsheet: an unknown binary file"),
    ]);
}
