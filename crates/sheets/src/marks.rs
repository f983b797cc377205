//! The sheet that lists what is to be mended in a workbook given back: nobody's report.
//!
//! In:  a sheet of any workbook.
//! Out: whether it is that list.
//!
//! Stands here for both who must know it: `annotate`, which writes the list, and `ingest`, which leaves it aside.
//! Not here: what the list shows (`annotate`).

use crate::{CellValue, Sheet};

/// Stands in the hidden column of the list's first row: whatever the tab is called, the sheet is known by it.
pub const SIGN: &str = "_thidua:can-sua";

/// The sheet lists marks.
pub fn is_list(sheet: &Sheet) -> bool {
    let first = sheet.cells.iter().take_while(|cell| cell.at.row == 0);
    first.into_iter().any(|cell| is_sign(&cell.value))
}

/// The cell holds the sign.
pub fn is_sign(value: &CellValue) -> bool {
    matches!(value, CellValue::Text(text) if **text == *SIGN)
}
