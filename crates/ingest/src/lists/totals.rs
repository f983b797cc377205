//! What the totals of a list say, against its rows.
//!
//! In:  the rows and totals of a list in order.
//! Out: V126 for a sum, V127 for a number of rows, where no reading of the total agrees; V144 for a
//!      total that is no number; what the totals state.
//!
//! A total can stand below its rows or above them, for a group or for all: it is wrong only when it
//! agrees with none of these. The rows are used whatever it says.

use super::rows::{Row, RowKind};
use super::sheet::asked;
use crate::plan::Plan;
use crate::scan::Scan;
use thidua_campaign::ListColumn;
use thidua_model::{CellRef, IssueKind, ListValue, Measure, Text, ValueKind};
use thidua_sheets::CellValue;
use thidua_texts::values::numbers::show;
use thidua_texts::values::{Asked, Reading, found, read_cell};

/// What a row of a list gave.
pub(crate) struct RowValues {
    pub(crate) row: u32,
    pub(crate) values: Vec<Option<ListValue>>,
    /// Columns whose cell was refused: what they add up to is not known.
    pub(crate) refused: Vec<usize>,
}

/// What the totals of a list gave.
#[derive(Default)]
pub(crate) struct Totals {
    /// Each with its cell and column.
    pub(crate) issues: Vec<(CellRef, Option<usize>, IssueKind)>,
    /// Column, cell, number and text of every sum that can be read.
    pub(crate) stated: Vec<(usize, CellRef, i64, Text)>,
}

/// Compares the totals with the rows.
pub(crate) fn check_totals(
    plan: &Plan<'_>,
    scan: &Scan<'_>,
    columns: &[ListColumn],
    rows: &[Row],
    objects: &[RowValues],
) -> Totals {
    let mut all = Totals::default();
    for (at, total) in rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Total) {
        let parts = parts(rows, at, objects);
        for (column_at, (column, col)) in columns.iter().zip(&total.columns).enumerate() {
            let Some(col) = *col else { continue };
            let Some(index) = scan.find(CellRef::new(total.row, col)) else { continue };
            let cell = scan.cell(index);
            if column.kind == ValueKind::Number {
                // The bounds of a measure hold for a row.
                let measure = plan.measure(column.measure.as_ref()).map(|measure| {
                    let (min, max) = (i64::MIN, i64::MAX);
                    Measure { min, max, ..measure.clone() }
                });
                let decimals = measure.as_ref().map_or(0, |measure| measure.decimals);
                let asked = Asked { measure: measure.as_ref(), may_be_formula: true, ..asked(plan, column) };
                let stated = match read_cell(Some(cell), asked, &mut Vec::new()) {
                    Reading::Int(stated) => stated,
                    // An x or a dash says that the column is not added up.
                    Reading::Rejected | Reading::Unclear(_) if is_meant_as_number(&cell.value) => {
                        let kind = IssueKind::TotalUnread { found: found(&cell.value) };
                        all.issues.push((cell.at, Some(column_at), kind));
                        continue;
                    }
                    _ => continue,
                };
                all.stated.push((column_at, cell.at, stated, found(&cell.value)));
                let stated = i128::from(stated);
                let sums: Option<Vec<i128>> = parts.iter().map(|part| sum(part, column_at)).collect();
                let Some(sums) = sums.filter(|sums| !sums.contains(&stated)) else { continue };
                let (stated, sum) = (show(stated, decimals).into(), show(sums[0], decimals).into());
                all.issues.push((
                    cell.at,
                    Some(column_at),
                    IssueKind::TotalDiffers { column: column.label.clone(), stated, sum },
                ));
            } else if let Some(stated) = count_in(&cell.value) {
                let counts = |part: &&[RowValues]| {
                    let filled = part.iter().filter(|row| row.values[column_at].is_some()).count() as i128;
                    let yes =
                        part.iter().filter(|row| row.values[column_at] == Some(ListValue::Int(1))).count() as i128;
                    [part.len() as i128, filled, yes]
                };
                if !parts.iter().any(|part| counts(part).contains(&stated)) {
                    let (stated, counted) = (stated.to_string().into(), parts[0].len().to_string().into());
                    all.issues.push((cell.at, None, IssueKind::RowsDiffer { stated, counted }));
                }
            }
        }
    }
    all
}

fn is_meant_as_number(value: &CellValue) -> bool {
    match value {
        CellValue::Text(text) => text.contains(|c: char| c.is_ascii_digit()),
        CellValue::Number(_) | CellValue::Error(_) => true,
        CellValue::Bool(_) | CellValue::Date(_) | CellValue::Nothing => false,
    }
}

/// The rows that a total can stand for: first those that it most likely means.
fn parts<'o>(rows: &[Row], total: usize, objects: &'o [RowValues]) -> Vec<&'o [RowValues]> {
    let upto = |row: u32| objects.partition_point(|object| object.row < row);
    let here = upto(rows[total].row);
    let last =
        |is: &dyn Fn(&Row) -> bool| rows[..total].iter().rev().find(|row| is(row)).map_or(0, |row| upto(row.row));
    let next =
        rows[total + 1..].iter().find(|row| row.kind == RowKind::Total).map_or(objects.len(), |row| upto(row.row));
    let since_total = last(&|row| row.kind == RowKind::Total);
    let since_group = last(&|row| row.kind == RowKind::Group);
    let is_last = next == objects.len() && here == objects.len();
    let mut parts = vec![&objects[since_total..here], objects, &objects[..here], &objects[since_group..here]];
    parts.push(&objects[here..next]);
    if is_last {
        parts.swap(0, 1);
    }
    parts
}

/// `None` when a cell of the column was refused.
fn sum(part: &&[RowValues], column: usize) -> Option<i128> {
    let value = |row: &RowValues| match row.values[column] {
        Some(ListValue::Int(value)) => Some(i128::from(value)),
        _ => (!row.refused.contains(&column)).then_some(0),
    };
    part.iter().map(value).sum()
}

/// A whole number in a column that holds none: how many rows there are.
fn count_in(value: &CellValue) -> Option<i128> {
    match value {
        CellValue::Number(number) if number.fract() == 0.0 && (0.0..1e9).contains(number) => Some(*number as i128),
        CellValue::Text(text) => {
            let text = text.trim();
            // `Tổng cộng: 3 nhà`.
            let text = text.rsplit_once(':').map_or(text, |(_, rest)| rest.trim());
            let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
            let rest = &text[digits.len()..];
            let is_count = rest.is_empty() || (rest.starts_with(' ') && !rest.contains(|c: char| c.is_ascii_digit()));
            digits.parse().ok().filter(|_| is_count && digits.len() <= 9)
        }
        _ => None,
    }
}
