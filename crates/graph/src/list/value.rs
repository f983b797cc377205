//! One value of a column as the schema shows it.

use super::{FieldSpec, Holds, ListSpec};
use crate::scope::MASK;
use crate::shelf::{Shelf, View};
use crate::vocabulary;
use async_graphql::{Name, Value};
use thidua_model::date::from_days;
use thidua_release::open::PackedColumn;

/// 10⁻⁹ points in a point.
const NANO: f64 = 1e9;

/// The value of a field; `None` is missing.
fn value(shelf: &Shelf, list: &ListSpec, field: usize, row: u32) -> Option<Value> {
    let column = shelf.column(list, field)?;
    let spec = &list.fields[field];
    match spec.holds {
        Holds::Text | Holds::Name | Holds::Id | Holds::Time | Holds::Ref(_) => {
            column.text(row).map(|text| Value::String(text.to_owned()))
        }
        Holds::Word(_) => column.text(row).map(|word| Value::Enum(Name::new(vocabulary::shown(word)))),
        Holds::Int | Holds::Long => column.int(row).map(Value::from),
        Holds::Float => column.float(row).and_then(number),
        Holds::Points | Holds::Scaled(_) => scaled(shelf, list, spec, column, row).and_then(number),
        Holds::Bool => column.bool(row).map(Value::Boolean),
        Holds::Date => column.int(row).and_then(from_days).map(|date| Value::String(date.to_string())),
    }
}

/// The value of a field as a caller may see it: names of persons are masked for those who do not need
/// them.
pub(crate) fn seen(shelf: &Shelf, view: &View, list: &ListSpec, field: usize, row: u32) -> Option<Value> {
    let value = value(shelf, list, field, row)?;
    Some(if view.masks_value(shelf, list, field, row) { Value::String(MASK.to_owned()) } else { value })
}

/// The type of a value, without `!`.
pub(crate) const fn type_name(holds: Holds) -> &'static str {
    match holds {
        Holds::Text | Holds::Name => "String",
        Holds::Id | Holds::Ref(_) => "ID",
        Holds::Int => "Int",
        Holds::Long => "Long",
        Holds::Float | Holds::Points | Holds::Scaled(_) => "Float",
        Holds::Bool => "Boolean",
        Holds::Date => "Date",
        Holds::Time => "LocalDateTime",
        Holds::Word(vocabulary) => vocabulary.name,
    }
}

/// A number that JSON can hold; there is no other in a release.
fn number(value: f64) -> Option<Value> {
    async_graphql::Number::from_f64(value).map(Value::Number)
}

/// The number for people of a value that is stored as an integer of its smallest part. Dividing
/// by a power of ten gives the nearest double, which prints with the digits that were stored.
pub(crate) fn scaled(shelf: &Shelf, list: &ListSpec, spec: &FieldSpec, column: &PackedColumn, row: u32) -> Option<f64> {
    let stored = column.int(row)? as f64;
    Some(match spec.holds {
        Holds::Points => stored / NANO,
        Holds::Scaled(decimals) => {
            let decimals = shelf.table(list)?.column(decimals).and_then(|column| column.int(row)).unwrap_or(0);
            stored / 10_f64.powi(i32::try_from(decimals.clamp(0, 18)).unwrap_or(0))
        }
        _ => stored,
    })
}
