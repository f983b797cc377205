//! Rows of a list that stand there twice.
//!
//! In:  the rows of a list in order.
//! Out: V140 at each row that says word for word what an earlier one says; it is kept as data and
//!      counts once.
//!
//! Equal rows are one object only when something in them names it: two classes held without a word
//! on either are two classes.
//!
//! Not here: rows about one unit that differ (`facts`).

use crate::draft::DraftRow;
use crate::scan::Scan;
use std::collections::BTreeMap;
use thidua_campaign::{List, ListColumn};
use thidua_model::text::fold;
use thidua_model::{CellRef, IssueKind, ListValue, Text, ValueKind};
use thidua_texts::values::found;

/// Marks the repeated of `rows`; each issue with its cell and the column that names the object.
/// `columns`: where the columns of the list stand.
pub(crate) fn repeated<'l>(
    scan: &Scan<'_>,
    list: &'l List,
    columns: &[Option<u32>],
    before: &[DraftRow],
    rows: &mut [DraftRow],
) -> Vec<(CellRef, &'l ListColumn, IssueKind)> {
    let mut issues = Vec::new();
    let Some(position) = rows.first().map(|row| row.list) else { return issues };
    let naming = naming(list);
    let mut seen: BTreeMap<Vec<String>, String> = BTreeMap::new();
    for row in before.iter().filter(|row| row.list == position) {
        if let Some(key) = key(list, &naming, row) {
            seen.entry(key).or_insert_with(|| format!("{}!{}", row.sheet, row.cell));
        }
    }
    for row in rows {
        let Some(key) = key(list, &naming, row) else { continue };
        let named = naming.iter().find(|&&at| row.values[at].is_some()).and_then(|&at| Some((at, columns[at]?)));
        let (column, cell) = named.map_or((naming[0], row.cell), |(at, col)| (at, CellRef::new(row.cell.row, col)));
        match seen.get(&key) {
            Some(first) => {
                row.repeats = true;
                let shown = scan.find(cell).map(|index| found(&scan.cell(index).value)).unwrap_or_default();
                let first = Text::from(first.as_str());
                issues.push((cell, &list.columns[column], IssueKind::RowTwice { found: shown, first }));
            }
            None => {
                seen.insert(key, cell.to_string());
            }
        }
    }
    issues
}

/// The columns that say which object a row is: those that must be filled, else any words.
fn naming(list: &List) -> Vec<usize> {
    let is_words = |column: &ListColumn| column.is_unit || column.kind == ValueKind::Text;
    let those = |is: &dyn Fn(&ListColumn) -> bool| -> Vec<usize> {
        (0..list.columns.len()).filter(|&at| is(&list.columns[at])).collect()
    };
    let required = those(&|column| is_words(column) && column.required);
    if required.is_empty() { those(&is_words) } else { required }
}

/// What makes two rows the same; `None` for a row that nothing names.
fn key(list: &List, naming: &[usize], row: &DraftRow) -> Option<Vec<String>> {
    // `Lớp bồi dưỡng` under the kind of that name says which kind, not which class.
    let kinds: Vec<String> = (list.columns.iter().zip(&row.values))
        .filter_map(|(column, value)| {
            let Some(ListValue::Text(id)) = value else { return None };
            column.choices.iter().find(|(known, _)| known == id).map(|(_, label)| fold(label))
        })
        .collect();
    let names = |at: &usize| match &row.values[*at] {
        Some(ListValue::Text(text)) => list.columns[*at].is_unit || !kinds.contains(&fold(text)),
        _ => false,
    };
    if !naming.iter().any(names) {
        return None;
    }
    let mut key: Vec<String> = row.values.iter().map(said).collect();
    if !row.is_whole {
        key.push(row.raw.as_deref().unwrap_or_default().to_owned());
    }
    Some(key)
}

/// Capitals and spaces make no other object; marks do: Hoa is not Hòa.
fn said(value: &Option<ListValue>) -> String {
    match value {
        None => String::new(),
        Some(ListValue::Int(number)) => number.to_string(),
        Some(ListValue::Text(text)) => text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "),
    }
}
