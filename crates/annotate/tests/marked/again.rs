//! Workbooks that passed through other programs, and rich ones: what they hold beside cells stays, and our marks are
//! known again.

use crate::package::{packed, parts, tags, text};
use crate::{annotated, book, mark};
use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormatIconSet, ConditionalFormatIconType, DataValidation, DataValidationRule, Format,
    FormatBorder, Note, Sparkline, Table, Workbook,
};
use std::collections::BTreeMap;
use thidua_annotate::{Level, Mark};

fn file(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name);
    std::fs::read(path).expect("a file of the tests")
}

/// The four edges of a cell, as style and colour.
fn edges(bytes: &[u8], sheet: &str, cell: &str) -> Vec<String> {
    let parts = parts(bytes);
    let (mut borders, mut formats, mut in_formats): (Vec<Vec<String>>, Vec<usize>, bool) = (vec![], vec![], false);
    for (tag, it) in tags(&text(&parts, "xl/styles.xml")) {
        let has_edge = |edge: &Vec<String>| edge.len() < 5;
        match tag.as_str() {
            "border" => borders.push(vec![]),
            "left" | "right" | "top" | "bottom" => {
                borders.last_mut().expect("a border").push(it.get("style").cloned().unwrap_or_default());
            }
            "color" if borders.last().is_some_and(has_edge) && !in_formats => {
                if let Some(edge) = borders.last_mut().and_then(|edges| edges.last_mut()) {
                    edge.push_str(&it.get("rgb").map(|rgb| format!(" {rgb}")).unwrap_or_default());
                }
            }
            "cellXfs" => in_formats = true,
            "cellStyles" | "dxfs" => in_formats = false,
            "xf" if in_formats => formats.push(it["borderId"].parse().expect("a number")),
            _ => {}
        }
    }
    let sheet = text(&parts, &part_of(&parts, sheet));
    let found = tags(&sheet).into_iter().find(|(tag, it)| tag == "c" && it.get("r").is_some_and(|r| r == cell));
    let style: usize = found.map_or(0, |(_, it)| it.get("s").map_or(0, |style| style.parse().expect("a number")));
    borders[formats[style]].clone()
}

/// The part of a tab.
fn part_of(parts: &BTreeMap<String, Vec<u8>>, sheet: &str) -> String {
    let workbook = tags(&text(parts, "xl/workbook.xml"));
    let tab = workbook.into_iter().find(|(tag, it)| tag == "sheet" && it["name"] == sheet).expect("a tab").1;
    let relations = tags(&text(parts, "xl/_rels/workbook.xml.rels"));
    let target = relations.into_iter().find(|(_, it)| it.get("Id") == tab.get("id")).expect("a relation").1;
    format!("xl/{}", target["Target"].trim_start_matches("/xl/"))
}

/// What comments say, by cell.
fn comments(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut said = BTreeMap::new();
    for (_, xml) in parts(bytes).iter().filter(|(name, _)| name.contains("comments")) {
        let xml = String::from_utf8_lossy(xml);
        for comment in xml.split("<comment ").skip(1) {
            let cell = comment.split('"').nth(1 + 2 * usize::from(!comment.starts_with("ref"))).unwrap_or_default();
            let texts = comment.split("</t>").filter_map(|run| run.rsplit_once('>').map(|(_, text)| text));
            said.insert(cell.to_owned(), texts.collect::<String>().trim_end().to_owned());
        }
    }
    said
}

fn marks() -> Vec<Mark> {
    [("Mẫu 1!D4", Level::Error), ("Mẫu 1!D7", Level::Warning), ("Mẫu 1!A10", Level::Error)]
        .map(|(place, level)| mark(place, level, "sai"))
        .to_vec()
}

#[test]
fn marks_that_passed_through_another_program_are_taken_off_and_the_old_border_comes_back() {
    // Marked as `marks` says, opened and saved by the program that the file is named after.
    for sent in ["marked-then-libreoffice.xlsx", "marked-then-openpyxl.xlsx"] {
        let bytes = file(sent);
        let red = edges(&bytes, "Mẫu 1", "D4");
        assert!(red.iter().all(|edge| edge.starts_with("medium FFD")), "{sent}: {red:?}");
        let again = annotated(&bytes, &[mark("Mẫu 1!D7", Level::Error, "vẫn sai")]);
        assert_eq!(edges(&again, "Mẫu 1", "D4"), ["thin FF808080"; 4], "{sent}");
        assert_eq!(edges(&again, "Mẫu 1", "A10"), [""; 4], "{sent}");
        let marked = edges(&again, "Mẫu 1", "D7");
        assert!(marked.iter().all(|edge| edge.starts_with("medium FFD")), "{sent}: {marked:?}");
        let said = comments(&again);
        let cells: Vec<&str> = said.keys().map(String::as_str).collect();
        assert_eq!(cells, ["B4", "D4", "D7"], "{sent}");
        assert_eq!((said["B4"].as_str(), said["D4"].as_str()), ("Đếm cả lao động thời vụ", "Ghi số"), "{sent}");
        assert!(said["D7"].starts_with("Lỗi V101\nvẫn sai"), "{sent}: {}", said["D7"]);
        assert_eq!(book(&again).sheets.len(), book(&bytes).sheets.len(), "{sent}: the list is there once");
        assert_eq!(edges(&annotated(&bytes, &[]), "Mẫu 1", "D7"), ["thin FF808080"; 4], "{sent}");
    }
}

