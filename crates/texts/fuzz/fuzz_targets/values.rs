//! A cell is read for every kind of field: whatever stands in it, what is kept lies within the
//! field's bounds, a refusal says why, and reading twice gives the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua_model::date::days;
use thidua_model::{CellRef, Date, Measure, Text, ValueKind};
use thidua_sheets::{Cell, CellValue};
use thidua_texts::values::{Asked, Reading, found, raw, read_cell};

fuzz_target!(|bytes: &[u8]| {
    let Some((&how, rest)) = bytes.split_first() else { return };
    let font = [None, Some("Wingdings"), Some(".VnTime"), Some("Arial")][usize::from(how >> 2) % 4];
    let value = match (how % 4, <[u8; 8]>::try_from(rest)) {
        (0, Ok(number)) => CellValue::Number(f64::from_le_bytes(number)),
        (1, _) => CellValue::Bool(rest.len() % 2 == 0),
        _ => CellValue::Text(String::from_utf8_lossy(rest).into()),
    };
    let is_percent = how & 0x10 != 0;
    let cell = Cell { at: CellRef::new(0, 0), value, is_formula: how & 0x20 != 0, is_percent, font: 0 };
    let measure = |label: &str, decimals, max| Measure {
        id: label.into(),
        label: label.into(),
        label_en: label.into(),
        decimals,
        min: 0,
        max,
    };
    let measures = [measure("người", 0, 10_000_000), measure("%", 2, 10_000), measure("triệu đồng", 6, 1 << 60)];
    let choices: Vec<(Text, Text)> = [("tot", "Tốt"), ("khong-dat", "Không đạt"), ("1", "Cấp 1")]
        .map(|(id, label)| (id.into(), label.into()))
        .into();
    let dates = (Date::new(1930, 1, 1).unwrap(), Date::new(2030, 12, 31).unwrap());
    let asked = Asked {
        kind: ValueKind::Number,
        measure: None,
        measure_label: "người",
        choices: &choices,
        is_count_of_units: false,
        may_be_formula: how & 0x40 != 0,
        dates,
        font,
    };
    for measure in &measures {
        check(&cell, Asked { measure: Some(measure), measure_label: &measure.label, ..asked }, |value| {
            (measure.min..=measure.max).contains(&value)
        });
    }
    check(&cell, Asked { kind: ValueKind::Flag, ..asked }, |value| value == 0 || value == 1);
    check(&cell, Asked { kind: ValueKind::Flag, is_count_of_units: true, ..asked }, |value| value >= 0);
    check(&cell, Asked { kind: ValueKind::Choice, ..asked }, |value| (0..3).contains(&value));
    check(&cell, Asked { kind: ValueKind::Date, ..asked }, |value| (days(dates.0)..=days(dates.1)).contains(&value));
    check(&cell, Asked { kind: ValueKind::Text, ..asked }, |_| false);
    assert!(found(&cell.value).chars().count() <= 81);
});

fn check(cell: &Cell, asked: Asked<'_>, is_kept: impl Fn(i64) -> bool) {
    let mut issues = Vec::new();
    let reading = read_cell(Some(cell), asked, &mut issues);
    match &reading {
        Reading::Int(value) => assert!(is_kept(*value), "{value} is out of bounds"),
        Reading::Rejected => assert!(!issues.is_empty(), "refused without a word"),
        _ => {}
    }
    raw(cell, asked, &reading);
    let mut again = Vec::new();
    assert_eq!(read_cell(Some(cell), asked, &mut again), reading);
    assert_eq!(again, issues);
}
