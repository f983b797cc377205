//! One list as a sheet; the layout stands at the top of the crate.

use crate::choices::Choices;
use crate::entry::Entry;
use crate::scope::{FlagAs, Scope};
use crate::style::{Styles, set_up_print};
use crate::{BLANK_ROWS, CellInput};
use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};
use thidua_campaign::{List, ListColumn};
use thidua_model::ValueKind;

const COLUMNS: RowNum = 3;
const FIRST_ROW: RowNum = 4;
/// Ruled rows left free after the rows that are known.
const ROOM: usize = 10;
/// A4 upright holds about this many characters in a readable size.
const UPRIGHT: f64 = 110.0;

/// The sheet is not protected: rows are added, sorted and pasted.
pub(crate) fn sheet(
    scope: &Scope,
    styles: &Styles,
    list: &List,
    tab: &str,
    choices: &mut Choices,
) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(tab)?;
    let last = (list.columns.len() as ColNum).max(3);
    sheet.merge_range(0, 0, 0, last, &list.title.vi, &styles.title)?;
    sheet.set_row_height(0, 26)?;
    sheet.write_string_with_format(1, 1, "Đơn vị báo cáo :", &styles.label)?;
    sheet.merge_range(1, 2, 1, last, scope.names().0, &styles.name)?;
    sheet.set_row_height(1, 20)?;

    sheet.write_string_with_format(COLUMNS, 0, "TT", &styles.column)?;
    sheet.set_row_height(COLUMNS, 50)?;
    sheet.set_column_width(0, 5)?;

    let known = (scope.prefill.rows)(list);
    let ruled = BLANK_ROWS.max(known.len() + ROOM) as RowNum;
    let end = FIRST_ROW + ruled - 1;
    for row in FIRST_ROW..=end {
        sheet.write_blank(row, 0, &styles.tt)?;
    }
    for row in 0..known.len() as RowNum {
        sheet.write_number_with_format(FIRST_ROW + row, 0, f64::from(row + 1), &styles.tt)?;
    }
    let mut whole = 5.0;
    for (at, column) in list.columns.iter().enumerate() {
        let col = at as ColNum + 1;
        let entry = Entry::new(scope.campaign, column.kind, column.measure.as_ref(), &column.choices, FlagAs::YesNo);
        let format = entry.format(&styles.input);
        sheet.write_string_with_format(COLUMNS, col, &*column.label, &styles.column)?;
        let width = width(column);
        sheet.set_column_width(col, width)?;
        whole += width;
        for row in FIRST_ROW..=end {
            let value = known.get((row - FIRST_ROW) as usize).and_then(|cells| cells.get(at));
            entry.write(&mut sheet, row, col, value.unwrap_or(&CellInput::Blank), format)?;
        }
        if let Some(rule) = entry.rule(choices)? {
            sheet.add_data_validation(FIRST_ROW, col, end, col, &rule)?;
        }
    }
    set_up_print(&mut sheet, COLUMNS)?;
    if whole > UPRIGHT {
        sheet.set_landscape();
    }
    sheet.set_freeze_panes(FIRST_ROW, 0)?;
    Ok(sheet)
}

/// Wide enough for what is typed, and for the longest word of the heading.
fn width(column: &ListColumn) -> f64 {
    let longest_word = column.label.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
    let typed = match column.kind {
        ValueKind::Text if column.is_unit => 24.0,
        ValueKind::Text => 26.0,
        ValueKind::Choice => {
            let longest = column.choices.iter().map(|(_, label)| label.chars().count()).max().unwrap_or(0);
            (longest as f64 + 2.0).clamp(12.0, 22.0)
        }
        ValueKind::Date => 13.0,
        ValueKind::Number => 14.0,
        ValueKind::Flag => 10.0,
    };
    typed.max(longest_word as f64 * 1.2 + 2.0)
}
