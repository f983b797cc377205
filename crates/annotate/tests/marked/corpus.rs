//! Every file of the corpus and of the sample that is read at all is marked, and reads as before.

use crate::package::{children, faults, packed, parts, tags};
use crate::{annotated, book, lines, list, mark};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use thidua_annotate::{Level, Mark, annotate};
use thidua_model::{CellRef, Text};
use thidua_sheets::marks::is_list;
use thidua_sheets::{Book, Cell, CellValue, Format, Limits, Sheet, read};

/// All files below a folder of the repository, with their names.
fn files(folders: &[&str]) -> Vec<(String, Vec<u8>)> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| top.join(folder)).collect();
    let mut files = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() {
                open.push(path);
            } else if !name.ends_with(".expected.txt") && !name.ends_with(".csv.gz") {
                files.push((name, std::fs::read(&path).expect("readable")));
            }
        }
    }
    files.sort();
    files
}

/// The odd files; their number is what a test takes its time for.
const ODD: [&str; 2] = ["tests/corpus/files", "crates/annotate/tests/files"];
const ALL: [&str; 3] = [ODD[0], ODD[1], "samples/dak-lak-2014/inbox"];

fn readable(folders: &[&str]) -> Vec<(String, Vec<u8>, Book)> {
    let read = files(folders).into_iter().filter_map(|(name, bytes)| {
        let book = read(&bytes, &Limits::default()).ok()?;
        Some((name, bytes, book))
    });
    read.collect()
}

/// Marks all over a workbook: on cells that are there and on some that are not, on sheets, on the file.
fn marks_for(book: &Book) -> Vec<Mark> {
    let mut marks = vec![mark("", Level::Warning, "cả tệp")];
    for sheet in book.sheets.iter().filter(|sheet| !is_list(sheet)) {
        let name = &sheet.name;
        marks.push(mark(name, Level::Notice, "cả trang"));
        let cells: Vec<CellRef> = sheet.cells.iter().map(|cell| cell.at).collect();
        let some = [0, cells.len() / 3, cells.len() / 2, cells.len().saturating_sub(1)];
        let known = some.iter().filter_map(|&at| cells.get(at).copied());
        let last = cells.last().copied().unwrap_or_default();
        let new = [CellRef::new(last.row + 3, 1), CellRef::new(last.row + 1, 5), CellRef::new(last.row / 2, 30)];
        for (at, level) in known.chain(new).zip([Level::Error, Level::Warning, Level::Notice].into_iter().cycle()) {
            marks.push(Mark { cell: Some(at), ..mark(name, level, "ô này") });
        }
    }
    marks
}

/// The sheets of a workbook without the list, with the fonts that their own cells have, in the order of the cells.
fn sheets(book: &Book) -> Vec<Sheet> {
    let own = |sheet: &Sheet| {
        let mut fonts: Vec<Text> = vec![Text::from("")];
        let mut cells = sheet.cells.clone();
        for cell in &mut cells {
            let name = sheet.font(cell).unwrap_or_default();
            let known = fonts.iter().position(|font| **font == *name);
            cell.font = known.unwrap_or(fonts.len()) as u16;
            if known.is_none() {
                fonts.push(name.into());
            }
        }
        Sheet { cells, fonts, ..sheet.clone() }
    };
    book.sheets.iter().filter(|sheet| !is_list(sheet)).map(own).collect()
}

/// Two workbooks have the same sheets; the first difference is told, not all of both.
#[track_caller]
fn same(what: &str, new: &[Sheet], old: &[Sheet]) {
    assert_eq!(new.len(), old.len(), "{what}");
    for (new, old) in new.iter().zip(old) {
        let differing = new.cells.iter().zip(&old.cells).find(|(new, old)| new != old);
        assert_eq!(differing, None, "{what}: {}", old.name);
        assert_eq!(new.cells.len(), old.cells.len(), "{what}: {}", old.name);
        assert_eq!(Sheet { cells: Vec::new(), ..new.clone() }, Sheet { cells: Vec::new(), ..old.clone() }, "{what}");
    }
}

/// What is kept where the values alone can be: everything but that a value was a formula's, and what a format
/// or a program cannot say in an `.xlsx`.
fn values(sheets: &[Sheet]) -> Vec<Vec<Cell>> {
    let known = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"];
    let value = |cell: &Cell| match &cell.value {
        CellValue::Error(word) if !known.contains(&&**word) => CellValue::Text(word.clone()),
        value => value.clone(),
    };
    let cells = |sheet: &Sheet| {
        let there = sheet.cells.iter().filter(|cell| cell.value != CellValue::Nothing);
        there.map(|cell| Cell { is_formula: false, font: 0, value: value(cell), ..cell.clone() }).collect()
    };
    sheets.iter().map(cells).collect()
}

