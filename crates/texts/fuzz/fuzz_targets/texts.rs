//! The lines of a text are cells of a sheet, in no font, in those of old encodings and in a usual
//! one: they become readable, are looked up as labels, and give names and dates of a header.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use thidua_model::text::fold;
use thidua_model::{CellRef, Issue, IssueKind, Place, Text};
use thidua_sheets::{Cell, CellValue, Sheet};
use thidua_texts::head::{as_of_dates, bare, labelled};
use thidua_texts::labels::{Lossy, Vocabulary};
use thidua_texts::legacy::Readable;

static LABELS: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut labels = Vocabulary::default();
    for label in ["Tổng số lao động", "- Trong đó: nữ", "+ Số người được tính", "Số CĐCS có HĐLĐ"] {
        let key = labels.learn(label);
        assert!(key.is_some() && labels.find(label, false).map(|(key, _)| key) == key);
    }
    labels.learn_heading("Nội dung");
    labels
});

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let fonts: Vec<Text> = ["", ".VnTimeH", "VNI-Times", "Arial"].map(Text::from).into();
    let cells = text.lines().take(200).filter(|line| !line.is_empty()).enumerate().map(|(row, line)| Cell {
        at: CellRef::new(row as u32, 0),
        value: CellValue::Text(line.into()),
        is_formula: false,
        is_percent: false,
        font: (row % fonts.len()) as u16,
    });
    let sheet = Sheet { name: "A".into(), cells: cells.collect(), fonts: fonts.clone(), ..Sheet::default() };
    let readable = Readable::new(&sheet);
    assert_eq!(readable.sheet.cells.len(), sheet.cells.len());

    let labels = &*LABELS;
    let lossy = Lossy::label("CĐCS Trường THCS Hoa Ban");
    for cell in &readable.sheet.cells {
        let CellValue::Text(text) = &cell.value else { continue };
        labels.find(text, true);
        labels.heading_like(text);
        if let Some(worn) = Lossy::sheet(text) {
            worn.can_be(&lossy);
        }
        labelled(text, &fold(text));
        bare(text);
        let length = text.chars().count();
        for date in as_of_dates(text) {
            assert!(date.from + date.length <= length && (1..=31).contains(&date.day) && (1..=12).contains(&date.month));
        }
    }
    let file: Text = "a".into();
    let mut issues = readable.issues(&file, &[]);
    for cell in &readable.sheet.cells {
        let found = cell.value.shown();
        let place = Place::Cell { file: file.clone(), sheet: sheet.name.clone(), cell: cell.at };
        issues.push(Issue::new(IssueKind::UnknownUnit { found: found.into(), near: "–".into() }, place));
    }
    readable.quote(&mut issues);
});
