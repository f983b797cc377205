//! What our own forms print nowhere: columns beside the page with checks, values of the period before, targets.
//!
//! In:  a sheet as it was read.
//! Out: the sheet without these columns, and how many of their cells held something: they belong to the form
//!      and are never a value.
//!
//! Such a column is told by its heading, in the row of the form's headings: `… (không in)`. The writer of forms
//! puts it there.

use std::borrow::Cow;
use thidua_sheets::{Cell, CellValue, Sheet};

/// Rows in which the headings are looked for, and the end of such a heading.
const HEAD_ROWS: u32 = 40;
const NOT_PRINTED: &str = "(không in)";
/// The first column that can stand beside a form: it has at least its labels and values.
const FIRST: u32 = 3;

/// The sheet without the columns beside its page, and the number of their cells that hold something.
pub(crate) fn without_aside(sheet: &Sheet) -> (Cow<'_, Sheet>, u32) {
    let is_heading = |value: &CellValue| match value {
        CellValue::Text(text) => text.trim_end().ends_with(NOT_PRINTED),
        _ => false,
    };
    let head = sheet.cells.iter().take_while(|cell| cell.at.row < HEAD_ROWS);
    let mut found = head.filter(|cell| cell.at.col >= FIRST && is_heading(&cell.value)).map(|cell| cell.at).peekable();
    let Some(row) = found.peek().map(|at| at.row) else { return (Cow::Borrowed(sheet), 0) };
    let columns: Vec<u32> = found.filter(|at| at.row == row).map(|at| at.col).collect();
    // Beside the headings of a form, not anywhere.
    let is_heading = |cell: &&Cell| {
        cell.at.row == row && !columns.contains(&cell.at.col) && matches!(cell.value, CellValue::Text(_))
    };
    if sheet.cells.iter().filter(is_heading).nth(1).is_none() {
        return (Cow::Borrowed(sheet), 0);
    }
    let mut own = sheet.clone();
    let mut count = 0;
    own.cells.retain(|cell| {
        let is_aside = columns.contains(&cell.at.col);
        count += u32::from(is_aside && !cell.value.is_blank());
        !is_aside
    });
    (Cow::Owned(own), count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_model::CellRef;

    fn sheet(cells: &[(u32, u32, &str)]) -> Sheet {
        let cell = |&(row, col, text): &(u32, u32, &str)| Cell {
            at: CellRef::new(row, col),
            value: CellValue::Text(text.into()),
            is_formula: false,
            is_percent: false,
            font: 0,
        };
        Sheet { name: "Mẫu 1".into(), cells: cells.iter().map(cell).collect(), is_visible: true, ..Sheet::default() }
    }

    #[test]
    fn columns_that_are_not_printed_are_left_out_and_counted() {
        let form = sheet(&[
            (1, 2, "Đơn vị"),
            (1, 6, "✓"),
            (9, 1, "Nội dung"),
            (9, 3, "Số lượng"),
            (9, 6, "Kiểm tra (không in)"),
            (9, 8, "Của tôi"),
            (10, 3, "5"),
            (10, 6, "chưa điền"),
            (10, 7, "riêng"),
            (10, 8, "ngoài biểu"),
        ]);
        let (left, count) = without_aside(&form);
        assert_eq!(count, 3, "the heading and two checks");
        let kept: Vec<u32> = left.cells.iter().map(|cell| cell.at.col).collect();
        assert_eq!(kept, [2, 1, 3, 8, 3, 7, 8]);
        for other in [
            sheet(&[(9, 1, "Nội dung"), (9, 3, "Số lượng"), (10, 3, "in ra (không in)")]), // no heading
            sheet(&[(9, 6, "Kiểm tra (không in)")]),                                       // no form
            sheet(&[(9, 1, "Nội dung (không in)"), (9, 2, "TT")]),                         // the form itself
        ] {
            assert_eq!((without_aside(&other).0.into_owned(), without_aside(&other).1), (other.clone(), 0));
        }
    }
}
