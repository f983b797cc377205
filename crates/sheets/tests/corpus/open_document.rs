//! OpenDocument spreadsheets.

use crate::check;
use crate::make::{ods, ods_with};

#[test]
fn cells_of_an_ods_are_read_as_they_are_meant() {
    let row = |cells: &str| {
        ods(&format!("<table:table table:name=\"S\"><table:table-row>{cells}</table:table-row></table:table>"))
    };
    check(vec![
        (
            "number, percentage, currency",
            row(
                "<table:table-cell office:value-type=\"float\" office:value=\"1.5\"><text:p>1,5</text:p></table:table-cell><table:table-cell office:value-type=\"percentage\" office:value=\"0.95\"><text:p>95%</text:p></table:table-cell><table:table-cell office:value-type=\"currency\" office:value=\"5\"/>",
            ),
            "Ods | S A1:1.5 B1:0.95% C1:5",
        ),
        (
            "dates",
            row(
                "<table:table-cell office:value-type=\"date\" office:date-value=\"2014-11-30\"/><table:table-cell office:value-type=\"date\" office:date-value=\"2014-11-30T08:15:00\"/><table:table-cell office:value-type=\"date\" office:date-value=\"2014-13-40\"><text:p>?</text:p></table:table-cell>",
            ),
            "Ods | S A1:2014-11-30 B1:2014-11-30T08:15:00 C1:'?'",
        ),
        (
            "text with spaces, tabs, lines and a link",
            row(
                "<table:table-cell office:value-type=\"string\"><text:p>a<text:s text:c=\"3\"/>b<text:tab/>c<text:line-break/><text:span>d</text:span> <text:a>e</text:a></text:p><text:p>f</text:p></table:table-cell>",
            ),
            r"Ods | S A1:'a   b\tc\nd e\nf'",
        ),
        (
            "a comment is no value",
            row(
                "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>xem lại</text:p></office:annotation><text:p>a</text:p></table:table-cell><table:table-cell><office:annotation><text:p>x</text:p></office:annotation></table:table-cell>",
            ),
            "Ods | S A1:'a'",
        ),
        (
            "truth, time, string in the attribute",
            row(
                "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"/><table:table-cell office:value-type=\"time\" office:time-value=\"PT08H\"><text:p>08:00</text:p></table:table-cell><table:table-cell office:value-type=\"string\" office:string-value=\"s\"/>",
            ),
            "Ods | S A1:true B1:'08:00' C1:'s'",
        ),
        (
            "formulas with and without a result",
            row(
                "<table:table-cell table:formula=\"of:=1\" office:value-type=\"float\" office:value=\"1\"/><table:table-cell table:formula=\"of:=1\"/><table:table-cell table:formula=\"of:=&quot;&quot;\" office:value-type=\"string\"><text:p/></table:table-cell>",
            ),
            "Ods | S A1:=1 B1:=nothing",
        ),
        (
            "errors",
            row(
                "<table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\" calcext:value-type=\"error\"><text:p>#DIV/0!</text:p></table:table-cell><table:table-cell table:formula=\"of:=x\" office:value-type=\"float\" office:value=\"0\"><text:p>Err:508</text:p></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"1E400\"/>",
            ),
            "Ods | S A1:=!#DIV/0! B1:=!Err:508 C1:!1E400",
        ),
        (
            "fonts of cell and column",
            ods(
                "<table:table table:name=\"S\"><table:table-column/><table:table-column table:default-cell-style-name=\"vni\"/><table:table-row><table:table-cell table:style-name=\"vni\"><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>",
            ),
            "Ods | S A1:'a'(VNI-Times) B1:'b'(VNI-Times) C1:'c'",
        ),
        (
            "merged cells, one of them empty",
            row(
                "<table:table-cell table:number-columns-spanned=\"2\" table:number-rows-spanned=\"3\" office:value-type=\"float\" office:value=\"1\"/><table:covered-table-cell/><table:table-cell table:number-columns-spanned=\"2\"/><table:covered-table-cell office:value-type=\"float\" office:value=\"9\"/>",
            ),
            "Ods | S A1:B3 C1:D1 A1:1 D1:9",
        ),
    ]);
}

