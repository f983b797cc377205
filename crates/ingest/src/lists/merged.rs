//! Merged cells over what a list asks for.
//!
//! In:  a list's rows and columns.
//! Out: F032 for each merged range over several of its cells. The value stands in the first cell and
//!      counts there alone: whether the others mean the same, nobody can say.
//!
//! Not here: merged input cells of forms.

use super::rows::{Row, RowKind};
use crate::scan::Scan;
use thidua_model::{CellRef, IssueKind};

/// More merged ranges than this are a drawing.
const MAX_AREAS: usize = 200;
/// Rows of one range that are looked at.
const MAX_ROWS: usize = 1_000;

pub(crate) fn check_merged(scan: &Scan<'_>, rows: &[Row]) -> Vec<(CellRef, IssueKind)> {
    let mut issues = Vec::new();
    let is_entry = |row: &&Row| matches!(row.kind, RowKind::Object | RowKind::Continued);
    for area in &scan.sheet.merged {
        let from = rows.partition_point(|row| row.row < area.first.row);
        let covered = rows[from..].iter().take_while(|row| row.row <= area.last.row).take(MAX_ROWS).filter(is_entry);
        let (mut entries, mut widest, mut has_number) = (0, 0, false);
        for row in covered {
            let is_inside = |col: &&u32| (area.first.col..=area.last.col).contains(*col);
            let first = row.columns.iter().flatten().min().copied().unwrap_or(0);
            widest = widest.max(row.columns.iter().flatten().filter(is_inside).count());
            // The number before the row: its object takes several rows.
            has_number |= area.last.col < first && row.kind == RowKind::Continued;
            entries += 1;
        }
        let is_ambiguous = (entries > 1 && (widest > 0 || has_number)) || widest > 1;
        // An empty range says nothing that could be meant twice.
        if is_ambiguous && scan.find(area.first).is_some() {
            let cells = format!("{}:{}", area.first, area.last).into();
            issues.push((area.first, IssueKind::MergedOverInputs { cells, used: area.first.to_string().into() }));
            if issues.len() == MAX_AREAS {
                break;
            }
        }
    }
    issues.sort_by_key(|(at, _)| *at);
    issues
}
