//! Which column of a sheet holds what, by the headings and by what stands below them.
//!
//! In:  a scanned sheet and a form.
//! Out: the row of headings and the columns of labels, TT, measures, notes and values.
//!
//! Not here: the lines below (`locate`).

use crate::plan::{FormPlan, Plan};
use crate::scan::Scan;
use thidua_model::CellRef;
use thidua_texts::labels::Key;

/// Rows that headings can take.
const HEADING_ROWS: u32 = 4;
/// Rows above the heading of the labels in which those of groups of columns can stand.
const ABOVE: u32 = 2;

/// The columns of a form on a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Columns {
    /// Row of the headings.
    pub(crate) row: u32,
    pub(crate) tt: Option<u32>,
    pub(crate) label: u32,
    pub(crate) measure: Option<u32>,
    pub(crate) note: Option<u32>,
    /// One for each value column; `None` when its heading is not there exactly once.
    pub(crate) values: Vec<Option<u32>>,
}

/// Finds the row of column headings: the first with the heading of labels and another one; else,
/// where that heading is gone, the first with two other ones, the column of labels being the one
/// that holds them.
pub(crate) fn find_columns(scan: &Scan<'_>, plan: &Plan<'_>, form: &FormPlan) -> Option<Columns> {
    let heads = &plan.heads;
    let is_value = |key: &Key| {
        let is_path = || form.paths.iter().any(|path| path.contains(key));
        form.values.iter().any(|(heading, _)| heading.as_ref() == Some(key)) || is_path()
    };
    let is_other = |key: &Key| is_value(key) || heads.measure.contains(key) || heads.tt.contains(key);
    let keyed = |cells: std::ops::Range<usize>| cells.filter_map(|at| Some((scan.keys[at]?, scan.cell(at).at.col)));
    let named = scan.rows().find_map(|(row, cells)| {
        let (_, label) = keyed(cells.clone()).find(|(key, _)| heads.label.contains(key))?;
        keyed(cells.clone()).any(|(key, _)| is_other(&key)).then_some((row, cells, label))
    });
    let (row, cells, label) = named.or_else(|| {
        let (row, cells) = scan.rows().find(|(_, cells)| {
            let mut kinds = [false; 3];
            for (key, _) in keyed(cells.clone()) {
                kinds[0] |= is_value(&key);
                kinds[1] |= heads.measure.contains(&key) || heads.note.contains(&key);
                kinds[2] |= heads.tt.contains(&key);
            }
            kinds[0] && (kinds[1] || kinds[2])
        })?;
        let (label, _) = label_column(scan, form, row)?;
        Some((row, cells, label))
    })?;
    let label = moved_labels(scan, form, row, label);
    // A heading over two rows or more keeps some of its words in the lower ones.
    let last = last_row(scan, row, label);
    let lower = (row + 1..=last).flat_map(|row| keyed(scan.row(row)));
    let below: Vec<(Key, u32)> = lower.filter(|(_, col)| *col > label).collect();
    let all = || keyed(cells.clone()).chain(below.iter().copied());
    let first = |wanted: &[Key]| all().find(|(key, _)| wanted.contains(key)).map(|(_, col)| col);
    let once = |wanted: Option<Key>| {
        let mut columns = all().filter(|(key, _)| Some(*key) == wanted).map(|(_, col)| col);
        columns.next().filter(|_| columns.next().is_none())
    };
    Some(Columns {
        row,
        label,
        tt: first(&heads.tt).filter(|&col| col != label),
        measure: first(&heads.measure),
        note: first(&heads.note),
        values: form
            .values
            .iter()
            .zip(&form.paths)
            .map(|((key, _), path)| once(*key).or_else(|| under(scan, path, (row.saturating_sub(ABOVE), last))))
            .collect(),
    })
}

/// The last row of the headings: as far down as the heading of the labels is merged, and one row
/// more than the first at least.
fn last_row(scan: &Scan<'_>, row: u32, label: u32) -> u32 {
    let merged = scan.merged_at(CellRef::new(row, label)).map_or(row, |area| area.last.row);
    merged.clamp(row + 1, row + HEADING_ROWS - 1)
}

/// The one column whose headings, top down, are those of a path; `rows`: where they can stand.
fn under(scan: &Scan<'_>, path: &[Key], rows: (u32, u32)) -> Option<u32> {
    let (leaf, above) = path.split_last()?;
    let cells = || (rows.0..=rows.1).flat_map(|row| scan.row(row));
    let is_below = |at: usize| {
        let mut bottom = scan.cell(at).at;
        above.iter().rev().all(|key| {
            let covers = |&upper: &usize| {
                scan.keys[upper] == Some(*key)
                    && scan.cell(upper).at.row < bottom.row
                    && reaches(scan, upper, bottom.col)
            };
            let found = cells().rfind(covers);
            bottom = found.map_or(bottom, |upper| CellRef::new(scan.cell(upper).at.row, bottom.col));
            found.is_some()
        })
    };
    let mut columns = cells().filter(|&at| scan.keys[at] == Some(*leaf) && is_below(at)).map(|at| scan.cell(at).at.col);
    columns.next().filter(|_| columns.next().is_none())
}

/// A heading stands over a column: merged so far, or with nothing beside it up to there.
fn reaches(scan: &Scan<'_>, upper: usize, col: u32) -> bool {
    let at = scan.cell(upper).at;
    match scan.merged_at(at) {
        Some(area) => area.first.col <= col && col <= area.last.col,
        None => at.col <= col && !scan.row(at.row).any(|next| (at.col + 1..=col).contains(&scan.cell(next).at.col)),
    }
}

/// The labels of the form can stand in the column beside their heading, which is merged over both.
fn moved_labels(scan: &Scan<'_>, form: &FormPlan, row: u32, label: u32) -> u32 {
    let own = labels_in(scan, form, row, label);
    if own * 2 >= form.items.len() {
        return label;
    }
    match label_column(scan, form, row) {
        Some((column, labels)) if labels > 2 * own && labels >= 3 => column,
        _ => label,
    }
}

/// The column that holds most labels of the form below a row, and how many.
fn label_column(scan: &Scan<'_>, form: &FormPlan, row: u32) -> Option<(u32, usize)> {
    let mut columns: Vec<u32> =
        below(scan, row).filter(|&at| is_label(scan, form, at)).map(|at| scan.cell(at).at.col).collect();
    columns.sort_unstable();
    let runs = columns.chunk_by(|a, b| a == b).map(|run| (run[0], run.len()));
    // The first of several.
    runs.fold(None, |best: Option<(u32, usize)>, run| match best {
        Some((_, most)) if most >= run.1 => best,
        _ => Some(run),
    })
}

fn labels_in(scan: &Scan<'_>, form: &FormPlan, row: u32, col: u32) -> usize {
    below(scan, row).filter(|&at| scan.cell(at).at.col == col && is_label(scan, form, at)).count()
}

fn below(scan: &Scan<'_>, row: u32) -> std::ops::Range<usize> {
    let first = scan.row(row).end;
    first..scan.keys.len()
}

fn is_label(scan: &Scan<'_>, form: &FormPlan, at: usize) -> bool {
    scan.keys[at].is_some_and(|key| form.has_label(key))
}
