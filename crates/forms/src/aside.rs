//! What stands beside a form, to the right of the page and never printed: checks and their counter, the values
//! of the period before, the unit's own targets.
//!
//! In:  the sheet of a form with its lines, and the input cells of the whole workbook.
//! Out: columns whose headings end with [`NOT_PRINTED`](crate::NOT_PRINTED).
//!
//! Not here: what a check says (`check`).

use crate::check::{Check, Input, counter, of_head, of_line, quoted};
use crate::rule::LiveRule;
use crate::style::Styles;
use crate::words;
use rust_xlsxwriter::{
    ColNum, ConditionalFormatFormula, Formula, RowNum, Worksheet, XlsxError,
    utility::{row_col_to_cell, row_col_to_cell_absolute},
};
use thidua_model::{FieldIx, Text};

/// Row of the unit's name, of the dates, of the heading and of the column headings.
const NAME: RowNum = 1;
const AS_OF: RowNum = 6;
const HEADING: RowNum = 8;
const COLUMNS: RowNum = 9;
const FIRST_LINE: RowNum = 10;
/// Cell of the name and of the dates.
const NAME_CELL: &str = "C2";
const AS_OF_CELL: &str = "A7";

const GAP_WIDTH: f64 = 2.0;
const CHECK_WIDTH: f64 = 36.0;

/// Where the columns beside a form are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Aside {
    pub(crate) check: ColNum,
    pub(crate) last: Option<ColNum>,
    pub(crate) target: Option<ColNum>,
}

impl Aside {
    /// `after`: the last column of the page.
    pub(crate) fn new(after: ColNum, has_last: bool, has_target: bool) -> Self {
        let check = after + 2;
        let last = has_last.then_some(check + 1);
        let target = has_target.then(|| last.unwrap_or(check) + 1);
        Self { check, last, target }
    }

    /// Widths and headings; `last`: how the period before is called.
    pub(crate) fn head(self, sheet: &mut Worksheet, styles: &Styles, last: &str) -> Result<(), XlsxError> {
        sheet.set_column_width(self.check - 1, GAP_WIDTH)?;
        let columns = [
            (Some(self.check), CHECK_WIDTH, words::heading(words::CHECK, "")),
            (self.last, 14.0, words::heading(words::LAST, last)),
            (self.target, 30.0, words::heading(words::TARGET, "")),
        ];
        for (col, width, heading) in columns {
            let Some(col) = col else { continue };
            sheet.set_column_width(col, width)?;
            sheet.write_string_with_format(COLUMNS, col, heading, &styles.aside_head)?;
        }
        Ok(())
    }

    /// The check of each line and of the head, and the counter.
    pub(crate) fn checks(
        self,
        sheet: &mut Worksheet,
        styles: &Styles,
        head: &Head,
        lines: &[Vec<Input>],
        (all, rules): (&dyn Fn(FieldIx) -> Option<Input>, &[LiveRule]),
    ) -> Result<(), XlsxError> {
        let is_nameless = format!("LEN(TRIM({NAME_CELL}))=0");
        let mut checks: Vec<(RowNum, Check)> = vec![(NAME, of_head(&is_nameless, head.has_no_unit, words::NO_UNIT))];
        if let Some(unmarked) = &head.unmarked {
            let is_unmarked = format!("EXACT({AS_OF_CELL},{})", quoted(unmarked));
            checks.push((AS_OF, of_head(&is_unmarked, head.is_unmarked, words::NO_DATE)));
        }
        let of_lines = lines.iter().filter_map(|inputs| Some((inputs.first()?.row, of_line(inputs, all, rules)?)));
        checks.extend(of_lines);
        let end = checks.last().map_or(FIRST_LINE, |(row, _)| (*row).max(FIRST_LINE));
        let results: Vec<&str> = checks.iter().map(|(_, check)| check.result.as_str()).collect();
        let range = |from: RowNum, to: RowNum| {
            format!("{}:{}", row_col_to_cell_absolute(from, self.check), row_col_to_cell_absolute(to, self.check))
        };
        let counter = counter(&[range(NAME, AS_OF), range(FIRST_LINE, end)], &results);
        self.write(sheet, HEADING, &counter, &styles.counter)?;
        for (row, check) in &checks {
            self.write(sheet, *row, check, &styles.check)?;
        }
        for (from, to) in [(NAME, AS_OF), (FIRST_LINE, end)] {
            let is_good = format!("=LEN(${})=1", row_col_to_cell(from, self.check));
            let good = ConditionalFormatFormula::new().set_rule(is_good.as_str()).set_format(&styles.good);
            sheet.add_conditional_format(from, self.check, to, self.check, &good)?;
        }
        Ok(())
    }

    fn write(
        self,
        sheet: &mut Worksheet,
        row: RowNum,
        check: &Check,
        format: &rust_xlsxwriter::Format,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(format!("={}", check.formula)).set_result(&check.result);
        sheet.write_formula_with_format(row, self.check, formula, format)?;
        Ok(())
    }
}

/// What the head of a form lacks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Head {
    pub(crate) has_no_unit: bool,
    /// The line of dates while none is marked; `None` when there is none to mark.
    pub(crate) unmarked: Option<Text>,
    pub(crate) is_unmarked: bool,
}
