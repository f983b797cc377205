//! Which lists a sheet holds, and where their columns are.
//!
//! In:  a scanned sheet.
//! Out: for each list its heading rows and columns. A sheet can hold several lists, one below the
//!      other; a heading that is printed again on the next page starts no new list.
//!
//! Not here: the rows below the headings (`list_rows`, `list_sheet`).

use crate::plan::Plan;
use crate::scan::Scan;
use thidua_model::text::fold;
use thidua_texts::labels::Key;

/// Rows in which the headings of the first list are looked for.
const HEAD_ROWS: u32 = 30;
/// Rows above the headings in which a list's title is looked for.
const TITLE_ROWS: u32 = 8;
/// Tenths of a list's columns that its headings must name.
const ENOUGH: usize = 6;
/// Rows that a heading can take.
const HEADING_ROWS: u32 = 4;

/// A list found on a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListFound {
    /// Position in the plan's lists.
    pub(crate) list: usize,
    /// First and last row of the headings.
    pub(crate) row: u32,
    pub(crate) last: u32,
    /// Aligned with the list's columns.
    pub(crate) columns: Vec<Option<u32>>,
    /// The row of the headings of the next list.
    pub(crate) end: Option<u32>,
}

/// Tells which lists a sheet holds, by headings first, then by tab and title.
/// `said`: the list that the identity sheet names for this tab. `forms`: the forms of this workbook,
/// whose lists are preferred.
pub(crate) fn find_lists(plan: &Plan<'_>, scan: &Scan<'_>, said: Option<&str>, forms: &[usize]) -> Vec<ListFound> {
    let id = |list: usize| {
        let list = &plan.lists[list];
        &plan.campaign.forms[list.form].lists[list.list].id
    };
    let mut found: Vec<((usize, usize, bool), ListFound)> = Vec::new();
    for (row, _) in scan.rows() {
        if row >= HEAD_ROWS && found.is_empty() {
            break;
        }
        let Some(best) = best_list(plan, scan, row, said.filter(|_| found.is_empty()), forms) else { continue };
        match found.last_mut() {
            Some((_, before)) if id(before.list) == id(best.1.list) => {}
            // Two rows of one heading: the better one.
            Some(before) if best.1.row <= before.1.last + 1 => {
                if best.0 > before.0 {
                    *before = best;
                }
            }
            Some((_, before)) => {
                before.end = Some(best.1.row);
                found.push(best);
            }
            None => found.push(best),
        }
    }
    found.into_iter().map(|(_, found)| found).collect()
}

/// The row of the first headings that are those of a list.
pub(crate) fn first_list_row(plan: &Plan<'_>, scan: &Scan<'_>) -> Option<u32> {
    let mut rows = scan.rows().map(|(row, _)| row).take_while(|row| *row < HEAD_ROWS);
    rows.find(|row| best_list(plan, scan, *row, None, &[]).is_some())
}

/// The first headings of a list below a row, with the list's position in the plan.
pub(crate) fn list_below(plan: &Plan<'_>, scan: &Scan<'_>, row: u32) -> Option<(u32, usize)> {
    let is_heading = |at: &usize| scan.keys[*at].is_some_and(|key| plan.words.is_heading(key));
    let mut below = scan.rows().filter(|(at, cells)| *at > row && cells.clone().filter(is_heading).nth(1).is_some());
    below.find_map(|(at, _)| best_list(plan, scan, at, None, &[]).map(|(_, found)| (at, found.list)))
}

type Score = (usize, usize, bool);

fn best_list(
    plan: &Plan<'_>,
    scan: &Scan<'_>,
    row: u32,
    said: Option<&str>,
    forms: &[usize],
) -> Option<(Score, ListFound)> {
    if scan.row(row).filter(|&index| scan.keys[index].is_some()).count() == 0 {
        return None;
    }
    let mut best: Option<(Score, ListFound)> = None;
    for (at, list) in plan.lists.iter().enumerate() {
        let Some(found) = match_columns(plan, scan, at, row) else { continue };
        let hits = found.columns.iter().flatten().count();
        let defined = &plan.campaign.forms[list.form].lists[list.list];
        let is_said = said == Some(defined.id.as_str());
        let is_named = fold(&scan.sheet.name) == list.sheet || has_title(scan, row, &list.title);
        let names = usize::from(is_said) * 2 + usize::from(is_named);
        let score = (names, hits * 1000 / found.columns.len().max(1), forms.contains(&list.form));
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, found));
        }
    }
    best
}

fn has_title(scan: &Scan<'_>, before: u32, title: &str) -> bool {
    let rows = scan.rows().take_while(|(row, _)| *row < before).filter(|(row, _)| row + TITLE_ROWS >= before);
    !title.is_empty() && rows.flat_map(|(_, cells)| cells).filter_map(|at| scan.text(at)).any(|it| fold(it) == title)
}

/// The columns of a list under the headings of a row; what is missing there is looked for in the row
/// below, where a heading over two rows goes on. `None` when too few are there.
pub(crate) fn match_columns(plan: &Plan<'_>, scan: &Scan<'_>, list: usize, row: u32) -> Option<ListFound> {
    match_at_least(plan, scan, list, row, ENOUGH)
}

/// As [`match_columns`], for headings printed again inside the list: a row of nothing but headings
/// is one even when it lacks some.
pub(crate) fn match_again(plan: &Plan<'_>, scan: &Scan<'_>, list: usize, row: u32) -> Option<ListFound> {
    let is_heading = |key: Key| plan.lists[list].columns.contains(&Some(key)) || plan.heads.tt.contains(&key);
    let is_all = scan.row(row).all(|index| scan.keys[index].is_some_and(is_heading));
    match_at_least(plan, scan, list, row, if is_all { 0 } else { ENOUGH })
}

/// `tenths`: how much of the columns must be there.
fn match_at_least(plan: &Plan<'_>, scan: &Scan<'_>, list: usize, row: u32, tenths: usize) -> Option<ListFound> {
    let keyed = |row: u32| -> Vec<(Key, u32)> {
        scan.row(row).filter_map(|index| Some((scan.keys[index]?, scan.cell(index).at.col))).collect()
    };
    let once = |keyed: &[(Key, u32)], wanted: Option<Key>| {
        let mut same = keyed.iter().filter(|(key, _)| Some(*key) == wanted).map(|(_, col)| *col);
        same.next().filter(|_| same.next().is_none())
    };
    let (own, below) = (keyed(row), keyed(row + 1));
    let wanted = &plan.lists[list].columns;
    let mut columns: Vec<Option<u32>> = wanted.iter().map(|wanted| once(&own, *wanted)).collect();
    if columns.iter().all(Option::is_none) {
        return None;
    }
    let mut last = row;
    for (column, wanted) in columns.iter_mut().zip(wanted) {
        let lower = once(&below, *wanted).filter(|_| column.is_none());
        if lower.is_some() {
            (*column, last) = (lower, row + 1);
        }
    }
    let hits = columns.iter().flatten().count();
    if hits < 2.min(columns.len()) || hits * 10 < columns.len() * tenths {
        return None;
    }
    // Headings merged downwards.
    for col in columns.iter().flatten() {
        if let Some(area) = scan.merged_at(thidua_model::CellRef::new(row, *col)) {
            last = last.max(area.last.row.min(row + HEADING_ROWS - 1));
        }
    }
    Some(ListFound { list, row, last, columns, end: None })
}