#[test]
fn repeated_rows_and_cells_are_unfolded_where_something_stands() {
    let cell = "<table:table-cell office:value-type=\"float\" office:value=\"1\"/>";
    let times = |tag: &str, attribute: &str, count: &str| {
        tag.replacen("<table:table-cell", &format!("<table:table-cell table:{attribute}=\"{count}\""), 1)
    };
    let table = |rows: &str| ods(&format!("<table:table table:name=\"S\">{rows}</table:table>"));
    let wide = times(cell, "number-columns-repeated", "16384");
    check(vec![
        (
            "cells repeated",
            table(&format!(
                "<table:table-row><table:table-cell table:number-columns-repeated=\"2\"/>{}{cell}</table:table-row>",
                times(cell, "number-columns-repeated", "3")
            )),
            "Ods | S C1:1 D1:1 E1:1 F1:1",
        ),
        (
            "rows repeated",
            table(&format!(
                "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell/></table:table-row><table:table-row table:number-rows-repeated=\"2\">{cell}</table:table-row><table:table-row>{cell}</table:table-row>"
            )),
            "Ods | S A4:1 A5:1 A6:1",
        ),
        (
            "rows in groups and headers",
            table(&format!(
                "<table:table-header-rows><table:table-row>{cell}</table:table-row></table:table-header-rows><table:table-row-group><table:table-row-group><table:table-row>{cell}</table:table-row></table:table-row-group></table:table-row-group>"
            )),
            "Ods | S A1:1 A2:1",
        ),
        (
            "a million empty rows",
            table(
                "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" table:style-name=\"x\"/></table:table-row>",
            ),
            "Ods | S",
        ),
        (
            "more empty rows than there are",
            table(
                "<table:table-row table:number-rows-repeated=\"99999999999999999999\"><table:table-cell table:number-columns-repeated=\"4294967295\"/></table:table-row><table:table-row table:number-rows-repeated=\"4294967295\"/>",
            ),
            "Ods | S",
        ),
        (
            "a million full rows of sixteen thousand cells",
            table(&format!("<table:table-row table:number-rows-repeated=\"1048576\">{wide}</table:table-row>")),
            "refused: cells: 1000001 is above 1000000",
        ),
        (
            "a row below the grid",
            table(&format!(
                "<table:table-row table:number-rows-repeated=\"1048576\"/><table:table-row>{cell}</table:table-row>"
            )),
            "refused: rows: 1048577 is above 1048576",
        ),
        (
            "a cell beside the grid",
            table(&format!(
                "<table:table-row><table:table-cell table:number-columns-repeated=\"16384\"/>{cell}</table:table-row>"
            )),
            "refused: columns: 16385 is above 16384",
        ),
        (
            "merged empty cells without end",
            table(
                "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" table:number-columns-spanned=\"2\"/></table:table-row>",
            ),
            "refused: shared strings: 1000001 is above 1000000",
        ),
        (
            "spaces without end",
            table(
                "<table:table-row><table:table-cell><text:p><text:s text:c=\"4000000000\"/></text:p></table:table-cell></table:table-row>",
            ),
            "refused: characters of a cell: 100000 is above 32767",
        ),
    ]);
}

#[test]
fn marks_of_an_ods_are_told() {
    let manifest =
        "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let flat = "<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"><office:body><office:spreadsheet><table:table table:name=\"S\"><table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table></office:spreadsheet></office:body></office:document>";
    check(vec![
        (
            "hidden table, rows, columns; protection",
            ods(
                "<table:table table:name=\"S\" table:style-name=\"hid\" table:protected=\"true\"><table:table-column table:number-columns-repeated=\"2\"/><table:table-column table:visibility=\"collapse\"/><table:table-row table:visibility=\"filter\" table:number-rows-repeated=\"2\"/></table:table>",
            ),
            "Ods | S hidden protected -rows1:2 -cols3:3",
        ),
        (
            "a change history is no sheet",
            ods(
                "<table:tracked-changes><table:table table:name=\"X\"/></table:tracked-changes><table:table table:name=\"S\"/>",
            ),
            "Ods | S",
        ),
        ("encrypted", ods_with("", &[("META-INF/manifest.xml", manifest)]), "refused: encrypted"),
        (
            "without content",
            crate::make::RawZip::of(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]).bytes(),
            "refused: damaged: part \"content.xml\" is missing",
        ),
        ("without sheets", ods(""), "refused: damaged: it has no sheets"),
        ("one XML file", flat.as_bytes().to_vec(), "FlatOds | S A1:1"),
        ("one XML file, cut", flat.as_bytes()[..flat.len() / 2 + 60].to_vec(), "refused: damaged: its end is missing"),
    ]);
}
