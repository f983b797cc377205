//! The text of a list's cell as it was sent, where the value does not say it.
//!
//! In:  a column, the value that was read, the text of the cell.
//! Out: whether the value says what the text says.
//!
//! Not here: reading the cell (`values`).

use crate::plan::Plan;
use thidua_campaign::ListColumn;
use thidua_model::date::{dmy, from_days};
use thidua_model::{ListValue, ValueKind};

/// A value shown as its form prints it is what the cell says.
pub(crate) fn says(plan: &Plan<'_>, column: &ListColumn, value: Option<&ListValue>, raw: &str) -> bool {
    let raw = raw.trim();
    match value {
        Some(ListValue::Text(code)) if column.is_unit => {
            let unit = plan.campaign.find_unit(code).map(|unit| plan.campaign.unit(unit));
            **code == *raw || unit.is_some_and(|unit| unit.spans.iter().any(|span| *span.name == *raw))
        }
        Some(ListValue::Text(id)) if column.kind == ValueKind::Choice => {
            **id == *raw || column.choices.iter().any(|(known, label)| known == id && **label == *raw)
        }
        Some(ListValue::Text(text)) => **text == *raw,
        Some(ListValue::Int(value)) => match column.kind {
            ValueKind::Flag => raw == if *value == 1 { "Có" } else { "Không" },
            ValueKind::Date => from_days(*value).is_some_and(|date| dmy(date) == raw),
            _ => false,
        },
        None => false,
    }
}
