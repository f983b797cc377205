//! The values of checked files, each with its cell.
//!
//! In:  an intake.
//! Out: for each submission, down its sheet, what its cells were understood as.

use thidua_model::{CellRef, FactMark, FieldIx, Intake, Text};

/// A value as it was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadValue {
    pub field: FieldIx,
    /// Of a number, a flag, a choice or a date, as facts are kept; `None` where there is none.
    pub value: Option<i64>,
    /// Of a field that asks for words.
    pub words: Option<Text>,
    pub mark: FactMark,
    /// `None`: a list or other lines gave it.
    pub cell: Option<CellRef>,
    /// The text of the cell where it says more than the value.
    pub raw: Option<Text>,
}

/// Aligned with the intake's submissions.
pub(super) fn of(intake: &Intake) -> Vec<Vec<ReadValue>> {
    let mut values: Vec<Vec<ReadValue>> = vec![Vec::new(); intake.submissions.len()];
    let cell = |at: CellRef| (at != CellRef::default()).then_some(at);
    for (_, field, column) in intake.facts.columns() {
        for ((&value, &mark), source) in column.values.iter().zip(&column.marks).zip(&column.sources) {
            if mark != FactMark::NotReported
                && let Some(values) = values.get_mut(source.submission as usize)
            {
                values.push(ReadValue {
                    field,
                    value: mark.has_value().then_some(value),
                    words: None,
                    mark,
                    cell: cell(source.cell),
                    raw: intake.facts.raw_text(source.raw).cloned(),
                });
            }
        }
    }
    for text in &intake.texts {
        if let Some(values) = values.get_mut(text.source.submission as usize) {
            values.push(ReadValue {
                field: text.field,
                value: None,
                words: Some(text.value.clone()),
                mark: FactMark::Present,
                cell: cell(text.source.cell),
                raw: intake.facts.raw_text(text.source.raw).cloned(),
            });
        }
    }
    for values in &mut values {
        values.sort_by_key(|value| (value.cell.is_none(), value.cell, value.field));
    }
    values
}