#[test]
fn comments_of_the_office_stay_and_are_extended() {
    for sent in ["by-openpyxl.xlsx", "by-libreoffice.xlsx"] {
        let said = comments(&annotated(&file(sent), &marks()));
        assert_eq!(said["B4"], "Đếm cả lao động thời vụ", "{sent}");
        assert!(said["D4"].starts_with("Ghi số\n――― thidua: ―――\nLỗi V101\nsai"), "{sent}: {}", said["D4"]);
        assert!(said["D7"].starts_with("Cảnh báo V101\nsai"), "{sent}: {}", said["D7"]);
        let drawing = parts(&annotated(&file(sent), &marks()));
        let drawings: Vec<&String> = drawing.keys().filter(|name| name.ends_with(".vml")).collect();
        assert_eq!(drawings.len(), 1, "{sent}: one drawing for old and new boxes");
    }
}

/// A workbook with everything that a library for whole workbooks is known to lose.
fn rich() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let grid = Format::new().set_border(FormatBorder::Thin);
    sheet.set_name("Mẫu 1").unwrap();
    for (row, number) in [7.0, 9.0, 5.0, 3.0].into_iter().enumerate() {
        sheet.write_with_format(row as u32 + 3, 3, number, &grid).unwrap();
    }
    sheet.write_formula(8, 3, "=SUM(D4:D7)").unwrap();
    sheet.add_sparkline(3, 4, &Sparkline::new().set_range(("Mẫu 1", 3, 3, 6, 3))).unwrap();
    let icons = ConditionalFormatIconSet::new().set_icon_type(ConditionalFormatIconType::ThreeStars);
    sheet.add_conditional_format(3, 3, 6, 3, &icons).unwrap();
    let icons = ConditionalFormatIconSet::new().set_icon_type(ConditionalFormatIconType::ThreeArrows);
    sheet.add_conditional_format(3, 5, 6, 5, &icons).unwrap();
    let whole = DataValidation::new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0));
    sheet.add_data_validation(3, 3, 6, 3, &whole).unwrap();
    sheet.insert_note(3, 3, &Note::new("Ghi số").set_author("Ban CS-PL")).unwrap();
    sheet.set_print_area(0, 0, 20, 5).unwrap();
    sheet.protect();
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values(("Mẫu 1", 3, 3, 6, 3));
    sheet.insert_chart(3, 6, &chart).unwrap();
    let other = book.add_worksheet();
    other.set_name("Phụ lục").unwrap();
    other.write(0, 0, "x").unwrap();
    other.write(1, 0, "y").unwrap();
    other.add_table(0, 0, 1, 1, &Table::new()).unwrap();
    other.set_print_area(0, 0, 5, 5).unwrap();
    other.set_active(true);
    book.save_to_buffer().unwrap()
}

#[test]
fn sparklines_charts_icons_validations_and_protection_stay_as_they_are() {
    let before = rich();
    let after = annotated(&before, &marks());
    let (old, new) = (packed(&before), packed(&after));
    for kept in [
        "xl/charts/chart1.xml",
        "xl/drawings/drawing1.xml",
        "xl/drawings/_rels/drawing1.xml.rels",
        "xl/tables/table1.xml",
        "xl/theme/theme1.xml",
        "docProps/app.xml",
    ] {
        assert_eq!(new.get(kept), old.get(kept), "{kept}");
        assert!(new.contains_key(kept), "{kept}");
    }
    let (old, new) = (parts(&before), parts(&after));
    let (sheet_before, sheet_after) = (text(&old, "xl/worksheets/sheet1.xml"), text(&new, "xl/worksheets/sheet1.xml"));
    for whole in ["conditionalFormatting", "dataValidations", "sheetProtection", "extLst", "drawing", "legacyDrawing"] {
        let piece = |sheet: &str| {
            let start = sheet.find(&format!("<{whole}")).unwrap_or_else(|| panic!("no {whole}"));
            let close = format!("</{whole}>");
            let end = sheet[start..]
                .find(&close)
                .map_or_else(|| sheet[start..].find("/>").unwrap() + 2, |at| at + close.len());
            sheet[start..start + end].to_owned()
        };
        assert_eq!(piece(&sheet_after), piece(&sheet_before), "{whole}");
    }
    assert!(sheet_after.contains("<f>SUM(D4:D7)</f>"), "{sheet_after}");
    let names: Vec<(String, String)> = tags(&text(&new, "xl/workbook.xml"))
        .into_iter()
        .filter(|(tag, _)| tag == "definedName")
        .map(|(_, it)| (it["name"].clone(), it["localSheetId"].clone()))
        .collect();
    let expected = [("_xlnm.Print_Area", "1"), ("_xlnm.Print_Area", "2"), ("_xlnm.Print_Titles", "0")];
    assert_eq!(names, expected.map(|(name, number)| (name.to_owned(), number.to_owned())));
}
