//! The rows of each unit, as one list of rows with offsets.

use thidua_release::open::PackedColumn;

/// Rows by the code of their unit.
pub(crate) struct ByUnit {
    /// For each code the start of its rows; one more at the end.
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl ByUnit {
    /// Counts, then fills: two passes, no sorting.
    pub(super) fn of(column: &PackedColumn, rows: u32) -> Self {
        let words = column.words().map_or(0, |words| words.len());
        let mut starts = vec![0_u32; words + 1];
        for row in 0..rows {
            if let Some(code) = column.code(row) {
                starts[code as usize + 1] += 1;
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut filled = vec![0_u32; starts.last().map_or(0, |all| *all as usize)];
        for row in 0..rows {
            if let Some(code) = column.code(row) {
                let at = &mut next[code as usize];
                filled[*at as usize] = row;
                *at += 1;
            }
        }
        Self { starts, rows: filled }
    }

    pub(super) fn rows(&self, code: u32) -> &[u32] {
        let at = code as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => &self.rows[*from as usize..*to as usize],
            _ => &[],
        }
    }
}
