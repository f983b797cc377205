//! Which column of a form holds what: numbers, labels, measures, notes, and what is to be filled in.
//!
//! In:  a table and the rows below its headings.
//! Out: the columns by their part; the value columns as the definition names them.

use crate::doubt::Doubt;
use crate::draft::ValueColumn;
use crate::grid::{Item, Row};
use crate::ids::{Names, slug};
use crate::measure::Measures;
use crate::table::{ABOVE, Column, Table};
use crate::value::of_value_column;
use crate::words::Role;
use thidua_model::text::fold;
use thidua_model::{CellRef, ValueKind};

/// The columns of a form.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) tt: Option<Column>,
    pub(crate) label: Column,
    pub(crate) measure: Option<Column>,
    pub(crate) note: Option<Column>,
    pub(crate) values: Vec<Column>,
    /// Columns that are printed: `Mã số`, `Kế hoạch giao`.
    pub(crate) printed: Vec<Column>,
}

/// Tells the columns apart; `None` when nothing stands in the column of labels.
pub(crate) fn parts(table: &Table, rows: &[Row]) -> Option<Parts> {
    let of = |role: Role| table.columns.iter().find(|column| column.role == Some(role));
    let words_in =
        |from: u32, to: u32| rows.iter().filter(|row| row.first_in(from..=to).is_some_and(Item::has_words)).count();
    let ends: Vec<u32> = (table.columns.iter().skip(1).map(|next| next.at.col.saturating_sub(1)))
        .chain([table.columns.last()?.at.col])
        .collect();
    let tt = of(Role::Tt).cloned();
    let label_at = table.columns.iter().position(|column| column.role == Some(Role::Label)).or_else(|| {
        let free = |at: &usize| table.columns[*at].role.is_none();
        let best = (0..table.columns.len()).filter(free).map(|at| (words_in(table.columns[at].at.col, ends[at]), at));
        best.max_by_key(|(count, at)| (*count, std::cmp::Reverse(*at)))
            .filter(|(count, _)| *count > 0)
            .map(|(_, at)| at)
    });
    // A first column of labels without a heading.
    let label = match label_at {
        Some(at) => table.columns[at].clone(),
        None => {
            let first = table.columns.iter().find(|column| column.role != Some(Role::Tt))?;
            let left = tt.as_ref().map_or(0, |tt| tt.at.col + 1);
            let col = (left..first.at.col).find(|&col| words_in(col, col) >= 2)?;
            Column { at: CellRef::new(table.last, col), path: Vec::new(), role: None }
        }
    };
    let tt = tt.filter(|tt| tt.at.col < label.at.col);
    let right = || table.columns.iter().filter(|column| column.at.col > label.at.col);
    let first_right = right().next()?.at.col;
    let labelled: Vec<&Row> =
        rows.iter().filter(|row| row.first_in(label.at.col..=first_right - 1).is_some_and(Item::has_words)).collect();
    if labelled.is_empty() {
        return None;
    }
    let is_printed = |column: &Column| {
        let filled = labelled.iter().filter(|row| {
            let item = row.items.iter().find(|item| item.at.col == column.at.col);
            item.is_some_and(|item| {
                !item.is_formula && !is_closed(&item.text) && item.text != "0" && !item.text.contains('/')
            })
        });
        filled.count() * 2 >= labelled.len().max(2)
    };
    let mut measure = right().find(|column| column.role == Some(Role::Measure)).cloned();
    let mut printed = Vec::new();
    let mut values = Vec::new();
    for column in right() {
        if matches!(column.role, Some(Role::Measure | Role::Note | Role::Tt)) {
            continue;
        }
        if column.role == Some(Role::Code) || is_printed(column) {
            printed.push(column.clone());
            continue;
        }
        values.push(column.clone());
    }
    // `Đơn vị` above texts may name offices: then it is no column of measures.
    measure =
        measure.filter(|column| labelled.iter().any(|row| row.items.iter().any(|item| item.at.col == column.at.col)));
    let note = right().rfind(|column| column.role == Some(Role::Note)).cloned();
    (!values.is_empty()).then_some(Parts { tt, label, measure, note, values, printed })
}

/// `x`: nothing is asked here.
pub(crate) fn is_closed(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "x" | "xx" | "xxx" | "×" | "///" | "-" | "–" | "—")
}

/// The columns to fill, with what their headings say of every line.
pub(crate) fn value_columns(
    table: &Table,
    parts: &Parts,
    sheet: Option<&str>,
    measures: &mut Measures,
) -> Vec<ValueColumn> {
    let is_once = |column: &Column| {
        let key = fold(column.leaf());
        let leaves = table.columns.iter().filter(|other| fold(other.leaf()) == key).count();
        let is_upper = |other: &Column| other.path.iter().rev().skip(1).any(|text| fold(text) == key);
        leaves == 1 && !table.columns.iter().any(is_upper)
    };
    let column = |column: &Column, measures: &mut Measures| {
        let heading = if column.path.len() < 2 || is_once(column) { column.leaf().to_owned() } else { column.whole() };
        let own = column.path.iter().rev().find_map(|text| of_value_column(text, measures));
        // What the head of the sheet says is better than words.
        let own = own.filter(|own| sheet.is_none() || !own.doubts.contains(&Doubt::MeasureByWords));
        ValueColumn { heading, at: column.at, own }
    };
    let mut columns: Vec<ValueColumn> = parts.values.iter().map(|it| column(it, measures)).collect();
    // One column of values: what it holds is told by the lines.
    if let [only] = columns.as_mut_slice()
        && only.own.as_ref().is_some_and(|own| own.kind != ValueKind::Number || parts.measure.is_some())
    {
        only.own = None;
    }
    columns
}

/// What is put behind the name of a line for each column.
pub(crate) fn suffixes(columns: &[ValueColumn]) -> Vec<String> {
    let mut names = Names::default();
    columns.iter().map(|column| names.give(&slug(&column.heading, '_'), '_')).collect()
}

/// What reading may stumble over.
pub(crate) fn doubts(table: &Table, parts: &Parts, columns: &[ValueColumn]) -> Vec<Doubt> {
    let mut doubts: Vec<Doubt> = parts.printed.iter().map(|column| Doubt::PrintedColumn(column.whole())).collect();
    for (at, column) in columns.iter().enumerate() {
        let key = fold(&column.heading);
        let others =
            table.columns.iter().filter(|other| fold(&other.whole()) == key || fold(other.leaf()) == key).count();
        let is_path = column.heading.contains(ABOVE);
        if columns[..at].iter().any(|other| fold(&other.heading) == key) || (others > 1 && !is_path) {
            doubts.push(Doubt::SameHeading(column.heading.clone()));
        }
    }
    doubts.dedup();
    if parts.label.leaf().is_empty() && parts.tt.is_none() && parts.measure.is_none() && parts.note.is_none() {
        doubts.push(Doubt::NoLabelHeading);
    }
    doubts
}
