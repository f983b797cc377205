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
/// A4 upright holds about this many characters in a readable size, A4 lengthwise so many.
const UPRIGHT: f64 = 110.0;
const LENGTHWISE: f64 = 165.0;
const TT_WIDTH: f64 = 5.0;
/// Words are wrapped: their columns give way to the page, down to the narrower width.
const WORDS: (f64, f64) = (14.0, 26.0);

/// The sheet is not protected: rows are added, sorted and pasted.
pub(crate) fn sheet(
    scope: &Scope,
    styles: &Styles,
    list: &List,
    tab: &str,
    choices: &mut Choices,
) -> Result<Worksheet, XlsxError> {
    let mut sheet = crate::style::worksheet()?;
    sheet.set_name(tab)?;
    let last = (list.columns.len() as ColNum).max(3);
    sheet.merge_range(0, 0, 0, last, &list.title.vi, &styles.title)?;
    sheet.set_row_height(0, 26)?;
    sheet.write_string_with_format(1, 1, "Đơn vị báo cáo :", &styles.label)?;
    sheet.merge_range(1, 2, 1, last.min(4), scope.names().0, &styles.name)?;
    sheet.set_row_height(1, 20)?;

    sheet.write_string_with_format(COLUMNS, 0, "TT", &styles.column)?;
    sheet.set_row_height(COLUMNS, 50)?;
    sheet.set_column_width(0, TT_WIDTH)?;

    let known = (scope.prefill.rows)(list);
    let ruled = BLANK_ROWS.max(known.len() + ROOM) as RowNum;
    let end = FIRST_ROW + ruled - 1;
    for row in FIRST_ROW..=end {
        sheet.write_blank(row, 0, &styles.tt)?;
    }
    for row in 0..known.len() as RowNum {
        sheet.write_number_with_format(FIRST_ROW + row, 0, f64::from(row + 1), &styles.tt)?;
    }
    let widths = widths(&list.columns);
    for (at, (column, width)) in list.columns.iter().zip(&widths).enumerate() {
        let col = at as ColNum + 1;
        let entry = Entry::new(scope.campaign, column.kind, column.measure.as_ref(), &column.choices, FlagAs::YesNo);
        let format = entry.format(&styles.input);
        sheet.write_string_with_format(COLUMNS, col, &*column.label, &styles.column)?;
        sheet.set_column_width(col, *width)?;
        for row in FIRST_ROW..=end {
            let value = known.get((row - FIRST_ROW) as usize).and_then(|cells| cells.get(at));
            entry.write(&mut sheet, row, col, value.unwrap_or(&CellInput::Blank), format)?;
        }
        if let Some(rule) = entry.rule(choices)? {
            sheet.add_data_validation(FIRST_ROW, col, end, col, &rule)?;
        }
    }
    set_up_print(&mut sheet, COLUMNS)?;
    if TT_WIDTH + widths.iter().sum::<f64>() > UPRIGHT {
        sheet.set_landscape();
    }
    sheet.set_freeze_panes(FIRST_ROW, 0)?;
    Ok(sheet)
}

/// Wide enough for what is typed, and for the longest word of the heading.
fn widths(columns: &[ListColumn]) -> Vec<f64> {
    let narrow: Vec<f64> = columns.iter().map(narrowest).collect();
    let words = columns.iter().filter(|column| column.kind == ValueKind::Text).count().max(1);
    let spare = (LENGTHWISE - TT_WIDTH - narrow.iter().sum::<f64>()).max(0.0) / words as f64;
    let width = |(column, narrow): (&ListColumn, &f64)| match column.kind {
        ValueKind::Text => (narrow + spare).min(WORDS.1).max(*narrow),
        _ => *narrow,
    };
    columns.iter().zip(&narrow).map(width).collect()
}

fn narrowest(column: &ListColumn) -> f64 {
    let longest_word = column.label.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
    let typed = match column.kind {
        ValueKind::Text => WORDS.0,
        ValueKind::Choice => {
            let longest = column.choices.iter().map(|(_, label)| label.chars().count()).max().unwrap_or(0);
            (longest as f64 + 2.0).clamp(10.0, 18.0)
        }
        ValueKind::Date => 12.0,
        ValueKind::Number => 13.0,
        ValueKind::Flag => 9.0,
    };
    typed.max(longest_word as f64 * 1.2 + 2.0)
}