/// The font of each value; one that is not known is the usual one.
fn fonts(sheets: &[Sheet]) -> Vec<String> {
    let there = sheets.iter().flat_map(|sheet| sheet.cells.iter().map(move |cell| (sheet, cell)));
    let there = there.filter(|(_, cell)| cell.value != CellValue::Nothing);
    let named = there.map(|(sheet, cell)| sheet.font(cell).filter(|font| *font != "Calibri").unwrap_or_default());
    named.map(str::to_owned).collect()
}

fn is_values_only(book: &Book) -> bool {
    lines(book).iter().any(|line| line.ends_with("Values only."))
}

#[test]
fn every_file_reads_the_same_when_it_is_marked() {
    let (mut in_place, mut of_values) = (0, Vec::new());
    for (name, bytes, before) in readable(&ALL) {
        let marked = annotated(&bytes, &marks_for(&before));
        let after = book(&marked);
        assert!(is_list(&after.sheets[0]), "{name}: the list is in front");
        assert_eq!(after.format, Format::Xlsx, "{name}");
        if is_values_only(&after) {
            of_values.push((name.clone(), before.format));
            for (new, old) in values(&sheets(&after)).iter().zip(values(&sheets(&before))) {
                let differing = new.iter().zip(&old).find(|(new, old)| new != old);
                assert_eq!((differing, new.len()), (None, old.len()), "{name}");
            }
            assert_eq!(sheets(&after).len(), before.sheets.len(), "{name}");
            assert!(fonts(&sheets(&after)) == fonts(&sheets(&before)), "{name}");
        } else {
            in_place += 1;
            same(&name, &sheets(&after), &sheets(&before));
            assert_eq!(after.notes, before.notes, "{name}");
        }
    }
    let odd: Vec<&str> =
        of_values.iter().filter(|(_, format)| *format == Format::Xlsx).map(|(name, _)| name.as_str()).collect();
    assert!(odd.is_empty(), "workbooks that cannot be changed in place: {odd:?}");
    assert!(in_place > 200, "{in_place} changed in place");
    assert!(of_values.len() > 20, "{} given back as values", of_values.len());
}

#[test]
fn every_marked_file_is_a_sound_package_and_what_is_not_concerned_stays_as_it_was_packed() {
    for (name, bytes, before) in readable(&ALL) {
        let marked = annotated(&bytes, &marks_for(&before));
        let new = parts(&marked);
        let is_copy = before.format == Format::Xlsx && !is_values_only(&book(&marked));
        let faults_before = if is_copy { faults(&parts(&bytes)) } else { BTreeSet::new() };
        let more: Vec<String> = faults(&new).difference(&faults_before).cloned().collect();
        assert!(more.is_empty(), "{name}: {more:?}");
        for (part, xml) in new.iter().filter(|(part, _)| part.starts_with("xl/worksheets/sheet")) {
            in_order(&format!("{name} {part}"), &String::from_utf8_lossy(xml));
        }
        if !is_copy {
            continue;
        }
        let (old, new) = (packed(&bytes), packed(&marked));
        let is_ours = |part: &str| {
            let part = part.to_lowercase();
            ["[content_types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"].contains(&&*part)
                || ["xl/worksheets/", "xl/comments"].iter().any(|it| part.starts_with(it))
                || part.ends_with(".vml")
                || part.contains("workbook")
        };
        for (part, bytes) in old.iter().filter(|(part, _)| !is_ours(part)) {
            let is_dropped = part.contains("vbaProject");
            assert_eq!(new.get(part), Some(bytes).filter(|_| !is_dropped), "{name} {part}");
        }
    }
}

/// What the format wants in this order.
const ORDER: [&str; 36] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "tableParts",
    "extLst",
];

fn in_order(name: &str, xml: &str) {
    let places: Vec<usize> =
        children(xml).iter().filter_map(|child| ORDER.iter().position(|known| known == child)).collect();
    assert!(places.is_sorted(), "{name}: {:?}", children(xml));
}

