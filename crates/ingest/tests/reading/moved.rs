//! Lines and columns are found wherever they were moved, and nothing is taken for another line.

use crate::{GOOD, form_1, read_with, shown_sheet};
use insta::assert_snapshot;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;
use thidua_campaign::{Campaign, Form};
use thidua_model::{FactMark, FieldIx, ValueKind};
use thidua_testkit::draw;

fn facts(drawing: &str) -> String {
    let text = shown_sheet(drawing);
    let lines = text.lines().skip(1).map(|line| line.rsplit_once(' ').map_or(line, |(fact, _)| fact));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn columns_may_be_inserted_removed_and_reordered() {
    let expected = facts(&form_1(GOOD));
    let table: Vec<Vec<&str>> = form_1(GOOD)
        .leak()
        .trim()
        .lines()
        .skip(1)
        .map(|line| line.trim().trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    // Columns of the form in the order of the sheet; `_` is a column of the sender's own.
    for order in ["A B C D E", "A B _ C _ D E", "B D", "D C B A", "E A D B", "_ A B D C", "B _ D _ _"] {
        let columns: Vec<&str> = order.split(' ').collect();
        let letters: Vec<String> = (0..columns.len()).map(|at| char::from(b'A' + at as u8).to_string()).collect();
        let mut drawing = format!("| Mẫu 1 | {} |", letters.join(" | "));
        for row in &table {
            let is_table = row[0].parse::<u32>().unwrap() >= 10;
            let cell = |column: &&str| match *column {
                // The head of the sheet is no table: it stays as it is.
                "_" if is_table => if row[0] == "10" { "Năm trước" } else { "7" }.to_owned(),
                "_" => String::new(),
                column => row[1 + usize::from(column.as_bytes()[0] - b'A')].to_owned(),
            };
            let cells: Vec<String> = columns.iter().map(cell).collect();
            drawing.push_str(&format!("\n| {} | {} |", row[0], cells.join(" | ")));
        }
        let head =
            "\n| 4 | Đơn vị báo cáo : CĐCS Trường THCS Hoa Ban |\n| 5 | (Số liệu tính đến ngày : ☒ 31/5 ☐ 30/11) |";
        drawing.push_str(head);
        assert_eq!(facts(&drawing), expected, "{order}");
    }
}

#[test]
fn numbers_of_lines_may_be_missing_or_dotted() {
    let expected = facts(&form_1(GOOD));
    for (from, to) in [("| 1  |", "| 1. |"), ("| 2  |", "|    |"), ("| 3  |", "| 3) |"), ("| 4  |", "| 14 |")] {
        assert_eq!(facts(&form_1(&GOOD.replace(from, to))), expected, "{from} {to}");
    }
}

#[test]
fn labels_beside_their_heading_are_found() {
    let moved = form_1(GOOD)
        .replace("| Nội dung                | Đơn vị tính    | Số lượng | Ghi chú |", "| Nội dung | | Số lượng | |");
    let mut drawing = String::new();
    for line in moved.trim().lines() {
        let parts: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let is_line = parts[0].parse::<u32>().is_ok_and(|row| row > 10);
        let line = if is_line {
            format!("| {} | {} | | {} | {} |", parts[0], parts[1], parts[2], parts[4])
        } else {
            line.to_owned()
        };
        drawing.push_str(&format!("{}\n", line.trim()));
    }
    assert_eq!(facts(&drawing), facts(&form_1(GOOD)));
}

#[test]
fn the_heading_of_labels_may_be_gone() {
    assert_eq!(facts(&form_1(GOOD).replace("Nội dung ", "Diễn biến")), facts(&form_1(GOOD)));
}

#[test]
fn a_line_that_is_not_found_names_the_rows_that_come_near() {
    let drawing = form_1(&GOOD.replace("| Số nhà Mái ấm              |", "| Nhà Mái ấm đã xây |")).to_owned()
        + "\n        | 23 | 10 | Số nhà dột nát  | nhà | 4 | |\n        | 24 |  | + Số người được tính | | 5 | |";
    let text = shown_sheet(&drawing);
    let about: Vec<&str> =
        text.lines().filter(|line| line.starts_with("V113") || line.contains("wage_people")).collect();
    assert_snapshot!(about.join("\n"), @r#"
    fact  wage_people = 118 D15
    V113  the line "Số nhà Mái ấm" was not found @ a.xlsx › Mẫu 1 › B21
    "#);
    let (_, intake) = crate::read(&[("a.xlsx", draw(&drawing))], 1);
    let fixes: Vec<String> = intake.issues.iter().map(|issue| issue.kind.fix(thidua_model::Lang::En)).collect();
    assert_snapshot!(fixes.join("\n"), @r#"
    keep the lines of the form (nearest: Nhà Mái ấm đã xây (B21); Số nhà dột nát (B23))
    "#);
}

/// The campaign of 2014, whose form 2 has seventy lines, some of which repeat.
fn campaign() -> &'static Campaign {
    static CAMPAIGN: OnceLock<Campaign> = OnceLock::new();
    CAMPAIGN.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/dak-lak-2014");
        thidua_campaign::load(&folder).expect("the campaign of 2014 loads")
    })
}

fn form_2() -> &'static Form {
    let is_form_2 = |form: &&Form| form.id.as_str() == "mau-2-hdcd";
    campaign().forms.iter().find(is_form_2).expect("form 2 of 2014")
}

#[derive(Debug, Clone)]
struct Row {
    label: String,
    field: Option<FieldIx>,
    value: i64,
}

/// The lines of form 2 in groups that move together: a line with the parts below it.
fn groups() -> Vec<Vec<Row>> {
    let mut groups: Vec<Vec<Row>> = Vec::new();
    for (value, line) in (1..).zip(form_2().sections.iter().flat_map(|section| &section.lines)) {
        let field = line.fields.iter().flatten().next().copied();
        let is_number = field.is_some_and(|field| {
            let known = campaign().field(field);
            matches!(known.kind, ValueKind::Number | ValueKind::Flag) && known.recomputed.is_none()
        });
        let row = Row { label: line.label.to_string(), field: field.filter(|_| is_number), value };
        let is_part = line.label.starts_with('+') || line.label.starts_with("Trong đó");
        match groups.last_mut() {
            Some(group) if is_part => group.push(row),
            _ => groups.push(vec![row]),
        }
    }
    groups
}

/// What was read from form 2 with these rows, by field; `None` for a row of something else.
fn read_rows(rows: &[Option<Row>]) -> BTreeMap<FieldIx, i64> {
    let campaign = campaign();
    let unit = campaign.unit_ixs().find(|unit| {
        let span = campaign.unit(*unit).latest();
        form_2().is_for(campaign, span) && campaign.level(span).id.as_str() == "superior"
    });
    let unit = campaign.unit(unit.expect("a superior union")).latest().name.clone();
    let mut drawing = format!(
        "| Mẫu 2 | A | B | C | D |\n| 1 | | Đơn vị báo cáo : {unit} |\n| 2 | | | Mẫu số 2-HĐCĐ |\n\
         | 3 | (Số liệu tính đến ngày : ☒ 31/5 ☐ 30/11) |\n| 5 | TT | Nội dung | Đơn vị tính | Số lượng |"
    );
    for (at, row) in rows.iter().enumerate() {
        let (label, value) =
            row.as_ref().map_or(("Ghi thêm của đơn vị", 999), |row| (row.label.as_str(), row.value));
        drawing.push_str(&format!("\n| {} | | {label} | | {value} |", at + 6));
    }
    let (_, intake) = read_with(campaign.clone(), &[("a.xlsx", draw(&drawing))], 1);
    let mut found = BTreeMap::new();
    for (_, field, column) in intake.facts.columns() {
        for (mark, value) in column.marks.iter().zip(&column.values) {
            if mark.has_value() && *mark != FactMark::Derived {
                found.insert(field, *value);
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn moving_lines_and_inserting_rows_never_changes_a_fact(
        groups in Just(groups()).prop_shuffle(),
        inserted in prop::collection::vec(0usize..100, 0..12),
    ) {
        let mut rows: Vec<Option<Row>> = groups.into_iter().flatten().map(Some).collect();
        let expected: BTreeMap<FieldIx, i64> =
            rows.iter().flatten().filter_map(|row| Some((row.field?, row.value))).collect();
        for at in inserted {
            rows.insert(at.min(rows.len()), None);
        }
        let mut found = read_rows(&rows);
        found.retain(|field, _| expected.contains_key(field));
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn no_line_is_ever_taken_for_another(
        kept in prop::collection::vec(any::<bool>(), 120),
        slips in prop::collection::vec((0usize..120, 0usize..60), 0..12),
        inserted in prop::collection::vec(0usize..100, 0..6),
    ) {
        // A line goes with its parts; a part may also go alone. (A part that stays without its line, below another
        // line whose own part is gone, is that line's part for every reader.)
        let mut kept = kept.into_iter();
        let mut is_kept = move || kept.next().unwrap_or(true);
        let mut rows: Vec<Option<Row>> = Vec::new();
        for group in groups() {
            let has_line = is_kept();
            rows.extend(group.into_iter().enumerate().filter(|(at, _)| has_line && (*at == 0 || is_kept())).map(|(_, row)| Some(row)));
        }
        // A letter doubled somewhere in some labels.
        for (at, letter) in slips {
            if let Some(Some(row)) = rows.get_mut(at) && let Some(c) = row.label.chars().nth(letter) {
                row.label = row.label.replacen(c, &format!("{c}{c}"), 1);
            }
        }
        for at in inserted {
            rows.insert(at.min(rows.len()), None);
        }
        let own: BTreeMap<FieldIx, i64> =
            groups().iter().flatten().filter_map(|row| Some((row.field?, row.value))).collect();
        for (field, value) in read_rows(&rows) {
            if let Some(expected) = own.get(&field) {
                prop_assert_eq!(value, *expected, "{}", campaign().field(field).id.as_str());
            }
        }
    }
}