#[test]
fn marking_twice_leaves_the_marks_once_and_the_same_marks_give_the_same_file() {
    for (name, bytes, before) in readable(&ODD) {
        let marks = marks_for(&before);
        let once = annotated(&bytes, &marks);
        assert_eq!(annotated(&bytes, &marks), once, "{name}: the same bytes");
        // A workbook of values has other names of sheets where the format did not take the old ones.
        let marks = if before.format == Format::Xlsx { marks } else { marks_for(&book(&once)) };
        let twice = annotated(&once, &marks);
        let thrice = annotated(&twice, &marks);
        same(&name, &sheets(&book(&twice)), &sheets(&book(&once)));
        assert_eq!(outlines(&twice), outlines(&once), "{name}");
        assert_eq!(comments(&twice), comments(&once), "{name}");
        assert_eq!(list(&book(&twice)).name, list(&book(&once)).name, "{name}");
        let (twice_parts, thrice_parts) = (parts(&twice), parts(&thrice));
        let grown: Vec<&String> = thrice_parts
            .iter()
            .filter(|(part, xml)| twice_parts[*part].len() != xml.len())
            .map(|(part, _)| part)
            .collect();
        assert!(grown.is_empty(), "{name}: {grown:?}");
        let mended = annotated(&twice, &[]);
        if !before.sheets.iter().any(is_list) {
            let own = outlines(&bytes_or_none(&bytes, before.format));
            assert_eq!(outlines(&mended), own, "{name}: no outline is left");
        }
        assert!(!comments(&mended).iter().any(|it| it.contains("thidua")), "{name}: no comment is left");
        same(&name, &sheets(&book(&mended)), &sheets(&book(&once)));
    }
}

/// The file itself when it is an `.xlsx`; else a workbook in which nothing is outlined.
fn bytes_or_none(bytes: &[u8], format: Format) -> Vec<u8> {
    if format == Format::Xlsx { bytes.to_vec() } else { annotated(b"a;b\n1;2\n", &[]) }
}

/// Every border that cells of worksheets have, by cell, where it is a medium line.
fn outlines(bytes: &[u8]) -> BTreeSet<String> {
    let parts = parts(bytes);
    let Some((_, styles)) = parts.iter().find(|(name, _)| name.ends_with("styles.xml")) else {
        return BTreeSet::new();
    };
    let (mut borders, mut formats, mut in_formats): (Vec<String>, Vec<usize>, bool) = (vec![], vec![], false);
    for (tag, attributes) in tags(&String::from_utf8_lossy(styles)) {
        match tag.as_str() {
            "border" => borders.push(String::new()),
            "left" | "right" | "top" | "bottom" => {
                let style = attributes.get("style").map_or("", String::as_str);
                borders.last_mut().expect("a border").push_str(if style == "medium" { "M" } else { "-" });
            }
            "cellXfs" => in_formats = true,
            "cellStyles" | "dxfs" => in_formats = false,
            "xf" if in_formats => {
                formats.push(attributes.get("borderId").map_or(0, |id| id.parse().expect("a number")))
            }
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for (name, xml) in parts.iter().filter(|(name, _)| name.contains("worksheets/") && name.ends_with(".xml")) {
        for (tag, attributes) in tags(&String::from_utf8_lossy(xml)) {
            let style = attributes.get("s").and_then(|style| style.parse::<usize>().ok());
            let border = style.and_then(|style| borders.get(*formats.get(style)?));
            if tag == "c" && border.is_some_and(|border| border.contains('M')) {
                let at = attributes.get("r").cloned().unwrap_or_default();
                found.insert(format!("{name} {at} {}", border.expect("a border")));
            }
        }
    }
    found
}

/// Every comment with its author's number and cell.
fn comments(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, xml) in parts(bytes).iter().filter(|(name, _)| name.contains("comments") && name.ends_with(".xml")) {
        let xml = String::from_utf8_lossy(xml);
        for (tag, attributes) in tags(&xml) {
            if tag == "comment" {
                found.push(format!("{name} {} {}", attributes["ref"], attributes["authorId"]));
            }
        }
        found.push(format!("{} marks of thidua", xml.matches("――― thidua").count()).replace("0 marks of thidua", ""));
    }
    found
}

#[test]
fn what_is_not_read_is_refused_with_the_readers_reason() {
    let mut refused = 0;
    for (name, bytes) in files(&["tests/corpus/files"]) {
        if let Err(reason) = read(&bytes, &Limits::default()) {
            assert_eq!(annotate(&bytes, &[], &Limits::default()), Err(reason), "{name}");
            refused += 1;
        }
    }
    assert!(refused > 10, "{refused}");
}
